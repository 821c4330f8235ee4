"""A stated figure asked in one way, and the formulas that may be meant."""

from __future__ import annotations

from dataclasses import dataclass, field

from patterns.passages.mention import Mention
from relations._fit import Fit, compare


@dataclass(slots=True)
class Candidate:
    """A formula that may be meant for a stated figure, with the plain facts that speak for or against it.

    `kind` and `roles` are those of the Statement it would become. `shape` says how its figures lie to each other: what is
    alike elsewhere in the document has the same shape; `kin` is shared by what rests on the same figure. `falls`: the change is a fall.
    `count`: how many like candidates it stands for.
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
    partial: bool = False
    fit: Fit = Fit("below", 0.5)
    score: float = 0.0
    prior: float = 0.0
    posterior: float = 0.0

    @property
    def operands(self) -> tuple[Mention, ...]:
        return tuple(m for group in self.roles.values() for m in group)

    @property
    def key(self) -> frozenset[int]:
        return frozenset(m.index for group in self.roles.values() for m in group)

    def held(self) -> Candidate:
        """Compare what is computed with what is stated; return itself."""
        self.fit = compare(self.stated, self.computed, self.spread, self.partial)
        return self

    def note(self, *facts: tuple[str, bool]) -> None:
        self.facts += [name for name, true in facts if true]


@dataclass(slots=True)
class Question:
    """One stated figure asked in one way: which of these formulas, if any, was meant?"""

    stated: Mention
    topic: str
    candidates: list[Candidate]
