"""增长率 = 增减额 ÷ 0，完成率 = 完成数 ÷ 0：基数为0，比率无从计算

增长率一律存疑（有的按100%填写）；预算为0的完成率，写0%、100%的存疑，写其他百分比的不符。

>>> from decimal import Decimal
>>> from fusuan.model import Reading
>>> def tried(of, rate, base):
...     stated, now = Figure(rate + "%", Decimal(rate), "%"), Figure("6万元", Decimal(6), "万元")
...     reading = Reading({"now": (now,), "base": (Figure(base + "万元", Decimal(base), "万元"),)})
...     return [f.verdict.value for f in check(Statement("zero_base", "rate", stated, (reading,), facts={"of": of}))]
>>> tried("growth", "100", "6"), tried("completion", "100", "0"), tried("completion", "82", "0")
(['doubtful'], ['doubtful'], ['broken'])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from fusuan.checks._say import severity
from fusuan.model import Figure, Finding, Quantity, Statement, Verdict

KINDS = ("zero_base",)


def check(statement: Statement) -> Iterator[Finding]:
    stated = statement.stated
    if not isinstance(stated, Figure) or not statement.readings:
        return
    now, base = statement.readings[0]["now"][0], statement.readings[0]["base"][0]
    if statement.facts["of"] == "growth":
        shown = f"{now.text.strip()}全是增加额" if base.value else f"上年为{base.text.strip()}"
        why = f"{shown}，基数为0，增长率无从计算"
        verdict = Verdict.DOUBTFUL
    else:
        why = f"预算为{base.text.strip()}，完成率无从计算"
        verdict = Verdict.DOUBTFUL if stated.value in (0, 100) else Verdict.BROKEN
    whole = Quantity.of(base, None, now.scale)
    change, over = Quantity.of(now, None, now.scale) - whole, replace(whole, tokens=(now, "÷", *whole.tokens))
    yield Finding("zero_base", statement.label, stated, verdict, severity(statement, verdict), f"{stated.name}{stated.text}：{why}",
                  change if statement.facts["of"] == "growth" else over, "无从计算", why if verdict is Verdict.DOUBTFUL else "",
                  statement.quote)
