"""表中某率（执行率、控制率、满意度等）一行的得分：行内没有印评分标准的，供所选评分方案（--scheme）核对。

没有选评分方案的不核对；行内或表头印有评分标准的由其他读法按表中的标准核对。分值总是取自表中。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["三级指标", "分值", "目标值", "完成值", "得分"], ["公用经费控制率", "8", "≤100%", "96.2", "8"], ["植树", "6", "9株", "9株", "6"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> said = list(find(Report(Document("", "", (Table(cells, 3, 5, Place(table=1)),)))))
>>> [(s.stated.name, s.stated.text, s.readings[0]["measured"][0].base) for s in said]
[('公用经费控制率', '8', Decimal('96.2'))]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.figures.numbers import figure_in, figures_in
from fusuan.patterns.form_indicators import arrived
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Line, Node
from fusuan.patterns.forms.marks import Sharing, exact, is_raw

_RATES = ("率", "满意度")


def find(report: Report) -> Iterator[Statement]:
    for form in forms(report):
        if is_raw(form):
            continue
        sharing = Sharing(form)
        for leaf in form.leaves:
            if leaf.line is not None and leaf.name.endswith(_RATES) and not leaf.line.text("rule") and sharing.alone(leaf):
                yield from _marked(leaf, leaf.line)


def _marked(leaf: Node, line: Line) -> Iterator[Statement]:
    measured = _measured(line)
    if leaf.earned is None or leaf.weight is None or measured is None:
        return
    stated = exact(replace(leaf.earned, name=leaf.name))
    reading = Reading({"measured": (measured,), "full": (exact(leaf.weight),)})
    yield Statement("score", "score_rule", stated, (reading,), line.quote, {"by": "scheme"})


def _measured(line: Line) -> Figure | None:
    """The rate of a row in percent: the value in its column, else the one its explanation arrives at."""
    cell = line.cells.get("measured")
    figure = figure_in(cell.text, cell.place, line.text("unit")) if cell is not None else None
    if figure is None and (note := line.cells.get("note")) is not None:
        figure = next(iter(arrived(note.text, figures_in(note.text, note.place))), None)
    if figure is None or figure.dimension not in ("", "rate") or figure.sign not in ("", "="):
        return None
    if figure.unit:
        return figure
    # 0.95 under a rate is 95%, and so is 95
    value = figure.value.scaleb(2) if 0 < abs(figure.value) <= 1 and figure.decimals else figure.value
    return replace(figure, value=value, unit="%")
