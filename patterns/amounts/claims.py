"""From the ways a layout may add up to statements: what a table proves of itself in its other columns and rows.

A relation that the layout only suggests becomes certain where it holds elsewhere in the same table with two parts or
more; one that the layout seems to say, but that fails wherever it could be seen to hold, is no more than a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from fusuan.model import Figure, Reading, Statement
from fusuan.model.slip import misprinted


@dataclass(frozen=True)
class Sum:
    """One figure and, way by way, the figures added and taken away (an empty way: nothing stands there)."""

    stated: Figure
    ways: tuple[tuple[tuple[Figure, ...], tuple[Figure, ...]], ...]
    quote: str


def fits(stated: Figure, plus: Sequence[Figure], minus: Sequence[Figure]) -> bool:
    """Tell whether figures add up but for rounding: evidence of what a layout means, not a verdict."""
    figures = [*plus, *minus]
    scale = stated.scale
    value = (sum((f.base for f in plus), Decimal(0)) - sum((f.base for f in minus), Decimal(0))) / scale
    finest = min([Decimal(1).scaleb(-stated.decimals), *(Decimal(1).scaleb(-f.decimals) * f.scale / scale for f in figures)])
    if stated.is_count and all(f.is_count for f in figures):
        return stated.value == value
    return abs(stated.value - value) <= finest * (len(figures) + 1) / 2


def is_average(stated: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether a figure is the mean of others, to the last digit it prints: of three digits or more, else by accident."""
    if len(f"{abs(stated.value):f}".replace(".", "").lstrip("0")) < 3:
        return False
    mean = sum((f.value for f in parts), Decimal(0)) / len(parts) if parts else Decimal(0)
    return bool(stated.value) and len({f.value for f in parts}) > 1 and abs(stated.value - mean) <= Decimal("0.51").scaleb(-stated.decimals)


def lies_among(stated: Figure, parts: Sequence[Figure]) -> bool:
    """Tell whether a figure lies among others, as a mean, a price or a stock does and their sum does not, and is no misprint of that."""
    values = [f.base for f in parts]
    return len(values) > 1 and 0 < min(values) <= stated.base <= max(values) and not misprinted(stated.value, sum(values) / stated.scale, stated.decimals)


def alike(stated: Figure, parts: Iterable[Figure]) -> bool:
    """Tell whether figures may be added up to it: money with money, counts with counts."""
    own = stated.dimension
    if any(f.unit and (f.unit == "分") != (stated.unit == "分") for f in parts):
        return False
    return all(f.dimension == own or "money" not in (own, f.dimension) and "rate" not in (own, f.dimension)
               or "" in (own, f.dimension) and "rate" not in (own, f.dimension) for f in parts)


def settle(sums: Sequence[Sum], sure: bool, firm: bool, label: str = "sum", shown: bool = False) -> Iterator[Statement]:
    """Yield the statements of one relation seen in several places; `sure` and `firm` as in `Total`, `shown`: a misprint is told of it
    however short the figures.
    """
    sums = [s for s in sums if any(plus and alike(s.stated, (*plus, *minus)) for plus, minus in s.ways)]
    if not sums:
        return
    count = max(len(s.ways) for s in sums)
    held = [support(sums, way) for way in range(count)]
    order = sorted(range(count), key=lambda way: -_kept(sums, way))
    failing = len(lost(sums))
    proven = max(held) > 0 and max(held) >= failing
    guess = not (firm or proven or sure and failing < 2)
    misread = guess and failing >= 2
    held_alone = _kept_places(sums, order[0])
    for each in sums:
        readings = [Reading({"parts": plus, "minus": minus}) for plus, minus in (each.ways[w] for w in order if w < len(each.ways))
                    if plus and alike(each.stated, (*plus, *minus))]
        readings = [r for n, r in enumerate(readings) if r not in readings[:n]]
        idle = bool(readings) and guess and not (shown and not misread) and _idle(each.stated, readings, misread, held_alone)
        if readings and not (idle and misread and failing > 2):
            # what says nothing by itself may still show, beside another relation, which figure is misprinted
            yield Statement("parts", label, each.stated, tuple(readings), each.quote, {"slip": "none"} if idle else {}, guess=guess)


def balances(found: Sequence[tuple[Figure, Reading, str]]) -> Iterator[Statement]:
    """Yield what was there, came and went, seen in several places, with what is left: a guess where it holds less often than not."""
    held = sum(fits(closing, *sides(reading)) for closing, reading, _ in found)
    for closing, reading, quote in found:
        yield Statement("balance", "balance", closing, (reading,), quote, guess=held < max(1, len(found) - held))


def unsaid(sums: Sequence[Sum]) -> Iterator[Statement]:
    """Yield what fails and says nothing by itself, but may beside its like: the first way of each."""
    for each in sums:
        plus, minus = each.ways[0]
        if plus and alike(each.stated, (*plus, *minus)):
            yield Statement("parts", "sum", each.stated, (Reading({"parts": plus, "minus": minus}),), each.quote, {"slip": "none"}, guess=True)


def _kept(sums: Sequence[Sum], way: int) -> int:
    """How many figures a way comes to, be it by one part alone."""
    return len({s.stated.value for s in sums if way < len(s.ways) and s.stated.value and fits(s.stated, *s.ways[way])})


def _kept_places(sums: Sequence[Sum], way: int) -> int:
    """In how many columns a way comes to a figure that is not nothing."""
    return sum(way < len(s.ways) and bool(s.stated.value) and fits(s.stated, *s.ways[way]) for s in sums)


_SHOWN = 2
"""So many columns in which one part is the whole make it the whole in the next."""


