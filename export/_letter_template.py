"""The template of a letter: the one that comes with the program, and how any is filled in.

A template is a Word document in which fields stand between 【 and 】. The row of a table that holds one of the fields of a
finding is written once for each finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from fusuan.export._letter_rows import ROW, WHOLE
from fusuan.model import ReadError

_FIELD = re.compile("【([^【】\n]{1,12})】")
_WIDTHS = (1.1, 2.5, 2.8, 2.6, 4.5, 3.1)
"""Centimetres."""
_OPENING = ("　　经对你单位报送的【报告】中的数字逐项复算，共复算【复算处数】处，其中不符【不符处数】处、存疑【存疑处数】处；"
            "另有【未核对个数】个数字未能核对，不在本意见之内。【结论】")
_CLOSING = "　　请对照上表逐项核实，更正后连同本意见一并报回；有异议的，请书面说明理由并附计算依据。"


def opened(path: Path | None) -> Any:
    """Return the template at `path`, or the program's own; raise ReadError where it cannot be used."""
    from docx import Document

    if path is None:
        return own()
    try:
        document = Document(str(path))
    except Exception as error:
        raise ReadError("template", f"模板打不开：{path}。请用 Word 文档（.docx），可先用 fusuan letter --template-out 模板.docx 得到一份再改") from error
    known = {*ROW, *WHOLE}
    fields = {field for paragraph in _paragraphs(document) for field in _FIELD.findall(paragraph.text)}
    if not fields & set(ROW):
        raise ReadError("template", f"模板里没有列出疑点的一行：{path.name}。请在表格的一行里写上 {'、'.join(f'【{name}】' for name in ROW)}")
    if unknown := sorted(fields - known):
        raise ReadError("template", f"模板里有不认识的字段：{'、'.join(f'【{name}】' for name in unknown)}。"
                                    f"可用：{'、'.join(f'【{name}】' for name in (*WHOLE, *ROW))}")
    return document


def fill(document: Any, whole: Mapping[str, str], rows: Sequence[Mapping[str, str]]) -> None:
    """Put the fields into a template. Each paragraph is filled once: what was put in may itself look like a field."""
    listing = [row for table in _tables(document) for row in table.rows if _lists(row)]
    inside = {paragraph._p for row in listing for paragraph in _of_row(row)}
    for paragraph in list(_paragraphs(document)):
        if paragraph._p not in inside:
            _put(paragraph, whole)
    for row in listing:
        _repeat(row, [{**whole, **fields} for fields in rows])


def _lists(row: Any) -> bool:
    """Tell whether a row of a table is the one that is written for each finding."""
    return any(field in ROW for paragraph in _of_row(row) for field in _FIELD.findall(paragraph.text))


def _of_row(row: Any) -> Iterator[Any]:
    return (paragraph for cell in row.cells for paragraph in cell.paragraphs)


def _repeat(row: Any, rows: Sequence[Mapping[str, str]]) -> None:
    """Write a row once for each finding in the place of the row with fields."""
    from docx.table import _Row

    last = row._tr
    for fields in rows:
        fresh = deepcopy(row._tr)
        last.addnext(fresh)
        last = fresh
        for paragraph in _of_row(_Row(fresh, row._parent)):
            _put(paragraph, fields)
    row._tr.getparent().remove(row._tr)


def _put(paragraph: Any, fields: Mapping[str, str]) -> None:
    """Put values in the place of fields, each looking as the first character of its field does."""
    for match in reversed(list(_FIELD.finditer("".join(run.text for run in paragraph.runs)))):
        if match[1] in fields:
            _replace(paragraph.runs, match.start(), match.end(), fields[match[1]])


def _replace(runs: Sequence[Any], start: int, end: int, value: str) -> None:
    at = 0
    for run in runs:
        text = run.text
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            run.text = text[:first] + value + text[last:]
            value = ""
        at += len(text)


def _tables(document: Any) -> Iterator[Any]:
    yield from document.tables
    for section in document.sections:
        yield from (*section.header.tables, *section.footer.tables)


def _paragraphs(document: Any) -> Iterator[Any]:
    yield from document.paragraphs
    for section in document.sections:
        yield from (*section.header.paragraphs, *section.footer.paragraphs)
    for table in _tables(document):
        for row in table.rows:
            yield from _of_row(row)


def own() -> Any:
    """Return the program's own template."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = Document()
    _page(document)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run("绩效自评报告复核意见")
    run.bold, run.font.size = True, Pt(20)
    for text in ("【单位】：", _OPENING):
        document.add_paragraph(text)
    _table(document)
    for text in ("", _CLOSING, ""):
        document.add_paragraph(text)
    for text in ("（复核单位盖章）", "【日期】"):
        document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    return document


def _page(document: Any) -> None:
    """Let the page be A4, its letters those of official papers."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt

    section, style = document.sections[0], document.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    style.font.name, style.font.size = "Times New Roman", Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")


def _table(document: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    table = document.add_table(2, len(ROW), style="Table Grid")
    table.autofit = False
    for column, (name, width) in enumerate(zip(ROW, _WIDTHS, strict=True)):
        table.columns[column].width = Cm(width)
        for row, text in enumerate((name, f"【{name}】")):
            cell = table.cell(row, column)
            cell.width = Cm(width)
            run = cell.paragraphs[0].add_run(text)
            run.font.size, run.bold = Pt(9.5), row == 0
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
