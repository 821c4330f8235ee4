"""The total mark of a report, as stated and as recomputed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fusuan.batch._score import graded, scored
from fusuan.model import Figure, Finding, Mark, Place, Quantity, Severity, Statement, Verdict, Words


def mark(value: str, row: int) -> Figure:
    return Figure(value, Decimal(value), "分", len(value.partition(".")[2]), Place(table=1, row=row, column=3))


def finding(stated: Figure, computed: str, label: str, verdict: Verdict = Verdict.BROKEN) -> Finding:
    return Finding("score", label, stated, verdict, Severity.HIGH, "", Quantity.constant(Decimal(computed)))


TREE = (Mark(0, "总分", earned=mark("98", 9), computed="98"), Mark(1, "产出", earned=mark("50", 1)),
        Mark(2, "栽植", earned=mark("10", 2)))


@pytest.mark.parametrize(("findings", "computed"), [
    ((), "98"),
    ((finding(mark("10", 2), "8", "score_rule"),), "96.00"),
    ((finding(mark("10", 2), "8", "score_rule"), finding(mark("10", 2), "8", "score_cap")), "96.00"),
    ((finding(mark("10", 2), "8", "score_rule", Verdict.DOUBTFUL),), "98"),
    ((finding(mark("10", 2), "8", "target"),), "98"),  # how much is lost no rule says
    ((finding(mark("10", 7), "8", "score_rule"),), "98"),  # no row of this tree
])
def test_a_row_that_breaks_its_own_rule_changes_the_total(findings: tuple[Finding, ...], computed: str) -> None:
    assert scored(TREE, findings) == ("98", computed)


def test_the_sum_is_taken_from_the_check_where_the_tree_has_none() -> None:
    tree = (Mark(0, "总分", earned=mark("98", 9)),)
    assert scored(tree, (finding(mark("98", 9), "97", "score_sum"),)) == ("98", "97")
    assert scored(tree, ()) == ("98", None)
    assert scored((), ()) == (None, None)


def test_the_grade_is_the_words_stated() -> None:
    assert graded([Statement("grade", "grade", Words(" 优 "))]) == "优"
    assert graded([]) is None
