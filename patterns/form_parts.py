"""编号指标的分项相加：一、示范区 = 1、… + 2、… + 3、…，指标值、完成值、分值、得分各栏。

读：同一组里编号低一级的各行紧接在编号高一级的一行之后、且至少两栏（如指标值与得分）都相加相符的；
不读：只有一栏相符的，比率和文字，没有编号的行。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(*rows):
...     rows = [["一级指标", "三级指标", "指标值", "完成值", "得分"], *rows]
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     said = find(Report(Document("", "", (Table(cells, len(rows), 5, Place(table=1)),))))
...     return [(s.stated.text, [f.text for f in s.readings[0]["parts"]], s.guess) for s in said]
>>> found(["产出", "一、种树", "≥90株", "90株", "8"], ["", "1、松树", "≥60株", "60株", "5"], ["", "2、柏树", "≥30株", "30株", "3"])[:2]
[('90株', ['60株', '30株'], False), ('90株', ['60株', '30株'], False)]
>>> found(["产出", "一、种树", "≥90株", "95株", "8"], ["", "1、松树", "≥60株", "60株", "8"], ["", "2、柏树", "≥20株", "30株", "8"])
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.claims import alike, fits
from fusuan.patterns.cues.indicators import mark_in
from fusuan.patterns.figures.numbers import figure_in
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Line, Node
from fusuan.patterns.forms.tree import rank_of
from fusuan.patterns.text.squeeze import squeeze

_ROLES = ("target", "measured", "weight", "earned")
_MARKS = ("weight", "earned")
_LEAST = 2
"""In so many columns the rows must add up before they are taken for parts."""


@dataclass(frozen=True, slots=True)
class _Sum:
    role: str
    stated: Figure
    parts: tuple[Figure, ...]

    @property
    def holds(self) -> bool:
        return fits(self.stated, self.parts, ())


def find(report: Report) -> Iterator[Statement]:
    for form in forms(report):
        for siblings in _lists(form.nodes):
            for head, rows in _families(siblings):
                yield from _said(head, rows)


def _lists(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """The rows that stand side by side under one group, group by group."""
    stack = [list(nodes)]
    while stack:
        siblings = stack.pop()
        yield [node for node in siblings if node.line is not None and not node.children]
        stack += [node.children for node in siblings if node.children]


def _families(rows: Sequence[Node]) -> Iterator[tuple[Node, list[Node]]]:
    """Each numbered row with the rows right below it whose number is of a lower kind."""
    ranks = [rank_of(squeeze(node.cell.text)) for node in rows]
    for place, rank in enumerate(ranks):
        under: list[Node] = []
        for at in range(place + 1, len(rows)):
            own = ranks[at]
            if rank is None or own is None or own <= rank or under and own != ranks[place + 1]:
                break
            under.append(rows[at])
        if len(under) >= 2:
            yield rows[place], under


def _said(head: Node, under: Sequence[Node]) -> Iterator[Statement]:
    """The sums of a row, where two columns or more prove that it is made of those below it."""
    sums = [one for role in _ROLES if (one := _sum(role, head.line, [node.line for node in under])) is not None]
    held = [one for one in sums if one.holds]
    if len(held) < _LEAST or len(held) <= len(sums) - len(held):
        return
    for one in sums:
        mark = one.role in _MARKS
        label = {"weight": "weight_sum", "earned": "score_sum"}.get(one.role, "sum")
        stated = replace(one.stated, name=head.name)
        yield Statement("marks" if mark else "parts", label, stated, (Reading({"parts": one.parts}),),
                        head.line.quote if head.line is not None else "", guess=len(sums) > len(held) + 1)


def _sum(role: str, head: Line | None, under: Sequence[Line | None]) -> _Sum | None:
    stated, parts = _figure(role, head), [_figure(role, line) for line in under]
    told = tuple(figure for figure in parts if figure is not None)
    if stated is None or not stated.value or len(told) < len(parts) or stated.dimension == "rate" or not alike(stated, told):
        return None
    return _Sum(role, stated, told)


def _figure(role: str, line: Line | None) -> Figure | None:
    cell = line.cells.get(role) if line is not None else None
    if cell is None:
        return None
    return mark_in(cell) if role in _MARKS else figure_in(cell.text, cell.place)
