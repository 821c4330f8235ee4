"""加权得分：栏名里印有权重（50%）的各栏，按权重相加得出的一栏。

读：栏名末尾的权重合计为100%的各栏，和恰为其加权之和的一栏，三行以上成立才算；多数行成立而个别行不成立的，判那一行不符；
不读：权重合计不是100%的，没有一栏是加权之和的，有一栏没有填的行。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(*rows):
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     return [(s.stated.text, [f.text for f in s.figures[1:]]) for s in find(Report(Document("", "", (Table(cells, len(rows), len(rows[0]), Place(table=1)),))))]
>>> rows = [["东街", "88.4", "91.0", "89.18"], ["西街", "90.6", "92.5", "91.17"], ["南街", "84.2", "79.5", "82.79"], ["北街", "71.0", "80.0", "77.30"]]
>>> found(["片区", "检查（70%）", "测评（30%）", "月度得分"], *rows)[-1]
('77.30', ['70%', '71.0', '30%', '80.0'])
>>> found(["片区", "检查（70%）", "测评（40%）", "月度得分"], *rows), found(["片区", "检查（70%）", "测评（30%）", "上月得分"], *rows[1:])
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.model.quantity import half_of
from fusuan.patterns._report import Report
from fusuan.patterns.grids.grid import Column, Section, by_labels, sections
from fusuan.patterns.text.fold import fold

_WEIGHT = regex.compile(r"[(:]?(?:权重|占比?|按)?:?(?P<weight>[0-9]{1,2}(?:\.[0-9]+)?)%\)?$")
_LEAST = 3
"""So many rows must come out, and three times as many as do not."""
_LONGEST = 2000
Row = tuple[Figure, tuple[Figure, ...], int]
"""What is stated, the weights and the marks in turn, the number of the row."""


def find(report: Report) -> Iterator[Statement]:
    for section in sections(report):
        for columns in by_labels(section.columns):
            weights = {c.index: weight for c in columns if (weight := _weight(section, c)) is not None}
            if len(weights) > 1 and sum(weight.value for weight in weights.values()) == 1:
                yield from _weighted(section, columns, weights)


def _weight(section: Section, column: Column) -> Figure | None:
    """The weight that ends the heading of a column."""
    for row in reversed(section.header):
        entry = section.grid.lines[row][column.index]
        if entry is not None and entry.columns == 1 and (match := _WEIGHT.search(fold(entry.text).replace(" ", ""))):
            # of no decimals, as a weight is what it says: 50% is not 49.6% rounded
            return Figure(f"{match['weight']}%", Decimal(match["weight"]) / 100, "", 0, entry.cell.place, name="权重")
    return None


def _weighted(section: Section, columns: Sequence[Column], weights: dict[int, Figure]) -> Iterator[Statement]:
    """What the column states that most rows show to be the weighted sum: the nearest behind the weights, or before them."""
    last = max(weights)
    for column in sorted((c for c in columns if c.index not in weights), key=lambda c: (c.index < last, abs(c.index - last))):
        rows = list(_rows(section, column, weights, [c for c in columns if c.index in weights]))
        held = {stated.value for stated, operands, _ in rows if _comes_out(stated, operands)}
        lost = sum(not _comes_out(stated, operands) for stated, operands, _ in rows)
        if len(held) >= _LEAST and len(held) >= _LEAST * lost:
            template = "+".join("#×#" for _ in weights)
            for stated, operands, row in rows:
                yield Statement("formula", "score_sum", stated, (Reading({"operands": operands}),), section.quote(row), {"expression": template})
            return


def _rows(section: Section, column: Column, weights: dict[int, Figure], marks: Sequence[Column]) -> Iterator[Row]:
    for row in section.body[:_LONGEST]:
        stated, figures = section.value(row, column), [section.value(row, c) for c in marks]
        given = [f for f in figures if f is not None and f.dimension != "rate"]
        if stated is not None and stated.dimension != "rate" and len(given) == len(weights):
            yield stated, tuple(f for c, mark in zip(marks, given, strict=True) for f in (weights[c.index], mark)), row


def _comes_out(stated: Figure, operands: Sequence[Figure]) -> bool:
    """Tell whether marks, each after its weight, come to what is stated but for rounding: evidence, not a verdict."""
    value = sum((weight.value * mark.value for weight, mark in zip(operands[::2], operands[1::2], strict=True)), Decimal(0))
    return abs(stated.value - value) <= half_of(stated, stated.decimals)
