"""The sheet 概览: totals, how to read the workbook, and one line a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from fusuan.desk import DISMISSED, ISSUES
from fusuan.export import _sheet_details, _sheet_files, _sheet_scores
from fusuan.export._book import Book, Cell, Link, height_for
from fusuan.export._rows import LEGEND
from fusuan.export._sheet_files import Line, Lines, counts, status_cell
from fusuan.model import Verdict

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME = "概览"
WIDTHS = (27, 20, 9, 8, 7, 7, 7, 7, 7, 7, 8, 9)
HEADS = ("文件", "单位", "状态", "读出数字", "复算", "相符", "尾差", "截位", "存疑", "不符", "未核对", "第一处疑点")
_GUIDE = (
    (ISSUES, "不符与存疑之处，每处一行，先重后轻。“核实结论”可下拉选择；点“编号”看该处的复算，点“文件”打开原件。"),
    (DISMISSED, "核实为“不属实”的，连同理由；再次核对时不再列入疑点清单。核实过而不再出现的也留在这里。"),
    (_sheet_details.NAME, "全部复算，包括相符的。“复算值”“结论”是活的公式：改正其中的数字，结论随之改变。"),
    (_sheet_details.OPERANDS, f"操作数多于 {_sheet_details.BESIDE} 个的算式，其各数列在此处。"),
    (_sheet_scores.NAME, "各报告的得分表：自评与复算并列，以及疑点对总分的影响。可按层级折叠。"),
    (_sheet_files.UNCHECKED, "没有进入任何复算的数字及其原因：程序没有核对它们，请人工判断。"),
    (_sheet_files.FILES, "每个文件的读取情况和计数。"))
_PAGE = 32
"""Rows that go on a page of paper, a few short ones less."""
_CAUTION = "差异＝报告值－复算值。“复算值”只说明数字之间是否对得上，不说明哪一个数字有误；结论以人工核实为准。"


class _Cursor:
    """Writes downwards: constant memory takes no row twice."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.sheet, self.row = book, sheet, 0
        self.breaks: list[int] = []

    def add(self, *cells: Cell, height: float | None = None) -> None:
        height = height or height_for(cells, WIDTHS)
        if height:
            self.sheet.set_row(self.row, height)
        for column, cell in enumerate(cells):
            self.book.put(self.sheet, self.row, column, cell)
        self.row += 1

    def section(self, title: str, rows: int = 0) -> None:
        """Begin a section, on a further page where its rows do not fit on what is left of this one."""
        if self.row - (self.breaks[-1] if self.breaks else 0) + rows > _PAGE:
            self.breaks.append(self.row)
        self.row += 1
        self.add(Cell(title, "section"), *(Cell(None, "section") for _ in WIDTHS[1:]))


def open_overview(book: Book) -> Worksheet:
    sheet = book.sheet(NAME, WIDTHS)
    sheet.hide_gridlines(2)
    return sheet


def fill_overview(book: Book, sheet: Worksheet, lines: Lines, kinds: Mapping[str, Sequence[int]]) -> None:
    """Write the overview once everything is counted; `kinds`: how many are broken and doubtful of each kind."""
    cursor = _Cursor(book, sheet)
    cursor.add(Cell("绩效自评报告复算结果", "title"), height=26)
    cursor.add(Cell(_sentence(lines), "line"))
    cursor.section("结论的含义")
    for verdict in reversed(Verdict):
        cursor.add(Cell(verdict.chinese, verdict.value), Cell(LEGEND[verdict], "line"),
                   *[Cell(None)] * 8, Cell(f"{lines.verdicts[verdict]} 处", "centre"))
    cursor.section("各表")
    for name, purpose in _GUIDE:
        cursor.add(Cell(Link(f"'{name}'!A1", name), "link"), Cell(purpose, "line"))
    cursor.add(Cell("说明", "centre"), Cell(_CAUTION, "line"))
    _kinds(cursor, kinds)
    cursor.section("各文件" if lines.files <= lines.most else f"各文件（不符最多的 {lines.most} 份；全部 {lines.files} 份见“{_sheet_files.FILES}”表）", len(lines.shown) + 3)
    _files(cursor, lines.shown)
    sheet.set_h_pagebreaks(cursor.breaks)


def _kinds(cursor: _Cursor, kinds: Mapping[str, Sequence[int]]) -> None:
    """Write a table of the kinds, the most frequent first, and draw it beside."""
    shown = sorted(((name, counts[0], counts[1]) for name, counts in kinds.items() if any(counts)), key=lambda row: -row[1] - row[2])
    if not shown:
        return
    height = min(_PAGE - 4, max(11, len(shown) * 3 // 2 + 4))
    cursor.section("疑点的类型", height + 2)
    cursor.add(Cell("类型", "head"), Cell("不符", "head"), Cell("存疑", "head"), height=22)
    first = cursor.row
    for name, broken, doubtful in shown:
        cursor.add(Cell(name), Cell(broken, "centre"), Cell(doubtful, "centre"))
    chart = cursor.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
    for column, colour in ((1, "#D9534F"), (2, "#F0C040")):
        chart.add_series({"name": [NAME, first - 1, column], "categories": [NAME, first, 0, cursor.row - 1, 0],
                          "values": [NAME, first, column, cursor.row - 1, column], "fill": {"color": colour}, "gap": 60})
    font = {"name": "微软雅黑", "size": 11}
    chart.set_title({"name": "疑点的类型（处）", "name_font": {**font, "size": 12}})
    chart.set_y_axis({"reverse": True, "num_font": font | {"rotation": 0}, "interval_unit": 1})
    few = {"major_unit": 1} if max(broken + doubtful for _, broken, doubtful in shown) <= 10 else {}  # there is no half a finding
    chart.set_x_axis({"num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#DDDDDD"}}, "min": 0, **few})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_size({"width": 470, "height": height * 23})
    cursor.sheet.insert_chart(first - 1, 3, chart, {"x_offset": 12, "y_offset": 2})
    cursor.row = max(cursor.row, first - 1 + height)


def _sentence(lines: Lines) -> str:
    if not lines.files:
        return "没有文件。"
    states, broken, doubtful = lines.statuses, lines.verdicts[Verdict.BROKEN], lines.verdicts[Verdict.DOUBTFUL]
    return (f"文件 {lines.files} 个：已核对 {states['checked']}，未能读取 {states['failed']}，"
            f"已跳过 {states['skipped']}。读出数字 {lines.figures} 个，复算 {lines.findings} 处：不符 {broken}，存疑 {doubtful}，"
            f"未核对 {lines.unchecked}。" + _settled(lines.dismissed) + ("" if broken or doubtful else "没有发现疑点。"))


def _settled(dismissed: int) -> str:
    return f"其中 {dismissed} 处已核实为不属实，列于“{DISMISSED}”。" if dismissed else ""


def _files(cursor: _Cursor, lines: Sequence[Line]) -> None:
    head = cursor.row
    cursor.add(*(Cell(name, "head") for name in HEADS), height=22)
    for line in lines:
        cursor.add(Cell(line.source.name), Cell(line.source.unit), status_cell(line.status, bool(line.thin)), *counts(line),
                   Cell(line.first._replace(label=f"疑点 {line.first.label}"), "link")
                   if line.first else Cell("无", "centre"))
    cursor.sheet.autofilter(head, 0, max(head + 1, cursor.row - 1), len(HEADS) - 1)
