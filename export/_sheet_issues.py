"""The sheets 疑点清单 and 已排除: what does not agree, for the auditor to settle line by line, and what was settled as no error.

The first ten columns go on paper; behind them stands what is for filters and for reading the answers back.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from os.path import isfile, join, realpath, sep, split
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from fusuan.desk import ANSWERS, DISMISSED, ISSUES, Answer, Remark
from fusuan.desk.answers import NAME, REMARK, SHOWN, VERDICT, WHEN, WHO, WRITTEN
from fusuan.export._book import Book, Cell, Column, Link, Live, Out, Pages
from fusuan.export._rows import (
    clean,
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
from fusuan.export._sorted import Sorted
from fusuan.export._told import named, needs_words, result_of
from fusuan.export._verdict import colour
from fusuan.export.text import excerpt
from fusuan.model import LADDER, Finding, Severity, Source, Verdict

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COLUMNS: tuple[Column, ...] = (
    ("编号", 5), ("文件", 12), ("位置", 17), ("指标", 11), ("报告值", 10), ("复算值", 13), ("依据", 34), ("结论", 6),
    (VERDICT, 8), (REMARK, 10),
    ("差异", 13), ("类型", 10), ("严重程度", 8), ("单位", 18), ("说明", 40), ("原文", 40), ("规则", 10), (WHO, 10), (WHEN, 16),
    (NAME, 18), (WRITTEN, 12))
PRINTED = 10
_HEADS = [head for head, _ in COLUMNS]
_FORMULA, _OPERANDS = 240, 6
FIXED = "\n（此条结论不随表中数字更新，因为不是由算式得出的；改正后请重新核对）"
"""Said of a verdict that no figure of its row can change."""
LONGEST_LINK = 250
"""Characters of text that a formula of a spreadsheet takes, less a few."""


class Issues:
    """Both sheets. The lines wait until all are known, as they are sorted over all files: the gravest first, then in order of files."""

    def __init__(self, book: Book) -> None:
        self.sheets = {name: Pages(book, name, COLUMNS, frozen=2, finish=_finish, printed=PRINTED) for name in (ISSUES, DISMISSED)}
        self.rows = {ISSUES: Sorted(), DISMISSED: Sorted()}
        self.count = 0

    def link(self, dismissed: bool, number: int) -> Link:
        return Link(DISMISSED if dismissed else ISSUES, number, number)

    def add(self, finding: Finding, cells: list[Cell], dismissed: bool) -> None:
        self.count += 1
        order = (list(Severity).index(finding.severity), -LADDER.index(finding.verdict), self.count)
        self.rows[DISMISSED if dismissed else ISSUES].add(order, cells)

    def close(self, gone: Mapping[str, Answer]) -> None:
        """Write both; `gone` are answers to findings that are not found any more: they are kept."""
        for name, pages in self.sheets.items():
            for cells in self.rows[name]:
                pages.add(cells)
        for fingerprint, answer in gone.items():
            if answer.shown:
                self.sheets[DISMISSED].add(_gone(fingerprint, answer))
        for pages in self.sheets.values():
            pages.close()

    @property
    def dismissed(self) -> int:
        return len(self.rows[DISMISSED])


def file_cell(source: Source, page: int | None, folder: Path) -> Cell:
    """Return the name of a file, leading to it (a PDF at its page) where it lies where it was read."""
    target = _target(source.path, folder)
    if page and source.path.lower().endswith(".pdf"):
        target += f"#page={page}" if target else ""
    usable = target and len(target) <= LONGEST_LINK and len(source.name) <= LONGEST_LINK and clean(target) == target
    return Cell(Out(target, source.name), "filelink") if usable else Cell(source.name)


@lru_cache(maxsize=64)
def _target(said: str, folder: Path) -> str:
    """The way to a file from the folder of the workbook; empty where there is none (a name out of an archive is none of a disk)."""
    if not said or not isfile(said):
        return ""
    above, name = split(said)
    home = join(_resolved(str(folder)), "")
    whole = join(_resolved(above), name)
    return (whole[len(home):] if whole.startswith(home) else whole).replace(sep, "/")


@lru_cache(maxsize=64)
def _resolved(folder: str) -> str:
    return realpath(folder)


class Detail(NamedTuple):
    """A finding in 复算明细: the link to its row, its verdict there, the cells of the value computed and of the difference, its grade there."""

    link: Link
    verdict: Live | None
    computed: str
    difference: str
    grade: Live | None = None


def issue_row(source: Source, finding: Finding, detail: Detail, answer: Remark, names: str, file: Cell) -> list[Cell]:
    """Return the line of a finding; what is reckoned is taken from 复算明细."""
    decimals, difference = decimals_of(finding), difference_value(finding)
    computed, gap = Cell(detail.grade or should_text(finding)), Cell(None)
    if computed_value(finding) is not None and finding.computed is not None:
        computed = Cell(Live(f"={detail.computed}", finding.computed.value), "number", decimals, unit_of(finding))
    if difference is not None:
        gap = Cell(Live(f"={detail.difference}", difference), "number", decimals, difference_unit(finding))
    written = f"{answer.verdict}|{answer.remark}"
    return [
        Cell(detail.link, "link"), file, Cell(finding.place.named), Cell(finding.stated.name), Cell(printed(finding)), computed,
        Cell(basis(finding) + ("" if detail.verdict else FIXED)), Cell(detail.verdict or finding.verdict.chinese, "verdict"),
        Cell(answer.verdict, "answer"), Cell(answer.remark, "answer"),
        gap, Cell(label_of(finding), "centre"),
        Cell(finding.severity.chinese, "centre"), Cell(source.unit), Cell(explained(finding)), Cell(clean(finding.quote), "line"),
        Cell(finding.check, "centre"), Cell(answer.who), Cell(answer.when), Cell(names, "line"), Cell(written if answer.verdict or answer.remark else "", "line")]


def basis(finding: Finding) -> str:
    """Say what the finding rests on: the words, the formula, the figures with their places."""
    formula = result_of(finding)
    lines = [f"原文：{excerpt(finding, 80)}" if finding.quote else "",
             f"算式：{formula if len(formula) <= _FORMULA else formula[:_FORMULA] + '…（全式见复算明细）'}" if formula else "",
             f"各数：{named(finding, _OPERANDS)}" if named(finding) else ""]
    worded = finding.message if needs_words(finding) else ""
    lines.append(f"说明：{worded}" if worded else "")
    doubt = finding.supposition if finding.supposition not in worded else ""
    lines.append((f"可能是：{doubt}" if finding.verdict is Verdict.BROKEN else f"存疑：{doubt}") if doubt else "")
    return "\n".join(line for line in lines if line) or explained(finding)


def _gone(fingerprint: str, answer: Answer) -> list[Cell]:
    """The line of a finding that was answered and is not found any more."""
    shown, remark = answer.shown, answer.remark
    told = {**shown, "结论": "不再出现", VERDICT: remark.verdict, REMARK: remark.remark, WHO: remark.who, WHEN: remark.when,
            NAME: answer.names or fingerprint, WRITTEN: f"{remark.verdict}|{remark.remark}"}
    styles = {VERDICT: "answer", REMARK: "answer", "结论": "verdict"}
    return [Cell(told.get(head, "") if head in (*SHOWN, *told) else "", styles.get(head, "text")) for head in _HEADS]


def _finish(sheet: Worksheet, last: int, book: Book) -> None:
    """Let the auditor choose the conclusion from a list; hide what is for the program alone."""
    column = _HEADS.index(VERDICT)
    sheet.data_validation(1, column, last, column, {
        "validate": "list", "source": list(ANSWERS), "error_title": VERDICT,
        "error_message": "请从下拉列表中选择：" + "、".join(ANSWERS)})
    sheet.set_column(_HEADS.index(NAME), _HEADS.index(WRITTEN), 12, None, {"hidden": True})
    colour(book, sheet, _HEADS.index("结论"), last)
