"""The marks of a form: full marks and earned marks of groups, of the funds block and of the whole."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from fusuan.model import Cell, Figure, Reading, plain
from fusuan.patterns.cues.indicators import bare, mark_in, points_in, vocabulary, words
from fusuan.patterns.forms.form import Block, Form, Line, Node, Total
from fusuan.patterns.text.squeeze import squeeze

_BESIDE = re.compile(r"([0-9]{1,2})分?\s*[/／]\s*[0-9.]+\s*%")
_BEHIND = re.compile(r"[0-9.]+\s*%\s*[/／]\s*([0-9]{1,2}(?:\.[0-9]{1,2})?)分?")
_TIMES = re.compile(r"\(([0-9]{1,3}(?:\.[0-9]+)?)分?[*×xX]")


def exact(figure: Figure) -> Figure:
    """A mark of at most one decimal stands for itself; one of more was computed, and rounded.

    >>> exact(Figure("8.5", Decimal("8.5"), "", 1)).is_count, exact(Figure("3.33", Decimal("3.33"), "", 2)).is_count
    (True, False)
    """
    return replace(figure, unit="分" if figure.decimals <= 1 else "")


def weight_of(node: Node) -> Decimal | None:
    """The full mark of a group or leaf: as printed, else what its members add up to; None where that is unknown."""
    if node.weight is not None:
        return node.weight.value
    if not node.children:
        return None
    weights = [weight_of(child) for child in node.children]
    return sum((w for w in weights if w is not None), Decimal(0)) if any(w is not None for w in weights) else None


def parts_of(node: Node) -> tuple[list[Figure], bool]:
    """The printed full marks right below a group (of a member without mark, those below it); whether any lacks one.

    A mark cell that covers several leaves counts once.
    """
    found: list[Figure] = []
    seen: set[object] = set()
    lacking = False
    for child in node.children:
        if child.weight is not None:
            key = (child.weight.place, child.weight.span)
            if key not in seen:
                seen.add(key)
                found.append(exact(child.weight))
        elif child.children:
            below, lacks = parts_of(child)
            found += [f for f in below if (f.place, f.span) not in seen]
            lacking = lacking or lacks
        else:
            lacking = lacking or (bool(child.line and child.line.text("measured")) and not child.name.startswith("其中"))
    return found, lacking


def earned_of(nodes: list[Node]) -> list[Figure]:
    """The marks of all leaves below, each printed cell once."""
    found: dict[object, Figure] = {}
    for node in nodes:
        for leaf in node.leaves():
            if leaf.earned is not None:
                found.setdefault((leaf.earned.place, leaf.earned.span), exact(leaf.earned))
    return list(found.values())


def fund_line(block: Block) -> Line | None:
    """The line of a funds block that carries its marks: the whole, else the first with a mark."""
    marked = [line for line in block.lines if mark_in(line.cells.get("weight")) or mark_in(line.cells.get("earned"))]
    for line in marked:
        if any(word in line.text("name") for word in vocabulary()["funds"]["whole"]):
            return line
    return marked[0] if marked else None


def fund_full(block: Block, line: Line) -> Figure | None:
    """The full mark of a funds line: its 分值, else what the heading (20分×执行率) or the name of the block carries."""
    own = mark_in(line.cells.get("weight")) or _before_rate(line.cells.get("weight") or line.cells.get("rate"))
    if own is not None:
        return own
    for cell in (block.heads.get("earned"), block.label, block.heads.get("rate")):
        if cell is not None and (found := points_in(cell) or _leading(cell)) is not None:
            return found
    return None


def _before_rate(cell: Cell | None) -> Figure | None:
    """The mark before the rate in a cell that holds both: 分值/执行率 over 10/96.6%."""
    match = _BESIDE.fullmatch(cell.text.strip()) if cell is not None else None
    return Figure(match[1], Decimal(match[1]), "", 0, cell.place, (0, len(match[1]))) if match and cell is not None else None


def _leading(cell: Cell) -> Figure | None:
    """The mark that a printed rule in a heading begins with: 得分（20分×执行率）."""
    match = _TIMES.search(squeeze(cell.text))
    if match is None:
        return None
    start = cell.text.find(match[1])
    return Figure(match[1] + "分", Decimal(match[1]), "分", 0, cell.place, (start, start + len(match[1])))


def _behind_rate(cell: Cell | None) -> Figure | None:
    """The mark behind the rate in a cell that holds both: 执行率/得分 over 96.87%/9.69."""
    match = _BEHIND.fullmatch(cell.text.strip()) if cell is not None else None
    return Figure(match[1], Decimal(match[1]), "", len(match[1].partition(".")[2]), cell.place, match.span(1)) if match and cell is not None else None


def fund_weight(form: Form, total: Total | None = None) -> Figure | None:
    """The full mark that the funds block brings to the total (that of one of several totals)."""
    for block in form.funds if total is None else form.funds_of(total):
        line = fund_line(block) or (block.lines[0] if block.lines else None)
        if line is not None and (full := fund_full(block, line)) is not None:
            return full
    return None


def fund_earned(form: Form, total: Total | None = None) -> Figure | None:
    """The mark of the funds block that counts into the total (into one of several totals)."""
    for block in form.funds if total is None else form.funds_of(total):
        line = fund_line(block)
        cell = line.cells.get("earned") if line is not None else None
        if (earned := mark_in(cell) or _behind_rate(cell)) is not None:
            return earned
    return None


def is_orphan(form: Form) -> bool:
    """Tell whether the funds block of a form is out of sight: its label, or what the rows leave of the hundred, says so.

    The funds block is worth 10 or 20 of the hundred (财预〔2020〕10号 and the forms that follow it).
    """
    if form.funds or not form.indicators:
        return False
    label = form.indicators[0].label
    if label is not None and (points := points_in(label)) is not None and points.value < 100:
        return True
    return label is not None and sum((f.value for f in weights_of(form.nodes)), Decimal(0)) in (80, 90)


_INCLUDED = re.compile(r"含[^()（）0-9]{1,12}([0-9]{1,2}(?:\.[0-9])?)分")


def included(cell: Cell) -> Figure | None:
    """The points that a total says it includes beside its rows: 总分（含资金执行10分）."""
    match = _INCLUDED.search(cell.text)
    return Figure(match[1] + "分", Decimal(match[1]), "分", len(match[1].partition(".")[2]), cell.place, (match.start(1), match.end())) if match else None


_MONEY = re.compile(r"预算|资金|执行|支出|经费")


def unread_funds(form: Form) -> Decimal:
    """The marks that lines about money, read as no block of funds, must bring for the weights to come to a hundred; else 0."""
    if fund_weight(form) is not None or not form.indicators:
        return Decimal(0)
    gap = 100 - sum((f.value for f in weights_of(form.nodes)), Decimal(0))
    told = any(_MONEY.search(grid.text(cell)) for grid, row in form.rows for cell in grid.starts(row)) or bool(form.funds)
    return gap if gap in ((5, 10, 15, 20, 25, 30) if told else (10, 20) if begins_later(form) else ()) else Decimal(0)


def begins_later(form: Form) -> bool:
    """Tell whether the line that opens a form is not in sight: its funds block may be out of sight as well."""
    opens = words("head", "opens")
    return not any(bare(grid.text(cell)) in opens for grid, row in form.rows for cell in grid.starts(row))


def is_complete(form: Form) -> bool:
    """Tell whether the weights in sight make up the whole hundred, so that nothing of the form is out of sight."""
    weights = sum((weight.value for weight in deepest_of(form.leaves)), Decimal(0))
    fund = fund_weight(form)
    return Decimal(100) in (weights, weights + (fund.value if fund else 0)) or any(
        not t.top and t.weight is not None for t in form.all_totals)


def deepest_of(leaves: list[Node]) -> list[Figure]:
    found = {(leaf.weight.place, leaf.weight.span): leaf.weight for leaf in leaves if leaf.weight is not None}
    return list(found.values())


def weights_of(nodes: list[Node]) -> list[Figure]:
    """The full marks that make up the whole: those of the leaves, of a group whose leaves have none its own."""
    found: dict[object, Figure] = {}
    for node in nodes:
        below = weights_of(node.children)
        if not below and node.weight is not None:
            below = [exact(node.weight)]
        found |= {(figure.place, figure.span): figure for figure in below}
    return list(found.values())


def in_column(nodes: list[Node], column: int | None) -> list[Figure]:
    """The full marks of groups and leaves that stand in a column, each once."""
    found: dict[object, Figure] = {}
    stack = list(reversed(nodes))
    while stack:
        node = stack.pop()
        stack += reversed(node.children)
        if node.weight is not None and node.weight.place.column == column:
            found[node.weight.place, node.weight.span] = exact(node.weight)
    return list(found.values())


def has_unmarked(form: Form) -> bool:
    return any(leaf.weight is not None and leaf.line is not None and leaf.earned is None for leaf in form.leaves)


def whole_of(form: Form) -> list[Figure]:
    """The marks that make up the total: the funds block's and those of all leaves."""
    fund = fund_earned(form)
    return ([exact(fund)] if fund is not None else []) + earned_of(form.nodes)


