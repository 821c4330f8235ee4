"""核对结果从哪里来：结果文件里取出，报告则当场核对。"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fusuan.commands._store import using_store

if TYPE_CHECKING:
    from fusuan.model import Audit

RESULTS = (".json", ".jsonl", ".fusuan")


def audits_of(path: Path, scheme: str | None) -> Iterator[Audit]:
    """Yield what a file of results holds; of a filing, check it now."""
    if path.is_dir():
        raise click.UsageError(f"“{path}”是文件夹。请先用 fusuan batch \"{path}\" -o 结果.xlsx 核对，再比较两次的 .fusuan")
    if not path.is_file():
        raise click.UsageError(f"没有这个文件：{path}")
    with using_store():
        yield from _stored(path) if path.suffix.lower() in RESULTS else _checked(path, scheme)


def _stored(path: Path) -> Iterator[Audit]:
    if path.suffix.lower() != ".fusuan":
        from fusuan.batch.reported import audits

        yield from audits(path)
        return
    from fusuan.batch.outcome import Outcome
    from fusuan.batch.store import Store

    with Store(path) as store:
        yield from Outcome(store).audits()


def _checked(path: Path, scheme: str | None) -> Iterator[Audit]:
    from fusuan.batch.audit import audits

    for audit in audits(path, scheme):
        if audit.status == "failed":
            raise click.UsageError(f"{path} 未能读取：{(audit.error or {}).get('message', '')}")
        yield audit
