"""百分比 × 样本数 = 整数份（人）

问卷 60 份，满意率 98.7%：满意的份数只能是整数，59 ÷ 60 = 98.3%，60 ÷ 60 = 100%，得不出 98.7%。
按人计算时不可能的百分比列为存疑（满意度也可能按分值或加权计算），不判不符。

>>> from decimal import Decimal
>>> from fusuan.model import Reading, Statement
>>> def tried(rate, answers):
...     stated = Figure(rate + "%", Decimal(rate), "%", len(rate.partition(".")[2]))
...     sample = Figure(answers + "份", Decimal(answers), "份")
...     return [f.verdict.value for f in check(Statement("sample", "rate", stated, (Reading({"sample": (sample,)}),)))]
>>> tried("98.7", "60"), tried("98.3", "60"), tried("95", "2000")
(['doubtful'], [], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_FLOOR

from fusuan.checks._say import severity
from fusuan.model import Figure, Finding, Quantity, Statement, Verdict, judge, plain

KINDS = ("sample",)


def check(statement: Statement) -> Iterator[Finding]:
    stated = statement.stated
    if not isinstance(stated, Figure) or not statement.readings or not statement.readings[0]["sample"]:
        return
    sample = statement.readings[0]["sample"][0]
    if not 0 < sample.value < 10_000 or not 0 <= stated.value <= 100:
        return
    below = (stated.value * sample.value / 100).to_integral_value(ROUND_FLOOR)
    tries = [(Quantity.constant(whole) / Quantity.of(sample)).percent() for whole in (below, below + 1)]
    if any(judge(stated, computed)[0] in (Verdict.HOLDS, Verdict.TRUNCATED) for computed in tries):
        return
    supposition = (f"{sample.text}中按{plain(below)}计为{_rate(tries[0], stated)}、按{plain(below + 1)}计为{_rate(tries[1], stated)}，"
                   f"按份数（人数）得不出{stated.text}，如按分值或加权计算请核实")
    yield Finding("sample", statement.label, stated, Verdict.DOUBTFUL, severity(statement, Verdict.DOUBTFUL),
                  f"{stated.name}{stated.text}：{supposition}", tries[0], supposition=supposition, quote=statement.quote)


def _rate(computed: Quantity, stated: Figure) -> str:
    return f"{round(computed.value, stated.decimals + 1)}%"
