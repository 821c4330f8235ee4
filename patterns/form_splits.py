"""资金按性质分：表格里“按收入性质分”“按支出性质分”之下逐格写明名称和金额的，与年度资金总额核对。

读：“按……分：”一格之下同一列里“名称：金额”的各格（金额也可写在右边一格），与上方资金总额一行的预算数或执行数；
不读：没有写金额的格；与哪一栏都合不上、又没有一般笔误可以解释的，不作判断。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["资金", "", "年初预算数", "全年预算数", "全年执行数"], ["", "年度资金总额", "62.5万元", "70万元", "66万元"],
...         ["", "按收入性质分：", "", "按支出性质分：", ""], ["", "其中：一般公共预算：58万元", "", "基本支出：40万元", ""],
...         ["", "其他资金：12万元", "", "项目支出：30万元", ""]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> found = find(Report(Document("", "", (Table(cells, 5, 5, Place(table=1)),))))
>>> [(s.stated.text, [f.text for f in s.readings[0]["parts"]], s.guess) for s in found]
[('70万元', ['58万元', '12万元'], False), ('70万元', ['40万元', '30万元'], False)]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from fusuan.model import Cell, Figure, Reading, Statement
from fusuan.model.slip import misprinted
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.claims import alike, fits
from fusuan.patterns.figures.numbers import figure_in
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Block, Line
from fusuan.patterns.forms.view import View
from fusuan.patterns.text.fold import fold

_OPENS = re.compile(r"按.{1,8}分(?:类|项)?:?")
_ITEM = re.compile(r"(?:其中:?)?([^0-9:]{2,24}):(.*)")
_FAR = 4
"""So many rows below the total the lists begin."""
_MOST = 12


def find(report: Report) -> Iterator[Statement]:
    for form in forms(report):
        for block in form.funds:
            for line in block.lines[:1]:
                for name, parts in _lists(block, line):
                    yield from _against(line, name, parts)


def _lists(block: Block, line: Line) -> Iterator[tuple[str, list[Figure]]]:
    """The lists that open a few rows below the line of the whole, each with the amounts written in its cells."""
    grid = block.grid
    for row in range(line.row + 1, min(line.row + 1 + _FAR, grid.height)):
        for cell in grid.starts(row):
            if _OPENS.fullmatch(fold(grid.text(cell))):
                yield grid.text(cell).rstrip(":："), list(_amounts(grid, cell))


def _amounts(grid: View, opening: Cell) -> Iterator[Figure]:
    column = opening.place.column or 0
    first = (opening.place.row or 0) + opening.rows
    for row in range(first, min(first + _MOST, grid.height)):
        cell = grid.cells[row][column]
        match = _ITEM.fullmatch("".join(fold(cell.text).split())) if cell is not None else None
        if cell is None or match is None or (cell.place.column or 0) != column:
            return
        figure = figure_in(cell.text.split("：")[-1].split(":")[-1], cell.place) if match[2] else _beside(grid, cell)
        if figure is not None:
            start = cell.text.rfind(figure.text) if match[2] else figure.span[0]
            yield replace(figure, name=match[1], span=(start, start + len(figure.text)))


def _beside(grid: View, cell: Cell) -> Figure | None:
    """The amount in the cell right of a name."""
    column = (cell.place.column or 0) + cell.columns
    beside = grid.cells[cell.place.row or 0][column] if column < grid.width else None
    return figure_in(beside.text, beside.place) if beside is not None and beside.place.row == cell.place.row else None


def _against(line: Line, name: str, parts: Sequence[Figure]) -> Iterator[Statement]:
    """The budget that a list comes to, with those that a misprinted digit keeps from it; where it comes to none, the full year's as
    a guess.
    """
    cells = [line.cells[role] for role in ("budget", "initial", "executed") if role in line.cells]
    wholes = [f for cell in cells if (f := figure_in(cell.text, cell.place)) is not None and f.value]
    told = [f for f in wholes if len(parts) >= 2 and alike(f, parts)]
    held = [f for f in told if fits(f, parts, ())]
    total = sum((f.base for f in parts), Decimal(0))
    off = [f for f in told if f not in held and misprinted(f.value, total / f.scale, f.decimals)]
    for whole in [*held, *off] or told[:1]:
        stated = replace(whole, name=f"{line.text('name').rstrip('：:')}（{name}）")
        yield Statement("parts", "sum", stated, (Reading({"parts": tuple(parts)}),), line.quote, guess=whole not in held)
