"""Old formats: what is read without LibreOffice, what with it, and what is said where it is missing."""

from __future__ import annotations

import struct
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from fusuan import extract
from fusuan.extract import File
from fusuan.extract._biff import read_looks
from fusuan.extract._libreoffice import converted
from fusuan.extract._msdoc import library
from fusuan.model import ReadError
from tests.office import needs_calc, needs_writer


def workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        frame, rate = ({"border": 1}, {"border": 1, "num_format": "0.00%"})
        page, plain, percent = book.add_worksheet("表"), book.add_format(frame), book.add_format(rate)
        page.merge_range(0, 0, 0, 2, "某县自评表")
        page.write_row(1, 0, ["项目", "预算数", "执行率"], plain)
        page.write_row(2, 0, ["甲", 12.5], plain)
        page.write(2, 2, 0.8943, percent)
        page.write(3, 0, "", plain)
        page.merge_range(3, 0, 4, 0, "乙", plain)
        page.write_row(3, 1, [3, ""], plain)
        page.write(4, 1, "", plain)
        page.write_datetime(4, 2, datetime(2023, 12, 31), book.add_format(
            {"border": 1, "num_format": 'yyyy"年"m"月"d"日"'}))


@needs_calc
@pytest.mark.parametrize("suffix", [".xls", ".et"])
def test_an_old_workbook_reads_like_a_new_one(tmp_path: Path, suffix: str) -> None:
    workbook(tmp_path / "a.xlsx")
    old = converted(File(tmp_path / "a.xlsx"), ".xlsx", "xls")
    path = tmp_path / f"a{suffix}"
    path.write_bytes(old.read_bytes())
    new, document = extract.read(tmp_path / "a.xlsx"), extract.read(path)
    assert document.blocks == new.blocks
    assert [c.text for c in next(document.tables).cells][3:6] == ["甲", "12.5", "89.43%"]
    assert (document.format, document.remarks) == (suffix[1:], ())


@needs_calc
def test_hidden_sheets_and_errors_of_an_old_workbook_are_said(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        page, away = book.add_worksheet("表"), book.add_worksheet("底稿")
        page.write_row(0, 0, ["甲", 1.5])
        page.write(1, 0, "乙")
        page.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        away.write(0, 0, "旧数")
        away.hide()
    (tmp_path / "a.xls").write_bytes(converted(File(tmp_path / "a.xlsx"), ".xlsx", "xls").read_bytes())
    old, new = extract.read(tmp_path / "a.xls"), extract.read(tmp_path / "a.xlsx")
    assert old.blocks == new.blocks
    assert old.remarks == tuple(remark for remark in new.remarks if "公式" not in remark)
    assert any("B2 #DIV/0!" in remark for remark in old.remarks)


@needs_writer
@pytest.mark.parametrize("suffix", [".rtf", ".odt"])
def test_other_texts_go_through_libreoffice(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "a.txt").write_text("某县自评报告\n本年支出12.5万元。\n", encoding="utf-8")
    made = converted(File(tmp_path / "a.txt"), ".txt", suffix[1:])
    (tmp_path / f"a{suffix}").write_bytes(made.read_bytes())
    document = extract.read(tmp_path / f"a{suffix}")
    assert [p.text for p in document.paragraphs] == ["某县自评报告", "本年支出12.5万元。"]
    assert "LibreOffice" in document.remarks[0]


def test_without_libreoffice_it_is_said_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fusuan.extract._libreoffice.program", lambda: None)
    (tmp_path / "a.doc").write_bytes(b"{\\rtf1 text}")
    with pytest.raises(ReadError) as caught:
        extract.read(tmp_path / "a.doc")
    assert caught.value.code == "needs_libreoffice"
    assert "LibreOffice" in caught.value.message
    assert "另存为" in caught.value.message


@needs_writer
@pytest.mark.skipif(library() is None, reason="msdoc2docx is not installed")
@pytest.mark.parametrize("suffix", [".doc", ".wps", ".docx"])
def test_an_old_document_keeps_its_text_without_libreoffice(
        tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text("某县自评报告\n本年支出12.5万元。\n", encoding="utf-8")
    made = converted(File(tmp_path / "a.txt"), ".txt", "doc")
    (tmp_path / f"a{suffix}").write_bytes(made.read_bytes())
    monkeypatch.setattr("fusuan.extract._libreoffice.program", lambda: None)
    document = extract.read(tmp_path / f"a{suffix}")
    assert [p.text for p in document.paragraphs] == ["某县自评报告", "本年支出12.5万元。"]
    assert document.format == (".doc" if suffix == ".docx" else suffix)[1:]


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def test_looks_of_an_old_workbook() -> None:
    code = "0.00%"
    styles = [struct.pack("<HHHHHI", 0, 0, 0, 0, 0, 0) + bytes(6),
              struct.pack("<HHHHHI", 0, 200, 0, 0, 0, 0x11) + bytes(6)]
    head = record(0x809, struct.pack("<HH", 0x600, 5) + bytes(12)) + record(0x22, b"\1\0")
    head += record(0x41E, struct.pack("<HHB", 200, len(code), 0) + code.encode())
    head += b"".join(record(0xE0, style) for style in styles)
    sheet = record(0x809, struct.pack("<HH", 0x600, 16) + bytes(12))
    sheet += record(0x208, struct.pack("<HHHHHHI", 3, 0, 5, 0, 0, 0, 0x20))
    sheet += record(0x203, struct.pack("<HHHd", 3, 1, 1, 0.5)) + record(0x203, struct.pack("<HHHd", 3, 2, 0, 0.5))
    sheet += record(0xBD, struct.pack("<HH", 4, 0) + struct.pack("<HIHI", 1, 0, 0, 0) + struct.pack("<H", 1))
    sheet += record(0xBE, struct.pack("<HHHHH", 5, 7, 0, 1, 8)) + record(0x0A, b"")
    start = len(head) + len(record(0x85, bytes(6))) + 4
    data = head + record(0x85, struct.pack("<IH", start, 0)) + record(0x0A, b"") + sheet
    book = read_looks(data)
    assert book is not None
    assert book.since_1904
    looks = book.sheets[0]
    assert {at for at, shown in looks.codes.items() if shown == code} == looks.framed == {(3, 1), (4, 0), (5, 8)}
    assert looks.hidden_rows == {3}
    assert read_looks(record(0x809, struct.pack("<HH", 0x500, 5))) is None
