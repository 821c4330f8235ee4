"""同一数字多处表述一致

同名的数字在别处又出现，或在条目开头与条目之内各说一次；由 mention 复算。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import regex

from fusuan.relations._pool import Pool, same
from fusuan.relations._question import Candidate, loose, stand_in
from fusuan.relations.passages.mention import NO_AMOUNT, Mention, Passage, likeness

TOPIC = "repeat"
_MEAN = regex.compile(r"均(?:为|是|约|达)?\s?$")
_ROLES = frozenset(("amount", "change", "growth", "share", "done", "named"))


def ask(pool: Pool) -> Iterator[Candidate]:
    """Yield the earlier figures that a figure may repeat: those of its value, its namesakes, the head of its paragraph."""
    passage, m = pool.passage, pool.stated
    if m.role not in _ROLES or m.dimension in NO_AMOUNT - {"rate"} or not m.value:
        return
    known: set[int] = set()
    for o in (*_namesakes(passage, m), *_head(passage, m)):
        if o.index not in known and o.role in _ROLES:
            known.add(o.index)
            yield _repeat(m, o)
    yield from _equal(passage, m, known)
    yield from _in_rows(passage, m)


def _in_rows(passage: Passage, m: Mention) -> Iterator[Candidate]:
    """The nearest figure of the same digits in the rows of a table that stands among the sentences, whose heads may hold the unit."""
    facts = ("repeat: stands in a row of figures", f"repeat of a {m.role}, stands in a row of figures")
    equal = passage.by_digits.get((m.figure.value, m.decimals)) if m.dimension == "money" else None
    if equal:
        o = min(equal, key=lambda o: abs(o.start - m.start))
        cell = replace(o, figure=replace(o.figure, unit=m.figure.unit), value=m.value, half=m.half)
        yield loose(Candidate("mention", m, {"other": (cell,)}, cell.value, 0.0).held(), facts)
        yield stand_in(m, facts, len(passage.cells))


def _equal(passage: Passage, m: Mention, known: set[int]) -> Iterator[Candidate]:
    """The last earlier figure of the same value, among all the earlier ones that are not."""
    facts = ("repeat: nothing but the value", f"repeat of a {m.role}, nothing but the value")
    equal = (o for o in passage.equals(m) if o.index not in known and o.role in _ROLES and _is_mean(o) == _is_mean(m))
    others = m.index - len(known)
    for o in islice(equal, 1):
        yield Candidate("mention", m, {"other": (o,)}, o.value, 0.0, list(facts), shape="loose").held()
    if others > 0:
        yield stand_in(m, facts, others)


def _is_mean(m: Mention) -> bool:
    """Tell whether a figure is said to be a mean, which no amount of its value is told again."""
    return bool(_MEAN.search(m.before))


def _namesakes(passage: Passage, m: Mention) -> list[Mention]:
    """The nearest earlier figures under the same name."""
    namesakes = (o for o in passage.named(m) if o.dimension == m.dimension)
    return [*islice(namesakes, 3)][::-1] if m.own_name else []


def _head(passage: Passage, m: Mention) -> list[Mention]:
    return [o for o in passage.before(m, 8) if o.heads and o.paragraph == m.paragraph and o.like(m)] if m.role == "amount" else []


def _repeat(m: Mention, o: Mention) -> Candidate:
    c = Candidate("mention", m, {"other": (o,)}, o.value, o.half if o.half > m.half else 0.0).held()
    within = o.heads and o.paragraph == m.paragraph
    c.shape = f"repeat {m.tail}" if within else ""
    alike, one = likeness(m.pairs, o.pairs), same(m, o)
    c.facts.append("repeat")
    c.note(
        ("repeat: one name", bool(m.pairs) and m.name == o.name), ("repeat: nearly one name", m.name != o.name and one),
        ("repeat: names partly alike", alike >= 0.5 and not one), ("repeat: names unlike", alike < 0.5),
        ("repeat: of the head of its paragraph", within), ("repeat: no name of its own", not m.own_name),
        ("repeat: in one sentence", m.sentence == o.sentence), ("repeat: in one paragraph", m.paragraph == o.paragraph),
        ("repeat: roles differ", m.role != o.role), (f"repeat: of a {m.role}", m.role == o.role),
        ("repeat: directions differ", m.direction != o.direction),
        ("repeat: years differ", bool(m.year and o.year and m.year != o.year)),
        ("repeat: one is last year's", m.last_year != o.last_year),
        ("repeat: measures differ", bool(m.tags & {"budget", "actual"}) and m.tags & {"budget", "actual"} != o.tags & {"budget", "actual"}),
        ("repeat: one is a total", ("total" in m.tags) != ("total" in o.tags)),
        ("repeat: income and spending", ("income" in m.tags) != ("income" in o.tags)),
        ("repeat: units differ", m.figure.unit != o.figure.unit),
    )
    return c
