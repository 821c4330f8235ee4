"""Sums that the amounts themselves prove: which rows belong under which, lists side by side, prices in headings, debts rolled on."""

from __future__ import annotations

import pytest

from fusuan import checks, patterns, relations
from fusuan.model import Finding, Verdict
from tests.form_layouts import document

INCOME = """
项目 | 上年决算数 | 调整预算 | 执行数 | 完成调整预算% | 比上年增长%
一、税收收入 | 31240 | 33500 | 33960 | 101.4 | 8.7
增值税 | 18140 | 19100 | 19350 | 101.3 | 6.7
其他税收 | 13100 | 14400 | 14610 | 101.5 | 11.5
二、非税收入 | 9770 | 9900 | 9744 | 98.4 | -0.3
专项收入 | 4770 | 5000 | 5014 | 100.3 | 5.1
罚没收入 | 5000 | 4900 | {} | 96.5 | -5.4
收入合计 | 41010 | 43400 | 43704 | 100.7 | 6.6
"""
BALANCE = """
项目 | 金额（万元） | 项目 | 金额（万元）
一般公共预算收入 | 46704 | 一般公共预算支出 | 171250
转移性收入 | 129200 | 转移性支出 | 2100
上级补助收入 | 120900 | 上解上级支出 | 2100
返还性收入 | 2300 | |
专项转移支付收入 | {} | |
上年结余收入 | 8300 | |
债务转贷收入 | 14000 | 债务还本支出 | 12000
 | | 年终结余 | 4554
收入总计 | 189904 | 支出总计 | 189904
"""
DEBT = """
地区 | 债务限额（亿元） | 其中：一般债务 | 专项债务
全市 | 142.5 | 84.0 | 58.5
市本级 | 52.5 | 34.0 | 18.5
东县 | 50.0 | 30.0 | 20.0
西县 | 40.0 | {} | 20.0
"""
STOCK = """
项目 | 预算数（亿元） | 执行数（亿元）
一、2022年末地方政府专项债务余额实际数 | 38.79 | 38.79
二、2023年末地方政府专项债务余额限额 | 79.00 | 79.00
三、2023年地方政府专项债务发行额 | 14.59 | 14.59
四、2023年地方政府专项债务还本额 | 11.41 | 11.41
五、2023年末地方政府专项债务余额预计执行数 | 41.97 | {}
"""
PRICED = """
县区 | 奖补合计（万元） | 绿化奖补（12万元/个） | < | 道路奖补（平原村3.5万元/个，山区村6.2万元/个） | < | < | <
^ | ^ | 个数 | 奖补金额 | 平原村个数 | 金额 | 山区村个数 | 金额
甲县 | 90.6 | 5 | 60 | 7 | 24.5 | 1 | 6.1
乙县 | 68.9 | 3 | 36 | 4 | 14.0 | 3 | 18.9
"""
ASIDE = """
乡镇 | 人数 | 金额（元） | 乡镇 | 人数 | 金额（元）
甲镇 | 12 | 3600 | 丁镇 | 20 | 6000
乙镇 | 15 | 4500 | 戊镇 | 18 | 5400
丙镇 | 9 | 2700 | 己镇 | 6 | 1800
 | | | 合计 | 80 | 24000
"""
FLAT_CODES = """
项目 | | 本年支出合计 | 基本支出 | 项目支出
科目编码 | 科目名称 | | |
栏次 | | 1 | 2 | 3
合计 | | 1523.66 | 1011.20 | 512.46
205 | 教育支出 | 1311.02 | 798.56 | 512.46
208 | 社会保障和就业支出 | 212.64 | 212.64 |
"""


def found(*blocks: str) -> list[Finding]:
    return list(checks.run(relations.find(patterns.find(document(*blocks))).statements))


def broken(*blocks: str) -> list[tuple[int | None, int | None]]:
    return [(f.place.row, f.place.column) for f in found(*blocks) if f.verdict is Verdict.BROKEN]


def held(*blocks: str) -> set[tuple[int | None, int | None]]:
    return {(f.place.row, f.place.column) for f in found(*blocks) if f.agrees and f.computed is not None}


@pytest.mark.parametrize(("form", "right", "sums"), [
    (INCOME, "4730", {(1, 1), (1, 3), (4, 1), (4, 3), (7, 1), (7, 3), (1, 5), (6, 5), (7, 4)}),
    (BALANCE, "118600", {(2, 1), (3, 1), (9, 1), (9, 3)}),
    (DEBT, "20.0", {(1, 1), (1, 2), (1, 3), (4, 1)}),
    (STOCK, "41.97", {(5, 1), (5, 2)}),
    (ASIDE, "", {(4, 4), (4, 5)}),
    (FLAT_CODES, "", {(3, 2), (3, 3), (4, 2)}),
])
def test_what_the_amounts_prove_is_found_and_nothing_right_is_accused(form: str, right: str, sums: set[tuple[int, int]]) -> None:
    table = form.strip().replace("{}", right)
    assert broken(table) == []
    assert sums <= held(table)


@pytest.mark.parametrize(("form", "wrong", "accused"), [(INCOME, "4930", (6, 3)), (DEBT, "70.0", (4, 2)), (STOCK, "47.97", (5, 2))])
def test_the_one_figure_that_does_not_come_out_is_accused(form: str, wrong: str, accused: tuple[int, int]) -> None:
    places = broken(form.strip().replace("{}", wrong))
    assert accused in places


def test_a_price_in_a_heading_is_a_factor() -> None:
    rows = held(PRICED.strip())
    assert {(2, 3), (3, 3), (2, 5), (3, 5)} <= rows


def test_a_total_that_misses_in_a_list_of_levels_is_no_sum_of_all_rows() -> None:
    assert broken(BALANCE.strip().replace("{}", "118600").replace("收入总计", "收入合计")) == []


PAID = """
序号 | 收款单位 | 本次拨付（元） | 累计拨付（元）
1 | 甲村 | 860000 | 860000
2 | 乙村 | 425000 | 1285000
3 | 丙村 | 673500 | {}
4 | 丁村 | 1280000 | 3238500
5 | 戊村 | 347600 | 3586100
合计 | | 3586100 | 3586100
"""


def test_a_column_that_runs_on_is_no_sum_of_its_rows() -> None:
    """Each row of it is the one before and what is added."""
    right, wrong = (PAID.strip().replace("{}", figure) for figure in ("1958500", "1985500"))
    assert broken(right) == []
    assert {(row, 3) for row in range(2, 7)} <= held(right)
    assert (3, 3) in broken(wrong)
