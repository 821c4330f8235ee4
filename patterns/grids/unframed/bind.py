"""Values of a row whose blanks were lost, put under the columns they belong to.

What a value is (a percentage or not) and what the rows that have all their values prove (合计 = 基本支出 + 项目支出; a total
row is the sum of the rows under it) leave one way, or the row stays unbound.

>>> def numbers(*row):
...     return [Decimal(v) for v in row]
>>> rows = [numbers(30, 18, 12), numbers(18, 18), numbers(12, 12)]
>>> open_ = [[w for w in ways_of(len(row), [{0, 1, 2}] * len(row), 3) if fits(row, w, {0: [1, 2]})] for row in rows]
>>> open_
[[(0, 1, 2)], [(0, 1), (0, 2)], [(0, 1), (0, 2)]]
>>> settled(rows, open_)
[[(0, 1, 2)], [(0, 1)], [(0, 2)]]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product
from operator import eq

Way = tuple[int, ...]
_MOST = 300
_TRIED = 512
_WIDEST = 14


def ways_of(count: int, allowed: Sequence[set[int]], width: int) -> list[Way]:
    """The ways to put values in order under columns, each under one it may stand in; none where there are too many."""
    if not 0 < count <= width <= _WIDEST:
        return []
    found = [way for way in combinations(range(width), count) if all(c in allowed[n] for n, c in enumerate(way))]
    return found if len(found) <= _MOST else []


def fits(row: Sequence[Decimal], way: Way, across: Mapping[int, Sequence[int]]) -> bool:
    """Tell whether a row so placed has its sums right, what is blank counting as nothing."""
    values = dict(zip(way, row, strict=True))
    return all(values.get(total, Decimal(0)) == sum((values.get(c, Decimal(0)) for c in parts), Decimal(0))
               for total, parts in across.items())


def settled(rows: Sequence[Sequence[Decimal]], ways: Sequence[list[Way]]) -> list[list[Way]]:
    """Of the ways of the rows under a total (the first row) those by which every column adds up to it, if only one is so.

    Where the total is blank, so is what it is made of.
    """
    found = list(ways)
    if len(found[0]) != 1:
        return found
    width = 1 + max(c for some in found for way in some for c in way)
    total = _added([(rows[0], found[0][0])], width)
    if all(value >= 0 for row in rows for value in row):
        found[1:] = [[way for way in some if set(way) <= set(found[0][0])] or some for some in found[1:]]
    open_ = [n for n, some in enumerate(found) if len(some) > 1]
    count = 1
    for n in open_:
        count *= len(found[n])
    if not open_ or count > _TRIED or not all(found):
        return found
    fixed = _added([(rows[n], found[n][0]) for n in range(1, len(rows)) if n not in open_], width)
    choices = list(product(*(found[n] for n in open_)))
    held = [sum(map(eq, _added([(rows[n], way) for n, way in zip(open_, choice, strict=True)], width, fixed), total)) for choice in choices]
    best = max(held)
    # a total that is misprinted in one column proves the layout in the others
    if held.count(best) == 1 and best >= (width if width < 3 else width - 1):
        for n, way in zip(open_, choices[held.index(best)], strict=True):
            found[n] = [way]
    return found


_FREE, _STEPS = 10, 100
"""So many rows may lack values, and so many steps are tried."""


def stepped(rows: Sequence[Sequence[Decimal]]) -> list[Way]:
    """The columns of the values of rows under a total that has all of its own (the first row), found column by column: none unless
    every column adds up to it in one way only, of values that are not nothing.

    >>> def numbers(*row):
    ...     return [Decimal(v) for v in row]
    >>> stepped([numbers(30, 13, 12, 6), numbers(18, 13, 5), numbers(5, 4), numbers(7, 7, 2)])
    [(0, 1, 2), (0, 3), (0, 2, 3)]
    >>> stepped([numbers(30, 15, 15), numbers(15, 15), numbers(15, 15)])
    []
    """
    total, parts = rows[0], rows[1:]
    width = len(total)
    short = [row for row in parts if len(row) < width]
    if sum(map(sum, parts)) != sum(total) or not all(0 < len(row) <= width for row in parts) or len(short) > _FREE:
        return []
    # rows that have all their values leave so much of each column to the others
    left = [value - sum(row[c] for row in parts if len(row) == width) for c, value in enumerate(total)]
    found: dict[tuple[Way, ...], list[Way]] = {}
    open_: list[tuple[int, list[Way]]] = [(0, [()] * len(short))]
    for _ in range(_STEPS):
        if not open_ or len(found) > 1:
            break
        column, ways = open_.pop()
        if column == width:
            found[tuple(tuple(c for c, value in zip(way, row, strict=True) if value) for way, row in zip(ways, short, strict=True))] = ways
        else:
            open_ += [(column + 1, on) for on in _steps(ways, short, column, width, left[column])]
    if len(found) != 1 or open_:
        return []
    own = iter(next(iter(found.values())))
    return [tuple(range(width)) if len(row) == width else next(own) for row in parts]


def _steps(ways: list[Way], parts: Sequence[Sequence[Decimal]], column: int, width: int, total: Decimal) -> list[list[Way]]:
    """The ways to go on by which a column adds up: a row with as many values left as columns has one here, one without any has none."""
    tried: list[tuple[Decimal, list[Way]]] = [(Decimal(0), [])]
    for way, row in zip(ways, parts, strict=True):
        left = len(row) - len(way)
        here = [(row[len(way)], (*way, column))] if left else []
        none = [(Decimal(0), way)] if left < width - column else []
        tried = [(value + more, [*done, own]) for value, done in tried for more, own in (*here, *none)]
    return [done for value, done in tried if value == total]


def _added(placed: Sequence[tuple[Sequence[Decimal], Way]], width: int, start: Sequence[Decimal] = ()) -> list[Decimal]:
    sums = list(start) or [Decimal(0)] * width
    for row, way in placed:
        for value, column in zip(row, way, strict=True):
            sums[column] += value
    return sums
