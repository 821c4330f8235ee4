"""Forms of indicators: marks, caps, rules, targets and blanks, over the layouts that are filed; right ones stay unaccused."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fusuan import checks, patterns, relations
from fusuan.model import Cell, Document, Finding, Place, Table, Verdict
from tests.form_indicators import ODD, RIGHT
from tests.form_layouts import document, table

LABELS = ("weight_sum", "score_sum", "score_cap", "score_rate", "score_rule", "target", "missing", "cross")


def findings(*blocks: str) -> list[Finding]:
    found = checks.run(relations.find(patterns.find(document(*blocks))).statements)
    return [finding for finding in found if finding.label in LABELS]


def broken(*blocks: str) -> list[tuple[str, int | None, int | None]]:
    """What is called wrong: label, row, column."""
    return [(f.label, f.place.row, f.place.column) for f in findings(*blocks) if f.verdict is Verdict.BROKEN]


def held(*blocks: str) -> set[tuple[str, int | None]]:
    """What agrees: label and row."""
    return {(f.label, f.place.row) for f in findings(*blocks) if f.agrees}


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_form_is_not_accused(name: str) -> None:
    assert broken(RIGHT[name]) == []
    assert not [f.message for f in findings(RIGHT[name]) if f.verdict is Verdict.DOUBTFUL]
    assert {label for label, _ in held(RIGHT[name])} & {"weight_sum", "score_sum", "score_rule", "target"}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_form_is_not_accused(name: str) -> None:
    assert broken(ODD[name]) == []


def test_what_is_read_of_a_form() -> None:
    form = RIGHT["marks after values, a total line, the funds block counted in"]
    assert {("score_rate", 2), ("weight_sum", 13), ("score_sum", 13), ("target", 8), ("target", 10), ("target", 12),
            ("cross", 6)} <= held(form)
    total = next(f for f in findings(form) if f.label == "score_sum")
    assert total.computed is not None and total.computed.formula == "9 + 20 + 15 + 15 + 28 + 10"
    assert {("weight_sum", 1), ("score_sum", 1), ("weight_sum", 2)} <= held(RIGHT["groups and members all scored, by number"])
    assert {("score_rule", 1), ("score_rule", 2)} <= held(RIGHT["the notes' own rule"])
    assert {("score_sum", 3), ("score_sum", 6), ("score_sum", 8)} <= held(RIGHT["no column of full marks, blocks with theirs in the label"])


WRONG = [
    ("a mark over its full mark", "验收合格率 | 100% | 100% | 15 | 15", "验收合格率 | 100% | 100% | 15 | 16", ("score_cap", 9, 7)),
    ("a total that does not add up", "100 | 97 |", "100 | 99 |", ("score_sum", 13, 7)),
    ("weights that do not add up", "| 100 | 97 |", "| 110 | 97 |", ("weight_sum", 13, 6)),
    ("full mark though short", "≥14公里 | 14公里 | 20", "≥14公里 | 12公里 | 20", ("target", 8, 7)),
    ("full mark though late", "2023年10月", "2023年12月", ("target", 10, 7)),
    ("full mark though less satisfied", "0.93", "0.83", ("target", 12, 7)),
    ("a mark left out", "100% | 100% | 15 | 15", "100% | 100% | 15 | ", ("missing", 9, 7)),
    ("a value left out", "14公里 | 20 | 20", " | 20 | 20", ("missing", 8, 5)),
    ("an execution mark over its full mark", "10 | 90% | 9", "10 | 90% | 19", ("score_cap", 2, 8)),
    ("an execution mark that no scheme gives", "10 | 90% | 9", "10 | 90% | 9.36", ("score_rate", 2, 8)),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), WRONG, ids=[w[0] for w in WRONG])
def test_a_seeded_error_is_found(name: str, old: str, new: str, expected: tuple[str, int, int]) -> None:
    form = RIGHT["marks after values, a total line, the funds block counted in"]
    assert form.count(old) == 1
    assert expected in broken(form.replace(old, new))


def test_a_slip_below_a_group_is_charged_to_the_group_alone() -> None:
    form = RIGHT["groups and members all scored, by number"].replace("2.维修次数 | 20 | 18", "2.维修次数 | 25 | 18")
    assert broken(form) == [("weight_sum", 2, 1)]


def test_a_coefficient_and_a_rule_that_the_mark_does_not_follow() -> None:
    assert broken(RIGHT["coefficients"].replace("80% | 10 | 8", "80% | 10 | 9")) == [("score_rule", 1, 7)]
    # the total, which would come out with the mark that the rule gives, is doubtful
    assert broken(RIGHT["the notes' own rule"].replace("6 | 60 | 45", "6 | 60 | 52")) == [("score_rule", 1, 7)]
    hunan = """
