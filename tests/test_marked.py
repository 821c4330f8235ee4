"""Marked copies: every mark stands on the very figure it is about, and nothing else of the file differs."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from fusuan import extract, marked
from fusuan.batch.audit import audit, audits
from fusuan.model import Cell, Document, Paragraph, Verdict
from tests import marked_back as back

SPECIMENS = Path(__file__).parent.parent / "corpus" / "specimens"
SEED = Path(__file__).parents[2] / "shared" / "seed"
FILES = sorted(path for suffix in ("docx", "pdf", "xlsx") for path in SPECIMENS.glob(f"*.{suffix}"))
SEEDS = [pytest.param(path, marks=pytest.mark.skipif(not path.exists(), reason="the seed is not here"))
         for path in (SEED / "report.docx", SEED / "report.pdf")]
NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?%?")
COUNTED = re.compile(r"[（(]?[0-9]{1,2}[.、）)]$")
"""The number of an item, which Word may count itself, so that it stands in no text."""


def blocks(document: Document) -> Iterator[Paragraph | Cell]:
    for block in document.blocks:
        yield from (block,) if isinstance(block, Paragraph) else block.cells


def every_number(path: Path, most: int = 150) -> list[marked.Note]:
    """Return a note for each number of a file, as if all were wrong."""
    found = [marked.Note(block.place, match.span(), match.group(), Verdict.BROKEN, (f"【不符】{match.group()}",))
             for block in blocks(extract.read(path)) for match in NUMBER.finditer(block.text)
             if not COUNTED.match(block.text[:match.end() + 1])]
    step = len(found) // most + 1
    return found[::step]


def marker_of(path: Path) -> marked.Marker:
    return next(marker for marker in marked.markers() if path.suffix in marker.SUFFIXES)


def plain(text: str) -> str:
    return "".join(text.split())


def shown(path: Path) -> dict[tuple[str, str], str]:
    """Return what each cell of a workbook shows, by sheet and name."""
    with extract.Package(extract.File(path)) as package:
        return {(sheet.name, extract.cell_name(*at)): text for sheet in extract.trace_xlsx(package)
                for at, text in sheet.texts.items()}


def held(path: Path, copy: Path, notes: list[marked.Note]) -> None:
    """Hold that each note is told of the figure itself, in a copy that reads as the original does."""
    if path.suffix == ".xlsx":
        cells = shown(path)
        told = {(sheet, cell): said for sheet, cell, said in back.workbook(copy)}
        for note in notes:
            assert any(note.text in said and note.stated in cells.get(at, "") for at, said in told.items()), note
    else:
        found = back.word(copy) if path.suffix == ".docx" else back.pdf(copy)
        wanted = Counter((plain(note.stated), note.text) for note in notes if note.stated.strip())
        blank = sum(not note.stated.strip() for note in notes)
        assert Counter((plain(text), said) for text, said in found if plain(text) or not blank) == wanted
        assert len(found) == len(notes)
    assert extract.read(copy).blocks == extract.read(path).blocks


@pytest.mark.parametrize("path", [*FILES, *SEEDS], ids=lambda path: path.name)
def test_a_mark_stands_on_its_figure_whatever_the_figure(path: Path, tmp_path: Path) -> None:
    """Not only on wrong ones: every number of every specimen is marked as if it were."""
    notes, copy = every_number(path), tmp_path / f"copy{path.suffix}"
    assert notes
    assert marker_of(path).mark(extract.File(path), notes, copy) == len(notes)
    held(path, copy, notes)


@pytest.mark.parametrize("path", [*FILES, *SEEDS], ids=lambda path: path.name)
def test_the_wrong_figures_of_a_report_are_marked(path: Path, tmp_path: Path) -> None:
    result, before = audit(path), hashlib.sha256(path.read_bytes()).digest()
    notes = marked.notes_of(result)
    copy, said = marked.mark(result, tmp_path / "标注")
    assert hashlib.sha256(path.read_bytes()).digest() == before
    if not notes:
        assert copy is None
        assert not (tmp_path / "标注").exists()
        return
    assert copy is not None
    assert f"标注 {len(notes)} 处" in said
    held(path, copy, notes)


@pytest.mark.parametrize("name", ["department-prose.docx", "department-prose.pdf", "base-data.xlsx"])
def test_no_file_is_written_over(name: str, tmp_path: Path) -> None:
    shutil.copy(SPECIMENS / name, tmp_path / name)
    result, stem, suffix = audit(tmp_path / name), Path(name).stem, Path(name).suffix
    copies = [marked.mark(result, tmp_path)[0] for _ in range(3)]
    assert [copy.name for copy in copies if copy] == [f"{stem}（标注{n}）{suffix}" for n in ("", 2, 3)]


def test_a_report_of_another_format_is_told_how_to_be_marked(tmp_path: Path) -> None:
    text = tmp_path / "自评报告.txt"
    text.write_text("本年支出合计420.50万元，其中：基本支出310.20万元，项目支出120.30万元。", "utf-8")
    copy, said = marked.mark(audit(text), tmp_path / "标注")
    assert copy is None
    assert "未作标注件：自评报告.txt" in said
    assert ".docx、.xlsx、.pdf" in said


def test_a_file_that_is_gone_leaves_no_copy(tmp_path: Path) -> None:
    shutil.copy(SPECIMENS / "department-prose.docx", tmp_path / "甲.docx")
    result = audit(tmp_path / "甲.docx")
    (tmp_path / "甲.docx").unlink()
    copy, said = marked.mark(result, tmp_path / "标注")
    assert copy is None
    assert said
    assert not list((tmp_path / "标注").glob("*"))


def test_a_file_spoilt_in_between_leaves_no_copy(tmp_path: Path) -> None:
    shutil.copy(SPECIMENS / "department-prose.docx", tmp_path / "甲.docx")
    result = audit(tmp_path / "甲.docx")
    whole = (tmp_path / "甲.docx").read_bytes()
    (tmp_path / "甲.docx").write_bytes(whole[:200] + b"\0" * 400 + whole[600:])
    copy, said = marked.mark(result, tmp_path / "标注")
    assert copy is None
    assert "未作标注件" in said
    assert not list((tmp_path / "标注").glob("*"))


def test_reports_in_an_archive_are_marked(tmp_path: Path) -> None:
    archive = tmp_path / "甲单位.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for name in ("department-prose.docx", "department-prose.pdf", "department-form.xlsx"):
            packed.write(SPECIMENS / name, f"材料/{name}")
    open_ = marked.opener()
    results = list(audits(archive))
    copies = [marked.mark(result, tmp_path / "标注", open_)[0] for result in (*results, results[0])]
    assert [copy.name for copy in copies if copy] == [
        "department-prose（标注）.docx", "department-prose（标注）.pdf", "department-form（标注）.xlsx", "department-prose（标注2）.docx"]
    assert len(back.word(tmp_path / "标注" / "department-prose（标注）.docx")) == 2


def test_names_are_no_paths(tmp_path: Path) -> None:
    """What a member of an archive is called may not choose where its copy lies."""
    archive = tmp_path / "乙.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(SPECIMENS / "department-prose.docx", '..\\..\\a<b>:"c?*.docx')
    (result,) = audits(archive)
    copy, said = marked.mark(result, tmp_path / "标注")
    assert copy is not None, said
    assert copy.parent == tmp_path / "标注"
    assert not set('<>:"|?*\\') & set(copy.name)
