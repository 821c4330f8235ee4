"""All the sums of a section, found once: its totals are read for themselves and where its rates draw on them."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from fusuan.model import Figure, Statement
from fusuan.patterns.amounts.across import across
from fusuan.patterns.amounts.blame import explained
from fusuan.patterns.amounts.blocks import blocks
from fusuan.patterns.amounts.claims import fits, is_average
from fusuan.patterns.amounts.down import down, is_funds
from fusuan.patterns.amounts.made import lines
from fusuan.patterns.amounts.stock import rolled
from fusuan.patterns.cues.amounts import rank
from fusuan.patterns.grids.grid import Section

_LONGEST = 400
_FOUND: WeakKeyDictionary[Section, tuple[Statement, ...]] = WeakKeyDictionary()


def sums_of(section: Section) -> tuple[Statement, ...]:
    """Return the sums down and across a section, and those that its rows prove."""
    if section not in _FOUND:
        found = [*down(section, is_funds(section)), *lines(section), *across(section), *rolled(section), *blocks(section)]
        _FOUND[section] = tuple(explained([s for s in found if not _averaged(s)]))
    return _FOUND[section]


def averages(section: Section) -> dict[int, list[tuple[Figure, tuple[Figure, ...]]]]:
    """Return by row the figures of rows named totals or averages, each with those of the rows above it that are neither."""
    found: dict[int, list[tuple[Figure, tuple[Figure, ...]]]] = {}
    for column in section.columns:
        parts: list[Figure] = []
        for row in section.body[:_LONGEST]:
            label, figure = section.label(row, column), section.value(row, column)
            if figure is None or label is None:
                continue
            if not rank(label.text) and "平均" not in label.text:
                parts.append(figure)
            elif len(parts) >= 2:
                found.setdefault(row, []).append((figure, tuple(parts)))
    return found


def _averaged(statement: Statement) -> bool:
    """Tell whether what was taken for a sum is the mean: marks and rates under amounts that are added up."""
    parts, stated = statement.readings[0]["parts"], statement.stated
    return isinstance(stated, Figure) and len(parts) > 1 and is_average(stated, parts) and not fits(stated, parts, ())
