"""Marked copies of every specimen and of the seed differ from their originals in marks alone, and LibreOffice finds nothing to repair."""

from __future__ import annotations

import html
import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pypdfium2
import pytest
from PIL import Image

from fusuan import extract, marked
from fusuan.batch.audit import audit
from tests import marked_back as back
from tests.marked_back import W
from tests.office import has, needs_calc, needs_writer
from tests.test_marked import FILES, SEED, SEEDS, SPECIMENS, every_number, marker_of

COMMENT = {W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference")}
WORD_PARTS = re.compile(r"\[Content_Types\]\.xml|word/(document|comments\w*|people)\.xml|word/_rels/document\.xml\.rels")
BOOK_PARTS = re.compile(r"\[Content_Types\]\.xml|xl/(styles|comments\d*)\.xml|xl/worksheets/(sheet\d+\.xml|_rels/.*)|xl/drawings/vmlDrawing\d*\.vml")
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
Piece = tuple[object, ...]
ALL = pytest.mark.parametrize("path", [*FILES, *SEEDS], ids=lambda path: path.name)


def word_of(element: Element) -> Iterator[Piece]:
    """Flatten a Word document: each character with its looks, whatever runs it is cut into; marks aside."""
    if element.tag in COMMENT:
        return
    if element.tag != W + "r":
        yield "in", element.tag, *sorted(element.items()), element.text or ""
        for child in element:
            yield from word_of(child)
        yield "out", element.tag
        return
    look = element.find(W + "rPr")
    looks = b"" if look is None else ElementTree.tostring(look)
    for child in element:
        if child.tag == W + "t":
            yield from (("char", looks, char) for char in child.text or "")
        elif child.tag not in COMMENT and child is not look:
            yield "piece", looks, ElementTree.tostring(child)


def sheet_of(element: Element) -> Iterator[Piece]:
    """Flatten a sheet: all but the looks of cells, cells that hold nothing, and the link to the comments."""
    if element.tag == S + "legacyDrawing" or element.tag in (S + "c", S + "row") and not len(element):
        return
    own = {name: value for name, value in element.items() if not (element.tag == S + "c" and name == "s") and name != "spans"}
    yield element.tag, *sorted(own.items()), element.text or ""
    for child in element:
        yield from sheet_of(child)


@ALL
def test_a_copy_differs_in_its_marks_alone(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / f"b{path.suffix}"
    assert marker_of(path).mark(extract.File(path), every_number(path), copy)
    if path.suffix == ".pdf":
        assert copy.read_bytes().startswith(path.read_bytes())
        return
    before, after = back.parts(path), back.parts(copy)
    known = WORD_PARTS if path.suffix == ".docx" else BOOK_PARTS
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name) and not known.fullmatch(name)} == set()
    flat = word_of if path.suffix == ".docx" else sheet_of
    for name in before:
        if name == "word/document.xml" or name.startswith("xl/worksheets/sheet"):
            assert list(flat(ElementTree.fromstring(after[name]))) == list(flat(ElementTree.fromstring(before[name])))


def saved(paths: list[Path], kind: str, folder: Path) -> dict[str, str]:
    """Have LibreOffice write files in its own format; return what it then holds of each."""
    subprocess.run(["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind,
                    "--outdir", str(folder / "out"), *map(str, paths)], check=True, capture_output=True, timeout=300)
    return {path.stem: zipfile.ZipFile(folder / "out" / f"{path.stem}.{kind}").read("content.xml").decode() for path in paths}


def shown(content: str) -> str:
    """The text of what LibreOffice holds, without what its annotations say."""
    text = re.sub(r"<office:annotation .*?</office:annotation>|<office:annotation-end[^>]*>", "", content, flags=re.S)
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", text.partition("<office:body>")[2]))


def anchored(content: str) -> list[tuple[str, str]]:
    """What each annotation of a text that LibreOffice wrote stands on, and what it says; of a sheet, the text of its cell."""
    found: list[tuple[str, str]] = []
    for match in re.finditer(r'<office:annotation ([^>]*)>(.*?)</office:annotation>', content, re.S):
        name = re.search(r'office:name="([^"]+)"', match[1])
        stop = f'<office:annotation-end office:name="{name[1]}"/>' if name else "</table:table-cell>"
        found.append((bare(content[match.end():].partition(stop)[0]), bare(match[2])))
    return found


def bare(content: str) -> str:
    return "".join(html.unescape(re.sub(r"<text:s [^>]*>|<[^>]+>", "", re.sub("<office:annotation .*?</office:annotation>", "", content, flags=re.S))).split())


@pytest.mark.parametrize("kind", [pytest.param("odt", marks=needs_writer), pytest.param("ods", marks=needs_calc)])
def test_libreoffice_holds_the_same_text_and_every_mark(kind: str, tmp_path: Path) -> None:
    suffix = ".docx" if kind == "odt" else ".xlsx"
    originals = [path for path in (*FILES, SEED / "report.docx") if path.suffix == suffix and path.exists()]
    found = {path: (notes, copy) for path in originals
             if (notes := marked.notes_of(result := audit(path))) and (copy := marked.mark(result, tmp_path / "标注")[0])}
    assert len(found) > 3
    copies = saved([copy for _, copy in found.values()], kind, tmp_path)
    before = saved(list(found), kind, tmp_path)
    for path, (notes, copy) in found.items():
        told = re.findall(r"<office:annotation .*?</office:annotation>", copies[copy.stem], re.S)
        assert sum(one.count("【") for one in told) >= len(notes), path
        stands = anchored(copies[copy.stem])
        for note in notes:  # LibreOffice too has it at the figure itself
            wanted = bare(note.stated)
            assert any(bare(html.escape(note.text)) in said and (wanted == text if kind == "odt" else wanted in text) for text, said in stands), (path, note)
        assert shown(copies[copy.stem]) == shown(before[path.stem]), path


@pytest.mark.skipif(not has("sd"), reason="LibreOffice Draw is not installed")
def test_a_figure_can_be_read_under_its_highlight_in_draw(tmp_path: Path) -> None:
    """Draw does not multiply a highlight with what lies under it: it must be seen through."""
    copy, _ = marked.mark(audit(SPECIMENS / "department-prose.pdf"), tmp_path / "标注")
    assert copy is not None
    subprocess.run(["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", "png",
                    "--outdir", str(tmp_path), str(copy)], check=True, capture_output=True, timeout=300)
    shown = Image.open(tmp_path / f"{copy.stem}.png").convert("RGB")
    with pypdfium2.PdfDocument(copy.read_bytes()) as document:
        width, height = document[0].get_size()
    scale = shown.width / width
    found = back.boxes(copy)[0]
    assert len(found) == 2
    for left, bottom, right, top in found:
        inside = shown.crop((round(left * scale), round((height - top) * scale), round(right * scale), round((height - bottom) * scale)))
        data = inside.tobytes()
        pixels = list(zip(data[::3], data[1::3], data[2::3], strict=True))
        tinted = sum(red > green + 40 and red > 200 for red, green, _ in pixels)
        assert tinted > len(pixels) / 3 and sum(max(one) < 160 for one in pixels) > len(pixels) / 60
