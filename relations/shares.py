"""比率 = 分子 ÷ 分母 × 100%

正文中的占比、完成率、执行率等：一个数除以另一个数，或除以所在一组数之和；由 rate 复算。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, partial

from fusuan.relations._fit import meets
from fusuan.relations._pool import BEFORE, SECTION, Pool, lies, standing
from fusuan.relations._question import Candidate, Said, Tries, loose, true_of
from fusuan.relations._sides import sides
from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import NO_AMOUNT, Mention, Passage, likeness

TOPIC = "rate"
Named = tuple[frozenset[str], frozenset[str]] | None
"""The tags of what a named rate has above and below its line."""
_SLACK = 0.05
"""What rounding may put each share of a series off by."""


def ask(pool: Pool) -> Iterator[Candidate]:
    """Yield the ratios that a percentage may be."""
    passage, r, whole = pool.passage, pool.stated, pool.whole
    if r.dimension != "rate":
        return
    named = next(((above, below) for words, above, below in cues.RATES if words.search(r.before[-24:])), None)
    tries = Tries(r)
    near = {o.index for o in pool.own}
    above, below = _sides(r, pool.levels, whole, named)
    anywhere = ("ratio: nothing points to it", f"ratio of a {r.role}, nothing points to it")
    beside = (*anywhere, "ratio: in one sentence, nothing points to it")
    over = _over(passage, r)
    whole_series = ("ratio: its series makes a hundred",) if over is not None and abs(over) <= _SLACK * r.series else ()
    of_above, of_below = cache(partial(_of_above, passage, r, named)), cache(partial(_of_below, r, pool, named))
    for a, b, spread in pool.quotients:
        value = a.value / b.value * 100
        if a.index in near or b.role == "base" and b.index == r.index - 1:
            c = _ratio(passage, r, a, b, value, spread, whole)
            c.facts += (*of_above(a), *of_below(b), *whole_series)
            yield c
            continue
        facts = (*(beside if a.sentence == b.sentence == r.sentence else anywhere), *above[a.index], *below[b.index])
        if meets(r, value, spread):
            yield loose(_plain(r, a, b, value, spread), facts)
        else:
            tries.count(facts)
    yield from _from_afar(passage, r, pool, tries, named)
    yield from tries.left()
    if over is not None and r.role == "share":
        yield from _composition(passage, r, over)
    if r.role in ("share", "percent", "done"):
        yield from _of_siblings(passage, r, pool)
    if r.role == "share":
        yield from _of_a_hundred(passage, r)


def _sides(r: Mention, figures: Sequence[Mention], whole: frozenset[str], named: Named) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
    """What is known of each figure above the line, and below it."""
    upper, lower = named or (frozenset(), frozenset())
    return sides(r, figures, "above", r.pairs if r.own_name else frozenset(), upper), sides(r, figures, "below", whole, lower)


def _from_afar(passage: Passage, r: Mention, pool: Pool, tries: Tries, named: Named) -> Iterator[Candidate]:
    """One of the nearest amounts over any amount of the section, though nothing points to it."""
    known, own = {o.index for o in pool.levels}, pool.own[:3]
    far: dict[float, Mention] = {}
    for b in passage.near(r, SECTION, SECTION // 2):
        if b.index not in known and b.role != "change" and b.dimension not in NO_AMOUNT and b.value > 0:
            far.setdefault(b.value, b)
    wholes = [b for b in far.values() if any(a.like(b) for a in own)]
    above, below = _sides(r, own, pool.whole, named)[0], _sides(r, wholes, pool.whole, named)[1]
    for b in wholes:
        for a in own:
            value = a.value / b.value * 100
            if not a.like(b) or value > 1000:
                continue
            facts = ("ratio: over an amount from afar", f"ratio of a {r.role}, over an amount from afar", *above[a.index], *below[b.index])
            spread = (a.half / b.value + a.value * b.half / b.value ** 2) * 100
            if meets(r, value, spread):
                yield loose(_plain(r, a, b, value, spread), facts)
            else:
                tries.count(facts)


def _over(passage: Passage, r: Mention) -> float | None:
    """By how much a series of three percentages or more comes to more than a hundred: where it comes to that, none of them is misprinted."""
    return sum(m.value for m in passage.mentions[r.index - r.rank:r.index - r.rank + r.series]) - 100 if r.series > 2 else None


def _composition(passage: Passage, r: Mention, over: float) -> Iterator[Candidate]:
    """A member of a series of shares (三次产业结构为 a:b:c): one of the amounts told before over the whole that heads them."""
    before = [o for o in passage.before(r, BEFORE) if o.role == "amount" and o.dimension == "money" and o.value > 0][::-1]
    for n, b in enumerate(before):
        parts = [o for o in before[n + 1:] if o.value < b.value]
        for rank, a in enumerate(parts):
            spread = (a.half / b.value + a.value * b.half / b.value ** 2) * 100
            c = _plain(r, a, b, a.value / b.value * 100, spread)
            c.shape, c.kin = f"composition {rank} {r.rank}", f"composition {r.index - r.rank} of {b.index}"
            c.facts += ["composition"]
            c.note(("ratio: its series makes a hundred", abs(over) <= _SLACK * r.series),
                   ("composition: put right, its series makes a hundred", abs(over - r.value + c.computed) <= _SLACK * r.series),
                   ("composition: whole heads its paragraph", b.heads), ("composition: part in the same place of the list", rank == r.rank),
                   ("composition: whole in the same paragraph", b.paragraph == r.paragraph), ("composition: part is a list item", a.item))
            yield c


def _plain(r: Mention, a: Mention, b: Mention, value: float, spread: float) -> Candidate:
    return Candidate("rate", r, {"numerator": (a,), "denominator": (b,)}, value, spread).held()


def _ratio(passage: Passage, r: Mention, a: Mention, b: Mention, value: float, spread: float, whole: frozenset[str]) -> Candidate:
    c = _plain(r, a, b, value, spread)
    c.shape, c.kin = f"a/b {lies(a, r)} {lies(b, a)} {r.role} {b.role}", f"of {b.index} {r.role}"
    opened = b.index < a.index and any(o.opens for o in passage.between(b, a))
    row = a.index == r.index - 1 and b.index == a.index - 1
    given = b.role == "base" and b.index == r.index - 1
    last = next((o for o in passage.before(b, 8) if o.role == "amount" and o.like(b)), None) if given else None
    nearest = next((o for o in passage.before(r, 8) if o.role == "amount" and o is not b and o.like(b)), None)
    share = r.role == "share"
    c.note(*_of_both(a, b, whole))
    c.note(
        ("ratio: share of more than all", share and a.value > b.value),
        ("ratio: above is the nearest level before", nearest is a), ("ratio: below opens the list", opened and b.own_name and not b.among),
        ("ratio: base given, above is the nearest own level", given and last is a),
        ("ratio: part right before, whole opens the list", share and a.index == r.index - 1 and not b.among and (opened or "total" in b.tags)),
        ("ratio: part right before, whole is a fellow part", share and a.index == r.index - 1 and b.own_name and b.sentence == a.sentence
         and b.role == "amount" and (b.among or b.index > a.index) and b.among == a.among),
        ("ratio: part, of base, percent in a row", given and last is a and a.sentence == b.sentence),
        ("ratio: budget, done, percent in a row", not share and row and "budget" in b.tags and "actual" in a.tags and a.sentence == b.sentence),
        ("ratio: whole, part, share in a row", share and row and not b.among),
    )
    return c


def _of_above(passage: Passage, r: Mention, named: Named, a: Mention) -> list[str]:
    """What is true of the figure above the line, whatever stands below it."""
    return ["ratio", f"ratio of a {r.role}", *standing(a, r, passage, "above"), *true_of(
        ("ratio: a semicolon between", a.matter != r.matter and a.sentence == r.sentence),
        ("ratio: same place in their series", a.series > 1 and a.series == r.series and a.rank == r.rank),
        ("ratio: another place in their series", a.series > 1 and a.series == r.series and a.rank != r.rank),
        ("named rate: above as the name asks", named is not None and bool(a.tags & named[0])),
        ("named rate: of something else", r.role == "named" and named is None and _of_another(r, a)),
    )]


def _of_another(r: Mention, a: Mention) -> bool:
    """Tell whether a rate goes by a name that shares not a letter with that of an amount: 欠费率 beside 实收."""
    name = cues.RATE_NAME.search(r.before[-30:])
    return name is not None and not name[1].endswith("比率") and bool(a.name) and not set(name[1]) & set(a.name)


def _of_below(r: Mention, pool: Pool, named: Named, b: Mention) -> list[str]:
    """What is true of the figure below the line, whatever stands above it."""
    alike = likeness(pool.whole, b.pairs) if pool.whole else 0.5
    return true_of(
        ("ratio: below is marked as a base (X的%)", b.role == "base" and b.index == r.index - 1),
        ("ratio: below is a base elsewhere", b.role == "base" and b.index != r.index - 1),
        ("ratio: below is a comparison", b.earlier),
        ("ratio: below has a total word", "total" in b.tags),
        ("ratio: below in the same clause as percent", b.clause == r.clause),
        ("ratio: below further than the sentence", b.sentence != r.sentence),
        ("ratio: below in another paragraph", b.paragraph != r.paragraph),
        ("ratio: percent names what is below", alike >= 0.7), ("ratio: percent names something else", alike < 0.3),
        ("named rate: below as the name asks", named is not None and bool(b.tags & named[1])),
        ("ratio: of another whole than is told", _rivals(r, pool.of, b)),
        ("named rate: below is what stands above", named is not None and "budget" not in b.tags and bool(b.tags & named[0])),
    )


def _rivals(r: Mention, of: str, b: Mention) -> bool:
    """Tell whether a percentage is said to be of another whole: of 年初预算 beside 调整预算, of 基本支出 beside all there is, a rate of the budget beside what came in."""
    told = b.lead[-40:] + b.after[:8]
    adjusted = bool(cues.ADJUSTED.search(told))
    if cues.ADJUSTED.search(of) and not adjusted or cues.FIRST.search(of) and adjusted:
        return True
    if "预算执行" in r.before and "received" in b.tags and "budget" not in b.tags:
        return True
    called = cues.NAMED_WHOLE.search(of)
    return called is not None and called.group() not in told


def _of_both(a: Mention, b: Mention, whole: frozenset[str]) -> Said:
    """The facts of how the figures above (a) and below (b) the line stand to each other, whatever lies between; `whole`: what the percentage is said to be of."""
    return (
        ("ratio: below earlier than above", b.index < a.index),
        ("ratio: above more than below", a.value > b.value),
        ("ratio: below heads its paragraph", b.heads and b.paragraph == a.paragraph),
        ("ratio: below heads a paragraph before", b.heads and b.paragraph < a.paragraph),
        ("ratio: percent names what is above", bool(whole) and likeness(whole, a.pairs) >= 0.7 > likeness(whole, b.pairs)),
        ("ratio: names of above and below alike", likeness(a.pairs, b.pairs) >= 0.7),
        ("ratio: years differ", bool(a.year and b.year and a.year != b.year)),
        ("ratio: income against spending", bool((a.tags ^ b.tags) & {"income"}) and bool((a.tags ^ b.tags) & {"spend"})),
        ("ratio: same value twice", a.value == b.value),
        ("ratio: budget below what was done", "budget" in b.tags and "actual" in a.tags),
        ("ratio: what was done below the budget", "budget" in a.tags and "actual" in b.tags and "budget" not in b.tags),
    )


def _of_siblings(passage: Passage, r: Mention, pool: Pool) -> Iterator[Candidate]:
    """A part over the sum of the parts listed beside it, where the total is not printed."""
    a = next((o for o in pool.own if o.role == "amount"), None)
    if a is None:
        return
    around = passage.mentions[max(0, a.index - 12):a.index + 16]
    group = [o for o in around if o.role == "amount" and o.like(a) and o.paragraph == a.paragraph and o.depth == a.depth]
    whole = sum(o.value for o in group)
    if len(group) >= 2 and whole > 0:
        rest = tuple(o for o in group if o is not a)
        c = Candidate("rate", r, {"numerator": (a,), "denominator": (a, *rest)}, a.value / whole * 100, 0.0,
                      shape=f"a/sum {lies(a, r)} {r.role}", kin="sum of " + " ".join(str(o.index) for o in group)).held()
        c.facts += ["share of the siblings' sum", f"siblings' sum of a {r.role}"]
        c.note(("siblings: the share is followed by its like", any(o.role == r.role and o.dimension == "rate" for o in passage.mentions[r.index + 1:r.index + 3])))
        yield c


def _of_a_hundred(passage: Passage, r: Mention) -> Iterator[Candidate]:
    """A part over the sum of all parts whose shares make a hundred per cent, each told right before its share, where that sum is nowhere printed."""
    told = [(passage.mentions[o.index - 1], o) for o in passage.mentions[max(1, r.index - SECTION):r.index + SECTION]
            if o.role == "share" and o.dimension == "rate" and o.tail == r.tail and passage.mentions[o.index - 1].role == "amount"]
    at = next((n for n, (_, o) in enumerate(told) if o is r), None)
    for group in _hundreds(told, at) if at is not None else ():
        parts = tuple(a for a, _ in group)
        whole, own = sum(a.value for a in parts), passage.mentions[r.index - 1]
        if any(o.like(own) and abs(o.value - whole) <= o.half + sum(a.half for a in parts) for o in passage.near(r, SECTION, SECTION)):
            continue
        c = Candidate("rate", r, {"numerator": (own,), "denominator": parts}, own.value / whole * 100, 0.0, shape=f"of a hundred {len(parts)}").held()
        c.facts += ["share of the sum of all whose shares make a hundred"]
        yield c


Told = Sequence[tuple[Mention, Mention]]


def _hundreds(told: Told, at: int) -> Iterator[Told]:
    """The runs of parts and shares around one of them that make a hundred per cent."""
    for low in range(max(0, at - 7), at + 1):
        for high in range(max(at, low + 1), min(len(told), low + 12)):
            group = told[low:high + 1]
            if abs(sum(o.value for _, o in group) - 100) <= sum(o.half for _, o in group) and all(a.like(group[0][0]) for a, _ in group):
                yield group
