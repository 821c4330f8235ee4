"""Forms of indicators: marks, caps, rules, targets and blanks, over the layouts that are filed; right ones stay unaccused."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import checks
import patterns
from model import Cell, Document, Finding, Place, Table, Verdict
from tests.form_layouts import document, table

LABELS = ("weight_sum", "score_sum", "score_cap", "score_rate", "score_rule", "target", "missing", "cross")
FUNDS = """
项目名称 | < | 河道清淤 | < | < | < | < | < | <
项目资金¶(万元) |  | < | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | < | 120 | 150 | 135 | 10 | 90% | 9
^ | 其中：当年财政拨款 | < | 120 | 150 | 135 | - | 90% | -
^ | 其他资金 | < |  |  |  | - |  | -
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | <
^ | 清淤河道14公里 | < | < | < | 清淤河道14公里 | < | < | <
"""


def findings(*blocks: str) -> list[Finding]:
    found = checks.run(patterns.find(document(*blocks)).statements)
    return [finding for finding in found if finding.label in LABELS]


def broken(*blocks: str) -> list[tuple[str, int | None, int | None]]:
    """What is called wrong: label, row, column."""
    return [(f.label, f.place.row, f.place.column) for f in findings(*blocks) if f.verdict is Verdict.BROKEN]


def held(*blocks: str) -> set[tuple[str, int | None]]:
    """What agrees: label and row."""
    return {(f.label, f.place.row) for f in findings(*blocks) if f.agrees}


RIGHT = {
    "marks after values, a total line, the funds block counted in": FUNDS + """
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
^ | 产出指标 | 数量指标 | 清淤河道长度 | ≥14公里 | 14公里 | 20 | 20 |
^ | ^ | 质量指标 | 验收合格率 | 100% | 100% | 15 | 15 |
^ | ^ | 时效指标 | 完工时间 | 2023年11月底前 | 2023年10月 | 15 | 15 |
^ | 效益指标 | 生态效益指标 | 水质改善 | 明显改善 | 达成预期指标 | 30 | 28 | 个别断面未改善
^ | 满意度指标 | 服务对象满意度 | 居民满意度 | ≥90% | 0.93 | 10 | 10 |
总分 | < | < | < | < | < | 100 | 97 |
""",
    "marks before values, subtotals, numbers of rows and codes": """
序号 | 指标编码 | 一级指标 | 三级指标 | 分值 | 得分 | 目标值 | 完成值
1 | 10203001 | 产出 | 印发手册 | 30 | 30 | 500册 | 500册
2 | 10203002 | ^ | 举办讲座 | 20 | 18 | 10场 | 9场
小计 | < | < | < | 50 | 48 |  |
3 | 10203003 | 效益 | 知晓率 | 30 | 30 | 80% | 86%
4 | 10203004 | ^ | 满意度 | 20 | 20 | 85% | 90%
小计 | < | < | < | 50 | 50 |  |
合计 | < | < | < | 100 | 98 |  |
""",
    "headings of two rows, another's score beside": """
一级指标 | 二级指标 | 三级指标 | 指标值 | < | 分值 | 得分 | <
^ | ^ | ^ | 年初目标值 | 实际完成值 | ^ | 自评得分 | 复核得分
产出 | 数量 | 修路 | 6公里 | 6公里 | 60 | 60 | 58
效益 | 社会效益 | 受益人口 | 300人 | 310人 | 40 | 40 | 40
合计 | < | < | < | < | 100 | 100 | 98
""",
    "the total at the top": """
指标名称 | 分值 | 评分标准 | 得分
合计 | 20 |  | 17
制度建设 | 8 | 制度健全得8分，每缺一项扣2分 | 6
档案管理 | 12 | 资料齐全得12分，每缺一份扣1分 | 11
""",
    "weights in percent, in names too": """
一级指标（权重） | 二级指标 | 权重 | 得分
产出（60%） | 供水量 | 35% | 35
^ | 水质 | 25% | 24
效果（40%） | 满意度 | 40% | 38
合计 | < | 100% | 97
""",
    "coefficients": """
指标名称 | 计量单位 | 指标性质 | 指标值 | 完成值 | 得分系数(%) | 权重 | 得分
绿化面积 | 亩 | ≥ | 60 | 48 | 80% | 10 | 8
成活率 | % | ≥ | 90 | 0.95 | 100% | 15 | 15
""",
    "groups and members all scored, by number": """
指标名称 | 分值 | 得分
一、产出指标 | 50 | 47
（一）数量指标 | 30 | 28
1.巡查次数 | 10 | 10
2.维修次数 | 20 | 18
（二）质量指标 | 20 | 19
1.合格率 | 20 | 19
二、效益指标 | 50 | 50
1.满意度 | 50 | 50
合计 | 100 | 97
""",
    "groups and members all scored, by column": """
