"""Columns that the rows prove to add up, whatever their headings say: 补助金额 = 提前下达 + 本次下达 in thirty rows.

A run of columns next to a total, to its right or left, is a candidate; columns of one measure (amounts, counts) make the run,
and a group of columns under one heading may be stood for by its first or last. That it holds row after row is the fact for it:
the longer the figures, the more each row says. The one row that does not hold is then the error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._money_claims import alike, fits, near
from fusuan.patterns._money_columns import is_counted
from fusuan.patterns._money_words import is_rate, kind_of
from fusuan.patterns.grids.grid import Column, Section

_WIDE = 40
"""More columns than this are a list, not a form."""
_LONGEST = 10
_SAMPLE = 12
"""So many rows tell whether a candidate is worth a look at all of them: cost stays linear in rows."""
_LISTED, _LIKELY, _SURE = Decimal(2), Decimal(3), Decimal(5)
_TAKEN = regex.compile(r"扣减|扣除|核减|调减|减少|收回|^减")

Run = tuple[Column, ...]


@dataclass(frozen=True)
class Row:
    """A row of a candidate: what is stated, what is added and what taken away."""

    row: int
    stated: Figure
    plus: tuple[Figure, ...]
    minus: tuple[Figure, ...]

    @property
    def holds(self) -> bool:
        return fits(self.stated, self.plus, self.minus)

    @property
    def weight(self) -> Decimal:
        """What it says for the candidate if it holds: nothing by one part alone, little by figures of one digit."""
        if sum(bool(f.value) for f in (*self.plus, *self.minus)) < 2:
            return Decimal(0)
        digits = len(f"{abs(self.stated.value):f}".replace(".", "").strip("0"))
        return (Decimal("0.1"), Decimal("0.2"), Decimal("0.5"))[digits] if digits < 3 else Decimal(1)


def proved(section: Section) -> Iterator[Statement]:
    """Yield what totals among the columns state, row by row, where rows enough prove it."""
    families: dict[tuple[tuple[int, ...], bool], list[Column]] = {}
    for column in section.columns:
        if column.heads and column.labels and kind_of(column.last) == "amount" and column.unit not in ("%", "‰"):
            families.setdefault((column.labels, is_counted(column)), []).append(column)
    for columns in families.values():
        if 3 <= len(columns) <= _WIDE:
            for place, column in enumerate(columns):
                yield from _best(section, column, _candidates(columns, place))


def _candidates(columns: Sequence[Column], place: int) -> Iterator[Run]:
    """The runs next to a column, the shortest first."""
    for side in (columns[place + 1:], columns[:place][::-1]):
        seen: set[Run] = set()
        for near_ in (side, _stood(side, first=True), _stood(side, first=False)):
            for size in range(2, min(len(near_), _LONGEST) + 1):
                run = tuple(near_[:size])
                if run not in seen:
                    seen.add(run)
                    yield run


def _stood(columns: Sequence[Column], first: bool) -> list[Column]:
    """Columns with each group under one heading stood for by one of it."""
    found: dict[str, Column] = {}
    for column in columns:
        key = column.heads[0] if len(column.heads) > 1 else f"{column.index}"
        if not first or key not in found:
            found[key] = column
    return list(found.values())


def _best(section: Section, column: Column, runs: Iterator[Run]) -> Iterator[Statement]:
    """The candidate that most rows prove, of equals the shortest."""
    best: tuple[Decimal, list[Row]] = (Decimal(0), [])
    rows = [row for row in section.body if _stated(section, row, column) is not None]
    for run in runs:
        sample = _rows(section, column, run, rows[:_SAMPLE])
        if sum(each.holds for each in sample) * 4 < len(sample) * 3:
            continue
        every = _rows(section, column, run, rows)
        held = sum((each.weight for each in every if each.holds), Decimal(0))
        if held > best[0]:
            best = (held, every)
    held, every = best
    lost = sum(not each.holds and not near(each.stated, each.plus, each.minus) for each in every)
    if held < _LISTED or lost * 4 > len(every):
        return
    sure = held >= _SURE and (lost <= 1 or lost * 10 <= len(every))
    # one row of four that does not hold is listed as a guess: only a plain slip of the pen makes it an error
    likely = held >= _LIKELY and lost <= 1
    for each in every:
        if sure or likely or each.holds:
            reading = Reading({"parts": each.plus, "minus": each.minus})
            yield Statement("parts", "sum", each.stated, (reading,), section.quote(each.row), guess=not sure)


def _stated(section: Section, row: int, column: Column) -> Figure | None:
    figure, label = section.value(row, column), section.label(row, column)
    return None if figure is None or figure.dimension == "rate" or figure.sign or label is not None and is_rate(label.text) else figure


def _rows(section: Section, column: Column, run: Run, rows: Sequence[int]) -> list[Row]:
    found = []
    for row in rows:
        stated = section.value(row, column)
        parts = [(c, f) for c in run if (f := section.value(row, c)) is not None]
        if stated is not None and parts and alike(stated, (f for _, f in parts)):
            minus = tuple(f for c, f in parts if _TAKEN.search(c.last))
            found.append(Row(row, stated, tuple(f for c, f in parts if not _TAKEN.search(c.last)), minus))
    return [each for each in found if each.plus]
