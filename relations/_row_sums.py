"""Rows named totals: the sums of the rows beside them, column by column.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.rows import blocks
>>> def said(*lines):
...     block, = blocks([Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines)])
...     return [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in totals(block)]
>>> said("甲校 2140 720 154.08", "乙校 1365 725 98.96", "小计 3505 253.04")
[('3505', ['1365', '2140']), ('253.04', ['98.96', '154.08'])]
>>> said("甲区 1641 1220 218 203", "乙区 129 129", "丙区 528 460 68", "合计 2298 1680 415 203")[2]
('415', ['68', '129', '218'])
>>> said("甲乡 31.7 25.5", "乙乡 40.9 38.2", "小计 72.6 63.7", "丙乡 50.3 44.1", "丁乡 17.4 12.6", "小计 67.7 56.7", "合计 140.3 120.4")[-2:]
[('140.3', ['67.7', '72.6']), ('120.4', ['56.7', '63.7'])]
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fusuan.model import Figure, Reading, Statement
from fusuan.model.quantity import half_of
from fusuan.model.slip import misprinted, said_by
from fusuan.patterns import Outcome, added, settled, stepped, ways_of
from fusuan.relations._row_laws import SURE, WIDEST, is_rate
from fusuan.relations.passages.mention import Mention
from fusuan.relations.passages.rows import TOTAL, Block, Row

_NARROW = 8
"""Of more columns than this nobody knows which of them a row leaves blank."""
_ENOUGH = 3.6
"""What they must say where they are the sums of some rows only, or some of them are."""
_WHOLE = 1.7
"""What the columns of a row named a total must say where all of them are the sums of all rows beside it."""

_PROVEN = 7.0
"""What they and the misprint must say for the one column that a misprint keeps from coming out to be wrong."""

_SLIP = 0.5
"""What a misprint itself must say: two digits."""
_ROWS = 1000


@dataclass(slots=True)
class _Sums:
    """A row of totals held against rows beside it: by the cell of the total, the cells it adds up."""

    cells: dict[int, list[tuple[Row, Mention]]]
    evidence: float
    whole: bool             # every row of the group, and every column of amounts
    failing: dict[int, list[tuple[Row, Mention]]] = field(default_factory=dict)  # evidence where a cell of the total may be misprinted


def totals(block: Block) -> Iterator[Statement]:
    """The sums of a row of totals: the rows after it or before it, up to the next such row; all rows, or all totals, before it."""
    for total, groups in grouped(block):
        ways = [best for group in groups for best in (_longest(total, group, True), _longest(total, group, False), _matched(total, group), _settled(total, group)) if best]
        ways = [way for way in ways if way.evidence >= (_WHOLE if way.whole else _ENOUGH)]
        if ways:
            sums = max(ways, key=lambda way: way.evidence)
            yield from (sum_of(total, m, cells) for n, cells in sums.cells.items() if (m := total.values[n]))
            failing = next((way.failing for way in ways if way.failing and way.cells.keys() == sums.cells.keys()), {})
            yield from (_failed(total, m, cells, sums, len(failing)) for n, cells in failing.items() if (m := total.values[n]))
        else:
            yield from _exact(total, groups)


def grouped(block: Block) -> Iterator[tuple[Row, Sequence[Sequence[Row]]]]:
    """Each row of totals with the groups of rows that it may add up."""
    named = [n for n, row in enumerate(block.rows) if TOTAL.search(row.label)]
    for before, at, after in zip([-1, *named], named, [*named[1:], len(block.rows)], strict=False):
        total = block.rows[at]
        groups = [block.rows[at + 1:after], block.rows[before + 1:at][::-1]]
        groups += [side for group in groups[:] if (side := _side(total, group))]
        if before >= 0:
            groups += [[row for n, row in enumerate(block.rows[:at]) if (n in named) is told][::-1] for told in (True, False)]
        yield total, groups


def _failed(total: Row, stated: Mention, cells: Sequence[tuple[Row, Mention]], sums: _Sums, failing: int) -> Statement:
    """What fails beside columns that come out: the one figure that a misprint keeps from doing so is wrong, of others nobody knows."""
    said, parts = sum_of(total, stated, cells), [m for _, m in cells]
    slip = _slipped(stated, parts)
    wrong = failing == 1 < len(sums.cells) and slip >= _SLIP and sums.evidence + slip >= _PROVEN and _of_one_kind(stated, parts) \
        and not _numbers([stated, *parts]) and not is_rate(stated.figure, [m.figure for m in total.values if m is not None and m is not stated])
    return replace(said, certainty=SURE) if wrong else replace(said, guess=True)


def _of_one_kind(stated: Mention, parts: Sequence[Mention]) -> bool:
    """Tell whether the parts of a total may all be such: none is all of it, none the number of its row among amounts with decimals."""
    return all(m.value != stated.value and (m.figure.decimals > 0 or not stated.figure.decimals) for m in parts if m.value)


def _numbers(column: Sequence[Mention]) -> bool:
    """Tell whether a column may be the numbers of its rows: small and whole, each greater than the one before it."""
    values = [m.value for m in sorted(column, key=lambda m: m.index)]
    return all(m.figure.decimals == 0 and not m.figure.unit and m.value < _ROWS for m in column) and values == sorted(set(values))


def _slipped(stated: Mention, parts: Sequence[Mention]) -> float:
    """How much it says that one misprint keeps a total from coming out: in itself, or in one of so many parts."""
    o = over(stated, parts)
    if o.near or abs(o.stated - o.computed) * 2 <= (len(parts) + 1) * Decimal(1).scaleb(-stated.figure.decimals) * stated.figure.scale:
        return 0.0  # each may be rounded
    gaps = ((m.figure, (o.stated - o.computed) / m.figure.scale) for m in parts)
    own = (said_by(f.value, f.decimals) for f, gap in gaps if misprinted(f.value, f.value + gap, f.decimals))
    return max(float(o.misprint), float(max(own, default=Decimal(0))) - math.log10(len(parts)))


def _matched(total: Row, group: Sequence[Row]) -> _Sums | None:
    """All rows of a group, as long as one another, under a total that left out other cells than they did: which go with which."""
    width = len(group[0].values) if group else 0
    if not 1 < width <= WIDEST or any(len(row.values) != width for row in group) or not 1 < len(total.values) <= WIDEST:
        return None
    columns = [[(row, m) for row in group if (m := row.values[n]) is not None and m.dimension != "rate"] for n in range(width)]
    best: list[list[tuple[float, dict[int, int]]]] = [[(0.0, {})] * (width + 1) for _ in range(len(total.values) + 1)]
    for n, stated in enumerate(total.values):
        for c, cells in enumerate(columns):
            known = [m for _, m in cells if stated is not None and m.dimension == stated.dimension]
            ways = [best[n][c + 1], best[n + 1][c]]
            if stated is not None and stated.value and len(known) == len(cells) > 0:
                o = over(stated, known)
                ways += [(best[n][c][0] + float(o.evidence) + 0.01, {**best[n][c][1], n: c})] if o.holds else []
            best[n + 1][c + 1] = max(ways, key=lambda way: way[0])
    evidence, pairs = best[-1][-1]
    tries = 4 * max(width, math.comb(max(width, len(total.values)), min(width, len(total.values))))
    return _Sums({n: columns[c] for n, c in pairs.items()}, evidence - math.log10(tries), len(pairs) == len(total.values) > 2) if pairs else None


def _settled(total: Row, group: Sequence[Row]) -> _Sums | None:
    """All rows of a group, some of which lost cells, under a total that has all of its own."""
    found, width = in_columns(total, group), len(total.values)
    if not found:
        return None
    held: dict[int, list[tuple[Row, Mention]]] = {}
    failing: dict[int, list[tuple[Row, Mention]]] = {}
    evidence = -sum(math.log10(math.comb(width, len(row))) for row in found)
    for c, stated in found[0].items():
        cells = [(row, own[c]) for row, own in zip(group, found[1:], strict=True) if c in own]
        if cells and stated.value:
            o = over(stated, [m for _, m in cells])
            (held if o.holds else failing)[total.values.index(stated)] = cells
            evidence += float(o.evidence)
    return _Sums(held, evidence, len(held) == width, failing) if held else None


def in_columns(total: Row, group: Sequence[Row]) -> list[dict[int, Mention]]:
    """The amounts of a total and of the rows of a group, some of which lost cells, by column: in the one way in which they add up to it."""
    rows = [[m for m in row.values if m is not None and m.dimension != "rate"] for row in (total, *group)]
    width = len(rows[0])
    if len(group) < 2 or not 1 < width <= WIDEST or all(len(row) == width for row in rows) or not all(0 < len(row) <= width for row in rows):
        return []
    numbers = [[m.figure.value * m.figure.scale for m in row] for row in rows]
    found = stepped(numbers) or _misprinted(rows, numbers) or _but_one(numbers)
    return [dict(zip(way, row, strict=True)) for way, row in zip([range(width), *found], rows, strict=True)] if found else []


def _misprinted(rows: Sequence[Sequence[Mention]], numbers: Sequence[Sequence[Decimal]]) -> list[tuple[int, ...]]:
    """The columns of rows under a total where a digit of one figure is misprinted: what all values come to tells by how much."""
    gap = sum(map(sum, numbers[1:]), Decimal(0)) - sum(numbers[0], Decimal(0))
    for n, row in enumerate(rows if gap else ()):
        for c, m in enumerate(row):
            right = numbers[n][c] + (-gap if n else gap)
            if misprinted(m.figure.value, right / m.figure.scale, m.figure.decimals) \
                    and (found := stepped([*numbers[:n], [*numbers[n][:c], right, *numbers[n][c + 1:]], *numbers[n + 1:]])):
                return found
    return []


def _but_one(numbers: Sequence[Sequence[Decimal]]) -> list[tuple[int, ...]]:
    """The columns of a few rows that lost cells, where one column of their total is misprinted."""
    width = len(numbers[0])
    if width > _NARROW:
        return []
    found = settled(numbers, [ways_of(len(row), [set(range(width))] * len(row), width) for row in numbers])[1:]
    return [some[0] for some in found] if all(len(some) == 1 for some in found) else []


def _exact(total: Row, groups: Sequence[Sequence[Row]]) -> Iterator[Statement]:
    """A total of one value that the only values of all the rows on one side make up to the last digit, round as it may be."""
    for group in groups:
        given = [row.values[0] for row in group if len(row.values) == 1 and row.values[0]]
        if len(total.values) == 1 and (stated := total.values[0]) and len(given) == len(group) > 2 \
                and all(m.dimension == stated.dimension for m in given) and sum(m.figure.value * m.figure.scale for m in given) == stated.figure.value * stated.figure.scale:
            yield sum_of(total, stated, [(row, m) for row in group if (m := row.values[0])])
            return


def _side(total: Row, group: Sequence[Row]) -> list[Row]:
    """The rows of income, or of spending, where a total is of one of them and the rows of both run into each other."""
    word = next((word for word in ("收入", "支出") if word in total.label), "")
    rows = [row for row in group if word and word in row.label]
    return rows if len(rows) < len(group) else []


def _longest(total: Row, group: Sequence[Row], left: bool) -> _Sums | None:
    """The first rows of a group that make up a total, as many as say most."""
    width = len(total.values)
    sums, halves, terms = [Decimal(0)] * width, [Decimal(0)] * width, [0] * width
    best: _Sums | None = None
    parts = group[:0]
    for count, row in enumerate(group, 1):
        for n in range(width):
            if (m := _cell(row, n, width, left)) and (stated := total.values[n]) and m.dimension == stated.dimension != "rate":
                sums[n], halves[n], terms[n] = sums[n] + m.figure.base, halves[n] + half(m.figure), terms[n] + (m.value != 0)
        outcomes = {n: added(stated.figure, sums[n], halves[n], terms[n] > 1)
                    for n in range(width) if (stated := total.values[n]) and terms[n] and stated.value}
        holding = [n for n, o in outcomes.items() if o.holds]
        own = {outcomes[n].stated: float(outcomes[n].evidence) for n in holding}
        tries = 4 * width * (1 if count == len(group) else len(group))
        evidence = sum(own.values()) - math.log10(tries)
        if holding and (best is None or evidence > best.evidence):
            best = _Sums({n: [] for n in holding}, evidence, count == len(group) and len(holding) == len(outcomes) > 1,
                         {n: [] for n in outcomes.keys() - set(holding)})
            parts = group[:count]
    if best is not None:
        best.cells = {n: _cells(parts, n, width, left) for n in best.cells}
        best.failing = {n: _cells(parts, n, width, left) for n in best.failing}
    return best


def _cells(rows: Sequence[Row], n: int, width: int, left: bool) -> list[tuple[Row, Mention]]:
    return [(row, m) for row in rows if (m := _cell(row, n, width, left))]


def _cell(row: Row, n: int, width: int, left: bool) -> Mention | None:
    at = n if left else n - width + len(row.values)
    return row.values[at] if 0 <= at < len(row.values) else None


def over(stated: Mention, cells: Sequence[Mention]) -> Outcome:
    """A value beside the sum of others."""
    return added(stated.figure, sum((m.figure.base for m in cells), Decimal(0)), sum((half(m.figure) for m in cells), Decimal(0)),
                 sum(m.value != 0 for m in cells) > 1)


def half(figure: Figure) -> Decimal:
    return half_of(figure, figure.decimals) * figure.scale


def sum_of(total: Row, stated: Mention, cells: Sequence[tuple[Row, Mention]]) -> Statement:
    """A value of a row as the sum of cells of others."""
    parts: tuple[Figure, ...] = tuple(m.figure for _, m in cells)
    quote = "\n".join([total.quote, *(f"{row.label[-20:]} {m.shown()}" for row, m in cells)])[:1500]
    return Statement("parts", "sum", stated.figure, (Reading({"parts": parts}),), quote, source="rows", certainty=0.0)
