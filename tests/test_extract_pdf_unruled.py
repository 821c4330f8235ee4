"""The PDF reader: tables without ruling lines, read by where their words stand; and text that must stay text."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from bench.unruled import bare, printed, said
from fusuan.model import Table
from tests.office import needs_writer
from tests.test_extract_pdf import FULL, advance, page_of, pdf_bytes, read, text_at, texts
from tests.test_extract_pdf_tables import XS, cells, stroked, table_at

SPECIMENS = Path(__file__).parent.parent / "corpus" / "specimens"
ENDS = (250.0, 350.0, 450.0, 530.0)


def ledger(rows: Sequence[Sequence[str]], top: float, pitch: float = 16, ends: Sequence[float] = ENDS) -> str:
    """Rows whose names begin at 93.5 and whose other words end right-aligned."""
    content = ""
    for k, (name, *values) in enumerate(rows):
        content += text_at(93.5, top + k * pitch, name, 11)
        for end, value in zip(ends, values, strict=False):
            content += text_at(end - advance(value, 11), top + k * pitch, value, 11) if value else ""
    return content


HEAD = ("项目", "年初预算", "全年预算", "执行数")
ACCOUNT = [HEAD, ("基本支出", "1,200.50", "1,250.50", "1,248.75"), ("项目支出", "340", "1,355.2", "350.2"),
           ("其中：专项", "", "30.2", "30.2"), ("合计", "1,540.50", "2,605.7", "1,598.95")]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in table.grid()]


def test_figures_under_headings_are_a_table(tmp_path: Path) -> None:
    content = page_of(["以下为收支情况，单位为万元。"]) + ledger(ACCOUNT, 140) + text_at(93.5, 240, "以上为收支情况。")
    document = read(tmp_path, pdf_bytes([content]))
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Table", "Paragraph"]
    assert rows(next(document.tables)) == [list(row) for row in ACCOUNT]
    place = next(document.tables).cells[5].place
    assert (place.page, place.row, place.column) == (1, 1, 1) and place.box is not None and 120 < place.box[1] < 160


def test_a_table_ruled_only_across_is_read_so_too(tmp_path: Path) -> None:
    rules = "".join(stroked(90, y, 535, y) for y in (128, 144, 208))
    assert rows(next(read(tmp_path, pdf_bytes([ledger(ACCOUNT, 140) + rules])).tables)) == [list(r) for r in ACCOUNT]


def test_names_that_wrap_and_headings_in_two_lines(tmp_path: Path) -> None:
    content = text_at(93.5, 140, "项目") + text_at(206, 140, "年初", 11) + text_at(306, 140, "执行", 11)
    content += text_at(206, 154, "预算数", 11) + text_at(306, 154, "数", 11)
    content += ledger([("一、一般公共服务", "30", "20"), ("支出", "", ""), ("二、教育支出", "4", "5"), ("三、其他", "6", "7")], 168, 14)
    found = cells(next(read(tmp_path, pdf_bytes([content])).tables))
    assert found[0, 1][0].replace("\n", "") == "年初预算数" and found[1, 0][0] == "一、一般公共服务支出"
    assert [found[r, 1][0] for r in (1, 2, 3)] == ["30", "4", "6"]


def test_a_column_without_figures_is_known_by_its_heading(tmp_path: Path) -> None:
    noted = [(*HEAD, "备注"), *[(*row, "") for row in ACCOUNT[1:]]]
    found = next(read(tmp_path, pdf_bytes([ledger(noted, 140, ends=(*ENDS[:3], 500.0, 540.0))])).tables)
    assert found.width == 5 and rows(found)[0] == [*HEAD, "备注"] and rows(found)[2][3:] == ["350.2", ""]


def test_cells_of_several_lines_and_labels_for_several_rows(tmp_path: Path) -> None:
    content, top = "", 140.0
    for row in (("一级指标", "二级指标", "指标值", "得分"), ("产出指标\n50分", "数量指标", "修建渠道十\n二公里", "20"),
                ("", "质量指标", "98%", "18"), ("效益指标", "社会效益", "受益三百人", "9.5")):
        for x, text in zip((93.5, 200, 300, 420), row, strict=True):
            content += "".join(text_at(x, top + 14 * n, line, 11) for n, line in enumerate(text.split("\n")) if line)
        top += 14 * max(text.count("\n") + 1 for text in row) + 10
    found = cells(next(read(tmp_path, pdf_bytes([content])).tables))
    assert found[1, 0] == ("产出指标50分", 2, 1) and found[1, 2][0] == "修建渠道十二公里" and found[2, 3][0] == "18"
    assert found[3, 0][0] == "效益指标"


def form(rows: Sequence[Sequence[str]], top: float, xs: Sequence[float] = (93.5, 180, 280, 360, 440)) -> str:
    """Rows 22 points apart whose cells hold lines 14 points apart; a row is as high as its second cell needs."""
    content = ""
    for row in rows:
        for x, text in zip(xs, row, strict=False):
            content += "".join(text_at(x, top + 14 * n, line, 11) for n, line in enumerate(text.split("\n")) if line)
        top += 14 * (row[1].count("\n") + 1) + 8
    return content


FORM = [("一级指标", "二级指标", "指标值", "分值", "得分"), ("产出指标\n（共五\n十分）", "数量指标", "十二公里", "20", "20"),
        ("", "质量指标", "98%", "1,250.5\n0", "18"), ("", "时效和成\n本指标", "年底前完\n成验收", "10", "9.5")]


def test_a_label_runs_on_beside_the_rows_it_stands_for(tmp_path: Path) -> None:
    found = rows(next(read(tmp_path, pdf_bytes([form(FORM, 140)])).tables))
    assert found[1][0].replace("\n", "") == "产出指标（共五十分）"
    assert found[1][1:] == ["数量指标", "十二公里", "20", "20"]
    assert found[2][0] == found[3][0] == found[1][0] and found[3][1:3] == ["时效和成本指标", "年底前完成验收"]


def test_a_figure_cut_for_want_of_room_is_one(tmp_path: Path) -> None:
    wide = [*FORM[:3], ("", "成本指标\n共两项", "12", "1,350.5\n0", "7"), ("总分", "", "", "100", "99")]
    found = rows(next(read(tmp_path, pdf_bytes([form(wide, 140)])).tables))
    assert found[3][3] == "1,350.50" and found[4][3:] == ["100", "99"]


def test_a_cell_and_a_label_go_on_over_the_page(tmp_path: Path) -> None:
    lead = "".join(text_at(93.5, 50 + 20 * n, FULL, 12) for n in range(32))
    one = lead + form([FORM[0], ("产出指标", "数量指标", "十二公里", "20", "20"), ("", "质量指标", "验收合格\n以后方可", "10", "9")], 710)
    two = form([("", "", "付款", "", ""), ("", "时效指标", "年底前", "10", "9.5"), ("", "成本指标", "不超过", "10", "8"),
                ("效益指标", "社会效益", "提高", "30", "28")], 60)
    table = next(read(tmp_path, pdf_bytes([one, two])).tables)
    assert table.height == 6 and rows(table)[2][2] == "验收合格以后方可付款"
    assert [row[0] for row in rows(table)] == ["一级指标", *["产出指标"] * 4, "效益指标"]


def test_rows_close_together_whose_label_stands_once(tmp_path: Path) -> None:
    content = ""
    for k, row in enumerate((("类别", "名称", "数量", "金额"), ("甲类", "第一", "20", "35.5"), ("", "第二", "10", "36.5"), ("", "第三", "11", "9.5"))):
        content += "".join(text_at(x, 140 + 15 * k, word, 11) for x, word in zip((93.5, 180, 280, 360), row, strict=True) if word)
    found = rows(next(read(tmp_path, pdf_bytes([content])).tables))
    assert [row[2] for row in found] == ["数量", "20", "10", "11"] and found[3][0] == "甲类"


def test_the_unit_over_a_heading_is_no_row(tmp_path: Path) -> None:
    caption = text_at(93.5, 124, "编制单位：某局", 11) + text_at(480, 124, "单位：万元", 11)
    document = read(tmp_path, pdf_bytes([caption + ledger(ACCOUNT, 140)]))
    assert next(document.tables).height == 5 and "单位：万元" in texts(document)[0]


def test_it_goes_on_over_the_page_with_and_without_its_heading(tmp_path: Path) -> None:
    lead = "".join(text_at(93.5, 60 + 20 * n, FULL, 12) for n in range(32))
    one = lead + ledger(ACCOUNT[:4], 740)
    more = [("经营支出", "12", "13", "14"), ("合计", "1,552.50", "2,618.7", "1,612.95")]
    for two in (more, [HEAD, *more]):
        document = read(tmp_path, pdf_bytes([one, ledger(two, 70) + text_at(93.5, 150, "完。")]))
        assert [table.height for table in document.tables] == [6] and texts(document)[-1] == "完。"
        assert rows(next(document.tables))[5] == list(more[1])


def test_a_heading_at_the_top_of_page_after_page_is_no_running_header(tmp_path: Path) -> None:
    pages = [ledger([HEAD, *[(f"第{n}{k}项", f"{7 * n + k}.5", "12.5", "3") for k in range(42)]], 50, 17.5) for n in (1, 2, 3)]
    document = read(tmp_path, pdf_bytes([text_at(200, 30, "某局年度报告", 9) + page for page in pages]))
    assert [table.height for table in document.tables] == [127] and not texts(document)
    assert [m.text for m in document.margins] == ["某局年度报告"] * 3


def test_rows_go_on_below_a_ruled_table_of_the_page_before(tmp_path: Path) -> None:
    one, _ = table_at(760, [["科目", "名称", "预算", "决算"], ["301", "工资", "30.5", "30.1"]])
    two = "".join(text_at(x + 5, top, word, 10) for top, row in ((70, ("302", "商品", "12", "11")), (86, ("303", "补助", "5", "4")))
                  for x, word in zip(XS, row, strict=False))
    document = read(tmp_path, pdf_bytes([one, two + text_at(93.5, 140, "后文。")]))
    assert rows(next(document.tables))[2:] == [["302", "商品", "12", "11"], ["303", "补助", "5", "4"]]
    assert texts(document) == ["后文。"]


def test_a_list_within_a_ruled_row_is_parted(tmp_path: Path) -> None:
    content, _ = table_at(200, [["名称", "单位", "数量", "增长"], ["粮食\n油料\n蔬菜", "吨\n吨\n吨", "30\n4\n12.5", "1.2\n-3\n4"]])
    assert rows(next(read(tmp_path, pdf_bytes([content])).tables))[1:] == [
        ["粮食", "吨", "30", "1.2"], ["油料", "吨", "4", "-3"], ["蔬菜", "吨", "12.5", "4"]]
    content, _ = table_at(200, [["名称", "单位", "数量", "增长"], ["粮食", "吨", "-\n35", "1.2\n-3"]])
    assert next(read(tmp_path, pdf_bytes([content])).tables).height == 2


def test_tables_under_each_other_are_parted_at_their_titles(tmp_path: Path) -> None:
    content = ledger(ACCOUNT, 140)
    for top, over in ((230, [(240, "支出明细表")]), (250, [(470, "单位：万元")])):
        content += "".join(text_at(x, top, word, 11) for x, word in over)
    content += ledger([("科目", "甲类合计", "乙类"), ("第一", "12.5", "7"), ("第二", "13.5", "8")], 270, ends=(300.0, 420.0))
    document = read(tmp_path, pdf_bytes([content]))
    assert [(table.height, table.width) for table in document.tables] == [(5, 4), (3, 3)]
    assert texts(document) == ["支出明细表", "单位：万元"]


def codes(entries: Sequence[Sequence[str]], top: float) -> str:
    xs = (75.0, 120.0, 165.0, 210.0, 330.0, 420.0)
    return "".join(text_at(x, top + 16 * k, word, 11) for k, row in enumerate(entries) for x, word in zip(xs, row, strict=True) if word)


def test_a_code_and_a_name_are_parted_where_few_rows_go_so_far_down(tmp_path: Path) -> None:
    found = next(read(tmp_path, pdf_bytes([codes([
        ("类", "款", "项", "科目名称", "合计", "基本支出"), ("201", "", "", "公共服务", "30", "12"), ("201", "03", "", "机关事务", "30", "12"),
        ("201", "03", "01", "行政运行", "30", "12"), ("204", "", "", "公共安全", "5", "5")], 140)])).tables)
    assert rows(found)[3] == ["201", "03", "01", "行政运行", "30", "12"]


HEADING = (("项目", "", "", "", "本年支出", "基本支出"), ("功能科目编码", "", "", "科目名称", "", ""))
DETAIL = [("201", "", "", "公共服务", "30", "12"), ("201", "03", "", "机关事务", "30", "12"), ("201", "03", "01", "行政运行", "30", "12"),
          ("204", "", "", "公共安全", "5", "5"), ("合计", "", "", "", "35", "17")]


def test_a_heading_alone_at_the_foot_of_a_page_belongs_to_the_rows_of_the_next(tmp_path: Path) -> None:
    lead = "".join(text_at(93.5, 60 + 20 * n, FULL, 12) for n in range(34))
    one = lead + text_at(240, 740, "支出决算表", 11) + text_at(470, 756, "单位：万元", 11) + codes(HEADING[:1], 772)
    two = codes([("", "", "", "", "合计", ""), *HEADING[1:], *DETAIL], 60)
    document = read(tmp_path, pdf_bytes([one, two]))
    table = next(document.tables)
    assert rows(table)[0][-2].replace("\n", "") == "本年支出合计" and rows(table)[-1][-2:] == ["35", "17"]
    assert table.place.page == 1 and {cell.place.page for cell in table.cells} == {1, 2}
    assert texts(document)[-2:] == ["支出决算表", "单位：万元"]


@needs_writer
def test_specimens_without_their_borders_are_checked_nearly_as_with_them(tmp_path: Path) -> None:
    twins = [tmp_path / name for name in ("ruled", "unruled")]
    for name in ("account-tables-wrong", "project-form"):
        for folder, bared in zip(twins, (False, True), strict=True):
            folder.mkdir(exist_ok=True)
            (bare if bared else shutil.copy)(SPECIMENS / f"{name}.docx", folder / f"{name}.docx")
    for folder in twins:
        printed(folder)
    for name in ("account-tables-wrong", "project-form"):
        one, two = (said(folder / f"{name}.pdf") for folder in twins)
        assert (one & two).total() >= 0.9 * one.total() > 20
        assert not [key for key in two - one if key[1] in ("BROKEN", "DOUBTFUL")]


PLAIN = {
    "paragraphs with wide blanks": page_of([f"{FULL[:10]}　　{FULL[:12]} 12", f"{FULL[:10]}　　{FULL[:12]} 34",
                                            f"{FULL[:10]}　　{FULL[:9]} 56"]),
    "contents": "".join(text_at(93.5, 100 + 20 * k, name) + text_at(480, 100 + 20 * k, page)
                        for k, (name, page) in enumerate((("一、概况", "1"), ("二、收支", "3"), ("三、绩效", "12")))),
    "contents with leaders": "".join(text_at(93.5, 100 + 20 * k, name) + text_at(200, 100 + 20 * k, "……………………") + text_at(
        480, 100 + 20 * k, page) for k, (name, page) in enumerate((("名称", "页码"), ("一、概况", "1"), ("二、收支", "3"), ("三、绩效", "12")))),
    "names in two columns": "".join(text_at(93.5, 100 + 20 * k, a) + text_at(300, 100 + 20 * k, b) for k, (a, b) in enumerate(
        (("张某12", "李某"), ("赵某", "王某"), ("孙某", "周某"), ("吴某", "郑某")))),
    "signatures": "".join(text_at(93.5, 100 + 20 * k, a) + text_at(300, 100 + 20 * k, b) for k, (a, b) in enumerate(
        (("单位负责人：张某", "填报人：李某"), ("联系电话：1234567", "填报日期：2023年4月"), ("审核人：王某", "盖章")))),
    "two columns of text": "".join(text_at(50, 100 + 20 * k, FULL[:18]) + text_at(310, 100 + 20 * k, FULL[5:23])
                                   for k in range(8)),
    "figures that no heading names": ledger([row for row in ACCOUNT[1:] if row[1]], 100),
}


CENTRED = (("", "产出指标（50分）", 2, (("修建\n渠道", "≥12公里", "20", "20"), ("验收合格率", "≥98%", "30", "28.5"))),
           ("", "效益指标（30分）", 3, (("受益\n人口\n数量", "≥300人", "10", "10"), ("增收", "≥5%", "10", "9"), ("节水", "≥2%", "10", "10"))),
           ("", "满意度\n（20分）", 1, (("群众\n满意度", "≥90%", "20", "19.25"),)))


def centred(groups: Sequence[tuple[str, str, int, Sequence[Sequence[str]]]], top: float, xs: Sequence[float] = (140, 240, 330, 400, 470),
            pad: float = 3) -> str:
    """Rows whose cells, and labels of several rows, stand about their middles, from left to right and from top to bottom."""
    def cell(x: float, middle: float, text: str) -> str:
        lines = text.split("\n")
        return "".join(text_at(x - advance(line, 11) / 2, middle + 4 + 14 * (n - (len(lines) - 1) / 2), line, 11) for n, line in enumerate(lines))

    content = "".join(cell(x, top, word) for x, word in zip(xs, ("一级指标", "三级指标", "指标值", "分值", "得分"), strict=True))
    top += 7 + pad
    for _, label, _, rows in groups:
        start = top
        for row in rows:
            height = 14 * max(text.count("\n") + 1 for text in row) + 2 * pad
            content += "".join(cell(x, top + height / 2, text) for x, text in zip(xs[1:], row, strict=True))
            top += height
        content += cell(xs[0], (start + top) / 2, label)
    return content


@pytest.mark.parametrize("pad", [0, 1, 3, 8])
def test_cells_centred_beside_each_other_and_labels_beside_their_rows(tmp_path: Path, pad: float) -> None:
    found = rows(next(read(tmp_path, pdf_bytes([centred(CENTRED, 140, pad=pad)])).tables))
    assert [[text.replace("\n", "") for text in row] for row in found[1:]] == [
        [label.replace("\n", ""), *(text.replace("\n", "") for text in row)] for _, label, _, members in CENTRED for row in members]


def test_a_label_that_nothing_binds_to_its_rows_makes_no_table(tmp_path: Path) -> None:
    members = [(f"第{k}项\n指标" + "\n内容" * (k == 1), f"≥{k}%", f"{k}.5", f"{k}.25") for k in range(1, 6)]
    loose = centred([("", "", 1, members[:1]), ("", "产出指标（50分）", 3, members[1:4]), ("", "", 1, members[4:])], 140)
    assert not list(read(tmp_path, pdf_bytes([loose])).tables)


@pytest.mark.parametrize("kind", list(PLAIN))
def test_text_stays_text(tmp_path: Path, kind: str) -> None:
    document = read(tmp_path, pdf_bytes([PLAIN[kind]]))
    assert not list(document.tables)
    shown = "".join(texts(document))
    assert shown and all(digit in shown for digit in "12" if kind != "two columns of text")
