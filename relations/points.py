"""百分点 = 两率之差

正文中“提高（下降）若干个百分点”，与前后两个比率核对；由 change 复算。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.relations._fit import meets
from fusuan.relations._pool import Pool, lies
from fusuan.relations._question import Candidate
from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import Mention, likeness

TOPIC = "points"
_AIM = regex.compile(r"目标|预算|计划|标准|平均|要求")
"""比年初目标 is no comparison of two times."""


def ask(pool: Pool) -> Iterator[Candidate]:
    """Yield the pairs of percentages whose difference some percentage points may be."""
    m = pool.stated
    if m.dimension != "points":
        return
    rates = [_signed(o) for o in pool.passage.near(m, 10, 3) if o.dimension == "rate"]
    for a in rates:
        for b in rates:
            gap = a.value - b.value
            if a.index != b.index and gap and (gap * m.direction > 0 or not m.direction and a.index < b.index):
                if not (m.direction and _plainly(m, b, a) and meets(m, abs(gap), 0.0)):  # the other way round nobody means it
                    yield _points(m, a, b)
            elif gap * m.direction < 0 and _plainly(m, a, b) and meets(m, abs(gap), 0.0):
                c = _points(m, a, b)
                c.facts += ["direction contradicted", "direction contradicted: of what is plainly compared"]
                yield c


def _plainly(m: Mention, a: Mention, b: Mention) -> bool:
    """Tell whether two rates right before are plainly one of now and one compared with: 46.76%,比年初(48.13%)上升1.37个百分点."""
    near = a.index == m.index - 2 and b.index == m.index - 1 and a.sentence == b.sentence == m.sentence and a.matter == b.matter == m.matter
    of_time = cues.COMPARE.search(b.before) and cues.EARLIER.search(b.before) and not _AIM.search(b.before)
    return near and "growth" not in (a.role, b.role) and not a.remarked and bool(of_time)


def _signed(rate: Mention) -> Mention:
    """A rate of growth with its sign: 下降 3.2% is below 增长 1%."""
    if rate.role != "growth" or rate.direction >= 0 or rate.value < 0:
        return rate
    return replace(rate, value=-rate.value, figure=replace(rate.figure, value=-rate.figure.value))


def _points(m: Mention, a: Mention, b: Mention) -> Candidate:
    c = Candidate("change", m, {"now": (a,), "before": (b,)}, abs(a.value - b.value), a.half + b.half,
                  shape=f"points {lies(a, m)} {lies(b, a)} {a.role} {b.role}", falls=a.value < b.value).held()
    c.facts.append("points")
    c.note(
        ("points: both right before", {a.index, b.index} == {m.index - 1, m.index - 2}),
        ("points: the later right before", a.index == m.index - 1), ("points: the earlier right before", b.index == m.index - 1),
        ("points: same sentence", a.sentence == b.sentence == m.sentence),
        ("points: a rate in another paragraph", a.paragraph != m.paragraph or b.paragraph != m.paragraph),
        ("points: base marked", bool(cues.EARLIER.search(b.before) or cues.COMPARE.search(b.before[-12:]))),
        ("points: roles alike", a.role == b.role), ("points: names alike", likeness(a.pairs, b.pairs) >= 0.7),
    )
    return c
