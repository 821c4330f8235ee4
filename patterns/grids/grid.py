"""A table read as forms: what each cell is, which headings stand over it, which labels beside it, what its unit is.

`grids(report)` gives a `Grid` for every table of the report (tables that a page break cut are one), made once per report,
linear in cells:

    Grid.lines[row][column]      the Entry covering a grid position, None where none (a merged cell stands at all of its own)
    Grid.sections                the forms stacked in the table: rows of headings, then the body under them
    Entry                        text (folded, without blanks), kind ("blank" "value" "text"), value (the one figure a cell
                                 holds, unit as printed in the cell), row, column, rows, columns (in the grid), indent
    Section.columns              the columns that hold values: heads (headings over them, outermost first), head (joined),
                                 last (innermost), labels (the label columns to their left, outermost first), unit
    Section.value(row, column)   the figure with its unit (own, else the row label's, the headings', the corner's, the table's)
    Section.label(row, column)   the innermost label Entry beside a value; Section.above(row, column): all of them
    Section.numbers              what a row of column numbers prints (栏次 1 2 3=1+2)

A blank is an empty cell or one that says so (/ — 无 …). A row of headings has no values and words over values; a row of
words that breaks off the columns ends the body. Columns of serial numbers (序号, 行次, 编码) are neither labels nor values.
Rows and columns are those of the grid; the place of a figure is the one the file has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from weakref import WeakKeyDictionary

import regex

from fusuan.model import Cell, Figure, Table
from fusuan.patterns._report import Report, Text
from fusuan.patterns.cues.amounts import kind_of
from fusuan.patterns.grids.entries import Entry, entries_of, numbering
from fusuan.patterns.grids.section import YEAR, Column, Section, by_labels

__all__ = ["Column", "Entry", "Grid", "Section", "by_labels", "grids", "sections"]

_READ: WeakKeyDictionary[Report, tuple[Grid, ...]] = WeakKeyDictionary()
_CLEAN = regex.compile(r"(?:19|20)[0-9]{2}年?|[(（][^()（）]*[)）]|[①-⑨]|[0-9]+[-至~][0-9]+月")
_HEADING = regex.compile(r"(?:数|额|率|情况|进度|分|值|预算|决算|执行|支出|收入|资金|资产|合计|小计|总计|年|年度|月|费|经费|编制|结转|结余|价|标准|面积|"
                         r"行次|权重|比|比重|比例|增减|余额|数量|人员|[A-G])$|[元%]$")
_UNIT = regex.compile(r"单位[:：]?\s*(?:人民币)?\s*((?:百|亿|万|千)?万?元)")
_TOTAL = regex.compile(r"(?:合计|总计|共计|总合计)[:(]?")


class Grid:
    """Tables laid one under another (mostly one), their entries by position and their sections.

    `unit` is the unit of money printed for the whole; `joined`: a table without headings of its own was joined.
    """

    def __init__(self, tables: Sequence[Table], figures: Mapping[Cell, Sequence[Figure]], unit: str = "",
                 joined: bool = False) -> None:
        self.tables = tuple(tables)
        self.joined = joined
        self.entries, self.height, self.width = entries_of(tables, figures)
        lines: list[list[Entry | None]] = [[None] * self.width for _ in range(self.height)]
        for entry in self.entries:
            for row in range(entry.row, min(entry.row + entry.rows, self.height)):
                for column in range(entry.column, min(entry.column + entry.columns, self.width)):
                    lines[row][column] = entry
        self.lines = tuple(tuple(line) for line in lines)
        self.unit = _unit_of([e.text for e in self.entries if e.kind == "text" and len(e.text) < 40]) or unit

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The forms stacked in the table, top to bottom; rows of words between them belong to none."""
        heads = self._heading_rows()
        found: list[Section] = []
        header: list[int] = []
        body: list[int] = []
        over: set[int] = set()
        ended = False
        said: list[str] = []
        for row in range(self.height):
            again = _words(self.lines[row]) in said  # the headings once more, on the next page
            if body and again and (numbering(self.lines[row]) or row in heads and not _closed(self.lines[body[-1]])):
                continue
            if body and row not in heads and numbering(self.lines[row]) and not any(map(self._valued, body)):
                # words between the headings and the numbers of the columns are headings too
                header, body = [*header, *body], []
            if row in heads or (numbering(self.lines[row]) and not body):
                if body:
                    found.append(Section(self, tuple(header), tuple(body)))
                    header, body, over, said = [], [], set(), []
                header.append(row)
                said.append(_words(self.lines[row]))
                over |= heads.get(row, set())
                ended = False
            elif not ended:
                ended = bool(over) and self._breaks(row, over)
                if not ended:
                    body.append(row)
        if body:
            found.append(Section(self, tuple(header), tuple(body)))
        return tuple(found)

    def _heading_rows(self) -> dict[int, set[int]]:
        """The rows of headings, with the columns they head: seen from below, words next over values."""
        found: dict[int, set[int]] = {}
        below: list[str] = [""] * self.width
        numbered = False
        for row in range(self.height - 1, -1, -1):
            line = self.lines[row]
            if numbering(line):
                numbered = True
                continue
            own = [e for e in line if e is not None]
            # what reaches down from above (资金情况 beside its lines) is no heading of this row
            texts = {id(e) for e in own if e.kind == "text" and e.row == row}
            valued = any(e.kind == "value" and not YEAR.fullmatch(e.text) for e in own if e.row == row)
            over = {c for c, e in enumerate(line) if e is not None and below[c] in ("value", "head") and _heads(e)}
            starts = {id(line[c]) for c in over}
            known = numbered or any(_HEADING.search(_CLEAN.sub("", e.text)) for c in over if (e := line[c]) is not None)
            alone = row == 0 and len(own) > 1 and any(kind_of(e.text) in ("rate", "change") for c in over if (e := line[c]) is not None)
            if not valued and over and (len(texts) >= 2 or len(starts) >= 2 or alone) and (known or row == 0):
                found[row] = over
            numbered = False
            for column, entry in enumerate(line):
                if entry is None or entry.kind == "blank" and row not in found or entry.columns >= self.width > 2:
                    # words over the whole width part the rows below them, and head no column
                    continue
                if entry.kind == "blank":
                    below[column] = ""
                else:
                    below[column] = "value" if entry.kind == "value" and entry.column == column else \
                        "head" if column in found.get(row, ()) else "text"
        return found

    def _valued(self, row: int) -> bool:
        return any(e is not None and e.kind == "value" for e in self.lines[row])

    def _breaks(self, row: int, over: set[int]) -> bool:
        """Tell whether a row of words breaks off the columns of values above it."""
        line = self.lines[row]
        entries = {id(e): e for e in line if e is not None and e.row == row}
        if any(e.kind == "value" for e in entries.values()):
            return False
        words = sorted((e for e in entries.values() if e.kind == "text"), key=lambda e: e.column)
        return any(over & set(range(e.column, e.column + e.columns)) for e in words[1:])


