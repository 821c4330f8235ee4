"""What part a figure plays in its clause: an amount, a change, a rate of change, a share, a base ...

The words between one figure and the next decide. `Said.role` is one of

amount   how much there is                     delta     by how much it changed
prior    how much there was before             growth    by what rate it changed
base     what a rate in the same clause is of
completion  what part of a budget, plan or target
other    anything else

>>> def roles(text):
...     return [(s.figure.text, s.role, s.name) for s in said_in(Text.of(Paragraph(text, Place())))]
>>> roles("全县收入完成5216万元，占年初预算12074万元的43.2%，同比下降6.5%")
[('5216万元', 'amount', '收入'), ('12074万元', 'base', '年初预算'), ('43.2%', 'completion', ''), ('6.5%', 'growth', '')]
>>> roles("办公费由80万元增至104万元，较上年增加24万元，占总支出的12%，执行率为95%")
[('80万元', 'prior', '办公费'), ('104万元', 'amount', ''), ('24万元', 'delta', ''), ('12%', 'other', '总支出的'), ('95%', 'other', '执行率')]
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from fusuan.model import Figure, Paragraph, Place
from fusuan.patterns._report import Text

__all__ = ["Paragraph", "Place", "Said", "said_in"]

_UP = "增加|增长|增收|增支|净增|调增|上升|提高|上涨|提升|扩大|多支出|多收入|多支|多收|多出|多|高出|高|超支|超收|超出|超过|超|增"
_DOWN = ("减少|下降|减收|减支|净减|压减|压缩|压降|降低|缩减|回落|下滑|下跌|少支出|少收入|少支|少收|少|低|短收|短支|节约|节支|"
         "核减|调减|负增长|减|降")
_CHANGE = regex.compile(rf"(?:(?P<down>{_DOWN})|(?P<up>{_UP}))(?:支出|收入|资金|经费)?(?:了|额|数|金额)?(?:约|近|共|共计)?(?:为|达)?$")
_TO = regex.compile(r"(?:增|减|升|降|涨|提高|压减|压缩|回落|扩大|缩减|增长|下降|上升|增加|减少|调整|调增|调减|变更)(?:至|到|为)$")
_FROM = regex.compile(r"(?:^|[^来])(?:由(?!于)|从(?![业事严紧重轻而]))(?:[^,;由从]{0,24})$")
_MOVED = regex.compile(r"\s*(?:增|减|升|降|提|上|下|压|调|变|扩|缩|涨|回|翻)")
_GROWTH = regex.compile(
    rf"(?:(?P<down>{_DOWN}|降幅|减幅|下降率|压减率)|(?P<up>{_UP}|增幅|增速|增长率|增长幅度))"
    r"(?:了|幅度|比例|率|幅)?(?:约|近)?(?:为|达到?|是)?$")
_CHANGE_RATE = regex.compile(r"(?:变动率|增减率|增长率|变化率|增减幅度)(?:为|是|达到?)?$")
_PRIOR = regex.compile(
    r"(?:比|较|与|同|是|为)?(?:上一?年度?|去年|前一?年|上期|上年同期|去年同期|同期|(?:19|20)[0-9]{2}\s?年度?|上月|(?<![0-9])[0-9]{1,2}\s?月份?|年初(?!预算))"
    r"(?:全年|同期|年初|决算|预算|预计|快报|批复|执行|实际|支出|收入|完成|的)*(?:数|额|总额)?(?:字)?(?:为|是|的)?$")
_PRIOR_LEAD = regex.compile(r"(?:比|较|与|同|环比)\s?(?:[0-9]{1,2}\s?月|上一?年度?|去年|前一?年|上年同期|去年同期|同期|年初(?!预算)|(?:19|20)[0-9]{2}\s?年度?)")
_PRIOR_PLAIN = regex.compile(r"(?:^|为|是)(?:上年末?|去年|上一年|上年度|上年底)(?:同期|决算|预算|支出|收入|完成|实际|数|的|为|是)*$")
_BUDGET_BEFORE = regex.compile(r"(?:比|较|与)(?:年初|全年|调整后?)?预算(?:数|安排)?的?$")
_AGAINST = regex.compile(
    r"(?P<budget>(?:比|较|与|同)(?!\s?(?:上一?年|去年))(?:[^,;。]{0,8})(?:年初预算|预算|计划|目标|任务|概算)(?:数|额|安排|指标)?)"
    r"|(?P<prior>同比|环比|同口径|(?:比|较|与|同)(?:[^,;。比较]{0,10}?)(?:上一?年度?|去年|前年|前一年|同期|上期|上月|上半年|(?:19|20)[0-9]{2}\s?年))")
_BUDGET = r"(?<!企业)合同(?:总?价款?|总?金?额|总价)|预算(?!收入|支出|资金|财政|拨款|内|管理|执行率)|计划|目标|任务|概算|控制数|指标|限额|投资额|总投资|应发|应到"
_COMPLETION = regex.compile(rf"(?:完成|为|占|达到?|是|实现|超|执行)[^,;。]*?(?:{_BUDGET})[^,;。]*?(?:的|比例|比重|进度)*(?:\([^()]*\))?(?:为|达到?|是)?$")
_TAIL = regex.compile(
    r"(?:累计|共计|合计|总计|预计|实际|已|共|均|约|近|达到?|完成|实现|安排|下达|拨付|支付|列支|发放|投入|使用|为|是|计|仅|有|了|各|总额为|数为|额为|:|\s)+$")
_HEAD = regex.compile(
    r"^(?:\s|其中|主要|包括|具体|另外?|以及|及(?!时)|和|与|并|即|含|一是|二是|三是|四是|五是|六是|七是|八是|九是|十是|"
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十0-9]{1,3}\)|[0-9]{1,2}[.、)]|[①-⑳]|"
    r"(?:19|20)?[0-9]{2}\s?年度?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?|[0-9]{1,2}(?:-[0-9]{1,2})?月份?|截[止至][^,]*?(?:日|底|末)|上半年|全年(?!预算)|本年度?|今年|当年|我[县市区省局镇单位]{1,2}|全[县市区省国]|,|:|;|、|将|对|由|在(?![职岗编建校册籍读]))+")
_TWO_CHARACTERS = regex.compile(r"[\u4e00-\u9fff]{2}")
_LED_IN = regex.compile(r"^(?:占|为)(?=[^用])")
_VERBS = regex.compile(r"^(?:完成|安排|实现|共|用于|下达|累计|预计|现将|的|追减|追加|了)+|^(?:拟|将|应|需|再|又|本次)+$")
_NO_CHANGE = regex.compile(r"(?:不|至)(?:少|多|低|高)$|追加$|增收节支$|[最较很]多$|(?:提升|提高|扩大|降低|压减)(?:资金|经费)$")
_NAMED_BUDGET = regex.compile(rf"[^,;。完成为占达到是]*(?:{_BUDGET})[^,;。的]*")


@dataclass(frozen=True, slots=True)
class Said:
    """A figure with its part. `falls` is the direction of a change; `against` is "prior", "budget" or "".

    `gap` is all that stands between the figure before it and this one, `post` what follows up to the next delimiter.
    `joined`: no delimiter parts it from the figure before. `text` is the index of its paragraph in the stream.
    """

    figure: Figure
    role: str
    name: str = ""
    falls: bool | None = None
    against: str = ""
    gap: str = ""
    pre: str = ""
    post: str = ""
    joined: bool = False
    text: int = 0

    @property
    def start(self) -> int:
        return self.figure.span[0]


# 产业项目5个投入资金438万元: what follows the count is told of it, no name
_SPENDS = regex.compile(r"(?:共|计|合计)?(?:投入|安排|下达|补助|发放|支出|涉及|拨付|使用|兑付|资金|经费|金额)")
_OVER_BUDGET = regex.compile(r"(?:超出?|高于|(?P<down>低于|少于))(?:年初|调整后?|全年)?预算(?:数)?(?:为)?$")
_STOP = regex.compile(r"[,;。:\n、()!?|]")
_ASIDE = regex.compile(r"\((?!其中|含|包括)[^()0-9,;。:、]{1,8}\)|“[^“”0-9]{1,24}”|《[^《》]{1,60}》")


def _mask(match: regex.Match[str]) -> str:
    """Hide the punctuation of a short aside that belongs to a name: 因公出国(境)费, “三公”经费."""
    return "·" * len(match.group())


def said_in(text: Text, index: int = 0) -> tuple[Said, ...]:
    """Return the figures of a paragraph with their parts."""
    found: list[Said] = []
    end, against = 0, ""
    figures = text.figures
    for number, figure in enumerate(figures):
        gap = text.folded[end:figure.span[0]]
        cut = max((m.end() for m in _STOP.finditer(_ASIDE.sub(_mask, gap))), default=0)
        pre, joined = gap[cut:], cut == 0 and bool(found)
        if ("。" in gap or "\n" in gap) and "其中" not in gap:
            against = ""
        if marks := list(_AGAINST.finditer(gap)):
            against = "budget" if marks[-1]["budget"] else "prior"
        following = figures[number + 1].span[0] if number + 1 < len(figures) else len(text.folded)
        tail = text.folded[figure.span[1]:following]
        stop = _STOP.search(_ASIDE.sub(_mask, tail))
        post = tail[:stop.start()] if stop else tail
        rest = "" if stop or number + 1 == len(figures) else figures[number + 1].unit
        found.append(_say(figure, gap, pre, post, joined, rest, found[-1] if found else None, against, index))
        end = figure.span[1]
    return tuple(found)


def _say(figure: Figure, gap: str, pre: str, post: str, joined: bool, following: str, before: Said | None, against: str,
         index: int) -> Said:
    role, name = "other", clean(pre)
    falls: bool | None = None
    if figure.unit in ("%", "‰", "倍", "成"):
        role, falls, name = _rate(pre, post, joined, before, gap)
    elif figure.unit == "个百分点":
        name = ""
    elif figure.unit != "分":
        role, falls = _amount(figure, pre, gap, post, following)
        name = subject(pre) if role in ("delta", "prior") or _TO.search(pre) else clean(pre)
        if role == "delta" and (over := _OVER_BUDGET.search(pre.rstrip())):
            name, against = subject(pre[:over.start()]), "budget"
        if role == "amount" and figure.dimension != "money" and _TWO_CHARACTERS.match(post) \
                and not (len(name) >= 2 and _SPENDS.match(post)):
            name = clean(post)
        if not name and role == "amount" and not pre.strip() and gap.endswith("("):
            name = clean(_STOP.split(gap[:-1])[-1])
        if not name and role == "amount" and not pre.strip():
            name = "" if _CHANGES.match(post.strip()) else clean(post)
    return Said(figure, role, name, falls, against, gap, pre, post, joined, index)


def _amount(figure: Figure, pre: str, gap: str, post: str, following: str) -> tuple[str, bool | None]:
    words = pre.rstrip()
    if following == "%" and regex.fullmatch(r"\s*(?:的|的比例|的比重|比例|比重|的\([^()]*\))?(?:为|是|达)?\s*", post) and figure.unit \
            and regex.search(r"完成|占|为|达|是|到位|执行", words):
        return "base", None
    if _TO.search(words):
        return "amount", None
    if _BUDGET_BEFORE.search(words):
        return "prior", None
    if over := _OVER_BUDGET.search(words):
        return "delta", over["down"] is not None
    if (moved := _CHANGE.search(words)) and not _NO_CHANGE.search(words):
        return "delta", bool(moved["down"])
    if _FROM.search(words) and (not post.strip() or _MOVED.match(post)):
        return "prior", None
    if (_PRIOR.search(words) and _PRIOR_LEAD.search(words)) or _PRIOR_PLAIN.search(words):
        return "prior", None
    return "amount", None


def _rate(pre: str, post: str, joined: bool, before: Said | None, gap: str) -> tuple[str, bool | None, str]:
    words = pre.rstrip()
    if joined and before is not None and before.role == "base":
        of_whole = regex.search(r"占[^,]*$", before.pre) and not regex.search(_BUDGET, before.pre)
        return ("other" if of_whole else "completion"), None, ""
    if _CHANGE_RATE.search(words):
        return "growth", None, ""
    if growth := _GROWTH.search(words):
        return "growth", bool(growth["down"]), subject(words)
    if _PRIOR_LEAD.search(words) and _PRIOR.search(words) or _FROM.search(words) and _MOVED.match(post):
        return "prior", None, ""
    if _COMPLETION.search(words):
        return "completion", None, _base_name(words)
    if words.endswith(")") and (opened := regex.search(r"(?:完成|为|占)[^,;。]{0,20}(?:预算|计划|目标)的?\([^()]*\)$", gap)):
        return "completion", None, opened.group()
    return "other", None, clean(words)


_CHANGES = regex.compile(rf"(?:同比|环比|比|较|与|占|{_UP}|{_DOWN})")
_COMPARED = regex.compile(
    r"(?:同比|环比|同口径|按同口径|按可比口径|(?:比|较|与|同)(?:[^,;。]*)|(?:由|从)[^,;。]*$|上年.*$|去年.*$|分别.*$|" +
    r"相[比较](?:较|于)?$|(?:有所|略有|大幅|小幅|净|共|总体|累计|平均)*$)")


def subject(words: str) -> str:
    """Return what changed, from the words before a change.

    >>> subject("公务接待较上年同期减少"), subject("比上年增加"), subject("公车支出决算减少"), subject("税收收入增长")
    ('公务接待', '', '公车支出决算', '税收收入')
    """
    words = words.strip()
    for pattern in (_TO, _GROWTH, _CHANGE, _CHANGE_RATE):
        if match := pattern.search(words):
            words = words[: match.start()]
            break
    match = _COMPARED.search(words)
    return clean(words[: match.start()] if match else words)


def _base_name(words: str) -> str:
    found = _NAMED_BUDGET.search(words)
    return found.group() if found else ""


def clean(words: str) -> str:
    """Return the noun in the words before a figure.

    >>> clean("其中:一般公共预算财政拨款收入"), clean("一是安排农机购置补贴"), clean("2022年度“三公”经费支出合计为")
    ('一般公共预算财政拨款收入', '农机购置补贴', '“三公”经费支出')
    """
    name = _HEAD.sub("", words.strip())
    name = _LED_IN.sub("", name)
    name = _TAIL.sub("", name)
    return _VERBS.sub("", name).strip()
