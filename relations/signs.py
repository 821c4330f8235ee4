"""文与表的方向：正文说增长，而表中同一项同一数值的增减率为负。

只认名称相合、数值相同、有三位以上数字的；表里另有同值而不为负的，不判；正文说下降而表中不为负的（表中常只印降幅），不判。

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(line, *cells):
...     figures = [Figure(text, Decimal(text), "%", 2, Place(table=1, row=n), name=name) for n, (text, name) in enumerate(cells)]
...     return [(s.stated.text, s.readings[0]["other"][0].text) for s in find([passage([Text.of(Paragraph(line, Place()))])], figures)]
>>> found("城乡社区支出1291.49万元，比上年增长6.21%。", ("-6.21", "城乡社区支出增减幅度"))
[('6.21%', '-6.21')]
>>> found("城乡社区支出1291.49万元，比上年增长6.21%。", ("-6.21", "公共安全支出增减幅度")), found("城乡社区支出1291.49万元，比上年下降6.21%。", ("-6.21", "城乡社区支出增减幅度"))
([], [])
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.model.slip import units
from fusuan.patterns import clean
from fusuan.relations.passages.mention import Mention, Passage

_LEAST = 100
"""In units of its last digit, the least rate that nothing but itself comes to."""
_RATE = regex.compile(r"[率幅%]|增长|比重")
"""What says of a bare figure of a table that it is a rate: 增减额 may have the digits of another item's growth."""
_LONG = 4
"""So many characters that begin both names name one thing."""


def find(passages: Iterable[Passage], figures: Iterable[Figure]) -> Iterator[Statement]:
    """Yield the growths that a table prints as falls."""
    tabled = defaultdict[tuple[Decimal, int], list[Figure]](list)
    for figure in figures:
        if figure.place.row is not None and (figure.dimension == "rate" or not figure.dimension and _RATE.search(figure.name)):
            tabled[abs(figure.value), figure.decimals].append(figure)
    for read in passages:
        for m in read.mentions:
            if (other := _turned(m, tabled.get((m.figure.value, m.decimals), ()))) is not None:
                yield Statement("mention", "cross", m.figure.under(m.name, m.figure.period, m.figure.basis), (Reading({"other": (other,)}),), read.quote([m]),
                                source="signs")


def _turned(m: Mention, same: Iterable[Figure]) -> Figure | None:
    """The fall of the same name and value, if all figures of that value are falls."""
    if m.role != "growth" or m.direction <= 0 or m.dimension != "rate" or m.past or m.remarked or units(m.figure.value, m.decimals) < _LEAST:
        return None
    own = [f for f in same if _one(clean(m.name), clean(f.name))]
    return own[0] if own and all(f.value < 0 for f in own) else None


def _one(said: str, tabled: str) -> bool:
    """Tell whether two names begin alike, to the end of the shorter or for so many characters."""
    alike = next((n for n, (a, b) in enumerate(zip(said, tabled, strict=False)) if a != b), min(len(said), len(tabled)))
    return alike >= _LONG
