"""The formulas of an .xls: written out from their tokens, recomputed, held against the results that the file keeps."""

from __future__ import annotations

import struct
from pathlib import Path

import xlsxwriter

from fusuan import extract
from fusuan.extract import File
from fusuan.extract._libreoffice import converted
from fusuan.extract._ole import Compound
from fusuan.extract._xls_formulas import formulas_of
from tests.office import needs_calc

TOTAL = 4321.0625


def old_workbook(folder: Path) -> bytes:
    """Write an .xls whose formulas refer to other cells and another sheet, share tokens, or are not known here."""
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        page, other = book.add_worksheet("支出 表"), book.add_worksheet("汇总")
        for row, amount in enumerate((1000.0625, 1321, 2000)):
            page.write_row(row, 0, [f"项目{row}", amount])
            page.write_formula(row, 2, f"=ROUND(B{row + 1}/B$4,4)", None, round(amount / TOTAL, 4))
        page.write(3, 0, "合计")
        page.write_formula(3, 1, "=SUM(B1:B3)", None, TOTAL)
        other.write_formula(0, 0, "='支出 表'!B4*2-ABS(-1)", None, 2 * TOTAL - 1)
        other.write_formula(0, 1, '=IF(A1>0,1,2)', None, 1)
    return converted(File(folder / "a.xlsx"), ".xlsx", "xls").read_bytes()


@needs_calc
def test_tokens_are_written_out(tmp_path: Path) -> None:
    one, two = formulas_of(Compound(File("a.xls", old_workbook(tmp_path))).stream("Workbook"))
    assert one == {(0, 2): "ROUND(B1/B$4,4)", (1, 2): "ROUND(B2/B$4,4)", (2, 2): "ROUND(B3/B$4,4)", (3, 1): "SUM(B1:B3)"}
    assert two == {(0, 0): "'支出 表'!B4*2-ABS(-1)", (0, 1): "IF(A1>0,1,2)"}


@needs_calc
def test_what_agrees_and_what_does_not(tmp_path: Path) -> None:
    path, data = tmp_path / "b.xls", old_workbook(tmp_path)
    path.write_bytes(data)
    assert extract.read(path).remarks == ("工作簿自带公式 6 个：5 个复算结果与保存的结果一致，0 个不一致，1 个未复算（含不支持的函数或外部引用）",)
    path.write_bytes(data.replace(struct.pack("<d", TOTAL), struct.pack("<d", TOTAL + 9)))
    first, differs, *_ = extract.read(path).remarks
    assert "支出 表!B4 的公式 =SUM(B1:B3) 按所引单元格复算为 4321.0625，单元格保存的结果为 4330.0625" in differs


@needs_calc
def test_damaged_tokens_cost_their_own_formula_alone(tmp_path: Path) -> None:
    data = old_workbook(tmp_path)
    head = struct.pack("<d", TOTAL)  # after it: flags, a chain, the length of the tokens, the tokens
    at = data.index(head) + len(head) + 8
    (tmp_path / "b.xls").write_bytes(data[:at] + b"\xff" * 5 + data[at + 5:])
    document = extract.read(tmp_path / "b.xls")
    assert [cell.text for table in document.tables for cell in table.cells][:2] == ["项目0", "1000.0625"]
    assert "2 个未复算" in document.remarks[0]
