"""Which operand of a reading, set right by one slip of the pen, makes it come out.

What is stated may be right, and a figure misprinted that it rests on: where the wording makes a reading sure, no slip of what is stated
explains why it fails, and one slip of an operand does, the reading is told with the operand to blame.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from fusuan.model.slip import MISPRINTS, slip
from fusuan.relations._backing import TELLS, computed, right_digits, vouched
from fusuan.relations._fit import SLIP, Fit, chance_of_meeting, chance_of_slip
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
    sums = [a.candidate for a in told if a.verdict == "holds" and a.candidate.kind == "parts"]
    taken = {index for a in told if a.verdict == "broken" for index in a.candidate.figures}
    for q in asked:
        c = None if q.idle else max(q.candidates, key=lambda c: c.prior)
        if c is None or c.kind not in _KINDS or c.fit.fits or c.fit.slip or not taken.isdisjoint(c.figures):
            continue
        settled = sum(o.posterior for o in q.candidates if o.fit.fits) >= HOLDS
        if answer := _restated(q, c) if settled else _answer(q, c, right, any(_beside(c, other) for other in sums)):
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


def _restated(q: Question, c: Candidate) -> Answer | None:
    """The reading that the wording makes sure, where it comes out with a figure told elsewhere that one of its own is a slip away from."""
    sure = sum(o.prior for o in q.candidates if not o.fit.fits and abs(o.computed - c.computed) <= q.stated.half)
    if sure < SURE or c.kind == "parts":
        return None
    for other in q.candidates:
        if other.fit.fits and other.fit.chance <= TELLS and other.kind == c.kind and (two := _apart(c, other)):
            told = replace(c, fit=Fit(SLIP, other.fit.chance, "digit"))
            return Answer("broken", told, other.posterior, instead=((two[0], two[1].value),)) if accusable(told, [told]) else None
    return None


def _apart(c: Candidate, other: Candidate) -> tuple[Mention, Mention] | None:
    """The one operand in which two readings differ, and the other one's, where both tell one thing in two sentences, a slip apart: 年初 and 调整预算,
    the income of one fund and of all, are often a round sum apart.
    """
    if {role: len(group) for role, group in c.roles.items()} != {role: len(group) for role, group in other.roles.items()}:
        return None
    differ = [(m, o) for role, group in c.roles.items() for m, o in zip(group, other.roles[role], strict=True) if m.value != o.value]
    if len(differ) != 1:
        return None
    (m, o), = differ
    one = m.own_name and o.own_name and m.sentence != o.sentence and (m.name, m.year, m.tags) == (o.name, o.year, o.tags)
    alike = one and (m.decimals, m.scale, len(m.digits)) == (o.decimals, o.scale, len(o.digits)) and len(m.digits) > 2
    return (m, o) if alike and slip(int(m.digits), int(o.digits), m.decimals) in MISPRINTS else None


def _beside(c: Candidate, other: Candidate) -> bool:
    """Tell whether what comes out counts the same parts one by one, each beside its amount (甲9人7335元、乙5人3525元): then no part is left out."""
    two = [sorted(o.index for o in each.operands) for each in (c, other)]
    return len(two[0]) == len(two[1]) > 1 and all(abs(a - b) == 1 for a, b in zip(*two, strict=True)) and abs(c.stated.index - other.stated.index) < 3


def _answer(q: Question, c: Candidate, right: Collection[int], whole: bool) -> Answer | None:
    """The reading with an operand to blame, if it may be accused: any of those not shown to be right could have been the one. `whole`: it leaves no part out."""
    if c.prior < SURE or c.short and not whole and _WHOLE not in c.facts:
        return None
    ways = list(_all_ways(c, right))
    if not ways:
        return None
    chance = min(0.4, sum(_chance(c, m) for m in c.operands if m.index not in right and m.value > 0))
    told = replace(c, fit=Fit(SLIP, chance, "digit"))
    odds = c.prior / max(1 - c.prior, 1e-9) * told.fit.weight
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
