"""A table read as forms: what each cell is, which headings stand over it, which labels beside it, what its unit is.

`grids(report)` gives a `Grid` for every table of the report (made once per report, linear in cells):

    Grid.lines[row][column]      the Entry covering a grid position, None where none (a merged cell stands at all of its own)
    Grid.sections                the forms stacked in the table: rows of headings, then the body under them
    Entry                        text (folded, without blanks), kind ("blank" "value" "text"), value (the one figure a cell
                                 holds, unit as printed in the cell), figures (all), row, column (its top left), indent
    Section.columns              the columns that hold values: heads (headings over them, outermost first), head (joined),
                                 labels (the label columns to their left, outermost first), unit
    Section.value(row, column)   the figure with its unit (own, else the row label's, the headings', the corner's, the table's)
    Section.label(row, column)   the innermost label Entry beside a value; Section.above(row, column): all of them
    Section.number(row, column)  nothing is a number under 序号, 行次, 编码: such columns are neither labels nor values

A blank is an empty cell or one that says so (/ — 无 …). A row of headings has no values and words over values; a row of
words that breaks off the columns ends the body. Pure column numbers (栏次 1 2 3) belong to the headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from weakref import WeakKeyDictionary

import regex

from model import MONEY, Cell, Figure, Table
from patterns._money_entries import Entry, entries_of
from patterns._report import Report, Text

_READ: WeakKeyDictionary[Report, tuple[Grid, ...]] = WeakKeyDictionary()
_YEAR = regex.compile(r"(?:19[89]|20[0-4])[0-9]年?度?")
_CLEAN = regex.compile(r"(?:19|20)[0-9]{2}年?|[(（][^()（）]*[)）]|[①-⑨]|[0-9]+[-至~][0-9]+月")
_HEADING = regex.compile(r"(?:数|额|率|分|值|预算|决算|执行|支出|收入|资金|资产|合计|小计|总计|年|年度|月|费|经费|编制|结转|结余|价|标准|面积|"
                         r"行次|权重|比|比重|比例|增减|余额|数量|人员|[A-G])$|[元%]$")
_BARE_HEAD = regex.compile(r"[A-Z]|[A-Z][=/÷(].{0,20}|\([^()]*\)|(?:亿|万)?元")
_NO_HEAD = regex.compile(r"^(?:编制|填报|填表|公开|金额|主管|预算)?(?:单位|部门|日期|时间|表)[:：]|^公开[0-9]+表|^单位[:：]?(?:人民币)?(?:亿|万|千)?元$")
_SERIAL = regex.compile(r"^(?:序号|行次|栏次|列次|编号|编码|代码|科目编码|功能分类科目编码|项目编码|项目代码|电话|联系电话|日期)$|编码$|代码$|日期$|电话$")
_UNIT = regex.compile(r"单位[:：]?\s*(?:人民币)?\s*((?:百|亿|万|千)?万?元)")
_IN_HEAD = regex.compile(r"[(（/](?:单位[:：]|人民币|金额[:：]?)?((?:亿|百万|万|千)?元|%|‰|人次|人|辆|户|个|台|套|亩|公里|平方米|吨)[)）]?|((?:亿|百万|万|千)元)$")
_TOTAL = regex.compile(r"(?:合计|总计|共计|总合计)[:(]?")
_MARKS = regex.compile(r"分值|得分|评分|权重|分数|标准分|满分|扣分")
_COUNTED = regex.compile(r"人数|人员数|编制数|在职人|户数|辆数|数量|个数|面积|件数|次数|人次|里程|率|占比|比重|比例|增幅|%")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of values in a section: the headings over it (outermost first), its label columns, its unit."""

    index: int
    heads: tuple[str, ...]
    labels: tuple[int, ...]
    unit: str = ""

    @property
    def head(self) -> str:
        """The headings in one, parted by a slash."""
        return "/".join(self.heads)

    @property
    def last(self) -> str:
        """The innermost heading, with the one over it where it is only a letter, a formula or a unit."""
        if len(self.heads) > 1 and _BARE_HEAD.fullmatch(self.heads[-1]):
            own = self.heads[-1]
            return self.heads[-2] + (own if own.startswith("(") else f"({own})")
        return self.heads[-1] if self.heads else ""


