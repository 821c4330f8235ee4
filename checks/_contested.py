"""Two formulas for one figure: where one of them comes out, the other accuses nobody.

A balance or a rate may be taken of several amounts of its row (结余 of what was planned, or of what came in). Where a figure is exactly what one
formula gives, another that differs from it in one amount is not the one that was meant; where a printed formula gives it, no other that was guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from fusuan.checks._doubt import doubted
from fusuan.checks._judged import Judged, Key, key_of, key_of_stated
from fusuan.model import Figure, Finding

_KINDS = {"parts": "sum", "balance": "sum", "rate": "rate"}
_WHY = "按同一行的另一项数字计算则相符，请核对口径"
_TELLING = 2


def contested(judged: Sequence[Judged]) -> list[Judged]:
    """Return what was judged, with what fails only by another amount of its row as doubtful."""
    held: dict[tuple[str, Key], list[frozenset[Key]]] = defaultdict(list)
    held_down: dict[Key, list[frozenset[Key]]] = defaultdict(list)
    for item in judged:
        if item.agrees and item.finding is not None and item.finding.computed is not None and item.statement.kind in ("marks", "parts"):
            held_down[key_of_stated(item.statement)].append(frozenset(map(key_of, item.finding.computed.operands)))
        if item.finding is not None and item.finding.agrees and item.statement.kind in _KINDS and _telling(item.finding):
            held[_KINDS[item.statement.kind], key_of_stated(item.statement)].append(_operands(item.finding))
    judged = [replace(item, finding=None) if item.broken and _of_fewer(item, held_down) else item for item in judged]
    printed = {key_of_stated(item.statement) for item in judged if item.statement.kind == "formula" and item.agrees}
    judged = [replace(item, finding=None) if item.broken and item.statement.guess and key_of_stated(item.statement) in printed else item for item in judged]
    return [replace(item, finding=doubted(item.finding, _WHY)) if item.finding is not None and item.broken
            and item.statement.kind in _KINDS and not item.statement.facts.get("printed")
            and any(_rival(_operands(item.finding), other) for other in held[_KINDS[item.statement.kind], key_of_stated(item.statement)])
            else item for item in judged]


def _of_fewer(item: Judged, held: Mapping[Key, Sequence[frozenset[Key]]]) -> bool:
    """Tell whether a total that comes out of all its rows is taken for the sum of some of them."""
    parts = frozenset(key_of(f) for r in item.statement.readings[:1] for f in r["parts"]) if item.statement.kind == "parts" else frozenset()
    return bool(parts) and any(parts < every for every in held.get(key_of_stated(item.statement), ()))


def _operands(finding: Finding) -> frozenset[Key]:
    """The figures it is made of that are not nothing; none where they do not all stand in its row of a table."""
    figures = [f for f in finding.computed.operands if f.value] if finding.computed is not None else []
    own = finding.place
    within = own.table is not None and all((f.place.table, f.place.row) == (own.table, own.row) for f in figures)
    return frozenset(key_of(f) for f in figures) if within else frozenset()


def _telling(finding: Finding) -> bool:
    stated = finding.stated
    return isinstance(stated, Figure) and len(f"{abs(stated.value):f}".replace(".", "").strip("0")) >= _TELLING


def _rival(fails: frozenset[Key], holds: frozenset[Key]) -> bool:
    """Tell whether two formulas differ in one figure alone."""
    return len(fails) == len(holds) >= 2 and len(fails & holds) == len(fails) - 1
