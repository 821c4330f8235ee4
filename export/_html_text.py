"""The text and tables of a report as they were read, each marked figure a link to its arithmetic."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from fusuan.export._html_marks import Mark, Marks
from fusuan.export._rows import clean
from fusuan.model import Block, Cell, Document, Paragraph, Place, Table

_HEADING = re.compile(r"第?[一二三四五六七八九十]{1,3}[、部章]|（[一二三四五六七八九十]{1,3}）|附[件表录]")
_NOTES = {"footnote": "脚注", "textbox": "文本框"}
_SHORT = 40
_ROOM = 24_000_000
"""Characters of a page that a browser still shows: a sheet may have millions of cells."""
_MANY = 40
"""How many findings a mark names: one figure may enter the arithmetic of hundreds."""


def safe(text: str) -> str:
    """Text of a document as text of a page, whatever it holds.

    >>> safe('<script>"\\x1b[1m')
    '&lt;script&gt;&quot;[1m'
    """
    return escape(clean(text))


def text_of(document: Document, marks: Marks) -> Iterator[str]:
    """Yield the blocks of a document as far as a browser can show them."""
    room = _ROOM
    for piece in _blocks(document, marks):
        room -= len(piece)
        if room < 0:
            yield '</table></div><p class="missing">（原文过长，以下未显示）</p>\n'
            return
        yield piece


def _blocks(document: Document, marks: Marks) -> Iterator[str]:
    """Yield the blocks of a document, and a line where a page or sheet begins."""
    before = ""
    for block in document.blocks:
        here = _leaf(block)
        if here and here != before:
            yield f'<h2 class="leaf">{safe(here)}</h2>\n'
            before = here
        if isinstance(block, Paragraph):
            yield _paragraph(block, marks)
        else:
            yield from _table(block, marks)


def _leaf(block: Block) -> str:
    place = _first(block)
    if place.sheet is not None:
        return f"工作表 {place.sheet}"
    return f"第 {place.page} 页" if place.page is not None else ""


def _first(block: Block) -> Place:
    return block.cells[0].place if isinstance(block, Table) and block.cells else block.place


def _paragraph(block: Paragraph, marks: Marks) -> str:
    heading = len(block.text) <= _SHORT and _HEADING.match(block.text.lstrip())
    number = f'<span class="no">{block.place.paragraph}</span>' if block.place.paragraph is not None else ""
    note = f'<span class="note">{_NOTES.get(block.note, "附注")}</span>' if block.note else ""
    return f'<p{" class=head" if heading else ""}>{number}{note}{marked(block.text, marks.at.get(block.place, ()))}</p>\n'


def _table(table: Table, marks: Marks) -> Iterator[str]:
    number = f'<caption>表 {table.place.table}</caption>' if table.place.table is not None else ""
    yield f'<div class="wide"><table>{number}\n'
    for row in compact(table.cells):
        yield "<tr>"
        for cell, rows, columns in row:
            yield _cell(cell, rows, columns, marks)
        yield "</tr>\n"
    yield "</table></div>\n"


def _cell(cell: Cell | None, rows: int, columns: int, marks: Marks) -> str:
    spans = f' rowspan="{rows}"' * (rows > 1) + f' colspan="{columns}"' * (columns > 1)
    if cell is None:
        return f"<td{spans}></td>"
    number = ' class="n"' if re.fullmatch(r"[\s\d.,，%‰+\-－—()（）]+", cell.text) else ""
    return f"<td{spans}{number}>{marked(cell.text, marks.at.get(cell.place, ()))}</td>"


Laid = tuple[Cell | None, int, int]
"""A cell (or a gap), how many rows and columns it takes."""


def compact(cells: Sequence[Cell]) -> Iterator[list[Laid]]:
    """Lay cells out on the rows and columns in which some cell begins: a sheet may span millions that are empty.

    >>> at = lambda row, column, **size: Cell("x", Place(row=row, column=column), **size)
    >>> for row in compact([at(0, 0, rows=900), at(0, 5, columns=70), at(700, 9)]):
    ...     print([(cell is not None, rows, columns) for cell, rows, columns in row])
    [(True, 2, 1), (True, 1, 2)]
    [(False, 1, 1), (True, 1, 1)]
    """
    tops = sorted({cell.place.row or 0 for cell in cells})
    lefts = sorted({cell.place.column or 0 for cell in cells})
    begun: Mapping[int, list[Cell]] = {top: [] for top in tops}
    for cell in cells:
        begun[cell.place.row or 0].append(cell)
    over: dict[int, tuple[int, int]] = {}  # column -> the column and the row at which a cell from above ends
    for at, top in enumerate(tops):
        over = {left: ends for left, ends in over.items() if ends[1] > at}
        own = {bisect_left(lefts, cell.place.column or 0): cell for cell in begun[top]}
        yield list(_row(own, over, at, (tops, lefts)))


def _row(own: Mapping[int, Cell], over: dict[int, tuple[int, int]], at: int,
         edges: tuple[list[int], list[int]]) -> Iterator[Laid]:
    tops, lefts = edges
    reached = 0
    for left in sorted({*own, *over}):
        if left > reached:
            yield None, 1, left - reached
        if left < reached:
            continue  # two cells claim one place: the first has it
        if left in over:
            reached = over[left][0]
            continue
        cell = own[left]
        right = max(left + 1, bisect_left(lefts, lefts[left] + cell.columns))
        below = max(at + 1, bisect_left(tops, tops[at] + cell.rows))
        if below > at + 1:
            over[left] = right, below
        yield cell, below - at, right - left
        reached = right


def marked(text: str, marks: Sequence[Mark]) -> str:
    """Return a text with its marks as links."""
    pieces, reached = [], 0
    for mark in marks:
        start, end = mark.span
        pieces += [safe(text[reached:start]), _mark(mark, text[start:end])]
        reached = end
    return "".join(pieces) + safe(text[reached:])


def _mark(mark: Mark, text: str) -> str:
    shown = safe(text) or "（空白）"
    if mark.stated:
        numbers = " ".join(map(str, mark.stated[:_MANY]))
        kind = mark.verdict.value if mark.verdict else ""
        return f'<a class="m {kind}" id="m{mark.number}" href="#c{mark.stated[0]}" data-c="{numbers}">{shown}</a>'
    if mark.used:
        numbers = " ".join(map(str, mark.used[:_MANY]))
        return f'<a class="m used" id="m{mark.number}" href="#c{mark.used[0]}" data-c="{numbers}">{shown}</a>'
    return f'<span class="m left" id="m{mark.number}" title="未核对：{safe(mark.reason)}">{shown}</span>'
