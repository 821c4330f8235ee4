"""增减额 = 本期数 − 上期数；增减率 = 增减额 ÷ 上期数

同比、比上年、比预算的增减：上期数未印出时由本期数与增减额倒推；百分点为两率之差。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from checks._recompute import recompute, taken
from checks.rate import in_percent
from model import Figure, Finding, Quantity, Reading, Statement, total

KINDS = ("change",)


def check(statement: Statement) -> Iterator[Finding]:
    stated = statement.stated
    if isinstance(stated, Figure) and stated.dimension == "rate" and stated.unit != "%":
        statement = replace(statement, stated=in_percent(stated))
    yield from recompute(statement, "change", _change)


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
        return _growth(among, reading, falls)
    if not now or not before:
        return None
    scale = stated.scale
    later, earlier = total(taken(f, among, scale) for f in now), total(taken(f, among, scale) for f in before)
    return earlier - later if falls else later - earlier


def _growth(among: tuple[Figure, ...], reading: Reading, falls: bool) -> Quantity | None:
    unit = next(f for f in among[1:]).scale
    now, before, amount = ([taken(f, among, unit) for f in reading[role]] for role in ("now", "before", "amount"))
    if before:
        base = total(before)
        change = total(amount) if amount else (base - total(now) if falls else total(now) - base)
    elif now and amount:
        change = total(amount)
        base = total(now) + change if falls else total(now) - change
    else:
        return None
    return (change / base).percent() if base.divides else None
