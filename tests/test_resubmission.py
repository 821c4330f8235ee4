"""A filing corrected by hand from its letter and checked again: what was mended is told, neither more nor less."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from fusuan.batch.audit import audit
from fusuan.desk.compare import Comparison, compare
from tests.test_desk import SPECIMENS, run

VALUE = re.compile(r"-?[\d,.]+")
CELL = re.compile(r"(\S+)!([A-Z]+\d+)$")


def asked(letter: Path) -> list[dict[str, str]]:
    """Read the rows of a letter, as the unit does."""
    head, *rows = ([cell.text for cell in row.cells] for row in docx.Document(str(letter)).tables[0].rows)
    return [dict(zip(head, row, strict=True)) for row in rows]


def right(row: dict[str, str]) -> tuple[str, str]:
    """Return what stands there and what should, written the same way; the unit only where it was written."""
    stated, computed = row["填报内容"].rpartition("：")[2], row["复核结果"].partition("\n")[0]
    value = VALUE.search(computed)
    assert value is not None
    return stated, VALUE.sub(value.group(), stated, count=1)


def in_word(path: Path, rows: list[dict[str, str]]) -> None:
    document: Any = docx.Document(str(path))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    places = [*document.paragraphs, *(paragraph for cell in cells for paragraph in cell.paragraphs)]
    for row in rows:
        (stated, should), name = right(row), row["填报内容"].rpartition("：")[0].removesuffix("得分")
        saying = [paragraph for paragraph in places if stated in paragraph.text]
        paragraph = next((one for one in saying if name in one.text.partition(stated)[0]), saying[0])
        paragraph.text = paragraph.text.replace(stated, should)
    document.save(str(path))


def in_excel(path: Path, rows: list[dict[str, str]]) -> None:
    book: Any = openpyxl.load_workbook(path)
    for row in rows:
        place = CELL.search(row["位置"])
        assert place is not None
        cell, (_, should) = book[place[1]][place[2]], right(row)
        value = float(VALUE.findall(should)[0])
        cell.value = should if isinstance(cell.value, str) else value / 100 if should.endswith("%") else value
    book.save(path)


CASES = [("department-prose.docx", 0), ("department-prose.docx", 1), ("department-prose.docx", None), ("final-accounts-wrong.docx", 0),
         ("school-yuan.docx", None), ("base-data.xlsx", 1), ("base-data.xlsx", None), ("department-form.xlsx", 1), ("transfer-form.xlsx", 0)]


@pytest.mark.parametrize(("name", "which"), CASES)
def test_exactly_what_was_mended_is_told(name: str, which: int | None, tmp_path: Path) -> None:
    """`which` row of its letter the unit follows; None: all of them."""
    first, again = tmp_path / name, tmp_path / f"修改后-{name}"
    for path in (first, again):
        shutil.copy(SPECIMENS / name, path)
    assert run("letter", first, "-o", "意见.docx", folder=tmp_path).returncode == 0
    rows = asked(tmp_path / "意见.docx")
    followed = rows if which is None else [rows[which]]
    (in_word if name.endswith(".docx") else in_excel)(again, followed)
    result = compare(audit(first), audit(again))
    assert told(result) == (sorted(right(row) for row in followed), len(rows) - len(followed), [])
    said = run("compare", first, again, folder=tmp_path).stdout
    assert f"原有疑点 {len(rows)} 处，已改正 {len(followed)}，不再出现 0，仍在 {len(rows) - len(followed)}，新出现 0" in said
    assert said.count("\n  已改正  ") == len(followed)


def told(result: Comparison) -> tuple[list[tuple[str, str]], int, list[str]]:
    """Return what was mended into what, how many are left, what is new."""
    mended = [(one.was.stated.text.strip(), one.now.stated.text.strip() if one.now else "") for one in result.mended]
    return sorted(mended), len(result.left), [finding.stated.text for finding in result.fresh]
