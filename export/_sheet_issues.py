"""The sheet 疑点清单: what does not agree, for the auditor to settle line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fusuan.export._book import Book, Cell, Column, Link, Pages
from fusuan.export._rows import (
    clean,
    computed_value,
    decimals_of,
    difference_unit,
    difference_value,
    explained,
    label_of,
    printed,
    unit_of,
)
from fusuan.export._told import formula_of
from fusuan.model import Finding, Source

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

NAME = "疑点清单"
ANSWERS = ("属实", "不属实", "需补充材料", "已整改")
COLUMNS: tuple[Column, ...] = (
    ("序号", 6), ("文件", 18), ("单位", 13), ("位置", 13.5), ("指标", 13), ("原文", 28), ("报告值", 12), ("复算值", 12),
    ("差异", 13), ("算式", 20), ("结论", 7), ("类型", 9), ("严重程度", 6), ("说明", 28), ("核实结论", 10), ("备注", 12))
_SHOWN = 400  # a longer formula stands whole in 复算明细


def open_issues(book: Book) -> Pages:
    return Pages(book, NAME, COLUMNS, frozen=2, finish=_choices)


def issue_row(source: Source, finding: Finding, number: int, detail: str) -> list[Cell]:
    """Return the row of a finding; `detail` is its cell in 复算明细."""
    formula = formula_of(finding)
    decimals, difference = decimals_of(finding), difference_value(finding)
    value = computed_value(finding)
    computed = Cell(finding.expected) if value is None else Cell(value, "number", decimals, unit_of(finding))
    return [
        Cell(Link(detail, number), "link"), Cell(source.name), Cell(source.unit), Cell(str(finding.place)),
        Cell(finding.stated.name), Cell(clean(finding.quote)), Cell(printed(finding)), computed,
        Cell(difference, "number", decimals, difference_unit(finding)),
        Cell(formula if len(formula) <= _SHOWN else formula[:_SHOWN] + "…（全式见复算明细）"),
        Cell(finding.verdict.chinese, finding.verdict.value), Cell(label_of(finding), "centre"),
        Cell(finding.severity.chinese, "centre"), Cell(explained(finding)), Cell(None, "answer"), Cell(None, "answer")]


def _choices(sheet: Worksheet, last: int) -> None:
    """Let the auditor choose the conclusion from a list."""
    column = [head for head, _ in COLUMNS].index("核实结论")
    sheet.data_validation(1, column, last, column, {
        "validate": "list", "source": list(ANSWERS), "error_title": "核实结论",
        "error_message": "请从下拉列表中选择：" + "、".join(ANSWERS)})
