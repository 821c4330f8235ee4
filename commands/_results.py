"""核对结果从哪里来：结果文件里取出，报告则当场核对。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fusuan.commands._store import using_store
from fusuan.commands._terminal import note

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


def all_of(paths: Sequence[Path], scheme: str | None) -> Iterator[Audit]:
    """Yield what came of reports, of all in folders and archives, or what a batch has left behind; say what could not be read."""
    for path in paths:
        for audit in _found(path, scheme):
            if audit.status == "failed":
                note(f"未能读取  {audit.source.path}：{(audit.error or {}).get('message', '')}")
            yield audit


def _found(path: Path, scheme: str | None) -> Iterator[Audit]:
    from fusuan.batch.audit import audits
    from fusuan.batch.gather import gather
    from fusuan.extract import suffixes

    if path.suffix.lower() in RESULTS:
        yield from audits_of(path, scheme)
    elif path.is_dir():
        for found in gather(path, suffixes()):
            yield from audits(found.path, scheme) if not found.code else ()
    else:
        yield from audits(path, scheme)
