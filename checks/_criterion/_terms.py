"""The terms of a rule: the regions of a measured value and the marks they earn, steps, formulas, grades."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from fusuan.checks._criterion._expression import Expression

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


class Fit(Enum):
    """How a value lies to a region. EDGE: on a border which the wording gives to neither side."""

    OUT = 0
    EDGE = 1
    IN = 2


@dataclass(frozen=True, slots=True)
class Bound:
    """A border: `value`, in per cent for rates. `closed` None: the wording does not say whether it belongs.

    `sure`: a sign or （含） says so; 以上 and 以下 include their number by law only.
    `of_target`: the value is a share (1 = 100 %) of the target, not a number of its own. `name` is the word printed.
    """

    value: Decimal
    closed: bool | None
    of_target: bool = False
    name: str = ""
    unit: str = ""
    sure: bool = True

    def at(self, target: Decimal | None) -> Decimal | None:
        """Return where the border lies; None where the target is needed and unknown."""
        if not self.of_target:
            return self.value
        return None if target is None else target * self.value


@dataclass(frozen=True, slots=True)
class Region:
    """An interval of values; `absolute` where the rule speaks of the absolute value."""

    low: Bound | None = None
    high: Bound | None = None
    absolute: bool = False

    @property
    def point(self) -> bool:
        return self.low is not None and self.high is not None and self.low.value == self.high.value

    @property
    def bounds(self) -> tuple[Bound, ...]:
        return tuple(bound for bound in (self.low, self.high) if bound is not None)

    def fit(self, value: Decimal, target: Decimal | None) -> Fit | None:
        """Tell how a value lies; None where a border is not known."""
        if self.absolute:
            value = abs(value)
        fits = [Fit.IN]
        for bound, sign in ((self.low, 1), (self.high, -1)):
            if bound is None:
                continue
            border = bound.at(target)
            if border is None:
                return None
            over = (value - border) * sign
            at_border = Fit.EDGE if bound.closed is None else Fit.IN if bound.closed else Fit.OUT
            fits.append(Fit.IN if over > 0 else at_border if over == 0 else Fit.OUT)
        return min(fits, key=lambda f: f.value)


@dataclass(frozen=True, slots=True)
class Award:
    """A mark, or a range of marks, in points or as a share of the full mark (`share`). `minus`: taken off the full mark."""

    low: Decimal
    high: Decimal
    share: bool = False
    minus: bool = False

    def of(self, full: Decimal) -> tuple[Decimal, Decimal]:
        """Return lowest and highest mark for this full mark."""
        low, high = (self.low * full, self.high * full) if self.share else (self.low, self.high)
        return (full - high, full - low) if self.minus else (low, high)

    @property
    def is_full(self) -> bool:
        return self.share and not self.minus and self.low == 1

    @property
    def is_zero(self) -> bool:
        return (self.high == 0 and not self.minus) or (self.minus and self.share and self.low == 1)


FULL, NOTHING = Award(ONE, ONE, share=True), Award(ZERO, ZERO)
DISCRETION = Award(ZERO, ONE, share=True)


class Way(Enum):
    """To which side of its base a step counts."""

    ABOVE = "above"
    BELOW = "below"
    BOTH = "both"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Step:
    """"每…扣k分": for each `size` on that side of the base the mark loses (or gains) `award`.

    `relative`: the size is per cent of the target. `base` None: the border of the full-mark tier or the target.
    `from_zero`: marks build up (每项得1分) instead of being taken off or added to the full mark.
    `only`: whole, linear or started where the wording says how broken steps count. `limit`: at most so much in all.
    """

    way: Way
    size: Decimal
    unit: str
    award: Award
    subject: str = ""
    base: Bound | None = None
    relative: bool = False
    gain: bool = False
    limit: Award | None = None
    only: str = ""
    guard: Region | None = None
    from_zero: bool = False


@dataclass(frozen=True, slots=True)
class Tier:
    """A region (None: "otherwise", or words only) and what it earns: an award, a formula or the value in proportion.

    `interpolate`: between the anchors of other tiers. `gate`: the region is one of another quantity, of that name.
    `of_target`: the wording says that the value is taken over the target.
    """

    region: Region | None
    award: Award | None
    word: str = ""
    formula: Expression | None = None
    otherwise: bool = False
    proportion: bool = False
    interpolate: bool = False
    gate: str = ""
    of_target: bool = False
