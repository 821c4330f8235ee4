"""同一数字的多处表述：正文前后、文与表、同一比率的两处。

只取名称全同、年度口径不相冲突的；两段（或一段与一行）有两个以上名称一致的，第三个不一致即为矛盾，
否则只在明显笔误时报告；本级与汇总、财政拨款与全口径、年初与调整后等口径不同的不比。

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(*lines):
...     read = passage([Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines, 1)])
...     return [(s.stated.text, s.readings[0]["other"][0].text) for s in find([read], ())]
>>> found("2021年公务接待费31.2万元，会议费12.5万元，培训费9.4万元。", "2021年公务接待费31.2万元，会议费12.5万元，培训费8.4万元。")
[('31.2万元', '31.2万元'), ('12.5万元', '12.5万元'), ('8.4万元', '9.4万元')]
>>> found("2020年公务接待费31.2万元，上年会议费14万元。", "2021年公务接待费31.2万元。")
[]
>>> found("税收完成30亿元，为目标40亿元的75%。", "税收累计完成30亿元，为目标40亿元的76%。")
[('76%', '75%')]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.model.slip import misprinted, units
from fusuan.patterns import Amount, basis_of, canonical, clean, core, rates
from fusuan.relations.compare.told import words
from fusuan.relations.passages.mention import Mention, Passage

_SCOPES = regex.compile(r"政府性基金|国有资本经营|一般公共预算|财政拨款|本级|汇总|下属|所属|二级|直属|非税|专户")
_ASIDE = regex.compile(r"上年|去年|上一年|同期|下年|人均|平均|每|其中：?$|累计[^,;。]*年")
_YEAR = regex.compile(r"(?<![比较与同于从])(?:19|20)[0-9]{2}(?=\s?年)")
# they tell which measure is meant, and not of what
_NAMELESS = frozenset(("年初预算", "年初预算数", "预算数", "决算数", "执行数", "调整预算数", "全年预算数", "全年执行数"))
_FAR = 400
COMPANY = 2
"""How many names two blocks must agree on before a third is held against both."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements of one quantity; `firm`: their blocks or wordings leave no doubt of that."""

    stated: Figure
    other: Figure
    quote: str
    firm: bool


def find(passages: Sequence[Passage], tables: Iterable[Amount]) -> Iterator[Statement]:
    """Yield what the text states twice, or states once and a table again."""
    for read in passages:
        for pair in _rates(read):
            yield _statement(pair)
    told = [amount for number, read in enumerate(passages) for amount in _amounts(read, number)]
    for pair in pairs([*told, *tables]):
        if pair.stated.name not in _NAMELESS and (pair.firm or _misprint(pair.stated, pair.other)):
            yield _statement(pair)


def _statement(pair: Pair) -> Statement:
    return Statement("mention", "cross", pair.stated, (Reading({"other": (pair.other,)}),), pair.quote, source="twice")


def _misprint(a: Figure, b: Figure) -> bool:
    """Tell whether two amounts in one unit, of three digits or more, are one misprint apart."""
    return a.unit == b.unit and a.decimals == b.decimals and units(a.value, a.decimals) >= 100 and misprinted(a.value, b.value, a.decimals)


def pairs(amounts: Iterable[Amount]) -> Iterator[Pair]:
    """Yield each amount of the text with the same amount stated elsewhere: agreeing, or plainly contradicting."""
    groups: dict[tuple[str, str], list[Amount]] = {}
    for amount in amounts:
        groups.setdefault((amount.name, amount.period), []).append(amount)
    company: dict[tuple[object, object], set[str]] = {}
    for group in groups.values():
        for a, b in _couples(group):
            if _equal(a, b) and _same_basis(a, b) and a.figure.value:
                company.setdefault((a.block, b.block), set()).add(a.name)
    for group in groups.values():
        yield from _held(group, company)


def _couples(group: Sequence[Amount]) -> Iterator[tuple[Amount, Amount]]:
    """An amount of the text with each of the others, the first dozen of a name only."""
    for a in group[:12]:
        for b in group[:12]:
            if a.block != b.block and a.block[0] == "text":
                yield a, b


