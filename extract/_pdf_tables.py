"""Tables of a PDF: the cells of grids, and grids put together that a page break parted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from fusuan.extract._pdf_breaks import cell_text, leads_of, wraps
from fusuan.extract._pdf_grid import NEAR, Grid, nearest, snapped
from fusuan.extract._pdf_lines import Line, lines_of
from fusuan.model import Cell, Place, Table

_MOST_PADDING = 9.0
_HEADS = 6
_ENDED = "。！？；!?;"
_LOW = 0.7
_SLIVER = 0.8
_CUT = 1.4
_TOTAL = re.compile(r"\s*(?:合|总|共)\s*计")
_FIGURE = re.compile(r"[-−]?[0-9.,]+[%％]?")


@dataclass(slots=True)
class Laid:
    """A cell while its table is put together; `room` is what its lines may be wide."""

    row: int
    rows: int
    left: float
    right: float
    text: str
    page: int
    box: tuple[float, float, float, float]
    lines: list[Line]
    room: float

    @property
    def high(self) -> float:
        return self.box[3] - self.box[1]

    @property
    def after(self) -> int:
        return self.row + self.rows


def table_of(grids: Sequence[Grid], number: int) -> Table:
    """Make one table of the grids that hold its parts."""
    laid = _laid(grids[0])
    high = len(grids[0].ys) - 1
    heads = _rows(laid)
    for grid in grids[1:]:
        part = _laid(grid)
        dropped = _repeated(heads, _rows(part))
        part = [replace(c, row=c.row - dropped) for c in part if c.row >= dropped]
        more = len(grid.ys) - 1 - dropped
        if not part or more <= 0:
            continue
        high = _append(laid, part, high, more, grid.ruled)
    return _table(laid, high, snapped(x for grid in grids for x in grid.xs), number)


def _laid(grid: Grid, rows: int | None = None) -> list[Laid]:
    """The cells of a grid (only its first rows where so asked)."""
    regions = grid.regions if rows is None else [r for r in grid.regions if r.row < rows]
    lines = [lines_of(region.glyphs, grid.page) for region in regions]
    margins = [line.left - region.left for region, found in zip(regions, lines, strict=True) for line in found]
    padding = min(max(min(margins, default=0.0), 0.0), _MOST_PADDING)
    cells = []
    for region, found in zip(regions, lines, strict=True):
        room = region.room or region.right - region.left - 2 * padding
        cells.append(Laid(region.row, region.rows, region.left, region.right, cell_text(found, room), grid.page,
                          (region.left, region.top, region.right, region.bottom), found, room))
    return cells


def _rows(laid: Sequence[Laid]) -> list[list[tuple[float, float, int, str]]]:
    rows: list[list[tuple[float, float, int, str]]] = [[] for _ in range(max((c.after for c in laid), default=0))]
    for cell in laid:
        rows[cell.row].append((round(cell.left), round(cell.right), cell.rows, cell.text))
    return rows


def _repeated(heads: Sequence[list[tuple[float, float, int, str]]],
              rows: Sequence[list[tuple[float, float, int, str]]]) -> int:
    """Count the rows at the top of a page that repeat the table's own first rows."""
    most = 0
    for k, (head, row) in enumerate(zip(heads[:_HEADS], rows[:_HEADS], strict=False), 1):
        if len(head) != len(row) or any(
                abs(a[0] - b[0]) > NEAR or abs(a[1] - b[1]) > NEAR or a[2:] != b[2:]
                for a, b in zip(head, row, strict=True)):
            break
        # a merged cell of the heading must not reach below what is dropped
        if any(cell[3] for cell in row) and all(cell[2] + n <= k for n, r in enumerate(rows[:k]) for cell in r):
            most = k
    return most


def _append(laid: list[Laid], part: list[Laid], high: int, more: int, ruled: bool) -> int:
    """Put the rows of the next page below; return how many rows there are then."""
    last = [c for c in laid if c.after == high]
    first = [c for c in part if c.row == 0]
    if not ruled and _remains(last, first):
        for cell in first:
            above = _above(last, cell)
            if above is not None and cell.text:
                above.lines = above.lines + cell.lines
                above.text = cell_text(above.lines, above.room)
        part = [replace(c, row=max(c.row - 1, 0), rows=c.rows - (c.row == 0)) for c in part if c.after > 1]
        first, more = [c for c in part if c.row == 0], more - 1
    if _cut(last, first) or _sliver(last, first, median(c.high / c.rows for c in laid)):
        for cell in first:
            above = _above(last, cell)
            if above is not None:
                above.lines = above.lines + cell.lines
                above.text = cell_text(above.lines, above.room)
                above.rows += cell.rows - 1
        laid += (replace(c, row=c.row + high - 1) for c in part if c.row > 0)
        return high + more - 1
    for cell in part:
        over = _above(last, cell) if cell.row == 0 and not cell.text else None
        if over is not None and over.text and max(over.rows, cell.rows) > 1 and len(first) > 1:
            over.rows += cell.rows
        else:
            laid.append(replace(cell, row=cell.row + high))
    return high + more


def _above(last: Sequence[Laid], cell: Laid) -> Laid | None:
    return next((c for c in last if abs(c.left - cell.left) <= NEAR and abs(c.right - cell.right) <= NEAR), None)


