"""One row to be marked by a rule, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from fusuan.checks._criterion._terms import ZERO, Award, Bound, Step, Tier


@dataclass(frozen=True, slots=True)
class Case:
    """One row to be marked. `value` in per cent for rates."""

    value: Decimal
    full: Decimal
    target: Decimal | None
    operands: Mapping[str, Decimal]


@dataclass
class Saying:
    """The readings and ranges collected for one case; how a mark is cut to what the row allows and said."""

    case: Case
    tiers: tuple[Tier, ...]
    steps: tuple[Step, ...]
    standard: Bound | None
    note: str = ""
    deviates: bool = False
    near_hundred: bool = False
    readings: list[tuple[Decimal, str, str]] = field(default_factory=list)
    ranges: list[tuple[Decimal, Decimal]] = field(default_factory=list)

    def top(self) -> Tier | None:
        """The tier of the highest fixed mark."""
        fixed = [t for t in self.tiers if t.award is not None and not t.award.minus and t.award.low == t.award.high > 0]
        return max(fixed, key=lambda t: t.award.of(self.case.full)[1] if t.award else ZERO, default=None)

    def mismatched(self, award: Award) -> bool:
        """Tell whether the highest mark printed in the rule is not the row's full mark (a slip of the template)."""
        return not award.share and award.low != self.case.full

    def clipped(self, mark: Decimal, step: Step | None = None) -> Decimal:
        limit = step.limit.of(self.case.full)[0] if step and step.limit else None
        if step and step.from_zero:
            return min(mark, self.case.full)
        if step and step.gain:
            return min(mark, self.case.full + (limit if limit is not None else self.case.full))
        floor = self.case.full - limit if limit is not None else ZERO
        return max(ZERO, floor, min(self.case.full, mark))

    def say(self, mark: Decimal, formula: str, reading: str) -> None:
        said = "，".join(filter(None, (reading, self.note)))
        self.readings.append((mark, formula, said))
