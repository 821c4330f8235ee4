"""成对写的资金与执行率：预算数、执行数逐对写明（名称 | 金额），执行率写在旁边或下方的格里。

读：执行率、到位率、支出进度的名称右边或下边一格写有比率，同一块各行里恰有所需的两项金额的；
不读：有栏名的表（另由栏名读），同名的金额有几处的，目标、指标一栏的完成率。合不上时，须有一般笔误可以解释，或名称写明算式，才判不符。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(*rows):
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     said = find(Report(Document("", "", (Table(cells, len(rows), len(rows[0]), Place(table=1)),))))
...     return [(s.stated.text, [f.text for f in (*s.readings[0]["numerator"], *s.readings[0]["denominator"])], s.guess) for s in said]
>>> found(["预算数(A)", "40万", "执行率(B/A)"], ["执行数(B)", "32万", "80%"])
[('80%', ['32万', '40万'], False)]
>>> found(["任务数", "40件", "完成率"], ["办结数", "32件", "80%"])
[]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Figure, Place, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.rates import rates
from fusuan.patterns.cues.amounts import as_money, is_rate, kind_of, rank
from fusuan.patterns.cues.binding import bind
from fusuan.patterns.grids.entries import Entry
from fusuan.patterns.grids.grid import Grid, grids

_NAMED = regex.compile(r"执行|到位|支出|使用|支付|拨付")
_ABOVE = 2
"""So many rows above the rate its amounts may begin."""


def find(report: Report) -> Iterator[Statement]:
    for grid in grids(report):
        named = [e for e in grid.entries if e.kind == "text" and len(e.text) < 24 and is_rate(e.text) and kind_of(e.text) == "rate"
                 and _NAMED.search(e.text)]
        told = {s.place for section in grid.sections for s in rates(section)} if named else set[Place]()
        for entry in named:
            value = _value(grid, entry)
            if value is not None and value.value is not None and value.value.place not in told:
                yield from _rate(grid, entry, value)


def _value(grid: Grid, name: Entry) -> Entry | None:
    """The rate right of its name, else below it."""
    for row, column in ((name.row, name.column + name.columns), (name.row + name.rows, name.column)):
        entry = grid.lines[row][column] if row < grid.height and column < grid.width else None
        if entry is not None and entry.kind != "blank":
            return entry if entry.kind == "value" and (entry.row, entry.column) == (row, column) else None
    return None


def _rate(grid: Grid, name: Entry, value: Entry) -> Iterator[Statement]:
    pairs = list(_pairs(grid, max(0, name.row - _ABOVE), value.row + value.rows))
    bound = bind(name.text, [label for label, _ in pairs])
    stated = value.value
    if bound is None or stated is None or stated.dimension not in ("rate", ""):
        return
    labels = [label for label, _ in pairs]
    if any(labels.count(labels[n]) > 1 for n in (bound.above, *bound.below)):
        return
    above, *below = (as_money(pairs[n][1], labels[n]) for n in (bound.above, *bound.below))
    said = replace(stated, unit="%" if not stated.unit and stated.value > 1 else stated.unit, name=name.text)
    readings = tuple(Reading({"numerator": (above,), "denominator": (f,)}) for f in below if f.value)
    if readings:
        facts = {} if said.unit else {"as": "fraction"}
        yield Statement("rate", "rate", said, readings, f"{name.text} {stated.text}", facts, guess=not bound.printed)


def _pairs(grid: Grid, first: int, end: int) -> Iterator[tuple[str, Figure]]:
    """The names of amounts, each with the amount in the next cell of its row."""
    for row in range(first, min(end, grid.height)):
        for label, value in zip(grid.lines[row], grid.lines[row][1:], strict=False):
            if label is None or value is None or label is value or (label.kind, value.kind) != ("text", "value") or value.row != row:
                continue
            if label.row == row and kind_of(label.text) == "amount" and not rank(label.text) and value.value is not None:
                yield label.text, value.value
