"""合计 = 各分项之和

正文中“共（合计）若干，其中：……”，合计之后（或之前）同类的各数相加；由 parts 复算。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cache
from itertools import accumulate, chain, pairwise, takewhile
from operator import and_

from fusuan.patterns import whole
from fusuan.relations._listing import REACH, alike, column, like_of, numbered, ways
from fusuan.relations._parts import about_edge, about_likeness, about_parts, about_shares
from fusuan.relations._question import Candidate, Said, Tries, loose
from fusuan.relations.passages.mention import Mention, Passage

TOPIC = "sum"
STARTS = 8
ABSURD = 3
"""Amounts that come to so many times a total are not its parts, and with more of them still less so."""
Seen = dict[tuple[int, int, int, float], str | tuple[Candidate, tuple[str, ...]]]
"""The runs met: the way in which one was asked, or one that nothing points to, which waits until no other way does."""


def ask(passage: Passage, t: Mention) -> Iterator[Candidate]:
    """Yield the runs of amounts that a figure may be the sum of."""
    if not t.like(t) or t.role == "prior":
        return
    seen: Seen = {}
    tries = Tries(t)
    for down in (True, False):
        like = like_of(passage, t, down)
        if down and like and like[0].opens and like[0].value == t.value:
            yield _only_part(t, like)
        every = like_of(passage, t, down, whatever=True)
        picked = chain(ways(passage, t, like, down), [("whatever part they play", every)] if len(every) > len(like) else [])
        for way, run in picked if len(every) > 1 else ():
            yield from _runs(passage, t, way, run, like, down, seen, tries)
        if down:
            yield from _divided(passage, t, like, seen)
        yield from _namesakes(passage, t, down, tries)
        yield from _scattered(passage, t, like[:12], down, tries)
        yield from _ranked(passage, t, like, down, tries)
    yield from _left(seen, tries)


def outer(passage: Passage, t: Mention, heads: Mapping[int, int]) -> Iterator[Candidate]:
    """Yield the runs that leave out the parts of other totals; `heads`: of a part's index, that of its total."""
    if not t.like(t) or t.role == "prior":
        return
    if not any(heads.get(o.index, t.index) != t.index and o.like(t) for o in passage.near(t, REACH, REACH)):
        return
    seen: Seen = {}
    tries = Tries(t)
    for down in (True, False):
        like = like_of(passage, t, down)
        run = [o for o in like if heads.get(o.index, t.index) == t.index]
        if 1 < len(run) < len(like):
            yield from _runs(passage, t, "without parts of parts", run, like, down, seen, tries)
    yield from _left(seen, tries)


def _left(seen: Seen, tries: Tries) -> Iterator[Candidate]:
    """The runs that nothing points to: those that come out, and how many do not."""
    yield from (loose(*met) for met in seen.values() if not isinstance(met, str))
    yield from tries.left()


def _only_part(t: Mention, like: list[Mention]) -> Candidate:
    """A listing of one part, which is all of it: 购置 17 万元，其中：书架 17 万元."""
    part = like[0]
    c = Candidate("parts", t, {"parts": (part,)}, part.value, part.half, shape="only part").held()
    c.facts.append("sum: of one part that is all of it")
    c.note(("sum: the only part opened by 其中", part.opens == "其中"), ("sum: no other part in its sentence", len(like) < 2 or like[1].sentence != part.sentence))
    return c


def _divided(passage: Passage, t: Mention, like: list[Mention], seen: Seen) -> Iterator[Candidate]:
    """The first neighbours that are called all into which the field divides something, wherever they stand."""
    for start, end in ((start, start + more) for start in range(len(like)) for more in (1, 2)):
        if whole([o.name for o in like[start:end + 1]]):
            run = like[start:end + 1]
            total, spread = sum(_sign(t, o) * o.value for o in run), sum(o.half for o in run)
            key = run[0].index, run[-1].index, end - start, total
            if not isinstance(seen.get(key), str):
                seen[key] = way = "all that the field divides into"
                yield _sum(passage, t, way, like, start, end, _candidate(t, like, start, end, _size(t, total), spread, True), like, True)
            return


