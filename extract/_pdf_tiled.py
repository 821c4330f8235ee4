"""Which rows the labels of a table of centred cells stand for: each lies about the middle of its rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from fusuan.extract._pdf_centred import WIDER, Band, Piece, pitch_of

_NEAR = 0.35
"""How far (ems) the middle of a label lies from that of its rows at most."""
_EMPTY, _BLOCK, _LAST = 1.0, -0.01, 1.5
"""What a row without a label costs, a label, and one at the end that is about the middle of nothing."""
_MOST = 40


@dataclass(frozen=True, slots=True)
class Block:
    """Words of one column that stand for `rows` rows from `row` on, and for the columns up to `last`."""

    pieces: tuple[Piece, ...]
    row: int
    rows: int
    last: int = 0

    @property
    def numbered(self) -> bool:
        return any(c.isdigit() for piece in self.pieces for c in piece.word.text)


def tiled(pieces: Sequence[Piece], edges: Sequence[float], held: Sequence[bool], own: Mapping[int, int]) -> list[Block] | None:
    """Part the words of a column into labels; None where they fit no rows.

    `edges` are where rows meet, `held` tells which of them something wider fills, `own` the row of a word that is of one.
    """
    return _Tiling(sorted(pieces, key=lambda piece: piece.top), edges, held, own).best()


def edges_of(bands: Sequence[Band]) -> Iterator[list[float]]:
    """Yield where rows may meet: halfway between their words; then each as far below the middle of its row as the one above is over it."""
    gaps = sorted(below.top - band.bottom for band, below in pairwise(bands))
    room = max(gaps[len(gaps) // 2], 0.0) / 2 if gaps else 0.0
    yield [bands[0].top - room, *((band.bottom + below.top) / 2 for band, below in pairwise(bands)), bands[-1].bottom + room]
    edges = [bands[0].top - 1]
    for band, below in pairwise(bands):
        edges.append(min(max(2 * band.middle - edges[-1], band.bottom), max(below.top, band.bottom)))
    yield [*edges, max(2 * bands[-1].middle - edges[-1], bands[-1].bottom)]


class _Tiling:
    """Parts the words of a column into blocks, each about the middle of its rows, so that as few rows as may be have none."""

    def __init__(self, pieces: Sequence[Piece], edges: Sequence[float], held: Sequence[bool], own: Mapping[int, int]) -> None:
        self.pieces, self.edges, self.held, self.own, self.pitch = pieces, edges, held, own, pitch_of(pieces)
        self.near = _NEAR * max(piece.bottom - piece.top for piece in pieces)
        self.states: list[dict[int, tuple[float, int, Block | None]]] = [{} for _ in edges]

    def best(self) -> list[Block] | None:
        """The blocks from the top; a state is a row and the words before it, and tells the row and block before."""
        self.states[0][0] = 0.0, 0, None
        for row in range(len(self.held)):
            for first, (cost, _, _) in self.states[row].items():
                self._step(row, row + 1, first, cost + (0 if self.held[row] else _EMPTY), None)
                for block in self._blocks(row, first):
                    self._step(row, row + block.rows, first + len(block.pieces), cost + _BLOCK, block)
                if (last := self._cut(row, first)) is not None:
                    self._step(row, len(self.held), len(self.pieces), cost + _LAST, last)
        return self._way() if len(self.pieces) in self.states[-1] else None

    def _step(self, before: int, row: int, first: int, cost: float, block: Block | None) -> None:
        if first not in self.states[row] or cost < self.states[row][first][0]:
            self.states[row][first] = cost, before, block

    def _way(self) -> list[Block]:
        row, first, found = len(self.held), len(self.pieces), list[Block]()
        while row:
            _, row, block = self.states[row][first]
            if block is not None:
                found.append(block)
                first -= len(block.pieces)
        return found[::-1]

    def _cut(self, row: int, first: int) -> Block | None:
        """The last label, where the page may cut what it stands for."""
        last = tuple(self.pieces[first:])
        if not last or any(id(piece) in self.own for piece in last) or any(self.held[row:]) or last[0].top < self.edges[row] - self.near:
            return None
        return Block(last, row, len(self.held) - row) if all(map(self._close, last, last[1:])) else None

    def _close(self, above: Piece, below: Piece) -> bool:
        """Tell whether two words may be lines of one cell."""
        rows = {self.own[id(piece)] for piece in (above, below) if id(piece) in self.own}
        return below.bottom - above.bottom <= WIDER * self.pitch and len(rows) < 2

    def _blocks(self, row: int, first: int) -> Iterator[Block]:
        """The blocks that may begin at a row with a word."""
        if first == len(self.pieces) or self.pieces[first].top < self.edges[row] - self.near:
            return
        for end in range(first + 1, min(len(self.pieces), first + _MOST) + 1):
            pieces = self.pieces[first:end]
            if len(pieces) > 1 and not self._close(*pieces[-2:]):
                return
            foot = pieces[0].top + pieces[-1].bottom - self.edges[row]
            low = max(foot - 2 * self.near, pieces[-1].bottom - self.near)
            for last in range(max(row + 1, bisect_left(self.edges, low)), len(self.edges)):
                if self.edges[last] > foot + 2 * self.near or any(self.held[row:last]):
                    break
                yield Block(tuple(pieces), row, last - row)
