"""Columns of changes: 增减额, 增减率 of the amounts beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from model import Figure, Reading, Statement
from patterns._grid import Column, Section
from patterns._money_bind import pair
from patterns._money_words import is_rate, kind_of

_FALL = regex.compile(r"减少|降低|下降|节约|压减|降幅")


def changes(section: Section) -> Iterator[Statement]:
    """Yield the changes that a section states in columns of their own."""
    for column in section.columns:
        if kind_of(column.last) == "change":
            yield from _column(section, column)


def _column(section: Section, column: Column) -> Iterator[Statement]:
    others = [c for c in section.columns if c.labels == column.labels and c is not column]
    for key in ("last", "head"):
        own = [c for c in others if c.heads[:-1] == column.heads[:-1]] if key == "last" and len(column.heads) > 1 else others
        names = [getattr(c, key) for c in own]
        if (found := pair(getattr(column, key), names)) is not None:
            yield from _settled(section, column, own[found[0]], own[found[1]])
            return


def _settled(section: Section, column: Column, now: Column, before: Column) -> Iterator[Statement]:
    falls = bool(_FALL.search(column.last)) and not regex.search(r"增", column.last)
    found: list[tuple[Figure, Figure, Figure, str]] = []
    for row in section.body:
        stated, later, earlier = (section.value(row, c) for c in (column, now, before))
        if stated is not None and later is not None and earlier is not None and "rate" not in (later.dimension, earlier.dimension):
            rate = is_rate(column.last) or stated.dimension == "rate"
            name = f"{stated.name}{column.last}"[:40]
            found.append((replace(_as_rate(stated) if rate else stated, name=name), later, earlier, section.quote(row)))
    straight = [_fits(s, a, b, falls) for s, a, b, _ in found]
    turned = [_fits(s, a, b, not falls) for s, a, b, _ in found]
    if sum(turned) > sum(straight) and sum(turned) >= 2:
        falls, straight = not falls, turned
    lost = len({s.value for (s, *_), right in zip(found, straight, strict=True) if not right})
    guess = lost > max(1, sum(straight))
    for stated, later, earlier, quote in found:
        reading = Reading({"now": (later,), "before": (earlier,)})
        yield Statement("change", "growth", stated, (reading,), quote, facts={"direction": "-" if falls else "+"}, guess=guess)


def _as_rate(stated: Figure) -> Figure:
    """A rate of change without a sign is in percent, whatever unit the table has."""
    return stated if stated.dimension == "rate" else replace(stated, unit="%")


def _fits(stated: Figure, now: Figure, before: Figure, falls: bool) -> bool:
    change = (before.base - now.base) if falls else (now.base - before.base)
    last = Decimal(1).scaleb(-stated.decimals)
    if stated.dimension == "rate":
        return bool(before.base) and abs(stated.base - change / before.base * 100) <= last * stated.scale
    finest = max(last, Decimal(1).scaleb(-max(now.decimals, before.decimals)))
    return abs(stated.value - change / stated.scale) <= finest * 2
