"""占比 = 部分 ÷ 总数，增长 = (本年 − 上年) ÷ 上年：与“超九成”“近一半”“翻一番”所说的界限相合

“超”“逾”应大于所说的数，“近”应略小于（不低于其八成）或等于，“不足”“不到”应小于，“翻一番”应在90%至110%以上；差两个百分点以内的存疑。

>>> from fusuan.model import Reading
>>> def tried(bound, limit, now, before, measure="share"):
...     figures = [(Figure(f"{n}处", Decimal(n), "处"),) for n in (now, before)]
...     said = Statement("bound", "trend", Words("所说"), (Reading({"now": figures[0], "before": figures[1]}),),
...                      facts={"bound": bound, "limit": limit, "measure": measure})
...     return [f.verdict.value for f in check(said)]
>>> tried(">", "90", 33, 35), tried(">", "90", 31, 35), tried("近", "80", 27, 35), tried("近", "80", 19, 35), tried("<", "50", 18, 35)
(['holds'], ['doubtful'], ['holds'], ['broken'], ['doubtful'])
>>> tried("=", "100", 84, 41, "growth"), tried("=", "100", 60, 41, "growth"), tried(">", "30", 20, 41, "fall")
(['holds'], ['broken'], ['holds'])
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fusuan.checks._say import severity
from fusuan.model import Figure, Finding, Quantity, Statement, Verdict, Words

KINDS = ("bound",)
SLACK = Decimal(2)
"""Percentage points within which what is said may be a rounding."""
_RANGES = {">": ("1", None), "近": ("0.8", "1"), "<": (None, "1"), "=": ("0.9", None)}


def check(statement: Statement) -> Iterator[Finding]:
    words = statement.stated
    if not isinstance(words, Words) or not statement.readings:
        return
    now, before = statement.readings[0]["now"][0], statement.readings[0]["before"][0]
    computed = _computed(now, before, statement.facts["measure"])
    if computed is None:
        return
    verdict = _judged(computed.value, Decimal(statement.facts["limit"]), statement.facts["bound"])
    shown = f"“{words.text}”，按{now.text.strip()}、{before.text.strip()}复算为{computed.value:.1f}%"
    why = "与所说的界限相差不到2个百分点，如为约数则相符" if verdict is Verdict.DOUBTFUL else ""
    yield Finding("bound", "trend", words, verdict, severity(statement, verdict), shown + (f"；{why}" if why else ""), computed,
                  f"{computed.value:.1f}%", why, statement.quote)


def _computed(now: Figure, before: Figure, measure: str) -> Quantity | None:
    part, whole = Quantity.of(now, None, now.scale), Quantity.of(before, None, now.scale)
    if not whole.divides:
        return None
    part = part if measure == "share" else whole - part if measure == "fall" else part - whole
    return (part / whole).percent()


def _judged(value: Decimal, limit: Decimal, bound: str) -> Verdict:
    low, high = (Decimal(end) * limit if end else None for end in _RANGES[bound])
    short = max(low - value if low is not None else Decimal(0), value - high if high is not None else Decimal(0), Decimal(0))
    strict = bound in "><" and value == limit
    return Verdict.BROKEN if short > SLACK else Verdict.DOUBTFUL if short > 0 or strict else Verdict.HOLDS
