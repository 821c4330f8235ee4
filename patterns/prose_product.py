"""文中数量与单价：63人×1000元/人×12个月＝总额；14个村，每村18万元；金额后括号内写明数量与标准的，按括号核对。

数量、标准、总额紧邻且用词写明（共、计、需、应、支出、发放）才判不符；数量在别句、标准按月而月数未写的只作参考。
“不等”“以上”“最高”等不定的标准不算；几组数量与标准之后才写合计的，先乘后加。

>>> from model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:]], s.guess) for s in find(Report(document))]
>>> found("慰问困难职工63人，每人1000元，共支出6.3万元。")
[('6.3万元', ['63人', '1000元'], False)]
>>> found("运转经费252万元（14个村，每村18万元）；整修道路12.4公里（每公里补助20万元）248万元。")
[('252万元', ['14个', '18万元'], False), ('248万元', ['12.4公里', '20万元'], False)]
>>> found("每人1000元的标准已经执行。"), found("培训63人，支出6.3万元。"), found("63人，每人800至1000元不等，共6万元。")
([], [], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import regex

from model import Figure, Reading, Statement
from patterns._counts import Told, bare, likely, matches, months, sentences, supposed, times
from patterns._likeness import core
from patterns._prose import Prose, named, prose_of
from patterns._report import Report
from patterns._said import clean

_PRICED = regex.compile(r"(?:单价|标准)(?:为|是|按|每?[月年]|[:])*$")
_LOOSE = regex.compile(r"^\s*(?:不等|起(?!来)|左右|以上|以内|以下|[-~—至到])")
_OTHER = regex.compile(r"其中|另|其他|其余|结余|节约|同比|比|较|上年|增加|减少|剩余|扣除|罚|尚|未|限额|不含|控制价|自筹|个人|人均|每|均")
_HEDGE = regex.compile(r"实际|首批|第[一二三]批|预付|先行|已|累计|到位|预算|中央|省|市|县|各级|等|另|部分")
_SUM = regex.compile(r"共|合计|总计|总额|(?<![统预设审])计(?!划)|需|应|小计|核定|测算")
_PLAIN = regex.compile(r"支出|资金|补助|补贴|发放|兑付|下达|拨付|金额|投入|奖补|奖励|费|为|投资")
_FAR = 24
"""More words than this between a price and an amount, and the amount is of something else."""
_NO_PRICE = regex.compile(r"最高|最低|不超|限额|至少|上限|由|从|提高|增加")
_STANDARD = regex.compile(r"的?标准")
_BY_STANDARD = regex.compile(r"按|标准")
_PAID_EACH = regex.compile(r"工资|补助|补贴|标准|报酬|租金|津贴")


@dataclass(frozen=True, slots=True)
class Group:
    """A price with what it is multiplied by; `sure`: nothing else could be meant."""

    price: Told
    counts: tuple[Told, ...]
    spans: tuple[Figure, ...]
    right: int
    sure: bool

    @property
    def factors(self) -> tuple[tuple[Figure, ...], ...]:
        """The factors by each count that may be meant, the likeliest first."""
        return tuple((count.figure, self.price.figure, *self.spans) for count in self.counts)


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        before: list[Told] = []
        for told_here in prose.told:
            for sentence in sentences(told_here):
                yield from _of_sentence(prose, sentence, before)
                yield from _priced_before(prose, sentence, before)
                yield from _yearly(prose, sentence)
                before = (before + sentence)[-40:]


def _of_sentence(prose: Prose, sentence: Sequence[Told], before: Sequence[Told]) -> Iterator[Statement]:
    open_groups: list[Group] = []
    for at, told in enumerate(sentence):
        if not _is_price(told) or _explains(sentence, at) or (group := _group(sentence, at, before)) is None:
            continue
        total, sure = _total(prose, sentence, at, group)
        if total is None:
            open_groups.append(group)
            total = _by_name(told, before)
            if total is not None:
                yield from _statement(prose, group, total, False, (), before)
            continue
        yield from _statement(prose, group, total, sure, open_groups, before)
        open_groups = []


def _explains(sentence: Sequence[Told], at: int) -> bool:
    """每人每季度150元(每人每年600元): the price in the bracket only says the other once more."""
    return at > 0 and sentence[at].gap.startswith("(") and _is_price(sentence[at - 1])


def _is_price(told: Told) -> bool:
    if told.figure.sign or not told.figure.value > 0 or _LOOSE.search(told.said.post) or not told.figure.unit:
        return False
    words = told.said.pre.rstrip()
    if _NO_PRICE.search(words) or told.figure.dimension in ("rate", "points", "marks"):
        return False
    if told.mean:
        return told.money and bool(_STANDARD.match(told.said.post) or _BY_STANDARD.search(words))
    if told.per and not told.nouns:
        return told.money and bool(_PAID_EACH.search(words))
    return bool(told.nouns) if told.per else told.money and bool(_PRICED.search(words))


def _group(sentence: Sequence[Told], at: int, before: Sequence[Told]) -> Group | None:
    """The counts beside a price and the months or days it is paid for."""
    price = sentence[at]
    beside = [sentence[k] for k in _beside(sentence, at, -1)]
    after = [sentence[k] for k in _beside(sentence, at, 1)]
    right = at + max((n for n, t in enumerate(after, 1) if _of(price, t) or t.figure.unit in ("个月", "天")), default=0)
    near = [t for t in beside if _of(price, t)] or [t for t in after[:right - at] if _of(price, t)] or _joined(sentence, at)
    if near and near[0] in beside:
        # 30人,每人500元,12人,每人800元: the second count goes with the second price
        right = at + max((n for n, t in enumerate(after, 1) if t.figure.unit in ("个月", "天")), default=0)
    counts = near or likely(price, [*before, *sentence[:at]])
    if not counts:
        return None
    spans, clear = _spans(price, counts[0], sentence)
    if spans is None:
        return None
    sure = clear and len(near) == 1 and not near[0].figure.sign and _subject(price, counts[0]) and (not price.mean or "标准" in price.said.pre + price.said.post[:4])
    return Group(price, tuple(counts), spans, right, sure)


def _subject(price: Told, count: Told) -> bool:
    """学生560人,寄宿生每生1000元: a price that names whom it is for is of that count only if the count names them too."""
    head = regex.split(r"每|[\u4e00-\u9fff]均|单价|标准|月工资", price.said.pre)[0]
    head = regex.sub(r"按照?|以|其中|对|给予|补助|补贴|发放|即|奖励|奖补|执行|平均|\s|:", "", head)
    return not head or price.said.joined or head in count.said.pre + count.said.post or "/" in price.said.figure.unit + price.said.post[:1]


def _joined(sentence: Sequence[Told], at: int) -> list[Told]:
    """312个、1560万元,每个补助5万元; 2台219.6万元(单价109.8万元): the count before the amount it goes with."""
    if at < 2 or not sentence[at - 1].money or sentence[at - 1].per or sentence[at - 1].piece != sentence[at].piece:
        return []
    count, total = sentence[at - 2], sentence[at - 1]
    if not _of(sentence[at], count) or len(total.gap) > _FAR or _OTHER.search(total.gap):
        return []
    return [count] if sentence[at].bracket or regex.search(r"每(?:人|.{1,2})(?:补助|补贴|奖励|标准|发放)|标准", sentence[at].said.pre) else []


def _of(price: Told, told: Told) -> bool:
    if price.nouns:
        return matches(price, told)
    return not told.per and told.figure.value > 0 and told.figure.dimension not in ("money", "rate", "points", "marks", "") \
        and bare(told.figure.unit) not in ("个月", "天", "岁", "次", "届", "级", "小时", "年")


def _beside(sentence: Sequence[Told], at: int, step: int) -> Iterator[int]:
    """The places next to a price that hold counts, up to an amount, a rate or a semicolon."""
    place = at + step
    while 0 <= place < len(sentence) and abs(place - at) <= 4 and sentence[place].piece == sentence[at].piece:
        told = sentence[place]
        if told.figure.dimension in ("money", "rate", "points", "marks") or told.per:
            return
        yield place
        place += step


def _spans(price: Told, count: Told, sentence: Sequence[Told]) -> tuple[tuple[Figure, ...] | None, bool]:
    """For how many months or days a price is paid; None where that is not told."""
    found: list[Figure] = []
    clear = True
    monthly = "月" in price.said.pre and not price.per
    for span in ("月",) if monthly else price.spans:
        if span == "年" or span == "月" and months(count):
            continue
        told = times(span, sentence)
        if len(told) == 1:
            found.append(told[0])
        elif not told and span == "月" and (ranged := _months(sentence)):
            found.append(ranged)
            clear = False
        elif not told and span == "月" and any(regex.search(r"全年|年(?:度)?(?:共|需|支|发|计)", t.gap) for t in sentence):
            found.append(supposed("12个月", 12, "个月"))
            clear = False
        else:
            return None, False
    return tuple(found), clear


def _months(sentence: Sequence[Told]) -> Figure | None:
    """1-9月 are nine months."""
    found = [m for t in sentence for m in regex.finditer(r"(?<![0-9])([0-9]{1,2})\s?月?\s?[-~—至到]\s?([0-9]{1,2})\s?月", t.gap)]
    if len(found) != 1 or not 1 <= int(found[0][1]) < int(found[0][2]) <= 12:
        return None
    return supposed(found[0].group(), int(found[0][2]) - int(found[0][1]) + 1, "个月")


def _total(prose: Prose, sentence: Sequence[Told], at: int, group: Group) -> tuple[Told | None, bool]:
    """The amount a price comes to, and whether the wording leaves no doubt."""
    price = sentence[at]
    after = sentence[group.right + 1] if group.right + 1 < len(sentence) else None
    if after is not None and (not _amount(price, after) or _between(prose, sentence[group.right], after).count(";")):
        after = None
    if price.bracket:
        first = next(k for k in range(at, -1, -1) if k == 0 or sentence[k - 1].bracket != price.bracket)
        outside = sentence[first - 1] if first else None
        explained = outside is not None and sentence[first].gap.startswith("(") and _amount(price, outside)
        if after is not None and after.bracket != price.bracket:
            close = _between(prose, sentence[group.right], after).partition(")")[2]
            return (after, True) if len(close) <= 8 and not regex.search(r"[,;、。:]", close) else (outside if explained else None, True)
        if after is None or explained and not _SUM.search(after.gap):
            alone = not any(t.money and t is not price for t in sentence[first:] if t.bracket == price.bracket and t.per)
            return (outside, alone) if explained else (None, False)
    if after is None:
        return _earlier(sentence, at), bool(_joined(sentence, at)) and price.said.text == sentence[at - 1].said.text
    words = _between(prose, sentence[group.right], after)
    if len(words) > _FAR or _OTHER.search(words):
        return None, False
    return after, not _HEDGE.search(words) and bool(_SUM.search(words) or len(words) <= 14 and _PLAIN.search(words))


def _amount(price: Told, told: Told) -> bool:
    """Tell whether a figure may be the amount: money for a price in money, else so many of the same."""
    said = told.said
    if told.per or told.figure.sign or said.role != "amount" and not regex.search(r"(?:改造|能力|质量|环境|品质)提升$", said.pre.rstrip()):
        return False
    return told.money and told.figure.base >= price.figure.base if price.money else bare(told.figure.unit) == bare(price.figure.unit) and told.figure.value > price.figure.value


def _earlier(sentence: Sequence[Told], at: int) -> Told | None:
    """安排252万元,用于14个村,每村18万元: the amount before its count and its price."""
    left = [sentence[k] for k in _beside(sentence, at, -1)]
    place = at - len(left) - 1
    return sentence[place] if (left or _joined(sentence, at)) and place >= 0 and _amount(sentence[at], sentence[place]) and sentence[place].piece == sentence[at].piece else None


def _by_name(price: Told, before: Sequence[Told]) -> Told | None:
    """委员活动经费36万元…。委员活动经费按人均2000元标准安排: the amount told before under the name that the price is told of."""
    name = core(clean(price.said.pre.partition("按")[0])) if "按" in price.said.pre else ""
    found = [t for t in before if len(name) >= 2 and core(t.said.name).endswith(name) and _amount(price, t)]
    return found[0] if len(found) == 1 else None


def _priced_before(prose: Prose, sentence: Sequence[Told], before: Sequence[Told]) -> Iterator[Statement]:
    """每人600元…。实际发放6836人、410.16万元: the price stands in the sentence before."""
    prices = [t for t in before if _is_price(t) and t.said.text == sentence[0].said.text and sentence[0].sentence - t.sentence <= 2]
    if len(prices) != 1 or any(map(_is_price, sentence)) or set(prices[0].spans) - {"年"} or prices[0].figure.sign:
        return
    for count, total in pairwise(sentence):
        if matches(prices[0], count) and _amount(prices[0], total) and regex.fullmatch(r"[、,]?\s*[\u4e00-\u9fff]{0,4}\s*", total.gap) \
                and not _OTHER.search(total.gap):
            group = Group(prices[0], (count,), (), 0, sure=False)
            yield from _statement(prose, group, total, False, (), before)


def _yearly(prose: Prose, sentence: Sequence[Told]) -> Iterator[Statement]:
    """8040元/年(670元/月): the same standard by the year and by the month, the one explaining the other."""
    for first, second in pairwise(sentence):
        if not (first.money and second.money and regex.search(r"\(|即|折合", second.gap)) or len(second.gap) > 12:
            continue
        month, year = (first, second) if "月" in first.per else (second, first)
        if "月" in month.per and "月" not in year.per and ("年" in year.per or regex.search(r"全年|年标准|年人均", year.said.pre)) \
                and not (first.figure.sign or second.figure.sign):
            yield Statement("product", "sum", named(replace(year.said, figure=year.figure), year.said.name),
                            (Reading({"factors": (month.figure, supposed("12个月", 12, "个月"))}),), prose.quote(first.said, second.said))


def _between(prose: Prose, first: Told, last: Told) -> str:
    return prose.texts[first.said.text].folded[first.figure.span[1]:last.figure.span[0]]


def _statement(prose: Prose, group: Group, total: Told, sure: bool, others: Sequence[Group], before: Sequence[Told]) -> Iterator[Statement]:
    """The amount as count times price; as the sum of several such products where a total follows several."""
    ways = [Reading({"factors": factors}) for factors in group.factors]
    if others and _SUM.search(total.gap):
        every = [*others, group]
        roles = {f"factors{n or ''}": g.factors[0] for n, g in enumerate(every)}
        ways.insert(0, Reading(roles))
        sure = sure and all(g.sure for g in every)
    first = min([group.price, *group.counts[:1]], key=lambda t: (t.said.text, t.said.start))
    yield Statement("product", "sum", named(replace(total.said, figure=total.figure), total.said.name), tuple(ways),
                    prose.quote(first.said, max(total.said, group.price.said, key=lambda s: (s.text, s.start))), guess=not (sure and group.sure))
