"""The cells of tables as entries of one grid: a cell that holds "名称：12.5万元" stands as a label and a value beside it,
and tables that a page break cut are one again. Findings keep the place that the file has for a cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Protocol
from unicodedata import numeric

import regex

from fusuan.model import Cell, Figure, Table
from fusuan.patterns.figures.numbers import figure_in
from fusuan.patterns.text.fold import fold

_BARE = regex.compile(r"[-+]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?")
_EMPTY = regex.compile(r"(?:[-—–_/\\|~～…·.。*×─━﹣－]+|[一ー]|无|不涉及|不适用|无此项|空|N/?A)?", regex.IGNORECASE)
# a heading that says how its rate is formed holds no figure of its own: (B/A×100%)
_FORMULA = regex.compile(r"[A-Z][/÷][A-Z]")
_LONGEST = 22
_REMARKED = regex.compile(r"-?[0-9][0-9,.]*(?:亿元|万元|元)?\([^()]{1,60}\)")
_PAIR = regex.compile(r"\s*([^0-9]{2,30}:)\s*(-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*(亿元|万元|元|人|辆|户)?\s*")
_NO_PAIR = regex.compile(r"电话|邮编|编码|编号|代码|得分|总分|评分|分值|日期|时间|年度:|年份|序号|页")


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A cell as the forms read it, at its place in the grid: `kind` is "blank", "value" or "text", `text` is folded and
    without blanks, `value` is its one figure, unit as printed in the cell.
    """

    cell: Cell
    row: int
    column: int
    rows: int
    columns: int
    text: str
    kind: str
    value: Figure | None

    @property
    def indent(self) -> int:
        """How far the text is pushed in, in half-width columns."""
        text = self.cell.text
        lead = text[: len(text) - len(text.lstrip())]
        return sum(2 if c == "\u3000" else 0 if c in "\r\n" else 1 for c in lead)


class Entries(Protocol):
    """Entries by position, as a section sees the table it stands in."""

    entries: list[Entry]
    lines: tuple[tuple[Entry | None, ...], ...]
    height: int
    width: int
    unit: str
    joined: bool


Span = tuple[int, int, int, int]
"""Row, column, rows and columns in the grid."""


def _entry(cell: Cell, figures: Sequence[Figure], span: Span) -> Entry:
    """Read a cell; a bare number is a figure even where a code of that length in running text would be none."""
    folded = fold(cell.text)
    text = "".join(folded.split())
    value: Figure | None = None
    if len(text) <= _LONGEST and (match := _BARE.fullmatch(folded.strip())):
        value = _bare(cell, folded.index(match.group()), match.group())
    elif figures and len(text) <= 24 and not _FORMULA.search(text):
        value = figure_in(cell.text, cell.place)
    if value is None and figures and len(text) < 90 and _REMARKED.fullmatch(text) and figures[0].span[0] == len(folded) - len(folded.lstrip()):
        value = figures[0]
    kind = "value" if value is not None else "blank" if _EMPTY.fullmatch(text) else "text"
    return Entry(cell, *span, text, kind, value)


def _bare(cell: Cell, start: int, digits: str, unit: str = "", end: int = 0) -> Figure:
    plain = digits.replace(",", "")
    end = end or start + len(digits)
    return Figure(cell.text[start:end], Decimal(plain), unit, len(plain.partition(".")[2]), cell.place, (start, end))


def _pair(cell: Cell) -> tuple[str, Figure] | None:
    """The label and the figure of a cell that holds both."""
    if ":" not in cell.text and "：" not in cell.text or len(cell.text) > 60:
        return None
    folded = fold(cell.text)
    match = _PAIR.fullmatch(folded)
    if match is None or len(match[2]) > _LONGEST or _NO_PAIR.search(match[1]):
        return None
    figure = _bare(cell, match.start(2), match[2], match[3] or "", match.end(3) if match[3] else 0)
    return "".join(match[1].split()), figure


def entries_of(tables: Sequence[Table], figures: Mapping[Cell, Sequence[Figure]]) -> tuple[list[Entry], int, int]:
    """Return the entries of tables laid one under another, with the height and width of their grid."""
    pairs = {id(cell): pair for table in tables for cell in table.cells if (pair := _pair(cell))}
    columns = [cell.place.column or 0 for table in tables for cell in table.cells if id(cell) in pairs]
    split = sorted({c for c in columns if columns.count(c) >= 2}) if len(columns) < 400 else []
    found: list[Entry] = []
    height = 0
    for table in tables:
        for cell in table.cells:
            top, left = height + (cell.place.row or 0), cell.place.column or 0
            start, end = _moved(left, split), _moved(left + cell.columns, split)
            if left in split and id(cell) in pairs:
                found += _halves(cell, pairs[id(cell)], (top, start, cell.rows, end - start))
                continue
            entry = _entry(cell, figures.get(cell, ()), (top, start, cell.rows, end - start))
            if left in split and entry.kind == "value":
                entry = _entry(cell, figures.get(cell, ()), (top, start + 1, cell.rows, end - start - 1))
            found.append(entry)
        height += table.height
    return found, height, _moved(max((t.width for t in tables), default=0), split)


def _moved(column: int, split: Sequence[int]) -> int:
    return column + sum(c < column for c in split)


def _halves(cell: Cell, pair: tuple[str, Figure], span: Span) -> list[Entry]:
    label, figure = pair
    top, start, rows, columns = span
    return [Entry(cell, top, start, rows, 1, label, "text", None),
            Entry(cell, top, start + 1, rows, columns - 1, figure.text, "value", figure)]


def numbering(line: tuple[Entry | None, ...]) -> bool:
    """Tell whether a row only numbers the columns: 栏次 1 2 3, also 类 款 项 栏次 1 2=3+4 …, (1) (2), ① ②, A B C=A-B."""
    entries = list({id(e): e for e in line if e is not None and e.kind != "blank"}.values())
    own = max((e.row for e in entries), default=0)  # headings merged over several rows reach down to it
    words = [e.text for e in entries if e.row == own and not _NUMBER.fullmatch(e.text)]
    told = [match for e in entries if (match := _NUMBER.fullmatch(e.text))]
    if len(told) < 2 or any(e.value is not None and (e.value.decimals or e.value.unit) for e in entries):
        return False
    named = bool(words) and all(_NUMBERS.search(w) for w in words)
    if words and not named:
        return False
    if all(m["letter"] for m in told):
        return len(told) >= 3 and all(ord(b["letter"]) - ord(a["letter"]) == 1 for a, b in pairwise(told))
    if any(m["letter"] for m in told):
        return False
    plain = [int(numeric(m["number"])) if len(m["number"]) == 1 else int(m["number"]) for m in told if m["number"]]
    if any(m["formula"] for m in told):
        return all(n < 40 for n in plain)
    steps = {b - a for a, b in pairwise(plain)}
    if not steps:
        return False
    return min(steps) > 0 and max(plain) < 40 if named else steps == {1} and len(plain) >= 3 and plain[0] in (0, 1)


_NUMBERS = regex.compile(r"^(?:栏次|列次|行次|序号|栏|列|[(]?[甲乙丙丁][)]?|[类款项目]|类款项?|合计|公式|关系)$|栏次|列次|行次|所需")
_NUMBER = regex.compile(r"[(]?(?P<number>[0-9]{1,2}|[①-⑳])[)]?[栏列]?(?P<formula>=[0-9①-⑳()+×*÷/%＊\-]{2,40})?|[(]?(?P<letter>[A-Z])[)]?(?:=[A-Z()+×*÷/%\-]{1,40})?")
