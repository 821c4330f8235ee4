"""Workbooks: numbers as shown, tables apart from the text around them, cells by their own names."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.styles import Border, Side

from fusuan import extract
from fusuan.batch.audit import audit
from fusuan.extract._numfmt import text_of
from fusuan.extract._sheet_layout import Sheet, lay_out
from fusuan.model import Document, ReadError, Table

THIN = Side(style="thin")
FRAME = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
Read = Callable[[Workbook], Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(book: Workbook) -> Document:
        book.save(tmp_path / "report.xlsx")
        return extract.read(tmp_path / "report.xlsx")
    return reading


def sheet(*rows: list[Any], framed: range | None = None) -> Workbook:
    """Write rows; those in `framed` (from 1) with lines around each cell."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "自评表"
    for row in rows:
        page.append(row)
    width = max(map(len, rows))
    for number in framed or ():
        for column in range(1, width + 1):
            page.cell(number, column).border = FRAME
    return book


def grid(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def outline(document: Document) -> list[str | list[list[str]]]:
    return [grid(block) if isinstance(block, Table) else block.text for block in document.blocks]


@pytest.mark.parametrize(("written", "code", "expected"), [
    ("0.8943", "0.00%", "89.43%"), ("0.89429999999999998", "General", "0.8943"), ("0.30000000000000004", "", "0.3"),
    ("1234567.891", "#,##0.00", "1,234,567.89"), ("2.675", "0.00", "2.68"), ("12", "General", "12"),
    ("12.0", "General", "12"), ("1E-2", "General", "0.01"), ("-1234.5", "#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-1,234.50"),
    ("-5", "0.00_);\\(0.00\\)", "(5.00)"), ("0", '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
    ("0", "0;-0;;@", ""), ("98", '0"分"', "98分"), ("12345678", '0\\.0,"万元"', "1234.6万元"), ("5", "000", "005"),
    ("-0.001", "0.00", "0.00"), ("99.5", "[>=100]0;[<100]0.0", "99.5"), ("0.005", "0%", "1%"), ("1.5", "@", "1.5"),
    ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"), ("12345", "0.00E+00", "12345"), ("2019", 'General"年"', "2019年"),
    ("45291", "yyyy/m/d", "2023/12/31"), ("45291", 'yyyy"年"m"月"d"日";@', "2023年12月31日"),
    ("45291.75", "yyyy-mm-dd hh:mm", "2023-12-31 18:00"), ("0.5", "h:mm", "12:00"), ("-1", "yyyy", "-1"),
    ("123456789.12", "General", "123456789.12"), ("x", "0.00", "x"), ("1e999", "0.00", "1e999"),
])
def test_numbers_as_shown(written: str, code: str, expected: str) -> None:
    assert text_of(written, code) == expected


def test_title_unit_line_table_and_notes(read: Read) -> None:
    book = sheet(["某县部门整体支出绩效自评表"], ["填报单位：某县水利局", "", "", "单位：万元"], ["项目", "预算数", "执行数", "执行率"],
                 ["甲", 10, 8, 0.8], ["乙", 20.5, 20.5, 1], [], ["注：执行率=执行数/预算数"], ["单位负责人：张某"],
                 framed=range(3, 6))
    page = book.active
    assert page is not None
    page.merge_cells("A1:D1")
    page["D4"].number_format = page["D5"].number_format = "0.00%"
    document = read(book)
    assert outline(document) == [
        "某县部门整体支出绩效自评表", "填报单位：某县水利局　单位：万元",
        [["项目", "预算数", "执行数", "执行率"], ["甲", "10", "8", "80.00%"], ["乙", "20.5", "20.5", "100.00%"]],
        "注：执行率=执行数/预算数", "单位负责人：张某"]
    cell = next(document.tables).cells[7]
    assert (cell.text, cell.place.row, cell.place.column, str(cell.place)) == ("80.00%", 1, 3, "自评表!D4")
    assert [p.place.paragraph for p in document.paragraphs] == [1, 2, 3, 4]
    assert (document.title, document.unit) == ("某县部门整体支出绩效自评表", "某县水利局")


def test_without_frames_the_shape_of_the_rows_tells(read: Read) -> None:
    document = read(sheet(["收支表"], ["填报单位：某局", "", "单位：元"], ["项目", "上年", "本年", "增减"], ["一、收入"],
                          ["甲", 1, 2, 1], [], [], ["项目", "数"], ["乙", 3], [], ["说明：数据来自决算"]))
    assert outline(document) == [
        "收支表", "填报单位：某局　单位：元",
        [["项目", "上年", "本年", "增减"], ["一、收入", "", "", ""], ["甲", "1", "2", "1"]],
        [["项目", "数"], ["乙", "3"]], "说明：数据来自决算"]


def test_merged_cells_stand_once_and_what_they_cover_is_not_read(read: Read) -> None:
    book = sheet(["甲", "乙", ""], ["", "1", "2"], ["", "3", "4"], framed=range(1, 4))
    page = book.active
    assert page is not None
    page.merge_cells("A1:A3")
    page.merge_cells("B1:C1")
    table = next(read(book).tables)
    assert [(c.text, c.place.row, c.place.column, c.rows, c.columns) for c in table.cells] == [
        ("甲", 0, 0, 3, 1), ("乙", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1), ("3", 2, 1, 1, 1), ("4", 2, 2, 1, 1)]


def test_blank_framed_cells_belong_to_the_form(read: Read) -> None:
    table = next(read(sheet(["项目", "说明", ""], ["甲", "", ""], ["", "", ""], framed=range(1, 4))).tables)
    assert (table.height, table.width, len(table.cells)) == (3, 3, 9)


def test_a_prepared_sheet_ends_where_its_text_ends(read: Read) -> None:
    table = next(read(sheet(["项目", "数"], ["甲", 1], framed=range(1, 500))).tables)
    assert table.height == 2


def test_text_in_a_frame_of_its_own_is_text(read: Read) -> None:
    book = sheet(["项目", "数"], ["甲", 1], [], [], ["一、基本情况\n本年支出3万元。", ""], framed=range(1, 3))
    page = book.active
    assert page is not None
    page.merge_cells("A5:B5")
    page["A5"].border = page["B5"].border = FRAME
    assert outline(read(book)) == [[["项目", "数"], ["甲", "1"]], "一、基本情况", "本年支出3万元。"]


@pytest.mark.parametrize(("total", "verdict"), [(335.2, "holds"), (315.2, "doubtful"), (316.2, "broken")])
def test_a_total_may_leave_out_the_rows_that_a_filter_hides(total: float, verdict: str, tmp_path: Path) -> None:
    book = sheet(["项目", "金额（万元）"], ["基本支出", 310.2], ["项目支出", 20], ["其他支出", 5], ["合计", total], framed=range(1, 6))
    page = book.active
    assert page is not None
    page.auto_filter.ref = "A1:B4"
    page.row_dimensions[3].hidden = True
    book.save(tmp_path / "a.xlsx")
    found, = audit(tmp_path / "a.xlsx").findings
    assert found.verdict.value == verdict
    assert ("隐藏行" in found.supposition) == (verdict == "doubtful")


def test_hidden_sheets_and_rows_are_read_and_said(read: Read) -> None:
    book = sheet(["项目", "数"], ["甲", 1], ["乙", 2])
    page = book.active
    assert page is not None
    page.row_dimensions[2].hidden = True
    page.column_dimensions["B"].hidden = True
    away = book.create_sheet("底稿")
    away["A1"] = "旧数"
    away.sheet_state = "hidden"
    document = read(book)
    assert outline(document) == [[["项目", "数"], ["甲", "1"], ["乙", "2"]], "旧数"]
    assert any("底稿" in remark and "隐藏" in remark for remark in document.remarks)
    assert any("1 行、1 列被隐藏" in remark for remark in document.remarks)


def test_a_formula_shows_its_kept_result(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet("表")
        page.write_row(0, 0, ["项目", "数"])
        page.write(1, 0, "合计")
        page.write_formula(1, 1, "=1+2", book.add_format({"num_format": "0.00"}), 3)
    document = extract.read(tmp_path / "a.xlsx")
    assert outline(document) == [[["项目", "数"], ["合计", "3.00"]]]
    assert document.remarks == ("工作簿自带公式 1 个：1 个复算结果与保存的结果一致，0 个不一致",)


def test_a_formula_without_result_is_said_and_is_not_blank(read: Read) -> None:
    document = read(sheet(["项目", "数"], ["合计", "=1+2"]))
    assert grid(next(document.tables))[1] == ["合计", "（公式未计算）"]
    assert "B2" in document.remarks[0]


def test_text_is_not_taken_for_a_formula_or_a_number(read: Read) -> None:
    book = sheet(["项目", "值"], ["甲", "x"], ["乙", "x"])
    page = book.active
    assert page is not None
    for name, text in (("B2", "=100%"), ("B3", "007")):
        page[name].value = text
        page[name].data_type = "s"
    assert grid(next(read(book).tables))[1:] == [["甲", "=100%"], ["乙", "007"]]


def test_rich_text_joins_and_readings_are_left_out(tmp_path: Path, read: Read) -> None:
    read(sheet(["甲乙", "丙"], ["丁", "戊"]))
    with zipfile.ZipFile(tmp_path / "report.xlsx") as old, zipfile.ZipFile(tmp_path / "rich.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sharedStrings.xml"):
                rich = "<r><t>甲</t></r><r><t>乙_x000D_</t></r><rPh sb='0' eb='1'><t>jia</t></rPh>"
                data = data.replace("<t>甲乙</t>".encode(), rich.encode())
            new.writestr(name, data)
    assert grid(next(extract.read(tmp_path / "rich.xlsx").tables))[0][0].strip() == "甲乙"


def test_several_sheets_count_on(read: Read) -> None:
    book = sheet(["表一"], ["项目", "数"], ["甲", 1])
    more = book.create_sheet("附表")
    for row in (["表二"], ["项目", "数"], ["乙", 2]):
        more.append(row)
    document = read(book)
    assert [(b.place.sheet, b.place.paragraph, b.place.table) for b in document.blocks] == [
        ("自评表", 1, None), ("自评表", None, 1), ("附表", 2, None), ("附表", None, 2)]


def test_an_empty_workbook_has_no_text(read: Read) -> None:
    with pytest.raises(ReadError) as caught:
        read(Workbook())
    assert caught.value.code == "no_text"


def test_a_merge_over_whole_columns_costs_nothing(tmp_path: Path, read: Read) -> None:
    book = sheet(["项目", "数"], ["甲", 1])
    page = book.active
    assert page is not None
    page.merge_cells("D1:E1")
    read(book)
    with zipfile.ZipFile(tmp_path / "report.xlsx") as old, zipfile.ZipFile(tmp_path / "wide.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"D1:E1", b"D1:XFD1048576"))
    assert next(extract.read(tmp_path / "wide.xlsx").tables).height == 2


def test_three_thousand_rows_are_read(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "big.xlsx") as book:
        page, money = book.add_worksheet("表"), book.add_format({"num_format": "#,##0.00", "border": 1})
        for row in range(3000):
            page.write(row, 0, f"项目{row}", money)
            for column in range(1, 10):
                page.write_number(row, column, row * 1.37 + column, money)
    table = next(extract.read(tmp_path / "big.xlsx").tables)
    assert (table.height, table.width) == (3000, 10)


positions = st.tuples(st.integers(0, 12), st.integers(0, 5))


@given(texts=st.dictionaries(positions, st.sampled_from(["甲", "1.5", "注：乙", "单位：元", "一\n二"])),
       framed=st.sets(positions), corners=st.lists(st.tuples(positions, positions), max_size=4))
def test_no_text_is_lost_or_doubled_whatever_the_sheet(
        texts: dict[tuple[int, int], str], framed: set[tuple[int, int]],
        corners: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    merges: list[tuple[int, int, int, int]] = []
    for (a, b), (c, d) in corners:
        new = (min(a, c), min(b, d), max(a, c), max(b, d))
        if all(new[2] < old[0] or old[2] < new[0] or new[3] < old[1] or old[3] < new[1] for old in merges):
            merges.append(new)
    covered = {(row, column) for top, left, bottom, right in merges for row in range(top, bottom + 1)
               for column in range(left, right + 1) if (row, column) != (top, left)}
    seen = [text for at, text in texts.items() if at not in covered]
    blocks = lay_out([Sheet("表", dict(texts), framed, merges)])
    read: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            assert len({(c.place.row, c.place.column) for c in block.cells}) == len(block.cells)
            assert sum(c.rows * c.columns for c in block.cells) == block.height * block.width
            read += [cell.text for cell in block.cells]
        else:
            read.append(block.text)
    assert Counter("".join("".join(read).split())) == Counter("".join("".join(seen).split()))


def test_what_of_a_workbook_is_not_read_is_said(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page = book.add_worksheet("表")
        page.write_row(0, 0, ["甲", 1.5])
        chart = book.add_chart({"type": "pie"})
        chart.add_series({"values": "=表!$B$1:$B$1"})
        page.insert_chart("D1", chart)
    with zipfile.ZipFile(tmp_path / "a.xlsx", "a") as archive:
        archive.writestr("xl/media/image1.png", b"")
        archive.writestr("xl/embeddings/oleObject1.bin", b"")
    assert extract.read(tmp_path / "a.xlsx").remarks == tuple(f"工作簿里有 1 {what}，其中的文字和数字未读取" for what in ("张图片", "张统计图", "个嵌入对象"))
