"""Tables of centred cells without ruling lines: their rows, columns, and labels of several rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fusuan.extract._pdf_centred import FIGURE, Band, Piece, bands_of, over
from fusuan.extract._pdf_rows import Entry, Row
from fusuan.extract._pdf_tiled import Block, edges_of, tiled
from fusuan.extract._pdf_words import Word, coded, headed, rivers, span_of, used

_AXIS = 1.5
"""Words whose ends or middles are no further apart (points) stand over one another."""
_COLUMNS = 40
_TIGHT = 1.5

_Placed = tuple[int, int, Word]
"""A word after its first and last column."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows of a table and the bounds between its columns."""

    rows: list[Row]
    bounds: list[float]


def laid(words: Sequence[Sequence[Word]], bounds: Sequence[float] | None = None) -> Laid | None:
    """Lay words, a line each, out as rows of centred cells; None where they do not lie so.

    `bounds` are those of the table that goes on here, if it does.
    """
    found = bands_of([word for row in words for word in row])
    if found is None:
        return None
    bands, labels = found[0], [piece for cell in found[1] for piece in cell]
    between = _between(bands)
    if between:  # where rows stand far apart, labels find room between them
        rest = [band for band in bands if band not in between]
        whole = _laid(rest, [*labels, *(piece for band in between for piece in band.cells[0])], bounds)
        if whole is not None:
            return whole
    return _laid(bands, labels, bounds)


def _laid(bands: Sequence[Band], labels: Sequence[Piece], bounds: Sequence[float] | None) -> Laid | None:
    if not labels and not any(band.uneven for band in bands):
        return None
    columns = list(bounds) if bounds is not None else _columns(bands, labels)
    placed = _placed(bands, columns)
    if len(columns) > _COLUMNS or _shared(placed) is not None:
        return None
    placed = _level(placed)
    blocks = next((found for edges in edges_of(bands) if (found := _labelled(bands, labels, columns, placed, edges)) is not None), None)
    counted = {r for r, row in enumerate(placed) if any(FIGURE.fullmatch(word.text) for _, _, word in row)}
    if blocks is None or any(_gapped(found, len(bands)) or _doubtful(found, counted) for found in blocks.values()):
        return None
    return Laid([_row(band, [item for item in row if item[0] != item[1] or item[0] not in blocks], blocks, r)
                 for r, (band, row) in enumerate(zip(bands, placed, strict=True))], columns)


def _between(bands: Sequence[Band]) -> list[Band]:
    """Rows of one cell, over and under which the rows next to them have nothing."""
    return [band for above, band, below in zip(bands, bands[1:], bands[2:], strict=False) if len(band.cells) == 1
            and not any(over(piece, other) for piece in band.cells[0] for row in (above, below) for cell in row.cells for other in cell)]


def _columns(bands: Sequence[Band], labels: Sequence[Piece]) -> list[float]:
    """The bounds between columns: by the gaps of many rows, then between what stands side by side in one."""
    rows = _beside(bands, labels)
    columns = _sided(used(coded(headed(rivers([row for row in rows if len(row) > 1]), rows), rows), rows), labels)
    while len(columns) <= _COLUMNS and (shared := _shared(_placed(bands, columns))) is not None:
        columns = sorted([*columns, shared])
    return columns


def _placed(bands: Sequence[Band], columns: Sequence[float]) -> list[list[_Placed]]:
    return [[(*span_of(word, columns), word) for word in _words(band)] for band in bands]


def _shared(placed: Sequence[Sequence[_Placed]]) -> float | None:
    """A place between two words of one row that share a column."""
    return next(((a.right + b.left) / 2 for row in placed for (_, last, a), (first, _, b) in pairwise(row) if last >= first), None)


def _level(placed: Sequence[Sequence[_Placed]]) -> list[list[_Placed]]:
    """Let words right over one another stand in the same columns: a short one in a wide cell does not tell how wide it is."""
    rows = [list(row) for row in placed]
    pairs = list(pairwise(rows))
    for one, other in [*pairs, *((below, above) for above, below in reversed(pairs))]:
        for first, last, word in one:
            for k, (begin, end, near) in enumerate(other):
                if (begin, end) != (first, last) and begin >= first and end <= last and _on_axis(word, near):
                    before = other[k - 1][1] if k else -1
                    after = other[k + 1][0] if k + 1 < len(other) else last + 1
                    other[k] = max(first, before + 1), min(last, after - 1), near
    return rows


def _on_axis(a: Word, b: Word) -> bool:
    return abs(a.left - b.left) < _AXIS or abs(a.left + a.right - b.left - b.right) < 2 * _AXIS


