"""What holds between the columns of a table, whatever their headings say: proved by the rows in which it comes out.

A law is believed where it comes out in so many rows, with figures so long, that it is no accident, given how many laws were tried.
Only evidence of what a layout means: what is reported is recomputed by `checks`.

>>> rows = [{n: Figure(t, Decimal(t), "", len(t.partition(".")[2])) for n, t in enumerate(line.split())}
...         for line in ("4210 3960 250 6.31", "1875 1760 115 6.53", "2904 2680 224 8.36")]
>>> [(p.law.kind, p.law.stated, p.law.plus, p.law.minus, p.fails) for p in proved(rows, {3})]
[('sum', 2, (0,), (1,), []), ('share', 3, (2,), (1,), [])]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, permutations, product

import regex

from fusuan.model import Figure

Row = Mapping[int, Figure]
"""The figures of a row by the number of their column."""
ENOUGH = Decimal(3)
"""Orders of magnitude by which the rows must speak against an accident, once the laws tried are counted."""
TELLING = Decimal(6)
"""The same for a law that accuses the rows in which it fails."""
_NEAR = 6
"""Columns farther from the stated one than this make no law with it."""
WHOLES = 4
"""So many totals of a column may be what its shares are of: total k of column n stands under -1 - (n * WHOLES + k)."""
_SAMPLE = 10
_MOST = Decimal(6)
_TIMES = tuple(map(Decimal, ("1", "12", "0.0001", "0.0012")))
_PER = tuple(map(Decimal, ("1", "12", "10000", "0.0001")))
_ONE, _HUNDRED = Decimal(1), Decimal(100)
_CROWD = Decimal(10)
"""Rates near a hundred lie within this of one another, more often than not."""
_NAMED = Decimal("1.5")
"""What it says that a column is named after one of those it is made of: 报账率 of 已报账."""


@dataclass(frozen=True, slots=True)
class Law:
    """`kind`: sum (`plus` less `minus`), share (`plus` over `minus`, in percent), growth (the first over the second, less one, in
    percent), product (of `plus`, times `times`), quotient (`plus` over `minus` one after the other, times `times`).
    """

    kind: str
    stated: int
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()
    times: Decimal = _ONE

    @property
    def columns(self) -> tuple[int, ...]:
        return (self.stated, *self.plus, *self.minus)

    @property
    def reach(self) -> int:
        """How far its columns lie apart, and how many they are: the plainer of two laws that say the same is meant."""
        return sum(abs(n - self.stated) for n in self.columns) + 4 * len(self.columns)

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
    crowded: bool = False

    @property
    def holds(self) -> bool:
        return abs(self.stated - self.computed) <= self.spread

    @property
    def near(self) -> bool:
        """Tell whether it fails by rounding only."""
        return abs(self.stated - self.computed) <= 4 * self.spread

    @property
    def evidence(self) -> Decimal:
        """How much its coming out says, in orders of magnitude: rates crowd below a hundred."""
        if not self.telling or not self.stated or not self.holds:
            return Decimal(0)
        room = _CROWD if self.crowded and 80 <= abs(self.stated) <= 110 else abs(self.stated)
        return min(_MOST, max(_ONE, room / max(self.spread, Decimal("1e-9"))).log10())


def _sum(law: Law, stated: Figure, plus: Sequence[Figure], minus: Sequence[Figure]) -> Outcome | None:
    figures = [stated, *plus, *minus]
    if any(f.dimension == "rate" for f in figures) or len({f.scale for f in figures}) > 1:
        return None
    value = sum((f.value for f in plus), Decimal(0)) - sum((f.value for f in minus), Decimal(0))
    given = [f for f in figures[1:] if f.value]
    told = all(f.value != stated.value for f in given) and len(given) > 1
    grain = Decimal(1).scaleb(min(_grain(f) for f in figures if f.value)) if any(f.value for f in figures) else _ONE
    exact = Decimal(1).scaleb(-max(f.decimals for f in figures))
    spread = exact * len(figures) / 2 if exact < 1 else Decimal("0.5")
    # round amounts go together more often: 1,500 of 20,500 and 22,000 has two digits
    return Outcome(stated.value, value, spread if abs(stated.value - value) > spread else max(spread, grain / 2), told)


def _grain(figure: Figure) -> int:
    exponent = figure.value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _rate(law: Law, stated: Figure, plus: Sequence[Figure], minus: Sequence[Figure]) -> Outcome | None:
    above, below = sum((f.value for f in plus), Decimal(0)), minus[0].value
    if not below or not above or any(f.dimension == "rate" for f in (*plus, *minus)) or stated.dimension not in ("", "rate", "money") \
            or len({f.scale for f in (*plus, *minus)}) > 1:
        return None
    ratio = above / below * _HUNDRED
    slack = abs(ratio) * (sum((_half(f) for f in plus), Decimal(0)) / abs(above) + _half(minus[0]) / abs(below))
    value = ratio - (_HUNDRED if law.kind == "growth" else 0)
    given, last = stated.value, _last(stated)
    if stated.dimension != "rate" and law.times == _HUNDRED:
        given, last = given * _HUNDRED, last * _HUNDRED
    return Outcome(given, value, _spread(given - value, last, slack), above != below, crowded=law.kind == "share")


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
        slack += _half(figure) / abs(figure.value) if figure.decimals else 0
    told = all(f.value not in (1, stated.value) for f in (*plus, *minus))
    # a whole factor is what it says: a price of 5 is not 5.4 rounded
    return Outcome(stated.value, value, _spread(stated.value - value, _last(stated), abs(value) * slack), told)


_MADE = {"sum": _sum, "share": _rate, "growth": _rate, "product": _product, "quotient": _product}


def _spread(gap: Decimal, last: Decimal, slack: Decimal) -> Decimal:
    """How far rounding may part what is stated from what comes out: where the figures as printed come to it, by its own alone."""
    return last if abs(gap) <= last else last + slack


def _half(figure: Figure) -> Decimal:
    return Decimal(0) if figure.is_count and not figure.decimals else Decimal(5).scaleb(-figure.decimals - 1)


def _last(figure: Figure) -> Decimal:
    return Decimal(5).scaleb(-figure.decimals - 1)


@dataclass(slots=True)
class Proved:
    """A law that is believed, the rows in which it comes out and in which it fails; `sure`: it accuses where it fails."""

    law: Law
    evidence: Decimal
    holds: list[int] = field(default_factory=list)
    fails: list[int] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        return self.evidence >= TELLING and len(self.holds) >= 3 and (len(self.fails) <= 1 or 10 * len(self.fails) <= len(self.holds))


def proved(rows: Sequence[Row], rated: Collection[int] = (), names: Mapping[int, str] | None = None,
           only: Collection[int] | None = None) -> list[Proved]:
    """Return the best law of each column: of what it is a sum or a product, or (those of `rated`) what rate it is.

    `names`: the headings, of which the same may stand over several; `only`: the columns to ask. Of laws that say the same of the same columns the one that states
    the last of them is meant.
    """
    columns = sorted({n for row in rows for n in row})
    found: dict[frozenset[int], Proved] = {}
    for stated in (n for n in columns if n >= 0 and (only is None or n in only)):
        others = [n for n in columns if n < 0 or n != stated and abs(columns.index(n) - columns.index(stated)) <= _NEAR]
        like = [n for n in columns if n >= 0 and n != stated and n not in rated and names and names.get(n) == names.get(stated)]
        for p in _of(rows, stated, others, rated, names or {}, like):
            found[frozenset(p.law.columns)] = p
    return list(found.values())


def _of(rows: Sequence[Row], stated: int, others: Sequence[int], rated: Collection[int], names: Mapping[int, str],
        like: Sequence[int]) -> Iterator[Proved]:
    """The laws of one column: no two of the same figures, as a column may be both what it adds up and what is left."""
    amounts = tuple(n for n in others if n >= 0 and n not in rated)
    if stated in rated:
        ways = [(*_shares(stated, amounts), *_wholes(stated, amounts, tuple(n for n in others if n < 0)))]
    else:
        rates = [n for n in others if n in rated]
        # the like-named columns of several groups: 计划 of the whole, of 中央, of 省级
        sums = (*_sums(stated, amounts), *([Law("sum", stated, tuple(like))] if len(like) > 2 else []))
        ways = [sums, sums, (*_pointed(stated, rates, names.get(stated, "")), *_products(stated, amounts))]
    probes = _probes(rows, stated)
    used: set[int] = set()
    for laws in ways:
        likely = [law for law in laws if any(_likely(law, probe) for probe in probes)]
        best = _best(rows, [law for law in likely if not used.intersection((*law.plus, *law.minus))], names, len(laws))
        if best is not None:
            used.update(best.law.plus, best.law.minus)
            yield best


Probe = tuple[Mapping[int, Decimal], Decimal]
"""The values of a row, and how far rounding may part its sums."""
_PROBES = 3


def _probes(rows: Sequence[Row], stated: int) -> list[Probe]:
    """A few rows, the fullest, to tell at once what no law is."""
    own = [row for row in rows[:_SAMPLE] if (figure := row.get(stated)) is not None and figure.value]
    fullest = sorted(own, key=lambda row: -sum(bool(f.value) for f in row.values()))[:_PROBES]
    return [({n: f.value for n, f in row.items()}, max(Decimal(3).scaleb(-f.decimals) for f in row.values())) for row in fullest]


def _likely(law: Law, probe: Probe) -> bool:
    """Tell, roughly and fast, whether a law may come out in a row."""
    values, room = probe
    stated = values[law.stated]
    if law.kind == "sum":
        for n in law.plus:
            stated -= values.get(n, 0)
        for n in law.minus:
            stated += values.get(n, 0)
        return -room <= stated <= room
    made = law.times
    for n in law.minus:
        if not (value := values.get(n)):
            return False
        stated *= value
    if law.kind in ("share", "growth"):
        made, value = _HUNDRED if law.times == 1 else _ONE, Decimal(0)
        for n in law.plus:
            value += values.get(n, 0)
        made *= value
        if law.kind == "growth":
            made -= values[law.minus[0]] * (_HUNDRED if law.times == 1 else 1)
    else:
        for n in law.plus:
            made *= values.get(n, 0)
    gap, most = abs(stated - made), max(abs(stated), abs(made))
    return gap * 12 <= most or law.kind == "growth" and gap <= abs(values[law.minus[0]])


@lru_cache(4096)
def _sums(stated: int, others: tuple[int, ...]) -> tuple[Law, ...]:
    """Two columns, their difference, and a run beside it with any signs."""
    found = [Law("sum", stated, (a, b)) for a, b in combinations(others, 2)]
    found += [Law("sum", stated, (a,), (b,)) for a, b in permutations(others, 2)]
    for run in _runs(stated, others):
        for signs in product((True, False), repeat=len(run) - 1):
            plus = (run[0], *(n for n, sign in zip(run[1:], signs, strict=True) if sign))
            found.append(Law("sum", stated, plus, tuple(n for n, sign in zip(run[1:], signs, strict=True) if not sign)))
    return tuple(found)


def _runs(stated: int, others: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Three to five columns that end just before it, or begin right after it."""
    left, right = [n for n in others if n < stated], [n for n in others if n > stated]
    for size in (3, 4, 5):
        if len(left) >= size:
            yield tuple(left[-size:])
        if len(right) >= size:
            yield tuple(right[:size])


