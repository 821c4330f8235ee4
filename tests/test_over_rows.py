"""Rates of the text over a row of a table: what the row is of is held against it, what is said of something else is let be."""

from __future__ import annotations

import pytest

from fusuan.model import Verdict
from tests.forms import findings_of, laid_out

TABLE = [["科目", "调整预算", "执行数", "完成调整预算%", "上年执行数", "增减%"],
         ["一般公共服务支出", "38210", "36912", "96.6", "38427", "-3.9"],
         ["教育支出", "101240", "101853", "100.6", "96214", "5.9"],
         ["科学技术支出", "3180", "3208", "100.9", "2967", "8.1"],
         ["住房保障支出", "24560", "24187", "98.5", "23105", "4.7"],
         ["合计", "167190", "166160", "99.4", "160713", "3.4"]]


def broken(text: str) -> set[str]:
    found = findings_of(laid_out({"name": "", "blocks": ["一、支出执行情况", text, "支出执行情况表（单位：万元）", TABLE]}))
    return {f.stated.text for f in found if f.verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)}


@pytest.mark.parametrize("text", [
    "教育支出完成101853万元，增长5.9%，完成调整预算的100.6%；住房保障支出24187万元，增长4.7%。",
    "教育支出完成101853万元，比年初预算增长3.3%。",
    "教育支出完成101853万元，完成年初预算的103.3%；住房保障支出24187万元，为年初预算的99.5%。",
    "教育支出完成101853万元，可比增长4.4%；科学技术支出3208万元，按可比口径增长6.2%。",
    "教育支出完成101853万元，剔除一次性因素后增长7.3%；住房保障支出24187万元，同口径增长6.1%。",
    "教育支出完成101853万元，两年平均增长7.1%；科学技术支出3208万元，比2019年增长21.4%。",
    "教育支出完成101853万元，其中四季度支出31250万元，环比增长12.6%。",
    "教育支出完成101853万元，生均支出增长2.4%，在校生增长3.4%。",
    "教育支出完成101853万元，增速比上年提高3.2%。",
])
def test_what_is_right_or_said_of_something_else_is_let_be(text: str) -> None:
    assert not broken(text)


@pytest.mark.parametrize("text, wrong", [
    ("教育支出完成101853万元，增长5.5%。", {"5.5%"}),
    ("教育支出101853万元，完成调整预算的106.6%。", {"106.6%"}),
    ("科学技术支出3208万元，比上年下降8.1%。", {"8.1%"}),
])
def test_what_contradicts_the_row_is_broken(text: str, wrong: set[str]) -> None:
    assert broken(text) == wrong
