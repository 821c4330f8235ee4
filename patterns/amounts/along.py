"""Sums along a row of labels and values in turn: 年度资金总额 | 100 | 其中：财政拨款 | 80 | 其他资金 | 20."""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.model import Figure, Statement
from fusuan.patterns.amounts.claims import Sum, settle
from fusuan.patterns.amounts.outline import Node, link
from fusuan.patterns.amounts.totals import Way, totals
from fusuan.patterns.cues.amounts import is_rate, kind_of, label_of, rank
from fusuan.patterns.grids.grid import Section

_MOST = 12


def along(section: Section) -> Iterator[Statement]:
    """Yield what the totals of such rows state. Only 其中 makes a total here: side by side proves nothing."""
    if len({c.labels for c in section.columns}) < 3:
        return
    for row in section.body:
        nodes, figures = _pairs(section, row)
        if not 3 <= len(nodes) <= _MOST:
            continue
        link(nodes)
        for total in totals(nodes, True):
            if total.node.kids and total.node.rank:
                ways = tuple(_figures(way, figures) for way in total.ways)
                yield from settle([Sum(figures[total.node.row], ways, section.quote(row))], total.sure, total.firm)


def _pairs(section: Section, row: int) -> tuple[list[Node], list[Figure]]:
    """The pairs of a row as rows of an outline, with their figures by number."""
    nodes: list[Node] = []
    figures: list[Figure] = []
    seen: set[int] = set()
    for column in section.columns:
        label, figure = section.label(row, column), section.value(row, column)
        if label is None or figure is None or label.row != row or id(label) in seen or figure.dimension == "rate" \
                or is_rate(label.text) or kind_of(label.text) != "amount":
            continue
        seen.add(id(label))
        nodes.append(Node(len(nodes), label_of(label.text), rank(label.text), 0))
        figures.append(figure)
    return nodes, figures


def _figures(way: Way, figures: list[Figure]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    return tuple(figures[n.row] for n, sign in way if sign > 0), tuple(figures[n.row] for n, sign in way if sign < 0)
