"""The PDF reader: where paragraphs end, on pages as office programs print them."""

from collections.abc import Sequence
from pathlib import Path

from tests.test_extract_pdf import FULL, page_of, pdf_bytes, read, text_at, texts

WRAP = FULL[:30]


def lines_at(lines: Sequence[tuple[float, str]], top: float = 100, pitch: float = 20, size: float = 12) -> str:
    return "".join(text_at(x, top + k * pitch, line, size) for k, (x, line) in enumerate(lines))


def test_marks_that_hang_beyond_the_margin_do_not_move_it(tmp_path: Path) -> None:
    # 34 characters fill a line, a mark hangs beyond; the list of contents has titles wider than that
    contents = lines_at([(94, "目录"), (118, "一、收支总表"), *[(118, FULL[:33] + "表")] * 3], pitch=24)
    text = [(118, FULL[:32]), (94, FULL + "，"), (94, FULL), (94, "完。"), (118, FULL[:31] + "、"), (94, FULL[:33] + "。"),
            (94, FULL[:32] + "决算数"), (94, "又完。")]
    document = read(tmp_path, pdf_bytes([contents, lines_at(text)]))
    assert texts(document)[-2:] == [FULL[:32] + FULL + "，" + FULL + "完。",
                                    FULL[:31] + "、" + FULL[:33] + "。" + FULL[:32] + "决算数又完。"]


def test_a_line_at_the_edge_goes_on_where_paragraphs_begin_indented(tmp_path: Path) -> None:
    text = [(118, FULL[:32]), (94, FULL), (94, FULL), (94, FULL[:29]), (94, "3.47万元，完。"), (118, FULL[:24] + "。"),
            (118, "短标题"), (94, "不缩进的正文，共两行。")]
    assert texts(read(tmp_path, pdf_bytes([lines_at(text)]))) == [
        FULL[:32] + FULL + FULL + FULL[:29] + "3.47万元，完。", FULL[:24] + "。", "短标题", "不缩进的正文，共两行。"]


def test_a_line_that_ends_early_and_is_ended_is_the_last(tmp_path: Path) -> None:
    text = [(118, FULL[:32]), (94, FULL), (94, FULL), (94, FULL), (94, FULL[:28] + "。"), (94, "小标题"), (118, FULL[:32])]
    assert texts(read(tmp_path, pdf_bytes([lines_at(text)])))[1:] == ["小标题", FULL[:32]]


def test_numbers_that_open_a_line_are_told_from_items_by_indent_and_sequence(tmp_path: Path) -> None:
    text = [(118, FULL[:32]), (94, FULL), (94, FULL[:31] + "支出"), (94, "12.5万元。" + FULL[:25] + "分为："),
            (94, "2）某项。" + FULL[:28]), (94, "完。"), (118, "（一）" + FULL[:29]), (118, "（二）" + FULL[:20])]
    heading = [(118, FULL[:32]), (94, FULL), (94, FULL), (94, FULL[:33] + "。"), (94, "二、小标题"), (118, FULL[:32]), (94, "完。")]
    assert "二、小标题" in texts(read(tmp_path, pdf_bytes([lines_at(heading)])))
    assert texts(read(tmp_path, pdf_bytes([lines_at(text)]))) == [
        FULL[:32] + FULL + FULL[:31] + "支出12.5万元。" + FULL[:25] + "分为：2）某项。" + FULL[:28] + "完。",
        "（一）" + FULL[:29], "（二）" + FULL[:20]]
    flush = [(94, "九、" + FULL[:32]), (94, "十、" + FULL[:32]), (94, "十一、" + FULL[:31]), (94, "尾。")]
    assert texts(read(tmp_path, pdf_bytes([lines_at(flush)])))[:2] == ["九、" + FULL[:32], "十、" + FULL[:32]]


def test_pages_of_one_size_may_have_other_edges(tmp_path: Path) -> None:
    one = [(64, WRAP), (40, FULL), (40, FULL), (40, "一完。"), (64, WRAP), (40, FULL), (40, "又完。")]
    two = [(124, WRAP), (100, FULL), (100, FULL), (100, "二完。"), (124, WRAP), (100, FULL[:33]), (100, "。")]
    far = "".join(text_at(20, 700 + 20 * k, "表", 12) for k in range(3))
    document = read(tmp_path, pdf_bytes([lines_at(one), lines_at(two), far]))
    assert texts(document)[:4] == [WRAP + FULL + FULL + "一完。", WRAP + FULL + "又完。", WRAP + FULL + FULL + "二完。",
                                   WRAP + FULL[:33] + "。"]


def test_a_paragraph_goes_on_over_pages_of_other_edges(tmp_path: Path) -> None:
    one = [(64, WRAP), (40, FULL), (40, "一完。"), (64, WRAP), (40, FULL), (40, FULL)]
    two = [(100, FULL), (100, "二完。"), (124, WRAP), (100, FULL), (100, FULL), (100, "三完。")]
    assert texts(read(tmp_path, pdf_bytes([lines_at(one, top=700), lines_at(two)])))[1:] == [
        WRAP + FULL * 3 + "二完。", WRAP + FULL + FULL + "三完。"]


def test_text_without_indents_is_read_as_before(tmp_path: Path) -> None:
    content = page_of([FULL, "甲段。", FULL[:20], FULL[:20]])
    assert texts(read(tmp_path, pdf_bytes([content]))) == [FULL + "甲段。", FULL[:20], FULL[:20]]


def test_items_whose_text_hangs_below_their_number_do_not_show_an_indent(tmp_path: Path) -> None:
    text = [(94, FULL), (94, "又完。"), (94, "1. " + FULL[:32]), (112, FULL[:32]), (112, FULL[:25] + "。"), (94, "2. " + FULL[:32]),
            (112, FULL[:32]), (112, FULL[:24] + "。"), (94, "后文到此。")]
    assert texts(read(tmp_path, pdf_bytes([lines_at(text)]))) == [
        FULL + "又完。", "1. " + FULL[:32] * 2 + FULL[:25] + "。", "2. " + FULL[:32] * 2 + FULL[:24] + "。", "后文到此。"]
