"""Directions in words against figures, and targets in prose against what was reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fusuan import checks, patterns, relations
from fusuan.model import Document, Paragraph, Place


def judged(kind: str, *lines: str) -> list[tuple[str, str]]:
    document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
    found = [s for s in relations.find(patterns.find(document)).statements if s.kind == kind]
    return [(f.stated.text, f.verdict.value) for f in checks.run(found)]


FELL = "会议费年初预算12.5万元，实际支出9.8万元。"


@pytest.mark.parametrize(("lines", "expected"), [
    ([FELL, "导致会议费支出比年初预算略有增加。"], [("比年初预算略有增加", "broken")]),
    ([FELL, "会议费支出较年初预算有所减少。"], [("较年初预算有所减少", "holds")]),
    ([FELL, "全年会议费控制在年初预算以内。"], [("控制在年初预算以内", "holds")]),
    (["会议费年初预算9.8万元，实际支出12.5万元。", "全年会议费控制在预算范围内。"], [("控制在预算范围内", "broken")]),
    (["培训费支出预算为8.2万元，支出决算为6.1万元，决算数大于预算数的主要原因是人员增加。"], [("决算数大于预算数", "broken")]),
    (["培训费支出预算为8.2万元，支出决算为6.1万元，决算数小于预算数的主要原因是厉行节约。"], [("决算数小于预算数", "holds")]),
    (["培训费支出6.1万元，上年为6.0万元。", "培训费与上年基本持平。"], [("与上年基本持平", "holds")]),
])
def test_directions(lines: list[str], expected: list[tuple[str, str]]) -> None:
    assert judged("trend", *lines) == expected


@pytest.mark.parametrize("lines", [
    [FELL, "明年会议费应控制在预算范围内。"], [FELL, "会议费比年初预算增加2万元。"], [FELL, "差旅费比年初预算略有增加。"],
    [FELL, "2018年会议费比上年略有增加。"], ["会议费实际支出9.8万元。", "会议费比年初预算略有增加。"],
    [FELL, "公用经费预算控制在标准以内。"], [FELL, "会议费增加的主要原因是会议增多。"],
])
def test_what_says_no_direction_of_known_figures(lines: list[str]) -> None:
    assert judged("trend", *lines) == []


@pytest.mark.parametrize(("line", "expected"), [
    ("服务对象满意度≥92%，实际达到95%。", [("95%", "holds")]),
    ("新建泵站≥14座，实际建成13座。", [("13座", "doubtful")]),
    ("新建泵站≥14座，实际完成13座，满分10分，得分10分。", [("10分", "broken")]),
    ("新建泵站≥14座，实际完成13座，满分10分，得分9.29分。", [("9.29分", "holds")]),
    ("成本控制在30万元以内，实际完成28.5万元。", [("28.5万元", "holds")]),
    ("新建泵站≥14座，实际完成13座，受汛期影响工期延后。", [("13座", "holds")]),
])
def test_targets(line: str, expected: list[tuple[str, str]]) -> None:
    assert judged("target", line) == expected


@pytest.mark.parametrize("line", [
    "满意度≥90%得5分，≥80%得3分。", "投入不超过20万元，实际受益300人。", "增长不低于6%，上年完成5%。",
    "完成率低于60%不得分，实际完成58%。", "90%以上的群众表示满意。",
])
def test_rules_are_no_targets(line: str) -> None:
    assert judged("target", line) == []


def test_long_text_costs_linear_time(linear: Callable[..., None]) -> None:
    from fusuan.patterns import prose_target
    from fusuan.patterns._report import Report, Text
    from fusuan.relations import trend
    from fusuan.relations.compare.said import Known
    from fusuan.relations.passages.prose import passage

    def work(size: int) -> None:
        lines = [FELL + "会议费比年初预算略有增加，满意度≥90%，实际达到91%。"] * size
        report = Report(Document("", "", tuple(Paragraph(t, Place(paragraph=n)) for n, t in enumerate(lines))))
        list(trend.find(passage(report.texts), Known()))
        list(prose_target.find(report))

    linear(work, 50)
    for words in ("与预算", "超过", "低于3%", "占一半", "由3%增到"):
        linear(lambda size, words=words: list(trend.find(passage((Text.of(Paragraph(words * size, Place())),)), Known())), 2000 // len(words))


PLAN = "培训费年初预算为{}万元，支出决算为{}万元。"


@pytest.mark.parametrize(("line", "expected"), [
    (PLAN.format("20.50", "18.30") + "决算数等于预算数的主要原因是按需列支。", "broken"),
    (PLAN.format("20.50", "20.50") + "决算数等于预算数的主要原因是按需列支。", "holds"),
    (PLAN.format("20.50", "20.46") + "决算数等于预算数。", "doubtful"),
    (PLAN.format("20.50", "20.46") + "决算数与预算数持平。", "holds"),
    (PLAN.format("20.50", "19.90") + "决算数与预算数持平。", "doubtful"),
    (PLAN.format("20.50", "14.00") + "决算数与预算数持平。", "broken"),
    (PLAN.format("20.50", "19.00") + "决算数与年初预算数基本持平。", "holds"),
    (PLAN.format("20.50", "11.00") + "决算数与年初预算数基本持平。", "broken"),
    (PLAN.format("20.50", "20.50") + "决算数小于预算数。", "doubtful"),
    (PLAN.format("20.50", "21.50") + "决算数低于预算数。", "broken"),
    (PLAN.format("20.50", "21.50") + "决算数未超过预算数。", "broken"),
    ("培训费支出决算为7.5万元，完成预算的92%，决算数小于预算数。", "holds"),
    ("培训费支出决算为7.5万元，完成预算的92%，决算数大于预算数。", "broken"),
    ("培训费支出决算为7.5万元，完成预算的100%，决算数等于预算数。", "holds"),
    ("培训费支出决算为7.5万元，比上年减少2万元，决算数大于上年决算数的主要原因是少开班。", "broken"),
    ("培训费支出决算为7.5万元，比上年减少2万元，决算数小于上年决算数的主要原因是少开班。", "holds"),
])
def test_words_of_the_item_right_before(line: str, expected: str) -> None:
    assert [verdict for _, verdict in judged("trend", line)] == [expected]


@pytest.mark.parametrize("line", [
    PLAN.format("20.50", "18.30") + "增速高于上年预算。", PLAN.format("20.50", "18.30") + "决算数大于预算数2万元。",
    "培训费支出决算为7.5万元。决算数等于预算数。", PLAN.format("20.50", "18.30") + "明年决算数应等于预算数。",
])
def test_words_without_two_sides(line: str) -> None:
    assert judged("trend", line) == []


def test_words_after_several_items_are_doubtful_at_most() -> None:
    line = "其中：会议费年初预算5万元，支出决算4万元；差旅费年初预算6万元，支出决算5万元。决算数等于预算数。"
    assert [verdict for _, verdict in judged("trend", line)] == ["doubtful"]


@pytest.mark.parametrize(("line", "kind", "expected"), [
    ("出国费支出3.2万元，较上年增加3.2万元，增长100%。", "zero_base", ["doubtful"]),
    ("出国费支出3.2万元，较上年增加1.2万元，增长60%。", "zero_base", []),
    ("出国费支出3.2万元，较上年减少3.2万元，下降50%。", "zero_base", []),
    ("出国费年初预算为0万元，支出决算为3.2万元，完成年初预算的64%。", "zero_base", ["broken"]),
    ("出国费年初预算为0万元，支出决算为3.2万元，完成年初预算的0%。", "zero_base", ["doubtful"]),
    ("出国费年初预算为0万元，支出决算为0万元，完成年初预算的0%。", "zero_base", []),
    ("出国费支出3.2万元，占32.00；会议费支出6.8万元，占68.00%。", "unsigned", ["doubtful"]),
    ("出国费支出3.2万元，占32.00；会议费支出6.8万元，占68.00。", "unsigned", []),
])
def test_rates_that_cannot_be_formed_or_lack_their_sign(line: str, kind: str, expected: list[str]) -> None:
    assert [verdict for _, verdict in judged(kind, line)] == expected


@pytest.mark.parametrize(("line", "expected"), [
    ("共有泵站40座，其中完成改造37座，占比超九成。", ["holds"]), ("共有泵站40座，其中完成改造31座，占比超九成。", ["broken"]),
    ("共有泵站40座，其中完成改造31座，占比近八成。", ["holds"]), ("共有泵站40座，其中完成改造19座，占比不足一半。", ["holds"]),
    ("今年产值9.1亿元，上年为7亿元，增长逾三成。", ["holds"]), ("今年产值9亿元，上年为7亿元，增长逾三成。", ["doubtful"]), ("今年产值9.1亿元，上年为7亿元，增长逾25%。", ["holds"]),
    ("今年产值9.1亿元，上年为7亿元，翻了一番。", ["broken"]), ("今年产值9.1亿元，力争翻一番。", []),
    ("共有泵站40座、闸门12座，其中完成改造31座，占比超九成。", []),
])
def test_limits_in_words(line: str, expected: list[str]) -> None:
    assert [verdict for _, verdict in judged("bound", line)] == expected


@pytest.mark.parametrize(("line", "words", "verdict"), [
    ("渡口护栏完好率95%，低于98%的目标。", "低于98%", "holds"), ("渡口护栏完好率95%，低于90%的目标。", "低于90%", "broken"),
    ("养护费占比25%，高于全县平均水平20%，低于全省平均水平28%。", "低于全省平均水平", "holds"),
    ("养护费占比25%，高于全县平均水平20%，低于全省平均水平23%。", "低于全省平均水平", "broken"),
    ("全年支出98.5万元，控制在年初预算100万元以内。", "控制在年初预算", "holds"), ("全年支出108.5万元，控制在年初预算100万元以内。", "控制在年初预算", "broken"),
    ("惠及船民5600户，超过计划的5000户。", "超过计划的", "holds"), ("惠及船民4600户，超过计划的5000户。", "超过计划的", "broken"),
    ("负债率由去年的85%上升到今年的92%。", "上升到", "holds"), ("负债率由去年的92%上升到今年的85%。", "上升到", "broken"),
    ("全年会议费6万元，比上年的12.4万元减少一半以上。", "一半以上", "holds"), ("全年会议费6.9万元，比上年的12.4万元减少一半以上。", "一半以上", "broken"),
    ("护栏48处，其中新建31处，占比超六成，改建12处，占两成半左右。", "两成半左右", "holds"),
    ("存款120亿元，贷款80亿元，占存款的三分之二。", "三分之二", "holds"),
    ("职工工资由2015年的5.2万元增长到2020年的8.1万元，五年增长超五成。", "超五成", "holds"),
])
def test_words_held_against_figures(line: str, words: str, verdict: str) -> None:
    assert (words, verdict) in [*judged("trend", line), *judged("bound", line)]


@pytest.mark.parametrize("line", [
    "实际完成9.5亿元，低于目标0.5亿元。", "完成率95%，超过目标5%。", "人均支出1200元，超过标准300元。", "中标价98万元，低于预算22万元。",
    "接待120批次，超过上年20批次。", "每亩补助300元，低于市场价500元的60%。", "医疗占12.3%，教育占21.8%，均高于全市平均11.2%、20.5%。",
    "完工率85%，低于开工率13个百分点。", "今年投入2.6亿元，是2018年的三倍。", "甲类支出占45%，乙类占38%，两类合计超过八成。",
    "教育支出86亿元，连同上述两项占总支出402亿元的近六成。", "降幅由8.2%收窄到5.1%。", "增速由下降3.2%提高到增长1.5%。", "支出超过收入1000万元。",
    "由3条、5条航线增加到4条、2条。", "等级由3级提高到2级。", "执行率低于60%的不得分，高于90%的得满分。", "单价超过30万元的设备须论证，本次采购设备12万元。",
])
def test_words_that_leave_open_what_is_compared(line: str) -> None:
    assert "broken" not in [verdict for kind in ("trend", "bound") for _, verdict in judged(kind, line)]


@pytest.mark.parametrize(("lines", "expected"), [
    (["上年结转4.1万元，无其他。", "年初结转结余6.4万元，本年总收入88.1万元，本年总支出90.3万元。", "年末结转结余4.2万元。"], ["holds"]),
    (["年初结转结余6.4万元，本年总收入88.1万元，本年总支出90.3万元。", "年末结转结余9.9万元。"], []),
])
def test_the_account_of_the_year(lines: list[str], expected: list[str]) -> None:
    from fusuan.patterns import year_account
    from fusuan.patterns._report import Report

    document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
    assert [f.verdict.value for f in checks.run(year_account.find(Report(document)))] == expected
