"""The line of the total under marks, its values in the columns whose sums they are.

>>> from fusuan.patterns.grids.unframed.tokens import Paragraph, Place, tokens
>>> def shown(total, *rows):
...     read = [tuple(None if t.kind == "blank" else t for t in tokens([Paragraph(row, Place())])) for row in rows]
...     roles = ["level", "weight", "deducted", "earned"]
...     return [t.text if t else "_" for t in total_row(tokens([Paragraph(total, Place())]), roles, read)]
>>> shown("合计 100 3.5 96.5", "甲 60 1.5 58.5", "乙 40 2 38")
['合计', '100', '3.5', '96.5']
>>> shown("合计 100 96.5", "甲 60 1.5 58.5", "乙 40 2 38"), shown("合计 96.5", "甲 60 1.5 58.5", "乙 40 2 38")
(['合计', '100', '_', '96.5'], ['合计', '_', '_', '96.5'])
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import regex

from fusuan.patterns.grids.unframed.tokens import NUMBER, Token

_MARKS = ("weight", "deducted", "earned", "review", "coefficient")
_PERCENT = ("rate", "coefficient")
_PLAIN, _RATED = regex.compile(r"T[NB]{1,6}"), regex.compile(r"T(?:[NB]{1,4}Q[NB]{0,4}|[NB]{1,6})")
Cells = Sequence[Token | None]


def shape_of(roles: Sequence[str]) -> regex.Pattern[str]:
    """What the line of a total looks like in letters (T a total, N a mark, Q another value, B a blank): it has a percentage only where
    its rows have one.
    """
    return _RATED if set(_PERCENT) & set(roles) else _PLAIN


def total_row(found: Sequence[Token], roles: Sequence[str], rows: Sequence[Cells]) -> tuple[Token | None, ...]:
    """The name of a total and its values, under the headings of marks: as many as there are, else those whose columns add up to them;
    full mark and mark in order; a single 100 beside a column of full marks is theirs.
    """
    row: list[Token | None] = [None] * len(roles)
    row[roles.index("level")] = found[0]
    rates, values = ([t for t in found[1:] if t.text.endswith("%") is rated] for rated in (True, False))
    for column, token in (*zip(_columns(values, roles, rows), values, strict=False), *zip(_rated(roles), rates, strict=False)):
        row[column] = token
    return tuple(row)


def _rated(roles: Sequence[str]) -> list[int]:
    return [n for n, role in enumerate(roles) if role in _PERCENT]


def _columns(values: Sequence[Token], roles: Sequence[str], rows: Sequence[Cells]) -> Sequence[int]:
    every = [n for n, role in enumerate(roles) if role in _MARKS]
    if len(values) < len(every):
        sums = {n: sum((_number(row[n]) for row in rows), Decimal(0)) for n in every}
        ways = list(combinations(every, len(values)))
        held = [sum(sums[n] == _number(token) for n, token in zip(way, values, strict=True)) for way in ways]
        if max(held) and held.count(max(held)) == 1:
            return ways[held.index(max(held))]
    elif len(values) == len(every):
        return every
    marks = [n for n in every if roles[n] in ("weight", "earned")]
    if len(values) >= len(marks):
        return marks
    full = values[0].text.removesuffix("分") == "100" and "weight" in roles
    return [roles.index("weight" if full or "earned" not in roles else "earned")]


def _number(token: Token | None) -> Decimal:
    match = NUMBER.fullmatch(token.text.removesuffix("分")) if token is not None else None
    return Decimal(match[0].replace(",", "")) if match else Decimal(0)
