"""Rows that are made of rows above them by their names: 收支结余 = 收入 − 支出. The words stand in `cues/amounts.toml`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from fusuan.model import Statement
from fusuan.patterns.amounts.claims import Sum, alike, settle
from fusuan.patterns.amounts.outline import Node, outline
from fusuan.patterns.cues.amounts import bears, kind_of, words
from fusuan.patterns.grids.grid import Column, Section, by_labels

Made = tuple[Node, tuple[Node, ...], tuple[Node, ...]]
"""A row, the rows added and the rows taken away."""


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
