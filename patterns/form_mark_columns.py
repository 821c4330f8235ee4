"""汇总表各行得分：各项得分（执行率得分、产出得分等列）相加等于总分列。

一行一个单位或项目、各部分得分分列的表；同表有两行以上相符时才读，不符的多于一行时只作提示。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["项目", "产出得分", "效益得分", "总分"], ["甲", "48", "29.5", "77.5"], ["乙", "50", "26", "76"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> said = find(Report(Document("", "", (Table(cells, 3, 4, Place(table=1)),))))
>>> [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in said]
[('77.5', ['48', '29.5']), ('76', ['50', '26'])]
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.claims import fits
from fusuan.patterns.cues.amounts import bare
from fusuan.patterns.cues.indicators import role_of, words
from fusuan.patterns.forms.marks import exact
from fusuan.patterns.grids.grid import Column, Section, sections

_MOST = 30
_POINTS = re.compile(r"\([0-9]{1,3}(?:\.[0-9])?分\)$")
Seen = tuple[Figure, tuple[Figure, ...], str]


def find(report: Report) -> Iterator[Statement]:
    for section in sections(report):
        yield from _summed(section)


def _summed(section: Section) -> Iterator[Statement]:
    columns = [c for c in section.columns if c.heads]
    whole = next((c for c in columns if bare(c.last) in words("total", "names") and bare(c.last) not in ("合计", "总计")), None)
    if whole is None:
        return
    parts = _beside(columns, whole)
    if not 2 <= len(parts) <= _MOST:
        return
    seen = [row for at in section.body if (row := _row(section, at, whole, parts)) is not None]
    held = sum(fits(stated, figures, ()) for stated, figures, _ in seen)
    if held < 2 or held * 2 <= len(seen):
        return
    for stated, figures, quote in seen:
        yield Statement("marks", "score_sum", stated, (Reading({"parts": figures}),), quote, guess=len(seen) - held > 1)


def _beside(columns: Sequence[Column], whole: Column) -> list[Column]:
    """The run of columns of marks next to the total, left of it or else right."""
    place = columns.index(whole)
    for run in (columns[:place][::-1], columns[place + 1:]):
        found: list[Column] = []
        for column in run:
            if role_of(column.last) != "earned" and not _POINTS.search(column.last):
                break
            found.append(column)
        if found:
            return sorted(found, key=lambda c: c.index)
    return []


def _row(section: Section, row: int, whole: Column, parts: Sequence[Column]) -> Seen | None:
    stated = section.value(row, whole)
    figures = [f for c in parts if (f := section.value(row, c)) is not None and f.dimension != "rate"]
    if stated is None or stated.dimension == "rate" or len(figures) < 2:
        return None
    return exact(replace(stated, name=f"{stated.name}{whole.last}"[:40])), tuple(map(exact, figures)), section.quote(row)
