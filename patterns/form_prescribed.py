"""附注规定的分值：一级指标分值与表注规定的一致。

读：表注“一级指标分值统一设置为：产出指标50分、效益指标30分……”（合计100分）与各组名称里印的分值；
不读：没有印分值的组，注里没有提到的组；注里写明“原则上”“可调整”的，不一致时只作提示。

>>> from fusuan.model import Cell, Document, Paragraph, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(note):
...     rows = [["一级指标", "三级指标", "分值", "得分"], ["产出指标（60分）", "植树", "60", "60"], ["效益指标（30分）", "增绿", "30", "30"]]
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     blocks = (Table(cells, 3, 4, Place(table=1)), Paragraph(note, Place(paragraph=2)))
...     return [(s.stated.text, s.readings[0]["other"][0].text) for s in find(Report(Document("", "", blocks)))]
>>> found("注：一级指标分值统一为：产出指标50分、效益指标40分、预算执行率10分。")
[('60分', '50分'), ('30分', '40分')]
>>> found("注：产出指标和效益指标分值由各单位确定，本项目自评100分。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fusuan.model import Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Node
from fusuan.patterns.forms.prescribed import Prescribed, prescribed

_LEEWAY = "附注允许另定分值"


def find(report: Report) -> Iterator[Statement]:
    fixed = prescribed(report)
    for form in forms(report) if fixed is not None else ():
        for node in form.nodes:
            if fixed is not None and node.weight is not None and (statement := _against(fixed, node)) is not None:
                yield statement


def _against(fixed: Prescribed, node: Node) -> Statement | None:
    """The points a group prints for itself, held against those of the note."""
    other = fixed.of(node.name)
    if other is None or node.weight is None or node.weight.place == other.place:
        return None
    name = node.name.split("(")[0].split("（")[0]
    stated = replace(node.weight, unit="分", name=f"{name}分值")
    doubt = {"doubt": _LEEWAY} if fixed.open_ else {}
    return Statement("mention", "score_rule", stated, (Reading({"other": (replace(other, unit="分", name=f"附注规定的{name}分值"),)}),),
                     " ".join(node.cell.text.split()), doubt)
