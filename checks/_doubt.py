"""A finding that something beside its figures may explain."""

from __future__ import annotations

from dataclasses import replace

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
