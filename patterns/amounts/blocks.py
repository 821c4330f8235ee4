"""Rows that come again under every head (2019年, 2020年 under each county): those under the total add up the others of their name.

Only where the figures prove it: several come out, and no more than one of them does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fusuan.model import Statement
from fusuan.patterns.amounts.claims import Sum, lost, settle, support
from fusuan.patterns.cues.amounts import kind_of
from fusuan.patterns.grids.grid import Column, Section, by_labels

_LONGEST = 400
_BLOCKS = 3
"""A total and two others that come again are the fewest."""
_SHOWN = 3


def blocks(section: Section) -> Iterator[Statement]:
    for columns in by_labels(c for c in section.columns if c.labels and c.unit not in ("%", "‰") and kind_of(c.last) == "amount"):
        families = _families(section, columns[0])
        for first in (True, False) if families else ():
            sums = [s for rows in families for c in columns if (s := _sum(section, c, rows if first else rows[::-1]))]
            if (held := support(sums, 0)) >= _SHOWN and len(lost(sums)) <= min(1, held // _SHOWN):
                yield from settle(sums, True, True)
                break


def _families(section: Section, column: Column) -> list[list[int]]:
    """The rows of each name that comes again, and those that head them, which have names of their own."""
    named = [(row, label.text) for row in section.body[:_LONGEST] if (label := section.label(row, column)) is not None and label.row == row]
    found: dict[str, list[int]] = {}
    for row, name in named:
        found.setdefault(name, []).append(row)
    families = [rows for rows in found.values() if len(rows) >= _BLOCKS]
    again = {row for rows in families for row in rows}
    heads = [row for (row, _), below in zip(named, [row for row, _ in named[1:]], strict=False) if row not in again and below in again]
    alone = len(heads) == len({row for row, _ in named} - again) >= _BLOCKS
    return [heads, *families] if families and alone else families


def _sum(section: Section, column: Column, rows: Sequence[int]) -> Sum | None:
    stated, parts = section.value(rows[0], column), [f for row in rows[1:] if (f := section.value(row, column)) is not None]
    return Sum(stated, ((tuple(parts), ()),), section.quote(rows[0])) if stated is not None and len(parts) > 1 else None
