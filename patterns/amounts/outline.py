"""The outline of a section's rows: which row a row belongs under.

A row belongs under another by its code (2010301 under 20103), numbering (一、 over （一） over 1.), 其中, indentation, or a
label merged over both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import regex

from fusuan.patterns.cues.amounts import Label, bare, is_rate, kind_of, label_of, rank, says
from fusuan.patterns.grids.entries import Entry
from fusuan.patterns.grids.grid import Column, Section


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


def outline(section: Section, column: Column) -> list[Node]:
    """Return the rows beside a column (and all that share its labels), in order, each under its parent."""
    nodes = [node for row in section.body if (node := _node(section, column, row))]
    _lone(nodes)
    _serials(section, column, nodes)
    link(nodes)
    return nodes


_ORDINAL = regex.compile(r"[(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)]?[、.]?")


def _serials(section: Section, column: Column, nodes: Sequence[Node]) -> None:
    """Numbers in a column of their own (序号: 一 over 1, 2) put rows in order as they would before the names.

    Only where they are of several kinds: a plain count of rows says nothing.
    """
    found: dict[int, Label] = {}
    for node in nodes:
        for entry in section.grid.lines[node.row][:column.labels[0]] if column.labels else ():
            if entry is not None and entry.row == node.row and _ORDINAL.fullmatch(entry.text):
                found[node.row] = label_of(entry.text if entry.text[-1] in "、.)" else f"{entry.text}、")
    if len({label.grade for label in found.values()}) < 2:
        return
    for node in nodes:
        own = found.get(node.row)
        if own is not None and not node.label.grade and not node.label.among:
            # 一 | 中央资金合计 heads the rows 1, 2 below it
            node.label, node.rank = replace(node.label, grade=own.grade, first=own.first), 0


def link(nodes: Sequence[Node]) -> None:
    """Put every row under the one it belongs to."""
    coded = sum(bool(n.code) for n in nodes) >= 3 or any(a.code and b.code[:len(a.code)] == a.code for a, b in pairwise(nodes))
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
    code = section.code(row, column)
    if not labels:
        return Node(row, label_of(""), 0, 0, code) if code or section.value(row, column) else None
    if is_rate(labels[-1].text) or kind_of(labels[-1].text) == "mark" or _REMARK.match(labels[0].text) \
            or says("rows", "beside").match(words[-1].text):
        return None
    # a label that reaches down beside others names their group, though it begins in this row
    own = [i for i, e in enumerate(labels) if e.row == row and not (e.rows > 1 and i < len(labels) - 1)]
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


def _lone(nodes: list[Node]) -> None:
    """A merged label that stands over all rows parts nothing."""
    while nodes and nodes[0].outer and all(n.outer[:1] == nodes[0].outer[:1] for n in nodes):
        for node in nodes:
            node.outer = node.outer[1:]


def _by_code(node: Node, open_: list[Node]) -> None:
    """Put a row under the one whose code its own begins with; one without a code may belong with the row before it."""
    if not node.code and not node.rank and open_:
        if (parent := open_[-1].parent) is not None:
            parent.adopt(node, loose=True)
        return
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
        # (一)甲类小计 right after plain rows adds them up: it heads no list under the last of them
        closes = last is not None and (last.rank > 0 and label.grade in elders or node.rank > last.rank == 0)
        if not open_ and label.first and last is not None and not last.label.grade and not last.label.among and not closes:
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
    if top.label.among and len(run) >= 2 and all(k.label.among for k in run) or run[0].label.among and opens and not top.parent.rank:
        return False
    return not (_level(top) and not _level(node) and _nests(top.parent, top))


def _level(node: Node) -> bool:
    return bool(says("rows", "level").match(node.name))
