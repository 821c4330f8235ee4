"""The same item in two tables: what agrees, what does not, and what only looks the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusuan import checks
from fusuan.model import Cell, Document, Finding, Paragraph, Place, Table, Verdict
from fusuan.patterns import sisters
from fusuan.patterns._report import Report
from tests.test_form_money import laid_out

SPENT = """
科目编码 | 科目名称 | 本年支出合计 | 基本支出 | 项目支出
205 | 教育支出 | 730.45 | 620.15 | 110.30
20502 | 普通教育 | 730.45 | 620.15 | 110.30
221 | 住房保障支出 | 84.10 | 84.10 |
22102 | 住房改革支出 | 84.10 | 84.10 |
合计 | < | 814.55 | 704.25 | 110.30
"""
WHOLE = """
收入 | < | 支出 | <
项目 | 决算数 | 项目 | 决算数
一、财政拨款收入 | 810.00 | 一、教育支出 | 730.45
二、事业收入 | 9.55 | 二、住房保障支出 | 84.10
本年收入合计 | 819.55 | 本年支出合计 | 814.55
年初结转和结余 | 2.00 | 年末结转和结余 | 7.00
总计 | 821.55 | 总计 | 821.55
"""
INCOME = """
科目编码 | 科目名称 | 本年收入合计 | 财政拨款收入 | 事业收入
205 | 教育支出 | 735.45 | 725.90 | 9.55
20502 | 普通教育 | 735.45 | 725.90 | 9.55
221 | 住房保障支出 | 84.10 | 84.10 |
22102 | 住房改革支出 | 84.10 | 84.10 |
合计 | < | 819.55 | 810.00 | 9.55
"""
BASIC = """
人员经费 | < | < | 公用经费 | < | <
科目编码 | 科目名称 | 决算数 | 科目编码 | 科目名称 | 决算数
301 | 工资福利支出 | 600.10 | 302 | 商品和服务支出 | 104.15
30101 | 基本工资 | 600.10 | 30201 | 办公费 | 104.15
人员经费合计 | < | 600.10 | 公用经费合计 | < | 104.15
"""
TITLES = {"whole": "收入支出决算总表", "income": "收入决算表", "spent": "支出决算表", "general": "一般公共预算财政拨款支出决算表",
          "basic": "一般公共预算财政拨款基本支出决算表"}


def findings(*tables: tuple[str, str]) -> list[Finding]:
    """What the sister tables under these titles come to."""
    blocks: list[Paragraph | Table] = []
    for number, (title, drawing) in enumerate(tables, 1):
        table, _ = laid_out(drawing)
        cells = tuple(Cell(c.text, replace(c.place, table=number), c.rows, c.columns) for c in table.cells)
        blocks += [Paragraph(title, Place(paragraph=2 * number)), Paragraph("单位：万元", Place(paragraph=2 * number + 1)),
                   Table(cells, table.height, table.width, Place(table=number))]
    return list(checks.run(sisters.find(Report(Document("", "", tuple(blocks))))))


def verdicts(*tables: tuple[str, str]) -> dict[str, str]:
    return {f.stated.text: f.verdict.value for f in findings(*tables)}


def test_sister_tables_agree() -> None:
    assert verdicts((TITLES["whole"], WHOLE), (TITLES["income"], INCOME), (TITLES["spent"], SPENT)) == {
        "730.45": "holds", "84.10": "holds", "814.55": "holds", "819.55": "holds", "810.00": "holds", "9.55": "holds"}


def test_two_halves_make_up_the_total_of_the_other_table() -> None:
    found = findings((TITLES["general"], SPENT), (TITLES["basic"], BASIC))
    assert [(f.stated.text, f.verdict, len(f.computed.operands)) for f in found if f.computed] == [("704.25", Verdict.HOLDS, 2)]


@pytest.mark.parametrize(("here", "wrong", "there", "accused"), [
    ("spent", ("205 | 教育支出 | 730.45", "205 | 教育支出 | 703.45"), "whole", "730.45"),
    ("spent", ("合计 | < | 814.55", "合计 | < | 841.55"), "whole", "814.55"),
    ("income", ("合计 | < | 819.55", "合计 | < | 818.55"), "whole", "819.55"),
    ("basic", ("公用经费合计 | < | 104.15", "公用经费合计 | < | 140.15"), "general", "704.25"),
    ("spent", ("221 | 住房保障支出 | 84.10", "221 | 住房保障支出 | 84.11"), "whole", ""),
])
def test_one_wrong_figure_is_accused_once(here: str, wrong: tuple[str, str], there: str, accused: str) -> None:
    drawings = {"whole": WHOLE, "income": INCOME, "spent": SPENT, "general": SPENT, "basic": BASIC}
    found = findings((TITLES[there], drawings[there]), (TITLES[here], drawings[here].replace(*wrong)))
    assert [f.stated.text for f in found if f.verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)] == ([accused] if accused else [])


@pytest.mark.parametrize(("one", "other"), [
    (("2022年收入支出决算总表", WHOLE), ("2023年支出决算表", SPENT.replace("730.45", "702.45"))),
    (("收入支出决算总表", WHOLE), ("支出预算表", SPENT.replace("730.45", "702.45"))),
    (("收入支出决算总表", WHOLE), ("项目支出决算表", SPENT.replace("730.45", "702.45"))),
    (("财政拨款收入支出决算总表", WHOLE), ("支出决算表", SPENT.replace("730.45", "702.45"))),
    (("收入支出决算总表说明如下", WHOLE), ("支出决算表", SPENT.replace("730.45", "702.45"))),
])
def test_what_is_not_the_same_is_not_compared(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert [f for f in findings(one, other) if f.verdict is not Verdict.HOLDS] == []


def test_tables_of_two_units_are_not_mixed_up() -> None:
    other = SPENT.replace("730.45", "211.45").replace("814.55", "295.55")
    found = findings((TITLES["whole"], WHOLE), (TITLES["spent"], SPENT), (TITLES["spent"], other))
    assert {f.verdict for f in found} == {Verdict.HOLDS} and "211.45" not in {f.stated.text for f in found}


def test_a_table_that_mostly_differs_is_another() -> None:
    other = SPENT.replace("730.45", "211.45").replace("814.55", "295.55").replace("620.15", "101.15")
    assert {f.verdict for f in findings((TITLES["whole"], WHOLE), (TITLES["spent"], other))} == {Verdict.HOLDS}


def test_a_total_that_fails_in_its_own_table_is_not_accused_again() -> None:
    found = findings((TITLES["whole"], WHOLE), (TITLES["spent"], SPENT.replace("合计 | < | 814.55", "合计 | < | 841.55")))
    assert {f.stated.text: f.verdict for f in found}["814.55"] is Verdict.DOUBTFUL


def test_tables_one_under_another_in_a_sheet_have_their_own_titles() -> None:
    income = INCOME.strip("\n").splitlines()
    stacked = "\n".join([*WHOLE.strip("\n").splitlines(), "收入决算表 | < | < | < | <", "单位：万元 | < | < | < | <", *income])
    found = verdicts((TITLES["whole"], stacked.replace("| 819.55 | 810.00 | 9.55", "| 819.55 | 801.00 | 9.55")))
    assert found == {"819.55": "holds", "810.00": "doubtful", "9.55": "holds"}


def test_budgets_that_carry_over_are_not_accused() -> None:
    """Some budgets give the year's own money alone where others add what was carried over."""
    titles = ("2024年财政拨款收支预算总表", "2024年一般公共预算支出预算表")
    whole = WHOLE.replace("项目 | 决算数 | 项目 | 决算数", "项目 | 预算数 | 项目 | 一般公共预算")
    own = SPENT.replace("730.45", "728.45").replace("814.55", "812.55").replace("620.15", "618.15").replace("704.25", "702.25")
    assert [f.stated.text for f in findings((titles[0], whole), (titles[1], own))] == ["84.10"]
    without = whole.replace("2.00", "0.00").replace("7.00", "0.00")
    assert {f.stated.text: f.verdict.value for f in findings((titles[0], without), (titles[1], SPENT.replace("730.45", "728.45").replace("620.15", "618.15")))} == {
        "730.45": "broken", "84.10": "holds", "814.55": "holds"}


