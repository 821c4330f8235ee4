"""The PDF reader: paragraphs, margins, odd pages, and files that cannot be read. The PDFs are written here, byte by byte."""

import random
from pathlib import Path

import pytest

from fusuan import extract
from fusuan.extract import File, pdf
from fusuan.extract._pdf_lines import spell
from fusuan.extract._pdf_sheet import Glyph
from fusuan.model import Document, ReadError

WIDE, HIGH = 595, 842
_FONT = (b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts["
         b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
         b"/Supplement 4>>/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
         b"/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>")


def advance(text: str, size: float) -> float:
    return sum(size if c > "\u007f" else size / 2 for c in text)


def text_at(x: float, top: float, text: str, size: float = 12) -> str:
    """Content that prints `text` with its baseline `top` points below the top of the page."""
    return f"BT /F1 {size} Tf {x} {HIGH - top} Td <{text.encode('utf-16-be').hex()}> Tj ET\n"


def pdf_bytes(contents: list[str], extra: str = "", forms: list[str] | None = None) -> bytes:
    """A PDF of one page per content; `extra` goes into every page, `forms` are Form XObjects X0, X1 …"""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _FONT]
    names = ""
    for n, form in enumerate(forms or []):
        objects.append(f"<</Type/XObject/Subtype/Form/BBox[0 0 {WIDE} {HIGH}]/Matrix[1 0 0 1 0 0]/Resources<</Font<<"
                       f"/F1 3 0 R>>>>/Length {len(form)}>>stream\n{form}\nendstream".encode())
        names += f"/X{n} {len(objects)} 0 R"
    kids = []
    for content in contents:
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream".encode())
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 {WIDE} {HIGH}]/Resources<</Font<</F1 3 0 R>>/XObject<<"
                       f"{names}>>>>/Contents {len(objects)} 0 R {extra}>>".encode())
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    data, places = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table
            + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data)))


def read(folder: Path, data: bytes) -> Document:
    path = folder / "报告.pdf"
    path.write_bytes(data)
    return pdf.read(File(path))


def page_of(lines: list[str], indents: list[int] | None = None, top: float = 100, pitch: float = 20) -> str:
    return "".join(text_at(93.5 + 12 * (indents[k] if indents else 0), top + k * pitch, line)
                   for k, line in enumerate(lines))


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


FULL = "一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地"  # 34 characters: the page is as wide


def test_wrapped_lines_join_and_ended_ones_do_not(tmp_path: Path) -> None:
    lines = [FULL[:32], FULL[:30] + "决算为12", "3.45万元。", FULL[:32], "另一段到此。", "三、第三段"]
    document = read(tmp_path, pdf_bytes([page_of(lines, [2, 0, 0, 2, 0, 2])]))
    assert texts(document)[1:] == [FULL[:32] + "另一段到此。", "三、第三段"]
    assert texts(document)[0] == FULL[:32] + FULL[:30] + "决算为123.45万元。"


def test_a_paragraph_goes_on_over_the_page_break_around_margins(tmp_path: Path) -> None:
    def sheet(number: int, lines: list[str], indents: list[int]) -> str:
        return (text_at(200, 40, "某市示范局自评报告", 9) + text_at(280, 810, f"第 {number} 页 共 3 页", 9)
                + page_of(lines, indents))

    document = read(tmp_path, pdf_bytes([
        sheet(1, [FULL[:32], FULL, "第一段。", FULL[:32]], [2, 0, 0, 2]),
        sheet(2, [FULL, "第二段完。", FULL[:32]], [0, 0, 2]),
        sheet(3, ["尾。"], [0])]))
    assert texts(document) == [FULL[:32] + FULL + "第一段。", FULL[:32] + FULL + "第二段完。", FULL[:32] + "尾。"]
    assert [p.place.page for p in document.paragraphs] == [1, 1, 2]
    assert [p.place.paragraph for p in document.paragraphs] == [1, 2, 3]
    assert len(document.margins) == 6 and document.margins[0].text == "某市示范局自评报告"
    assert document.pages == 3


def test_numbers_that_stand_alone_at_the_edges_are_not_page_numbers(tmp_path: Path) -> None:
    pages = [page_of([f"{value}"], top=800) for value in (52, 17, 340)]
    assert texts(read(tmp_path, pdf_bytes(pages))) == ["52", "17", "340"]
    pages = [page_of(["正文。"]) + text_at(290, 800, str(n)) for n in (5, 6, 7)]
    document = read(tmp_path, pdf_bytes(pages))
    assert texts(document) == ["正文。"] * 3 and [m.text for m in document.margins] == ["5", "6", "7"]


def test_the_page_number_of_a_turned_page_is_no_text_either(tmp_path: Path) -> None:
    data = pdf_bytes([page_of([f"正文{n}。"]) + text_at(290, 800, str(n)) for n in (1, 2, 3)])
    head, mark, tail = data.rpartition(f"/MediaBox[0 0 {WIDE} {HIGH}]".encode())
    document = read(tmp_path, head + b"/MediaBox[0 0 900 842]" + tail)
    assert mark and texts(document) == ["正文1。", "正文2。", "正文3。"] and len(document.margins) == 3


def test_lines_of_contents_and_wide_blanks_as_indents(tmp_path: Path) -> None:
    lines = [f"一、概况{'.' * 54}1", f"二、绩效{'.' * 54}2", "\u3000\u3000" + FULL[:32], "完。", "\u3000\u3000" + FULL[:32], "又完。"]
    assert texts(read(tmp_path, pdf_bytes([page_of(lines)]))) == [*lines[:2], FULL[:32] + "完。", FULL[:32] + "又完。"]


