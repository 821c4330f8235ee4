"""The page of a report: what was read stands on it, each checked figure leads to its arithmetic, and nothing runs."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest
from lxml import html

from fusuan import cli, export
from fusuan.batch.audit import audit
from fusuan.batch.documents import documented
from fusuan.batch.unread import failed
from fusuan.desk import Remarks, fingerprints
from fusuan.export._html_marks import marks_of
from fusuan.export._html_text import compact, marked, text_of
from fusuan.model import (
    Audit,
    Cell,
    Document,
    Figure,
    Finding,
    Paragraph,
    Place,
    Quantity,
    Severity,
    Source,
    Table,
    Unchecked,
    Verdict,
    Words,
)
from tests.conftest import GOOD, WRONG, Linear, Maker
from tests.house import ROOT

SPECIMENS = [ROOT / "corpus" / "specimens" / name for name in ("account-tables-wrong.docx", "score-sheet-wrong.xlsx", "looks-wrong.pdf")]
HOSTILE = ("<script>alert(1)</script>", "\"><img src=x onerror=alert(2)>", "javascript:alert(3)", "{{7*7}}", "]]><!--", "\u202e1.00\x1b[31m")


def page(audits: list[Audit], path: Path) -> html.HtmlElement:
    export.write(audits, path)
    return html.document_fromstring(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=SPECIMENS, ids=lambda path: path.name)
def checked(request: pytest.FixtureRequest) -> Audit:
    return audit(request.param, whole=True)


def test_every_stated_figure_leads_to_its_arithmetic_and_back(checked: Audit, tmp_path: Path) -> None:
    tree = page([checked], tmp_path / "a.html")
    ids = {element.get("id"): element for element in tree.iter() if element.get("id")}
    for number, finding in enumerate(checked.findings):
        place = ids[f"c{number}"].xpath('.//h3/a[@class="place"]')[0].get("href")
        mark = ids[place[1:]]
        assert str(number) in mark.get("data-c").split()
        said = finding.stated.text.strip()
        assert said in mark.text_content() if said else mark.text_content() == "（空白）"
        assert mark.get("class").split()[1] in [verdict.value for verdict in Verdict]


def test_what_enters_the_arithmetic_leads_to_where_it_stands(checked: Audit, tmp_path: Path) -> None:
    tree = page([checked], tmp_path / "a.html")
    for number, finding in enumerate(checked.findings):
        links = [tree.get_element_by_id(link.get("href")[1:]).text_content()
                 for link in tree.xpath(f'//*[@id="c{number}"]//p[@class="formula"]//a')]
        operands = finding.computed.operands if finding.computed else ()
        assert bool(links) == bool(operands)
        listed = {row.xpath("td[2]//a")[0].text_content() for row in tree.xpath(f'//*[@id="c{number}"]//table//tr')[1:]}
        assert finding.agrees or listed == {" ".join(figure.text.split()) for figure in operands}
        if len(links) == len(operands):
            assert all(figure.text.strip() in text for figure, text in zip(operands, links, strict=True))


def test_the_whole_text_stands_on_it(checked: Audit, tmp_path: Path) -> None:
    tree = page([checked], tmp_path / "a.html")
    shown = re.sub(r"\s", "", tree.get_element_by_id("text").text_content())
    assert checked.document is not None
    for block in checked.document.blocks:
        for piece in (block,) if isinstance(block, Paragraph) else block.cells:
            assert re.sub(r"\s", "", export.clean(piece.text)) in shown


def test_nothing_comes_from_outside_and_only_our_own_script_runs(checked: Audit, tmp_path: Path) -> None:
    tree = page([checked], tmp_path / "a.html")
    assert not tree.xpath("//@src | //link | //iframe | //object | //@style | //@*[starts-with(name(), 'on')]")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    policy = tree.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    for kind in ("script", "style"):
        (own,) = tree.xpath(f"//{kind}")
        digest = b64encode(sha256(own.text_content().encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text(text: str, tmp_path: Path) -> None:
    spot = Place(paragraph=1, heading=text)
    stated = Figure(text, Decimal(1), text, place=spot, span=(0, len(text)), name=text)
    wrong = Finding(text, text, stated, Verdict.BROKEN, Severity.HIGH, text, Quantity.of(stated), text, text, text)
    cell = Cell(text, Place(table=1, row=0, column=0, sheet=text, cell=text))
    document = Document(text, "docx", (Paragraph(text, spot, note=text), Table((cell,), 1, 1, Place(table=1))), title=text)
    whole = Audit(Source(text, text, text, text, 1, text, text, text), figures=(stated,), findings=(wrong,),
                  unchecked=(Unchecked(replace(stated, place=cell.place), text),), score_stated=text, score_computed=text, grade=text,
                  remarks=(text,), document=document)
    tree = page([whole], tmp_path / "a.html")
    assert len(tree.xpath("//script")) == 1 and not tree.xpath("//img | //@onerror")
    assert not [link for link in tree.xpath("//@href") if not link.startswith("#")]
    assert export.clean(text) in tree.get_element_by_id("text").text_content()
    both = page([whole, failed(Path(f"{text.replace('/', '_')}.docx"), "damaged", text)], tmp_path / "b.html")
    assert len(both.xpath("//script")) == 1 and not both.xpath("//img | //@onerror")


def test_several_reports_are_a_list_and_a_file_each(make: Maker, tmp_path: Path) -> None:
    audits = [audit(make(name, *WRONG), whole=True) for name in ("甲 #1%.docx", "乙.docx")]
    tree = page([*audits, failed(Path("坏.docx"), "damaged", "已损坏")], tmp_path / "报告.html")
    from urllib.parse import unquote

    links = [tmp_path / unquote(link) for link in tree.xpath("//table//a/@href")]
    assert [link.exists() for link in links] == [True] * 2
    assert "420.50" in links[0].read_text(encoding="utf-8")
    assert "已损坏" in tree.text_content() and len(list((tmp_path / "报告_各份").iterdir())) == 2


def test_a_batch_gives_each_report_with_its_text_unless_it_was_changed(make: Maker, tmp_path: Path, folder: Path) -> None:
    kept, gone = make("甲.txt", *WRONG), make("乙.txt", *GOOD)
    assert cli.main(["batch", str(folder), "-o", str(tmp_path / "a.html"), "--jobs", "1"]) == 1
    pages = sorted((tmp_path / "a_各份").iterdir())
    assert ["没有保留原文" in path.read_text(encoding="utf-8") for path in pages] == [False, False]
    checked = [audit(kept), audit(gone)]
    gone.write_text("改过的", encoding="utf-8")
    assert [one.document is not None for one in documented(checked)] == [True, False]


def test_without_its_document_it_says_so(wrong: Path, tmp_path: Path) -> None:
    kept = audit(wrong)
    assert kept.document is None
    tree = page([kept], tmp_path / "a.html")
    assert "没有保留原文" in tree.get_element_by_id("text").text_content()
    assert len(tree.xpath('//section[starts-with(@class, "c ")]')) == len(kept.findings)
    assert not tree.xpath('//a[starts-with(@href, "#m")]')


def test_what_was_decided_stands_on_it(wrong: Path, tmp_path: Path) -> None:
    checked = audit(wrong, whole=True)
    names, number = fingerprints(checked), next(at for at, finding in enumerate(checked.findings) if not finding.agrees)
    with Remarks(tmp_path / "a.fusuan") as remarks:
        remarks.put(names[number], "不属实", "<b>口径</b>", "张三", "2024-05-06")
    export.write([checked], tmp_path / "a.html", store=tmp_path / "a.fusuan")
    tree = html.document_fromstring((tmp_path / "a.html").read_text(encoding="utf-8"))
    assert tree.xpath('//*[contains(@class, "settled")]/@id') == [f"c{number}"]
    assert " ".join(str(tree.xpath('string(//p[@class="decision"])')).split()) == "核实 不属实 <b>口径</b> 张三 2024-05-06"


def test_an_empty_cell_is_marked_where_it_should_be_filled() -> None:
    spot = Place(table=1, row=0, column=0)
    blank = Finding("blank", "missing", Words("", spot, name="完成值"), Verdict.BROKEN, Severity.LOW, "未填")
    document = Document("a", "docx", (Table((Cell("", spot),), 1, 1, Place(table=1)),))
    marks = marks_of(Audit(Source("a", "a"), findings=(blank,), document=document))
    assert "（空白）" in "".join(text_of(document, marks))


def test_figures_that_overlap_are_one_mark_and_the_worst_verdict_shows() -> None:
    spot, text = Place(paragraph=1), "得20分。"
    figures = [Figure(text[slice(*span)], Decimal(20), place=spot, span=span) for span in ((1, 3), (1, 4))]
    findings = tuple(Finding("marks", "score_sum", figure, verdict, Severity.LOW, "")
                     for figure, verdict in zip(figures, (Verdict.BROKEN, Verdict.HOLDS), strict=True))
    marks = marks_of(Audit(Source("a", "a"), findings=findings, document=Document("a", "docx", (Paragraph(text, spot),))))
    (mark,) = marks.at[spot]
    assert (mark.span, mark.verdict, mark.stated) == ((1, 4), Verdict.BROKEN, [0, 1])
    assert html.fragment_fromstring(f"<p>{marked(text, [mark])}</p>").text_content() == text


def test_merged_cells_keep_their_shape() -> None:
    def at(row: int, column: int, rows: int = 1, columns: int = 1) -> Cell:
        return Cell("x", Place(row=row, column=column), rows, columns)

    laid = [[(cell is not None, *size) for cell, *size in row] for row in compact(
        [at(0, 0, rows=2), at(0, 1, columns=2), at(1, 1), at(1, 2), at(2, 0), at(2, 2)])]
    assert laid == [[(True, 2, 1), (True, 1, 2)], [(True, 1, 1), (True, 1, 1)], [(True, 1, 1), (False, 1, 1), (True, 1, 1)]]


def test_cost_is_linear_in_cells_and_figures(linear: Linear) -> None:
    def work(size: int) -> object:
        spots = [Place(table=1, row=row, column=column) for row in range(size) for column in range(20)]
        cells = tuple(Cell("1.00", spot) for spot in spots)
        figures = [Figure("1.00", Decimal(1), place=spot, span=(0, 4)) for spot in spots]
        document = Document("a", "docx", (Table(cells, size, 20, Place(table=1)),))
        whole = Audit(Source("a", "a"), unchecked=tuple(Unchecked(figure, "") for figure in figures), document=document)
        return sum(map(len, text_of(document, marks_of(whole))))

    linear(work, 40)


def test_of_a_very_wide_sheet_the_first_columns_are_shown_and_those_that_do_not_agree(tmp_path: Path) -> None:
    def at(row: int, column: int) -> Place:
        return Place(table=1, row=row, column=column)

    cells = tuple(Cell(f"{row}列{column}", at(row, column)) for row in range(2) for column in range(16_384))
    said = Figure("列9000", Decimal(9000), place=at(1, 9000), span=(1, 6))
    wrong = Finding("parts", "sum", said, Verdict.BROKEN, Severity.HIGH, "", Quantity.of(Figure("列12000", Decimal(1), place=at(0, 12_000), span=(1, 7))))
    unseen = Unchecked(Figure("列8000", Decimal(1), place=at(1, 8000), span=(1, 6)), "没有与它相关的数字")
    whole = Audit(Source("宽.xlsx", "宽.xlsx"), findings=(wrong,), unchecked=(unseen,),
                  document=Document("宽", "xlsx", (Table(cells, 2, 16_384, Place(table=1)),)))
    export.write([whole], tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text("utf-8")
    assert text.count("<td") < 900 and "共 16384 列" in text
    assert ">列9000</a>" in text and ">列12000</a>" in text and "1列199<" in text and "1列300<" not in text and "列8000" not in text
    leads = set(re.findall(r'href="#(m\d+)"', text))
    assert leads and leads <= set(re.findall(r'id="(m\d+)"', text))  # no link leads nowhere
