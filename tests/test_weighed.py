"""What is told of running text: units that slipped, shares printed as a ratio, why a formula is taken to be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from fusuan.batch.audit import audit
from fusuan.model import Figure, Finding, Paragraph, Place, Verdict
from fusuan.patterns import Text
from fusuan.relations import repeats
from fusuan.relations._pool import Pool
from fusuan.relations.passages.prose import passage


def told(folder: Path, text: str) -> list[Finding]:
    path = folder / "报告.txt"
    path.write_text(text, encoding="utf-8")
    return list(audit(path).findings)


@pytest.mark.parametrize(("text", "unit", "meant"), [
    ("全年支出4821.36万元，比上年增加557.29万元，增长13.07%。其中：基本支出3107.22元，项目支出1714.14元。", {"3107.22元", "1714.14元"}, {31072200, 17141400}),
    ("本年支出381526.40元，完成预算的86.71%。年初预算为440002.77万元，支出决算为381526.40元，完成年初预算的86.71%。", {"440002.77万元"}, {44}),
])
def test_a_unit_that_slipped_is_told_at_the_figure_that_bears_it(tmp_path: Path, text: str, unit: set[str], meant: set[int]) -> None:
    found = [f for f in told(tmp_path, text) if f.label == "unit"]
    assert {f.stated.text for f in found} == unit
    assert all(f.verdict is Verdict.BROKEN and f.computed is not None for f in found)
    assert {int(f.computed.value) for f in found if f.computed} == meant


def test_units_that_are_right_are_left_alone(tmp_path: Path) -> None:
    text = "全年支出4821.36万元，其中：基本支出31072200元，项目支出17141400元。"
    assert [f.verdict for f in told(tmp_path, text) if f.label in ("sum", "unit")] == [Verdict.HOLDS]


def test_shares_printed_as_a_ratio_are_recomputed_and_never_accuse(tmp_path: Path) -> None:
    text = "全县生产总值2846.50亿元，其中：第一产业增加值412.74亿元，第二产业增加值1238.23亿元，第三产业增加值1195.53亿元。三次产业结构为{}。"
    right = [f for f in told(tmp_path, text.format("14.5:43.5:42.0")) if f.label == "rate"]
    assert [(f.stated.text, f.agrees) for f in right] == [("14.5", True), ("43.5", True), ("42.0", True)]
    assert not [f for f in told(tmp_path, text.format("15.4:42.6:42.0")) if f.verdict is Verdict.BROKEN]


def test_an_accusation_says_why_and_where_nothing_is_weighed_nothing_is_said(tmp_path: Path) -> None:
    text = "2023年公用经费支出1685.72万元，比上年增加557.29万元，增长49.93%。"
    broken, *others = sorted(told(tmp_path, text), key=lambda f: f.agrees)
    assert broken.verdict is Verdict.BROKEN and "增减额紧接在前" in broken.because
    assert all(not f.because for f in others)


def test_people_counted_in_ten_thousands_are_people(tmp_path: Path) -> None:
    text = "资助困难群众24.6万人，支出资助资金3690万元，人均补助150元。"
    found = [f for f in told(tmp_path, text) if isinstance(f.stated, Figure) and f.stated.text == "150元"]
    assert [f.verdict for f in found] == [Verdict.HOLDS]


LISTED = "其中：会议费支出18.92万元；培训费支出31.06万元；差旅费支出16.48万元。"


def test_a_slip_is_believed_where_another_relation_comes_out_once_it_is_set_right(tmp_path: Path) -> None:
    found = told(tmp_path, f"全年支出决算为76.46万元，完成预算88.10万元的75.44%。{LISTED}")
    assert [(f.stated.text, f.verdict) for f in found if f.label == "sum"] == [("76.46万元", Verdict.BROKEN)]


def test_a_figure_that_another_relation_bears_out_is_not_taken_for_a_slip(tmp_path: Path) -> None:
    found = told(tmp_path, f"部门支出决算为72.46万元，完成预算88.10万元的82.25%。{LISTED}")
    assert [(f.stated.text, f.verdict) for f in found] == [("82.25%", Verdict.HOLDS)]


@pytest.mark.parametrize(("text", "formula"), [
    ("经费保障情况良好（共714.36万元）。具体如下：图书更新201.18万元、校舍修缮345.07万元和设备购置168.11万元。", "201.18 + 345.07 + 168.11"),
    ("财政拨款512.40万元，事业收入141.25万元，其他收入88.62万元，三项合计占收入总额2104.80万元的35.27%。", "(512.40 + 141.25 + 88.62) ÷ 2104.80 × 100%"),
    ("1956年，县财政收入214.6万元，其中农业税131.2万元。1958年收入增至331.4万元，比1956年增长54.4%。", "(331.4 - 214.6) ÷ 214.6 × 100%"),
    ("2023年安排专项经费8263.75万元。\n项目 资金\n道路养护 5120.50\n桥梁加固 3143.25\n合计 8263.75", "8263.75"),
])
def test_what_is_meant_is_found_wherever_its_operands_stand(tmp_path: Path, text: str, formula: str) -> None:
    found = [f.computed.formula for f in told(tmp_path, text) if f.agrees and f.computed is not None]
    assert formula in found


def test_a_rate_behind_a_semicolon_is_of_its_own_matter(tmp_path: Path) -> None:
    found = told(tmp_path, "蓄水池年初目标240口，完成228口，完成率95%；水窖年初目标60口，完成率110%。")
    assert not [f for f in found if f.verdict is Verdict.BROKEN]


def test_what_stands_for_the_figures_that_are_not_repeated_never_comes_out() -> None:
    """Also where a figure is as coarse as it is large: it would be said to repeat nothing."""
    text = "道路养护84处，桥梁加固96座，灯具更换128盏，全县客运量突破1万人次。"
    read = passage([Text.of(Paragraph(text, Place(paragraph=1)))])
    stand_ins = [c for m in read.mentions for c in repeats.ask(Pool(read, m)) if not c.roles]
    assert stand_ins and not any(c.fit.fits for c in stand_ins)


DEEDS = ("新建村卫生室{}个", "改造老旧小区{}个", "新增就业岗位{}个", "培育合作社{}家", "修建机耕道{}公里", "新增停车位{}个", "建成充电桩{}个", "命名示范村{}个")


def deeds(turns: int) -> str:
    """A work report: counts of one thing and another, some the sum of two others by accident alone."""
    numbers = (str((n * 7 + n * n * 3) % 97 + 3) for n in range(turns * len(DEEDS)))
    return "\n".join("，".join(deed.format(next(numbers)) for deed in DEEDS) + "。" for _ in range(turns))


def test_what_comes_out_by_accident_among_figures_of_other_things_is_not_told(tmp_path: Path) -> None:
    assert [f for f in told(tmp_path, deeds(12)) if f.label in ("sum", "balance", "rate", "growth")] == []


def test_what_hardly_anything_points_to_is_told_where_figures_hang_together(tmp_path: Path) -> None:
    account = "全年支出1642.75万元，其中：工资支出968.41万元，办公支出674.34万元。"
    loose = "仓库存粮38吨。食堂领用12吨，幼儿园领用26吨。"
    alone, among = ([f.stated.text for f in told(tmp_path, f"{deeds(5)}\n{text}\n{deeds(5)}") if f.agrees and "吨" in f.stated.text]
                    for text in (loose, f"{loose}\n{account}"))
    assert (alone, bool(among)) == ([], True)


@pytest.mark.parametrize(("text", "figure", "said"), [
    ("苗圃当年经营收入1283.46万元，与上年相比增加491.27万元，增长17.51%。", "17.51%", "491.27万元如为191.27万元（一位数字有误）则相符"),
    ("本年维修支出63.20万元，其中：屋面维修28.40万元、管网维修12.30万元、门窗维修29.50万元。", "63.20万元", "28.40万元如为21.40万元或29.50万元如为22.50万元（一位数字有误）则相符"),
])
def test_the_operand_to_blame_is_named(tmp_path: Path, text: str, figure: str, said: str) -> None:
    (found,) = [f for f in told(tmp_path, text) if f.verdict is Verdict.BROKEN]
    assert isinstance(found.stated, Figure) and found.stated.text == figure
    assert said in found.because
