"""A light view of a table for the reading of forms: what covers a position, its squeezed text, the cells of a row."""

from __future__ import annotations

from functools import cached_property

from fusuan.model import Cell, Table
from fusuan.patterns.text.squeeze import squeeze


class View:
    """A table laid out. Rows and columns count from 0."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.height = table.height
        self.width = table.width
        self._texts: dict[int, str] = {}

    @cached_property
    def cells(self) -> list[list[Cell | None]]:
        return self.table.grid()

    def text(self, cell: Cell | None) -> str:
        """The squeezed text of a cell, empty where there is none."""
        if cell is None:
            return ""
        key = id(cell)
        if key not in self._texts:
            self._texts[key] = squeeze(cell.text)
        return self._texts[key]

    def row(self, row: int) -> list[Cell]:
        """The cells that touch a row, each once, from left to right."""
        found: list[Cell] = []
        for cell in self.cells[row]:
            if cell is not None and (not found or found[-1] is not cell):
                found.append(cell)
        return found

    def starts(self, row: int) -> list[Cell]:
        """The cells whose top is in this row."""
        return [cell for cell in self.row(row) if (cell.place.row or 0) == row]

    def quote(self, row: int) -> str:
        """A row as a person would read it out."""
        return " | ".join(" ".join(cell.text.split()) for cell in self.row(row))