一级指标 | 二级指标 | 三级指标 | 分值 | 得分
产出指标 | < | < | 60 | 57
 | 数量指标 | < | 40 | 38
 |  | 巡查次数 | 15 | 15
 |  | 维修次数 | 25 | 23
 | 质量指标 | < | 20 | 19
 |  | 合格率 | 20 | 19
效益指标 | < | < | 40 | 40
 | 社会效益 | 满意度 | 40 | 40
总分 | < | < | 100 | 97
""",
    "one character a line": """
一¶级¶指¶标 | 三 级 指 标 | 年 度¶指 标 值 | 实 际¶完 成 值 | 分¶值 | 得¶分
产¶出¶指¶标¶(60¶分) | 植树 | 400株 | 400株 | 35 | 35
^ | 除草 | 20亩 | 18亩 | 25 | 22
效¶益 | 满意度 | ≥85% | 91% | 40 | 40
合 计 | < |  |  | 100 | 97
""",
    "a score column without heading": """
一级指标 | 三级指标 | 评价标准 | 分值 |
投入 | 目标明确 | 明确得10分，不明确不得分 | 10 | 10
过程 | 制度健全 | 健全得20分，每缺一项扣5分 | 20 | 15
产出 | 及时率 | 100%得满分，每低1个百分点扣1分 | 70 | 66
合计 |  |  | 100 | 91
""",
    "得分 that means 分值": """
一级指标 | 得分 | 二级指标 | 得分 | 三级指标 | 分值 | 评分标准 | 得分
投入 | 30 | 配置 | 30 | 控制率 | 12 | 控制率≤100%得12分，每超1个百分点扣1分 | 12
^ | ^ | ^ | ^ | 变动率 | 18 | 变动率≤0得18分，每超1个百分点扣2分 | 16
产出 | 70 | 数量 | 70 | 完成率 | 70 | 按完成比例得分 | 65
""",
    "marks merged over rows": """
一级指标 | 二级指标 | 三级指标 | 年初目标值 | 实际完成值 | 分值 | 得分
产出 | 数量 | 采购车辆 | 3辆 | 3辆 | 20 | 20
^ | ^ | 采购设备 | 5台 | 5台 | ^ | ^
^ | 质量 | 合格率 | 100% | 96% | 40 | 38
效益 | 社会 | 服务人次 | 9000人次 | 9100人次 | 40 | 40
总分 | < | < | < | < | 100 | 98
""",
    "one mark for rows that have their own full marks, and the other way round": """
一级指标 | 三级指标 | 目标值 | 完成值 | 分值 | 得分
产出 | 采购车辆 | 3辆 | 3辆 | 10 | 20
^ | 采购设备 | 5台 | 5台 | 10 | ^
效益 | 服务人次 | 9000人次 | 9100人次 | 80 | 50
^ | 满意度 | ≥90% | 93% | ^ | 30
总分 | < |  |  | 100 | 100
""",
    "names of groups over the whole width": """
三级指标 | 目标值 | 完成值 | 分值 | 得分
产出指标（60分） | < | < | < | <
架设光缆 | 30公里 | 30公里 | 40 | 40
接通村组 | 12个 | 12个 | 20 | 20
效益指标（40分） | < | < | < | <
用户满意度 | 90% | 92% | 40 | 40
合计 | | | 100 | 100
""",
    "no column of full marks, blocks with theirs in the label": """
项目名称 | < | 图书采购 | < | <
预算执行（20分） | 预算数 | 执行数 | 执行率 | 得分（20分×执行率）
年度资金 | 40 | 38 | 95% | 19
年度目标1（50分） | 二级指标 | 三级指标 | 目标值 | 得分
^ | 数量 | 购书 | 2000册 | 30
^ | 质量 | 编目率 | 100% | 20
年度目标2（30分） | 二级指标 | 三级指标 | 目标值 | 得分
^ | 数量 | 活动 | 12场 | 30
总分 | < | < | < | 99
""",
    "the notes' own rule": """
一级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 分值 | 得分
产出 | 建成泵站 | ≥ | 8 | 座 | 6 | 60 | 45
效益 | 灌溉面积 | ≥ | 500 | 亩 | 510 | 40 | 40
合计 | < | | | | | 100 | 85
注：定量指标得分=分值×完成值÷指标值，得分不超过分值。 | < | < | < | < | < | < | <
""",
    "thirds rounded": """
