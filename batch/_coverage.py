"""Which figures entered no check, and why: silence is not a way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from model import Figure, Finding, Place, Unchecked
from patterns import Found

_REASONS = {"rate": "百分比无可对应的基数", "points": "百分点的变动无可对应的两个比率", "marks": "分值无可对应的评分依据",
            "money": "未出现可复算的关系"}
_OTHER = "数量未出现可复算的关系"
_CELL = "表中数值无合计关系"
_HALF = "所在的关系缺少另一个数字，无法复算"

Key = tuple[Place, tuple[int, int]]


def unchecked(found: Found, findings: Iterable[Finding]) -> tuple[Unchecked, ...]:
    """Return what the patterns could not read, then every figure that entered no finding, with a Chinese reason."""
    used = {_key(figure) for finding in findings for figure in _figures(finding)}
    said = {_key(item.figure) for item in found.unread}
    stated = {_key(figure) for statement in found.statements for figure in statement.figures}
    rest = (figure for figure in found.figures if _key(figure) not in used and _key(figure) not in said)
    left = tuple(Unchecked(figure, _HALF if _key(figure) in stated else reason(figure)) for figure in rest)
    return (*found.unread, *left)


def reason(figure: Figure) -> str:
    """Say in Chinese why a figure that nothing was said about was not checked.

    >>> from decimal import Decimal
    >>> reason(Figure("68.86%", Decimal("68.86"), "%", 2)), reason(Figure("35人", Decimal(35), "人"))
    ('百分比无可对应的基数', '数量未出现可复算的关系')
    """
    if figure.place.table is not None and figure.dimension in ("", "money"):
        return _CELL
    return _REASONS.get(figure.dimension, _OTHER)


def _figures(finding: Finding) -> Iterator[Figure]:
    if isinstance(finding.stated, Figure):
        yield finding.stated
    if finding.computed is not None:
        yield from finding.computed.operands


def _key(figure: Figure) -> Key:
    return figure.place, figure.span
