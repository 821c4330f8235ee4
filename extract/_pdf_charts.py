"""Charts of a PDF page: where they stand, and the labels in and around them, which are no text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from fusuan.extract._pdf_grid import Grid
from fusuan.extract._pdf_lines import Line, lines_of
from fusuan.extract._pdf_sheet import Box, Sheet

_NEAR = 9.0
_APART = 24.0
_LEAST = (50.0, 40.0)
_PIECES = 3
_SMALLER = 0.88
_LONG = 24
_MOST = 0.5


def charted(sheet: Sheet, lines: Sequence[Line], grids: Sequence[Grid]) -> tuple[list[Line], list[Line], list[Grid]]:
    """Part the labels of charts from the lines of a page, and the frames of their legends from its tables.

    Labels are set in smaller type than the text of the page: where nothing else tells them from text, they stay.
    """
    drawn = [box for box in sheet.art if not _in_grid(box, grids)] if len(sheet.art) >= _PIECES else []
    areas = [area for area in _areas(drawn) if _size(area) < _MOST * sheet.width * sheet.height] if drawn else []
    if not areas:
        return [], list(lines), list(grids)
    small = [line for line in lines if line.size < _SMALLER * _usual(lines)]
    frames = [grid for grid in grids if len(grid.regions) == 1]
    labels: list[Line] = []
    legends: list[Grid] = []
    for area in areas:
        found, area = _labels(area, small)
        labels += found
        legends += [grid for grid in frames if _touch((grid.xs[0], grid.top, grid.xs[-1], grid.bottom), area)]
    away = {id(line) for line in labels} | {id(grid) for grid in legends}
    texts = [line for grid in {id(grid): grid for grid in legends}.values() for line in lines_of(grid.regions[0].glyphs, grid.page)]
    return ([*{id(line): line for line in labels}.values(), *texts], [line for line in lines if id(line) not in away],
            [grid for grid in grids if id(grid) not in away])


def _labels(area: Box, small: Sequence[Line]) -> tuple[list[Line], Box]:
    """The labels in an area and those that touch it or one another, and how far they reach; none where one is long."""
    found: list[Line] = []
    reach, rest = area, list(small)
    while near := [line for line in rest if _touch(line.box, reach)]:
        found += near
        reach = _around([reach, *(line.box for line in near)])
        rest = [line for line in rest if all(line is not other for other in near)]
    if any(len(line.text) > _LONG for line in found):
        return [], area
    return found, reach


def _size(area: Box) -> float:
    return (area[2] - area[0]) * (area[3] - area[1])


def _usual(lines: Sequence[Line]) -> float:
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes[round(2 * line.size)] += len(line.glyphs)
    return max(sizes, key=lambda size: sizes[size], default=0) / 2


def _in_grid(box: Box, grids: Sequence[Grid]) -> bool:
    """Tell whether something is drawn in a table, as its shades are."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(len(grid.regions) > 1 and grid.holds(x, y) for grid in grids)


def _areas(art: Sequence[Box]) -> list[Box]:
    """Boxes of what is drawn close together in several pieces, slanting, curved or as bars on one base."""
    groups: list[tuple[Box, list[Box]]] = []
    for box in sorted(art):
        near = [group for group in groups if _touch(group[0], box, _APART)]
        groups = [group for group in groups if all(group is not other for other in near)]
        groups.append((_around([box, *(area for area, _ in near)]), [box, *(b for _, pieces in near for b in pieces)]))
    return [area for area, pieces in groups if _uneven(pieces)
            and area[2] - area[0] > _LEAST[0] and area[3] - area[1] > _LEAST[1]]


def _uneven(group: Sequence[Box]) -> bool:
    """Tell whether pieces are of many heights: shades behind rows of text are of one."""
    return len({round((box[3] - box[1]) / 3) for box in group}) >= _PIECES


def _around(boxes: Sequence[Box]) -> Box:
    return (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))


def _touch(box: Box, area: Box, near: float = _NEAR) -> bool:
    return box[0] < area[2] + near and box[2] > area[0] - near and box[1] < area[3] + near and box[3] > area[1] - near
