"""A discrepancy on a scan that a misread figure would explain accuses nobody, unless the figure is known to be right."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from fusuan import checks
from fusuan.model import Figure, Place, Reading, Statement, Words


def amount(text: str, row: int, column: int = 0, scanned: bool = True) -> Figure:
    place = Place(page=1, table=1, row=row, column=column, scanned=scanned)
    return Figure(f"{text}万元", Decimal(text), "万元", len(text.partition(".")[2]), place)


def total(stated: Figure, *parts: Figure) -> Statement:
    return Statement("parts", "sum", stated, (Reading({"parts": parts}),))


def verdicts(*statements: Statement) -> list[str]:
    return [finding.verdict.value for finding in checks.run(statements)]


@pytest.mark.parametrize(("stated", "parts", "verdict"), [
    ("412.60", ("230.15", "182.46"), "rounding"),       # nothing is wrong
    ("472.61", ("230.15", "182.46"), "doubtful"),       # 1 read as 7
    ("412.61", ("280.15", "182.46"), "doubtful"),       # 3 read as 8 in a part
    ("41261", ("230.15", "182.46"), "doubtful"),        # a lost point
    ("1412.61", ("230.15", "182.46"), "doubtful"),      # the side of the cell
    ("497.95", ("230.15", "182.46"), "doubtful"),       # a part that was not seen
    ("397.95", ("230.15", "182.46"), "broken"),         # no one digit
])
def test_one_misread_figure(stated: str, parts: tuple[str, ...], verdict: str) -> None:
    figures = [amount(text, row) for row, text in enumerate(parts, 1)]
    found = next(iter(checks.run([total(amount(stated, 0), *figures)])))
    assert found.verdict.value == verdict
    assert ("请核对原件" in found.supposition) == (verdict == "doubtful")


def test_what_was_not_scanned_is_not_misread() -> None:
    figures = [amount(text, row, scanned=False) for row, text in enumerate(("472.61", "230.15", "182.46"))]
    assert verdicts(total(*figures)) == ["broken"]


def test_a_relation_that_holds_says_that_its_figures_are_read_right() -> None:
    wrong, one, two = (amount(text, row) for row, text in enumerate(("372.61", "230.15", "182.46")))
    held = [total(figure, *(amount(part, figure.place.row or 0, column) for column, part in enumerate(parts, 1)))
            for figure, parts in ((wrong, ("300.00", "72.61")), (one, ("200.10", "30.05")), (two, ("100.06", "82.40")))]
    assert verdicts(total(wrong, one, two), *held) == ["broken", "holds", "holds", "holds"]
    assert verdicts(total(wrong, one, two), *held[:2]) == ["doubtful", "holds", "holds"]


def test_an_empty_cell_of_a_scan_may_hold_what_was_not_recognised() -> None:
    blank = Statement("blank", "missing", Words("", Place(page=1, table=1, row=3, column=4, scanned=True), name="得分"),
                      facts={"weight": "sure"})
    printed = replace(blank, stated=Words("", Place(page=1, table=1, row=3, column=4), name="得分"))
    assert verdicts(blank) + verdicts(printed) == ["doubtful", "broken"]


@pytest.mark.parametrize(("third", "verdict"), [("1", "doubtful"), ("11", "broken")])
def test_a_stroke_taken_for_a_1_twice_vouches_for_nothing(third: str, verdict: str) -> None:
    """A row without marks, "/" under weight and mark both read as 1: that the mark is within its weight proves nothing."""
    texts = ("20", "10", third, "10")
    weights, marks = ([replace(amount(text, row, column), text=text, unit="分") for row, text in enumerate(texts)] for column in (6, 7))
    stated = replace(amount("40", 9, 1), text="40分", unit="分")
    within = [Statement("score", "score_cap", mark, (Reading({"full": (weight,)}),)) for mark, weight in zip(marks, weights, strict=True)]
    vouched = replace(total(stated, *(replace(figure, place=replace(figure.place, column=8)) for figure in (weights[0], weights[0]))),
                      label="weight_sum")
    found = verdicts(Statement("parts", "weight_sum", stated, (Reading({"parts": tuple(weights)}),)), vouched, *within)
    assert found == [verdict, *["holds"] * 5]
