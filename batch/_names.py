"""Figures of running text go by the names, years and bases that the reading of the whole report gave them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fusuan.model import Figure, Place, Statement

Key = tuple[Place, tuple[int, int]]


def renamed(statements: Iterable[Statement], figures: Iterable[Figure]) -> Iterator[Statement]:
    """Return statements weighed in running text with their figures under their own names; others as they are.

    >>> from decimal import Decimal
    >>> from fusuan.model import Reading
    >>> own = Figure("7.5万元", Decimal("7.5"), "万元", 1, Place(paragraph=2), (4, 9), "本年减少")
    >>> said = Statement("change", "growth", replace(own, name="预算本"), (Reading({"now": (replace(own, name=""),)}),), certainty=0.0)
    >>> [f.name for s in renamed([said, replace(said, certainty=None)], [own]) for f in s.figures]
    ['本年减少', '本年减少', '预算本', '']
    """
    names = {(f.place, f.span): f for f in figures if f.name}
    for statement in statements:
        yield statement if statement.certainty is None else _with(statement, names)


def _with(statement: Statement, names: dict[Key, Figure]) -> Statement:
    def own(figure: Figure) -> Figure:
        known = names.get((figure.place, figure.span), figure)
        return figure.under(known.name, known.period, known.basis)

    readings = tuple(replace(r, roles={role: tuple(map(own, group)) for role, group in r.roles.items()}) for r in statement.readings)
    stated = own(statement.stated) if isinstance(statement.stated, Figure) else statement.stated
    return replace(statement, stated=stated, readings=readings)
