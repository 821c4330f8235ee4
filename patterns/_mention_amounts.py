"""Amounts stated under a canonical name, in prose and in tables, and which of them speak of the same thing.

Two blocks (a paragraph, a row or a column of a table) that agree on two or more names describe the same thing: a third
name on which they differ is a contradiction. Without such company, only a plain slip under equal period and basis is.

>>> def twice(*blocks):
...     found = pairs(Report(Document("", "", tuple(blocks))))
...     return [(p.stated.text, p.other.text, p.firm) for p in found]
>>> rows = [["年度", "公务接待费", "会议费", "培训费"], ["2021年", "31.2", "12.5", "8.4"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> table = Table(cells, 2, 4, Place(table=1))
>>> twice(Paragraph("2021年公务接待费31.2万元，会议费12.5万元，培训费9.4万元。", Place(paragraph=1)), table)
[('31.2万元', '31.2', True), ('12.5万元', '12.5', True), ('9.4万元', '8.4', True)]
>>> twice(Paragraph("2020年公务接待费31.2万元，上年会议费14万元。", Place(paragraph=1)), table)
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from fusuan.model import Cell, Document, Figure, Paragraph, Place, Table
from fusuan.patterns._items import Item
from fusuan.patterns._prose import Prose, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns.grids.grid import Column, Section, grids
from fusuan.patterns.names.likeness import basis_of
from fusuan.patterns.names.names import canonical, rates

__all__ = ["Cell", "Document", "Pair", "Paragraph", "Place", "Table", "amounts_in", "pairs"]

_SCOPES = regex.compile(r"政府性基金|国有资本经营|一般公共预算|财政拨款|本级|汇总|下属|所属|二级|直属|非税|专户")
_ASIDE = regex.compile(r"上年|去年|上一年|同期|下年|人均|平均|每|其中：?$|累计[^,;。]*年")
_EMPTY = regex.compile(r"合\s*计|小\s*计|金额|数额")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}(?=\s?年)")
_NOT_AMOUNTS = regex.compile(r"增减|增长|比重|占比|比例|率|[%％]|人均|差异|±")
COMPANY = 2
"""How many names two blocks must agree on before a third is held against both."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount under a canonical name. `block` is where it stands in company: a paragraph, a row, a column."""

    name: str
    figure: Figure
    period: str
    basis: str
    scope: str
    block: tuple[object, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two statements of one quantity; `firm`: their blocks or wordings leave no doubt of that."""

    stated: Figure
    other: Figure
    quote: str
    firm: bool


def pairs(report: Report) -> Iterator[Pair]:
    """Yield each amount of the prose with the same amount stated elsewhere: agreeing, or plainly contradicting."""
    groups: dict[tuple[str, str], list[Amount]] = {}
    for amount in amounts_in(report):
        groups.setdefault((amount.name, amount.period), []).append(amount)
    company: dict[tuple[object, object], set[str]] = {}
    for group in groups.values():
        for a, b in _couples(group):
            if _equal(a, b) and _same_basis(a, b) and a.figure.value:
                company.setdefault((a.block, b.block), set()).add(a.name)
    for group in groups.values():
        yield from _held(group, company)


def _couples(group: Sequence[Amount]) -> Iterator[tuple[Amount, Amount]]:
    """An amount of the prose with each of the others, the first dozen of a name only."""
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


def amounts_in(report: Report) -> Iterator[Amount]:
    """Yield the amounts under canonical names: of the prose in order, then of the tables."""
    for number, prose in enumerate(prose_of(report)):
        for item in prose.items:
            for said in item.amounts:
                if amount := _of_prose(prose, number, item, said):
                    yield amount
    for number, section in enumerate(section for grid in grids(report) for section in grid.sections):
        yield from _of_section(section, number)


def _of_prose(prose: Prose, number: int, item: Item, said: Said) -> Amount | None:
    if said.figure.dimension != "money" or said.figure.sign in ("≥", "≤", ">", "<", "≈"):
        return None
    name = canonical(said.name) or (canonical(item.name) if said is item.amount else None)
    if name is None or name in rates() or _ASIDE.search(said.gap[-30:]) or not item.year and not name:
        return None
    text = prose.texts[said.text]
    scope = "".join(sorted(set(_SCOPES.findall(text.folded[text.opens(said.start, "。;\n"):said.start]))))
    basis = basis_of(said.name) or basis_of(item.name) or basis_of(said.pre)
    return Amount(name, replace(said.figure, name=name), item.year, basis, scope, ("text", number, said.text),
                  prose.quote(said, said))


def _of_section(section: Section, number: int) -> Iterator[Amount]:
    """Cells whose row or column head is a canonical name; the other head tells period and basis."""
    for row in section.body:
        for column in section.columns:
            figure, left = section.value(row, column), [entry.text for entry in section.above(row, column)][-2:]
            if figure is not None and not _NOT_AMOUNTS.search(" ".join([*left[-1:], column.last])):
                yield from _cell(section, figure, (row, column), left, number)


def _cell(section: Section, figure: Figure, at: tuple[int, Column], left: list[str], number: int) -> Iterator[Amount]:
    row, column = at
    above = column.heads[-3:]
    over, beside = (next((n for n in map(canonical, reversed(names)) if n and n not in rates()), None) for names in (above, left))
    last = next((head for head in reversed(above) if not _EMPTY.fullmatch(head)), "")
    if (over is None) == (beside is None) or over is not None and canonical(last) != over:
        return
    own, other = ((" ".join(left), left[-1:]) if over else (" ".join(above), above[-1:]))
    years = _YEAR.findall(own) or _YEAR.findall(" ".join([*above, *left]))
    named = replace(figure, name=over or beside or "", unit=figure.unit or "万元")
    block = ("row", number, row) if over else ("column", number, column.index)
    yield Amount(named.name, named, years[-1] if years else "", basis_of(" ".join(other)), "", block, section.quote(row))