一级指标 | 三级指标 | 分值 | 评价标准 | 指标说明 | 得分
投入 | 在职人员控制率 | 6 | 控制率≤100%，计6分；每超过1个百分点扣0.6分，扣完为止 | 在职42人÷编制40人×100%=105% | {}
"""
    assert broken(hunan.format("3")) == []
    assert broken(hunan.format("5")) == [("score_rule", 1, 5)]


def test_two_forms_in_one_grid_are_two() -> None:
    form = """
项目名称 | < | {} | < | <
一级指标 | 二级指标 | 三级指标 | 分值 | 得分
产出 | 数量 | 更换灯具 | 60 | 60
效益 | 满意度 | 居民满意度 | 40 | {}
总分 | < | < | 100 | {}
"""
    assert broken(form.format("甲", 35, 95) + form.format("乙", 38, 98)) == []
    assert broken(form.format("甲", 35, 95) + form.format("乙", 38, 97)) == [("score_sum", 9, 4)]


def test_a_table_without_heading_goes_on_with_the_one_before() -> None:
    first = "一级指标 | 三级指标 | 分值 | 得分\n产出（50分） | 数量甲 | 20 | 20\n^ | 数量乙 | 15 | 15"
    second = " | 数量丙 | 15 | 14\n效益（50分） | 满意度 | 50 | 50\n合计 | | 100 | {}"
    assert broken(first, second.format(99)) == []
    assert broken(first, second.format(98)) == [("score_sum", 2, 3)]


def test_a_table_of_something_else_does_not_go_on_with_a_form() -> None:
    form = "一级指标 | 三级指标 | 分值 | 得分\n产出（50分） | 数量甲 | 50 | 50\n效益（50分） | 满意度 | 50 | 46"
    other = "姓名 | 职务 | 科室 | 电话\n张某 | 科长 | 综合科 | 12\n合计 | | 2 | 30"
    assert broken(form, other) == []
    assert broken(form, "附表2", "丙 | 丁 | 30 | 20\n合计 | | 30 | 21") == []


def test_the_total_in_the_text_is_the_total_of_the_form() -> None:
    form = "指标名称 | 分值 | 得分\n甲项 | 60 | 57\n乙项 | 40 | 40\n合计 | 100 | 97"
    assert broken("经自评，自评得分97分。", form) == []
    assert broken("经自评，自评得分96.5分。", form) == [("cross", None, None)]
    assert broken("上年自评得分96.5分。", form) == []


def test_the_score_tree() -> None:
    found = patterns.find(document(RIGHT["groups and members all scored, by number"])).marks
    assert [(m.level, m.name, m.full and m.full.text, m.computed) for m in found[:4]] == [
        (0, "合计", "100", "97"), (1, "一、产出指标", "50", "47"), (2, "(一)数量指标", "30", "28"), (3, "1.巡查次数", "10", None)]


def drawn(weights: list[int], earned: list[Decimal], total: Decimal) -> str:
    rows = [f"组{i // 2} | 指标{chr(0x4e00 + 60 * i)} | {w} | {e}" for i, (w, e) in enumerate(zip(weights, earned, strict=True))]
    return "\n".join(["一级指标 | 三级指标 | 分值 | 得分", *rows, f"合计 | < | {sum(weights)} | {total}"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 100)), min_size=2, max_size=12), st.integers(-30, 30).filter(bool))
def test_a_form_that_adds_up_is_right_and_one_mark_moved_is_wrong(rows: list[tuple[int, int]], slip: int) -> None:
    weights = [weight for weight, _ in rows]
    earned = [(Decimal(w * share) / 100).quantize(Decimal("0.1"), ROUND_HALF_UP) for w, share in rows]
    total = sum(earned, Decimal(0))
    # a row that happens to be the sum of those right below it may be their subtotal
    assume(not any(earned[i] == sum(earned[i + 1:j]) for i in range(len(earned)) for j in range(i + 2, len(earned) + 1)))
    assert broken(drawn(weights, earned, total)) == []
    moved = total + Decimal(slip) / 10
    if moved >= 0:
        assert [label for label, _, _ in broken(drawn(weights, earned, moved))] == ["score_sum"]


RULES = [
    ("完成率100%计满分，每低于5%扣2分，扣完为止", lambda x, s: max(Decimal(0), s - 2 * (max(Decimal(0), 100 - x) // 5))),
    ("控制率≤100%，计{s}分；每超过1个百分点扣0.5分，扣完为止", lambda x, s: max(Decimal(0), s - max(Decimal(0), x - 100) / 2)),
    ("完成率≥95%得满分，否则不得分", lambda x, s: s if x >= 95 else Decimal(0)),
    ("按完成比例计算得分，满分为止", lambda x, s: min(s, s * x / 100)),
]


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(RULES), st.integers(2, 20), st.decimals(60, 130, places=1))
def test_a_mark_that_follows_its_rule_is_never_accused(rule: tuple[str, object], full: int, value: Decimal) -> None:
    text, worked = rule
    mark = worked(value, Decimal(full))  # type: ignore[operator]
    name = "公用经费控制率" if "控制率" in text else "任务完成率"
    form = f"三级指标 | 分值 | 评分标准 | 完成值 | 得分\n{name} | {full} | {text.replace('{s}', str(full))} | {value}% | {mark.normalize():f}"
    assert broken(form) == []


def test_the_cost_grows_with_the_rows(linear: Callable[..., None]) -> None:
    def work(count: int) -> None:
        rows = [f"组{i // 50} | 指标{i} | ≥{i % 90 + 10}% | {i % 90 + 9}% | 1 | 0.9" for i in range(count)]
        form = "\n".join(["一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分", *rows, f"合计 | < | | | {count} | {count * 9 // 10}"])
        assert broken(form) == []

    linear(work, 500)


def cut(drawn_form: str, at: int) -> tuple[Table, Table]:
    """A table cut in two before a row, as a page break cuts it: what was merged over the cut stands above it alone."""
    whole = table(drawn_form)
    upper, lower = [], []
    for cell in whole.cells:
        top, column = cell.place.row or 0, cell.place.column
        if top < at:
            upper.append(Cell(cell.text, cell.place, min(top + cell.rows, at) - top, cell.columns))
        if top + cell.rows > at:
            place = Place(table=2, row=max(top, at) - at, column=column)
            lower.append(Cell(cell.text if top >= at else "", place, top + cell.rows - max(top, at), cell.columns))
    return (Table(tuple(upper), at, whole.width, Place(table=1)),
            Table(tuple(lower), whole.height - at, whole.width, Place(table=2)))


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_form_cut_anywhere_is_not_accused(name: str) -> None:
    for at in range(1, table(RIGHT[name]).height):
        found = checks.run(relations.find(patterns.find(Document("", "", cut(RIGHT[name], at)))).statements)
        assert [f.message for f in found if f.verdict is Verdict.BROKEN and f.label in LABELS] == [], at


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_form_unmerged_is_not_accused(name: str) -> None:
    whole = table(RIGHT[name])
    cells = []
    for cell in whole.cells:
        top, left = cell.place.row or 0, cell.place.column or 0
        cells += [Cell(cell.text if (r, c) == (top, left) else "", Place(table=1, row=r, column=c))
                  for r in range(top, top + cell.rows) for c in range(left, left + cell.columns)]
    found = checks.run(relations.find(patterns.find(Document("", "", (Table(tuple(cells), whole.height, whole.width, whole.place),)))).statements)
    assert [f.message for f in found if f.verdict is Verdict.BROKEN and f.label in LABELS] == []


def test_the_last_group_of_a_table_is_whole_when_a_note_follows() -> None:
    form = ODD["a group cut by the end of the table"]
    assert broken(form) == []
    assert broken(form, "填表人：甲　联系电话：") == [("weight_sum", 2, 0)]


def test_a_grade_in_a_form_fits_its_total() -> None:
    form = "自评总分 | {} | 自评等级 | {}\n指标名称 | 分值 | 得分 | 备注\n甲项 | 60 | 50 |\n乙项 | 40 | 34 |"
    statements = patterns.find(document(form.format(84, "优□ 良☑"))).statements
    assert [f.verdict for f in checks.run(statements) if f.label == "grade"] == [Verdict.HOLDS]
    statements = patterns.find(document(form.format(84, "优"))).statements
    assert [f.verdict.value for f in checks.run(statements) if f.label == "grade"] in (["broken"], ["doubtful"])


@pytest.mark.parametrize(("rate", "mark", "verdict"), [
    ("96%", "9.6", "holds"), ("96%", "10", "doubtful"), ("96%", "8", "doubtful"), ("62%", "5", "doubtful"), ("62%", "0.5", "doubtful"),
    ("62%", "10", "broken"), ("62%", "8.5", "broken"), ("96%", "9.26", "broken"), ("100%", "9", "broken"), ("100%", "10", "holds"),
    ("97.26%", "9.73", "holds"), ("97.26%", "9.72", "truncated"), ("97.26%", "9.7", "holds")])
def test_an_execution_mark_for_which_no_rule_is_printed(rate: str, mark: str, verdict: str) -> None:
    form = f"项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分\n^ | 年度资金总额 |  |  | 10 | {rate} | {mark}"
    assert [f.verdict.value for f in findings(form) if f.label == "score_rate"] == [verdict]


def _catalogue() -> list[tuple[str, str, str, str, str]]:
    """Rules of the catalogue with a value and a mark each allows: text, full mark, target, value, mark."""
    import tomllib
    from pathlib import Path

    found = []
    cases = tomllib.loads((Path(__file__).parent / "criteria.toml").read_text(encoding="utf-8"))["case"]
    for case in cases:
        for pair in filter(None, (p.strip() for p in case.get("marks", "").split(";"))):
            value, _, marks = pair.partition("=")
            first = marks.split("|")[0]
            if first != "-" and "~" not in first and "@" not in pair:
                found += [(text, str(case.get("full", "")), case.get("target", ""), value.strip(), first.strip())
                          for text in case["texts"] if "operands" not in case]
    return found


def test_a_form_filled_by_a_rule_of_the_catalogue_is_never_accused() -> None:
    accused = []
    for text, full, target, value, mark in _catalogue():
        if "|" in text or not full:
            continue
        text = text.replace("\n", "¶")
        for unit in ("%", "", "次"):
            form = f"三级指标 | 分值 | 评分标准 | 指标值 | 完成值 | 得分\n某项工作 | {full} | {text} | {target} | {value}{unit} | {mark}"
            if found := [f.message for f in findings(form) if f.verdict is Verdict.BROKEN and f.label == "score_rule"]:
                accused.append((text, value + unit, mark, found))
    assert accused == []


CUT = """一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
效益指标 | 社会效益 | 讲座知晓率 | ≥90% | 95% | 10 | 9
满意度指标 | 服务对象满意度 | 学员满意度 | ≥90% | 96% | 10 | 10
总分 | < | < | < | < | 100 | 99"""
DOTTED = """一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分
产出指标(50分) | 数量指标 | 开办讲座 | ≥4场 | 5场 | 12 | 12
产出指标(50分) | 数量指标 | 印发手册 | ≥300册 | 320册 | 12 | 12
产出指标(50分) | 数量指标 | {} |  |  |  | """


def test_a_form_that_begins_in_the_middle_is_not_accused() -> None:
    assert broken(CUT) == []
    assert {f.supposition for f in findings(CUT) if f.label == "weight_sum"} == {"本表从中间开始，前面的指标不在其中"}


@pytest.mark.parametrize("name", ["……", "…", "······"])
def test_rows_left_out_leave_a_group_open(name: str) -> None:
    assert broken(DOTTED.format(name)) == []


def test_two_rows_of_one_name_each_keep_their_mark() -> None:
    grid = [["一级指标", "二级指标", "指标说明", "分值", "得分"], ["过程(5)", "账务", "专账核算", "2", "2"], ["过程(5)", "账务", "按月记账", "3", "3"]]
    cells = [Cell(t, Place(table=1, row=r, column=c), rows=2 if r == 1 and c < 2 else 1) for r, row in enumerate(grid) for c, t in enumerate(row)
             if not (r == 2 and c < 2)]
    found = checks.run(patterns.find(Document("", "", (Table(tuple(cells), 3, 5, Place(table=1)),))).statements)
    assert [f.stated.text for f in found if f.verdict is Verdict.BROKEN] == []


def test_a_total_line_with_its_hundred_gives_both() -> None:
    form = """一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因
产出指标 | 数量指标 | 开办讲座 | ≥4场 | 5场 | 60 | 57 | 场地
效益指标 | 社会效益 | 讲座知晓率 | ≥90% | 95% | 40 | 39 | 宣传
其他需要说明的事项 | 无 | < | < | < | < | < | <
总分 | < | < | < | < | 100 | 96 | 优"""
    assert broken(form) == []
    assert {("weight_sum", "100"), ("score_sum", "96")} <= {(f.label, f.stated.text) for f in findings(form) if f.agrees}
    assert "score_sum" in {label for label, _, _ in broken(form.replace("96 |", "98 |"))}
