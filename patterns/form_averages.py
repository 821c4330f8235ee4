"""平均数行：表中“平均”行，以及合计行里其实是平均数的得分、比率。

读：名称含“平均”的行，及合计行中恰为各行平均数的一栏；
不读：与平均数不符、行名又没有写明平均的；不符的比率、单价、人均数（多按总量加权，不是各行的简单平均）。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(*rows):
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     return list(find(Report(Document("", "", (Table(cells, len(rows), len(rows[0]), Place(table=1)),)))))
>>> said = found(["项目", "预算", "自评分"], ["甲", "12.5", "96.84"], ["乙", "7.3", "91.42"], ["丙", "8.2", "88.15"], ["合计/平均", "28.0", "92.14"])
>>> [(s.stated.text, [f.text for f in s.readings[0]["dividend"]], s.facts) for s in said]
[('92.14', ['96.84', '91.42', '88.15'], {'over': '3'})]
>>> [s.stated.text for s in found(["单位", "预算数", "执行数", "执行率"], ["东岸", "412.50", "396.00", "96.00%"],
...                               ["西岸", "96.00", "81.60", "85.00%"], ["平均", "254.25", "238.80", "93.92%"])]
['254.25', '238.80']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.claims import is_average
from fusuan.patterns.cues.amounts import kind_of, rank
from fusuan.patterns.grids.grid import Column, Section, sections

_LONGEST = 400
_HABIT = 2
"""So many columns of which a row states the mean make it likely that the one other is a mean too, but for a slip."""


def find(report: Report) -> Iterator[Statement]:
    for section in sections(report):
        yield from _averaged(section)


def _averaged(section: Section) -> Iterator[Statement]:
    for row, means in _means(section).items():
        way = max(range(2), key=lambda n: sum(is_average(stated, parts[n]) for stated, *parts in means))
        held = {stated.place for stated, *parts in means if is_average(stated, parts[way])}
        lost = [stated for stated, *_ in means if stated.place not in held and _told(section, row, stated, False)]
        for stated, *parts in means:
            if stated.place in held and _told(section, row, stated, True):
                yield _statement(section, row, stated, parts[way])
            elif lost == [stated] and len(held) >= _HABIT:
                # one that is not the mean, in a row of means
                yield replace(_statement(section, row, stated, parts[way]), guess=True)


Mean = tuple[Figure, tuple[Figure, ...], tuple[Figure, ...]]
"""What may be a mean: of all rows above it, or of those since the last total or mean."""


def _means(section: Section) -> dict[int, list[Mean]]:
    """Return by row the figures of rows named totals or averages, each with those of the rows above it that are neither."""
    found: dict[int, list[Mean]] = {}
    for column in section.columns:
        parts: list[Figure] = []
        since = 0
        for row in section.body[:_LONGEST]:
            label, figure = section.label(row, column), section.value(row, column)
            if label is None or figure is None and not rank(label.text):
                continue
            if not rank(label.text) and "平均" not in label.text:
                parts += [figure] if figure is not None else []
                continue
            if len(parts) >= 2 and figure is not None:
                found.setdefault(row, []).append((figure, tuple(parts), tuple(parts[since:])))
            since = len(parts)
    return found


def _told(section: Section, row: int, stated: Figure, held: bool) -> bool:
    """Tell whether a mean is meant: of amounts and marks where the row says so; rates and prices are weighed, more often than not."""
    column = next(c for c in section.columns if c.index == stated.place.column)
    rate, named = stated.dimension == "rate", _named(section, row, column)
    if held:
        return named or not rate
    return not rate and kind_of(column.last) in ("amount", "mark")


def _named(section: Section, row: int, column: Column) -> bool:
    """Tell whether a row is named an average and nothing else."""
    label = section.label(row, column)
    return label is not None and "平均" in label.text and not any(word in label.text for word in "计总汇")


def _statement(section: Section, row: int, stated: Figure, parts: Sequence[Figure]) -> Statement:
    reading = Reading({"dividend": tuple(replace(f, unit="") for f in parts)})
    return Statement("product", "rate", replace(stated, unit=""), (reading,), section.quote(row), {"over": str(len(parts))})
