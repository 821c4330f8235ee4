"""Two readings that fail as printed and agree on what one figure should be, though it is no slip of the pen away.

A total that was not brought up to date, or forgets a part, is wrong in more than one digit, and often comes to some of what it is made of: that it does so
explains nothing where the whole listing and another relation, which rests on other figures, both ask for the same value.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from fusuan.relations._backing import computed
from fusuan.relations._fit import compare
from fusuan.relations._question import Candidate, Question
from fusuan.relations._weigh import NEVER, Answer
from fusuan.relations.passages.mention import Mention

DIGITS = 4
"""A figure of fewer is what too many formulas come to."""
LIKELY, POSSIBLE = 0.1, 0.02
"""The share by wording of the reading that says what a figure should be, and of the one that agrees."""
SHARP, ENOUGH = 0.005, 10.0
"""How likely by accident the second may come out, and by how much both together must be likelier than that."""
FAR = 0.12
"""What a figure should be lies no farther from what is printed; farther off, or printed itself, it is another figure."""
MOST = 8
"""So many readings of a figure are held against each other, the likeliest first."""


def agreed(asked: Sequence[Question], told: Sequence[Answer]) -> Iterator[Answer]:
    """Yield what is broken because two readings of a figure agree on another value, each figure once."""
    figures, readings = _readings(asked)
    printed = {q.stated.value for q in asked}
    holds = [(a, a.candidate.figures) for a in told if a.verdict == "holds"]
    accused = {i for a in told if a.verdict == "broken" for i in a.candidate.figures}
    best: dict[int, tuple[float, Answer]] = {}
    for index, found in readings.items():
        if index not in accused:
            for score, c, o in _pairs(figures[index], found, printed):
                if all(_explained(a, its, c, o) for a, its in holds if index in its) and score > best.get(index, (0.0,))[0]:
                    best[index] = score, _answer(figures[index], c, o)
    taken: set[int] = set()
    for _, answer in sorted(best.values(), key=lambda pair: -pair[0]):
        if taken.isdisjoint(its := answer.candidate.figures):
            taken |= its
            yield answer


def _readings(asked: Iterable[Question]) -> tuple[Mapping[int, Mention], Mapping[int, Sequence[Candidate]]]:
    """The figures, and the likely readings of each that fail, the likeliest first."""
    figures: dict[int, Mention] = {}
    found: dict[int, list[Candidate]] = defaultdict(list)
    for c in (c for q in asked if not q.idle for c in q.candidates):
        if c.prior >= POSSIBLE and len(c.operands) > 1 and not c.fit.fits and c.shape != "loose" and c.kind != "mention" and not c.stated.remarked and NEVER.isdisjoint(c.facts):
            for m in (c.stated, *c.operands):
                if len(m.digits.rstrip("0")) >= DIGITS or len(m.digits) >= DIGITS and m.half:
                    figures[m.index] = m
                    found[m.index].append(c)
    return figures, {index: sorted(own, key=lambda c: -c.prior)[:MOST] for index, own in found.items() if len(own) > 1}


def _pairs(m: Mention, found: Sequence[Candidate], printed: Collection[float]) -> Iterator[tuple[float, Candidate, Candidate]]:
    """The readings that ask for a value of a figure, each with another that comes out with it, and how much both say together."""
    for c in found:
        value = _asked_for(c, m) if c.prior >= LIKELY else 0.0
        off = abs(value / m.step - round(value / m.step)) > 1e-6 * max(1.0, value / m.step) + 0.01
        if off or abs(value - m.value) > FAR * m.value or any(abs(value - other) < m.step / 2 for other in printed):
            continue
        for o in found:
            if o is not c and ((shared := o.figures & c.figures) == {m.index} or o.kind == "change" and shared == {m.index, *o.key}):
                right, its = (value, o.computed) if o.stated is m else (None, computed(o, {m.index: value}))
                fit = compare(o.stated, its, o.spread, right=right)
                if fit.fits and fit.chance <= SHARP and c.prior * o.prior / fit.chance >= ENOUGH:
                    yield c.prior * o.prior / fit.chance, c, o


def _asked_for(c: Candidate, m: Mention) -> float:
    """The value of a figure with which a sum, a difference or a balance comes out; 0 where a reading is none."""
    if c.stated.dimension == "rate" or c.kind not in ("parts", "balance", "change"):
        return 0.0
    if m is c.stated:
        return c.computed
    by = computed(c, {m.index: m.value + m.step}) - computed(c, {})
    return m.value + (c.stated.value - c.computed) * (1 if by > 0 else -1) if by else 0.0


def _explained(a: Answer, its: frozenset[int], c: Candidate, o: Candidate) -> bool:
    """Tell whether an answer that holds may do so because a part was forgotten: it has all but one or two of the figures of a reading, or as many more."""
    return a.candidate.shape == "loose" or any(len(its ^ both) <= 2 and (its < both or its > both) for both in (c.figures, o.figures))


def _answer(m: Mention, c: Candidate, o: Candidate) -> Answer:
    """The reading that states the figure is told, with the other beside it."""
    first, second = (o, c) if o.stated is m and c.stated is not m else (c, o)
    return Answer("broken", first, min(0.99, first.prior), (tuple(f for f in (second.stated, *second.operands) if f is not m),))
