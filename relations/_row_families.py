"""Rows whose codes begin like one another's: 201 is the sum of 20101 and 20103, the total that of the outermost; and names that come
again under every head (2019年, 2020年 under each county): those under the total add up the others of their name. Where neither tells, the
first values do, or the last: those that the next rows add up to.

Rows that lost their blank cells are put, from the total down, in the columns by which each adds up to the row over it.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.rows import blocks
>>> def said(*lines):
...     block, = blocks([Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines)])
...     return [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in nested(block)]
>>> lines = ["合计 91.35 63.15 28.20", "205 教育 70.12 41.92 28.20", "20502 普教 58.02 41.92 16.10", "2050201 幼教 16.10 16.10", "2050202 小学 41.92 41.92",
...          "20503 职教 12.10 12.10", "210 卫生 21.23 21.23"]
>>> said(*lines)[1:4]
[('63.15', ['41.92', '21.23']), ('28.20', ['28.20']), ('70.12', ['58.02', '12.10'])]
>>> said(*lines)[-2:]
[('41.92', ['41.92']), ('16.10', ['16.10'])]
>>> said("合计 151.3 62.4 88.9", "首年 81.1 27.3 53.8", "次年 70.2 35.1 35.1", "甲乡 80.7 33.4 47.3", "首年 40.3 20.1 20.2", "次年 40.4 13.3 27.1",
...      "乙乡 70.6 29.0 41.6", "首年 40.8 7.2 33.6", "次年 29.8 21.8 8.0")[3:5]
[('81.1', ['40.3', '40.8']), ('27.3', ['20.1', '7.2'])]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from fusuan.model import Statement
from fusuan.patterns import settled, stepped, ways_of
from fusuan.relations._row_sums import over, sum_of
from fusuan.relations.passages.mention import Mention
from fusuan.relations.passages.rows import TOTAL, Block, Row

_CODED = regex.compile(r"[0-9]{3,9}")
_NESTED = 3
"""So many parents must come out before any is told: one may by accident."""
_RUN = 40
"""So many rows are added up under another."""
_BLOCKS = 3
"""A total and two others under which names come again are the fewest."""
Way = tuple[int, ...]


def nested(block: Block) -> Iterator[Statement]:
    codes = [match.group() if (match := _CODED.match(row.label)) else "" for row in block.rows]
    values = [[m for m in row.values if m is not None and m.dimension != "rate"] for row in block.rows]
    ends = [[row[side].figure.value * row[side].figure.scale if row else Decimal(0) for row in values] for side in (0, -1)]
    last = len(values) - 1
    upward = ([(last - at, [last - n for n in kids]) for at, kids in _adding_up(end[::-1])] for end in ends)
    for families in (_coded(block.rows, codes), _again([row.words for row in block.rows]), *map(_adding_up, ends), *upward):
        yield from _told(block, list(families), values)


def _told(block: Block, families: Sequence[tuple[int, list[int]]], values: Sequence[Sequence[Mention]]) -> Iterator[Statement]:
    """What parents and those under them say, where several come out."""
    width = max((len(values[n]) for at, kids in families for n in (at, *kids)), default=0)
    places: dict[int, Way] = {n: tuple(range(width)) for n, own in enumerate(values) if len(own) == width}
    told: list[Statement] = []
    parents = 0
    for at, kids in families:
        _settle([at, *kids], values, places, width)
        adding = list(_adding(at, kids, values, places))
        parents += len(kids) > 1 and any(holds for _, _, holds in adding)
        told += [replace(sum_of(block.rows[at], values[at][n], [(block.rows[k], m) for k, m in cells]), guess=not holds) for n, cells, holds in adding]
    if parents >= _NESTED:
        yield from told


def _coded(rows: Sequence[Row], codes: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """Each row with those right under it: of the codes that begin like its own the shortest; a total right before codes is over all."""
    for at, code in enumerate(codes):
        under: list[int] = []
        for n in range(at + 1, len(codes) if code or TOTAL.search(rows[at].label) else at):
            if not codes[n] or not codes[n].startswith(code) or codes[n] == code:
                break
            under.append(n)
        least = min((len(codes[n]) for n in under), default=0)
        if under:
            yield at, [n for n in under if len(codes[n]) == least]


def _again(labels: Sequence[str]) -> Iterator[tuple[int, list[int]]]:
    """The total with the other heads, what follows it with the rows of the same name under the others, and each head with what follows it."""
    count = Counter(labels)
    heads = [n for n, label in enumerate(labels) if count[label] < _BLOCKS]
    blocks = [list(range(a, b)) for a, b in zip(heads, [*heads[1:], len(labels)], strict=False)]
    top = next((block for block in blocks[:1] + blocks[-1:] if TOTAL.search(labels[block[0]].removesuffix("小计"))), [])
    others = [block for block in blocks if block is not top]
    if not top or len(blocks) < _BLOCKS or min(map(len, blocks)) < 2:
        return
    yield top[0], [block[0] for block in others]
    for at in top[1:]:
        yield at, [n for block in others for n in block if labels[n] == labels[at]]
    yield from ((block[0], block[1:]) for block in blocks)


def _adding_up(own: Sequence[Decimal]) -> Iterator[tuple[int, list[int]]]:
    """Rows with those after them whose values add up to theirs, and the last with all before it; what is over others first."""
    found: dict[int, list[int]] = {}
    tops: list[int] = []
    for at in range(len(own) - 1, -1, -1):
        room, size = own[at], 0
        while size < min(len(tops), _RUN) and room > 0:
            room, size = room - own[tops[-1 - size]], size + 1
        if room == 0 and size > 1:
            found[at], tops = tops[:-size - 1:-1], tops[:-size]
        tops.append(at)
    if len(tops) > 2 and own[tops[0]] == sum(own[n] for n in tops[1:]) > 0:
        yield tops[0], tops[:0:-1]
    yield from sorted(found.items())


def _settle(family: Sequence[int], values: Sequence[Sequence[Mention]], places: dict[int, Way], width: int) -> None:
    """Put the rows that lost cells in the columns by which all of them add up to the row over them, if one way only does."""
    at, *kids = family
    if at not in places or all(k in places for k in kids) or not all(values[k] for k in kids):
        return
    numbers = [[m.figure.value * m.figure.scale for m in values[n]] for n in family]
    if len(places[at]) == width and (found := stepped([numbers[0], *(_spread(row, places.get(k), width) for k, row in zip(kids, numbers[1:], strict=True))])):
        # of a row that is placed already all columns count, those without a value as nothing
        places.update((k, way) for k, way in zip(kids, found, strict=True) if k not in places)
        return
    ways = [[places[k]] if k in places else ways_of(len(values[k]), [set(range(width))] * len(values[k]), width) for k in kids]
    # mostly the first column is the sum of the others
    split = [[way for way in some if _splits(row, way)] or some for some, row in zip(ways, numbers[1:], strict=True)]
    for some in (split, ways):
        for k, own in zip(kids, settled(numbers, [[places[at]], *some])[1:], strict=True):
            if len(own) == 1:
                places[k] = own[0]
        if all(k in places for k in kids):
            return


def _spread(row: Sequence[Decimal], way: Way | None, width: int) -> list[Decimal]:
    """The values of a row in all columns, where it has its place."""
    given = dict(zip(way, row, strict=True)) if way is not None else {}
    return [given.get(c, Decimal(0)) for c in range(width)] if way is not None else list(row)


def _splits(row: Sequence[Decimal], way: Way) -> bool:
    return way[0] == 0 and len(way) > 1 and row[0] == sum(row[1:])


def _adding(at: int, kids: Sequence[int], values: Sequence[Sequence[Mention]],
            places: dict[int, Way]) -> Iterator[tuple[int, list[tuple[int, Mention]], bool]]:
    """The cells of a row that those of the rows under it add up to; the first stands in its place, the others where all are known."""
    known = at in places and all(k in places for k in kids)
    own = places[at] if known else (0,)
    for n, column in enumerate(own[:len(values[at])]):
        cells = [(k, values[k][places[k].index(column) if known else 0]) for k in kids if values[k] and (not known or column in places[k])]
        stated, given = values[at][n], [m for _, m in cells]
        if given and stated.value and all(m.dimension == stated.dimension for m in given):
            yield n, cells, over(stated, given).holds
