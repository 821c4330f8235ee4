"""A rate that is given, not made: of base, rate and amount in this order in one row or column, the amount is what the other two make.

权重 | 得分率 | 得分, 核定资金 | 分配比例 | 下达资金: whoever fills in such a row multiplies, and what stands last is the result. Where the rate
was made of the amounts and rounded, the product does not come out and the rate stays what is stated.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from fusuan.model import Figure, Reading, Statement
from fusuan.model.slip import misprinted


def by_given_rate(statement: Statement) -> Statement:
    """The rate of a row or column as the amount that it makes of its base, where it stands between them.

    >>> from fusuan.model import Place
    >>> def tried(*row):
    ...     base, rate, part = (Figure(t, Decimal(t.rstrip("%")), "%" * t.endswith("%"), len(t.rstrip("%").partition(".")[2]), Place(table=1, row=1, column=n))
    ...                         for n, t in enumerate(row))
    ...     s = by_given_rate(Statement("rate", "rate", rate, (Reading({"numerator": (part,), "denominator": (base,)}),)))
    ...     return s.kind, s.stated.text, [f.text for f in s.figures[1:]]
    >>> tried("25", "88.4%", "22.1"), tried("25", "88.4%", "22.7")
    (('product', '22.1', ['25', '88.4%']), ('product', '22.7', ['25', '88.4%']))

    A rate that was rounded, also where the amount looks misprinted beside it, and a misprinted one:

    >>> tried("356", "62%", "221.3"), tried("1234", "67%", "823"), tried("25", "38.4%", "22.1")
    (('rate', '62%', ['221.3', '356']), ('rate', '67%', ['823', '1234']), ('rate', '38.4%', ['22.1', '25']))
    """
    made = _made(statement)
    if made is None or not isinstance(statement.stated, Figure):
        return statement
    base, part = made
    rate, hundred = statement.stated, Decimal(100) * part.scale
    value = base.base * rate.value / hundred
    rounded = not base.base or _within(rate, part.value * hundred / base.base)
    if not _within(part, value) and (rounded or not misprinted(part.value, value, part.decimals)):
        return statement
    return replace(statement, kind="product", stated=part, readings=(Reading({"factors": (base, rate)}),))


def _within(figure: Figure, value: Decimal) -> bool:
    """Tell whether a value is printed as this figure."""
    return abs(value - figure.value) <= Decimal(5).scaleb(-figure.decimals - 1)


def _made(statement: Statement) -> tuple[Figure, Figure] | None:
    """The base and the part of a rate that stands between them."""
    if statement.kind != "rate" or len(statement.readings) != 1 or statement.facts.keys() & {"hundred", "as"}:
        return None
    roles = statement.readings[0].roles
    if set(roles) != {"numerator", "denominator"} or any(len(figures) != 1 for figures in roles.values()):
        return None
    (part,), (base,), rate = roles["numerator"], roles["denominator"], statement.stated
    if not isinstance(rate, Figure) or rate.unit != "%" or part.dimension != base.dimension and part.unit and base.unit:
        return None
    if not (part.unit and base.unit):
        # a heading may print no unit beside one that does
        part, base = replace(part, unit=""), replace(base, unit="")
    rows, columns = ([n for f in (base, rate, part) if (n := getattr(f.place, side)) is not None] for side in ("row", "column"))
    if len({f.place.table for f in (base, rate, part)}) > 1 or len(rows) < 3 or len(columns) < 3:
        return None
    apart = [line for line in (rows, columns) if len(set(line)) > 1]
    return (base, part) if len(apart) == 1 and apart[0][0] < apart[0][1] < apart[0][2] else None
