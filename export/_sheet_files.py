"""The sheets 未核对 and 文件: what was not checked and why, and what became of each file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fusuan.export._book import Book, Cell, Column, Link, Pages
from fusuan.export._rows import STATUSES, error_of
from fusuan.export._sheet_scores import points
from fusuan.model import Audit, Source, Unchecked, Verdict

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

UNCHECKED = "未核对"
UNCHECKED_COLUMNS: tuple[Column, ...] = (
    ("文件", 22), ("单位", 18), ("位置", 16), ("原文", 18), ("名称", 30), ("原因", 50))
FILES = "文件"
FILE_COLUMNS: tuple[Column, ...] = (
    ("序号", 6), ("文件", 28), ("单位", 22), ("年度", 7), ("格式", 7), ("页数", 6), ("状态", 10), ("读出数字", 9),
    ("复算", 8), ("相符", 8), ("尾差", 8), ("截位", 8), ("存疑", 8), ("不符", 8), ("未核对", 8), ("自评总分", 9),
    ("复算总分", 9), ("等级", 7), ("疑点", 7), ("说明", 44), ("路径", 40), ("SHA-256", 20))


@dataclass(frozen=True, slots=True)
class Line:
    """The counts of one file: all that is kept of an audit once it is written."""

    source: Source
    status: str
    figures: int
    findings: int
    verdicts: tuple[int, ...]
    unchecked: int
    first: Link | None
    thin: str = ""

    def count(self, verdict: Verdict) -> int:
        return self.verdicts[list(Verdict).index(verdict)]


def line_of(audit: Audit, first: Link | None) -> Line:
    """Count an audit up; `first` leads to its first row in 疑点清单."""
    return Line(audit.source, audit.status, len(audit.figures), len(audit.findings),
                tuple(audit.count(verdict) for verdict in Verdict), len(audit.unchecked), first, audit.thin)


def open_unchecked(book: Book) -> Pages:
    return Pages(book, UNCHECKED, UNCHECKED_COLUMNS)


def unchecked_row(source: Source, item: Unchecked) -> list[Cell]:
    figure = item.figure
    return [Cell(source.name), Cell(source.unit), Cell(str(figure.place)), Cell(figure.text), Cell(figure.name),
            Cell(item.reason)]


def open_files(book: Book) -> Pages:
    return Pages(book, FILES, FILE_COLUMNS, frozen=2, finish=_printed)


def _printed(sheet: Worksheet, last: int) -> None:
    """Leave path and checksum, which are long, off the paper."""
    sheet.print_area(0, 0, last, len(FILE_COLUMNS) - 3)


def status_cell(status: str, thin: bool = False) -> Cell:
    if thin:
        return Cell("覆盖不足", "doubtful")
    return Cell(STATUSES.get(status, status), {"failed": "broken", "skipped": "doubtful"}.get(status, "centre"))


def file_row(audit: Audit, line: Line, number: int) -> list[Cell]:
    source = audit.source
    said = "；".join(filter(None, (error_of(audit), audit.thin, *audit.remarks)))
    return [Cell(number, "centre"), Cell(source.name), Cell(source.unit), Cell(source.year, "centre"),
            Cell(source.format, "centre"), Cell(source.pages, "centre"), status_cell(audit.status, bool(audit.thin)), *counts(line),
            points(audit.score_stated, "centre"), points(audit.score_computed, "centre"), Cell(audit.grade, "centre"),
            Cell(line.first, "link" if line.first else "text"), Cell(said), Cell(source.path, "line"),
            Cell(source.sha256, "line")]


def counts(line: Line) -> list[Cell]:
    """Return the cells from 读出数字 to 未核对; what calls for work is marked."""
    marked = {Verdict.BROKEN: "broken", Verdict.DOUBTFUL: "doubtful"}
    verdicts = [Cell(count, marked.get(verdict, "centre") if count else "centre")
                for verdict, count in zip(Verdict, line.verdicts, strict=True)]
    return [Cell(line.figures, "centre"), Cell(line.findings, "centre"), *verdicts, Cell(line.unchecked, "centre")]
