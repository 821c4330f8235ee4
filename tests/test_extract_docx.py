"""Word documents: every place where text or a table can stand, and every one where what stands is not to be read."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fusuan import extract
from fusuan.model import Document, Paragraph, ReadError, Table

NAMES = ('xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
         'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
         'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
         'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
         'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
         'xmlns:v="urn:schemas-microsoft-com:vml" '
         'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"')
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
Parts = dict[str, str]
Read = Callable[..., Document]


def p(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(*texts: str, span: int = 1, merge: str = "") -> str:
    merged = {"": "", "top": '<w:vMerge w:val="restart"/>', "on": "<w:vMerge/>"}[merge]
    body = "".join(text if text.startswith("<") else p(r(text)) for text in texts)
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/>{merged}</w:tcPr>{body}</w:tc>'


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def build(path: Path, body: str, parts: Parts) -> None:
    """Write a document: `parts` are further parts by name, each related by its name without digits."""
    main = f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    relations = "".join(f'<Relationship Id="r{n}" Type="{RELATION}{name.rstrip("0123456789")}" Target="{name}.xml"/>'
                        for n, name in enumerate(parts))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", main)
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", text)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def reading(body: str, **parts: str) -> Document:
        build(tmp_path / "report.docx", body, parts)
        return extract.read(tmp_path / "report.docx")
    return reading


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def grid(table: Table) -> list[list[str | None]]:
    return [[cell.text if cell else None for cell in row] for row in table.grid()]


def test_paragraphs_and_tables_stand_in_order_and_count_from_one(read: Read) -> None:
    document = read(p(r("甲")) + p("") + tbl(tr(tc("乙"), tc("丙"))) + p(r("丁")) + tbl(tr(tc("戊"), tc("己"))))
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph, Table]
    assert [(block.place.paragraph, block.place.table) for block in document.blocks] == [
        (1, None), (None, 1), (2, None), (None, 2)]
    first = next(document.tables)
    assert [(cell.place.table, cell.place.row, cell.place.column) for cell in first.cells] == [(1, 0, 0), (1, 0, 1)]


@pytest.mark.parametrize(("inner", "expected"), [
    pytest.param(r("支") + r("出12") + r(".5万元"), "支出12.5万元", id="runs"),
    pytest.param(r("前") + "<w:ins>" + r("插入") + "</w:ins><w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
                 "前插入", id="tracked"),
    pytest.param("<w:moveTo>" + r("移入") + "</w:moveTo><w:moveFrom>" + r("移出") + "</w:moveFrom>", "移入", id="moved"),
    pytest.param(r("见") + r("隐", "<w:vanish/>"), "见", id="hidden"),
    pytest.param(r("见") + r("显", '<w:vanish w:val="0"/>'), "见显", id="not hidden"),
    pytest.param('<w:fldSimple w:instr="=SUM(ABOVE)">' + r("12.09") + "</w:fldSimple>", "12.09", id="simple field"),
    pytest.param('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=1+2</w:instrText></w:r>'
                 '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("3") +
                 '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("万元"), "3万元", id="complex field"),
    pytest.param('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("99") +
                 '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("完"), "完", id="field without result"),
    pytest.param("<w:r><w:t>增长</w:t><w:noBreakHyphen/><w:t>12</w:t><w:softHyphen/><w:t>.16</w:t></w:r>",
                 "增长-12.16", id="hyphens"),
    pytest.param(r("增长\u201112\u00ad.1\u200b6"), "增长-12.16", id="hyphen characters"),
    pytest.param("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r>", "甲\t乙\n丙", id="tab and break"),
    pytest.param('<w:hyperlink w:anchor="x">' + r("链接") + "</w:hyperlink><w:smartTag>" + r("标记") + "</w:smartTag>",
                 "链接标记", id="hyperlink and smart tag"),
    pytest.param("<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + r("控件") + "</w:sdtContent></w:sdt>", "控件",
                 id="content control"),
    pytest.param("<w:r><w:ruby><w:rt>" + r("zhu") + "</w:rt><w:rubyBase>" + r("注") + "</w:rubyBase></w:ruby></w:r>",
                 "注", id="ruby"),
    pytest.param("<m:oMath><m:r><m:t>率=</m:t></m:r><m:f><m:num><m:r><m:t>6</m:t></m:r></m:num><m:den><m:r>"
                 "<m:t>11+1</m:t></m:r></m:den></m:f></m:oMath>", "率=6/(11+1)", id="formula"),
    pytest.param('<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>是</w:t>'
                 '<w:sym w:font="Wingdings" w:char="F0A8"/><w:t>否</w:t></w:r>', "☑是□否", id="boxes"),
    pytest.param('<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t>\uf0a3</w:t></w:r>' + r("5%"), "≤5%",
                 id="sign of a symbol font"),
    pytest.param('<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
                 '</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("是"), "☑是", id="form box"),
])
def test_text_of_a_paragraph(read: Read, inner: str, expected: str) -> None:
    assert texts(read(p(inner))) == [expected]


def test_a_field_runs_on_over_paragraphs(read: Read) -> None:
    body = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
             '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("一、概况"))
    body += p(r("二、收支") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p(r("正文"))
    assert texts(read(body)) == ["一、概况", "二、收支", "正文"]


def test_a_broken_field_swallows_no_later_paragraph(read: Read) -> None:
    assert texts(read(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>') + p(r("支出3万元")))) == ["支出3万元"]


def test_text_hidden_by_a_style(read: Read) -> None:
    styles = (f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>'
              '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="base"/></w:style></w:styles>')
    body = p(r("隐"), '<w:pStyle w:val="own"/>') + p(r("见"), '<w:pStyle w:val="other"/>')
    assert texts(read(body, styles=styles)) == ["见"]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(read: Read) -> None:
    body = p(r("支出"), "<w:rPr><w:del/></w:rPr>") + p(r("12万元")) + p(r("收入"))
    assert texts(read(body)) == ["支出12万元", "收入"]


def test_a_text_box_is_read_once_after_its_anchor(read: Read) -> None:
    box = f"<w:txbxContent>{p(r('框内3万元'))}</w:txbxContent>"
    choice = f"<w:drawing><a:graphic><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphic></w:drawing>"
    fallback = f"<w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict>"
    both = (f'<mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
            f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>")
    only = f"<mc:AlternateContent><mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
    for drawn in (both, only, choice, fallback):
        document = read(p(r("锚") + f"<w:r>{drawn}</w:r>") + p(r("后")))
        assert [(b.text, b.note) for b in document.paragraphs] == [("锚", ""), ("框内3万元", "textbox"), ("后", "")]


def test_notes_follow_the_body_and_margins_stand_apart(read: Read) -> None:
    notes = (f'<w:footnotes {NAMES}><w:footnote w:id="0" w:type="separator"><w:p><w:r><w:separator/></w:r></w:p>'
             f'</w:footnote><w:footnote w:id="2">{p(r("注：含上年结转"))}</w:footnote>'
             f'<w:footnote w:id="3">{p(r("无人提及"))}</w:footnote></w:footnotes>')
    header = f"<w:hdr {NAMES}>{p(r('某局'))}{p('')}</w:hdr>"
    document = read(p(r("支出5万元") + '<w:r><w:footnoteReference w:id="2"/></w:r>') + p(r("后")),
                    footnotes=notes, header1=header, header2=header)
    assert [(b.text, b.note) for b in document.paragraphs] == [
        ("支出5万元", ""), ("后", ""), ("注：含上年结转", "footnote")]
    assert [margin.text for margin in document.margins] == ["某局"]


def test_merged_cells_stand_once_with_their_extent(read: Read) -> None:
    table = next(read(tbl(tr(tc("甲", merge="top"), tc("乙", span=2)),
                          tr(tc("", merge="on"), tc("1"), tc("2")),
                          tr(tc("", merge="on"), tc("3"), tc("4")))).tables)
    assert (table.height, table.width) == (3, 3)
    assert [(c.text, c.place.row, c.place.column, c.rows, c.columns) for c in table.cells] == [
        ("甲", 0, 0, 3, 1), ("乙", 0, 1, 1, 2), ("1", 1, 1, 1, 1), ("2", 1, 2, 1, 1), ("3", 2, 1, 1, 1), ("4", 2, 2, 1, 1)]


def test_rows_that_begin_late_or_end_early(read: Read) -> None:
    table = next(read(tbl(tr(tc("甲"), tc("乙"), tc("丙")),
                          tr(tc("丁"), properties='<w:gridBefore w:val="2"/>'),
                          tr(tc("戊"), properties='<w:gridAfter w:val="2"/>'))).tables)
    assert grid(table) == [["甲", "乙", "丙"], [None, None, "丁"], ["戊", None, None]]


def test_a_continuation_with_nothing_above_is_a_cell_of_its_own(read: Read) -> None:
    assert grid(next(read(tbl(tr(tc("孤", merge="on"), tc("乙")))).tables)) == [["孤", "乙"]]


def test_columns_between_edges_that_miss_each_other_are_no_columns(read: Read) -> None:
    def columns(*widths: int) -> str:
        return "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)

    body = tbl(tr(tc("甲"), tc("乙", span=2)), tr(tc("1", span=2), tc("2")))
    slivers, wide = (body.replace("<w:tblGrid/>", f"<w:tblGrid>{columns(2000, width, 2000)}</w:tblGrid>")
                     for width in (15, 700))
    assert grid(next(read(slivers).tables)) == [["甲", "乙"], ["1", "2"]]
    assert grid(next(read(wide).tables)) == [["甲", "乙", "乙"], ["1", "1", "2"]]
    filled = tbl(tr(tc("甲"), tc("乙"), tc("丙"))).replace("<w:tblGrid/>", f"<w:tblGrid>{columns(9, 9, 9)}</w:tblGrid>")
    assert grid(next(read(filled).tables)) == [["甲", "乙", "丙"]]


def test_rows_and_cells_in_content_controls(read: Read) -> None:
    row = tr(tc("甲"), "<w:sdt><w:sdtContent>" + tc("乙") + "</w:sdtContent></w:sdt>")
    table = next(read(tbl("<w:sdt><w:sdtContent>" + row + "</w:sdtContent></w:sdt>")).tables)
    assert grid(table) == [["甲", "乙"]]


def test_deleted_and_hidden_rows_are_out(read: Read) -> None:
    rows = tr(tc("留"), tc("1")), tr(tc("删"), tc("2"), properties="<w:del/>"), tr(
        tc("藏"), tc("3"), properties="<w:hidden/>"), tr(tc("增"), tc("4"), properties="<w:ins/>")
    assert grid(next(read(tbl(*rows)).tables)) == [["留", "1"], ["增", "4"]]


def test_a_nested_table_follows_the_one_around_it(read: Read) -> None:
    inner = tbl(tr(tc("内1"), tc("内2")))
    outer, nested = read(tbl(tr(tc("前", inner, "后"), tc("旁")))).tables
    assert (grid(outer), outer.place.table) == ([["前\n后", "旁"]], 1)
    assert (grid(nested), nested.place.table) == ([["内1", "内2"]], 2)


def test_lines_of_a_cell_are_parted_by_a_line_feed(read: Read) -> None:
    assert grid(next(read(tbl(tr(tc("项目资金", "（万元）", ""), tc("")))).tables)) == [["项目资金\n（万元）", ""]]


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return (f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'
            "</w:numbering>")


def level(number: int, form: str, text: str, more: str = "") -> str:
    return (f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
            f'<w:lvlText w:val="{text}"/></w:lvl>')


def item(text: str, depth: int = 0, number: int = 1) -> str:
    return p(r(text) if text else "", f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_stand_before_the_text(read: Read) -> None:
    known = numbering(level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"),
                      level(2, "decimal", "%3."), level(3, "decimal", "%1.%4", "<w:isLgl/>"))
    body = (item("概况") + item("职能", 1) + item("人员", 1) + item("5人", 2) + item("收支") + item("收入", 1) +
            item("细项", 3) + p(r("无号")))
    assert texts(read(body, numbering=known)) == [
        "一、概况", "（一）职能", "（二）人员", "1. 5人", "二、收支", "（一）收入", "2.1 细项", "无号"]


def test_a_number_fills_a_cell_but_makes_no_paragraph(read: Read) -> None:
    known = numbering(level(0, "decimal", "%1"))
    document = read(item("") + tbl(tr(tc(item("")), tc("甲")), tr(tc(item("")), tc("乙"))), numbering=known)
    assert texts(document) == []
    assert grid(next(document.tables)) == [["2", "甲"], ["3", "乙"]]


def test_lists_that_start_afresh_and_bullets(read: Read) -> None:
    nums = ('<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>')
    known = numbering(level(0, "decimal", "%1、"), level(1, "bullet", "\uf0b7"), nums=nums)
    body = item("甲") + item("乙") + item("点", 1) + item("丙", 0, 2) + item("丁", 0, 2)
    assert texts(read(body, numbering=known)) == ["1、甲", "2、乙", "点", "1、丙", "2、丁"]


def test_numbers_that_come_with_a_style(read: Read) -> None:
    styles = (f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/>'
              '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="h2"><w:basedOn w:val="h1"/>'
              '</w:style></w:styles>')
    known = numbering(level(0, "chineseCounting", "%1、", '<w:pStyle w:val="h1"/>'))
    body = (p(r("概况"), '<w:pStyle w:val="h1"/>') + p(r("收支"), '<w:pStyle w:val="h2"/>') +
            p(r("说明"), '<w:pStyle w:val="h1"/><w:numPr><w:numId w:val="0"/></w:numPr>'))
    assert texts(read(body, styles=styles, numbering=known)) == ["一、概况", "二、收支", "说明"]


def test_what_was_not_read_is_said(read: Read) -> None:
    document = read(p(r("见图") + "<w:r><w:drawing><a:blip/></w:drawing></w:r>") + p("<w:r><w:object><v:imagedata/></w:object></w:r>"))
    assert [remark[:7] for remark in document.remarks] == ["文中有 1 张", "文中有 1 个"]
    assert not read(p(r("无图"))).remarks


def test_a_document_of_pictures_alone_has_no_text(read: Read) -> None:
    with pytest.raises(ReadError) as caught:
        read(p("<w:r><w:drawing><a:blip/></w:drawing></w:r>"))
    assert caught.value.code == "no_text"
    assert "图片" in caught.value.message


def test_strict_documents_read_alike(tmp_path: Path) -> None:
    build(tmp_path / "a.docx", p(r("支出3万元")), {})
    with zipfile.ZipFile(tmp_path / "a.docx") as old, zipfile.ZipFile(tmp_path / "b.docx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert texts(extract.read(tmp_path / "b.docx")) == ["支出3万元"]


def test_a_broken_side_part_does_not_cost_the_text(read: Read) -> None:
    assert texts(read(p(r("支出3万元")), styles="<w:styles", numbering="", header1="<x")) == ["支出3万元"]


def test_the_cost_grows_with_the_pages(read: Read, linear: Callable[[Callable[[int], object], int], None]) -> None:
    rows = "".join(tr(*(tc(f"{row}.{column}") for column in range(10))) for row in range(8))
    linear(lambda size: read((p(r("本年支出12.5万元，") * 20) * 30 + tbl(rows)) * size), 4)
