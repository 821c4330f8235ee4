"""散行的表：各行同样成立的栏间关系，合计行与各行之和

从表格里复制成文字的各行：由几行同样成立的算术认出各栏之间的关系；由 rate、parts、change 复算。

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> def found(*lines):
...     texts = [Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines)]
...     return [(s.kind, s.stated.text, s.certainty) for s in said(texts)[0]]
>>> found("甲 412.5 380.2 92.17", "乙 96.8 71.3 73.66", "丙 250.4 249.9 99.80")
[('rate', '92.17', 0.0), ('rate', '73.66', 0.0), ('rate', '99.80', 0.0)]
>>> found("甲 412 380 12", "乙 96 71 25")
[]
>>> found("甲类 3412.45 3977.31", "子项一 1200.12 1377.20", "子项二 2212.33 2600.11", "乙类 511.20 498.77")
[('parts', '3412.45', 0.0), ('parts', '3977.31', 0.0)]
>>> found("丙镇 3454 5 2399 1050"), found("资金总额 43.2 43.2 37.24 10 86.2% 9")
([('parts', '3454', 0.0)], [('rate', '86.2%', 0.0)])
>>> found("丁村 20", "戊村 15", "己村 25", "合计 60")
[('parts', '60', 0.0)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, permutations

import regex

from fusuan.model import Place, Reading, Statement
from fusuan.patterns import Text
from fusuan.relations._laws import WIDEST, Cells, Law, Proved, proved
from fusuan.relations._row_codes import nested
from fusuan.relations._row_laws import beside, lawful
from fusuan.relations._row_sums import totals
from fusuan.relations.passages.rows import Block, Row, blocks, sides

SURE = 0.95
"""The certainty of a law that many rows hold to and one, a slip of the pen away, does not."""
_LUCKY = 2.0
"""What a row of another length must say for a law proved elsewhere, in orders of magnitude."""
_ROW = 3.0
"""What a row must say where all the others make up its first value or its last."""
_FUNDS = regex.compile("资金|拨款|总额|预算|补助")


def said(texts: Sequence[Text]) -> tuple[list[Statement], frozenset[Place]]:
    """What the rows among some texts say, and the places of those that say something."""
    found, places = list[Statement](), frozenset[Place]()
    for block in blocks(texts):
        listed = (s for side in (block, *sides(block)) for read in (lawful, nested, totals) for s in read(side))
        told = {_figures(s): s for s in (*beside(block), *listed, *_alone(block), *_upright(block), *_across(block))}
        if told:
            found += told.values()
            places |= block.places
    return found, places


def _figures(statement: Statement) -> frozenset[tuple[Place, tuple[int, int]]]:
    """What makes a statement the same as another, however it was found; what accuses is told last and stays."""
    return frozenset((f.place, f.span) for f in statement.figures)


def _across(block: Block) -> Iterator[Statement]:
    """The laws of columns, row by row."""
    widths: dict[int, list[Row]] = {}
    for row in block.rows:
        widths.setdefault(len(row.values), []).append(row)
    for width, rows in widths.items():
        for p in proved([row.values for row in rows]):
            for number in p.holds:
                yield from _statement(p.law, rows[number], 0.0)
            if p.accused is not None:
                yield from _statement(p.law, rows[p.accused], SURE)
            for row in (row for other, some in widths.items() if other != width for row in some):
                yield from _elsewhere(p, row, width)


def _upright(block: Block) -> Iterator[Statement]:
    """The laws of rows, column by column: what holds between three lines under one another, or a line and those below it."""
    for rows in _alike(block):
        for start in range(0, max(1, len(rows) - WIDEST // 2), WIDEST // 2):
            some = rows[start:start + WIDEST]
            columns = {n: [row.values[n] for row in some] for n in range(len(some[0].values))
                       if any(m is not None and m.dimension != "rate" for row in some for m in row.values[n:n + 1])}
            numbers = list(columns)
            for p in proved(list(columns.values())) if columns else ():
                for held in p.holds:
                    yield from _told(p.law, columns[numbers[held]], _quote(some, numbers[held]), 0.0)


def _alone(block: Block) -> Iterator[Statement]:
    """What a row says by itself: that all the others make up its first or last value, and what its percentage is of."""
    for row in block.rows:
        for law in _of_all(len(row.values)):
            if (o := law.outcome(row.values)) and all(row.values) and o.evidence >= _ROW:
                yield from _statement(law, row, 0.0)
                break
        for law in _paid(row):
            if (o := law.outcome(row.values)) and o.holds:
                yield from _statement(law, row, 0.0)
                break


def _of_all(width: int) -> Iterator[Law]:
    if 4 <= width <= WIDEST:
        yield Law("sum", 0, tuple(range(1, width)))
        yield Law("sum", width - 1, tuple(range(width - 1)))


def _paid(row: Row) -> Iterator[Law]:
    """The percentage printed in a row of funds, of two amounts before it, the nearest first."""
    if not _FUNDS.search(row.label):
        return
    for at, m in enumerate(row.values):
        if m is not None and m.dimension == "rate":
            for above, below in sorted(permutations(range(max(0, at - 4), at), 2), key=lambda two: at - min(two)):
                a, b = row.values[above], row.values[below]
                if a is not None and b is not None and below < above and a.value <= b.value and (a.value != b.value or len(a.digits) > 2):
                    yield Law("share", at, (above,), (below,))


def _alike(block: Block) -> Iterator[list[Row]]:
    """The runs of rows that have equally many values."""
    for _, run in groupby(block.rows, key=lambda row: len(row.values)):
        rows = list(run)
        if len(rows) > 2:
            yield rows


def _quote(rows: Sequence[Row], number: int) -> str:
    return "\n".join(f"{row.label[-20:]} {m.shown() if (m := row.values[number]) else '-'}" for row in rows)[:1500]


def _elsewhere(p: Proved, row: Row, width: int) -> Iterator[Statement]:
    """A row of another length says the same where its cells, each counted from the left or the right, come out."""
    by = len(row.values) - width
    for law in p.law.fitted(by):
        if min(law.columns) >= 0 and max(law.columns) < len(row.values) and len(set(law.columns)) == len(law.columns) \
                and (o := law.outcome(row.values)) and o.evidence >= _LUCKY:
            yield from _statement(law, row, 0.0)
            return


def _statement(law: Law, row: Row, certainty: float) -> Iterator[Statement]:
    yield from _told(law, row.values, row.quote, certainty)


def _told(law: Law, values: Cells, quote: str, certainty: float) -> Iterator[Statement]:
    stated = values[law.stated]
    plus, minus = (tuple(m.figure for n in columns if (m := values[n])) for columns in (law.plus, law.minus))
    if stated is None or not stated.value and not any(f.value for f in (*plus, *minus)):
        return
    kind, label, roles = _ROLES[law.kind]
    figure = replace(stated.figure, unit="%") if law.kind in ("share", "growth") and not stated.figure.unit else stated.figure
    reading = Reading({role: figures for role, figures in zip(roles, (plus, minus), strict=True) if figures})
    facts = {"as": "percent"} if law.kind == "share" else {}
    yield Statement(kind, label, figure, (reading,), quote, facts, source="rows", certainty=certainty)


_ROLES = {"sum": ("parts", "sum", ("parts", "minus")), "less": ("change", "growth", ("now", "before")),
          "share": ("rate", "rate", ("numerator", "denominator")), "growth": ("change", "growth", ("now", "before"))}
