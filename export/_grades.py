"""The grade of a total as a formula: it follows the mark through the bands that the finding tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fusuan.model import Figure, Finding

_BAND = re.compile(r"([优良中差])([0-9]{1,3})～([0-9]{1,3})")
_ALSO = re.compile("即([优良中差])）$")
_FULL = 100
"""A band that ends here holds what lies above it too: marks may be added to the full ones."""


def grade_formula(finding: Finding, operands: Sequence[str]) -> str:
    """Return the grade of the mark in the cell of the operand; empty where that is not the one expected.

    >>> from decimal import Decimal
    >>> from dataclasses import replace
    >>> from fusuan.model import Quantity, Severity, Verdict, Words
    >>> mark = Figure("86分", Decimal(86), "分")
    >>> computed = replace(Quantity.of(mark), tokens=(mark, " 按 ", "优90～100、良80～90、中60～80、差0～60"))
    >>> wrong = Finding("grade", "grade", Words("优"), Verdict.BROKEN, Severity.HIGH, "", computed, "良")
    >>> grade_formula(wrong, ["Q2"])
    'IF(Q2>=90,"优",IF(Q2>=80,"良",IF(Q2>=60,"中",IF(Q2>=0,"差",""))))'
    >>> graded(wrong, "F2", ["Q2"], "G2")
    'OR(Q2>=90,IF(G2="",FALSE,ISNUMBER(SEARCH(G2,F2))))'
    """
    bands = sorted(_bands(finding).items(), key=lambda band: -band[1][0])
    mark = finding.computed.operands[0].value if finding.computed and len(operands) == 1 else None
    if not bands or mark is None or next((grade for grade, (low, _) in bands if mark >= low), "") != finding.expected:
        return ""
    formula = '""'
    for grade, (low, _) in reversed(bands):
        formula = f'IF({operands[0]}>={low},"{grade}",{formula})'
    return formula


def graded(finding: Finding, stated: str, operands: Sequence[str], computed: str) -> str:
    """Return the condition that the band of the grade stated holds the mark, or that the grade was put right."""
    bands, own = _bands(finding), _own(finding)
    if own not in bands or not grade_formula(finding, operands):
        return ""
    (low, high), mark = bands[own], operands[0]
    within = f"AND({mark}>={low},{mark}<={high})" if high < _FULL else f"{mark}>={low}"
    return f'OR({within},IF({computed}="",FALSE,ISNUMBER(SEARCH({computed},{stated}))))'


def _bands(finding: Finding) -> dict[str, tuple[int, int]]:
    return {grade: (int(low), int(high)) for grade, low, high in _BAND.findall(_told(finding))}


def _own(finding: Finding) -> str:
    """The grade that is stated, whatever word it goes by."""
    also = _ALSO.search(_told(finding))
    return also[1] if also else finding.stated.text.strip()[:1]


def _told(finding: Finding) -> str:
    tokens = finding.computed.tokens if finding.computed else ()
    return "".join(token for token in tokens if not isinstance(token, Figure))
