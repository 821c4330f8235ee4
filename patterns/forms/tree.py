"""From the rows of an indicator block to a tree: groups by merged or repeated cells, leaves with their rows."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from fusuan.model import Cell, Figure
from fusuan.model.slip import misprinted
from fusuan.patterns.cues.indicators import mark_in, name_of, names_marks, points_in
from fusuan.patterns.forms.form import Block, Line, Node, Total
from fusuan.patterns.forms.heads import Columns
from fusuan.patterns.forms.view import View
from fusuan.patterns.text.squeeze import squeeze

_SECTION = re.compile(r"指标|产出|效益|满意|效果|投入|过程|管理|决策|绩效|履职|执行")
_NUMBERS = (re.compile(r"[一二三四五六七八九十]{1,3}[、.．]"), re.compile(r"[(（][一二三四五六七八九十]{1,3}[)）]"),
            re.compile(r"[0-9]{1,2}[、.．](?![0-9])"), re.compile(r"[(（][0-9]{1,2}[)）]|[0-9]{1,2}[)）]"), re.compile(r"[①-⑳]"))
_SERIAL = re.compile(r"[(（]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2}(?:[.．][0-9]{1,2})*)[)）]?[、.．]?")
_BRACKETED = re.compile(r"[^0-9)]\([0-9]{1,3}(?:\.[0-9]{1,2})?\)$")
_DOTTED = re.compile(r"[0-9]{1,2}(?:[.．][0-9]{1,2})+(?![0-9%])")


def rank_of(name: str) -> int | None:
    """How deep the number before a name stands; None where it has none.

    >>> rank_of("一、产出"), rank_of("(二)质量"), rank_of("3.合格率"), rank_of("1.2次数"), rank_of("合格率")
    (0, 1, 2, 3, None)
    """
    if match := _DOTTED.match(name):
        return 2 + len(re.findall(r"[.．]", match[0]))
    return next((rank for rank, number in enumerate(_NUMBERS) if number.match(name)), None)


class Tree:
    """The tree of one block, grown row by row."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.tops: list[Node] = []
        self.path: dict[int, Node] = {}
        self.blank_end = False
        self.above: Node | None = None
        self.numbered: list[tuple[int, Node]] = []
        self._label()

    def _label(self) -> None:
        """The cell beside the block is its outermost group where it carries a mark."""
        label = self.columns.label
        weight = points_in(label) if label is not None else None
        if label is not None and weight is not None:
            self.above = Node(name_of(label), label, label.place.row or 0, weight)
            self.tops.append(self.above)

    def section(self, grid: View, row: int) -> bool:
        """Take a row that is one wide cell as the name of a group; say whether it is one."""
        own = [cell for cell in grid.starts(row) if grid.text(cell)]
        if len(own) != 1 or len(grid.text(own[0])) > 30 or not _SECTION.search(grid.text(own[0])):
            return False
        if own[0].columns < 2 or re.search(r"[。;:]", grid.text(own[0])):
            return False
        return self._open(own[0], row)

    def named(self, grid: View, row: int) -> bool:
        """Take a row that holds nothing but a name as the name of a group, where the name carries a mark or is a group's."""
        own = next(cell for cell in grid.starts(row) if grid.text(cell))
        text = grid.text(own)
        if len(text) > 30 or rank_of(text) is not None or (points_in(own) is None and not text.endswith("指标")):
            return False
        return self._open(own, row)

    def _open(self, cell: Cell, row: int) -> bool:
        self.path.clear()
        self.numbered.clear()
        self.above = Node(name_of(cell), cell, row, points_in(cell))
        self.tops.append(self.above)
        return True

    def total(self, total: Total) -> None:
        """A subtotal ends the groups below the outermost, a total all of them."""
        if not total.part:
            self.path.clear()
            self.numbered.clear()
            self.above = None
        else:
            self.path = {level: node for level, node in self.path.items() if level == self.columns.levels[0]}

    def add(self, line: Line) -> None:
        """Add a row: the groups it stands in and the leaf it is."""
        parent, leaf, fresh = self.above, None, False
        seen: set[int] = set()
        for level in self.columns.levels:
            cell = line.grid.cells[line.row][level]
            if cell is None or id(cell) in seen:
                continue
            seen.add(id(cell))
            node = self._at(line, level, cell, parent, fresh)
            if node is None:
                continue
            fresh = fresh or (node.row == line.row and node.cell is cell)
            parent, leaf = node, node
        ends = leaf is None or ((leaf.row != line.row or leaf.weight is None) and _empty(line))
        self.blank_end = ends and not _goes_on(line)
        if leaf is not None:
            self._leaf(leaf, line)

    def _at(self, line: Line, level: int, cell: Cell, parent: Node | None, fresh: bool) -> Node | None:
        """The node of a level in this row: the one above it goes on, or a new one begins."""
        old = self.path.get(level)
        text = line.grid.text(cell)
        deepest = level == self.columns.levels[-1]
        if old is not None and not fresh:
            same = old.cell is cell or (not deepest and (not text or text == line.grid.text(old.cell)))
            if same:
                return old
        if not text or set(text) <= {"…", ".", "-", "—", "/", "·"}:
            return None
        for deeper in [key for key in self.path if key >= level]:
            del self.path[deeper]
        node = Node(name_of(cell), cell, line.row)
        node.weight = self._group_mark(line, self.columns.level_weights.get(level)) or points_in(cell, self._scored(line, level))
        node.earned = self._group_mark(line, self.columns.level_earned.get(level))
        if len(self.columns.levels) == 1:
            parent = self._by_number(node, self._serial(line) + line.grid.text(cell))
        (parent.children if parent is not None else self.tops).append(node)
        self.path[level] = node
        return node

    def _serial(self, line: Line) -> str:
        """The number of a row where numbers stand in a column of their own (序号: 一, 1, 2), as it would stand before the name."""
        for column in range(self.columns.levels[0]):
            cell = line.grid.cells[line.row][column]
            text = line.grid.text(cell)
            if cell is not None and cell.place.row == line.row and _SERIAL.fullmatch(text) \
                    and line.grid.text(self.columns.heads.get(column)) in ("序号", "编号", ""):
                return text if rank_of(text) is not None else f"{text}、"
        return ""

    def _scored(self, line: Line, level: int) -> bool:
        """Tell whether the heading of a level says that its names carry marks: 一级指标（分值）."""
        head = line.grid.text(self.columns.heads.get(level))
        return ("(" in head or names_marks(head)) and ("分" in head or "权重" in head)

    def _group_mark(self, line: Line, column: int | None) -> Figure | None:
        return mark_in(line.grid.cells[line.row][column]) if column is not None else None

    def _by_number(self, node: Node, text: str) -> Node | None:
        """Where all names stand in one column, their numbers tell the groups: 一、 over （一） over 1. over 1.1."""
        rank = rank_of(text)
        if rank is None:
            # rows without number stand under the numbered row above them that has nothing but a name and a mark
            last = self.numbered[-1][1] if self.numbered else None
            return last if last is not None and last.line is not None and _bare(last.line) else self.above
        while self.numbered and self.numbered[-1][0] >= rank:
            self.numbered.pop()
        parent = self.numbered[-1][1] if self.numbered else self.above
        self.numbered.append((rank, node))
        return parent

    def _leaf(self, leaf: Node, line: Line) -> None:
        leaf.last = line.row
        # one name over several rows: each row is a leaf of its own under it
        last = leaf.children[-1].line if leaf.children and leaf.children[-1].name == leaf.name else leaf.line
        if last is None and (leaf.children or leaf.row != line.row):
            return
        if last is not None:
            if all(last.cells.get(role) is line.cells.get(role) for role in ("target", "weight", "earned")):
                return
            if leaf.line is not None:
                leaf.children.append(_part(leaf, leaf.line))
                if mark_in(leaf.line.cells.get("weight")) is not None and leaf.line.cells["weight"] is not line.cells.get("weight"):
                    # the mark was that of its first row
                    leaf.weight = None
            leaf.line, leaf.earned = None, None
            leaf.children.append(_part(leaf, line))
            return
        leaf.line = line
        leaf.weight = mark_in(line.cells.get("weight")) or leaf.weight
        leaf.earned = mark_in(line.cells.get("earned")) or leaf.earned

    def finish(self, block: Block, closed: bool) -> None:
        """Hand the tree over; the last groups of a block that the end of the table cuts are open."""
        block.nodes = self.tops = _gathered(self.tops)
        closed = closed or any(not total.part and not total.top for total in block.totals[-1:])
        block.closed = closed
        nodes, depth = self.tops, 0
        while nodes and not closed:
            last = nodes[-1]
            last.closed = self.blank_end and bool(last.children)
            nodes, depth = last.children, depth + 1
        _bracketed(self.tops)


