"""The values of each row under the headings they belong to, where blanks left no trace.

>>> def shown(text, *rows):
...     top, *body = [*lines_of(tokens([Paragraph(text, Place())])), *lines_of(tokens([Paragraph(row, Place()) for row in rows]))]
...     heads = heads_of(top, [top, *body], False)
...     return [(" ".join(v.text if v else "_" for v in p.values), p.state) for p in placed([top, *body], heads)]
>>> shown("年初预算数 全年预算数 全年执行数 分值 执行率 得分 资金总额 9 8 4 10 50% 5", "其中:财政拨款 8 8 4 50%", "其他资金 1")
[('9 8 4 10 50% 5', 'full'), ('8 8 4 _ 50% _', 'full'), ('1列不明 _ _ _ _ _', 'open')]
>>> shown("合计 基本支出 项目支出 合计 30 20 10", "一、教育支出 20 20", "二、其他支出 10 10")
[('30 20 10', 'full'), ('20 20 _', ''), ('10 _ 10', '')]
>>> shown("数量 标准 金额 甲乡 12 6 72", "乙乡 8 6 48", "丙乡 15 6 90", "合计 35 210")[-1]
('35 _ 210', '')
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from fusuan.patterns.cues.amounts import is_rate, kind_of, label_of, rank
from fusuan.patterns.cues.binding import bind
from fusuan.patterns.grids.unframed.bind import Way, fits, settled, ways_of
from fusuan.patterns.grids.unframed.headings import Heads, Paragraph, Place, goes, heads_of, lines_of, tokens
from fusuan.patterns.grids.unframed.lines import Line
from fusuan.patterns.grids.unframed.tokens import NUMBER, Token

__all__ = ["Paragraph", "Place", "Placed", "heads_of", "lines_of", "placed", "tokens"]


@dataclass(frozen=True, slots=True)
class Placed:
    """The values of a row by column; `state`: "full" where each heading (of an amount) has one, "open" where some have no sure place."""

    values: tuple[Token | None, ...]
    state: str = ""


def placed(body: Sequence[Line], heads: Heads) -> list[Placed]:
    """Return where the values of each row stand."""
    ways = [_ways(line, heads, n) for n, line in enumerate(body)]
    numbers = [[_number(v) for v in line.values] for line in body]
    across, ratios = _across(body, heads), _ratios(heads)
    for n, row in enumerate(numbers):
        if len(ways[n]) > 1:
            ways[n] = [way for way in ways[n] if fits(row, way, across)] or ways[n]
            ways[n] = _rated(row, ways[n], ratios)
    for n in range(len(body)):
        under = _under(body, n)
        if under and len(ways[n]) == 1:
            for m, some in zip([n, *under], settled([numbers[k] for k in (n, *under)], [ways[k] for k in (n, *under)]), strict=True):
                ways[m] = some
    for n in range(len(body)):
        if len(ways[n]) > 1 and _totals(body[n]):
            ways[n] = _closing(body, numbers, ways, n) or ways[n]
    amounts = [c for c in range(heads.width) if not heads.spare(c)]
    return [_placed(line, some, heads.width, amounts) for line, some in zip(body, ways, strict=True)]


def _placed(line: Line, ways: Sequence[Way], width: int, amounts: Sequence[int]) -> Placed:
    """A row by the ways it may be laid: what stands in one column by all of them stands there."""
    row: list[Token | None] = [None] * width
    left = []
    for n, value in enumerate(line.values):
        columns = {way[n] for way in ways}
        if len(columns) == 1:
            row[columns.pop()] = value
        else:
            left.append(value)
    if left:
        free = {c for way in ways for n, c in enumerate(way) if row[c] is None} or {c for c in range(width) if row[c] is None}
        row[min(free)] = replace(left[0], text=" ".join(v.text for v in left) + "列不明", kind="word")
    whole = len(line.values) == width or bool(amounts) and all(row[c] is not None for c in amounts)
    return Placed(tuple(row), "open" if left else "full" if whole else "")


def _ways(line: Line, heads: Heads, place: int) -> list[Way]:
    """The ways to put the values of a row under the headings: percentages under rates, and marks in the first row only.

    As many bare numbers as there are columns of amounts are the amounts.
    """
    width = heads.width
    if len(line.values) == width:
        return [tuple(range(width))]
    rated = any(v.text.endswith("%") for v in line.values)
    amounts = [c for c in range(width) if not heads.spare(c)]
    if len(line.values) == len(amounts) and not rated:
        return [tuple(amounts)]
    if not place and heads.known and len(line.values) == width - 1 and kind_of(heads.names[-1]) == "mark":
        # the mark earned stands last, and is the one that is filled in last
        if all(goes(v.text, n) for v, n in zip(line.values, heads.names, strict=False)):
            return [tuple(range(width - 1))]
    allowed = [{c for c in range(width) if _may(value, heads.names[c], rated, bool(place))} for value in line.values]
    return ways_of(len(line.values), allowed, width)


def _may(value: Token, name: str, rated: bool, later: bool) -> bool:
    """Tell whether a value may stand under a heading. `rated`: its row has percentages; `later`: it is not the first row."""
    ratio = is_rate(name) or kind_of(name) == "change"
    if name in ("行次", "序号"):
        return value.whole is not None
    if value.kind == "blank" or not goes(value.text, name):
        return value.kind == "blank"
    return ratio if value.text.endswith("%") else not (is_rate(name) and rated) and not (later and kind_of(name) == "mark")


def _across(body: Sequence[Line], heads: Heads) -> dict[int, list[int]]:
    """The columns after a total that add up to it in every row that has all its values."""
    width = heads.width
    full = [[_number(v) for v in line.values] for line in body if len(line.values) == width]
    for end in range(width, 2, -1):
        if full and all(row[0] == sum(row[1:end]) for row in full) and rank(heads.names[0]):
            return {0: list(range(1, end))}
    return {}


def _ratios(heads: Heads) -> dict[int, tuple[int, tuple[int, ...]]]:
    """The columns of rates with the columns over and under the line that their headings name."""
    found = {}
    for column, name in enumerate(heads.names):
        others = [c for c in range(heads.width) if c != column]
        if is_rate(name) and (bound := bind(name, [heads.names[c] for c in others], column)) is not None:
            found[column] = others[bound.above], tuple(others[c] for c in bound.below)
    return found


def _rated(row: Sequence[Decimal], ways: Sequence[Way], ratios: Mapping[int, tuple[int, tuple[int, ...]]]) -> list[Way]:
    """The ways by which every rate has its amounts beside it, and most rates go with them."""
    counts = []
    for way in ways:
        values = dict(zip(way, row, strict=True))
        bound = [(values[c], above, [b for b in below if b in values]) for c, (above, below) in ratios.items() if c in values]
        complete = all(above in values and below for _, above, below in bound)
        counts.append(sum(any(_near(values[above], values[b], rate) for b in below) for rate, above, below in bound) if complete else -1)
    best = max(counts, default=-1)
    return [way for way, count in zip(ways, counts, strict=True) if count == best >= 0]


def _near(above: Decimal, below: Decimal, rate: Decimal) -> bool:
    return below == 0 or abs(above / below * 100 - rate) <= 1 or abs(above / below - rate) <= Decimal("0.01")


def _under(body: Sequence[Line], place: int) -> list[int]:
    """The rows right under a row: by code, numbering, or 其中."""
    own = _level(body[place])
    after = []
    for n in range(place + 1, len(body)):
        if _level(body[n]) <= own:
            break
        after.append(n)
    least = min((_level(body[n]) for n in after), default=0)
    return [n for n in after if _level(body[n]) == least and body[n].values]


def _totals(line: Line) -> bool:
    return bool(line.words) and bool(rank(label_of(line.words[-1].text).text))


def _closing(body: Sequence[Line], numbers: Sequence[Sequence[Decimal]], ways: Sequence[Sequence[Way]], place: int) -> list[Way]:
    """The one way by which each amount of a total is the sum of its column: over the rows since the last total, over all rows, over the totals."""
    above = [n for n in range(place) if numbers[n]]
    named = [n for n in above if _totals(body[n])]
    rows = [n for n in above if n not in named]
    for some in ([n for n in rows if n > max(named, default=-1)], rows, named):
        if len(some) > 1 and all(len(ways[n]) == 1 for n in some):
            sums = _sums([(numbers[n], ways[n][0]) for n in some])
            held = [way for way in ways[place] if all(sums.get(c) == v for c, v, token in zip(way, numbers[place], body[place].values, strict=True)
                                                      if not token.text.endswith("%"))]
            if len(held) == 1:
                return held
    return []


def _sums(rows: Sequence[tuple[Sequence[Decimal], Way]]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for values, way in rows:
        for value, column in zip(values, way, strict=True):
            found[column] = found.get(column, Decimal(0)) + value
    return found


def _level(line: Line) -> int:
    if line.codes:
        code = "".join(c.text for c in line.codes)
        return len(code) if len(code) >= 3 else 4
    label = label_of(line.words[-1].text if line.words else "")
    return 0 if rank(label.text) else label.grade or 9


def _number(token: Token) -> Decimal:
    found = NUMBER.search(token.text)
    return Decimal(found[0].replace(",", "")) if found else Decimal(0)
