"""Which of several sums that fail bears the error: a wrong subtotal is one error, not two, and a rate of it none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fusuan.model import Figure, Place, Reading, Statement
from fusuan.patterns.amounts.claims import fits, near, sides

Failing = dict[tuple[Place, tuple[int, int]], Statement]
"""Sums that fail, by the place of what they state."""


def failing_of(statements: Sequence[Statement]) -> Failing:
    return {(s.place, s.stated.span): s for s in statements
            if isinstance(s.stated, Figure) and s.readings and not s.guess and _fails(s)}


def explained(statements: Sequence[Statement]) -> Iterator[Statement]:
    """Add to sums that fail by the error of another: where a part is itself a total that fails, the sum of its parts
    may stand for it. One wrong subtotal is then one error, not two.
    """
    failing = failing_of(statements)
    holding: Failing = {(s.place, s.stated.span): s for s in statements if not _fails(s)} if failing else {}
    first: dict[tuple[object, ...], Figure] = {}
    for statement in statements:
        wrong = not statement.guess and _fails(statement)
        told = _charitable(_drawn(statement, failing, holding), failing) if wrong else statement
        # what another error explains is not the one to point to
        yield _again(told, first) if wrong and told is statement else told


def _again(statement: Statement, first: dict[tuple[object, ...], Figure]) -> Statement:
    """A sum that fails as it does in another column, with the same figures in the same rows: one error, printed twice."""
    stated = statement.stated
    if not isinstance(stated, Figure) or statement.kind != "parts":
        return statement
    parts = statement.readings[0]["parts"]
    key = (stated.place.table, stated.place.row, stated.value, *((f.place.row, f.value) for f in parts))
    other = first.setdefault(key, stated)
    if other.place == stated.place or any(f.place.row == stated.place.row for f in parts):
        return statement
    same = Reading({"parts": (replace(other, unit=stated.unit),)}, f"与{other.place}是同一差额（该处另列不符）")
    return replace(statement, readings=(*statement.readings, same))


def _drawn(statement: Statement, failing: Failing, holding: Failing) -> Statement:
    """A total that holds down its column but not across, while a figure of the column is itself in error: the error of
    that figure, once more.
    """
    other = holding.get((statement.place, statement.stated.span))
    if other is None:
        return statement
    for reading in other.readings:
        plus, minus = sides(reading)
        culprit = next((f for f in (*plus, *minus) if (f.place, f.span) in failing and f.place != statement.place), None)
        if culprit is not None and len(plus) + len(minus) >= 2 and isinstance(statement.stated, Figure) \
                and fits(statement.stated, plus, minus):
            roles = {"parts": plus, "minus": minus} if statement.kind == "parts" else {"opening": plus, "outgo": minus}
            extra = Reading(roles, f"差额出自“{culprit.name or culprit.text}”（该数另列不符）")
            return replace(statement, readings=(*statement.readings, extra))
    return statement


def mended(statement: Statement, failing: Failing) -> Statement:
    """Add to a rate of a total that fails the readings that take the sum of its parts for it."""
    extra = []
    for reading in statement.readings[:2] if failing else ():
        for role in ("numerator", "denominator"):
            figure = reading[role][0]
            other = failing.get((figure.place, figure.span))
            if other is not None and len(reading[role]) == 1 and other.kind == "parts" and not other.readings[0]["minus"]:
                roles = {**reading.roles, role: tuple(replace(f, unit=figure.unit) for f in other.readings[0]["parts"])}
                extra.append(Reading(roles, _INSTEAD.format(figure.name or figure.text)))
    return replace(statement, readings=(*statement.readings, *extra)) if extra else statement


_INSTEAD = "如其中的“{}”以其分项之和计（该数另列不符），则相符"


def _fails(statement: Statement) -> bool:
    return isinstance(statement.stated, Figure) \
        and not any(fits(statement.stated, *sides(r)) or near(statement.stated, *sides(r)) for r in statement.readings)


def _charitable(statement: Statement, failing: Failing) -> Statement:
    stated = statement.stated
    for reading in statement.readings[:2]:
        for index, part in enumerate(reading["parts"]):
            other = failing.get((part.place, part.span))
            if other is None or other.kind != "parts" or other.place == statement.place or not isinstance(stated, Figure):
                continue
            whole = (*reading["parts"][:index], *other.readings[0]["parts"], *reading["parts"][index + 1:])
            minus = (*reading["minus"], *other.readings[0]["minus"])
            # a figure is not excused by itself: 节约 = 预算 − 成交 while 预算 = 成交 + 节约
            if stated.place not in {f.place for f in (*whole, *minus)} and fits(stated, whole, minus):
                named = part.name or part.text
                extra = Reading({"parts": whole, "minus": minus}, _INSTEAD.format(named))
                return replace(statement, readings=(*statement.readings, extra))
    return statement
