"""Rulings of a scanned page, by OpenCV: long level and upright strokes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fusuan.extract._pdf_sheet import Box, Ruling
from fusuan.extract._scan_engine import Pixels, cv2
from fusuan.extract._scan_image import Picture

_LEVEL, _UPRIGHT = 0.20, 0.15
_THICK = 0.06
_BRIDGE = 0.08
_WITHIN = 1.25
_HIDDEN, _BEND = 0.4, 0.02


def strokes(picture: Picture) -> list[Ruling]:
    """Find what may be rulings, in pixels."""
    dark = cv2.adaptiveThreshold(255 - picture.grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 25, -12)
    return [line for upright in (False, True) for line in _strokes(dark, picture, upright)]


def _strokes(dark: Pixels, picture: Picture, upright: bool) -> list[Ruling]:
    dpi = picture.dpi
    least, bridge = int(dpi * (_UPRIGHT if upright else _LEVEL)), int(dpi * _BRIDGE)
    along = (1, least) if upright else (least, 1)
    across = np.ones((1, 3) if upright else (3, 1), np.uint8)
    found = cv2.morphologyEx(cv2.dilate(dark, across), cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, along))
    found = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((bridge, 1) if upright else (1, bridge), np.uint8))
    _, _, stats, centres = cv2.connectedComponentsWithStats(found)
    lines = []
    for (x, y, width, height, _), (cx, cy) in zip(stats[1:], centres[1:], strict=True):
        if (width if upright else height) <= max(dpi * _THICK, 4):
            lines.append(Ruling(True, float(cx), float(y), float(y + height)) if upright
                         else Ruling(False, float(cy), float(x), float(x + width)))
    return _bridged(lines, picture)


def _bridged(lines: Sequence[Ruling], picture: Picture) -> list[Ruling]:
    """Join what a stamp over a ruling parted."""
    if not picture.stamped.any():
        return list(lines)
    joined: list[Ruling] = []
    for line in sorted(lines, key=lambda line: (round(line.at / (picture.dpi * _BEND)), line.start)):
        last = joined[-1] if joined else line
        if abs(last.at - line.at) < picture.dpi * _BEND and 0 < line.start - last.end < picture.dpi * _HIDDEN \
                and _stamped(last, line, picture.stamped):
            joined[-1] = last._replace(end=line.end)
        else:
            joined.append(line)
    return joined


def _stamped(last: Ruling, line: Ruling, stamped: Pixels) -> bool:
    at, start, end = round(line.at), round(last.end), round(line.start) + 1
    gap = stamped[start:end, at] if line.upright else stamped[at, start:end]
    return bool(gap.size) and float(gap.mean()) > 0.15


def apart(lines: Sequence[Ruling], texts: Sequence[Box]) -> list[Ruling]:
    """Leave out strokes of characters: those that lie within a line of text and are no longer than it is high.

    A ruling that ends within a line of text went on into a stroke in line with it.

    >>> apart([Ruling(True, 50, 10, 40), Ruling(True, 90, 0, 200), Ruling(True, 70, 30, 200)], [(0, 8, 200, 42)])
    [Ruling(upright=True, at=90, start=0, end=200), Ruling(upright=True, at=70, start=42.0, end=200)]
    """
    if not texts:
        return list(lines)
    boxes = np.array(texts, float)
    short = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1])
    kept = [line for line in lines if not (_inside(line, boxes) & (line.end - line.start < _WITHIN * short)).any()]
    return [line for line in (_trimmed(line, boxes) for line in kept) if line.end > line.start]


def _trimmed(line: Ruling, boxes: np.ndarray) -> Ruling:
    left, top, right, bottom = boxes.T
    low, high, first, last = (left, right, top, bottom) if line.upright else (top, bottom, left, right)
    slack = 0.1 * np.minimum(high - low, last - first)
    across = (low + slack < line.at) & (line.at < high - slack)
    above, below = (across & (first < end) & (end < last) for end in (line.start, line.end))
    return line._replace(start=float(last[above].max()) if above.any() else line.start,
                         end=float(first[below].min()) if below.any() else line.end)


def _inside(line: Ruling, boxes: np.ndarray) -> np.ndarray:
    left, top, right, bottom = boxes.T
    slack = 0.1 * (bottom - top)
    low, high, first, last = (left, right, top, bottom) if line.upright else (top, bottom, left, right)
    inside: np.ndarray = (low < line.at) & (line.at < high) & (first - slack <= line.start) & (line.end <= last + slack)
    return inside


def erased(grey: Pixels, lines: Sequence[Ruling], dpi: float) -> Pixels:
    """Paint rulings over: beside a figure one reads like a 1."""
    half = max(1, round(dpi * 0.012))
    clean = grey.copy()
    paper = int(np.percentile(grey[::7, ::7], 80))
    for line in lines:
        low, high = max(0, round(line.at) - half), round(line.at) + half + 1
        first, last = max(0, round(line.start)), round(line.end) + 1
        part = np.s_[first:last, low:high] if line.upright else np.s_[low:high, first:last]
        clean[part] = paper
    return clean


def cut(box: Box, lines: Sequence[Ruling]) -> list[Box]:
    """Part a line of text where an upright ruling crosses it, and keep it within its row: it was found over the side of a cell.

    >>> cut((0, 0, 100, 20), [Ruling(True, 40, -50, 90), Ruling(True, 70, 30, 90), Ruling(False, 17, 0, 100)])
    [(0, 0, 40, 17), (40, 0, 100, 17)]
    """
    left, top, right, bottom = box
    slack, middle = 0.15 * (bottom - top), (top + bottom) / 2
    places = sorted(line.at for line in lines if line.upright and left + slack < line.at < right - slack
                    and line.start < middle < line.end)
    edges = [left, *places, right]
    return [_held((a, top, b, bottom), lines) for a, b in zip(edges, edges[1:], strict=False)]


def _held(box: Box, lines: Sequence[Ruling]) -> Box:
    """Draw a box in to the rulings above and below its middle line."""
    left, top, right, bottom = box
    centre, near = (left + right) / 2, 0.1 * (bottom - top)
    middle = (top + bottom) / 2
    across = [line.at for line in lines if not line.upright and line.start < centre < line.end and top < line.at < bottom]
    return (left, max([top, *(at for at in across if at < middle - near)]), right,
            min([bottom, *(at for at in across if at > middle + near)]))
