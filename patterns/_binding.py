"""The amount that a change or a rate is of, when it stands in another sentence: bound by name, period and basis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from patterns._items import Item, alike, core
from patterns._said import Said

_YEAR = regex.compile(r"(?:19|20)[0-9]{2}(?=\s?年)")


def year_of(item: Item) -> str:
    """The year printed in the words before an item's first figure, empty where none is."""
    found = _YEAR.findall(item.lead.rpartition("。")[2] or item.lead)
    return str(found[-1]) if found else ""


def before_it(items: Sequence[Item], index: int, name: str, dimension: str = "money") -> Iterator[Item]:
    """Yield earlier items with an amount under a like name, the nearest first; the same name before a merely like one."""
    if len(core(name)) < 2:
        return
    likes = [i for i in reversed(items[max(0, index - 400):index])
             if any(s.figure.dimension == dimension for s in i.amounts) and alike(name, i.name)]
    yield from [i for i in likes if core(i.name) == core(name)]
    yield from [i for i in likes if core(i.name) != core(name)]


def level(item: Item, dimension: str = "money") -> Said | None:
    """The amount an item stands at now: the last one that is no budget."""
    from patterns._items import basis_of

    fits = [s for s in item.amounts if s.figure.dimension == dimension]
    done = [s for s in fits if basis_of(s.name) not in ("budget", "adjusted")]
    return (done or fits or [None])[-1]
