"""金额 = 数量 × 单价（标准）；人均 = 金额 ÷ 人数

发放人数、户数、月数与标准相乘得总额；总额除以数量得人均、户均、车均。金额单位（元、万元）自动换算。

>>> from model import Place, Reading, Statement
>>> def tried(total, unit, *factors):
...     figures = tuple(Figure(n + u, Decimal(n), u, len(n.partition(".")[2])) for n, u in factors)
...     stated = Figure(total + unit, Decimal(total), unit, len(total.partition(".")[2]))
...     return [f.verdict.value for f in check(Statement("product", "sum", stated, (Reading({"factors": figures}),)))]
>>> tried("6.3", "万元", ("63", "人"), ("1000", "元")), tried("63", "万元", ("63", "人"), ("1000", "元"))
(['holds'], ['broken'])
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from checks._recompute import recompute
from model import Figure, Finding, Quantity, Reading, Statement

KINDS = ("product",)


def check(statement: Statement) -> Iterator[Finding]:
    yield from recompute(statement, "product", _product)


def _product(_: Statement, stated: Figure, reading: Reading) -> Quantity | None:
    factors, dividend, divisors = reading["factors"], reading["dividend"], reading["divisors"]
    result: Quantity | None = None
    for figure in (*factors, *dividend):
        taken = Quantity.of(figure, scale=stated.scale) if figure.dimension == "money" else _counted(figure)
        result = taken if result is None else result * taken
    for figure in divisors:
        by = _counted(figure)
        if result is None or not by.divides:
            return None
        result = result / by
    return result


def _counted(figure: Figure) -> Quantity:
    """So many people, households, 亩: 24.5万人 is 245000."""
    many = figure.unit[:1] == "万" and len(figure.unit) > 1
    return Quantity.of(figure) * Quantity.constant(Decimal(10_000)) if many else Quantity.of(figure)
