"""A small parser of arithmetic: a template such as "(#-#)÷#×#" over figures, into a Quantity. Never eval.

>>> from decimal import Decimal
>>> def value(template, *texts):
...     figures = [Figure(t, Decimal(t.strip("%")), "%" * t.endswith("%"), len(t.strip("%").partition(".")[2])) for t in texts]
...     result = value_of(template, figures, None, {})
...     return result and (result.value, result.formula)
>>> value("(#-#)÷#×#", "9", "6", "6", "100%"), value("#×#", "10", "95%"), value("#÷#", "5", "0"), value("#-", "5")
((Decimal('0.5'), '(9 - 6) ÷ 6'), (Decimal('9.50'), '10 × 95 ÷ 100'), None, None)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from fusuan.model import Figure, Quantity

DEPTH = 24


class _Parser:
    """Recursive descent over a template; `None` as soon as it is no expression."""

    def __init__(self, template: str, operands: Sequence[Quantity | None]) -> None:
        self.template, self.at, self.depth = template, 0, 0
        self.operands = list(reversed(operands))

    def sum(self) -> Quantity | None:
        negative = self.take("-")
        value = self.product()
        if negative and value is not None:
            value = -value
        while value is not None and (sign := self.take("+") or self.take("-")):
            other = self.product()
            value = None if other is None else value + other if sign == "+" else value - other
        return value

    def product(self) -> Quantity | None:
        value = self.atom()
        while value is not None and (sign := self.take("×") or self.take("÷")):
            if sign == "×" and self.whole():
                continue
            other = self.atom()
            if other is None or sign == "÷" and not other.divides:
                return None
            value = value * other if sign == "×" else value / other
        return value

    def whole(self) -> bool:
        """Take a factor of 100%: one, and no operand."""
        if self.template[self.at:self.at + 1] == "#" and self.operands and self.operands[-1] is None:
            self.at += 1
            self.operands.pop()
            return True
        return False

    def atom(self) -> Quantity | None:
        if self.take("#"):
            return (self.operands.pop() or Quantity.constant(1, "100%")) if self.operands else None
        if self.depth < DEPTH and self.take("("):
            self.depth += 1
            value = self.sum()
            self.depth -= 1
            return value if self.take(")") else None
        return None

    def take(self, sign: str) -> str:
        if self.template.startswith(sign, self.at):
            self.at += 1
            return sign
        return ""


def value_of(template: str, figures: Sequence[Figure], scale: Decimal | None, company: Mapping[str, int],
             percent: bool = False) -> Quantity | None:
    """Compute a template; rates count as fractions, money in units of `scale`. None where it has no value.

    `percent`: the result is a percentage, so a last ×100 only makes it one.
    """
    mixed = any(f.unit == "%" for f in figures) and any(f.unit != "%" and f.value not in (1, 100) for f in figures)
    percents = [f for f in figures if f.unit == "%" and f.value != 100]
    if mixed and percents and ("+" in template or "-" in template) and "×" not in template:
        # 20+10% is a way of speaking, no sum
        return None
    operands = [_operand(f, scale, company, percent and template.endswith("×#") and i == len(figures) - 1)
                for i, f in enumerate(figures)]
    parser = _Parser(template, operands)
    value = parser.sum()
    return value if parser.at == len(template) else None


def _operand(figure: Figure, scale: Decimal | None, company: Mapping[str, int], last: bool) -> Quantity | None:
    """A figure as a quantity; None for the factor 100% (or the last ×100), which only makes a percentage."""
    if figure.value == 100 and figure.unit in ("%", "") and (figure.unit == "%" or last):
        return None
    if figure.unit == "%":
        return Quantity.of(figure, company.get("%")) / Quantity.constant(100)
    unit = scale if scale is not None and figure.dimension == "money" else figure.scale
    return Quantity.of(figure, company.get(figure.unit), unit)
