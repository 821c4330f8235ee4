"""比率 = 分子 ÷ 分母 × 100%

执行率、完成率、到位率、控制率、占比等：以文中或表中给出的分子、分母复算。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._doubt import doubted
from fusuan.checks._recompute import recompute, taken
from fusuan.model import Figure, Finding, Quantity, Reading, Statement, Verdict, judge, total

KINDS = ("rate",)


def check(statement: Statement) -> Iterator[Finding]:
    if isinstance(statement.stated, Figure):
        statement = replace(statement, stated=in_percent(statement.stated, statement.facts.get("as", "")))
    for finding in recompute(statement, "rate", _ratio):
        yield _to_hundred(finding) if statement.facts.get("hundred") else finding


def _to_hundred(finding: Finding) -> Finding:
    """A share one last digit off among shares that come to 100% may have been set so that they do."""
    stated, gap = finding.stated, finding.difference
    if not isinstance(stated, Figure) or gap is None or abs(gap) >= Decimal("1.5").scaleb(-stated.decimals):
        return finding
    return doubted(finding, "如为使各项占比合计为100%而调整末位，则相符")


def in_percent(stated: Figure, written: str = "") -> Figure:
    """Return a rate in percent however it was written; a bare number up to 2 is a fraction unless `written` tells.

    >>> from decimal import Decimal
    >>> in_percent(Figure("0.8943", Decimal("0.8943"), "", 4)).value, in_percent(Figure("76", Decimal(76), "")).value
    (Decimal('89.43'), Decimal('76'))
    """
    if stated.unit in ("%", "个百分点"):
        return stated
    if stated.unit in ("‰", "倍", "成"):
        return replace(stated, value=stated.base, unit="%", decimals=max(0, stated.decimals + {"‰": 1, "倍": -2, "成": -1}[stated.unit]))
    if written == "fraction" or (written != "percent" and abs(stated.value) <= 2):
        return replace(stated, value=stated.value.scaleb(2), unit="%", decimals=max(0, stated.decimals - 2))
    return replace(stated, unit="%")


def _ratio(_: Statement, stated: Figure, reading: Reading) -> Quantity | None:
    above, below = reading["numerator"], reading["denominator"]
    if not above or not below:
        return None
    among = (*above, *below, *reading["minus_numerator"], *reading["minus_denominator"])
    scale = above[0].scale
    top = total([*(taken(f, among, scale) for f in above), *(-taken(f, among, scale) for f in reading["minus_numerator"])])
    base = total([*(taken(f, among, scale) for f in below), *(-taken(f, among, scale) for f in reading["minus_denominator"])])
    if not base.divides:
        # nothing of nothing is written 0 or 100%, as the form's habit is: neither is wrong
        return Quantity.constant(stated.value, plain_zero(stated)) if not top.value and stated.value in (0, 100) and not base.value else None
    return of_a_loss(stated, (top / base).percent(), base)


def of_a_loss(stated: Figure, rate: Quantity, base: Quantity) -> Quantity:
    """A rate of what is negative as it is meant: of its amount where that comes out (from -142.30 to -186.50 it fell by 31.06 %, though
    they divide to +31.06).

    >>> stated, base = (Quantity.of(Figure(n, Decimal(n), "", 2)) for n in ("31.06", "-142.30"))
    >>> [str(of_a_loss(Figure(n, Decimal(n), "%", 2), stated, base).value) for n in ("-31.06", "31.06", "-30.06")]
    ['-31.06', '31.06', '31.06']
    """
    return -rate if base.value < 0 and judge(stated, -rate)[0] is not Verdict.BROKEN else rate


def plain_zero(stated: Figure) -> str:
    return f"0 ÷ 0（按{stated.text.strip()}填列）"
