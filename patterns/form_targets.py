"""表格指标值与完成值：是否达到，得分是否与之相称。

读：年度指标值与实际完成值（方向取自≥≤＝、指标性质，没有的看指标名称：成本、控制率、结余率等越低越好），单位和比例口径换算，日期，“达成预期指标”等写法；
不读：一格里几个数的（100%1000件），定性描述前后措辞不同的。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["二级指标", "三级指标", "指标值", "完成值", "分值", "得分"], ["数量指标", "修缮凉亭", "≥12座", "11座", "10", "10"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> said = list(find(Report(Document("", "", (Table(cells, 2, 6, Place(table=1)),)))))
>>> [(s.stated.text, s.facts["state"], s.facts["sign"], s.facts["certain"]) for s in said]
[('10', 'unmet', '≥', '1')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fusuan.model import Figure, Reading, Statement, Words
from fusuan.patterns._report import Report
from fusuan.patterns.cues.indicators import bare, mark_in
from fusuan.patterns.cues.times import EARLIER, YEAR
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Form, Line, Node
from fusuan.patterns.forms.marks import Sharing, exact
from fusuan.patterns.forms.values import Aim, aim_of

_ADMITTED = frozenset(("否", "未完成", "未达标", "未达到", "未实现"))
"""What a row says that owns up to a target not met."""
_PARTIAL = re.compile(r"(?<![0-9])(?:1[01]|[1-9])月(?![底末前])|上半年|[一二三123]季度|应完成")
"""What a year's target is not to be held against: 1—7月完成值; that of 1—12月 is of the year."""


def _of_another_time(measured: str, target: str) -> bool:
    """Tell whether headings say that what was achieved is of part of the year of the target, or of another."""
    years = YEAR.findall(measured), YEAR.findall(target)
    other = any(words.search(measured) and not words.search(target) for words in (_PARTIAL, EARLIER))
    return other or bool(all(years) and years[0] != years[1])


def find(report: Report) -> Iterator[Statement]:
    for form in forms(report):
        groups = _groups(form)
        sharing, unweighted = Sharing(form), not any(leaf.weight is not None for leaf in form.leaves)
        for leaf in form.leaves:
            if leaf.line is not None and (statement := _row(leaf, leaf.line, groups.get(id(leaf), ""), sharing, unweighted)) is not None:
                yield statement


def _groups(form: Form) -> dict[int, str]:
    """The names of the groups a leaf stands in, joined."""
    found: dict[int, str] = {}
    stack = [(node, "") for node in form.nodes]
    while stack:
        node, over = stack.pop()
        found[id(node)] = over
        stack += [(child, f"{over} {node.name}") for child in node.children]
    return found


def _row(leaf: Node, line: Line, group: str, sharing: Sharing, unweighted: bool) -> Statement | None:
    target, measured = line.cells.get("target"), line.cells.get("measured")
    if target is None or measured is None or target is measured:
        return None
    aim = aim_of(target, measured, line.text("unit"), line.text("nature"), (leaf.name, group))
    if aim is None or _of_another_time(line.heads.get("measured", ""), line.heads.get("target", "")):
        return None
    facts = {"state": aim.state, "sign": aim.sign, "certain": "1" if aim.certain else "", "why": aim.why,
             "target": target.text.strip(), "measured": measured.text.strip()}
    for role in ("reason", "rule"):
        if line.text(role) and bare(line.text(role)) not in ("无", "/", "-", "—"):
            facts[role] = line.text(role)
    if any(line.grid.text(cell) in _ADMITTED for cell in line.grid.row(line.row)):
        facts["admitted"] = "1"
    review = line.cells.get("review")
    if leaf.weight is not None and review is not None and (mark := mark_in(review)) is not None and mark.value < leaf.weight.value:
        facts["reviewed"] = "1"
    # where no row prints what it may earn, a mark for a target that was met stands for itself
    alone = leaf.earned is not None and sharing.alone(leaf)
    marked = alone and (leaf.weight is not None or unweighted and aim.state == "met")
    stated = _stated(leaf, aim, measured.text, marked, line)
    return Statement("target", "target", stated, (Reading(_roles(leaf, aim, marked)),), line.quote, facts)


def _stated(leaf: Node, aim: Aim, text: str, marked: bool, line: Line) -> Figure | Words:
    """The mark where one is given for this row alone, else the value achieved."""
    if marked and leaf.earned is not None and aim.state != "unknown":
        return exact(replace(leaf.earned, name=f"{leaf.name}得分"))
    if aim.measured is not None:
        return replace(aim.measured, name=leaf.name)
    return Words(text.strip(), line.cells["measured"].place, (0, len(text)), leaf.name)


def _roles(leaf: Node, aim: Aim, marked: bool) -> dict[str, tuple[Figure, ...]]:
    roles: dict[str, tuple[Figure, ...]] = {}
    if aim.target is not None:
        roles["target"] = (aim.target,)
    if aim.measured is not None:
        roles["measured"] = (aim.measured,)
    if marked and leaf.earned is not None:
        roles |= {"earned": (exact(leaf.earned),)}
        roles |= {"full": (exact(leaf.weight),)} if leaf.weight is not None else {}
    return roles
