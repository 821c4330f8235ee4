"""A picture of a page as what a PDF page shows: characters by recognition, rulings by OpenCV."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from fusuan.extract._pdf_sheet import Box, Glyph, Ruling, Sheet
from fusuan.extract._scan_glyphs import glyphs_of, inked
from fusuan.extract._scan_image import Picture
from fusuan.extract._scan_missed import is_dash, missed
from fusuan.extract._scan_rulings import apart, cut, erased, strokes
from fusuan.extract._scan_signs import with_signs
from fusuan.extract._scan_turn import Corners, straight

_LEAST = 4.0


def sheet_of(picture: Picture, number: int) -> Sheet:
    """Recognise a page."""
    picture, quads = straight(picture)
    boxes = [_around(quad) for quad in quads]
    lines = apart(strokes(picture), boxes)
    clean = erased(picture.grey, lines, picture.dpi)
    pieces = [piece for box in boxes for piece in cut(box, lines) if piece[2] - piece[0] >= _LEAST]
    read = {piece: word for piece in pieces if (word := glyphs_of(clean, piece))}
    words = list(read.values())
    size = median(word[0].size for word in words) if words else 0.0
    for box in missed(clean, picture, [inked(clean, piece) or piece for piece in read], lines):
        found = [_dash(box, size)] if is_dash(box) else glyphs_of(clean, box)
        if not all(glyph.text.isascii() and glyph.text.isalpha() for glyph in found):
            words.append(found)  # a lone letter is a speck, or a dot of many
    words = with_signs(clean, words)
    glyphs = [glyph for word in words for glyph in word]
    return _sheet(glyphs, lines, picture, number)


def _dash(box: Box, size: float) -> Glyph:
    base = box[3] + 0.35 * size
    return Glyph("—", box[0], base - 0.88 * size, box[2], base, size)


def _around(quad: Corners) -> Box:
    low, high = quad.min(0), quad.max(0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _sheet(glyphs: Sequence[Glyph], lines: Sequence[Ruling], picture: Picture, number: int) -> Sheet:
    """Tell all in points."""
    scale = 72 / picture.dpi
    (a, c, e), (b, d, f) = ([float(value) for value in row] for row in picture.back[:2])
    return Sheet(number, picture.size[0] * scale, picture.size[1] * scale, [_scaled(glyph, scale) for glyph in glyphs],
                 [Ruling(line.upright, line.at * scale, line.start * scale, line.end * scale) for line in lines],
                 pictures=1, scanned=True, back=(a, b, c, d, e * scale, f * scale))


def _scaled(glyph: Glyph, scale: float) -> Glyph:
    return Glyph(glyph.text, glyph.left * scale, glyph.top * scale, glyph.right * scale, glyph.base * scale, glyph.size * scale)
