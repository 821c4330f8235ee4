"""The PDF reader: what is written in charts is no text and no table; what only has colours behind it is."""

from pathlib import Path

from tests.test_extract_pdf import FULL, HIGH, page_of, pdf_bytes, read, text_at, texts
from tests.test_extract_pdf_tables import stroked, table_at

TEXT = page_of([FULL[:30] + "分布", "如下图所示。"], top=120)


def bars(x: float, foot: float, heights: tuple[float, ...]) -> str:
    return "".join(f"{x + 40 * k} {HIGH - foot} 24 {high} re f\n" for k, high in enumerate(heights))


def slices(x: float, y: float) -> str:
    """Three slices of a pie: curves and slants about one point."""
    corners = ((60, 0), (-20, 50), (-40, -45), (60, 0))
    return "".join(f"{x} {HIGH - y} m {x + a} {HIGH - y - b} l {x + a} {HIGH - y - b - 20} {x + c} {HIGH - y - d + 20} {x + c} "
                   f"{HIGH - y - d} c h f\n" for (a, b), (c, d) in zip(corners, corners[1:], strict=False))


def test_labels_of_bars_are_no_text(tmp_path: Path) -> None:
    chart = bars(150, 400, (60, 90, 130, 40)) + stroked(140, 400, 320, 400)
    labels = "".join(text_at(152 + 40 * k, 411, f"{2020 + k}", 8) + text_at(152 + 40 * k, 398 - high, value, 8)
                     for k, (high, value) in enumerate(((60, "12.5"), (90, "18.2"), (130, "26.4"), (40, "8.1"))))
    after = text_at(93.5, 500, "图后的文字。")
    document = read(tmp_path, pdf_bytes([TEXT + chart + labels + after]))
    assert texts(document) == [FULL[:30] + "分布", "如下图所示。", "图后的文字。"] and not list(document.tables)
    assert {"12.5", "26.4"} <= set(" ".join(m.text for m in document.margins).split())


def test_labels_and_legend_of_a_pie_are_no_text(tmp_path: Path) -> None:
    legend = "".join(stroked(*side) for side in ((230, 380, 370, 380), (230, 395, 370, 395), (230, 380, 230, 395),
                                                 (370, 380, 370, 395)))
    labels = text_at(365, 300, "甲类 62.5%", 9) + text_at(222, 262, "乙类 20%", 9) + text_at(240, 391, "甲类 乙类 丙类", 9)
    document = read(tmp_path, pdf_bytes([TEXT + slices(300, 320) + legend + labels + text_at(93.5, 440, "图后的文字。")]))
    assert not list(document.tables) and "图后的文字。" in texts(document)
    assert not [text for text in texts(document) if "类" in text]
    assert {"甲类 62.5%", "甲类 乙类 丙类"} <= {m.text for m in document.margins}


def test_a_stamp_over_a_date_and_shades_behind_text_take_nothing_away(tmp_path: Path) -> None:
    stamp = slices(400, 320) + slices(405, 325)
    document = read(tmp_path, pdf_bytes([TEXT + text_at(360, 310, "某市某局") + text_at(350, 330, "2023年4月1日") + stamp]))
    assert {"某市某局", "2023年4月1日"} <= set(texts(document))
    shade = "".join(f"90 {HIGH - 300 - 18 * k} 410 18 re f\n" for k in range(4))
    note = "".join(text_at(95, 295 + 18 * k, f"注：第{k + 1}项为小字说明。", 8) for k in range(4))
    assert sum("小字说明" in text for text in texts(read(tmp_path, pdf_bytes([TEXT + shade + note])))) == 4
    mark = "".join(f"{60 + k} {100 + k} m {500 - k} {780 - 2 * k} l S\n" for k in (0, 9, 33, 60))
    assert "小字在此。" in texts(read(tmp_path, pdf_bytes([TEXT + mark + text_at(200, 400, "小字在此。", 8)])))
    content, _ = table_at(300, [["项目", "预算"], ["甲", "12"], ["乙", "8"]], size=8, xs=(90, 200, 300))
    tables = list(read(tmp_path, pdf_bytes([TEXT + bars(95, 352, (10, 30, 50)) + text_at(95, 366, "表注在此。", 8) + content])).tables)
    assert [c.text for c in tables[0].cells] == ["项目", "预算", "甲", "12", "乙", "8"]
    assert "表注在此。" in texts(read(tmp_path, pdf_bytes([TEXT + bars(95, 352, (10, 30, 50)) + text_at(95, 366, "表注在此。", 8)
                                                     + content])))


def test_small_print_that_a_drawing_touches_stays_where_it_is_long(tmp_path: Path) -> None:
    note = text_at(100, 380, "说明：" + FULL[:28], 8)
    assert any("说明" in text for text in texts(read(tmp_path, pdf_bytes([TEXT + slices(200, 320) + note]))))
