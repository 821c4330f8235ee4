"""From tables to forms: find the headings, gather the rows under them, tell where one form ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fusuan.model import Cell, Figure, Table
from fusuan.patterns._report import Report, Text
from fusuan.patterns.cues.indicators import bare, is_total, mark_in, points_in, vocabulary, words
from fusuan.patterns.figures.numbers import figures_in
from fusuan.patterns.forms.form import Block, Form, Line, Total
from fusuan.patterns.forms.heads import Columns, heading
from fusuan.patterns.forms.tree import Tree
from fusuan.patterns.forms.view import View
from fusuan.patterns.text.fold import fold

_FOOT = re.compile(r"[(\s]*(?:注|备注|说明|填表说明|填报说明|填表人|填报人|审核人|单位负责人|负责人|联系人|联系电话|填报日期|填报单位)[:：(1一]")
_SIGNED = re.compile(r"(?:单位|项目|财务|部门|科室|主要)?(?:负责人|领导|经办人|联系人|填表人|填报人|审核人|制表人)(?:签字|签章|\(签字\)|\(签章\)|电话)?:"
                     r"|(?:填报|填表|填写)(?:日期|单位|时间):|联系电话:")
_SCORED = re.compile(r"\((?:分值|权重|分)")
_TITLE = re.compile(r"附[件表]|(?:^|[^分])表\s?[0-9一二三四五六]")
_TARGETS = {"target", "initial_target", "adjusted"}


class _Scan:
    """The state of a reading: the form and the block that are open, and the heading in force."""

    def __init__(self) -> None:
        self.form = Form()
        self.done: list[Form] = []
        self.block: Block | None = None
        self.columns: Columns | None = None
        self.tree: Tree | None = None
        self.sheet: str | None = None

    def close(self, closed: bool) -> None:
        """End the block in force; `closed` tells whether something of the form follows it."""
        if self.block is not None and self.tree is not None:
            self.tree.finish(self.block, closed)
        self.block = self.columns = self.tree = None

    def next_form(self) -> None:
        self.close(True)
        if self.form.blocks or self.form.totals:
            self.done.append(self.form)
        self.form = Form()

    def open(self, grid: View, columns: Columns) -> None:
        self.close(True)
        heads = {role: columns.heads[column] for column, role in reversed(columns.roles.items()) if column in columns.heads}
        self.block = Block(columns.kind, grid, heads, columns.label)
        self.columns = columns
        self.tree = Tree(columns) if columns.kind == "indicators" else None
        self.form.blocks.append(self.block)


def scan(report: Report) -> Iterator[Form]:
    """Yield the forms of a report. A table without heading of its own goes on with the one before it."""
    state = _Scan()
    between, titles = "", vocabulary()["head"]["titles"]
    for block in report.blocks:
        if isinstance(block, Text):
            between += block.folded.strip()
            if _FOOT.match(between) or len(between) > 60:
                state.close(bool(_FOOT.match(between)))
        else:
            _table(state, block, titled=bool(_TITLE.search(between)) or any(word in between for word in titles))
            between = ""
    state.close(False)
    yield from (form for form in (*state.done, state.form) if form.blocks or form.totals)


def _table(state: _Scan, table: Table, titled: bool) -> None:
    grid = View(table)
    if not _goes_on(state, grid, titled):
        state.close(False)
        state.next_form()
    elif state.block is not None and state.block.grid.width != grid.width:
        state.close(True)
    state.sheet = table.place.sheet
    row = 0
    while row < grid.height:
        row = _read(state, grid, row)


def _goes_on(state: _Scan, grid: View, titled: bool) -> bool:
    """Tell whether a table goes on with the form before it: same columns, and no opening of its own."""
    if titled or not grid.height or state.sheet != grid.table.place.sheet:
        return False
    if state.columns is not None and state.block is not None and state.block.grid.width == grid.width:
        first = heading(grid, 0)
        if not _opens(grid, 0) and (_fits(grid, state.columns) if first is None else first.key() == state.columns.key()):
            return True
    # not its properties: what a form derives is worked out once, when it is whole
    return {block.kind for block in state.form.blocks} == {"funds"} and _begins(grid)


def _fits(grid: View, columns: Columns) -> bool:
    """Tell whether the first rows of a table hold marks (or nothing) where the heading in force wants them."""
    marked = 0
    for row in range(min(3, grid.height)):
        for column, role in columns.roles.items():
            cell = grid.cells[row][column]
            if role in ("weight", "earned") and grid.text(cell) and cell is not None:
                if mark_in(cell) is None and bare(grid.text(cell)) not in words("words", "none") and cell.columns == 1:
                    return False
                marked += 1
    return marked > 0 or not {"weight", "earned"} & set(columns.roles.values())


def _begins(grid: View) -> bool:
    """Tell whether a table comes to a heading of indicators before anything that opens a form."""
    for row in range(min(grid.height, 8)):
        if _opens(grid, row):
            return False
        if (found := heading(grid, row)) is not None:
            return found.kind == "indicators"
    return False


def _read(state: _Scan, grid: View, row: int) -> int:
    """Read one row (or a heading of several); return the next."""
    if _opens(grid, row):
        if state.form.blocks:
            state.next_form()
        state.form.totals += _head_totals(grid, row)
        state.form.rows.append((grid, row))
        return row + 1
    found = heading(grid, row)
    if found is not None:
        if _repeats(state, found, grid):
            assert state.block is not None
            state.block.grid = grid
        else:
            state.open(grid, found)
        return found.bottom + 1
    total = _total(grid, row, state.columns)
    if total is not None:
        _place_total(state, total)
        return row + 1
    if state.tree is not None and state.columns is not None and _names_group(grid, row, state.columns) \
            and state.tree.named(grid, row):
        return row + 1
    if state.block is not None and state.columns is not None and not _signed(grid, row) \
            and _belongs(grid, row, state.columns):
        line = _line(grid, row, state.columns)
        state.block.lines.append(line)
        if state.tree is not None:
            state.tree.add(line)
        return row + 1
    if state.tree is not None and state.tree.section(grid, row):
        return row + 1
    state.close(True)
    state.form.totals += _head_totals(grid, row)
    state.form.rows.append((grid, row))
    state.form.texts += [cell for cell in grid.starts(row) if len(grid.text(cell)) >= 6]
    return row + 1


def _signed(grid: View, row: int) -> bool:
    """Tell whether a row is where a form is signed."""
    first = next((cell for cell in grid.starts(row) if grid.text(cell)), None)
    return first is not None and bool(_SIGNED.match(grid.text(first)))


def _repeats(state: _Scan, found: Columns, grid: View) -> bool:
    """Tell whether a heading only repeats the one in force, as at the top of a page."""
    if state.block is None or state.columns is None or state.columns.key() != found.key():
        return False
    if not all(total.part for total in state.block.totals):
        return False
    label = state.block.label
    return found.label is None or (label is not None and grid.text(found.label) in ("", state.block.grid.text(label)))


def _place_total(state: _Scan, total: Total) -> None:
    if state.block is None:
        state.form.totals.append(total)
        return
    total = replace(total, after=len(state.block.lines))
    state.block.totals.append(total)
    if state.tree is not None:
        state.tree.total(total)


def _opens(grid: View, row: int) -> bool:
    """Tell whether a row opens a form: a title over the whole width, or the line that names the project."""
    cells = [cell for cell in grid.starts(row) if grid.text(cell)]
    if not cells:
        return False
    text = grid.text(cells[0])
    if len(cells) == 1 and cells[0].columns == grid.width and len(text) < 60:
        return any(bare(text).endswith(word) for word in vocabulary()["head"]["titles"])
    return bare(text) in vocabulary()["head"]["opens"]


def _belongs(grid: View, row: int, columns: Columns) -> bool:
    """Tell whether a row keeps to the columns of the heading: no cell of its own lies over values and names alike."""
    label = columns.label
    if label is not None and columns.kind == "funds" and label.rows > 1:
        if grid.cells[row][label.place.column or 0] is not label:
            return False
    seen: dict[int, set[str]] = {}
    for column, role in columns.roles.items():
        cell = grid.cells[row][column] if column < grid.width else None
        if cell is not None and role and role not in ("ignored", "label"):
            seen.setdefault(id(cell), set()).add(role)
    return all(len(roles) == 1 or roles <= _TARGETS or roles <= {"level", "weight"} for roles in seen.values())


def _names_group(grid: View, row: int, columns: Columns) -> bool:
    """Tell whether a row holds nothing but a name, in a form whose names stand in one column and whose marks in others."""
    if len(columns.levels) != 1 or columns.column("weight") is None:
        return False
    filled = [cell for cell in grid.starts(row) if grid.text(cell)]
    return len(filled) == 1 and (filled[0].place.column or 0) <= columns.levels[0]


def _line(grid: View, row: int, columns: Columns) -> Line:
    cells: dict[str, Cell] = {}
    heads: dict[str, str] = {}
    for column, role in columns.roles.items():
        cell = grid.cells[row][column]
        # of several columns of explanation (指标解释, 自评情况) the last says what was achieved
        later = role == "note" and bool(grid.text(cell))
        if not role or role in ("level", "ignored", "label") or role in cells and not later:
            continue
        if cell is not None:
            cells[role] = cell
            heads[role] = grid.text(columns.heads.get(column))
    for role in ("adjusted", "initial_target"):
        if role in cells and grid.text(cells[role]) and (role == "adjusted" or not grid.text(cells.get("target"))):
            cells["target"] = cells[role]
    if columns.kind == "funds":
        name = next((cell for cell in grid.row(row) if cell is not columns.label and grid.text(cell)), None)
        if name is not None:
            cells["name"] = name
    return Line(grid, row, cells, heads)


def _total(grid: View, row: int, columns: Columns | None) -> Total | None:
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
    found: dict[str, Cell] = {}
    for column, role in columns.roles.items():
        cell = grid.cells[row][column]
        if role in ("weight", "earned", "review", "deducted", "coefficient") and cell is not None and cell is not first and role not in found:
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


def _head_totals(grid: View, row: int) -> list[Total]:
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
        if figure is not None:
            full, earned = _of_hundred(figure, cells[index + 2:index + 3]) if not inside else (None, figure)
            found.append(Total(Line(grid, row, {"name": cell}, {}), fold(label), full, earned, top=True))
    return found
