"""What is left of an audit when what was settled as no error is taken out: it is neither marked nor written to a unit."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from fusuan.desk.answers import answers
from fusuan.desk.fingerprint import fingerprints
from fusuan.model import Audit


def dismissed(workbook: Path, store: Path | None) -> frozenset[str]:
    """Return the fingerprints of what was settled as no error, in a workbook of ours or in the store; neither need exist."""
    return frozenset(name for name, answer in answers(workbook, store).items() if answer.remark.dismisses)


def standing(audit: Audit, settled: Collection[str]) -> Audit:
    """Return the audit without the findings of these fingerprints."""
    if not settled:
        return audit
    left = (finding for finding, name in zip(audit.findings, fingerprints(audit), strict=True) if name not in settled)
    return replace(audit, findings=tuple(left))
