"""Excel 工作簿（.xlsx、.xlsm）：在单元格加批注和彩色边框（不符红、存疑橙），其余一概不动。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from fusuan.extract import File, Package, SheetTrace, position, trace_xlsx
from fusuan.marked._notes import Note
from fusuan.marked._package import Edited
from fusuan.marked._xlsx_cells import Cells
from fusuan.marked._xlsx_comments import Comments
from fusuan.marked._xlsx_edges import Edges, sides_of
from fusuan.model import LADDER

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")

At = tuple[int, int]


def mark(file: File, notes: Sequence[Note], target: Path) -> int:
    """Write a copy of `file` with a comment and an edge for each note to `target`; return how many found their place."""
    with Package(file) as package:
        sheets = {sheet.name: sheet for sheet in trace_xlsx(package)}
        edited = Edited(package, file)
        edges = Edges(edited)
        wanted: dict[str, list[Note]] = defaultdict(list)
        for note in notes:
            wanted[note.place.sheet or ""].append(note)
        count = sum(_marked(sheets[name], own, edited, edges) for name, own in wanted.items() if name in sheets)
        edited.save(target)
    return count


def _marked(sheet: SheetTrace, notes: Iterable[Note], edited: Edited, edges: Edges) -> int:
    """Mark the cells of one sheet; return how many notes they carry."""
    cells, comments = Cells(edited.tree(sheet.part)), Comments(edited, sheet.part)
    rows = _rows(sheet)
    merges = {merge[:2]: merge for merge in sheet.merges}
    by_cell: dict[At, list[Note]] = defaultdict(list)
    for note in notes:
        if (at := _cell(rows, note)) is not None:
            by_cell[at].append(note)
    for at, own in sorted(by_cell.items()):
        comments.add(at, [line for n, note in enumerate(own) for line in [*([""] if n else []), *note.lines]])
        worst = max((note.verdict for note in own), key=LADDER.index)
        for inner, sides in sides_of(merges.get(at, (*at, *at))):
            if (cell := cells.at(inner, make=inner == at)) is not None:
                cell.set("s", edges.framed(cell.get("s") or "0", worst, sides))
    comments.finish()
    return sum(map(len, by_cell.values()))


def _rows(sheet: SheetTrace) -> dict[int, dict[At, str]]:
    rows: dict[int, dict[At, str]] = defaultdict(dict)
    for at, text in sorted(sheet.texts.items()):
        rows[at[0]][at] = text
    return rows


def _cell(rows: Mapping[int, Mapping[At, str]], note: Note) -> At | None:
    """Return the cell that shows the noted figure: a line of text was put together from the cells of its row."""
    at = position(note.place.cell or "")
    if at is None or note.place.paragraph is None or not note.stated.strip():
        return at
    row = rows.get(at[0], {})
    return next((here for here, text in row.items() if note.stated in text), at)
