"""A finding that something beside its figures may explain."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from checks._say import message
from model import Figure, Finding, Severity, Verdict


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
