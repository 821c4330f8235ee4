"""A form in a grid: the rows of headings, the body under them, and what each value is called and counted in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import regex

from fusuan.model import MONEY, Figure
from fusuan.patterns.cues.amounts import MONEY_NAME, as_money
from fusuan.patterns.figures.keys import keyed
from fusuan.patterns.grids.codes import Run, led_by_code, runs_of
from fusuan.patterns.grids.entries import Entries, Entry, numbering
from fusuan.patterns.grids.measures import measures

YEAR = regex.compile(r"(?:19[89]|20[0-4])[0-9]年?度?")
_BARE_HEAD = regex.compile(r"[A-Z]|[A-Z][=/÷(].{0,20}|\([^()]*\)|(?:亿|万)?元")
_DATE = regex.compile(r"[^0-9]{0,6}(?:19|20)[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日")
_NO_HEAD = regex.compile(r"^(?:编制|填报|填表|公开|金额|主管|预算)?(?:单位|部门|日期|时间|表)[:：]|^公开[0-9]+表|^单位[:：]?(?:人民币)?(?:亿|万|千)?元$")
_SERIAL = regex.compile(r"^(?:序号|行次|栏次|列次|编号|编码|代码|科目编码|功能分类科目编码|项目编码|项目代码|电话|联系电话|日期)$|编码$|代码$|日期$|电话$")
_IN_HEAD = regex.compile(r"(?:[(（]|(?<!元)/)(?:单位[:：]|人民币|金额[:：]?)?((?:亿|百万|万|千)?元|%|‰|人次|人|辆|户|个|台|套|亩|公里|平方米|吨)[)）]?|((?:亿|百万|万|千)元)$")
_IN_UNITS = regex.compile(r"(?:亿|百万|万|千)?元|%|‰")
_MARKS = regex.compile(r"分值|得分|评分|权重|分数|标准分|满分|扣分")
_COUNTED = regex.compile(r"人数|人员数|编制数|在职人|户数|辆数|数量|个数|面积|件数|次数|人次|里程|率|占比|比重|比例|增幅|(?<![0-9])%")


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


def by_labels(columns: Iterable[Column]) -> list[list[Column]]:
    """Columns that have their labels in common: each list is a table of its own where several stand side by side."""
    groups: dict[tuple[int, ...], list[Column]] = {}
    for column in columns:
        groups.setdefault(column.labels, []).append(column)
    return list(groups.values())


@dataclass(frozen=True, eq=False)
class Section:
    """Rows of headings and the body under them."""

    grid: Entries
    header: tuple[int, ...]
    body: tuple[int, ...]
    _values: dict[tuple[int, int], Figure | None] = field(default_factory=dict, repr=False)
    _heads: dict[int, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _above: dict[tuple[int, tuple[int, ...]], tuple[Entry, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns that hold values and no serial numbers, left to right (of a merged one only its first)."""
        texts, values = self._tally
        labels = [c for c in range(self.grid.width) if (texts[c] > values[c] or c in self._years) and not self._serial(c) and c != self._measure]
        found = []
        for index in range(self.grid.width):
            if values[index] and values[index] >= texts[index] and index not in labels and not self._serial(index):
                found.append(Column(index, self.heads(index), self._labels(index, labels, values, texts), self._unit(index)))
        return tuple(found)

    @cached_property
    def _measure(self) -> int | None:
        """The column that says what each row is counted in."""
        return measures(self.grid.lines, self.body, self.heads, self.grid.width)

    @cached_property
    def _tally(self) -> tuple[list[int], list[int]]:
        """How many texts and values begin in (or, for texts, cover) each column of the body."""
        width = self.grid.width
        texts, values = [0] * width, [0] * width
        for row in self.body:
            for column, entry in enumerate(self.grid.lines[row]):
                if entry is None or entry.kind == "blank" or entry.columns >= width > 2:
                    # words over the whole width are no row of the table
                    continue
                if entry.kind == "text":
                    texts[column] += 1
                elif entry.column == column:
                    values[column] += 1
        return texts, values

    def heads(self, column: int) -> tuple[str, ...]:
        """The headings over a column, outermost first."""
        if column not in self._heads:
            found: list[Entry] = []
            for row in self.header:
                entry = self._heading(row, column)
                if entry is not None and entry not in found and not (found and found[-1].text == entry.text):
                    found.append(entry)
            self._heads[column] = tuple(entry.text for entry in found)
        return self._heads[column]

    def _heading(self, row: int, column: int) -> Entry | None:
        """The heading at a place; over a gap the one to its left, where both stand over headings (merges were lost)."""
        line = self.grid.lines[row]
        if row in self._numbering or row in self._captions:
            return None
        for at in range(column, -1, -1):
            entry = line[at]
            if entry is not None and entry.kind != "blank":
                known = entry.columns < self.grid.width and not _NO_HEAD.search(entry.text)
                return entry if known and (at == column or entry.columns == 1 and self._parent(row, at)) else None
            if not self._parent(row, column):
                return None
        return None

    def _parent(self, row: int, column: int) -> bool:
        """Tell whether another heading stands under a place."""
        below = self.grid.lines[row + 1][column] if row + 1 in self.header else None
        return below is not None and below.row == row + 1 and below.kind == "text"

    @cached_property
    def _numbering(self) -> frozenset[int]:
        """The rows of headings that only number the columns."""
        return frozenset(row for row in self.header if numbering(self.grid.lines[row]))

    @cached_property
    def _captions(self) -> frozenset[int]:
        """The rows over those of headings that hold the unit, a date, who fills the table in, and at most a title beside them."""
        words = {row: {e.text for e in self.grid.lines[row] if e is not None and e.kind != "blank"} for row in self.header[:-1]}
        said = {row: sum(bool(_NO_HEAD.search(text) or _DATE.fullmatch(text)) for text in own) for row, own in words.items()}
        return frozenset(row for row, own in words.items() if said[row] and len(own) - said[row] <= 1)

    @cached_property
    def numbers(self) -> dict[int, str]:
        """What a row of column numbers prints for each column: "3", "4=1+2-3"."""
        return {column: entry.text for row in sorted(self._numbering)
                for column, entry in enumerate(self.grid.lines[row]) if entry is not None}

    def _serial(self, column: int) -> bool:
        heads = self.heads(column)
        if column in self._years:
            return False
        return bool(heads) and bool(_SERIAL.search(heads[-1])) or any(run.first <= column <= run.last for run in self.runs)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs of columns that hold account codes."""
        return runs_of(self.grid.lines, self.body, self.heads, self.grid.width)

    @cached_property
    def _named_codes(self) -> dict[int, dict[int, str]]:
        """By column: the codes that its names begin with (2010601行政运行), where they divide one another."""
        found: dict[int, dict[int, str]] = {}
        for row in self.body:
            for entry in self.grid.lines[row]:
                if entry is not None and entry.row == row and entry.kind == "text" and (code := led_by_code(entry.text)):
                    found.setdefault(entry.column, {})[row] = code
        proven = {column: codes for column, codes in found.items()
                  if len(codes) >= 3 and any(a != b and b.startswith(a) for a, b in pairwise(codes.values()))}
        for column, codes in proven.items():
            known = set(codes.values())
            for row in self.body:
                entry = self.grid.lines[row][column]
                if row not in codes and entry is not None and entry.row == row and (code := led_by_code(entry.text, known)):
                    codes[row] = code
        return proven

    def code(self, row: int, column: Column) -> str:
        """The account code of a row beside a column of values; empty where it prints none."""
        if column.labels:
            run = next((r for r in reversed(self.runs) if r.last < column.index and r.first <= column.labels[-1]), None)
            if run is not None and not any(run.last < c.index < column.labels[0] for c in self.columns):
                return run.codes.get(row, "")
            return next((codes.get(row, "") for c in column.labels if (codes := self._named_codes.get(c))), "")
        return ""

    @cached_property
    def _years(self) -> set[int]:
        """The columns that hold nothing but years: they label their rows."""
        found = set()
        for column in range(min(self.grid.width, 3)):
            own = [e for row in self.body if (e := self.grid.lines[row][column]) is not None and e.kind != "blank"]
            if sum(bool(YEAR.fullmatch(e.text)) for e in own) >= 2 and all(e.kind == "text" or YEAR.fullmatch(e.text) for e in own):
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
            return "%" if regex.search(r"(?<![0-9])%\)?$", heads[-1]) and "*" not in heads[-1] and "×" not in heads[-1] else ""
        for column, unit in self._corners:
            if column < index:
                return unit
        return self.grid.unit or self._whole_money(index, heads)

    @cached_property
    def _corners(self) -> tuple[tuple[int, str], ...]:
        """The first unit of money that each row of headings prints (that of a price, 元/户, aside), and in which column."""
        found = []
        for row in self.header:
            units = ((column, match[1] or match[2]) for column, entry in enumerate(self.grid.lines[row])
                     if entry is not None and entry.kind == "text" and "元/" not in entry.text and (match := _IN_HEAD.search(entry.text)))
            found += [next(((column, unit) for column, unit in units if unit in MONEY), (self.grid.width, ""))]
        return tuple(found)

    def _whole_money(self, index: int, heads: tuple[str, ...]) -> str:
        """Whole amounts under names of money may be rounded, in whatever unit: taken as 元 where nothing says."""
        own = [e.value for row in self.body if (e := self.grid.lines[row][index]) is not None and e.value is not None]
        if not own or any(f.decimals or f.unit for f in own):
            return ""
        names = heads if any(MONEY_NAME.search(h) for h in heads) else \
            tuple(e.text for row in self.body[:6] for e in self.grid.lines[row][:index] if e is not None and e.kind == "text")
        return as_money(own[0], *names).unit

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
            unit = (match[1] or match[2]) if match else self._measured(row, column)
        name = (label.text if label else "") or column.last
        return replace(entry.value, unit=unit, name=name.rstrip(":")[:40])

    def _measured(self, row: int, column: Column) -> str:
        """The unit of a row that has a column for it, but for rates under headings that say so; else that of the column."""
        entry = self.grid.lines[row][self._measure] if self._measure is not None else None
        match = _IN_UNITS.fullmatch(entry.text) if entry is not None and column.unit != "%" and not _COUNTED.search(column.last) else None
        return match[0] if match else column.unit

    def above(self, row: int, column: Column) -> tuple[Entry, ...]:
        """The label entries of a row, outermost first; one merged over several label columns stands once."""
        key = (row, column.labels)
        if key not in self._above:
            found: list[Entry] = []
            for index in column.labels:
                entry = self.grid.lines[row][index]
                if entry is not None and (entry.kind == "text" or index in self._years) and entry not in found:
                    found.append(entry)
            if not found and column.labels:
                found = [e for e in self.grid.lines[row][:column.labels[0]] if e is not None and e.kind == "text"][-1:]
            self._above[key] = tuple(found)
        return self._above[key]

    def label(self, row: int, column: Column) -> Entry | None:
        """The innermost label of a row; of a key or a formula (or a dash) beside a name of its own, the name."""
        labels = self.above(row, column)
        named = [e for e in labels if e.row == row and e.text not in ("—", "-") and keyed(e.text) is None]
        return (labels[-1] if labels[-1] in named or not named else named[-1]) if labels else None

    def quote(self, row: int) -> str:
        """The row as a person reads it: its cells parted by bars."""
        seen: list[Entry] = []
        for entry in self.grid.lines[row]:
            if entry is not None and entry.text and entry not in seen[-1:]:
                seen.append(entry)
        return " | ".join(" ".join(entry.cell.text.split())[:200] for entry in seen)