def _words(band: Band) -> list[Word]:
    return [_word(cell) for cell in band.cells]


def _word(cell: Sequence[Piece]) -> Word:
    return Word("".join(p.word.text for p in cell), min(p.word.left for p in cell), max(p.word.right for p in cell),
                tuple(g for p in cell for g in p.word.glyphs))


def _beside(bands: Sequence[Band], labels: Sequence[Piece]) -> list[list[Word]]:
    """The words of each row, each label in the row that it stands next to."""
    rows = [_words(band) for band in bands]
    middles = [band.middle for band in bands]
    for piece in labels:
        middle = (piece.top + piece.bottom) / 2
        near = min(range(len(bands)), key=lambda r: abs(middles[r] - middle))
        rows[near] = sorted([*rows[near], piece.word], key=lambda word: word.left)
    return rows


def _labelled(bands: Sequence[Band], labels: Sequence[Piece], columns: Sequence[float],
              placed: Sequence[Sequence[_Placed]], edges: Sequence[float]) -> dict[int, list[Block]] | None:
    """The labels of the columns left of all figures, and of others that have some for several rows; None where they fit no rows."""
    counted = min((first for row in placed for first, last, word in row if first == last and FIGURE.fullmatch(word.text)), default=0)
    beside: dict[int, list[Piece]] = defaultdict(list, {column: [] for column in range(counted)})
    for piece in labels:
        beside[span_of(piece.word, columns)[0]].append(piece)
    blocks: dict[int, list[Block]] = {}
    held = [[any(first <= c <= last and first < last for first, last, _ in row) for row in placed] for c in range(len(columns) + 1)]
    for column, pieces in sorted(beside.items()):
        own = _own(bands, placed, column)
        pieces += [piece for piece, _ in own]
        found = tiled(pieces, edges, held[column], {id(piece): r for piece, r in own}) if pieces else []
        if found is None:
            return None
        blocks[column] = [replace(block, last=max(span_of(piece.word, columns)[1] for piece in block.pieces)) for block in found]
        for block in blocks[column]:
            for c in range(column + 1, block.last + 1):
                held[c][block.row:block.row + block.rows] = [True] * block.rows
    return blocks


def _own(bands: Sequence[Band], placed: Sequence[Sequence[_Placed]], column: int) -> list[tuple[Piece, int]]:
    """The words of the cells that stand in one column alone, and their rows."""
    return [(piece, r) for r, (band, row) in enumerate(zip(bands, placed, strict=True))
            for cell, (first, last, _) in zip(band.cells, row, strict=True) if first == last == column for piece in cell]


def _gapped(blocks: Sequence[Block], rows: int) -> bool:
    """Tell whether nothing is sure of the rows that a label stands for: those above and below it have none."""
    if all(block.rows == 1 for block in blocks):
        return False
    loose = [block.row + block.rows < below for block, below in zip(blocks, [*(block.row for block in blocks[1:]), rows], strict=True)]
    return any((block.rows > 1 or block.numbered) and above and below
               for block, above, below in zip(blocks[1:], loose, loose[1:], strict=False))


def _doubtful(blocks: Sequence[Block], counted: Container[int]) -> bool:
    """Tell whether lines right under one another, each in a row of figures, may as well be one label of these rows with its marks."""
    return any(block.rows > 1 for block in blocks) and any(
        a.rows == b.rows == 1 and (a.numbered or b.numbered) and a.row in counted and b.row in counted
        and b.pieces[0].bottom - a.pieces[-1].bottom < _TIGHT * (a.pieces[0].bottom - a.pieces[0].top) for a, b in pairwise(blocks))


def _sided(columns: list[float], labels: Sequence[Piece]) -> list[float]:
    """Add a bound between labels side by side in what is one column by its rows."""
    end = float("-inf")
    for piece in sorted(labels, key=lambda piece: piece.word.left):
        if piece.word.left > end > float("-inf") and not any(end - 2 < bound < piece.word.left + 2 for bound in columns):
            columns = sorted([*columns, (end + piece.word.left) / 2])
        end = max(end, piece.word.right)
    return columns


def _row(band: Band, placed: Sequence[_Placed], blocks: dict[int, list[Block]], row: int) -> Row:
    entries = [Entry(word.text, first, last, word.left, word.right, word.glyphs) for first, last, word in placed]
    for column, block in ((column, block) for column, found in blocks.items() for block in found if block.row == row):
        word = _word(block.pieces)
        entries.append(Entry(word.text, column, max(block.last, column), word.left, word.right, word.glyphs, block.rows))
    return Row(band.top, band.bottom, sorted(entries, key=lambda entry: entry.first))
