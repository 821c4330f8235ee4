"""结果文件：动手之前先看能不能写。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from fusuan.model import Audit


def check_outputs(outputs: Iterable[Path | None], inputs: Iterable[Path]) -> None:
    """An output that cannot be written, or would overwrite a report, is said before the work begins."""
    from fusuan.export import writers

    known = {suffix for writer in writers() for suffix in writer.SUFFIXES}
    reports = {path.resolve() for path in inputs}
    for path in filter(None, outputs):
        if path.suffix.lower() not in known:
            raise click.UsageError(f"不会写这种格式：{path.name}。可用的后缀：{'、'.join(sorted(known))}")
        if path.resolve() in reports:
            raise click.UsageError(f"结果文件与报告是同一个文件：{path}。请换一个文件名，以免覆盖报告")
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def writing(path: Path | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if path is None:
            raise
        reason = error.strerror or str(error)
        raise click.FileError(str(path), f"无法写入 {path}：{reason}。如已在 Excel 或 WPS 中打开，请关闭后重试") from error


def write(audits: Iterable[Audit], output: Path) -> None:
    from fusuan import export

    with writing(output):
        export.write(audits, output)
