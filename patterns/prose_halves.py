"""文中两分：总数与已、未两部分（指标26个，完成24个，未完成2个；问题137个，已整改122个，其余15个）。

已、未两数紧接在总数之后的才读；金额的已付、未付属于收支结余，不在此读。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in find(Report(document))]
>>> found("三级指标26个，完成24个，未完成2个。")
[('26个', ['24个', '2个'])]
>>> found("监测户912户2768人，已消除风险604户1873人，未消除风险308户895人。")
[('912户', ['604户', '308户']), ('2768人', ['1873人', '895人'])]
>>> found("发放问卷100份，收回98份，未发现问题。"), found("检查企业26家，未整改2家。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._items import Item
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said

_NOT = regex.compile(r"^(?:仍|尚|还)?(?:有)?(?:未|没有|其余|剩余|余下|正在)")
_DONE = regex.compile(r"已|完成|整改|达到|实现|兑现|完工|办结|合格|满意|通过|消除|解决|投入|实施")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for index in range(1, len(prose.items)):
            yield from _halves(prose, index)


def _halves(prose: Prose, index: int) -> Iterator[Statement]:
    rest, done = prose.items[index], prose.items[index - 1]
    if not rest.amount or not _NOT.search(rest.amount.pre.strip()) or rest.sentence != done.sentence or rest.depth != done.depth:
        return
    for other in rest.amounts:
        dimension = other.figure.dimension
        if dimension in ("money", "", "marks"):
            continue
        part = _of(done, dimension)
        whole = _whole(prose, index, dimension, part, other) if part else None
        if part and whole and _DONE.search(part.pre + done.name):
            reading = Reading({"parts": (named(part, part.name or done.name), named(other, rest.name))})
            yield Statement("parts", "sum", named(whole, whole.name), (reading,), prose.quote(whole, other), guess=True)


def _of(item: Item, dimension: str) -> Said | None:
    return next((s for s in item.amounts if s.figure.dimension == dimension), None)


def _whole(prose: Prose, index: int, dimension: str, part: Said, rest: Said) -> Said | None:
    """The amount that the two are halves of: the one told right before them, no smaller than either."""
    sentence = prose.items[index].sentence
    for item in [prose.items[index - 1], *prose.items[max(0, index - 4):index - 1][::-1]]:
        if item.sentence < sentence - 1:
            return None
        for said in reversed([s for s in item.amounts if s.figure.dimension == dimension and (s.text, s.start) < (part.text, part.start)]):
            return said if said.figure.value >= max(part.figure.value, rest.figure.value) else None
    return None
