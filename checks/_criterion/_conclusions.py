"""Where a rule says what is earned: 计5分, 得满分, 不得分, 扣0.5分, 加1分, 得80%, 按比例计分, 分值×执行率, 酌情.

The text before a conclusion, up to the conclusion before it, is its condition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from fusuan.checks._criterion._terms import DISCRETION, FULL, NOTHING, Award

_N = r"\d+(?:\.\d+)?"
_SPAN = rf"(?P<{{0}}>{_N})[分%]?(?:\(不?含\))?(?:-|至|到)(?P<{{1}}>{_N})"
_NOT_COUNT = r"(?:分|(?![\d.%]|pp|[个项次天人元万件例处名岁份家户条]))"
_WHOLE = r"(?:该项|本项|该指标|指标|此项|总)?(?:权重分|分值|权重|满分|总分|分数|标准分|基本分|赋分|分)"
_VERB = r"(?:得|计|记|给|赋|评|打)"
_NOT_MARK = r"(?![之别析类配管期级布为项]|为止|以[上下内]|\(含|-\d|及以|值|数|至|×|制|以外|左右|封顶|,?为限|\)?的?(?:得|计|记|给)\d|酌情|视情|内)"
_KINDS = (
    ("formula", r"《\d+》(?:计分|计算得分|计算|得分|记分|赋分|折算)?"),
    ("limit", rf"(?:最多|最高|至多|累计最多|合计最多|最多只?|累计)(?:可|能)?(?P<capsign>扣减?|加|减|得)(?:分)?(?:不超过)?(?P<cap>{_N})分?"
              rf"|(?P<capword>扣分?)(?:总[分额])?(?:累计|最多|最高)?(?:不超过|以)(?P<cap2>{_N})分(?:为限)?|扣满(?P<cap3>{_N})分为止"
              rf"|加分(?:累计|最多|最高)?不(?:得)?超过(?P<cap4>{_N})分"),
    ("gone", r"扣完为止|直至扣完|扣至0分|扣完该项(?:分值)?为止|(?:以)?扣完该项分值为限|扣完止|至扣完|扣完分值为止|扣至基本分扣完为止|扣光为止"
             r"|(?:满分|分值)为止|不(?:得)?(?:突破|超过|超出)(?:权重|该项|本项|指标)?(?:的)?(?:总额|分值|满分|总分|权重)|封顶|扣减?至0|扣分不超过[^,;]{0,6}分值"),
    ("zero", r"(?:该|本|此|全)?(?:项|指标)?(?:均|(?<!否)则|都|一律|予以)?(?:不得分|不计分|不给分|不记分|不予计分|不予得分|不赋分|不加分|得零分|计零分|零分)"
             rf"|{_VERB}?(?:为)?(?<![\d.])0分{_NOT_MARK}|得0(?![-.\d分%至到])|扣完(?!为止|该项|止|分值)|(?:扣除?|扣减|扣去)(?:全部分?[值数]?|{_WHOLE}的?100%|该项全部分[值数]?|满分|所有分[值数]?)|全扣|一票否决|没有分"),
    ("choice", rf"(?:酌情|视情况?|视情节|适当|适度|视[^,;]{{1,10}}情况)[^,;\d]{{0,8}}?(?P<csign>扣|减|得|计|给|调减|赋|加|评|打)?分?(?:{_SPAN.format('clow', 'chigh')}分?)?(?:得?分|分值)?"),
    ("choice2", r"根据[^,;]{0,12}(?:情况|程度)(?:打分|评分|计分|得分|扣分|赋分|给分)|专家[^,;]{0,4}(?:评议|评定|打分|打分)|综合(?:评定|评价|考量)(?:打分|得分|计分)?|参照同级平均水平[^,;]{0,8}|合理确定分值"),
    ("deduct", rf"(?:扣除?|扣减|减扣?|倒扣|扣去)(?:{_WHOLE}(?:的)?)?(?:{_SPAN.format('dlow', 'dhigh')}分|(?P<dshare>{_N})%(?:的?{_WHOLE})?|(?P<dpoints>{_N}){_NOT_COUNT})"),
    ("gain", rf"(?:加|增加|奖励?|增)(?P<gpoints>{_N})分"),
    ("share", rf"(?:{_VERB}|按)(?:{_WHOLE}(?:的)?)?(?:{_SPAN.format('slow', 'shigh')}%|(?P<share>{_N})%)(?:\(不?含\))?(?:的?(?:{_WHOLE}|比例)?)(?:计算?|得|给)?分?(?![\d以(])"
              rf"|{_WHOLE}的?(?P<share2>{_N})%(?:计分|得分)?|(?:{_VERB}|按)?{_WHOLE}的(?P<over>\d)÷(?P<under>[1-9])(?:计|得)?分?"),
    ("answer", r"(?<![\d%总])得分(?=[,;][^,;]{0,12}不得分)"),
    ("none", r"不扣分|不减分|不予扣分"),
    ("full", rf"(?:按|以)?{_VERB}?(?:为)?(?:满分|全分|基本分|标准分|全部分[值数]|该项分值)(?:计算|计|得|为)?分?(?!\d|×|值|为|的|-|制|/)"),
    ("points", rf"(?:{_VERB}|为|:|=)?(?:{_SPAN.format('plow', 'phigh')}分{_NOT_MARK}|(?P<points>{_N})分{_NOT_MARK})|{_VERB}(?P<bare>{_N}){_NOT_COUNT}"),
    ("proportion", r"(?:按|依|根据|同)[^,;:]{0,24}?(?:比例|比重|比率|百分比|占比|完成率|执行率|到位率|达标率|考核得分|线性|插值法?|差值法?)[^,;:扣减]{0,8}?(?:得分|计分|记分|给分|赋分|计算|折算|计取|确定|评分|打分|分)(?:得分|分值)?"
                   r"|(?:按|同)?[^,;:]{0,12}?比例(?:扣分|减分|扣减|扣除|递减|折算|计)(?:分值|分数)?|折算(?:得分|计分|分值)?"),
)
_ANY = re.compile("|".join(f"(?P<{name}_>{pattern})" for name, pattern in _KINDS))


@dataclass(frozen=True, slots=True)
class Conclusion:
    """`kind` is limit, gone, zero, choice, deduct, gain, share, none, full, points or proportion; `condition` before it."""

    kind: str
    condition: str
    award: Award | None
    text: str


def conclusions(text: str) -> tuple[Conclusion, ...]:
    """Return what a rule concludes, in order; the text behind the last one is a conclusion of kind "rest"."""
    found, start = [], 0
    for match in _ANY.finditer(text):
        kind = next(name for name, _ in _KINDS if match[f"{name}_"] is not None)
        if kind == "points" and _bounded(text, match):
            continue
        condition = text[start: match.start()]
        found.append(Conclusion(kind.rstrip("2"), condition, _award(kind, match), match[0]))
        start = match.end()
    if text[start:].strip(",;:)("):
        found.append(Conclusion("rest", text[start:], None, ""))
    return tuple(found)


def _bounded(text: str, match: re.Match[str]) -> bool:
    """Tell whether "90分" bounds a value (考核得分≥90分) rather than being earned."""
    before = text[max(0, match.start() - 4): match.start()]
    return bool(re.search(r"(?:[≥≤<>=]|不低于|超过|低于|高于|达到|大于|小于|不足|满分|总分|\d-|\d至|不到)$", before)) \
        and match[0][0].isdigit()


def _award(kind: str, match: re.Match[str]) -> Award | None:
    get = match.groupdict()
    if kind == "zero":
        return NOTHING
    if kind in ("full", "none", "answer"):
        return FULL
    if kind in ("choice", "choice2"):
        if get["clow"]:
            return Award(Decimal(get["clow"]), Decimal(get["chigh"]), minus=get["csign"] in ("扣", "减", "调减"))
        return DISCRETION
    if kind == "limit":
        return _single(get["cap"] or get["cap2"] or get["cap3"] or get["cap4"])
    if kind == "deduct":
        if get["dshare"]:
            return Award(Decimal(get["dshare"]) / 100, Decimal(get["dshare"]) / 100, share=True, minus=True)
        low, high = get["dlow"] or get["dpoints"], get["dhigh"] or get["dpoints"]
        return Award(Decimal(low), Decimal(high), minus=True)
    if kind == "gain":
        return _single(get["gpoints"])
    if kind == "share" and get["over"]:
        return _single(Decimal(get["over"]) / Decimal(get["under"]), True)
    if kind == "share":
        low, high = get["slow"] or get["share"] or get["share2"], get["shigh"] or get["share"] or get["share2"]
        return _range(Decimal(low) / 100, Decimal(high) / 100, True)
    if kind == "points":
        low, high = get["plow"] or get["points"] or get["bare"], get["phigh"] or get["points"] or get["bare"]
        return _range(Decimal(low), Decimal(high))
    return None


def _range(one: Decimal, other: Decimal, share: bool = False) -> Award:
    return Award(min(one, other), max(one, other), share)


def _single(number: str | Decimal, share: bool = False) -> Award:
    return Award(Decimal(number), Decimal(number), share)
