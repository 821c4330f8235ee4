"""文中某率的得分：先写出比率再写得分而没有印评分标准的，供所选评分方案（--scheme）核对。

没有选评分方案的不核对；得分前后印有评分标准的由其他读法按报告自己的标准核对。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.name, s.stated.text, s.readings[0]["measured"][0].text) for s in find(Report(document))]
>>> found("公用经费控制率＝（3.2/4.0）×100%=80%，根据评分标准该项得分8分。")
[('公用经费控制率', '8分', '80%')]
>>> found("公用经费控制率≤100%，得8分；每超过1%扣1分。"), found("该项得分8分。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._marks_words import Points, points_in
from fusuan.patterns._report import Report, Text

_NAME = regex.compile(r"[\u4e00-\u9fff“”\"]{2,20}率(?=\s?[=为是:达]|[^\u4e00-\u9fff])")
_RESULT = regex.compile(r"(?:=|率(?:为|是|达到?|:)?|为|是)\s?$")
_LEAD = regex.compile(r"^(?:其中|本年度?|我(?:单位|局|部门)|该|的|和|及|[一二三四五六七八九十]是)+")


def find(report: Report) -> Iterator[Statement]:
    for text in report.texts:
        if "率" not in text.folded or "分" not in text.folded:
            continue
        points = points_in(text)
        for said in points:
            alone = sum(p.sentence == said.sentence for p in points) == 1
            if said.role == "earned" and alone:
                yield from _marked(text, said)


def _marked(text: Text, said: Points) -> Iterator[Statement]:
    """The last rate before a mark in its sentence, by the name that opens its formula."""
    start, end = text.folded.rfind("。", 0, said.figure.span[0]) + 1, said.figure.span[0]
    rates = [_in_percent(f) for f in text.figures if start <= f.span[0] < end and f.unit in ("%", "")
             and _RESULT.search(text.folded[start:f.span[0]])]
    names = [m.group() for m in _NAME.finditer(text.folded, start, end)]
    if not rates or not names:
        return
    # the name that opens the sentence is the indicator; those in its formula are operands
    name = _LEAD.sub("", names[0])
    opening = text.folded.find("=", start, end)
    worked = tuple(f for f in text.figures if opening < f.span[0] < rates[-1].span[0] and f.unit != "%") if opening >= 0 else ()
    yield Statement("score", "score_rule", replace(said.figure, name=name),
                    (Reading({"measured": (rates[-1],), "worked": worked[:6]}),),
                    text.paragraph.text[start:said.figure.span[1]].strip(), {"by": "scheme"})


def _in_percent(figure: Figure) -> Figure:
    """A result printed without % behind ×100% is in percent all the same."""
    return figure if figure.unit else replace(figure, unit="%")
