"""What holds between the columns of a table, whatever their headings say: proved by the rows in which it comes out.

A law is believed where it comes out in so many rows, with figures so long, that it is no accident, given how many laws were tried.
Only evidence of what a layout means: what is reported is recomputed by `checks`.

>>> from fusuan.model import Figure
>>> rows = [{n: Figure(t, Decimal(t), "", len(t.partition(".")[2])) for n, t in enumerate(line.split())}
...         for line in ("4210 3960 250 6.31", "1875 1760 115 6.53", "2904 2680 224 8.36")]
>>> [(p.law.kind, p.law.stated, p.law.plus, p.law.minus, p.fails) for p in proved(rows, {3})]
[('sum', 2, (0,), (1,), []), ('share', 3, (2,), (1,), [])]
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import regex

from fusuan.patterns.grids.law import Law, Row
from fusuan.patterns.grids.tried import SAMPLE, likely, named, pointed, probes, products, shares, sums, wholes

ENOUGH = Decimal(3)
"""Orders of magnitude by which the rows must speak against an accident, once the laws tried are counted."""
TELLING = Decimal(6)
"""The same for a law that accuses the rows in which it fails."""
_WITNESSES = 5
"""Rows that must hold to a law before one that does not, and is no slip of the pen away, is accused by it."""
_ALONE = Decimal(4)
"""The same as ENOUGH for a law that one row holds to and another fails by a misprinted digit."""
_NEAR, _NEAR_RATE = 6, 9
"""Columns farther from the stated one than this make no law with it, but for the rates of rows without headings."""
_NAMED = Decimal("1.5")
"""What it says that a column is named after one of those it is made of: 报账率 of 已报账."""


@dataclass(slots=True)
class Proved:
    """A law that is believed, the rows in which it comes out, in which it does but for rounding, and in which it fails; `sure`: it
    accuses where it fails.
    """

    law: Law
    evidence: Decimal
    holds: list[int] = field(default_factory=list)
    fails: list[int] = field(default_factory=list)
    near: list[int] = field(default_factory=list)

    @property
    def sure(self) -> bool:
        return self.evidence >= TELLING and len(self.holds) >= _WITNESSES and (len(self.fails) <= 1 or 10 * len(self.fails) <= len(self.holds))


def proved(rows: Sequence[Row], rated: Collection[int] = (), names: Mapping[int, str] | None = None,
           only: Collection[int] | None = None, runs: Mapping[int, Sequence[Law]] | None = None, bare: bool = False) -> list[Proved]:
    """Return the best law of each column: of what it is a sum or a product, or (those of `rated`) what rate it is.

    `names`: the headings, of which the same may stand over several; `only`: the columns to ask; `runs`: further sums to try. Of laws that say the same of
    the same columns the one that states the last of them is meant, but for a total beside its parts (`runs`; in `bare` rows, without
    headings, any that stands before them) and for a sum of three or more.
    """
    columns = sorted({n for row in rows for n in row})
    found: dict[frozenset[int], Proved] = {}
    for stated in (n for n in columns if n >= 0 and (only is None or n in only)):
        reach = _NEAR if stated not in rated else len(columns) if bare else _NEAR_RATE
        others = [n for n in columns if n < 0 or n != stated and (abs(columns.index(n) - columns.index(stated)) <= reach or _one_name(names, n, stated))]
        like = [n for n in columns if n >= 0 and n != stated and n not in rated and names and names.get(n) == names.get(stated)]
        for p in _of(rows, stated, others, rated, names or {}, like, (runs or {}).get(stated, ())):
            same = found.get(key := frozenset(p.law.columns))
            total = same is not None and (bare and same.law.leads or same.law in (runs or {}).get(same.law.stated, ()))
            if same is None or not total and (same.law.minus or not p.law.minus or len(key) < 4):
                found[key] = p
    return [_left_over(rows, p, found.values()) if _one_name(names, p.law.stated, max(p.law.plus)) else p for p in found.values()]


def _left_over(rows: Sequence[Row], p: Proved, laws: Collection[Proved]) -> Proved:
    """A law of a column that another law states already, of columns of one name, whose parts stand apart: it states what is left of it for
    the last of them: 净值 of 原值 and 折旧.
    """
    law, last = p.law, max(p.law.plus)
    if law.kind != "sum" or law.minus or len(law.plus) != 2 or last < law.stated or last - min(law.plus) < 2 or any(q.law.stated == last for q in laws) \
            or not any(q is not p and q.law.stated == law.stated for q in laws):
        return p
    return _weighed(rows, replace(law, stated=last, plus=(law.stated,), minus=tuple(n for n in law.plus if n != last)), Decimal(0), ()) or p


def _of(rows: Sequence[Row], stated: int, others: Sequence[int], rated: Collection[int], names: Mapping[int, str],
        like: Sequence[int], runs: Sequence[Law]) -> Iterator[Proved]:
    """The laws of one column: no two of the same figures, as a column may be both what it adds up and what is left."""
    amounts = tuple(n for n in others if n >= 0 and n not in rated)
    if stated in rated:
        ways = [(*shares(stated, amounts), *wholes(stated, amounts, tuple(n for n in others if n < 0)))]
    else:
        rates = [n for n in others if n in rated]
        # the like-named columns of several groups: 计划 of the whole, of 中央, of 省级
        added = (*sums(stated, amounts), *([Law("sum", stated, tuple(like))] if len(like) > 2 else []), *runs)
        name = names.get(stated, "")
        ways = [added, added, (*pointed(stated, rates, name), *named(stated, amounts, name), *products(stated, amounts))]
    few = probes(rows, stated)
    used: set[int] = set()
    for laws in ways:
        near = [law for law in laws if any(likely(law, probe) for probe in few)]
        best = _best(rows, [law for law in near if not used.intersection((*law.plus, *law.minus))], names, laws)
        if best is not None:
            used.update(best.law.plus, best.law.minus)
            yield best


def _best(rows: Sequence[Row], laws: Sequence[Law], names: Mapping[int, str], tried: Sequence[Law]) -> Proved | None:
    """The law that is believed most, of so many tried; of those that say as much, the plainest."""
    best: Proved | None = None
    held = [row for row in rows if laws and laws[0].stated in row]
    step = max(1, len(held) // SAMPLE)
    sample = held[::step][:SAMPLE]
    for law in laws:
        if _comes_out(sample, law) and (p := _weighed(rows, law, _NAMED if _akin(law, names) else Decimal(0), tried)) is not None \
                and (best is None or (round(p.evidence, 1), -law.reach) > (round(best.evidence, 1), -best.law.reach)):
            best = p
    return best


def _one_name(names: Mapping[int, str] | None, n: int, stated: int) -> bool:
    """Tell whether two columns have one heading, each under another: 年末数 of 原值, of 累计折旧, of 净值."""
    return names is not None and bool(names.get(n)) and names.get(n) == names.get(stated)


def _cost(tried: int) -> Decimal:
    """What it costs that so many laws were tried, in orders of magnitude."""
    return Decimal(max(1, tried)).log10()


_STEM = regex.compile(r"[\u4e00-\u9fff]{2,}")
_COMMON = regex.compile(r"\([^()]*\)|合计|小计|本年|全年|年初|年末|上年|金额|资金|预算|比例|比重|增减|[率额数比占%]+$")


def _akin(law: Law, names: Mapping[int, str]) -> bool:
    """Tell whether the heading of what is stated has two characters in a row of that of a column it is made of."""
    own = _COMMON.sub("", names.get(law.stated, ""))
    pairs = {word[n:n + 2] for word in _STEM.findall(own) for n in range(len(word) - 1)}
    return any(pair in names.get(n, "") for n in law.plus for pair in pairs)


def _comes_out(sample: Sequence[Row], law: Law) -> bool:
    """Tell whether a law is worth a look at every row: it fails in no more than one of three, one misprinted digit aside."""
    held = lost = slipped = 0
    for row in sample:
        if (o := law.outcome(row)) is None:
            continue
        if o.holds:
            held += o.telling
        elif not slipped and o.slipped:
            slipped = 1
        elif not o.near:
            lost += 1
            if 3 * lost > len(sample):
                return False
    return held > lost


def _weighed(rows: Sequence[Row], law: Law, named: Decimal, tried: Sequence[Law]) -> Proved | None:
    """A law with the rows that speak for it; None where they do not prove it."""
    p, seen, slipped = Proved(law, named - _cost(len(tried))), set[tuple[Decimal, ...]](), Decimal(0)
    made = [(number, row, o) for number, row in enumerate(rows) if (o := law.outcome(row)) is not None]
    # where it comes out with the figures as printed, a row that is near but for a misprinted digit fails
    sharp = sum(o.sharp for _, _, o in made) > 1 and all(o.sharp for _, _, o in made if o.telling and o.holds)
    for number, row, o in made:
        if not o.holds:
            if o.near and not (sharp and o.slipped):
                p.near.append(number)
            else:
                p.fails.append(number)
                slipped += o.slipped
            continue
        p.holds.append(number)
        key = tuple(row[n].value for n in law.columns if n in row)
        if o.telling and o.stated and key not in seen:
            seen.add(key)
            p.evidence += o.evidence
    if len(seen) >= 2 and p.evidence >= ENOUGH and len(seen) >= 3 * len(p.fails) - 1:
        return p
    if not seen or len(p.fails) != 1 or not slipped:
        return None
    # a row that fails by one misprinted digit speaks for the law too; only laws as plain are rivals where one row alone holds
    p.evidence += slipped + _cost(len(tried)) - _cost(sum(other.reach <= law.reach for other in tried))
    return p if p.evidence >= _ALONE else None
