"""Recognised lines as the characters of a page: each with its box, as a PDF would tell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

import numpy as np
from numpy.typing import NDArray

from fusuan.extract._pdf_sheet import Box, Glyph
from fusuan.extract._scan_engine import Char, Pixels, cv2, read

_TALL = 1.6
_PAD = 0.08
_WIDE, _NARROW = 1.0, 0.5
_BLANK, _MARKED = 0.55, 1.5
# a narrow blank between figures, by how far the digits beside it are apart
_STEP, _LEAST, _FEW, _APART = 1.35, 0.39, 6, 0.62
# what a character has of room on either side of its ink
_ROOM, _WIDE_ROOM = 0.06, 0.04
# their ink fills one half of their em
_OPENING, _CLOSING = "（《“【〔", "，。、；：）》”】〕！？"
_UNSURE = 0.35
_INK = 0.5
_HALF, _FULL = ",:;?!", "，：；？！"
_FRINGE = 0.25


def glyphs_of(grey: Pixels, box: Box) -> list[Glyph]:
    """Recognise the text in a box (pixels)."""
    part = inked(grey, box)
    if part is None:
        return []
    left, top, right, bottom = part
    if bottom - top > _TALL * (right - left):
        pieces = _stack(grey, part)
        if len(pieces) > 1:
            return [glyph for piece in pieces for glyph in _line(grey, piece)]
    return _line(grey, part)


def inked(grey: Pixels, box: Box) -> Box | None:
    """Draw the sides of a box in to the ink within."""
    left, top, right, bottom = (max(0, round(side)) for side in box)
    part = grey[top:bottom, left:right]
    if part.size == 0:
        return None
    dark = np.asarray(part < _limit(part))
    first, last = _own(np.asarray(dark.any(1)))
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
    return [found for a, b in joined if (found := inked(grey, (left, top + a, right, top + b))) is not None]


def _line(grey: Pixels, box: Box) -> list[Glyph]:
    left, top, right, bottom = box
    pad = round(max(2.0, _PAD * (bottom - top)))
    x0, y0 = max(0, round(left) - pad), max(0, round(top) - pad)
    part = grey[y0:round(bottom) + pad, x0:round(right) + pad]
    chars = widened(recognised(part))
    if not chars or max(char.sure for char in chars) < _UNSURE:
        return []
    places = [x0 + char.at * part.shape[1] for char in chars]
    dark = np.asarray((grey[round(top):round(bottom), x0:x0 + part.shape[1]] < _limit(part)).any(0))
    return _boxed(chars, places, _em(chars, places, bottom - top), box, _Ink(x0, dark))


def recognised(part: Pixels) -> list[Char]:
    return read(cv2.cvtColor(np.ascontiguousarray(part), cv2.COLOR_GRAY2RGB))


def widened(chars: Sequence[Char]) -> list[Char]:
    """Let marks beside Chinese characters be as wide as those: recognition takes the one for the other.

    >>> "".join(char.text for char in widened([Char(text, 0, 1) for text in "(一)收入:12,345(万元),比上年(2.5%);"]))
    '（一）收入：12,345（万元），比上年（2.5%）；'
    """
    texts = [char.text for char in chars]
    opened: list[str] = []
    for k, text in enumerate(texts):
        before, after = texts[k - 1] if k else "", texts[k + 1] if k + 1 < len(texts) else ""
        chinese = before >= "\u3001" or after >= "\u3001"
        if text in "(（":
            texts[k] = "（" if chinese else "("
            opened.append(texts[k])
        elif text in ")）":
            opener = opened.pop() if opened else "（" if chinese else "("
            texts[k] = "）" if opener == "（" else ")"
        elif text == "]" and "〔" in texts[:k]:
            texts[k] = "〕"
        elif text in _HALF and (before >= "\u3001" or before in "%)" and (after >= "\u3001" or not after)):
            texts[k] = _FULL[_HALF.index(text)]
    return [replace(char, text=text) for char, text in zip(chars, texts, strict=True)]


def _em(chars: Sequence[Char], places: Sequence[float], high: float) -> float:
    """The size of the type: the pitch of Chinese characters, else by the height of the ink.

    >>> [round(_em([Char(text, 0, 1) for text in line], (0,) * len(line), high)) for line, high in (("55", 25), ("55(", 31))]
    [33, 33]
    """
    pitches = [b - a for a, b, one, two in zip(places, places[1:], chars, chars[1:], strict=False)
               if one.text >= "\u4e00" and two.text >= "\u4e00"]
    by_ink = high / (0.93 if _tall(chars) else 0.75)
    if len(pitches) >= 3 and 0.7 * by_ink < median(pitches) < 1.25 * by_ink:
        return min(median(pitches), 1.1 * by_ink)
    return by_ink


def _tall(chars: Sequence[Char]) -> bool:
    """Tell whether a line has ink below the foot of its figures: Chinese characters, brackets."""
    return any(char.text >= "\u4e00" or char.text in "()[]（）" for char in chars)


class _Ink:
    """Which columns of a line have ink."""

    def __init__(self, start: int, inked: NDArray[np.bool_]) -> None:
        self.start, self.inked = start, inked

    def gap(self, low: float, high: float) -> tuple[float, float]:
        """The widest stretch without ink between two places."""
        first = round(low) - self.start
        part = np.concatenate([[True], self.inked[max(0, first):round(high) - self.start], [True]])
        edges = np.flatnonzero(part)
        widest = int(np.diff(edges).argmax())
        return first + self.start + float(edges[widest]), first + self.start + float(edges[widest + 1]) - 1


def _boxed(chars: Sequence[Char], places: Sequence[float], em: float, box: Box, ink: _Ink) -> list[Glyph]:
    """Give each character its sides: half way to its neighbour, but for where a blank parts them."""
    left, _, right, bottom = box
    base = bottom - (0.09 * em if _tall(chars) else 0.0)
    halves = [em * (_WIDE if char.text >= "\u2e80" else _NARROW) / 2 for char in chars]
    rooms = [em * (_WIDE_ROOM if char.text >= "\u2e80" else _ROOM) for char in (chars[0], chars[-1])]
    starts, ends = [min(left, places[0]) - rooms[0]], []
    gaps = [ink.gap(low, high) for low, high in pairwise(places)]
    blanks = _between_figures(chars, places, gaps, em)
    for k, (low, high) in enumerate(gaps):
        if k not in blanks and high - low < em * (_BLANK if _worded(chars[k].text) and _worded(chars[k + 1].text) else _MARKED):
            low = high = places[k] + (places[k + 1] - places[k]) * halves[k] / (halves[k] + halves[k + 1])
        ends.append(low)
        starts.append(high)
    ends.append(max(right, places[-1]) + rooms[1])
    if chars[0].text in _OPENING and len(chars) > 1:
        starts[0] = min(starts[0], ends[0] - em)
    if chars[-1].text in _CLOSING and len(chars) > 1:
        ends[-1] = max(ends[-1], starts[-1] + em)
    return [Glyph(char.text, start, base - 0.88 * em, end, base, em)
            for char, start, end in zip(chars, starts, ends, strict=True)]


def _between_figures(chars: Sequence[Char], places: Sequence[float], gaps: Sequence[tuple[float, float]], em: float) -> set[int]:
    """Tell after which digits a blank stands, though a narrow one: there the next is further away than from one digit to another.

    >>> _between_figures([Char(digit, 0, 1) for digit in "1211"], (5, 15, 34, 44), ((8, 12), (18, 30), (35, 43)), 20)
    {1}
    """
    sides = [((a + b) / 2,) * 2 if high - low < 1 else (low, high) for (low, high), (a, b) in zip(gaps, pairwise(places), strict=True)]
    middles = [(sides[k - 1][1] + sides[k][0]) / 2 if 0 < k < len(sides) else place for k, place in enumerate(places)]
    steps = {k: middles[k + 1] - middles[k] for k in range(len(sides))
             if _is_digit(chars[k].text) and _is_digit(chars[k + 1].text)}
    usual = median(steps.values()) if len(steps) >= _FEW else em * _APART
    return {k for k, step in steps.items() if step > _STEP * usual and sides[k][1] - sides[k][0] > _LEAST * em}


def _is_digit(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _worded(text: str) -> bool:
    return text.isalnum() or text in "≥≤<>=%"
