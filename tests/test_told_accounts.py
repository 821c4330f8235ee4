"""What the narrative says of an account or of a whole table, against the table."""

from __future__ import annotations

import pytest

from fusuan import checks
from fusuan.model import Cell, Document, Finding, Paragraph, Place, Table
from fusuan.patterns import told_accounts
from fusuan.patterns._report import Report
from tests.test_form_money import laid_out
from tests.test_sisters import BASIC, WHOLE

SPENT = """
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
205 | 教育支出 | 1,268.45 | 1,150.15 | 118.30
20502 | 普通教育 | 1,268.45 | 1,150.15 | 118.30
2050201 | 学前教育 | 210.05 | 210.05 |
2050202 | 小学教育 | 640.40 | 522.10 | 118.30
2050203 | 初中教育 | 418.00 | 418.00 |
221 | 住房保障支出 | 84.10 | 84.10 |
22102 | 住房改革支出 | 84.10 | 84.10 |
2210201 | 住房公积金 | 84.10 | 84.10 |
合计 | < | 1,352.55 | 1,234.25 | 118.30
"""
RIGHT = ["1、教育支出（205类）普通教育（02款）学前教育（01项）210.05万元。主要用于：幼儿园运转。",
         "2、“教育支出（类）普通教育（款）小学教育（项）”640.40万元，主要用于小学运转。",
         "3、普通教育（款）初中教育（项）支出418万元。"]
BUDGET, FINAL = "2024年部门一般公共预算支出预算表", "2023年一般公共预算财政拨款支出决算表"


def findings(title: str, drawing: str, *lines: str, year: str = "") -> list[Finding]:
    table, _ = laid_out(drawing)
    table = Table(tuple(Cell(c.text, c.place, c.rows, c.columns) for c in table.cells), table.height, table.width, table.place)
    texts = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate([title, "单位：万元"], 1)]
    said = [Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 10)]
    return list(checks.run(told_accounts.find(Report(Document("", "", (*texts, table, *said), year=year)))))


def verdicts(title: str, drawing: str, *lines: str, year: str = "") -> list[tuple[str, str]]:
    return [(f.stated.text, f.verdict.value) for f in findings(title, drawing, *lines, year=year)]


def test_accounts_named_by_path_are_held_against_their_rows() -> None:
    assert verdicts(BUDGET, SPENT, *RIGHT) == [("210.05万元", "holds"), ("640.40万元", "holds"), ("418万元", "holds")]


@pytest.mark.parametrize(("line", "expected"), [
    ("4、住房保障支出（221类）住房改革支出（02款）住房公积金（01项）84.10万元。", [("84.10万元", "holds")]),
    ("4、住房保障支出（221类）住房改革支出（02款）住房公积金（01项）81.40万元。", [("81.40万元", "broken")]),
    ("4、住房保障支出（类）住房改革支出（款）住房公积金（项）84.10万元。2023年执行数为80.00万元，2024年预算安排86.10万元。",
     [("84.10万元", "holds"), ("86.10万元", "broken")]),
    ("4、住房保障支出（类）住房改革支出（款）住房公积金（项）84.1万元，2023年预算安排86.10万元。", [("84.1万元", "holds")]),
    ("住房保障支出（类）84.11万元。", [("84.11万元", "rounding")]),
    ("4、住房保障支出（类）住房改革支出（款）购房补贴（项）86.10万元。", []),
    ("2022年住房保障支出（类）住房改革支出（款）住房公积金（项）86.10万元。", []),
    ("上年住房保障支出（类）86.10万元。", []),
    ("政府性基金预算安排教育支出（类）86.10万元。", []),
    ("小学教育（项）比上年增加118.30万元。", []),
    ("教育支出（类）普通教育（款）小学教育（项）中的项目支出安排118.30万元。", []),
])
def test_each_amount_is_that_of_its_row_or_not(line: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts(BUDGET, SPENT, *RIGHT, line)[3:] == expected


def test_a_final_account_is_told_apart_from_the_budget_before() -> None:
    lines = [f"{n}、{line}" for n, line in enumerate((
        "教育支出（类）普通教育（款）学前教育（项）。年初预算为230.00万元，支出决算为210.05万元。",
        "教育支出（类）普通教育（款）小学教育（项）。年初预算为600.00万元，支出决算为640.40万元。",
        "教育支出（类）普通教育（款）初中教育（项）。年初预算为400.00万元，支出决算为418.00万元。",
        "住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为90.00万元，支出决算为84.01万元。"), 1)]
    assert verdicts(FINAL, SPENT, *lines)[3:] == [("84.01万元", "broken")]
    assert verdicts(BUDGET, SPENT, *lines) == []


def test_too_few_that_agree_prove_nothing() -> None:
    assert verdicts(BUDGET, SPENT, *RIGHT[:2], "4、住房保障支出（类）住房改革支出（款）住房公积金（项）81.40万元。") == [
        ("210.05万元", "holds"), ("640.40万元", "holds")]


@pytest.mark.parametrize(("line", "expected"), [
    ("2023年度收入支出总计821.55万元，与上年相比增加20万元。", [("821.55万元", "holds")]),
    ("2023年度收入支出总计812.55万元，与上年相比增加20万元。", [("812.55万元", "broken")]),
    ("2022年度收入支出总计812.55万元。", []),
    ("上年收入支出总计812.55万元。", []),
    ("收入支出预算总计812.55万元。", []),
    ("财政拨款收入支出总计812.55万元。", []),
    ("收入支出总计比上年增加12.55万元。", []),
])
def test_the_grand_total_is_that_of_its_table(line: str, expected: list[tuple[str, str]]) -> None:
    assert verdicts("2023年度收入支出决算总表", WHOLE, line) == expected


def test_what_is_said_of_two_halves_is_their_sum() -> None:
    title = "一般公共预算财政拨款基本支出决算表"
    assert verdicts(title, BASIC, "一般公共预算财政拨款基本支出704.25万元。其中：人员经费600.10万元。") == [
        ("704.25万元", "holds"), ("600.10万元", "holds")]
    assert verdicts(title, BASIC, "一般公共预算财政拨款基本支出740.25万元。") == [("740.25万元", "broken")]
    assert verdicts(title, BASIC, "一般公共预算财政拨款基本支出年初预算740.25万元。") == []
    assert verdicts(title, BASIC, "2022年一般公共预算财政拨款基本支出740.25万元。", year="2023") == []


@pytest.mark.parametrize(("line", "expected"), [
    ("本年支出中，基本支出1,234.25万元，占91.25%；项目支出预算118.30万元。", ["1,234.25万元", "118.30万元"]),
    ("住房改革支出（款）84.10万元。", ["84.10万元"]),
    ("普通教育支出预算数为1268.45万元。", ["1268.45万元"]),
    ("上年普通教育支出1268.45万元。", []),
    ("普通教育支出比上年增加1268.45万元。", []),
    ("政府性基金安排的基本支出1,234.25万元。", []),
    ("普通教育支出1286.45万元。", []),
])
def test_what_is_named_like_a_row_and_agrees_is_vouched_for(line: str, expected: list[str]) -> None:
    assert verdicts(BUDGET, SPENT, line) == [(text, "holds") for text in expected]
