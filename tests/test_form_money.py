"""Funds blocks and accounting tables as they are laid out: what must be read, what must be broken, what must be left alone.

Each layout is written a row a line, cells parted by |; < continues the cell to the left, ^ the cell above.
A value marked ! must be broken, + must be read and agree, ? may be doubted or left alone but never broken.
"""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

import checks
from model import Cell, Document, Figure, Finding, Paragraph, Place, Table, Verdict
from patterns import form_funds, form_totals
from patterns._report import Report


def laid_out(drawing: str) -> tuple[Table, dict[tuple[int, int], str]]:
    """Make a table of a drawing; return it with its marked cells."""
    rows = [[cell.strip(" ") for cell in line.split("|")] for line in drawing.strip("\n").splitlines()]
    width = max(map(len, rows))
    marks: dict[tuple[int, int], str] = {}
    cells = []
    for r, row in enumerate(rows):
        row += [""] * (width - len(row))
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            if text[-1:] in ("!", "+", "?"):
                marks[r, c], text = text[-1], text[:-1]
            wide = next((k for k in range(c + 1, width) if row[k] != "<"), width) - c
            tall = next((k for k in range(r + 1, len(rows)) if rows[k][c:c + 1] != ["^"]), len(rows)) - r
            cells.append(Cell(text, Place(table=1, row=r, column=c), tall, wide))
    return Table(tuple(cells), len(rows), width, Place(table=1)), marks


def findings(table: Table, *before: str) -> list[Finding]:
    texts = tuple(Paragraph(text, Place(paragraph=n)) for n, text in enumerate(before, 1))
    report = Report(Document("", "", (*texts, table)))
    return list(checks.run([*form_funds.find(report), *form_totals.find(report)]))


def judged(drawing: str, *before: str) -> list[str]:
    """Return what differs from the marks, in words; every value broken without ! differs too."""
    table, marks = laid_out(drawing)
    found = findings(table, *before)
    wrong = []
    for cell, mark in marks.items():
        here = [f for f in found if (f.place.row, f.place.column) == cell]
        broken = [f for f in here if f.verdict is Verdict.BROKEN]
        if mark == "!" and not broken:
            wrong.append(f"{cell} not broken: {[f.message for f in here]}")
        if mark == "+" and not any(f.agrees for f in here):
            wrong.append(f"{cell} not read: {[f.message for f in here]}")
    wrong += [f"{(f.place.row, f.place.column)} broken: {f.message}" for f in found
              if f.verdict is Verdict.BROKEN and marks.get((f.place.row or 0, f.place.column or 0)) != "!"]
    return wrong


