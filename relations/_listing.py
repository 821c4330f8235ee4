"""What may be the parts of a total: the like figures after it or before it, picked in several ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from fusuan.relations.passages.mention import Mention, Passage, likeness

REACH = 30
_MEASURES = frozenset(("budget", "actual"))
_COLUMNS = frozenset(("change", "prior", "base"))


def column(m: Mention) -> str:
    return m.role if m.role in _COLUMNS else "amount"


def like_of(passage: Passage, t: Mention, down: bool, whatever: bool = False) -> list[Mention]:
    """The figures after (or, nearest first, before) a total that could be its parts; its own repetition ends them.

    `whatever`: changes among the amounts too (促增长12万元 is the name of an amount).
    """
    around = passage.mentions[t.index + 1:t.index + 1 + REACH] if down else passage.mentions[max(0, t.index - REACH):t.index][::-1]
    own, dimension, depth = column(t), t.dimension, t.depth
    found: list[Mention] = []
    for o in around:
        if o.depth < depth and (not down or found and found[0].depth >= depth):
            break  # the bracket in which the total and its parts stand has closed
        if o.dimension == dimension and not _hidden(o, t) and (column(o) == own or whatever and o.sentence == t.sentence and {own, column(o)} == {"amount", "change"}):
            if len(found) > 1 and o.value == t.value and o.pairs == t.pairs:
                break
            found.append(o)
    return found


def _hidden(o: Mention, t: Mention) -> bool:
    """Tell whether a figure of a finer unit is lost in the rounding of a total: 人均 486 元 is no part of 36812 万元."""
    return o.scale < t.scale and 0 < o.value <= t.half


def ways(passage: Passage, t: Mention, like: list[Mention], down: bool) -> Iterator[tuple[str, list[Mention]]]:
    """Ways of listing the like figures, each once."""
    if len(like) < 2:
        return
    mark = "budget" if "budget" in t.tags else "actual"
    picked = {
        "every like figure": like,
        "outside among-which": [o for o in like if not o.among or t.among],
        "outside brackets": [o for o in like if o.depth <= t.depth],
        "outside brackets and among-which": [o for o in like if o.depth <= t.depth and (not o.among or t.among)],
        "one a sentence": first_of(like, down, lambda o: o.sentence),
        "one a list item": [o for o in like if o.item],
        "one a paragraph": [o for o in like if o.heads],
        "one a clause group": first_of(like, down, lambda o: o.matter * 1000 + o.sentence),
        "same measure": [o for o in like if mark in o.tags or not o.tags & _MEASURES],
        "bearing the total's name": [o for o in like if likeness(o.pairs, t.pairs) >= 0.7] if len(t.pairs) > 1 else [],
        "own place in the series": [o for o in like if o.series == t.series and o.rank == t.rank] if t.series > 1 else [],
        **_items(t, like, down),
    }
    seen = set()
    for way, run in picked.items():
        if 1 < len(run) < len(like) or run is like:  # as many are all of them
            key = tuple([o.index for o in run])
            if key not in seen:
                seen.add(key)
                yield way, run


def _items(t: Mention, like: list[Mention], down: bool) -> dict[str, list[Mention]]:
    """The first figure of each item of the lists that begin after a total, or stand before it, the nearest lists first."""
    runs: dict[int, dict[int, Mention]] = {}
    own = {name for name, _ in t.path} if down else frozenset()
    for o in like:
        for name, item in o.path:
            if name in own:
                continue
            run = runs.setdefault(name, {})
            if not down or item not in run:
                run.pop(item, None)
                run[item] = o
    several = [run for run in runs.values() if len(run) > 1]
    return {f"one an item of a list {n}": list(run.values()) for n, run in enumerate(several[:3])}


def alike(t: Mention, o: Mention) -> bool:
    """Tell whether a figure is of the measure of a total: of the budget or of what was done, of its place in a series."""
    measures = {"budget" if "budget" in m.tags else "actual" for m in (t, o) if m.tags & _MEASURES}
    return len(measures) < 2 and (t.series < 2 or o.series != t.series or o.rank == t.rank)


def numbered(parts: Sequence[Mention]) -> bool:
    """Tell whether figures stand in the items of one list that are numbered in turn from one."""
    return any([dict(o.path).get(name) for o in parts] == [*range(1, len(parts) + 1)] for name, _ in parts[0].path)


def first_of(run: list[Mention], down: bool, key: Callable[[Mention], int]) -> list[Mention]:
    """The first figure, in the order of the text, of each group."""
    found: dict[int, Mention] = {}
    for o in run:
        group = key(o)
        if not down or group not in found:
            found.pop(group, None)
            found[group] = o
    return list(found.values())