一级指标 | 三级指标 | 分值 | 得分
产出（10分） | 甲 | 3.33 | 3.33
^ | 乙 | 3.33 | 3.33
^ | 丙 | 3.33 | 3.33
效益（90分） | 丁 | 90 | 88
合计 | | 100 | 98
""",
    "the execution rate also an indicator": FUNDS + """
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 未完成原因
^ | 预算执行率 | 预算执行率 | 预算执行率 | 100% | 90% | 10 | 9 |
^ | 产出指标 | 数量指标 | 清淤河道长度 | ≥14公里 | 14公里 | 60 | 60 |
^ | 效益指标 | 生态效益指标 | 水质改善 | 明显改善 | 达成预期指标 | 30 | 30 |
合计 | < | < | < | < | < | 100 | 99 |
""",
    "a heading over three columns, signs in a column": """
绩效指标 | < | < | 绩效指标值设定情况 | < | < | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | ^ | ^ | ^ | ^
产出指标 | 数量指标 | 建设机房 | ＝ | 2 | 间 | 2 | 25 | 25 | 无
^ | 质量指标 | 验收合格率 | >＝ | 98 | % | 100% | 25 | 25 | 无
效益指标 | 社会效益 | 事故率 | <= | 2 | % | 0 | 30 | 30 | 无
满意度指标 | 满意度 | 群众满意度 | ≥ | 90 | % | 92.5 | 10 | 10 | 无
""",
    "weights of three levels under one heading": """
评价指标 | < | < | < | < | < | 自评得分 | 自评情况
一级指标 | 权重(%) | 二级指标 | 权重(%) | 三级指标 | 权重(%) | ^ | ^
履职效能 | 50 | 整体效能 | 50 | 重点任务完成 | 30 | 28 | 任务完成
^ | ^ | ^ | ^ | 满意度 | 20 | 20 | 满意
管理效率 | 50 | 预算编制 | 6 | 新增预算 | 6 | 6 |
^ | ^ | 预算执行 | 14 | 编制约束 | 8 | 7.5 |
^ | ^ | ^ | ^ | 资金下达 | 6 | 6 |
^ | ^ | 信息公开 | 30 | 公开 | 30 | 30 |
合计 | 100 | | 100 | | 100 | 97.5 |
""",
    "rules of a department table, some left to judgement": """
绩效指标 | < | < | 指标分值 | 计分标准 | 自评得分
一级指标 | 二级指标 | 三级指标 | ^ | ^ | ^
部门预算管理（80分） | 预算编制（30分） | 目标制定 | 10 | 绩效目标编制要素完整的，得5分，否则酌情扣分；绩效指标细化量化的，得5分，否则酌情扣分 | 10
^ | ^ | 目标完成 | 10 | 目标完成得分=10分×达到预期值的数量指标个数/全部数量指标个数 | 9.5
^ | ^ | 编制准确 | 10 | 指标得分=(1-10×部门全年预算调剂金额/年初部门预算数)×10，若比值大于0.1，此项得0分 | 9.8
^ | 预算执行（30分） | 支出控制 | 10 | 偏差程度在10%以内的，得10分；偏差度在10%-20%之间的，得5分；偏差度超过20%的，不得分 | 10
^ | ^ | 动态调整 | 10 | 指标得分=部门绩效监控调整取消额÷（部门绩效监控调整取消额+预算结余注销额）×10 | 10
^ | ^ | 执行进度 | 10 | 部门预算执行进度在6、9、11月应达到序时进度的80%、90%、90%，即实际支出进度分别达到40%、67.5%、82.5%。6、9、11月部门预算执行进度达到量化指标的各得3、3、4分，未达到目标进度的按实际进度占目标进度的比重计算得分 | 9.5
^ | 完成结果（20分） | 预算完成 | 10 | 部门预算项目12月预算执行进度达到100%的，得10分，未达100%的，按照实际进度量化计算得分 | 9.7
^ | ^ | 违规记录 | 10 | 依据审计检查，出现部门预算管理方面违纪违规问题的，每个问题扣0.5分，直至扣完 | 10
绩效结果应用（20分） | 自评公开 | 自评公开 | 4 | 按要求公开得4分，否则不得分 | 4
^ | 问题整改 | 问题整改 | 8 | 得8分，每发现一个问题扣1分 | 8
^ | 应用反馈 | 应用反馈 | 8 | 未按要求反馈的，不得分 | 8
总分 | < | < | 100 | | 98.5
""",
    "blocks with marks in their names, a conclusion in the last line": """
评价内容 | 评价指标 | 标准分 | 自评分 | 扣分原因
一、基础工作（30分） | 机构健全 | 10 | 10 |
^ | 制度完善 | 20 | 18 | 缺少一项制度
二、执行（70分） | 预算执行 | 40 | 39 |
^ | 公开 | 30 | 30 |
合    计 | | 100 | 97 |
自评结论：良好，自评得分97分。 | < | < | < | <
""",
    "a rate of marks": """
