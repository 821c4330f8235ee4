"""What the columns beside it prove of a total that was only likely, and of a row by the rows beside it.

Where the layout alone suggests a sum, nobody is accused by it when it fails. But where the same rows add up in other columns of the
table (or the same columns in other rows), the layout is what it seems; and if one misprinted digit is all that keeps the one figure
from it, and to set it right upsets nothing that holds, that figure is an error, however short.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fusuan.checks._judged import Checking, Judged, about, accused, altered, failures, key_of, key_of_stated
from fusuan.checks._slip import digits_of, slip
from fusuan.model import Figure, Finding, Place, Statement

Shape = tuple[str, int, frozenset[int], int]
"""Down or across, the table, the rows (columns) of the figures that are not nothing, and that of what is stated."""
_READINGS = 2
_ENOUGH = 2
"""So many columns in which one part is the whole make it the whole in the next."""
_DIGITS = 3
"""So long a figure is a digit away from another by no chance, where its like holds once."""


@dataclass(slots=True)
class _Seen:
    """Where one relation holds (the stated place, with what it is made of), and where it fails."""

    held: dict[Place, tuple[Decimal, ...]] = field(default_factory=dict)
    failing: dict[Place, tuple[int, Finding]] = field(default_factory=dict)


def witnessed(judged: Sequence[Judged], check: Checking) -> list[Judged]:
    """Return what was judged, with the misprints that the columns or rows beside them prove."""
    seen: dict[Shape, _Seen] = defaultdict(_Seen)
    for index, item in enumerate(judged):
        statement = item.statement
        if statement.kind != "parts" or statement.place.table is None or statement.facts.get("table"):
            continue
        if item.finding is not None and item.agrees:
            for shape in _shapes(item.finding):
                seen[shape].held[item.finding.place] = _values(item.finding)
        elif item.finding is None and statement.guess:
            for finding in _failed(statement, check):
                for shape in _shapes(finding):
                    seen[shape].failing.setdefault(finding.place, (index, finding))
    return _settled(judged, [s for s in seen.values() if len(s.failing) == 1 and s.held], check)


def _settled(judged: Sequence[Judged], proving: Sequence[_Seen], check: Checking) -> list[Judged]:
    settled = list(judged)
    if not proving:
        return settled
    near, told = about(judged), accused(judged)
    for each in proving:
        for index, finding in each.failing.values():
            key = key_of_stated(judged[index].statement)
            if key not in told and _proven(finding, each) and _upsets_nothing(finding, near[key], check):
                settled[index] = replace(judged[index], finding=finding)
                told.add(key)
    return settled


def _failed(statement: Statement, check: Checking) -> Iterator[Finding]:
    """What fails by one misprinted digit, as the first readings have it."""
    for finding in failures(statement, check, _READINGS):
        stated, computed = finding.stated, finding.computed
        if computed is not None and isinstance(stated, Figure) and stated.value * computed.value > 0 \
                and len(digits_of(stated).replace(".", "")) > 1 and slip(stated, computed.value):
            yield finding


def _shapes(finding: Finding) -> Iterator[Shape]:
    operands = [f.place for f in finding.computed.operands if f.value] if finding.computed is not None else []
    own = finding.place
    if own.table is None or own.row is None or own.column is None or not operands or any(p.table != own.table for p in operands):
        return
    if all(p.column == own.column for p in operands):
        yield "down", own.table, frozenset(p.row or 0 for p in operands), own.row
    elif all(p.row == own.row for p in operands):
        yield "across", own.table, frozenset(p.column or 0 for p in operands), own.column


def _values(finding: Finding) -> tuple[Decimal, ...]:
    return tuple(f.value for f in finding.computed.operands if f.value) if finding.computed is not None else ()


def _proven(finding: Finding, seen: _Seen) -> bool:
    """Tell whether what holds beside a relation is enough: for a lone part two columns; of several parts one with figures as long, or
    with the very same; of a list that prints its noughts, one.
    """
    own, stated = _values(finding), finding.stated
    assert isinstance(stated, Figure) and finding.computed is not None
    if len(seen.held) >= _ENOUGH or len(finding.computed.operands) > len(own) + 1:
        return True
    return len(own) > 1 and (own in seen.held.values() or len(digits_of(stated).replace(".", "").strip("0")) >= _DIGITS)


def _upsets_nothing(finding: Finding, among: Iterable[Judged], check: Checking) -> bool:
    """Tell whether everything that holds of a figure still does when it is set right."""
    stated, computed = finding.stated, finding.computed
    assert isinstance(stated, Figure) and computed is not None
    key, right = key_of(stated), computed.value.quantize(Decimal(1).scaleb(-stated.decimals))
    return all(next(iter(check(altered(item.statement, key, value=right))), item.finding).agrees for item in among
               if item.finding is not None and item.agrees)
