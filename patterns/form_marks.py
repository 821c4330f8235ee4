"""表格分值与得分：各级分值相加、得分相加、合计与总分。

读：指标表中各级指标的分值（分值列、名称里的“（50分）”“项目管理13分”）、小计、合计、总分，资金块的分值和得分计入总分；
不读：表格在此处明显被截断的合计、不计分的其中行、原因和备注列。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["一级指标", "三级指标", "分值", "得分"], ["产出（20分）", "植树", "12", "12"], ["", "浇水", "8", "6"], ["合计", "", "20", "18"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> said = list(find(Report(Document("", "", (Table(cells, 4, 4, Place(table=1)),)))))
>>> [(s.label, s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in said]
[('weight_sum', '20分', ['12', '8']), ('weight_sum', '20', ['12', '8']), ('score_sum', '18', ['12', '6'])]
>>> rows = [["三级指标", "分值", "得分"], ["植树", "60", "58"], ["浇水", "40", "40"], ["减：约束性事项扣分", "", "2"], ["总分", "100", "96"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> [(role, [f.text for f in figures]) for role, figures in list(find(Report(Document("", "", (Table(cells, 5, 3, Place(table=1)),)))))[-1].readings[0].roles.items()]
[('parts', ['58', '40']), ('minus', ['2'])]
>>> rows = [["三级指标", "分值", "得分"], ["植树", "60", "58"], ["浇水", "30", "30"], ["施肥（不适用）", "10", "—"], ["折算后得分", "", "97.78"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> [(role, [f.text for f in figures]) for role, figures in list(find(Report(Document("", "", (Table(cells, 5, 3, Place(table=1)),)))))[-1].readings[0].roles.items()]
[('numerator', ['58', '30']), ('denominator', ['60', '30'])]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fusuan.model import Figure, Mark, Reading, Statement, plain
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.claims import heads_of, nested
from fusuan.patterns.cues.amounts import label_of
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Form, Node, Total
from fusuan.patterns.forms.marks import (
    begins_later,
    bounded,
    earned_of,
    exact,
    fund_earned,
    fund_weight,
    has_unmarked,
    in_column,
    included,
    is_complete,
    is_orphan,
    is_raw,
    outside_of,
    parts_of,
    unread_funds,
    weights_of,
)
from fusuan.patterns.forms.prescribed import prescribed
from fusuan.patterns.forms.rooms import Rooms

_CUT = "表格在此处结束，下属指标可能没有列全"
_ORPHAN = "本表只见指标部分，资金执行部分不在其中"
_BONUS = re.compile(r"加分|减分|加减分|扣分项|附加|倒扣|奖励分|奖惩")
_BONUS_DOUBT = "有加分、减分项，总分可能另有封顶或折算"
_LATER = "本表从中间开始，前面的指标不在其中"
_SCALED = re.compile("折算|换算")
_UNEVEN = "有的指标没有分值，可能没有列全"


def find(report: Report) -> Iterator[Statement]:
    fixed = prescribed(report)
    for form in forms(report):
        rooms = Rooms(form)
        yield from (s for node in form.nodes for s in _groups(rooms, node, None))
        for total in form.all_totals:
            yield from (_with_funds(form, s) if fixed is not None and fixed.funds_within else s for s in _totals(form, total))


def _with_funds(form: Form, statement: Statement) -> Statement:
    """The total as the note wants it: with the funds block, which the other reading leaves out."""
    fund = fund_weight(form) if statement.label == "weight_sum" else fund_earned(form)
    if fund is None or statement.facts:
        return statement
    kept = tuple(r for r in statement.readings if any(f.place == fund.place for f in r["parts"]) or not r["parts"])
    return replace(statement, readings=kept or statement.readings)


def _groups(rooms: Rooms, node: Node, above: Node | None) -> Iterator[Statement]:
    if node.children and node.weight is not None:
        parts, lacking = parts_of(node)
        if parts:
            statement = _sum("weight_sum", _named(node, node.weight), parts, _facts(rooms, node, above, parts, lacking), _quote(node))
            fund = fund_weight(rooms.form) if above is None else None
            yield statement if fund is None else replace(statement, readings=(
                *statement.readings, Reading({"parts": (exact(fund), *parts)})))
        elif (earned := _without_subtotals(node, earned_of([node]))) and not any(leaf.line and "weight" in leaf.line.cells for leaf in node.leaves()):
            facts = _facts(rooms, node, above, earned, False)
            if facts.get("apart"):
                yield _sum("score_sum", _named(node, node.weight), earned, {**facts, "bound": ""}, _quote(node))
            else:
                yield _sum("score_sum", _named(node, node.weight), earned, {"bound": "at least"}, _quote(node))
    if node.children and node.earned is not None:
        earned, whole = earned_of(node.children), not any(
            leaf.weight is not None and leaf.earned is None for leaf in node.leaves())
        if earned and whole and (node.closed or sum(e.value for e in earned) >= node.earned.value):
            yield _sum("score_sum", replace(node.earned, name=f"{node.name}得分"), earned, {}, _quote(node))
    for child in node.children:
        yield from _groups(rooms, child, node)


def _without_subtotals(node: Node, earned: list[Figure]) -> list[Figure]:
    """The marks of the rows; where they come to more than the group has, less the rows that add up those right below them."""
    whole = node.weight.value if node.weight is not None else Decimal(0)
    return heads_of(earned, 1) if sum((f.value for f in earned), Decimal(0)) > whole and len(earned) <= 400 else earned


def _facts(rooms: Rooms, node: Node, above: Node | None, parts: list[Figure], lacking: bool) -> dict[str, str]:
    """What a mismatch of a group is worth: certain where the group above leaves room for just what its members give."""
    own = sum((part.value for part in parts), Decimal(0))
    assert node.weight is not None
    if own == node.weight.value:
        return {}
    if rooms.left(node, above) == own:
        return {"apart": f"按上一级分值推算也应为{plain(own)}分"}
    if any(_BONUS.search(child.name) for child in node.children):
        return {"doubt": _BONUS_DOUBT}
    if rooms.culprit(node):
        return {"doubt": "其下某一组的分值本身与明细不符"}
    if own < node.weight.value and not node.closed:
        return {"doubt": _CUT}
    if own < node.weight.value and lacking:
        return {"doubt": _UNEVEN}
    return _late(rooms.form, node.weight, parts) if above is None and is_orphan(rooms.form) else {}


def _late(form: Form, whole: Figure, parts: list[Figure]) -> dict[str, str]:
    """The doubt about a form whose head is out of sight, and of whose marks less than half is in sight."""
    late = begins_later(form) and sum((f.value for f in parts), Decimal(0)) * 2 < whole.value
    return {"doubt": _LATER} if late else {}


def _totals(form: Form, total: Total) -> Iterator[Statement]:
    if total.part:
        yield from _subtotal(form, total)
        return
    if _SCALED.search(total.name) and total.earned is not None and has_unmarked(form):
        yield from _scaled(form, total, total.earned)
        return
    nodes = form.under(total)
    extra, outside = _extra(nodes), "" if _taken_in(form, total) else outside_of(form)
    bonus = {"doubt": _BONUS_DOUBT} if extra else {}
    if total.weight is not None and (parts := weights_of(nodes)):
        beside = included(total.line.cells["name"])
        statement = _whole("weight_sum", total, parts, beside or fund_weight(form, total), nodes, outside)
        statement = _or_all(_without(statement, weights_of(extra)), weights_of(form.nodes))
        late = _late(form, total.weight, parts)
        yield replace(statement, facts=late or ({"doubt": _ORPHAN} if beside is None and (is_orphan(form) or unread_funds(form)) else bonus))
    yield from _by_level(form, total)
    if total.earned is None or included(total.line.cells["name"]) is not None or total.earned.unit == "%" and not any(f.unit == "%" for f in earned_of(nodes)):
        return
    if total.top and not is_complete(form) or total.weight is not None and _late(form, total.weight, weights_of(form.nodes)):
        if (reading := bounded(form)) is not None:
            yield _bounded(total, reading)
    elif (earned := earned_of(nodes)) and not is_raw(form):
        gap = total.earned.value - sum((f.value for f in earned), Decimal(0))
        fund = fund_weight(form, total)
        unread = fund.value if fund is not None and fund_earned(form, total) is None else unread_funds(form)
        if total.weight is not None and total.weight.value == sum(f.value for f in weights_of(nodes)):
            unread = Decimal(0)
        apart = is_orphan(form) or 0 < gap <= unread
        doubt = "有的指标没有得分" if has_unmarked(form) else _ORPHAN if apart else ""
        statement = _or_all(_whole("score_sum", total, earned, fund_earned(form, total), nodes, outside), earned_of(form.nodes))
        yield replace(_less(statement, form.leaves), facts={"doubt": doubt} if doubt else bonus)


def _taken_in(form: Form, total: Total) -> bool:
    """Tell whether another total has the points of the funds block that this one leaves out: 指标合计 90, 总分 100."""
    fund = fund_weight(form, total)
    return fund is not None and total.weight is not None and any(
        o.weight is not None and o.weight.value == total.weight.value + fund.value for o in form.all_totals if not o.part)


def _extra(nodes: list[Node]) -> list[Node]:
    """The groups and rows whose points stand outside the hundred: 加分项, 扣分项."""
    return [n for node in nodes for n in ([node] if _BONUS.search(node.name) else _extra(node.children))]


def _without(statement: Statement, extra: list[Figure]) -> Statement:
    """Add the reading that leaves points outside the hundred out of the whole."""
    if not extra:
        return statement
    places = {(f.place, f.span) for f in extra}
    parts = tuple(f for f in statement.readings[0]["parts"] if (f.place, f.span) not in places)
    return replace(statement, readings=(Reading({"parts": parts}), *statement.readings)) if parts else statement


def _less(statement: Statement, leaves: list[Node]) -> Statement:
    """The same with the marks of rows that take away (减:扣分) taken away."""
    taken = {(leaf.earned.place, leaf.earned.span) for leaf in leaves if leaf.earned is not None and label_of(leaf.name).sign == "-"}

    def parted(reading: Reading) -> Reading:
        of = [f for f in reading["parts"] if (f.place, f.span) in taken]
        return replace(reading, roles={"parts": tuple(f for f in reading["parts"] if f not in of), "minus": tuple(of)}) if of else reading

    return replace(statement, readings=tuple(map(parted, statement.readings))) if taken else statement


def _or_all(statement: Statement, parts: list[Figure]) -> Statement:
    """Add the reading that a total below another one is that of all rows."""
    known = any(len(r["parts"]) >= len(parts) for r in statement.readings)
    return statement if known else replace(statement, readings=(*statement.readings, Reading({"parts": tuple(parts)})))


def _by_level(form: Form, total: Total) -> Iterator[Statement]:
    """The total that a total line prints under the marks of an outer level: those of the groups in that column."""
    for figure in total.levels:
        parts = in_column(form.under(total), figure.place.column)
        if len(parts) >= 2:
            stated = exact(replace(figure, name=total.name))
            yield Statement("marks", "weight_sum", stated, (Reading({"parts": tuple(parts)}),), total.line.quote)


def _whole(label: str, total: Total, parts: list[Figure], fund: Figure | None,
           nodes: list[Node], outside: str = "") -> Statement:
    """The whole as the sum of all rows, with the funds block or (where a row repeats it) without.

    That it fits the marks printed for the groups, or rows that are subtotals, explains a misfit: the error lies below.
    """
    stated = total.weight if label == "weight_sum" else total.earned
    assert stated is not None
    first = [exact(fund)] if fund is not None else []
    readings = [Reading({"parts": (*first, *parts)})] + ([Reading({"parts": tuple(parts)}, outside)] if first else [])
    printed = [node.weight if label == "weight_sum" else node.earned for node in nodes]
    groups = [exact(figure) for figure in printed if figure is not None]
    if len(groups) == len(printed) > 0:
        readings += [Reading({"parts": tuple(some)}, "某一组的合计与其明细不符") for some in ([*first, *groups], groups)]
    statement = Statement("marks", label, exact(replace(stated, name=total.name)), tuple(readings), total.line.quote)
    return nested(statement, any(label_of(node.name).among for node in nodes))


def _bounded(total: Total, reading: Reading) -> Statement:
    assert total.earned is not None
    return Statement("marks", "score_sum", exact(replace(total.earned, name=total.name)), (reading,), total.line.quote,
                     {"bound": "at most", "whole": "100"})


def _scaled(form: Form, total: Total, stated: Figure) -> Iterator[Statement]:
    """A total of a hundred though indicators were not applied: what the others earned over what they may earn."""
    marked = [leaf for leaf in form.under(total) or form.nodes for leaf in leaf.leaves() if leaf.earned is not None]
    earned, full = fund_earned(form, total), fund_weight(form, total)
    roles = {"numerator": (*([earned] if earned and full else ()), *earned_of(marked)), "denominator": (*([full] if earned and full else ()), *weights_of(marked))}
    if marked and all(leaf.weight is not None for leaf in marked):
        yield Statement("rate", "score_sum", replace(stated, name=total.name), (Reading(roles),), total.line.quote, {"as": "percent"}, guess=True)


def _subtotal(form: Form, total: Total) -> Iterator[Statement]:
    """A subtotal adds up the leaves since the one before it."""
    leaves = form.since(total)
    for label, stated, parts in (("weight_sum", total.weight, weights_of(leaves)), ("score_sum", total.earned, earned_of(leaves))):
        if stated is not None and parts:
            yield _sum(label, replace(stated, name=total.name), parts, {}, total.line.quote)


def _sum(label: str, stated: Figure, parts: list[Figure], facts: dict[str, str], quote: str) -> Statement:
    return Statement("marks", label, exact(stated), (Reading({"parts": tuple(parts)}),), quote, facts)


def _named(node: Node, weight: Figure) -> Figure:
    return weight if weight.name else replace(weight, name=f"{node.name}分值")


def _quote(node: Node) -> str:
    return " ".join(node.cell.text.split()) if node.weight is None or node.weight.place == node.cell.place else \
        f"{' '.join(node.cell.text.split())} {node.weight.text}"


def marks(report: Report) -> Iterator[Mark]:
    """The score tree: totals first, then the funds block and the indicators, each with what its members add up to."""
    for form in forms(report):
        if not form.indicators:
            continue
        for total in form.all_totals:
            if not total.part:
                yield Mark(0, total.name, total.weight, total.earned, _added(form))
                break
        fund = fund_weight(form)
        if fund is not None:
            yield Mark(1, "预算执行", fund, fund_earned(form))
        for node in form.nodes:
            yield from _branch(node, 1)


def _added(form: Form) -> str | None:
    earned = earned_of(form.nodes)
    fund = fund_earned(form)
    return plain(sum((f.value for f in ([fund] if fund else []) + earned), Decimal(0))) if earned else None


def _branch(node: Node, level: int) -> Iterator[Mark]:
    earned = earned_of([node]) if node.children else []
    computed = plain(sum((f.value for f in earned), Decimal(0))) if earned else None
    remark = node.line.cells["reason"].text.strip() if node.line and "reason" in node.line.cells else ""
    yield Mark(level, node.name, node.weight, node.earned, computed, remark)
    for child in node.children:
        yield from _branch(child, level + 1)
