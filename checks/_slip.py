"""The likely slip behind a figure that does not fit.

>>> print(slip("68.68", Decimal("68.86")))
相邻两位数字颠倒
>>> print(slip("1569", Decimal("1969")))
一位数字有误
>>> print(slip("1569", Decimal("2001")))
<BLANKLINE>
"""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from model import Figure, Quantity, plain


def slip(printed: str, should: Decimal) -> str:
    """Name the slip that turns `should` (rounded or cut as printed) into `printed`; empty where none does."""
    printed = printed.replace(",", "")
    if not printed.replace(".", "").isdigit():
        return ""
    decimals = len(printed.partition(".")[2])
    for mode in (ROUND_HALF_UP, ROUND_DOWN):
        rounded = abs(should).quantize(Decimal(1).scaleb(-decimals), mode)
        if name := _between(printed, plain(rounded) if rounded else f"{0:.{decimals}f}"):
            return name
    return ""


def _between(printed: str, right: str) -> str:
    if len(printed) != len(right):
        bare, other = printed.replace(".", "").strip("0"), right.replace(".", "").strip("0")
        return "小数点移位" if bare == other and len(bare) > 1 else ""
    wrong = [i for i, (a, b) in enumerate(zip(printed, right, strict=True)) if a != b]
    if len(wrong) == 1:
        return "一位数字有误"
    if len(wrong) == 2 and wrong[1] - wrong[0] == 1 and printed[wrong[0]] == right[wrong[1]] \
            and printed[wrong[1]] == right[wrong[0]]:
        return "相邻两位数字颠倒"
    return "小数点移位" if printed.replace(".", "") == right.replace(".", "") else ""


def explained(stated: Figure, computed: Quantity) -> str:
    """Name the slip behind a stated figure that disagrees, allowing for the rounding of the operands."""
    printed = plain(abs(stated.value)) if stated.decimals == 0 else f"{abs(stated.value):.{stated.decimals}f}"
    if computed.value * stated.value < 0:
        return ""
    for value in dict.fromkeys((computed.value, computed.near.low, computed.near.high)):
        if name := slip(printed, value):
            return name
    return ""


def telling(stated: Figure) -> bool:
    """Tell whether a one-digit slip in this figure means anything: short numbers are a digit away from too much."""
    return len(str(abs(stated.value)).replace(".", "").lstrip("0")) >= 3
