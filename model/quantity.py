"""Recomputed values: exact decimals with the ranges that rounding allows, and the formula that gave them.

All arithmetic of the program passes through here; nothing is ever a float.

A printed decimal stands for half a unit of its last digit either way. Reports drop trailing zeros, so precision is
judged in company: among two-decimal figures 20.8 is 20.80. `near` is the range under the precision of the company,
`far` the range where each figure is taken at its own printed precision.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple

from fusuan.model.figure import Figure

Token = Figure | str
"""A piece of a formula: a figure, an operator (+ - × ÷ ( )), or a constant."""


class Range(NamedTuple):
    """What a value may truly be.

    >>> Range(Decimal(1), Decimal(2)).meets(Range(Decimal(2), Decimal(3)))
    True
    """

    low: Decimal
    high: Decimal

    def meets(self, other: Range) -> bool:
        return self.low <= other.high and other.low <= self.high

    def crosses(self, other: Range) -> bool:
        """Tell whether they share more than an end: all figures cut at their very limit at once is no rounding.

        >>> Range(Decimal(1), Decimal(2)).crosses(Range(Decimal(2), Decimal(3)))
        False
        """
        return self.low < other.high and other.low < self.high or self.low == self.high and self.meets(other) \
            or other.low == other.high and self.meets(other)

    def around(self, half: Decimal) -> Range:
        return Range(self.low - half, self.high + half)


def _corners(a: Range, b: Range, quotient: bool) -> Range:
    values = [x / y if quotient else x * y for x in a for y in b]
    return Range(min(values), max(values))


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value, its two ranges and its formula. Divide only by what cannot be zero: see `divides`."""

    value: Decimal
    near: Range
    far: Range
    tokens: tuple[Token, ...]
    rank: int = 3

    @classmethod
    def constant(cls, value: Decimal | int, shown: str = "") -> Quantity:
        """Make a quantity that nobody rounded.

        >>> Quantity.constant(3).formula
        '3'
        """
        exact = Decimal(value)
        point = Range(exact, exact)
        return cls(exact, point, point, (shown or plain(exact),))

    @classmethod
    def of(cls, figure: Figure, company: int | None = None, scale: Decimal = Decimal(1)) -> Quantity:
        """Take a figure as its printer meant it, in units of `scale` (of the figure's base).

        `company` is the most decimals printed beside it (in its own unit); None: only its own.

        >>> q = Quantity.of(Figure("20.8万元", Decimal("20.8"), "万元", 1), company=2, scale=Decimal(10000))
        >>> q.value, q.near.low, q.far.low
        (Decimal('20.8'), Decimal('20.795'), Decimal('20.75'))
        """
        factor = figure.scale / scale
        value = figure.value * factor
        # nothing is nothing: a printed 0 was not rounded down from half a 万元
        own = half_of(figure, figure.decimals if figure.value else max(company or 0, figure.decimals)) * factor
        shared = half_of(figure, max(company if company is not None else 0, figure.decimals)) * factor
        tokens: tuple[Token, ...] = (figure,)
        rank = 3
        if factor != 1:
            tokens, rank = ((figure, "×", plain(factor)) if factor > 1 else (figure, "÷", plain(1 / factor))), 2
        point = Range(value, value)
        return cls(value, point.around(shared), point.around(own), tokens, rank)

    def __add__(self, other: Quantity) -> Quantity:
        return self._with(other, "+", 1, self.value + other.value,
                          [Range(a.low + b.low, a.high + b.high) for a, b in self._pairs(other)])

    def __sub__(self, other: Quantity) -> Quantity:
        return self._with(other, "-", 1, self.value - other.value,
                          [Range(a.low - b.high, a.high - b.low) for a, b in self._pairs(other)])

    def __mul__(self, other: Quantity) -> Quantity:
        return self._with(other, "×", 2, self.value * other.value,
                          [_corners(a, b, quotient=False) for a, b in self._pairs(other)])

    def __truediv__(self, other: Quantity) -> Quantity:
        with localcontext() as context:
            context.prec = 40
            return self._with(other, "÷", 2, self.value / other.value,
                              [_corners(a, b, quotient=True) for a, b in self._pairs(other)])

    def __neg__(self) -> Quantity:
        near, far = (Range(-r.high, -r.low) for r in (self.near, self.far))
        return Quantity(-self.value, near, far, ("-", *self._wrapped(2)), 1)

    @property
    def divides(self) -> bool:
        """Tell whether it may stand under a division: zero is not within its reach."""
        return self.far.low > 0 or self.far.high < 0

    def percent(self) -> Quantity:
        """Return it in percent, the formula ending in ×100%."""
        hundred = Decimal(100)
        near, far = (Range(r.low * hundred, r.high * hundred) for r in (self.near, self.far))
        return Quantity(self.value * hundred, near, far, (*self._wrapped(2), "×", "100%"), 2)

    @property
    def operands(self) -> tuple[Figure, ...]:
        return tuple(token for token in self.tokens if isinstance(token, Figure))

    @property
    def formula(self) -> str:
        """The formula as a person writes it, units left out: 58.41 + 189.94."""
        return _spaced(plain(t.value) if isinstance(t, Figure) else t for t in self.tokens)

    @property
    def shown(self) -> str:
        """The formula with the figures as printed: 58.41万元 + 189.94万元."""
        return _spaced(t.text.strip() if isinstance(t, Figure) else t for t in self.tokens)

    def _pairs(self, other: Quantity) -> list[tuple[Range, Range]]:
        return [(self.near, other.near), (self.far, other.far)]

    def _wrapped(self, rank: int) -> tuple[Token, ...]:
        return self.tokens if self.rank >= rank else ("(", *self.tokens, ")")

    def _with(self, other: Quantity, sign: str, rank: int, value: Decimal, ranges: Sequence[Range]) -> Quantity:
        right = other._wrapped(rank if sign in "+×" else rank + 1)
        if isinstance(right[0], str) and right[0] == "-" or isinstance(right[0], Figure) and right[0].value < 0:
            right = ("(", *right, ")")
        return Quantity(value, ranges[0], ranges[1], (*self._wrapped(rank), sign, *right), rank)


