"""Columns of a table of centred cells without ruling lines, and which rows each of its labels stands for."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fusuan.extract._pdf_centred import FIGURE, WIDER, Band, Piece, bands_of, merged, pitch_of
from fusuan.extract._pdf_rows import Entry, Row
from fusuan.extract._pdf_words import Word, coded, headed, rivers, span_of, used

_NEAR = 0.35
"""How far (ems) the middle of a label lies from that of its rows at most."""
_AXIS = 1.5
_COLUMNS = 40
_EMPTY = 1.0
_CUT = 1.5
_TIGHT = 1.5
_BLOCK = -0.01
_JOINED = 3.0


_Placed = tuple[int, int, Word]
"""A word after its first and last column."""


@dataclass(frozen=True, slots=True)
class Laid:
    """Rows of a table and the bounds between its columns."""

    rows: list[Row]
    bounds: list[float]


@dataclass(frozen=True, slots=True)
class _Block:
    """Words of one column that stand for the rows from `row` on."""

    pieces: tuple[Piece, ...]
    row: int
    rows: int
    last: int = 0


def laid(words: Sequence[Sequence[Word]], bounds: Sequence[float] | None = None) -> Laid | None:
    """Lay words, a line each, out as rows of centred cells; None where they do not lie so.

    `bounds` are those of the table that goes on here, if it does.
    """
    found = bands_of([word for row in words for word in row])
    if found is None or not any(band.uneven for band in found[0]):
        return None
    bands, cells = found
    labels = [piece for cell in cells for piece in cell]
    rows = _beside(bands, labels)
    columns = list(bounds) if bounds is not None else _sided(
        used(coded(headed(rivers([row for row in rows if len(row) > 1]), rows), rows), rows), labels)
    placed = [[(*span_of(word, columns), word) for word in _words(band)] for band in bands]
    while bounds is None and (shared := _shared(placed)) is not None:
        columns = sorted([*columns, shared])
        placed = [[(*span_of(word, columns), word) for word in _words(band)] for band in bands]
        if len(columns) > _COLUMNS:
            return None
    if _shared(placed) is not None:
        return None
    placed = _level(placed)
    blocks = _labelled(bands, labels, columns, placed)
    if blocks is None or any(_gapped(found) or _doubtful(found) for found in blocks.values()):
        return None
    return Laid([_row(band, [item for item in row if item[0] != item[1] or item[0] not in blocks], blocks, r)
                 for r, (band, row) in enumerate(zip(bands, placed, strict=True))], columns)


def _shared(placed: Sequence[Sequence[_Placed]]) -> float | None:
    """A place between two words of one row that share a column."""
    return next(((a.right + b.left) / 2 for row in placed for (_, last, a), (first, _, b) in pairwise(row) if last >= first), None)


def _level(placed: Sequence[Sequence[_Placed]]) -> list[list[_Placed]]:
    """Let words right over one another stand in the same columns: a short one in a wide cell does not tell how wide it is."""
    rows = [list(row) for row in placed]
    for one, other in [*pairwise(range(len(rows))), *((b, a) for a, b in reversed(list(pairwise(range(len(rows))))))]:
        for first, last, word in rows[one]:
            for k, (begin, end, below) in enumerate(rows[other]):
                if (begin, end) != (first, last) and begin >= first and end <= last and _on_axis(word, below):
                    before = rows[other][k - 1][1] if k else -1
                    after = rows[other][k + 1][0] if k + 1 < len(rows[other]) else last + 1
                    rows[other][k] = max(first, before + 1), min(last, after - 1), below
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
              placed: Sequence[Sequence[_Placed]]) -> dict[int, list[_Block]] | None:
    """The blocks of the columns in which words stand for several rows; None where they fit no rows."""
    own: dict[int, list[Piece]] = defaultdict(list)
    for piece in labels:
        own[span_of(piece.word, columns)[0]].append(piece)
    counted = min((first for row in placed for first, last, word in row if first == last and FIGURE.fullmatch(word.text)), default=0)
    for column in range(counted):
        own.setdefault(column, [])
    edges = _edges(bands)
    blocks: dict[int, list[_Block]] = {}
    held = [[any(first <= c <= last and first < last for first, last, _ in row) for row in placed] for c in range(len(columns) + 1)]
    for column, pieces in sorted(own.items()):
        for band, row in zip(bands, placed, strict=True):
            pieces += [p for cell, (first, last, _) in zip(band.cells, row, strict=True) if first == last == column for p in cell]
        if not pieces:
            continue
        found = _Tiling(sorted(pieces, key=lambda p: p.top), edges, held[column], pitch_of(pieces)).best()
        if found is None:
            return None
        blocks[column] = [replace(block, last=max(span_of(piece.word, columns)[1] for piece in block.pieces)) for block in found]
        for block in blocks[column]:
            for c in range(column + 1, block.last + 1):
                held[c][block.row:block.row + block.rows] = [True] * block.rows
    return blocks


def _gapped(blocks: Sequence[_Block]) -> bool:
    """Tell whether rows among those that labels stand for have none: then nothing is sure of what they stand for."""
    return any(block.rows > 1 for block in blocks) and any(a.row + a.rows < b.row for a, b in pairwise(blocks))


def _doubtful(blocks: Sequence[_Block]) -> bool:
    """Tell whether lines right under one another, each in its row, may as well be one label of these rows that says how many marks it has."""
    return any(block.rows > 1 for block in blocks) and any(
        len(a.pieces) == a.rows == len(b.pieces) == b.rows == 1 and b.pieces[0].bottom - a.pieces[0].bottom < _TIGHT * (a.pieces[0].bottom - a.pieces[0].top)
        and any(c.isdigit() for c in a.pieces[0].word.text + b.pieces[0].word.text) for a, b in pairwise(blocks))


def _sided(columns: list[float], labels: Sequence[Piece]) -> list[float]:
    """Add a bound between labels side by side in what is one column by its rows."""
    ends = merged([(piece.word.left, piece.word.right) for piece in labels])
    for (_, right), (left, _) in pairwise(ends):
        if not any(right - 2 < bound < left + 2 for bound in columns):
            columns = sorted([*columns, (left + right) / 2])
    return columns


def _edges(bands: Sequence[Band]) -> list[float]:
    """Where rows meet: each as far below the middle of its row as the edge above it is over it, and between the words."""
    edges = [bands[0].top - 1]
    for band, below in pairwise(bands):
        edges.append(min(max(2 * band.middle - edges[-1], band.bottom), max(below.top, band.bottom)))
    return [*edges, max(2 * bands[-1].middle - edges[-1], bands[-1].bottom)]


class _Tiling:
    """Parts the words of a column into blocks, each about the middle of its rows, so that as few rows as may be have none."""

    def __init__(self, pieces: Sequence[Piece], edges: Sequence[float], held: Sequence[bool], pitch: float) -> None:
        self.pieces, self.edges, self.held, self.pitch = pieces, edges, held, pitch
        self.near = _NEAR * max(piece.bottom - piece.top for piece in pieces)

    def best(self) -> list[_Block] | None:
        """The blocks from the top."""
        states: list[dict[int, tuple[float, list[_Block]]]] = [{} for _ in self.edges]
        states[0][0] = (0.0, [])
        for row in range(len(self.held)):
            for first, (cost, found) in states[row].items():
                self._step(states, row + 1, first, cost + (0 if self.held[row] else _EMPTY), found)
                for block in self._blocks(row, first):
                    self._step(states, row + block.rows, first + len(block.pieces), cost + _BLOCK, [*found, block])
                last = tuple(self.pieces[first:])
                if last and last[0].top >= self.edges[row] - self.near and not any(self.held[row:]) and self._close(last):  # the page may cut what it stands for
                    self._step(states, len(self.held), len(self.pieces), cost + _CUT, [*found, _Block(last, row, len(self.held) - row)])
        end = states[-1].get(len(self.pieces))
        return end[1] if end else None

    def _close(self, pieces: Sequence[Piece]) -> bool:
        return all(b.bottom - a.bottom <= WIDER * self.pitch for a, b in pairwise(pieces))

    @staticmethod
    def _step(states: list[dict[int, tuple[float, list[_Block]]]], row: int, first: int, cost: float, found: list[_Block]) -> None:
        if first not in states[row] or cost < states[row][first][0]:
            states[row][first] = (cost, found)

    def _blocks(self, row: int, first: int) -> list[_Block]:
        """The blocks that may begin at a row with a word."""
        found = []
        for end in range(first + 1, len(self.pieces) + 1):
            pieces = self.pieces[first:end]
            if not self._close(pieces[-2:]) or pieces[0].top < self.edges[row] - self.near:
                break
            foot = pieces[0].top + pieces[-1].bottom - self.edges[row]
            for last in range(max(row, bisect_left(self.edges, foot - 2 * self.near) - 1), len(self.held)):
                if self.edges[last + 1] > foot + 2 * self.near or any(self.held[row:last + 1]):
                    break
                if self.edges[last + 1] >= max(foot - 2 * self.near, pieces[-1].bottom - self.near):
                    found.append(_Block(tuple(pieces), row, last + 1 - row))
        return found


def _row(band: Band, placed: Sequence[_Placed], blocks: dict[int, list[_Block]], row: int) -> Row:
    entries = [Entry(word.text, first, last, word.left, word.right, word.glyphs) for first, last, word in placed]
    for column, block in ((column, block) for column, found in blocks.items() for block in found if block.row == row):
        word = _word(block.pieces)
        entries.append(Entry(word.text, column, max(block.last, column), word.left, word.right, word.glyphs, block.rows))
    return Row(band.top, band.bottom, sorted(entries, key=lambda entry: entry.first))
