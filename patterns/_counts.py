"""Counts, prices and amounts of money in one sentence: which figure is a price, of what and for how long it is one.

>>> def shown(line):
...     told = told_in(Text.of(Paragraph(line, Place())), 0)
...     return [(t.figure.text, "".join(t.per)) for t in told]
>>> shown("补助63人,每人每月100元,共6个月")
[('63人', ''), ('100元', '人月'), ('6个月', '')]
>>> shown("标准10元/亩,亩均77元,800元/生·年,1000元/人·月")
[('10元/亩', '亩'), ('77元', '亩'), ('800元', '生年'), ('1000元/人', '人月')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from fusuan.model import Figure, Paragraph, Place
from fusuan.patterns._report import Text
from fusuan.patterns._said import Said
from fusuan.patterns._series import ranked, said_in

__all__ = ["TIMES", "Paragraph", "Place", "Told", "bare", "fits", "likely", "matches", "months", "rate_name", "sentences", "supposed", "times", "told_in"]

_NOUN = r"人次|户次|批次|场次|台次|公里|平方米|立方米|车次|公斤|千克|[人名位生户亩辆台次个套村座处所场期间条眼棵件株只头羽米㎡吨批份校站镇乡队班床张栋宗家店车口幅册师院园组项篇门]"
_TIME = r"学期|季度|[年月天日季]"
_EACH = regex.compile(rf"每(?P<noun>{_NOUN}|{_TIME})")
_MEAN = regex.compile(rf"(?P<noun>{_NOUN}|[月日年])均")
_SLASH = regex.compile(rf"^\s?(?:[/·•.每、]|\s)\s?(?P<noun>{_NOUN}|{_TIME})(?![\u4e00-\u9fff])")
_TAIL = regex.compile(r"[^,;。:()、!?]{0,14}$")
TIMES = frozenset(("年", "月", "天", "日", "季", "季度", "学期"))
_ALSO = {"人": ("人", "人次", "位"), "生": ("人",), "名": ("人", "人次"), "位": ("人", "位"), "师": ("人",), "车": ("辆", "台"), "辆": ("辆", "台"), "台": ("台", "辆", "套"),
         "次": ("次", "人次", "批次", "场次"), "床": ("张", "床"), "平方米": ("平方米", "㎡"), "㎡": ("平方米", "㎡"), "公里": ("公里", "千米"),
         "家": ("家", "户"), "所": ("所",), "场": ("场", "场次"), "批": ("批", "批次"), "期": ("期",), "天": ("天",), "日": ("天",), "公斤": ("公斤", "千克")}
_LONGEST = 80
_LOOSE = frozenset(("个", "所", "家", "座", "处", "支", "户", "项", "间"))
_STOPS = regex.compile(r"[。!\n;()]")
_MONTHLY = regex.compile(r"月(?:工资|补助|补贴|生活补助|租金|报酬|标准|薪)|月人均|人均月|按月")
_AVERAGED = regex.compile(r"平均|折合|折算")
_UNIT_COST = regex.compile(r"单方|造价|单位成本|平均单价")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in its sentence; `per` names what a price is for (人, 月), `mean` tells that it is an average (人均).

    `bracket` numbers the innermost bracket it stands in, 0 for none, `depth` how many it stands in; `piece` counts the
    semicolons of the paragraph; `part`: its sentence has said 其中 before it.
    """

    said: Said
    figure: Figure
    sentence: int
    piece: int
    bracket: int = 0
    depth: int = 0
    per: tuple[str, ...] = ()
    mean: bool = False
    part: bool = False

    @property
    def gap(self) -> str:
        return self.said.gap

    @property
    def money(self) -> bool:
        return self.figure.dimension == "money"

    @property
    def nouns(self) -> tuple[str, ...]:
        return tuple(noun for noun in self.per if noun not in TIMES)

    @property
    def spans(self) -> tuple[str, ...]:
        return tuple(noun for noun in self.per if noun in TIMES)


def told_in(text: Text, index: int) -> list[Told]:
    """The figures of a paragraph in order; none where no two of them could be a count and an amount."""
    found: list[Told] = []
    sentence = piece = opened = 0
    brackets = [0]
    part = False
    for said in ranked(said_in(text, index)):
        for mark in _STOPS.findall(said.gap):
            if mark == "(":
                opened += 1
                brackets.append(opened)
            elif mark == ")":
                brackets = brackets[:-1] or [0]
            elif mark == ";":
                piece += 1
            else:
                sentence, piece, brackets, part = sentence + 1, piece + 1, [0], False
        part = part or "其中" in said.gap.rpartition("。")[2]
        unit, _, noun = said.figure.unit.partition("/")
        per, mean = _per(said, noun)
        found.append(Told(said, replace(said.figure, unit=unit), sentence, piece, brackets[-1], len(brackets) - 1, per, mean, part))
    return found


