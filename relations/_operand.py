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
_WHOLE = "sum: parts named as all that the field divides into"
"""A listing that falls short may leave parts out, unless it has this."""


def operands_to_blame(asked: Iterable[Question], told: Sequence[Answer]) -> Iterator[Answer]:
    """Yield the readings that a misprinted operand explains, where none of their figures is accused already."""
    right = vouched(told)
    taken = {index for a in told if a.verdict == "broken" for index in a.candidate.key | {a.candidate.stated.index}}
    for q in asked:
        c = _reading(q)
        if c is not None and taken.isdisjoint(c.key | {q.stated.index}):
            if answer := _answer(q, c, right):
                yield answer


def placed(answer: Answer, right: Collection[int]) -> Answer:
    """An accusation at the figure to blame: the one part that a slip explains where the total is shown to be right; with what
    operands would have to be where no slip of what is stated explains it.
    """
    c = answer.candidate
    vouched_for = c.stated.index in right
    if answer.verdict != "broken" or c.kind not in _KINDS or c.fit.slip and not vouched_for:
        return answer
    ways = list(_all_ways(c, right))
    if vouched_for and len(ways) == 1 and (part := _of_part(c, ways[0][0])):
        return replace(answer, candidate=part)
    return answer if c.fit.slip else replace(answer, instead=tuple(ways))


def _reading(q: Question) -> Candidate | None:
    """The reading that the wording makes sure, where it fails and no slip of what is stated explains it."""
    if q.idle or sum(c.posterior for c in q.candidates if c.fit.fits) >= HOLDS:
        return None
    best = max(q.candidates, key=lambda c: c.prior)
    short = best.kind == "parts" and best.computed < best.stated.value and _WHOLE not in best.facts
    return best if best.kind in _KINDS and best.prior >= SURE and not best.fit.fits and not best.fit.slip and not short else None


def _answer(q: Question, c: Candidate, right: Collection[int]) -> Answer | None:
    """The reading with an operand to blame, if it may be accused: any of those not shown to be right could have been the one."""
    ways = list(_all_ways(c, right))
    if not ways:
        return None
    chance = min(0.4, sum(_chance(c, m) for m in c.operands if m.index not in right and m.value > 0))
    told = replace(c, fit=Fit(SLIP, chance, "digit"))
    odds = c.prior / (1 - c.prior) * told.fit.weight
    if odds < BROKEN / (1 - BROKEN) or not accusable(told, [told, *(o for o in q.candidates if not o.fit.fits and o is not c)]):
        return None
    certainty = odds / (1 + odds)
    if len(ways) == 1 and (part := _of_part(told, ways[0][0])):
        return Answer("broken", part, certainty)
    return Answer("broken", told, certainty, instead=tuple(ways))


def _all_ways(c: Candidate, right: Collection[int]) -> Iterator[tuple[Mention, float]]:
    """The operands not shown to be right that a slip may have changed, each with what it would have to be."""
    return ((m, value) for m in c.operands if m.index not in right and m.value > 0 for value in _ways(c, m))


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
