"""The total mark and the grade of a report, taken out of its score tree and its statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model import Figure, Finding, Mark, Statement, plain


def scored(marks: Sequence[Mark], findings: Iterable[Finding]) -> tuple[str | None, str | None]:
    """Return the total mark as stated and as recomputed, each None where there is none."""
    total = next((mark for mark in marks if mark.level == 0), None)
    if total is None or total.earned is None:
        return None, None
    computed = total.computed
    if computed is None:
        computed = next((plain(finding.computed.value) for finding in findings
                         if finding.label == "score_sum" and finding.computed is not None
                         and finding.place == total.earned.place), None)
    return plain(total.earned.value), computed


def graded(statements: Iterable[Statement]) -> str | None:
    """Return the grade the report gives itself."""
    for statement in statements:
        if statement.kind == "grade" and not isinstance(statement.stated, Figure):
            return statement.stated.text.strip() or None
    return None
