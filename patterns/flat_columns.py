"""散行表格各栏之间的关系：栏名没有说明、但几乎各行都成立的差额、比率、增减率、乘积。

还原的表格中，四行以上成立、至多一行不成立的栏间关系（如 本次下达=应补助−已下达、完成率=累计÷预算），逐行核对，
不成立的那一行判为不符；数字太短或只有两行成立的不作推断。

>>> from fusuan.model import Document, Paragraph, Place
>>> lines = ["地区 应补助资金 已预拨 本次清算 甲县 1850 1260 590", "乙县 2210 1530 680", "丙县 940 410 530", "丁县 1275 815 {}", "戊县 705 310 395"]
>>> def found(last):
...     texts = tuple(Paragraph(t.format(last), Place(paragraph=n)) for n, t in enumerate(lines, 1))
...     return [(s.stated.text, s.guess) for s in find(Report(Document("", "", texts)))]
>>> found(460)
[('590', False), ('680', False), ('530', False), ('460', False), ('395', False)]
>>> found(480)[3]
('480', False)
>>> lines[2] = "丙县 940 410 350"
>>> found(480)
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, permutations

from fusuan.model import Figure, Place, Reading, Statement
from fusuan.patterns._money_changes import changes
from fusuan.patterns._money_claims import fits
from fusuan.patterns._money_found import sums_of
from fusuan.patterns._money_rates import rates
from fusuan.patterns._money_words import as_money, is_rate, kind_of
from fusuan.patterns._report import Report
from fusuan.patterns.grids.grid import Column, Section, grids

_WIDEST = 12
_LONGEST = 400
_LEAST = 3


def find(report: Report) -> Iterator[Statement]:
    for grid in grids(report):
        if any(table.place.table is not None for table in grid.tables):
            continue
        for section in grid.sections:
            said = {(s.place, _places(s)) for s in (*sums_of(section), *rates(section), *changes(section))}
            for statement in (*_across(section), *_down(section)):
                if (statement.place, _places(statement)) not in said:
                    yield statement


def _places(statement: Statement) -> frozenset[Place]:
    return frozenset(f.place for r in statement.readings[:1] for figures in r.roles.values() for f in figures)


@dataclass(frozen=True, slots=True)
class _Row:
    """The figures of a row (or, for relations of rows, of a column) by number, and what to quote."""

    values: dict[int, Figure]
    quote: str


@dataclass(frozen=True, slots=True)
class _Way:
    """A relation of columns: which of them states it, and which play which part."""

    kind: str
    stated: int
    parts: tuple[int, ...]

    def statement(self, row: _Row) -> Statement | None:
        """What a row says by it; None where a figure is missing or all is nothing."""
        if any(n not in row.values for n in (self.stated, *self.parts)):
            return None
        stated, parts = row.values[self.stated], tuple(row.values[n] for n in self.parts)
        if not all(f.value for f in parts) or self.kind != "less" and not stated.value:
            return None
        facts = {"proven": "yes", **({"direction": "+"} if self.kind in ("growth", "change") else {})}
        kind, label = _KINDS[self.kind]
        return Statement(kind, label, stated, (Reading(self._roles(parts)),), row.quote, facts)

    def _roles(self, parts: tuple[Figure, ...]) -> dict[str, tuple[Figure, ...]]:
        if self.kind == "less":
            return {"parts": parts[:1], "minus": parts[1:]}
        if self.kind == "rate":
            return {"numerator": parts[:1], "denominator": parts[1:]}
        if self.kind == "product":
            return {"factors": parts}
        return {"now": (as_money(parts[0], "金额"),), "before": (as_money(parts[1], "金额"),)}

    def holds(self, row: _Row) -> bool:
        return self.fits(row.values[self.stated], [row.values[n] for n in self.parts])

    def fits(self, stated: Figure, parts: Sequence[Figure]) -> bool:
        """Tell whether it holds of figures, but for rounding."""
        a, b = parts[0], parts[1]
        if self.kind in ("less", "change"):
            return fits(stated, [a], [b])
        if self.kind == "product":
            product = Decimal(1)
            for part in parts:
                product *= part.value
            return abs(product - stated.value) <= Decimal(1).scaleb(-stated.decimals)
        value = a.value / b.value * 100 - (100 if self.kind == "growth" else 0)
        return abs(value - stated.value) < Decimal(1).scaleb(-stated.decimals)


_KINDS = {"less": ("parts", "balance"), "change": ("change", "growth"), "growth": ("change", "growth"), "rate": ("rate", "rate"),
          "product": ("product", "sum")}


def _across(section: Section) -> Iterator[Statement]:
    """Relations of columns, row by row."""
    columns = section.columns[:_WIDEST + 1]
    if not 3 <= len(columns) <= _WIDEST:
        return
    rows = []
    for at in section.body[:_LONGEST]:
        label = section.label(at, columns[0])
        if label is not None and not is_rate(label.text):
            values = {n: f for n, c in enumerate(columns) if (f := section.value(at, c)) is not None}
            rows.append(_Row(values, section.quote(at)))
    for way in _ways(columns):
        yield from _proved(way, rows)


def _ways(columns: Sequence[Column]) -> Iterator[_Way]:
    """The relations that columns may have: the last of three is the difference of two before it, or the quotient or product."""
    kinds = [kind_of(c.last) if c.heads else "amount" for c in columns]
    shares = [is_rate(c.last) if c.heads else False for c in columns]
    for n in range(2, len(columns)):
        for a, b in permutations([m for m in range(n) if not shares[m]], 2):
            if shares[n] or kinds[n] == "change":
                yield _Way("growth", n, (a, b)) if kinds[n] == "change" and shares[n] else _Way("rate", n, (a, b))
            if not shares[n]:
                yield _Way("change" if kinds[n] == "change" else "less", n, (a, b))
        if not shares[n] and kinds[n] == "amount":
            for size in (2, 3):
                yield from (_Way("product", n, parts) for parts in combinations([m for m in range(n) if not shares[m]], size))


def _down(section: Section) -> Iterator[Statement]:
    """A row of shares of two rows above it (税收占比), column by column."""
    columns = [c for c in section.columns if kind_of(c.last) == "amount"]
    rows = [at for at in section.body[:60] if columns and (label := section.label(at, columns[0])) is not None]
    for place, at in enumerate(rows):
        label = section.label(at, columns[0])
        if label is None or not is_rate(label.text):
            continue
        above = rows[max(0, place - 12):place]
        found = [_Row({n: f for n, r in enumerate((*above, at)) if (f := section.value(r, c)) is not None},
                      "\n".join(section.quote(r) for r in (at,))) for c in columns]
        for a, b in permutations(range(len(above)), 2):
            yield from _proved(_Way("rate", len(above), (a, b)), found)


def _proved(way: _Way, rows: Sequence[_Row]) -> Iterator[Statement]:
    """What the rows say by a relation that three of them or more hold to, and at most one does not."""
    said: list[tuple[bool, Statement]] = []
    seen: set[tuple[Decimal, ...]] = set()
    failing = 0
    for row in rows:
        statement = way.statement(row)
        if statement is None:
            continue
        held = way.holds(row)
        if held:
            seen.add(tuple(row.values[n].value for n in (way.stated, *way.parts)))
        else:
            failing += 1
            if failing > 1:
                return
        said.append((held, statement))
    if len(seen) >= _LEAST and _telling(seen):
        sure = len(seen) > _LEAST
        yield from (s if sure or held else replace(s, facts={}, guess=True) for held, s in said)


def _telling(seen: set[tuple[Decimal, ...]]) -> bool:
    """Tell whether figures are long enough to go together by no chance."""
    return sum(len(f"{abs(values[0]):f}".replace(".", "").strip("0")) >= 2 for values in seen) >= _LEAST
