"""A report as text and tables, whatever file it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fusuan.model.place import Place


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text, its automatic number included ("一、部门概况").

    `note` is empty for the body, else what the text is: "footnote", "textbox".
    """

    text: str
    place: Place
    note: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table at its top left; lines inside a cell are parted by a line feed."""

    text: str
    place: Place
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table of `height` by `width` grid positions, each covered by at most one cell.

    >>> table = Table((Cell("年度", Place(table=1, row=0, column=0), columns=2),), 1, 3, Place(table=1))
    >>> [cell and cell.text for cell in table.grid()[0]]
    ['年度', '年度', None]
    """

    cells: tuple[Cell, ...]
    height: int
    width: int
    place: Place

    def grid(self) -> list[list[Cell | None]]:
        """Return the cell that covers each grid position (a merged cell stands at all of its own), None where none."""
        grid: list[list[Cell | None]] = [[None] * self.width for _ in range(self.height)]
        for cell in self.cells:
            top, left = cell.place.row or 0, cell.place.column or 0
            for row in range(top, min(top + cell.rows, self.height)):
                for column in range(left, min(left + cell.columns, self.width)):
                    grid[row][column] = cell
        return grid


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Document:
    """One report: its blocks in reading order, and what stands in the margins of its pages.

    `title`, `unit` (the unit that files it) and `year` are empty where the report does not say.
    `remarks` are things a reader of the result should know of how the file was read (in Chinese).
    """

    name: str
    format: str
    blocks: tuple[Block, ...] = ()
    pages: int | None = None
    title: str = ""
    unit: str = ""
    year: str = ""
    margins: tuple[Paragraph, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        return (block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> Iterator[Table]:
        return (block for block in self.blocks if isinstance(block, Table))


class ReadError(Exception):
    """A file could not be read. `code` is for programs, the message (Chinese) for people: the cause and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
