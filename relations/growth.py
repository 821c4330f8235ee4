"""增减率 = 增减额 ÷ 上期数，或（本期数 − 上期数）÷ 上期数

正文中的增长率、下降率：由增减额和一个年度的数，或由两个年度的数推算；误以本期数为基数的会指明。由 change 复算。
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from fusuan.relations._fit import EXACT, SLIP, Fit, chance_of_meeting, meets
from fusuan.relations._pool import Pool, across_zero, closed, compared, lies, reached, standing
from fusuan.relations._question import Candidate, loose, stand_in, true_of
from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import Mention, likeness

TOPIC = "rate"
_BUDGET = regex.compile(r"(?:上年|去年)度?[^,;。]{0,4}预算")


def ask(pool: Pool) -> Iterator[Candidate]:
    """Yield the rates of change that a percentage may be."""
    if pool.stated.dimension != "rate":
        return
    for d in pool.changes:
        said = _of_change(pool.stated, d)
        for c in (c for n in pool.levels if d.like(n) for c in _measured(pool, d, n)):
            c.facts += said
            yield c
    yield from _levels(pool)


def _measured(pool: Pool, d: Mention, n: Mention) -> Iterator[Candidate]:
    """A change over the earlier level: n itself, or n less the change."""
    r = pool.stated
    side = d.direction or r.direction
    sides = (side, r.direction) if r.direction and r.direction != side else (side,) if side else (1, -1)  # 增收0.93亿元,下降32.5%
    right = [c for s in sides if (c := _back(pool, d, n, s)) is not None and (s == sides[0] or not side or c.fit.fits)]
    if n.value <= 0:
        yield from right
        return
    plain = _growth(pool, "d/p", d, n, d.value / n.value * 100, (d.half / n.value + d.value * n.half / n.value ** 2) * 100)
    grown = r.role == "growth" and bool(r.direction)
    if grown and right and plain.fit.outcome == EXACT and not right[0].fit.fits and _present(pool, d, n):
        # the change over the present level is a well-known mistake: it excuses nothing, it tells how the figure came about
        right[0].fit = Fit(SLIP, max(plain.fit.chance, 1e-4), "base")
        yield right[0]
        return
    yield from right
    if grown and not plain.fit.fits and any(meets(r, d.value / o.value * 100, 0.0) for o in pool.levels if o.value > 0 and _earlier(n, o, d)):
        plain.fit = Fit(SLIP, max(chance_of_meeting(r), 1e-4), "base")
    elif grown and plain.fit.outcome == EXACT and any(_earlier(p, n, d) for p in pool.levels):
        return
    yield plain


def _earlier(p: Mention, n: Mention, d: Mention) -> bool:
    """Tell whether a change is from one level to another, as their difference and what marks the first as the earlier, or as the budget, say."""
    marked = p.earlier or "budget" in p.tags and "actual" in n.tags
    return p is not n and marked and not n.earlier and p.like(n) and p.like(d) and abs(abs(n.value - p.value) - d.value) <= n.half + p.half + d.half


def _back(pool: Pool, d: Mention, n: Mention, side: int) -> Candidate | None:
    base = n.value - side * d.value
    if base <= 0:
        return None
    spread = (d.half * n.value / base ** 2 + d.value * n.half / base ** 2) * 100
    return _growth(pool, "d/(n-d)", d, n, d.value / base * 100, spread, side < 0)


def _present(pool: Pool, d: Mention, n: Mention) -> bool:
    """Tell whether a level is plainly this year's: said before a change that compares it with the year before, or before one of its name that goes on comparing."""
    if n.role != "amount" or n.last_year or not n.paragraph == d.paragraph == pool.stated.paragraph or n.index > d.index:
        return False
    if n.index and reached(n, pool.passage.mentions[n.index - 1]):
        return True
    return bool(cues.COMPARE.search(d.before)) or _yearly(d) or n.pairs == d.pairs != frozenset() and bool(cues.COMPARE.search(pool.passage.text, n.end, d.start))


