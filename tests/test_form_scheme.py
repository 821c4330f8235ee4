"""Marks of forms that print no rule, held against the scheme chosen."""

from __future__ import annotations

import pytest

from fusuan import checks, patterns, relations
from fusuan.checks._schemes import load_scheme, use_scheme
from fusuan.model import Verdict
from tests.form_layouts import document

FORM = """
项目名称 | < | 机关运行 | < | < | <
资金（万元） | 全年预算数 | 全年执行数 | 执行率 | 分值 | 得分
年度资金总额 | 100.00 | 92.00 | 92% | 10 | {executed}
一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
过程 | 公用经费控制率 | ≤100% | 103.4 | 40 | {controlled}
产出 | 植树 | 9株 | 9株 | 50 | 50
"""


def judged(scheme: str | None, executed: str, controlled: str) -> dict[str, str]:
    """The verdicts on the two rates by name, of what the scheme says of them."""
    with use_scheme(load_scheme(scheme) if scheme else None):
        found = list(checks.run(relations.find(patterns.find(document(FORM.format(executed=executed, controlled=controlled)))).statements))
    return {f.stated.name: f.verdict.value for f in found if f.label in ("score_rule", "score_rate")}


def test_without_a_scheme_the_rows_say_nothing() -> None:
    assert "公用经费控制率" not in judged(None, "9.2", "40")


@pytest.mark.parametrize(("controlled", "verdict"), [("37", Verdict.HOLDS), ("40", Verdict.BROKEN)])
def test_rows_follow_the_scheme(controlled: str, verdict: Verdict) -> None:
    assert judged("湖南2019", "9.2", controlled)["公用经费控制率"] == verdict.value


def test_the_execution_mark_follows_the_scheme() -> None:
    """财预〔2021〕101号: seven tenths from 80 % on. Hunan's scheme is for departments and has no such rule: proportion."""
    assert judged("mof-2021", "7", "37")["预算执行率"] == "holds"
    assert judged("mof-2021", "9.2", "37")["预算执行率"] == "broken"
    assert judged("湖南2019", "9.2", "37")["年度资金总额得分"] == "holds"
