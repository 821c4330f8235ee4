"""Ruled tables of a PDF page: rulings that meet make a grid, borders that are absent make merged cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from fusuan.extract._pdf_sheet import Box, Glyph, Ruling, Sheet

NEAR = 3.0
"""Rulings no further apart than this (points) are one: doubled borders, borders drawn cell by cell."""
_DASH = 4.5
_LEAST = 6.0
_FRAME = 0.6


@dataclass(slots=True)
class Region:
    """A cell as drawn: `row` and `rows` in the grid of its page, its sides in points.

    `room` is how wide its lines may be, where its sides do not tell.
    """

    row: int
    rows: int
    left: float
    top: float
    right: float
    bottom: float
    glyphs: list[Glyph] = field(default_factory=list)
    room: float | None = None


@dataclass(slots=True)
class Grid:
    """A table on one page; `xs` and `ys` are where its rulings stand, or would (`ruled`).

    `pitch`, of one without rulings: how far apart the lines of a cell are in ems, and whether rows are further apart.
    """

    page: int
    xs: list[float]
    ys: list[float]
    regions: list[Region]
    ruled: bool = True
    pitch: tuple[float, bool] | None = None

    @property
    def top(self) -> float:
        return self.ys[0]

    @property
    def bottom(self) -> float:
        return self.ys[-1]

    def holds(self, x: float, y: float) -> bool:
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def grids_of(sheet: Sheet) -> tuple[list[Grid], list[Glyph]]:
    """Return the tables of a page from the top, their characters in them, and the characters outside of them."""
    grids = []
    for group in _groups(_merged(sheet.rulings)):
        grid = _grid(group, sheet.number)
        if grid is not None and not _frames(grid, sheet):
            grids.append(grid)
    outside = _placed(sheet, grids)
    kept = [grid for grid in grids if any(g.text != " " for region in grid.regions for g in region.glyphs)]
    return sorted(kept, key=lambda g: (g.top, g.xs[0])), outside


def _placed(sheet: Sheet, grids: list[Grid]) -> list[Glyph]:
    """Put each character into the cell it stands in; return those outside of all tables."""
    finders = [_Finder(g) for g in sorted(grids, key=lambda g: (g.xs[-1] - g.xs[0]) * (g.bottom - g.top))]
    homes = [_home(finders, *glyph.middle) for glyph in sheet.glyphs]
    if any(home is not None and _sticks_out(glyph, home) for glyph, home in zip(sheet.glyphs, homes, strict=True)):
        # text too long for its cell runs over the next: where its printing is cut off tells whose it is
        for n, box in enumerate(sheet.clips()):
            owner = _home(finders, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2) if box else None
            if box is not None and owner is not None and _within(box, owner):
                homes[n] = owner
    outside: list[Glyph] = []
    for glyph, home in zip(sheet.glyphs, homes, strict=True):
        (outside if home is None else home.glyphs).append(glyph)
    return outside


def _home(finders: list[_Finder], x: float, y: float) -> Region | None:
    for finder in finders:
        if finder.left <= x <= finder.right and finder.top <= y <= finder.bottom:
            region = finder.at(x, y)
            if region is not None:
                return region
    return None


def _sticks_out(glyph: Glyph, region: Region) -> bool:
    slack = 0.15 * glyph.size
    return glyph.text != " " and (glyph.base > region.bottom + slack or glyph.base - 0.8 * glyph.size < region.top - slack
                                  or glyph.left < region.left - slack or glyph.right > region.right + slack)


def _within(box: Box, region: Region) -> bool:
    return (box[0] >= region.left - _LEAST and box[1] >= region.top - _LEAST
            and box[2] <= region.right + _LEAST and box[3] <= region.bottom + _LEAST)


def _frames(grid: Grid, sheet: Sheet) -> bool:
    """Tell whether it is only a frame around the page."""
    return len(grid.regions) == 1 and grid.bottom - grid.top > _FRAME * sheet.height


class _Finder:
    """Finds the region under a point."""

    def __init__(self, grid: Grid) -> None:
        self.ys = grid.ys
        self.left, self.right, self.top, self.bottom = grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1]
        self.rows: list[list[Region]] = [[] for _ in range(len(grid.ys) - 1)]
        for region in grid.regions:
            for row in range(region.row, region.row + region.rows):
                self.rows[row].append(region)
        for line in self.rows:
            line.sort(key=lambda r: r.left)
        self.lefts = [[r.left for r in line] for line in self.rows]

    def at(self, x: float, y: float) -> Region | None:
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.rows) - 1)
        place = bisect_right(self.lefts[row], x) - 1
        if place < 0:
            return None
        region = self.rows[row][place]
        return region if x <= region.right else None


def _merged(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Put pieces of one line together: dashes, borders drawn cell by cell; drop what stays too short."""
    rows: dict[tuple[bool, int], list[Ruling]] = defaultdict(list)
    for line in rulings:
        rows[line.upright, round(line.at)].append(line)
    found = []
    for pieces in rows.values():
        pieces.sort(key=lambda r: r.start)
        current = pieces[0]
        for piece in pieces[1:]:
            if piece.start - current.end <= _DASH:
                current = current._replace(end=max(current.end, piece.end))
            else:
                found.append(current)
                current = piece
        found.append(current)
    return [line for line in found if line.end - line.start >= _LEAST]


