"""The sheets 复算明细 and 操作数: everything recomputed, right or wrong, as live arithmetic."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from fusuan.export._book import Book, Cell, Column, Link, Live, Pages
from fusuan.export._formula import is_plain_sum, live
from fusuan.export._grades import grade_formula
from fusuan.export._rows import (
    computed_value,
    decimals_of,
    difference_unit,
    difference_value,
    explained,
    label_of,
    printed,
    should_text,
    unit_of,
)
from fusuan.export._told import formula_of, named, operands_of
from fusuan.export._verdict import colour, live_verdict
from fusuan.model import Figure, Finding, Place, Source, Words

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME = "复算明细"
OPERANDS = "操作数"
BESIDE = 8
COLUMNS: tuple[Column, ...] = (
    ("序号", 6), ("疑点", 5), ("文件", 12), ("位置", 18), ("指标", 12), ("报告数", 13), ("复算值", 13), ("差异", 13), ("结论", 6),
    ("算式", 28),
    ("类型", 10), ("报告值", 12), ("计量单位", 8), ("规则", 10), ("各数及位置", 40), ("说明", 40),
    *((f"操作数{number}", 11.5) for number in range(1, BESIDE + 1)))
PRINTED = 10
OPERAND_COLUMNS: tuple[Column, ...] = (
    ("算式序号", 8), ("文件", 15), ("指标", 17), ("名称", 24), ("位置", 34), ("原文", 13), ("数值", 14))
_FIRST = len(COLUMNS) - BESIDE
_STATED, _COMPUTED, _DIFFERENCE, _VERDICT = "F", "G", "H", "I"
_LONGEST = 400
Spot = tuple[Place, tuple[int, int], Decimal]


def spot(figure: Figure) -> Spot:
    return figure.place, figure.span, figure.value


class Operands(NamedTuple):
    """Where the operands of a formula stand, and the formula over them."""

    cells: list[Cell]
    formula: str | None


class Details:
    """Both sheets: a formula of few figures has them beside it, one of many has them in 操作数, a row each."""

    def __init__(self, book: Book) -> None:
        self.rows = Pages(book, NAME, COLUMNS, frozen=2, finish=_finish, printed=PRINTED)
        self.operands = Pages(book, OPERANDS, OPERAND_COLUMNS)
        self.marks: dict[Spot, str] = {}

    @property
    def count(self) -> int:
        return self.rows.count

    def at(self, number: int, column: str = "A") -> str:
        return self.rows.at(number, column)

    def stated(self, number: int) -> str:
        return self.at(number, _STATED)

    def computed(self, number: int) -> str:
        return self.at(number, _COMPUTED)

    def difference(self, number: int) -> str:
        return self.at(number, _DIFFERENCE)

    def verdict(self, finding: Finding, number: int) -> Live | None:
        """Return what another sheet says of the verdict of a row: what it says here."""
        return Live(f"={self.at(number, _VERDICT)}", finding.verdict.chinese) if self._verdict(finding, number) else None

    def grade(self, finding: Finding, number: int) -> Live | None:
        """Return the grade that another sheet says should stand there, where it follows the mark here."""
        return Live(f"={self.computed(number)}", finding.expected) if self._grade(finding, number) else None

    def add(self, source: Source, finding: Finding, issue: Link | None, file: Cell) -> None:
        """Write the next finding; `issue` leads to its row in 疑点清单, `file` to its file."""
        figures = _figures(finding)
        if finding.label == "score_sum":
            self._kept(finding, figures)
        laid = self._beside(finding, figures) if len(figures) <= BESIDE else self._apart(source, finding, figures)
        formula = formula_of(finding)
        self.rows.add([
            Cell(self.count + 1, "centre"), Cell(issue, "link" if issue else "text"), file,
            Cell(finding.place.brief), Cell(finding.stated.name), _stated(finding.stated), self._computed(finding, laid.formula),
            self._difference(finding), Cell(self._verdict(finding, self.count) or finding.verdict.chinese, "verdict"),
            Cell(formula if len(formula) <= _LONGEST else formula[:_LONGEST] + "…"),
            Cell(label_of(finding), "centre"), Cell(printed(finding), "line"), Cell(unit_of(finding), "centre"),
            Cell(finding.check, "centre"), Cell(named(finding), "line"), Cell(explained(finding), "line"), *laid.cells])

    def _kept(self, finding: Finding, figures: Sequence[Figure]) -> None:
        """Remember where the marks of a sum stand, so that what is corrected there is corrected in 得分核对 too."""
        beside, start = len(figures) <= BESIDE, self.operands.count
        for at, figure in enumerate(figures):
            cell = self.at(self.count, _letters(_FIRST + at)) if beside else self.operands.at(start + at, "G")
            self.marks.setdefault(spot(figure), cell)
        if isinstance(finding.stated, Figure):
            self.marks.setdefault(spot(finding.stated), self.stated(self.count))

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
        names = {(one.place, one.text): one.name for one in operands_of(finding)}
        for figure in figures:
            pages.add([Cell(Link(self.at(self.count), self.count + 1), "link"), Cell(source.name), Cell(finding.stated.name),
                       Cell(names.get((figure.place, " ".join(figure.text.split())), figure.name)), Cell(figure.place.brief),
                       Cell(figure.text), _number(figure)])
        one_sheet = pages.row_of(last) - pages.row_of(start) == len(figures) - 1
        if is_plain_sum(finding.computed) and one_sheet:
            formula: str | None = f"=SUM({pages.at(start, 'G')}:G{pages.row_of(last)})"
        else:
            formula = live(finding.computed, cells)
        lead = Link(pages.at(start, "G"), f"见{OPERANDS}表，共 {len(figures)} 个")
        return Operands([Cell(lead, "linktext")], formula)

    def _operands(self, finding: Finding, number: int) -> list[str]:
        """Name the cells of the operands that stand beside their formula."""
        row, count = self.rows.row_of(number), len(_figures(finding))
        return [f"{_letters(_FIRST + at)}{row}" for at in range(count)] if count <= BESIDE else []

    def _verdict(self, finding: Finding, number: int) -> Live | None:
        row = self.rows.row_of(number)
        return live_verdict(finding, f"{_STATED}{row}", f"{_COMPUTED}{row}", self._operands(finding, number))

    def _grade(self, finding: Finding, number: int) -> str:
        return grade_formula(finding, self._operands(finding, number)) if finding.check == "grade" else ""

    def _computed(self, finding: Finding, formula: str | None) -> Cell:
        """Return the recomputed value at full precision, live where a formula gives it."""
        if grade := self._grade(finding, self.count):
            return Cell(Live(f"={grade}", finding.expected))
        if computed_value(finding) is None or finding.computed is None:
            return Cell(should_text(finding))
        value, decimals = finding.computed.value, decimals_of(finding)
        return Cell(Live(formula, value) if formula else value, "number", decimals, unit_of(finding))

    def _difference(self, finding: Finding) -> Cell:
        value = difference_value(finding)
        if value is None:
            return Cell(None)
        row, decimals = self.rows.row_of(self.count), decimals_of(finding)
        style = "number" if finding.agrees else "wrong"
        # rounded, or the dust of binary fractions would show as a difference
        return Cell(Live(f"=ROUND({_STATED}{row}-{_COMPUTED}{row},{decimals})", value), style, decimals,
                    difference_unit(finding))


def _figures(finding: Finding) -> list[Figure]:
    """The operands of a formula, each once, as they are laid out."""
    return list(dict.fromkeys(finding.computed.operands)) if finding.computed else []


def _finish(sheet: Worksheet, last: int, book: Book) -> None:
    colour(book, sheet, [head for head, _ in COLUMNS].index("结论"), last)


def _stated(stated: Figure | Words) -> Cell:
    return _number(stated) if isinstance(stated, Figure) else Cell(" ".join(stated.text.split()))


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
