"""The cells of a worksheet's XML by where they stand."""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.extract import Element, cell_name, position

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

At = tuple[int, int]


class Cells:
    """Finds cells by row and column from 0, and makes those that a file leaves out because they are blank."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._rows = dict(_counted_rows(root))
        self._known: dict[int, dict[int, Element]] = {}

    def at(self, at: At, make: bool = False) -> Element | None:
        row = self._rows.get(at[0])
        if row is None:
            return self._made(self._made_row(at[0]), at) if make else None
        if at[0] not in self._known:
            self._known[at[0]] = dict(_counted_cells(row))
        cell = self._known[at[0]].get(at[1])
        return cell if cell is not None or not make else self._made(row, at)

    def _made(self, row: Element, at: At) -> Element:
        """Make a blank cell, looking as its row or column does."""
        from lxml import etree

        cell = etree.Element(S + "c", {"r": cell_name(*at)})
        if style := row.get("s") or self._style_of_column(at[1]):
            cell.set("s", style)
        known = self._known.setdefault(at[0], {})
        _insert(row, cell, [other for column, other in known.items() if column > at[1]])
        known[at[1]] = cell
        return cell

    def _made_row(self, number: int) -> Element:
        from lxml import etree

        row = etree.Element(S + "row", {"r": str(number + 1)})
        data = self._root.find(S + "sheetData")
        assert data is not None
        _insert(data, row, [other for at, other in self._rows.items() if at > number])
        self._rows[number] = row
        return row

    def _style_of_column(self, column: int) -> str:
        columns = self._root.iterfind(f"{S}cols/{S}col")
        return next((c.get("style") or "" for c in columns
                     if int(c.get("min") or 0) <= column + 1 <= int(c.get("max") or 0)), "")


def _insert(parent: Element, child: Element, later: list[Element]) -> None:
    """Put a child before the first of those that come after it."""
    if later:
        later[0].addprevious(child)
    else:
        parent.append(child)


def _counted_rows(root: Element) -> Iterator[tuple[int, Element]]:
    number = -1
    for row in root.iterfind(f"{S}sheetData/{S}row"):
        said = row.get("r") or ""
        number = int(said) - 1 if said.isdigit() else number + 1
        yield number, row


def _counted_cells(row: Element) -> Iterator[tuple[int, Element]]:
    column = -1
    for cell in row.iterfind(S + "c"):
        found = position(cell.get("r") or "")
        column = found[1] if found else column + 1
        yield column, cell
