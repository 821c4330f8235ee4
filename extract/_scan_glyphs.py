"""Recognised lines as the characters of a page: each with its box, as a PDF would tell them."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from fusuan.extract._pdf_sheet import Box, Glyph
from fusuan.extract._scan_engine import Char, Pixels, cv2, read

_TALL = 1.6
_PAD = 0.08
_JOINED = 1.45
_WIDE, _NARROW = 1.0, 0.5
_UNSURE = 0.35
_INK = 0.5
_FRINGE = 0.25


def glyphs_of(grey: Pixels, box: Box) -> list[tuple[Glyph, float]]:
    """Recognise the text in a box (pixels); return its characters with how sure the engine is of each."""
    part = _inked(grey, box)
    if part is None:
        return []
    left, top, right, bottom = part
    if bottom - top > _TALL * (right - left):
        pieces = _stack(grey, part)
        if len(pieces) > 1:
            return [found for piece in pieces for found in _line(grey, piece)]
    return _line(grey, part)


def _inked(grey: Pixels, box: Box) -> Box | None:
    """Draw the sides of a box in to the ink within."""
    left, top, right, bottom = (max(0, round(side)) for side in box)
    part = grey[top:bottom, left:right]
    if part.size == 0:
        return None
    dark = part < _limit(part)
    first, last = _own(dark.any(1))
    dark[:first], dark[last:] = False, False
    rows, columns = np.flatnonzero(dark.any(1)), np.flatnonzero(dark.any(0))
    if not len(rows) or not len(columns):
        return None
    return left + float(columns[0]), top + float(rows[0]), left + float(columns[-1] + 1), top + float(rows[-1] + 1)


def _own(inked: NDArray[np.bool_]) -> tuple[int, int]:
    """The rows of a box that are its own: ink at its very edge, parted from the rest, is that of the line above or below."""
    first, last, most = 0, len(inked), _FRINGE * len(inked)
    gaps = np.flatnonzero(~inked)
    if inked[0] and len(gaps) and gaps[0] < most:
        first = int(gaps[0])
    if inked[-1] and len(gaps) and last - gaps[-1] - 1 < most:
        last = int(gaps[-1])
    return first, last


def _limit(part: Pixels) -> float:
    """What is darker is ink."""
    paper, ink = np.percentile(part, 90), float(part.min())
    return float(paper - _INK * max(paper - ink, 40))


def _stack(grey: Pixels, box: Box) -> list[Box]:
    """Part text set downwards into its characters."""
    left, top, right, bottom = (round(side) for side in box)
    part = grey[top:bottom, left:right]
    dark = (part < _limit(part)).any(1)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dark, [False]]).astype(np.int8)))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    joined: list[tuple[int, int]] = []
    for a, b in runs:
        if joined and b - joined[-1][0] <= 1.15 * (right - left):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return [found for a, b in joined if (found := _inked(grey, (left, top + a, right, top + b))) is not None]


def _line(grey: Pixels, box: Box) -> list[tuple[Glyph, float]]:
    left, top, right, bottom = box
    high = bottom - top
    pad = round(max(2.0, _PAD * high))
    x0, y0, x1, y1 = (max(0, round(left) - pad), max(0, round(top) - pad), round(right) + pad, round(bottom) + pad)
    part = grey[y0:y1, x0:x1]
    chars = read(cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_GRAY2RGB))
    if not chars or max(char.sure for char in chars) < _UNSURE:
        return []
    places = [x0 + char.at * part.shape[1] for char in chars]
    em = _em(chars, places, high)
    return list(zip(_boxed(chars, places, em, box), (char.sure for char in chars), strict=True))


def _em(chars: Sequence[Char], places: Sequence[float], high: float) -> float:
    """The size of the type: the pitch of Chinese characters, else by the height of the ink."""
    pitches = [b - a for a, b, one, two in zip(places, places[1:], chars, chars[1:], strict=False)
               if one.text >= "\u4e00" and two.text >= "\u4e00"]
    wide = any(char.text >= "\u4e00" for char in chars)
    by_ink = high / (0.93 if wide else 0.75)
    if len(pitches) >= 3 and 0.7 * by_ink < median(pitches) < 1.25 * by_ink:
        return min(median(pitches), 1.1 * by_ink)
    return by_ink


def _boxed(chars: Sequence[Char], places: Sequence[float], em: float, box: Box) -> list[Glyph]:
    """Give each character its sides: half way to its neighbour where they stand side by side."""
    left, _, right, bottom = box
    wide = any(char.text >= "\u4e00" for char in chars)
    base = bottom - (0.09 * em if wide else 0.0)
    halves = [em * (_WIDE if char.text >= "\u2e80" else _NARROW) / 2 for char in chars]
    starts = [place - half for place, half in zip(places, halves, strict=True)]
    ends = [place + half for place, half in zip(places, halves, strict=True)]
    for k in range(len(chars) - 1):
        apart, own = places[k + 1] - places[k], halves[k] + halves[k + 1]
        if apart <= max(_JOINED * own, own + 0.3 * em):
            ends[k] = starts[k + 1] = places[k] + apart * halves[k] / own
    starts[0], ends[-1] = min(left, places[0]), max(right, places[-1])
    return [Glyph(char.text, start, base - 0.88 * em, end, base, em)
            for char, start, end in zip(chars, starts, ends, strict=True)]
