"""Rows of a ruled table that no ruling parts: lists set line by line into one tall row of cells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from fusuan.extract._pdf_grid import Grid, Region
from fusuan.extract._pdf_lines import Line, lines_of

_FIGURE = re.compile(r"[-−+]?[0-9][0-9,]*(?:\.[0-9]+)?[%％‰]?|[%％—/-]")


def split(grid: Grid) -> Grid:
    """Part each row whose cells all have as many lines, side by side, with nothing but figures in some of them."""
    rows: dict[int, list[Region]] = defaultdict(list)
    for region in grid.regions:
        for row in range(region.row, region.row + region.rows):
            rows[row].append(region)
    lists = {row: found for row, regions in rows.items() if (found := _lists(regions, grid.page)) is not None}
    return _parted(grid, lists) if lists else grid


_Lists = list[tuple[Region, list[Line]]]


def _lists(regions: Sequence[Region], page: int) -> _Lists | None:
    """The lines of the cells of a row where they are a list each, line beside line."""
    if len(regions) < 2 or any(region.rows > 1 for region in regions) or _low(regions):
        return None
    found = [(region, lines_of(region.glyphs, page)) for region in regions]
    said = [lines for _, lines in found if lines]
    if len(said) < 2 or len(said[0]) < 2 or any(len(lines) != len(said[0]) for lines in said):
        return None
    beside = all(abs(line.base - other.base) < 0.45 * line.size
                 for lines in said[1:] for line, other in zip(said[0], lines, strict=True))
    counted = sum(all(_FIGURE.fullmatch(line.text.strip()) for line in lines) for lines in said)
    labels = [line.text.strip() for line in said[0]]
    named = not any(_FIGURE.fullmatch(label) for label in labels)
    return found if beside and named and 0 < counted and counted >= len(said) - 2 else None


def _low(regions: Sequence[Region]) -> bool:
    """Tell whether in some cell of a row, or in all, there is but one line."""
    if regions[0].bottom - regions[0].top < 16:
        return True
    for region in regions:
        bases = [g.base for g in region.glyphs]
        if bases and max(bases) - min(bases) < 0.9 * region.glyphs[0].size:
            return True
    return not any(region.glyphs for region in regions)


def _parted(grid: Grid, lists: dict[int, _Lists]) -> Grid:
    ys, at = [grid.ys[0]], {}
    for row in range(len(grid.ys) - 1):
        at[row] = len(ys) - 1
        if row in lists:
            lines = next(lines for _, lines in lists[row] if lines)
            ys += [(a.bottom + b.top) / 2 for a, b in zip(lines, lines[1:], strict=False)]
        ys.append(grid.ys[row + 1])
    at[len(grid.ys) - 1] = len(ys) - 1
    regions = []
    for region in grid.regions:
        if region.row not in lists:
            regions.append(replace(region, row=at[region.row], rows=at[region.row + region.rows] - at[region.row]))
    for row, found in lists.items():
        count = at[row + 1] - at[row]
        for region, lines in found:
            for k in range(count):
                glyphs = list(lines[k].glyphs) if lines else []
                regions.append(Region(at[row] + k, 1, region.left, ys[at[row] + k], region.right, ys[at[row] + k + 1], glyphs))
    return replace(grid, ys=ys, regions=sorted(regions, key=lambda r: (r.row, r.left)))
