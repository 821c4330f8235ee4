"""The true grid of a Word table: where each cell stands and how far it reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fusuan.extract._docx_names import ALTERNATE, INSIDE, TC, TR, W, chosen, on, value
from fusuan.extract._xml import Element

_MOST_COLUMNS = 1000
_SLIVER = 60
"""Twentieths of a point (about 1 mm): no figure stands in a narrower column."""


@dataclass(slots=True)
class Laid:
    """A cell and the rectangle of grid positions it covers."""

    element: Element
    row: int
    column: int
    rows: int
    columns: int


def lay_out(table: Element) -> tuple[list[Laid], int, int]:
    """Return the cells of a table in order, each merged one once, and the height and width of the grid."""
    cells: list[Laid] = []
    above: dict[int, Laid] = {}
    height = width = 0
    for row in _members(table, TR):
        if _is_gone(row):
            continue
        above, laid = _row(row, height, above)
        cells += laid
        width = max([width, *(cell.column + cell.columns for cell in above.values())])
        height += 1
    return cells, height, _without_slivers(cells, _widths(table), width)


def _widths(table: Element) -> list[int]:
    """Return the widths of the grid columns in twentieths of a point."""
    return [_whole(column.get(W + "w"), _SLIVER, 1_000_000) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]


def _without_slivers(cells: list[Laid], widths: list[int], width: int) -> int:
    """Take out columns that are there only because edges drawn by hand miss each other; return the width left."""
    if len(widths) < width or min(widths, default=_SLIVER) >= _SLIVER:
        return width
    kept = [at for at in range(width) if widths[at] >= _SLIVER]
    before = [sum(column < at for column in kept) for at in range(width + 1)]
    spans = [(before[cell.column], before[cell.column + cell.columns]) for cell in cells]
    if any(left == right for left, right in spans):
        return width
    for cell, (left, right) in zip(cells, spans, strict=True):
        cell.column, cell.columns = left, right - left
    return len(kept)


def _row(row: Element, number: int, above: dict[int, Laid]) -> tuple[dict[int, Laid], list[Laid]]:
    """Return the cells that cover this row by their left edge, and those of them that begin here."""
    covering: dict[int, Laid] = {}
    begun: list[Laid] = []
    column = _whole(value(row.find(W + "trPr"), "gridBefore"), 0)
    for element in _members(row, TC):
        properties = element.find(W + "tcPr")
        columns = _whole(value(properties, "gridSpan"), 1)
        if value(properties, "hMerge") in ("continue", "") and column - 1 in _right_edges(begun):
            begun[-1].columns += columns
            column += columns
            continue
        upper = above.get(column)
        if value(properties, "vMerge") in ("continue", "") and upper is not None and upper.columns == columns:
            upper.rows += 1
            covering[column] = upper
        else:
            covering[column] = Laid(element, number, column, 1, columns)
            begun.append(covering[column])
        column += columns
    return covering, begun


def _right_edges(cells: list[Laid]) -> tuple[int, ...]:
    return (cells[-1].column + cells[-1].columns - 1,) if cells else ()


def _is_gone(row: Element) -> bool:
    """Tell whether a row was struck out or is hidden."""
    properties = row.find(W + "trPr")
    return properties is not None and (properties.find(W + "del") is not None or on(value(properties, "hidden")))


def _members(element: Element, tag: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, content controls around them or not."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in INSIDE:
            yield from _members(child, tag)
        elif child.tag == ALTERNATE:
            choice = chosen(child)
            if choice is not None:
                yield from _members(choice, tag)


def _whole(said: str | None, otherwise: int, most: int = _MOST_COLUMNS) -> int:
    return min(int(said), most) if said and said.isdigit() and len(said) < 9 else otherwise


_HALF = 105
"""Twentieths of a point: half the width of a character of the size that forms are set in (小四 to 小五)."""
_DEEPEST = 20


def indent_of(paragraph: Element, text: str) -> int:
    """How far the first line of a cell is pushed in, by blanks or by its paragraph, in half-width columns."""
    properties = paragraph.find(W + "pPr")
    lead = text[:len(text) - len(text.lstrip(" \u3000\xa0"))]
    middle = value(properties, "jc") in ("center", "right", "end", "distribute")
    own = properties.find(W + "ind") if properties is not None and not middle else None
    given: Any = own.attrib if own is not None else {}
    pushed = 0
    for side in ("left", "start", "firstLine"):
        chars, twips = _whole(given.get(f"{W}{side}Chars"), 0), _whole(given.get(W + side), 0)
        pushed += chars // 50 if chars else twips // _HALF
    return min(_DEEPEST, sum(2 if char == "\u3000" else 1 for char in lead) + pushed)
