"""The text of a PDF in one order: paragraphs and tables, with what page breaks parted put together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fusuan.extract._pdf_body import Body
from fusuan.extract._pdf_breaks import text_of
from fusuan.extract._pdf_grid import Grid
from fusuan.extract._pdf_lines import Line
from fusuan.extract._pdf_paragraphs import paragraphs_of
from fusuan.extract._pdf_tables import begins_anew, follows, repeats, table_of
from fusuan.model import Block, Paragraph, Place

_CAPTIONS = 4
_CONTINUED = re.compile(r"\s*(?:续\s*表.{0,4}|.{0,40}[（(]续[表）)].{0,2}|接上[页表])\s*")


@dataclass(frozen=True, slots=True)
class Page:
    """The text of one page to be laid out: its lines outside of tables and its tables, both from the top.

    `floor` is how far down text goes on pages of its size.
    """

    width: int
    height: float
    floor: float
    lines: Sequence[Line]
    grids: Sequence[Grid]

    def items(self) -> list[Line | Grid]:
        return sorted([*self.lines, *self.grids], key=lambda item: item.base if isinstance(item, Line) else item.top)


class Flow:
    """Takes pages one after another and gives blocks."""

    def __init__(self, bodies: Mapping[int, Body]) -> None:
        self.bodies = bodies
        self.blocks: list[Block] = []
        self.run: list[Line] = []
        self.parts: list[Grid] = []
        self.captions: list[str] = []
        self.width = self.paragraphs = self.tables = 0
        self.above: Page | None = None

    def take(self, page: Page) -> None:
        if page.width != self.width:
            self._end_run()
        self.width = page.width
        items = page.items()
        for item in items[self._repeated(items, page):]:
            if isinstance(item, Line):
                self._end_table()
                self.run.append(item)
            else:
                self._grid(item)
        self.above = page

    def finish(self) -> tuple[Block, ...]:
        self._end_table()
        self._end_run()
        return tuple(self.blocks)

    def _grid(self, grid: Grid) -> None:
        if self.run:
            self.captions = [_plain(line) for line in self.run[-_CAPTIONS:]]
        self._end_run()
        if self.parts and not self._goes_on(grid):
            self._end_table()
        self.parts.append(grid)

    def _goes_on(self, grid: Grid) -> bool:
        last, page = self.parts[-1], self.above
        return (page is not None and grid.page == last.page + 1 and follows(grid, last, page.floor, page.height)
                and not begins_anew(grid, self.parts[0]))

    def _repeated(self, items: Sequence[Line | Grid], page: Page) -> int:
        """Count the lines at the top of a page that only repeat what stands above the table that goes on in it."""
        count = next((k for k, item in enumerate(items) if isinstance(item, Grid)), 0)
        grid = items[count] if items else None
        if not self.parts or not 0 < count <= _CAPTIONS or not isinstance(grid, Grid):
            return 0
        said = [_plain(line) for line in items[:count] if isinstance(line, Line)]
        if not all(text in self.captions or _CONTINUED.fullmatch(text) for text in said):
            return 0
        return count if repeats(grid, self.parts[0]) and self._goes_on(grid) else 0

    def _end_run(self) -> None:
        for lines in paragraphs_of(self.run, self.bodies):
            self.paragraphs += 1
            place = Place(page=lines[0].page, paragraph=self.paragraphs, box=rounded(lines))
            self.blocks.append(Paragraph(text_of(lines, self.bodies), place))
        self.run.clear()

    def _end_table(self) -> None:
        if self.parts:
            self.tables += 1
            self.blocks.append(table_of(self.parts, self.tables))
            self.parts.clear()


def _plain(line: Line) -> str:
    return "".join(line.text.split())


def rounded(lines: Sequence[Line]) -> tuple[float, float, float, float]:
    """The box around the lines on the page of the first."""
    own = [line.box for line in lines if line.page == lines[0].page]
    return (round(min(b[0] for b in own), 2), round(min(b[1] for b in own), 2),
            round(max(b[2] for b in own), 2), round(max(b[3] for b in own), 2))
