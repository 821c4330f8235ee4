"""合计 = 各分项之和

列示分项（其中、包括、分别为、表中合计行）加总后与总数核对；带“等”“主要”的不完全列举不判不符。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._recompute import company, recompute
from fusuan.model import Figure, Finding, Quantity, Reading, Statement, total

KINDS = ("parts",)


def check(statement: Statement) -> Iterator[Finding]:
    yield from recompute(statement, "parts", _sum)


def _sum(_: Statement, stated: Figure, reading: Reading) -> Quantity | None:
    parts, minus = reading["parts"], reading["minus"]
    if not parts or stated.value and len(parts) > 2 and {f.base for f in parts} == {stated.base}:
        return None  # what is the same in every row and in the total is so much for each, and no amount
    among = (stated, *parts, *minus)
    finest = company((stated, *parts), stated.unit)
    exact = stated.decimals >= 2 and stated.decimals == finest
    units = {unit: company(among, unit) for unit in {f.unit for f in among}}
    added = [_added(f, finest if exact else 0, units[f.unit], stated.scale) for f in parts]
    return total([*added, *(-Quantity.of(f, units[f.unit], stated.scale) for f in minus)])


_LARGE = Decimal(10_000)
"""From so many 元 on a whole amount beside others with 角 and 分 may be rounded to the 元."""


def _added(figure: Figure, finest: int, company: int, scale: Decimal) -> Quantity:
    """A whole amount among parts of two decimals, under a total of two decimals, is 30.00 and not some 30 rounded; but
    22,118,861 元 is likely that.
    """
    if not finest or figure.decimals or figure.is_count:
        return Quantity.of(figure, company, scale)
    if figure.unit == "元" and abs(figure.value) >= _LARGE and figure.value % 10:
        return Quantity.of(figure, None, scale)
    return Quantity.of(replace(figure, decimals=finest), company, scale)
