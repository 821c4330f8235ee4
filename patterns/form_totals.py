"""会计表合计：合计、小计、总计、其中各行各列。

读出表中合计行、小计行、其中各行（按编号、科目编码、缩进、合并单元格分层）与合计列；单价、分值、比率等不可加的列不读。
其中只列一部分、版式只是像合计的，合不上时不判不符；同一张表别的列已证明其口径的，才作准。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(rows):
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     return list(find(Report(Document("", "", (Table(cells, len(rows), len(rows[0]), Place(table=1)),)))))
>>> rows = [["支出项目", "决算数（万元）", "单价"], ["绿化养护", "12.50", "3"], ["路灯维修", "7.30", "4"], ["合计", "19.80", "9"]]
>>> [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in found(rows)]
[('19.80', ['12.50', '7.30'])]
"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.model import Statement
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.found import sums_of
from fusuan.patterns.grids.grid import sections


def find(report: Report) -> Iterator[Statement]:
    for section in sections(report):
        yield from sums_of(section)
