"""One page of a PDF while PDFium holds it open: characters, rulings, pictures."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from fusuan.extract._pdf_rulings import art_of, rulings_of
from fusuan.extract._pdf_sheet import Box, Glyph, Matrix, Ruling, Sheet, fold, righted

MOST_GLYPHS = 60_000
MOST_OBJECTS = 120_000
MOST_ART = 1500
_HYPHEN = 0xFFFE
"""What PDFium writes for a hyphen at the end of a line where it is asked for much text."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def _times(p: Matrix, q: Matrix) -> Matrix:
    """First p, then q."""
    return (p[0] * q[0] + p[1] * q[2], p[0] * q[1] + p[1] * q[3], p[2] * q[0] + p[3] * q[2],
            p[2] * q[1] + p[3] * q[3], p[4] * q[0] + p[5] * q[2] + q[4], p[4] * q[1] + p[5] * q[3] + q[5])


class PageReader:
    """One loaded page while it is read."""

    def __init__(self, page: Any, number: int) -> None:
        import pypdfium2.raw as raw

        self.raw: Any = raw
        self.page, self.number = page, number
        self.width, self.height = page.get_width(), page.get_height()
        self.rotation = page.get_rotation()
        self.view = self._view()
        self.rulings: list[Ruling] = []
        self.art: list[Box] = []
        self.pictures = self.shown = self.seen = 0
        self.angles: Counter[int] = Counter()
        self.unseen: set[int] = set()
        self.slanted: set[int] = set()
        self.turned: dict[int, int] = {}
        self.least, self.most = math.inf, 0.0
        self.indices: list[int] = []
        self.text: Any = None
        """Its characters, as PDFium holds them: `raw`, its handle, is what the many calls are made with."""
        self._m = raw.FS_MATRIX()
        self._size = ctypes.c_float()

    def close(self) -> None:
        if self.text is not None:
            self.text.close()
        self.page.close()

    def sheet(self) -> Sheet:
        self._walk_page()
        turn = self._turn()
        if turn != self.rotation:
            # drawn sideways on a page that is not turned: read it as its text stands
            if (turn - self.rotation) % 180:
                self.width, self.height = self.height, self.width
            self.rotation = turn
            self.view = self._view()
            self.rulings.clear()
            self.art.clear()
            self.pictures = self.shown = self.seen = 0
            self.turned.clear()
            self._walk_page()
        # a page whose text is all unseen is a scan with the text that recognition laid under it
        hidden = bool(self.unseen) and not self.shown
        away = self.slanted if hidden else self.slanted | self.unseen
        self.text = self.page.get_textpage()
        count = self.text.count_chars()
        if count > MOST_GLYPHS:
            return Sheet(self.number, self.width, self.height, failed=True)
        glyphs, lost = self._glyphs(self.text.raw, count, away)
        return Sheet(self.number, self.width, self.height, glyphs, self.rulings, self.pictures, lost, hidden,
                     clips=self.clips, art=self.art)

    def _walk_page(self) -> None:
        raw, page = self.raw, self.page.raw
        self._walk(raw.FPDFPage_CountObjects(page), lambda k: raw.FPDFPage_GetObject(page, k), _IDENTITY, 0)

    def _turn(self) -> int:
        """The turn of the page (clockwise degrees) under which most of its text is upright."""
        most, count = max(self.angles.items(), key=lambda t: t[1], default=(self.rotation, 0))
        whole = sum(self.angles.values())
        return most if count == whole or count > 4 and count > 0.8 * whole else self.rotation

    def clips(self) -> list[Box | None]:
        """The box that each glyph is cut off at."""
        known: dict[int, Box | None] = {}
        found = []
        for index in self.indices:
            thing = self.raw.FPDFText_GetTextObject(self.text.raw, index)
            key = ctypes.cast(thing, ctypes.c_void_p).value or 0
            if key not in known:
                known[key] = self._clip(thing) if key else None
            found.append(known[key])
        return found

    def _clip(self, thing: Any) -> Box | None:
        raw = self.raw
        clip = raw.FPDFPageObj_GetClipPath(thing)
        a, b, c, d, e, f = self.view
        x, y = ctypes.c_float(), ctypes.c_float()
        box: Box | None = None
        for n in range(max(0, min(raw.FPDFClipPath_CountPaths(clip), 8) if clip else 0)):
            points = []
            for k in range(max(0, min(raw.FPDFClipPath_CountPathSegments(clip, n), 12))):
                raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, n, k), x, y)
                points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if points:
                xs, ys = [p[0] for p in points], [p[1] for p in points]
                inner = (min(xs), min(ys), max(xs), max(ys))
                box = inner if box is None else (max(box[0], inner[0]), max(box[1], inner[1]),
                                                 min(box[2], inner[2]), min(box[3], inner[3]))
        return box

    def _view(self) -> Matrix:
        """The matrix from the page's own space to points from the top left of the page as shown."""
        box = self.raw.FS_RECTF()
        self.raw.FPDF_GetPageBoundingBox(self.page, box)
        views: dict[int, Matrix] = {
            90: (0, 1, 1, 0, -box.bottom, -box.left), 180: (-1, 0, 0, 1, box.right, -box.bottom),
            270: (0, -1, -1, 0, box.top, box.right)}
        return views.get(self.rotation, (1, 0, 0, -1, -box.left, box.top))

    def _walk(self, count: int, get: Callable[[int], Any], outer: Matrix, depth: int) -> None:
        raw = self.raw
        for k in range(count):
            self.seen += 1
            if self.seen > MOST_OBJECTS:
                return
            thing = get(k)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(thing, outer)
            elif kind == raw.FPDF_PAGEOBJ_TEXT:
                self._text(thing, outer)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.pictures += 1
            elif kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
                self._walk(raw.FPDFFormObj_CountObjects(thing),
                           lambda i, form=thing: raw.FPDFFormObj_GetObject(form, i),  # type: ignore[misc]
                           _times(self._matrix(thing), outer), depth + 1)

    def _matrix(self, thing: Any) -> Matrix:
        m = self._m
        self.raw.FPDFPageObj_GetMatrix(thing, m)
        return m.a, m.b, m.c, m.d, m.e, m.f

    def _text(self, thing: Any, outer: Matrix) -> None:
        mode = self.raw.FPDFTextObj_GetTextRenderMode(thing)
        if mode in (self.raw.FPDF_TEXTRENDERMODE_INVISIBLE, self.raw.FPDF_TEXTRENDERMODE_CLIP):
            self.unseen.add(ctypes.cast(thing, ctypes.c_void_p).value or 0)
        else:
            self.shown += 1
        m = self._m
        self.raw.FPDFPageObj_GetMatrix(thing, m)
        a, b = m.a, m.b
        if outer is not _IDENTITY:
            a, b = a * outer[0] + b * outer[2], a * outer[1] + b * outer[3]
        self.raw.FPDFTextObj_GetFontSize(thing, self._size)
        em = self._size.value * (abs(a) + abs(b))
        if em > self.most:
            self.most = em
        if 0.5 < em < self.least:
            self.least = em
        if b and min(abs(a), abs(b)) > 0.1 * max(abs(a), abs(b)):
            self.slanted.add(ctypes.cast(thing, ctypes.c_void_p).value or 0)
        else:
            angle = (0 if a > 0 else 180) if abs(a) >= abs(b) else 90 if b > 0 else 270
            self.angles[angle] += 1
            if (angle - self.rotation) % 180:
                self.turned[ctypes.cast(thing, ctypes.c_void_p).value or 0] = angle

    def _path(self, thing: Any, outer: Matrix) -> None:
        raw = self.raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        if not fill.value and not stroke.value:
            return
        a, b, c, d, e, f = _times(_times(self._matrix(thing), outer), self.view)
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for k in range(min(raw.FPDFPath_CountSegments(thing), 5000)):
            segment = raw.FPDFPath_GetPathSegment(thing, k)
            kind = raw.FPDFPathSegment_GetType(segment)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if kind == raw.FPDF_SEGMENT_MOVETO or kind == raw.FPDF_SEGMENT_BEZIERTO:
                self._drawn(points, bool(stroke.value))
                points = points[-1:] if kind == raw.FPDF_SEGMENT_BEZIERTO and len(self.art) < MOST_ART else []
                self.art += art_of([*points, (a * x.value + c * y.value + e, b * x.value + d * y.value + f)]) if points else ()
                points = []
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        self._drawn(points, bool(stroke.value))

    def _drawn(self, points: list[tuple[float, float]], stroked: bool) -> None:
        self.rulings += rulings_of(points, stroked)
        if len(points) > 1 and len(self.art) < MOST_ART:
            self.art += art_of(points)

    def _codes(self, text: Any, count: int) -> list[int]:
        """The code of each character, asked for all at once where each has one; a hyphen that ends a line is told only by itself."""
        raw, found = self.raw, (ctypes.c_ushort * (count + 1))()
        if raw.FPDFText_GetText(text, 0, count, found) != count + 1:
            return [raw.FPDFText_GetUnicode(text, i) for i in range(count)]
        return [raw.FPDFText_GetUnicode(text, i) if code == _HYPHEN else code for i, code in enumerate(found[:count])]

    def _glyphs(self, text: Any, count: int, away: set[int]) -> tuple[list[Glyph], int]:
        raw = self.raw
        loose_of, origin_of = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
        box, ox, oy = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        to_box, to_x, to_y = map(ctypes.byref, (box, ox, oy))
        (dx, dy), glyphs = self.view[4:], list[Glyph]()
        lost = 0
        least, most, width, height = min(0.4 * self.least, 0.5), max(2.2 * self.most, 1.0), self.width + 1, self.height + 1
        rising: list[int] = []
        bases: dict[tuple[float, float], float] = {}  # of one height in one place: of one line, whose baseline is asked once
        for i, shown in self._shown(text, count):
            if away and self._of(text, i) in away:
                continue
            angle = self.turned.get(self._of(text, i)) if self.turned else None
            if angle is not None:
                glyph = self._sideways(text, i, shown)
            elif self.rotation:
                glyph = self._turned(text, i, shown)
            else:
                loose_of(text, i, to_box)
                left, top, right, bottom = box.left, box.top, box.right, box.bottom
                if (base := bases.get((top, bottom))) is None:
                    origin_of(text, i, to_x, to_y)
                    base = bases[top, bottom] = dy - oy.value
                glyph = Glyph(shown, left + dx, dy - top, right + dx, base, top - bottom)
                # what is set from top to bottom has a loose box that takes no notice of its matrix
                if not least < top - bottom < most or right <= left:
                    glyph = self._turned(text, i, shown)
            if -1 <= glyph.left <= width and -1 <= glyph.base <= height:
                if angle is not None and (angle - self.rotation) % 360 == 90:
                    rising.append(len(glyphs))
                glyphs.append(glyph)
                self.indices.append(i)
                lost += shown == "\ufffd"
        righted(glyphs, rising)
        return glyphs, lost

    def _shown(self, text: Any, count: int) -> Iterator[tuple[int, str]]:
        """The characters that are seen, by number: no line ends, no blanks that the library made; two codes may be one character."""
        high = 0
        for i, code in enumerate(self._codes(text, count)):
            if code in (10, 13) or code == 32 and self.raw.FPDFText_IsGenerated(text, i) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if high:
                code, high = 0x10000 + (high - 0xD800 << 10) + (code - 0xDC00) if 0xDC00 <= code < 0xE000 else code, 0
            if shown := chr(code) if 0x4E00 <= code < 0xA000 or 0x20 < code < 0x7F else fold(code):
                yield i, shown

    def _sideways(self, text: Any, index: int, shown: str) -> Glyph:
        """A character lying on its side, as if it stood upright in the same place."""
        glyph = self._turned(text, index, shown)
        x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
        self.raw.FPDFText_GetCharBox(text, index, x0, x1, y0, y1)
        a, b, c, d, e, f = self.view
        x, y, em = (x0.value + x1.value) / 2, (y0.value + y1.value) / 2, glyph.size
        x, y = a * x + c * y + e, b * x + d * y + f
        half = em / 2 if shown >= "\u2e80" else em / 4
        return Glyph(shown, x - half, y - 0.5 * em, x + half, y + 0.35 * em, em, True)

    def _of(self, text: Any, index: int) -> int:
        return ctypes.cast(self.raw.FPDFText_GetTextObject(text, index), ctypes.c_void_p).value or 0

    def _turned(self, text: Any, index: int, shown: str) -> Glyph:
        """The box of a character whose baseline is not level in the page's own space (the loose box knows only such)."""
        raw, m = self.raw, self._m
        raw.FPDFText_GetMatrix(text, index, m)
        em = raw.FPDFText_GetFontSize(text, index) * math.hypot(m.a, m.b)
        ox, oy = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, index, ox, oy)
        x0, x1, y0, y1 = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(text, index, x0, x1, y0, y1)
        a, b, c, d, e, f = self.view
        base, start = b * ox.value + d * oy.value + f, a * ox.value + c * oy.value + e
        xs = [a * x + c * y + e for x in (x0.value, x1.value) for y in (y0.value, y1.value)]
        em = em if 0.5 < em < 1000 else max(max(xs) - min(xs), 1.0)
        wide = start + em if shown >= "\u2e80" else max(*xs, start + 0.25 * em)
        return Glyph(shown, start, base - 0.85 * em, wide, base, em)
