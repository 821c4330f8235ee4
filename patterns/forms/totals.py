"""The totals of a form: a row that adds up the columns of a heading, and the whole that a head line carries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fusuan.model import Cell, Figure
from fusuan.patterns.cues.indicators import bare, is_total, mark_in, points_in, vocabulary
from fusuan.patterns.figures.numbers import figures_in
from fusuan.patterns.forms.form import Line, Total
from fusuan.patterns.forms.heads import Columns
from fusuan.patterns.forms.view import View
from fusuan.patterns.text.fold import fold

_MADE = re.compile(r"[(（](?:[一二三四五六七八九十]{1,2}|[①-⑳A-Z0-9])(?:[+＋-](?:[一二三四五六七八九十]{1,2}|[①-⑳A-Z0-9]))+[)）]|[(（][^()（）]*[×÷*][^()（）]*[)）]")
"""A total whose name says of which rows by number it is made, 最终得分（七＋八＋九）, or by what it is multiplied, does not add up all rows."""
_SCORED = re.compile(r"\((?:分值|权重|分)")


def total_of(grid: View, row: int, columns: Columns | None) -> Total | None:
    """Read a row that adds up (合计, 总分, 小计) in the columns of the heading in force."""
    cells = [cell for cell in grid.row(row) if grid.text(cell)]
    own = [cell for cell in cells if (cell.place.row or 0) == row]
    if not own or columns is None or columns.kind != "indicators":
        return None
    inner = columns.levels[-1] if columns.levels else 0
    first = next((cell for cell in own if (cell.place.column or 0) <= inner and is_total(grid.text(cell), "part")), own[0])
    text = grid.text(first)
    part = is_total(text, "part")
    if not part and (not is_total(text, "names") or _says_more(grid, row, columns, first)):
        return None
    if (first.place.column or 0) > (columns.levels[-1] if columns.levels else 0):
        return None
    if _MADE.search(text):
        return Total(Line(grid, row, {"name": first}, {}), text, None, None, part)
    found: dict[str, Cell] = {}
    for column, role in columns.roles.items():
        cell = grid.cells[row][column]
        if role in ("weight", "earned", "review", "deducted", "coefficient") and cell is not None and cell is not first and role not in found \
                and not _astray(cell, columns):
            found[role] = cell
    heads = {role: grid.text(columns.heads.get(column)) for column, role in reversed(columns.roles.items()) if role}
    line = Line(grid, row, {**found, "name": first}, heads)
    if "earned" not in found and "weight" not in found:
        numbers = [figure for cell in own[1:] if (figure := mark_in(cell))]
        return Total(line, text, None, numbers[-1] if numbers else None, part)
    scored = bool(columns.levels) and _SCORED.search(grid.text(columns.heads.get(columns.levels[0]))) is not None
    levels = tuple(figure for column in columns.level_weights.values()
                   if (cell := grid.cells[row][column]) is not first and (figure := mark_in(cell)))
    return Total(line, text, mark_in(found.get("weight")) or points_in(first, scored), mark_in(found.get("earned")), part, levels=levels)


def _astray(cell: Cell, columns: Columns) -> bool:
    """Tell whether a cell lies over several columns of marks: its row is of another table."""
    start = cell.place.column or 0
    return len({columns.roles.get(column) for column in range(start, start + cell.columns)} & {"weight", "earned", "review", "deducted"}) > 1


def _says_more(grid: View, row: int, columns: Columns, first: Cell) -> bool:
    """Tell whether a row has a target or a value achieved, and so is an indicator whatever its name."""
    marks = {id(grid.cells[row][column]) for column, role in columns.roles.items() if role in ("weight", "earned")}
    for column, role in columns.roles.items():
        cell = grid.cells[row][column]
        if role in ("target", "measured") and cell is not None and cell is not first and len(grid.text(cell)) > 1 \
                and id(cell) not in marks:
            return True
    return False


def _of_hundred(figure: Figure, following: Sequence[Cell]) -> tuple[Figure | None, Figure]:
    """总分 | 100 | 95.5: the hundred that may be earned, and what was."""
    next_mark = mark_in(following[0]) if following else None
    if figure.value == 100 and next_mark is not None and 0 <= next_mark.value <= 100:
        return figure, next_mark
    return None, figure


def head_totals(grid: View, row: int) -> list[Total]:
    """The total that a head line carries: a label and the mark beside it, or both in one cell (自评总分：95分)."""
    found: list[Total] = []
    cells = grid.starts(row)
    for index, cell in enumerate(cells):
        text = grid.text(cell)
        label = bare(text.partition(":")[0])
        if label not in vocabulary()["total"]["names"] or len(text) > 20 or label in ("合计", "总计"):
            continue
        inside = [f for f in figures_in(cell.text, cell.place) if f.unit in ("", "分")]
        figure: Figure | None = inside[0] if len(inside) == 1 else None
        if figure is None and index + 1 < len(cells):
            figure = mark_in(cells[index + 1])
        if figure is not None and (inside or figure.value != 100 or len(cells) <= index + 2 or mark_in(cells[index + 2]) is not None):
            full, earned = _of_hundred(figure, cells[index + 2:index + 3]) if not inside else (None, figure)
            found.append(Total(Line(grid, row, {"name": cell}, {}), fold(label), full, earned, top=True))
    return found
