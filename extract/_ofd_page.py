"""One page of an OFD file as a sheet: its characters and lines in points, as a PDF's page is given."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from fusuan.extract._ofd_parts import child, local, numbers
from fusuan.extract._pdf_rulings import art_of, rulings_of
from fusuan.extract._pdf_sheet import Box, Glyph, Matrix, Ruling, Sheet, fold
from fusuan.extract._xml import Element

_POINT = 72 / 25.4
_MOST_GLYPHS, _MOST_PATHS, _MOST_ART, _DEEPEST = 60_000, 120_000, 1500, 6
_UNTOLD = "¤"
"""What stands for a character that the producer knows the shape of alone."""
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""How many numbers follow each letter of a drawn path; the last two of them are where it leads."""


def _times(p: Matrix, q: Matrix) -> Matrix:
    """First p, then q."""
    return (p[0] * q[0] + p[1] * q[2], p[0] * q[1] + p[1] * q[3], p[2] * q[0] + p[3] * q[2],
            p[2] * q[1] + p[3] * q[3], p[4] * q[0] + p[5] * q[2] + q[4], p[4] * q[1] + p[5] * q[3] + q[5])


class PageReader:
    """Gathers what a page shows."""

    def __init__(self, number: int, box: tuple[float, float, float, float], units: dict[str, Element]) -> None:
        self._number, self._units = number, units
        self._width, self._height = box[2] * _POINT, box[3] * _POINT
        self._view: Matrix = (_POINT, 0, 0, _POINT, -box[0] * _POINT, -box[1] * _POINT)
        self._glyphs: list[Glyph] = []
        self._unseen: list[Glyph] = []
        self._rulings: list[Ruling] = []
        self._art: list[Box] = []
        self._pictures = self._drawn = self._lost = 0

    def sheet(self, layers: Iterable[Element]) -> Sheet:
        """Return the page; where all its text is transparent it is a scan with what recognition laid under it."""
        for layer in layers:
            self._take(layer, self._view, 0)
        if len(self._glyphs) > _MOST_GLYPHS or self._drawn > _MOST_PATHS:
            return Sheet(self._number, self._width, self._height, failed=True)
        hidden = bool(self._unseen) and not self._glyphs
        glyphs = self._unseen if hidden else self._glyphs
        return Sheet(self._number, self._width, self._height, glyphs, self._rulings, self._pictures, self._lost, hidden,
                     clips=lambda: [None] * len(glyphs), art=self._art)

    def _take(self, parent: Element, view: Matrix, depth: int) -> None:
        for thing in parent:
            kind = local(thing)
            if thing.get("Visible") == "false" or self._drawn > _MOST_PATHS or len(self._glyphs) > _MOST_GLYPHS:
                continue
            self._drawn += 1
            if kind == "PageBlock" and depth < _DEEPEST:
                self._take(thing, view, depth + 1)
            elif kind == "TextObject":
                self._text(thing, _placed(thing, view))
            elif kind == "PathObject":
                self._path(thing, _placed(thing, view))
            elif kind == "ImageObject":
                self._pictures += 1
            elif kind == "CompositeObject" and depth < _DEEPEST:
                content = child(self._units.get(thing.get("ResourceID") or ""), "Content")
                if content is not None:
                    self._take(content, _placed(thing, view), depth + 1)

    def _text(self, thing: Element, view: Matrix) -> None:
        em = (numbers(thing.get("Size")) or [0.0])[0]
        if not 0 < em < 500 or abs(view[1]) > 0.1 * abs(view[0]) or view[0] <= 0:  # slanted: a stamp across the page
            return
        into = self._unseen if thing.get("Alpha") == "0" else self._glyphs
        stretch = (numbers(thing.get("HScale")) or [1.0])[0] or 1.0
        x = y = 0.0
        for code in thing:
            if local(code) == "TextCode" and code.text:
                x, y = (numbers(code.get("X")) or [x])[0], (numbers(code.get("Y")) or [y])[0]
                into += self._run(code, (x, y), (em, stretch), view)

    def _run(self, code: Element, start: tuple[float, float], size: tuple[float, float], view: Matrix) -> Iterator[Glyph]:
        """Yield the characters of a run, each as far from the one before as the run says."""
        (x, y), (em, stretch), text = start, size, code.text or ""
        across, down = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
        for index, character in enumerate(text[:_MOST_GLYPHS + 1]):
            shown = "\ufffd" if character == _UNTOLD else fold(ord(character))
            step = across[index] if index < len(across) else 0.0
            own = em * stretch * (1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5)
            if shown:
                self._lost += shown == "\ufffd" or "\ue000" <= shown <= "\uf8ff"
                left, base = view[0] * x + view[2] * y + view[4], view[1] * x + view[3] * y + view[5]
                tall, wide = em * abs(view[3]), (min(own, step) if step > 0 else own) * view[0]
                if -1 <= left <= self._width + 1 and -1 <= base <= self._height + 1:
                    yield Glyph(shown, left, base - 0.85 * tall, left + wide, base, tall)
            if index < len(across) or not (across or down):
                x += step if across else own
            y += down[index] if index < len(down) else 0.0

    def _path(self, thing: Element, view: Matrix) -> None:
        stroked, data = thing.get("Stroke") != "false", child(thing, "AbbreviatedData")
        if data is None or not data.text or not (stroked or thing.get("Fill") == "true"):
            return
        for points in _figures(data.text):
            a, b, c, d, e, f = view
            seen = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
            self._rulings += rulings_of(seen, stroked)
            if len(seen) > 1 and len(self._art) < _MOST_ART:
                self._art += art_of(seen)


