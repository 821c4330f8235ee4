"""How a computed value meets a printed one, and how likely that is by accident.

Weighing only: values are approximate here. The verdict that is reported comes from `model.finding.judge`, in decimal.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import NamedTuple

from fusuan.model.slip import MISPRINTS, moved, one_digit
from fusuan.model.slip import slip as slipped
from fusuan.relations.passages.mention import Mention

EXACT, WITHIN, TRUNCATED, SLIP, NEAR, BELOW, ABOVE = "exact", "rounding", "truncated", "slip", "near", "below", "above"
FITS = frozenset((EXACT, WITHIN, TRUNCATED))
IF_MEANT = {EXACT: 0.87, WITHIN: 0.045, TRUNCATED: 0.01, SLIP: 0.03, NEAR: 0.015, BELOW: 0.015, ABOVE: 0.015}
"""How often the right formula of a stated figure comes out so: in filed reports nine tenths and more hold."""
LONGEST = 18
"""A number of more digits was not typed by hand."""
DENSITY = 0.35
"""Chance per unit of relative width that an unrelated formula lands there."""


class Fit(NamedTuple):
    """`chance`: how likely this outcome is if the formula is not the one meant."""

    outcome: str
    chance: float
    slip: str = ""

    @property
    def weight(self) -> float:
        """How much the outcome speaks for the formula."""
        return IF_MEANT[self.outcome] / self.chance

    @property
    def fits(self) -> bool:
        return self.outcome in FITS


def meets(stated: Mention, computed: float, spread: float) -> bool:
    """Tell whether a computed value is the stated one within what rounding allows, without saying how."""
    value = stated.value
    gap, room = abs(value - computed), stated.half + spread
    if gap <= 2 * room + 1e-6 * abs(value) and gap <= room + 1e-9 * max(abs(value), abs(computed), 1e-9):  # most are far off: no more is asked of them
        return True
    return stated.bound is not None and _bounds(stated.bound, stated.step, value, computed)


def _bounds(bound: tuple[int, int], step: float, value: float, computed: float) -> bool:
    """Tell whether a computed value is what a figure printed as a bound or about right stands for, were it of such a value."""
    low, high = bound
    return value + (low - 1e-6) * step <= computed <= value + (high + 1e-6) * step


def compare(stated: Mention, computed: float, spread: float, partial: bool = False, right: float | None = None,
            fine: float = 0.0) -> Fit:
    """Hold a stated figure against a computed one; `spread` is what the rounding of the operands allows.

    `partial`: a listing that may leave parts out, and so come out below without fault. `right`: a value to take instead of what is printed.
    `fine`: the last place of what was added up, 0 where it is not known.
    """
    half, value, step = stated.half, stated.value if right is None else right, stated.step
    gap = abs(value - computed)
    tiny = 1e-9 * max(abs(value), abs(computed), 1e-9)
    if gap <= half + tiny:
        return Fit(EXACT, _chance(value, max(half, stated.rough)))
    if stated.bound is not None and _bounds(stated.bound, stated.step, value, computed):
        return Fit(EXACT, _chance(value, 2 * max(half, stated.rough)))
    if gap <= half + spread + tiny:
        return Fit(WITHIN, _chance(value, max(half, stated.rough) + spread))
    if half and gap <= 2 * step + tiny and abs(math.floor(abs(computed) / step + 1e-9) * step - abs(value)) <= tiny and value * computed >= 0:
        return Fit(TRUNCATED, _chance(value, max(half, stated.rough)))
    if kind := slip(stated.digits, stated.decimals, abs(computed) / stated.scale):
        return Fit(SLIP, _slip_chance(_places(stated, abs(computed), fine), kind), kind)
    if kind := _near_slip(stated, abs(computed), spread):
        return Fit(SLIP, min(0.4, 2 * chance_of_slip(stated, kind)), kind)
    if gap <= 0.02 * abs(value):
        return Fit(NEAR, _chance(value, 0.02 * abs(value)))
    below = abs(computed) < abs(value)
    return Fit(BELOW if below else ABOVE, (0.8 if below else 0.2) if partial else 0.5)


def _chance(stated: float, half: float) -> float:
    if stated == 0:
        return 0.35
    return max(1e-7, min(0.5, DENSITY * 2 * half / abs(stated) + 1e-7))


def chance_of_slip(m: Mention, kind: str = "digit") -> float:
    """How likely it is by accident that a figure is one such slip away from what would set something right."""
    return _slip_chance(_telling(m.digits, m.decimals), kind)


def chance_of_meeting(m: Mention) -> float:
    """How likely it is by accident that something comes to what a figure states."""
    return _chance(m.value, max(m.half, m.rough))


def _slip_chance(digits: int, kind: str) -> float:
    """Share of the numbers of so many digits that are one such slip away, times the chance of the right magnitude."""
    ways = {"digit": 9 * digits, "swap": max(1, digits - 1), "point": 4, "dropped": 2 * digits}[kind]
    return max(1e-6, min(0.4, DENSITY * ways / (9 * 10.0 ** (digits - 1))))


def _places(stated: Mention, computed: float, fine: float) -> int:
    """How many digits of a figure tell anything beside what it should be: down to the last place of what was added up, where that comes out even.

    24.00 for 19.4 and 7.6 is wrong in three digits, for 20 and 7 in two.
    """
    plain = _telling(stated.digits, stated.decimals)
    if not fine or abs(computed / stated.step - round(computed / stated.step)) > 1e-6 * max(1.0, computed / stated.step):
        return plain
    return max(plain, len(stated.digits) - round(math.log10(fine / stated.step)))


def _telling(digits: str, decimals: int) -> int:
    """How many digits of a figure tell anything: not the zeros at the end of a round one.

    >>> _telling("170600", 2), _telling("1250", 2), _telling("1300", 0)
    (4, 4, 2)
    """
    bare = digits.rstrip("0")
    return (len(digits) if decimals and len(digits) - len(bare) < decimals else len(bare)) or 1


def slip(digits: str, decimals: int, computed: float) -> str:
    """Name the slip of the pen that turns what was computed into what is printed.

    >>> slip("3176", 2, 31.6712), slip("868", 2, 8.48), slip("1250", 2, 125.0), slip("12", 0, 57.0)
    ('swap', 'digit', 'point', '')
    """
    if not 0 < computed <= 1e15 or not int(digits or 0) or not 1 < len(digits) <= LONGEST or decimals > LONGEST:
        return ""
    printed, exact = int(digits), computed * 10.0 ** decimals
    right = round(exact)
    shifted = len(digits) != len(str(right)) and _shifted(printed, exact)
    return shifted and moved(printed, Decimal(computed), decimals, cut=True) or slipped(printed, right, decimals)


def _near_slip(stated: Mention, computed: float, spread: float) -> str:
    """Name the misprint of what was cut off instead of rounded, or came out one off because its operands are rounded."""
    if not 0 < stated.decimals <= LONGEST or not 1 < len(stated.digits) <= LONGEST:
        return ""
    exact = computed / stated.step
    if not 0 < exact <= 1e15:
        return ""
    ways = {math.floor(exact + 1e-9)} | ({round(exact) - 1, round(exact) + 1} if spread >= stated.half else set())
    printed = int(stated.digits)
    kinds = [slipped(printed, right, stated.decimals) for right in sorted(ways) if right > 0 and one_digit(printed - right)]
    return next((kind for kind in kinds if kind in MISPRINTS), "")


def _shifted(printed: int, exact: float) -> bool:
    """Tell whether one number may have the digits of another, its point elsewhere: most have not, and need no decimal arithmetic."""
    if exact < 1e-6:
        return True
    return abs(printed - exact * 10.0 ** round(math.log10(printed / exact))) < 1