def _growth(pool: Pool, form: str, d: Mention, n: Mention, value: float, spread: float, falls: bool = False) -> Candidate:
    r = pool.stated
    roles: dict[str, tuple[Mention, ...]] = {"amount": (d,), "before" if form == "d/p" else "now": (n,)}
    c = Candidate("change", r, roles, value, spread, shape=f"{form} {lies(d, r)} {lies(n, d)} {n.role}", falls=falls).held()
    c.facts += [f"growth {form}", f"growth {form} of a {r.role}", *standing(n, d, pool.passage, form), *_scope(pool, form)]
    row = d.index == r.index - 1 and n.index == d.index - 1
    c.note(
        (f"{form}: level, change, percent in a row", row and n.sentence == r.sentence and n.role == "amount" and not n.last_year),
        (f"{form}: earlier level, change, percent in a row", row and n.role == "prior" and n.sentence == r.sentence),
        (f"{form}: level heads, change and percent in its paragraph", n.heads and n.paragraph == d.paragraph and d.index == r.index - 1),
        (f"{form}: level is marked as the earlier", n.earlier),
        (f"{form}: income against spending", bool((d.tags ^ n.tags) & {"income"}) and bool((d.tags ^ n.tags) & {"spend"})),
        (f"{form}: level is a base", n.role == "base"), ("change: of a part of a listing that is closed", closed(n, d)),
        (f"{form}: budget compared, level is the budget", "budget" in n.tags and "预算" in d.before[-16:]),
        (f"{form}: a later level is the budget", "budget" in n.tags and "预算" not in d.before[-16:] and "actual" in d.tags),
    )
    return c


def _of_change(r: Mention, d: Mention) -> list[str]:
    """What is true of a change and the percentage that may measure it, whatever the level."""
    against = bool(r.direction and d.direction and r.direction != d.direction)
    return true_of(
        ("change: right before", d.index == r.index - 1), ("change: right after", d.index == r.index + 1),
        ("change: further off", abs(d.index - r.index) > 1), ("change: same sentence", d.sentence == r.sentence),
        ("change: same clause group", abs(d.clause - r.clause) <= 1),
        ("direction contradicted", against),
        ("direction contradicted: of what is plainly compared", against and d.index == r.index - 1 and d.sentence == r.sentence and d.matter == r.matter and abs(d.clause - r.clause) <= 1 and not r.own_name),
        ("change: another name", d.own_name and r.own_name and likeness(d.pairs, r.pairs) < 0.4),
        ("change: the percent has a comparison of its own", d.index < r.index and _against(r) not in ("", _against(d))),
        ("change: another matter, and the percent has a subject of its own", d.index < r.index and d.matter != r.matter and r.own_name),
        ("change: same place in their series", d.series > 1 and d.series == r.series and d.rank == r.rank),
        ("change: another place in their series", d.series > 1 and d.series == r.series and d.rank != r.rank),
    )


def _yearly(d: Mention) -> bool:
    """Tell whether a change is said to be against an earlier time."""
    return bool(cues.EARLIER.search(d.before) or "同比" in d.before or "环比" in d.before)


def _against(m: Mention) -> str:
    """What a change is said to be against: an earlier time, or the budget (年初预算 is one), if anything."""
    said = m.before.replace("年初预算", "预算")
    if cues.EARLIER.search(said) or "同比" in said or "环比" in said:
        return "earlier budget" if _BUDGET.search(said) else "earlier"
    return "budget" if "预算" in said and cues.COMPARE.search(said) else ""


def _levels(pool: Pool) -> Iterator[Candidate]:
    """Two levels: those that something points to are all asked, of the others those that come out."""
    r = pool.stated
    failed = 0
    facts = ("pair: nothing points to it", f"pair of a {r.role}, nothing points to it")
    of_base = cache(lambda p: ["growth (n-p)/p", f"growth (n-p)/p of a {r.role}", *standing(p, r, pool.passage, "earlier"), *_scope(pool, "(n-p)/p")])
    sized = r.value >= 0 and (r.direction or r.role != "growth")
    for n, p, spread in pool.quotients:
        change = (n.value - p.value) / p.value * 100
        value = abs(change) if sized else change
        if _pointed(r, n, p):
            c = _pair(pool, n, p, value, spread, change, of_base(p))
            if r.role == "growth" and not c.fit.fits and _plainly(r, n, p) and meets(r, abs(n.value - p.value) / n.value * 100, 0.0):
                c.fit = Fit(SLIP, max(chance_of_meeting(r), 1e-4), "base")
            yield c
        elif meets(r, value, spread):
            yield loose(_plain(r, n, p, value, spread, change), facts)
        else:
            failed += 1
    if failed:
        yield stand_in(r, facts, failed)


