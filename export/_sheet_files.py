"""The sheets 未核对 and 文件: what was not checked and why, and what became of each file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heappush, heappushpop

from fusuan.export._book import Book, Cell, Column, Link, Pages
from fusuan.export._rows import STATUSES, error_of
from fusuan.export._sheet_scores import points
from fusuan.model import Audit, Source, Verdict

UNCHECKED = "未核对"
UNCHECKED_COLUMNS: tuple[Column, ...] = (
    ("文件", 17), ("单位", 14), ("位置", 31), ("原文", 15), ("名称", 19), ("原因", 29))
FILES = "文件"
FILE_COLUMNS: tuple[Column, ...] = (
    ("序号", 6), ("文件", 26), ("单位", 20), ("状态", 9), ("复算", 7), ("不符", 7), ("存疑", 7), ("未核对", 8), ("疑点", 6), ("说明", 29),
    ("已排除", 8), ("年度", 7), ("材料", 11), ("项目", 20), ("格式", 7), ("页数", 6), ("读出数字", 9), ("相符", 8), ("尾差", 8),
    ("截位", 8), ("自评总分", 9), ("复算总分", 9), ("等级", 7), ("路径", 40), ("SHA-256", 20))
FILES_PRINTED = 10


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
    dismissed: int = 0

    def count(self, verdict: Verdict) -> int:
        return self.verdicts[list(Verdict).index(verdict)]


def line_of(audit: Audit, first: Link | None, dismissed: int = 0) -> Line:
    """Count an audit up; `first` leads to its first row in 疑点清单, `dismissed` of its findings were settled as no error."""
    return Line(audit.source, audit.status, len(audit.figures), len(audit.findings),
                tuple(audit.count(verdict) for verdict in Verdict), len(audit.unchecked), first, audit.thin, dismissed)


class Lines:
    """The lines of all files, counted up; of more than `most` files those are kept of which the most is broken.

    >>> lines = Lines(2)
    >>> for name, broken in (("甲", 0), ("乙", 3), ("丙", 1)):
    ...     lines.add(Line(Source(name, name), "checked", 9, 5, (0, 0, 0, 0, broken), 1, None))
    >>> [line.source.name for line in lines.shown], lines.files, lines.figures, lines.statuses["checked"]
    (['乙', '丙'], 3, 27, 3)
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.files = self.figures = self.findings = self.unchecked = self.dismissed = 0
        self.statuses: Counter[str] = Counter()
        self.verdicts: Counter[Verdict] = Counter()
        self._worst: list[tuple[int, int, int, Line]] = []

    def add(self, line: Line) -> None:
        self.files += 1
        self.figures += line.figures
        self.findings += line.findings
        self.unchecked += line.unchecked
        self.dismissed += line.dismissed
        self.statuses[line.status] += 1
        self.verdicts.update(dict(zip(Verdict, line.verdicts, strict=True)))
        ranked = (line.count(Verdict.BROKEN), line.count(Verdict.DOUBTFUL), -self.files, line)
        (heappush if len(self._worst) < self.most else heappushpop)(self._worst, ranked)

    @property
    def shown(self) -> list[Line]:
        """In order of files where all are kept, else the worst first."""
        order = sorted(self._worst, reverse=True) if self.files > self.most else sorted(self._worst, key=lambda ranked: -ranked[2])
        return [line for *_, line in order]


def open_unchecked(book: Book) -> Pages:
    return Pages(book, UNCHECKED, UNCHECKED_COLUMNS)


def unchecked_rows(audit: Audit) -> Iterator[list[Cell]]:
    """Yield the rows of what was not checked; what would be the same line twice is one line that says so."""
    source = audit.source
    alike = Counter((item.figure.place.named, item.figure.text, item.figure.name, item.reason) for item in audit.unchecked)
    for (where, text, name, reason), times in alike.items():
        yield [Cell(source.name), Cell(source.unit), Cell(where), Cell(text), Cell(name),
               Cell(f"{reason}（同样的 {times} 处）" if times > 1 else reason)]


def open_files(book: Book) -> Pages:
    return Pages(book, FILES, FILE_COLUMNS, frozen=2, printed=FILES_PRINTED)


def status_cell(status: str, thin: bool = False) -> Cell:
    if thin:
        return Cell("覆盖不足", "doubtful")
    return Cell(STATUSES.get(status, status), {"failed": "broken", "skipped": "doubtful"}.get(status, "centre"))


def file_row(audit: Audit, line: Line, number: int, file: Cell) -> list[Cell]:
    source = audit.source
    said = "；".join(filter(None, (error_of(audit), audit.thin, *audit.remarks)))
    figures, found, *verdicts, unchecked = counts(line)
    told = dict(zip(Verdict, verdicts, strict=True))
    return [Cell(number, "centre"), file, Cell(source.unit), status_cell(audit.status, bool(audit.thin)), found,
            told[Verdict.BROKEN], told[Verdict.DOUBTFUL], unchecked, Cell(line.first, "link" if line.first else "text"), Cell(said),
            Cell(line.dismissed or None, "centre"), Cell(source.year, "centre"), Cell(source.kind, "centre"), Cell(source.project),
            Cell(source.format, "centre"), Cell(source.pages, "centre"), figures, told[Verdict.HOLDS], told[Verdict.ROUNDING],
            told[Verdict.TRUNCATED],
            points(audit.score_stated, "centre"), points(audit.score_computed, "centre"), Cell(audit.grade, "centre"),
            Cell(source.path, "line"), Cell(source.sha256, "line")]


def counts(line: Line) -> list[Cell]:
    """Return the cells from 读出数字 to 未核对; what calls for work is marked."""
    marked = {Verdict.BROKEN: "broken", Verdict.DOUBTFUL: "doubtful"}
    verdicts = [Cell(count, marked.get(verdict, "centre") if count else "centre")
                for verdict, count in zip(Verdict, line.verdicts, strict=True)]
    return [Cell(line.figures, "centre"), Cell(line.findings, "centre"), *verdicts, Cell(line.unchecked, "centre")]
