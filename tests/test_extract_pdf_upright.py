"""The PDF reader: text written downwards or on its side, and characters printed twice."""

from pathlib import Path

from tests.test_extract_pdf import FULL, HIGH, page_of, pdf_bytes, read, text_at, texts
from tests.test_extract_pdf_tables import XS, cells, stroked, table_at

ROWS: list[list[str | None]] = [["", "名称", "预算", "决算"], ["^", "1.甲项", "10", "9"], ["^", "2.乙项", "20", "18"],
                                ["^", "3.丙项", "30", "30"], ["^", "4.丁项", "40", "41"]]
NARROW = (90.0, 114.0, 330.0, 420.0, 500.0)


def placed(x: float, top: float, text: str, matrix: str, size: float = 10) -> str:
    return f"BT /F1 {size} Tf {matrix} {x} {HIGH - top} Tm <{text.encode('utf-16-be').hex()}> Tj ET\n"


def read_beside(tmp_path: Path, text: str, xs: tuple[float, ...] = NARROW) -> dict[tuple[int, int], tuple[str, int, int]]:
    content, _ = table_at(200, ROWS, xs=xs)
    return cells(next(read(tmp_path, pdf_bytes([content + text])).tables))


def test_text_on_its_side_stays_in_its_cell(tmp_path: Path) -> None:
    for matrix, x, top in (("0 -1 1 0", 98, 220), ("0 1 -1 0", 106, 280)):
        found = read_beside(tmp_path, placed(x, top, "本年情况说明", matrix))
        assert found[0, 0] == ("本年情况说明", 5, 1)
        assert [found[r, 1][0] for r in range(5)] == ["名称", "1.甲项", "2.乙项", "3.丙项", "4.丁项"]


def test_text_on_its_side_one_piece_a_character(tmp_path: Path) -> None:
    rising = "".join(placed(106, 270 - 10 * k, c, "0 1 -1 0") for k, c in enumerate("本年度结果"))
    assert read_beside(tmp_path, rising)[0, 0][0] == "本年度结果"


def test_text_set_downwards_stays_in_its_cell(tmp_path: Path) -> None:
    content, _ = table_at(200, ROWS, xs=NARROW)
    data = pdf_bytes([content + placed(102, 220, "本年办理", "0.05 0 0 0.05", 200).replace("/F1", "/F2")])
    font = b"/Encoding/UniGB-UCS2-V/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<<" \
           b"/Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000/DW2[880 -1000]/FontDescriptor<</Type/FontDescriptor" \
           b"/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880" \
           b"/StemV 93>>>>]>>"
    data = data.replace(b"/Font<</F1 3 0 R>>", b"/Font<</F1 3 0 R/F2<</Type/Font/Subtype/Type0/BaseFont/STSong-Light" + font
                        + b">>")
    found = cells(next(read(tmp_path, data).tables))
    assert found[0, 0][0] == "本年办理" and found[1, 1][0] == "1.甲项"


def test_characters_stacked_in_a_narrow_cell_are_one_text_and_figures_are_not(tmp_path: Path) -> None:
    stack = "".join(text_at(97, 225 + 12 * k, c, 10) for k, c in enumerate("、年度"))
    assert read_beside(tmp_path, text_at(97, 213, "三", 10) + stack)[0, 0][0] == "三、年度"
    wider = (90.0, 124.0, 330.0, 420.0, 500.0)
    assert read_beside(tmp_path, text_at(102, 213, "三", 10) + stack.replace("97 ", "102 "), wider)[0, 0][0] == "三、年度"
    assert read_beside(tmp_path, text_at(97, 213, "3", 10) + text_at(97, 225, "5", 10))[0, 0][0] == "3\n5"
    assert read_beside(tmp_path, text_at(97, 213, "甲", 10) + text_at(97, 225, "乙", 10), XS)[0, 0][0] == "甲\n乙"


def test_a_label_on_its_side_is_no_part_of_the_text_beside_it(tmp_path: Path) -> None:
    label = placed(60, 300, "归档编号", "0 1 -1 0")
    document = read(tmp_path, pdf_bytes([page_of(["甲段的文字在此。", "乙段的文字在此。"], top=280) + label]))
    assert texts(document) == ["甲段的文字在此。", "乙段的文字在此。"] and [m.text for m in document.margins] == ["归档编号"]


def test_much_text_on_its_side_is_text(tmp_path: Path) -> None:
    turned = "".join(placed(60 + 20 * k, 700, FULL[:20] + "。", "0 1 -1 0") for k in range(6))
    document = read(tmp_path, pdf_bytes([page_of([FULL[:20]] * 10, top=600) + turned]))
    assert "天地" not in "".join(m.text for m in document.margins) and not document.margins


def test_type_scaled_by_its_matrix_is_measured_as_it_shows(tmp_path: Path) -> None:
    content = "".join(placed(100, 200 + 24 * k, c, "12 0 0 12", 1) for k, c in enumerate(("决算为36.5", "万元。")))
    assert texts(read(tmp_path, pdf_bytes([content]))) == ["决算为36.5", "万元。"]
    table, _ = table_at(200, [["甲", "乙"], ["丙", "丁"]], xs=(90, 150, 210))
    line = stroked(90, 300, 300, 300)
    assert len(list(read(tmp_path, pdf_bytes([table + line])).tables)) == 1


def test_shadowed_characters_count_once(tmp_path: Path) -> None:
    shadow = text_at(100, 200, "合计11,100.5万元", 12) + text_at(101.5, 201.5, "合计11,100.5万元", 12)
    assert texts(read(tmp_path, pdf_bytes([shadow]))) == ["合计11,100.5万元"]
    apart = text_at(100, 200, "合计11,100.5万元") + text_at(100, 240, "又及。") + text_at(102, 202, "合计11,100.5万元")
    assert texts(read(tmp_path, pdf_bytes([apart]))) == ["合计11,100.5万元", "又及。"]
    content, _ = table_at(200, [["合计", "1,100.5"]], xs=(90, 150, 250))
    shadow = content + text_at(96.6, 213.6, "合计", 10) + text_at(156.6, 213.6, "1,100.5", 10)
    assert [c.text for c in next(read(tmp_path, pdf_bytes([shadow])).tables).cells] == ["合计", "1,100.5"]
    assert texts(read(tmp_path, pdf_bytes([text_at(100, 200, "人人有1100元", 12)]))) == ["人人有1100元"]
