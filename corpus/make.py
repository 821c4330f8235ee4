"""Write the specimen reports: NAME.md -> NAME.docx, NAME.xlsx, NAME.pdf, and with --expected NAME.expected.csv.

    python corpus/make.py              write the files (the PDF by LibreOffice, where it is installed)
    python corpus/make.py --expected   rewrite what the program finds in them; read the git diff before committing it

A specimen is plain text: `# title`, `## heading`, paragraphs, and rows of tables between bars, where `<` joins a cell
with the one on its left and `^` with the one above. What is wrong in it is written by hand in NAME.truth.toml.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

SPECIMENS = Path(__file__).parent / "specimens"
# files must not differ from run to run: one date stands in all of them
WRITTEN = datetime(2023, 4, 20, 9, 0, 0)
COLUMNS = ("place", "label", "stated", "formula", "computed", "verdict")


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a specimen: `kind` is title, heading, text or table; `rows` hold the cells of a table as written."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a table with the last row and column that it covers."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


def names() -> list[str]:
    """Return the names of the specimens, in order."""
    return sorted(path.stem for path in SPECIMENS.glob("*.md"))


def truth(name: str) -> dict[str, Any]:
    """Return what the author planted in a specimen."""
    return tomllib.loads((SPECIMENS / f"{name}.truth.toml").read_text("utf-8"))


def blocks(source: str) -> Iterator[Block]:
    """Read the plain text of a specimen.

    >>> [(b.kind, b.text or b.rows) for b in blocks("# 报告\\n\\n一段\\n\\n| 甲 | 1 |\\n| 乙 | < |")]
    [('title', '报告'), ('text', '一段'), ('table', (('甲', '1'), ('乙', '<')))]
    """
    rows: list[tuple[str, ...]] = []
    for line in [*source.splitlines(), ""]:
        if line.startswith("|"):
            rows.append(tuple(cell.strip().replace("<br>", "\n") for cell in line.strip().strip("|").split("|")))
            continue
        if rows:
            yield Block("table", rows=tuple(rows))
            rows = []
        if line.strip():
            kind = {"#": "title", "##": "heading"}.get(line.partition(" ")[0], "text")
            yield Block(kind, line if kind == "text" else line.partition(" ")[2])


def spans(rows: tuple[tuple[str, ...], ...]) -> Iterator[Span]:
    """Yield the cells of a table; a cell that `<` or `^` joins to another is part of that one.

    >>> [(s.text, s.bottom, s.right) for s in spans((("甲", "<", "乙"), ("^", "<", "丙")))]
    [('甲', 1, 1), ('乙', 0, 2), ('丙', 1, 2)]
    """
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in ("<", "^"):
                continue
            right = left
            while right + 1 < len(row) and row[right + 1] == "<":
                right += 1
            bottom = top
            while bottom + 1 < len(rows) and left < len(rows[bottom + 1]) and rows[bottom + 1][left] == "^":
                bottom += 1
            yield Span(text, top, left, bottom, right)


def write_docx(content: list[Block], path: Path, numbered: bool = False) -> None:
    """Write a Word file; `numbered` leaves the numbers of "1.…" paragraphs to Word."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    document = Document()
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    core = document.core_properties
    core.created = core.modified = WRITTEN
    core.author = core.last_modified_by = core.comments = ""
    for block in content:
        if block.kind == "table":
            _docx_table(document, block.rows)
        elif numbered and (item := re.match(r"[0-9]{1,2}\.(?![0-9])", block.text)):
            document.add_paragraph(block.text[item.end():], style="List Number")
        else:
            paragraph = document.add_paragraph()
            paragraph.add_run(block.text).bold = block.kind != "text" or None
            if block.kind == "title":
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.save(str(path))
    _settle(path)


def _docx_table(document: Any, rows: tuple[tuple[str, ...], ...]) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    table.style = "Table Grid"
    for span in spans(rows):
        cell = table.cell(span.top, span.left)
        if (span.top, span.left) != (span.bottom, span.right):
            cell = cell.merge(table.cell(span.bottom, span.right))
        cell.text = span.text


