"""Columns read by what holds in their rows: the row that fails is accused, chance is not taken for a law."""

from __future__ import annotations

import random

import pytest

from fusuan import checks, patterns, relations
from fusuan.model import Finding, Verdict
from tests.form_layouts import document

PAID = """
企业 | 甲数 | 乙数 | 丙数 | 丁比（%）
一厂 | 3204.50 | 2876.12 | 328.38 | 89.75
二厂 | 1850.06 | 1702.40 | 147.66 | 92.02
三厂 | 4418.72 | 3906.95 | {} | 88.42
四厂 | 2093.30 | 1988.17 | 105.13 | {}
五厂 | 1267.94 | 1101.48 | 166.46 | 86.87
"""


def found(drawn: str) -> list[Finding]:
    return list(checks.run(relations.find(patterns.find(document(drawn.strip()))).statements))


def broken(drawn: str) -> set[tuple[int | None, int | None]]:
    return {(f.place.row, f.place.column) for f in found(drawn) if f.verdict is Verdict.BROKEN}


def about(finding: Finding) -> set[tuple[int | None, int | None]]:
    operands = finding.computed.operands if finding.computed is not None else ()
    return {(place.row, place.column) for place in (finding.place, *(f.place for f in operands))}


def test_a_column_is_the_difference_of_two_and_another_their_rate() -> None:
    told = [about(f) for f in found(PAID.format("511.77", "94.98")) if f.agrees]
    assert all({(row, 1), (row, 2), (row, last)} in told for row in range(1, 6) for last in (3, 4))


@pytest.mark.parametrize(("left", "rate", "wrong"), [("561.77", "94.98", (3, 3)), ("511.77", "94.08", (4, 4)), ("-511.77", "94.98", (3, 3))])
def test_the_row_that_fails_is_accused_once(left: str, rate: str, wrong: tuple[int, int]) -> None:
    accused = [about(f) for f in found(PAID.format(left, rate)) if f.verdict is Verdict.BROKEN]
    assert [wrong in each for each in accused] == [True]


def test_rows_that_fail_again_and_again_prove_another_meaning() -> None:
    drawn = PAID.format("611.20", "94.98").replace("328.38", "402.11").replace("105.13", "98.65")
    assert not {place for place in broken(drawn) if place[1] == 3}


def test_a_rate_of_a_total_may_be_the_mean() -> None:
    drawn = PAID.format("511.77", "94.98") + "合计 | 12834.52 | 11575.12 | 1259.40 | 90.41\n"
    assert broken(drawn) == set()


@pytest.mark.parametrize("seed", range(12))
def test_chance_is_no_law(seed: int) -> None:
    """Rows of figures that have nothing to do with one another, long or short."""
    dice = random.Random(seed)
    top = (30, 900, 90_000)[seed % 3]
    rows = [" | ".join([f"第{n}处", *(str(dice.randrange(1, top)) for _ in range(7))]) for n in range(2 + seed % 5)]
    drawn = "\n".join(["地点 | " + " | ".join(f"{letter}值" for letter in "甲乙丙丁戊己庚"), *rows])
    assert broken(drawn) == set()