def _gathered(tops: list[Node]) -> list[Node]:
    """Put rows under the numbered rows that head them, （一）产出指标 50 over the rows that follow, where that adds up for most.

    A heading row has a number before its name and neither target, value nor rule; the rows under it have no such number.
    """
    heads = [node for node in tops if _heads(node)]
    if not heads or len(heads) == len(tops) or tops[0] is not heads[0]:
        return tops
    heading = {id(head) for head in heads}
    groups: list[list[Node]] = []
    for node in tops:
        if id(node) in heading:
            groups.append([])
        else:
            groups[-1].append(node)
    held = sum(_adds_up(head, group) for head, group in zip(heads, groups, strict=True))
    if held * 2 <= len(heads):
        return tops
    for head, group in zip(heads, groups, strict=True):
        head.children += group
    return heads


def _adds_up(head: Node, group: list[Node]) -> bool:
    """Tell whether the rows of a group come to the full mark or to the mark earned of the row that heads it."""
    leaves = [leaf for node in group for leaf in node.leaves()]
    for whole, parts in ((head.weight, [leaf.weight for leaf in leaves]), (head.earned, [leaf.earned for leaf in leaves])):
        found = [figure.value for figure in parts if figure is not None]
        if whole is not None and found and whole.value == sum(found):
            return True
    return False


