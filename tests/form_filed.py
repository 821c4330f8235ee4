"""Layouts of forms for test_form_filed, a row a line, cells parted by |; < continues the cell to the left, ^ the one above.

All names and figures are invented. + after a value: read and right; ! : wrong, and must be called so.
"""

FILED = {
    "funds told as amounts and a spending rate, marks in the last columns": """
项目名称 | 堤坝加固 | < | < | < | < | < | <
资金使用情况（万元） | 资金来源 | 预算安排金额 | 实际到位金额 | 实际支出金额 | 支出率 | 分值 | 自评得分
^ | 合计 | 60.00+ | 60.00+ | 54.30+ | 90.50%+ | 20 | 18.1+
^ | 省级财政 | 45.00 | 45.00 | 41.30 | 91.78%+ | / | /
^ | 区级财政 | 15.00 | 15.00 | 13.00 | 86.67%+ | / | /
一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 未达标原因 | 分值 | 自评得分
产出 | 数量 | 加固堤坝 | 3.2公里 | 3.2公里 |  | 45 | 45+
效益 | 满意度 | 村民满意度 | ≥85% | 92% |  | 35 | 35+
总分 | < | < | < | < | < | 100+ | 98.1+
""",
    "marks in names without 分; the total merged over the values": """
一级指标 | 二级指标 | 三级指标 | 权重 | 目标值 | 实际值 | 得分
决策(15)+ | 计划(7)+ | 规划相符 | 3 | 相符 | 相符 | 3
^ | ^ | 目标合理 | 4 | 合理 | 合理 | 4
^ | 编制(8)+ | 编制科学 | 8 | 科学 | 科学 | 7
履职(85)! | 服务(75)+ | 办结件数 | 75 | ≥600件 | 640件 | 75
合计 | < | < | 90+ | < | < | 89+
""",
    "numbers of groups in a column of their own, points added and taken off, another's total": """
序号 | 考核内容 | 分值 | 考核标准 | 自评得分 | 财政核定得分
一 | 基础工作 | 40+ |  | 39+ |
1 | 组织领导 | 15 | 成立小组 | 15 |
2 | 制度建设 | 25 | 出台制度 | 24 |
二 | 目标管理 | 60+ |  | 58! |
1 | 目标编报 | 35 | 及时编报 | 35 |
2 | 监控开展 | 25 | 及时开展 | 24 |
三 | 减分项 |  |  | -1 |
1 | 报送逾期 |  | 每次扣0.5分 | -1 |
合计 | < | 100+ |  | 97+ |
""",
    "a total under every column of marks": """
一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 权重 | 得分 | 复核得分
投入 | 30%+ | 立项 | 30%+ | 立项依据 | 12% | 12 | 10
^ | ^ | ^ | ^ | 立项程序 | 18% | 17 | 17
产出 | 70%+ | 数量 | 70%+ | 完成率 | 70% | 66 | 60
总计 | 100%+ |  | 110%! |  | 100%+ | 95+ | 87+
""",
    "a mark of two decimals far off is misprinted, whatever the reason says of the money": """
项目名称 | < | < | 路面修补 | < | < | < | <
预算执行情况 | 项目 | 全年预算数（A） | 全年执行数（B） | 执行率（B/A） | 分值 | 得分 | 原因
^ | 总额 | 80.00 | 78.40 | 98.00%+ | 10 | 2.85! | 质保金未到期
""",
}
