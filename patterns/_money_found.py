"""All the sums of a section, found once: its totals are read for themselves and where its rates draw on them."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from fusuan.model import Statement
from fusuan.patterns._money_claims import explained
from fusuan.patterns._money_columns import across
from fusuan.patterns._money_lines import lines
from fusuan.patterns._money_pairs import along
from fusuan.patterns._money_proved import proved
from fusuan.patterns._money_stock import rolled
from fusuan.patterns._money_sums import down, is_funds
from fusuan.patterns.grids.grid import Section

_FOUND: WeakKeyDictionary[Section, tuple[Statement, ...]] = WeakKeyDictionary()


def sums_of(section: Section) -> tuple[Statement, ...]:
    """Return the sums down, across and along a section, and those that its rows prove."""
    if section not in _FOUND:
        found = [*down(section, is_funds(section)), *lines(section), *across(section), *along(section), *proved(section), *rolled(section)]
        _FOUND[section] = tuple(explained(found))
    return _FOUND[section]
