"""A total that comes out across its row and not down its column, because nothing is written under what its rows carry over.

Money at hand is what was carried over and what came in; its total over the years is what came in, as what one year carries into the
next would be counted twice. Where every row and the total come out across, and the total lacks one of the columns its rows are made of,
the column is not added up; neither is one that is worked out of such a column.

>>> from decimal import Decimal
>>> from fusuan.model import Figure, Finding, Place, Reading, Severity, Verdict
>>> def at(text, row, column):
...     return Figure(text, Decimal(text), "", 0, Place(table=1, row=row, column=column))
>>> def judged(stated, verdict, *parts):
...     return Judged(Statement("parts", "sum", stated, (Reading({"parts": parts}),)), Finding("parts", "sum", stated, verdict, Severity.INFO, ""))
>>> first, second, both = at("50", 1, 3), at("70", 2, 3), at("100", 3, 3)
>>> rows = [judged(first, Verdict.HOLDS, at("50", 1, 2)), judged(second, Verdict.HOLDS, at("20", 2, 1), at("50", 2, 2))]
>>> down, across = judged(both, Verdict.BROKEN, first, second), judged(both, Verdict.HOLDS, at("100", 3, 2))
>>> [[item.finding is None for item in carried(given)] for given in ([*rows, across, down], [*rows, down], [*rows[:1], across, down])]
[[False, False, False, True], [False, False, False], [False, False, False]]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fusuan.checks._judged import Judged
from fusuan.model import Place, Statement

Ways = Mapping[Place, Sequence[frozenset[int | None]]]
"""From which columns of its own row a figure comes out."""


def carried(judged: Sequence[Judged]) -> list[Judged]:
    """Return what was judged, without totals of columns that are carried over from row to row."""
    down = [item for item in judged if item.broken and _down(item.statement)]
    ways, apart = _ways(judged) if down else {}, set[tuple[int | None, int | None]]()
    gone = set()
    for _ in range(2):  # what is worked out of such a column is known once the column is
        for item in down:
            if _across(item.statement, ways, apart):
                apart.add((item.statement.place.table, item.statement.place.column))
                gone.add(id(item))
    return [replace(item, finding=None) if id(item) in gone else item for item in judged]


def _down(statement: Statement) -> bool:
    """Tell whether a statement adds up a column."""
    place = statement.place
    return statement.kind == "parts" and place.row is not None and bool(statement.readings) and all(
        f.place.row != place.row and (f.place.table, f.place.column) == (place.table, place.column) for f in statement.readings[0]["parts"])


def _ways(judged: Sequence[Judged]) -> Ways:
    found: dict[Place, list[frozenset[int | None]]] = defaultdict(list)
    for item in judged:
        place, others = item.statement.place, [f for f in item.statement.figures if f is not item.statement.stated]
        if item.agrees and place.row is not None and others and {(f.place.table, f.place.row) for f in others} == {(place.table, place.row)}:
            found[place].append(frozenset(f.place.column for f in others))
    return found


def _across(statement: Statement, ways: Ways, apart: set[tuple[int | None, int | None]]) -> bool:
    """Tell whether the total and every part come out across, the total from fewer columns or from some that are `apart`."""
    parts = [ways.get(f.place, ()) for f in statement.readings[0]["parts"]]
    for columns in ways.get(statement.place, ()):
        wider = [[way for way in own if columns <= way] for own in parts]
        if all(wider) and (any(all(way > columns for way in own) for own in wider) or any((statement.place.table, column) in apart for column in columns)):
            return True
    return False

