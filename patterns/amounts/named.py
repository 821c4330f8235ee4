"""Amounts of tables under a canonical name: which year and measure they are of, and in whose company they stand.

>>> from fusuan.model import Cell, Document, Place, Table
>>> rows = [["年度", "公务接待费", "会议费"], ["2021年", "31.2", "12.5"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> [(a.name, a.figure.text, a.period) for a in amounts_in(Report(Document("", "", (Table(cells, 2, 3, Place(table=1)),))))]
[('公务接待费', '31.2', '2021'), ('会议费', '12.5', '2021')]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from fusuan.model import Figure
from fusuan.patterns._report import Report
from fusuan.patterns.grids.grid import Column, Section, sections
from fusuan.patterns.names.likeness import basis_of
from fusuan.patterns.names.names import canonical, rates

_EMPTY = regex.compile(r"合\s*计|小\s*计|金额|数额")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}(?=\s?年)")
_NOT_AMOUNTS = regex.compile(r"增减|增长|比重|占比|比例|率|[%％]|人均|差异|±")


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


def amounts_in(report: Report) -> Iterator[Amount]:
    """Yield the amounts of the tables under canonical names."""
    for number, section in enumerate(sections(report)):
        yield from _of_section(section, number)


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