def _namesakes(passage: Passage, t: Mention, down: bool, tries: Tries) -> Iterator[Candidate]:
    """The figures of the same name, one a group, in brackets or out: 负债 a … 行政单位资产 x, 负债 y; 事业单位资产 z, 负债 w."""
    around = passage.mentions[t.index + 1:t.index + 1 + REACH] if down else passage.mentions[max(0, t.index - REACH):t.index][::-1]
    run = [o for o in around if o.like(t) and o.role == t.role and (o.own_name and o.name == t.name or len(t.tail) > 2 and o.tail == t.tail)]
    total, spread = 0.0, 0.0
    for end, o in enumerate(run[:12]):
        total, spread = total + o.value, spread + o.half
        if not end:
            continue
        facts = ("sum: of all that bear its name", "sum: of all that bear its name down" if down else "sum: of all that bear its name up",
                 *(("sum: of all that bear its name, to the last",) if end == len(run) - 1 else ()))
        if abs(total - t.value) <= t.half + spread:
            yield loose(_candidate(t, run, 0, end, total, spread, down), facts)
        else:
            tries.count(facts)


def _scattered(passage: Passage, t: Mention, like: list[Mention], down: bool, tries: Tries) -> Iterator[Candidate]:
    """Two amounts close by, whatever stands between them."""
    near = [o for o in like if 0 < o.value < t.value]
    anywhere = ("sum: of two anywhere near", "sum: of two anywhere near, down" if down else "sum: of two anywhere near, up")
    beside = (*anywhere, "sum: of two anywhere near, one paragraph")
    for b, a in ((b, a) for j, b in enumerate(near) for a in near[:j]):
        facts = beside if a.paragraph == b.paragraph == t.paragraph else anywhere
        if abs(a.value + b.value - t.value) <= t.half + a.half + b.half:
            yield loose(_candidate(t, [a, b], 0, 1, a.value + b.value, a.half + b.half, down), facts)
        else:
            tries.count(facts)


def _ranked(passage: Passage, t: Mention, like: list[Mention], down: bool, tries: Tries) -> Iterator[Candidate]:
    """The first, second or third like figure of each paragraph, sentence or clause group, whatever it is called."""
    told = like if down else like[::-1]
    for unit in ("paragraph", "sentence", "clause") if len(like) > 3 else ():
        groups: dict[int, list[Mention]] = {}
        for o in told:
            groups.setdefault(getattr(o, unit), []).append(o)
        groups.pop(getattr(t, unit), None)
        several = [group for group in groups.values() if len(group) > 1]
        if len(several) < 2:
            continue
        for rank in (0, 1, 2):
            run = [group[rank] for group in several if len(group) > rank]
            total = sum(o.value for o in run)
            spread = sum(o.half for o in run)
            facts = ("sum: of the figures in one place of each group", f"sum: of the figures in one place of each {unit}")
            if len(run) > 1 and abs(total - t.value) <= t.half + spread:
                yield loose(_candidate(t, run if down else run[::-1], 0, len(run) - 1, total, spread, down), facts)
            elif len(run) > 1:
                tries.count(facts)


def _runs(passage: Passage, t: Mention, way: str, run: list[Mention], like: list[Mention], down: bool,
          seen: Seen, tries: Tries) -> Iterator[Candidate]:
    """Runs of neighbours: those from the total to a joint of the text are asked, of the others those that come out."""
    begins = _beginnings(t, run, down)
    closes = [*(_closes(passage, a, b) for a, b in pairwise(run)), True] if begins else []
    aligned = list(accumulate((o.heads or o.item for o in run), and_)) if begins else []  # one part a paragraph or item
    where = [2 if o.sentence == t.sentence else int(o.paragraph == t.paragraph) for o in run]
    failed: dict[tuple[bool, bool, int], int] = {}
    for start, end, total, spread, fits in _added(t, run, down):
        structural = start in begins and closes[end] and (run[end].paragraph - run[start].paragraph < 2 or aligned[end])
        kind = start == 0, end - start == 1, where[end] if where[end] < where[start] else where[start]
        if not structural and not fits:
            failed[kind] = failed.get(kind, 0) + 1
            continue
        key = run[start].index, run[end].index, end - start, total
        if structural and not isinstance(seen.get(key), str):
            seen[key] = way
            yield _sum(passage, t, way, run, start, end, _candidate(t, run, start, end, _size(t, total), spread, down), like, down)
        elif key not in seen:
            seen[key] = _candidate(t, run, start, end, _size(t, total), spread, down), _class(down, *kind)
    for kind, count in failed.items():
        tries.count(_class(down, *kind), count)