LAYOUTS = {
    "funds block, two bases, wrong rate": """
项目资金（万元） | < | 年初预算数 | 全年预算数（A） | 全年执行数（B） | 分值 | 执行率（B/A） | 得分
^ | 年度资金总额 | 520+ | 641.5+ | 600.25+ | 10 | 93.57%+ | 9.4
^ | 其中：当年财政拨款 | 500 | 621.5 | 590.25 | — | 94.47%! | —
^ | 上年结转资金 | 20 | 20 | 10 | — | 50%+ | —
^ | 其他资金 | / | / | / | — | / | —
""",
    "funds block, one part filled and it differs": """
资金情况（万元） | < | 全年预算数(A) | 全年执行数(B) | 执行率(B/A)
^ | 年度资金总额： | 352.6! | 352.6+ | 1+
^ | 其中：财政拨款 | 325.6 | 352.6 | 1.08+
^ | 其他资金 | 0 | 0 | 0+
""",
    "funds block with levels of government under fiscal money": """
项目资金 | < | 预算数 | 到位数 | 执行数 | 到位率 | 执行率
^ | 年度资金总额 | 900+ | 880+ | 660+ | 97.78%+ | 75%?
^ | 其中：财政资金 | 800+ | 800+ | 600+ | 100%+ | 75%?
^ | 其中：中央 | 500 | 500 | 400 | |
^ | 省级 | 200 | 200 | 150 | |
^ | 市县 | 100 | 100 | 50 | |
^ | 其他资金 | 100 | 80 | 60 | 80% | 60%
""",
    "levels without a second 其中": """
资金投入情况（万元） | 资金总额 | 财政拨款 | 备注
预算 | 1 | 2 |
项目资金（万元） | < | 全年预算数 | 全年执行数
^ | 资金总额 | 1310+ | 1230!
^ | 其中：财政拨款 | 1300+ | 1200+
^ | 中央资金 | 1000 | 900
^ | 县级资金 | 300 | 300
^ | 自筹资金 | 10 | 20
""",
    "no 其中: flat list with the total last": """
资金来源 | 预算金额（元） | 支出金额（元） | 支出进度（%）
本级预算安排 | 1,250,000.00 | 1,100,000.00 | 88.00+
上级专项 | 3,400,000.00 | 3,400,000.00 | 100.00+
单位自筹 | 85,300.00 | 80,000.00 | 93.79+
合  计 | 4,735,300.00+ | 4,580,080.00! | 96.72+
""",
    "total first, to the left of its parts": """
单位 | 合计 | 基本支出 | 项目支出 | 执行率
总计 | 1861.22+ | 1100.22+ | 761+ |
甲单位 | 930.11+ | 530.11 | 400 |
乙单位 | 631.11! | 370.11 | 361 |
丙单位 | 200+ | 200 | 0 |
""".replace("631.11!", "731.11+").replace("甲单位", "城东站"),
    "one row of a total column differs from its parts": """
单位 | 合计 | 基本支出 | 项目支出
城东站 | 930.11+ | 530.11 | 400
城西站 | 631.11! | 370.11 | 361
城南站 | 200+ | 200 | 0
""",
    "total to the right under two headings": """
项目 | 2022年 | < | < | 2023年 | < | <
^ | 人员经费 | 公用经费 | 小计 | 人员经费 | 公用经费 | 小计
机关 | 410.5 | 88.2 | 498.7+ | 430 | 91.25 | 521.25+
所属单位 | 1200 | 300.4 | 1500.4+ | 1300 | 310 | 1601!
合计 | 1610.5+ | 388.6+ | 1999.1+ | 1730+ | 401.25+ | 2131.25?
""",
    "two levels of totals, 小计 last in each merged group": """
类别 | 项目 | 金额（亿元）
基本支出 | 人员经费 | 1.25
^ | 公用经费 | 0.35
^ | 小计 | 1.60+
项目支出 | 修缮 | 0.82
^ | 采购 | 0.41
^ | 小计 | 1.32!
合计 | < | 2.92+
""",
    "two levels of totals, 小计 first": """
科目 | 预算数 | 决算数
合计 | 780+ | 752.3+
工资福利小计 | 480 | 470.1
基本工资 | 300 | 295.1
津贴补贴 | 180 | 175
商品服务小计 | 300 | 282.2
办公费 | 120 | 101
差旅费 | 180 | 181.2
""",
    "classification codes": """
科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出
合计 | < | 1500+ | 900+ | 600+
201 | 一般公共服务支出 | 1100+ | 700+ | 400+
20103 | 政府办公厅及相关机构事务 | 1100+ | 700+ | 400+
2010301 | 行政运行 | 700+ | 700 | 0
2010302 | 一般行政管理事务 | 400+ | 0 | 400
208 | 社会保障和就业支出 | 400+ | 200+ | 200+
20805 | 行政事业单位养老支出 | 250+ | 200+ | 50+
2080505 | 机关事业单位基本养老保险缴费支出 | 200+ | 200 | 0
2080506 | 机关事业单位职业年金缴费支出 | 50+ | 0 | 50
20810 | 社会福利 | 150+ | 0 | 150
""",
    "income and expenditure side by side with carry-over": """
收入 | < | 支出 | <
项目 | 决算数 | 项目 | 决算数
一、财政拨款收入 | 2300.5 | 一、基本支出 | 1800
二、事业收入 | 150 | 二、项目支出 | 640
三、其他收入 | 49.5 | |
本年收入合计 | 2500+ | 本年支出合计 | 2440+
年初结转和结余 | 75 | 年末结转和结余 | 135
总计 | 2575+ | 总计 | 2575+
""",
    "numbered outline with 其中": """
项目 | 2021年决算数 | 2022年预算数 | 2022年决算数
“三公”经费合计 | 47.3+ | 61+ | 55.2!
1.因公出国（境）费 | 0 | 0 | 0
2.公务用车购置及运行费 | 30.1+ | 43+ | 40.6+
其中：购置费 | 10 | 20 | 19.5
运行维护费 | 20.1 | 23 | 21.1
3.公务接待费 | 17.2 | 18 | 16.4
""",
    "changes over time and against the budget": """
项目 | 上年决算 | 本年预算 | 本年决算 | 比上年增减额 | 比上年增减率
培训费 | 12.5 | 14 | 15 | 2.5+ | 20.00%+
会议费 | 8 | 8 | 6 | -2+ | -25%+
差旅费 | 20 | 25 | 23 | 5! | 15%+
""",
    "balance of carry-over": """
项目 | 年初结转 | 本年收入 | 本年支出 | 年末结转
基本 | 10.5 | 300 | 298.2 | 12.3+
项目 | 120 | 560 | 600 | 80+
专户 | 33.3 | 40 | 50 | 32.3!
""",
    "shares of the total": """
类别 | 金额（万元） | 占比（%）
教育 | 325 | 32.5+
卫生 | 475 | 47.5+
住房 | 200 | 30.0!
合计 | 1000+ | 100+
""",
    "sum printed by letters and by column numbers": """
单位 | 上年结转 | 本年安排 | 可用资金 | 支出 | 结余
栏次 | 1 | 2 | 3=1+2 | 4 | 5=3-4
甲村 | 5 | 60 | 65+ | 61 | 4+
乙村 | 7.5 | 42 | 59.5! | 40 | 19.5+
""",
    "pairs of label and value": """
年初预算数 | 310 | 全年预算数 | 356.2 | 全年执行数 | 343.1
执行率 | 96.32%+ | 责任科室 | 规划股 | 联系人 | 周某
""",
    "turned over: amounts and rate in rows": """
指标 | 2022年 | 2023年
年初预算数 | 800 | 850
调整后预算数 | 860 | 870.6
实际支出数 | 817 | 826.2
预算执行率 | 95.00%+ | 90.94%!
""".replace("90.94%!", "49.90%!"),
    "a form continued without its headings": """
年度资金总额 | 66.8+ | 60.1+ | 89.97%?
其中：财政拨款 | 60 | 55.1 | 91.83%?
其他资金 | 6.8 | 5 | 73.53%?
""",
    "blank rows between": """
序号 | 镇村 | 户数（户） | 补助资金（元）
1 | 上河 | 31 | 15,500
 | | |
2 | 下河 | 27 | 13,500
3 | 中河 | 40 | 20,000
 | 合计 | 98+ | 48,000!
""",
    "staff table across": """
编制数 | < | < | 实有人数 | < | <
合计 | 行政 | 事业 | 合计 | 在职 | 退休
64+ | 51 | 13 | 99! | 85 | 11
""",
    "fractions, percent and bare numbers": """
项目名称 | 预算数 | 执行数 | 执行率
道路养护 | 226.4 | 202.47 | 0.8943+
桥梁加固 | 100 | 89.4 | 89.4+
绿化 | 0 | 0 | 0+
照明 | 40 | 40 | 1+
排水 | 81.2 | 62.1 | 67.48!
""",
    "label and value in one cell": """
部门年度预算（万元） | < | 全年预算数 | 全年执行数 | 执行率
年度资金总额 | < | 3120.5+ | 2964.48+ | 95.00%+
按收入性质分：3120.5+ | < | 按支出性质分：2964.48! | < | <
其中：一般公共预算：2800 | < | 其中：基本支出：1464.48 | < | <
政府性基金拨款：300 | < | 项目支出：1050 | < | <
其他资金：20.5 | < | | < | <
""".replace("年度资金总额 | < | 3120.5+ | 2964.48+ |", "年度资金总额 | < | 3120.5 | 2964.48 |"),
    "headings repeated where the page broke": """
村名 | 户数 | 补助（元）
上河 | 31 | 15500
下河 | 27 | 13500
村名 | 户数 | 补助（元）
中河 | 40 | 20000
合计 | 98+ | 49500!
""",
    "title, maker and unit inside the grid": """
2022年度收入支出决算总表 | < | < | < | < | <
编制单位：某县某局 | < | < | < | 金额单位：元 | <
收入 | < | < | 支出 | < | <
项目 | 行次 | 金额 | 项目 | 行次 | 金额
栏次 | | 1 | 栏次 | | 2
一、一般公共预算财政拨款收入 | 1 | 1,250,300.55 | 一、一般公共服务支出 | 32 | 900,000.00
二、事业收入 | 2 | 80,000.00 | 二、住房保障支出 | 33 | 400,300.55
本年收入合计 | 27 | 1,330,300.55+ | 本年支出合计 | 57 | 1,310,300.55!
年初结转和结余 | 29 | 50,000.00 | 年末结转和结余 | 59 | 80,000.00
总计 | 30 | 1,380,300.55+ | 总计 | 60 | 1,380,300.55+
""",
    "letters under the headings": """
项目 | 全年预算数 | 全年执行数 | 执行率
^ | A | B | C=B/A
本级 | 230.6 | 207.54 | 90.00%+
下级 | 120 | 111.6 | 83.00%!
""",
    "building control, two kinds of rate": """
楼堂馆所控制情况 | 批复规模（㎡） | 实际规模（㎡） | 规模控制率 | 预算投资（万元） | 实际投资（万元） | 投资概算控制率
^ | 3200 | 3040 | 95%+ | 810 | 826.2 | 102%+
""",
    "the three public expenses across, in one row": """
预算数 | < | < | < | < | 决算数 | < | < | < | <
合计 | 因公出国（境）费 | 公务用车购置及运行费 | < | 公务接待费 | 合计 | 因公出国（境）费 | 公务用车购置及运行费 | < | 公务接待费
^ | ^ | 小计 | 运行维护费 | ^ | ^ | ^ | 小计 | 运行维护费 | ^
46.5+ | 0 | 30+ | 30 | 16.5 | 48.2! | 0 | 28+ | 28 | 12.2
""",
    "其中 as a heading over parts": """
镇 | 资金总额 | 其中 | < | 备注
^ | ^ | 财政拨款 | 单位自筹 | ^
东关 | 120.5+ | 100 | 20.5 |
西关 | 98.6! | 80 | 16.8 |
""",
    "amounts in one line": """
年度资金总额： | 2140.5+ | 其中：财政拨款 | 1990 | 其他资金 | 150.5
实施期资金总额： | 6400! | 其中：财政拨款 | 5800 | 其他资金 | 400
""",
    "basic expenditure in two runs of codes": """
人员经费 | < | < | 公用经费 | < | <
科目编码 | 科目名称 | 金额 | 科目编码 | 科目名称 | 金额
301 | 工资福利支出 | 500+ | 302 | 商品和服务支出 | 130!
30101 | 基本工资 | 300 | 30201 | 办公费 | 80
30102 | 津贴补贴 | 200 | 30211 | 差旅费 | 20
人员经费合计 | < | 500+ | 公用经费合计 | < | 130+
""",
}

