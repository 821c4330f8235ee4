"""Where the characters of a PDF stand in the page's own space, for whoever writes notes into a copy of it."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from fusuan.extract._file import File
from fusuan.extract._pdf_lines import lines_of, written
from fusuan.extract._pdf_page import PageReader
from fusuan.extract._pdf_sheet import Box, Glyph, Matrix, Sheet
from fusuan.extract._pdf_source import sheets
from fusuan.extract.pdf import laid_out
from fusuan.model import Document


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
        return [Character(text, glyph.left, glyph.base, self._inks[id(glyph)])
                for line in lines_of(inside, self.number) for glyph, text in written(line.glyphs) if id(glyph) in self._inks]

    def inward(self, box: Box) -> Box:
        """Return a box (left, top, right, bottom) of the page as shown in the page's own space."""
        return _inward(box, self._view)


def trace_pdf(file: File, pages: Collection[int]) -> tuple[Document, dict[int, PageTrace]]:
    """Read a PDF and keep, for the pages of the given numbers, where everything stands: at one go, since recognising the
    pages of a scan takes long."""
    traces: dict[int, PageTrace] = {}

    def seen(reader: PageReader, sheet: Sheet) -> None:
        if sheet.number in pages and not sheet.failed and not _is_turned(reader, sheet):
            inks = _recognised(reader, sheet) if sheet.scanned else _printed(reader)
            traces[sheet.number] = PageTrace(sheet.number, sheet.glyphs, dict(zip(map(id, sheet.glyphs), inks, strict=False)),
                                             reader.view)

    return laid_out(sheets(file, seen), file.name, "pdf"), traces


def _is_turned(reader: PageReader, sheet: Sheet) -> bool:
    """Tell whether a page was turned to be recognised: then nothing tells where its characters were."""
    return sheet.scanned and abs(sheet.width - reader.width) > 0.1 * reader.width


def _printed(reader: PageReader) -> Iterator[Box]:
    """Yield the inked box of each glyph that a page gave."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in reader.indices:
        reader.raw.FPDFText_GetCharBox(reader.text, index, left, right, bottom, top)
        yield left.value, bottom.value, right.value, top.value


def _recognised(reader: PageReader, sheet: Sheet) -> Iterator[Box]:
    for glyph in sheet.glyphs:
        yield _inward((glyph.left, glyph.base - 0.8 * glyph.size, glyph.right, glyph.base + 0.1 * glyph.size), reader.view)


def _inward(box: Box, view: Matrix) -> Box:
    a, b, c, d, e, f = view
    whole = a * d - b * c
    (x0, y0), (x1, y1) = (((d * (x - e) - c * (y - f)) / whole, (a * (y - f) - b * (x - e)) / whole)
                          for x, y in ((box[0], box[1]), (box[2], box[3])))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _holds(box: Box, glyph: Glyph) -> bool:
    x, y = glyph.middle
    return box[0] - 0.5 <= x <= box[2] + 0.5 and box[1] - 0.5 <= y <= box[3] + 0.5
