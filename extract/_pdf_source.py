"""Characters and rulings of a PDF page, by PDFium: the one door to the library."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from fusuan.model import ReadError

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
MOST_BYTES = 512 * 1024 * 1024
MOST_PAGES = 3000
MOST_GLYPHS = 60_000
MOST_OBJECTS = 120_000
THIN = 2.0
"""A filled rectangle no thicker than this (points) is a ruling, not a surface."""

_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# radicals that NFKC leaves alone though fonts' maps give them for the plain character
_RADICALS = dict(zip("⺠⻅⻔⻓⻉⻋⻢⻥⻦⻰⻚⻛⻜⻝⻩⻬⻮⻳⻘⻄⻆⻁⻨⻙⻣⻤⻑⻗⻪", "民见门长贝车马鱼鸟龙页风飞食黄齐齿龟青西角虎麦韦骨鬼長雨黾", strict=True))


class Glyph(NamedTuple):
    """A printed character: its box from the top left of the page in points, `base` its baseline, `size` its em."""

    text: str
    left: float
    top: float
    right: float
    base: float
    size: float

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, self.base - self.size * 0.35


class Ruling(NamedTuple):
    """A drawn line, upright or level, at `at` across and from `start` to `end` along, in points from the top left."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one page shows. `lost` counts characters whose meaning the font does not tell.

    `clips` tells for each glyph the box that its printing is cut off at, None where there is none. It is dear, and can
    be called only until the next page is taken.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pictures: int = 0
    lost: int = 0
    hidden: bool = False
    failed: bool = False
    clips: Callable[[], list[Box | None]] = list


def fold(code: int) -> str:
    """Return the character for a code point of a PDF; empty for what prints nothing.

    >>> fold(0x2F6C), fold(0x2EA0), fold(0x02), fold(0x200B), fold(0x41)
    ('目', '民', '-', '', 'A')
    """
    if 0x2E80 <= code <= 0x2FDF:
        return _RADICALS.get(chr(code)) or unicodedata.normalize("NFKC", chr(code))
    if code in (0x02, 0xAD):
        return "-"  # PDFium marks a hyphen at the end of a line so; in a formula it is a minus
    if code in (0x09, 0x20, 0xA0):
        return " "
    if code < 0x20 or 0x200B <= code <= 0x200F or code in (0x7F, 0xFEFF, 0xFFFE):
        return "" if code else "\ufffd"
    return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"


def sheets(path: Path) -> Iterator[Sheet]:
    """Yield the pages of the file one by one; a page that cannot be loaded comes as `failed`.

    Raises ReadError empty, encrypted, damaged, too_large.
    """
    import pypdfium2

    document = _opened(path)
    try:
        for index in range(len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                yield Sheet(index + 1, 0, 0, failed=True)
                continue
            page = _flattened(document, page, index)
            reader = _Page(page, index + 1)
            try:
                yield reader.sheet()
            except pypdfium2.PdfiumError:
                yield Sheet(index + 1, 0, 0, failed=True)
            finally:
                reader.close()
    finally:
        document.close()


def _opened(path: Path) -> Any:
    import pypdfium2
    import pypdfium2.raw as raw

    size = path.stat().st_size
    if not size:
        raise ReadError("empty", f"文件是空的（0 字节）：{path.name}。请重新导出或重新下载")
    if size > MOST_BYTES:
        raise ReadError("too_large", f"PDF 文件超过 {MOST_BYTES // 1024 ** 2} MB：{path.name}。请拆分后再试")
    try:
        document = pypdfium2.PdfDocument(path.read_bytes())
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise ReadError("encrypted", f"PDF 设有打开密码：{path.name}。请用密码打开后另存为不加密的文件再试") from error
        raise ReadError("damaged", f"PDF 已损坏或不完整，无法打开：{path.name}。请重新导出或重新下载") from error
    if not pages or pages > MOST_PAGES:
        document.close()
        if pages:
            raise ReadError("too_large", f"PDF 有 {pages} 页，超过 {MOST_PAGES} 页：{path.name}。请拆分后再试")
        raise ReadError("damaged", f"PDF 里没有可读的页：{path.name}。请重新导出或重新下载")
    return document


def _flattened(document: Any, page: Any, index: int) -> Any:
    """Fields filled into a form are drawn beside the page, not on it: draw them on it."""
    import pypdfium2.raw as raw

    for k in range(min(raw.FPDFPage_GetAnnotCount(page), 2000)):
        note = raw.FPDFPage_GetAnnot(page, k)
        kind = raw.FPDFAnnot_GetSubtype(note) if note else raw.FPDF_ANNOT_UNKNOWN
        if note:
            raw.FPDFPage_CloseAnnot(note)
        if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT):
            if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
                page.close()
                return document[index]
            break
    return page


def _times(p: Matrix, q: Matrix) -> Matrix:
    """First p, then q."""
    return (p[0] * q[0] + p[1] * q[2], p[0] * q[1] + p[1] * q[3], p[2] * q[0] + p[3] * q[2],
            p[2] * q[1] + p[3] * q[3], p[4] * q[0] + p[5] * q[2] + q[4], p[4] * q[1] + p[5] * q[3] + q[5])


