"""Rows that are made of rows above them by their names: 收支结余 = 收入 − 支出 (the words stand in `cues/amounts.toml`), and stocks rolled
forward: 上年末余额 + 发行 − 还本 = 年末余额; 上年末限额 + 新增限额 = 年末限额.

The tables of government debt (预算法实施条例; 地方政府债务信息公开办法) have stocks in rows, one column a basis.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns.amounts.claims import Sum, alike, balances, settle
from fusuan.patterns.amounts.outline import Node, outline
from fusuan.patterns.cues.amounts import bears, kind_of, words
from fusuan.patterns.cues.binding import year
from fusuan.patterns.grids.grid import Column, Section, by_labels

Made = tuple[Node, tuple[Node, ...], tuple[Node, ...]]
"""A row, the rows added and the rows taken away."""
_END = regex.compile(r"年末|年底|期末|末")
_ANY = regex.compile(r"余额|限额")
_THIS = regex.compile(r"本年|当年|今年")
_TALL = 80
"""Longer tables list debts one by one."""


def lines(section: Section) -> Iterator[Statement]:
    """Yield what the rows that others make state, column by column: a guess unless columns prove it."""
    amounts = [c for c in section.columns if c.labels and kind_of(c.last) == "amount" and c.unit not in ("%", "‰")]
    for columns in by_labels(amounts):
        for made in _made(outline(section, columns[0])):
            yield from settle([each for column in columns if (each := _sum(section, column, made)) is not None], False, False, "balance")


def _made(nodes: Sequence[Node]) -> Iterator[Made]:
    for rule in words()["line"]:
        last: dict[str, Node] = {}
        for node in nodes:
            if bears(rule["total"], node.name):
                if (made := _parts(rule, node, last)) is not None:
                    yield made
                continue
            for word in (*rule["plus"], *rule["minus"]):
                if bears(word, node.name):
                    last[word] = node


def _parts(rule: dict[str, Any], node: Node, last: dict[str, Node]) -> Made | None:
    """The rows that a row is made of, where all are there, in its group and on its level."""
    plus, minus = ([last[word] for word in rule[side] if word in last] for side in ("plus", "minus"))
    whole = len(plus) == len(rule["plus"]) and len(minus) == len(rule["minus"])
    level = all(other.group == node.group and other.label.grade == node.label.grade for other in (*plus, *minus))
    return (node, tuple(plus), tuple(minus)) if whole and level else None


def _sum(section: Section, column: Column, made: Made) -> Sum | None:
    node, plus, minus = made
    stated = section.value(node.row, column)
    added, taken = ([section.value(other.row, column) for other in side] for side in (plus, minus))
    figures = [f for f in (*added, *taken) if f is not None]
    if stated is None or stated.dimension == "rate" or len(figures) < len(plus) + len(minus) or not alike(stated, figures):
        return None
    return Sum(stated, ((tuple(figures[:len(plus)]), tuple(figures[len(plus):])),), section.quote(node.row))


@dataclass(frozen=True)
class Stock:
    """What the amounts of one kind at two ends of a year differ by: words for what comes and what goes."""

    name: regex.Pattern[str]
    comes: regex.Pattern[str]
    goes: regex.Pattern[str]


_STOCKS = (Stock(regex.compile(r"余额(?!.*限额)"), regex.compile(r"发行|举借|借入|新增(?!.*限额)"), regex.compile(r"还本|偿还|归还")),
           Stock(regex.compile(r"限额"), regex.compile(r"新增.*限额|限额.*新增|调增"), regex.compile(r"调减|收回")))


@dataclass(frozen=True, slots=True)
class _Row:
    at: int
    name: str


def rolled(section: Section) -> Iterator[Statement]:
    """Yield the stocks at the end of a year that a column rolls forward from the year before."""
    columns = [c for c in section.columns if c.labels and kind_of(c.last) == "amount"]
    if not columns or len(section.body) > _TALL:
        return
    rows = [_Row(n.row, n.label.text) for n in outline(section, columns[0]) if n.parent is None and n.label.text]
    if sum(bool(_ANY.search(row.name)) for row in rows) < 2:
        return
    for stock in _STOCKS:
        for opening, between, closing in _years(stock, rows):
            yield from _down(section, columns, stock, (opening, *between, closing))


def _years(stock: Stock, rows: Sequence[_Row]) -> Iterator[tuple[_Row, list[_Row], _Row]]:
    """Each stock at the end of a year, with the one of the year before and the rows between them."""
    ends = [n for n, row in enumerate(rows) if stock.name.search(row.name) and _END.search(row.name) and not stock.comes.search(row.name)]
    for first, last in zip(ends, ends[1:], strict=False):
        if _next_year(rows[first].name, rows[last].name) and _kind(rows[first].name) == _kind(rows[last].name):
            yield rows[first], list(rows[first + 1:last]), rows[last]


def _next_year(first: str, last: str) -> bool:
    """Tell whether two names speak of years one after the other: 2021年末 and 2022年末, 上年末 and 本年末."""
    return year(last) - year(first) == 1 and (year(first) > 0 or bool(_THIS.search(last)))


def _kind(name: str) -> str:
    return next((word for word in ("一般", "专项") if word in name), "")


def _down(section: Section, columns: Sequence[Column], stock: Stock, rows: Sequence[_Row]) -> Iterator[Statement]:
    found: list[tuple[Figure, Reading, str]] = []
    for column in columns:
        opening, closing = section.value(rows[0].at, column), section.value(rows[-1].at, column)
        flows = [(row, f) for row in rows[1:-1] if _kind(row.name) in ("", _kind(rows[0].name)) and (f := section.value(row.at, column))]
        comes = tuple(f for row, f in flows if stock.comes.search(row.name))
        goes = tuple(f for row, f in flows if stock.goes.search(row.name) and not stock.comes.search(row.name))
        if opening is not None and closing is not None and (comes or goes):
            roles = {"opening": (opening,), "income": comes, "outgo": goes}
            found.append((closing, Reading(roles), section.quote(rows[-1].at)))
    yield from balances(found)
