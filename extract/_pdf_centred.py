"""Rows of a table without ruling lines whose cells are centred from top to bottom: the lines of a row lie about one middle."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fusuan.extract._pdf_words import Word

FIGURE = re.compile(r"[-−+]?[0-9][0-9,]*(?:\.[0-9]+)?[%％‰]?")
_CUT = re.compile(r"[0-9][0-9,]{2,}\.[0-9]+ [0-9]{1,2}")
"""A figure cut in two for want of room."""
NEAR = 0.3
"""How far (ems) the middles of the cells of a row lie apart at most: half a line is more than half an em."""
WIDER = 1.06
_SAME = 1.015
"""How far apart the lines of one cell are, and hardly two rows, against the least that is found."""
_SLACK = 0.06
_KNOWN, _LIKELY, _UNKNOWN, _LINE, _MIXED = 0.01, 0.1, 1.0, 0.2, 2.0
_WORDS = 2500
_MOST = 40
"""So many lines has a cell at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A word with the room of its line: from `top` to `bottom`."""

    word: Word
    top: float
    bottom: float

    @property
    def counts(self) -> bool:
        return bool(FIGURE.fullmatch(self.word.text))


Cell = tuple[Piece, ...]
"""What stands in one cell, from the top."""


@dataclass(frozen=True, slots=True)
class Band:
    """One row: its cells from the left, each about its middle."""

    cells: tuple[Cell, ...]

    @property
    def top(self) -> float:
        return min(cell[0].top for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell[-1].bottom for cell in self.cells)

    @property
    def middle(self) -> float:
        return sum(map(middle_of, self.cells)) / len(self.cells)

    @property
    def uneven(self) -> bool:
        """Tell whether its cells have more lines and fewer: then only a middle of their own makes them one row."""
        return len({len(cell) for cell in self.cells}) > 1


def middle_of(cell: Cell) -> float:
    return (cell[0].top + cell[-1].bottom) / 2


def _piece(word: Word) -> Piece:
    size = max(g.size for g in word.glyphs)
    base = sorted(g.base for g in word.glyphs)[len(word.glyphs) // 2]
    return Piece(word, base - 0.88 * size, base + 0.12 * size)


def bands_of(words: Sequence[Word]) -> tuple[list[Band], list[Cell]] | None:
    """Part words into rows of centred cells, and the labels beside them that lie about the middle of several rows.

    None where the words do not lie so.
    """
    if len(words) > _WORDS:
        return None
    pieces = sorted(map(_piece, words), key=lambda piece: (piece.top, piece.word.left))
    runs = _runs(pieces, WIDER * pitch_of(pieces))
    size = sorted(piece.bottom - piece.top for piece in pieces)[len(pieces) // 2]
    firm = sorted(middle_of((piece,)) for run in runs if 2 * sum(p.counts for p in run) >= len(run) for piece in run if piece.counts)
    loose = sorted(map(middle_of, runs))
    cells = [cell for run in runs for cell in _celled(run, firm, loose, NEAR * size)]
    found = _gathered(cells, size)
    return found if found is not None and not _torn(found[0], _SAME * pitch_of(pieces)) else None


def pitch_of(pieces: Sequence[Piece]) -> float:
    """How far the lines of a cell are apart: what hardly any two words over one another are closer than."""
    found = sorted(b.bottom - a.bottom for a, b in _stacked(pieces))
    return found[len(found) // 20] if found else 0.0


def _stacked(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, Piece]]:
    """Yield each word with the next below it."""
    for k, piece in enumerate(pieces):
        below = next((other for other in pieces[k + 1:k + 40] if other.top > piece.top + 1 and over(piece, other)), None)
        if below is not None:
            yield piece, below


def over(a: Piece, b: Piece) -> bool:
    return min(a.word.right, b.word.right) - max(a.word.left, b.word.left) > 1


def _runs(pieces: Sequence[Piece], most: float) -> list[Cell]:
    """Words over one another, each line close below the one before and alone over the next."""
    below: dict[int, list[Piece]] = {}
    above: dict[int, list[Piece]] = {}
    for k, piece in enumerate(pieces):
        for other in pieces[k + 1:k + 60]:
            if other.bottom - piece.bottom > most:
                break
            if other.top > piece.top + 0.5 * (piece.bottom - piece.top) and over(piece, other):
                below.setdefault(id(piece), []).append(other)
                above.setdefault(id(other), []).append(piece)
    runs: list[list[Piece]] = []
    home: dict[int, list[Piece]] = {}
    for piece in pieces:
        before = above.get(id(piece), [])
        if len(before) == 1 and len(below[id(before[0])]) == 1:
            run = home[id(before[0])]
        else:
            run = []
            runs.append(run)
        run.append(piece)
        home[id(piece)] = run
    return [tuple(run) for run in runs]


def _celled(run: Cell, firm: Sequence[float], loose: Sequence[float], near: float) -> list[Cell]:
    """Part lines over one another into cells about the middles of figures or of other words; as few as may be about none."""
    best = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        ways = []
        for start in range(max(0, end - _MOST), end):
            others = loose if end - start < len(run) else _without(loose, middle_of(run))
            ways.append((best[start][0] + _cost(run[start:end], firm, others, near), start))
        best.append(min(ways))
    cells, end = list[Cell](), len(run)
    while end:
        cells.append(run[best[end][1]:end])
        end = best[end][1]
    return cells


def _torn(bands: Sequence[Band], most: float) -> bool:
    """Tell whether a row seems to go on in the one below, as where its cells begin on one line or a page cuts it: then nothing is sure."""
    told = [any(map(_marks, band.cells)) for band in bands]
    lines = 0
    for (row, below), first, second in zip(pairwise(bands), told, told[1:], strict=False):
        on = [(cell[-1], rest[0]) for rest in below.cells for cell in row.cells
              if over(cell[-1], rest[0]) and rest[0].bottom - cell[-1].bottom <= most]
        under = len({id(b) for _, b in on}) == len(below.cells) and not second
        lines = lines + 1 if under and (first or lines or len(below.cells) == len(row.cells) == 1) else 0
        few = 1 < len(below.cells) <= len(row.cells) / 2 and under and not row.uneven
        apart = not any(over(a, b) for cell in row.cells for other in below.cells for a in cell for b in other)
        if lines > 1 or any(_CUT.fullmatch(f"{a.word.text} {b.word.text}") for a, b in on) or first and (apart if second else few):
            return True
    return False


def _without(known: Sequence[float], middle: float) -> Sequence[float]:
    k = bisect_left(known, middle)
    return [*known[:k], *known[k + 1:]]


def _mixes(cell: Cell) -> bool:
    """Tell whether a figure stands below other lines and is no end of one that was cut in two."""
    return any(piece.counts for piece in cell[1:]) and not (
        len(cell) == 2 and _CUT.fullmatch(f"{cell[0].word.text} {cell[1].word.text}"))


def _cost(cell: Cell, firm: Sequence[float], loose: Sequence[float], near: float) -> float:
    """How unlikely lines are to be one cell: it lies about the middle of a row and reaches into no other."""
    at, room = middle_of(cell), 0.4 * (cell[0].bottom - cell[0].top)
    k, end = bisect_left(firm, cell[0].top - room), bisect_left(firm, cell[-1].bottom + room)
    alone = all(abs(middle - at) <= near for middle in firm[k:end])
    unknown = _UNKNOWN + _LINE * (len(cell) - 1)
    known = _KNOWN if k < end else _LIKELY if _is_near(loose, at, near) else unknown
    return (known if alone else unknown) + _MIXED * _mixes(cell)


def _is_near(known: Sequence[float], at: float, near: float) -> bool:
    k = bisect_left(known, at - near)
    return k < len(known) and known[k] <= at + near


def _gathered(cells: Sequence[Cell], size: float) -> tuple[list[Band], list[Cell]] | None:
    """Cells about one middle as rows; a cell beside several rows is a label."""
    groups: list[list[Cell]] = []
    for cell in sorted(cells, key=middle_of):
        if groups and middle_of(cell) - middle_of(groups[-1][0]) < 2 * NEAR * size:
            groups[-1].append(cell)
        else:
            groups.append([cell])
    firm = _firm(groups, size)
    cores = [[cell for cell in group if _marks(cell)] for group in firm]
    rows = [[cell for cell in group if not any(_meets(cell, core[0], size) for core in cores if core[0] not in group)] for group in firm]
    if not rows or not all(rows) or not _cleared(rows, size):
        return None
    inside = {id(cell) for row in rows for cell in row}
    beside = [cell for cell in cells if id(cell) not in inside]
    labels = [cell for cell in beside if any(_meets(cell, other, size) for row in rows for other in row)]
    away = set(map(id, labels))
    free = sorted((piece for cell in beside if id(cell) not in away for piece in cell), key=lambda piece: piece.top)
    rows += map(_stood, _parted(free))
    bands = [Band(tuple(sorted(row, key=lambda cell: cell[0].word.left))) for row in rows]
    return sorted(bands, key=lambda band: band.top), labels


def _firm(groups: Sequence[list[Cell]], size: float) -> list[list[Cell]]:
    """The groups that are rows for sure: they have figures, and more cells than those they lie beside."""
    found = [group for group in groups if any(map(_marks, group))]
    cores = [next(filter(_marks, group)) for group in found]
    return [group for k, group in enumerate(found) if not any(
        _meets(cores[k], cores[n], size) and len(found[n]) > len(group) for n in (k - 1, k + 1) if 0 <= n < len(found))]


def _cleared(rows: Sequence[list[Cell]], size: float) -> bool:
    """Take out what reaches from a row into the next, labels first; tell whether rows then lie one below the other."""
    for one, other in pairwise(rows):
        while (low := max(cell[-1].bottom for cell in one) - _SLACK * size) > (high := min(cell[0].top for cell in other)):
            reach = [(cell[0].word.left, row, cell) for row in (one, other) for cell in row if not _marks(cell)
                     and (cell[-1].bottom - _SLACK * size > high if row is one else cell[0].top < low)]
            if not reach:
                return False
            _, row, cell = min(reach, key=lambda way: way[0])
            row.remove(cell)
            if not row:
                return False
    return True


def _parted(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Part words, sorted from the top, where a level line meets none of them."""
    found: list[list[Piece]] = []
    low = float("-inf")
    for piece in pieces:
        if not found or piece.top > low - _SLACK * (piece.bottom - piece.top):
            found.append([])
        found[-1].append(piece)
        low = max(low, piece.bottom)
    return found


def _stood(pieces: Sequence[Piece]) -> list[Cell]:
    """Words that stand over one another as cells, from the left."""
    found: list[list[Piece]] = []
    end = float("-inf")
    for piece in sorted(pieces, key=lambda piece: piece.word.left):
        if not found or piece.word.left > end - 1:
            found.append([])
        found[-1].append(piece)
        end = max(end, piece.word.right)
    return [tuple(sorted(cell, key=lambda piece: piece.top)) for cell in found]


def _marks(cell: Cell) -> bool:
    return len(cell) == 1 and cell[0].counts


def _meets(cell: Cell, other: Cell, size: float) -> bool:
    """Tell whether the lines of a cell stand beside those of another."""
    return cell[0].top < other[-1].bottom - _SLACK * size and other[0].top < cell[-1].bottom - _SLACK * size
