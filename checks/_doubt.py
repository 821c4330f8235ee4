"""A finding that something beside its figures may explain."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from fusuan.checks._say import message
from fusuan.model import Figure, Finding, Quantity, Severity, Verdict

FAR_APART = "相差过大又没有一般笔误可以解释，可能不是同一口径的数，请对照原文"


def far_apart(stated: Figure, computed: Quantity) -> bool:
    """Tell whether a figure of running text is so far from the recomputed one that the text was rather misread.

    Of the errors that readers found in real and in other people's texts, and that no slip of the pen explains, nine in ten
    are less than a quarter off.

    >>> from fusuan.model import Quantity
    >>> figure = Figure("124.36亿元", Decimal("124.36"), "亿元", 2)
    >>> [far_apart(figure, Quantity.constant(Decimal(n), n)) for n in ("142.63", "1986.4", "-12", "90.5")]
    [False, True, True, True]
    """
    small, large = sorted((abs(stated.value), abs(computed.value)))
    return small * 4 < large * 3 or stated.value * computed.value < 0


def doubted(finding: Finding, supposition: str) -> Finding:
    """Return a broken finding as doubtful, low, for the reason given; any other as it is."""
    if finding.verdict is not Verdict.BROKEN:
        return finding
    said = finding.message
    if isinstance(finding.stated, Figure) and finding.computed is not None:
        said = message(finding.stated, finding.computed, Verdict.DOUBTFUL, supposition)
    return replace(finding.doubted(supposition), severity=Severity.LOW, message=said)


def to_the_whole(finding: Finding) -> Finding:
    """Return a mark that agrees only because it was rounded to a whole one (9.6 written 10) as doubtful."""
    stated, gap = finding.stated, finding.difference
    if not isinstance(stated, Figure) or not finding.agrees or gap is None or abs(gap) < Decimal("0.1") or stated.decimals:
        return finding
    return doubted(replace(finding, verdict=Verdict.BROKEN), "凑整到整数")
