"""The Chinese sentences of findings, and the severity that goes with a verdict."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

from fusuan.model import Figure, Quantity, Severity, Statement, Verdict, plain

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
    return f"{said}，按{computed.shown}复算应为{should}，相差{amount(stated.value - computed.value, stated)}" + (
        f"（可能是{supposition}）" if supposition else "")


def severity(statement: Statement, verdict: Verdict) -> Severity:
    """Marks and totals weigh more than rates; what agrees is information."""
    if verdict not in (Verdict.BROKEN, Verdict.DOUBTFUL):
        return Severity.INFO
    if verdict is Verdict.DOUBTFUL:
        return Severity.LOW
    return Severity.HIGH if statement.label in _SCORES or statement.kind in ("parts", "balance") else Severity.MEDIUM
