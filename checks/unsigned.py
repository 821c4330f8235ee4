"""占比、增长率应带“%”

文中同样说法的数带百分号，这一个没有：列为存疑，请补百分号。

>>> from decimal import Decimal
>>> from fusuan.model import Figure
>>> [(f.verdict.value, f.expected) for f in check(Statement("unsigned", "rate", Figure("76.00", Decimal("76.00"), "", 2)))]
[('doubtful', '76.00%')]
"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.checks._say import severity
from fusuan.model import Figure, Finding, Statement, Verdict

KINDS = ("unsigned",)


def check(statement: Statement) -> Iterator[Finding]:
    if isinstance(statement.stated, Figure):
        said = f"{statement.stated.name}{statement.stated.text}"
        why = f"“{said}”漏写百分号"
        yield Finding("unsigned", statement.label, statement.stated, Verdict.DOUBTFUL, severity(statement, Verdict.DOUBTFUL), why,
                      expected=f"{statement.stated.text}%", supposition=why, quote=statement.quote)
