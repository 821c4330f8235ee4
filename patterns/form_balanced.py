"""左右两栏的总计相等：收支总表中收入总计与支出总计。

读：一张表左右并列收入与支出（资金来源与运用、资产与负债），同一行两边都写“总计”的；不读：只是并列、并不平衡的清单，“合计”“小计”行。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["收入", "金额", "支出", "金额"], ["财政拨款", "86.40", "基本支出", "70.15"], ["其他", "3.60", "项目支出", "19.85"], ["总计", "90.00", "总计", "90.00"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> found = find(Report(Document("", "", (Table(cells, 4, 4, Place(table=1)),))))
>>> [(s.stated.text, s.readings[0]["parts"][0].place.column) for s in found]
[('90.00', 1)]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.cues.amounts import kind_of
from fusuan.patterns.grids.grid import Column, Section, by_labels, sections

_TOTAL = regex.compile(r"^(?P<side>.{0,6}?)总\s*计$")
_SIDES = (("收入", "支出"), ("来源", "运用"), ("来源", "占用"), ("资产", "负债"))
_LAST = 6
"""The line of totals stands among the last rows."""


def find(report: Report) -> Iterator[Statement]:
    for section in sections(report):
        yield from _balanced(section)


def _balanced(section: Section) -> Iterator[Statement]:
    sides = by_labels(c for c in section.columns if c.labels and kind_of(c.last) == "amount")
    if len(sides) != 2 or len(sides[0]) != 1:
        # of several columns of income nobody knows which is that of the spending
        return
    left, right = sides[0][0], sides[1][0]
    for row in section.body[-_LAST:]:
        stated, other = section.value(row, right), section.value(row, left)
        if stated is not None and other is not None and stated.place.row == other.place.row and _opposed(section, row, left, right):
            yield Statement("parts", "cross", stated, (Reading({"parts": (replace(other, unit=stated.unit),)}),), section.quote(row))


def _opposed(section: Section, row: int, left: Column, right: Column) -> bool:
    """Tell whether both sides of a row are totals, of what comes in and of what goes out."""
    labels = [section.label(row, column) for column in (left, right)]
    named = [match["side"] for label in labels if label is not None and (match := _TOTAL.match(label.text))]
    if len(named) != 2:
        return False
    over = [(named[n] or "".join(section.heads(column.labels[-1])) or column.head) for n, column in enumerate((left, right))]
    return any(a in over[0] and b in over[1] and b not in over[0] for a, b in _SIDES)