@lru_cache(4096)
def _shares(stated: int, others: tuple[int, ...]) -> tuple[Law, ...]:
    """Rates of two columns, in percent or as a fraction, and of a run of columns over another."""
    found = [Law(kind, stated, (a,), (b,), times) for a, b in permutations(others, 2) for times in (_ONE, _HUNDRED) for kind in ("share", "growth")]
    for b in others:
        for start, end in combinations(range(len(others) + 1), 2):
            if 2 <= end - start <= 4 and b not in others[start:end]:
                found.append(Law("share", stated, tuple(others[start:end]), (b,)))
    return tuple(found)


def _wholes(stated: int, amounts: Sequence[int], wholes: Sequence[int]) -> Iterator[Law]:
    """Shares of a total of the same column, which stands under a number of its own below nought."""
    for whole in wholes:
        n = (-1 - whole) // WHOLES
        if n in amounts:
            yield from (Law("share", stated, (n,), (whole,), times) for times in (_ONE, _HUNDRED))


_POINTS = regex.compile(r"([0-9]{1,3}(?:\.[0-9])?)分\)?$")


def _pointed(stated: int, rates: Sequence[int], name: str) -> Iterator[Law]:
    """Marks for a rate, where the heading prints how many there are: 执行率得分(10分)."""
    if match := _POINTS.search(name):
        yield from (Law("product", stated, (n,), (), Decimal(match[1]) * of) for n in rates for of in (_ONE, Decimal("0.01")))


