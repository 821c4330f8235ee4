"""增减方向与数字一致：说“增加”则本期数 > 对比数，说“减少”则小于，“控制在预算内”则不大于

只核对方向，不核对多少；“基本持平”允许相差百分之五。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fusuan.checks._say import severity
from fusuan.model import Figure, Finding, Quantity, Statement, Verdict, Words

KINDS = ("trend",)
LEVEL = Decimal("0.05")
"""How far two amounts may be apart and still be called 基本持平."""
_SAYS = {"+": "大于", "-": "小于", "=": "等于", "≤": "不大于"}


def check(statement: Statement) -> Iterator[Finding]:
    """Yield whether the direction said fits the figures: broken only where it fits no reading."""
    words, direction = statement.stated, statement.facts["direction"]
    pairs = [(r["now"][0], r["before"][0]) for r in statement.readings if r["now"] and r["before"]]
    if not isinstance(words, Words) or not pairs:
        return
    fitting = [pair for pair in pairs if _fits(direction, *pair)]
    now, before = (fitting or pairs)[0]
    verdict = Verdict.HOLDS if fitting else Verdict.BROKEN
    supposition = ""
    if not fitting and statement.guess:
        verdict, supposition = Verdict.DOUBTFUL, "如所指的不是这两个数，则可能相符"
    said = f"“{words.text}”" + ("与" if fitting else "，但") + f"{now.text.strip()}"
    message = said + (f"、{before.text.strip()}相符" if fitting else f"并不{_SAYS[direction]}{before.text.strip()}")
    yield Finding("trend", "trend", words, verdict, severity(statement, verdict), message,
                  Quantity.of(now, None, now.scale) - Quantity.of(before, None, now.scale), _expected(now, before),
                  supposition, statement.quote)


def _fits(direction: str, now: Figure, before: Figure) -> bool:
    a, b = now.base, before.base
    if direction == "=":
        return abs(a - b) <= LEVEL * abs(b)
    return {"+": a > b, "-": a < b, "≤": a <= b}[direction]


def _expected(now: Figure, before: Figure) -> str:
    return "增加" if now.base > before.base else "减少" if now.base < before.base else "持平"