def test_a_wider_gap_between_lines_parts_paragraphs_without_indents(tmp_path: Path) -> None:
    content = page_of([FULL, "甲段。"]) + page_of([FULL, FULL, "乙段。"], top=156) + page_of([FULL, "丙"], top=232)
    assert texts(read(tmp_path, pdf_bytes([content]))) == [FULL + "甲段。", FULL + FULL + "乙段。", FULL + "丙"]


def test_blanks_follow_the_room_between_characters() -> None:
    def row(*pieces: tuple[str, float]) -> list[Glyph]:
        return [Glyph(text, x, 0, x + (10 if text > "\u007f" else 0 if text == " " else 5), 10, 10)
                for text, x in pieces]

    assert spell(row(("1", 0), (" ", 5), ("2", 5.2), ("3", 10.2))) == "123"  # kerning
    assert spell(row(("1", 0), (" ", 5), ("2", 9))) == "1 2"
    assert spell(row(("为", 0), ("2", 12.5), ("年", 20))) == "为2年"  # the quarter em that office programs set
    assert spell(row(("甲", 0), ("乙", 10), ("丙", 30))) == "甲乙 丙"
    assert spell(row(("收", 0), ("支", 13), ("总", 26), ("表", 39))) == "收支总表"  # spread evenly
    assert spell(row(("8", 0), (".", 5), ("3", 12.5), ("元", 17.5))) == "8.3元"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_pages_read_like_others(tmp_path: Path, turn: int) -> None:
    matrix = {90: f"0 1 -1 0 {WIDE} 0 cm", 180: f"-1 0 0 -1 {WIDE} {HIGH} cm", 270: f"0 -1 1 0 0 {HIGH} cm"}[turn]
    content = f"q {matrix}\n" + text_at(100, 700 if turn == 180 else HIGH - 300, "决算数为1,234.5万元。") + "Q"
    document = read(tmp_path, pdf_bytes([content], f"/Rotate {turn}"))
    assert texts(document) == ["决算数为1,234.5万元。"]
    box = document.blocks[0].place.box
    assert box is not None and abs(box[0] - 100) < 2 and 0 < box[1] < box[3] < HIGH


def test_text_drawn_sideways_is_read_as_it_stands(tmp_path: Path) -> None:
    content = "q 0 1 -1 0 842 0 cm\n" + page_of(["甲。", "乙1,234.5。", "丙。", "丁。", "戊。"], top=300) + "Q"
    assert texts(read(tmp_path, pdf_bytes([content]))) == ["甲。", "乙1,234.5。", "丙。", "丁。", "戊。"]


def test_text_in_forms_is_read_and_slanted_watermarks_are_not(tmp_path: Path) -> None:
    mark = f"BT /F1 40 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <{'内部样稿'.encode('utf-16-be').hex()}> Tj ET\n"
    document = read(tmp_path, pdf_bytes([mark + "/X0 Do"], forms=[text_at(100, 200, "表外文字。")]))
    assert texts(document) == ["表外文字。"]


def test_invisible_text_counts_only_where_nothing_else_does(tmp_path: Path) -> None:
    hidden = "BT 3 Tr ET\n" + text_at(100, 300, "识别文字。") + "BT 0 Tr ET\n"
    assert texts(read(tmp_path, pdf_bytes([text_at(100, 200, "看得见。") + hidden]))) == ["看得见。"]
    document = read(tmp_path, pdf_bytes([hidden]))
    assert texts(document) == ["识别文字。"] and "识别" in document.remarks[0]


def test_places_are_boxes_from_the_top_left(tmp_path: Path) -> None:
    box = read(tmp_path, pdf_bytes([text_at(100, 200, "甲乙丙")], "/CropBox[50 42 545 800]")).blocks[0].place.box
    assert box is not None
    assert abs(box[0] - 50) < 1 and abs(box[2] - 86) < 1 and abs(box[3] - 159.4) < 2 and box[1] < 150


def code_of(folder: Path, data: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read(folder, data)
    assert "报告.pdf" in caught.value.message and "。" in caught.value.message
    return caught.value.code


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        extract.read(tmp_path / "没有.pdf")
    assert caught.value.code == "missing"
    assert code_of(tmp_path, b"") == "empty"
    assert code_of(tmp_path, b"hello") == "damaged"
    assert code_of(tmp_path, pdf_bytes([])) == "damaged"
    assert code_of(tmp_path, pdf_bytes(["0 0 100 100 re f"])) == "no_text"
    locked = pdf_bytes([text_at(100, 200, "密")]).replace(
        b"trailer<<", b"trailer<</ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<"
        + b"42" * 32 + b">>>")
    assert code_of(tmp_path, locked) == "encrypted"


def test_a_page_that_fails_does_not_take_the_others_along(tmp_path: Path) -> None:
    data = pdf_bytes([text_at(100, 200, "第一页。"), text_at(100, 200, "第二页。")])
    document = read(tmp_path, data.replace(b"/Type/Page/", b"/Type/Pxge/", 1).replace(b"5 0 R 7 0 R", b"9 0 R 7 0 R"))
    assert "第二页。" in texts(document)


def test_no_bytes_whatever_give_a_traceback(tmp_path: Path) -> None:
    whole = pdf_bytes([page_of([FULL] * 5), "0 0 100 100 re S 0 50 m 100 50 l S" + page_of(["表"])])
    chance = random.Random(20)
    for _ in range(300):
        data = bytearray(whole)
        if chance.random() < 0.4:
            del data[chance.randrange(len(data)):]
        for _ in range(chance.choice((0, 1, 5, 60))):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(tmp_path, bytes(data))
        except ReadError as error:
            assert error.code in {"empty", "damaged", "encrypted", "no_text", "too_large"}
