"""Whatever the bytes are, reading gives a document or a ReadError that says what to do."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from fusuan import extract
from fusuan.extract import _package
from fusuan.extract._ole import MAGIC
from fusuan.model import ReadError
from tests.hostile import old_book

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = "<w:body><w:p><w:r><w:t>本年支出12.5万元</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:body>"
CODES = {"missing", "empty", "encrypted", "damaged", "unknown_format", "too_large", "no_text", "needs_libreoffice",
         "needs_library", "archive"}


def zipped(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def word(body: str = BODY, before: str = "") -> bytes:
    return zipped(**{"[Content_Types].xml": "<Types/>",
                     "word/document.xml": f'{before}<w:document xmlns:w="{WORD}">{body}</w:document>'})


def workbook() -> bytes:
    book, buffer = Workbook(), io.BytesIO()
    page = book.active
    assert page is not None
    for row in (["项目", "数"], ["甲", 1.5], ["乙", 2]):
        page.append(row)
    book.save(buffer)
    return buffer.getvalue()


def compound(*names: str, stream: bytes = b"") -> bytes:
    """Write a container with empty streams of these names, or one with `stream` in it."""
    sectors = [b""] * 2
    header = MAGIC + b"\0" * 16 + b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0" + b"\0" * 10
    header += b"".join(n.to_bytes(4, "little") for n in (1, 0, 0, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0))
    header = header[:48] + b"".join(n.to_bytes(4, "little") for n in (1, 0, 0 if stream else 4096, 0xFFFFFFFE, 0,
                                                                      0xFFFFFFFE, 0)) + b"\0" * 4
    header = header[:76] + (0).to_bytes(4, "little") + b"\xff" * (4 * 108)
    count = -(-len(stream) // 512)
    table = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + count), *([0xFFFFFFFE] if count else [])]
    sectors[0] = b"".join(n.to_bytes(4, "little") for n in table).ljust(512, b"\xff")
    entries = b""
    for number, (name, kind) in enumerate((("Root Entry", 5), *((name, 2) for name in names))):
        label = (name + "\0").encode("utf-16-le")
        size = len(stream) if kind == 2 else 0
        following = number + 1 if 0 < number < len(names) else 0xFFFFFFFF
        ties = b"".join(n.to_bytes(4, "little") for n in (0xFFFFFFFF, following, 0xFFFFFFFF if number else 1))
        entries += (label.ljust(64, b"\0") + len(label).to_bytes(2, "little") + bytes([kind, 1]) + ties).ljust(116, b"\0")
        entries += (2 if size else 0xFFFFFFFE).to_bytes(4, "little") + size.to_bytes(8, "little")
    sectors[1] = entries.ljust(512, b"\0")
    return header + b"".join(sectors) + stream.ljust(count * 512, b"\0")


def numbered(value: object) -> str | None:
    """Name a case by its words, never by its bytes: those of an archive hold the time of day, and a case must be called
    the same in every process that collects it."""
    return "bytes" if isinstance(value, bytes) else None


def code_of(folder: Path, name: str, data: bytes) -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(ReadError) as caught:
        extract.read(path)
    assert any("\u4e00" <= character <= "\u9fff" for character in caught.value.message)
    assert "请" in caught.value.message
    return caught.value.code


@pytest.mark.parametrize(("name", "data", "code"), [
    ("a.docx", b"", "empty"), ("a.xlsx", b"", "empty"), ("a.docx", b"\0" * 5000, "damaged"),
    ("a.docx", word()[:-60], "damaged"), ("a.docx", word()[:200], "damaged"), ("a.xlsx", workbook()[:900], "damaged"),
    ("a.docx", word("<w:body><w:p>"), "damaged"), ("a.docx", word("<w:body/>"), "no_text"),
    ("a.docx", word("<w:body><w:p/></w:body>"), "no_text"), ("a.docx", word(""), "damaged"),
    ("a.docx", word(before='<!DOCTYPE x [<!ENTITY e "eee">]>'), "damaged"),
    ("a.docx", zipped(readme="x"), "archive"), ("a.zip", zipped(a="x"), "archive"),
    ("a.docx", zipped(**{"[Content_Types].xml": "<Types/>"}), "damaged"),
    ("a.xlsx", zipped(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}), "no_text"),
    ("a.docx", compound("EncryptionInfo", "EncryptedPackage"), "encrypted"),
    ("a.xlsx", compound("EncryptedPackage"), "encrypted"), ("a.msg", compound("Strange"), "unknown_format"),
    ("a.doc", compound("WordDocument", stream=(b"\xec\xa5" + b"\0" * 9 + b"\1").ljust(5000, b"\0")), "encrypted"),
    ("a.xls", compound("Workbook", stream=b"\x09\x08\x10\0\0\x06\x05\0".ljust(20, b"\0") + b"\x2f\0\0\0" + b"\0" * 5000),
     "encrypted"),
    ("a.xls", old_book((65000, 60000)), "damaged"), ("a.xls", compound("Workbook", stream=b"\1" * 5000), "damaged"), ("a.doc", MAGIC, "damaged"),
    ("a.rar", b"Rar!\x1a\x07\0 and more", "archive"), ("a.png", b"\x89PNG\r\n\x1a\n", "damaged"),
    ("a.docx", b"PK\x03\x04garbage", "damaged"), ("a.xlsx", b"\xff\xfe\0\1\2\3", "damaged"),
    ("a.txt", b" \r\n\t\r\n", "no_text"), ("a", b"\1\2\3\4\5\6\7", "unknown_format"),
], ids=numbered)
def test_bad_files_say_what_is_wrong(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    assert code_of(tmp_path, name, data) == code


def test_what_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(ReadError) as caught:
            extract.read(path)
        assert caught.value.code == "missing"


def test_an_archive_that_unpacks_to_far_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = word("<w:body>" + " " * 40_000_000 + "</w:body>")
    assert code_of(tmp_path, "a.docx", bomb) == "too_large"
    monkeypatch.setattr(_package, "MOST", 100)
    assert code_of(tmp_path, "a.docx", word()) == "too_large"
    monkeypatch.setattr(_package, "MOST_PARTS", 1)
    assert code_of(tmp_path, "a.docx", word()) == "too_large"


def test_an_archive_that_lies_about_its_size(tmp_path: Path) -> None:
    data = bytearray(word("<w:body>" + "<w:p/>" * 100_000 + "</w:body>"))
    size = len(f'<w:document xmlns:w="{WORD}"><w:body></w:body></w:document>') + 600_000
    assert data.count(size.to_bytes(4, "little")) == 2
    assert code_of(tmp_path, "a.docx", bytes(data.replace(size.to_bytes(4, "little"), (900).to_bytes(4, "little")))) \
        == "damaged"


@pytest.mark.parametrize(("name", "data", "kind"), [
    ("a.doc", word(), "docx"), ("a.pdf", word(), "docx"), ("a.xls", workbook(), "xlsx"), ("a.docx", workbook(), "xlsx"),
    ("a.docx", "本年支出12.5万元".encode(), "txt"), ("a", word(), "docx"), ("a.et", workbook(), "xlsx"),
    ("a.xlsx", word(), "docx"), ("a.TXT", word(), "docx"),
], ids=numbered)
def test_the_content_counts_not_the_suffix(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    document = extract.read(tmp_path / name)
    assert (document.format, document.name) == (kind, name)
    assert "按内容读取" in document.remarks[0]


def test_the_right_suffix_is_not_remarked(tmp_path: Path) -> None:
    for name, data in (("a.docx", word()), ("a.docm", word()), ("a.DOCX", word()), ("a.xlsx", workbook())):
        (tmp_path / name).write_bytes(data)
        assert not extract.read(tmp_path / name).remarks


def survives(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    try:
        document = extract.read(path)
    except ReadError as error:
        assert error.code in CODES
        assert error.message
    else:
        assert document.blocks


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fusuan.extract.legacy.program", lambda: None)
    monkeypatch.setattr("fusuan.extract._libreoffice.program", lambda: None)


@pytest.mark.parametrize("data", [word(), workbook(), compound("Workbook", stream=b"\x09\x08" * 3000)],
                         ids=["docx", "xlsx", "xls"])
def test_cut_and_flipped_files_never_raise_anything_else(tmp_path: Path, data: bytes) -> None:
    chance = random.Random(7)
    for cut in range(0, len(data), max(len(data) // 60, 1)):
        survives(tmp_path / "a.docx", data[:cut])
    for _ in range(150):
        flipped = bytearray(data)
        for _ in range(chance.choice((1, 3, 30))):
            flipped[chance.randrange(len(flipped))] = chance.randrange(256)
        survives(tmp_path / "a.xlsx", bytes(flipped))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), name=st.sampled_from(["a.docx", "a.xlsx", "a.xls", "a.doc", "a.txt", "a"]),
       start=st.sampled_from([b"", b"PK\x03\x04", MAGIC, b"{\\rtf", b"<?xml", "决算".encode("gb18030")]))
def test_any_bytes(tmp_path: Path, data: bytes, name: str, start: bytes) -> None:
    survives(tmp_path / name, start + data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tags=st.lists(st.sampled_from([
    "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>3</w:t>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>",
    "</w:tc>", '<w:tcPr><w:gridSpan w:val="-1"/></w:tcPr>', '<w:tcPr><w:gridSpan w:val="99999999"/></w:tcPr>',
    "<w:tcPr><w:vMerge/></w:tcPr>", '<w:pPr><w:numPr><w:numId w:val="x"/></w:numPr></w:pPr>',
    '<w:fldChar w:fldCharType="end"/>', '<w:sym w:char="zz"/>', "<w:txbxContent><w:p/></w:txbxContent>"]), max_size=30))
def test_any_markup(tmp_path: Path, tags: list[str]) -> None:
    survives(tmp_path / "a.docx", word(f"<w:body>{''.join(tags)}<w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body>"))