def _groups(rulings: list[Ruling]) -> list[list[Ruling]]:
    """Part rulings into those that touch one another."""
    level = sorted((r for r in rulings if not r.upright), key=lambda r: r.at)
    upright = [r for r in rulings if r.upright]
    heights = [r.at for r in level]
    root = list(range(len(level) + len(upright)))

    def find(k: int) -> int:
        while root[k] != k:
            root[k] = root[root[k]]
            k = root[k]
        return k

    for n, line in enumerate(upright, len(level)):
        for k in range(bisect_left(heights, line.start - NEAR), bisect_right(heights, line.end + NEAR)):
            if level[k].start - NEAR <= line.at <= level[k].end + NEAR:
                root[find(k)] = find(n)
    groups: dict[int, list[Ruling]] = defaultdict(list)
    for n, line in enumerate([*level, *upright]):
        groups[find(n)].append(line)
    return [group for group in groups.values() if len(group) >= 3]


def snapped(values: Iterable[float], tolerance: float = NEAR) -> list[float]:
    """Return one value for each cluster of values.

    >>> snapped([10.0, 11.0, 50.0, 10.5])
    [10.5, 50.0]
    """
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][0] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(group) / len(group) for group in groups]


def nearest(values: Sequence[float], value: float) -> int:
    """Return the index of the sorted value nearest to `value`."""
    k = bisect_left(values, value)
    if k == len(values) or k and value - values[k - 1] <= values[k] - value:
        return k - 1
    return k


def _sides(lines: list[Ruling], across: list[Ruling]) -> list[float]:
    """Where lines stand, and the open sides where at least two of the lines across end beyond them."""
    places = snapped(line.at for line in lines)
    if not places:
        return []
    firsts, lasts = snapped(r.start for r in across), snapped(r.end for r in across)
    for end, outer, ends in ((firsts[0], places[0], [r.start for r in across]),
                             (lasts[-1], places[-1], [r.end for r in across])):
        if abs(end - outer) > NEAR * 2 and (end < places[0] or end > places[-1]) \
                and sum(abs(e - end) <= NEAR for e in ends) >= 2:
            places.append(end)
    return sorted(places)


def _grid(group: list[Ruling], page: int) -> Grid | None:
    level, upright = [r for r in group if not r.upright], [r for r in group if r.upright]
    if len(level) < 2 or not upright:
        return None
    xs, ys = _sides(upright, level), _sides(level, upright)
    if len(xs) < 2 or len(ys) < 2:
        return None
    high, wide = len(ys) - 1, len(xs) - 1
    # above[r][c]: a border above unit cell r, c; before[r][c]: one to the left of it
    above = [bytearray(wide) for _ in range(high + 1)]
    before = [bytearray(wide + 1) for _ in range(high)]
    for line in level:
        row = above[nearest(ys, line.at)]
        for c in range(nearest(xs, line.start), nearest(xs, line.end)):
            row[c] = 1
    for line in upright:
        c = nearest(xs, line.at)
        for r in range(nearest(ys, line.start), nearest(ys, line.end)):
            before[r][c] = 1
    above[0], above[high] = bytearray(b"\1" * wide), bytearray(b"\1" * wide)
    for unit in before:
        unit[0] = unit[wide] = 1
    regions = [Region(r0, r1 - r0 + 1, xs[c0], ys[r0], xs[c1 + 1], ys[r1 + 1])
               for r0, c0, r1, c1 in _blocks(above, before)]
    return Grid(page, xs, ys, regions)


def _blocks(above: list[bytearray], before: list[bytearray]) -> list[tuple[int, int, int, int]]:
    """Flood the units that no border parts; give each flood as a rectangle, or its rows where it is none."""
    high, wide = len(before), len(above[0])
    seen = [bytearray(wide) for _ in range(high)]
    blocks = []
    for row in range(high):
        for column in range(wide):
            if seen[row][column]:
                continue
            seen[row][column] = 1
            units, reach = [(row, column)], [(row, column)]
            while reach:
                r, c = reach.pop()
                for nr, nc, barred in ((r - 1, c, above[r][c]), (r + 1, c, above[r + 1][c]),
                                       (r, c - 1, before[r][c]), (r, c + 1, before[r][c + 1])):
                    if not barred and 0 <= nr < high and 0 <= nc < wide and not seen[nr][nc]:
                        seen[nr][nc] = 1
                        units.append((nr, nc))
                        reach.append((nr, nc))
            blocks += _rectangles(units)
    return sorted(blocks)


def _rectangles(units: list[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    top, bottom = min(r for r, _ in units), max(r for r, _ in units)
    left, right = min(c for _, c in units), max(c for _, c in units)
    if len(units) == (bottom - top + 1) * (right - left + 1):
        return [(top, left, bottom, right)]
    rows: dict[int, list[int]] = defaultdict(list)
    for r, c in units:
        rows[r].append(c)
    found = []
    for r, columns in rows.items():
        columns.sort()
        start = columns[0]
        for c, following in zip(columns, [*columns[1:], columns[-1] + 2], strict=True):
            if following != c + 1:
                found.append((r, start, r, c))
                start = following
    return found
