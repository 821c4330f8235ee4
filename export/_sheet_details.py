"""The sheets 复算明细 and 操作数: everything recomputed, right or wrong, as live arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from fusuan.export._book import Book, Cell, Column, Link, Live, Pages
from fusuan.export._formula import is_plain_sum, live
from fusuan.export._rows import (
    computed_value,
    decimals_of,
    difference_unit,
    difference_value,
    explained,
    label_of,
    printed,
    unit_of,
)
from fusuan.export._told import formula_of, named
from fusuan.model import Figure, Finding, Source

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME = "复算明细"
OPERANDS = "操作数"
BESIDE = 8
COLUMNS: tuple[Column, ...] = (
    ("序号", 6), ("疑点", 6), ("文件", 15), ("位置", 13.5), ("指标", 13), ("类型", 9), ("报告值", 12), ("报告数", 12),
    ("复算值", 13), ("差异", 13), ("计量单位", 6), ("结论", 7), ("算式", 24), ("各数名称", 24), ("说明", 20),
    *((f"操作数{number}", 11.5) for number in range(1, BESIDE + 1)))
OPERAND_COLUMNS: tuple[Column, ...] = (
    ("算式序号", 9), ("文件", 22), ("指标", 20), ("名称", 28), ("位置", 16), ("原文", 16), ("数值", 14))
_FIRST = len(COLUMNS) - BESIDE
_STATED, _COMPUTED = "H", "I"


class Operands(NamedTuple):
    """Where the operands of a formula stand, and the formula over them."""

    cells: list[Cell]
    formula: str | None


class Details:
    """Both sheets: a formula of few figures has them beside it, one of many has them in 操作数, a row each."""

    def __init__(self, book: Book) -> None:
        self.rows = Pages(book, NAME, COLUMNS, frozen=2, finish=_large)
        self.operands = Pages(book, OPERANDS, OPERAND_COLUMNS)

    @property
    def count(self) -> int:
        return self.rows.count

    def at(self, number: int) -> str:
        return self.rows.at(number)

    def add(self, source: Source, finding: Finding, issue: Link | None) -> None:
        """Write the next finding; `issue` leads to its row in 疑点清单."""
        figures = list(dict.fromkeys(finding.computed.operands)) if finding.computed else []
        laid = self._beside(finding, figures) if len(figures) <= BESIDE else self._apart(source, finding, figures)
        self.rows.add([
            Cell(self.count + 1, "centre"), Cell(issue, "link" if issue else "text"), Cell(source.name, "line"),
            Cell(str(finding.place), "line"), Cell(finding.stated.name, "line"), Cell(label_of(finding), "centre"),
            Cell(printed(finding), "line"), _number(finding.stated), _computed(finding, laid.formula),
            self._difference(finding), Cell(unit_of(finding), "centre"),
            Cell(finding.verdict.chinese, finding.verdict.value), Cell(formula_of(finding), "line"),
            Cell(named(finding), "line"), Cell(explained(finding), "line"), *laid.cells])

    def close(self) -> None:
        self.rows.close()
        self.operands.close()

    def _beside(self, finding: Finding, figures: Sequence[Figure]) -> Operands:
        row = self.rows.row_of(self.count)
        cells = {figure: f"{_letters(_FIRST + at)}{row}" for at, figure in enumerate(figures)}
        formula = live(finding.computed, cells) if finding.computed else None
        return Operands([_number(figure) for figure in figures], formula)

    def _apart(self, source: Source, finding: Finding, figures: Sequence[Figure]) -> Operands:
        assert finding.computed is not None
        pages, start = self.operands, self.operands.count
        last = start + len(figures) - 1
        cells = {figure: pages.at(start + at, "G") for at, figure in enumerate(figures)}
        for figure in figures:
            pages.add([Cell(Link(self.at(self.count), self.count + 1), "link"), Cell(source.name, "line"),
                       Cell(finding.stated.name, "line"), Cell(figure.name, "line"), Cell(str(figure.place), "line"),
                       Cell(figure.text, "line"), _number(figure)])
        one_sheet = pages.row_of(last) - pages.row_of(start) == len(figures) - 1
        if is_plain_sum(finding.computed) and one_sheet:
            formula: str | None = f"=SUM({pages.at(start, 'G')}:G{pages.row_of(last)})"
        else:
            formula = live(finding.computed, cells)
        lead = Link(pages.at(start, "G"), f"见{OPERANDS}表，共 {len(figures)} 个")
        return Operands([Cell(lead, "linktext")], formula)

    def _difference(self, finding: Finding) -> Cell:
        value = difference_value(finding)
        if value is None:
            return Cell(None)
        row, decimals = self.rows.row_of(self.count), decimals_of(finding)
        style = "number" if finding.agrees else "wrong"
        # rounded, or the dust of binary fractions would show as a difference
        return Cell(Live(f"=ROUND({_STATED}{row}-{_COMPUTED}{row},{decimals})", value), style, decimals,
                    difference_unit(finding))


def _large(sheet: Worksheet, _last: int) -> None:
    """Print on A3: with the operands beside it the table is too wide for A4."""
    sheet.set_paper(8)


def _computed(finding: Finding, formula: str | None) -> Cell:
    """Return the recomputed value at full precision, live where a formula gives it."""
    if computed_value(finding) is None or finding.computed is None:
        return Cell(finding.expected, "line")
    value, decimals = finding.computed.value, decimals_of(finding)
    return Cell(Live(formula, value) if formula else value, "number", decimals, unit_of(finding))


def _number(stated: object) -> Cell:
    if not isinstance(stated, Figure):
        return Cell(None)
    return Cell(stated.value, "number", stated.decimals, stated.unit)


def _letters(column: int) -> str:
    """Name a column.

    >>> _letters(0), _letters(25), _letters(26)
    ('A', 'Z', 'AA')
    """
    high, low = divmod(column, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)