指标 | 权重 | 得分率 | 得分
甲 | 40 | 95% | 38
乙 | 60 | 90.5% | 54.3
合计 | 100 | | 92.3
""",
    "marks out of a hundred, weighted afterwards": """
指标名称 | 权重 | 评分 | 加权得分
制度 | 30% | 90 | 27
成效 | 70% | 100 | 70
合计 | 100% | | 97
""",
}

ODD = {
    "deducted with a reason": """
三级指标 | 指标值 | 完成值 | 分值 | 得分 | 扣分原因
安装路灯 | ≥80盏 | 80盏 | 60 | 57 | 安装时间略晚
满意度 | ≥90% | 95% | 40 | 40 |
合计 | | | 100 | 97 |
""",
    "full though short, with a reason": """
三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因
安装路灯 | ≥80盏 | 78盏 | 60 | 60 | 两盏并入另一工程
满意度 | ≥90% | 95% | 40 | 40 |
合计 | | | 100 | 100 |
""",
    "less is better by its name": """
三级指标 | 指标值 | 完成值 | 分值 | 得分
单位成本 | 3万元 | 2.6万元 | 60 | 60
公用经费控制率 | 100% | 91% | 20 | 20
投诉件数 | 5件 | 0件 | 20 | 20
合计 | | | 100 | 100
""",
    "an execution rate marked by tiers, none printed": """
项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 100 | 87 | 10 | 87% | 7
""",
    "an execution rate over a hundred": """
项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 100 | 112 | 10 | 112% | 10
""",
    "an execution rate marked by the notes": """
项目资金（万元） |  | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | 年度资金总额 | 100 | 87 | 10 | 87% | 8
备注：预算执行率100%得10分；90%（含）-100%得9分；80%（含）-90%得8分；80%以下不得分。 | < | < | < | < | < | <
""",
    "an empty form": """
一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 备注
产出 | 甲 | | | 60 | |
效益 | 乙 | | | 40 | |
合计 | | | | 100 | |
""",
    "a group cut by the end of the table": """
一级指标 | 三级指标 | 分值 | 得分
产出（50分） | 甲 | 50 | 50
效益（50分） | 乙 | 20 | 20
""",
    "marks added beyond the hundred": """
指标名称 | 分值 | 得分
制度 | 40 | 40
成效 | 60 | 60
加分项 | 5 | 2
合计 | 100 | 100
""",
    "marks scaled to the hundred": """
指标名称 | 分值 | 得分
制度 | 40 | 36
成效 | 40 | 40
采购 | 20 | 不适用
合计 | 100 | 95
备注：不适用的指标不考核，按适用指标得分折算为百分制。 | < | <
""",
    "weights as shares of one": """
指标名称 | 权重 | 得分
甲 | 0.6 | 58
乙 | 0.4 | 40
合计 | 1 | 98
""",
    "a table of figures that is no form": """
项目 | 计划数 | 完成数 | 占比
甲地 | 120 | 90 | 45%
乙地 | 80 |  | 55%
合计 | 200 | 90 | 100%
""",
}


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
    assert broken(RIGHT["the notes' own rule"].replace("6 | 60 | 45", "6 | 60 | 52")) == [
        ("score_rule", 1, 7), ("score_sum", 3, 7)]
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


def test_three_thousand_rows_take_a_second_or_two() -> None:
    import time

    rows = [f"组{i // 50} | 指标{i} | ≥{i % 90 + 10}% | {i % 90 + 9}% | 1 | 0.9" for i in range(3000)]
    form = "\n".join(["一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分", *rows, "合计 | < | | | 3000 | 2700"])
    start = time.process_time()
    assert broken(form) == []
    assert time.process_time() - start < 10


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
        found = checks.run(patterns.find(Document("", "", cut(RIGHT[name], at))).statements)
        assert [f.message for f in found if f.verdict is Verdict.BROKEN and f.label in LABELS] == [], at


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_form_unmerged_is_not_accused(name: str) -> None:
    whole = table(RIGHT[name])
    cells = []
    for cell in whole.cells:
        top, left = cell.place.row or 0, cell.place.column or 0
        cells += [Cell(cell.text if (r, c) == (top, left) else "", Place(table=1, row=r, column=c))
                  for r in range(top, top + cell.rows) for c in range(left, left + cell.columns)]
    found = checks.run(patterns.find(Document("", "", (Table(tuple(cells), whole.height, whole.width, whole.place),))).statements)
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
