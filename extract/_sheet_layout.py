"""A worksheet as paragraphs and tables: titles, notes and the tables between them, whatever program wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from fusuan.extract._limits import MOST_POSITIONS
from fusuan.extract._sheet_rows import Merge, Rows, parts_of_sheet
from fusuan.model import Block, Cell, Paragraph, Place, Table

_BLANK_SIDE = 20
"""Framed columns without any text beside a table; more is a prepared sheet."""


@dataclass(slots=True)
class Sheet:
    """What a worksheet shows: texts and frames by (row, column) from 0, merged ranges, and what to remark of it.

    `numbers` are what cells hold, however they show it, and `formulas` what they hold it by. `hidden_rows`: whether by hand or by a filter.
    """

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    framed: set[tuple[int, int]] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    numbers: dict[tuple[int, int], Decimal] = field(default_factory=dict)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)

    def told(self) -> list[str]:
        """Return its remarks with those on cells that show an error in place of a number."""
        shown = "、".join(self.errors[:5]) + ("等" if len(self.errors) > 5 else "")
        said = f"工作表“{self.name}”有 {len(self.errors)} 个单元格是错误值（{shown}），其中的数字无从核对"
        return [*([f"隐藏的工作表“{self.name}”已一并读取"] if self.hidden else []), *self.remarks, *([said] if self.errors else [])]


def cell_name(row: int, column: int) -> str:
    """Return a workbook's name for a position counted from 0.

    >>> cell_name(6, 2), cell_name(0, 26), cell_name(0, 702)
    ('C7', 'AA1', 'AAA1')
    """
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return f"{name}{row + 1}"


def lay_out(sheets: Iterable[Sheet]) -> tuple[Block, ...]:
    """Return the blocks of the sheets in order; paragraphs and tables count on through the workbook."""
    blocks: list[Block] = []
    paragraphs = tables = positions = 0
    for sheet in sheets:
        rows = Rows.of(sheet.texts, sheet.framed, sheet.merges)
        for is_table, members in parts_of_sheet(rows):
            extent = _extent(rows, members) if is_table else 0
            if positions + extent > MOST_POSITIONS:
                sheet.remarks.append(f"工作表“{sheet.name}”第 {members[0] + 1} 至 {members[-1] + 1} 行的表格过大"
                                     f"（{extent} 格），未读取；请删去无关的行列后重新检查")
                continue
            positions += extent
            table = _table(sheet, rows, members, tables + 1) if is_table else None
            if table is not None and len(table.cells) > 1:
                tables += 1
                blocks.append(table)
                continue
            for text, cell in _lines(rows, members):
                paragraphs += 1
                blocks.append(Paragraph(text, Place(paragraph=paragraphs, sheet=sheet.name, cell=cell)))
    return tuple(blocks)


def _extent(rows: Rows, members: list[int]) -> int:
    left, right = _sides(rows, members)
    return (members[-1] - members[0] + 1) * (right - left + 1)


def _lines(rows: Rows, members: list[int]) -> Iterator[tuple[str, str]]:
    """Yield the lines of text that stand in rows, and the cell each begins in."""
    for row in members:
        line = rows.line(row)
        said = "　".join(text.strip() for text in line.values())
        for text in said.split("\n"):
            if text.strip():
                yield text.strip(), cell_name(row, next(iter(line)))


def _table(sheet: Sheet, rows: Rows, members: list[int], number: int) -> Table:
    top, bottom = members[0], members[-1]
    left, right = _sides(rows, members)
    merged, covered = _merged(rows, top, bottom, (left, right))
    cells = []
    for row in range(top, bottom + 1):
        line = rows.line(row)
        for column in range(left, right + 1):
            if (row, column) in covered:
                continue
            height, width = merged.get((row, column), (1, 1))
            place = Place(table=number, row=row - top, column=column - left, sheet=sheet.name, cell=cell_name(row, column),
                          hidden=row in sheet.hidden_rows)
            cells.append(Cell(_tidy(line.get(column, "")), place, height, width))
    place = Place(table=number, sheet=sheet.name, cell=cell_name(top, left))
    return Table(tuple(cells), bottom - top + 1, right - left + 1, place)


def _sides(rows: Rows, members: list[int]) -> tuple[int, int]:
    """Return the first and last column of a table: frames count as far as they are near a text."""
    written = [column for row in members for column in rows.line(row)]
    frames = [column for row in members for column in rows.frames.get(row, ())]
    bounds = set(members)
    reach = [right for top, left, bottom, right in rows.merges if top in bounds and left in rows.line(top)]
    left, right = min(written), max(written + reach)
    if frames:
        left = min(frames) if left - min(frames) <= _BLANK_SIDE else left
        left, right = min(left, *written), max(right, max(frames) if max(frames) - right <= _BLANK_SIDE else right)
    return left, right


def _merged(rows: Rows, top: int, bottom: int, sides: tuple[int, int]) -> tuple[
        dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """Return the extent of each merged range within a table by its top left, and what else it covers."""
    extents, covered = {}, set()
    for first, left, last, right in rows.merges:
        first, last = max(first, top), min(last, bottom)
        left, right = max(left, sides[0]), min(right, sides[1])
        if first > last or left > right or (first, left) in covered or (first, left) in extents:
            continue
        extents[first, left] = (last - first + 1, right - left + 1)
        covered |= {(row, column) for row in range(first, last + 1) for column in range(left, right + 1)}
        covered.discard((first, left))
    return extents, covered


def _tidy(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n") if "\n" in text else text.rstrip()
