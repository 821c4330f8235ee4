"""From tables to forms: find the headings, gather the rows under them, tell where one form ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fusuan.model import Cell, Table
from fusuan.patterns._report import Report, Text
from fusuan.patterns.cues.indicators import bare, mark_in, vocabulary, words
from fusuan.patterns.forms.form import Block, Form, Line, Total
from fusuan.patterns.forms.heads import Columns, heading
from fusuan.patterns.forms.totals import head_totals, total_of
from fusuan.patterns.forms.tree import Tree
from fusuan.patterns.forms.view import View

_FOOT = re.compile(r"[(\s]*(?:注|备注|说明|填表说明|填报说明|填表人|填报人|审核人|单位负责人|负责人|联系人|联系电话|填报日期|填报单位)[:：(1一]")
_SHARE = re.compile(r"占.{0,10}(?:比重|比例|百分比|比)(?:\(|$)")
_SIGNED = re.compile(r"(?:单位|项目|财务|部门|科室|主要)?(?:负责人|领导|经办人|联系人|填表人|填报人|审核人|制表人)(?:签字|签章|\(签字\)|\(签章\)|电话)?:"
                     r"|(?:填报|填表|填写)(?:日期|单位|时间):|联系电话:")
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
        _outside(state, grid, row)
    elif (found := heading(grid, row)) is not None:
        if state.block is not None and _repeats(state, found, grid):
            state.block.grid = grid
        else:
            state.open(grid, found)
        return found.bottom + 1
    elif (total := total_of(grid, row, state.columns)) is not None:
        _place_total(state, total)
    elif not _within(state, grid, row):
        state.close(True)
        _outside(state, grid, row)
        state.form.texts += [cell for cell in grid.starts(row) if len(grid.text(cell)) >= 6]
    return row + 1


def _outside(state: _Scan, grid: View, row: int) -> None:
    """Take a row for one of the form that is of none of its blocks."""
    state.form.totals += head_totals(grid, row)
    state.form.rows.append((grid, row))


def _within(state: _Scan, grid: View, row: int) -> bool:
    """Take a row for one of the block in force: the name of a group, a line, a section; tell whether it is one."""
    tree, columns = state.tree, state.columns
    if tree is not None and columns is not None and _names_group(grid, row, columns) and tree.named(grid, row):
        return True
    if state.block is not None and columns is not None and not _aside(grid, row, columns) and _belongs(grid, row, columns):
        line = _line(grid, row, columns)
        state.block.lines.append(line)
        if tree is not None:
            tree.add(line)
        return True
    return tree is not None and tree.section(grid, row)


def _aside(grid: View, row: int, columns: Columns) -> bool:
    """Tell whether a row is where a form is signed, or (without target, value or rule) says what share the marks above it are."""
    first = next((cell for cell in grid.starts(row) if grid.text(cell)), None)
    if first is None:
        return False
    asked = any(role in ("target", "measured", "rule") and grid.text(grid.cells[row][column]) for column, role in columns.roles.items())
    return bool(_SIGNED.match(grid.text(first)) or not asked and _SHARE.match(grid.text(first)))


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
