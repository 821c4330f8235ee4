"""Ink in the cells of a table that was not found to be text: a dash, a lone figure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fusuan.extract._pdf_sheet import Box, Ruling
from fusuan.extract._scan_engine import Pixels, cv2
from fusuan.extract._scan_image import Picture

_MOST = 200
_LEAST, _HIGH, _WIDE = 0.06, 0.3, 0.6
_THIN, _FULL, _FLAT = 0.009, 0.2, 0.25
_CLEAR = 0.03
_GROW, _NEAR = 0.01, 0.05


def missed(clean: Pixels, picture: Picture, boxes: Sequence[Box], lines: Sequence[Ruling]) -> list[Box]:
    """Find ink within the tables of a page that no line of text covers; `clean` has no rulings."""
    if not any(line.upright for line in lines):
        return []
    dark = cv2.adaptiveThreshold(255 - clean, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 41, -25)
    grown, reach = round(picture.dpi * _GROW), round(picture.dpi * _NEAR)
    for left, top, right, bottom in boxes:
        dark[max(0, round(top) - grown):round(bottom) + grown, max(0, round(left) - grown):round(right) + grown] = 0
    dark[picture.stamped > 0] = 0
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8)))
    return [box for box in (_ink(row, picture.dpi) for row in stats[1:]) if box is not None and _in_cell(box, lines, picture.dpi)][:_MOST]


def is_dash(box: Box) -> bool:
    """Tell whether ink is a level stroke: a dash, which stands for nothing."""
    return box[3] - box[1] < _FLAT * (box[2] - box[0])


def _ink(stats: Sequence[int], dpi: float) -> Box | None:
    x, y, width, height, area = (int(value) for value in stats)
    fits = _LEAST * dpi <= max(width, height) and _THIN * dpi <= min(width, height) and width <= _WIDE * dpi and height <= _HIGH * dpi
    return (x, y, x + width, y + height) if fits and area >= _FULL * width * height else None


def _in_cell(box: Box, lines: Sequence[Ruling], dpi: float) -> bool:
    """Tell whether rulings stand on both sides, and none so near that the ink may be of its own."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    beside = [line.at for line in lines if line.upright and line.start < y < line.end]
    over = [line.at for line in lines if not line.upright and line.start < x < line.end]
    clear = _CLEAR * dpi
    return (any(at < left for at in beside) and any(at > right for at in beside)
            and not any(left - clear < at < right + clear for at in beside)
            and not any(top - clear < at < bottom + clear for at in over))