def _pointed(r: Mention, n: Mention, p: Mention) -> bool:
    """Tell whether anything points to two levels: a word, the years, their place in the sentence or at the head of paragraphs."""
    if p.earlier or p.year and (n.year == p.year + 1 or compared(r, n, p)):
        return True
    if p.index == r.index - 1 and n.index == p.index - 1 or n.index == p.index + 1 and reached(n, p):
        return True
    return n.heads and p.heads and n.paragraph == r.paragraph != p.paragraph and likeness(n.pairs, p.pairs) >= 0.7


def _plainly(r: Mention, n: Mention, p: Mention) -> bool:
    """Tell whether of two levels it is plain which is the earlier: right before the percentage, one of them marked, as neither could be otherwise."""
    near = {n.index, p.index} == {r.index - 1, r.index - 2} and n.sentence == p.sentence == r.sentence
    return near and n.value > 0 and (reached(n, p) or p.earlier and not n.earlier)


def _plain(r: Mention, n: Mention, p: Mention, value: float, spread: float, change: float) -> Candidate:
    return Candidate("change", r, {"now": (n,), "before": (p,)}, value, spread, falls=value * change < 0).held()


def _pair(pool: Pool, n: Mention, p: Mention, value: float, spread: float, change: float, of_base: list[str]) -> Candidate:
    r = pool.stated
    c = _plain(r, n, p, value, spread, change)
    c.shape = f"(n-p)/p {lies(n, r)} {lies(p, n)} {n.role} {p.role}"
    c.facts += of_base
    alike = likeness(n.pairs, p.pairs)
    against = bool(r.direction and change * r.direction < 0)
    row = p.index == r.index - 1 and n.index == p.index - 1 and p.sentence == r.sentence and p.earlier
    # 2022年6260.00万元 …;2023年3625.00万元,比2022年增长42.09%: the years say which is which
    told = p.index == r.index - 1 and p.earlier and n.index < p.index and n.sentence == r.sentence and all(o is p or o.dimension == "rate" for o in pool.passage.between(n, p))
    dated = n.index == r.index - 1 and n.sentence == r.sentence and bool(p.year and n.year == p.year + 1) and compared(r, n, p) and c.fit.chance <= 1e-3
    turned = n.index == r.index - 1 and p.index == n.index - 1 and n.sentence == r.sentence and p.earlier
    c.note(
        ("pair: base is marked as the earlier", p.role == "prior" or p.last_year and not n.last_year),
        ("pair: now is marked as the earlier", n.earlier),
        ("pair: from base to now (由…到)", reached(n, p)), ("pair: base is a base", p.role == "base"), ("pair: base is of the year compared with", compared(r, n, p)),
        ("change: of a part of a listing that is closed", closed(n, r)), ("pair: heads of two paragraphs", n.heads and p.heads and n.paragraph != p.paragraph),
        ("pair: now right before base", n.index == p.index - 1),
        ("pair: base right before now", p.index == n.index - 1),
        ("pair: years differ by one", bool(n.year and n.year == p.year + 1)),
        ("pair: same year", bool(n.year and n.year == p.year and p.role != "prior" and not p.last_year)),
        ("pair: names alike", alike >= 0.7), ("pair: names unlike", alike < 0.4),
        ("pair: both told later, in another sentence", min(n.index, p.index) > r.index and min(n.sentence, p.sentence) > r.sentence),
        ("pair: same sentence", n.sentence == p.sentence), ("pair: other paragraph", n.paragraph != p.paragraph),
        ("pair: now, than base, percent in a row", row), ("pair: base, now, percent in a row", turned),
        ("pair: one of both is a loss", across_zero(n, p)), ("pair: budget as base of what was done", "budget" in p.tags and "actual" in n.tags),
        ("direction contradicted", against), ("direction contradicted: of what is plainly compared", against and (alike >= 0.7 and (row or turned or dated) or told and (alike >= 0.7 or not p.own_name))),
        ("pair: series ranks differ", n.series > 1 and n.series == p.series and n.rank != p.rank),
        ("pair: two of one series", n.series > 1 and n.series == p.series and n.index - n.rank == p.index - p.rank),
    )
    return c


def _scope(pool: Pool, form: str) -> list[str]:
    said = (("over several years", pool.averaged), ("at other prices or on another scope", pool.other_prices))
    return [f"{form}: {words}" for words, true in said if true]
