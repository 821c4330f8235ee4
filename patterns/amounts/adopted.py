"""Rows that the amounts put under another: a row that the rows right below it add up to, where neither number, code,
indentation nor 其中 says so (一、税收收入 over 增值税, 企业所得税 …; 全市 over its counties).

One column of long figures proves it, or two of any; where two numbered rows head what follows them, so do the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fusuan.model import Figure
from fusuan.model.slip import misprinted
from fusuan.patterns.amounts.outline import Node
from fusuan.patterns.cues.amounts import says
from fusuan.patterns.grids.grid import Column, Section

_RUN = 40
"""So many rows are tried under one that does not open the list: cost stays linear in rows."""
_MOST = 400
_LONG = 4
"""A figure of so many digits is the sum of others by no chance."""

Row = tuple[Figure | None, ...]


def adopt(section: Section, columns: Sequence[Column], nodes: Sequence[Node]) -> None:
    """Put rows that stand side by side under those that they add up to."""
    if any(n.code or n.outer for n in nodes) or len(nodes) > _MOST:
        return
    _worded(nodes)
    rows = {id(n): tuple(section.value(n.row, c) for c in columns) for n in nodes}
    whole = {**_parted(rows, nodes), **_numbered(rows, nodes)}
    for place in range(len(nodes) - 1, -1, -1):
        head = nodes[place]
        if head.rank and head.parent is None or head.kids:
            continue
        below = _run(nodes, place)
        for kid in below[:whole.get(id(head), 0) or _proven(rows, head, below)]:
            if kid.parent is not None:
                kid.parent.kids.remove(kid)
            head.adopt(kid)


def _worded(nodes: Sequence[Node]) -> None:
    """Put the budgets that 财政拨款 comes of (一般公共预算, 政府性基金 …) under it, where they follow it."""
    for place, head in enumerate(nodes):
        if not says("rows", "granted").fullmatch(head.name) or head.kids or head.rank:
            continue
        for node in nodes[place + 1:]:
            if not says("rows", "fund").match(node.name) or node.rank or node.parent not in (None, head.parent) \
                    or 0 < node.label.grade <= head.label.grade:
                break
            if node.parent is not None:
                node.parent.kids.remove(node)
            head.adopt(node)


def _run(nodes: Sequence[Node], place: int) -> list[Node]:
    """The rows below a row that may be its parts: up to the next total, or the next of its own numbering; what stands under
    one of them goes with it.
    """
    head, run = nodes[place], []
    seen: set[int] = set()
    for node in nodes[place + 1:place + 1 + (_MOST if not place else _RUN)]:
        if node.parent is not None and id(node.parent) in seen:
            seen.add(id(node))
            continue
        numbered = node.label.grade and (not head.label.grade or node.label.grade <= head.label.grade)
        if node.rank or numbered or node.parent not in (None, head.parent):
            break
        seen.add(id(node))
        run.append(node)
    return run


def _proven(rows: dict[int, Row], head: Node, below: Sequence[Node]) -> int:
    """How many of the rows below add up to a row, in (nearly) every column in which it has an amount; 0 where none do."""
    own = rows[id(head)]
    sums = [Decimal(0)] * len(own)
    filled = [0] * len(own)
    for size, node in enumerate(below, 1):
        for n, figure in enumerate(rows[id(node)]):
            if figure is not None and figure.value:
                sums[n] += figure.base
                filled[n] += 1
        if size >= 2 and _holds(own, sums, filled):
            return size
    return 0


def _holds(own: Row, sums: Sequence[Decimal], filled: Sequence[int]) -> bool:
    told = [n for n, f in enumerate(own) if f is not None and f.value]
    right = [n for n in told if (f := own[n]) is not None and abs(f.base - sums[n]) <= f.scale.scaleb(-f.decimals) * (filled[n] > 2)]
    full = {own[n].base for n in right if filled[n] >= 2}  # type: ignore[union-attr]
    lost = len(told) - len(right)
    if lost == 1 and full and min(_digits(own[n]) for n in right) >= _LONG - 1:
        # what one misprinted digit explains speaks for the row no less
        lost -= any(_misprint(own[n], sums[n]) for n in told if n not in right)
    shortest = min((_digits(own[n]) for n in right), default=0)
    if lost > 1 or lost and len(full) < 3 and (len(full) < 2 or shortest < _LONG - 1):
        return False
    longest = max((_digits(own[n]) for n in right), default=0)
    return len(full) >= 3 or len(full) == 2 and longest >= _LONG - 1 or bool(full) and not lost and longest >= _LONG


def _misprint(figure: Figure | None, total: Decimal) -> bool:
    """Tell whether a figure of three digits or more is one digit away from what rows come to."""
    return figure is not None and _digits(figure) >= _LONG - 1 and misprinted(figure.value, total / figure.scale, figure.decimals)


def _digits(figure: Figure | None) -> int:
    return len(f"{abs(figure.value):f}".replace(".", "").strip("0")) if figure is not None else 0


def _numbered(rows: dict[int, Row], nodes: Sequence[Node]) -> dict[int, int]:
    """How many rows each numbered row heads, where all of them head what follows: two at least are proven to the last row."""
    runs = {id(n): _run(nodes, place) for place, n in enumerate(nodes) if n.label.grade and not n.rank and not n.kids}
    runs = {key: run for key, run in runs.items() if len(run) >= 2 and not any(n.label.grade for n in run)}
    by = {id(n): n for n in nodes}
    tried = [_columns_of(rows, by[key], run) for key, run in runs.items()]
    proven = [told for told, lost in tried if told and not lost]
    likely = [told for told, lost in tried if lost == 1 and told > 1]
    sound = len(tried) >= 2 and proven and len(proven) + len(likely) >= len(tried) - (len(proven) > 1)
    digits = sum(max(map(_digits, rows[key]), default=0) for key in runs)
    return {key: len(run) for key, run in runs.items()} if sound and digits > _LONG and len(proven) + len(likely) > 1 else {}


def _columns_of(rows: dict[int, Row], head: Node, run: Sequence[Node]) -> tuple[int, int]:
    """In how many columns rows come to the row that heads them, and in how many they do not, of those in which it has an amount."""
    own = rows[id(head)]
    sums = [sum((f.base for node in run if (f := rows[id(node)][n]) is not None), Decimal(0)) for n in range(len(own))]
    told = [(f, sums[n]) for n, f in enumerate(own) if f is not None and f.value]
    held = sum(abs(f.base - total) <= f.scale.scaleb(-f.decimals) for f, total in told)
    return held, len(told) - held


def _parted(rows: dict[int, Row], nodes: Sequence[Node]) -> dict[int, int]:
    """How many rows each heads where all rows above a total fall into groups, each row and the two or more that it is the sum of,
    and the first of each come to the total.
    """
    found: dict[int, int] = {}
    start = 0
    for place, node in enumerate(nodes):
        if not node.rank or node.kids:
            continue
        run, start = nodes[start:place], place + 1
        if any(n.kids or n.parent is not None or n.rank for n in run):
            continue
        groups = _groups(rows, run)
        heads = [head for head, _ in groups]
        if len(groups) >= 2 and _comes_to(rows[id(node)], [rows[id(head)] for head in heads]) \
                and sum(max(map(_digits, rows[id(head)]), default=0) for head in heads) > _LONG:
            found |= {id(head): size for head, size in groups}
    return found


def _groups(rows: dict[int, Row], run: Sequence[Node]) -> list[tuple[Node, int]]:
    """The rows of a run cut into heads and so many rows under each; none where a row is left over."""
    found: list[tuple[Node, int]] = []
    at = 0
    while at < len(run):
        most = min(_RUN, len(run) - at - 1)
        size = next((n for n in range(2, most + 1) if _comes_to(rows[id(run[at])], [rows[id(k)] for k in run[at + 1:at + 1 + n]])), 0)
        if not size:
            return []
        found.append((run[at], size))
        at += size + 1
    return found


def _comes_to(own: Row, parts: Sequence[Row]) -> bool:
    """Tell whether rows come to another in every column in which it has an amount."""
    told = [(n, f) for n, f in enumerate(own) if f is not None and f.value]
    return bool(told) and all(f.base == sum((p.base for part in parts if (p := part[n]) is not None), Decimal(0)) for n, f in told)