def write_xlsx(content: list[Block], path: Path) -> None:
    """Write a workbook of one sheet: paragraphs each in a merged row, tables below one another, numbers as numbers."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = book.properties.modified = WRITTEN
    book.properties.creator = ""
    sheet = book.worksheets[0]
    sheet.title = next((b.text for b in content if b.kind == "title"), "Sheet1")[:20]
    width = max((len(row) for b in content for row in b.rows), default=1)
    row = 1
    for block in content:
        for span in spans(block.rows) if block.rows else (Span(block.text, 0, 0, 0, width - 1),):
            _xlsx_cell(sheet.cell(row + span.top, span.left + 1), span.text)
            if (span.top, span.left) != (span.bottom, span.right):
                sheet.merge_cells(start_row=row + span.top, start_column=span.left + 1, end_row=row + span.bottom,
                                  end_column=span.right + 1)
        row += len(block.rows) or 1
    book.save(path)
    _settle(path)


def _xlsx_cell(cell: Any, text: str) -> None:
    if number := re.fullmatch(r"-?[0-9]+(?:\.([0-9]+))?(%?)", text):
        decimals = len(number[1] or "")
        cell.value = Decimal(text.rstrip("%")).scaleb(-2 if number[2] else 0)
        cell.number_format = "0" + ("." + "0" * decimals if decimals else "") + number[2]
    else:
        cell.value = text or None


def write_pdf(source: Path, path: Path) -> bool:
    """Print a Word file by LibreOffice; return whether that could be done."""
    office = shutil.which("soffice")
    if office is None:
        return False
    with tempfile.TemporaryDirectory() as folder:
        stamp = WRITTEN.strftime("%Y%m%d%H%M%S")
        subprocess.run([office, "--headless", f"-env:UserInstallation={Path(folder).as_uri()}/profile", "--convert-to", "pdf",
                        "--outdir", folder, str(source)], check=True, capture_output=True, timeout=120)
        data = (Path(folder) / f"{source.stem}.pdf").read_bytes()
    # LibreOffice prints the hour and random marks: put fixed ones of the same length in their place
    for mark in (rb"(?<=/CreationDate\(D:)[0-9]{14}", rb"(?<=<)[0-9A-F]{32}(?=>)", rb"(?<=/DocChecksum /)[0-9A-F]{32}"):
        data = re.sub(mark, lambda m: (stamp.encode() * 4)[:len(m.group())], data)
    path.write_bytes(data)
    return True


def _settle(path: Path) -> None:
    """Pack an Office file again with one date in every entry, so that the same content gives the same bytes."""
    with zipfile.ZipFile(path) as old:
        entries = [(name, old.read(name)) for name in sorted(old.namelist(), key=lambda n: (n != "[Content_Types].xml", n))]
    stamp = WRITTEN.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in entries:
            if name == "docProps/core.xml":
                data = re.sub(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z", stamp, data)
            entry = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
            entry.external_attr = 0o600 << 16
            new.writestr(entry, data, zipfile.ZIP_DEFLATED)


def make(name: str) -> None:
    """Write the files of one specimen; a PDF is printed again only when the Word file changed."""
    told = truth(name)
    content = list(blocks((SPECIMENS / f"{name}.md").read_text("utf-8")))
    for suffix in told["writes"]:
        path = SPECIMENS / f"{name}.{suffix}"
        if suffix == "docx":
            before = path.read_bytes() if path.exists() else b""
            write_docx(content, path, told.get("numbered", False))
            pdf = path.with_suffix(".pdf")
            if "pdf" in told["writes"] and (path.read_bytes() != before or not pdf.exists()) and not write_pdf(path, pdf):
                print(f"LibreOffice is not installed: {pdf.name} was not written", file=sys.stderr)
        elif suffix == "xlsx":
            write_xlsx(content, path)


def findings(name: str) -> str:
    """Return what the program finds in the first file of a specimen, as expected.csv has it."""
    from fusuan.batch.audit import audit

    told = audit(SPECIMENS / f"{name}.{truth(name)['writes'][0]}")
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for finding in told.findings:
        computed = finding.computed
        table.writerow((finding.place, finding.label, finding.stated.text, computed.formula if computed else "",
                        round(computed.value, 4) if computed else finding.expected, finding.verdict))
    return text.getvalue()


def main(arguments: list[str]) -> None:
    for name in names():
        if "--expected" in arguments:
            (SPECIMENS / f"{name}.expected.csv").write_text(findings(name), "utf-8")
        else:
            make(name)


if __name__ == "__main__":
    main(sys.argv[1:])
