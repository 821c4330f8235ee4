"""Level and upright lines of what is drawn on a page."""

from __future__ import annotations

import math
from collections.abc import Sequence

from fusuan.extract._pdf_sheet import Box, Ruling

THIN = 2.0
"""A filled rectangle no thicker than this (points) is a ruling, not a surface."""


def rulings_of(points: Sequence[tuple[float, float]], stroked: bool) -> list[Ruling]:
    """Take the level and upright lines of a drawn figure; a thin filled one is a line itself.

    >>> rulings_of([(0, 0), (90, 0), (90, 1), (0, 1)], False)
    [Ruling(upright=False, at=0.5, start=0, end=90)]
    """
    if len(points) < 2:
        return []
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
        return []
    return [line for line in lines if all(map(math.isfinite, line[1:]))]


def art_of(points: Sequence[tuple[float, float]]) -> list[Box]:
    """The box of a drawn figure (or a piece of a curve) that extends both ways: no line, level or upright.

    >>> art_of([(0, 0), (30, 20)]), art_of([(0, 0), (90, 0)])
    ([(0, 0, 30, 20)], [])
    """
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    wide = box[2] - box[0] > THIN and box[3] - box[1] > THIN
    return [box] if wide and all(map(math.isfinite, box)) else []
