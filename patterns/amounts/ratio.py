"""A rate with what it may be of, and what holds of it: evidence of what a layout means, not a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from fusuan.model import Figure
from fusuan.patterns.cues.amounts import kind_of
from fusuan.patterns.grids.grid import Column, Section

RULED = 4
"""So many rates taken of one column, for each that is not, make it the rule of their column."""
_TOLD = 3
"""A rate of so many digits is that of two amounts by no chance."""


@dataclass(frozen=True)
class Ratio:
    """A rate with the figure above the line (`less` another) and those that may stand below it (several: added up)."""

    stated: Figure
    above: Figure
    below: tuple[tuple[Figure, ...], ...]
    quote: str
    less: tuple[Figure, ...] = ()

    @cached_property
    def shape(self) -> str:
        """`fraction` or `percent`: how a bare rate is written."""
        return shape_of(self)

    @property
    def telling(self) -> bool:
        """Tell whether it has too many digits to be that of two amounts by chance."""
        return len(f"{self.stated.value:f}".replace(".", "").strip("0")) >= _TOLD

    @cached_property
    def fitting(self) -> tuple[tuple[Figure, ...], ...]:
        """What below the line it comes out with."""
        return tuple(below for below in self.below if comes_out(self, below))


def shape_of(ratio: Ratio) -> str:
    """Tell whether a bare rate is written as a fraction of one or in percent: whichever lies nearer."""
    values = [top_of(ratio) / base_of(below) for below in ratio.below if base_of(below)]
    if ratio.stated.unit or not ratio.stated.value or not any(values):
        return ""
    gaps = [min(abs(ratio.stated.value - v * times) / max(abs(v * times), abs(ratio.stated.value)) for v in values if v)
            for times in (1, 100)]
    return "fraction" if gaps[0] <= gaps[1] else "percent"


def top_of(ratio: Ratio) -> Decimal:
    return ratio.above.base - base_of(ratio.less)


def base_of(below: tuple[Figure, ...]) -> Decimal:
    return sum((f.base for f in below), Decimal(0))


def comes_out(ratio: Ratio, below: tuple[Figure, ...]) -> bool:
    """Tell whether a rate is that of two figures but for rounding: evidence of what a layout means."""
    if not base_of(below):
        return False
    value = ratio.stated.base if ratio.stated.unit else ratio.stated.value
    scale = Decimal(1) if ratio.shape == "fraction" else Decimal(100)
    return abs(value - top_of(ratio) / base_of(below) * scale) <= Decimal(1).scaleb(-ratio.stated.decimals)


def way_of(below: Sequence[Figure]) -> tuple[int | None, ...]:
    """The columns of what a rate is taken of."""
    return tuple(f.place.column for f in below)


def of_another(section: Section, others: Sequence[Column], ratios: Sequence[Ratio]) -> list[Ratio]:
    """Rates that their name does not explain, but that are exactly those of another column of amounts: what they are of, the name left
    open.
    """
    amounts = [c for c in others if kind_of(c.last) == "amount"]
    lost = [r for r in ratios if not r.fitting]
    told = [r for r in lost if r.telling]
    meant = [c for c in amounts if any(comes_out(r, b) for r in told for b in _base_in(section, c, r))]
    return [r if r.fitting or not meant else replace(r, below=(*r.below, *(b for c in meant for b in _base_in(section, c, r)))) for r in ratios]


def _base_in(section: Section, column: Column, ratio: Ratio) -> list[tuple[Figure, ...]]:
    """The amount of a column in the row of a rate."""
    figure = section.value(ratio.stated.place.row or 0, column)
    if figure is None or not figure.value or figure.dimension == "rate" or figure.place in (ratio.above.place, ratio.stated.place):
        return []
    return [(replace(figure, unit=ratio.above.unit),)]




def plain(section: Section, row: int, column: Column, stated: Figure) -> Figure:
    """A rate keeps the sign it prints itself: what the heading says of % is left to how the figure is written."""
    entry = section.entry(row, column)
    return replace(stated, unit=entry.value.unit if entry is not None and entry.value is not None else stated.unit)
