"""Scanned pages set straight: quarter turns and skew."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from fusuan.extract._scan_engine import Pixels, boxes, cv2, read
from fusuan.extract._scan_image import Picture

Corners = np.ndarray
_FIND_DPI = 110.0
_SAMPLE = 6
_SURE = 0.85
_MOST = 15.0
_LEVEL, _SLIGHT, _ALIKE = 0.05, 2.0, 0.3


def found(picture: Picture) -> list[Corners]:
    """Find the lines of text of a page; a smaller picture does, in a fifth of the time."""
    grey, factor = picture.grey, min(1.0, _FIND_DPI / picture.dpi)
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA) if factor < 1 else grey
    return [np.asarray(box, float) / factor for box in boxes(cv2.cvtColor(small, cv2.COLOR_GRAY2RGB))]


def straight(picture: Picture) -> tuple[Picture, list[Corners]]:
    """Turn a page so that its text reads upright and level; return it, and its lines."""
    quads = found(picture)
    if _lying(quads):
        picture = picture.turned(1)
        quads = found(picture)
    if quads and _upside_down(picture.grey, quads):
        picture = picture.turned(2)
        quads = found(picture)
    angle = _ruled_skew(picture.grey)
    angle = skew(quads) if angle is None else angle
    if abs(angle) <= _LEVEL:
        return picture, quads
    matrix = cv2.getRotationMatrix2D((picture.size[0] / 2, picture.size[1] / 2), angle, 1.0)
    picture = picture.moved(matrix)
    return picture, found(picture) if abs(angle) > _SLIGHT else [quad @ matrix[:, :2].T + matrix[:, 2] for quad in quads]


def _sides(quad: Corners) -> tuple[float, float]:
    """How wide and how high a line of text is."""
    return math.dist(quad[0], quad[1]), math.dist(quad[1], quad[2])


def _lying(quads: Sequence[Corners]) -> bool:
    """Tell whether most of the text stands on its side."""
    sides = [_sides(quad) for quad in quads]
    tall = sum(high for wide, high in sides if high > 2.5 * wide)
    return tall > sum(wide for wide, high in sides if wide > 2.5 * high)


def _upside_down(grey: Pixels, quads: Sequence[Corners]) -> bool:
    """Tell by a few long lines, read both ways."""
    sample = sorted(quads, key=lambda quad: -_sides(quad)[0])[:_SAMPLE]
    lines = [level(grey, quad) for quad in sample]
    now = _surety(lines)
    return now < _SURE and _surety([np.rot90(line, 2) for line in lines]) > now


def _surety(lines: Sequence[Pixels]) -> float:
    sures = [char.sure for line in lines for char in read(cv2.cvtColor(np.ascontiguousarray(line), cv2.COLOR_GRAY2RGB))]
    return sum(sures) / len(sures) if sures else 0.0


def level(grey: Pixels, quad: Corners) -> Pixels:
    """Cut a line of text out, set level."""
    wide, high = (max(4, round(side)) for side in _sides(quad))
    target = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.asarray(quad, np.float32), target)
    return np.asarray(cv2.warpPerspective(grey, matrix, (wide, high), flags=cv2.INTER_CUBIC,
                                          borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _ruled_skew(grey: Pixels) -> float | None:
    """The degrees by which rulings sink to the right; None where there are hardly any."""
    half = cv2.resize(grey, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    found = cv2.createLineSegmentDetector().detect(half)[0]
    if found is None:
        return None
    x0, y0, x1, y1 = found.reshape(-1, 4).astype(float).T
    angles, lengths = (np.degrees(np.arctan2(y1 - y0, x1 - x0)) + 90) % 180 - 90, np.hypot(x1 - x0, y1 - y0)
    long = (np.abs(angles) < _MOST) & (lengths > half.shape[1] / 12)
    pairs = [(float(a), float(n)) for a, n in zip(angles[long], lengths[long], strict=True)]
    middle = _middle(pairs)
    alike = [(a, n) for a, n in pairs if abs(a - middle) < _ALIKE]
    total = sum(n for _, n in alike)
    if total < half.shape[1]:
        return None
    return sum(a * n * n for a, n in alike) / sum(n * n for _, n in alike)


def skew(quads: Sequence[Corners]) -> float:
    """The degrees by which lines of text sink to the right."""
    slopes = []
    for quad in quads:
        wide, high = _sides(quad)
        if wide > 5 * high:
            across = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
            angle = math.degrees(math.atan2(across[1], across[0]))
            if abs(angle) < _MOST:
                slopes.append((angle, wide))
    return _middle(slopes)


def _middle(pairs: Sequence[tuple[float, float]]) -> float:
    """The middle of values with their weights; 0 of none.

    >>> _middle([(1.0, 10), (2.0, 30), (9.0, 5)]), _middle([])
    (2.0, 0.0)
    """
    half, seen = sum(weight for _, weight in pairs) / 2, 0.0
    for value, weight in sorted(pairs):
        seen += weight
        if seen >= half:
            return value
    return 0.0
