"""What the other relations of a figure say of the slip by which a failing reading explains it.

A figure that is misprinted is wrong wherever it is used: set right, it makes its other relations come out, too. A figure
with which they come out as it is printed is right, and the reading is not the one that was meant.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import prod

from fusuan.model.slip import MISPRINTS
from fusuan.relations._fit import IF_MEANT, Fit, compare, meets
from fusuan.relations._question import Candidate, Question
from fusuan.relations._weigh import HOLDS, Answer
from fusuan.relations.passages.mention import Mention

SLIPS = frozenset(("digit", "swap", "point", "dropped"))
ASKED, LIKELY = 0.01, 0.05
"""The share by wording of a failing reading that is looked at, and of one that may speak for it or against it."""
MOST, LEAST = 1000.0, 0.02
MEANT, TELLS = 0.5, 0.02
"""How certain a relation must be to tell anything of its figures, and how likely by accident it may be."""
Use = tuple[Candidate, frozenset[int], float]
"""A reading in which a figure stands, its figures, and the share of its question that no reading settles by coming out."""


def back(questions: Iterable[Question]) -> Iterator[Question]:
    """Give every reading that a slip of the stated figure explains the backing of that figure's other relations.

    Yields the questions, of those that nothing settles, in which there are such readings.
    """
    asked = list(questions)
    uses = _uses(asked)
    for q in asked:
        slipped = [c for c in q.candidates if c.fit.slip in SLIPS and c.shape != "loose" and c.prior >= ASKED]
        if slipped and sum(c.posterior for c in q.candidates if c.fit.fits) < HOLDS:
            for c in slipped:
                c.backing = _backing(c, uses.get(q.stated.index, ()))
            yield q


def _uses(asked: Iterable[Question]) -> Mapping[int, Sequence[Use]]:
    """The likely readings in which a figure stands, as what is stated or as an operand."""
    uses: dict[int, list[Use]] = defaultdict(list)
    for q in asked:
        unsettled = max(0.0, 1 - sum(c.posterior for c in q.candidates if c.fit.fits))
        for c in q.candidates:
            if c.roles and (c.prior >= LIKELY or c.posterior >= LIKELY):
                figures = c.figures
                for m in (c.stated, *c.operands):
                    uses[m.index].append((c, figures, unsettled))
    return uses


def _backing(c: Candidate, uses: Iterable[Use]) -> float:
    """How much likelier the outcomes of a figure's other relations are if it is the slip that a reading takes it for."""
    figures = c.figures
    said: dict[int, float] = {}
    for other, its, unsettled in uses:
        if other is not c and its != figures:  # the same relation turned round tells nothing new
            speaks = _speaks(c, other, unsettled)
            if abs(speaks - 1) > abs(said.get(other.stated.index, 1.0) - 1):
                said[other.stated.index] = speaks
    return max(LEAST, min(MOST, prod(said.values())))


def _speaks(c: Candidate, other: Candidate, unsettled: float) -> float:
    """How much another reading speaks for a slip: by coming out with the figure set right, against it by coming out as it is."""
    if other.fit.fits:
        tells = other.fit.chance <= 0.02
        return max(LEAST, 1 - other.posterior) if tells and not _set_right(c, other).fits else 1.0
    if other.kind == "mention" or other.stated is c.stated and other.key & c.key:
        return 1.0  # where the value stands once more, the same operands may make up that figure; and what rests on like operands comes to the like
    fit = _set_right(c, other)
    return 1 + IF_MEANT[fit.outcome] * other.prior * unsettled / fit.chance if fit.fits else 1.0


def _set_right(c: Candidate, other: Candidate) -> Fit:
    """How another reading comes out with the figure that one explains by a slip set right."""
    if other.stated is c.stated:
        return compare(c.stated, other.computed, c.spread + other.spread, right=c.computed)
    return compare(other.stated, computed(other, {c.stated.index: c.computed}), other.spread)


def computed(c: Candidate, right: Mapping[int, float]) -> float:
    """What a reading comes to with some figures set right; as it came, where its kind is not computed here."""
    total = {role: sum(right.get(m.index, m.value) for m in group) for role, group in c.roles.items()}
    if c.kind == "parts":
        value = total["parts"] - total.get("minus", 0.0)
        return abs(value) if c.stated.role == "change" else value
    if c.kind == "balance" and "outgo" in total:
        return total["income"] - total["outgo"]
    if c.kind == "rate" and total.get("denominator") and "numerator" in total:
        return total["numerator"] / total["denominator"] * 100
    if c.kind == "mention" and "other" in total:
        return total["other"]
    return _change(c, total) if c.kind == "change" else c.computed


def _change(c: Candidate, total: Mapping[str, float]) -> float:
    change = total["amount"] if "amount" in total else total["now"] - total["before"]
    if c.stated.dimension != "rate":
        return abs(change)
    before = total["before"] if "before" in total else total["now"] + (change if c.falls else -change)
    if not before:
        return c.computed
    return change / before * 100 if c.computed < 0 else abs(change / before * 100)


def vouched(told: Iterable[Answer]) -> set[int]:
    """The figures that relations which come out show to be right."""
    return {index for a in told if a.verdict == "holds" and a.candidate.shape != "loose" and a.candidate.fit.chance <= TELLS and a.certainty >= MEANT
            for index in a.candidate.figures}


def right_digits(c: Candidate, m: Mention) -> Iterator[tuple[str, float]]:
    """The digits and values of a figure, one slip of the pen from what is printed, with which a reading comes out."""
    if m is c.stated:
        ways = [str(round(abs(c.computed) / m.step)).zfill(len(m.digits))] if c.fit.slip in MISPRINTS else []
    else:
        ends = [computed(c, {m.index: m.value * times}) for times in (0.05, 11)]
        room = c.spread + c.stated.half
        ways = [*_slips(m.digits)] if min(ends) - room <= c.stated.value <= max(ends) + room else []
    for digits in ways:
        value = int(digits) * m.step
        if meets(c.stated, computed(c, {m.index: value}), c.spread) if m is not c.stated else len(digits) == len(m.digits):
            yield digits, value


def _slips(digits: str) -> Iterator[str]:
    """Every number one digit, or two neighbours in each other's place, from another.

    >>> sorted(_slips("12"))[:4], len([*_slips("120")]), "21" in _slips("12"), "01" in _slips("10")
    (['10', '11', '13', '14'], 28, True, False)
    """
    changed = (digits[:n] + other + digits[n + 1:] for n, digit in enumerate(digits) for other in "0123456789" if other != digit)
    swapped = (digits[:n] + b + a + digits[n + 2:] for n, (a, b) in enumerate(zip(digits, digits[1:], strict=False)) if a != b)
    yield from (right for right in (*changed, *swapped) if right[0] != "0")
