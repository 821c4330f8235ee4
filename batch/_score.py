"""The total mark and the grade of a report, taken out of its score tree and its statements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from fusuan.checks import check
from fusuan.model import Figure, Finding, Mark, Place, Reading, Statement, Verdict, plain

# findings about the mark of one row, whose right value the document's own rule gives
_ROWS = ("score_rate", "score_rule", "score_cap")


def scored(marks: Sequence[Mark], findings: Sequence[Finding]) -> tuple[str | None, str | None]:
    """Return the total mark as stated and as recomputed, each None where there is none.

    Recomputed is the sum of the marks claimed, each row's put right where its own rule makes another mark of it.
    """
    total = next((mark for mark in marks if mark.level == 0), None)
    if total is None or total.earned is None:
        return None, None
    claimed = _claimed(total, findings)
    if claimed is None or claimed != total.earned.value and not _told(total, findings):
        # what no finding says of the total is not said of it beside them either
        return plain(total.earned.value), None
    wrong = sum(_corrections(marks, findings).values(), Decimal(0))
    decimals = max(2, total.earned.decimals)
    right = (claimed - wrong).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if wrong else claimed
    return plain(total.earned.value), plain(right)


def graded(statements: Iterable[Statement]) -> str | None:
    """Return the grade the report gives itself."""
    for statement in statements:
        if statement.kind == "grade" and not isinstance(statement.stated, Figure):
            return statement.stated.text.strip() or None
    return None


def regraded(statements: Iterable[Statement], total: str | None) -> str | None:
    """Return the grade that a recomputed total earns, by the bands that go with the grade the report gives itself."""
    grades = [s for s in statements if s.kind == "grade" and not isinstance(s.stated, Figure) and s.readings]
    if total is None or not grades or not grades[0].readings[0]["score"]:
        return None
    score = replace(grades[0].readings[0]["score"][0], value=Decimal(total))
    asked = replace(grades[0], readings=(Reading({"score": (score,)}),))
    return next((finding.expected for finding in check(asked)), None)


def _claimed(total: Mark, findings: Iterable[Finding]) -> Decimal | None:
    """What the marks claimed add up to."""
    assert total.earned is not None
    if total.computed is not None:
        try:
            return Decimal(total.computed)
        except InvalidOperation:
            return None
    return next((finding.computed.value for finding in findings if finding.label == "score_sum"
                 and finding.computed is not None and finding.place == total.earned.place), None)


def _told(total: Mark, findings: Iterable[Finding]) -> bool:
    """Tell whether a finding says that the total is not, or may not be, what the marks add up to."""
    return total.earned is not None and any(f.place == total.earned.place and f.verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)
                                            for f in findings)


def _corrections(marks: Iterable[Mark], findings: Iterable[Finding]) -> dict[Place, Decimal]:
    """How much too high each row's mark is by its own rule, once a row."""
    rows = {mark.earned.place for mark in marks if mark.level > 0 and mark.earned is not None}
    return {finding.place: finding.difference for finding in findings
            if finding.label in _ROWS and finding.verdict is Verdict.BROKEN and finding.place in rows
            and finding.difference is not None}
