"""Canonical names: every spelling once, near forms, and what is no name of the vocabulary."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fusuan.patterns.names.names import _vocabulary, canonical, figure_name


@pytest.mark.parametrize(("text", "name"), [
    ("2019年三公”经费", "“三公”经费"), ("2020年“三公经费”预算数", "“三公”经费"), ("三公经费支出决算数", "“三公”经费"),
    ("因公出国(境)费用", "因公出国（境）费"), ("公务用车购置和运行维护费", "公务用车购置及运行维护费"),
    ("公务用车购置及运行维护贵", "公务用车购置及运行维护费"), ("在职人员控制率", "在职人员控制率"),
    ("政府性基金预算拨款收入", "政府性基金预算财政拨款收入"), ("日常公用经费支出", "公用经费"),
    ("税收收入", None), ("非税收入", None), ("公务用车", None), ("", None), ("甲项目公务接待费", None),
    ("财政供养人员控制率", "财政供养人员控制率"), ("项目", None),
])
def test_canonical(text: str, name: str | None) -> None:
    assert canonical(text) == name


@pytest.mark.parametrize(("before", "name"), [
    ("2022年，全年列支会议费用", "会议费"), ("（二）支出情况：本年支出合计", "本年支出合计"), ("其中：办公费用", "办公费"),
    ("用于村庄道路硬化", "村庄道路硬化"),
])
def test_figure_name(before: str, name: str) -> None:
    assert figure_name(before) == name


def test_a_long_name_is_cut_by_segments() -> None:
    long = "为保证各乡镇防汛抗旱工作顺利开展及时下达的防汛物资储备资金"
    assert figure_name(long, deep=True) == "防汛物资储备资金"


def test_each_spelling_stands_for_one_name() -> None:
    names = set(_vocabulary().values())
    assert all(canonical(name) == name for name in names)


@pytest.mark.parametrize("piece", ["收", "“", "2019年", "的的", "公务用车购置及运行维护"])
def test_strange_text_costs_little(piece: str, linear: Callable[..., None]) -> None:
    linear(lambda size: (canonical(piece * size), figure_name(piece * size)), 2000)


def test_every_figure_of_a_formula_goes_by_its_name() -> None:
    from fusuan.model import Document, Paragraph, Place
    from fusuan.patterns import find

    line = "2020年公用经费控制率＝（4.2/5）×100%=84%，根据评分标准该项得分5分。"
    figures = find(Document("", "", (Paragraph(line, Place(paragraph=1)),))).figures
    assert {f.name for f in figures if f.unit != "分"} == {"公用经费控制率"}
    assert figures[-1].name == "该项得分"
