"""表内、表文之间的同一数字：总分与文中自评得分，资金与目标、成本指标的金额，目标与完成情况的数量，文中引用的表内数。

读：名称相同的总分（表与文）；金额、执行率、数量与表中所列数值一致的引用。名称不完全相同而数值不一致的，
表中满分不足一百、文中总分含表外分数的，不作判断。

>>> from fusuan.model import Cell, Document, Paragraph, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["指标名称", "权重", "得分"], ["疏浚沟渠", "60", "58"], ["清理淤泥", "40", "40"], ["总分", "100", "98"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> blocks = (Table(cells, 4, 3, Place(table=1)), Paragraph("本单位自评得分为97分。", Place(paragraph=2)))
>>> [(s.label, s.stated.text, s.readings[0]["other"][0].text) for s in find(Report(Document("", "", blocks)))]
[('cross', '97分', '98')]
>>> rows = [["指标名称", "权重", "得分"], ["疏浚沟渠", "60", "58"], ["清理淤泥", "30", "30"], ["总分", "90", "88"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> list(find(Report(Document("", "", (Table(cells, 4, 3, Place(table=1)), Paragraph("自评得分为97.5分。", Place(paragraph=2)))))))
[]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from fusuan.model import Cell, Figure, Place, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.cues.indicators import vocabulary
from fusuan.patterns.cues.times import EARLIER, YEAR
from fusuan.patterns.figures.numbers import figures_in
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Form, Line, Total
from fusuan.patterns.forms.marks import bounded, exact, fund_line, is_complete, whole_of
from fusuan.patterns.forms.sources import Source, Sources, sources_of
from fusuan.patterns.grids.unframed.build import Rebuilt
from fusuan.patterns.text.fold import fold

_SCORE = regex.compile(
    r"(?<![\u4e00-\u9fff]{0,4}(?:指标|产出|效益|满意度|过程|投入|决策|管理|执行率?|效果|成本))(?:" + "|".join(
        sorted(vocabulary()["total"]["prose"], key=len, reverse=True)) + r")(?:分别)?(?:为|是|:|达到?|共计?|\s)*([0-9]{1,3}(?:\.[0-9]{1,2})?)\s*分(?!\s*(?:\([含不]|及?以[上下]|[-—~至]))")
_SPLIT = regex.compile(r"\s*[,;:]?\s*(?:其中|包括|分为|由)(?![^。;]*得)[^。;]*[0-9]\s*分")
"""总分100分,其中:产出50分、效益30分: what may be got, not what was."""
_MEAN = regex.compile(r"平均")
_OF_GROUP = regex.compile(r"(?:满分|分值|权重)(?:为|是|:)?\s?(?!100(?:[^0-9.]|\.0))[0-9]{1,2}(?:\.[0-9]+)?\s?分?\s?[,;、]\s?$")
"""A mark right behind another full mark than a hundred is that of a group: 投入(满分15分,自评得分14.5分)."""
_FAR = 20
"""Marks in sight that are so many points from what the text says are not all there are."""
_GOALS = regex.compile(r"总体目标|绩效目标|预期目标|完成情况|本项目")
_HEAD = 4
"""In so many paragraphs a report says of which year it is."""
_OTHER = regex.compile(r"整体|项目|平均|20[0-9]{2}年|复核|审核|财政|各|均")


def find(report: Report) -> Iterator[Statement]:
    found = forms(report)
    scored = [form for form in found if form.indicators]
    if len(scored) == 1:
        yield from _score(report, scored[0])
    sources = sources_of(report, found)
    seen: set[object] = set()
    for cell, quote, own in _texts(report, found):
        for figure in report.cells.get(cell, ()):
            key = (figure.place, figure.span)
            if key not in seen and (match := sources.match(figure, fold(cell.text), own)) is not None:
                seen.add(key)
                yield _same(figure, match, quote or _clause(cell.text, figure))
    if len(found) == 1 and any(isinstance(table, Rebuilt) for table in report.tables):
        yield from _beside(report, sources, found[0])
    for form in found:
        yield from _rates(form)


def _beside(report: Report, sources: Sources, form: Form) -> Iterator[Statement]:
    """The goals of a form that was copied out as text, which stand beside its tables then."""
    for text in report.texts:
        if _GOALS.search(text.folded):
            for figure in text.figures:
                if (match := sources.match(figure, text.folded, form)) is not None:
                    yield _same(figure, match, _clause(text.paragraph.text, figure))


def _same(figure: Figure, source: Source, quote: str) -> Statement:
    other = replace(source.figure, name=source.name)
    return Statement("mention", "cross", figure, (Reading({"other": (other,)}),),
                     quote, guess=True)


def _clause(text: str, figure: Figure) -> str:
    start = max((text.rfind(stop, 0, figure.span[0]) for stop in "。；;，,\n"), default=-1) + 1
    return text[start:figure.span[1]].strip()


def _texts(report: Report, found: tuple[Form, ...]) -> Iterator[tuple[Cell, str, Form]]:
    """The cells that may repeat a figure: goals, explanations, the values of cost indicators."""
    for form in found:
        for cell in form.texts:
            yield cell, "", form
        for leaf in form.leaves:
            if leaf.line is None:
                continue
            for role in ("note", "reason"):
                said = leaf.line.cells.get(role)
                if said is not None and len(said.text) > 6:
                    yield said, "", form
            for role in ("measured", "target"):
                value = leaf.line.cells.get(role)
                if value is not None and len(value.text) <= 16:
                    yield value, leaf.line.quote, form


def _rates(form: Form) -> Iterator[Statement]:
    """An execution rate given again as the value of an indicator."""
    rate = next((figure for block in form.funds if (line := fund_line(block) or (block.lines[0] if block.lines else None))
                 if (figure := _rate(line)) is not None), None)
    if rate is None:
        return
    for leaf in form.leaves:
        if leaf.line is None or not regex.search(r"预算执行率|预算完成率|资金执行率|支出执行率|^执行率$", leaf.name):
            continue
        cell = leaf.line.cells.get("measured")
        own = figures_in(cell.text, cell.place) if cell is not None else ()
        if len(own) == 1 and own[0].unit == "%":
            yield Statement("mention", "cross", replace(own[0], name=leaf.name), (Reading({"other": (rate,)}),),
                            leaf.line.quote, {"doubt": "两处的口径可能不同"}, guess=True)


def _rate(line: Line) -> Figure | None:
    cell = line.cells.get("rate")
    found = figures_in(cell.text, cell.place) if cell is not None else ()
    return replace(found[0], name="执行率") if len(found) == 1 else None


def _score(report: Report, form: Form) -> Iterator[Statement]:
    """The total said in running text (or in a conclusion of the form) against the total of the form."""
    totals = [t for t in form.all_totals if not t.part and t.earned is not None]
    for text, place in _sayings(report, form):
        folded = fold(text)
        for match in _SCORE.finditer(folded):
            digits = match[1]
            start, end = match.start(1), match.end()
            said = Figure(text[start:end], Decimal(digits), "分", len(digits.partition(".")[2]), place, (start, end),
                          name="自评得分")
            if _OF_GROUP.search(folded, max(0, match.start() - 30), match.start()):
                continue
            quote = _clause(text, said)
            # 基础分合计 over a last line 最终得分: the one that agrees is meant
            total = next((t for t in totals if t.earned is not None and t.earned.value == said.value), totals[0] if totals else None)
            if total is not None and (_beyond(total, said) or _MEAN.search(folded, max(0, match.start() - 4), match.start()) or total.weight is not None and said.value == total.weight.value and _SPLIT.match(folded, match.end())):
                continue
            if total is not None and total.earned is not None:
                if _past(report, quote) and said.value != total.earned.value:
                    continue
                facts = {"doubt": "文中所说可能不是这张表"} if _OTHER.search(quote) else {}
                yield Statement("mention", "cross", said, (Reading({"other": (exact(total.earned),)}),), quote, facts)
            elif is_complete(form) and not _past(report, quote):
                if (parts := whole_of(form)) and abs(sum((f.value for f in parts), Decimal(0)) - said.value) <= _FAR:
                    yield Statement("marks", "score_sum", said, (Reading({"parts": tuple(parts)}),), quote)
            elif (reading := bounded(form)) is not None:
                yield Statement("marks", "score_sum", said, (reading,), quote, {"bound": "at most", "whole": "100"})


def _past(report: Report, quote: str) -> bool:
    """Tell whether a mark is said to be of an earlier year than the report, which its first lines name."""
    own = [year for text in report.texts[:_HEAD] for year in YEAR.findall(text.folded)]
    said = YEAR.findall(quote)
    return bool(EARLIER.search(quote) or own and said and max(said) < max(own))


def _beyond(total: Total, said: Figure) -> bool:
    """Tell whether points that a table leaves out (its total is 90 of a hundred) may be in what is said of the whole."""
    if total.weight is None or total.earned is None:
        return False
    return Decimal(0) < said.value - total.earned.value <= 100 - total.weight.value


def _sayings(report: Report, form: Form) -> Iterator[tuple[str, Place]]:
    for text in report.texts:
        yield text.paragraph.text, text.paragraph.place
    for cell in form.texts:
        yield cell.text, cell.place
