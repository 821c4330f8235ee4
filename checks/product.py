"""金额 = 数量 × 单价（标准）；人均 = 金额 ÷ 人数

发放人数、户数、月数与标准相乘得总额；总额除以数量得人均、户均、车均；按比例提取的，基数乘比例。金额单位（元、万元）自动换算，
几组数量与标准先乘后加。

>>> from fusuan.model import Place, Reading, Statement
>>> def tried(total, unit, *factors):
...     figures = tuple(Figure(n + u, Decimal(n), u, len(n.partition(".")[2])) for n, u in factors)
...     stated = Figure(total + unit, Decimal(total), unit, len(total.partition(".")[2]))
...     return [f.verdict.value for f in check(Statement("product", "sum", stated, (Reading({"factors": figures}),)))]
>>> tried("6.3", "万元", ("63", "人"), ("1000", "元")), tried("63", "万元", ("63", "人"), ("1000", "元"))
(['holds'], ['broken'])
>>> tried("2.8", "万元", ("14", "万元"), ("20", "%")), tried("28.6", "万人次", ("330", "天"), ("867", "人次"))
(['holds'], ['holds'])
>>> tried("276", "万元", ("17.25", "万亩"), ("16", "元/亩")), tried("0.06", "万元/人", ("3", "元/人"), ("200", "次"))
(['holds'], ['holds'])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import mul

from fusuan.checks._recompute import recompute
from fusuan.model import Figure, Finding, Quantity, Range, Reading, Statement, Verdict, total

KINDS = ("product",)


def check(statement: Statement) -> Iterator[Finding]:
    yield from (found for found in recompute(statement, "product", _product) if found.verdict is not Verdict.BROKEN or not _capped(statement))


def _capped(statement: Statement) -> bool:
    """Tell whether a product comes out with no more than 100 %: 30分 of 30 are earned for 102.42 %.

    >>> rate, full = Figure("102.42%", Decimal("102.42"), "%", 2), Figure("30", Decimal(30))
    >>> [_capped(Statement("product", "sum", Figure(n, Decimal(n)), (Reading({"factors": (rate, full)}),))) for n in ("30", "29")]
    [True, False]
    """
    over = [f for f in statement.figures[1:] if f.unit == "%" and f.value > 100]
    capped = statement.changed(lambda f: replace(f, value=Decimal(100)) if f in over else f)
    return bool(over) and any(found.agrees for found in recompute(capped, "product", _product))


def _product(statement: Statement, stated: Figure, reading: Reading) -> Quantity | None:
    """The product of the factors (each group of them added up) and dividends, over the divisors.

    A standard or a percentage printed whole is what it says: 每人5元 is not 5.4元 rounded. `times`: a number the columns imply, such as
    the months of a year. `over`: the dividends are added up, and so many shared out to.
    """
    if over := statement.facts.get("over"):
        return total(_taken(stated, f) for f in reading["dividend"]) / Quantity.constant(Decimal(over))
    groups = [figures for role, figures in reading.roles.items() if role.startswith("factors")]
    products = [_times(stated, figures) for figures in groups or [reading["dividend"]] if figures]
    if not products:
        return None
    result = products[0] if len(products) == 1 else total(products)
    for figure in reading["divisors"]:
        by = _taken(stated, figure)
        if not by.divides:
            return None
        result = result / by
    if times := statement.facts.get("times"):
        result = result * Quantity.constant(Decimal(times))
    return result if _money(stated) or stated.scale == 1 else result / Quantity.constant(stated.scale)


def _times(stated: Figure, figures: Sequence[Figure]) -> Quantity:
    taken = [_exact(_taken(stated, f)) if f.decimals == 0 and len(figures) > 1 else _taken(stated, f) for f in figures]
    return reduce(mul, taken)


def _exact(taken: Quantity) -> Quantity:
    point = Range(taken.value, taken.value)
    return replace(taken, near=point, far=point)


def _taken(stated: Figure, figure: Figure) -> Quantity:
    """Money in the unit stated, a percentage as a fraction, 24.5万人 as 245000 people."""
    if _money(figure):
        return Quantity.of(figure, scale=stated.scale)
    if figure.unit == "%":
        return Quantity.of(figure) / Quantity.constant(Decimal(100))
    return Quantity.of(figure)


def _money(figure: Figure) -> bool:
    """Tell whether a figure is an amount of money, or a price: 16元/亩."""
    return figure.dimension == "money" or figure.dimension.startswith("元/")
