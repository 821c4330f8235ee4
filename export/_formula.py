"""The formula of a quantity as a live formula of a spreadsheet, and the proof that it gives the same value."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, DecimalException, localcontext

from fusuan.model import Figure, Quantity, Token

_SIGNS = {"+": "+", "-": "-", "×": "*", "÷": "/", "(": "(", ")": ")"}
_CONSTANT = re.compile(r"(\d+(?:\.\d+)?)%?", re.ASCII)
_LONGEST = 8000  # Excel takes 8,192 characters
_DEEPEST = 40  # and 64 levels


def live(quantity: Quantity, cells: Mapping[Figure, str]) -> str | None:
    """Return the formula over the operands' cells, None where a spreadsheet would not come to the same value.

    The recomputed value may be capped or chosen by a rule that no formula shows: then the cell must hold the value.
    """
    pieces = [_piece(token, cells) for token in quantity.tokens]
    text = "".join(piece or "" for piece in pieces)
    if None in pieces or not text or len(text) > _LONGEST or not cells or not proves(quantity):
        return None
    return f"={text}"


def is_plain_sum(quantity: Quantity) -> bool:
    """Tell whether the formula only adds figures up, each once, so that SUM over their cells says it all."""
    operands = quantity.operands
    rest = {token for token in quantity.tokens if isinstance(token, str)}
    return bool(operands) and rest <= {"+", "(", ")"} and len(set(operands)) == len(operands) and proves(quantity)


def proves(quantity: Quantity) -> bool:
    """Tell whether working the formula out gives the value (Excel reckons to 15 digits)."""
    worked = evaluated(quantity.tokens)
    return worked is not None and abs(worked - quantity.value) <= Decimal("1e-9") * max(Decimal(1), abs(worked))


def evaluated(tokens: Sequence[Token]) -> Decimal | None:
    """Work a formula out.

    >>> evaluated(["(", "3", "-", "1", ")", "÷", "4", "×", "100%"])
    Decimal('50.0')
    """
    try:
        with localcontext() as context:
            context.prec = 40
            reader = _Reader(tokens)
            value = reader.sum()
            return value if reader.at == len(tokens) else None
    except (DecimalException, ValueError, IndexError):
        return None


def _piece(token: Token, cells: Mapping[Figure, str]) -> str | None:
    if isinstance(token, Figure):
        return cells.get(token)
    constant = _CONSTANT.fullmatch(token)
    return constant[1] if constant else _SIGNS.get(token)


class _Reader:
    """Reads a formula from left to right, one method a level of binding."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def sum(self) -> Decimal:
        value = self.product()
        while self._next() in ("+", "-"):
            sign = self._take()
            value = value + self.product() if sign == "+" else value - self.product()
        return value

    def product(self) -> Decimal:
        value = self.factor()
        while self._next() in ("×", "÷"):
            sign = self._take()
            value = value * self.factor() if sign == "×" else value / self.factor()
        return value

    def factor(self) -> Decimal:
        token = self._take()
        if isinstance(token, Figure):
            return token.value
        if token == "-":
            return -self.factor()
        return self._inner() if token == "(" else _number(token)

    def _inner(self) -> Decimal:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise ValueError("too deep")
        value = self.sum()
        if self._take() != ")":
            raise ValueError("unbalanced")
        self.depth -= 1
        return value

    def _next(self) -> Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def _take(self) -> Token:
        self.at += 1
        return self.tokens[self.at - 1]


def _number(token: str) -> Decimal:
    constant = _CONSTANT.fullmatch(token)
    if constant is None:
        raise ValueError(token)
    return Decimal(constant[1])
