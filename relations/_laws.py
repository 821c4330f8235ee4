"""What holds between the columns of some rows, whatever their headings say: proved by the rows in which it comes out.

A law is believed where so many rows come out that it is no accident, given how many laws were tried. Weighing only:
what is reported is recomputed in decimal.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations

from fusuan.relations._fit import compare, meets, slip
from fusuan.relations.passages.mention import Mention

WIDEST = 14
ENOUGH = 4.0
"""Orders of magnitude by which the rows must speak against an accident, after the laws tried are counted."""
TELLING = 8.0
"""The same for a law that accuses the one row in which it fails."""
ALONE = 2.0
"""The same for each of the sums in a row that has no like; together they must be telling, which one alone cannot be."""
SAMPLE = 8
Cells = Sequence[Mention | None]


@dataclass(frozen=True, slots=True)
class Law:
    """`kind`: sum (stated = all of `plus`), less (plus − minus), share (plus ÷ minus × 100), growth ((plus − minus) ÷ minus × 100)."""

    kind: str
    stated: int
    plus: tuple[int, ...]
    minus: tuple[int, ...] = ()

    @property
    def columns(self) -> tuple[int, ...]:
        return (self.stated, *self.plus, *self.minus)

    @property
    def reach(self) -> int:
        """How far its columns lie apart: the nearer of two laws that say the same is meant."""
        return sum(abs(n - self.stated) for n in self.columns)

    def fitted(self, by: int) -> Iterator[Law]:
        """The same law for a row of so many more cells (or fewer), its columns counted from either end, the stated one first."""
        for stated in (0, by):
            if self.kind == "sum":
                first, last = min(self.plus), max(self.plus)
                if len(self.plus) == last - first + 1:
                    for start, end in ((0, by), (0, 0), (by, by)):
                        if last + end > first + start:
                            yield Law("sum", self.stated + stated, tuple(range(first + start, last + end + 1)))
                continue
            for plus, minus in ((0, 0), (by, by), (by, 0), (0, by)):
                yield Law(self.kind, self.stated + stated, (self.plus[0] + plus,), (self.minus[0] + minus,))

    def outcome(self, row: Cells) -> Outcome | None:
        """What it makes of a row; None where the row has not the figures."""
        stated = row[self.stated]
        plus, minus = [row[n] for n in self.plus], [row[n] for n in self.minus]
        known = [m for m in (*plus, *minus) if m is not None]
        if stated is None or not known or self.kind != "sum" and len(known) < 2:
            return None
        if self.kind in ("sum", "less"):
            if any(m.dimension != stated.dimension for m in known):
                return None
            value = sum(m.value for m in plus if m) - sum(m.value for m in minus if m)
            telling = stated.value != 0 and sum(m.value != 0 for m in known) > 1
            return Outcome(stated, value, sum(m.half for m in known), telling)
        a, b = known
        if not a.value or not b.value or stated.dimension not in ("", "rate") or a.dimension != b.dimension or a.dimension == "rate":
            return None
        if self.stated < self.plus[0] and stated.dimension != "rate":
            return None  # a printed % alone tells the percentage from the other two
        ratio = 100 * a.value / b.value
        spread = abs(ratio) * (a.half / abs(a.value) + b.half / abs(b.value))
        return Outcome(stated, ratio - (100 if self.kind == "growth" else 0), spread, a.value != b.value and stated.value != 0)


@dataclass(slots=True)
class Outcome:
    """`telling`: it is no matter of course (nothing of nothing, one addend alone, all of it)."""

    stated: Mention
    computed: float
    spread: float
    telling: bool

    @property
    def holds(self) -> bool:
        return meets(self.stated, self.computed, self.spread)

    @property
    def evidence(self) -> float:
        """How much its coming out says, in orders of magnitude."""
        return -math.log10(compare(self.stated, self.computed, self.spread).chance) if self.telling and self.holds else 0.0

    @property
    def slipped(self) -> bool:
        """Tell whether the printed figure is the computed one but for a digit or a swap, and more than rounding apart."""
        s = self.stated
        apart = abs(s.value - self.computed) > 3.1 * s.half + self.spread and s.value * self.computed > 0
        return apart and len(s.digits) > 2 and slip(s.digits, s.decimals, abs(self.computed) / s.scale) in ("digit", "swap")


@dataclass(slots=True)
class Proved:
    """A law that is believed: the rows in which it comes out, and the one that it accuses."""

    law: Law
    evidence: float
    holds: list[int] = field(default_factory=list)
    accused: int | None = None


def proved(rows: Sequence[Cells]) -> list[Proved]:
    """Return the laws of rows that have equally many values."""
    width = len(rows[0])
    if not 3 <= width <= WIDEST:
        return []
    if len(rows) == 1:
        found = _totals(rows, ALONE)
        return found if sum(p.evidence for p in found) >= TELLING else []
    found = _totals(rows, ENOUGH)
    totals = {p.law.stated for p in found}
    found += [p for p in _best(rows, list(_differences(width))) if p.law.stated not in totals and not _said(p.law, found)]
    ratios = _best(rows, list(_ratios(width)))
    return found + [_of_levels(rows, p, [f.law for f in found]) for p in ratios]


def _of_levels(rows: Sequence[Cells], p: Proved, found: Sequence[Law]) -> Proved:
    """The share that a difference is of what it was taken from is a rate of change."""
    for law in found if p.law.kind == "share" else ():
        if law.kind == "less" and (law.stated,) == p.law.plus:
            return _weighed(rows, Law("growth", p.law.stated, law.plus, law.minus), 0.0, ENOUGH) or p
    return p


def _totals(rows: Sequence[Cells], enough: float) -> list[Proved]:
    """Sums of neighbours; once they are known their parts stand aside, and sums of sums are neighbours."""
    active, found = list(range(len(rows[0]))), list[Proved]()
    while sums := _best(rows, [law for law in _sums(active) if law not in [p.law for p in found]], enough):
        found += sums
        parts = {n for p in sums for n in p.law.plus}
        active = [n for n in active if n not in parts]
    return found


def _said(law: Law, found: Sequence[Proved]) -> bool:
    """Tell whether a sum of two says what a difference says."""
    return any(set(law.columns) == set(p.law.columns) for p in found)


def _sums(active: Sequence[int]) -> Iterator[Law]:
    """A total and the run of neighbours after it or before it."""
    for at, stated in enumerate(active):
        for end in range(at + 3, len(active) + 1):
            yield Law("sum", stated, tuple(active[at + 1:end]))
        for start in range(at - 1):
            yield Law("sum", stated, tuple(active[start:at]))


def _differences(width: int) -> Iterator[Law]:
    """The last of three columns is the difference of the others, or the first or second one that of its two neighbours."""
    for x, y, z in combinations(range(width), 3):
        yield Law("less", z, (y,), (x,))
        yield Law("less", z, (x,), (y,))


def _ratios(width: int) -> Iterator[Law]:
    """A percentage of two columns that both stand before it, or both after it."""
    for stated in range(width):
        for columns in (range(stated), range(stated + 1, min(width, stated + 4))):
            for a, b in permutations(columns, 2):
                yield Law("share", stated, (a,), (b,))
                yield Law("growth", stated, (a,), (b,))


def _best(rows: Sequence[Cells], laws: Sequence[Law], enough: float = ENOUGH) -> list[Proved]:
    """The law of each stated column that is believed most; of those that say as much, the nearest."""
    cost = math.log10(max(1, len(laws)))
    best: dict[int, Proved] = {}
    step = max(1, len(rows) // SAMPLE)
    sample = rows[::step][:SAMPLE]
    for law in laws:
        if _comes_out(sample, law) and (p := _weighed(rows, law, cost, enough)):
            other = best.get(law.stated)
            if other is None or (round(p.evidence, 1), -law.reach) > (round(other.evidence, 1), -other.law.reach):
                best[law.stated] = p
    return [best[n] for n in sorted(best)]


def _comes_out(sample: Sequence[Cells], law: Law) -> bool:
    """Tell whether a law is worth a look at every row."""
    outcomes = [o for row in sample if (o := law.outcome(row))]
    return any(o.telling for o in outcomes) and 2 * sum(o.holds for o in outcomes) >= len(outcomes)


def _weighed(rows: Sequence[Cells], law: Law, cost: float, enough: float) -> Proved | None:
    """A law with the rows that speak for it; None where they do not prove it."""
    p, seen, fails = Proved(law, -cost), set[tuple[float, float]](), list[tuple[int, Outcome]]()
    for number, row in enumerate(rows):
        if (o := law.outcome(row)) is None:
            continue
        if not o.holds:
            fails.append((number, o))
            continue
        p.holds.append(number)
        if o.telling and (key := (o.stated.value, o.computed)) not in seen:
            seen.add(key)
            p.evidence += min(6.0, o.evidence)
    if len(seen) < min(2, len(rows)) or len(seen) < 3 * len(fails) or p.evidence < enough:
        return None
    if len(fails) == 1 and len(seen) >= 3 and p.evidence >= TELLING and fails[0][1].telling and fails[0][1].slipped:
        p.accused = fails[0][0]
    return p
