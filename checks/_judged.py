"""What was judged, and what is asked of it by those who look at several relations at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from fusuan.model import Figure, Finding, Place, Reading, Statement, Verdict

Key = tuple[Place, tuple[int, int]]
Checking = Callable[[Statement], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement with what its check made of it; None where a guess failed and was let go."""

    statement: Statement
    finding: Finding | None

    @property
    def agrees(self) -> bool:
        return self.finding is not None and self.finding.agrees

    @property
    def broken(self) -> bool:
        return self.finding is not None and self.finding.verdict is Verdict.BROKEN

    @property
    def fails(self) -> bool:
        return self.broken or self.finding is None and self.statement.guess


def key_of(figure: Figure) -> Key:
    return figure.place, figure.span


def key_of_stated(statement: Statement) -> Key:
    return statement.place, statement.stated.span


def accused(judged: Iterable[Judged]) -> set[Key]:
    """The figures that are told to be wrong."""
    return {key_of_stated(item.statement) for item in judged if item.broken}


def about(judged: Iterable[Judged]) -> dict[Key, list[Judged]]:
    """What was judged, by the figures it rests on."""
    found: dict[Key, list[Judged]] = defaultdict(list)
    for item in judged:
        for key in {key_of(figure) for figure in item.statement.figures}:
            found[key].append(item)
    return found


def agrees(statement: Statement, check: Checking) -> bool:
    return any(found.agrees for found in check(statement))


def altered(statement: Statement, key: Key, **changes: Any) -> Statement:
    """The same with one of its figures another."""
    return statement.changed(lambda figure: replace(figure, **changes) if key_of(figure) == key else figure)


def outright(statement: Statement, *readings: Reading) -> Statement:
    """The same as if it had been said outright, of some of its readings alone."""
    return replace(statement, guess=False, certainty=statement.certainty or None, readings=readings or statement.readings)


def failures(statement: Statement, check: Checking, most: int) -> Iterator[Finding]:
    """What fails of a statement, as each of its first readings has it."""
    for reading in statement.readings[:most]:
        yield from (f for f in check(outright(statement, reading)) if f.verdict is Verdict.BROKEN)
