"""Recompute what can be recomputed. Each module here is one check: `KINDS`, the kinds of statement it takes, and
`check(statement) -> Iterator[Finding]`. The first line of its docstring is its formula; `fusuan rules` prints it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Protocol

from fusuan.checks._another import another
from fusuan.checks._carried import carried
from fusuan.checks._contested import contested
from fusuan.checks._doubt import doubted
from fusuan.checks._hanging import hanging
from fusuan.checks._hidden import filtered
from fusuan.checks._judged import Judged
from fusuan.checks._layout import upheld
from fusuan.checks._left_out import left_out
from fusuan.checks._misread import legible
from fusuan.checks._proof import corroborated
from fusuan.checks._say import telling
from fusuan.checks._schemes import SchemeError, load_scheme, schemes, use_scheme
from fusuan.checks._units import reunited
from fusuan.checks._witness import witnessed
from fusuan.model import Finding, Statement
from fusuan.model.parts import parts_of

__all__ = ["Check", "SchemeError", "checks", "load_scheme", "run", "schemes", "use_scheme"]

_UNSURE = "表格没有表线，列的位置不能确定"
_TAKEN_AS_FOUND = ("score", "target", "mention", "grade")


class Check(Protocol):
    """What a module here must offer."""

    __name__: str
    KINDS: tuple[str, ...]

    def check(self, statement: Statement) -> Iterator[Finding]:
        """Yield the finding of a statement, right or wrong; nothing where an operand is missing."""
        ...


def checks() -> tuple[Check, ...]:
    return parts_of(__name__)


@cache
def _takers() -> dict[str, Check]:
    return {kind: check for check in checks() for kind in check.KINDS}


def check(statement: Statement) -> Iterator[Finding]:
    """Recompute one statement by itself."""
    taker = _takers().get(statement.kind)
    for finding in taker.check(statement) if taker else ():
        # the arithmetic kinds weigh a guess themselves, by the slip that may explain it
        yield doubted(finding, _UNSURE) if statement.guess and statement.kind in _TAKEN_AS_FOUND else finding


def run(statements: Iterable[Statement]) -> Iterator[Finding]:
    """Yield the findings of every statement, each relation once."""
    judged = [Judged(statement, finding) for statement in statements for finding in (*check(statement),) or (None,)]
    seen = set()
    settled = another(contested(reunited(witnessed(upheld(corroborated(judged, check), check), check), check)))
    for item in hanging([*legible(left_out(carried(filtered(settled, check)), check), check)], check):
        if (finding := item.finding) is None:
            continue
        operands = frozenset((f.place, f.span) for f in finding.computed.operands) if finding.computed else None
        key = (finding.label, finding.place, finding.stated.span, operands)
        if key not in seen:
            seen.add(key)
            yield telling(finding)
