"""The marks a rule allows: each with its formula and the reading of the rule that gives it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Marks:
    """`readings`: (mark, formula as a person writes it, the reading in Chinese), the most plausible first.

    `ranges`: closed intervals within which the mark is at the assessor's discretion.
    """

    readings: tuple[tuple[Decimal, str, str], ...] = ()
    ranges: tuple[tuple[Decimal, Decimal], ...] = ()

    def allows(self, earned: Decimal, decimals: int) -> bool:
        """Tell whether a mark printed with so many decimals follows from any reading, rounded or cut.

        >>> Marks(((Decimal("2.126"), "", ""),)).allows(Decimal("2.12"), 2), Marks().allows(Decimal(1), 0)
        (True, False)
        """
        unit = Decimal(1).scaleb(-max(0, min(decimals, 12)))
        if any(low <= earned <= high for low, high in self.ranges):
            return True
        return any(earned in (mark, mark.quantize(unit, ROUND_HALF_UP), mark.quantize(unit, ROUND_DOWN))
                   for mark, _, _ in self.readings)

    @property
    def plainly(self) -> Decimal | None:
        """The one mark on which all readings agree; None where they do not or a range is left open."""
        marks = {mark for mark, _, _ in self.readings}
        return marks.pop() if len(marks) == 1 and not self.ranges else None

    @property
    def span(self) -> tuple[Decimal, Decimal] | None:
        """The lowest and the highest mark that any reading or range gives."""
        ends = [mark for mark, _, _ in self.readings] + [end for pair in self.ranges for end in pair]
        return (min(ends), max(ends)) if ends else None


def distinct(readings: list[tuple[Decimal, str, str]], ranges: list[tuple[Decimal, Decimal]]) -> Marks:
    """Keep the first reading of each mark."""
    first: dict[Decimal, tuple[Decimal, str, str]] = {}
    for reading in readings:
        first.setdefault(reading[0].normalize(), reading)
    return Marks(tuple(first.values()), tuple(dict.fromkeys(ranges)))
