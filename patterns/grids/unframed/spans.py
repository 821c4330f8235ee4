"""Cells that lay over several columns or rows, where a table was copied out with its empty cells: each text stands once, in the
first of its places, and the others are empty.

An empty cell belongs to the text left of it where the heading over it is empty too, or where no heading stands over it; it
belongs to the text above where everything left of it does. Any other is blank.

>>> rows = [["项目", "", "资金", ""], ["", "", "预算数", "执行数"], ["甲", "建设", "30", "28"], ["", "购置", "", "9"], ["合计", "", "30", "37"]]
>>> [(s.row, s.column, s.rows, s.columns) for s in spans_of(rows) if s.rows * s.columns > 1]
[(0, 0, 2, 2), (0, 2, 1, 2), (2, 0, 2, 1), (4, 0, 1, 2)]
>>> rows = [["项目", "2022年", "", "增减%"], ["", "预算数", "执行数", ""], ["电", "30", "28", "4.1"]]
>>> [(s.row, s.column, s.rows, s.columns) for s in spans_of(rows) if s.rows * s.columns > 1]
[(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 2, 1)]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import regex

from fusuan.model import Table
from fusuan.patterns.cues.indicators import bare, role_of, words
from fusuan.patterns.text.squeeze import squeeze

_VALUE = regex.compile(r"(?!(?:19|20)[0-9]{2}年)[-+≥≤<>=]?[0-9][0-9,.]*(?:%|‰|[^0-9\s]{1,3})?|[-—/]+")


@dataclass(frozen=True, slots=True)
class Kept(Table):
    """A table copied out as text with its empty places: each value stands in its column, as in a frame.

    `padded` rows end in bars that part nothing: places before those may be gone; `short` ones have fewer places than others.
    """

    padded: frozenset[int] = frozenset()
    short: frozenset[int] = frozenset()


@dataclass(slots=True)
class Span:
    """A cell with the places it covers."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


def spans_of(rows: Sequence[Sequence[str]]) -> list[Span]:
    """Return the cells of a table whose rows are all as wide, in order of rows and columns."""
    width = max(map(len, rows), default=0)
    found: list[Span] = []
    over: list[Span | None] = [None] * width
    head: dict[int, str] = {}
    under = False
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else ()
        headed = heading(row, rows[at + 1:at + 3])
        down = _down(row, rows, over, under and headed)
        if down and list(head.values()).count(head.get(0, "")) > 1:
            # the left of two sides that is shorter than the other
            down = []
        wide = _lone(row) or sum(map(bool, row)) == 1 and bool(row[0]) and (not head or heading(below, ()))
        own = [Span(at, 0, 1, width)] if wide and sum(map(bool, row)) == 1 else _across(row, at, down, below, head if not headed and not wide else {})
        for span in down:
            span.rows += 1
        for span in own:
            over[span.column:span.column + span.columns] = [span] * span.columns
        found += own
        if headed:
            head = {**(head if under else {}), **{n: squeeze(text) for n, text in enumerate(row) if text}}
        under = headed
    return found


def _down(row: Sequence[str], rows: Sequence[Sequence[str]], over: Sequence[Span | None], under: bool) -> list[Span]:
    """The cells above that go on in a row: from the left as far as nothing else begins; under headings, all over an empty place."""
    down: list[Span] = []
    at = 0
    while at < len(row):
        span = over[at]
        free = span is not None and span.column == at and not any(row[at:at + span.columns])
        if span is not None and free and (rows[span.row][at] or under):
            down.append(span)
        elif not under:
            break
        at += span.columns if span is not None and free else 1
    return down


def _across(row: Sequence[str], at: int, down: Sequence[Span], below: Sequence[str], head: Mapping[int, str]) -> list[Span]:
    """The cells that begin in a row. What goes on in the row below is no wider than it is there."""
    covered = {n for span in down for n in range(span.column, span.column + span.columns)}
    own: list[Span] = []
    for n, text in enumerate(row):
        if n in covered:
            continue
        last = own[-1] if own and own[-1].column + own[-1].columns == n else None
        narrow = last is own[0] and bool(row[last.column]) and below and not any(below[:last.column + 1]) and below[n] if last else False
        if text or last is None or narrow or n in head and not (_total(row[last.column]) and role_of(head[n]) in _WORDS):
            own.append(Span(at, n))
        else:
            last.columns += 1
    return own


def _lone(row: Sequence[str]) -> bool:
    """Tell whether a row is a name and what is said of it: 存在问题 无."""
    filled = [text for text in row if text]
    return len(row) > len(filled) + 2 and bool(row[0]) and len(filled) == 2 and not any(map(_valued, filled)) and not _FIRST.match(squeeze(row[0]))


_FIRST = regex.compile(r"(?:投入|过程|决策|管理|产出|效益|效果|满意度?|数量|质量|时效|成本|经济|社会|生态|可持续|服务对象).{0,9}$|.*[0-9]分?\)$")


def _total(text: str) -> bool:
    return bool(text) and bare(squeeze(text)) in words("total", "names")


def _valued(text: str) -> bool:
    return bool(_VALUE.fullmatch(squeeze(text)))


_WORDS = ("level", "target", "initial_target", "adjusted", "measured", "nature", "unit", "rule", "note")


def heading(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row is one of headings: two that are known or more, and no value."""
    filled = [squeeze(text) for text in row if text]
    if any(map(_valued, filled)) or any(len(text) > 30 or _LISTED.match(text) for text in filled):
        return False
    known = sum(bool(role_of(text) or _HEADING.search(text)) for text in filled)
    full = len(filled) >= max(3, 0.6 * len(row)) and any(sum(map(_valued, line)) * 2 >= len(row) for line in below)
    return full or known >= 2 and known * 2 >= len(filled)


_LISTED = regex.compile(r"[(（]?[一二三四五六七八九十]{1,3}[)）、.]|[(（]?[0-9]{1,2}[)）、.](?![0-9])")
_HEADING = regex.compile(r"(?:数|额|率|情况|进度|分|值|预算|决算|执行|支出|收入|资金|合计|小计|总计|年|年度|月|费|经费|结转|结余|标准|面积|权重|目标|比重|比例|增减|余额|数量|人员|[A-G]\)?)$|[元%]\)?$")
