"""Charts over the tables of 总览."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from fusuan.export._book import Book

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_COLOURS = ("#C0504D", "#E0A030", "#5B7DB1")
_FONT = {"name": "微软雅黑", "size": 10}
Rows = tuple[int, int]


def columns(book: Book, sheet: Worksheet, at: Rows, title: str, rows: Rows, names: Sequence[str]) -> None:
    """Draw upright bars beside each other: the first two columns behind the names."""
    _chart(book, sheet, "column", at, title, rows, names, ("#5B7DB1", "#C0504D"))


def bars(book: Book, sheet: Worksheet, at: Rows, title: str, rows: Rows, names: Sequence[str], most: int) -> None:
    """Draw bars on top of each other, the first row at the top. The columns are found by their heads' order: 不符, 存疑.

    `most` is what the longest bar counts.
    """
    _chart(book, sheet, "bar", at, title, rows, names, _COLOURS, {"major_unit": 1} if most <= 10 else {})


def _chart(book: Book, sheet: Worksheet, kind: str, at: Rows, title: str, rows: Rows, names: Sequence[str],
           colours: Sequence[str], steps: Mapping[str, int] = MappingProxyType({})) -> None:
    first, last = rows[0], max(rows[0], rows[1] - 1)
    if rows[1] <= rows[0]:
        return
    chart = book.workbook.add_chart({"type": kind} | ({"subtype": "stacked"} if kind == "bar" else {}))
    left = 5 if names == ("不符",) else 1  # in the table of units 不符 stands behind the counts of files
    for number, name in enumerate(names):
        chart.add_series({"name": name, "categories": ["总览", first, 0, last, 0], "values": ["总览", first, left + number, last, left + number],
                          "fill": {"color": colours[number]}, "gap": 60})
    chart.set_title({"name": title, "name_font": {**_FONT, "bold": True, "size": 10}})
    chart.set_legend({"position": "bottom", "font": _FONT} if len(names) > 1 else {"none": True})
    chart.set_x_axis({**steps, "num_font": _FONT, "major_gridlines": {"visible": kind == "bar", "line": {"color": "#DDDDDD"}}})
    # every name at its bar: Excel is told so by the interval, LibreOffice, which drops what it takes to be too near, by a rotation of 0
    every = {"interval_unit": 1, "num_font": _FONT | {"rotation": 0}} if kind == "bar" else {"num_font": _FONT}
    chart.set_y_axis({**every, "reverse": kind == "bar", "major_gridlines": {"visible": kind != "bar", "line": {"color": "#DDDDDD"}}})
    chart.set_size({"width": 380, "height": 310})
    sheet.insert_chart(*at, chart, {"x_offset": 4, "y_offset": 4})
