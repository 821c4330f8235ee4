"""The Chinese sentences of findings, and the severity that goes with a verdict."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from fusuan.model import Figure, Finding, Quantity, Severity, Statement, Verdict, Words, plain

_ONE_DIGIT = "一位数字有误"
_SCORES = ("score_rate", "score_sum", "score_cap", "score_rule", "weight_sum", "grade")


def amount(value: Decimal, stated: Figure) -> str:
    """Write a recomputed value with the stated unit, one digit finer than stated where it does not come out even.

    >>> amount(Decimal("31.6712"), Figure("31.76%", Decimal("31.76"), "%", 2))
    '31.671%'
    >>> amount(Decimal(10) ** 45, Figure("1元", Decimal(1), "元"))[:4]
    '1000'
    """
    with localcontext() as context:
        # a code of forty digits taken for a figure must not stop the report
        context.prec = max(40, value.adjusted() + stated.decimals + 4)
        rounded = value.quantize(Decimal(1).scaleb(-stated.decimals - 1), ROUND_HALF_UP)
        exact = rounded.quantize(Decimal(1).scaleb(-stated.decimals), ROUND_HALF_UP)
    return plain(exact if exact == rounded else rounded) + stated.unit


def gap(value: Decimal, stated: Figure) -> str:
    """Write a difference: of two percentages it is told in points.

    >>> gap(Decimal("-1.8"), Figure("95.7%", Decimal("95.7"), "%", 1))
    '-1.8个百分点'
    """
    return amount(value, replace(stated, unit="个百分点") if stated.unit == "%" else stated)


def message(stated: Figure, computed: Quantity, verdict: Verdict, supposition: str) -> str:
    """Say in one sentence what was found."""
    said = f"{stated.name}{stated.text}" if stated.name else stated.text
    should = amount(computed.value, stated)
    if verdict is Verdict.HOLDS:
        return f"{said}与复算相符"
    if verdict is Verdict.ROUNDING:
        return f"{said}，复算{should}，差额在四舍五入的尾差之内"
    if verdict is Verdict.TRUNCATED:
        return f"{said}，复算{should}，系截位而非四舍五入"
    if verdict is Verdict.DOUBTFUL:
        return f"{said}，复算{should}；{supposition}"
    return f"{said}，按{computed.shown}复算应为{should}，相差{gap(stated.value - computed.value, stated)}" + (
        f"（可能是{supposition}）" if supposition else "")


def severity(statement: Statement, verdict: Verdict) -> Severity:
    """Marks and totals weigh more than rates; what agrees is information."""
    if verdict not in (Verdict.BROKEN, Verdict.DOUBTFUL):
        return Severity.INFO
    if verdict is Verdict.DOUBTFUL:
        return Severity.LOW
    return Severity.HIGH if statement.label in _SCORES or statement.kind in ("parts", "balance") else Severity.MEDIUM


def telling(finding: Finding) -> Finding:
    """Return it without a slip that says nothing: of one or two digits, one is always wrong.

    >>> stated = Figure("13分", Decimal(13), "分")
    >>> said = Finding("marks", "score_sum", stated, Verdict.BROKEN, Severity.HIGH, "得13分，应为17分（可能是一位数字有误）", supposition="一位数字有误")
    >>> telling(said).message, telling(said).supposition
    ('得13分，应为17分', '')
    """
    stated = finding.stated
    if finding.verdict is not Verdict.BROKEN or finding.supposition != _ONE_DIGIT or isinstance(stated, Words) \
            or len(plain(abs(stated.value)).replace(".", "").lstrip("0")) > 2:
        return finding
    said = finding.message.replace(f"（可能是{_ONE_DIGIT}）", "").replace(f"（{_ONE_DIGIT}）", "")
    return replace(finding, supposition="", message=said)
