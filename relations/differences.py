"""增减额 = 本期数 − 上期数

正文中“比上年增加（减少）若干元”和两数之差，与两数核对；由 change 复算。
"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.relations._fit import chance_of_meeting, meets
from fusuan.relations._pool import Pool, across_zero, closed, compared, lies, reached
from fusuan.relations._question import Candidate, Tries, loose
from fusuan.relations.passages.mention import Mention, Passage, likeness

TOPIC = "change"
MANY = 1e-4
"""How likely by accident a change of five digits or more comes out."""


def ask(pool: Pool) -> Iterator[Candidate]:
    """Yield the pairs of levels whose difference an amount of change may be."""
    passage, d = pool.passage, pool.stated
    if d.role != "change" or not d.like(d):
        return
    levels = [o for o in pool.levels if o.like(d)]
    tries = Tries(d)
    for n in levels:
        for p in levels:
            value = n.value - p.value
            if n is p or not d.direction and n.index > p.index:
                continue
            if d.direction and value * d.direction < 0:
                if _plainly(d, n, p) and meets(d, abs(value), 0.0):
                    yield _contradicted(passage, d, n, p)
                continue
            if d.direction and _plainly(d, p, n) and meets(d, abs(value), 0.0):  # the other way round nobody means it
                continue
            if p.earlier or n.year and n.year == p.year + 1 or {n.index, p.index} == {d.index - 1, d.index - 2} \
                    or compared(d, n, p) or reached(n, p) or _budgeted(d, n, p):
                yield _difference(passage, d, n, p)
                continue
            facts = ("difference: nothing points to it", *(("difference: in one sentence, nothing points to it",)
                                                           if n.sentence == p.sentence == d.sentence else ()))
            if meets(d, abs(value), n.half + p.half):
                yield loose(_plain(d, n, p), facts)
            else:
                tries.count(facts)
    yield from tries.left()


def _plainly(d: Mention, n: Mention, p: Mention) -> bool:
    """Tell whether it is plain which of two levels is the earlier, and that a change of the same matter is told of them."""
    marked = p.earlier and not n.earlier
    if p.role == "prior" and p.index == d.index - 1 and n.paragraph == d.paragraph == p.paragraph and n.index < p.index and chance_of_meeting(d) <= MANY:
        return marked and likeness(n.pairs, p.pairs) >= 0.7  # no two levels of one name are so far apart by accident
    near = n.sentence == p.sentence == d.sentence and n.matter == p.matter == d.matter and n.index < d.index and abs(p.index - d.index) <= 2
    return marked and near and (not p.own_name or likeness(n.pairs, p.pairs) >= 0.7)


def _contradicted(passage: Passage, d: Mention, n: Mention, p: Mention) -> Candidate:
    """All but the direction comes out: 比上年3.80万元增加0.68万元, of 3.12."""
    c = _difference(passage, d, n, p)
    c.facts += ["direction contradicted", "direction contradicted: of what is plainly compared"]
    return c


def _budgeted(d: Mention, n: Mention, p: Mention) -> bool:
    """Tell whether a change of what was done is said to be against the budget, and that is a budget told before: 较预算减少."""
    return "预算" in d.before[-16:] and n.index == d.index - 1 and p.index < n.index and "budget" in p.tags - n.tags


def _plain(d: Mention, n: Mention, p: Mention) -> Candidate:
    return Candidate("change", d, {"now": (n,), "before": (p,)}, abs(n.value - p.value), n.half + p.half, falls=n.value < p.value).held()


def _difference(passage: Passage, d: Mention, n: Mention, p: Mention) -> Candidate:
    c = _plain(d, n, p)
    c.shape = f"n-p {lies(n, d)} {lies(p, n)} {n.role} {p.role}"
    c.facts.append("difference")
    alike = likeness(n.pairs, p.pairs)
    c.note(
        ("difference: budget and what was done right before, compared with the budget", {n.index, p.index} == {d.index - 1, d.index - 2}
         and "budget" in p.tags and "预算" in d.before[-16:] and n.sentence == d.sentence),
        ("difference: from base to now (由…到)", reached(n, p)), ("difference: no direction", not d.direction), ("difference: base is of the year compared with", compared(d, n, p)),
        ("difference: base is marked as the earlier", p.role == "prior" or p.last_year and not n.last_year),
        ("difference: now is marked as the earlier", n.earlier),
        ("difference: base is the budget", "budget" in p.tags and "actual" in n.tags),
        ("difference: the change speaks of the budget", "预算" in d.before[-16:]),
        ("difference: base right before", p.index == d.index - 1),
        ("difference: now right before", n.index == d.index - 1),
        ("difference: both right before", {n.index, p.index} == {d.index - 1, d.index - 2}),
        ("difference: now, base, difference in a row", p.index == d.index - 1 and n.index == d.index - 2 and n.sentence == d.sentence
         and (p.role == "prior" or not d.direction)),
        ("difference: base, now, difference in a row", n.index == d.index - 1 and p.index == d.index - 2 and n.sentence == d.sentence
         and p.earlier),
        ("difference: same sentence", n.sentence == p.sentence == d.sentence),
        ("difference: two sentences", (n.sentence == d.sentence) != (p.sentence == d.sentence)),
        ("difference: other sentences", n.sentence != d.sentence and p.sentence != d.sentence),
        ("difference: now further than the sentence, before it in its paragraph", n.heads and n.paragraph == d.paragraph and n.sentence != d.sentence),
        ("difference: years differ by one", bool(n.year and p.year and n.year == p.year + 1)),
        ("difference: same year", bool(n.year and n.year == p.year and p.role == "amount" and not p.last_year)),
        ("difference: names of both alike", alike >= 0.7), ("difference: names of both unlike", alike < 0.4),
        ("difference: own name alike", d.own_name and likeness(n.pairs, d.pairs) >= 0.7 and likeness(p.pairs, d.pairs) >= 0.7),
        ("difference: own name unlike", d.own_name and likeness(n.pairs, d.pairs) < 0.4),
        ("difference: one of both is a loss", across_zero(n, p)), ("change: of a part of a listing that is closed", closed(n, d)),
        ("difference: base is a part", n.index < p.index and any(o.opens for o in passage.between(n, p))),
        ("difference: same place in their series", n.series > 1 and n.series == p.series == d.series and n.rank == p.rank == d.rank),
        ("difference: series ranks differ", n.series > 1 and n.series == d.series and n.rank != d.rank or p.series > 1 and p.series == d.series and p.rank != d.rank),
    )
    return c
