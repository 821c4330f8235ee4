"""Where the characters of a PDF stand in the page's own space, for whoever writes notes into a copy of it."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from fusuan.extract._file import File
from fusuan.extract._pdf_lines import lines_of
from fusuan.extract._pdf_page import PageReader
from fusuan.extract._pdf_sheet import Box, Glyph, Matrix
from fusuan.extract._pdf_source import _flattened, _opened


@dataclass(frozen=True, slots=True)
class Character:
    """A printed character: where it begins and its baseline on the page as shown, in points from the top left, and what
    of it is inked in the page's own space (left, bottom, right, top), in points from the bottom left."""

    text: str
    left: float
    base: float
    ink: Box


@dataclass(frozen=True, slots=True)
class PageTrace:
    """The characters of one page; `number` counts from 1."""

    number: int
    _glyphs: list[Glyph]
    _inks: dict[int, Box]
    _view: Matrix

    def within(self, box: Box | None) -> list[Character]:
        """Return the characters whose middle lies in `box` (None: on the page), line by line, blanks left out."""
        inside = [glyph for glyph in self._glyphs if glyph.text.strip() and (box is None or _holds(box, glyph))]
        return [Character(glyph.text, glyph.left, glyph.base, self._inks[id(glyph)])
                for line in lines_of(inside, self.number) for glyph in line.glyphs if id(glyph) in self._inks]

    def inward(self, box: Box) -> Box:
        """Return a box on the page as shown in the page's own space (left, bottom, right, top), from the bottom left."""
        a, b, c, d, e, f = self._view
        whole = a * d - b * c
        corners = [((d * (x - e) - c * (y - f)) / whole, (a * (y - f) - b * (x - e)) / whole)
                   for x, y in ((box[0], box[1]), (box[2], box[3]))]
        (x0, y0), (x1, y1) = corners
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def trace_pdf(file: File, pages: Collection[int]) -> Iterator[PageTrace]:
    """Yield the pages of the given numbers, in order; one that cannot be read is left out."""
    import pypdfium2

    document = _opened(file)
    try:
        for number in sorted(n for n in pages if 0 < n <= len(document)):
            try:
                page = _flattened(document, document[number - 1], number - 1)
            except pypdfium2.PdfiumError:
                continue
            reader = PageReader(page, number)
            try:
                glyphs = reader.sheet().glyphs
                yield PageTrace(number, glyphs, dict(zip(map(id, glyphs), _inks(reader), strict=True)), reader.view)
            finally:
                reader.close()
    finally:
        document.close()


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = glyph.middle
    return box[0] - 0.5 <= x <= box[2] + 0.5 and box[1] - 0.5 <= y <= box[3] + 0.5


def _inks(reader: PageReader) -> Iterator[Box]:
    """Yield the inked box of each glyph that a page gave."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in reader.indices:
        reader.raw.FPDFText_GetCharBox(reader.text, index, left, right, bottom, top)
        yield left.value, bottom.value, right.value, top.value
