"""What rows of figures say without headings: the laws of their columns, and each as a statement.

`wholes` lends every row the totals its shares may be of; `evident` reads rows of which nothing is known but their figures.

>>> from decimal import Decimal
>>> lines = ("3260 38.50 125510.00", "42 860.00 36120.00", "36 1500.00 54000.00")
>>> rows = [{n: Figure(t, Decimal(t), "", len(t.partition(".")[2]), Place(row=r), (n, n)) for n, t in enumerate(line.split())}
...         for r, line in enumerate(lines)]
>>> own, laws = evident(rows)
>>> [(p.law.kind, p.law.stated, p.law.plus, p.holds) for p in laws]
[('product', 2, (0, 1), [0, 1, 2])]
>>> [f.text for f in statement(laws[0].law, own[0], "", "", guess=True).readings[0]["factors"]]
['3260', '38.50']
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from math import comb

from fusuan.model import Figure, Place, Reading, Statement
from fusuan.patterns.cues.amounts import kind_of
from fusuan.patterns.grids.law import HUNDRED, Law, Row
from fusuan.patterns.grids.laws import Proved, proved
from fusuan.patterns.grids.tried import WHOLES

_SAID = {"sum": ("parts", "balance", ("parts", "minus")), "share": ("rate", "rate", ("numerator", "denominator")),
         "growth": ("change", "growth", ("now", "before")), "product": ("product", "sum", ("factors", "divisors")),
         "quotient": ("product", "sum", ("dividend", "divisors")), "mean": ("product", "rate", ("dividend", "divisors"))}
NEIGHBOURS = tuple(Law(kind, 2, (a,), (b,)) for kind in ("growth", "share", "sum") for a, b in ((0, 1), (1, 0))) \
    + (Law("sum", 0, (1, 2)), Law("sum", 2, (0, 1)))
"""What three figures side by side may say."""
_MOST = 400
_MOST_LAWS = 14
_WAYS = 60
"""More ways to place a row than this are no evidence."""
_LUCKY = Decimal(2)
"""What a placed row must say, in orders of magnitude, once the ways are counted."""


def evident(rows: Sequence[Row], named: Collection[Place] = ()) -> tuple[list[Row], list[Proved]]:
    """The rows with their totals, and the laws that hold between their columns; `named`: the places of figures in rows named totals.

    A column of percentages may lack its signs: what is neither a sum nor a product is asked for what rate it may be.
    """
    columns = sorted({n for row in rows for n in row})
    rated = {n for n in columns if 2 * sum(row[n].unit in ("%", "‰") for row in rows if n in row) > sum(n in row for row in rows)}
    own = wholes(rows[:_MOST], columns, named)
    found = proved(own, rated, bare=True)
    known = {frozenset(p.law.columns) for p in found}
    left = [p for n in columns if n not in rated | {p.law.stated for p in found} for p in proved(own, rated | {n}, only={n}, bare=True)]
    rates = {key: p for p in left if p.law.times == 1 and (key := frozenset(p.law.columns)) not in known}
    return own, [*found, *rates.values()]


def with_growths(laws: Sequence[Proved]) -> list[Proved]:
    """The laws, and that the share a difference is of what it was taken from is a rate of change, for rows that leave the difference out."""
    found = list(laws)
    for share in laws[:_MOST_LAWS]:
        for law in (p.law for p in laws[:_MOST_LAWS] if share.law.kind == "share" and p.law.kind == "sum"):
            now, parts = (law.plus, (law.stated, *law.minus)) if law.minus else ((law.stated,), law.plus)
            if sorted(parts) == sorted((*share.law.plus, *share.law.minus)) and len(now) == 1:
                found.append(replace(share, law=replace(share.law, kind="growth", plus=now)))
    return found


def placed(row: Row, count: int, width: int, laws: Sequence[Proved], totals: Row) -> list[Row]:
    """The row put in columns, of its `count` cells some lost, or some too many at an end: of all ways those by which most laws hold; none
    where that says too little.
    """
    if not laws or count < 1 or count < width and comb(width, count) > _WAYS:
        return []
    ways = [{n: c for c, n in enumerate(range(start, start + width))} for start in range(count - width + 1)] \
        or [dict(enumerate(way)) for way in combinations(range(width), count)]
    rows = [{**{way[n]: f for n, f in row.items() if n in way}, **totals} for way in ways]
    scores = [_score(cells, laws) for cells in rows]
    best = max(scores)
    return [cells for cells, score in zip(rows, scores, strict=True) if score == best >= _LUCKY + Decimal(len(ways)).log10()]


def _score(cells: Row, laws: Sequence[Proved]) -> Decimal:
    """What the laws say for a row so placed: one that fails, but by a misprint, speaks against it as much as one that holds speaks for it."""
    score = Decimal(0)
    for p in laws:
        if (o := p.law.outcome(cells)) is not None and o.telling:
            score += o.evidence if o.holds else Decimal(0) if o.near or o.slipped > 1 else -_LUCKY
    return score


def wholes(rows: Sequence[Row], numbers: Sequence[int], named: Collection[Place]) -> list[Row]:
    """The rows, each with what shares may be of: the first and the last figure of a number, and those named totals."""
    found: dict[int, Figure] = {}
    for n in numbers:
        own = [row[n] for row in rows if n in row]
        likely = {(f.place, f.span): f for f in (*own[:1], *own[-1:], *[f for f in own if f.place in named][-2:])}
        found |= {-1 - (n * WHOLES + k): f for k, f in enumerate(list(likely.values())[:WHOLES])}
    return [{**row, **found} for row in rows if row]


def statement(law: Law, row: Row, name: str | None, quote: str, guess: bool) -> Statement:
    """What a row says by a law; `name`: the heading of what is stated, None where rows have none."""
    stated = row[law.stated]
    kind, label, roles = _SAID[law.kind]
    plus, minus = (tuple(row[n] for n in group if n in row) for group in (law.plus, law.minus))
    if law.kind in ("product", "quotient", "mean") or law.kind == "sum" and not all(f.unit for f in (stated, *plus, *minus)):
        # beside columns whose headings print a unit others may print none
        stated, plus, minus = replace(stated, unit=""), tuple(map(_bare, plus)), tuple(map(_bare, minus))
    times = law.times
    if law.kind == "product":  # a percentage stays one
        rated = {n for n in law.plus if n in row and row[n].unit == "%"}
        plus, times = tuple(row[n] if n in rated else _bare(row[n]) for n in law.plus if n in row), times * HUNDRED ** len(rated)
    if law.kind in ("share", "growth"):
        stated = replace(stated, unit="%" if law.times == 1 else "")
    if law.kind == "share" and name is not None and kind_of(name) == "change":
        label = "growth"
    if law.kind == "sum" and (name is None or kind_of(name) == "change") and len(plus) == len(minus) == 1:
        kind, label, roles = _SAID["growth"]
    reading = Reading({role: figures for role, figures in zip(roles, (plus, minus), strict=True) if figures})
    facts = {"times": f"{times.normalize():f}"} if law.kind in ("product", "quotient") and times != 1 else {}
    facts = {"over": str(len(plus))} if law.kind == "mean" else facts
    return Statement(kind, label if minus or law.kind != "sum" else "sum", stated, (reading,), quote, facts, guess=guess)


def _bare(figure: Figure) -> Figure:
    return replace(figure, unit="")
