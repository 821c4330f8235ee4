"""One digit misprinted: what it says of a relation that fails by no more."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def misprinted(stated: Decimal, computed: Decimal, decimals: int) -> bool:
    """Tell whether one digit, or two side by side in each other's place, turns what comes out into what is stated.

    >>> [misprinted(Decimal("84.11"), Decimal(n), 2) for n in ("89.111", "48.11", "84.11", "184.11", "83.12", "-89.11")]
    [True, True, False, False, False, False]
    """
    last = Decimal(1).scaleb(-decimals)
    printed, right = (f"{abs(n).quantize(last, ROUND_HALF_UP):f}".replace(".", "") for n in (stated, computed))
    if stated * computed <= 0 or len(printed) != len(right):
        return False
    wrong = [n for n, (a, b) in enumerate(zip(printed, right, strict=True)) if a != b]
    swapped = len(wrong) == 2 and wrong[1] - wrong[0] == 1 and printed[wrong[0]:wrong[1] + 1] == right[wrong[0]:wrong[1] + 1][::-1]
    return len(wrong) == 1 or swapped


def said_by(stated: Decimal, decimals: int) -> Decimal:
    """How much a misprint says for what it fails by, in orders of magnitude: of three digits one figure in thirty is a digit away
    from any other, of five one in two thousand.

    >>> [round(said_by(Decimal(n), 2), 1) for n in ("5.40", "84.11", "1204.60")]
    [Decimal('0.7'), Decimal('2.4'), Decimal('3.3')]
    """
    digits = len(f"{abs(stated):.{max(0, decimals)}f}".replace(".", "").strip("0"))
    return digits - 1 - Decimal(digits).log10() if digits else Decimal(0)
