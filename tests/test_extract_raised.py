"""Marks of notes above the line are no digits of the figure before them, in every format; what is struck through is gone."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from fusuan import extract
from fusuan.batch.audit import audit
from fusuan.model import Document
from tests.office import has
from tests.test_extract_docx import build, p, r, tbl, tc, tr
from tests.test_extract_pdf import pdf_bytes, text_at
from tests.test_same_in_every_format import office

RAISED = '<w:vertAlign w:val="superscript"/>'
SAID = "支出12.5¹万元，面积35m²，增长5.2⁽¹²⁾%。"
BODY = p(r("支出12.5") + r("1", RAISED) + r("万元，面积35m") + r("2", RAISED) + r("，增长5.2") + r("[12]", RAISED) + r("%。"))


def texts(document: Document) -> list[str]:
    return ["".join(paragraph.text.split()) for paragraph in document.paragraphs]


def test_in_a_word_document(tmp_path: Path) -> None:
    build(tmp_path / "a.docx", BODY + tbl(tr(tc("甲"), tc(p(r("12.5") + r("②", RAISED))))), {})
    document = extract.read(tmp_path / "a.docx")
    assert texts(document) == [SAID]
    assert [cell.text for table in document.tables for cell in table.cells] == ["甲", "12.5²"]


def test_on_a_page(tmp_path: Path) -> None:
    said = "支出12.5<sup>1</sup>万元，面积35m<sup>2</sup>，增长5.2<sup><a href=x>[12]</a></sup>%。<s>收入1元</s>"
    (tmp_path / "a.html").write_text(f"<html><meta charset=utf-8><body><p>{said}</p></body></html>", encoding="utf-8")
    assert texts(extract.read(tmp_path / "a.html")) == [SAID]


@pytest.mark.parametrize("kind", ["pdf", "doc"])
def test_as_an_office_program_writes_them(kind: str, tmp_path: Path) -> None:
    if not has("sw"):
        pytest.skip("LibreOffice Writer is not installed")
    document = docx.Document()
    paragraph = document.add_paragraph()
    for text, above in (("支出12.5", False), ("1", True), ("万元，面积35m", False), ("2", True), ("，增长5.2", False), ("[12]", True), ("%。", False)):
        paragraph.add_run(text).font.superscript = above
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / f"a.{kind}").write_bytes(office(kind)(tmp_path, tmp_path / "a.docx"))
    assert texts(extract.read(tmp_path / f"a.{kind}")) == [SAID]


def test_small_type_on_the_line_itself_goes_on_with_the_figure(tmp_path: Path) -> None:
    """Some print the digits behind the point smaller: they stand on the line."""
    content = text_at(93.5, 140, "增长5.", 12) + text_at(93.5 + 36, 140, "25", 8) + text_at(93.5 + 60, 136, "注", 8)
    (tmp_path / "a.pdf").write_bytes(pdf_bytes([content]))
    assert "5.25" in texts(extract.read(tmp_path / "a.pdf"))[0]


def test_a_figure_with_the_mark_of_a_note_is_checked_as_it_is(tmp_path: Path) -> None:
    build(tmp_path / "a.docx", p(r("2023年支出合计420.50") + r("1", RAISED) + r("万元，其中：基本支出310.20万元，项目支出110.30") + r("2", RAISED)
                                 + r("万元。")), {})
    assert [finding.verdict.value for finding in audit(tmp_path / "a.docx").findings] == ["holds"]


def test_what_is_struck_through_is_left_out_and_said(tmp_path: Path) -> None:
    build(tmp_path / "a.docx", p(r("支出") + r("12.5", "<w:strike/>") + r("9", "<w:dstrike/>") + r("13.5", '<w:strike w:val="0"/>') + r("万元。")), {})
    document = extract.read(tmp_path / "a.docx")
    assert texts(document) == ["支出13.5万元。"]
    assert document.remarks == ("文中有 2 处文字加了删除线，视为已删去，未读取",)