@lru_cache(4096)
def _products(stated: int, others: tuple[int, ...]) -> tuple[Law, ...]:
    """Two columns multiplied or divided, three that stand side by side, and one told in another unit."""
    found = [Law("product", stated, pair, (), times) for pair in combinations(others, 2) for times in _TIMES]
    found += [Law("quotient", stated, (a,), (b,), times) for a, b in permutations(others, 2) for times in _PER]
    for at in range(len(others) - 2):
        three = others[at:at + 3]
        found += [Law("product", stated, three), *(Law("quotient", stated, (a,), tuple(n for n in three if n != a)) for a in three)]
    return (*found, *(Law("product", stated, (a,), (), times) for a in others for times in _TIMES[1:]))


def _best(rows: Sequence[Row], laws: Sequence[Law], names: Mapping[int, str], tried: int) -> Proved | None:
    """The law that is believed most, of so many tried; of those that say as much, the plainest."""
    cost = Decimal(max(1, tried)).log10()
    best: Proved | None = None
    held = [row for row in rows if laws and laws[0].stated in row]
    step = max(1, len(held) // _SAMPLE)
    sample = held[::step][:_SAMPLE]
    for law in laws:
        if _comes_out(sample, law) and (p := _weighed(rows, law, cost - (_NAMED if _akin(law, names) else 0))) is not None \
                and (best is None or (round(p.evidence, 1), -law.reach) > (round(best.evidence, 1), -best.law.reach)):
            best = p
    return best


_STEM = regex.compile(r"[\u4e00-\u9fff]{2,}")
_COMMON = regex.compile(r"\([^()]*\)|合计|小计|本年|全年|年初|年末|上年|金额|资金|预算|比例|比重|增减|[率额数比占%]+$")


def _akin(law: Law, names: Mapping[int, str]) -> bool:
    """Tell whether the heading of what is stated has two characters in a row of that of a column it is made of."""
    own = _COMMON.sub("", names.get(law.stated, ""))
    pairs = {word[n:n + 2] for word in _STEM.findall(own) for n in range(len(word) - 1)}
    return any(pair in names.get(n, "") for n in law.plus for pair in pairs)


def _comes_out(sample: Sequence[Row], law: Law) -> bool:
    """Tell whether a law is worth a look at every row: it fails in no more than one of three."""
    held = lost = 0
    for row in sample:
        if (o := law.outcome(row)) is None:
            continue
        if o.holds:
            held += o.telling
        elif not o.near:
            lost += 1
            if 3 * lost > len(sample):
                return False
    return held > lost


def _weighed(rows: Sequence[Row], law: Law, cost: Decimal) -> Proved | None:
    """A law with the rows that speak for it; None where they do not prove it."""
    p, seen = Proved(law, -cost), set[tuple[Decimal, ...]]()
    for number, row in enumerate(rows):
        if (o := law.outcome(row)) is None:
            continue
        if not o.holds:
            p.fails += [] if o.near else [number]
            continue
        p.holds.append(number)
        key = tuple(row[n].value for n in law.columns if n in row)
        if o.telling and key not in seen:
            seen.add(key)
            p.evidence += o.evidence
    return p if len(seen) >= 2 and p.evidence >= ENOUGH and len(seen) >= 3 * len(p.fails) - 1 else None
