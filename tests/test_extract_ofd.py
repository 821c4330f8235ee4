"""OFD files: text by its place, tables by their lines, and what pages stand on."""

from __future__ import annotations

from pathlib import Path

import pytest

from fusuan import extract
from fusuan.model import Document, Paragraph, ReadError
from tests.conftest import Linear
from tests.ofd_maker import SPACE, layer, line, ofd, ruling

TITLE, SAID = "某县水务局2023年度自评报告", "本年支出合计420.50万元，其中基本支出300.20万元。"


def read(folder: Path, data: bytes) -> Document:
    (folder / "a.ofd").write_bytes(data)
    return extract.read(folder / "a.ofd")


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def table(rows: list[list[str]], x: float = 20, y: float = 60, wide: float = 40, tall: float = 9) -> list[str]:
    across, down = x + wide * len(rows[0]), y + tall * len(rows)
    lines = [ruling(x, y + tall * n, across, y + tall * n) for n in range(len(rows) + 1)]
    lines += [ruling(x + wide * n, y, x + wide * n, down) for n in range(len(rows[0]) + 1)]
    return lines + [line(text, x + wide * c + 3, y + tall * r + 6) for r, row in enumerate(rows) for c, text in enumerate(row)]


def test_lines_and_tables(tmp_path: Path) -> None:
    rows = [["项目", "预算数", "执行数"], ["甲项目", "12.50", "3.25"], ["合计", "12.50", "3.25"]]
    document = read(tmp_path, ofd([layer(line(TITLE, 60, 30, 6), line(SAID, 28, 45), *table(rows))]))
    assert texts(document) == [TITLE, SAID]
    found, = document.tables
    assert [[cell.text for cell in row if cell] for row in found.grid()] == rows
    assert (document.format, document.pages, document.unit, document.year) == ("ofd", 1, "某县水务局", "2023")
    assert document.blocks[0].place.page == 1


def test_a_paragraph_runs_over_lines_and_pages(tmp_path: Path) -> None:
    full = "项目支出按照批复的预算执行并且全部用于年初确定的各项任务没有截留和挪用"
    body = [line("　　" + full[2:], 25, 20 + n * 10) if n == 0 else line(full, 25, 20 + n * 10) for n in range(3)]
    document = read(tmp_path, ofd([layer(*body), layer(line("的情况。", 25, 20), line("　　本年结余3.5万元。", 25, 30))]))
    assert texts(document) == [full[2:] + full * 2 + "的情况。", "本年结余3.5万元。"]


def test_templates_drawings_matrices_and_other_namespaces(tmp_path: Path) -> None:
    template = f"<ofd:Page {SPACE}><ofd:Content>{layer(line('模板上的字1.5万元。', 25, 20))}</ofd:Content></ofd:Page>"
    unit = ('<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="90" Height="10"><ofd:Content>'
            f"{line('组合里的字2.5万元。', 0, 5)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>")
    page = layer('<ofd:CompositeObject ID="9" ResourceID="7" Boundary="25 30 90 10"/>',
                 line("放大的字3.5万元。", 25, 60, 2.1, 'CTM="2 0 0 2 0 0"'), line("斜盖的章", 60, 60, 6, 'CTM="0.7 0.7 -0.7 0.7 0 0"'),
                 line("看不见的字", 25, 80, extra='Visible="false"'),
                 f'<ofd:PageBlock ID="8">{line("块中的字4.5万元。", 25, 90)}</ofd:PageBlock>')
    data = ofd([page], before='<ofd:Template TemplateID="6" ZOrder="Background"/>',
               common='<ofd:TemplatePage ID="6" BaseLoc="Tpls/Tpl_0/Content.xml"/><ofd:PublicRes>/Doc_0/PublicRes.xml</ofd:PublicRes>',
               parts={"Doc_0/Tpls/Tpl_0/Content.xml": template, "Doc_0/PublicRes.xml": f"<ofd:Res {SPACE}>{unit}</ofd:Res>"})
    assert texts(read(tmp_path, data)) == ["模板上的字1.5万元。", "组合里的字2.5万元。", "放大的字3.5万元。", "块中的字4.5万元。"]


def test_repeated_steps_and_text_under_a_scan(tmp_path: Path) -> None:
    run = ('<ofd:TextObject ID="1" Boundary="25 20 160 6" Font="2" Size="4"{}><ofd:TextCode X="0" Y="4" DeltaX="g 5 4 g 4 2">'
           "本年支出合计12.5</ofd:TextCode></ofd:TextObject>")
    assert texts(read(tmp_path, ofd([layer(run.format(""))]))) == ["本年支出合计12.5"]
    picture = '<ofd:ImageObject ID="4" Boundary="0 0 210 297" ResourceID="9"/>'
    document = read(tmp_path, ofd([layer(picture, run.format(' Alpha="0"'))]))
    assert texts(document) == ["本年支出合计12.5"]
    assert "识别" in document.remarks[0]


def test_characters_whose_shape_alone_is_told_are_called_lost(tmp_path: Path) -> None:
    shapes = '<ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1"><ofd:Glyphs>37</ofd:Glyphs></ofd:CGTransform>'
    document = read(tmp_path, ofd([layer(line(SAID, 28, 45), line("共¤项", 28, 60).replace("<ofd:TextCode", f"{shapes}<ofd:TextCode"))]))
    assert texts(document) == [SAID, "共\ufffd项"]
    assert document.remarks == ("有 1 个字符在字体里没有对照，以“\ufffd”代替",)
    with pytest.raises(ReadError, match="OFD 的字体没有文字对照表"):
        read(tmp_path, ofd([layer(line("¤" * 20, 28, 45))]))


@pytest.mark.parametrize(("data", "code"), [
    (ofd([]), "damaged"), (ofd([layer()]), "no_text"), (ofd([layer('<ofd:ImageObject ID="4" Boundary="0 0 9 9"/>')]), "no_text"),
    (ofd(["<broken"]), "damaged"), (ofd([layer(line("a", 1, 1))])[:-40], "damaged"),
    (ofd([layer(line("字", 1, 1))], parts={"Encryptions.xml": "<x/>"}), "encrypted"),
    (ofd([layer('<ofd:TextObject Boundary="9 9 9 9" Size="4"><ofd:TextCode X="0" Y="4" DeltaX="g 99999 0">'
                f'{"字" * 70_000}</ofd:TextCode></ofd:TextObject>')]), "damaged"),
], ids=["no page", "blank", "picture", "broken", "cut", "encrypted", "endless"])
def test_bad_files(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path, data)
    assert caught.value.code == code
    assert "PDF" not in caught.value.message
    assert "请" in caught.value.message or "需要" in caught.value.message


def test_one_broken_page_costs_no_other(tmp_path: Path) -> None:
    document = read(tmp_path, ofd([layer(line(SAID, 25, 20)), "<broken"]))
    assert texts(document) == [SAID]
    assert "第2页" in document.remarks[0]


def test_cost_is_linear_in_pages(tmp_path: Path, linear: Linear) -> None:
    page = layer(*(line(SAID, 25, 20 + n * 10) for n in range(8)))
    linear(lambda count: read(tmp_path, ofd([page] * count)), 6)
