"""What a workbook's own formulas come to, beside the results it keeps."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from fusuan import extract
from fusuan.extract._sheet_formulas import Compared, compared
from fusuan.extract._sheet_layout import Sheet
from fusuan.model import Document

REF = " ref='B1:B3'"


def book(formula: str, kept: str) -> list[Sheet]:
    """A sheet of 1.5, 2.5, 3 and a text in A1:A4, another of 10, and a formula in B1."""
    first = Sheet("表", texts={(3, 0): "甲"}, formulas={(0, 1): formula})
    first.numbers = {(0, 0): Decimal("1.5"), (1, 0): Decimal("2.5"), (2, 0): Decimal(3), (0, 1): Decimal(kept)}
    return [first, Sheet("附 表", numbers={(0, 0): Decimal(10)})]


@pytest.mark.parametrize(("formula", "value"), [
    ("SUM(A1:A4)", "7"), ("A1+A2*2-A3/4", "5.75"), ("-A1^2", "2.25"), ("(A1+A2)*10%", "0.4"), ("ROUND(A1/A3,1)", "0.5"),
    ("ROUND(2.675,2)", "2.68"), ("ROUND(1234.5,-2)", "1200"), ("AVERAGE($A$1:$A$3)", "2.333333333333333"), ("MAX(A1:A3)-MIN(A1:A3)", "1.5"),
    ("'附 表'!A1*2", "20"), ("SUM(A1,A2:A3,'附 表'!A1)", "17"), ("COUNT(A1:A9)", "3"), ("PRODUCT(A1:A3)", "11.25"), ("ABS(-3)+INT(-1.5)", "1"),
    ("SUBTOTAL(9,A1:A3)", "7"), ("A9+1", "1"), ("0.1+0.2", "0.30000000000000004"), ("2^3^2", "64"), ("A1--1", "2.5"),
])
def test_what_is_recomputed(formula: str, value: str) -> None:
    sheets = book(formula, value)
    assert compared(sheets) == Compared(agree=1)
    sheets[0].numbers[0, 1] = Decimal(value) + 1
    (said,) = compared(sheets).differ
    assert said.startswith(f"表!B1 的公式 ={formula}")
    assert "请" in said


@pytest.mark.parametrize("formula", [
    "VLOOKUP(A1,A1:A3,1)", "A4+1", "[1]表!A1", "没有!A1", "A1/0", 'IF(A1>1,"甲",2)', "A1:A3+1", "SUM(", "A1&A2", "A1^0.5", "#REF!+1",
    "(" * 900 + "1" + ")" * 900, "ROUND(1,99)", "SUM(A1:A3", "1+" * 1200 + "1", "",
])
def test_what_is_not(formula: str) -> None:
    assert compared(book(formula, "3")) == Compared(unknown=1)


def test_ranges_cost_what_is_in_them() -> None:
    sheet = Sheet("表", formulas={(n, 5): "SUM(A1:XFD1048576)" for n in range(5000)})
    sheet.numbers = {(n, 0): Decimal(n) for n in range(5000)} | {(n, 5): Decimal(1) for n in range(5000)}
    found = compared([sheet])
    assert found.unknown > 4000


def read(folder: Path, *formulas: tuple[str, str, float | str]) -> Document:
    with xlsxwriter.Workbook(folder / "a.xlsx") as made:
        page = made.add_worksheet("表")
        page.write_column(0, 0, [1.5, 2.5])
        page.write_column(0, 2, ["甲", "乙"])
        for cell, formula, kept in formulas:
            page.write_formula(cell, formula, None, kept)
    return extract.read(folder / "a.xlsx")


def test_it_is_said_of_a_file(tmp_path: Path) -> None:
    document = read(tmp_path, ("B1", "=SUM(A1:A2)", 4), ("B2", "=A1*A2", 9), ("B3", "=VLOOKUP(1,A1:A2,1)", 1), ("B4", "=1/0", "#DIV/0!"))
    assert document.remarks == (
        "工作表“表”有 1 个单元格是错误值（B4 #DIV/0!），其中的数字无从核对",
        "工作簿自带公式 3 个：1 个复算结果与保存的结果一致，1 个不一致，1 个未复算（含不支持的函数或外部引用）",
        "表!B2 的公式 =A1*A2 按所引单元格复算为 3.75，单元格保存的结果为 9：可能改动后未重新计算，请用 Excel 或 WPS 重算核实")


def test_a_formula_that_cells_share(tmp_path: Path) -> None:
    from tests.hostile import workbook

    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><f t="shared" si="0"{REF if n == 1 else ""}>'
                   f'{"A1*2" if n == 1 else ""}</f><v>{n * 2}</v></c></row>' for n in (1, 2, 3))
    (tmp_path / "a.xlsx").write_bytes(workbook(f"<sheetData>{rows}</sheetData>"))
    assert extract.read(tmp_path / "a.xlsx").remarks == ("工作簿自带公式 3 个：3 个复算结果与保存的结果一致，0 个不一致",)