def _heads(node: Node) -> bool:
    line = node.line
    return line is not None and node.weight is not None and not node.children and rank_of(squeeze(node.cell.text)) in (0, 1) \
        and not any(line.text(role) for role in ("target", "measured", "rule", "note"))


def _bracketed(tops: list[Node]) -> None:
    """Take a bare number in brackets behind the names of groups, 决策(12), for their marks where it adds up for most."""
    found: list[tuple[Node, Figure, Decimal]] = []
    stack = list(reversed(tops))
    while stack:
        node = stack.pop()
        stack += reversed(node.children)
        figure = points_in(node.cell, True) if node.children and node.weight is None and _BRACKETED.search(squeeze(node.cell.text)) else None
        if figure is not None:
            found.append((node, figure, sum((f.value for f in leaf_marks(node)), Decimal(0))))
    held = sum(figure.value == own for _, figure, own in found)
    cut = sum(not node.closed and own < figure.value for node, figure, own in found)
    off = sum(node.closed and misprinted(figure.value, own, 0) for node, figure, own in found) == 1
    beside = any(node.weight is not None and node.children and not _BRACKETED.search(squeeze(node.cell.text)) for node in tops)
    if held >= 2 and held * 2 > len(found) or (held or off and beside) and held + cut + off == len(found) > (0 if beside else 1):
        for node, figure, _ in found:
            node.name = node.name.rpartition("(")[0]
            node.weight = replace(figure, name=node.name)


def leaf_marks(node: Node) -> list[Figure]:
    """The full marks of all leaves below, each printed cell once."""
    found = {(leaf.weight.place, leaf.weight.span): leaf.weight for leaf in node.leaves() if leaf.weight is not None}
    return list(found.values())


def _part(leaf: Node, line: Line) -> Node:
    return Node(leaf.name, line.cells.get("target") or leaf.cell, line.row, mark_in(line.cells.get("weight")),
                mark_in(line.cells.get("earned")), line)


def _bare(line: Line) -> bool:
    """Tell whether a row has neither target nor value nor rule: it only heads others."""
    return not any(line.text(role) for role in ("target", "measured", "rule", "note", "earned"))


_DOTS = re.compile(r"[….·]{1,12}")


def _goes_on(line: Line) -> bool:
    """Tell whether a row stands for rows left out: an ellipsis in the place of a name."""
    return any(cell is not None and _DOTS.fullmatch(line.grid.text(cell)) for cell in line.grid.cells[line.row])


def _empty(line: Line) -> bool:
    return not any(line.text(role) for role in ("weight", "earned", "target", "measured", "rule"))
