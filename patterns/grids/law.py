"""A law of columns (a sum, a rate, a product), and what it makes of a row: evidence, in decimal, of what a layout means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fusuan.model import Figure
from fusuan.model.quantity import half_of
from fusuan.model.slip import misprinted, said_by

Row = Mapping[int, Figure]
"""The figures of a row by the number of their column."""
ONE, HUNDRED = Decimal(1), Decimal(100)
_MOST = Decimal(6)
_CROWD = Decimal(10)
"""Rates near a hundred lie within this of one another, more often than not."""


@dataclass(frozen=True, slots=True)
class Law:
    """`kind`: sum (`plus` less `minus`), share (`plus` over `minus`, in percent), growth (the first over the second, less one, in
    percent), product (of `plus`, times `times`), quotient (`plus` over `minus` one after the other, times `times`), mean (of `plus`).
    """

    kind: str
    stated: int
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    times: Decimal = ONE

    @property
    def columns(self) -> tuple[int, ...]:
        return (self.stated, *self.plus, *self.minus)

    @property
    def reach(self) -> int:
        """How far its columns lie apart, what is stated before the rest of them, and how many they are: the plainer of two laws that say
        the same is meant.
        """
        return sum(abs(n - self.stated) + (n > self.stated) for n in self.columns) + 4 * len(self.columns)

    @property
    def leads(self) -> bool:
        """Tell whether it is a total before its parts."""
        return self.kind == "sum" and not self.minus and self.stated < min(self.plus)

    def outcome(self, row: Row) -> Outcome | None:
        """What it makes of a row; None where the row has not the figures."""
        stated = row.get(self.stated)
        plus, minus = [f for n in self.plus if (f := row.get(n)) is not None], [f for n in self.minus if (f := row.get(n)) is not None]
        if stated is None or not plus or self.kind != "sum" and len(plus) + len(minus) < len(self.columns) - 1:
            return None
        return _MADE[self.kind](self, stated, plus, minus)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is stated beside what comes out, how far rounding may part them, and whether that says anything."""

    stated: Decimal
    computed: Decimal
    spread: Decimal
    telling: bool
    decimals: int = 0
    crowded: bool = False

    @property
    def holds(self) -> bool:
        return abs(self.stated - self.computed) <= self.spread

    @property
    def near(self) -> bool:
        """Tell whether it fails by rounding only, or by what is over a hundred: a rate of completion may be capped."""
        return abs(self.stated - self.computed) <= 4 * self.spread or self.crowded and self.stated == HUNDRED < self.computed

    @property
    def evidence(self) -> Decimal:
        """How much its coming out says, in orders of magnitude: rates crowd below a hundred."""
        if not self.telling or not self.stated or not self.holds:
            return Decimal(0)
        room = _CROWD if self.crowded and 80 <= abs(self.stated) <= 110 else abs(self.stated)
        return min(_MOST, max(ONE, room / max(self.spread, Decimal("1e-9"))).log10())

    @property
    def sharp(self) -> bool:
        """Tell whether it comes out with the figures as they are printed: none of them was rounded."""
        return self.telling and abs(self.stated - self.computed) <= Decimal(5).scaleb(-self.decimals - 1)

    @property
    def slipped(self) -> Decimal:
        """How much it says that it fails by one misprinted digit, in orders of magnitude; 0 where it fails otherwise."""
        if self.holds or not self.telling or not misprinted(self.stated, self.computed, self.decimals):
            return Decimal(0)
        return max(Decimal(0), said_by(self.stated, self.decimals) - (ONE if self.crowded and 80 <= abs(self.computed) <= 110 else 0))

    @property
    def misprint(self) -> Decimal:
        """The same where rounding does not explain it either."""
        return Decimal(0) if self.near else self.slipped


