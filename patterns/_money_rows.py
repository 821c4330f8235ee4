"""The outline of a section's rows: which row a row belongs under, and which rows a total may add up.

A row belongs under another by its code (2010301 under 20103), numbering (一、 over （一） over 1.), 其中, indentation, or a
label merged over both. Where the layout leaves a doubt (does 其中 reach to here?) a total has several ways to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from patterns._grid import Column, Section
from patterns._lists import known
from patterns._money_entries import Entry
from patterns._money_words import Label, bare, is_rate, kind_of, label_of, rank, says


@dataclass(eq=False)
class Node:
    """A row in the outline. `loose`: nothing but its position puts it under its parent."""

    row: int
    label: Label
    rank: int
    indent: int
    code: str = ""
    outer: tuple[Entry, ...] = ()
    parent: Node | None = None
    loose: bool = False
    kids: list[Node] = field(default_factory=list)

    @property
    def name(self) -> str:
        return bare(self.label.text)

    @property
    def group(self) -> tuple[int, ...]:
        """What it shares with the rows beside the same merged labels."""
        return tuple(id(entry) for entry in self.outer)

    def adopt(self, kid: Node, loose: bool = False) -> None:
        kid.parent, kid.loose = self, loose
        self.kids.append(kid)


    def release(self, place: int) -> None:
        """Let the rows from `place` on go, to stand beside it; those before are its own."""
        freed = self.kids[place:]
        del self.kids[place:]
        for kid in self.kids:
            kid.loose = False
        for kid in freed:
            kid.parent, kid.loose = self.parent, self.parent is not None
            if self.parent is not None:
                self.parent.kids.append(kid)


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


def outline(section: Section, column: Column) -> list[Node]:
    """Return the rows beside a column (and all that share its labels), in order, each under its parent."""
    nodes = [node for row in section.body if (node := _node(section, column, row))]
    _lone(nodes)
    link(nodes)
    return nodes


def link(nodes: Sequence[Node]) -> None:
    """Put every row under the one it belongs to."""
    coded = sum(bool(n.code) for n in nodes) >= 3
    spread = len({n.indent for n in nodes if not n.rank}) > 1
    open_: list[Node] = []
    elders: dict[int, Node] = {}
    for index, node in enumerate(nodes):
        last = nodes[index - 1] if index else None
        if last is not None and last.outer != node.outer:
            open_, elders = [], {}
        if coded:
            _by_code(node, open_)
        else:
            opens = index + 1 < len(nodes) and nodes[index + 1].label.among
            _by_words(node, (open_, elders), last, spread, opens)


def _node(section: Section, column: Column, row: int) -> Node | None:
    labels = section.above(row, column)
    if any(entry.row != row and entry is labels[-1] for entry in labels):
        return None
    words = [label_of(e.text) for e in labels]
    code = _code(section, column, row)
    if not labels:
        return Node(row, label_of(""), 0, 0, code) if code or section.value(row, column) else None
    if is_rate(labels[-1].text) or kind_of(labels[-1].text) == "mark" or _REMARK.match(labels[0].text) \
            or says("rows", "beside").match(words[-1].text):
        return None
    own = [i for i, e in enumerate(labels) if e.row == row]
    ranked = next((i for i in own if rank(labels[i].text)), None)
    place = next((i for i in own if words[i].among or words[i].grade or i == ranked), len(labels) - 1)
    mine = labels[place]
    outer = tuple(e for e in labels if e is not mine and (e.rows > 1 or e.row != row))
    standing = rank(labels[ranked].text) if ranked is not None else 0
    return Node(row, words[place], standing, mine.indent + 4 * _depth(mine, column), code, outer)


def _depth(entry: Entry, column: Column) -> int:
    """How many label columns lie left of an entry that begins in its own column."""
    return column.labels.index(entry.column) if entry.column in column.labels else 0


_REMARK = regex.compile(r"说明|注\d?$|备注|填表|制表")


def _code(section: Section, column: Column, row: int) -> str:
    """The classification code of a row (类 3 digits, 款 5, 项 7), where it prints one left of its name."""
    if not column.labels:
        return ""
    start = max((c.index + 1 for c in section.columns if c.index < column.labels[0]), default=0)
    for entry in section.grid.lines[row][start:column.labels[-1] + 1]:
        if entry is not None and regex.fullmatch(r"[1-9][0-9]{2}(?:[0-9]{2}){0,2}", entry.text):
            return entry.text
    return ""


def _lone(nodes: list[Node]) -> None:
    """A merged label that stands over all rows parts nothing."""
    while nodes and nodes[0].outer and all(n.outer[:1] == nodes[0].outer[:1] for n in nodes):
        for node in nodes:
            node.outer = node.outer[1:]


def _by_code(node: Node, open_: list[Node]) -> None:
    while open_ and not (node.code and open_[-1].code and node.code.startswith(open_[-1].code) and node.code != open_[-1].code):
        open_.pop()
    if open_:
        open_[-1].adopt(node)
    if node.code:
        open_.append(node)


def _by_words(node: Node, state: tuple[list[Node], dict[int, Node]], last: Node | None, spread: bool, opens: bool) -> None:
    """Put a row under the open row it belongs to. `state`: the rows that may still have rows under them, and the last
    row of each numbering.
    """
    open_, elders = state
    label = node.label
    if node.rank and not label.grade and not label.among:
        open_.clear()
    elif label.among:
        _among(node, open_, last)
    elif label.grade:
        while open_ and not (0 < open_[-1].label.grade < label.grade and not open_[-1].label.among
                             or _opener(open_[-1], label.grade)):
            open_.pop()
        if not open_ and label.first and last is not None and not last.label.grade and not last.label.among:
            open_.append(last)
        if not open_ and not label.first and (elder := elders.get(label.grade)) is not None and elder.parent is not None:
            open_.append(elder.parent)
        if open_:
            open_[-1].adopt(node)
        elders[label.grade] = node
    else:
        _plain(node, open_, spread, opens)
    if node not in open_:
        open_.append(node)


def _opener(node: Node, grade: int) -> bool:
    """Tell whether an unnumbered row has opened a numbered list of this grade."""
    return not node.label.grade and not node.label.among and bool(node.kids) and node.kids[0].label.grade == grade


def _among(node: Node, open_: list[Node], last: Node | None) -> None:
    """其中 belongs to the row before; 其中 again beside 其中 to the same."""
    if last is None:
        return
    if last.label.among and last.parent and not _nests(last, node):
        while open_ and open_[-1] is not last.parent:
            open_.pop()
        last.parent.adopt(node)
    else:
        while open_ and open_[-1] is not last:
            open_.pop()
        last.adopt(node)


def _nests(upper: Node, lower: Node) -> bool:
    """Tell whether a row of a level of government is part of the row of fiscal money before it, or a row of a kind of
    budget part of the carry-over before it.
    """
    if says("rows", "carried").search(upper.name) and says("rows", "fund").match(lower.name):
        return True
    return bool(says("rows", "fiscal").search(upper.name)) and bool(says("rows", "level").match(lower.name)) \
        and not says("rows", "level").match(upper.name)


_DEEP = 12
"""How many levels of indentation are followed."""


def _plain(node: Node, open_: list[Node], spread: bool, opens: bool) -> None:
    """A row without number or 其中: the run of 其中 goes on, or a deeper indentation, or a new row at the top."""
    if open_ and not open_[-1].label.grade and _nests(open_[-1], node) \
            and (open_[-1].parent is not None or says("rows", "carried").search(open_[-1].name)):
        open_[-1].adopt(node)
        return
    while open_:
        top, parent = open_[-1], open_[-1].parent
        if spread and len(open_) < _DEEP and node.indent > top.indent and not top.rank and not node.rank:
            top.adopt(node, loose=True)
            return
        if parent is not None and not (spread and node.indent <= parent.indent < top.indent) and _goes_on(top, node, opens):
            open_.pop()
            parent.adopt(node, loose=top.label.among or top.loose)
            return
        open_.pop()


def _goes_on(top: Node, node: Node, opens: bool) -> bool:
    """Tell whether an unnumbered row may be a sibling of an open one: in a run of 其中, or as deep as it.

    Where each row of the run says 其中, one that does not has left it; so has one over a 其中 of its own (`opens`).
    """
    if top.label.grade or top.parent is None:
        return False
    run = top.parent.kids
    if says("rows", "carried").search(top.parent.name) and _nests(top.parent, top):
        return _nests(top.parent, node)
    if top.label.among and (len(run) >= 2 and all(k.label.among for k in run)
                            or opens and not top.parent.rank):
        return False
    return not (_level(top) and not _level(node) and _nests(top.parent, top))


def _level(node: Node) -> bool:
    return bool(says("rows", "level").match(node.name))


def totals(nodes: Sequence[Node], funds: bool) -> Iterator[Total]:
    """Yield every row that adds up others, with the ways it may."""
    for node in nodes:
        if node.kids:
            yield _family(node, funds)
    groups: dict[tuple[int, ...], list[Node]] = {}
    for node in nodes:
        if node.outer:
            groups.setdefault(node.group, []).append(node)
    for members in groups.values():
        yield from _ranked([n for n in members if n.parent is None], grouped=True)
    yield from _ranked(_top(nodes), grouped=False)


def _top(nodes: Sequence[Node]) -> list[Node]:
    """The rows at the top: a merged group is stood for by its 小计, else by its own rows."""
    spoken = {n.group for n in nodes if n.outer and n.rank and n.parent is None}
    return [n for n in nodes if n.parent is None and (n.rank or n.group not in spoken)]


def _family(node: Node, funds: bool) -> Total:
    """A row and the rows under it."""
    kids = [_signed(k) for k in node.kids]
    strict = [_signed(k) for k in node.kids if not k.loose]
    flat = [_signed(g) for k in node.kids for g in (k, *k.kids)]
    ways = [kids]
    if any(k.kids for k in node.kids):
        ways.append(flat)
    if 0 < len(strict) < len(kids):
        ways.append(strict)
    if funds:
        # what is left over stands under the block without being a source of it
        ways.append([_signed(k) for k in node.kids if not says("rows", "left").match(k.name)])
    names = [k.name for k in node.kids]
    whole = known(names) or any(says("rows", "rest").search(name) for name in names)
    among = any(k.label.among for k in node.kids)
    firm = funds and whole and bool(node.rank >= 2 or says("rows", "funds_total").search(node.name))
    coded = bool(node.code) and len(kids) >= 2
    numbered = not among and all(k.label.grade for k in node.kids) and len(kids) >= 2 and node.rank > 0
    listed = whole and not any(k.loose for k in node.kids) or funds and len(kids) >= 3
    return Total(node, _distinct(ways), firm or coded or numbered or listed or whole and known(names), firm)


def _ranked(tops: Sequence[Node], grouped: bool) -> Iterator[Total]:
    """The totals of a run of rows of one level: over the rows above them, or below."""
    # the 小计 of a merged group stands for the group: at the top it is a row like others
    ranks = [node.rank if grouped or not node.outer else 0 for node in tops]
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
        ways += [[held, *span], [i for i in marked[-_FAR:] if ranks[i] <= ranks[index]]]
    return _ways(tops, ways, rows)


def _below(tops: Sequence[Node], ranks: Sequence[int], marked: Sequence[int], index: int) -> list[list[tuple[Node, int]]]:
    """The same from below, for a total that stands over its rows."""
    stop = next((i for i in marked[:_FAR] if ranks[i] >= ranks[index]), len(tops))
    span = range(index + 1, stop)
    subs = [i for i in span if ranks[i]]
    rows = [i for i in span if not ranks[i]]
    ways = [[*(i for i in rows if i < subs[0]), *subs], rows] if subs else [rows]
    return _ways(tops, ways, rows)


def _ways(tops: Sequence[Node], ways: Sequence[Sequence[int]], rows: Sequence[int]) -> list[list[tuple[Node, int]]]:
    """The ways as rows; after them those that open up the rows: with their loose rows, with all, or only the last."""
    found = [[tops[i] for i in way] for way in ways]
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
