"""Columns of changes: 增减额, 增减率 of the amounts beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns.cues.amounts import as_money, is_rate, kind_of, label_of
from fusuan.patterns.cues.binding import pair
from fusuan.patterns.grids.grid import Column, Section

_NEAR = 8
_FALL = regex.compile(r"减少|降低|下降|节约|压减|降幅")


Seen = tuple[Figure, Figure, Figure, str]
"""A change, the later amount, the earlier one, and the row."""


def changes(section: Section) -> Iterator[Statement]:
    """Yield the changes that a section states in columns or rows of their own."""
    for column in section.columns:
        if kind_of(column.last) == "change":
            yield from _column(section, column)
    yield from _rows(section)


def _column(section: Section, column: Column) -> Iterator[Statement]:
    others = [c for c in section.columns if c.labels == column.labels and c is not column]
    for key in ("last", "head"):
        own = [c for c in others if c.heads[:-1] == column.heads[:-1]] if key == "last" and len(column.heads) > 1 else others
        names = [getattr(c, key) for c in own]
        if (found := pair(getattr(column, key), names)) is not None:
            now, before = own[found[0]], own[found[1]]
            seen = [s for row in section.body if (s := _seen(section, (row, column), (row, now), (row, before), column.last))]
            if "target" in (kind_of(now.last), kind_of(before.last)):
                # a result may be told against its target in another way: only what agrees is told
                seen = _agreeing(seen)
            yield from _settled(seen, column.last)
            return


def _agreeing(seen: list[Seen]) -> list[Seen]:
    """The changes that come out as printed, where two do."""
    held = [each for each in seen if _fits(*each[:3], falls=False)]
    return held if len(held) > 1 else []


def _rows(section: Section) -> Iterator[Statement]:
    """A row of changes of the rows above it, column by column."""
    columns = [c for c in section.columns if kind_of(c.last) == "amount" and c.labels]
    if not columns:
        return
    first = columns[0]
    above: list[tuple[int, str]] = []
    for row in section.body:
        label = section.label(row, first)
        if label is None or label.row != row:
            continue
        name = label_of(label.text).text
        near = [(r, n) for r, n in above[-_NEAR:]]
        if kind_of(name) != "change":
            above.append((row, name))
        elif (found := pair(name, [n for _, n in near])) is not None:
            now, before = near[found[0]][0], near[found[1]][0]
            seen = [s for c in columns if c.labels == first.labels
                    and (s := _seen(section, (row, c), (now, c), (before, c), name))]
            yield from _settled(seen, name)


def _seen(section: Section, at: tuple[int, Column], now: tuple[int, Column], before: tuple[int, Column], name: str) -> Seen | None:
    stated, later, earlier = section.value(*at), section.value(*now), section.value(*before)
    if stated is None or later is None or earlier is None or "rate" in (later.dimension, earlier.dimension):
        return None
    if is_rate(name) or stated.dimension == "rate":
        stated = _as_rate(stated)
        context = now[1].head if at[0] == now[0] else "/".join(c.head for c in section.columns)
        later, earlier = as_money(later, stated.name, context), as_money(earlier, stated.name, context)
    called = stated.name if stated.name.endswith(name[-6:]) else f"{stated.name}{name}"
    return replace(stated, name=called[:40]), later, earlier, section.quote(at[0])


def _settled(seen: list[Seen], name: str) -> Iterator[Statement]:
    """The changes of one column or row: turned about where that is the table's habit, without their sign where none of
    them prints one, a guess where they keep failing.
    """
    falls = bool(_FALL.search(name)) and not regex.search(r"增", name)
    straight = [_fits(s, a, b, falls) for s, a, b, _ in seen]
    turned = [_fits(s, a, b, not falls) for s, a, b, _ in seen]
    if sum(turned) > sum(straight) and sum(turned) >= 2:
        falls, straight = not falls, turned
    lost = len({(s.value, a.base, b.base) for (s, a, b, _), right in zip(seen, straight, strict=True) if not right})
    guess = lost > max(1, sum(straight))
    unsigned = len(seen) > 1 and all(s.value >= 0 for s, *_ in seen) and not falls
    for (stated, later, earlier, quote), right in zip(seen, straight, strict=True):
        if guess and not right:
            continue
        down = unsigned and later.base < earlier.base
        reading = Reading({"now": (later,), "before": (earlier,)})
        yield Statement("change", "growth", stated, (reading,), quote, facts={"direction": "-" if falls or down else "+"}, guess=guess)


def _as_rate(stated: Figure) -> Figure:
    """A rate of change without a sign is in percent, whatever unit the table has."""
    return stated if stated.dimension == "rate" else replace(stated, unit="%")


def _fits(stated: Figure, now: Figure, before: Figure, falls: bool) -> bool:
    change = (before.base - now.base) if falls else (now.base - before.base)
    last = Decimal(1).scaleb(-stated.decimals)
    if stated.dimension == "rate":
        if not before.base:
            return False
        half = sum((Decimal(5).scaleb(-f.decimals - 1) * f.scale for f in (now, before)), Decimal(0))
        return abs(stated.base - change / before.base * 100) <= last * stated.scale + half / abs(before.base) * 100
    finest = max(last, Decimal(1).scaleb(-max(now.decimals, before.decimals)))
    return abs(stated.value - change / stated.scale) <= finest * 2
