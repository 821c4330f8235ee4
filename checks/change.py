"""增减额 = 本期数 − 上期数；增减率 = 增减额 ÷ 上期数

同比、比上年、比预算的增减：上期数未印出时由本期数与增减额倒推；百分点为两率之差。
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._recompute import recompute, taken
from fusuan.checks.rate import in_percent, of_a_loss
from fusuan.model import Figure, Finding, Quantity, Range, Reading, Statement, Verdict, judge, total

KINDS = ("change",)


def check(statement: Statement) -> Iterator[Finding]:
    stated = statement.stated
    if isinstance(stated, Figure) and stated.dimension == "rate" and stated.unit != "%":
        statement = replace(statement, stated=in_percent(stated))
    for finding in recompute(statement, "change", _change):
        unsigned = finding.verdict is Verdict.BROKEN and statement.facts.get("unsigned") and finding.computed is not None
        lost = unsigned and finding.computed is not None and isinstance(finding.stated, Figure) \
            and judge(finding.stated, -finding.computed)[0] is not Verdict.BROKEN
        yield finding.doubted("变动率没有写出正负，如为下降则相符") if lost else finding


def _change(statement: Statement, stated: Figure, reading: Reading) -> Quantity | None:
    now, before, amount = reading["now"], reading["before"], reading["amount"]
    falls = statement.facts.get("direction") == "-"
    among = (stated, *now, *before, *amount)
    if stated.dimension == "points":
        if not now or not before:
            return None
        first, second = (taken(in_percent(f[0]), among, stated.scale) for f in (now, before))
        return second - first if falls else first - second
    if stated.dimension == "rate":
        growth = _growth(stated, among, reading, falls)
        return -growth if growth is not None and statement.facts.get("turned") else growth
    if not now or not before:
        return None
    scale = stated.scale
    later, earlier = total(taken(f, among, scale) for f in now), total(taken(f, among, scale) for f in before)
    return earlier - later if falls else later - earlier


def _growth(stated: Figure, among: tuple[Figure, ...], reading: Reading, falls: bool) -> Quantity | None:
    unit = next(f for f in among[1:]).scale
    now, before, amount = ([taken(f, among, unit) for f in reading[role]] for role in ("now", "before", "amount"))
    sign = Decimal(-1 if falls else 1)
    if before and amount:
        parts, base, rate = (total(amount), total(before)), total(before), lambda c, b: c / b
        change = total(amount)
    elif before and now:
        parts, base, rate = (total(now), total(before)), total(before), lambda n, b: sign * (n / b - 1)
        change = base - total(now) if falls else total(now) - base
    elif now and amount:
        change = total(amount)
        base = total(now) + change if falls else total(now) - change
        parts, rate = (change, total(now)), lambda c, n: c / (n - sign * c)
    else:
        return None
    if not base.divides:
        return None
    return of_a_loss(stated, _tightened((change / base).percent(), parts, rate), base)


def _tightened(computed: Quantity, parts: tuple[Quantity, Quantity], rate: Callable[[Decimal, Decimal], Decimal]) -> Quantity:
    """The change and its base share their figures: the rate ranges over the corners of those, not of the two apart."""
    ranges = []
    for first, second in ((parts[0].near, parts[1].near), (parts[0].far, parts[1].far)):
        values = [rate(a, b) * 100 for a in first for b in second]
        ranges.append(Range(min(values), max(values)))
    return replace(computed, near=ranges[0], far=ranges[1])
