"""A column that says what each row is counted in: 计量单位 over 亿元, 万人次, %.

>>> [bool(MEASURE.fullmatch(text)) for text in ("亿元", "台(套)", "万人次", "㎡", "教育局")]
[True, True, True, True, False]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from fusuan.patterns.grids.entries import Entry

MEASURE = regex.compile(
    r"[亿万千百十]{0,3}(?:美?元|人次?|户次?|[个项件次套台辆条处座所家批份场期篇册株头只张对床名位笔宗]|亩|公顷|公里|千米|平方公里|[平立]方米|米|公斤|千克|吨|千瓦时?|"
    r"小时|天|日|年|个?月|分|个百分点)(?:[/·](?:[人户亩次个年月天日台辆]|公里|平方米))?(?:\([^()]{1,4}\))?|[%‰㎡]|m[2²]|h|km|—|-|/")
_NAMED = regex.compile(r"(?:计量|度量|数量)?单位(?:名称)?")
_FEW = 3


def measures(lines: Sequence[Sequence[Entry | None]], body: Sequence[int], heads: Callable[[int], Sequence[str]], width: int) -> int | None:
    """The first column whose heading says 单位 and whose rows hold units of measure; None where none does."""
    for column in range(min(width, 6)):
        if not (over := heads(column)) or not _NAMED.fullmatch(over[-1]):
            continue
        own = [e for row in body if (e := lines[row][column]) is not None and e.row == row and e.columns == 1 and e.kind == "text"]
        if len(own) >= _FEW and 10 * sum(bool(MEASURE.fullmatch(e.text)) for e in own) >= 9 * len(own):
            return column
    return None
