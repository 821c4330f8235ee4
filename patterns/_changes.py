"""What the readers of changes share: the statement of a change and the reading of two amounts."""

from __future__ import annotations

from collections.abc import Sequence

from fusuan.model import Reading, Statement
from fusuan.patterns._prose import Prose, named
from fusuan.patterns._said import Said


def direction_of(said: Said) -> dict[str, str]:
    """The direction as a fact of the statement; `unsigned` where the wording gives none."""
    facts = {"direction": "-" if said.falls else "+"}
    return facts if said.falls is not None else {**facts, "unsigned": "yes"}


def change(prose: Prose, said: Said, name: str, readings: Sequence[Reading], near: Said, guess: bool) -> Statement:
    """A change stated, with the readings that may give it."""
    return Statement("change", "growth", named(said, name), tuple(readings), prose.quote(near, said), direction_of(said), guess)


def pair(now: Said, before: Said) -> Reading:
    """A change between two amounts."""
    return Reading({"now": (now.figure,), "before": (before.figure,)})
