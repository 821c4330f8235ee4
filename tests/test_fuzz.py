"""Every reader is given files that hypothesis makes up from the pieces of its format: a document or a ReadError comes back.

FUSUAN_FUZZ=1000 tries so many of each kind; as it comes it takes about a minute.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from fusuan import extract
from fusuan.extract._ole import wrapped
from fusuan.model import ReadError
from tests import hostile
from tests.ofd_maker import ofd
from tests.test_extract_bad import CODES

EXAMPLES = int(os.environ.get("FUSUAN_FUZZ", "120"))
fuzz = settings(max_examples=EXAMPLES, deadline=None, print_blob=True,
                suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
WORDS = st.sampled_from(["本年支出合计", "12.5", "万元", "项目", "100%", "-3", "<", "&amp;", "\u3000", "\ufffd", "𠀀", "1e999", "９０", ""])
TEXT = st.lists(WORDS, max_size=6).map("".join)
SIZE = st.one_of(st.integers(-2, 40), st.sampled_from([0, 255, 1000, 16384, 65535, 1048576, 2 ** 31, -2 ** 31, 10 ** 12]))
NUMBER = st.one_of(SIZE.map(str), st.floats().map(str), st.sampled_from(["", "x", "1 2", "1e400", "g"]))
GOOD = hostile.good()


@pytest.fixture(autouse=True)
def _without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fusuan.extract.legacy.program", lambda: None)
    monkeypatch.setattr("fusuan.extract._libreoffice.program", lambda: None)


def survives(folder: Path, name: str, data: bytes) -> None:
    """Read it, and what is in it where it is an archive."""
    path = folder / name
    path.write_bytes(data)
    if extract.is_archive(path):
        for member in extract.members(path):
            if member.data is not None:
                ended(lambda member=member: extract.read_member(member))
            else:
                assert member.error is not None
        return
    ended(lambda: extract.read(path))


def ended(read: object) -> None:
    assert callable(read)
    try:
        document = read()
    except ReadError as error:
        assert error.code in CODES
        assert error.message
    else:
        assert document.blocks
        assert all(cell.rows >= 1 and cell.columns >= 1 for table in document.tables for cell in table.cells)
        assert all(table.grid() or not table.height for table in document.tables)


@fuzz
@given(name=st.sampled_from(sorted(GOOD)), edits=st.lists(st.tuples(st.floats(0, 1), st.sampled_from("xic"), st.binary(max_size=9)), max_size=5),
       keep=st.floats(0, 1))
@example(name="好.docx", edits=[(0.75, "i", b"\0"), (0.875, "x", b"")], keep=1.0)  # a member without a name
def test_good_files_edited(tmp_path: Path, name: str, edits: list[tuple[float, str, bytes]], keep: float) -> None:
    data = bytearray(GOOD[name])
    for where, how, piece in edits:
        at = int(where * len(data))
        data[at:at + (0 if how == "i" else len(piece) or 1)] = b"" if how == "c" else piece
    survives(tmp_path, name, bytes(data[: len(data) if keep > 0.3 else int(keep * len(data))]))


def elements(names: list[str], attributes: list[str]) -> st.SearchStrategy[str]:
    """Return trees of elements with these names, attributes and texts, well formed."""
    said = st.lists(st.tuples(st.sampled_from(attributes), NUMBER), max_size=3, unique_by=lambda pair: pair[0]).map(
        lambda pairs: "".join(f' {name}="{value}"' for name, value in pairs))
    return st.recursive(TEXT.map(lambda text: text.replace("<", "")), lambda inner: st.tuples(
        st.sampled_from(names), said, st.lists(inner, max_size=4)).map(lambda t: f"<{t[0]}{t[1]}>{''.join(t[2])}</{t[0]}>"), max_leaves=25)


@fuzz
@given(body=st.lists(elements(["w:p", "w:r", "w:t", "w:tbl", "w:tr", "w:tc", "w:tcPr", "w:gridSpan", "w:vMerge", "w:hMerge", "w:ins", "w:del", "w:sdt",
                               "w:sdtContent", "w:pPr", "w:numPr", "w:numId", "w:ilvl", "w:fldChar", "w:txbxContent", "w:tblGrid", "w:gridCol",
                               "w:footnoteReference", "w:sym", "w:trPr", "w:gridBefore"], ["w:val", "w:w", "w:id", "w:char", "w:fldCharType"]),
                     max_size=5))
def test_word(tmp_path: Path, body: list[str]) -> None:
    survives(tmp_path, "a.docx", hostile.word("".join(body) + hostile.said("甲"),
                                              parts={"word/numbering.xml": f'<w:numbering xmlns:w="{hostile.WORD}">{"".join(body)}</w:numbering>'}))


@fuzz
@given(body=st.lists(elements(["row", "c", "v", "f", "is", "t", "si", "r", "mergeCell", "col", "sheetData", "mergeCells", "cols"],
                              ["r", "s", "t", "ref", "min", "max", "hidden", "si"]), max_size=6),
       cells=st.lists(st.tuples(st.sampled_from(["A1", "XFD1048576", "B2", "ZZZ9", "a1", ""]), st.sampled_from(["n", "s", "b", "e", "str", "d", "?"]),
                                NUMBER, st.sampled_from(["", "A1+1", "SUM(A1:XFD9)", "1/0", "=", "((", "#REF!"])), max_size=6))
def test_workbook(tmp_path: Path, body: list[str], cells: list[tuple[str, str, str, str]]) -> None:
    row = "".join(f'<c r="{at}" t="{kind}"><f>{formula}</f><v>{value}</v></c>' for at, kind, value, formula in cells)
    survives(tmp_path, "a.xlsx", hostile.workbook(f"<sheetData><row>{row}</row></sheetData>{''.join(body)}"))


RECORD = st.tuples(st.sampled_from([0x809, 0x0A, 0x85, 0xFC, 0x3C, 0x208, 0x203, 0x27E, 0x205, 0x06, 0x207, 0xBD, 0xBE, 0xFD, 0xE0, 0x41E, 0x22, 0xE5,
                                    0x200, 0x31, 0x42, 0x5C, 0x13D, 0x1C, 0x4BC, 0x0E]), st.binary(max_size=40), st.sampled_from([0, 0, 0, 1, 4000]))


@fuzz
@given(records=st.lists(RECORD, max_size=12), offset=st.integers(0, 400))
def test_old_workbook(tmp_path: Path, records: list[tuple[int, bytes, int]], offset: int) -> None:
    start = struct.pack("<HHHHHHII", 0x809, 16, 0x600, 5, 0, 0, 0, 0)
    about = struct.pack("<HHIHBB", 0x85, 10, offset, 0, 1, 1) + "表".encode("utf-16-le")
    stream = start + about + b"".join(struct.pack("<HH", kind, len(body) + more) + body for kind, body, more in records)
    survives(tmp_path, "a.xls", wrapped("Workbook", stream))


@fuzz
@given(body=st.lists(elements(["table", "tr", "td", "th", "tbody", "div", "p", "br", "span", "script", "li", "select"],
                              ["rowspan", "colspan", "style"]), max_size=8))
def test_page(tmp_path: Path, body: list[str]) -> None:
    survives(tmp_path, "a.html", ("<html><meta charset=utf-8>" + "".join(body)).encode("utf-8", "replace"))


@fuzz
@given(layers=st.lists(elements(["ofd:Layer", "ofd:TextObject", "ofd:TextCode", "ofd:PathObject", "ofd:AbbreviatedData", "ofd:CompositeObject",
                                 "ofd:PageBlock", "ofd:ImageObject"], ["Boundary", "CTM", "Size", "X", "Y", "DeltaX", "DeltaY", "HScale", "ResourceID"]),
                       max_size=4), size=st.tuples(NUMBER, NUMBER),
       run=st.tuples(TEXT, NUMBER, NUMBER, st.lists(st.one_of(NUMBER, st.just("g")), max_size=5).map(" ".join)))
def test_ofd(tmp_path: Path, layers: list[str], size: tuple[str, str], run: tuple[str, str, str, str]) -> None:
    text, x, em, steps = run
    own = (f'<ofd:Layer><ofd:TextObject Boundary="9 9 90 9" Size="{em}"><ofd:TextCode X="{x}" Y="5" DeltaX="{steps}">{text.replace("<", "")}'
           f"</ofd:TextCode></ofd:TextObject><ofd:PathObject Boundary='0 0 9 9'><ofd:AbbreviatedData>M {steps} L {x} {em} B {steps} C"
           "</ofd:AbbreviatedData></ofd:PathObject></ofd:Layer>")
    survives(tmp_path, "a.ofd", ofd([*("".join(layers), own)], before=f"<ofd:Area><ofd:PhysicalBox>0 0 {size[0]} {size[1]}</ofd:PhysicalBox></ofd:Area>"))


OPERATOR = st.tuples(st.lists(st.one_of(st.integers(-900, 900).map(str), st.sampled_from(["1e9", "0.001", "(12.5)", "<4e00>", "/F", "/X", "[(1) -200 (2)]"])),
                              max_size=6).map(" ".join),
                     st.sampled_from(["Tj", "TJ", "Td", "Tm", "Tf", "Tr", "m", "l", "re", "c", "h", "S", "f", "n", "W", "q", "Q", "cm", "Do", "BT", "ET", "BI"]))


@fuzz
@given(operators=st.lists(OPERATOR, max_size=40), turn=st.sampled_from(["", "/Rotate 90", "/Rotate 45", "/MediaBox[0 0 1e9 1]", "/CropBox[9 9 1 1]"]))
def test_pdf(tmp_path: Path, operators: list[tuple[str, str]], turn: str) -> None:
    content = "BT /F 12 Tf 50 700 Td (12.5) Tj ET\n" + "\n".join(f"{given} {name}" for given, name in operators)
    survives(tmp_path, "a.pdf", hostile.pdf(content.encode(), page=f">>{turn}/Resources<</Font<</F 5 0 R>>"))


@fuzz
@given(data=st.one_of(st.binary(max_size=200), TEXT.map(lambda text: text.encode("gb18030")), TEXT.map(lambda text: text.encode("utf-16"))),
       name=st.sampled_from(["a.txt", "a.zip", "a.7z", "a.rar", "a.ofd", "a.doc", "a.wps", "a.et", "a"]),
       start=st.sampled_from([b"", b"PK\3\4", b"PK\5\6" + bytes(18), b"Rar!\x1a\x07\x01\0", b"Rar!\x1a\x07\0", b"7z\xbc\xaf\x27\x1c\0\4", b"%PDF-1.7\n",
                              b"{\\rtf1", b"<?xml", b"\xef\xbb\xbf", b"\xff\xfe"]))
def test_bytes(tmp_path: Path, data: bytes, name: str, start: bytes) -> None:
    survives(tmp_path, name, start + data)
