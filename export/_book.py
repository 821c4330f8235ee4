"""A workbook of long tables: what every sheet has in common, written row by row so that memory stays bounded.

Text of a document goes in only as a string. The formulas are made here, from numbers and cell names of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from fusuan.export._rows import clean
from fusuan.model import MONEY

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

LAST_ROW = 1_048_575  # counted from 0: the most a worksheet has
LONGEST = 32_767
_BOLD = {"bold": True}
STYLES: dict[str, dict[str, Any]] = {
    "text": {"text_wrap": True},
    "line": {},
    "head": {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E2EC",
             "border": 1},
    "title": {"bold": True, "font_size": 16},
    "section": {"bold": True, "font_size": 12, "bottom": 2},
    "bold": _BOLD | {"text_wrap": True},
    "number": {"align": "right", "indent": 1, "shrink": True},
    "centre": {"align": "center"},
    "file": _BOLD | {"bg_color": "#EDEDED", "top": 1, "text_wrap": True},
    "link": {"font_color": "#0563C1", "underline": 1, "align": "center"},
    "linktext": {"font_color": "#0563C1", "underline": 1},
    "filelink": {"font_color": "#0563C1", "underline": 1, "text_wrap": True},
    "verdict": {"align": "center"},
    "broken": _BOLD | {"bg_color": "#F8B4B4", "align": "center"},
    "doubtful": _BOLD | {"bg_color": "#FFE699", "align": "center"},
    "rounding": {"bg_color": "#E7EEF5", "align": "center"},
    "truncated": {"bg_color": "#E7EEF5", "align": "center"},
    "holds": {"align": "center"},
    "wrong": _BOLD | {"bg_color": "#F8B4B4", "align": "right", "indent": 1, "shrink": True},
    "answer": {"bg_color": "#FFFDE7", "text_wrap": True, "border": 4},
}
_LINE = 14.5  # points a line of text takes
_TALLEST = 27  # lines: Excel takes no row higher than 409 points
_PLAIN = {"text", "line", "number", "centre"}  # of these an empty cell need not be written
_UNITS = {*MONEY, "%", "‰", "倍", "分", "个百分点"}


class Link(NamedTuple):
    """A link to a cell of this workbook; with `number`, to the row of the sheet `target` whose first cell says so."""

    target: str
    label: str | int
    number: int | None = None


class Out(NamedTuple):
    """A link to a file."""

    target: str
    label: str


class Live(NamedTuple):
    """A formula with the value it gives."""

    formula: str
    value: Decimal | str


class Cell(NamedTuple):
    """What stands in a cell, in which style; `unit` and `decimals` say how a number is shown."""

    value: str | int | Decimal | Link | Out | Live | None
    style: str = "text"
    decimals: int | None = None
    unit: str = ""


Column = tuple[str, float]


@dataclass
class Book:
    """The workbook and its formats, each made once."""

    workbook: Workbook
    _formats: dict[tuple[str, str], Format] = field(default_factory=dict)

    def format(self, style: str, number: str = "") -> Format:
        key = (style, number)
        if key not in self._formats:
            look = {"font_name": "微软雅黑", "font_size": 10, "valign": "top"} | STYLES[style]
            self._formats[key] = self.workbook.add_format(look | ({"num_format": number} if number else {}))
        return self._formats[key]

    def sheet(self, name: str, columns: Sequence[float]) -> Worksheet:
        """Add a worksheet that prints well: landscape, as wide as the page, numbered."""
        sheet = self.workbook.add_worksheet(name)
        for at, width in enumerate(columns):
            sheet.set_column(at, at, width)
        sheet.set_default_row(17)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.35, right=0.35, top=0.5, bottom=0.6)
        sheet.set_footer("&L&A&C第 &P 页 共 &N 页")
        return sheet

    def put(self, sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
        """Write one cell. A Decimal becomes a float here and nowhere sooner."""
        value = cell.value if cell.value != "" else None
        look = self.format(cell.style, _shown(cell))
        if isinstance(value, str):
            sheet.write_string(row, column, held(value), look)
        elif isinstance(value, Link | Out):
            sheet.write_formula(row, column, f"=HYPERLINK({_target(value)},{_quoted(value.label)})", look, value.label)
        elif isinstance(value, Live):
            known = value.value if isinstance(value.value, str) else float(str(value.value))
            sheet.write_formula(row, column, value.formula, look, known)
        elif value is not None:
            sheet.write_number(row, column, float(str(value)), look)
        elif cell.style not in _PLAIN:
            sheet.write_blank(row, column, None, look)


class Pages:
    """A table that goes on in a further worksheet where one is full; `printed`: how many columns go on paper, the first ones."""

    def __init__(self, book: Book, name: str, columns: Sequence[Column], frozen: int = 0,
                 finish: Callable[[Worksheet, int, Book], None] | None = None, printed: int = 0) -> None:
        self.book, self.name, self.columns, self.frozen, self.finish = book, name, columns, frozen, finish
        self.printed = printed or len(columns)
        self.widths = [width for _, width in columns]
        self.count = 0
        self._sheets: list[Worksheet] = []
        self._turn()

    def at(self, number: int, column: str = "A") -> str:
        """Name the cell of the row that is or will be the `number`th (from 0)."""
        page, row = divmod(number, LAST_ROW)
        return f"'{self._page_name(page)}'!{column}{row + 2}"

    def row_of(self, number: int) -> int:
        """Return the row as Excel counts it."""
        return number % LAST_ROW + 2

    def add(self, cells: Sequence[Cell], level: int = 0) -> None:
        """Write the next row, folded at an outline level if one is given."""
        page, row = divmod(self.count, LAST_ROW)
        if page == len(self._sheets):
            self._turn()
        sheet = self._sheets[page]
        height = height_for(cells, self.widths)
        if level or height:
            sheet.set_row(row + 1, height, None, {"level": min(level, 7)} if level else {})
        for column, cell in enumerate(cells):
            self.book.put(sheet, row + 1, column, cell)
        self.count += 1
        _forget(sheet, row)

    def close(self) -> None:
        """Set the filter over what was written."""
        for page, sheet in enumerate(self._sheets):
            last = min(self.count - page * LAST_ROW, LAST_ROW)
            sheet.autofilter(0, 0, max(1, last), len(self.columns) - 1)
            sheet.print_area(0, 0, max(1, last), self.printed - 1)
            if self.finish and last:
                self.finish(sheet, last, self.book)

    def _page_name(self, page: int) -> str:
        return self.name if page == 0 else f"{self.name}{page + 1}"

    def _turn(self) -> None:
        sheet = self.book.sheet(self._page_name(len(self._sheets)), self.widths)
        sheet.hide_gridlines(0)
        sheet.freeze_panes(1, self.frozen)
        sheet.repeat_rows(0)
        sheet.outline_settings(symbols_below=False)
        sheet.set_row(0, 32)
        for column, (head, _) in enumerate(self.columns):
            self.book.put(sheet, 0, column, Cell(head, "head"))
        self._sheets.append(sheet)


def _forget(sheet: Worksheet, row: int) -> None:
    """Have xlsxwriter drop the height of a row that is on the disk: it keeps them all, and they are most of what it keeps."""
    for kept in ("row_info", "set_rows", "row_sizes"):
        getattr(sheet, kept, {}).pop(row, None)


def _target(link: Link | Out) -> str:
    if isinstance(link, Out):
        return _quoted(link.target)
    if link.number is None:
        return f'"#{link.target}"'
    return f"\"#'{link.target}'!A\"&MATCH({link.number},'{link.target}'!A:A,0)"


def _quoted(label: str | int) -> str:
    return str(label) if isinstance(label, int) else '"' + clean(label).replace('"', '""').replace("\n", " ") + '"'


def held(text: str) -> str:
    """Return text as a cell can hold it: cut to the length Excel takes.

    >>> held("<r>")
    ' <r>'
    """
    kept = clean(text)
    if len(kept) * 2 > LONGEST and len(kept.encode("utf-16-le")) > LONGEST * 2:
        kept = kept.encode("utf-16-le")[: LONGEST * 2 - 2].decode("utf-16-le", "ignore") + "…"
    # xlsxwriter takes a string that begins so for markup of its own
    return f" {kept}" if kept.startswith("<r>") else kept


def height_for(cells: Sequence[Cell], widths: Sequence[float]) -> float | None:
    """Return the height of a row of several lines: LibreOffice, unlike Excel, finds none of its own."""
    texts = ((cell.value.label if isinstance(cell.value, Out) else cell.value, width)
             for cell, width in zip(cells, widths, strict=False) if STYLES[cell.style].get("text_wrap"))
    lines = max((_lines(text, width) for text, width in texts if isinstance(text, str)), default=1)
    return min(lines, _TALLEST) * _LINE + 4 if lines > 1 else None


def _lines(text: str, width: float) -> int:
    if len(text) * 2 < width and "\n" not in text:
        return 1
    # in GBK a Chinese character is two bytes, as it is two columns
    return sum(max(1, ceil(len(line.encode("gbk", "replace")) / width)) for line in text.split("\n"))


def _shown(cell: Cell) -> str:
    """Return the number format: the decimals printed, the unit behind them, money in thousands."""
    if cell.decimals is None:
        return ""
    whole = "#,##0" if cell.unit.endswith("元") else "0"
    digits = whole + ("." + "0" * cell.decimals if cell.decimals else "")
    # each format is kept by Excel, which takes some 200: units that any word may be stay out of them
    return digits + (f'"{cell.unit}"' if cell.unit in _UNITS and cell.decimals <= 6 else "")