def half_of(figure: Figure, decimals: int) -> Decimal:
    """Half a unit of the digit at `decimals`, in the figure's own unit; nothing for whole counts and marks."""
    return Decimal(0) if figure.is_count else Decimal(5).scaleb(-decimals - 1)


def total(quantities: Iterable[Quantity]) -> Quantity:
    """Add quantities up in time linear in their number.

    >>> total([Quantity.constant(1), Quantity.constant(2), -Quantity.constant(3)]).formula
    '1 + 2 + (-3)'
    """
    parts = list(quantities)
    tokens: list[Token] = []
    for part in parts:
        negative = isinstance(part.tokens[0], str) and part.tokens[0] == "-"
        negative = negative or isinstance(part.tokens[0], Figure) and part.tokens[0].value < 0
        piece: tuple[Token, ...] = ("(", *part.tokens, ")") if tokens and negative else part.tokens
        tokens += ["+", *piece] if tokens else piece
    near, far = (Range(sum((r.low for r in ranges), Decimal(0)), sum((r.high for r in ranges), Decimal(0)))
                 for ranges in ([p.near for p in parts], [p.far for p in parts]))
    rank = 1 if len(parts) > 1 else (parts[0].rank if parts else 3)
    return Quantity(sum((p.value for p in parts), Decimal(0)), near, far, tuple(tokens), rank)


def plain(value: Decimal) -> str:
    """Write a decimal without exponent or dust.

    >>> plain(Decimal("1E+2")), plain(Decimal("0.50")), plain(Decimal("-0"))
    ('100', '0.50', '0')
    """
    return f"{value:f}" if value else "0"


def _spaced(pieces: Iterable[str]) -> str:
    text = ""
    for piece in pieces:
        text += f" {piece} " if piece in {"+", "-", "×", "÷"} and text and not text.endswith("(") else piece
    return text
