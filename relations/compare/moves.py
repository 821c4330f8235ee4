"""From one value to another, and which way: 由12%提高到15%.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(line):
...     return [(s.stated.text, s.facts["direction"], [f.text for f in s.figures]) for s in moves(passage([Text.of(Paragraph(line, Place()))]), Known())]
>>> found("负债率由43.6%降到40.3%。"), found("由甲、乙两家的3个、4个增加到5个、6个。"), found("由第5位上升到第3位。")
([('降到', '-', ['40.3%', '43.6%'])], [], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from fusuan.model import Statement
from fusuan.relations.compare.said import Known, compared
from fusuan.relations.compare.words import one_of
from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import Passage

_REACHED = regex.compile(rf"(?:的?[)]?,?\s?(?:[左右约近大幅逐步稳步小相应进一年末底]|[0-9]{{4}}年)*)(?P<word>(?:(?P<up>{one_of('reached', 'up')})|(?P<down>{one_of('reached', 'down')}))了?(?:至|到|为))(?:约|近|了|今年的?|本年的?|目前的?|现在的?|[0-9]{{4}}年的?|\s)*")
_FROM = regex.compile(r"(?:由(?!于)|从)[^,;。、]{0,20}$")
_NO_AMOUNT = frozenset(("", "points", "marks", "级", "类", "位", "期", "届", "轮", "点"))


def moves(passage: Passage, known: Known) -> Iterator[Statement]:
    """Yield what is said to have become more or less, with the value it had and the one it has."""
    for a, b in pairwise(passage.mentions):
        if a.dimension != b.dimension or a.dimension in _NO_AMOUNT or a.sentence != b.sentence or b.start - a.end > 16 or a.series > 1 or b.series > 1:
            continue
        match = _REACHED.fullmatch(passage.text, a.end, b.start)
        if match and _FROM.search(a.before) and not cues.CHANGE.search(a.before[-8:]):
            yield compared(passage, known, match.span("word"), [(b, a)], "+" if match["up"] else "-", "plain", sure=True)
