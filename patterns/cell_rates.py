"""一格里的两项数与它们的比率：实际9人，编制12人，控制率75%；上年20万元，本年25万元，变动率25%。

读：评价情况一类的格里恰有两项同单位的数、最后一个是写明名称的比率；合不上时须有一般笔误可以解释，才判不符；
不读：格里还有别的数，比率前没有名称，增减率看不出哪一项是上年的。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(text):
...     cells = (Cell("指标", Place(table=1, row=0, column=0)), Cell(text, Place(table=1, row=0, column=1)))
...     said = find(Report(Document("", "", (Table(cells, 1, 2, Place(table=1)),))))
...     return [(s.kind, s.stated.text, [[f.text for f in s.readings[0][r]] for r in s.readings[0].roles]) for s in said]
>>> found("实有9人，编制12人，控制率75.00%")
[('rate', '75.00%', [['9人'], ['12人']])]
>>> found("上年安排20.0万元，本年安排25.0万元，变动率25.00%")
[('change', '25.00%', [['25.0万元'], ['20.0万元']])]
>>> found("实有9人，编制12人，其中女6人，控制率75%"), found("甲20.0万元，乙25.0万元，变动率25.00%")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.text.fold import fold

_NAME = regex.compile(r"([\u4e00-\u9fff“”\"]{0,12}(?:率|比例|占比|比重|满意度))(?:约?为|达到?|是|:|=)?\s*$")
_CHANGE = regex.compile(r"变动|变化|增长|增减|下降|降低|增幅|降幅|压减")
_EARLIER = regex.compile(r"上年|去年|上一年|上期|基期|20[0-9]{2}年")
_LONGEST = 120


def find(report: Report) -> Iterator[Statement]:
    for cell, figures in report.cells.items():
        if len(figures) == 3 and len(cell.text) <= _LONGEST:
            yield from _told(fold(cell.text), *figures)


def _told(text: str, first: Figure, second: Figure, stated: Figure) -> Iterator[Statement]:
    name = _NAME.search(text[second.span[1]:stated.span[0]])
    amounts = first.dimension == second.dimension != "rate" and first.unit == second.unit and not any(f.sign for f in (first, second, stated))
    if stated.unit != "%" or name is None or not amounts or not first.value or not second.value:
        return
    stated = replace(stated, name=name[1].strip("“”\""))
    if _CHANGE.search(name[1]):
        said = [_EARLIER.findall(text[start:f.span[0]]) for start, f in ((0, first), (first.span[1], second))]
        before = _earlier(*(words[-1] if words else "" for words in said))
        if before is not None:
            now, then = (second, first) if before == 0 else (first, second)
            yield Statement("change", "growth", stated, (Reading({"now": (now,), "before": (then,)}),), text, {"direction": "+"}, guess=True)
        return
    ways = (Reading({"numerator": (above,), "denominator": (below,)}) for above, below in ((first, second), (second, first)))
    yield Statement("rate", "rate", stated, tuple(ways), text, guess=True)


def _earlier(first: str, second: str) -> int | None:
    """Which of two amounts is the earlier, by the words before them: one of last year beside one of no year, or the lesser year."""
    years = [word for word in (first, second) if word[:2] == "20"]
    if len(years) == 2 and first != second:
        return 0 if first < second else 1
    return None if bool(first) == bool(second) or years else 0 if first else 1