def _equal(a: Amount, b: Amount) -> bool:
    """Tell whether the two figures are one amount printed twice, to the digits of the coarser."""
    first, second = a.figure, b.figure
    if first.base == second.base:
        return True
    step = max(first.scale.scaleb(-first.decimals), second.scale.scaleb(-second.decimals))
    return abs(first.base - second.base) < step and bool(first.base and second.base) and \
        first.scale.scaleb(-first.decimals) != second.scale.scaleb(-second.decimals)


def _same_basis(a: Amount, b: Amount) -> bool:
    """An amount of no printed basis is what was spent or received."""
    return (a.basis or "final") == (b.basis or "final")


def _held(group: Sequence[Amount], company: dict[tuple[object, object], set[str]]) -> Iterator[Pair]:
    done = set()
    for a, b in _couples(group):
        if id(a) in done or not _equal(a, b) or not _same_basis(a, b) or (b.block[0] == "text" and _before(a, b)):
            continue
        done.add(id(a))
        yield Pair(a.figure, b.figure, a.quote, True)
    agreed = {id(x) for a, b in _couples(group) if _equal(a, b) for x in (a, b)}
    for a, b in _couples(group):
        if id(a) in done or id(a) in agreed or id(b) in agreed or _equal(a, b) or (b.block[0] == "text" and _before(a, b)):
            continue
        alone = all(sum(x.block == y.block for x in group) == 1 for y in (a, b))
        if alone and _same_basis(a, b) and len(company.get((a.block, b.block), ())) >= COMPANY:
            done.add(id(a))
            yield Pair(a.figure, b.figure, a.quote, True)
        elif alone and b.block[0] == "text" and a.basis == b.basis != "" and a.period and a.scope == b.scope:
            done.add(id(a))
            yield Pair(a.figure, b.figure, a.quote, False)


def _before(a: Amount, b: Amount) -> bool:
    return str(a.figure.place) < str(b.figure.place) if a.figure.place.paragraph is None else \
        (a.figure.place.paragraph or 0) < (b.figure.place.paragraph or 0)


def _amounts(read: Passage, number: int) -> Iterator[Amount]:
    """The amounts of a passage that go by a canonical name."""
    end, year = 0, ""
    for m in read.mentions:
        gap = read.text[end:m.start]
        year, end = (_YEAR.findall(gap) or [year])[-1], m.end
        if m.role != "amount" or m.dimension != "money" or m.figure.sign in ("≥", "≤", ">", "<", "≈"):
            continue
        own = words(m)
        name = canonical(clean(own))
        if name is not None and name not in rates() and not _ASIDE.search(gap[-30:]):
            low = max(0, m.start - _FAR)
            head = max(low, *(read.text.rfind(stop, low, m.start) + 1 for stop in "。;\n"))
            scope = "".join(sorted(set(_SCOPES.findall(read.text, head, m.start))))
            yield Amount(name, replace(m.figure, name=name), year, basis_of(own), scope, ("text", number, m.figure.place), read.quote([m]))


def _rates(read: Passage) -> Iterator[Pair]:
    """Rates of one amount on one base that are stated twice, the one that does not come out first."""
    seen: dict[tuple[object, ...], tuple[Mention, Mention]] = {}
    for rate in read.mentions:
        base = read.mentions[rate.index - 1] if rate.index > 1 else None
        if base is None or rate.figure.unit != "%" or base.dimension != "money" or not regex.fullmatch(r"\s*的?\s*", rate.before):
            continue
        amount = next((m for m in read.before(base, 8) if m.role == "amount" and m.like(base) and m.sentence == base.sentence), None)
        name = core(clean(words(amount))) if amount else ""
        if amount is None or not name:
            continue
        key = name, amount.figure.base, base.figure.base, base.figure.unit
        if key not in seen:
            seen[key] = rate, amount
        elif base.figure.base:
            first, its = seen[key]
            true = amount.figure.base / base.figure.base * 100
            wrong, right, of = (first, rate, its) if abs(first.figure.value - true) > abs(rate.figure.value - true) else (rate, first, amount)
            yield Pair(replace(wrong.figure, name=clean(words(of)) + "占比"), right.figure, read.quote([of, wrong]), True)
