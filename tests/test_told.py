"""A finding as a person checks it by hand: places with headings, formulas in words, the way from total to total, the rule."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from fusuan import checks
from fusuan.batch.audit import audit
from fusuan.batch.rules import described
from fusuan.export import formula_of, operands_of, result_of, word_of
from fusuan.export._bridge import bridge, score_told
from fusuan.export._rows import computed_text, difference_text
from fusuan.model import (
    Audit,
    Figure,
    Finding,
    Mark,
    Place,
    Quantity,
    Range,
    Severity,
    Source,
    Token,
    Verdict,
    Words,
    total,
)
from fusuan.model.parts import names_of
from tests.house import ROOT

SPECIMENS = ROOT / "corpus" / "specimens"


def figure(text: str, name: str = "", place: Place = Place(paragraph=1), sign: str = "") -> Figure:
    digits = "".join(char for char in text if char in "0123456789.-")
    return Figure(text, Decimal(digits), text.removeprefix(digits), len(digits.partition(".")[2]), place, name=name, sign=sign)


def quantity(value: str, *tokens: Token) -> Quantity:
    point = Range(Decimal(value), Decimal(value))
    return Quantity(Decimal(value), point, point, tokens, 1)


def finding(check: str, label: str, stated: Figure | Words, computed: Quantity | None, **more: str) -> Finding:
    return replace(Finding(check, label, stated, Verdict.BROKEN, Severity.HIGH, "", computed), **more)  # type: ignore[arg-type]


RATE = figure("76.00%")
TOLD = [
    (finding("marks", "score_sum", figure("13分"), total(map(Quantity.of, (figure("8分"), figure("9分"))))), "8 + 9 = 17分"),
    (finding("mention", "cross", figure("100%"), Quantity.of(figure("54.54%"))), "另一处写作 54.54%（第1段）"),
    (finding("score", "score_cap", figure("12分"), quantity("10", figure("10分")), expected="0至10分"), "0 ≤ 得分 ≤ 10"),
    (finding("score", "score_rate", figure("10分"), quantity("7.6", figure("10分"), "×", RATE, "÷", "100")), "10 × 76.00% = 7.6分"),
    (finding("score", "score_rule", figure("5分"), quantity("4", figure("8.27%"), "：", "4")), "8.27% 按评分标准 → 4分"),
    (finding("score", "score_rule", figure("6分"), quantity("0", figure("3万元"), "，", figure("9万元"), "→", figure("33%"), "：", "6 - 67 × 1")),
     "33%（由 3万元、9万元 得出） 按评分标准：6 - 67 × 1 → 0分"),
    (finding("target", "target", figure("20分"), quantity("19", figure("98户"), "<", figure("≥99户"))), "完成值 98户 < 指标值 99户"),
    (finding("trend", "trend", Words("略有增加"), Quantity.of(figure("3.6万元"), scale=Decimal(10000))
             - Quantity.of(figure("4.5万元"), scale=Decimal(10000)), expected="减少"), "3.6 - 4.5 = -0.9"),
    (finding("grade", "grade", Words("优"), Quantity.of(figure("86分")), expected="良"), "86分 → 良"),
    (finding("zero_base", "growth", figure("100%"), Quantity.of(figure("6万元"), scale=Decimal(10000))
             - Quantity.of(figure("0万元"), scale=Decimal(10000)), expected="—"),
     "(6 - 0) ÷ 0，无从计算"),
    (finding("zero_base", "growth", figure("100%"), quantity("0", figure("6万元"), "-", figure("6万元", name="增加")), expected="无从计算"),
     "6 ÷ (6 - 6)，无从计算"),
    (finding("zero_base", "rate", figure("64%"), quantity("0", figure("6万元"), "÷", figure("0万元")), expected="无从计算"), "6 ÷ 0，无从计算"),
    (finding("grade", "grade", Words("合格"), quantity("86", figure("86分"), " 按 ", "优90～100、良80～90、中60～80（“合格”即中）"), expected="良"),
     "86分 按 优90～100、良80～90、中60～80（“合格”即中） → 良"),
    (finding("mention", "unit", figure("471.23元"), Quantity.of(replace(figure("471.23元"), unit="万元"), None, Decimal(1))), "单位如为万元，即 4712300.00元"),
    (finding("parts", "sum", figure("0万元"), Quantity.of(figure("90万元"), scale=Decimal(10000))), "90万元（只有这一项）"),
    (finding("sister", "cross", figure("57.80万元"), quantity("56.124", replace(figure("561,240.00"), unit="元"))),
     "另一处写作 561,240.00元，即 56.124万元（第1段）"),
    (finding("trend", "trend", Words("较上年减少"), Quantity.of(figure("13.5万元"), scale=Decimal(10000)), expected="增加"), "所写变动为增加 13.5万元"),
    (finding("formula", "rate", figure("102%"), None, expected="≤100%"), "102% ≤100%"),
    (finding("parts", "sum", figure("2万元"), Quantity.of(figure("1.5万元"), scale=Decimal(10000))
             + Quantity.of(figure("4000元"), scale=Decimal(10000))), "1.5万元 + 4000元 ÷ 10000 = 1.9万元"),
    (finding("blank", "missing", Words(""), None, expected="应填"), ""),
]


@pytest.mark.parametrize(("said", "formula"), TOLD, ids=lambda value: value if isinstance(value, str) else "")
def test_a_formula_is_one_that_a_person_understands(said: Finding, formula: str) -> None:
    assert result_of(said) == formula and formula.startswith(formula_of(said))


def test_a_limit_is_no_recomputed_value() -> None:
    cap = finding("score", "score_cap", figure("12分"), quantity("10", figure("10分")), expected="0至10分")
    aim = finding("target", "target", figure("96%"), quantity("98", figure("96%"), "<", figure("98%", sign="≥")))
    assert [(computed_text(one), difference_text(one)) for one in (cap, aim)] == [("0至10分", ""), ("指标值≥98%", "")]


@pytest.mark.parametrize(("stated", "computed", "shown"), [("80.01%", "88.0125", "88.01%"), ("97.5%", "97.5125", "97.51%"), ("90%", "89.75", "89.75%")])
def test_a_rate_is_shown_as_rates_are_printed(stated: str, computed: str, shown: str) -> None:
    assert computed_text(finding("rate", "rate", figure(stated), quantity(computed))) == shown


def test_what_must_be_kept_and_what_should_stand_there_are_told_apart() -> None:
    words = [word_of(said) for said, _ in TOLD]
    assert (words[0], words[2], words[-3]) == ("复算", "应守", "应守") and word_of(TOLD[-1][0]) == "应为"


def test_figures_of_one_name_are_told_apart_by_the_words_before_them() -> None:
    text = "公务接待费支出2.16万元，2022年度比上年减少0.24万元，下降12%。"
    now, change = (replace(figure(said, "公务接待费"), span=(text.index(said), text.index(said) + len(said))) for said in ("2.16万元", "0.24万元"))
    rate = finding("change", "growth", figure("12%", "公务接待费"), Quantity.of(change) / Quantity.of(now), quote=text)
    assert [one.name for one in operands_of(rate)] == ["比上年减少", "公务接待费支出"]
    spaced = replace(rate, quote=text.replace("0.24", " 0.24").replace("2.16", " 2.16"))
    assert [one.name for one in operands_of(spaced)] == ["比上年减少", "公务接待费支出"]
    elsewhere = replace(rate, stated=figure("12%", "公务接待费", Place(paragraph=9)))
    assert [one.name for one in operands_of(elsewhere)] == ["公务接待费", "公务接待费"]  # the quote is of another paragraph


def test_what_is_not_named_is_told_by_its_part_or_by_its_turn() -> None:
    done, aim = figure("4604人", place=Place(row=1, column=4)), figure("4754人", place=Place(row=1, column=3))
    missed = finding("target", "target", figure("5"), quantity("4604", done, "<", aim), expected="≥4754人")
    assert [one.short.partition("（")[0] for one in operands_of(missed)] == ["完成值 4604人", "指标值 4754人"]
    twice = [replace(figure("3.2万元", "会议费"), span=(4 + 10 * n, 9 + 10 * n)) for n in (0, 1)]
    new = finding("zero_base", "growth", figure("100%"), quantity("0", twice[0], "-", twice[1]), quote="会议费支出3.2万元，较上年增加3.2万元，增长100%")
    assert [one.name for one in operands_of(new)] == ["会议费支出", "较上年增加"]


@pytest.mark.parametrize("path", sorted(SPECIMENS.glob("*.docx")), ids=lambda path: path.name)
def test_no_two_operands_of_a_finding_are_told_alike(path: Path) -> None:
    for wrong in (found for found in audit(path).findings if not found.agrees):
        told = [(one.name, one.place) for one in operands_of(wrong)]
        assert all(name for name, _ in told) and len(set(told)) == len(told), told


def test_operands_are_told_with_the_way_to_them() -> None:
    (wrong,) = [f for f in audit(SPECIMENS / "project-form-split.docx").findings if f.check == "parts" and not f.agrees]
    assert wrong.place.heading.endswith("预算执行情况（10分） › 总额 › 预算执行数")
    assert [one.told(wrong.place) for one in operands_of(wrong)][1] == "财政专户管理资金 0.00（预算执行数 表1 第7行第5列）"


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_places_know_their_headings_whatever_the_format(suffix: str) -> None:
    wrong = [f for f in audit(SPECIMENS / f"department-prose.{suffix}").findings if not f.agrees]
    assert {finding.place.heading for finding in wrong} == {"四、自评得分", "二、部门整体支出情况"}


def test_a_workbook_has_labels_too() -> None:
    wrong = next(f for f in audit(SPECIMENS / "transfer-form.xlsx").findings if not f.agrees)
    assert wrong.place.sheet and " › " in wrong.place.heading


def scored(stated: str, computed: str, *marks: Mark, findings: tuple[Finding, ...] = (), grade: str = "优", now: str = "良") -> Audit:
    return Audit(Source("a", "a"), findings=findings, marks=marks, score_stated=stated, score_computed=computed, grade=grade,
                 grade_computed=now)


def test_the_way_from_the_total_stated_to_the_one_recomputed() -> None:
    item = figure("6分", place=Place(paragraph=9))
    rule = finding("score", "score_rule", item, quantity("1", figure("40%"), "：", "1"))
    audited = scored("98", "91", Mark(0, "总分", None, figure("98分"), "96"), Mark(1, "投入", None, figure("13分"), "17"),
                     Mark(2, "人员", None, figure("9分"), "8"), Mark(1, "过程", None, figure("59分"), "59"), Mark(2, "采购", None, item),
                     Mark(1, "产出", None, figure("26分"), "20"), findings=(rule,))
    assert [step.told for step in bridge(audited)] == ["投入 +4", "产出 −6", "采购 −5"]
    assert score_told(audited) == "自评总分 98，按复算为 91（投入 +4，产出 −6，采购 −5），等级 优，按复算应为 良"
    assert score_told(scored("98", "98", now="优")) == "自评总分 98，等级 优"
    assert score_told(scored("98", "97", now="优")) == "自评总分 98，按复算为 97（各项相加 −1），等级 优，按复算仍为同一等级"
    assert bridge(scored("优秀", "97")) == []


def test_the_grade_is_computed(tmp_path: Path) -> None:
    text = "自评总分91分，其中：投入指标10分、过程指标30分、产出指标29分、效果指标20分，评价等级为“优”。"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    found = audit(tmp_path / "a.txt")
    assert (found.score_stated, found.score_computed, found.grade, found.grade_computed) == ("91", "89", "优", "良")


REPORT = """2019年度部门整体支出绩效自评报告
青石县档案馆根据{place}财政厅要求开展自评。
（1）公用经费控制率：本年度公用经费支出3.60万元，预算安排4.50万元，公用经费控制率＝（3.60/4.50）×100%=80%，根据评分标准，此项得8分。
"""


@pytest.mark.parametrize(("place", "scheme", "said"), [
    ("湖南省", None, "可用 --scheme 湖南2019 再核对公用经费控制率的得分"), ("河北省", None, ""), ("湖南省", "湖南2019", "按评分方案")])
def test_a_scheme_is_suggested_by_place_and_year(place: str, scheme: str | None, said: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT.format(place=place), encoding="utf-8")
    told = [remark for remark in audit(tmp_path / "a.txt", scheme).remarks if "评分" in remark]
    assert len(told) == bool(said) and said in "".join(told)


def test_list_numbers_and_factors_are_no_figures_left_unchecked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT.format(place=""), encoding="utf-8")
    assert not {"1", "100%"} & {item.figure.text.strip() for item in audit(tmp_path / "a.txt").unchecked}


@pytest.mark.parametrize("name", ["account-tables-wrong.docx", "account-tables.pdf", "final-accounts.docx", "county-all.docx"])
def test_codes_and_the_numbers_of_columns_and_annexes_are_no_figures_left_unchecked(name: str) -> None:
    left = [item.figure for item in audit(SPECIMENS / name).unchecked]
    assert not [figure.text for figure in left if re.fullmatch(r"\s*\d{1,3}\s*", figure.text) and figure.unit == ""]


def test_every_rule_is_explained_in_chinese() -> None:
    names = [part.__name__.rpartition(".")[2] for part in checks.checks()] + names_of("fusuan.relations")
    for name in names:
        lines = list(described([name]))
        assert len(lines) > 2 and all(any("\u4e00" <= char <= "\u9fff" for char in line) for line in lines if line), name


@pytest.mark.parametrize(("printed", "named"), [("13分", False), ("1.3分", False), ("113分", True)])
def test_a_slip_is_named_where_it_says_something(printed: str, named: bool) -> None:
    from fusuan.checks._say import telling

    slip = "一位数字有误"
    said = replace(finding("marks", "score_sum", figure(printed), None, supposition=slip), message=f"应为17分（可能是{slip}）")
    assert (slip in telling(said).message, telling(said).supposition == slip) == (named, named)
