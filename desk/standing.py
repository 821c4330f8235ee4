"""What is left of an audit when what was settled as no error is taken out: it is neither marked nor written to a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from fusuan.desk.answers import answers
from fusuan.desk.fingerprint import aliases, first
from fusuan.model import Audit

Settled = Mapping[str, bool]
"""Whether a finding that was decided, by its fingerprint, is no error."""


def dismissed(workbook: Path, store: Path | None) -> Settled:
    """Tell of each finding that was decided, in a workbook of ours or in the store, whether it is no error; neither need exist."""
    return {name: answer.remark.dismisses for name, answer in answers(workbook, store).items()}


def standing(audit: Audit, settled: Settled) -> Audit:
    """Return the audit without the findings that are none."""
    if not any(settled.values()):
        return audit
    left = (finding for finding, name in zip(audit.findings, aliases(audit), strict=True) if not first(settled, name))
    return replace(audit, findings=tuple(left))
