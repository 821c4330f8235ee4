"""会计表合计：合计、小计、总计、其中各行各列。

读出表中合计行、小计行、其中各行（按编号、科目编码、缩进、合并单元格分层）与合计列；单价、分值、比率等不可加的列不读。
其中只列一部分、版式只是像合计的，合不上时不判不符；同一张表别的列已证明其口径的，才作准。
"""

from __future__ import annotations

from collections.abc import Iterator

from model import Statement
from patterns._grid import grids
from patterns._money_claims import explained
from patterns._money_columns import across
from patterns._money_sums import down, is_funds
from patterns._report import Report


def find(report: Report) -> Iterator[Statement]:
    for grid in grids(report):
        for section in grid.sections:
            yield from explained([*down(section, is_funds(section)), *across(section)])
