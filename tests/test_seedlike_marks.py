"""Marks claimed in prose: collected under their headings, held against subtotals and the total."""

from collections.abc import Callable

import pytest

from fusuan import checks, patterns
from fusuan.model import Document, Paragraph, Place

BODY = ["三、绩效情况", "（一）决策", "1、立项规范，根据评分标准该项得分8分；", "2、目标明确，根据评分标准该项得分{a}分。",
        "（二）过程", "1、预算执行", "（1）执行率＝45/50×100%=90%，根据评分标准该项得分9分。",
        "（2）资金合规，没有截留挪用，根据评分标准该项得分11分。", "2、制度健全，根据评分标准该项得分5分。",
        "（三）产出及效果", "1、按期完成，根据评分标准该项得分30分。", "2、群众满意，", "根据评分标准该项得分{b}分。", "四、结论"]
END = "决策绩效为15分，过程绩效为25分，产出及效果绩效为58分，总得分98分。"


def document(*lines: str) -> Document:
    return Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))


def judged(*lines: str) -> list[tuple[str, str, str]]:
    labels = {"score_sum", "score_cap"}
    found = [s for s in patterns.find(document(*lines)).statements if s.label in labels]
    return sorted((f.label[6:], f.stated.text, f.verdict.value) for f in checks.run(found))


def body(a: str = "7", b: str = "28") -> list[str]:
    return [line.format(a=a, b=b) for line in BODY]


def test_a_report_that_adds_up_holds() -> None:
    assert {v for _, _, v in judged(*body(), END)} == {"holds"}
    assert len(judged(*body(), END)) == 5


def test_a_group_that_does_not_add_up_is_broken_and_so_is_the_total() -> None:
    found = judged(*body(a="4"), END)
    assert ("sum", "15分", "broken") in found and ("sum", "98分", "broken") in found and ("sum", "98分", "holds") in found
    assert ("sum", "25分", "holds") in found


def test_groups_that_do_not_make_the_total_are_broken() -> None:
    assert ("sum", "96分", "broken") in judged(*body(), END.replace("98分", "96分"))


def test_items_without_marks_are_left_unchecked() -> None:
    lines = [line.split("根据")[0] if n in (3, 6, 10) else line for n, line in enumerate(body())]
    found = judged(*lines, END)
    assert not [f for f in found if f[2] == "broken"]
    assert [u.reason for u in patterns.find(document(*lines, END)).unread]


@pytest.mark.parametrize(("line", "expected"), [
    ("评价得分：决策20分、过程18分、产出30分、效益25分，总分95分。", [("sum", "95分", "broken")]),
    ("评价得分：决策20分、过程18分、产出30分、效益25分，总分93分。", [("sum", "93分", "holds")]),
    ("综合得分93分，其中：产出指标得分48分，效益指标得分25分。", [("sum", "93分", "doubtful")]),
    ("该项满分6分，自评6分。", [("cap", "6分", "holds")]),
    ("该项满分6分，自评得7分。", [("cap", "7分", "broken")]),
    ("政府采购（满分10分），扣2.5分，得分7.5分。", [("cap", "7.5分", "holds"), ("sum", "7.5分", "holds")]),
    ("政府采购（满分10分），扣2.5分，得分8.5分。", [("cap", "8.5分", "holds"), ("sum", "8.5分", "broken")]),
])
def test_one_sentence(line: str, expected: list[tuple[str, str, str]]) -> None:
    assert judged(line) == expected


@pytest.mark.parametrize("line", [
    "控制率≤100%，计5分；每超过一个百分点扣0.5分，扣完为止。",
    "90%（含）以上计6分；80%（含）-90%，计4分；低于80%不得分。",
    "按照百分制，90分以上为优，80-90分为良，60-80分为中，60分以下为差。",
    "设有目标得1分，目标明确得1分，满分2分。",
    "去年考核得92分，今年考核得95分，位居第一。",
    "满分100分，自评得分96分。",
])
def test_rules_and_other_scores_are_no_marks(line: str) -> None:
    assert not [f for f in judged(line) if f[2] == "broken"]


