"""Reading costs in proportion to length, for long reports and for texts made to be slow."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from fusuan import checks, patterns, relations
from fusuan.model import Document, Paragraph, Place

SENTENCES = [sentence for file in sorted((Path(__file__).parent.parent / "corpus" / "sentences").glob("*.toml"))
             for sentence in tomllib.loads(file.read_text("utf-8"))["sentence"]]
# what a regular expression or a list of items might choke on: each is repeated thousands of times in one paragraph
SLOW = ("1234567890", "1,", "1.", "(", "（其中", "其中", "、", " ", "万", "百分之一", "“", "按分", "增长", "占总支出的", "3万元、", "占比3%，",
        "比上年增加3万元，", "其中：甲3万元，乙4万元", "（3万元", "分别为3万元、4万元", "合计3万元", "2020年3万元，", "共计3人，满意率3%，",
        "预算3万元，执行率3%，", "送审3万元，审定2万元，审减1万元，", "3-", "1/",
        "由3万元调整为4万元，调增1万元，", "分别占3%和4%，", "较上年（3%）提高1个百分点，", "完成3个，未完成1个，", "低于序时进度3个百分点，",
        "本年收入中，甲3万元，", "加上3万元，", "增加3万元，主要是增加1万元、", "甲3万元（3%），", "占全市的3%，", "甲3个3万元、", "甲比乙多3万元，",
        "支出3万元：甲3万元；", "年末结余3万元，比年初增加1万元，",
        "3人，每人3元，", "3人，每人每月3元，共9元，", "3万元、3人，人均3元，", "3人×3元+", "按3万元的3%计提3元，", "3万元（3%）、", "扣3分，", "占3%（3人），",
        "执行率=（预算/预算）×", "超过3万元，", "低于3%，", "占一半，", "由3%增到4%，", "翻一番，", "比上年略增，", "收不抵支，", "会议费3万元，", "数量超过甲处，")


def checked(*lines: str) -> None:
    document = Document("", "txt", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
    list(checks.run(relations.find(patterns.find(document)).statements))


def test_a_report_four_times_as_long_costs_about_four_times_as_much(linear: Callable[..., None]) -> None:
    lines = [line for sentence in SENTENCES for line in sentence["text"].splitlines() if line.strip()]
    linear(lambda size: checked(*lines * size), 1)


@pytest.mark.parametrize("words", SLOW)
def test_repetition_costs_in_proportion(words: str, linear: Callable[..., None]) -> None:
    linear(lambda size: checked(words * size), 1600 // len(words))
