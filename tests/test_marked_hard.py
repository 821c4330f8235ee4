"""Marks where figures are hard to reach: cut runs, tracked changes, notes, text boxes, comments and drawings of one's own."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from fusuan import extract, marked
from fusuan.extract import File
from fusuan.marked import docx, pdf, xlsx
from fusuan.model import Place, Verdict
from tests import marked_back as back
from tests.conftest import Linear
from tests.office import needs_calc, needs_writer
from tests.test_extract_docx import build, p, r, tbl, tc, tr
from tests.test_marked import SPECIMENS, blocks, every_number, plain

SOFFICE = shutil.which("soffice")
BOX = "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx>" \
      "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"


def note(path: Path, stated: str, verdict: Verdict = Verdict.BROKEN) -> marked.Note:
    """Return a note on the first place where a file says `stated`."""
    block = next(block for block in blocks(extract.read(path)) if stated in block.text)
    start = block.text.index(stated)
    return marked.Note(block.place, (start, start + len(stated)), stated, verdict, (f"【{verdict.chinese}】{stated}", "说明"))


def marks(tmp_path: Path, body: str, *stated: str, **parts: str) -> list[tuple[str, str]]:
    """Return the text under each comment and what it is of, for figures of a document with such a body."""
    path, copy = tmp_path / "a.docx", tmp_path / "b.docx"
    build(path, body, parts)
    assert docx.mark(File(path), [note(path, one) for one in stated], copy) == len(stated)
    assert extract.read(copy).blocks == extract.read(path).blocks
    return [(text, said.splitlines()[0].removeprefix("【不符】")) for text, said in back.word(copy)]


@pytest.mark.parametrize(("body", "stated"), [
    (p(r("支出4") + r("20.", "<w:b/>") + r("50万元。")), "420.50万元"),
    (p(r("支出420.50万元，收入430.50万元。")), "430.50万元"),
    (p(r("支出") + f'<w:ins w:id="7" w:author="甲">{r("420.50万元")}</w:ins>' + r("。")), "420.50万元"),
    (p(r("支出4") + f'<w:ins w:id="7" w:author="甲">{r("20.5")}</w:ins>' + '<w:del w:id="8" w:author="甲"><w:r><w:delText>19</w:delText></w:r></w:del>' + r("0万元")), "420.50万元"),
    (p(f"<w:sdt><w:sdtContent>{r('支出420.50万元')}</w:sdtContent></w:sdt>"), "420.50万元"),
    (p(f'<w:hyperlink w:anchor="a">{r("支出420.50万元")}</w:hyperlink>'), "420.50万元"),
    (p('<w:r><w:t>支出</w:t><w:tab/><w:t>420.50万元</w:t><w:br/><w:t>收入</w:t></w:r>'), "420.50万元"),
    (p(r("支出") + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=1</w:instrText></w:r>'
       '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("420.50") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("万元")), "420.50万元"),
    (tbl(tr(tc("支出"), tc("420.50")), tr(tc("收入"), tc("430.50"))), "430.50"),
    (tbl(tr(tc("甲"), tc(tbl(tr(tc("乙"), tc("420.50"))) + p("")))), "420.50"),
    (tbl(tr(tc("甲"), tc(p(r("4")) + p(r("420.50")) + p(r("5"))))), "420.50"),
], ids=["cut-runs", "one-run", "inserted", "half-inserted", "control", "link", "one-run-of-many", "field", "table", "nested", "lines"])
def test_a_comment_stands_on_the_figure(tmp_path: Path, body: str, stated: str) -> None:
    assert marks(tmp_path, body, stated) == [(stated, stated)]


def test_figures_side_by_side_in_one_run_each_have_their_own(tmp_path: Path) -> None:
    stated = ("420.50万元", "310.20万元", "110.30万元")
    assert marks(tmp_path, p(r("支出420.50万元、310.20万元、110.30万元。")), *stated) == [(one, one) for one in stated]


def test_runs_look_as_before(tmp_path: Path) -> None:
    """Character by character: the text and what it looks like."""
    def looks(path: Path) -> list[tuple[str, str]]:
        text = back.parts(path)["word/document.xml"].decode()
        runs = re.findall(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>|<w:rPr/>)?(.*?)</w:r>", text)
        return [(char, look) for look, inner in runs for said in re.findall(r"<w:t(?: [^>]*)?>(.*?)</w:t>", inner) for char in said]

    marks(tmp_path, p(r("支出 420.50万元", '<w:b/><w:color w:val="FF0000"/>') + r(" 收入")), "420.50万元")
    assert looks(tmp_path / "b.docx") == looks(tmp_path / "a.docx")
    assert len(looks(tmp_path / "b.docx")) == 14


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_figure_in_a_note_is_marked_at_the_reference(tmp_path: Path, kind: str) -> None:
    """No program lets one comment within a note."""
    body = p(r("支出合计") + f'<w:r><w:{kind}Reference w:id="2"/></w:r>' + r("。"))
    notes = f'<w:{kind}s xmlns:w="{back.W[1:-1]}"><w:{kind} w:id="2">{p(r("其中430.50万元"))}</w:{kind}></w:{kind}s>'
    assert marks(tmp_path, body, "430.50万元", **{f"{kind}s": notes}) == [("", "430.50万元")]
    copy = back.parts(tmp_path / "b.docx")
    assert re.search(rf"commentRangeStart[^>]*><w:r><w:{kind}Reference", copy["word/document.xml"].decode())
    assert copy[f"word/{kind}s.xml"] == back.parts(tmp_path / "a.docx")[f"word/{kind}s.xml"]


def test_a_figure_in_a_text_box_is_marked_where_the_box_hangs(tmp_path: Path) -> None:
    box = p(r("收入430.50万元"))
    ((_, said),) = marks(tmp_path, p(r("见图") + BOX.format(box, box)), "430.50万元")
    assert said == "430.50万元"
    assert "comment" not in re.findall(r"<w:txbxContent>.*?</w:txbxContent>", back.parts(tmp_path / "b.docx")["word/document.xml"].decode())[0]


def test_comments_that_are_there_stay(tmp_path: Path) -> None:
    body = p('<w:commentRangeStart w:id="3"/>' + r("支出420.50万元") + '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>')
    own = f'<w:comments xmlns:w="{back.W[1:-1]}"><w:comment w:id="3" w:author="乙">{p(r("请核"))}</w:comment></w:comments>'
    assert sorted(marks(tmp_path, body, "420.50万元", comments=own)) == [("420.50万元", "420.50万元"), ("支出420.50万元", "请核")]


def test_what_a_comment_says_is_text(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.docx", tmp_path / "b.docx"
    build(path, p(r("支出420.50万元")), {})
    hostile = marked.Note(Place(paragraph=1), (2, 10), "420.50万元", Verdict.BROKEN, ('<w:b/>&amp;"]]>', "=1+1"))
    assert docx.mark(File(path), [hostile], copy) == 1
    assert back.word(copy)[0][1].split("\n") == ['<w:b/>&amp;"]]>', "=1+1"]


def rich_workbook(path: Path) -> None:
    """Write a workbook with what other programs lose: a chart, a picture, a comment, a list, a rule of colours."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    sheet, other = book.add_worksheet("收支"), book.add_worksheet("说明")
    frame = book.add_format({"border": 1, "num_format": "0.00%"})
    for row, line in enumerate((("项目", "金额", "占比"), ("基本支出", 310.2, 0.7377), ("项目支出", 110.3, 0.2823), ("合计", 420.5, 1))):
        sheet.write_row(row, 0, line[:2], book.add_format({"border": 1}))
        sheet.write(row, 2, line[2], frame)
    sheet.merge_range("A6:C7", "合计430.50万元，完成率95.24%", frame)
    sheet.write_comment("B2", "原有批注", {"author": "甲"})
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"values": "=收支!$B$2:$B$3"})
    sheet.insert_chart("E2", chart)
    sheet.insert_image("E20", "a.png", {"image_data": io.BytesIO(bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"))})
    sheet.data_validation("D2", {"validate": "list", "source": ["是", "否"]})
    sheet.conditional_format("B2:B4", {"type": "data_bar"})
    sheet.set_footer("&P")
    other.write("A1", "共2个项目")
    book.close()


@pytest.fixture
def rich(tmp_path: Path) -> tuple[Path, Path]:
    path, copy = tmp_path / "收支.xlsx", tmp_path / "收支（标注）.xlsx"
    rich_workbook(path)
    stated = ("310.2", "28.23%", "95.24%")
    assert xlsx.mark(File(path), [*(note(path, one) for one in stated), note(path, "2个", Verdict.DOUBTFUL)], copy) == 4
    return path, copy


def test_a_workbook_keeps_everything_else(rich: tuple[Path, Path]) -> None:
    before, after = (back.parts(path) for path in rich)
    changed = {name for name in before if after[name] != before[name]}
    assert before.keys() <= after.keys()
    assert changed == {"[Content_Types].xml", "xl/styles.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
                       "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}
    assert after.keys() - before.keys() == {"xl/comments.xml", "xl/drawings/vmlDrawing.vml", "xl/worksheets/_rels/sheet2.xml.rels"}
    bare = [re.sub(rb' s="\d+"|<legacyDrawing[^>]*>', b"", parts["xl/worksheets/sheet1.xml"].split(b"<sheetData>")[1])
            for parts in (before, after)]
    assert bare[0] == bare[1]


def test_a_workbook_tells_at_the_cell_and_keeps_its_own_comment(rich: tuple[Path, Path]) -> None:
    found = {cell: said for sheet, cell, said in back.workbook(rich[1]) if sheet == "收支"}
    assert found.keys() == {"B2", "C3", "A6"}
    assert found["B2"].startswith("原有批注")
    assert "【不符】310.2" in found["B2"]
    assert "【不符】95.24%" in found["A6"]


def test_a_wrong_cell_has_a_red_edge_and_its_number_format(rich: tuple[Path, Path]) -> None:
    from openpyxl import load_workbook

    cell = load_workbook(rich[1])["收支"]["C3"]
    assert (cell.border.left.style, cell.border.left.color.rgb, cell.number_format) == ("medium", "FFC00000", "0.00%")
    doubtful = load_workbook(rich[1])["说明"]["A1"]
    assert (doubtful.border.bottom.color.rgb, doubtful.border.left.style) == ("FFE08A00", None)


@needs_writer
@needs_calc
def test_libreoffice_opens_marked_copies_and_sees_the_comments(rich: tuple[Path, Path], tmp_path: Path) -> None:
    """What LibreOffice writes of a copy holds our comments: it read the file as it is, and repaired nothing away."""
    from docx import Document

    report = Document()
    report.add_paragraph("支出420.50万元，收入430.50万元。")
    report.add_table(1, 1).cell(0, 0).text = "440.50"
    report.save(str(tmp_path / "a.docx"))
    assert docx.mark(File(tmp_path / "a.docx"), [note(tmp_path / "a.docx", one) for one in ("430.50万元", "440.50")], tmp_path / "b.docx") == 2
    done = subprocess.run([SOFFICE or "", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "odt",
                           "--outdir", tmp_path / "odt", tmp_path / "b.docx"], capture_output=True, timeout=120, check=False)
    again = subprocess.run([SOFFICE or "", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "ods",
                            "--outdir", tmp_path / "odt", rich[1]], capture_output=True, timeout=120, check=False)
    assert (done.returncode, again.returncode) == (0, 0)
    written = [zipfile.ZipFile(path).read("content.xml").decode() for path in sorted((tmp_path / "odt").iterdir())]
    said = [re.findall(r"【(?:不符|存疑)】([0-9.]+)", "".join(re.findall(r"<office:annotation .*?</office:annotation>", text, re.S))) for text in written]
    assert sorted(map(sorted, said)) == [["2", "28.23", "310.2", "95.24"], ["430.50", "440.50"]]


def turned(page: object, way: str) -> None:
    """Turn a page, or let only a part of it be seen."""
    if way == "cropped":
        page.set_cropbox(30, 40, 580, 800)  # type: ignore[attr-defined]
    else:
        page.set_rotation(int(way))  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", ["90", "180", "270", "cropped"])
def test_highlights_lie_on_figures_of_pages_turned_or_cropped(way: str, tmp_path: Path) -> None:
    import pypdfium2

    path, copy = tmp_path / "a.pdf", tmp_path / "b.pdf"
    document = pypdfium2.PdfDocument((SPECIMENS / "department-sheet.pdf").read_bytes())
    for page in document:
        turned(page, way)
    document.save(path)
    notes = every_number(path, 60)
    assert len(notes) > 30
    assert pdf.mark(File(path), notes, copy) == len(notes)
    assert sorted(text for text, _ in back.pdf(copy)) == sorted(plain(note.stated) for note in notes)


def test_the_bytes_of_a_pdf_stand_first_in_its_copy(tmp_path: Path) -> None:
    """So that whoever doubts a copy can cut it back to the original."""
    path, copy = SPECIMENS / "department-sheet.pdf", tmp_path / "b.pdf"
    assert pdf.mark(File(path), every_number(path, 5), copy)
    assert copy.read_bytes().startswith(path.read_bytes())


def test_cost_is_linear_in_the_length_of_a_line(tmp_path: Path, linear: Linear) -> None:
    from docx import Document

    def work(count: int) -> object:
        path = tmp_path / f"{count}.docx"
        if not path.exists():
            report = Document()
            report.add_paragraph("".join(f"支出{n}.50万元，" for n in range(count)))
            report.save(str(path))
        notes = [marked.Note(Place(paragraph=1), match.span(), match.group(), Verdict.BROKEN, ("说明",))
                 for match in re.finditer(r"[0-9.]+", next(extract.read(path).paragraphs).text)]
        return docx.mark(File(path), notes, tmp_path / "b.docx")

    assert work(50) == 50
    linear(work, 500)
