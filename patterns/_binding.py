"""The amount that a change or a rate is of, when it stands in another sentence: bound by name, period and basis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fusuan.patterns._items import CHANGED, Item
from fusuan.patterns._said import Said
from fusuan.patterns.names.likeness import akin, alike, basis_of, core


def year_of(item: Item) -> str:
    """The year an item speaks of, as last printed before it; empty where none is."""
    return item.year


def before_it(items: Sequence[Item], index: int, name: str, dimension: str = "money") -> Iterator[Item]:
    """Yield earlier items with an amount under a like name, the nearest first; the same name before a merely like one."""
    if len(core(name)) < 2:
        return
    likes = [i for i in reversed(items[max(0, index - 400):index])
             if any(s.figure.dimension == dimension for s in i.amounts) and alike(name, i.name)]
    yield from [i for i in likes if core(i.name) == core(name)]
    yield from [i for i in likes if core(i.name) != core(name)]
    yield from [i for i in reversed(items[max(0, index - 60):index]) if i not in likes and akin(name, i.name)
                and any(s.figure.dimension == dimension for s in i.amounts)]


def level(item: Item, dimension: str = "money") -> Said | None:
    """The amount an item stands at now: the last one that is no budget."""
    fits = [s for s in item.amounts if s.figure.dimension == dimension]
    planned = basis_of(item.name) == "budget"
    done = [s for s in fits if basis_of(s.name) not in ("budget", "adjusted") and not (planned and CHANGED.search(s.pre.strip()))]
    return (done or fits)[-1] if fits else None