TRAPS = {
    "其中 lists only some": """
项目 | 预算数 | 决算数
公用经费 | 260.4 | 250.1
其中：办公费 | 31.5 | 30
会议费 | 12 | 9.9
政府采购金额 | 88 | 80
""",
    "rounded parts": """
资金情况（万元） | < | 全年预算数(A) | 全年执行数(B) | 执行率(B/A)
^ | 年度资金总额 | 100.01+ | 66.67+ | 66.7%+
^ | 其中：财政拨款 | 33.34 | 33.33 | 100%+
^ | 其他资金 | 66.68 | 33.33 | 50%+
""".replace("| 50%+", "| 49.99%+"),
    "a fiscal line alone is no whole list": """
资金情况（万元） | < | 预算数 | 执行数
^ | 资金总额 | 500 | 480
^ | 其中：财政拨款 | 300 | 300
""",
    "a unit total that takes in a carry-over not listed": """
单位 | 收入合计 | 财政拨款 | 事业收入 | 本年支出
甲校 | 812 | 700 | 50 | 830
乙校 | 655 | 500 | 100 | 640
""",
    "an excerpt under its grand total": """
地区 | 下达资金 | 支出资金
全省合计 | 98000 | 91000
其中：东山县 | 1200 | 1100
西河县 | 900 | 880
""",
    "two forms in one grid": """
资金来源 | 金额 | 用途 | 备注
财政拨款 | 60 | 工程 |
自筹 | 40 | 工程 |
合计 | 100+ | |
设备名称 | 数量 | 单价 | 金额
水泵 | 2 | 5 | 10
电机 | 3 | 6 | 18
合计 | 5+ | | 28+
""",
    "rate on a base the table does not hold": """
项目 | 预算数 | 执行数 | 执行率
甲 | 100 | 80 | 95.5%
乙 | 200 | 150 | 91.2%
丙 | 300 | 210 | 88.8%
""",
    "marks and prices do not add": """
项目 | 单价（元） | 数量 | 得分
课桌 | 230 | 40 | 8
书柜 | 650 | 12 | 9
合计 | 880 | 52+ | 18
""",
    "base may be the budget of the year's start": """
项目资金（万元） | < | 年初预算数 | 全年预算数 | 全年执行数 | 执行率
^ | 年度资金总额 | 100+ | 120+ | 96+ | 96%+
^ | 其中：财政拨款 | 100 | 120 | 96 | 96%+
^ | 其他资金 | | | |
""",
    "units in the cells, mixed": """
资金情况 | 预算 | 执行 | 执行率
年度资金总额 | 1.2亿元+ | 11900万元+ | 99.17%+
其中：中央资金 | 1.1亿元 | 11000万元 | 100%+
地方资金 | 1000万元 | 900万元 | 90%+
其他资金 | 0 | 0 | —
""",
    "notes between rows": """
项目 | 预算（万元） | 决算（万元）
合计 | 90+ | 84+
一、办公 | 30 | 28
说明：本项含邮电 | |
二、差旅 | 60 | 56
""",
    "a list whose total counts it twice by design": """
项目 | 人数
年末实有人数 | 96
在职人员 | 85
退休人员 | 11
其中：党员 | 60
女性 | 40
""",
    "change in words of another pair": """
项目 | 2019年 | 2021年 | 2022年 | 增长率
用电 | 10 | 12 | 15 | 25%
用水 | 4 | 5 | 6 | 20%
""",
    "words where an amount should be": """
项目 | 预算（万元）
路灯 | 详见附表
公厕 | 45.5
合计 | 160
""",
    "remarks behind amounts": """
项目 | 预算（万元） | 执行（万元）
路灯 | 100（含上年结转20） | 90
公厕 | 45.5 | 40.5
合计 | 145.5+ | 130.5+
""",
    "means and changes under the total": """
年度 | 收入 | 支出
合计 | 300+ | 270+
2021年 | 140 | 130
2022年 | 160 | 140
平均 | 150 | 135
增减额 | 20+ | 10+
""",
    "changes without their sign": """
项目 | 2021年决算 | 2022年决算 | 增减额 | 增减率（%）
培训费 | 20 | 15 | 5+ | 25+
会议费 | 8 | 10 | 2+ | 25+
""",
    "rates of two years": """
项目 | 2021年预算 | 2021年执行 | 2021年执行率 | 2022年预算 | 2022年执行 | 2022年执行率
甲 | 200 | 180 | 90%+ | 300 | 285 | 95%+
乙 | 100 | 75 | 75%+ | 120 | 108 | 90%+
""",
    "an outlay shared by merged rows": """
项目 | 内容 | 资金（万元）
渠道 | 清淤 | 120
^ | 衬砌 | ^
泵站 | 更新 | 80
合计 | | 200+
""",
    "codes, years and telephones add to nothing": """
单位 | 成立年份 | 联系电话 | 编制数
甲站 | 1998 | 5550101 | 12
乙站 | 2003 | 5550102 | 9
合计 | | | 21+
""",
    "best and worst of surveys": """
问卷 | 满意数 | 总数 | 满意率
甲区 | 45 | 50 | 90%
乙区 | 38 | 50 | 76%
合计 | 83+ | 100+ | 83%
""",
    "income and outlay of one unit do not make each other": """
项目 | 金额（万元）
本年收入 | 792.22
本年支出 | 799.12
其中：基本支出 | 510
项目支出 | 280
年末结余 | 12.1
""",
    "a head count that takes in the retired": """
人员情况 | 人数
编制人数 | 205
在职 | 113
离休 | 2
退休 | 75
""",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_is_read(name: str) -> None:
    assert judged(LAYOUTS[name]) == []


@pytest.mark.parametrize("name", TRAPS)
def test_right_looking_wrong_is_not_accused(name: str) -> None:
    assert judged(TRAPS[name]) == []


def test_tables_cut_by_a_page_are_one() -> None:
    upper, _ = laid_out("""
单位 | 预算（万元） | 执行（万元）
甲站 | 30.5 | 30.1
乙站 | 41 | 40.2
""")
    lower, _ = laid_out("""
单位 | 预算（万元） | 执行（万元）
丙站 | 22 | 21.4
合计 | 93.5 | 95.7
""")
    lower = Table(tuple(Cell(c.text, replace(c.place, table=2)) for c in lower.cells), 3, 3, Place(table=2))
    report = Report(Document("", "", (upper, lower)))
    found = {f.stated.text: f for f in checks.run(form_totals.find(report)) if isinstance(f.stated, Figure)}
    assert found["93.5"].verdict is Verdict.HOLDS
    assert found["95.7"].verdict is Verdict.BROKEN
    assert (found["95.7"].place.table, found["95.7"].place.row) == (2, 2)


def test_cost_is_linear() -> None:
    lines = ["项目 | 合计 | 基本支出 | 项目支出 | 决算数 | 执行率"]
    lines += [f"单位{n} | {n * 3}.50 | {n}.25 | {n * 2}.25 | {n} | 33.33%" for n in range(3, 3003)]
    lines += [f"合计 | {sum(range(3, 3003)) * 3 + 1500} | | | |"]
    table, _ = laid_out("\n".join(lines))
    start = time.perf_counter()
    assert len(findings(table, "单位：万元")) >= 3000
    assert time.perf_counter() - start < 20