def _heads(entry: Entry) -> bool:
    """Tell whether an entry may be a heading: short words without figures of their own (years and formulas aside)."""
    if YEAR.fullmatch(entry.text):
        return True
    bare = _CLEAN.sub("", entry.text)
    return entry.kind == "text" and len(entry.text) <= 40 and not regex.search(r"[0-9]|[。;]", bare)


def _words(line: tuple[Entry | None, ...]) -> str:
    return "|".join(e.text if e is not None else "" for e in line)


def _closed(line: tuple[Entry | None, ...]) -> bool:
    """Tell whether a row closes a table with its total."""
    return any(e is not None and e.kind == "text" and _TOTAL.match(e.text) for e in line)


def _unit_of(texts: list[str]) -> str:
    for text in texts:
        if match := _UNIT.search(text):
            return match[1]
    return ""


def grids(report: Report) -> tuple[Grid, ...]:
    """Return a Grid for every table of the report, in order."""
    if report not in _READ:
        _READ[report] = tuple(_made(report))
    return _READ[report]


def sections(report: Report) -> Iterator[Section]:
    """The sections of all tables of the report, in order."""
    return (section for grid in grids(report) for section in grid.sections)


def _made(report: Report) -> Iterator[Grid]:
    near: list[str] = []
    chain: list[Grid] = []
    bare = False
    for block in report.blocks:
        if isinstance(block, Text):
            near = [*near, "".join(block.folded.split())][-4:]
            continue
        grid = Grid([block], report.cells, _unit_of([t for t in reversed(near) if len(t) < 60]))
        join = _continues(chain, grid) if chain and all(_PAGE.fullmatch(t) for t in near) else ""
        if not join:
            yield from _chained(chain, report, bare)
            chain, bare = [], False
        chain.append(grid)
        bare = bare or join == "bare"
        near = []
    yield from _chained(chain, report, bare)


def _chained(chain: Sequence[Grid], report: Report, bare: bool) -> Iterator[Grid]:
    """The tables of a chain as one."""
    if len(chain) > 1:
        yield Grid([table for grid in chain for table in grid.tables], report.cells, chain[0].unit, bare)
    else:
        yield from chain


_PAGE = regex.compile(r"续表.*|接上[页表].*|\(?续\)?|[-—]?[0-9]{1,3}[-—]?|第[0-9]+页.*|单位[:：].{1,6}|")


def _continues(chain: Sequence[Grid], lower: Grid) -> str:
    """Tell whether a table goes on where the page broke another off: under the same headings, or ("bare") under none."""
    head, upper = chain[0], chain[-1]
    if upper.width != lower.width or not head.sections or not upper.sections or not lower.sections:
        return ""
    last, first = head.sections[-1], lower.sections[0]
    if _closed(upper.lines[-1]) or not last.header or upper.sections[-1].body[-1] != upper.height - 1:
        return ""
    if not first.header:
        return "bare" if first.body[0] == 0 and first.columns else ""
    same = first.header[0] == 0 and [_words(lower.lines[r]) for r in first.header] == [_words(head.lines[r]) for r in last.header]
    return "same" if same else ""
