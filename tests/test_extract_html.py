"""Web pages, and what systems export as web pages under the endings of office files."""

from __future__ import annotations

from pathlib import Path

import pytest

from fusuan import extract
from fusuan.model import Document, ReadError, Table

PAGE = """<html><head><title>标题栏</title><style>p {color: red}</style></head><body>
<h1>某县水利局2021年度绩效自评报告</h1><p>本年支出&nbsp;<b>12.5</b>万元，<br>增长5&#37;。</p><p style="display:none">藏</p>
<table><tr><th rowspan="2">项目</th><th colspan=2>金额</th></tr><tr><td>预算</td><td>执行</td></tr>
<tr><td>甲<br>乙</td><td>3</td><td><table><tr><td>内1</td><td>内2</td></tr></table></td></tr></table>
<div>后<div>文</div></div><script>var x = 1</script></body></html>"""


def outline(document: Document) -> list[str | list[list[str]]]:
    return [[[cell.text if cell else "" for cell in row] for row in block.grid()] if isinstance(block, Table)
            else block.text for block in document.blocks]


HIDDEN = " style=display:none"
EXPECTED = ["某县水利局2021年度绩效自评报告", "本年支出 12.5万元，", "增长5%。",
            [["项目", "金额", "金额"], ["项目", "预算", "执行"], ["甲\n乙", "3", ""]], [["内1", "内2"]], "后", "文"]


@pytest.mark.parametrize(("name", "data"), [
    ("a.html", PAGE.encode()), ("a.xls", PAGE.encode()), ("a.doc", PAGE.encode()),
    ("a.htm", PAGE.replace("<head>", '<head><meta charset="gb2312">').encode("gb18030")),
    ("a.mht", b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
              b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
              + PAGE.encode() + b"\r\n--x--\r\n"),
])
def test_paragraphs_and_tables_of_a_page(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    document = extract.read(tmp_path / name)
    assert outline(document) == EXPECTED
    assert (document.unit, document.year) == ("某县水利局", "2021")
    first = next(document.tables)
    assert [(c.rows, c.columns, c.place.table) for c in first.cells[:2]] == [(2, 1, 1), (1, 2, 1)]


@pytest.mark.parametrize("page", ["<html></html>", "<html><body><table><tr><td></td></tr></table></body></html>"])
def test_a_page_without_text(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        extract.read(tmp_path / "a.html")
    assert caught.value.code == "no_text"


def test_spans_beyond_reason(tmp_path: Path) -> None:
    rows = '<tr><td rowspan=999999 colspan=9999999>甲</td><td rowspan="x">乙</td></tr><tr><td>丙</td></tr>'
    (tmp_path / "a.html").write_text(f"<html><table>{rows}</table></html>", encoding="utf-8")
    table = next(extract.read(tmp_path / "a.html").tables)
    assert (table.height, table.width) == (2, 1001)


def test_a_caption_stands_above_its_table_and_hidden_rows_are_read_and_said(tmp_path: Path) -> None:
    """What Excel saves as a page keeps the rows that are hidden: a total may count them."""
    rows = "".join(f"<tr{HIDDEN if name == '丙' else ''}><td>{name}<td>{value}</tr>" for name, value in (
        ("项目", "金额"), ("甲", "10"), ("丙", "5"), ("合计", "15")))
    (tmp_path / "a.xls").write_text(f"<html><body><table><caption>支出表（单位：万元）</caption>{rows}</table></body></html>", encoding="utf-8")
    document = extract.read(tmp_path / "a.xls")
    assert outline(document) == ["支出表（单位：万元）", [["项目", "金额"], ["甲", "10"], ["丙", "5"], ["合计", "15"]]]
    assert [cell.text for table in document.tables for cell in table.cells if cell.place.hidden] == ["丙", "5"]
    assert "表格中有 1 行被隐藏，已一并读取" in document.remarks
