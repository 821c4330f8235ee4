"""得分一栏以本块分值为栏名：各项得分相加不超过、得满分的等于该分值。

读：栏名只是一个数（如60）、其下是各项得分的表；各项相加等于该数的为相符，超过的为不符，不足的按有失分看待。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["一级指标", "三级指标", "指标值", "完成值", "60"], ["产出指标", "修桥", "3座", "3座", "40"], ["效益指标", "受益", "5村", "5村", "20"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in find(Report(Document("", "", (Table(cells, 3, 5, Place(table=1)),))))]
[('60', ['40', '20'])]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fusuan.model import Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.cues.indicators import mark_in
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.marks import earned_of, exact


def find(report: Report) -> Iterator[Statement]:
    for form in forms(report):
        for block in form.indicators:
            head = block.heads.get("earned")
            points = mark_in(head) if head is not None and block.grid.text(head).isdigit() else None
            parts = earned_of(block.nodes)
            if points is not None and len(parts) > 1:
                whole = sum(part.value for part in parts) == points.value
                yield Statement("marks", "score_sum", exact(replace(points, name="本块分值")), (Reading({"parts": tuple(parts)}),),
                                f"本块分值 {points.text}", {} if whole else {"bound": "at least"})
