"""The letter to a unit: what it says of each finding, whose template it follows, and what it never does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from fusuan import cli
from fusuan.batch.audit import audit
from fusuan.batch.unread import failed
from fusuan.export import letter
from fusuan.model import Audit
from tests import marked_back as back
from tests.test_cli import fusuan

SPECIMENS = Path(__file__).parent.parent / "corpus" / "specimens"
DAY = date(2024, 3, 5)


def written(path: Path, audits: list[Audit], template: Path | None = None) -> Any:
    letter.write(audits, path, template, DAY)
    return Document(str(path))


def lines(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text.strip()]


def rows(document: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[0].rows]


def test_it_says_where_what_why_and_what_to_do(tmp_path: Path) -> None:
    document = written(tmp_path / "a.docx", [audit(SPECIMENS / "project-form.docx")])
    head, *found = rows(document)
    assert head == ["序号", "位置", "填报内容", "复核结果", "依据", "整改要求"]
    assert [row[0] for row in found] == ["1", "2", "3"]
    total = next(row for row in found if "271.70" in row[2])
    assert total[2] == "年度资金总额：271.70"
    assert total[3] == "270.70万元\n（不符，差异+1.00万元）"
    assert "261.70 + 9.00 + 0 = 270.70万元" in total[4]
    assert "9.00（表1 第6行第5列）" in total[4]
    assert total[5].startswith("核实合计与各分项")
    assert all(all(row) for row in found)


def test_it_is_addressed_dated_and_counts(tmp_path: Path) -> None:
    result = audit(SPECIMENS / "project-form.docx")
    text = lines(written(tmp_path / "a.docx", [result]))
    assert text[0] == "绩效自评报告复核意见"
    assert text[1] == f"{result.source.unit or '报送单位'}："
    assert f"共复算{len(result.findings)}处，其中不符3处、存疑0处" in text[2]
    assert text[-1] == "2024年3月5日"
    assert not any("【" in line for line in text)


def test_a_unit_without_fault_is_told_so(good: Path, tmp_path: Path) -> None:
    document = written(tmp_path / "a.docx", [audit(good)])
    assert any("未发现不符之处" in line for line in lines(document))
    assert rows(document)[1:] == [["无", "", "", "", "", ""]]


def test_several_reports_of_a_unit_are_told_apart(good: Path, wrong: Path, tmp_path: Path) -> None:
    found = rows(written(tmp_path / "a.docx", [audit(wrong), audit(good)]))[1:]
    assert {row[1].splitlines()[0] for row in found} == {"坏 报告.docx"}


def test_what_a_report_says_is_text(wrong: Path, tmp_path: Path) -> None:
    """Even where it looks like a field of the template."""
    result = audit(wrong)
    named = tuple(replace(f, stated=replace(f.stated, name="【日期】【位置】{{ 7*7 }}\x1b")) for f in result.findings)
    document = written(tmp_path / "a.docx", [replace(result, findings=named)])
    assert {row[2].partition("：")[0] for row in rows(document)[1:]} == {"【日期】【位置】{{ 7*7 }}"}


def template(path: Path, row: tuple[str, ...], *paragraphs: str) -> Path:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    table = document.add_table(2, len(row))
    for column, text in enumerate(row):
        table.cell(0, column).text = text.strip("【】")
        half = len(text) // 2
        table.cell(1, column).paragraphs[0].add_run(text[:half]).bold = True
        table.cell(1, column).paragraphs[0].add_run(text[half:])
    document.save(str(path))
    return path


def test_an_office_may_use_its_own_template(wrong: Path, tmp_path: Path) -> None:
    """Fields that Word has cut into several runs are found all the same, and look as they began."""
    own = template(tmp_path / "模板.docx", ("【位置】", "【填报内容】→【复核结果】"), "财绩〔【年度】〕 【单位】：共【不符处数】处。")
    document = written(tmp_path / "a.docx", [audit(wrong)], own)
    assert lines(document)[0].endswith("：共2处。")
    assert [row[0].split()[-1] for row in rows(document)] == ["位置", "第2段", "第3段"]
    assert rows(document)[1][1].count("420.50万元→430.50万元") == 1
    assert document.tables[0].cell(1, 0).paragraphs[0].runs[0].bold


@pytest.mark.parametrize(("fields", "paragraph", "said"), [
    (("【位置】",), "【收件人】", "不认识的字段：【收件人】"), (("没有字段",), "【单位】", "没有列出疑点的一行")])
def test_a_template_that_cannot_be_used_is_said_before_any_work(
        wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], fields: tuple[str, ...], paragraph: str, said: str) -> None:
    own = template(tmp_path / "模板.docx", fields, paragraph)
    assert cli.main(["letter", str(wrong), "--template", str(own), "-o", str(tmp_path / "a.docx")]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "a.docx").exists()


def test_a_template_that_is_none_is_said(wrong: Path, tmp_path: Path) -> None:
    (tmp_path / "模板.docx").write_text("不是")
    done = fusuan("letter", wrong, "--template", tmp_path / "模板.docx", "-o", tmp_path / "a.docx")
    assert done.returncode == 2
    assert "模板打不开" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_the_own_template_can_be_taken_changed_and_used(wrong: Path, tmp_path: Path) -> None:
    own = tmp_path / "模板.docx"
    assert cli.main(["letter", "--template-out", str(own)]) == 0
    document = Document(str(own))
    document.paragraphs[0].runs[0].text = "某市财政局复核意见"
    document.save(str(own))
    assert cli.main(["letter", str(wrong), "--template", str(own), "-o", str(tmp_path / "a.docx")]) == 0
    assert lines(Document(str(tmp_path / "a.docx")))[0] == "某市财政局复核意见"


def test_each_unit_gets_its_own(tmp_path: Path) -> None:
    files = [str(SPECIMENS / name) for name in ("account-tables-wrong.docx", "base-data.xlsx")]
    assert cli.main(["letter", *files, "-o", str(tmp_path / "意见")]) == 0
    assert len(list((tmp_path / "意见").glob("复核意见-*.docx"))) == 2
    assert cli.main(["letter", *files, "-o", str(tmp_path / "一份.docx")]) == 2
    assert not (tmp_path / "一份.docx").exists()


def test_a_letter_is_never_written_over(wrong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["letter", str(wrong), "-o", str(tmp_path / "a.docx")]) == 0
    first = (tmp_path / "a.docx").read_bytes()
    assert cli.main(["letter", str(wrong), "-o", str(tmp_path / "a.docx")]) == 2
    assert "已有同名文件" in capsys.readouterr().err
    assert (tmp_path / "a.docx").read_bytes() == first
    for _ in range(2):
        assert cli.main(["letter", str(wrong), "-o", str(tmp_path)]) == 0
    assert len(list(tmp_path.glob("复核意见-*.docx"))) == 2


def test_a_file_that_cannot_be_read_is_said_and_gets_no_letter(folder: Path, tmp_path: Path) -> None:
    done = fusuan("letter", folder / "没有.docx", "-o", tmp_path / "意见")
    assert done.returncode == 2
    assert "未能读取" in done.stderr.decode()
    assert not (tmp_path / "意见").exists() or not list((tmp_path / "意见").iterdir())


def test_units_that_failed_are_not_grouped(good: Path) -> None:
    assert list(letter.by_unit([failed(Path("a.pdf"), "damaged", "坏"), audit(good)])) == [good.stem]


@pytest.mark.parametrize("option", ["--jsonl", "--store"])
def test_letters_follow_from_the_results_of_a_batch(wrong: Path, tmp_path: Path, option: str) -> None:
    """The reports need not be read again."""
    result = tmp_path / ("结果.jsonl" if option == "--jsonl" else "结果.fusuan")
    assert cli.main(["batch", str(wrong.parent), option, str(result), "--jobs", "1"]) == 1
    assert cli.main(["letter", str(wrong), "-o", str(tmp_path / "a.docx")]) == 0
    wrong.unlink()
    assert cli.main(["letter", str(result), "-o", str(tmp_path / "b.docx")]) == 0
    ours, theirs = (rows(Document(str(tmp_path / name))) for name in ("a.docx", "b.docx"))
    assert [row[:4] for row in ours] == [row[:4] for row in theirs]
    assert len(ours) == 3


def test_a_result_that_is_none_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_text("{}")
    assert cli.main(["letter", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "a.docx")]) == 2
    assert "不是核对结果" in capsys.readouterr().err


def settle(workbook: Path, row: int, verdict: str) -> None:
    """Choose a verdict in a line of 疑点清单, as an auditor does."""
    book = load_workbook(workbook)
    sheet = book["疑点清单"]
    column = next(cell.column for cell in sheet[1] if cell.value == "核实结论")
    sheet.cell(row, column).value = verdict
    book.save(workbook)


@pytest.mark.parametrize("option", ["--reviewed", "store"])
def test_what_was_settled_as_no_error_is_not_written(wrong: Path, tmp_path: Path, option: str) -> None:
    """The one line that was found to be right is left out, whether the workbook was read back or not."""
    book = tmp_path / "疑点.xlsx"
    assert cli.main(["batch", str(wrong.parent), "-o", str(book), "--jobs", "1"]) == 1
    settle(book, 2, "不属实")
    given = [str(wrong), "--reviewed", str(book)] if option == "--reviewed" else [str(tmp_path / "疑点.fusuan")]
    assert cli.main(["letter", *given, "-o", str(tmp_path / "a.docx")]) == 0
    assert len(rows(Document(str(tmp_path / "a.docx")))) == 2
    assert cli.main(["batch", str(wrong.parent), "-o", str(book), "--marked", str(tmp_path / "标注"), "--jobs", "1"]) == 1
    assert len(back.word(next((tmp_path / "标注").iterdir()))) == 1
