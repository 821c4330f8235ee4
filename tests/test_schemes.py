"""Scoring schemes: what ships, what a user's file must say, and how a rule is found by name."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fusuan.checks._schemes import Scheme, SchemeError, active, load_scheme, schemes, use_scheme

_GOOD = """name = "own"
title = "自拟办法"
source = "县财绩〔2020〕1号"

[[rule]]
name = "资金到位率"
synonyms = ["到位率"]
text = "≥90%得满分，每低1%扣0.5分"
measure = "实际到位资金 ÷ 预算资金"
operands = ["实际到位资金", "预算资金"]

[[rule]]
name = "资产利用率"
text = "得分=分值×利用率"
"""


def _file(folder: Path, text: str) -> str:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_every_scheme_that_ships_is_whole() -> None:
    names = [scheme.name for scheme in schemes()]
    assert len(names) == len(set(names)) >= 5
    for scheme in schemes():
        assert scheme.source and scheme.title and scheme.rules
        assert load_scheme(scheme.name) is scheme and load_scheme(scheme.title) is scheme
        for rule in scheme.rules:
            assert scheme.rule_for(rule.name) is rule, rule.name


@pytest.mark.parametrize("scheme", schemes(), ids=lambda scheme: scheme.name)
def test_marks_come_from_the_document(scheme: Scheme) -> None:
    """Whatever the row's full mark, no rule of a scheme earns more, and measured rules can earn it."""
    for rule in scheme.rules:
        for full in (Decimal(2), Decimal(12)):
            found = [rule.marks(Decimal(value), full, Decimal(10)) for value in (0, 1, 5, 10, 60, 85, 95, 100, 104)]
            spans = [marks.span for marks in found if marks is not None and marks.span]
            assert spans and all(0 <= low <= high <= full for low, high in spans), rule.name
            if "结余" not in rule.name and "=0，计3分" not in rule.text:
                assert max(high for _, high in spans) == full, rule.name


def test_purchasing_far_below_the_budget_earns_nothing_in_hunan() -> None:
    rule = load_scheme("hunan-2019").rule_for("（3）政府采购执行率")
    assert rule is not None
    low, full = rule.marks(Decimal("0.5"), Decimal(6)), rule.marks(Decimal(100), Decimal(6))
    assert low is not None and low.plainly == 0 and not low.allows(Decimal(6), 0)
    assert full is not None and full.plainly == 6


def test_rules_are_found_by_near_names() -> None:
    scheme = load_scheme("hunan-2019")
    for name in ("三公经费控制率", "“三公经费” 控制率", "1.三公经费控制率（8分）", "部门三公经费控制率"):
        rule = scheme.rule_for(name)
        assert rule is not None and rule.name == "“三公经费”控制率", name
    for name in ("", "率", "资金使用合规性", "三公经费", "预算完成率说明情况"):
        assert scheme.rule_for(name) is None, name


def test_a_scheme_of_ones_own(tmp_path: Path) -> None:
    scheme = load_scheme(_file(tmp_path, _GOOD))
    rule = scheme.rule_for("到位率")
    assert rule is not None and rule.operands == ("实际到位资金", "预算资金")
    marks = rule.marks(Decimal(88), Decimal(4))
    assert marks is not None and marks.plainly == 3


@pytest.mark.parametrize(("old", "new", "said"), [
    ('title = "自拟办法"', "title = 自拟", "第2行：TOML 格式有误"),
    ('source = "县财绩〔2020〕1号"', "", "缺少 source"),
    ('text = "得分=分值×利用率"', 'text = "酌情打分"', "第14行：规则“资产利用率”无法复算"),
    ('text = "得分=分值×利用率"', "", "第12行：规则缺少 text"),
    ('synonyms = ["到位率"]', 'synonyms = "到位率"', "第7行：synonyms 应为文字的列表"),
    ("[[rule]]", "[[rules]]", "没有 [[rule]]"),
])
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(SchemeError) as error:
        load_scheme(_file(tmp_path, _GOOD.replace(old, new)))
    assert said in str(error.value)


def test_an_unknown_scheme_says_which_there_are(tmp_path: Path) -> None:
    for name in ("没有的办法", "", "\0", str(tmp_path), str(tmp_path / "none.toml")):
        with pytest.raises(SchemeError):
            load_scheme(name)
    with pytest.raises(SchemeError, match="hunan-2019"):
        load_scheme("湖南")
    (tmp_path / "gbk.toml").write_bytes("name = '办法'".encode("gbk"))
    with pytest.raises(SchemeError, match="UTF-8"):
        load_scheme(str(tmp_path / "gbk.toml"))


def test_a_scheme_is_active_only_where_chosen() -> None:
    assert active() is None
    with use_scheme(schemes()[0]):
        assert active() is schemes()[0]
        with use_scheme(None):
            assert active() is None
        assert active() is schemes()[0]
    assert active() is None
