"""The heading rows of a form: which rows they are and what each column under them holds."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from fusuan.model import Cell
from fusuan.patterns.cues.indicators import mark_in, points_in, role_of
from fusuan.patterns.forms.view import View
from fusuan.patterns.text.fold import fold

_MONEY = ("initial", "budget", "executed", "rate")
_VALUES = ("weight", "earned", "target", "initial_target", "measured", "rule", "coefficient")
_DEEPEST = 8
_FINAL = re.compile(r"加权得分|折算得分|折算后得分|最终得分")


@dataclass(slots=True, eq=False)
class Columns:
    """What each column under a heading holds: `roles[column]`, the level columns left to right, the label beside.

    `kind` is "funds" or "indicators"; `bottom` is the last heading row.
    """

    kind: str
    top: int
    bottom: int
    roles: dict[int, str]
    heads: dict[int, Cell]
    label: Cell | None = None
    levels: list[int] = field(default_factory=list)
    level_weights: dict[int, int] = field(default_factory=dict)
    level_earned: dict[int, int] = field(default_factory=dict)

    def column(self, role: str) -> int | None:
        """The first column of a role, None where there is none."""
        return next((column for column, own in self.roles.items() if own == role), None)

    def key(self) -> tuple[tuple[int, str], ...]:
        return tuple(sorted(self.roles.items()))


def heading(grid: View, row: int) -> Columns | None:
    """Read the heading that begins in a row; None where the row begins none."""
    starting = [cell for cell in grid.starts(row) if grid.text(cell)]
    if _headed_by_points(grid, starting):
        starting = starting[:-1]
    if len(starting) < 2 or any(_is_number(grid.text(cell)) for cell in starting) or _twice(grid, starting):
        return None
    roles = {id(cell): role_of(grid.text(cell)) for cell in starting}
    found = set(roles.values())
    known = sum(bool(role) for role in roles.values())
    if known * 2 < len(starting) and known < 4:
        return None
    wide = [cell for cell in starting if cell.columns > 1 and row + cell.rows < grid.height]
    if wide and "level" not in found and known >= 2:
        below = [cell for cell in grid.starts(row + 1) if grid.text(cell)]
        found |= {role_of(grid.text(cell)) for cell in below} if below and all(_sub_heading(grid, cell) for cell in below) else set()
    named = any(roles[id(cell)] == "level" and "指标" in grid.text(cell) for cell in starting)
    aimed = named or found & {"target", "initial_target", "measured", "rule", "coefficient"}
    if sum(role in found for role in _MONEY) >= 2 and ("level" not in found or not aimed):
        return _columns(grid, row, "funds")
    valued = any(role in found for role in _VALUES) and known >= 3 - bool(wide) - (len(starting) < 3)
    if "level" in found and valued and (named or found & {"weight", "earned", "coefficient"}):
        return _columns(grid, row, "indicators")
    return None


def _twice(grid: View, starting: list[Cell]) -> bool:
    """Tell whether headings come over again in the same row: two lists side by side, whose rows have nothing to do with each other."""
    texts = [grid.text(cell) for cell in starting]
    half = len(texts) // 2
    return half > 2 and texts[:half] == texts[half:]


def _headed_by_points(grid: View, starting: list[Cell]) -> bool:
    """Tell whether the last of some headings is but the points of the block, its marks below: 指标 | 指标值 | 完成值 | 60."""
    roles = {role_of(grid.text(cell)) for cell in starting[:-1]}
    last = grid.text(starting[-1]) if starting else ""
    return "level" in roles and {"target", "measured"} <= roles and last.isdigit() and 0 < int(last) <= _WHOLE


_WHOLE = 100


def _is_number(text: str) -> bool:
    return text.replace(".", "").replace("%", "").replace(",", "").isdigit()


def _bottom(grid: View, row: int) -> int:
    """The last row of a heading: as far down as its own merged cells reach, or a row of sub-headings under it."""
    starting = [cell for cell in grid.starts(row) if grid.text(cell)]
    spans = [cell.rows for cell in starting if role_of(grid.text(cell)) and (cell.place.column or 0) > 0 and cell.rows <= 3]
    deep = max(spans, default=1)
    if deep > 1:
        return min(row + deep - 1, grid.height - 1)
    below = [cell for cell in grid.starts(row + 1) if grid.text(cell)] if row + 1 < grid.height else []
    split = any(cell.columns > 1 for cell in starting)
    if split and len(below) >= 2 and all(_sub_heading(grid, cell) for cell in below):
        return row + 1
    known = [role_of(grid.text(cell)) for cell in below]
    if len(below) >= 2 and all(known) and not ("level" in known and set(known) & set(_VALUES)):
        return row + 1
    return row


def _sub_heading(grid: View, cell: Cell) -> bool:
    text = grid.text(cell)
    return bool(role_of(text)) or (len(text) <= 6 and not any(c.isdigit() for c in text) and cell.rows == 1)


def _columns(grid: View, row: int, kind: str) -> Columns:
    bottom = _bottom(grid, row)
    columns = Columns(kind, row, bottom, {}, {})
    for column in range(grid.width):
        stack = _stack(grid, row, bottom, column)
        if not stack:
            continue
        lowest = stack[-1]
        first = column == (lowest.place.column or 0)
        if (lowest.place.row or 0) + lowest.rows - 1 > bottom:
            columns.label = columns.label or lowest
            columns.roles[column] = "label"
        elif first or kind == "indicators":
            columns.roles[column] = _role(grid, stack) or ("" if first else columns.roles.get(column - 1, ""))
        columns.heads[column] = lowest
    if kind == "indicators":
        if not {"weight", "earned"} & set(columns.roles.values()):
            columns.roles |= {column: "earned" for column, head in columns.heads.items() if not columns.roles.get(column) and grid.text(head).isdigit()}
        _label_as_level(grid, columns)
        _settle(grid, columns)
    elif columns.label is None:
        columns.label = next((cell for column, cell in columns.heads.items() if not columns.roles.get(column) and points_in(cell)), None)
    return columns


def _label_as_level(grid: View, columns: Columns) -> None:
    """The cell beside a block is a group where others like it follow below in its column: the heading of the level is missing."""
    label = columns.label
    if label is None:
        return
    column, under = label.place.column or 0, (label.place.row or 0) + label.rows
    below = grid.cells[under][column] if under < grid.height else None
    if below is not None and below.columns == label.columns and below.place.row == under \
            and points_in(below) is not None and points_in(label) is not None:
        columns.roles[column], columns.label = "level", None


def _stack(grid: View, top: int, bottom: int, column: int) -> list[Cell]:
    found: list[Cell] = []
    for row in range(top, bottom + 1):
        cell = grid.cells[row][column]
        if cell is not None and (not found or found[-1] is not cell) and (grid.text(cell) or not found):
            found.append(cell)
    return found


def _role(grid: View, stack: list[Cell]) -> str:
    texts = [grid.text(cell) for cell in stack]
    if len(texts) == 1:
        return role_of(texts[0])
    lowest, over = texts[-1], texts[-2]
    return role_of(lowest) or role_of(over + lowest) or role_of(lowest + over) or role_of(over)


def _data(grid: View, columns: Columns, column: int, most: int = 40) -> list[Cell]:
    """The filled cells that begin in a column below the heading, up to the next heading or `most` of them."""
    found: list[Cell] = []
    for row in range(columns.bottom + 1, min(grid.height, columns.bottom + 1 + 2 * most)):
        cell = grid.cells[row][column]
        if cell is None or (cell.place.row or 0) != row or (cell.place.column or 0) != column or not grid.text(cell):
            continue
        if cell.columns > 3 or len(found) >= most:
            break
        found.append(cell)
    return found


def _numeric(cells: list[Cell]) -> bool:
    return bool(cells) and sum(mark_in(cell) is not None for cell in cells) * 2 > len(cells)


def _marks_only(cells: list[Cell]) -> bool:
    return not cells or _numeric(cells)


def _settle(grid: View, columns: Columns) -> None:
    """Put right what headings alone get wrong: marks under names, names under 权重, a score column without heading."""
    roles = columns.roles
    for column, role in list(roles.items()):
        cells = _data(grid, columns, column)
        if role == "weight" and cells and not _numeric(cells) and not any(mark_in(cell) for cell in cells):
            roles[column] = "level"
        elif role == "level" and _numeric(cells):
            roles[column] = "ignored"
    _goals_as_level(grid, columns)
    _name_levels(grid, columns)
    last = max(columns.levels, default=-1)
    for column, role in list(roles.items()):
        left = [level for level in columns.levels if level < column]
        if role in ("weight", "earned") and column < last and left:
            level = left[-1]
            if role == "weight" or (level not in columns.level_weights and _marks_only(_data(grid, columns, column))):
                columns.level_weights[level] = column
            else:
                columns.level_earned[level] = column
            roles[column] = "ignored"
    _one_of_each(grid, columns)


def _goals_as_level(grid: View, columns: Columns) -> None:
    """A column headed 绩效目标 that stands left of the levels, while another holds the targets, names their groups."""
    goals = [column for column, role in columns.roles.items() if role == "target"]
    first = min((column for column, role in columns.roles.items() if role == "level"), default=-1)
    for column in goals[:-1]:
        # (a goal with points of its own is a block, whose heading the cut of a page parted from it)
        if column < first < goals[-1] and points_in(columns.heads[column]) is None and not any(map(mark_in, _data(grid, columns, column))):
            columns.roles[column] = "level"


def _name_levels(grid: View, columns: Columns) -> None:
    """Level columns are those so headed, and unnamed columns of words left of the last of them."""
    roles = columns.roles
    last = max((column for column, role in roles.items() if role == "level"), default=-1)
    if last < 0:
        return
    for column in range(last):
        if not roles.get(column):
            cells = _data(grid, columns, column)
            if cells and not _numeric(cells):
                roles[column] = "level"
    for column in range(last + 1, grid.width):
        if roles.get(column) or grid.text(columns.heads.get(column)):
            break
        cells = _data(grid, columns, column)
        # a heading that lay over two columns of names, its merge lost
        if len(cells) < 2 or any(mark_in(cell) for cell in cells):
            break
        roles[column] = "level"
    columns.levels = sorted(column for column, role in roles.items() if role == "level")[:_DEEPEST]


def _one_of_each(grid: View, columns: Columns) -> None:
    roles = columns.roles
    headed = set(roles.values())
    earned = [column for column, role in roles.items() if role == "earned" and _own(columns, column)]
    final = next((c for c in earned if _FINAL.match(grid.text(columns.heads[c]))), None)
    for column in earned:
        if final is not None and column != final:
            roles[column] = "coefficient" if "coefficient" not in headed and _of_hundred(grid, columns, column) else "ignored"
        elif final is None and column != earned[0]:
            roles[column] = "review"
    if "weight" in headed and not earned:
        weight = columns.column("weight")
        cells = _data(grid, columns, weight) if weight is not None else []
        for column in range(grid.width):
            if not roles.get(column) and weight is not None and column > weight and _scores(grid, columns, column, cells):
                roles[column] = "earned"
                return


def _of_hundred(grid: View, columns: Columns, column: int) -> bool:
    """Tell whether marks are out of a hundred each, whatever the weights: most are above the weight of their row."""
    weight = columns.column("weight")
    full = {cell.place.row: figure.value for cell in _data(grid, columns, weight) if (figure := mark_in(cell))} if weight is not None else {}
    got = {cell.place.row: figure.value for cell in _data(grid, columns, column) if (figure := mark_in(cell))}
    both = [row for row in got if row in full]
    return len(both) >= 2 and all(v <= 100 for v in got.values()) and sum(got[row] > full[row] for row in both) * 2 > len(both)


def _own(columns: Columns, column: int) -> bool:
    head = columns.heads.get(column)
    return head is not None and (head.place.column or 0) == column


def _scores(grid: View, columns: Columns, column: int, weights: list[Cell]) -> bool:
    """Tell whether a column without heading holds marks: a number within the weight in (nearly) every weighted row."""
    full = {cell.place.row: figure.value for cell in weights if (figure := mark_in(cell))}
    got = {cell.place.row: figure.value for cell in _data(grid, columns, column) if (figure := mark_in(cell))}
    return len(got) >= 2 and len(got) * 3 >= len(full) * 2 and all(0 <= v <= full.get(r, v) for r, v in got.items())


def printed_rule(cell: Cell | None) -> str:
    """What a heading says in brackets, folded: "20分*执行率" of "得分（20分*执行率）"."""
    if cell is None:
        return ""
    text = "".join(fold(cell.text).split())
    return text[text.index("(") + 1:].rstrip(")") if "(" in text else ""
