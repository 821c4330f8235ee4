"""What rows say by the laws of their columns: sums and differences, rates, products, means, shares of a total.

A row that lost a cell is put where its figures come out: of all the ways to leave columns blank, the one by which most laws hold.
What is said here vouches; it accuses the one row a plain slip away from what several others prove.

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

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby, permutations
from typing import NamedTuple

from fusuan.model import Figure, Statement
from fusuan.model.slip import units
from fusuan.patterns import NEIGHBOURS, Law, Outcome, Proved, evident, placed, statement, with_growths
from fusuan.relations.passages.rows import TOTAL, Block, Row

WIDEST = 14
_SHORT = 60
"""So many rows of another length are looked at."""
_OFTEN = 3
"""So many neighbours must hold to a law that no column proves, and so many rows to one that accuses another."""
_TELLING = Decimal(7)
"""Orders of magnitude by which rows must speak for a law that accuses the one row in which it fails."""
_DIGITS = 100
"""In units of its last digit, the least figure of which it says something that it is one digit off."""
SURE = 0.95
"""The certainty of a law that many rows hold to and one, a slip of the pen away, does not."""


class Line(NamedTuple):
    """Figures side by side, or under one another, by number."""

    label: str
    cells: dict[int, Figure]
    quote: str
    width: int

    def says(self, law: Law, certainty: float = 0.0) -> Statement:
        return replace(statement(law, self.cells, None, self.quote, guess=False), source="rows", certainty=certainty)


def line_of(row: Row) -> Line:
    return Line(row.label, {n: m.figure for n, m in enumerate(row.values) if m is not None and not m.figure.sign}, row.quote, len(row.values))


def lawful(block: Block) -> Iterator[Statement]:
    """What the rows of a block say by the laws that several of them prove."""
    rows = [row for row in block.rows if any(row.values)]
    alike = _by(rows, lambda row: len(row.values))
    # a total may have its rates elsewhere than other rows as long as it
    shapes = [some for some in _by(rows, _shape) if some not in alike]
    for some in (*alike, *shapes):
        width = len(some[0].values)
        others = [line_of(row) for row in rows if 2 < len(row.values) != width][:_SHORT] if some in alike else []
        yield from proved(list(map(line_of, some)), others)
    for lines in columns(block):
        # of sums down a column only those of neighbours are told (`_row_alone`)
        yield from (s for s in proved(lines, []) if s.kind in ("rate", "change") and not s.certainty)


def columns(block: Block) -> Iterator[list[Line]]:
    """The columns of rows that have equally many values, so many rows at a time, but those of nothing but percentages."""
    for width, run in groupby(block.rows, key=lambda row: len(row.values)):
        rows = list(run)
        for start in range(0, max(1, len(rows) - WIDEST // 2), WIDEST // 2):
            lines = [_down(rows[start:start + WIDEST], n) for n in range(width)]
            yield [line for line in lines if any(f.dimension != "rate" for f in line.cells.values())]


def _down(rows: Sequence[Row], n: int) -> Line:
    given = {at: m for at, row in enumerate(rows) if (m := row.values[n]) is not None and not m.figure.sign}
    quote = "\n".join(f"{rows[at].label[-20:]} {m.shown()}" for at, m in given.items())[:1500]
    return Line("", {at: m.figure for at, m in given.items()}, quote, len(rows))


def beside(block: Block) -> Iterator[Statement]:
    """What three neighbours say, in whatever column of whatever row they stand: one law, several times, with too many digits for an accident."""
    lines = map(line_of, block.rows)
    windows = [replaced for line in lines for at in range(line.width - 2) if (replaced := _three(line, at)) is not None]
    room = Decimal(len(windows) * len(NEIGHBOURS) or 1).log10() + 1
    outcomes = [(law, three, o) for law in NEIGHBOURS for three in windows if (o := law.outcome(three.cells))]
    held = [(law, three) for law, three, o in outcomes if o.holds and o.evidence >= room]
    telling = [law for law in NEIGHBOURS if len({tuple(f.value for f in three.cells.values()) for own, three in held if own is law}) >= _OFTEN]
    yield from (three.says(law) for law, three in held if law in telling)
    used = {f for law, three in held if law in telling for f in three.cells.values()}
    yield from (three.says(law, SURE) for law, three, o in outcomes
                if law in telling and o.misprint >= room and units(o.stated, o.decimals) >= _DIGITS and used.isdisjoint(three.cells.values()))


def _three(line: Line, at: int) -> Line | None:
    cells = [line.cells[n] for n in range(at, at + 3) if n in line.cells]
    return line._replace(cells=dict(enumerate(cells))) if len(cells) == 3 else None


def _by(rows: Sequence[Row], key: Callable[[Row], object]) -> list[list[Row]]:
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def _shape(row: Row) -> tuple[int, ...]:
    return (len(row.values), *(n for n, m in enumerate(row.values) if m and m.dimension == "rate"))


def proved(lines: Sequence[Line], others: Sequence[Line]) -> Iterator[Statement]:
    """What lines of one length say, and others by the same laws."""
    lines = [line for line in lines if line.cells]
    if len(lines) < 2 or not 3 <= lines[0].width <= WIDEST:
        return
    named = {f.place for line in lines if TOTAL.search(line.label) for f in line.cells.values()}
    own, laws = evident([line.cells for line in lines], named)
    full = [line._replace(cells=dict(row)) for line, row in zip(lines, own, strict=True)]
    wholes, laws = {n: f for n, f in own[0].items() if n < 0}, with_growths(laws)
    elsewhere = [_elsewhere(line, lines[0].width, laws, wholes) for line in others]
    for p in laws:
        yield from (full[n].says(p.law) for n in (*p.holds, *p.near))
        vouching = [told for some in elsewhere for told in some.holds if told.proved is p]
        yield from (full[n].says(p.law, SURE) if _accuses(p, full, full[n], vouching) else replace(full[n].says(p.law), guess=True) for n in p.fails)
        yield from (told.statement for some in elsewhere for told in some.fails if told.proved is p and _accuses(p, full, some.line, vouching))
    yield from (told.statement for some in elsewhere for told in some.holds)


class _Told(NamedTuple):
    """What a line says by a law that others prove, and how much it speaks for that."""

    proved: Proved
    statement: Statement
    evidence: Decimal


class _Placed(NamedTuple):
    """A line of another length in its columns, with what holds in every way in which most does, and what fails there."""

    line: Line
    holds: list[_Told]
    fails: list[_Told]


def _elsewhere(line: Line, width: int, laws: Sequence[Proved], wholes: dict[int, Figure]) -> _Placed:
    """What a line of another length says in every way in which it says most."""
    found = [line._replace(cells=dict(cells)) for cells in placed(line.cells, line.width, width, laws, wholes)]
    told = [{frozenset((f.place, f.span) for f in t.statement.figures): t for p in laws if (t := _told(p, made)) is not None} for made in found]
    same = [said for key, said in told[0].items() if all(key in other for other in told)] if told else []
    # a line that has more figures than columns may mean any of them
    return _Placed(found[0] if found else line, [t for t in same if t.evidence], [t for t in same if not t.evidence and line.width < width])


def _told(p: Proved, line: Line) -> _Told | None:
    """What a line says by a law, if it says anything: that it holds, or (with no evidence) that a misprint keeps it from doing so."""
    o = p.law.outcome(line.cells)
    if o is None or not o.telling:
        return None
    return _Told(p, line.says(p.law), o.evidence) if o.holds else _Told(p, line.says(p.law, SURE), Decimal(0)) if o.misprint > 0 else None


def _accuses(p: Proved, lines: Sequence[Line], failing: Line, vouching: Sequence[_Told]) -> bool:
    """Tell whether rows prove that one figure of a row is a digit off, or its sign: enough of them, and hardly another row fails."""
    if 10 * (len(p.fails) - 1) > len(p.holds) or p.evidence + sum(told.evidence for told in vouching) < _TELLING or p.law.kind not in ("sum", "share", "growth"):
        return False
    o = p.law.outcome(failing.cells)
    held = {tuple(lines[n].cells[c].value for c in p.law.columns if c in lines[n].cells) for n in p.holds}
    held |= {tuple(f.value for f in told.statement.figures) for told in vouching}
    wrong = o is not None and (o.misprint > 0 and not _otherwise(p.law, failing) or _unsigned(p, lines, o))
    return wrong and o is not None and units(o.stated, o.decimals) >= _DIGITS and len(held) >= _OFTEN


def _otherwise(law: Law, line: Line) -> bool:
    """Tell whether a rate comes out of two other figures of its line."""
    return law.kind in ("share", "growth") and is_rate(line.cells[law.stated], [f for n, f in line.cells.items() if n != law.stated])


def is_rate(stated: Figure, others: Sequence[Figure]) -> bool:
    """Tell whether a figure is, in percent, what share one of others is of another, or by how much it is more or less."""
    amounts, last = [f.value for f in others if f.value and f.dimension != "rate"], Decimal(5).scaleb(-stated.decimals - 1)
    return any(abs(a / b * 100 - whole - stated.value) <= last for a, b in permutations(amounts, 2) for whole in (0, 100))


def _unsigned(p: Proved, lines: Sequence[Line], o: Outcome) -> bool:
    """Tell whether a figure has lost its minus sign, in a column whose other falls bear theirs."""
    return abs(o.stated + o.computed) <= o.spread < abs(o.computed) and any(lines[n].cells[p.law.stated].value < 0 for n in p.holds)
