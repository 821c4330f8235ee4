"""同一数字多处表述一致（正文之间、文表之间、大写与小写、元与万元）

名称、年度、口径相同的两处；位数少的一处是另一处四舍五入或截位的，视为一致。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._say import gap, severity
from fusuan.checks._slip import explained
from fusuan.model import Figure, Finding, Quantity, Range, Statement, Verdict, judge

KINDS = ("mention",)


def check(statement: Statement) -> Iterator[Finding]:
    """Hold a figure against the same quantity stated elsewhere (role `other`), in the stated unit."""
    stated = statement.stated
    if not isinstance(stated, Figure) or not statement.readings:
        return
    other = statement.readings[0]["other"][0]
    computed = _other(stated, other)
    verdict, supposition = judge(stated, computed)
    if verdict is Verdict.BROKEN and _step(other) > _step(stated) and not other.is_count:  # 3.41亿元 of 341,872,400元: cut, not rounded
        verdict, supposition = judge(other, Quantity.of(stated, None, other.scale))
    if verdict is Verdict.BROKEN:
        supposition = explained(stated, computed)
        if statement.facts.get("doubt"):
            verdict, supposition = Verdict.DOUBTFUL, statement.facts["doubt"]
    yield Finding("mention", statement.label, stated, verdict, severity(statement, verdict),
                  _message(stated, other, computed, verdict, supposition), computed, supposition=supposition,
                  quote=statement.quote)


def _step(figure: Figure) -> Decimal:
    """What one of its last printed digit is worth."""
    return figure.scale.scaleb(-figure.decimals)


def _other(stated: Figure, other: Figure) -> Quantity:
    """The other figure in the stated unit: exact, unless it is the coarser of the two."""
    quantity = Quantity.of(other, None, stated.scale)
    if _step(other) > _step(stated):
        return quantity
    point = Range(quantity.value, quantity.value)
    return replace(quantity, near=point, far=point)


def _message(stated: Figure, other: Figure, computed: Quantity, verdict: Verdict, supposition: str) -> str:
    said, there = f"{stated.name}{stated.text.strip()}", f"{other.place}的{other.text.strip()}"
    if verdict in (Verdict.HOLDS, Verdict.ROUNDING, Verdict.TRUNCATED):
        return f"{said}与{there}一致"
    return f"{said}与{there}不一致，相差{gap(stated.value - computed.value, stated)}" + (f"（{supposition}）" if supposition else "")
