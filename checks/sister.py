"""两张表同一项目的数一致

各表自行四舍五入造成的末位差（不超过末位两个单位）为尾差。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fusuan.checks._say import gap, severity
from fusuan.checks._slip import explained
from fusuan.model import Figure, Finding, Quantity, Statement, Verdict, judge, total

KINDS = ("sister",)
_TAIL = 2
"""So many units of the last printed digit two tables may differ by rounding each for itself."""


def check(statement: Statement) -> Iterator[Finding]:
    """Hold a figure against the same item of another table (role `other`), in the stated unit."""
    stated = statement.stated
    if not isinstance(stated, Figure) or not statement.readings:
        return
    others = statement.readings[0]["other"]
    computed = total([Quantity.of(other, None, stated.scale) for other in others])
    verdict, supposition = judge(stated, computed)
    step = max(f.scale.scaleb(-f.decimals) for f in (stated, *others))
    if verdict in (Verdict.BROKEN, Verdict.DOUBTFUL) and abs(stated.value - computed.value) * stated.scale <= _TAIL * step:
        verdict, supposition = Verdict.ROUNDING, ""
    elif verdict is Verdict.BROKEN:
        supposition = explained(stated, computed)
        if doubt := statement.facts.get("doubt"):
            verdict, supposition = Verdict.DOUBTFUL, doubt
    yield Finding("sister", statement.label, stated, verdict, severity(statement, verdict),
                  _message(stated, others, computed, verdict, supposition), computed, supposition=supposition, quote=statement.quote)


def _message(stated: Figure, others: Sequence[Figure], computed: Quantity, verdict: Verdict, supposition: str) -> str:
    said, there = f"{stated.name}{stated.text.strip()}", "、".join(f"{f.place}的{f.text.strip()}" for f in others)
    there += "之和" if len(others) > 1 else ""
    if verdict in (Verdict.HOLDS, Verdict.ROUNDING, Verdict.TRUNCATED):
        return f"{said}与{there}一致"
    return f"{said}与{there}不一致，相差{gap(stated.value - computed.value, stated)}" + (f"（{supposition}）" if supposition else "")
