"""Printed formulas: what must be judged how, and what must be left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fusuan import checks, patterns
from fusuan.model import Document, Paragraph, Place

WRONG = "broken"
CASES = [
    ("编制控制率＝（9/12）×100%=75%≦100%，得3分", [("75%", "holds"), ("75%", "holds")]),
    ("编制控制率＝（9/12）×100%=57%≦100%", [("57%", WRONG), ("57%", "holds")]),
    ("在职人员控制率=在职人数/编制数×100%=15/20×100%=75%", [("75%", "holds")]),
    ("在职人员控制率=15人/编制20人*100%=85%", [("85%", WRONG)]),
    ("变动率=[（本年3.2-上年4）÷4]×100％=-20%≤0", [("-20%", "holds"), ("-20%", "holds")]),
    ("三公经费下降率=(3.2-4)/4=20%", [("20%", "holds")]),
    ("调整率=(3.2-4)/4=20%", [("20%", "doubtful")]),
    ("完成率=(12.5+310.44-60.02-1.07)÷(12.5+310.44-60.02)X100%=99.59%", [("99.59%", "holds")]),
    ("完成率=2/3×100%=66.66%", [("66.66%", "truncated")]),
    ("完成率=3/4×100=75", [("75", "holds")]),
    ("完成率=3/4=0.75=75%", [("0.75", "holds"), ("75%", "holds")]),
    ("控制率＝（0-0）/8×100％=0≦0", [("0", "holds"), ("0", "holds")]),
    ("合计=12.5万元+7.5万元=20万元", [("20万元", "holds")]),
    ("合计20万元=12.5万元+6万元", [("20万元", WRONG)]),
    ("补助=5人×200元/人=1,000元", [("1,000元", "holds")]),
    ("补助=50人×200元/人=1.2万元", [("1.2万元", WRONG)]),
    ("得分=10×95.2%=9.52分", [("9.52分", "holds")]),
    ("总分=10+48+29=88分", [("88分", WRONG)]),
    ("控制率=112/100×100%=112%≤100%", [("112%", "holds"), ("112%", WRONG)]),
    ("6÷12×100%为50%", [("50%", "holds")]),
    ("执行率=50/(60+40)=50％", [("50％", "holds")]),
]
SILENT = [
    "变动率＝在职人数/编制数×100%，得分=权重*B/A",
    "执行率=95%，≤100%得满分",
    "结余20（含5）+3=23",
    "（本年数-20）/上年数=5",
    "比率=（8+2=30",
    "预算调整率=0，计3分；0-10%（含），计2分",
    "执行率=30/0×100%=0%",
    "上浮=20+10%=22",
    "绩效得分＝一级指标得分＝3，400",
    "2023年1-6月=半年",
    "“三公”经费=因公出国费+公务接待费=5万元",
]


def judged(*lines: str) -> list[tuple[str, str]]:
    document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
    statements = [s for s in patterns.find(document).statements if s.kind == "formula"]
    return [(f.stated.text, f.verdict.value) for f in checks.run(statements)]


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_every_sign_of_a_chain_is_judged(line: str, expected: list[tuple[str, str]]) -> None:
    assert judged(line) == expected


@pytest.mark.parametrize("line", SILENT)
def test_what_is_no_complete_formula_is_left_alone(line: str) -> None:
    assert judged(line) == []


@pytest.mark.parametrize("piece", ["(", "1+", "=1", "1/2=", "（1-", "≤100%", "名1", "1,111", "，9"])
def test_long_nonsense_costs_linear_time(piece: str, linear: Callable[..., None]) -> None:
    from fusuan.patterns.figures.chains import chains

    linear(lambda size: list(chains(piece * size)), 2000)
