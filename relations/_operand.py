"""Which operand of a reading, set right by one slip of the pen, makes it come out.

What is stated may be right, and a figure misprinted that it rests on: where the wording makes a reading sure, no slip of what is stated
explains why it fails, and one slip of an operand does, the reading is told with the operand to blame.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from fusuan.relations._backing import computed
from fusuan.relations._fit import SLIP, Fit, chance_of_meeting, chance_of_slip
from fusuan.relations._mending import right_digits, vouched
from fusuan.relations._question import Candidate, Question
from fusuan.relations._weigh import BROKEN, HOLDS, Answer, accusable
from fusuan.relations.passages.mention import Mention

SURE = 0.5
"""The share by wording of a reading that is looked at."""
_KINDS = ("parts", "balance", "rate", "change")


def operands_to_blame(asked: Iterable[Question], told: Sequence[Answer]) -> Iterator[Answer]:
    """Yield the readings that a misprinted operand explains, where none of their figures is accused already."""
    right = vouched(told)
    taken = {index for a in told if a.verdict == "broken" for index in a.candidate.key | {a.candidate.stated.index}}
    for q in asked:
        c = _reading(q)
        if c is not None and taken.isdisjoint(c.key | {q.stated.index}):
            open_ = [m for m in c.operands if m.index not in right and m.value > 0]
            if answer := _answer(q, c, open_):
                yield answer


def placed(answer: Answer, right: Collection[int]) -> Answer:
    """An accusation of a total that other relations show to be right is told of the one part that a slip explains."""
    c = answer.candidate
    if answer.verdict != "broken" or c.stated.index not in right:
        return answer
    ways = [m for m in c.operands if m.index not in right and m.value > 0 for _ in _ways(c, m)]
    part = _of_part(c, ways[0]) if len(ways) == 1 else None
    return replace(answer, candidate=part) if part else answer


def _reading(q: Question) -> Candidate | None:
    """The reading that the wording makes sure, where it fails and no slip of what is stated explains it."""
    if q.idle or sum(c.posterior for c in q.candidates if c.fit.fits) >= HOLDS:
        return None
    best = max(q.candidates, key=lambda c: c.prior)
    return best if best.kind in _KINDS and best.prior >= SURE and not best.fit.fits and not best.fit.slip else None


def _answer(q: Question, c: Candidate, suspects: Sequence[Mention]) -> Answer | None:
    """The reading with an operand to blame, if it may be accused: any of the suspects could have been the one."""
    ways = [(m, value) for m in suspects for value in _ways(c, m)]
    if not ways:
        return None
    chance = min(0.4, sum(_chance(c, m) for m in suspects))
    told = replace(c, fit=Fit(SLIP, chance, "digit"))
    odds = c.prior / (1 - c.prior) * told.fit.weight
    if odds < BROKEN / (1 - BROKEN) or not accusable(told, [told, *(o for o in q.candidates if not o.fit.fits and o is not c)]):
        return None
    certainty = odds / (1 + odds)
    if len(ways) == 1 and (part := _of_part(told, ways[0][0])):
        return Answer("broken", part, certainty)
    return Answer("broken", told, certainty, instead=tuple(ways))


def _ways(c: Candidate, m: Mention) -> Iterator[float]:
    """The values of an operand that set a reading right to the last digit: what rounding leaves open, some digit or other always meets."""
    for _, value in right_digits(c, m):
        if abs(abs(computed(c, {m.index: value})) - c.stated.value) <= c.stated.half + 1e-9 * c.stated.value:
            yield value


def _chance(c: Candidate, m: Mention) -> float:
    """How likely it is by accident that a slip of an operand sets a reading right."""
    return chance_of_slip(m) if c.kind in ("parts", "balance") else 9 * len(m.digits) * chance_of_meeting(c.stated)


def _of_part(c: Candidate, m: Mention) -> Candidate | None:
    """A listing told of one of its parts: as what the total leaves of the others; None of what is no listing."""
    rest = tuple(o for o in c.operands if o is not m)
    if not rest or c.kind != "parts" or c.roles.keys() != {"parts"}:
        return None
    return replace(c, kind="balance", stated=m, roles={"income": (c.stated,), "outgo": rest}, computed=c.stated.value - sum(o.value for o in rest))
