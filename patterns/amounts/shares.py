"""A column of shares: each row's part of a total of its table or block, or of the row that its own stands under."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fusuan.model import Figure
from fusuan.patterns.amounts.outline import Node, outline
from fusuan.patterns.amounts.ratio import RULED, Ratio, comes_out, plain
from fusuan.patterns.cues.amounts import kind_of, rank
from fusuan.patterns.grids.grid import Column, Section

_NEAR = 6
_FAMILY = 3
"""So many shares must come out of the rows theirs stand under before those are what they are of."""


def shares(section: Section, column: Column, beside: Sequence[Column]) -> list[Ratio]:
    """The shares of a column: of the amounts to its left, the nearest column that they fit best."""
    amounts = [c for c in beside if c.index < column.index and kind_of(c.last) == "amount"][-_NEAR:]
    found = [_of(section, column, amount) for amount in reversed(amounts)]
    return max(found, key=lambda ratios: sum(comes_out(r, r.below[0]) for r in ratios), default=[])


def _of(section: Section, column: Column, amount: Column) -> list[Ratio]:
    totals = [(row, f) for row in section.body if (label := section.label(row, amount)) and rank(label.text) >= 2
              and (f := section.value(row, amount)) and f.base]
    heads = _heads(section, amount)
    whole, family = list[Ratio](), list[Ratio]()
    for row in section.body:
        stated, part = section.value(row, column), section.value(row, amount)
        if stated is not None and part is not None:
            stated = plain(section, row, column, replace(stated, name=f"{stated.name}{column.last}"[:40]))
            whole += [Ratio(stated, part, tuple((f,) for f in _wholes(totals, row)), section.quote(row))] if totals else []
            family += [Ratio(stated, part, tuple((f,) for f in heads[row]), section.quote(row))] if row in heads else []
    return max(_family(_ruled(family)), _ruled(whole), key=lambda ratios: sum(r.telling and comes_out(r, r.below[0]) for r in ratios))


def _wholes(totals: Sequence[tuple[int, Figure]], row: int) -> list[Figure]:
    """What the shares of a row may be of: the first total and the last, the one after the row and the one before it."""
    after = next((f for at, f in totals if at >= row), totals[-1][1])
    before = next((f for at, f in reversed(totals) if at <= row), totals[0][1])
    return [totals[0][1], totals[-1][1], after, before]


def _heads(section: Section, amount: Column) -> Mapping[int, tuple[Figure, Figure]]:
    """By row the amounts of the row that it stands under, by the outline or because it is pushed in, and of the outermost over that."""
    found: dict[int, tuple[Figure, Figure]] = {}
    open_: list[Node] = []
    for node in outline(section, amount):
        while open_ and open_[-1].indent >= node.indent:
            open_.pop()
        above = node.parent or (open_[-1] if open_ else None)
        if above is not None and (head := section.value(above.row, amount)) is not None and head.base:
            found[node.row] = head, found.get(above.row, (head, head))[1]
        open_.append(node)
    return found


def _ruled(ratios: Sequence[Ratio]) -> list[Ratio]:
    """Of blocks with a total each, below or above its lines, the shares of each are of its own; where so many are of one kind of total
    that it is the rule, none is of another.
    """
    if not ratios:
        return []
    came = Counter(n for r in ratios for n, below in enumerate(r.below) if comes_out(r, below))
    order = sorted(range(len(ratios[0].below)), key=lambda n: -came[n])
    held = {r.stated.value for r in ratios if r.telling and comes_out(r, r.below[order[0]])}
    if len(held) >= RULED * max(1, len(ratios) - came[order[0]]):
        order = order[:1]
    return [replace(r, below=tuple(r.below[n] for n in order)) for r in ratios]


def _family(ratios: Sequence[Ratio]) -> list[Ratio]:
    """The shares of rows in those they stand under, where a table without totals shows that it means them."""
    held = [r for r in ratios if comes_out(r, r.below[0])]
    return list(ratios) if sum(r.telling for r in held) >= _FAMILY and len(held) >= _FAMILY * (len(ratios) - len(held)) else []
