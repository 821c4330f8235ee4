"""Which figures entered no check, and why: silence is not a way out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from fusuan.model import Figure, Finding, Place, Unchecked
from fusuan.patterns import Found

_REASONS = {"rate": "百分比无可对应的基数", "points": "百分点的变动无可对应的两个比率", "marks": "分值无可对应的评分依据",
            "money": "未出现可复算的关系"}
_OTHER = "数量未出现可复算的关系"
_CELL = "表中数值无合计关系"
_HALF = "所在的说法不足以复算（列举不全，或缺少另一个数字）"
# a relation that was only likely and does not hold: what was never said cannot be broken
_DROPPED = {"parts": "与所列各项之和不等，但文中没有说明各项已列全，不判不符",
            "rate": "基数没有在同一句写明，按前后文的数字推算不符，不判不符",
            "change": "上期数（预算数）没有在同一句写明，按前后文的数字推算不符，不判不符",
            "balance": "收支各数的口径没有写明，按前后文的数字推算不符，不判不符",
            "product": "数量与标准的对应没有写明，推算不符，不判不符"}
_AIM = "带“以上”“不低于”等字样的目标值，未找到可比的实际值"

Spans = dict[Place, list[tuple[int, int]]]


def unchecked(found: Found, findings: Iterable[Finding]) -> tuple[Unchecked, ...]:
    """Return what the patterns could not read, then every figure that entered no finding, with a Chinese reason."""
    used = _spans(figure for finding in findings for figure in _figures(finding))
    said = _spans(item.figure for item in found.unread)
    stated = _spans(figure for statement in found.statements for figure in statement.figures)
    dropped = {kind: _spans(s.stated for s in found.statements if s.guess and s.kind == kind and isinstance(s.stated, Figure))
               for kind in _DROPPED}
    rest = (figure for figure in found.figures if not _in(figure, used) and not _in(figure, said))
    left = tuple(Unchecked(figure, _why(figure, dropped) or (_HALF if _in(figure, stated) else reason(figure))) for figure in rest)
    return (*found.unread, *left)


def _why(figure: Figure, dropped: dict[str, Spans]) -> str:
    """The reason of a figure stated in a relation that was only likely and did not hold; empty where there is none."""
    return next((_DROPPED[kind] for kind, spans in dropped.items() if _in(figure, spans)), "")


def reason(figure: Figure) -> str:
    """Say in Chinese why a figure that nothing was said about was not checked.

    >>> from decimal import Decimal
    >>> reason(Figure("31.76%", Decimal("31.76"), "%", 2)), reason(Figure("35人", Decimal(35), "人"))
    ('百分比无可对应的基数', '数量未出现可复算的关系')
    """
    if figure.place.table is not None and figure.dimension in ("", "money"):
        return _CELL
    return _AIM if figure.sign in ("≥", "≤", ">", "<") else _REASONS.get(figure.dimension, _OTHER)


def _figures(finding: Finding) -> Iterator[Figure]:
    if isinstance(finding.stated, Figure):
        yield finding.stated
    if finding.computed is not None:
        yield from finding.computed.operands


def _spans(figures: Iterable[Figure]) -> Spans:
    found: Spans = {}
    for figure in figures:
        found.setdefault(figure.place, []).append(figure.span)
    return {place: _apart(spans) for place, spans in found.items()}


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, and joined where they overlap, so that one can be looked up among thousands.

    >>> _apart([(6, 9), (0, 4), (2, 5), (5, 6), (7, 8)])
    [(0, 5), (5, 6), (6, 9)]
    """
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _in(figure: Figure, spans: Spans) -> bool:
    """Tell whether it was met, be it with more or less of its unit (a form's heading may say 20分, the cell 20).

    >>> from decimal import Decimal
    >>> met = {Place(): [(0, 5), (8, 12)]}
    >>> [_in(Figure("20", Decimal(20), span=span), met) for span in ((4, 6), (5, 8), (7, 20), (12, 14), (9, 10))]
    [True, False, True, False, True]
    """
    start, end = figure.span
    apart = spans.get(figure.place, [])
    at = bisect_right(apart, start, key=lambda span: span[1])
    return at < len(apart) and apart[at][0] < end