def bounded(form: Form) -> Reading | None:
    """Of a form not all in sight: the total is at most the hundred less what the rows in sight lost."""
    lost = [(leaf.weight, leaf.earned) for leaf in form.leaves
            if leaf.weight and leaf.earned and leaf.earned.value < leaf.weight.value < 100]  # (of a hundred it is a total)
    full, fund = fund_weight(form), fund_earned(form)
    if full is not None and fund is not None and fund.value < full.value:
        lost.insert(0, (full, fund))
    if not earned_of(form.nodes):
        return None
    return Reading({"minus": tuple(exact(w) for w, _ in lost), "parts": tuple(exact(e) for _, e in lost)})


def is_raw(form: Form) -> bool:
    """Tell whether marks are given out of a hundred each (or weights as shares of one), so that they pass their weights."""
    pairs = [(leaf.weight.value, leaf.earned.value) for leaf in form.leaves if leaf.weight and leaf.earned]
    over = sum(earned > weight for weight, earned in pairs)
    return len(pairs) >= 2 and over * 2 > len(pairs) and all(earned <= 100 for _, earned in pairs)


class Sharing:
    """Which mark cells cover several leaves, and with whom: a mark for three rows is no row's own."""

    def __init__(self, form: Form) -> None:
        self._earned: dict[object, list[Node]] = {}
        self._weight: dict[object, list[Node]] = {}
        for leaf in form.leaves:
            for figure, users in ((leaf.earned, self._earned), (leaf.weight, self._weight)):
                if figure is not None:
                    users.setdefault((figure.place, figure.span), []).append(leaf)
        self._lent: dict[int, list[Node]] = {}
        self._lend(form.leaves)
        self.covered = {id(leaf) for leaves in self._lent.values() for leaf in leaves}

    def _lend(self, leaves: list[Node]) -> None:
        """A mark above its full mark with blanks right below it was merged over them, and the merge was lost."""
        for index, leaf in enumerate(leaves):
            if leaf.weight is None or leaf.earned is None or leaf.earned.value <= leaf.weight.value:
                continue
            room, below = leaf.weight.value, []
            for other in leaves[index + 1:index + 30]:
                if other.weight is None or other.earned is not None or room >= leaf.earned.value:
                    break
                room += other.weight.value
                below.append(other)
            if below and room >= leaf.earned.value:
                self._lent[id(leaf)] = below

    def alone(self, leaf: Node) -> bool:
        """Tell whether the full mark and the mark earned of a leaf are its own."""
        return id(leaf) not in self._lent and all(figure is None or len(users.get((figure.place, figure.span), ())) <= 1
                   for figure, users in ((leaf.earned, self._earned), (leaf.weight, self._weight)))

    def full(self, leaf: Node) -> list[Figure]:
        """The full marks that the mark earned of a leaf is earned from: those of all leaves it covers, each once."""
        users = self._earned.get((leaf.earned.place, leaf.earned.span), []) if leaf.earned is not None else []
        users = [leaf, *users, *self._lent.get(id(leaf), [])]
        found = {(w.place, w.span): exact(w) for user in users if (w := user.weight) is not None}
        return list(found.values())


_OUTSIDE = "各项指标相加已是总分，预算执行情况的{}分没有计入"
_REPEATED = re.compile("执行|支出率|支付进度")


def outside_of(form: Form) -> str:
    """What to say of a total that leaves the marks of the funds block out, where no row repeats them."""
    fund = fund_weight(form)
    repeated = any(_REPEATED.search(leaf.name) for leaf in form.leaves)
    return "" if fund is None or fund_earned(form) is None or repeated else _OUTSIDE.format(plain(fund.value))
