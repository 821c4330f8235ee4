"""Runs of columns that may add up to one beside them, whatever their headings say: 补助金额 = 提前下达 + 本次下达.

A run next to a total, to its right or left, is a candidate; columns of one measure (amounts, counts) make the run, and a group of
columns under one heading may be stood for by its first or last. That a run comes out row after row is for `grids/laws.py` to see.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.patterns.amounts.across import is_counted
from fusuan.patterns.cues.amounts import kind_of
from fusuan.patterns.grids.grid import Column
from fusuan.patterns.grids.law import Law

_WIDE = 40
"""More columns than this are a list, not a form."""
_LONGEST = 10
_TAKEN = regex.compile(r"扣减|扣除|核减|调减|减少|收回|^减")


def runs(columns: Sequence[Column]) -> dict[int, tuple[Law, ...]]:
    """Return by column what it may be the sum of, the shortest run first."""
    found: dict[int, tuple[Law, ...]] = {}
    for counted in (True, False):
        own = [c for c in columns if c.heads and c.labels and kind_of(c.last) == "amount" and c.unit not in ("%", "‰") and is_counted(c) is counted]
        if 3 <= len(own) <= _WIDE:
            found |= {column.index: tuple(_laws(own, place)) for place, column in enumerate(own)}
    return found


def _laws(columns: Sequence[Column], place: int) -> Iterator[Law]:
    for run in dict.fromkeys(_runs(columns, place)):
        taken = tuple(c.index for c in run if _TAKEN.search(c.last))
        if added := tuple(c.index for c in run if c.index not in taken):
            yield Law("sum", columns[place].index, added, taken)


def _runs(columns: Sequence[Column], place: int) -> Iterator[tuple[Column, ...]]:
    for side in (columns[place + 1:], columns[:place][::-1]):
        for near in (side, _stood(side, first=True), _stood(side, first=False)):
            yield from (tuple(near[:size]) for size in range(2, min(len(near), _LONGEST) + 1))


def _stood(columns: Sequence[Column], first: bool) -> list[Column]:
    """Columns with each group under one heading stood for by one of it."""
    found: dict[str, Column] = {}
    for column in columns:
        key = column.heads[0] if len(column.heads) > 1 else f"{column.index}"
        if not first or key not in found:
            found[key] = column
    return list(found.values())
