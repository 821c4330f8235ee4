"""The likely slip behind a figure that does not fit, in the words of a finding."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from fusuan.model import Figure, Quantity, Statement, plain
from fusuan.model.slip import PLACES, slip_of

_SAID = {"": "", "digit": "一位数字有误", "swap": "相邻两位数字颠倒", "point": "小数点移位", "sign": "正负号有误"}


def slip(figure: Figure, should: Decimal) -> str:
    """Name the slip that turns `should` (rounded or cut as printed) into a figure; empty where none does.

    >>> slip(Figure("31.76", Decimal("31.76"), "", 2), Decimal("31.67"))
    '相邻两位数字颠倒'
    """
    return _SAID[slip_of(figure, should)]


def explained(stated: Figure, computed: Quantity) -> str:
    """Name the slip behind a stated figure that disagrees, allowing for the rounding of the operands."""
    if computed.value * stated.value < 0:
        return ""
    # where the operands leave more room than the last digit, some digit or other is always near
    narrow = "÷" in computed.tokens and computed.near.high - computed.near.low <= Decimal(2).scaleb(-stated.decimals)
    for value in dict.fromkeys((computed.value, computed.near.low, computed.near.high) if narrow else (computed.value,)):
        if name := slip(stated, value):
            return name
    return ""


def wrong_base(statement: Statement, stated: Figure) -> str:
    """Name the base that a rate of change or a share was taken of by mistake; empty where none gives it.

    >>> from fusuan.model import Reading
    >>> change = {"amount": (Figure("20万元", Decimal(20), "万元"),), "now": (Figure("120万元", Decimal(120), "万元"),)}
    >>> stated = Figure("16.67%", Decimal("16.67"), "%", 2)
    >>> wrong_base(Statement("change", "growth", stated, (Reading(change),), ""), stated)
    '误以本期数为基数'
    """
    reading = statement.readings[0]
    one = {role: figures[0].base for role, figures in reading.roles.items() if len(figures) == 1}
    if stated.unit != "%" or len(one) != len([f for f in reading.roles.values() if f]):
        return ""
    if statement.kind == "change" and one.get("now"):
        change = one["amount"] if "amount" in one else abs(one["now"] - one.get("before", one["now"]))
        return "误以本期数为基数" if _is(stated, change, one["now"]) else ""
    if statement.kind == "change" and one.keys() == {"amount", "before"}:
        return "误以本期数为基数" if any(_is(stated, one["amount"], one["before"] + way * one["amount"]) for way in (1, -1)) else ""
    if statement.kind == "rate" and one.keys() == {"numerator", "denominator"} and one["numerator"]:
        return "分子分母颠倒" if _is(stated, one["denominator"], one["numerator"]) else ""
    return ""


def _is(stated: Figure, above: Decimal, below: Decimal) -> bool:
    return bool(above) and bool(below) and (above / below * 100).quantize(Decimal(1).scaleb(-stated.decimals), ROUND_HALF_UP) == abs(stated.value)


def misprinted(stated: Figure, computed: Quantity) -> str:
    """Name the operand of a sum or difference that a slip in one digit would set right; empty where none would.

    The difference must be exactly that of the slip. Only for long figures: among short ones there is a digit for
    every difference.
    """
    ways = set_right(stated, computed) if resolution(stated, computed) >= 5 else ()
    return next((f"{figure.text.strip()}{slip(figure, right)}" for figure, right in ways if right >= 0 and correctable(figure, right)), "")


def shifted(stated: Figure, computed: Quantity) -> str:
    """Name the operand of a sum or difference whose point, moved, would set it right; empty where none would.

    >>> total = Figure("772.50万元", Decimal("772.50"), "万元", 2)
    >>> parts = [Figure(n + "万元", Decimal(n), "万元", 2) for n in ("54.00", "232.50")]
    >>> shifted(total, sum((Quantity.of(p, scale=Decimal(10000)) for p in parts[1:]), Quantity.of(parts[0], scale=Decimal(10000))))
    '54.00万元小数点移位'
    """
    ways = set_right(stated, computed) if resolution(stated, computed) >= 3 else ()
    return next((f"{figure.text.strip()}{_SAID['point']}" for figure, right in ways
                 if figure.value and right in [figure.value.scaleb(n) for n in PLACES]), "")


def set_right(stated: Figure, computed: Quantity) -> Iterator[tuple[Figure, Decimal]]:
    """The operands of a sum or difference, each with the value by which it would come out."""
    sign = 1
    for token in computed.tokens if not {"×", "÷"}.intersection(t for t in computed.tokens if isinstance(t, str)) else ():
        if isinstance(token, Figure):
            yield token, token.value + sign * (stated.value - computed.value) * stated.scale / token.scale
            sign = 1
        elif token == "-":
            sign = -sign


def correctable(figure: Figure, right: Decimal) -> bool:
    """Tell whether a slip of the pen turned `right`, printed no finer than the figure, into what is printed."""
    return right == right.quantize(Decimal(1).scaleb(-figure.decimals)) and bool(slip(figure, right))


def digits_of(figure: Figure) -> str:
    """The digits of a figure as printed, without sign and unit."""
    return plain(abs(figure.value)) if figure.decimals == 0 else f"{abs(figure.value):.{figure.decimals}f}"


def resolution(stated: Figure, computed: Quantity) -> int:
    """How many digits of a stated figure mean anything beside its operands.

    500 beside 100 and 200 has one digit: whatever the amounts, one digit sets a round figure right.

    >>> def of(*texts):
    ...     first, *rest = (Figure(t, Decimal(t), "万元", len(t.partition(".")[2])) for t in texts)
    ...     return resolution(first, sum((Quantity.of(f, scale=Decimal(10000)) for f in rest[1:]), Quantity.of(rest[0])))
    >>> of("500", "100", "200"), of("350", "125", "80"), of("12.40", "3.10", "4.05")
    (1, 3, 4)
    """
    if stated.dimension in ("rate", "points"):
        return max(0, abs(stated.value).adjusted() + 1) + stated.decimals
    figures = [stated, *computed.operands]
    finest = min((_lowest(f) + (f.scale / stated.scale).adjusted() for f in figures if f.value), default=0)
    whole = abs(stated.value).adjusted() + 1 if stated.value else 0
    return whole - max(finest, -stated.decimals) if stated.value else 0


def _lowest(figure: Figure) -> int:
    """The power of ten of the last digit of a figure that is not a zero."""
    exponent = figure.value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def telling(stated: Figure, computed: Quantity, ways: int, alone: bool = False) -> int:
    """How many of the ways a figure may be meant are near enough for a slip to mean anything: the first 0, 2, 4, 8.

    Of figures of three digits about one in forty is a digit away from any other, of four one in two hundred, of five
    one in two thousand. Rates crowd below 100: of three digits (96.5%) one in five is near any other. `alone`: no other
    figure of the report bears the name that the figure was bound by, which is worth a digit.
    """
    digits = resolution(stated, computed) + alone
    if stated.dimension == "rate":
        # below 1% every figure of two digits is near any other
        digits += (1 <= abs(stated.value) < 10) - (alone and abs(stated.value) < 1)
        return {3: int(ways == 1), 4: 3}.get(digits, 8 if digits > 4 else 0)
    if computed.value > stated.value > 0:
        # parts that come to more than their total are not some of them only: the digits count as printed
        digits = len(digits_of(stated).replace(".", "").lstrip("0"))
    return {3: 2, 4: 4}.get(digits, 8 if digits > 4 else 0)
