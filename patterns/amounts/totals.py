"""Which rows of an outline a total may add up: the rows under it, those above it since the last total, or those below.

Where the layout leaves a doubt (does 其中 reach to here?) a total has several ways to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from fusuan.patterns.amounts.outline import Node
from fusuan.patterns.cues.amounts import label_of, says
from fusuan.patterns.names.partitions import known

Way = tuple[tuple[Node, int], ...]
"""Rows with the sign they are added by."""


@dataclass(frozen=True)
class Total:
    """A row and the ways to add up to it, the most plausible first.

    `sure`: the layout says so. `firm`: the form itself says so, whatever its other columns do.
    """

    node: Node
    ways: tuple[Way, ...]
    sure: bool
    firm: bool = False


def totals(nodes: Sequence[Node], funds: bool) -> Iterator[Total]:
    """Yield every row that adds up others, with the ways it may."""
    for node in nodes:
        for run in _runs(node) if node.kids else ():
            yield _family(node, run, funds)
    groups: dict[tuple[int, ...], list[Node]] = {}
    for node in nodes:
        for depth in range(1, len(node.outer) + 1):
            groups.setdefault(node.group[:depth], []).append(node)
    for group, members in groups.items():
        yield from _ranked(_top(members, len(group)), len(group))
    yield from _ranked(_top(nodes, 0), 0)


def _top(nodes: Sequence[Node], depth: int) -> list[Node]:
    """The rows at the top of a group: a merged group within it is stood for by its 小计, else by its own rows."""
    spoken = {n.group[:depth + 1] for n in nodes if len(n.outer) > depth and n.rank and n.parent is None}
    return [n for n in nodes if n.parent is None and (n.rank or n.group[:depth + 1] not in spoken or len(n.outer) <= depth)]


def _runs(node: Node) -> list[list[Node]]:
    """The rows under a row; where their numbering begins anew (by source, then by use) each series for itself."""
    runs = _series(node)
    return runs if all(run[0].label.first and len(run) > 1 for run in runs) else [node.kids]


def _series(node: Node) -> list[list[Node]]:
    runs: list[list[Node]] = []
    for kid in node.kids:
        if not runs or kid.label.first and kid.label.grade == runs[0][0].label.grade:
            runs.append([])
        runs[-1].append(kid)
    return runs


def _family(node: Node, under: Sequence[Node], funds: bool) -> Total:
    """A row and rows under it."""
    kids = [_signed(k) for k in under]
    strict = [_signed(k) for k in under if not k.loose]
    flat = [_signed(g) for k in under for g in (k, *k.kids)]
    ways = [kids]
    if any(k.kids for k in under):
        ways.append(flat)
    if 0 < len(strict) < len(kids):
        ways.append(strict)
    if len(series := _series(node)) > 1 and len(under) == len(node.kids):
        ways += [[_signed(k) for k in run] for run in series]
    # what is known to be a whole (基本支出, 项目支出) ends before the rows that follow it
    ways += [kids[:n] for n in range(2, min(len(kids), _SHORT)) if known([k.name for k in under[:n]])]
    if funds:
        # what is left over stands under the block without being a source of it
        ways.append([_signed(k) for k in under if not says("rows", "left").match(k.name)])
    names = [k.name for k in under]
    whole = known(names) or any(says("rows", "rest").search(name) for name in names)
    among = any(k.label.among for k in under)
    heads = node.rank >= 2 or says("rows", "funds_total").search(node.name) or says("rows", "funds_line").fullmatch(node.name)
    firm = funds and whole and bool(heads)
    coded = bool(node.code) and len(kids) >= 2 and not among and all(k.code for k in under)
    numbered = not among and all(k.label.grade for k in under) and len(kids) >= 2 and node.rank > 0
    listed = whole and not any(k.loose for k in under) or funds and len(kids) >= 3
    return Total(node, _distinct(ways), firm or coded or numbered or listed or whole and known(names), firm)


def _ranked(tops: Sequence[Node], depth: int) -> Iterator[Total]:
    """The totals of a run of rows of one level: over the rows above them, or below. `depth`: how many merged labels they share."""
    # the 小计 of a merged group stands for the group: at the top it is a row like others
    ranks = [node.rank if len(node.outer) == depth else 0 for node in tops]
    grouped = depth > 0
    marked = [index for index, standing in enumerate(ranks) if standing]
    flat = len(marked) == 1 and all(not n.kids and not n.label.grade for n in tops)
    for turn, index in enumerate(marked):
        node = tops[index]
        if node.kids:
            continue
        above, below = _above(tops, ranks, marked[:turn], index), _below(tops, ranks, marked[turn + 1:], index)
        ways = [*below, *above] if index == 0 else [*above, *below]
        edge = index in (0, len(tops) - 1)
        if ways:
            yield Total(node, _distinct(ways), edge and (flat or grouped and len(ways[0]) >= 2))


_CARRIED = regex.compile(r"(?:上年|上期|上月|年初|期初|月初)[末底]?(?:结转|结余|余额|累计|$)")
_SHORT = 8
_FAR = 60
"""How many totals back a total is sought: cost stays linear in rows."""


def _above(tops: Sequence[Node], ranks: Sequence[int], marked: Sequence[int], index: int) -> list[list[tuple[Node, int]]]:
    """Ways to add up to a total from above: since the last total as far-reaching, lesser totals standing for theirs."""
    held = next((i for i in reversed(marked[-_FAR:]) if ranks[i] >= ranks[index]), -1)
    span = list(range(held + 1, index))
    subs = [i for i in span if ranks[i]]
    rows = [i for i in span if not ranks[i]]
    ways = [[*subs, *(i for i in rows if i > subs[-1])], rows, [*(i for i in rows if i < subs[0]), *subs]] if subs else [rows]
    if held >= 0:
        lesser = [i for i in marked[-_FAR:] if ranks[i] <= ranks[index]]
        ways += [[held, *span], lesser, [*lesser, *(i for i in rows if i > held)]]
    return _ways(tops, ways, rows)


def _below(tops: Sequence[Node], ranks: Sequence[int], marked: Sequence[int], index: int) -> list[list[tuple[Node, int]]]:
    """The same from below, for a total that stands over its rows: up to the next number of its own kind (四、 after 三、), or past it."""
    stop = next((i for i in marked[:_FAR] if ranks[i] >= ranks[index]), len(tops))
    grade = tops[index].label.grade
    own = next((i for i in range(index + 1, stop) if 0 < tops[i].label.grade <= grade), stop)
    ways = [way for end in (_among_end(tops, index, stop), own, stop) for way in _down_to(tops, ranks, index, end)]
    return [way for n, way in enumerate(ways) if way not in ways[:n]]


def _among_end(tops: Sequence[Node], index: int, stop: int) -> int:
    """Where the rows end that a label 其中, merged over them, puts under a total; `stop` where there is none."""
    group = tops[index + 1].group[:1] if index + 1 < stop else ()
    if not group or group == tops[index].group[:1] or not label_of(tops[index + 1].outer[0].text).among:
        return stop
    return next((i for i in range(index + 1, stop) if tops[i].group[:1] != group), stop)


def _down_to(tops: Sequence[Node], ranks: Sequence[int], index: int, stop: int) -> list[list[tuple[Node, int]]]:
    span = range(index + 1, stop)
    subs = [i for i in span if ranks[i]]
    rows = [i for i in span if not ranks[i]]
    ways = [[*(i for i in rows if i < subs[0]), *subs], rows] if subs else [rows]
    return _ways(tops, ways, rows)


def _ways(tops: Sequence[Node], ways: Sequence[Sequence[int]], rows: Sequence[int]) -> list[list[tuple[Node, int]]]:
    """The ways as rows; after them those that open up the rows: with their loose rows, with all, or only the last."""
    coded = [i for i in rows if tops[i].code]
    # projects listed under the codes, units over them: the codes alone are the table
    found = [[tops[i] for i in way] for way in ([coded, *ways] if 0 < len(coded) < len(rows) else ways)]
    # what was carried over from before a period is none of it
    found += [[n for n in way if not _CARRIED.match(n.name)] for way in found[:1] if any(_CARRIED.match(n.name) for n in way)]
    found += [[n for i in rows for n in opened(tops[i])] for opened in (_spread, _all, _leaves)]
    return [[_signed(n) for n in way] for way in found if way]


def _spread(node: Node) -> list[Node]:
    """A row and the rows that only their position puts under it."""
    return [node, *(kid for kid in node.kids if kid.loose)]


def _all(node: Node) -> list[Node]:
    """A row and every row under it."""
    return [node, *(n for kid in node.kids for n in _all(kid))]


def _leaves(node: Node) -> list[Node]:
    """The rows under a row that have none under them (itself where it has none)."""
    return [n for kid in node.kids for n in _leaves(kid)] if node.kids else [node]


def _signed(node: Node) -> tuple[Node, int]:
    return node, -1 if node.label.sign == "-" else 1


def _distinct(ways: Sequence[Sequence[tuple[Node, int]]]) -> tuple[Way, ...]:
    return tuple(dict.fromkeys(tuple(way) for way in ways if way))
