"""A slip of the pen: one digit for another, two in each other's place, one too few or too many, the point elsewhere, the sign turned.

Numbers are held against each other in units of the last digit printed.

>>> [slip(printed, right, 2) for printed, right in ((3176, 3167), (868, 848), (508, 8), (1569, 2001), (105, 1005), (8411, 8411))]
['swap', 'digit', 'digit', '', 'dropped', '']
>>> [moved(printed, Decimal(should), decimals) for printed, should, decimals in ((1250, "125.0", 2), (63, "6.3", 0), (63, "6.28", 0), (10, "100", 0))]
['point', 'point', '', '']
>>> moved(1235, Decimal("1.23468"), 2), moved(1235, Decimal("1.23468"), 2, cut=True)
('', 'point')
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from os.path import commonprefix

from fusuan.model.figure import Figure

MISPRINTS = frozenset(("digit", "swap"))
"""What a misprint is taken for where nothing but the figures speaks."""
PLACES = frozenset((-4, -2, -1, 1, 2, 4))
"""How far a point moves: a digit, percent, 万."""
_SURE = 100
"""A number from here on has the digits to be told when its point moved, though others were cut off."""


def slip(printed: int, right: int, decimals: int = 0) -> str:
    """Name the slip that turns one number into another, none of them negative; empty where it takes more than one."""
    if not _near(printed, right, decimals):
        return ""
    a, b = (str(n).zfill(decimals + 1) for n in (printed, right))
    if len(a) == len(b):
        wrong = [n for n, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
        swapped = len(wrong) == 2 and wrong[1] - wrong[0] == 1 and a[wrong[0]] == b[wrong[1]] and a[wrong[1]] == b[wrong[0]]
        return "digit" if len(wrong) == 1 else "swap" if swapped else ""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if len(long) - len(short) != 1 or len(short) < 3:
        return ""
    same = len(commonprefix((short, long)))
    return "dropped" if long[same + 1:] == short[same:] else ""


def _near(printed: int, right: int, decimals: int) -> bool:
    """Tell whether two numbers may be one slip apart at all: most are not, and need no look at their digits."""
    own, other = len(str(printed)), len(str(right))
    if own != other:
        return abs(max(own, decimals + 1) - max(other, decimals + 1)) < 2
    return one_digit(printed - right)


def one_digit(gap: int) -> bool:
    """Tell whether numbers so far apart may differ in one digit, or in two that changed places: by 300, or by 2700.

    >>> [one_digit(gap) for gap in (300, -2700, 320, 0)]
    [True, True, False, False]
    """
    gap = abs(gap)
    while gap and not gap % 10:
        gap //= 10
    return 0 < gap <= 90 and (gap < 10 or not gap % 9)


def moved(printed: int, should: Decimal, decimals: int, cut: bool = False) -> str:
    """Name the slip where only the point stands elsewhere, also where what is printed has no room for all digits (`cut`: it may lack some)."""
    places = len(str(printed)) - 1 - decimals - should.adjusted() if printed and should else 0
    if places not in PLACES:
        return ""
    right = should.scaleb(places + decimals)
    lacking = cut and printed >= _SURE and printed == right.to_integral_value(ROUND_HALF_UP)
    return "point" if lacking or printed == right and len(str(printed).rstrip("0")) > 1 else ""


def units(value: Decimal, decimals: int, rounding: str = ROUND_HALF_UP) -> int:
    """A value, without its sign, in units of the last digit printed."""
    return int(abs(value).scaleb(decimals).to_integral_value(rounding))


def slip_of(figure: Figure, should: Decimal) -> str:
    """Name the slip that turns what should be printed, rounded or cut, into a figure; no digit is lost without a trace.

    >>> [slip_of(Figure(text, Decimal(text), "", 1), Decimal(n)) for text, n in (("92.5", "95.2"), ("92.5", "95.28"), ("92.5", "925"), ("92.5", "-92.5"))]
    ['swap', 'swap', 'point', 'sign']
    """
    printed = units(figure.value, figure.decimals)
    if figure.value * should < 0 and printed == units(should, figure.decimals):
        return "sign"
    rounded = [units(should, figure.decimals, mode) for mode in (ROUND_HALF_UP, ROUND_DOWN)]
    ways = (slip(printed, right, figure.decimals) for right in rounded)
    places = (moved(printed, right, figure.decimals) for right in (abs(should), *(Decimal(n).scaleb(-figure.decimals) for n in rounded)))
    return next((name for name in ways if name in MISPRINTS), "") or next(filter(None, places), "")


def misprinted(stated: Decimal, computed: Decimal, decimals: int) -> bool:
    """Tell whether one digit, or two side by side in each other's place, turns what comes out into what is stated.

    >>> [misprinted(Decimal("84.11"), Decimal(n), 2) for n in ("89.111", "48.11", "84.11", "184.11", "83.12", "-89.11")]
    [True, True, False, False, False, False]
    """
    return stated * computed > 0 and slip(units(stated, decimals), units(computed, decimals), max(0, decimals)) in MISPRINTS


def said_by(stated: Decimal, decimals: int) -> Decimal:
    """How much a misprint says for what it fails by, in orders of magnitude: of three digits one figure in thirty is a digit away
    from any other, of five one in two thousand.

    >>> [round(said_by(Decimal(n), 2), 1) for n in ("5.40", "84.11", "1204.60")]
    [Decimal('0.7'), Decimal('2.4'), Decimal('3.3')]
    """
    digits = len(str(units(stated, max(0, decimals))).strip("0"))
    return digits - 1 - Decimal(digits).log10() if digits else Decimal(0)