class _Page:
    """One loaded page while it is read."""

    def __init__(self, page: Any, number: int) -> None:
        import pypdfium2.raw as raw

        self.raw: Any = raw
        self.page, self.number = page, number
        self.width, self.height = page.get_width(), page.get_height()
        self.rotation = page.get_rotation()
        self.view = self._view()
        self.rulings: list[Ruling] = []
        self.pictures = self.shown = self.seen = 0
        self.angles: Counter[int] = Counter()
        self.unseen: set[int] = set()
        self.slanted: set[int] = set()
        self.indices: list[int] = []
        self.text: Any = None
        self._m = raw.FS_MATRIX()

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
            self.pictures = self.shown = self.seen = 0
            self._walk_page()
        # a page whose text is all unseen is a scan with the text that recognition laid under it
        hidden = bool(self.unseen) and not self.shown
        away = self.slanted if hidden else self.slanted | self.unseen
        self.text = self.page.get_textpage()
        count = self.text.count_chars()
        if count > MOST_GLYPHS:
            return Sheet(self.number, self.width, self.height, failed=True)
        glyphs, lost = self._glyphs(self.text, count, away)
        return Sheet(self.number, self.width, self.height, glyphs, self.rulings, self.pictures, lost, hidden,
                     clips=self.clips)

    def _walk_page(self) -> None:
        raw, page = self.raw, self.page
        self._walk(raw.FPDFPage_CountObjects(page), lambda k: raw.FPDFPage_GetObject(page, k), _IDENTITY, 0)

    def _turn(self) -> int:
        """The turn of the page (clockwise degrees) under which most of its text is upright."""
        most, count = max(self.angles.items(), key=lambda t: t[1], default=(self.rotation, 0))
        return most if count > 4 and count > 0.8 * sum(self.angles.values()) else self.rotation

    def clips(self) -> list[Box | None]:
        """The box that each glyph is cut off at."""
        known: dict[int, Box | None] = {}
        found = []
        for index in self.indices:
            thing = self.raw.FPDFText_GetTextObject(self.text, index)
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
        if b and min(abs(a), abs(b)) > 0.1 * max(abs(a), abs(b)):
            self.slanted.add(ctypes.cast(thing, ctypes.c_void_p).value or 0)
        else:
            self.angles[(0 if a > 0 else 180) if abs(a) >= abs(b) else 90 if b > 0 else 270] += 1

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
            if kind == raw.FPDF_SEGMENT_MOVETO:
                self._figure(points, bool(stroke.value))
                points = []
            elif kind == raw.FPDF_SEGMENT_BEZIERTO:
                self._figure(points, bool(stroke.value))
                points = []
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        self._figure(points, bool(stroke.value))

    def _figure(self, points: list[tuple[float, float]], stroked: bool) -> None:
        """Take the level and upright lines of a drawn figure; a thin filled one is a line itself."""
        if len(points) < 2:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
        if right - left <= THIN or bottom - top <= THIN:
            upright = bottom - top >= right - left
            lines = [Ruling(True, (left + right) / 2, top, bottom) if upright
                     else Ruling(False, (top + bottom) / 2, left, right)]
        elif stroked:
            lines = [Ruling(True, p[0], min(p[1], q[1]), max(p[1], q[1])) if abs(p[0] - q[0]) < abs(p[1] - q[1])
                     else Ruling(False, p[1], min(p[0], q[0]), max(p[0], q[0]))
                     for p, q in zip(points, points[1:], strict=False)
                     if min(abs(p[0] - q[0]), abs(p[1] - q[1])) < 0.5]
        else:
            return
        self.rulings += (line for line in lines if all(map(math.isfinite, line[1:])))

    def _glyphs(self, text: Any, count: int, away: set[int]) -> tuple[list[Glyph], int]:
        raw = self.raw
        code_of, loose_of, origin_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
        box, ox, oy = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        _, _, _, _, dx, dy = self.view
        glyphs: list[Glyph] = []
        lost = high = 0
        for i in range(count):
            code = code_of(text, i)
            if code in (10, 13) or code == 32 and raw.FPDFText_IsGenerated(text, i) == 1:
                continue
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if high:
                code, high = 0x10000 + (high - 0xD800 << 10) + (code - 0xDC00) if 0xDC00 <= code < 0xE000 else code, 0
            shown = chr(code) if 0x4E00 <= code < 0xA000 or 0x20 < code < 0x7F else fold(code)
            if not shown:
                continue
            if away and self._of(text, i) in away:
                continue
            if self.rotation:
                glyph = self._turned(text, i, shown)
            else:
                loose_of(text, i, box)
                origin_of(text, i, ox, oy)
                size = box.top - box.bottom
                glyph = Glyph(shown, box.left + dx, dy - box.top, box.right + dx, dy - oy.value, size)
                if size < 0.5 or box.right <= box.left:
                    glyph = self._turned(text, i, shown)
            if -1 <= glyph.left <= self.width + 1 and -1 <= glyph.base <= self.height + 1:
                glyphs.append(glyph)
                self.indices.append(i)
                lost += shown == "\ufffd"
        return glyphs, lost

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
