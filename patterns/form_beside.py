"""分值、得分以外的分数栏：复核得分、扣分各栏的小计与合计，以本块分值为栏名的得分栏。

读：他人评分（复核得分、考评得分）一栏的小计和合计，扣分一栏的小计和合计；栏名只是一个数（如60）的各项得分，相加不超过、得满分的等于该数；
不读：有的指标没有复核得分的合计；以资金块另计分的合计。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["一级指标", "三级指标", "分值", "扣分", "得分"], ["产出", "植树", "12", "0", "12"], ["", "浇水", "8", "1.5", "6.5"],
...         ["", "补种", "5", "1", "4"], ["合计", "", "25", "2.5", "22.5"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> said = list(find(Report(Document("", "", (Table(cells, 5, 5, Place(table=1)),)))))
>>> [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in said]
[('2.5', ['0', '1.5', '1'])]
>>> rows = [["一级指标", "三级指标", "指标值", "完成值", "60"], ["产出指标", "修桥", "3座", "3座", "40"], ["效益指标", "受益", "5村", "5村", "20"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in find(Report(Document("", "", (Table(cells, 3, 5, Place(table=1)),))))]
[('60', ['40', '20'])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from fusuan.model import Figure, Reading, Statement
from fusuan.model.slip import misprinted
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.claims import nested
from fusuan.patterns.cues.indicators import mark_in
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Block, Form, Line, Total
from fusuan.patterns.forms.marks import earned_of, exact, fund_earned, fund_weight, included

_BLANK = "有的行没有写扣分"


def find(report: Report) -> Iterator[Statement]:
    for form in forms(report):
        for total in form.all_totals:
            for role in ("review", "deducted"):
                stated = mark_in(total.line.cells.get(role))
                if stated is not None and (role == "deducted" or total.part or not form.funds):
                    yield from _summed(form, total, role, stated)
            yield from _unknown(form, total)
        yield from (s for block in form.indicators for s in _headed(block))


def _headed(block: Block) -> Iterator[Statement]:
    """Marks under a heading that is their full mark: they come to it, or to less where some was lost."""
    head = block.heads.get("earned")
    points = mark_in(head) if head is not None and block.grid.text(head).isdigit() else None
    parts = earned_of(block.nodes)
    if points is not None and len(parts) > 1:
        yield Statement("marks", "score_sum", exact(replace(points, name="本块分值")), (Reading({"parts": tuple(parts)}),),
                        f"本块分值 {points.text}", {} if _sum(parts) == points.value else {"bound": "at least"})


def _unknown(form: Form, total: Total) -> Iterator[Statement]:
    """Columns of marks by raters that no heading tells: where every row has one within its full mark, and the total is their sum.

    Beside one that adds up a column that one misprinted digit keeps from it is meant so too.
    """
    columns = list(_raters(form, total))
    held = [stated for stated, parts in columns if stated.value == _sum(parts)]
    for stated, parts in columns:
        off = bool(held) and misprinted(stated.value, _sum(parts), stated.decimals)
        if stated in held or off and len(held) + 1 == len(columns):
            yield Statement("marks", "score_sum", exact(replace(stated, name=total.name)), (Reading({"parts": parts}),), total.line.quote,
                            guess=stated not in held)


def _sum(parts: Sequence[Figure]) -> Decimal:
    return sum((f.value for f in parts), Decimal(0))


def _raters(form: Form, total: Total) -> Iterator[tuple[Figure, tuple[Figure, ...]]]:
    """What a total states in each column that no heading tells, with the marks of all rows."""
    lines = _lines(form, total)
    grid = total.line.grid
    known = {id(cell) for line in (*lines, total.line) for cell in line.cells.values()}
    for column in range(grid.width) if len(lines) > 1 and lines[0].grid is grid and not form.funds else ():
        cell = grid.cells[total.line.row][column]
        if cell is None or id(cell) in known or cell.place.column != column or (stated := mark_in(cell)) is None:
            continue
        figures = [_within(line, column, known) for line in lines]
        if all(figures):
            yield stated, tuple(exact(f) for f in figures if f)


def _within(line: Line, column: int, known: set[int]) -> Figure | None:
    cell = line.grid.cells[line.row][column]
    weight = mark_in(line.cells.get("weight"))
    figure = mark_in(cell) if cell is not None and id(cell) not in known and cell.place.column == column else None
    return figure if figure is not None and weight is not None and 0 <= figure.value <= weight.value else None


def _summed(form: Form, total: Total, role: str, stated: Figure) -> Iterator[Statement]:
    lines = _lines(form, total) if included(total.line.cells["name"]) is None else []
    marked = [line for line in lines if mark_in(line.cells.get("earned")) is not None or role == "deducted"]
    cells = {id(cell): cell for line in marked if (cell := line.cells.get(role)) is not None}
    figures = [figure for cell in cells.values() if (figure := mark_in(cell)) is not None]
    if len(figures) < 2 or role == "review" and len(figures) < len(cells):
        return
    name = f"{total.name}{total.line.grid.text(form.indicators[-1].heads.get(role))}"
    parts = Reading({"parts": tuple(exact(f) for f in figures)})
    facts = {"doubt": _BLANK} if role == "deducted" and _short(total, stated, figures) else {}
    full, earned = (fund_weight(form, total), fund_earned(form, total)) if role == "deducted" and not total.part else (None, None)
    # what the funds block lost is taken off, too, though it has no cell for it
    lost = [Reading({"parts": (*parts["parts"], exact(full)), "minus": (exact(earned),)})] if full is not None and earned is not None else []
    yield nested(Statement("marks", "score_sum", exact(replace(stated, name=name)), (parts, *lost), total.line.quote, facts))


def _short(total: Total, stated: Figure, figures: Sequence[Figure]) -> bool:
    """Tell whether a total of deductions is what the marks say is lost, while the rows do not print it all."""
    lost = total.weight.value - total.earned.value if total.weight is not None and total.earned is not None else None
    return sum((f.value for f in figures), Decimal(0)) != stated.value == lost


def _lines(form: Form, total: Total) -> list[Line]:
    """The lines that a total adds up: all, or those since the subtotal before it."""
    leaves = form.since(total) if total.part else [leaf for node in form.under(total) for leaf in node.leaves()]
    return [leaf.line for leaf in leaves if leaf.line is not None]