def _idle(stated: Figure, readings: Sequence[Reading], misread: bool, held_alone: int) -> bool:
    """Tell whether a guess that fails says nothing: the layout fails elsewhere too, or the figure is too short to show
    a slip of the pen, or it was held against a single figure that is not the whole in other columns either.
    """
    if any(fits(stated, r["parts"], r["minus"]) for r in readings):
        return False
    digits = len(f"{abs(stated.value):f}".replace(".", "").strip("0"))
    if len(readings[0]["parts"]) < 2:
        # no part is more than the whole
        return misread or digits < 3 or held_alone < _SHOWN and not stated.base < readings[0]["parts"][0].base
    return misread or digits < 4


def lost(sums: Sequence[Sum]) -> set[tuple[Decimal, ...]]:
    """The stated values that no way adds up to, not even as coarsely as the figures are printed (with what the first way adds)."""
    return {(s.stated.value, *(f.value for f in s.ways[0][0])) for s in sums
            if not any(plus and (fits(s.stated, plus, minus) or near(s.stated, plus, minus)) for plus, minus in s.ways)}


def near(stated: Figure, plus: Sequence[Figure], minus: Sequence[Figure]) -> bool:
    """Tell whether figures differ by no more than the rounding of each as it is printed: 22,118,861 beside 1,845,880.34."""
    figures = [stated, *plus, *minus]
    if all(f.is_count for f in figures):
        return False
    gap = sum((f.base for f in plus), Decimal(0)) - sum((f.base for f in minus), Decimal(0)) - stated.base
    return abs(gap) <= sum((f.scale.scaleb(-f.decimals) for f in figures), Decimal(0)) / 2


def support(sums: Sequence[Sum], way: int) -> int:
    """In how many places (of different figures) a way holds: with two parts or more that are not nothing, or with one,
    where now this part and now that one is the whole.
    """
    full: set[Decimal] = set()
    single: dict[int, set[Decimal]] = {}
    for each in sums:
        plus, minus = each.ways[way] if way < len(each.ways) else ((), ())
        filled = [n for n, f in enumerate((*plus, *minus)) if f.value]
        if len(plus) + len(minus) < 2 or not filled or not fits(each.stated, plus, minus):
            continue
        if len(filled) >= 2:
            full.add(each.stated.value)
        else:
            single.setdefault(filled[0], set()).add(each.stated.value)
    alone = set().union(*single.values()) if len(single) >= 2 or full else set()
    return len(full | alone)


_LISTED = 200
"""Of longer lists no rows are sought that add up others."""


def once(stated: Figure, plus: Sequence[Figure], minus: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures less those that the figure before them adds up (it was the sum of them, or told once more), where the rest
    comes to the total; else none.

    >>> from fusuan.model import Place
    >>> told = [Figure(n, Decimal(n), "", place=Place(row=at)) for at, n in enumerate("9 4 5 3 3 8".split())]
    >>> [f.text for f in once(Figure("20", Decimal(20), ""), told, ())], once(Figure("19", Decimal(19), ""), told, ())
    (['9', '3', '8'], ())
    """
    if len(plus) > _LISTED or any(f.value < 0 for f in plus):
        return ()
    ways = (heads_of(plus, least) for least in (2, 1))
    return next((tuple(kept) for kept in ways if len(kept) < len(plus) and fits(stated, kept, minus)), ())


def heads_of(figures: Sequence[Figure], least: int) -> list[Figure]:
    """The figures less those that add up to the one before them, `least` of them or more."""
    kept: list[Figure] = []
    at = 0
    while at < len(figures):
        kept.append(figures[at])
        room, after = figures[at].base, at + 1
        while after < len(figures) and room > 0:
            room -= figures[after].base
            after += 1
        at = after if room == 0 and after > at + least else at + 1
    return kept


def turns(stated: Figure, plus: Sequence[Figure]) -> tuple[Figure, ...]:
    """The first of several runs of figures that come to a total each, and one after another to the end; else none: the same people by care, then by health.

    >>> told = [Figure(n, Decimal(n), "") for n in "9 4 5 3 5".split()]
    >>> [f.text for f in turns(Figure("13", Decimal(13), ""), told)], turns(Figure("12", Decimal(12), ""), told)
    (['9', '4'], ())
    """
    ends, left = list[int](), stated.base
    for at, figure in enumerate(plus, 1):
        left -= figure.base
        if left < 0:
            return ()
        if not left:
            ends.append(at)
            left = stated.base
    long = all(end - start > 1 for start, end in pairwise([0, *ends]))
    return tuple(plus[:ends[0]]) if len(ends) > 1 and ends[-1] == len(plus) and long else ()


def nested(statement: Statement, said: bool = False) -> Statement:
    """Add the reading in which a row is the subtotal of the rows right below it, where that makes the whole fit; `said`: 其中 says that some are."""
    figures = list(statement.readings[0]["parts"])
    stated = statement.stated
    if not isinstance(stated, Figure) or sum(f.value for f in figures) == stated.value or len(figures) > 400:
        return statement
    kept = heads_of(figures, 2)
    if len(kept) < len(figures) and sum(f.value for f in kept) != stated.value:
        kept = heads_of(figures, 1)
    if len(kept) == len(figures) or sum(f.value for f in kept) != stated.value:
        return statement
    # two rows that add up those below them show that others may
    sure = said or len(figures) - len(kept) >= 4 and len(heads_of(figures, 2)) < len(figures) - 3
    reading = Reading({"parts": tuple(kept)}, "" if sure else "有的行是其下各行的小计")
    return replace(statement, readings=(*statement.readings, reading))


def sides(reading: Reading) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """What a reading adds and what it takes away."""
    return ((*reading["parts"], *reading["opening"], *reading["income"]), (*reading["minus"], *reading["outgo"]))