def test_income_that_shows_what_was_carried_over_in_a_column_is_not_accused() -> None:
    income = INCOME.replace("事业收入", "上年结转").replace("| 819.55 |", "| 829.55 |")
    assert verdicts((TITLES["whole"], WHOLE), (TITLES["income"], income)) == {"810.00": "holds"}


GENERAL = SPENT.replace("本年支出合计", "合计")
THREE = """
“三公”经费 | < | < | 会议费
小计 | 因公出国（境）费 | 公务接待费 | ^
7.20 | 3.00 | 4.20 | 2.15
"""
COSTS = """
科目编码 | 科目名称 | 决算数
302 | 商品和服务支出 | 704.25
30215 | 会议费 | 2.15
30217 | 公务接待费 | 4.20
合计 | < | 704.25
"""


def test_accounts_of_two_tables_that_agree_are_vouched_for_each_in_its_column() -> None:
    found = findings((TITLES["spent"], SPENT), (TITLES["general"], GENERAL))
    assert len(found) == 13 and {f.verdict for f in found} == {Verdict.HOLDS}


def test_accounts_that_differ_are_not_accused_since_other_money_may_pay_for_them() -> None:
    own = GENERAL.replace("730.45", "703.45").replace("110.30", "83.30").replace("814.55", "787.55")
    found = findings((TITLES["spent"], SPENT), (TITLES["general"], own))
    assert {f.verdict for f in found} == {Verdict.HOLDS} and "703.45" not in {f.stated.text for f in found}


def test_a_column_of_one_table_is_a_row_of_another() -> None:
    found = findings((TITLES["basic"], COSTS), ("一般公共预算“三公”经费、会议费支出决算表", THREE))
    assert [(f.stated.text, f.verdict) for f in found] == [("4.20", Verdict.HOLDS), ("2.15", Verdict.HOLDS)]
