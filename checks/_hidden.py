"""A total that leaves out what stands in hidden rows: of a table under a filter, SUBTOTAL adds up what is shown.

Which of the two was meant, the table does not tell: where a total agrees without its hidden rows, nobody is accused by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._doubt import doubted
from fusuan.checks._judged import Checking, Judged, agrees
from fusuan.model import Figure, Statement

_WHY = "如不计隐藏行则相符，可能只合计了筛选后显示的行，请取消隐藏后核对"


def filtered(judged: Sequence[Judged], check: Checking) -> list[Judged]:
    """Return what was judged, the sums that agree without the hidden rows as doubtful."""
    return [replace(item, finding=doubted(item.finding, _WHY)) if item.finding is not None and item.broken
            and _agrees_without(item.statement, check) else item for item in judged]


def _agrees_without(statement: Statement, check: Checking) -> bool:
    figures = statement.figures
    hidden = [figure for figure in figures[1:] if figure.place.hidden]
    return bool(hidden) and not figures[0].place.hidden and agrees(statement.changed(_nothing), check)


def _nothing(figure: Figure) -> Figure:
    return replace(figure, value=Decimal(0)) if figure.place.hidden else figure
