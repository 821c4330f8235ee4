"""The figures of a paragraph, with the units that they take from their neighbours: 收支分别为 4.2、4.1 万元; 结构为 12.1:47.6:40.3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

import regex

from fusuan.model import Figure, Place

JOINED = regex.compile(r"\s*(?:[、,/]\s*(?:和|及|与)?|和|及|与)\s*")
TO = regex.compile(r"\s*:\s*")
_COMPARED = regex.compile(r"[较比与同](?:上年|去年|[0-9]{4}年)(?:度|同期)?(?:[决预]算数?|执行数)?(?:的|为)?$")
_CHANGED = regex.compile(r"(?:相比)?,?(?:增加|减少|增长|下降|上升|增|减)了?")
_STRUCTURE = regex.compile("结构|构成|占比|比重")
_ASTRAY = 60
"""So much may shares of one whole come to more or less than all of it where one of them is misprinted."""


class Prose(Protocol):
    """A paragraph: its folded text and its figures, whose spans stand in it."""

    @property
    def folded(self) -> str: ...

    @property
    def printed(self) -> str: ...

    @property
    def place(self) -> Place: ...

    @property
    def figures(self) -> tuple[Figure, ...]: ...


def with_units(text: Prose) -> Iterator[Figure]:
    """The figures of a paragraph; one without a unit in a series takes that of the next (收支分别为 4.2、4.1 万元)."""
    figures = list(text.figures)
    for at in range(len(figures) - 2, -1, -1):
        here, after = figures[at], figures[at + 1]
        if not here.unit and after.unit and after.dimension in ("money", "rate") \
                and (JOINED.fullmatch(text.folded, here.span[1], after.span[0]) or _COMPARED.search(text.folded, 0, here.span[0])
                     and _CHANGED.fullmatch(text.folded, here.span[1], after.span[0])):
            figures[at] = replace(here, unit=after.unit)
    for low, high in _compositions(text, figures):
        figures[low:high] = [replace(figure, unit="%") for figure in figures[low:high]]
    yield from figures


def _compositions(text: Prose, figures: list[Figure]) -> Iterator[tuple[int, int]]:
    """The first and one past the last of figures that are shares of a whole: 结构为 12.1:47.6:40.3, also where one of them is misprinted."""
    low = 0
    for at in range(1, len(figures) + 1):
        if at < len(figures) and not figures[at].unit and TO.fullmatch(text.folded, figures[at - 1].span[1], figures[at].span[0]):
            continue
        off = abs(sum((f.value for f in figures[low:at]), Decimal(0)) - 100)
        told = _STRUCTURE.search(text.folded, max(0, figures[low].span[0] - 30), figures[low].span[0])
        if at - low > 2 and (off <= Decimal("0.05") * (at - low) or told and off < _ASTRAY) and not figures[low].unit:
            yield low, at
        low = at