def _per(said: Said, noun: str) -> tuple[tuple[str, ...], bool]:
    """What a figure is told for each of: 每人每月, 人均, 元/亩, 元/人·月."""
    tail = _TAIL.search(said.pre)
    words = tail.group() if tail else ""
    means = [m["noun"] for m in _MEAN.finditer(words)]
    each = [m["noun"] for m in _EACH.finditer(words)]
    if _MONTHLY.search(words) and "月" not in means + each:
        each.append("月")
    slashed = [noun] if noun else []
    rest = said.post
    while (found := _SLASH.match(rest)) is not None and len(slashed) < 3:
        slashed.append(found["noun"])
        rest = rest[found.end():]
    return tuple(dict.fromkeys([*means, *each, *slashed])), bool(means) or bool(_AVERAGED.search(words) and each) \
        or bool(slashed and _UNIT_COST.search(words))


def bare(unit: str) -> str:
    """The classifier itself: 万亩 is 亩."""
    return unit[1:] if unit[:1] in "万亿" and len(unit) > 1 and not unit.endswith("元") else unit


def fits(noun: str, told: Told) -> bool:
    """Tell whether a count is of what the price is for: 每户 and 120户, 每村 and 14个村, 每站 and 14个文化站."""
    unit = bare(told.figure.unit)
    if told.per or not unit or told.figure.dimension in ("money", "rate", "points", "marks") or told.figure.value <= 0:
        return False
    said = told.said
    if said.role == "prior" or said.role == "delta" and regex.search(r"比|较|上年|去年|减少|下降", said.gap):
        return False
    after = said.post[:12]
    if unit in _ALSO.get(noun, (noun,)):
        return not (unit in ("人", "户") and regex.match(r"\s*次", after))
    return unit in _LOOSE and len(noun) <= 2 and noun not in ("个", "次", "人", "户", "亩") and noun in said.pre[-2:] + "|" + after.split("每")[0]


def matches(price: Told, told: Told) -> bool:
    """Tell whether a count may be the one that a price is for."""
    if told is price:
        return False
    return any(fits(noun, told) for noun in price.nouns)


def likely(price: Told, told: Sequence[Told]) -> list[Told]:
    """Counts told further off that a price may be for: those of like name first, then wholes before parts, near before far.

    >>> told = told_in(Text.of(Paragraph("教师36人,其中女21人;在校学生412人。公用经费按生均650元拨付", Place())), 0)
    >>> [t.figure.text for t in likely(told[-1], told[:-1])]
    ['412人']
    """
    found = [t for t in reversed(told) if matches(price, t) and t.depth <= 1]
    if "生" in price.nouns:
        found = [t for t in found if regex.search(r"生|幼儿|学员|儿童", t.said.pre + t.said.post[:8])]
    name = _EACH.split(regex.split(r"按|标准|[人户生车]均", price.said.pre)[0])[0].strip()
    akin = [t for t in found if len(name) >= 2 and (name in t.said.pre or t.said.pre.strip()[:4] and t.said.pre.strip()[:4] in name)]
    whole = [t for t in found if not t.part and not t.depth]
    return list({id(t): t for t in (*akin, *whole, *found)}.values())[:3]


_RATE_NAME = regex.compile(r"([\u4e00-\u9fff“”\"]{1,22}(?:率|进度|满意度))\s?(?:\([^()0-9]{1,24}\)|仅|只有|只|约|近|为|是|达到?|:|\(|\s)*$")


def rate_name(told: Told) -> str:
    """The name of a named rate (执行率仅96.5%, 满意率(含满意和基本满意)95.92%, 执行率(99.1%)); empty where it is none.

    >>> [rate_name(t) for t in told_in(Text.of(Paragraph("执行率仅96.5%,满意率(含很满意)95%,基本支出执行率(99%),占5%", Place())), 0)]
    ['执行率', '满意率', '基本支出执行率', '']
    """
    if told.figure.unit not in ("%", "‰") or told.figure.sign in ("≥", "≤", ">", "<"):
        return told.said.name if told.said.role == "rate" else ""
    if told.said.role == "rate":
        return told.said.name
    found = _RATE_NAME.search(told.gap[-60:])
    name = found[1] if found and told.said.role == "other" else ""
    return "" if regex.search(r"增长率|变动率|增减率|概率|频率|汇率|利率|税率|费率|目标|标准|时间进度|序时", name) else name


def months(told: Told) -> bool:
    """968人月: months counted person by person, no number of months is needed."""
    return bool(regex.match(r"\s*(?:·|\*|×)?\s*月", told.said.post)) or told.figure.unit in ("人年",)


def times(span: str, sentence: Sequence[Told]) -> list[Figure]:
    """How many months or days a sentence tells for a price by the month or the day."""
    units = {"月": ("个月",), "天": ("天", "日"), "日": ("天", "日")}.get(span, ())
    found = [t.figure for t in sentence if t.figure.unit in units and not t.per]
    if span in ("学期", "季度"):
        found = [t.figure for t in sentence if t.figure.unit == "个" and t.said.post.startswith(span)]
    return list({f.value: f for f in found}.values())


def supposed(words: str, number: int, unit: str) -> Figure:
    """A number that words stand for: 全年 is 12 months."""
    return Figure(words, Decimal(number), unit)


def sentences(told: Sequence[Told]) -> Iterator[list[Told]]:
    """The figures of a paragraph by sentence; a sentence that runs on is cut, so that reading stays linear."""
    held: list[Told] = []
    for item in told:
        if held and (item.sentence != held[-1].sentence or len(held) >= _LONGEST):
            yield held
            held = []
        held.append(item)
    if held:
        yield held
