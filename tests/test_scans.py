"""Scans and photos: what is recognised is laid out and recomputed like the report it was printed from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from corpus.scanned import pages, scanned, stamped
from fusuan import extract
from fusuan.batch.audit import audit
from fusuan.extract import _scan_pages
from fusuan.model import Audit, Document, ReadError, Verdict
from fusuan.model.progress import watched

SPECIMENS = Path(__file__).parent.parent / "corpus" / "specimens"
FORM, PROSE = SPECIMENS / "project-form.pdf", SPECIMENS / "department-prose.pdf"
recognition = pytest.mark.skipif(not _scan_pages.installed(), reason="the extra fusuan[ocr] is not installed")

Said = tuple[str, str, str]


def said(result: Audit, *verdicts: Verdict) -> Counter[Said]:
    """What is checked in a file: kind, the figure as printed, the value recomputed; blanks are no part of a figure."""
    return Counter((f.label, "".join(f.stated.text.split()), str(f.computed.value if f.computed else f.expected))
                   for f in result.findings if f.verdict in (verdicts or Verdict))


def cells(document: Document) -> list[str]:
    return ["".join(cell.text.split()) for table in document.tables for cell in table.cells]


def middle(document: Document, text: str) -> tuple[float, float]:
    """Where a cell stands on the page as it came in."""
    box = next(cell.place.box for table in document.tables for cell in table.cells if "".join(cell.text.split()) == text)
    assert box is not None
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def kept(of: Path, scan: Path) -> float:
    """The share of checks that a scan keeps; it accuses of nothing that the file does not."""
    one, two = audit(of), audit(scan)
    assert not said(two, Verdict.BROKEN) - said(one, Verdict.BROKEN)
    return (said(one) & said(two)).total() / said(one).total()


def plain(document: Document) -> str:
    return "".join("".join(paragraph.text.split()) for paragraph in document.paragraphs)


@recognition
def test_a_clean_scan_of_prose_says_what_the_file_says(tmp_path: Path) -> None:
    assert kept(PROSE, scanned(PROSE, tmp_path / "扫描.pdf")) > 0.97


@recognition
def test_a_worn_scan_says_nearly_what_the_file_says(tmp_path: Path) -> None:
    assert kept(FORM, scanned(FORM, tmp_path / "旧.pdf", 150, use=True)) >= 0.9


@recognition
@pytest.mark.parametrize("quarters", [1, 2])
def test_a_page_that_lies_is_turned(quarters: int, tmp_path: Path) -> None:
    page = next(pages(FORM, 120))
    page.rotate(90 * quarters, expand=True).save(tmp_path / "a.png", dpi=(120, 120))
    read, whole = (extract.read(path) for path in (tmp_path / "a.png", FORM))
    found, own = (cells(document)[:12] for document in (read, whole))
    assert len(set(found) & set(own)) >= len(set(own)) - 2
    (x, y), (u, v) = (middle(document, own[0]) for document in (whole, read))
    wide, high = (side * 72 / 120 for side in page.size)
    there = {1: (y, wide - x), 2: (wide - x, high - y)}[quarters]
    assert abs(there[0] - u) < 5 and abs(there[1] - v) < 5


@recognition
def test_pictures_of_several_kinds_and_several_pages(tmp_path: Path) -> None:
    first, *_ = taken = list(pages(PROSE, 150))
    first.crop((0, 0, first.width, first.height // 3)).save(tmp_path / "a.jpg", quality=90)
    taken[0].save(tmp_path / "b.tif", save_all=True, append_images=[first.crop((0, 0, first.width, first.height // 4))])
    small, both = (extract.read(tmp_path / name) for name in ("a.jpg", "b.tif"))
    assert small.pages == 1 and both.pages == 2 and (small.format, both.format) == ("jpg", "tif")
    assert plain(small)[:20] == plain(extract.read(PROSE))[:20]
    assert {paragraph.place.page for paragraph in both.paragraphs} == {1, 2}


@recognition
def test_pages_of_a_mixed_file_are_recognised_one_by_one(tmp_path: Path) -> None:
    scan = scanned(FORM, tmp_path / "a.pdf", 150)
    mixed, seen = pypdfium2.PdfDocument.new(), []
    for path in (PROSE, scan):
        mixed.import_pages(pypdfium2.PdfDocument(path), [0])
    mixed.save(tmp_path / "b.pdf")
    with watched(lambda page, pages: seen.append((page, pages))):
        document = extract.read(tmp_path / "b.pdf")
    assert seen == [(2, 2)]
    assert {block.place.scanned for block in document.paragraphs if block.place.page == 1} == {False}
    cells = [cell for table in document.tables for cell in table.cells if cell.place.page == 2]
    assert cells and all(cell.place.scanned and cell.place.box for cell in cells)
    assert any(remark.startswith("第2页是图片") for remark in document.remarks)


@pytest.fixture
def unmapped(tmp_path: Path) -> Path:
    """A PDF whose fonts do not say what their characters are."""
    path = tmp_path / "乱码.pdf"
    path.write_bytes(PROSE.read_bytes().replace(b"/ToUnicode", b"/NoUnicode"))
    return path


@recognition
def test_text_that_the_fonts_do_not_tell_is_recognised(unmapped: Path) -> None:
    assert kept(PROSE, unmapped) > 0.97


def test_text_that_the_fonts_do_not_tell_is_not_taken_for_text(unmapped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_scan_pages, "_NEEDED", ("no_such_module",))
    with pytest.raises(ReadError, match=r"没有文字对照.*fusuan\[ocr\]"):
        extract.read(unmapped)


@recognition
def test_what_is_printed_under_a_stamp_is_read(tmp_path: Path) -> None:
    page = next(pages(FORM, 200))
    for number, shown in enumerate((page, stamped(page, 200, 5))):
        shown.save(tmp_path / f"{number}.png", dpi=(200, 200))
    clean, red = (next(extract.read(tmp_path / f"{number}.png").tables) for number in (0, 1))
    differ = [(one.text, two.text) for one, two in zip(clean.cells, red.cells, strict=True) if one.text != two.text]
    assert len(differ) <= 1


@recognition
def test_an_empty_sheet_says_what_to_do(tmp_path: Path) -> None:
    Image.new("RGB", (800, 1100), "white").save(tmp_path / "a.png")
    with pytest.raises(ReadError, match="没有认出文字") as caught:
        extract.read(tmp_path / "a.png")
    assert caught.value.code == "no_text"


@pytest.mark.parametrize("suffix", [".pdf", ".png"])
def test_without_the_extra_the_message_says_what_to_install(
        suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_scan_pages, "_NEEDED", ("no_such_module",))
    path = tmp_path / f"扫描{suffix}"
    Image.new("RGB", (400, 500), "white").save(path)
    with pytest.raises(ReadError, match=r"fusuan\[ocr\]") as caught:
        extract.read(path)
    assert caught.value.code == "no_text"


@pytest.mark.parametrize(("name", "data", "code"), [
    ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "damaged"), ("a.jpg", b"\xff\xd8\xff\xe0" + b"\1" * 90, "damaged"),
    ("a.tif", b"II*\0\xff\xff\xff\x7f", "damaged")])
def test_broken_pictures_are_said_to_be_so(name: str, data: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        extract.read(path)
    assert caught.value.code == code
