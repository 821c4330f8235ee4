"""一格里的两项数与它们的比率：实际9人，编制12人，控制率75%；上年20万元，本年25万元，变动率25%。

读：评价情况一类的格里恰有两项同单位的数、最后一个是名称说明由这两项得出的比率；合不上时须有一般笔误可以解释，才判不符；
不读：格里还有别的数，比率另有所指（合格率、满意度、按时办结率），增减率看不出哪一项是上年的。

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
>>> found("实有9人，编制12人，其中女6人，控制率75%"), found("甲20.0万元，乙25.0万元，变动率25.00%"), found("计划12公里，完成11公里，合格率91.67%")
([], [], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.cues.binding import bind
from fusuan.patterns.cues.times import EARLIER, YEAR
from fusuan.patterns.text.fold import fold

_NAME = regex.compile(r"([\u4e00-\u9fff“”\"]{0,12}(?:率|比例|占比|比重|满意度))(?:约?为|达到?|是|:|=)?\s*$")
_CHANGE = regex.compile(r"变动|变化|增长|增减|下降|降低|增幅|降幅|压减")
_PLANNED = regex.compile(r"计划|应|预算|编制|目标|批复|核定|年初|总")
_DONE = regex.compile(r"(?:完成|执行|到位|控制|支付|拨付|安排|使用)$")
_QUALIFIED = regex.compile(r"按时|及时|按期|准时|如期|一次")
_TIME = regex.compile(rf"{EARLIER.pattern}|{YEAR.pattern}")
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
    said = text[:first.span[0]], text[first.span[1]:second.span[0]]
    if _CHANGE.search(name[1]):
        times = [_TIME.findall(words) for words in said]
        before = _earlier(*(words[-1] if words else "" for words in times))
        if before is not None:
            now, then = (second, first) if before == 0 else (first, second)
            yield Statement("change", "growth", stated, (Reading({"now": (now,), "before": (then,)}),), text, {"direction": "+"}, guess=True)
    elif (way := _meant(name[1], said)) is not None:
        above, below = (first, second)[way], (second, first)[way]
        yield Statement("rate", "rate", stated, (Reading({"numerator": (above,), "denominator": (below,)}),), text, guess=True)


def _meant(name: str, said: tuple[str, str]) -> int | None:
    """Which of two amounts a rate is of, by its name and theirs: 控制率 of 实有 and 编制, 完成率 beside what was planned, 回收率 of what was 回收."""
    if (bound := bind(name, list(said))) is not None:
        return bound.above
    stem = regex.sub(r"(?:率|比例|占比|比重|度)$", "", name)
    if _QUALIFIED.search(stem):
        return None
    planned, named = [bool(_PLANNED.search(words)) for words in said], [stem[-2:] in words for words in said]
    if _DONE.search(stem) and sum(planned) == 1:
        return planned.index(False)
    return named.index(True) if len(stem) > 1 and sum(named) == 1 else None


def _earlier(first: str, second: str) -> int | None:
    """Which of two amounts is the earlier, by the words before them: one of last year beside one of no year, or the lesser year."""
    years = [word for word in (first, second) if word[:2] == "20"]
    if len(years) == 2 and first != second:
        return 0 if first < second else 1
    return None if bool(first) == bool(second) or years else 0 if first else 1
