"""文中平均数：人均、户均、亩均、车均、次均、生均、日均、月均、平均每辆、每公里＝总额（总量）÷数量。

总额、数量与平均数紧邻的才判不符；总额或数量在别句的按名称寻找，只作参考。日均按文中天数，未写的按全年365（366）天；
月均、每平方米每月按12个月（文中写明月数的按该数）。“人均标准”“人均收入”等并非由文中两数相除的不算。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:]], s.guess) for s in find(Report(document))]
>>> found("国内公务接待52批次、410人次，共支出4.10万元，人均100元。")
[('100元', ['4.10万元', '410人次'], False)]
>>> found("公务用车运行维护费16.40万元（保有量4辆，平均每辆4.10万元）；养护里程218公里，支出654万元，每公里3万元。")
[('4.10万元', ['16.40万元', '4辆'], False), ('3万元', ['654万元', '218公里'], False)]
>>> found("全县人均可支配收入28640元。全年财政支出31.2亿元，总人口42万人。"), found("42人参训，经费8万元，人均不超过2000元的标准。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._counts import Told, bare, likely, matches, sentences, supposed
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import clean
from fusuan.patterns.names.likeness import alike, core

_NO = regex.compile(r"标准|限额|不超|以内|由|从|提高|增加|减少|上年|同比|可支配|纯收入|GDP|生产总值|补助标准|按")
_PLAIN = regex.compile(r"每(?:[人户亩辆次村公里平方米台床所处个]{1,3})\s*(?:约|为|是|计|合|达|仅)*\s*$|造价[^,;。]{0,4}$|成本[^,;。]{0,4}$")
_PREFIX = regex.compile(r"(?:平均|折合|折算|约合)?(?:每(?:人次|批次|公里|平方米|学期|季度|.)|[人户亩车次生村日月年床校班台站镇]均|单方|月人均|人均月)+(?:补助|发放)?")


@dataclass(frozen=True, slots=True)
class Mean:
    """An average, the amounts and the counts it may be of, and whether they stand beside it and leave no choice."""

    told: Told
    wholes: tuple[Told, ...]
    counts: tuple[Told, ...]
    sure: bool


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        before: list[Told] = []
        for told_here in prose.told:
            for sentence in sentences(told_here):
                for at, told in enumerate(sentence):
                    if _is_mean(told, sentence[at + 1:at + 2]) and (mean := _mean(sentence, at, before)) is not None:
                        yield from _statement(prose, mean, [*before, *sentence])
                before = (before + sentence)[-60:]


def _is_mean(told: Told, following: Sequence[Told]) -> bool:
    words = told.said.pre.rstrip()
    if not told.per or told.figure.sign not in ("", "≈") or told.figure.value <= 0 or told.figure.dimension in ("rate", "points", "marks"):
        return False
    if _NO.search(words) or regex.match(r"的?标准|以[上内下]|不等|[-~—至]", told.said.post.strip()):
        return False
    if told.mean:
        return True
    # 每公里3万元 closes what was told; 每人260元,支出32万元 is a price
    return told.money and bool(_PLAIN.search(words)) and not any(t.money and t.piece == told.piece and not t.per for t in following)


def _name(told: Told) -> str:
    """What an average is of, where it says so: 人均公用经费, 辅警人均经费, 出院病人次均费用."""
    name = core(clean(_PREFIX.sub("", told.said.pre.strip()).replace("出院病人", "住院")))
    return name if len(name) >= 2 and not regex.fullmatch(r"(?:折合|平均|合|约|实际|支出|费用|经费|补助|在岗)+", name) else ""


def _mean(sentence: Sequence[Told], at: int, before: Sequence[Told]) -> Mean | None:
    """The amount and the count of an average: those right before it, else by name from what was told before."""
    told, name = sentence[at], _name(sentence[at])
    own = [t for t in reversed(sentence[:at]) if t.depth <= told.depth and not t.per]
    after = [t for t in sentence[at + 1:at + 2] if t.gap.startswith("(") and matches(told, t)]
    beside = [t for t in own[:3] if t.piece == told.piece]
    whole = next((t for t in beside if _whole(told, t) and not regex.search(r"预算|计划|指标", t.said.pre + t.said.name)), None)
    count = next(iter(after or [t for t in beside if matches(told, t)]), None)
    if whole is not None and told.depth > whole.depth and any(t.mean and t.bracket == told.bracket and t is not told for t in sentence):
        # 6135万元(小学62180人,生均650元;初中…): standards of several groups, no averages of the amount
        return None
    if whole is not None and count is not None and (not name or alike(name, whole.said.name)):
        several = sum(matches(told, t) for t in own if t.piece == told.piece) > 1 and not after
        own_part = told.depth > whole.depth and told.mean or not whole.part and (told.mean or told.depth == whole.depth)
        sure = own_part and not several and not told.spans
        if sure and _joined(sentence, whole, whole if after else count, told):
            return Mean(told, (whole,), (count,), sure=True)
    if not told.mean and (whole is None or count is None or whole.depth != told.depth):
        # 252万元(14个村,每村18万元): the bracket explains the amount, it is no average
        return None
    earlier = [t for t in reversed(before) if not t.per]
    wholes = _wholes(told, name, [*own, *earlier])
    return Mean(told, tuple(wholes[:3 if name else 2]), tuple(after or likely(told, [*before, *sentence[:at]])), sure=False)


def _wholes(told: Told, name: str, among: Sequence[Told]) -> list[Told]:
    """The amounts an average may be of, the likeliest first: by its name, by 支出 or 收入 in its words, else the nearest."""
    found = [t for t in among if _whole(told, t)]
    found = [t for t in found if not regex.search(r"预算|计划|指标", t.said.pre)] or found
    if name:
        same = [t for t in found if core(t.said.name) == name]
        like = [*same, *(t for t in found if t not in same and (alike(name, t.said.name) or name in t.said.pre))]
        return like or [t for t in found if (t.said.text, t.sentence) == (told.said.text, told.sentence)][:1]
    side = regex.search(r"支出|收入", told.said.pre)
    return [t for t in found if side is None or side.group() in t.said.pre] or found


def _joined(sentence: Sequence[Told], whole: Told, count: Told, told: Told) -> bool:
    """Tell whether an average follows its amount and its count in one clause, with nothing of another matter between."""
    between = sentence[min(sentence.index(whole), sentence.index(count)):sentence.index(told)]
    return all(t.piece == told.piece for t in between[1:]) and not any("其中" in t.gap or t.figure.sign for t in between[1:]) and not whole.figure.sign


def _whole(told: Told, other: Told) -> bool:
    """Tell whether an average may be a part of that amount: of one kind, and larger."""
    if other.per or other.figure.sign or other.said.role not in ("amount", "base"):
        return False
    if told.money:
        return other.money and other.figure.base > told.figure.base
    return bare(other.figure.unit) == bare(told.figure.unit) != "" and other.figure.decimals <= 6


def _statement(prose: Prose, mean: Mean, sentence: Sequence[Told]) -> Iterator[Statement]:
    told, ways = mean.told, []
    nouns = bool(told.nouns) or not told.spans
    spans = [_times(span, sentence) for span in told.spans]
    if nouns and not mean.counts or not all(spans) or not mean.wholes:
        return
    for whole in mean.wholes:
        for count in mean.counts if nouns else (None,):
            divisors = [] if count is None else [count.figure]
            ways += [Reading({"dividend": (whole.figure,), "divisors": (*divisors, *chosen)}) for chosen in _choices(spans)]
    first = min((*mean.wholes[:1], *(mean.counts[:1] if nouns else ())), key=lambda t: (t.said.text, t.said.start))
    # an amount of another sentence that no name ties to the average is never near enough to name a slip, and the days of a
    # year that nothing tells may be working days
    supposed_span = any(figure.text in ("365天", "366天", "12个月") for span in spans for figure in span)
    apart = supposed_span or (not _name(told) or not alike(_name(told), mean.wholes[0].said.name)) and (mean.wholes[0].said.text, mean.wholes[0].sentence) != (told.said.text, told.sentence)
    yield Statement("product", "rate", named(replace(told.said, figure=told.figure), told.said.pre.strip()), tuple(ways[:6]),
                    prose.quote(first.said, told.said), {"slip": "none"} if apart else {}, guess=not mean.sure)


def _choices(spans: Sequence[Sequence[Figure]]) -> list[tuple[Figure, ...]]:
    return [(figure,) for figure in spans[0]] if spans else [()]


def _times(span: str, sentence: Sequence[Told]) -> list[Figure]:
    """The days or months an average by the day or month is taken over: as told in the sentence, else those of a year."""
    units = {"月": ("个月",), "日": ("天", "日"), "天": ("天", "日")}.get(span, ())
    told = list({t.figure.value: t.figure for t in reversed(sentence) if t.figure.unit in units and not t.per}.values())[:2]
    if told or span not in ("月", "日", "天"):
        return told
    return [supposed("12个月", 12, "个月")] if span == "月" else [supposed("365天", 365, "天"), supposed("366天", 366, "天")]
