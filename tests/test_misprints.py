"""One misprinted digit in a small table: what stands beside it proves it, and what another formula explains accuses nobody."""

from __future__ import annotations

import pytest

from fusuan.model import Verdict
from tests.form_layouts import document
from tests.forms import findings_of

FUNDS = "来源 | 预算 | 到位 | 支出\n合计 | 150.5 | 150.5 | {}\n其中：省级 | 150.5 | 150.5 | 142.6"
EQUAL = "村 | 金额 | 内容 | 首批\n东村 | 7 | 水渠 | 7\n西村 | 7 | 道路 | 7\n南村 | 7 | 路灯 | 7\n合计 | {} | | 21\n附件2 | | | \n单位 | 任务 | 备注 | "
ROWS = "项目 | 2022年 | 2023年\n编制数 | 96 | 98\n在职数 | 91 | 89\n在职控制率 | 94.79% | {}"
OTHER = "项目 | 计划投入（万元） | 实际拨入（万元） | 实际支出（万元） | 计划执行率\n水厂 | 2417.50 | 2186.40 | 1934.62 | {}"


def accused(drawn: str) -> list[tuple[int | None, int | None]]:
    return [(f.place.row, f.place.column) for f in findings_of(document(drawn)) if f.verdict is Verdict.BROKEN]


@pytest.mark.parametrize(("drawn", "right", "wrong", "place"), [
    (FUNDS, "142.6", "148.6", (1, 3)), (ROWS, "90.82%", "96.82%", (3, 2)), (EQUAL, "21", "27", (4, 1)), (OTHER, "88.48%", "83.48%", (1, 4))])
def test_a_digit_is_accused_at_its_place(drawn: str, right: str, wrong: str, place: tuple[int, int]) -> None:
    assert not accused(drawn.replace("{}", right))
    assert accused(drawn.replace("{}", wrong)) == [place]
