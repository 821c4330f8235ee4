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

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, permutations

import regex

from fusuan.model import Figure, Place, Reading, Statement
from fusuan.patterns import Text
from fusuan.relations._laws import ENOUGH, WIDEST, Cells, Law, Outcome, Proved, proved
from fusuan.relations._row_laws import lawful
from fusuan.relations.passages.mention import Mention
from fusuan.relations.passages.rows import TOTAL, Block, Row, blocks

SURE = 0.95
"""The certainty of a law that many rows hold to and one, a slip of the pen away, does not."""
_LUCKY = 2.0
"""What a row of another length must say for a law proved elsewhere, in orders of magnitude."""
_WHOLE = 2.0
"""What the columns of a row named a total must say where all of them are the sums of all rows beside it."""
_ROW = 3.0
"""What a row must say where all the others make up its first value or its last."""
_FUNDS = regex.compile("资金|拨款|总额|预算|补助")


def said(texts: Sequence[Text]) -> tuple[list[Statement], frozenset[Place]]:
    """What the rows among some texts say, and the places of those that say something."""
    found, places = list[Statement](), frozenset[Place]()
    for block in blocks(texts):
        told = {_figures(s): s for s in (*lawful(block), *_nested(block), *_down(block), *_alone(block), *_upright(block), *_across(block))}
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


@dataclass(slots=True)
class _Sums:
    """A row of totals held against rows beside it, its cells counted from the left or from the right."""

    parts: list[Row]
    left: bool
    columns: list[int]
    evidence: float
    whole: bool             # every row of the group, and every column of amounts


def _down(block: Block) -> Iterator[Statement]:
    """The sums of a row of totals: the rows after it or before it, up to the next such row."""
    totals = [n for n, row in enumerate(block.rows) if TOTAL.search(row.label)]
    for before, at, after in zip([-1, *totals], totals, [*totals[1:], len(block.rows)], strict=False):
        total = block.rows[at]
        groups = [block.rows[at + 1:after], block.rows[before + 1:at][::-1]]
        groups += [side for group in groups[:] if (side := _side(total, group))]
        ways = [best for group in groups for left in (True, False) if (best := _longest(total, group, left))]
        if ways and (sums := max(ways, key=lambda w: w.evidence)).evidence >= (_WHOLE if sums.whole else ENOUGH):
            yield from (_sum(total, sums, n) for n in sums.columns)
        else:
            yield from _exact(total, groups)


def _exact(total: Row, groups: Sequence[Sequence[Row]]) -> Iterator[Statement]:
    """A total of one value that the only values of all the rows on one side make up to the last digit, round as it may be."""
    for group in groups:
        given = [row.values[0] for row in group if len(row.values) == 1 and row.values[0]]
        if len(total.values) == 1 and (stated := total.values[0]) and len(given) == len(group) > 2 \
                and all(m.dimension == stated.dimension for m in given) and sum(m.figure.value * m.figure.scale for m in given) == stated.figure.value * stated.figure.scale:
            yield _sum(total, _Sums(list(group), True, [0], 0.0, True), 0)
            return


def _side(total: Row, group: Sequence[Row]) -> list[Row]:
    """The rows of income, or of spending, where a total is of one of them and the rows of both run into each other."""
    word = next((word for word in ("收入", "支出") if word in total.label), "")
    rows = [row for row in group if word and word in row.label]
    return rows if len(rows) < len(group) else []


_CODED = regex.compile(r"[0-9]{3,9}")
_NESTED = 3
"""So many parents of codes must come out before any is told: one may by accident."""


def _nested(block: Block) -> Iterator[Statement]:
    """The rows whose code is that of others' beginning are their sums: 201 of 20101 and 20103."""
    codes = [match.group() if (match := _CODED.match(row.label)) else "" for row in block.rows]
    told: list[Statement] = []
    parents = 0
    for at, code in enumerate(codes):
        under = list(_under(codes, at)) if code else []
        least = min((len(codes[n]) for n in under), default=0)
        kids = [block.rows[n] for n in under if len(codes[n]) == least]
        holding = [n for n in range(len(block.rows[at].values)) if kids and _adds_up(block.rows[at], kids, n)]
        parents += len(kids) > 1 and bool(holding)
        told += [_sum(block.rows[at], _Sums(kids, True, holding, 0.0, False), n) for n in holding]
    if parents >= _NESTED:
        yield from told


def _under(codes: Sequence[str], at: int) -> Iterator[int]:
    for n in range(at + 1, len(codes)):
        if not codes[n].startswith(codes[at]) or codes[n] == codes[at]:
            return
        yield n


def _adds_up(parent: Row, kids: Sequence[Row], n: int) -> bool:
    """Tell whether a cell is the sum of those under it; but for the first, cells have no place where rows are not as long."""
    stated, cells = parent.values[n], [_cell(kid, n, len(parent.values), True) for kid in kids]
    if n and any(len(kid.values) != len(parent.values) for kid in kids) or stated is None or not stated.value or stated.dimension == "rate":
        return False
    given = [cell for cell in cells if cell is not None and cell.dimension == stated.dimension]
    return bool(given) and Outcome(stated, sum(c.value for c in given), sum(c.half for c in given), len(given) > 1).holds


def _longest(total: Row, group: Sequence[Row], left: bool) -> _Sums | None:
    """The first rows of a group that make up a total, as many as say most."""
    width = len(total.values)
    sums, halves, terms = [0.0] * width, [0.0] * width, [0] * width
    best: _Sums | None = None
    for count, row in enumerate(group, 1):
        for n in range(width):
            if (m := _cell(row, n, width, left)) and (stated := total.values[n]) and m.dimension == stated.dimension != "rate":
                sums[n], halves[n], terms[n] = sums[n] + m.value, halves[n] + m.half, terms[n] + (m.value != 0)
        outcomes = {n: Outcome(stated, sums[n], halves[n], stated.value != 0 and terms[n] > 1)
                    for n in range(width) if (stated := total.values[n]) and terms[n] and stated.value}
        holding = [n for n, o in outcomes.items() if o.holds]
        own = {outcomes[n].stated.value: outcomes[n].evidence for n in holding}
        tries = 4 * width * (1 if count == len(group) else len(group))
        evidence = sum(min(6.0, e) for e in own.values()) - math.log10(tries)
        if holding and (best is None or evidence > best.evidence):
            best = _Sums(list(group[:count]), left, holding, evidence, count == len(group) and len(holding) == len(outcomes) > 1)
    return best


def _cell(row: Row, n: int, width: int, left: bool) -> Mention | None:
    at = n if left else n - width + len(row.values)
    return row.values[at] if 0 <= at < len(row.values) else None


def _sum(total: Row, sums: _Sums, n: int) -> Statement:
    width = len(total.values)
    cells = [(row, m) for row in sums.parts if (m := _cell(row, n, width, sums.left))]
    stated = total.values[n]
    assert stated is not None
    parts: tuple[Figure, ...] = tuple(m.figure for _, m in cells)
    quote = "\n".join([total.quote, *(f"{row.label[-20:]} {m.shown()}" for row, m in cells)])[:1500]
    return Statement("parts", "sum", stated.figure, (Reading({"parts": parts}),), quote, source="rows", certainty=0.0)
