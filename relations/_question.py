"""A stated figure asked in one way, and the formulas that may be meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import nan

from fusuan.relations._fit import Fit, compare
from fusuan.relations.passages.mention import Mention

Said = tuple[tuple[str, bool], ...]
"""Facts, and whether they are true."""


@dataclass(slots=True)
class Candidate:
    """A formula that may be meant for a stated figure, with the plain facts that speak for or against it.

    `kind` and `roles` are those of the Statement it would become. `shape` says how its figures lie to each other: what is
    alike elsewhere in the document has the same shape; `kin` is shared by what rests on the same figure. `falls`: the change is a fall.
    `count`: how many like candidates it stands for. `weighed`: how many of its facts its `score` holds.
    `backing`: how much the other relations of the stated figure speak for the slip that explains it.
    """

    kind: str
    stated: Mention
    roles: dict[str, tuple[Mention, ...]]
    computed: float
    spread: float
    facts: list[str] = field(default_factory=list)
    shape: str = ""
    kin: str = ""
    falls: bool = False
    count: int = 1
    weighed: int = 0
    partial: bool = False
    fit: Fit = Fit("below", 0.5)
    score: float = 0.0
    prior: float = 0.0
    posterior: float = 0.0
    backing: float = 1.0

    @property
    def short(self) -> bool:
        """Whether it is a listing that falls short of its total, and so may leave a part out."""
        return self.kind == "parts" and abs(self.computed) < abs(self.stated.value)

    @property
    def operands(self) -> tuple[Mention, ...]:
        return tuple(m for group in self.roles.values() for m in group)

    @property
    def figures(self) -> frozenset[int]:
        """Every figure of it, what is stated among them."""
        return self.key | {self.stated.index}

    @property
    def key(self) -> frozenset[int]:
        return frozenset(m.index for group in self.roles.values() for m in group)

    def held(self) -> Candidate:
        """Compare what is computed with what is stated; return itself."""
        self.fit = compare(self.stated, self.computed, self.spread, self.partial, fine=self.fine)
        return self

    @property
    def fine(self) -> float:
        """The last place of the operands that says something, where they are only added and taken away; 0 where they are not."""
        if self.kind not in ("parts", "balance"):
            return 0.0
        return min([2 * m.rough for m in self.operands if m.value], default=0.0)

    def note(self, *facts: tuple[str, bool]) -> None:
        self.facts += [name for name, true in facts if true]


def true_of(*facts: tuple[str, bool]) -> list[str]:
    """The facts that are true."""
    return [name for name, true in facts if true]


@dataclass(slots=True)
class Question:
    """One stated figure asked in one way: which of these formulas, if any, was meant?"""

    stated: Mention
    topic: str
    candidates: list[Candidate]

    @property
    def idle(self) -> bool:
        """Whether nothing is pointed to and nothing comes out: only counts of formulas that do not."""
        return not any(c.roles for c in self.candidates)


class Tries:
    """Formulas that nothing points to: those that come out are candidates, the others are counted.

    Both have the same coarse facts, those of their class, so that one that comes out weighs little among many that do not.
    """

    def __init__(self, stated: Mention) -> None:
        self.stated = stated
        self.failed: dict[tuple[str, ...], int] = {}

    def count(self, facts: tuple[str, ...], more: int = 1) -> None:
        """Count some more of a class that do not come out."""
        self.failed[facts] = self.failed.get(facts, 0) + more

    def left(self) -> Iterator[Candidate]:
        """Yield what stands for those that do not come out, one a class."""
        yield from (stand_in(self.stated, facts, count) for facts, count in self.failed.items())


def stand_in(stated: Mention, facts: tuple[str, ...], count: int) -> Candidate:
    """What stands for some formulas of a class that do not come out."""
    return Candidate("", stated, {}, nan, 0.0, list(facts), "loose", count=count)


def loose(candidate: Candidate, facts: tuple[str, ...]) -> Candidate:
    """A candidate that comes out though nothing points to it, with the facts of its class."""
    candidate.facts, candidate.shape, candidate.kin = list(facts), "loose", ""
    return candidate
