"""某率（执行率、控制率、满意度等）的得分：文中、表中没有印评分标准的，供所选评分方案（--scheme）核对。

文中先写出比率再写得分的，表中一行有完成值和得分的。没有选评分方案的不核对；行内、表头或得分前后印有评分标准的，由其他读法按报告自己的标准核对。
分值总是取自表中。

>>> from fusuan.model import Cell, Document, Paragraph, Place, Table
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.name, s.stated.text, s.readings[0]["measured"][0].text) for s in find(Report(document))]
>>> found("公用经费控制率＝（3.2/4.0）×100%=80%，根据评分标准该项得分8分。")
[('公用经费控制率', '8分', '80%')]
>>> found("公用经费控制率≤100%，得8分；每超过1%扣1分。"), found("该项得分8分。")
([], [])
>>> rows = [["三级指标", "分值", "目标值", "完成值", "得分"], ["公用经费控制率", "8", "≤100%", "96.2", "8"], ["植树", "6", "9株", "9株", "6"]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> said = find(Report(Document("", "", (Table(cells, 3, 5, Place(table=1)),))))
>>> [(s.stated.name, s.stated.text, s.readings[0]["measured"][0].base) for s in said]
[('公用经费控制率', '8', Decimal('96.2'))]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report, Text
from fusuan.patterns.figures.numbers import figure_in, figures_in
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Form, Line
from fusuan.patterns.forms.marks import Sharing, exact, is_raw
from fusuan.patterns.forms.values import arrived
from fusuan.patterns.marks.words import Points, points_in

_NAME = regex.compile(r"[\u4e00-\u9fff“”\"]{2,20}率(?=\s?[=为是:达]|[^\u4e00-\u9fff])")
_RESULT = regex.compile(r"(?:=|率(?:为|是|达到?|:)?|为|是)\s?$")
_LEAD = regex.compile(r"^(?:其中|本年度?|我(?:单位|局|部门)|该|的|和|及|[一二三四五六七八九十]是)+")
_RATES = ("率", "满意度")


def find(report: Report) -> Iterator[Statement]:
    for text in report.texts:
        if "率" in text.folded and "分" in text.folded:
            yield from _said(text)
    for form in forms(report):
        yield from _in_rows(form) if not is_raw(form) else ()


def _statement(stated: Figure, quote: str, measured: Figure, **others: tuple[Figure, ...]) -> Statement:
    return Statement("score", "score_rule", stated, (Reading({"measured": (measured,), **others}),), quote, {"by": "scheme"})


def _said(text: Text) -> Iterator[Statement]:
    """The last rate before a mark that is alone in its sentence, by the name that opens the sentence; those in its formula are operands."""
    points = points_in(text)
    for said in (p for p in points if p.role == "earned" and sum(p.sentence == q.sentence for q in points) == 1):
        start, end = text.opens(said.figure.span[0], "。"), said.figure.span[0]
        rates = [f for f in text.figures if start <= f.span[0] < end and f.unit in ("%", "") and _RESULT.search(text.folded[start:f.span[0]])]
        name = _NAME.search(text.folded, start, end)
        if rates and name:
            yield _statement(replace(said.figure, name=_LEAD.sub("", name.group())), text.quote(end, said.figure.span[1], "。"),
                             replace(rates[-1], unit="%"), worked=_worked(text, start, rates[-1], said))


def _worked(text: Text, start: int, rate: Figure, said: Points) -> tuple[Figure, ...]:
    opening = text.folded.find("=", start, said.figure.span[0])
    return tuple(f for f in text.figures if 0 <= opening < f.span[0] < rate.span[0] and f.unit != "%")[:6]


def _in_rows(form: Form) -> Iterator[Statement]:
    sharing = Sharing(form)
    for leaf in form.leaves:
        if leaf.line is None or not leaf.name.endswith(_RATES) or leaf.line.text("rule") or leaf.earned is None or leaf.weight is None \
                or not sharing.alone(leaf) or (measured := _measured(leaf.line)) is None:
            continue
        yield _statement(exact(replace(leaf.earned, name=leaf.name)), leaf.line.quote, measured, full=(exact(leaf.weight),))


def _measured(line: Line) -> Figure | None:
    """The rate of a row in percent: the value in its column, else the one its explanation arrives at."""
    cell = line.cells.get("measured")
    figure = figure_in(cell.text, cell.place, line.text("unit")) if cell is not None else None
    if figure is None and (note := line.cells.get("note")) is not None:
        figure = next(iter(arrived(note.text, figures_in(note.text, note.place))), None)
    if figure is None or figure.dimension not in ("", "rate") or figure.sign not in ("", "="):
        return None
    # 0.95 under a rate is 95%, and so is 95
    value = figure.value.scaleb(2) if not figure.unit and 0 < abs(figure.value) <= 1 and figure.decimals else figure.value
    return replace(figure, value=value, unit=figure.unit or "%")
