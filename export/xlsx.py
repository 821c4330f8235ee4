"""供审核人员使用的工作簿（.xlsx）：概览、疑点清单、可点开的算式、得分核对、未核对的数字。"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from fusuan.export._book import Book, Link
from fusuan.export._rows import discrepancies
from fusuan.export._sheet_details import Details
from fusuan.export._sheet_files import Line, file_row, line_of, open_files, open_unchecked, unchecked_row
from fusuan.export._sheet_issues import issue_row, open_issues
from fusuan.export._sheet_overview import fill_overview, open_overview
from fusuan.export._sheet_scores import add_scores, open_scores
from fusuan.model import Audit, Finding

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook

SUFFIXES: tuple[str, ...] = (".xlsx",)


def write(audits: Iterable[Audit], path: Path) -> None:
    """Write the workbook, holding one audit at a time; nothing is left of it if an audit fails to come."""
    from xlsxwriter import Workbook  # takes as long to load as a whole report to check
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        workbook = Workbook(str(path), {
            "constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False})
        _fill(workbook, audits)
        try:
            workbook.close()
        except FileCreateError as error:
            raise error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error)) from error


def _fill(workbook: Workbook, audits: Iterable[Audit]) -> None:
    book = Book(workbook)
    workbook.set_properties({"title": "绩效自评报告复算结果", "comments": "由 fusuan（复算）生成"})
    overview = open_overview(book)
    report = _Report(book)
    for audit in audits:
        report.add(audit)
    report.close()
    fill_overview(book, overview, report.lines)


class _Report:
    """The long sheets, filled side by side as audits arrive."""

    def __init__(self, book: Book) -> None:
        self.issues = open_issues(book)
        self.details = Details(book)
        self.scores = open_scores(book)
        self.unchecked = open_unchecked(book)
        self.files = open_files(book)
        self.lines: list[Line] = []

    def add(self, audit: Audit) -> None:
        wrong = discrepancies(audit)
        start = self.issues.count
        links = [Link(self.issues.at(start + at), start + at + 1) for at in range(len(wrong))]
        self._findings(audit, wrong, links)
        add_scores(self.scores, audit, links)
        for item in audit.unchecked:
            self.unchecked.add(unchecked_row(audit.source, item))
        line = line_of(audit, links[0] if links else None)
        self.lines.append(line)
        self.files.add(file_row(audit, line, len(self.lines)))

    def close(self) -> None:
        for sheet in (self.issues, self.details, self.scores, self.unchecked, self.files):
            sheet.close()

    def _findings(self, audit: Audit, wrong: list[Finding], links: list[Link]) -> None:
        """Write both lists, each row leading to its counterpart."""
        first = self.details.count
        rows = {id(finding): first + at for at, finding in enumerate(audit.findings)}
        for finding, link in zip(wrong, links, strict=True):
            detail = self.details.at(rows[id(finding)])
            self.issues.add(issue_row(audit.source, finding, int(link.label), detail))
        leads = {id(finding): link for finding, link in zip(wrong, links, strict=True)}
        for finding in audit.findings:
            self.details.add(audit.source, finding, leads.get(id(finding)))
