"""表内各栏之间的算术：栏名没有说明、但各行都成立的差额、比率、增减率、乘积。

从各行的数字认出栏与栏的关系（如 未拨付=已发行−已拨付、核减率=核减金额÷送审金额、金额=人月数×标准），
两行以上成立且不像巧合的才读；多数行成立而个别行不成立的，判那一行不符（行数少的，须有一般笔误可以解释）。
与已按名称认出的关系相同的不重复。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(rows):
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     return list(find(Report(Document("", "", (Table(cells, len(rows), len(rows[0]), Place(table=1)),)))))
>>> rows = [["工程", "甲方数", "乙方数", "差"], ["路面", "3865.42", "3918.75", "53.33"], ["排水", "1974.06", "1896.21", "-77.85"]]
>>> [(s.kind, s.stated.text, s.guess) for s in found([*rows, ["绿化", "615.30", "602.18", "-13.12"]])]
[('parts', '53.33', True), ('parts', '-77.85', True), ('parts', '-13.12', True)]
>>> found([*rows, ["绿化", "615.30", "602.18", "41.07"], ["照明", "428.70", "410.22", "9.60"]])
[]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from fusuan.model import Figure, Place, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.changes import changes
from fusuan.patterns.amounts.claims import is_average, lies_among
from fusuan.patterns.amounts.found import confirmed, sums_of
from fusuan.patterns.amounts.rates import rates
from fusuan.patterns.amounts.runs import runs
from fusuan.patterns.cues.amounts import adds, is_period, is_rate, kind_of, rank
from fusuan.patterns.grids.evident import statement, wholes
from fusuan.patterns.grids.grid import Column, Section, by_labels, grids
from fusuan.patterns.grids.law import Law, Row
from fusuan.patterns.grids.laws import Proved, proved
from fusuan.patterns.grids.unframed.spans import Kept

_WIDE = 24
"""More columns than this are a list, not a form."""
_LONGEST = 2000
_TALL = 30
_LIFE = regex.compile(r"年限")
_PAID, _OWED = regex.compile(r"^实"), regex.compile(r"^(?:应|核定|测算|计划)")
_BROAD = 3
"""So many columns of amounts may show which rows are made of others."""
Told = Mapping[frozenset[Place], Statement]


def find(report: Report) -> Iterator[Statement]:
    for grid in grids(report):
        whole = all(table.place.table is not None or isinstance(table, Kept) for table in grid.tables)
        for section in grid.sections:
            if 2 <= len(section.columns) <= _WIDE and len(section.body) >= 2:
                told = _told((*sums_of(section), *rates(section), *changes(section)))
                for columns in by_labels(section.columns):
                    yield from _across(section, columns, told, whole)
                    yield from _down(section, columns, told, whole)


@dataclass(frozen=True, slots=True)
class _Side:
    """Rows of figures by number (of their column, or of their row where columns are read down), and the names of the numbers."""

    section: Section
    rows: Sequence[Row]
    names: Mapping[int, str]
    label: Column


def _across(section: Section, columns: Sequence[Column], told: Told, whole: bool) -> Iterator[Statement]:
    """The laws of the columns under one set of labels, but for what headings told already."""
    rows = [row for at in section.body[:_LONGEST] if (row := _row(section, at, columns))]
    rated = {c.index for c in columns if _rated(c, [row[c.index] for row in rows if c.index in row])}
    if len(columns) >= (2 if rated else 3):
        named = {f.place for row in rows for f in row.values()
                 if (label := section.label(f.place.row or 0, columns[0])) is not None and rank(label.text)}
        side = _Side(section, wholes(rows, [c.index for c in columns], named), {c.index: c.last for c in columns}, columns[0])
        for p in proved(side.rows, rated, side.names, runs=runs(columns)):
            yield from _said(side, p, told, whole)


def _down(section: Section, columns: Sequence[Column], told: Told, whole: bool) -> Iterator[Statement]:
    """The laws of rows, column by column: of what is named a rate or a change, and what rows of amounts are made of others."""
    labels = {at: label.text for at in section.body[:_TALL] if (label := section.label(at, columns[0])) is not None}
    rated = {at for at, text in labels.items() if is_rate(text)}
    changed = {at for at, text in labels.items() if kind_of(text) == "change"}
    columns = [c for c in columns if not _rated(c, []) and kind_of(c.last) != "mark"]
    added = set(labels) - rated if len(columns) >= _BROAD else set()
    if not rated | changed | added or len(columns) < 2 or len(section.body) > _TALL:
        return
    rows = [{at: f for at in labels if (f := section.value(at, c)) is not None and not f.sign} for c in columns]
    named = {f.place for row, c in zip(rows, columns, strict=True) if rank(c.last) for f in row.values()}
    side = _Side(section, wholes(rows, list(labels), named), labels, columns[0])
    for p in proved(side.rows, rated, side.names, rated | changed | added):
        yield from _said(side, p if p.law.stated in rated | changed else _vouching(side.rows, p), told, whole)


def _vouching(rows: Sequence[Row], p: Proved) -> Proved:
    """What rows of amounts are made of: told where it says something (286 − 10 is 276, 250 − 0 tells nothing); columns may be of different
    natures, so that it accuses nobody.
    """
    return replace(p, holds=[n for n in p.holds if (o := p.law.outcome(rows[n])) is not None and o.telling], near=[], fails=[])


def _told(statements: Iterable[Statement]) -> Told:
    """What is told already, by the places that go together in it."""
    found: dict[frozenset[Place], Statement] = {}
    for s in statements:
        for r in s.readings[:1] if s.facts.get("slip") != "none" else ():
            key = frozenset((s.place, *(f.place for figures in r.roles.values() for f in figures)))
            if key not in found or found[key].guess:
                found[key] = s
    return found


def _rated(column: Column, figures: Sequence[Figure]) -> bool:
    """Tell whether a column states rates: its heading or its cells say so."""
    if kind_of(column.last) == "mark":
        return False
    return bool(column.heads) and is_rate(column.last) or column.unit in ("%", "‰") \
        or 2 * sum(f.unit in ("%", "‰") for f in figures) > len(figures) > 0


def _row(section: Section, at: int, columns: Sequence[Column]) -> Row:
    label = section.label(at, columns[0])
    if label is not None and not adds(label.text):
        return {}
    return {c.index: f for c in columns if (f := section.value(at, c)) is not None and not f.sign}


def _said(side: _Side, p: Proved, told: Told, whole: bool) -> Iterator[Statement]:
    """What the rows say by a law. In a table that is not `whole` a figure may have slipped: there a law that is sure accuses one row, which
    has its figures in the same columns as others.
    """
    sure = p.sure and (whole or len(p.fails) == 0 or len(p.fails) == 1 and sum(side.rows[n].keys() == side.rows[p.fails[0]].keys() for n in p.holds) > 2)
    for number in (*p.holds, *p.near, *(_failing(side, p) if whole or sure else ())):
        row, fails = side.rows[number], number in p.fails
        stated, known = row[p.law.stated], told.get(_places(p.law, row))
        if known is not None:
            # what is told as a guess only is certain where the rows prove it
            if fails and known.guess and sure:
                yield replace(known, guess=False, facts={})
        elif not (_total(side, stated, p.law) if fails else _same(side, p, told)):
            said = statement(p.law, row, side.names.get(p.law.stated, ""), side.section.quote(stated.place.row or 0), not sure or number in p.near)
            proof = {"slip": "none"} if number in p.near else {"proven": "yes"} if not whole and sure else {}
            yield replace(said, facts={**said.facts, **proof})


def _failing(side: _Side, p: Proved) -> list[int]:
    """The rows in which a law fails and that may be in error: filled where one that holds is (two, where it takes more than a slip), with
    figures that differ and that no other sum confirms.
    """
    rows, right = side.rows, confirmed(side.section)

    def filled(n: int, columns: Collection[int]) -> frozenset[int]:
        return frozenset(column for column in columns if column in rows[n])

    kinds = Counter((filled(n, p.law.columns), filled(n, p.law.minus)) for n in p.holds)

    def alike(n: int) -> bool:
        plus, minus, o = filled(n, (p.law.stated, *p.law.plus)), filled(n, p.law.minus), p.law.outcome(rows[n])
        return p.law.kind != "sum" or o is not None and sum(count for (every, less), count in kinds.items() if plus <= every and minus == less) > (not o.slipped)

    return [n for n in p.fails if alike(n) and not _merged(side.section, rows[n], p.law) and not _otherwise(side, rows[n], p) and rows[n][p.law.stated].place not in right
            and len({rows[n][c].value for c in p.law.columns if c in rows[n]}) > 1]


def _merged(section: Section, row: Row, law: Law) -> bool:
    """Tell whether a cell lies over a column of a law that it does not begin in: it says nothing of that column."""
    lines = section.grid.lines[row[law.stated].place.row or 0]
    return any(c >= 0 and c not in row and (entry := lines[c]) is not None and entry.column != c for c in law.columns)


def _otherwise(side: _Side, row: Row, p: Proved) -> bool:
    """Tell whether a row means its figure otherwise: 实发 less than 天数×单价 by what was advanced, 实补 beside the 应补 that its law gives,
    a price by another amount of its row, and what stands at a time beside sums over several.
    """
    stated, law, o = row[p.law.stated], p.law, p.law.outcome(row)
    if o is not None and _PAID.search(side.names.get(law.stated, "")) and any(_OWED.search(side.names.get(n, "")) and f.value == o.computed for n, f in row.items()):
        return True
    others = [f.value for n, f in row.items() if n >= 0 and n != law.stated and f.value and f.dimension != "rate"]
    if law.kind == "quotient":
        half = Decimal(5).scaleb(-stated.decimals - 1)
        above, below = (row[group[0]].value for group in (law.plus, law.minus))
        ways = [*((above, b) for b in others), *((a, below) for a in others if below)]
        return any(abs(a * law.times / b - stated.value) <= half for a, b in ways)
    if law.kind == "sum" and not law.minus:
        return sum(is_period(side.names.get(n, "")) for n in law.plus) > 1 and lies_among(stated, [row[n] for n in law.plus if n in row])
    if law.kind == "product" and any(_LIFE.search(side.names.get(n, "")) for n in law.columns):
        return True  # the first and the last year of a thing are no whole ones
    return law.kind == "product" and any(a - b == stated.value for a in others for b in others)


def _same(side: _Side, p: Proved, told: Told) -> bool:
    """Tell whether most rows say a law otherwise already."""
    return 2 * sum(_places(p.law, side.rows[n]) in told for n in p.holds) > len(p.holds)


def _places(law: Law, row: Row) -> frozenset[Place]:
    return frozenset(row[n].place for n in law.columns if n in row)


def _total(side: _Side, stated: Figure, law: Law) -> bool:
    """Tell whether a row is a total, which a product or a quotient of its sums need not come to; nor a rate that is the mean."""
    label = side.section.label(stated.place.row or 0, side.label)
    if law.kind in ("sum", "mean") or label is None or not rank(label.text):
        return False
    others = [f for row in side.rows if (f := row.get(law.stated)) is not None and f.place != stated.place]
    return law.kind in ("product", "quotient") or len(others) > 1 and is_average(stated, others)
