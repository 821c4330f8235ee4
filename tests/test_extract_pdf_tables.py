"""The PDF reader: ruled tables, however their rulings are drawn, and tables that page breaks part."""

from collections.abc import Callable
from pathlib import Path

import pytest

from fusuan.model import Table
from tests.test_extract_pdf import HIGH, advance, page_of, pdf_bytes, read, text_at, texts

Draw = Callable[[float, float, float, float], str]
"""Content for a ruling from (x, top) to (x, top), points from the top left."""


def stroked(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0} {HIGH - y0} m {x1} {HIGH - y1} l S\n"


def bar(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{x0 - .24} {HIGH - y1 - .24} {x1 - x0 + .48} {y1 - y0 + .48} re f\n"


def doubled(x0: float, y0: float, x1: float, y1: float) -> str:
    side = 1.8 if x0 == x1 else 0.0
    return stroked(x0, y0, x1, y1) + stroked(x0 + side, y0 + 1.8 - side, x1 + side, y1 + 1.8 - side)


def dashed(x0: float, y0: float, x1: float, y1: float) -> str:
    level, content = y0 == y1, ""
    place, end = (x0, x1) if level else (y0, y1)
    while place < end:
        stop = min(place + 5, end)
        content += stroked(place, y0, stop, y0) if level else stroked(x0, place, x0, stop)
        place += 8
    return content


XS = (90.0, 150.0, 330.0, 420.0, 500.0)


def table_at(top: float, rows: list[list[str | None]], draw: Draw = stroked, sides: bool = True,
             size: float = 10, xs: tuple[float, ...] = XS) -> tuple[str, float]:
    """A table whose cells are texts (lines parted by \\n; None: covered by the cell at its left) and its foot."""
    content = ""
    for row in rows:
        high = 14.0 * max(len((text or "").split("\n")) for text in row) + 4
        for k, text in enumerate(row):
            if text is not None:
                last = next((n for n in range(k + 1, len(row)) if row[n] is not None), len(row))
                if sides or k:
                    content += draw(xs[k], top, xs[k], top + high)
                # "^": no ruling above, the cell goes on from the row before
                if text != "^":
                    content += draw(xs[k], top, xs[last], top)
                    for n, line in enumerate(text.split("\n")):
                        content += text_at(xs[k] + 5, top + 12 + 14 * n, line, size) if line else ""
        if sides:
            content += draw(xs[-1], top, xs[-1], top + high)
        top += high
    return content + draw(xs[0], top, xs[-1], top), top


def cells(table: Table) -> dict[tuple[int, int], tuple[str, int, int]]:
    return {(c.place.row or 0, c.place.column or 0): (c.text, c.rows, c.columns) for c in table.cells}


FORM: list[list[str | None]] = [
    ["项目资金", "名称", "分值", "得分"], ["^", "年初预算数", "10", "9.5"], ["合计", None, None, "9.5"]]
FORM_CELLS = {(0, 0): ("项目资金", 2, 1), (0, 1): ("名称", 1, 1), (0, 2): ("分值", 1, 1), (0, 3): ("得分", 1, 1),
              (1, 1): ("年初预算数", 1, 1), (1, 2): ("10", 1, 1), (1, 3): ("9.5", 1, 1),
              (2, 0): ("合计", 1, 3), (2, 3): ("9.5", 1, 1)}


@pytest.mark.parametrize("draw", [stroked, bar, doubled, dashed])
def test_grid_and_merged_cells_however_rulings_are_drawn(tmp_path: Path, draw: Draw) -> None:
    content, foot = table_at(200, FORM, draw)
    document = read(tmp_path, pdf_bytes([page_of(["表前。"]) + content + text_at(93.5, foot + 40, "表后。")]))
    table = next(document.tables)
    assert (table.height, table.width) == (3, 4) and cells(table) == FORM_CELLS
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table", "Paragraph"]
    place = table.cells[0].place
    assert (place.page, place.table) == (1, 1) and place.box is not None
    assert abs(place.box[0] - 90) < 2 and abs(place.box[1] - 200) < 2


def test_open_sides_forms_and_rotation(tmp_path: Path) -> None:
    content, _ = table_at(200, FORM[:2] + [["", "合计", "", "9.5"]], sides=False)
    table = next(read(tmp_path, pdf_bytes([content])).tables)
    assert (table.height, table.width) == (3, 4) and cells(table)[2, 1] == ("合计", 1, 1)
    content, _ = table_at(200, FORM)
    assert cells(next(read(tmp_path, pdf_bytes(["/X0 Do"], forms=[content])).tables)) == FORM_CELLS
    turned = f"q 0 1 -1 0 700 0 cm\n{content}Q"
    # the form is drawn sideways and the page turned to make it upright
    assert cells(next(read(tmp_path, pdf_bytes([turned], "/Rotate 90")).tables)) == FORM_CELLS


def test_lines_that_are_no_table(tmp_path: Path) -> None:
    frame = f"40 40 515 {HIGH - 80} re S\n" + stroked(93, 103, 300, 103) + "100 500 200 100 re f\n"
    document = read(tmp_path, pdf_bytes([frame + page_of(["加线的标题", "正文。"])]))
    assert not list(document.tables) and texts(document) == ["加线的标题", "正文。"]


def test_a_wrapped_line_of_a_cell_is_joined_and_an_ended_one_is_not(tmp_path: Path) -> None:
    wide = "预算编制是否符合规定并与年度计划"  # 16 characters of 10 in a room of 170
    assert advance(wide, 10) == 160
    rows: list[list[str | None]] = [["甲", f"{wide}相\n符，满分5分。\n1.另起一行\n2.再起一行", "100", "-\n35"]]
    content, _ = table_at(200, rows)
    found = cells(next(read(tmp_path, pdf_bytes([content])).tables))
    assert found[0, 1][0] == f"{wide}相符，满分5分。\n1.另起一行\n2.再起一行"
    assert found[0, 3][0] == "-35"


def test_text_cut_off_at_its_cell_belongs_to_no_other(tmp_path: Path) -> None:
    content, _ = table_at(200, [["名称", "", "10", "9"], ["合计", "", "20", "18"]])
    clip = f"q 150 {HIGH - 218} 180 18 re W n\n" + text_at(155, 212, "说明文字共有两行第二行") + text_at(
        155, 224, "被裁掉30") + "Q\n"
    found = cells(next(read(tmp_path, pdf_bytes([content + clip])).tables))
    assert found[0, 1][0].startswith("说明文字") and found[0, 1][0].endswith("被裁掉30") and found[1, 1][0] == ""


HEAD: list[str | None] = ["一级指标", "二级指标", "分值", "得分"]


def test_a_table_goes_on_over_the_page_break(tmp_path: Path) -> None:
    def sheet(number: int, content: str) -> str:
        return content + text_at(280, 820, f"- {number} -", 9)

    first: list[list[str | None]] = [HEAD, ["产出", "数量", "10", "9"], ["^", "质量", "10", "10"]]
    second: list[list[str | None]] = [HEAD, ["", "时效", "5", "5"], ["^", "成本", "5", "4"], ["效益", "社会", "20", "18"]]
    one, _ = table_at(750, first)
    two, foot = table_at(80, second)
    lead = "".join(text_at(93.5, 100 + 20 * n, "表前文字") for n in range(30))
    document = read(tmp_path, pdf_bytes([sheet(1, lead + one), sheet(2, two + text_at(93.5, foot + 40, "完。"))]))
    tables = list(document.tables)
    assert len(tables) == 1 and (tables[0].height, tables[0].width) == (6, 4)
    found = cells(tables[0])
    assert found[1, 0] == ("产出", 4, 1) and found[3, 1] == ("时效", 1, 1) and found[5, 0] == ("效益", 1, 1)
    pages = {c.text: c.place.page for c in tables[0].cells}
    assert pages["质量"] == 1 and pages["时效"] == 2
    assert [m.text for m in document.margins] == ["- 1 -", "- 2 -"]


def test_a_row_cut_by_the_page_break_is_one_row(tmp_path: Path) -> None:
    wide = "预算编制是否符合规定并与年度计划相"
    one, _ = table_at(750, [HEAD, ["过程", f"{wide}\n{wide}", "10", "9"]])
    two, _ = table_at(80, [["", "符，满分", "", ""], ["产出", "数量", "5", "5"]])
    table = next(read(tmp_path, pdf_bytes([one, two])).tables)
    assert table.height == 3
    assert cells(table)[1, 1] == (f"{wide}{wide}符，满分", 1, 1) and cells(table)[1, 2] == ("10", 1, 1)


def test_tables_that_only_follow_one_another_stay_apart(tmp_path: Path) -> None:
    one, _ = table_at(100, FORM)
    two, _ = table_at(80, FORM)
    filled = "".join(text_at(93.5, 100 + 20 * n, "文字。") for n in range(35))
    assert len(list(read(tmp_path, pdf_bytes([one, two, filled])).tables)) == 2  # the first ended far above the foot
    one, _ = table_at(730, FORM)
    document = read(tmp_path, pdf_bytes([one, text_at(93.5, 60, "表二") + two]))
    assert len(list(document.tables)) == 2 and texts(document) == ["表二"]
    narrow, _ = table_at(80, [["甲", "乙"]], xs=(120.0, 200.0, 300.0))
    assert len(list(read(tmp_path, pdf_bytes([one, narrow])).tables)) == 2


def test_copies_of_a_form_on_pages_of_their_own_stay_apart(tmp_path: Path) -> None:
    def form(name: str, top: float) -> str:
        rows: list[list[str | None]] = [["自评表", None, None, None], ["项目名称", name, "分值", "10"],
                                        ["主管部门", "某局", "得分", "9"], ["说明", "无", "", ""]]
        return table_at(top, rows)[0]

    document = read(tmp_path, pdf_bytes([form("甲项目", 720), form("乙项目", 80)]))
    assert [table.height for table in document.tables] == [4, 4]


def test_a_drawing_of_many_lines_costs_no_more_than_its_lines(tmp_path: Path) -> None:
    drawing = "".join(stroked(100 + k % 300, 300 + k % 7, 101 + k % 300, 305 + k % 11) for k in range(20_000))
    assert texts(read(tmp_path, pdf_bytes([page_of(["图前。"]) + drawing]))) == ["图前。"]


CODES: list[str | None] = ["科目", "名称", "预算数", "决算数"]


def test_a_sheet_printed_to_its_own_foot_goes_on_with_and_without_its_heading(tmp_path: Path) -> None:
    filled = "".join(text_at(93.5, 60 + 20 * n, "文字。") for n in range(38))
    one, foot = table_at(560, [CODES, ["301", "工资", "30.5", "30.1"], ["302", "商品", "12", "11.5"]])
    assert 0.7 * HIGH < foot < 700
    bare, _ = table_at(60, [["303", "补助", "5", "5"], ["合计", None, "47.5", "46.6"]])
    again, _ = table_at(60, [CODES, ["303", "补助", "5", "5"], ["合计", None, "47.5", "46.6"]])
    for two in (bare, again):
        tables = list(read(tmp_path, pdf_bytes([filled, one, two])).tables)
        assert len(tables) == 1 and tables[0].height == 5
        assert cells(tables[0])[3, 1] == ("补助", 1, 1) and cells(tables[0])[4, 0] == ("合计", 1, 2)
    # what begins with a heading of its own is another table, and so is what follows a total
    other, _ = table_at(60, [["编号", "去向", "支出数", "结余数"], ["1", "甲", "5", "5"]])
    assert len(list(read(tmp_path, pdf_bytes([filled, one, other])).tables)) == 2
    closed, _ = table_at(560, [CODES, ["301", "工资", "30.5", "30.1"], ["合 计", None, "30.5", "30.1"]])
    assert len(list(read(tmp_path, pdf_bytes([filled, closed, bare])).tables)) == 2


def test_title_lines_printed_again_over_the_heading_are_not_text(tmp_path: Path) -> None:
    def sheet(caption: str, rows: list[list[str | None]], top: float) -> str:
        return text_at(230, top, caption, 15) + text_at(440, top + 20, "单位：万元", 10) + table_at(top + 28, rows)[0]

    one = sheet("某项经费表", [CODES, ["301", "工资", "30.5", "30.1"], ["302", "商品", "12", "11.5"]], 720)
    more: list[list[str | None]] = [CODES, ["303", "补助", "5", "5"]]
    for caption in ("某项经费表", "续表"):
        document = read(tmp_path, pdf_bytes([one, sheet(caption, more, 110)]))
        assert texts(document) == ["某项经费表", "单位：万元"] and [t.height for t in document.tables] == [4]
    document = read(tmp_path, pdf_bytes([one, sheet("别项经费表", more, 110)]))
    assert texts(document)[2:] == ["别项经费表", "单位：万元"] and len(list(document.tables)) == 2


def test_the_empty_half_of_a_cut_row_is_no_row(tmp_path: Path) -> None:
    one, foot = table_at(760, [CODES, ["301", "工资\n福利", "30.5", "30.1"]])
    upright = "".join(stroked(x, 60, x, 70) for x in XS)
    sliver = stroked(XS[0], 60, XS[-1], 60) + upright
    two, _ = table_at(70, [["302", "商品", "12", "11.5"]])
    tables = list(read(tmp_path, pdf_bytes([one, sliver + two])).tables)
    assert [t.height for t in tables] == [3] and cells(tables[0])[1, 1] == ("工资\n福利", 1, 1)
    above = "".join(stroked(x, foot, x, foot + 10) for x in XS) + stroked(XS[0], foot + 10, XS[-1], foot + 10)
    tables = list(read(tmp_path, pdf_bytes([one + above, two])).tables)
    assert [t.height for t in tables] == [3] and cells(tables[0])[2, 2] == ("12", 1, 1)
    rows: list[list[str | None]] = [[f"30{n}", "工资\n", "30", "30"] for n in range(4)]
    one, foot = table_at(640, [CODES, *rows])
    low = "".join(stroked(x, foot, x, foot + 16) for x in XS) + stroked(XS[0], foot + 16, XS[-1], foot + 16)
    text = "".join(text_at(x + 5, foot + 12, said, 10) for x, said in zip(XS, ("309", "末行", "9", "9"), strict=False))
    sliver = stroked(XS[0], 52, XS[-1], 52) + "".join(stroked(x, 52, x, 70) for x in XS)
    tables = list(read(tmp_path, pdf_bytes([one + low + text, sliver + two])).tables)
    assert [t.height for t in tables] == [7] and cells(tables[0])[6, 0] == ("302", 1, 1)
