"""Tables written as one stream of cells, a line ending only where a cell is empty: no line is a row, and all places are kept.

>>> run = [Paragraph(t, Place(paragraph=n)) for n, t in enumerate(("拨款表 | 单位 | 人数 | 省级 | 市级 | 合计 | 9 | 30 | 20 | 甲县 | 4 | 12 |", "| 乙县 | 3 |",
...        "| 20 | 丙县 | 2 | 18 |", "|"))]
>>> [[text for text, _ in row] for row in streamed(run)]
[['拨款表', '', '', ''], ['单位', '人数', '省级', '市级'], ['合计', '9', '30', '20'], ['甲县', '4', '12', ''], ['乙县', '3', '', '20'], ['丙县', '2', '18', '']]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from fusuan.model import Paragraph, Place
from fusuan.patterns.grids.unframed.bars import Row, bars_of, closed, opens
from fusuan.patterns.text.fold import fold

__all__ = ["VALUE", "Paragraph", "Place", "stream", "streamed", "wordy"]

VALUE = regex.compile(r"[-+≥≤<>=(]?\s?[0-9][0-9,.]*\)?\s?(?:%|‰|万?元|个|人|分|户|亩|项|天)?|[-—/／%]|[≥≤=<>]|万?元|定[性量]")
_NAMED = regex.compile(r"[\u4e00-\u9fff]{2}|^(?:19|20)[0-9]{2}年")
_LEAD = regex.compile(r"序\s*号|行次|.{0,8}(?:科目|项\s*目|单\s*位|名\s*称|地\s*区|部\s*门|年\s*度|乡\s*镇|县.*|学校|区域|市州?)(?:名称)?")
_FEWEST, _WIDEST, _LONG = 3, 24, 40


def stream(run: Sequence[Paragraph]) -> Iterator[tuple[str, int | None]]:
    """The cells that bars part, whatever the lines."""
    held, start = "", None
    for paragraph in run:
        for n, piece in enumerate(paragraph.text.replace("｜", "|").split("|")):
            if n:
                yield held.strip(), start
                held, start = "", None
            if piece.strip():
                held, start = held + piece, start or paragraph.place.paragraph
    if held.strip():
        yield held.strip(), start


def wordy(text: str) -> bool:
    """Tell whether a cell names a row or a column: neither a value nor a remark."""
    return bool(_NAMED.search(text)) and len(text) <= _LONG and not VALUE.fullmatch(fold(text))


def streamed(run: Sequence[Paragraph]) -> list[Row]:
    """The rows of a stream, all of one width, with their headings where these are as wide; none where the cells tell no width. What stands
    before them is a row a cell.
    """
    if not all(closed(a.text) and opens(b.text) for a, b in pairwise(run)) or len({bars_of(p.text) for p in run}) == 1:
        return []
    cells = list(stream(run))
    tried = [_cut([*cells, *[("", cells[-1][1])] * spare], width) for width in range(3, min(_WIDEST, len(cells) // _FEWEST) + 1) for spare in (0, 1)]
    best = max(tried, key=lambda rows: sum(map(len, rows)), default=[])
    if sum(map(_told, best)) < _FEWEST or 2 * sum(map(len, best)) < len(cells):
        return []
    before = cells[:-sum(map(len, best)) or None] if len(cells) > sum(map(len, best)) else []
    return [*([cell, *[("", cell[1])] * (len(best[0]) - 1)] for cell in before if cell[0]), *best]


def _cut(cells: Sequence[tuple[str, int | None]], width: int) -> list[Row]:
    """Rows of a width from the end of a stream back to where they are rows no more, and the rows of headings over them."""
    start = len(cells)
    while start >= width and _told(cells[start - width:start]):
        start -= width
    top = start
    while start >= width and not any(VALUE.fullmatch(fold(text)) for text, _ in cells[start - width:start]):
        start -= width
    if start < top and not _LEAD.fullmatch(cells[start][0]):
        start = top
    return [list(cells[n:n + width]) for n in range(start, len(cells), width)]


def _told(row: Sequence[tuple[str, int | None]]) -> bool:
    """Tell whether cells are a row: a name in the first two, values after them, a remark at most in the last."""
    named = [wordy(text) for text, _ in row]
    values = sum(bool(VALUE.fullmatch(fold(text))) for text, _ in row[1:])
    return any(named[:2]) and not any(named[2:-1] if len(row) > 3 else named[1:]) and values > 0 and (named[0] or not row[0][0] or row[0][0].isdigit())
