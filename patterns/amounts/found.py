"""All the sums of a section, found once: its totals are read for themselves and where its rates draw on them."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from fusuan.model import Figure, Place, Statement
from fusuan.patterns.amounts.across import across
from fusuan.patterns.amounts.along import along
from fusuan.patterns.amounts.blame import explained
from fusuan.patterns.amounts.blocks import blocks
from fusuan.patterns.amounts.claims import fits, is_average, lies_among, sides
from fusuan.patterns.amounts.down import down, is_funds
from fusuan.patterns.amounts.made import lines, rolled
from fusuan.patterns.amounts.running import running, steps
from fusuan.patterns.grids.grid import Section

_RIGHT: WeakKeyDictionary[Section, frozenset[Place]] = WeakKeyDictionary()
_FOUND: WeakKeyDictionary[Section, tuple[Statement, ...]] = WeakKeyDictionary()


def sums_of(section: Section) -> tuple[Statement, ...]:
    """Return the sums down, across and along a section, and those that its rows prove."""
    if section not in _FOUND:
        on = running(section)
        found = [*steps(section, on), *down(section, is_funds(section), {run.column.index for run in on}), *lines(section), *across(section), *along(section), *rolled(section), *blocks(section)]
        _FOUND[section] = tuple(explained([s for s in found if not _averaged(s)]))
    return _FOUND[section]


def confirmed(section: Section) -> frozenset[Place]:
    """The places of figures that the rows below or above them add up to."""
    if section not in _RIGHT:
        _RIGHT[section] = frozenset(s.place for s in sums_of(section) if s.kind == "parts" and _comes_out(s))
    return _RIGHT[section]


def _comes_out(statement: Statement) -> bool:
    stated, ways = statement.stated, map(sides, statement.readings)
    return isinstance(stated, Figure) and any(len({f.place.row for f in plus}) > 1 and fits(stated, plus, minus) for plus, minus in ways)


def _averaged(statement: Statement) -> bool:
    """Tell whether what was taken for a sum is the mean: marks and rates under amounts that are added up."""
    parts, stated = statement.readings[0]["parts"], statement.stated
    if not isinstance(stated, Figure) or len(parts) < 2 or fits(stated, parts, ()):
        return False
    return is_average(stated, parts) or stated.dimension != "money" and stated.decimals > 0 and lies_among(stated, parts)
