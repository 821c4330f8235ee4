"""What rows say by the laws of their columns: sums and differences, rates, products, means, shares of a total.

A row that lost a cell is put where its figures come out: of all the ways to leave columns blank, the one by which most laws hold.
Everything said here vouches, and accuses of nothing.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.rows import blocks
>>> def said(*lines):
...     block, = blocks([Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines)])
...     return [(s.kind, s.stated.text, [f.text for f in s.figures][1:]) for s in lawful(block)]
>>> said("图书 3260 38.50 125510.00", "书架 42 860.00 36120.00", "讲座 36 1500.00 54000.00")[0]
('product', '125510.00', ['3260', '38.50'])
>>> lines = ["甲 417.3 385.2 32.1 8.33", "乙 96.8 71.3 25.5 35.76", "丙 250.4 249.1 1.3 0.52", "丁 311.9 280.4 11.23"]
>>> said(*lines)[-1]
('change', '11.23', ['311.9', '280.4'])
>>> block, = blocks([Text.of(Paragraph("甲 50 33.26 8.13 309.10 5 7.62 11.07 (31.17) 乙 13.24 17.62 (24.86) 4.36 3.45 26.38", Place()))])
>>> [s.stated.text for s in beside(block)]
['309.10', '(31.17)', '(24.86)', '26.38']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from fusuan.model import Figure, Statement
from fusuan.patterns import NEIGHBOURS, Law, evident, placed, statement, with_growths
from fusuan.relations.passages.rows import TOTAL, Block, Row

_WIDEST = 14
_SHORT = 60
"""So many rows of another length are looked at."""
_OFTEN = 3
"""So many neighbours must hold to a law that no column proves."""
Cells = Mapping[int, Figure]


def lawful(block: Block) -> Iterator[Statement]:
    """What the rows of a block say by the laws that several of them prove."""
    rows = [row for row in block.rows if any(row.values)]
    alike = _by(rows, lambda row: len(row.values))
    # a total may have its rates elsewhere than other rows as long as it
    shapes = [some for some in _by(rows, _shape) if some not in alike]
    for some in (*alike, *shapes):
        width = len(some[0].values)
        if 3 <= width <= _WIDEST and len(some) > 1:
            yield from _proved(some, [row for row in rows if 2 < len(row.values) < width][:_SHORT] if some in alike else [])


def beside(block: Block) -> Iterator[Statement]:
    """What three neighbours say, in whatever column of whatever row they stand: one law, several times, with too many digits for an accident."""
    windows = [(row, dict(enumerate(figures))) for row in block.rows for at in range(len(row.values) - 2)
               if len(figures := [m.figure for m in row.values[at:at + 3] if m is not None and not m.figure.sign]) == 3]
    room = Decimal(len(windows) * len(NEIGHBOURS) or 1).log10() + 1
    for law in NEIGHBOURS:
        held = [(row, cells) for row, cells in windows if (o := law.outcome(cells)) and o.holds and o.evidence >= room]
        if len({tuple(f.value for f in cells.values()) for _, cells in held}) >= _OFTEN:
            yield from (_said(law, cells, row) for row, cells in held)


def _by(rows: Sequence[Row], key: Callable[[Row], object]) -> list[list[Row]]:
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def _shape(row: Row) -> tuple[int, ...]:
    return (len(row.values), *(n for n, m in enumerate(row.values) if m and m.dimension == "rate"))


def _proved(rows: Sequence[Row], shorter: Sequence[Row]) -> Iterator[Statement]:
    """What rows of one length say, and shorter ones by the same laws."""
    named = {f.place for row in rows if TOTAL.search(row.label) for f in _cells(row).values()}
    own, laws = evident([_cells(row) for row in rows], named)
    yield from (_said(p.law, own[n], rows[n]) for p in laws for n in p.holds)
    wholes, laws = {n: f for n, f in own[0].items() if n < 0}, with_growths(laws)
    for row in shorter:
        way = placed(_cells(row), len(row.values), len(rows[0].values), laws, wholes)
        cells = {**{way[n]: f for n, f in _cells(row).items() if way}, **wholes}
        yield from (_said(p.law, cells, row) for p in laws if (o := p.law.outcome(cells)) and o.holds and o.telling)


def _cells(row: Row) -> dict[int, Figure]:
    return {n: m.figure for n, m in enumerate(row.values) if m is not None and not m.figure.sign}


def _said(law: Law, cells: Cells, row: Row) -> Statement:
    return replace(statement(law, cells, "", row.quote, guess=False), source="rows", certainty=0.0)
