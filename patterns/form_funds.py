"""项目资金与执行率：自评表资金块、会计表中的比率、增减与结转。

读出执行率、到位率、完成率、控制率、占比各栏（表头印有算式的从其算式，未印的依名称，几种分母依次作读法），
增减额、增减率各栏，以及年初结转、收入、支出、年末结转的平衡。名称不足以断定分子分母的不读。
"""

from __future__ import annotations

from collections.abc import Iterator

from model import Statement
from patterns._grid import grids
from patterns._money_changes import changes
from patterns._money_rates import rates
from patterns._report import Report


def find(report: Report) -> Iterator[Statement]:
    for grid in grids(report):
        for section in grid.sections:
            yield from rates(section)
            yield from changes(section)
