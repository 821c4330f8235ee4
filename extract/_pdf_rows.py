"""Rows of a table without ruling lines: which lines are one row, and which labels stand for several."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from fusuan.extract._pdf_lines import Line
from fusuan.extract._pdf_sheet import Glyph
from fusuan.extract._pdf_words import Word, span_of

_FIGURE = re.compile(r"[-−+]?[0-9][0-9,]*(?:\.[0-9]+)?[%％‰]?")
_PART = re.compile(r".*(?:\.[0-9]?|,[0-9]{0,2})")
_WIDER = 1.18
_ODD = 0.08
_FEW = 0.2
_LEVEL = 0.35


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in one place of a row, maybe in several lines: from column `first` to `last`, over `rows` rows.

    `torn`: its lines do not stand over one another, as those of one cell would.
    """

    text: str
    first: int
    last: int
    left: float
    right: float
    glyphs: tuple[Glyph, ...]
    rows: int = 1
    torn: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table with its entries from the left."""

    top: float
    bottom: float
    words: list[Entry]

    @property
    def level(self) -> bool:
        """Tell whether all that stands in it begins on one line."""
        bases = [entry.glyphs[0].base for entry in self.words if entry.glyphs]
        return not bases or max(bases) - min(bases) < _LEVEL * self.words[0].glyphs[0].size


_Placed = tuple[int, Word, int, int]
"""A word, after the number of its line and before its first and last column."""


Pitch = tuple[float, bool]
"""How far apart the lines of a cell are, in ems, and whether rows are further apart."""


def rows_of(lines: Sequence[Line], words: Sequence[Sequence[Word]], bounds: Sequence[float],
            pitch: Pitch | None = None) -> tuple[list[Row], Pitch]:
    """Gather lines into rows, and let a label stand for the rows below it that have none.

    `pitch` is that of the pages before, where the table goes on from them.
    """
    placed = [[(k, word, *span_of(word, bounds)) for word in row] for k, row in enumerate(words)]
    gathered = _Gathering(lines, placed, pitch)
    return _labelled([_row(lines, group) for group in gathered.groups]), (gathered.tight, gathered.spaced)


class _Gathering:
    """Parts lines into rows: by the room between lines of one column, where rows have more than cells, else by what they say."""

    def __init__(self, lines: Sequence[Line], placed: Sequence[Sequence[_Placed]], pitch: Pitch | None) -> None:
        self.lines = lines
        self.last: dict[int, tuple[int, _Placed]] = {}
        self.widest: dict[int, float] = defaultdict(float)
        for _, word, first, _last in (p for row in placed for p in row if p[2] == p[3]):
            self.widest[first] = max(self.widest[first], word.right - word.left)
        self.tight, self.spaced = pitch or self._pitches(placed)
        self.counted = next((k for k, row in enumerate(placed) if any(_FIGURE.fullmatch(p[1].text) for p in row)), 0)
        self.groups: list[list[_Placed]] = []
        for row in placed:
            self._take(row)

    def _pitches(self, placed: Sequence[Sequence[_Placed]]) -> Pitch:
        last: dict[int, _Placed] = {}
        found, counted = [], []
        for item in (item for row in placed for item in row):
            for c in range(item[2], item[3] + 1):
                if c in last and (pitch := self._pitch(last[c][0], item[0])) > 0.9:
                    found.append(pitch)
                    if _FIGURE.fullmatch(item[1].text) and _FIGURE.fullmatch(last[c][1].text):
                        counted.append(pitch)
                last[c] = item
        if not found:
            return 1.5, False
        found.sort()
        tight = found[len(found) // 20]
        if not counted:
            return tight, sum(p > tight * _WIDER for p in found) >= _FEW * len(found)
        # figures whole lines apart may be of one line each with names in several
        odd = sum(p > tight * _WIDER and abs(p / tight - round(p / tight)) > _ODD for p in counted)
        return tight, odd > sum(p <= tight * _WIDER for p in counted)

    def _pitch(self, above: int, below: int) -> float:
        return (self.lines[below].base - self.lines[above].base) / self.lines[below].size

    def _take(self, row: Sequence[_Placed]) -> None:
        own: list[_Placed] = []
        stray: list[_Placed] = []
        for item in row:
            over = self._over(item)
            far = over is None or self._pitch(over[1][0], item[0]) > self.tight * _WIDER
            (stray if self.spaced and over is not None and not far and over[0] < len(self.groups) - 1 else own).append(item)
        for item in stray:  # a cell that goes on beside the rows it stands for
            home = self._over(item)
            self._put(item, home[0] if home else len(self.groups) - 1)
        if own:
            if not self.groups or self._anew(own):
                self.groups.append([])
            for item in own:
                self._put(item, len(self.groups) - 1)

    def _put(self, item: _Placed, group: int) -> None:
        self.groups[group].append(item)
        self.last.update((c, (group, item)) for c in range(item[2], item[3] + 1))

    def _over(self, item: _Placed) -> tuple[int, _Placed] | None:
        """The last word above in the columns of a word, and its row."""
        found = [self.last[c] for c in range(item[2], item[3] + 1) if c in self.last]
        return max(found, key=lambda t: t[1][0], default=None)

    def _anew(self, row: Sequence[_Placed]) -> bool:
        """Tell whether words begin another row."""
        now = len(self.groups) - 1
        over = [(item, found[1]) for item in row if (found := self._over(item)) and found[0] == now]
        spans = [(a, b) for _, _, a, b in self.groups[-1] if b > a]
        if any(sum(first <= a and b <= last for _, _, a, b in row) > 1 for first, last in spans):
            return True
        if not over:
            return self._pitch(max(p[0] for p in self.groups[-1]), row[0][0]) > 0.9
        if any(self._pitch(above[0], item[0]) > self.tight * _WIDER for item, above in over):
            return True
        if self.spaced:
            return False
        counted = [(item, above) for item, above in over if _FIGURE.fullmatch(item[1].text)]
        if any(not self._cut(above, item, row) for item, above in counted):
            return True
        return not self._heading(row, over) and not all(self._full(above) for _, above in over)

    def _heading(self, row: Sequence[_Placed], over: Sequence[tuple[_Placed, _Placed]]) -> bool:
        """Tell whether the line is the second of headings, each word under one."""
        return row[0][0] < self.counted and len(over) == len(row) and all(a[2:] == b[2:] for a, b in over)

    def _full(self, item: _Placed) -> bool:
        _, word, first, last = item
        size = word.glyphs[0].size if word.glyphs else 10.0
        return first != last or word.right - word.left > self.widest[first] - 1.1 * size

    def _cut(self, over: _Placed, item: _Placed, row: Sequence[_Placed]) -> bool:
        """Tell whether a figure was cut in two for want of room: it is not whole, the column is nowhere wider."""
        return self._full(over) and bool(_PART.fullmatch(over[1].text)) and len(item[1].text) <= 3 and min(p[2] for p in row) > 0


def _row(lines: Sequence[Line], group: Sequence[_Placed]) -> Row:
    places: dict[int, list[_Placed]] = {}
    for item in group:
        home = next((c for c, found in places.items() if any(a <= item[3] and item[2] <= b for _, _, a, b in found)), item[2])
        places.setdefault(home, []).append(item)
    entries = []
    for found in places.values():
        glyphs = tuple(g for _, word, _, _ in found for g in word.glyphs)
        entries.append(Entry("".join(word.text for _, word, _, _ in found), min(p[2] for p in found),
                             max(p[3] for p in found), min(p[1].left for p in found), max(p[1].right for p in found),
                             glyphs, torn=_torn(found)))
    entries.sort(key=lambda entry: entry.first)
    own = [lines[k] for k in {p[0] for p in group}]
    return Row(min(line.top for line in own), max(line.bottom for line in own), _apart(entries))


def _torn(found: Sequence[_Placed]) -> bool:
    """Tell whether the lines of a place do not stand over one another, or two figures side by side in it."""
    return any(max(a.left, b.left) > min(a.right, b.right) and (line != other or bool(_FIGURE.fullmatch(a.text + b.text)))
               for (line, a, *_), (other, b, *_) in pairwise(found))


def _apart(entries: list[Entry]) -> list[Entry]:
    """Let no two entries hold one column."""
    kept: list[Entry] = []
    for entry in entries:
        if kept and entry.first <= kept[-1].last:
            last = kept[-1]
            kept[-1] = replace(last, text=last.text + entry.text, last=max(last.last, entry.last),
                               right=max(last.right, entry.right), glyphs=last.glyphs + entry.glyphs)
        else:
            kept.append(entry)
    return kept


def _labelled(rows: list[Row]) -> list[Row]:
    """Let words at the left stand for the rows below that have nothing there nor further left."""
    found = []
    for r, row in enumerate(rows):
        entries = []
        for entry in row.words:
            count = 1
            if not _FIGURE.fullmatch(entry.text) and entry.last < _furthest(row):
                while r + count < len(rows) and rows[r + count].words \
                        and min(e.first for e in rows[r + count].words) > entry.last:
                    count += 1
            entries.append(replace(entry, rows=count))
        found.append(replace(row, words=entries))
    return found


def _furthest(row: Row) -> int:
    return max(entry.last for entry in row.words)
