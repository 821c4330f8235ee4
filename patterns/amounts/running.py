"""Columns that run on from row to row: 累计 = 累计 of the row before + 本次, 余额 = 余额 of the row before + 收入 - 支出.

What such a column is, its own figures say: row after row it is the one before and what another column adds. It is no sum of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns.amounts.outline import Node, outline
from fusuan.patterns.cues.amounts import kind_of
from fusuan.patterns.grids.grid import Column, Section, by_labels

_WIDE = 8
"""More columns of amounts than this are no account of single payments."""
_SEEN = 200
"""So many rows show whether a column runs on."""
_LEAST, _LOST, _LONG = 3, 2, 3
"""In so many rows a column must run on, and in so many it may not: one misprinted figure breaks two. Figures of fewer digits do so by accident."""


class Running(NamedTuple):
    """A column that runs on, those that are added to it and taken from it, and its rows."""

    column: Column
    added: Column
    taken: Column | None
    nodes: tuple[Node, ...]


def running(section: Section) -> list[Running]:
    """Return the columns of a section that run on."""
    found = []
    for columns in by_labels(c for c in section.columns if c.labels and kind_of(c.last) == "amount"):
        nodes = outline(section, columns[0]) if 1 < len(columns) <= _WIDE else []
        leaves = tuple(n for n in nodes if not n.kids and not n.rank)
        for column in columns if len(leaves) > _LEAST else ():
            others = [c for c in columns if c is not column]
            ways = (*((c, None) for c in others), *permutations(others, 2))
            found += [run for added, taken in ways if _runs_on(section, run := Running(column, added, taken, leaves))][:1]
    return found


def steps(section: Section, runs: Sequence[Running]) -> Iterator[Statement]:
    """Yield what each row of such columns states, and each row over or under others: what the last of them comes to."""
    for run in runs:
        for before, node in pairwise(run.nodes):
            if reading := _reading(section, run, before, node):
                stated = section.value(node.row, run.column)
                yield Statement("parts", "sum", stated, (reading,), section.quote(node.row))  # type: ignore[arg-type]  # a reading has it
        for node in outline(section, run.column):
            stated = section.value(node.row, run.column)
            last = (node.kids or [n for n in run.nodes if n.row < node.row])[-1:]
            end = section.value(last[0].row, run.column) if last and (node.kids or node.rank) else None
            if stated is not None and end is not None:
                yield Statement("parts", "sum", stated, (Reading({"parts": (end,)}),), section.quote(node.row), guess=True)


def _runs_on(section: Section, run: Running) -> bool:
    """Tell whether a column is, row after row, the one before and what others add to it."""
    held, lost = int(_begins(section, run)), 0
    for before, node in pairwise(run.nodes[:_SEEN]):
        reading, stated = _reading(section, run, before, node), section.value(node.row, run.column)
        if reading is None or stated is None:
            continue
        first, *more = reading["parts"]
        step = sum(f.base for f in more) - sum(f.base for f in reading["minus"])
        if first.base + step == stated.base:  # over nothing, a column that is as much as another seems to run on; where all is taken again, any that stands still
            held += bool(first.value) and bool(step) and len(f"{abs(stated.value):f}".replace(".", "").strip("0")) >= _LONG
        else:
            lost += 1
        if lost > _LOST:
            return False
    return held >= _LEAST and held > lost


def _begins(section: Section, run: Running) -> bool:
    """Tell whether the first row is what it adds."""
    first, added = (section.value(run.nodes[0].row, column) for column in (run.column, run.added))
    return first is not None and added is not None and first.base == added.base


def _reading(section: Section, run: Running, before: Node, node: Node) -> Reading | None:
    """What a row comes to; None where it says nothing of that: no figures, or nothing added."""
    last, stated = section.value(before.row, run.column), section.value(node.row, run.column)
    plus, minus = _told(section.value(node.row, run.added)), _told(section.value(node.row, run.taken) if run.taken else None)
    return Reading({"parts": (last, *plus), "minus": minus}) if last is not None and stated is not None and (plus or minus) else None


def _told(figure: Figure | None) -> tuple[Figure, ...]:
    return (figure,) if figure is not None and figure.value else ()
