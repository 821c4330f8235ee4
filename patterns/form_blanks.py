"""表格空白：有分值而得分空白，有指标值而完成值空白，合计得分空白，填表提示没有删掉。

读：得分、完成值两栏和资金块、合计行的得分；“（100字以内）”“XX”“**”等模板提示；
不读：原因、备注、复核分等可不填的栏，没有名称的备用行，表格被截断处的最后一行。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["指标名称", "目标值", "完成值", "分值", "得分"], ["栽植乔木", "90株", "90株", "6", "6"], ["修剪灌木", "40丛", "", "4", ""], ["合计", "", "", "10", "6"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> [(s.place.row, s.place.column, s.stated.name, s.facts["weight"]) for s in find(Report(Document("", "", (Table(cells, 4, 5, Place(table=1)),))))]
[(2, 2, '修剪灌木完成值', 'sure'), (2, 4, '修剪灌木得分', 'sure')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fusuan.model import Cell, Statement, Words
from fusuan.patterns._report import Report
from fusuan.patterns.cues.amounts import label_of
from fusuan.patterns.cues.indicators import bare, mark_in, vocabulary, words
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Block, Form, Line, Node
from fusuan.patterns.forms.marks import Sharing, fund_full, fund_line, is_raw
from fusuan.patterns.forms.view import View
from fusuan.patterns.text.squeeze import squeeze

_PROMPT = re.compile(r"[0-9]{2,4}字(?:以内|左右)|^(?:请)?(?:对照|结合|针对|简要)[^。]{4,40}(?:说明|情况|问题|意见)[^。]{0,20}$")
_NOT_ASKED = re.compile(r"不适用|不涉及|未涉及|无此项|未发生|不考核|不计分|本年(?:度)?(?:无|没有|未)|取消")
_SPARE = re.compile(r"(?:三级)?指标[0-9一二三四五六七八九十]{0,2}[:：]?")
_PLACEHOLDER = re.compile(r"(?<![A-Za-z])[XＸ×xX]{2,}(?![A-Za-z])|\*{2,}|＊{2,}|_{3,}|…{2,}[%个万元]")


_BONUS = re.compile(r"加分|减分|扣分|奖励|附加|一票否决")
"""What is given or taken beside the hundred has no target."""


def find(report: Report) -> Iterator[Statement]:
    for form in forms(report):
        filled = _filled(form)
        yield from _folded(list(_leaves(form, filled)))
        yield from _funds(form, filled)
        yield from _totals(form, filled)
        yield from _prompts(form)


def _filled(form: Form) -> bool:
    """Tell whether somebody filled the form in: a mark, a value achieved or an amount stands in it."""
    if any(leaf.line and (leaf.earned is not None or leaf.line.text("measured")) for leaf in form.leaves):
        return True
    amounts = (line.cells.get(role) for block in form.funds for line in block.lines for role in ("executed", "budget"))
    return any(cell is not None and any(c in "123456789" for c in squeeze(cell.text)) for cell in amounts)


def _folded(found: list[Statement]) -> Iterator[Statement]:
    """Blanks that nothing is sure of are told once a column: an empty form is one remark, not thirty."""
    unsure: dict[object, list[Statement]] = {}
    for statement in found:
        if statement.facts["weight"] == "sure":
            yield statement
        else:
            unsure.setdefault((statement.place.table, statement.place.column), []).append(statement)
    for column in unsure.values():
        first = column[0]
        if len(column) <= 3:
            yield from column
            continue
        name = f"{first.stated.name}等{len(column)}项"
        yield replace(first, stated=Words("", first.place, (0, 0), name))


def _leaves(form: Form, filled: bool) -> Iterator[Statement]:
    seen: set[int] = set()
    covered = Sharing(form).covered
    told = _told(form)
    lost = next((_lost_merges(leaf.line.grid) for leaf in form.leaves if leaf.line is not None), False)
    for leaf in form.leaves:
        line = leaf.line if not _BONUS.match(leaf.name) and label_of(leaf.name).sign == "+" else None
        if line is None or leaf.name.startswith("其中") or _SPARE.fullmatch(leaf.name):
            continue
        sure = filled and not lost and not _cut(form, leaf, line) and id(leaf) not in covered
        for role in ("measured", "earned"):
            cell = line.cells.get(role)
            if cell is None or id(cell) in seen or line.grid.text(cell) or not _asked(leaf, line, role) \
                    and not (told and role == "measured" and _marked(leaf)):
                continue
            seen.add(id(cell))
            known = leaf.weight is not None if role == "earned" else bool(line.text("target")) or _marked(leaf)
            known = known and not any(_NOT_ASKED.search(line.text(other)) for other in ("measured", "reason", "note"))
            yield _blank(cell, f"{leaf.name}{'得分' if role == 'earned' else '完成值'}", line, sure and known)
        target = line.cells.get("target")
        if target is not None and not line.text("target") and not line.text("measured") and "measured" in line.cells \
                and _gap(form, leaf):
            yield _blank(target, f"{leaf.name}指标值", line, False)


def _lost_merges(grid: View) -> bool:
    """Tell whether a table seems to have lost its merges, so that a blank may be covered by the cell above or beside it: no cell is
    merged, and names of the outer levels leave blanks below them.
    """
    if grid.table.place.table is None or any(cell.rows > 1 or cell.columns > 1 for cell in grid.table.cells):
        return False
    return sum(bool(row) and not grid.text(row[0]) and any(grid.text(cell) for cell in row) for row in map(grid.row, range(grid.height))) >= 2


def _asked(leaf: Node, line: Line, role: str) -> bool:
    """Tell whether a row asks for a mark (it has a weight) or for a value (it has a target, or neither is filled)."""
    if role == "earned":
        return leaf.weight is not None or bool(line.text("target") and line.text("measured") and "weight" not in line.cells)
    if bare(line.text("target")) in words("words", "none"):
        return False
    return bool(line.text("target")) or (leaf.weight is None and "weight" not in line.cells and not line.text("earned"))


def _told(form: Form) -> bool:
    """Tell whether the form uses its column of values: two rows that have a mark fill it, and one in four of them."""
    marked = [leaf.line for leaf in form.leaves if leaf.line is not None and _marked(leaf) and "measured" in leaf.line.cells]
    filled = sum(bool(line.text("measured")) for line in marked)
    return filled >= 2 and filled * 4 >= len(marked)


def _marked(leaf: Node) -> bool:
    """Tell whether a mark was given."""
    return leaf.weight is not None and leaf.earned is not None and leaf.earned.value > 0


def _gap(form: Form, leaf: Node) -> bool:
    """A row without target is a gap only where other rows of the form have one."""
    return leaf.weight is None and any(other.line and other.line.text("target") for other in form.leaves) and _deep(form, leaf)


def _deep(form: Form, leaf: Node) -> bool:
    """Tell whether the name stands in the column of the innermost level (an outer name alone is a spare line)."""
    columns = [other.cell.place.column or 0 for other in form.leaves if other.line and other.line.text("target")]
    return bool(columns) and (leaf.cell.place.column or 0) >= max(columns)


def _cut(form: Form, leaf: Node, line: Line) -> bool:
    """Tell whether the row is where a table breaks off: the last of its block, with nothing but its name."""
    if leaf is not form.leaves[-1] or form.indicators[-1].closed:
        return False
    return not any(line.text(role) for role in ("target", "measured", "rule", "note"))


def _funds(form: Form, filled: bool) -> Iterator[Statement]:
    for block in form.funds:
        yield from _amounts(block)
        line = fund_line(block)
        if line is None:
            continue
        cell = line.cells.get("earned")
        if cell is not None and not line.grid.text(cell) and fund_full(block, line) is not None:
            yield _blank(cell, f"{line.text('name').rstrip(':')}得分", line, filled)


def _amounts(block: Block) -> Iterator[Statement]:
    """What the line of the whole lacks though its parts have it, the parts though the whole has it, and the rate of both.

    A column that another line of the same kind leaves blank as well was not asked for.
    """
    whole = next((line for line in block.lines if any(word in line.text("name") for word in vocabulary()["funds"]["whole"])), None)
    if whole is None:
        return
    parts = [line for line in block.lines if line.row > whole.row]
    name = whole.text("name").rstrip(":")
    columns = [role for role in ("initial", "budget", "executed") if role in whole.cells]
    listed = any(_amount(line, role) for line in parts for role in columns if _amount(whole, role))
    for role in columns:
        cell, own = whole.cells[role], [line for line in parts if _amount(line, role)]
        if own and not whole.grid.text(cell):
            yield _blank(cell, f"{name}{whole.heads[role]}", whole, True)
        elif listed and not own and _amount(whole, role) and (first := _open(parts, role)) is not None:
            yield _blank(first.cells[role], f"{first.text('name').rstrip(':')}{whole.heads[role]}", first, True)
    rate = whole.cells.get("rate")
    known = whole if all(_amount(whole, role) for role in ("budget", "executed")) else None
    if rate is not None and not whole.grid.text(rate) and (known or any(line.text("rate") for line in parts)):
        yield _blank(rate, f"{name}{whole.heads['rate']}", whole, True)


def _amount(line: Line, role: str) -> bool:
    """Tell whether an amount that is not nothing stands under a heading."""
    return any(c in "123456789" for c in line.text(role))


_TOLD = re.compile(r":\s*[0-9]")


def _open(parts: list[Line], role: str) -> Line | None:
    """The part left blank, where it is not said to be nothing, its name tells no amount, and the others are blank too."""
    blank = [line for line in parts if role in line.cells and not line.text(role) and not _TOLD.search(line.text("name"))]
    return next((line for line in blank if any(_amount(line, other) for other in ("initial", "budget", "executed"))), None)


def _totals(form: Form, filled: bool) -> Iterator[Statement]:
    for total in form.all_totals:
        cell = total.line.cells.get("earned")
        if cell is not None and not total.line.grid.text(cell) and not total.top and not is_raw(form):
            asked = total.weight is not None or any(leaf.earned is not None for leaf in form.leaves)
            if asked:
                yield _blank(cell, f"{total.name}得分", total.line, filled)


def _prompts(form: Form) -> Iterator[Statement]:
    for cell in form.texts:
        if _PROMPT.search(squeeze(cell.text)) and len(cell.text) <= 80:
            yield _prompt(cell, " ".join(cell.text.split()))
    for line in (leaf.line for leaf in form.leaves):
        for role in ("target", "measured", "earned", "weight") if line is not None else ():
            found = line.cells.get(role) if line is not None else None
            if line is not None and found is not None and _PLACEHOLDER.search(found.text):
                yield _prompt(found, line.quote)


def _prompt(cell: Cell, quote: str) -> Statement:
    stated = Words(cell.text.strip(), cell.place, (0, len(cell.text)), "填表提示")
    return Statement("blank", "missing", stated, quote=quote, facts={"weight": "prompt"})


def _blank(cell: Cell, name: str, line: Line, sure: bool) -> Statement:
    stated = Words("", cell.place, (0, 0), name)
    full = mark_in(line.cells.get("weight"))
    facts = {"weight": "sure" if sure else "unsure", "full": full.text if full else ""}
    return Statement("blank", "missing", stated, quote=line.quote, facts=facts)
