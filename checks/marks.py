"""合计（分值、得分）= 各项之和

分值：下级相加等于上级，各组与资金块相加等于总分；得分：各项得分相加等于小计、总分。表格不全时只核上限或作提示。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._doubt import doubted, to_the_whole
from fusuan.checks._recompute import recompute
from fusuan.model import Figure, Finding, Quantity, Reading, Severity, Statement, Verdict, plain, total

KINDS = ("marks",)


def check(statement: Statement) -> Iterator[Finding]:
    bound, doubt = statement.facts.get("bound", ""), statement.facts.get("doubt", "")
    for finding in recompute(statement, "marks", _sum):
        if bound:
            finding = _bounded(finding, bound)
        else:
            finding = to_the_whole(finding)
        yield doubted(finding if finding.agrees else replace(finding, verdict=Verdict.BROKEN), doubt) if doubt else finding


def _sum(statement: Statement, stated: Figure, reading: Reading) -> Quantity | None:
    whole = statement.facts.get("whole", "")
    if not reading["parts"] and not whole:
        return None
    parts = [Quantity.of(figure) for figure in reading["parts"]]
    minus = [-Quantity.of(figure) for figure in reading["minus"]]
    if whole:
        pairs = (q for pair in zip(minus, parts, strict=True) for q in pair) if minus else parts
        return total([Quantity.constant(Decimal(whole)), *pairs])
    return total([*parts, *minus])


def _bounded(finding: Finding, bound: str) -> Finding:
    """Hold a total against a bound: at most what is left after the losses in sight, at least what was earned in sight."""
    stated = finding.stated
    if not isinstance(stated, Figure) or finding.computed is None or finding.agrees:
        return finding
    value = finding.computed.value
    if (bound == "at most" and stated.value <= value) or (bound == "at least" and stated.value >= value):
        word = "不超过" if bound == "at most" else "不低于"
        return replace(finding, verdict=Verdict.HOLDS, severity=Severity.INFO, supposition="",
                       message=f"{stated.name}{stated.text}{word}按表中所列计算的{plain(value)}")
    return finding
