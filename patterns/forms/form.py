"""What a form is made of: blocks of funds and of indicators, their rows, the tree of indicators, totals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from fusuan.model import Cell, Figure
from fusuan.patterns.forms.view import View


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A row of a block: its cells by role. `quote` is the row read out."""

    grid: View
    row: int
    cells: dict[str, Cell]
    heads: dict[str, str]

    def text(self, role: str) -> str:
        """The squeezed text under a heading, empty where there is none."""
        return self.grid.text(self.cells.get(role))

    @property
    def quote(self) -> str:
        return self.grid.quote(self.row)


@dataclass(slots=True, eq=False)
class Node:
    """An indicator, or a group of them. `weight` is its full mark as printed in a column of its own or in its name.

    `line` is the row of a leaf. `closed`: all its rows are in sight (it is not cut by the end of the table).
    `shared`: its mark cell covers other leaves too.
    """

    name: str
    cell: Cell
    row: int
    weight: Figure | None = None
    earned: Figure | None = None
    line: Line | None = None
    children: list[Node] = field(default_factory=list)
    closed: bool = True
    last: int = 0

    def leaves(self) -> Iterator[Node]:
        """Every leaf below it, itself where it is one."""
        stack = [self]
        while stack:
            node = stack.pop()
            if node.children:
                stack += reversed(node.children)
            else:
                yield node


@dataclass(frozen=True, slots=True, eq=False)
class Total:
    """A line that adds up: the whole of a form, or (`part`) a group. Cells are those of its marks, filled or not.

    `top`: it stands in the head of the form. `after`: how many lines of its block stand before it. `levels`: the full
    marks it prints under the columns of outer levels.
    """

    line: Line
    name: str
    weight: Figure | None
    earned: Figure | None
    part: bool = False
    top: bool = False
    after: int = 0
    levels: tuple[Figure, ...] = ()


def _at(cell: Cell) -> tuple[int, int]:
    """Where a cell stands in the report, by table and row."""
    return cell.place.table or 0, cell.place.row or 0


@dataclass(slots=True, eq=False)
class Block:
    """Rows under one heading: `kind` is "funds" or "indicators". `label` is the cell beside them that names the block."""

    kind: str
    grid: View
    heads: dict[str, Cell]
    label: Cell | None = None
    lines: list[Line] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    closed: bool = False


@dataclass(eq=False)
class Form:
    """One form: its blocks in order, the totals printed outside them, and the texts beside (goals, notes).

    `rows` are the rows outside its blocks (head, goals, notes).

    What it derives is worked out once, when the form has been read.
    """

    blocks: list[Block] = field(default_factory=list)
    totals: list[Total] = field(default_factory=list)
    texts: list[Cell] = field(default_factory=list)
    rows: list[tuple[View, int]] = field(default_factory=list)

    @cached_property
    def funds(self) -> list[Block]:
        return [block for block in self.blocks if block.kind == "funds"]

    @cached_property
    def indicators(self) -> list[Block]:
        return [block for block in self.blocks if block.kind == "indicators"]

    @cached_property
    def nodes(self) -> list[Node]:
        """The outermost groups of all its blocks."""
        return [node for block in self.indicators for node in block.nodes]

    @cached_property
    def leaves(self) -> list[Node]:
        return [leaf for node in self.nodes for leaf in node.leaves()]

    def since(self, total: Total) -> list[Node]:
        """The leaves between a subtotal and the total before it."""
        block = next((b for b in self.indicators if total in b.totals), None)
        if block is None:
            return []
        start = max((t.after for t in block.totals if t.after < total.after), default=0)
        own = {id(line) for line in block.lines[start:total.after]}
        return [leaf for node in block.nodes for leaf in node.leaves() if id(leaf.line) in own]

    @cached_property
    def closing(self) -> list[Total]:
        """The totals that close their rows."""
        return [t for t in self.all_totals if not t.part and not t.top and t.after]

    def _reach(self, total: Total) -> tuple[tuple[int, int], tuple[int, int]]:
        """Where the total before a closing one stands, and where it stands itself."""
        end = _at(total.line.cells["name"])
        return max((at for t in self.closing if (at := _at(t.line.cells["name"])) < end), default=(0, -1)), end

    def funds_of(self, total: Total) -> list[Block]:
        """The funds blocks that belong to a total: where several totals close their rows, those since the one before it."""
        start, end = self._reach(total)
        own = [b for b in self.funds if b.lines and start < _at(b.lines[0].cells["name"]) < end] if total in self.closing and len(self.closing) > 1 else []
        return own or self.funds

    def under(self, total: Total) -> list[Node]:
        """The outermost groups that a total adds up: where several totals close their rows, those since the one before it."""
        if total not in self.closing:
            return self.nodes
        start, end = self._reach(total)
        if len(self.closing) < 2:
            return [node for node in self.nodes if _at(node.cell) < end] or self.nodes
        # right below another total it adds up the same rows; below rows that are no indicators nobody knows what
        return [node for node in self.nodes if start < _at(node.cell) < end] or (self.nodes if (end[0], end[1] - 2) <= start else [])

    @cached_property
    def all_totals(self) -> list[Total]:
        return [*self.totals, *(total for block in self.blocks for total in block.totals)]