def _cut(last: Sequence[Laid], first: Sequence[Laid]) -> bool:
    """Tell whether the first row of a page goes on with the last of the page before.

    Its cells are the same, and whatever is said below goes on with what broke off above: a full line, not ended, and
    no figure. A lone figure below is a row of its own unless cells that were filled above are empty.
    """
    pairs = [(_above(last, cell), cell) for cell in first]
    if len(first) != len(last) or any(above is None for above, _ in pairs):
        return False
    said = [(above, cell) for above, cell in pairs if above is not None and cell.text]
    emptied = any(above is not None and above.text and not cell.text for above, cell in pairs)
    words = any(not _FIGURE.fullmatch(cell.text) for _, cell in said)
    return bool(said) and (emptied or words) and all(
        above.lines and above.text[-1] not in _ENDED and not _FIGURE.fullmatch(above.text)
        and wraps(above.lines[-1], cell.lines[0], above.room, leads_of(cell.lines)[0]) for above, cell in said)


def _remains(last: Sequence[Laid], first: Sequence[Laid]) -> bool:
    """Tell whether all that is said at the top of a page without rulings goes on with cells above, which were not ended."""
    pairs = [(_above(last, cell), cell) for cell in first if cell.text]
    return bool(pairs) and all(cell.rows == 1 and above is not None and above.lines and not _FIGURE.fullmatch(cell.text)
                               and not _FIGURE.fullmatch(above.text) and above.text[-1] not in _ENDED
                               for above, cell in pairs) and not all(
        above is not None and above.rows > 1 for above, _ in pairs)


def _sliver(last: Sequence[Laid], first: Sequence[Laid], usual: float) -> bool:
    """Tell whether a page break cut a row, which is else `usual` high, so that nothing is written in one of its halves."""
    if len(first) != len(last) or any(_above(last, cell) is None for cell in first):
        return False
    low, high = (max(cell.high for cell in cells) for cells in (first, last))
    cut = low + high < _CUT * usual
    return (not any(c.text for c in first) and (cut or low < _SLIVER * high)
            or not any(c.text for c in last) and (cut or high < _SLIVER * low))


def _table(laid: Sequence[Laid], high: int, xs: list[float], number: int) -> Table:
    cells = []
    for cell in laid:
        first, last = nearest(xs, cell.left), nearest(xs, cell.right)
        left, top, right, bottom = (round(v, 2) for v in cell.box)
        place = Place(page=cell.page, table=number, row=cell.row, column=first, box=(left, top, right, bottom))
        cells.append(Cell(cell.text, place, cell.rows, max(1, last - first)))
    cells.sort(key=lambda c: (c.place.row or 0, c.place.column or 0))
    pages = [c.page for c in laid]
    return Table(tuple(cells), high, len(xs) - 1, Place(page=min(pages), table=number))


def begins_anew(grid: Grid, opening: Grid) -> bool:
    """Tell whether a grid begins as the table `opening` did: another copy of a form, not more of the same.

    A repeated heading alone is not that; the labels of two rows below it are.
    """
    mine, first = (_rows(_laid(g, _HEADS + 3)) for g in (grid, opening))
    heads = _repeated(first, mine)
    labels = [(_label(a), _label(b)) for a, b in zip(mine[heads:heads + 3], first[heads:heads + 3], strict=False)]
    return sum(bool(a) and a == b for a, b in labels) >= 2


def _label(row: list[tuple[float, float, int, str]]) -> str:
    """The first words of a row; a figure is none."""
    said = next((text for *_, text in sorted(row) if text), "")
    return "" if _FIGURE.fullmatch(said) else said


def repeats(grid: Grid, opening: Grid) -> bool:
    """Tell whether a grid begins with the heading of the table `opening`."""
    mine, first = (_rows(_laid(g, _HEADS + 3)) for g in (grid, opening))
    return _repeated(first, mine) > 0


def follows(grid: Grid, above: Grid, floor: float, height: float) -> bool:
    """Tell whether a grid at the top of a page goes on with the one at the foot of the page before.

    `floor` is how far down the page text goes: a table that ends well above it was ended by its writer, unless the next
    page has the very same columns and rows of figures (sheets are printed row by row, each to its own foot).
    """
    if abs(grid.xs[0] - above.xs[0]) > NEAR or abs(grid.xs[-1] - above.xs[-1]) > NEAR:
        return False
    common = sum(any(abs(x - y) <= NEAR for y in above.xs) for x in grid.xs)
    if common < 0.5 * min(len(grid.xs), len(above.xs)):
        return False
    if floor - above.bottom <= max(grid.ys[1] - grid.ys[0], 30.0) + 20.0:
        return True
    return (common == len(grid.xs) == len(above.xs) and len(grid.xs) > 3 and above.bottom > _LOW * height
            and not _closed(above) and (repeats(grid, above) or _counted(grid)))


def _closed(grid: Grid) -> bool:
    """Tell whether the last row of a grid is the total of its table."""
    last = [region for region in grid.regions if region.row + region.rows == len(grid.ys) - 1]
    return any(_TOTAL.match("".join(g.text for g in region.glyphs)) for region in last)


def _counted(grid: Grid) -> bool:
    """Tell whether the first row of a grid holds figures, as rows do and headings do not."""
    return any(_FIGURE.fullmatch("".join(g.text for g in region.glyphs).strip())
               for region in grid.regions if region.row == 0)
