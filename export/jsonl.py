"""每行一份报告的结果（.jsonl），格式 fusuan/1，供批量处理。"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from fusuan.export.json import text
from fusuan.model import Audit

SUFFIXES: tuple[str, ...] = (".jsonl",)


def write(audits: Iterable[Audit], path: Path) -> None:
    """Write a line as each audit arrives, so that a long batch broken off leaves what was done."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for audit in audits:
            file.write(text(audit) + "\n")
            file.flush()
