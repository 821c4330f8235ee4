"""What a total of one column leaves out because a row is blank there: a tender that failed has a budget and no price.

The total of the budgets has that row and the total of the savings has not: what such totals come to between them need not come out,
and does once the row is left out of both. Where all rows of a group are blank in a column, its subtotal is no sum of the rows of another group.

>>> from fusuan.model import Finding, Place, Reading, Severity
>>> def at(text, row, column):
...     return Figure(text, Decimal(text), "", 0, Place(table=1, row=row, column=column))
>>> def judged(kind, stated, verdict, **roles):
...     return Judged(Statement(kind, "sum", stated, (Reading(roles),)), Finding(kind, "sum", stated, verdict, Severity.INFO, ""))
>>> saved, budget, spent = at("30", 4, 3), at("300", 4, 1), at("190", 4, 2)
>>> sums = [judged("parts", budget, Verdict.HOLDS, parts=(at("220", 1, 1), at("80", 2, 1))), judged("parts", saved, Verdict.HOLDS, parts=(at("30", 1, 3),)),
...         judged("parts", spent, Verdict.HOLDS, parts=(at("190", 1, 2),))]
>>> across = judged("balance", saved, Verdict.BROKEN, income=(budget,), outgo=(spent,))
>>> from fusuan.checks import check
>>> [item.finding is None for item in left_out([*sums, across], check)], [item.finding is None for item in left_out([*sums[1:], across], check)]
([False, False, False, True], [False, False, False])
>>> sums = [judged("parts", at("300", 4, n), Verdict.HOLDS, parts=(at("220", 1, n), at("80", 2, n))) for n in (1, 2)]
>>> nothing, part = judged("parts", at("0", 4, 3), Verdict.BROKEN, parts=(at("50", 7, 3),)), judged("parts", at("0", 4, 3), Verdict.BROKEN, parts=(at("50", 2, 3),))
>>> [left_out([*sums, item], check)[-1].finding is None for item in (nothing, part)]
[True, False]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._judged import Checking, Judged, Key, agrees, altered, key_of, key_of_stated
from fusuan.model import Figure, Statement, Verdict

Sums = Mapping[Key, Sequence[Figure]]
"""What the totals of columns are made of, where that comes out."""
_DEEP = 6


def left_out(judged: Sequence[Judged], check: Checking) -> list[Judged]:
    """Return what was judged, without what fails across totals only because of a row that one of them leaves out."""
    wrong = [(item, first) for item in judged if _failed(item) and _across(first := replace(item.statement, readings=item.statement.readings[:1]))]
    sums = _down(judged) if wrong else {}
    gone = {id(item) for item, first in wrong if _explained(first, sums, check)}
    groups = _groups(judged)
    gone |= {id(item) for item in judged if item.broken and groups and _of_another_group(item.statement, groups)}
    return [replace(item, finding=None) if id(item) in gone else item for item in judged]


def _failed(item: Judged) -> bool:
    return item.finding is not None and item.finding.verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)


def _across(statement: Statement) -> bool:
    """Tell whether a statement rests on one row of a table."""
    return statement.place.row is not None and isinstance(statement.stated, Figure) and bool(statement.readings) \
        and {(f.place.table, f.place.row) for f in statement.figures} == {(statement.place.table, statement.place.row)}


def _down(judged: Sequence[Judged]) -> Sums:
    return {key_of_stated(item.statement): parts for item in judged
            if item.agrees and item.statement.kind == "parts" and (parts := item.statement.readings[0]["parts"])
            and {(f.place.table, f.place.column) for f in parts} == {(item.statement.place.table, item.statement.place.column)}}


def _groups(judged: Sequence[Judged]) -> Mapping[tuple[int | None, int | None], frozenset[int | None]]:
    """The rows that a total adds up in the columns where it comes out, where they are the same in two and more."""
    found: dict[tuple[int | None, int | None], list[frozenset[int | None]]] = defaultdict(list)
    for (place, _), parts in _down(judged).items():
        if len(parts) > 1:
            found[place.table, place.row].append(frozenset(f.place.row for f in parts))
    return {row: sets[0] for row, sets in found.items() if len(sets) > 1 and len(set(sets)) == 1}


def _of_another_group(statement: Statement, groups: Mapping[tuple[int | None, int | None], frozenset[int | None]]) -> bool:
    """Tell whether a total of nothing is taken for the sum of rows none of which it adds up in other columns."""
    rows, stated = groups.get((statement.place.table, statement.place.row)), statement.stated
    return bool(rows) and statement.kind == "parts" and bool(statement.readings) and isinstance(stated, Figure) and not stated.value and all(
        f.place.column == statement.place.column and f.place.row not in (rows or ()) for f in statement.readings[0]["parts"])


def _explained(statement: Statement, sums: Sums, check: Checking) -> bool:
    """Tell whether a statement comes out with every operand less the rows that the total with the fewest leaves out."""
    leaves = {key_of(f): _leaves(f, sums, _DEEP) for f in statement.figures if key_of(f) in sums}
    if len(leaves) < 2:
        return False
    common = set.intersection(*({f.place.row for f in own} for own in leaves.values()))
    less = {key: sum((f.value for f in own if f.place.row not in common), Decimal(0)) for key, own in leaves.items()}
    told = statement
    for figure in statement.figures:
        if (taken := less.get(key_of(figure))) and figure != statement.stated:
            told = altered(told, key_of(figure), value=figure.value - taken)
    return any(less.values()) and agrees(told, check)


def _leaves(figure: Figure, sums: Sums, deep: int) -> list[Figure]:
    """The rows a total adds up in the end."""
    parts = sums.get(key_of(figure)) if deep else None
    return [leaf for part in parts for leaf in _leaves(part, sums, deep - 1)] if parts else [figure]
