"""平均数行：表中“平均”行，以及合计行里其实是平均数的得分、比率。

读：名称含“平均”的行，及合计行中恰为各行平均数的一栏；不读：与平均数不符、行名又没有写明平均的。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["项目", "预算", "自评分"], ["甲", "12.5", "96.84"], ["乙", "7.3", "91.42"], ["丙", "8.2", "88.15"], ["合计/平均", "28.0", "92.14"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> found = find(Report(Document("", "", (Table(cells, 5, 3, Place(table=1)),))))
>>> [(s.stated.text, [f.text for f in s.readings[0]["dividend"]], s.facts) for s in found]
[('92.14', ['96.84', '91.42', '88.15'], {'over': '3'})]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._money_found import averages, is_average
from fusuan.patterns._report import Report
from fusuan.patterns.grids.grid import Section, grids


def find(report: Report) -> Iterator[Statement]:
    for grid in grids(report):
        for section in grid.sections:
            yield from _averaged(section)


def _averaged(section: Section) -> Iterator[Statement]:
    for row, means in averages(section).items():
        held = [stated for stated, parts in means if is_average(stated, parts)]
        for stated, parts in means if held else ():
            named = _named(section, row, stated)
            if named or stated in held and stated.dimension != "rate":
                yield _statement(section, row, stated, parts)


def _named(section: Section, row: int, stated: Figure) -> bool:
    """Tell whether a row is named an average and nothing else."""
    column = next(c for c in section.columns if c.index == stated.place.column)
    label = section.label(row, column)
    return label is not None and "平均" in label.text and "计" not in label.text


def _statement(section: Section, row: int, stated: Figure, parts: Sequence[Figure]) -> Statement:
    reading = Reading({"dividend": tuple(replace(f, unit="") for f in parts)})
    return Statement("product", "rate", replace(stated, unit=""), (reading,), section.quote(row), {"over": str(len(parts))})
