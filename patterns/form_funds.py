"""项目资金与执行率：自评表资金块、会计表中的比率、增减与结转。

读出执行率、到位率、完成率、控制率、占比各栏（表头印有算式的从其算式，未印的依名称，几种分母依次作读法），
增减额、增减率各栏，以及年初结转、收入、支出、年末结转的平衡。名称不足以断定分子分母的不读。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(rows):
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     return list(find(Report(Document("", "", (Table(cells, len(rows), len(rows[0]), Place(table=1)),)))))
>>> rows = [["资金来源", "全年预算数", "全年执行数", "执行率"], ["财政拨款", "60.00", "57.00", "95%"]]
>>> [(s.stated.text, [[f.text for f in fs] for fs in s.readings[0].roles.values()]) for s in found(rows)]
[('95%', [['57.00'], ['60.00']])]
>>> rows = [["资金来源", "批复文号", "执行数", "比率"], ["财政拨款", "甲", "57.00", "95%"]]
>>> found(rows)
[]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fusuan.model import Figure, Place, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.blame import failing_of, mended
from fusuan.patterns.amounts.changes import changes
from fusuan.patterns.amounts.found import sums_of
from fusuan.patterns.amounts.rates import rates
from fusuan.patterns.cues.amounts import as_money
from fusuan.patterns.figures.numbers import figure_in
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Line
from fusuan.patterns.forms.marks import fund_line
from fusuan.patterns.grids.grid import sections


def find(report: Report) -> Iterator[Statement]:
    seen: set[Place] = set()
    for section in sections(report):
        failing = failing_of(sums_of(section))
        for rate in rates(section):
            seen.add(rate.place)
            yield mended(rate, failing)
        yield from changes(section)
    for form in forms(report):
        for block in form.funds:
            line = fund_line(block)
            if line is not None:
                yield from _executed(line, seen)


def _executed(line: Line, seen: set[Place]) -> Iterator[Statement]:
    """The rate of the line that carries the mark, where the columns did not show it (what stands below is no block of funds)."""
    stated, above = _figure(line, "rate"), _figure(line, "executed")
    below = [f for role in ("budget", "initial") if (f := _figure(line, role)) is not None and f.value]
    if stated is None or stated.place in seen or above is None or not below:
        return
    stated = replace(stated, name=f"{line.text('name')}执行率"[:40])
    readings = tuple(Reading({"numerator": (as_money(above, "执行数"),), "denominator": (as_money(f, "预算数"),)}) for f in below)
    yield Statement("rate", "rate", stated, readings, line.quote, guess=True)


def _figure(line: Line, role: str) -> Figure | None:
    cell = line.cells.get(role)
    return figure_in(cell.text, cell.place) if cell is not None else None
