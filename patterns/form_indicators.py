"""表格各行得分：不超过分值、执行率得分、得分系数×权重、按行内评分标准计分。

读：每行的分值与得分；资金块的分值、执行率、得分（表头“得分（20分×执行率）”在内）；得分系数；评分标准与行内的实际值（完成值列、指标说明里的比率）；
不读：复核分等另一方的打分只核上限；没有得分的行见空白核对。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["指标名称", "权重", "得分系数(%)", "得分"], ["路灯完好率", "5", "80%", "4"], ["树木成活率", "6", "100%", "6"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> said = list(find(Report(Document("", "", (Table(cells, 3, 4, Place(table=1)),)))))
>>> [(s.label, s.stated.text, sorted(s.readings[0].roles)) for s in said[:2]]
[('score_cap', '4', ['full']), ('score_rule', '4', ['full', 'rate'])]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.cues.indicators import bare, mark_in
from fusuan.patterns.figures.numbers import figure_in, figures_in
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Block, Form, Line, Node, Total
from fusuan.patterns.forms.heads import printed_rule
from fusuan.patterns.forms.marks import Sharing, exact, fund_full, fund_line, is_raw
from fusuan.patterns.forms.values import aim_of, arrived
from fusuan.patterns.text.squeeze import squeeze

_PRINTED = re.compile(r"[×*xX]\s*(?:预算|资金)?执行率|执行率\s*[×*xX]|[×*xX]\(?B/A")
_FILLING = re.compile(r"需说明|应说明|应单独说明|请说明|字以内")
_TIERED = re.compile(r"执行率[^。；;]{0,60}(?:得|计|扣)\s?[0-9满]")
_EXECUTED = re.compile(r"(?:部门|项目|年度|全年|整体)?(?:预算|资金|预算资金|支出预算|支出|整体支出)?(?:执行率|支出率)")
_TAKEN = re.compile(r"扣分|减分|倒扣|扣减|负面")
_EXPECTED = re.compile(r"(?:正向|反向|定量)[^。；;]{0,40}得分\s*=|未完成[^。；;]{0,20}按(?:完成|比例|实际)[^。；;]{0,20}(?:计|记|得)分")


_SEVERAL = 3
"""So many marks beside the full mark are those of several raters."""


def find(report: Report) -> Iterator[Statement]:
    for form in forms(report):
        notes, raw = notes_of(form), is_raw(form)
        tiers = _tiers(form) if form.funds else ""
        for block in form.funds:
            marked = fund_line(block)
            for line in block.lines:
                yield from _fund(block, line, line is marked, tiers)
        for total in form.all_totals:
            yield from _total_ratio(total)
        seen: set[object] = set()
        sharing = Sharing(form)
        for leaf in _scored(form):
            if raw or leaf.line is None or leaf.earned is None or (leaf.earned.place, leaf.earned.span) in seen:
                continue
            seen.add((leaf.earned.place, leaf.earned.span))
            yield from _caps(leaf, leaf.line, sharing.full(leaf))
            if not sharing.alone(leaf):
                continue
            yield from _row(leaf, leaf.line, leaf.earned)
            if notes and not leaf.line.text("rule"):
                yield from _in_proportion(leaf, leaf.line, leaf.earned)


def _scored(form: Form) -> Iterator[Node]:
    """Every indicator and group that may carry a mark of its own, in order."""
    stack = list(reversed(form.nodes))
    while stack:
        node = stack.pop()
        yield node
        stack += reversed(node.children)


def notes_of(form: Form) -> str:
    """The lines of a form that say how it is marked (folded, without blanks); empty where none does."""
    texts = [squeeze(cell.text) for cell in form.texts if 12 <= len(cell.text) <= 800]
    return "\n".join(text for text in texts if "分" in text and _EXPECTED.search(text))


def _tiers(form: Form) -> str:
    """What the texts of a form say of how its execution rate is marked; empty where nothing does."""
    return next((text for cell in form.texts if len(cell.text) <= 800 and _TIERED.search(text := squeeze(cell.text))), "")


def _fund(block: Block, line: Line, whole: bool, tiers: str) -> Iterator[Statement]:
    earned, full = mark_in(line.cells.get("earned")), fund_full(block, line)
    if earned is None or full is None or not whole and mark_in(line.cells.get("weight")) is None:
        return
    earned = exact(replace(earned, name=f"{line.text('name').rstrip(':')}得分"))
    full = exact(full)
    yield Statement("score", "score_cap", earned, (Reading({"full": (full,)}),), line.quote)
    rate = figure_in(cell.text, cell.place) if (cell := line.cells.get("rate")) else None
    readings = [Reading({"full": (full,), "rate": (rate,)})] if rate is not None else []
    above, below = _money(line, "executed"), _money(line, "budget")
    if above is not None and below is not None and below.value > 0:
        readings.append(Reading({"full": (full,), "numerator": (above,), "denominator": (below,)}))
    first = _money(line, "initial")
    if above is not None and first is not None and first.value > 0 and first != below:
        roles: dict[str, tuple[Figure, ...]] = {"full": (full,), "numerator": (above,), "denominator": (first,)}
        readings.append(Reading(roles, "执行率按年初预算数计算"))
    if not readings:
        return
    heads = " ".join(printed_rule(block.heads.get(role)) for role in ("earned", "rate"))
    facts = {"rule": heads} if _PRINTED.search(heads) else {}
    if tiers:
        facts["notes"] = tiers
    if (reason := line.text("reason")) and not _FILLING.search(reason):
        facts["reason"] = reason
    yield Statement("score", "score_rate", earned, tuple(readings), line.quote, facts)


def _money(line: Line, role: str) -> Figure | None:
    cell = line.cells.get(role)
    return figure_in(cell.text, cell.place) if cell is not None else None


def _caps(leaf: Node, line: Line, full: list[Figure]) -> Iterator[Statement]:
    """No mark is above the full mark: the unit's own, and another's beside it."""
    if not full or any(f.value < 0 for f in full):
        return  # what may be taken off is no cap
    for role, name in (("earned", "得分"), ("review", line.heads.get("review", ""))):
        cell = line.cells.get("review")
        figure = leaf.earned if role == "earned" else mark_in(cell) if cell is not None and cell.rows == 1 else None
        if figure is not None and (figure.value >= 0 or not _TAKEN.search(leaf.name)) and not _beyond(figure, full, line):
            named = exact(replace(figure, name=f"{leaf.name}{name}"))
            yield Statement("score", "score_cap", named, (Reading({"full": tuple(full)}),), line.quote)


def _beyond(earned: Figure, full: list[Figure], line: Line) -> bool:
    """Tell whether a mark above the full mark is so many percent of it, as the row prints: 40 at 110% gives 44."""
    whole = sum((f.value for f in full), Decimal(0))
    rates = [f.value for cell in line.grid.starts(line.row) if (f := figure_in(cell.text, cell.place)) is not None and f.value > 100]
    return earned.value > whole and any(whole * rate / 100 == earned.value for rate in rates)


def _row(leaf: Node, line: Line, earned: Figure) -> Iterator[Statement]:
    earned = exact(replace(earned, name=f"{leaf.name}得分"))
    facts = {"reason": line.text("reason")} if line.text("reason") else {}
    full = exact(leaf.weight) if leaf.weight is not None else None
    if full is not None:
        coefficient = _coefficient(line)
        if coefficient is not None and _is_ratio(line):
            yield from _of_marks(coefficient, earned, full, line, leaf.name)
        elif coefficient is not None:
            share = Reading({"full": (full,), "rate": (coefficient,)})
            yield Statement("score", "score_rule", earned, (share,), line.quote,
                            {**facts, "rule": "得分系数×权重", "by": "coefficient"})
        deducted = mark_in(line.cells.get("deducted"))
        if deducted is not None and deducted.value >= 0 and full.value >= 0:
            lost = Reading({"parts": (full,), "minus": (exact(deducted),)})
            yield Statement("parts", "score_rule", earned, (lost,), line.quote)
    if full is not None and not line.text("rule") and _EXECUTED.fullmatch(leaf.name):
        yield from _execution(leaf, line, earned, full)
    if rule := line.text("rule"):
        yield Statement("score", "score_rule", earned, _readings(leaf, line, full), line.quote, {**facts, "rule": rule})


def _in_proportion(leaf: Node, line: Line, earned: Figure) -> Iterator[Statement]:
    """The rule that notes print for all quantitative rows: mark × value ÷ target, the other way round for ≤."""
    target, measured = line.cells.get("target"), line.cells.get("measured")
    if target is None or measured is None or leaf.weight is None or leaf.children:
        return
    aim = aim_of(target, measured, line.text("unit"), line.text("nature"), (leaf.name, ""))
    if aim is None or aim.target is None or aim.measured is None or aim.target.value <= 0:
        return
    reading = Reading({"full": (exact(leaf.weight),), "target": (aim.target,), "measured": (aim.measured,)})
    facts = {"by": "proportion", "sign": aim.sign, "state": aim.state, "rule": "分值×完成值÷指标值",
             "certain": "1" if aim.certain else "", "reason": line.text("reason")}
    yield Statement("score", "score_rule", exact(replace(earned, name=f"{leaf.name}得分")), (reading,), line.quote, facts)


def _execution(leaf: Node, line: Line, earned: Figure, full: Figure) -> Iterator[Statement]:
    """The execution rate as a row among the indicators: full mark × rate, unless its own target is met by less."""
    measured, target = line.cells.get("measured"), line.cells.get("target")
    rate = figure_in(measured.text, measured.place, line.text("unit")) if measured is not None else None
    aim = aim_of(target, measured, line.text("unit"), line.text("nature"), (leaf.name, "")) if target and measured else None
    if rate is None or rate.dimension != "rate" or aim is not None and aim.state == "met" and earned.value == full.value:
        return
    facts = {"reason": line.text("reason")} if line.text("reason") else {}
    yield Statement("score", "score_rate", earned, (Reading({"full": (full,), "rate": (rate,)}),), line.quote, facts)


def _is_ratio(line: Line) -> bool:
    """Tell whether the column of coefficients holds what the marks come to (得分率), and not what they follow from (得分系数)."""
    return bare(line.heads.get("coefficient", "")) in ("得分率", "得分比例", "得分率为")


def _ratio(stated: Figure, earned: Figure, full: Figure, line: Line, name: str) -> Statement:
    reading = Reading({"numerator": (earned,), "denominator": (full,)})
    return Statement("rate", "rate", replace(stated, name=f"{name}得分率"), (reading,), line.quote)


def _of_marks(stated: Figure, earned: Figure, full: Figure, line: Line, name: str) -> Iterator[Statement]:
    """The rate of a row that may have marks by several: of the marks it comes out of, nothing where it comes out of none of them."""
    marks = [exact(m) for cell in line.grid.starts(line.row) if (m := mark_in(cell)) is not None and m.unit != "%" and 0 <= m.value <= full.value
             and m.place not in (full.place, stated.place)]
    fitting = [m for m in (earned, *marks) if full.value and abs(m.value / full.value * 100 - (stated.base if stated.unit else stated.value)) < Decimal("0.06")]
    if fitting or len(marks) < _SEVERAL:
        yield _ratio(stated, next(iter(fitting), earned), full, line, name)


def _total_ratio(total: Total) -> Iterator[Statement]:
    coefficient = _coefficient(total.line)
    if coefficient is not None and total.weight and total.earned and _is_ratio(total.line):
        yield from _of_marks(coefficient, exact(total.earned), exact(total.weight), total.line, total.name)


def _coefficient(line: Line) -> Figure | None:
    cell = line.cells.get("coefficient")
    return figure_in(cell.text, cell.place) if cell is not None else None


def _readings(leaf: Node, line: Line, full: Figure | None) -> tuple[Reading, ...]:
    """What the rule may be worked on: the value in its column, else the rate that the explanation arrives at."""
    base: dict[str, tuple[Figure, ...]] = {"full": (full,)} if full is not None else {}
    target = figure_in(cell.text, cell.place) if (cell := line.cells.get("target")) else None
    if target is not None:
        base["target"] = (target,)
    found: list[Figure] = []
    if (cell := line.cells.get("measured")) is not None:
        value = figure_in(cell.text, cell.place, squeeze(line.text("unit")))
        found += [value] if value is not None else []
    if not found and (cell := line.cells.get("note")) is not None:
        found += arrived(cell.text, figures_in(cell.text, cell.place))
    return tuple(Reading({**base, "measured": (value,)}) for value in found) or (Reading(base),)
