"""Tables of many makes: what is made of other figures is confirmed where it is right, and no more once a digit of it is wrong."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from fusuan import checks, patterns, relations
from fusuan.model import Document, Finding, Table, Verdict
from tests.form_varied import FORMS, TABLES
from tests.test_form_filed import judged
from tests.test_form_money import laid_out

DRAWN = TABLES | FORMS
NOTICED = 0.8
"""At least so many of the figures with a wrong digit are called wrong or doubtful."""


@pytest.mark.parametrize("name", DRAWN)
def test_all_is_confirmed_and_nothing_accused(name: str) -> None:
    assert judged(DRAWN[name]) == []


def found(table: Table) -> list[Finding]:
    return list(checks.run(relations.find(patterns.find(Document("form.docx", "docx", (table,)))).statements))


def spoilt(table: Table, at: tuple[int | None, int | None], chance: random.Random) -> Table:
    """The table with one digit changed of the figure at a place."""
    cell = next(c for c in table.cells if (c.place.row, c.place.column) == at)
    digits = [n for n, c in enumerate(cell.text) if c.isdigit()]
    n = digits[min(1, len(digits) - 1)]
    wrong = str((int(cell.text[n]) + chance.randrange(2, 8)) % 10)
    changed = replace(cell, text=cell.text[:n] + wrong + cell.text[n + 1:])
    return replace(table, cells=tuple(changed if c is cell else c for c in table.cells))


def about(finding: Finding) -> set[tuple[int | None, int | None]]:
    """The cells that a finding states or computes with."""
    operands = finding.computed.operands if finding.computed is not None else ()
    return {(place.row, place.column) for place in (finding.place, *(f.place for f in operands))}


def test_a_wrong_digit_is_noticed() -> None:
    """The figure, or a sum that it enters, is called wrong or doubtful; and no figure that has nothing to do with it."""
    chance = random.Random(5)
    noticed = tried = 0
    for drawing in DRAWN.values():
        table, marks = laid_out(drawing)
        for at in chance.sample(sorted(marks), min(2, len(marks))):
            wrong = [f for f in found(spoilt(table, at, chance)) if f.verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)]
            tried += 1
            noticed += any(at in about(f) for f in wrong)
            assert all(at in about(f) for f in wrong if f.verdict is Verdict.BROKEN), (drawing, at)
    assert noticed >= NOTICED * tried, (noticed, tried)
