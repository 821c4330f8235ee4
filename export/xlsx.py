"""供审核人员使用的工作簿（.xlsx）：概览、疑点清单、已排除、可点开的算式、得分核对、未核对的数字。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fusuan.desk import DISMISSED, Answer, Remark, aliases, first
from fusuan.export._book import Book, Cell, Link
from fusuan.export._rows import discrepancies, label_of
from fusuan.export._sheet_details import Details
from fusuan.export._sheet_files import Lines, file_row, line_of, open_files, open_unchecked, unchecked_rows
from fusuan.export._sheet_issues import Detail, Issues, file_cell, issue_row
from fusuan.export._sheet_overview import fill_overview, open_overview
from fusuan.export._sheet_scores import Effect, add_scores, open_scores
from fusuan.export._sheet_whole import MANY, Whole
from fusuan.model import Audit, Batch, Finding, Verdict

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

SUFFIXES: tuple[str, ...] = (".xlsx",)
Answers = Mapping[str, Answer]


def write(audits: Iterable[Audit], path: Path, answers: Answers | None = None) -> None:
    """Write the workbook, holding one audit at a time; nothing is left of it if an audit fails to come.

    `answers`: what was decided of findings before, by their fingerprints.
    """
    write_batch(audits, path, None, answers)


def write_batch(audits: Iterable[Audit], path: Path, batch: Batch | None, answers: Answers | None = None) -> None:
    """Write the workbook of a batch: what its files say together has sheets of its own."""
    from xlsxwriter import Workbook  # takes as long to load as a whole report to check
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        workbook = Workbook(str(path), {
            "constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False})
        _fill(workbook, audits, batch, answers or {}, path.parent)
        try:
            workbook.close()
        except FileCreateError as error:
            raise error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _fill(workbook: Workbook, audits: Iterable[Audit], batch: Batch | None, answers: Answers, folder: Path) -> None:
    book = Book(workbook)
    workbook.set_properties({"title": "绩效自评报告复算结果", "comments": "由 fusuan（复算）生成"})
    whole = Whole(book, batch) if batch else None
    overview = open_overview(book)
    report = _Report(book, answers, folder, brief=batch is not None and batch.files > MANY)
    for audit in audits:
        report.add(audit)
        if whole:
            whole.add(audit)
    report.close()
    fill_overview(book, overview, report.lines, report.kinds)
    if whole:
        whole.close()


class _Report:
    """The long sheets, filled side by side as audits arrive."""

    def __init__(self, book: Book, answers: Answers, folder: Path, brief: bool) -> None:
        self.brief = brief
        self.issues = Issues(book)
        self.details = Details(book)
        self.scores = open_scores(book)
        self.unchecked = open_unchecked(book)
        self.files = open_files(book)
        self.lines = Lines(MANY)
        self.kinds: dict[str, list[int]] = {}
        self.answers, self.folder = answers, folder
        self.met: set[str] = set()

    def add(self, audit: Audit) -> None:
        self.details.marks.clear()
        effects = self._findings(audit)
        add_scores(self.scores, audit, effects, self.details.marks)
        for row in () if self.brief else unchecked_rows(audit):
            self.unchecked.add(row)
        line = line_of(audit, effects[0].link if effects else None, sum(self._dismissed(one) for one in effects))
        self.lines.add(line)
        self.files.add(file_row(audit, line, self.lines.files, file_cell(audit.source, None, self.folder)))

    def close(self) -> None:
        self.issues.close({name: answer for name, answer in self.answers.items() if self.met.isdisjoint((name, *answer.names.split()))})
        for sheet in (self.details, self.scores, self.unchecked, self.files):
            sheet.close()

    def _findings(self, audit: Audit) -> list[Effect]:
        """Write both lists, each row leading to its counterpart; return where what does not agree went."""
        wrong, first = discrepancies(audit), self.details.count
        told = wrong if self.brief else audit.findings
        rows = {id(finding): first + at for at, finding in enumerate(told)}
        names = dict(zip(map(id, audit.findings), aliases(audit), strict=True)) if wrong else {}
        effects = [self._issue(audit, finding, rows[id(finding)], names[id(finding)]) for finding in wrong]
        links = {id(effect.finding): effect.link for effect in effects}
        for finding in told:
            lead = links.get(id(finding))
            file = file_cell(audit.source, finding.place.page, self.folder) if lead else Cell(audit.source.name)
            self.details.add(audit.source, finding, lead, file)
        return effects

    def _issue(self, audit: Audit, finding: Finding, row: int, names: str) -> Effect:
        """Put one finding on its list."""
        known = first(self.answers, names)
        answer = known.remark if known else Remark()
        self.met.update(names.split())
        number = self.issues.count + 1
        detail = Detail(Link(self.details.at(row), number), self.details.verdict(finding, row), self.details.computed(row),
                        self.details.difference(row), self.details.grade(finding, row))
        file = file_cell(audit.source, finding.place.page, self.folder)
        cells = issue_row(audit.source, finding, detail, answer, names, file)
        self.issues.add(finding, cells, answer.dismisses)
        self._count(finding, answer.dismisses)
        return Effect(finding, self.issues.link(answer.dismisses, number), self.details.stated(row), self.details.computed(row))

    def _count(self, finding: Finding, dismissed: bool) -> None:
        counts = self.kinds.setdefault(label_of(finding), [0, 0])
        if not dismissed:
            counts[finding.verdict is Verdict.DOUBTFUL] += 1

    def _dismissed(self, effect: Effect) -> bool:
        return effect.link.target == DISMISSED