LAYOUTS = [
    (["（一）投入情况分析。1.目标设定。设定了目标，该项指标满分6分，自评得6分。2.预算配置。该项指标满分5分，自评得4分。",
      "（二）过程。1.执行，满分20分，自评18分。2.管理，满分40分，自评得40分。",
      "综上，部门整体支出绩效自评得分68分，其中投入{x}分，过程58分。"], "10", "11"),
    (["本次自评满分100分，扣4分，得分{x}分。",
      "其中：预算执行率10分，自评得9分；产出指标50分，得49分；效益指标30分，得28分；满意度指标10分，得10分。"], "96", "94"),
    (["总体得分{x}分。一是决策得分15分（满分15分），二是过程得分22分（满分25分），三是产出得分33分（满分35分），四是效益得分23分（满分25分）。"], "93", "94"),
    (["投入（满分15分）：自评得分14分。", "过程（满分55分）：自评得分53分。", "产出（满分20分）：自评得分20分。",
      "效果（满分10分）：自评得分9分。", "自评总分{x}分。"], "96", "97"),
    (["项目最终得分为{x}分，评级为“良”。其中，决策类指标20分，得分17.5分，得分率87.5%；过程类指标20分，得分18.25分，得分率91.25%；"
      "产出类指标30分，得分27.5分，得分率91.67%；效益类指标30分，得分25分，得分率83.33%。"], "88.25", "89.25"),
    (["整体支出绩效自评得分{x}分。其中：", "1.预算编制：满分30分，自评30分。", "2.预算执行：满分20分，自评18分，扣2分。支出进度慢，扣2分。",
      "3.履职效益：满分50分，自评44分。"], "92", "90"),
    (["（一）项目决策（20分，得{x}分）", "1.项目立项（8分，得8分）", "2.绩效目标（12分，得11分）"], "19", "17"),
]


@pytest.mark.parametrize(("lines", "right", "wrong"), LAYOUTS)
def test_layouts_of_marks(lines: list[str], right: str, wrong: str) -> None:
    said = judged(*(line.replace("{x}", right) for line in lines))
    assert said and not [f for f in said if f[2] == "broken"]
    assert ("sum", wrong + "分", "broken") in judged(*(line.replace("{x}", wrong) for line in lines))


def test_items_under_the_subtotals_everywhere_may_be_a_selection() -> None:
    lines = ["（一）过程", "1、执行较好，该项得9分。", "2、资产管理好，该项得5分。", "（二）产出", "1、按期完成，该项得10分。",
             "2、质量达标，该项得11分。", "自评总得分50分，其中过程20分，产出30分。"]
    assert not [f for f in judged(*lines) if f[2] == "broken"]
    twice = [*lines[:3], "（三）项目二", *lines[:3], "自评总得分50分，其中过程20分，产出30分。"]
    assert not [f for f in judged(*twice) if f[2] == "broken"]


def test_many_headings_cost_linear_time(linear: Callable[..., None]) -> None:
    from fusuan.patterns._report import Text
    from fusuan.patterns.marks.headings import nodes_in

    linear(lambda count: nodes_in([Text.of(Paragraph(f"（{n % 9 + 1}）项目，该项得分3分", Place(paragraph=n))) for n in range(count)]), 750)


@pytest.mark.parametrize("piece", ["得分5分", "（满分", "5分，", "90分以上为优", "自评得分5分。"])
def test_long_nonsense_costs_linear_time(piece: str, linear: Callable[..., None]) -> None:
    from fusuan.patterns import prose_marks
    from fusuan.patterns._report import Report

    linear(lambda count: list(prose_marks.find(Report(Document("", "", (Paragraph(piece * count, Place(paragraph=1)),))))), 750)


def test_a_group_with_one_item_that_prints_no_mark_is_doubtful_and_says_so() -> None:
    lines = [line.split("根据")[0] if n == 6 else line for n, line in enumerate(body())]
    found = [f for f in checks.run([s for s in patterns.find(document(*lines, END)).statements if s.label == "score_sum"]) if f.stated.text == "25分"]
    assert [(f.verdict.value, f.supposition) for f in found] == [("doubtful", "“过程”下有1项未写明得分，如该项得9分则相符")]
    assert not [u for u in patterns.find(document(*lines, END)).unread if u.figure.text == "25分"]


def test_a_group_whose_marked_items_give_more_is_broken_whatever_is_not_marked() -> None:
    lines = [line.split("根据")[0] if n == 6 else line.replace("5分", "18分") if n == 8 else line for n, line in enumerate(body())]
    assert ("sum", "25分", "broken") in judged(*lines, END)
