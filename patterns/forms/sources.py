"""Where a figure quoted in a text may come from: the cells of tables, by value, with the names they go by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from fusuan.model import MONEY, Figure, Table
from fusuan.patterns._report import Report
from fusuan.patterns.cues.indicators import bare
from fusuan.patterns.figures.numbers import figure_in, figures_in
from fusuan.patterns.forms.form import Form, Line
from fusuan.patterns.forms.marks import fund_line
from fusuan.patterns.forms.view import View

_COMMON = frozenset("年初 年度 全年 本年 实际 情况 完成 项目 资金 预算 指标 目标 数量 单位 万元 总额 其中 合计".split())
_MEASURED = ("money", "rate", "", "marks", "points")
_AROUND = 14
"""So many characters before and behind a figure may name what it counts."""
_BARE = re.compile(r"[0-9][0-9,]{1,12}(?:\.[0-9]{1,6})?")
_UNIT = re.compile(r"\(?(亿元|万元|千元|元)\)?")


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A figure of a table with its name; `form` the form it belongs to, `money` whether it is one of its amounts.

    `counted`: a value of an indicator printed without a unit (202), which a text gives one (202个).
    """

    figure: Figure
    name: str
    form: Form | None = None
    money: bool = False
    counted: bool = False


@dataclass(slots=True, eq=False)
class Sources:
    """Sources by dimension and value, so that a look-up does not depend on how many there are."""

    by_value: dict[tuple[str, Decimal], list[Source]] = field(default_factory=dict)

    def add(self, source: Source) -> None:
        figure = source.figure
        scale = figure.scale
        for decimals in {figure.decimals, 2, 1, 0} if figure.dimension == "money" else {figure.decimals}:
            if decimals <= figure.decimals and (decimals or abs(figure.value) >= 10 or source.counted):
                value = figure.value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) * scale
                self.by_value.setdefault((figure.dimension, value.normalize()), []).append(source)

    def match(self, figure: Figure, text: str, form: Form) -> Source | None:
        """The source that a quoted figure repeats: same value, and a name in common or the amounts of its own form."""
        found = [*self.by_value.get((figure.dimension, figure.base.normalize()), ())[:50]]
        if figure.dimension not in _MEASURED and figure.scale == 1:
            around = text[max(0, figure.span[0] - _AROUND):figure.span[1] + _AROUND]
            found += [s for s in self.by_value.get(("", figure.value.normalize()), ())[:50] if s.counted and s.form is form and _alike(around, s.name)]
        before = text[max(0, figure.span[0] - 16):figure.span[0]]
        fitting = [source for source in found if source.figure.place != figure.place and figure.value
                   and self._fits(source, figure, before, form)]
        return min(fitting, key=lambda s: abs(s.figure.base - figure.base), default=None)

    def _fits(self, source: Source, figure: Figure, before: str, form: Form) -> bool:
        if source.counted or source.money and source.form is form and figure.dimension == "money":
            return True
        if figure.dimension == "rate" and figure.value in (0, 100):
            return False
        telling = len(str(abs(figure.value)).replace(".", "").strip("0")) >= 5 and source.figure.value == figure.value
        return _shared(before, source.name, telling)


def _alike(around: str, name: str) -> bool:
    """Tell whether the words around a figure and the name of an indicator have four characters in a row in common.

    >>> _alike("整治美丽宜居村庄202个；", "指标2:建设美丽宜居村庄数量"), _alike("培训人员30人", "培训教师人数")
    (True, False)
    """
    runs = {name[i:i + 4] for i in range(len(name) - 3) if re.fullmatch(r"[\u4e00-\u9fff]{4}", name[i:i + 4])}
    return any(around[i:i + 4] in runs for i in range(len(around) - 3))


def _shared(before: str, name: str, telling: bool) -> bool:
    """Tell whether the words before a figure and a name have two characters in common that say something.

    Any two will do for a figure of five digits and more (`telling`), which hardly coincides by chance.
    """
    pairs = {name[i:i + 2] for i in range(len(name) - 1)}
    return any(before[i:i + 2] in pairs and re.fullmatch(r"[\u4e00-\u9fff]{2}", before[i:i + 2])
               and (telling or before[i:i + 2] not in _COMMON)
               for i in range(len(before) - 1))


def sources_of(report: Report, found: tuple[Form, ...]) -> Sources:
    """Every source of a report: amounts of the funds blocks, values of indicators, cells of other tables."""
    sources = Sources()
    known: set[int] = set()
    for form in found:
        for block in form.funds:
            line = fund_line(block) or next((li for li in block.lines if "额" in li.text("name") or "合计" in li.text("name")), None)
            for one in ([line] if line is not None else []) + block.lines:
                for source in _amounts(form, one):
                    sources.add(source)
        for leaf in form.leaves:
            if leaf.line is not None:
                known.add(id(leaf.line.grid.table))
                for source in _values(form, leaf.name, leaf.line):
                    sources.add(source)
        for cell in form.texts:
            for figure in figures_in(cell.text, cell.place):
                if figure.dimension not in ("money", "rate", "", "marks"):
                    sources.add(Source(figure, cell.text[max(0, figure.span[0] - 8):figure.span[0]], form))
    for table in report.document.tables:
        for source in _cells(table):
            sources.add(source)
    return sources


def _amounts(form: Form, line: Line) -> Iterator[Source]:
    unit = _unit_of(line)
    for role, name in (("executed", "全年执行数"), ("budget", "全年预算数"), ("initial", "年初预算数")):
        cell = line.cells.get(role)
        figure = figure_in(cell.text, cell.place, unit) if cell is not None else None
        if figure is not None and figure.value > 0:
            yield Source(replace(figure, unit=figure.unit or unit), name, form, True)


def _unit_of(line: Line) -> str:
    """The unit that the heading or the label of the block prints; 万元 where it prints none, as these forms have it."""
    for text in (*line.heads.values(), *(line.grid.text(cell) for cell in line.grid.row(line.row)[:1])):
        if match := _UNIT.search(text):
            return match[1]
    return "万元"


def _values(form: Form, name: str, line: Line) -> Iterator[Source]:
    for role in ("measured", "target"):
        cell = line.cells.get(role)
        figure = figure_in(cell.text, cell.place) if cell is not None else None
        if figure is not None and figure.dimension != "rate":
            yield Source(figure, name, form, counted=not figure.dimension)


def _cells(table: Table) -> Iterator[Source]:
    """The bare numbers of a table, named by the words left of them and the words over them."""
    grid = View(table)
    heads: list[str] = [""] * grid.width
    for row in range(grid.height):
        label = ""
        for cell in grid.starts(row):
            text = grid.text(cell)
            column = cell.place.column or 0
            figure = figure_in(cell.text, cell.place) if _BARE.fullmatch(text) else None
            if figure is None:
                if text and len(text) <= 30 and not text[0].isdigit():
                    label = text
                    for own in range(column, min(column + cell.columns, grid.width)):
                        heads[own] = text
                continue
            if figure.unit == "" and abs(figure.value) >= 10:
                name = bare(label) + bare(heads[column])
                yield Source(figure, name)
                if not any(unit in name for unit in MONEY):
                    yield Source(replace(figure, unit=_guessed(name)), name)


def _guessed(name: str) -> str:
    """The unit that a name makes likely where none is printed."""
    return "人" if re.search(r"人数|人员|编制", name) else "万元"
