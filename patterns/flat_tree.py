"""散行评分表：分组分值写在名称括号里（项目决策（20分）），丢了表线的评分表。

按括号分值的先后还原上下级，核对各组分值等于其下各组（各行）分值之和、总分等于各行之和。其余各组都相符、
上级分值减去同级其余各组也得出同一数的，判为不符；表中不止一处对不上的，只作提示。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(text):
...     document = Document("", "", (Paragraph(text, Place(paragraph=1)),))
...     return [(s.stated.text, [f.text for f in s.readings[0]["parts"]], s.guess) for s in find(Report(document))]
>>> table = "决策(20分) 立项(12分) 依据 6 6 程序 6 5 目标(8分) 明确性 8 8 过程(80分) 资金(30分) 合规 30 29 制度({}分) 健全 50 50 总分 100 98"
>>> found(table.format(50))[:2], found(table.format(58))[2:]
([('20分', ['12分', '8分'], False), ('12分', ['6', '6'], False)], [('80分', ['30分', '58分'], True), ('58分', ['50'], False), ('100', ['6', '6', '8', '30', '50'], False), ('98', ['6', '5', '8', '29', '50'], False)])
>>> found("本次调查(20分)发放问卷 30 份，收回 28 份。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fusuan.model import Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.grids.unframed.tree import Group, Joined, Whole, trees


def find(report: Report) -> Iterator[Statement]:
    for joined, tree in trees(report):
        yield from _said(joined, tree)


def _said(joined: Joined, tree: Whole) -> Iterator[Statement]:
    groups = [g for g in tree.all() if g.parts and not g.odd]
    failing = [g for g in groups if g.own != g.value]
    followed = {id(group) for parent in (tree, *tree.all()) for group in (parent.groups if tree.cut else parent.groups[:-1])}
    rooms = {id(child): room for parent in (tree, *tree.all()) for child, room in _rooms(parent, tree)}
    for group in groups:
        held = group.own == group.value
        proven = rooms.get(id(group)) == group.own or len(failing) == 1 and id(group) in followed and _upheld(group)
        sure = held or len(failing) <= 2 and len(groups) - len(failing) >= 2 and proven
        if len(group.parts) >= 2 or sure and not held:
            yield _sum(joined, group, "weight_sum", sure)
    yield from _total(joined, tree)


def _upheld(group: Group) -> bool:
    """Tell whether a group has several groups under it, each of which is the sum of its rows."""
    return len(group.groups) >= 2 and all(g.parts and g.own == g.value and not g.odd for g in group.groups)


def _rooms(parent: Group, tree: Whole) -> Iterator[tuple[Group, Decimal]]:
    """What each group is left by those beside it: of the points of the group above, or of the hundred."""
    whole = Decimal(100) if parent is tree else parent.value
    beside = sum((g.value for g in parent.groups), Decimal(0))
    for group in parent.groups:
        yield group, whole - (beside - group.value)


def _sum(joined: Joined, group: Group, label: str, sure: bool) -> Statement:
    parts = tuple(joined.figure(value, span) for value, span in group.parts)
    facts = {} if sure else {"slip": "none"}
    return Statement("parts", label, joined.figure(group.value, group.span), (Reading({"parts": parts}),), joined.quote(group), facts,
                     guess=not sure)


def _total(joined: Joined, tree: Whole) -> Iterator[Statement]:
    """The last line: full marks, and marks where the full marks of the rows prove that all rows are in sight."""
    marks = list(tree.marks())
    weight = sum((m.weight for m in marks), Decimal(0))
    if len(marks) < 3 or any(g.odd for g in tree.all()) or not tree.total:
        return
    quote = joined.text[tree.total[0][1][0] - 4:tree.total[-1][1][1]]
    weights = tuple(joined.figure(m.weight, m.span) for m in marks)
    earned = tuple(joined.figure(m.earned, m.earned_span) for m in marks if m.earned is not None)
    if len(tree.total) == 2:
        stated = joined.figure(*tree.total[0])
        yield Statement("parts", "weight_sum", stated, (Reading({"parts": weights}),), quote, {"slip": "none"}, guess=stated.value != weight)
    if len(earned) == len(marks) and (weight == 100 or len(tree.total) == 2 and tree.total[0][0] == weight):
        yield Statement("parts", "score_sum", joined.figure(*tree.total[-1]), (Reading({"parts": earned}),), quote)
