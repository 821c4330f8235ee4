"""A unit that slipped: 元 for 万元, 万元 for 元, told at the figure that bears it.

A relation that fails by a factor of ten thousand and comes out to four digits once one printed unit is changed leaves no doubt
what happened. Which figure bears the wrong unit, the other relations of the report say: the change must not upset what holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._judged import Checking, Judged, Key, about, agrees, key_of
from fusuan.checks._slip import digits_of
from fusuan.model import Figure, Finding, Quantity, Severity, Statement, Verdict

Units = dict[Key, str]
_UNITS = ("元", "万元", "亿元")
_KINDS = ("parts", "balance", "rate", "change", "mention", "product")
DIGITS = 4
"""So many digits of the stated figure and of the one whose unit is changed must be printed: fewer meet by accident."""


def reunited(judged: Sequence[Judged], check: Checking) -> list[Judged]:
    """Return what was judged, each accusation that a wrong unit explains told at the figure that bears it, once."""
    settled, told = list(judged), set[Key]()
    held = about(item for item in judged if item.agrees)
    for index, item in enumerate(judged):
        if item.finding is None or not item.broken or item.statement.kind not in _KINDS:
            continue
        ways = [(_upset(units, held, check), len(units), n, units) for n, units in enumerate(_mending(item, check))]
        if not ways:
            continue
        units = min(ways)[-1]
        bearers = [f for f in item.statement.figures if key_of(f) in units and key_of(f) not in told]
        told |= units.keys()
        settled[index] = replace(item, finding=_told(bearers[0], units[key_of(bearers[0])], item.finding) if bearers else None)
        settled += [Judged(item.statement, _told(f, units[key_of(f)], item.finding)) for f in bearers[1:]]
    return settled


def _mending(item: Judged, check: Checking) -> Iterator[Units]:
    """The changes of unit that make a failing relation come out: of one figure, or of all that bear one unit."""
    assert item.finding is not None
    used = (item.finding.stated, *(item.finding.computed.operands if item.finding.computed else ()))
    money = list({key_of(f): f for f in used if isinstance(f, Figure) and f.unit in _UNITS and len(digits_of(f)) > DIGITS}.values())
    groups = [[f] for f in money] + [[f for f in money if f.unit == unit] for unit in {f.unit for f in money}]
    for group in groups:
        for unit in _UNITS:
            if group[0].unit != unit and (len(group) == 1 or len(group) < len(money)):
                units = {key_of(f): unit for f in group}
                if _comes_out(item.statement, units, check) and not _needless(item.statement, units, check):
                    yield units


def _comes_out(statement: Statement, units: Units, check: Checking) -> bool:
    """Tell whether a statement is right, or off by one in the last printed digit, with other units."""
    for found in check(_with(statement, units)):
        stated = found.stated
        if isinstance(stated, Figure) and found.difference is not None and len(digits_of(stated).replace(".", "").lstrip("0")) >= DIGITS:
            return abs(found.difference) <= Decimal("1.5").scaleb(-stated.decimals)
    return False


def _needless(statement: Statement, units: Units, check: Checking) -> bool:
    """Tell whether it comes out as well without the figures whose units would change: then no unit says anything."""
    own = statement.changed(lambda figure: replace(figure, value=Decimal(0)) if key_of(figure) in units else figure)
    return _comes_out(own, {}, check)


def _with(statement: Statement, units: Units) -> Statement:
    return statement.changed(lambda figure: replace(figure, unit=units.get(key_of(figure), figure.unit)))


def _upset(units: Units, held: Mapping[Key, Sequence[Judged]], check: Checking) -> int:
    """How many relations that hold would not, with other units."""
    touched = [item.statement for key in units for item in held.get(key, ())]
    return sum(not agrees(_with(statement, units), check) for statement in touched[:40])


def _told(figure: Figure, unit: str, finding: Finding) -> Finding:
    meant = Quantity.of(replace(figure, unit=unit), None, figure.scale)
    beside = (finding.stated, *(finding.computed.operands if finding.computed else ()))
    other = next((f for f in beside if not isinstance(f, Figure) or key_of(f) != key_of(figure)), finding.stated)
    message = f"{figure.name}{figure.text.strip()}的单位应为{unit}：改正后与{other.text.strip()}等数相符"
    return Finding("mention", "unit", figure, Verdict.BROKEN, Severity.HIGH, message, meant, supposition="单位有误", quote=finding.quote)
