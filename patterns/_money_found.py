"""All the sums of a section, found once: its totals are read for themselves and where its rates draw on them."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from model import Statement
from patterns._grid import Section
from patterns._money_claims import explained
from patterns._money_columns import across
from patterns._money_pairs import along
from patterns._money_proved import proved
from patterns._money_sums import down, is_funds

_FOUND: WeakKeyDictionary[Section, tuple[Statement, ...]] = WeakKeyDictionary()


def sums_of(section: Section) -> tuple[Statement, ...]:
    """Return the sums down, across and along a section, and those that its rows prove."""
    if section not in _FOUND:
        found = [*down(section, is_funds(section)), *across(section), *along(section), *proved(section)]
        _FOUND[section] = tuple(explained(found))
    return _FOUND[section]
