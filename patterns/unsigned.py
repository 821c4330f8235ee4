"""漏写百分号的百分比：“占78.00；”“增长13.95。”，前面是金额，文中同样说法的其他数带百分号的。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(line):
...     return [(s.stated.text, [f.text for f in s.figures[1:]]) for s in find(Report(Document("", "", (Paragraph(line, Place()),))))]
>>> found("总支出500万元，其中：甲类支出120万元，占24.00%；乙类支出380万元，占76.00。")
[('76.00', ['380万元'])]
>>> found("甲类支出120万元，占24.00%；乙类共占3个名额，占地76.5亩，占12。"), found("乙类支出380万元，占76.00。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report, Text

_WORDS = r"(?P<how>占比?|比重为?|增长|下降)(?:[\u4e00-\u9fff“”]{0,16}的)?(?:比重为?|比例为?)?"
_BARE = regex.compile(rf"[,;。(]\s?(?:同比|比上年|较上年)?{_WORDS}\s?(?P<number>[0-9]{{1,3}}\.[0-9]{{1,2}})\s?(?=[,;。)])")
_SIGNED = regex.compile(rf"{_WORDS}\s?[0-9]{{1,3}}(?:\.[0-9]{{1,2}})?%")
_NEAR = 60
"""How many characters before it the amount may stand that it is told of."""


def find(report: Report) -> Iterator[Statement]:
    texts = [text for text in report.texts if text.figures]
    bare = [(text, match) for text in texts for match in _BARE.finditer(text.folded) if _told_of(text, match)]
    signed = {match["how"][:1] for text in texts for match in _SIGNED.finditer(text.folded)} if bare else set()
    for text, match in bare:
        if match["how"][:1] in signed:
            yield _statement(text, match)


def _told_of(text: Text, match: regex.Match[str]) -> list[Figure]:
    """The amount right before it: a share or a growth is told of one."""
    return [f for f in text.figures if match.start() - _NEAR <= f.span[1] <= match.start() + 1 and f.dimension == "money"][-1:]


def _statement(text: Text, match: regex.Match[str]) -> Statement:
    start, end = match.span("number")
    printed = text.paragraph.text[start:end]
    stated = Figure(printed, Decimal(match["number"]), "", len(match["number"].partition(".")[2]), text.paragraph.place, (start, end),
                    match["how"])
    return Statement("unsigned", "rate", stated, (Reading({"of": tuple(_told_of(text, match))}),), text.quote(match.start(), end, ";。:\n"))
