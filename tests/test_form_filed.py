"""Forms as counties and departments file them: what must be read and agree, what must be broken; nothing else accused.

A cell marked + must be stated by something that agrees, ! by something broken; any other broken cell is a false alarm.
"""

from __future__ import annotations

import pytest

from fusuan import checks, patterns, relations
from fusuan.model import Document, Verdict
from tests.form_filed import FILED
from tests.test_form_money import laid_out


def judged(drawing: str) -> list[str]:
    """What differs from the marks of a drawing, in words."""
    table, marks = laid_out(drawing)
    found = list(checks.run(relations.find(patterns.find(Document("form.docx", "docx", (table,)))).statements))
    agree = {(f.place.row, f.place.column) for f in found if f.agrees and f.label != "score_cap"}
    broken = {(f.place.row, f.place.column): f.message for f in found if f.verdict is Verdict.BROKEN}
    wrong = {at for at, mark in marks.items() if mark == "!"}
    said = [f"{at} is accused: {message}" for at, message in broken.items() if at not in wrong]
    said += [f"{at} is not accused" for at in sorted(wrong) if at not in broken]
    return said + [f"{at} is not read" for at, mark in marks.items() if mark == "+" and at not in agree]


@pytest.mark.parametrize("name", FILED)
def test_filed(name: str) -> None:
    assert judged(FILED[name]) == []
