"""A comparison in words as the statement that the checks recompute."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fusuan.model import Figure, Reading, Statement
from fusuan.relations._weigh import Answer
from fusuan.relations.passages.mention import Mention, Passage

Pair = tuple[Mention, Mention]
"""The figure spoken of, and the one it is held against."""
Roles = dict[str, tuple[Figure, ...]]


@dataclass(slots=True)
class Known:
    """What other relations say of the figures of a passage: which of them are explained, what the rates and changes
    among them are of, and the totals that they are parts of."""

    explained: set[int] = field(default_factory=set)
    rates: dict[int, Roles] = field(default_factory=dict)
    changes: dict[int, Roles] = field(default_factory=dict)
    totals: dict[int, Mention] = field(default_factory=dict)

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> Known:
        known = cls()
        for c in (answer.candidate for answer in answers if answer.verdict == "holds"):
            if c.kind != "mention":
                known.explained.add(c.stated.index)
            if c.kind == "parts":
                known.totals.update((m.index, c.stated) for m in c.roles["parts"] if m.sentence == c.stated.sentence and m.matter == c.stated.matter)
            if c.stated.dimension == "rate" and c.roles.keys() in ({"numerator", "denominator"}, {"now", "before"}):
                found = known.rates if c.kind == "rate" else known.changes
                found[c.stated.index] = {role: tuple(m.figure for m in group) for role, group in c.roles.items()}
        return known

    def sides(self, m: Mention) -> list[Roles]:
        """How a figure may be taken: a rate as it comes out of what it is of, then as it is printed."""
        return [*([self.rates[m.index]] if m.index in self.rates else []), {"now": (m.figure,)}]


def compared(passage: Passage, known: Known, span: tuple[int, int], pairs: list[Pair], direction: str, degree: str, sure: bool) -> Statement:
    """Words that hold one figure against another; where it is not `sure` that these are meant, nothing is said unless it holds."""
    readings = tuple(Reading({**side, "before": (before.figure,)}) for now, before in pairs for side in known.sides(now))
    return Statement("trend", "trend", passage.words(*span, pairs[0][0].name), readings, quoted(passage, span, pairs[0]),
                     {"direction": direction, "degree": degree}, source="trend", certainty=None if sure else 0.0)


def quoted(passage: Passage, span: tuple[int, int], figures: Iterable[Mention]) -> str:
    """The words, as printed, with those of their figures that stand near them."""
    near = [m for m in figures if abs(m.start - span[0]) < 400]
    return passage.clause(min(span[0], *(m.start for m in near)) if near else span[0], max([span[1], *(m.end for m in near)]))