@dataclass(frozen=True, eq=False)
class Section:
    """Rows of headings and the body under them."""

    grid: Grid
    header: tuple[int, ...]
    body: tuple[int, ...]
    _values: dict[tuple[int, int], Figure | None] = field(default_factory=dict, repr=False)
    _above: dict[tuple[int, tuple[int, ...]], tuple[Entry, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that hold values and no serial numbers, left to right (of a merged one only its first)."""
        texts, values = self._tally
        labels = [c for c in range(self.grid.width) if (texts[c] > values[c] or c in self._years) and not self._serial(c)]
        found = []
        for index in range(self.grid.width):
            if values[index] and values[index] >= texts[index] and index not in labels and not self._serial(index):
                found.append(Column(index, self.heads(index), self._labels(index, labels, values, texts), self._unit(index)))
        return tuple(found)

    @cached_property
    def _tally(self) -> tuple[list[int], list[int]]:
        """How many texts and values begin in (or, for texts, cover) each column of the body."""
        width = self.grid.width
        texts, values = [0] * width, [0] * width
        for row in self.body:
            for column, entry in enumerate(self.grid.lines[row]):
                if entry is None or entry.kind == "blank":
                    continue
                if entry.kind == "text":
                    texts[column] += 1
                elif entry.column == column:
                    values[column] += 1
        return texts, values

    def heads(self, column: int) -> tuple[str, ...]:
        """The headings over a column, outermost first."""
        found: list[Entry] = []
        for row in self.header:
            entry = self.grid.lines[row][column]
            if entry is not None and entry.kind != "blank" and entry not in found and not _numbering(self.grid.lines[row]) \
                    and entry.columns < self.grid.width and not _NO_HEAD.search(entry.text):
                found.append(entry)
        return tuple(entry.text for entry in found)

    @cached_property
    def numbers(self) -> dict[int, str]:
        """What a row of column numbers prints for each column: "3", "4=1+2-3"."""
        return {column: entry.text for row in self.header if _numbering(self.grid.lines[row])
                for column, entry in enumerate(self.grid.lines[row]) if entry is not None}

    def _serial(self, column: int) -> bool:
        heads = self.heads(column)
        if column in self._years:
            return False
        return bool(heads) and bool(_SERIAL.search(heads[-1]))

    @cached_property
    def _years(self) -> set[int]:
        """The columns that hold nothing but years: they label their rows."""
        found = set()
        for column in range(min(self.grid.width, 3)):
            own = [e for row in self.body if (e := self.grid.lines[row][column]) is not None and e.kind != "blank"]
            if sum(bool(_YEAR.match(e.text)) for e in own) >= 2 and all(e.kind == "text" or _YEAR.match(e.text) for e in own):
                found.add(column)
        return found

    def _labels(self, index: int, labels: list[int], values: list[int], texts: list[int]) -> tuple[int, ...]:
        """The nearest run of label columns to the left (else the nearest to the right)."""
        run: list[int] = []
        for column in range(index - 1, -1, -1):
            if column in labels:
                run.append(column)
            elif run and (values[column] or texts[column]) and not self._serial(column):
                break
        return tuple(reversed(run))

    def _unit(self, index: int) -> str:
        """The unit that headings (or the corner left of them) print for a column."""
        heads = self.heads(index)
        for head in reversed(heads):
            if match := _IN_HEAD.search(head):
                return match[1] or match[2]
        if heads and _MARKS.search(heads[-1]):
            return ""
        if heads and _COUNTED.search(heads[-1]):
            return "%" if regex.search(r"%\)?$", heads[-1]) and "*" not in heads[-1] and "×" not in heads[-1] else ""
        for row in self.header:
            for entry in self.grid.lines[row][:index]:
                if entry is not None and entry.kind == "text" and (match := _IN_HEAD.search(entry.text)) \
                        and (match[1] or match[2]) in MONEY:
                    return match[1] or match[2]
        return self.grid.unit

    def entry(self, row: int, column: Column) -> Entry | None:
        """The entry that begins in the column (a merged one counts once, in its first column)."""
        entry = self.grid.lines[row][column.index]
        return entry if entry is not None and entry.column == column.index and entry.row == row else None

    def value(self, row: int, column: Column) -> Figure | None:
        """The figure at a place with its unit and the label as its name; None where the cell holds no single figure."""
        key = (row, column.index)
        if key not in self._values:
            self._values[key] = self._read(row, column)
        return self._values[key]

    def _read(self, row: int, column: Column) -> Figure | None:
        entry = self.entry(row, column)
        if entry is None or entry.value is None:
            return None
        label = self.label(row, column)
        unit = entry.value.unit
        if not unit:
            match = _IN_HEAD.search(label.text) if label else None
            unit = (match[1] or match[2]) if match else column.unit
        name = (label.text if label else "") or column.last
        return replace(entry.value, unit=unit, name=name.rstrip(":")[:40])

    def above(self, row: int, column: Column) -> tuple[Entry, ...]:
        """The label entries of a row, outermost first; one merged over several label columns stands once."""
        key = (row, column.labels)
        if key not in self._above:
            found: list[Entry] = []
            for index in column.labels:
                entry = self.grid.lines[row][index]
                if entry is not None and (entry.kind == "text" or index in self._years) and entry not in found:
                    found.append(entry)
            self._above[key] = tuple(found)
        return self._above[key]

    def label(self, row: int, column: Column) -> Entry | None:
        """The innermost label of a row."""
        labels = self.above(row, column)
        return labels[-1] if labels else None

    def quote(self, row: int) -> str:
        """The row as a person reads it: its cells parted by bars."""
        seen: list[Entry] = []
        for entry in self.grid.lines[row]:
            if entry is not None and entry.text and entry not in seen[-1:]:
                seen.append(entry)
        return " | ".join(" ".join(entry.cell.text.split())[:200] for entry in seen)


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
            if row in heads and body and not _closed(self.lines[body[-1]]) and _words(self.lines[row]) in said:
                continue
            if row in heads or (_numbering(self.lines[row]) and not body):
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
        for row in range(self.height - 1, -1, -1):
            line = self.lines[row]
            if _numbering(line):
                continue
            own = [e for e in line if e is not None]
            texts = {id(e) for e in own if e.kind == "text"}
            valued = any(e.kind == "value" and not _YEAR.fullmatch(e.text) for e in own if e.row == row)
            over = {c for c, e in enumerate(line) if e is not None and below[c] in ("value", "head") and _heads(e)}
            starts = {id(line[c]) for c in over}
            known = any(_HEADING.search(_CLEAN.sub("", e.text)) for c in over if (e := line[c]) is not None)
            if not valued and over and (len(texts) >= 2 or len(starts) >= 2) and (known or row == 0):
                found[row] = over
            for column, entry in enumerate(line):
                if entry is None or entry.kind == "blank" and row not in found:
                    continue
                if entry.kind == "blank":
                    below[column] = ""
                else:
                    below[column] = "value" if entry.kind == "value" and entry.column == column else \
                        "head" if column in found.get(row, ()) else "text"
        return found

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
    if _YEAR.fullmatch(entry.text):
        return True
    bare = _CLEAN.sub("", entry.text)
    return entry.kind == "text" and len(entry.text) <= 40 and not regex.search(r"[0-9]|[。;]", bare)


def _numbering(line: tuple[Entry | None, ...]) -> bool:
    """Tell whether a row only numbers the columns: 栏次 1 2 3."""
    entries = list({id(e): e for e in line if e is not None and e.kind != "blank"}.values())
    values = [e.value for e in entries if e.value is not None]
    words = [e.text for e in entries if e.value is None]
    if len(values) < 2 or any(v.decimals or v.unit for v in values) or sum("=" not in w for w in words) > 2:
        return False
    if any("=" in w for w in words):
        return all(v.value < 40 for v in values)
    steps = [int(b.value) - int(a.value) for a, b in pairwise(values)]
    named = bool(words) and all(regex.search(r"栏次|列次|行次|序号|^[甲乙丙丁]$|所需|=", w) for w in words)
    return all(s == 1 for s in steps) and (named or not words and len(values) >= 3 and values[0].value in (0, 1))


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