def _beginnings(t: Mention, run: list[Mention], down: bool) -> Set[int]:
    """Where in a run a listing may begin: with its first figure, or with one that a word or a list marker opens."""
    if not _listed(t, run, down):
        return frozenset()
    return {0, *(start for start, o in enumerate(run[1:4], 1) if o.opens or o.item)}


def _added(t: Mention, run: list[Mention], down: bool) -> Iterator[tuple[int, int, float, float, bool]]:
    """Add neighbours up: the first and the last of each run, what it comes to, what rounding allows, and whether that is the total."""
    plain, slack, stated, absurd = t.role != "change", t.half + 1e-9 * abs(t.value), t.value, ABSURD * t.value
    signed, halves = [o.value if plain else _sign(t, o) * o.value for o in run], [o.half for o in run]
    for start in range(min(len(run) - 1, STARTS)):
        total, spread, taken = signed[start], halves[start], signed[start] == stated
        for end in range(start + 1, min(len(run), start + 24)):
            total += signed[end]
            spread += halves[end]
            taken = taken or signed[end] == stated
            value = total if plain else abs(total)
            if plain and taken and value > stated:
                break  # a part that is all of it leaves nothing to the others
            fits = abs(value - stated) <= slack + spread
            if fits and not down and end + 1 < len(run) and run[end + 1].value == t.value and run[end + 1].paragraph != t.paragraph:
                break  # they are told after a total of their own, which comes to as much
            yield start, end, total, spread, fits
            if plain and value > absurd:
                break


def _size(t: Mention, total: float) -> float:
    """What a run comes to: reasons for a change may come to a fall."""
    return abs(total) if t.role == "change" else total


@cache
def _class(down: bool, first: bool, two: bool, where: int) -> tuple[str, ...]:
    """The coarse facts of a run that begins or ends nowhere in particular; `where`: 2 in the sentence of its total, 1 in its paragraph."""
    facts = ["sum: loose", "sum: loose down" if down else "sum: loose up"]
    if first:
        facts.append("sum: loose, nothing skipped")
    if two:
        facts.append("sum: loose, two parts")
    if where:
        facts.append("sum: loose, one sentence" if where == 2 else "sum: loose, one paragraph")
    return tuple(facts)


def _listed(t: Mention, run: list[Mention], down: bool) -> bool:
    """Tell whether anything points to a listing: a word that opens or closes one, list items, brackets."""
    if "total" in t.tags:
        return True
    return any(o.opens or o.item or o.depth > t.depth for o in run[:4]) or t.role != "amount" if down else t.closes


def _sign(t: Mention, o: Mention) -> int:
    """Reasons for a change go with it or against it."""
    return t.direction * o.direction if t.role == "change" and t.direction and o.direction else 1


def _closes(passage: Passage, a: Mention, b: Mention) -> bool:
    """Tell whether a listing may end between two figures: with a sentence or a bracket, but not within a list of items."""
    if a.item and b.item:
        return False
    low, high = (a.end, b.start) if a.start < b.start else (b.end, a.start)
    return a.sentence != b.sentence or a.depth != b.depth or bool(a.opens if a.index > b.index else b.opens) or ";" in passage.text[low:high]


def _candidate(t: Mention, run: list[Mention], start: int, end: int, value: float, spread: float, down: bool) -> Candidate:
    chosen = run[start:end + 1] if down else run[start:end + 1][::-1]
    plus, minus = tuple(chosen), tuple[Mention, ...]()
    if t.role == "change":
        plus, minus = tuple(o for o in chosen if _sign(t, o) > 0), tuple(o for o in chosen if _sign(t, o) < 0)
    if not plus:
        plus, minus = minus, ()
    return Candidate("parts", t, {"parts": plus, **({"minus": minus} if minus else {})}, value, spread, partial=True).held()


