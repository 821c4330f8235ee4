"""Words of a block of lines, by pdfplumber, and the columns that they stand in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from fusuan.extract._pdf_lines import BLANKS, Line
from fusuan.extract._pdf_sheet import Glyph

APART = 0.75
"""Words of two columns are at least so many ems apart."""
_CROSSED = 0.5
_STRAY = 0.3
_HEADS = 4
_DIGIT = re.compile("[0-9]")


@dataclass(frozen=True, slots=True)
class Word:
    """Characters of one line with no wide gap among them."""

    text: str
    left: float
    right: float
    glyphs: tuple[Glyph, ...]


def gapped(line: Line) -> bool:
    """Tell whether a line has a gap as wide as between columns."""
    most, before = APART * line.size, line.right
    for glyph in line.glyphs:
        if glyph.text not in BLANKS:
            if glyph.left - before >= most:
                return True
            before = glyph.right
    return False


def words_of(line: Line) -> list[Word]:
    """Part a line at its wide gaps."""
    from pdfplumber.utils.text import extract_words

    chars = [{"text": g.text, "x0": g.left, "x1": g.right, "top": line.top, "bottom": line.bottom, "doctop": line.top,
              "upright": True, "size": g.size, "fontname": "", "glyph": g} for g in line.glyphs if g.text not in BLANKS]
    found = extract_words(chars, x_tolerance=APART * line.size, y_tolerance=line.size, return_chars=True)
    return [Word(word["text"], word["x0"], word["x1"], tuple(c["glyph"] for c in word["chars"])) for word in found]


def whole(line: Line) -> Word:
    """A line as one word."""
    glyphs = tuple(g for g in line.glyphs if g.text not in BLANKS)
    return Word(line.text.strip(), line.left, line.right, glyphs)


def headed(bounds: list[float], rows: Sequence[Sequence[Word]]) -> list[float]:
    """Add a bound where two words of a heading stand in what is one column by its rows (one of them may be empty)."""
    for row in rows:
        if len(row) < _HEADS or any(_DIGIT.search(word.text) for word in row):
            continue
        for a, b in zip(row, row[1:], strict=False):
            if min(len(a.text), len(b.text)) > 1 and not any(a.right - 2 < bound < b.left + 2 for bound in bounds):
                bounds = sorted([*bounds, _between(a, b, rows)])
    return bounds


def coded(bounds: list[float], rows: Sequence[Sequence[Word]]) -> list[float]:
    """Add the bounds between codes side by side, and after them: few rows may go down so far."""
    for row in rows:
        for before, code, after in zip(row, row[1:], row[2:], strict=False):
            if before.text.isdigit() and code.text.isdigit():
                for a, b in ((before, code), (code, after)):
                    if not any(a.right - 2 < bound < b.left + 2 for bound in bounds):
                        bounds = sorted([*bounds, b.left - 1])
    return bounds


def used(bounds: list[float], rows: Sequence[Sequence[Word]]) -> list[float]:
    """Leave out bounds on whose two sides no row has words: a heading stands to the left of its figures, or right."""
    while bounds:
        spans = [[(word, *span_of(word, bounds)) for word in row] for row in rows]
        edges = {(a[2], b[1]) for row in spans for a, b in zip(row, row[1:], strict=False)}
        idle = [c for c in range(len(bounds)) if (c, c + 1) not in edges]
        if not idle:
            break
        alone = [[word for row in spans for word, first, last in row if first == last == c] for c in range(len(bounds) + 1)]
        rights = [max((word.right for word in found), default=0.0) for found in alone]
        lefts = [min((word.left for word in found), default=rights[c]) for c, found in enumerate(alone)]
        bounds = [bound for c, bound in enumerate(bounds) if c != min(idle, key=lambda c: lefts[c + 1] - rights[c])]
    return bounds


def _between(a: Word, b: Word, rows: Sequence[Sequence[Word]]) -> float:
    """The place between two words that fewest others cross, best right before the second."""
    places = [b.left - 1 - k for k in range(max(1, int(b.left - a.right) - 1))]
    return min(places, key=lambda x: sum(word.left < x < word.right for row in rows for word in row))


def rivers(rows: Sequence[Sequence[Word]]) -> list[float]:
    """Return where the gaps of many rows meet: the bounds between columns, from the left."""
    words = [word for row in rows for word in row]
    if not words:
        return []
    start, end = int(min(w.left for w in words)), int(max(w.right for w in words)) + 2
    gaps, crossed = [0] * (end - start), [0] * (end - start)
    for row in rows:
        for word in row:
            for x in range(round(word.left) - start, max(round(word.right) - start, 0)):
                crossed[x] += 1
        for a, b in zip(row, row[1:], strict=False):
            for x in range(round(a.right) - start, round(b.left) - start):
                gaps[x] += 1
    found: list[list[int]] = []
    for x, (gap, over) in enumerate(zip(gaps, crossed, strict=True)):
        if gap >= 2 and over <= _CROSSED * gap:
            if found and found[-1][-1] == x - 1:
                found[-1].append(x)
            else:
                found.append([x])
    return _peopled([_deepest(river, crossed, gaps) + start for river in found], words)


def _deepest(river: Sequence[int], crossed: Sequence[int], gaps: Sequence[int]) -> float:
    """The middle of the last stretch of a river that fewest words cross and most gaps span."""
    least = min(crossed[x] for x in river)
    low = [x for x in river if crossed[x] == least]
    most = max(gaps[x] for x in low)
    best = [x for x in low if gaps[x] == most]
    run = [best[-1]]
    for x in reversed(best[:-1]):
        if run[-1] - x > 1:
            break
        run.append(x)
    return (run[0] + run[-1]) / 2 + 0.5


def _peopled(bounds: list[float], words: Sequence[Word]) -> list[float]:
    """Leave out bounds with hardly a word between them and the one before."""
    kept: list[float] = []
    for bound in bounds:
        left = kept[-1] if kept else float("-inf")
        if sum(left < (w.left + w.right) / 2 < bound for w in words) >= 2:
            kept.append(bound)
    if kept and sum((w.left + w.right) / 2 > kept[-1] for w in words) < 2:
        kept.pop()
    return kept


def span_of(word: Word, bounds: Sequence[float]) -> tuple[int, int]:
    """Return the first and the last column that a word stands in, between `bounds`."""
    slack = _STRAY * (word.glyphs[0].size if word.glyphs else 10.0)
    first = sum(bound < word.left + slack for bound in bounds)
    last = sum(bound < word.right - slack for bound in bounds)
    middle = sum(bound < (word.left + word.right) / 2 for bound in bounds)
    return min(first, middle), max(last, middle)