def _placed(thing: Element, view: Matrix) -> Matrix:
    """Return how a thing's own space lies on the page: turned by its matrix, moved to its boundary."""
    turn, boundary = numbers(thing.get("CTM")), numbers(thing.get("Boundary"))
    matrix: Matrix = (turn[0], turn[1], turn[2], turn[3], turn[4], turn[5]) if len(turn) == 6 else (1, 0, 0, 1, 0, 0)
    x, y = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    return _times(_times(matrix, (1, 0, 0, 1, x, y)), view)


def _steps(said: str | None, most: int) -> list[float]:
    """Return the steps of a run, those repeated ("g", how often, how far) written out.

    >>> _steps("g 2 3.5 1 0.5", 9), _steps("g 999999999 1", 3)
    ([3.5, 3.5, 1.0, 0.5], [1.0, 1.0, 1.0])
    """
    words, steps = (said or "").split(), list[float]()
    at = 0
    while at < len(words) and len(steps) < most:
        if words[at] == "g" and at + 2 < len(words) and words[at + 1].isdecimal() and len(words[at + 1]) < 10:
            steps += (numbers(words[at + 2]) or [0.0]) * min(int(words[at + 1]), most - len(steps))
            at += 3
        else:
            steps += numbers(words[at]) or [0.0]
            at += 1
    return steps


def _figures(data: str) -> Iterator[list[tuple[float, float]]]:
    """Yield the figures of a path, each as the points it leads through.

    >>> list(_figures("M 0 0 L 9 0 L 9 5 C M 1 1 B 0 0 2 2 3 3"))
    [[(0.0, 0.0), (9.0, 0.0), (9.0, 5.0), (0.0, 0.0)], [(1.0, 1.0), (3.0, 3.0)]]
    """
    points: list[tuple[float, float]] = []
    words = data.split()
    at = 0
    while at < len(words):
        letter = words[at]
        count = _TAKES.get(letter)
        if count is None:
            at += 1
            continue
        said = numbers(" ".join(words[at + 1:at + 1 + count]))
        at += 1 + count
        if letter in "SM" and points:
            yield points
            points = []
        if letter == "C" and points:
            points.append(points[0])
        elif count and len(said) == count:
            points.append((said[-2], said[-1]))
    if points:
        yield points