def _sum(passage: Passage, t: Mention, way: str, run: list[Mention], start: int, end: int, c: Candidate, like: list[Mention],
         down: bool) -> Candidate:
    parts = run[start:end + 1] if down else run[start:end + 1][::-1]
    edge = run[end]
    beyond = next((o for o in (like[like.index(edge) + 1:] if edge in like else []) if o.depth <= edge.depth and (edge.among or not o.among)), None)
    side = "down" if down else "up"
    first, last = parts[0], parts[-1]
    chosen = c.key
    own = column(t)
    within = [o for o in passage.mentions[first.index:last.index + 1]
              if o.like(t) and o.index not in chosen and o.index != t.index and column(o) == own]
    unsaid = any(not o.among and o.depth <= first.depth for o in within)
    ends = beyond is None or beyond.sentence != edge.sentence and not (beyond.item and first.item) or beyond.depth < edge.depth
    complete = start == 0 and ends and not unsaid
    opener = first.opens or next((o.opens for o in passage.mentions[t.index + 1:first.index] if o.opens), "") if down and start == 0 else ""
    opened = bool(opener)
    bracketed = down and first.depth > t.depth and last.depth > t.depth
    items = all(o.item for o in parts)
    one = first.sentence == last.sentence
    c.shape = f"sum {side} {way} {opener} {bracketed} {items} {one and first.sentence == t.sentence} {complete} {len(parts) == 2}"
    c.facts = [f"sum {side}", f"sum {side}: {way}", f"sum of {own}s"]
    c.note(
        ("sum: two parts", len(parts) == 2), ("sum: four parts and more", len(parts) >= 4),
        (f"sum {side}: nothing skipped", start == 0),
        (f"sum {side}: opened by a word for parts", opened or not down and bool(t.opens)),
        (f"sum: opened by {opener}", opened), (f"sum: opened by {opener}, all of it", opened and complete),
        ("sum: 分别 of another matter", opener == "分别" and first.matter != t.matter), ("sum: opened right after", opened and start == 0), ("sum: opened, same sentence", opened and first.sentence == t.sentence),
        ("sum: skips figures in between", bool(within)), ("sum: skips figures not said to be parts of parts", unsaid),
        ("sum: opened listing, all of it", complete and opened and (one or last.item)),
        ("sum: listing in brackets, all of it", complete and bracketed),
        ("sum: closing total, all before it", complete and not down and t.closes
         and not any(o.sentence == first.sentence and o.like(t) for o in passage.before(first, 6))),
        ("sum: list of items, all of it", complete and down and items and not (beyond is not None and beyond.item)),
        ("sum: like figures between the total and its parts", down and any(alike(t, o) for o in takewhile(lambda o: o.index < first.index, like))),
        ("sum: every item of a numbered list", way.startswith("one an item") and len(parts) == len(run) and numbered(parts)),
        ("sum: runs over sentences, not items", not one and not last.item),
        ("sum: starts inside a sentence", down and start > 0 and not first.opens and not first.item),
        ("sum: parts are list items", items), ("sum: some are list items", not items and any(o.item for o in parts[1:])),
        ("sum: one sentence", one and first.sentence == t.sentence), ("sum: parts in one sentence, total in another", one and first.sentence != t.sentence),
    )
    c.note(*_about_total(passage, t, first, down), *about_edge(edge, beyond, first, side), ("sum: brackets hold all parts", bracketed and (beyond is None or beyond.depth <= t.depth)))
    c.note(*about_parts(t, parts, down), *about_shares(passage, parts), *about_likeness(passage, t, parts, beyond))
    return c


def _about_total(passage: Passage, t: Mention, first: Mention, down: bool) -> Said:
    """The facts of a total by itself: what it counts, the words at it, where it stands."""
    return (
        ("sum: counts", t.dimension != "money"), (f"sum {'down' if down else 'up'}: total word on the total", "total" in t.tags),
        ("sum: closing word", t.closes and not down),
        ("sum: total heads its sentence", down and not any(o.like(t) and o.sentence == t.sentence for o in passage.before(t, 4))),
        ("sum: total heads its paragraph", down and t.heads),
        ("sum: the total in brackets, its parts after them", down and first.depth < t.depth),
    )
