"""Where the sheets of a workbook stand in its package, for whoever writes notes into a copy of it."""

from __future__ import annotations

from dataclasses import dataclass

from fusuan.extract._package import Package
from fusuan.extract._sheet_layout import Sheet
from fusuan.extract._xlsx_styles import S
from fusuan.extract.xlsx import _ID, _sheets


@dataclass(frozen=True, slots=True)
class SheetTrace:
    """A worksheet: the name of its part, its texts by (row, column) from 0, its merged ranges (first row and
    column, last row and column)."""

    name: str
    part: str
    texts: dict[tuple[int, int], str]
    merges: list[tuple[int, int, int, int]]


def trace_xlsx(package: Package) -> tuple[SheetTrace, ...]:
    """Read the sheets of the workbook in `package`, keeping where they stand."""
    main = package.main("xl/workbook.xml")
    related = package.related(main)
    parts = {sheet.get("name") or "": related.get(sheet.get(_ID) or "", ("", ""))[1]
             for sheet in package.xml(main).iterfind(f"{S}sheets/{S}sheet")}
    return tuple(_traced(sheet, parts) for sheet in _sheets(package))


def _traced(sheet: Sheet, parts: dict[str, str]) -> SheetTrace:
    return SheetTrace(sheet.name, parts[sheet.name], sheet.texts, sheet.merges)