def _sum(law: Law, stated: Figure, plus: Sequence[Figure], minus: Sequence[Figure]) -> Outcome | None:
    figures = [stated, *plus, *minus]
    if any(f.dimension == "rate" for f in figures) or len({f.scale for f in figures if f.unit}) > 1:
        return None
    value = sum((f.value for f in plus), Decimal(0)) - sum((f.value for f in minus), Decimal(0))
    given = [f for f in figures[1:] if f.value]
    told = all(f.value != stated.value for f in given) and len(given) > 1
    grain = Decimal(1).scaleb(min(_grain(f) for f in figures if f.value)) if any(f.value for f in figures) else ONE
    exact = Decimal(1).scaleb(-max(f.decimals for f in figures))
    spread = exact * len(figures) / 2 if exact < 1 else Decimal("0.5")
    # round amounts go together more often: 1,500 of 20,500 and 22,000 has two digits
    return Outcome(stated.value, value, spread if abs(stated.value - value) > spread else max(spread, grain / 2), told, stated.decimals)


def added(stated: Figure, value: Decimal, slack: Decimal, telling: bool) -> Outcome:
    """A figure beside what others of its kind add up to, in base measure; `slack`: how far their rounding reaches."""
    gap, own, round_ = abs(stated.base - value), half_of(stated, stated.decimals) * stated.scale, Decimal(5).scaleb(_grain(stated) - 1) * stated.scale
    spread = own if gap <= own else own + slack
    return Outcome(stated.base, value, spread if gap > spread else max(spread, round_), telling, stated.decimals)


def _grain(figure: Figure) -> int:
    exponent = figure.value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _rate(law: Law, stated: Figure, plus: Sequence[Figure], minus: Sequence[Figure]) -> Outcome | None:
    above, below = sum((f.value for f in plus), Decimal(0)), minus[0].value
    if not below or not above or any(f.dimension == "rate" for f in (*plus, *minus)) or stated.dimension not in ("", "rate", "money") \
            or len({f.scale for f in (*plus, *minus)}) > 1:
        return None
    ratio = above / below * HUNDRED
    slack = abs(ratio) * (sum((half_of(f, f.decimals) for f in plus), Decimal(0)) / abs(above) + half_of(minus[0], minus[0].decimals) / abs(below))
    value = ratio - (HUNDRED if law.kind == "growth" else 0)
    given, last, decimals = stated.value, _last(stated), stated.decimals
    if stated.dimension != "rate" and law.times == HUNDRED:
        given, last, decimals = given * HUNDRED, last * HUNDRED, decimals - 2
    return Outcome(given, value, _spread(given - value, last, slack), above != below, decimals, crowded=law.kind == "share")


def _product(law: Law, stated: Figure, plus: Sequence[Figure], minus: Sequence[Figure]) -> Outcome | None:
    value, slack = law.times, Decimal(0)
    for figure in plus:
        value *= figure.value
    for figure in minus:
        if not figure.value:
            return None
        value /= figure.value
    if not value:
        return None
    for figure in (*plus, *minus):
        slack += half_of(figure, figure.decimals) / abs(figure.value) if figure.decimals else 0
    told = all(f.value not in (1, stated.value) for f in (*plus, *minus))
    # a whole factor is what it says: a price of 5 is not 5.4 rounded
    return Outcome(stated.value, value, _spread(stated.value - value, _last(stated), abs(value) * slack), told, stated.decimals)


def _mean(law: Law, stated: Figure, plus: Sequence[Figure], minus: Sequence[Figure]) -> Outcome | None:
    value = sum((f.value for f in plus), Decimal(0)) / len(plus)
    return Outcome(stated.value, value, _last(stated), len({f.value for f in plus}) > 1, stated.decimals)


_MADE = {"sum": _sum, "share": _rate, "growth": _rate, "product": _product, "quotient": _product, "mean": _mean}


def _spread(gap: Decimal, last: Decimal, slack: Decimal) -> Decimal:
    """How far rounding may part what is stated from what comes out: where the figures as printed come to it, by its own alone."""
    return last if abs(gap) <= last else last + slack


def _last(figure: Figure) -> Decimal:
    return Decimal(5).scaleb(-figure.decimals - 1)
