"""没有表头可依的指标行：行内自己写明方向和指标值（“≥18处｜17处”“≧｜18｜处｜17”），连同前后的分值、得分。

只读失去表线、表头与列对不上的表；有表头可依的由指标表一类读。组名括号里写着分值的（产出指标(50分)），与其下各行分值之和核对，
行不全的不判。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.label, s.stated.text, s.facts.get("state", ""), len(s.figures)) for s in find(Report(document))]
>>> found("产出指标(15分) | 数量指标", "修补路灯数 | 5 | >=18处 | 17处 | 5", "发放标准 | 10 | >=50元/人*月 | 52元/人*月 | 10")
[('target', '5', 'unmet', 5), ('target', '10', 'met', 5), ('weight_sum', '15分', '', 3)]
>>> found("数量指标 | 修补路灯数 | ≧ | 18 | 处 | 19 | 10 | 10", "质量指标 | 完好率 | ≧ | 95 | % | 96% | 10 | 10")
[('target', '10', 'met', 5), ('target', '10', 'met', 5)]
>>> found("项目 | 单价 | 数量", "甲 | 18 | 17", "乙 | 5 | 6")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from fusuan.model import Cell, Figure, Place, Reading, Statement, Table, Words
from fusuan.patterns._report import Report
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.values import Aim, aim_of
from fusuan.patterns.text.fold import fold

_SIGN = regex.compile(r"[≥≤><=]|>=|<=")
_AIM = regex.compile(r"(?:[≥≤><]=?|=)\s?[0-9][0-9,.]*\s?(?P<unit>(?!.*不明)[^0-9]{0,10})")
_VALUE = regex.compile(r"[0-9][0-9,.]*\s?(?P<unit>(?!.*不明)[^0-9]{0,10})")
_POINTS = regex.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?(?:分)?")
_UNIT = regex.compile(r"(?!.*不明)[^0-9≥≤><=]{1,6}")
_GROUP = regex.compile(r"(?:[\u4e00-\u9fff]{2,8}指标|[\u4e00-\u9fff]{2,8}效益)\s?\((?P<points>[0-9]{1,3})\s?分\)")


@dataclass(frozen=True, slots=True)
class _Row:
    """A row that tells its own target: where it begins and ends among the cells, its marks and what it aims at."""

    begin: int
    end: int
    name: str
    aim: Aim
    wanted: str
    measured: str
    place: Place
    full: Figure | None
    earned: Figure | None


def find(report: Report) -> Iterator[Statement]:
    read = {cell for form in forms(report) for leaf in form.leaves if leaf.line is not None for cell in leaf.line.cells.values()}
    for table in report.tables:
        if table.place.table is None and not any(cell in read for cell in table.cells):
            cells = [cell for cell in _in_order(table) if cell.text.strip()]
            texts = [_folded(cell.text) for cell in cells]
            rows = list(_rows(cells, texts))
            yield from (_statement(cells, row) for row in rows)
            yield from _groups(cells, texts, rows)


def _in_order(table: Table) -> list[Cell]:
    return sorted(table.cells, key=lambda c: (c.place.row or 0, c.place.column or 0))


def _folded(text: str) -> str:
    return fold(text).strip().replace("═", "=")


def _rows(cells: Sequence[Cell], texts: Sequence[str]) -> Iterator[_Row]:
    last = 0
    for at, text in enumerate(texts):
        if at >= last and (row := _plain(cells, texts, at) if _AIM.fullmatch(text) else _parted(cells, texts, at) if _SIGN.fullmatch(text) else None):
            last = row.end
            yield row


def _plain(cells: Sequence[Cell], texts: Sequence[str], at: int) -> _Row | None:
    """≥18处｜17处, the full mark before or behind."""
    value = _VALUE.fullmatch(texts[at + 1]) if at + 1 < len(texts) else None
    aimed = _AIM.fullmatch(texts[at])
    if value is None or aimed is None or value["unit"].strip() != aimed["unit"].strip():
        return None
    before = at > 1 and bool(_POINTS.fullmatch(texts[at - 1]))
    full, earned = (at - 1, at + 2) if before else (at + 2, at + 3)
    return _row(cells, texts, (at - 2 if before else at - 1, at, at + 1, full, earned), "", "")


def _parted(cells: Sequence[Cell], texts: Sequence[str], at: int) -> _Row | None:
    """≥｜18｜处｜17, the marks behind."""
    if at + 3 >= len(texts) or not _VALUE.fullmatch(texts[at + 1]) or not _UNIT.fullmatch(texts[at + 2]) or not _VALUE.fullmatch(texts[at + 3]):
        return None
    return _row(cells, texts, (at - 1, at + 1, at + 3, at + 4, at + 5), texts[at + 2], texts[at])


def _row(cells: Sequence[Cell], texts: Sequence[str], places: tuple[int, int, int, int, int], unit: str, sign: str) -> _Row | None:
    name, target, measured, full, earned = places
    if name < 0 or not regex.search(r"[\u4e00-\u9fff]{2}", texts[name]):
        return None
    aim = aim_of(cells[target], cells[measured], unit, sign, (texts[name], ""))
    if aim is None or aim.state == "unknown":
        return None
    marks = [_mark(cells, texts, place) for place in (full, earned)]
    whole = marks[0] is not None and marks[1] is not None and marks[1].value <= marks[0].value
    end = max(measured, earned) + 1 if whole else measured + 1
    return _Row(min(name, full if whole else name), end, texts[name], aim, sign + texts[target], texts[measured], cells[measured].place,
                marks[0] if whole else None, marks[1] if whole else None)


def _mark(cells: Sequence[Cell], texts: Sequence[str], place: int) -> Figure | None:
    if place >= len(texts) or not _POINTS.fullmatch(texts[place]):
        return None
    number = texts[place].rstrip("分")
    return Figure(cells[place].text.strip(), Decimal(number), "分", len(number.partition(".")[2]), cells[place].place, (0, len(cells[place].text)))


def _statement(cells: Sequence[Cell], row: _Row) -> Statement:
    aim = row.aim
    told = {"target": aim.target, "measured": aim.measured, "full": row.full, "earned": row.earned}
    roles: dict[str, tuple[Figure, ...]] = {role: (figure,) for role, figure in told.items() if figure is not None}
    facts = {"state": aim.state, "sign": aim.sign, "certain": "1" if aim.certain else "", "why": aim.why, "target": row.wanted, "measured": row.measured}
    if row.full is not None:
        # the row is whole and tells its sign: nothing of it can have slipped from another
        facts["proven"] = "row"
    stated = replace(row.earned, name=f"{row.name}得分") if row.earned is not None else _reached(row)
    return Statement("target", "target", stated, (Reading(roles),), " | ".join(c.text.strip() for c in cells[row.begin:row.end]), facts)


def _reached(row: _Row) -> Figure | Words:
    return replace(row.aim.measured, name=row.name) if row.aim.measured is not None else Words(row.measured, row.place, (0, len(row.measured)), row.name)


def _groups(cells: Sequence[Cell], texts: Sequence[str], rows: Sequence[_Row]) -> Iterator[Statement]:
    """产出指标(50分) over the rows up to the next group: a sum that does not come out proves nothing, rows may be lost."""
    heads = [(at, match) for at, text in enumerate(texts) if (match := _GROUP.fullmatch(text))]
    ends = [*(at for at, _ in heads), len(texts)][1:]
    for (at, match), after in zip(heads, ends, strict=True):
        parts = tuple(replace(row.full, name=row.name) for row in rows if row.full is not None and at < row.begin and row.end <= after)
        if parts:
            stated = Figure(f"{match['points']}分", Decimal(match["points"]), "分", 0, cells[at].place, match.span("points"), texts[at])
            yield Statement("marks", "weight_sum", stated, (Reading({"parts": parts}),), cells[at].text.strip(), certainty=0.0)
