"""结果文件：动手之前先看能不能写。"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENAMETOOLONG, ENOENT, ENOSPC, ENOTDIR, EROFS
from pathlib import Path
from typing import TYPE_CHECKING

import click

from fusuan.commands._terminal import note

if TYPE_CHECKING:
    from fusuan.model import Audit


def check_outputs(outputs: Iterable[Path | None], inputs: Iterable[Path]) -> list[Path | None]:
    """An output that cannot be written, or would overwrite a report, is said before the work begins.

    Return where each goes: where it is open in another program, to the next free name, and that is said.
    """
    from fusuan.export import free, writers

    asked = list(outputs)
    known = {suffix for writer in writers() for suffix in writer.SUFFIXES} if any(asked) else set[str]()
    reports = {os.path.realpath(path) for path in inputs}
    places: list[Path | None] = []
    for path in asked:
        if path is None:
            places.append(None)
            continue
        if path.suffix.lower() not in known:
            raise click.UsageError(f"不会写这种格式：{path.name}。可用的后缀：{'、'.join(sorted(known))}")
        if os.path.realpath(path) in reports:
            raise click.UsageError(f"结果文件与报告是同一个文件：{path}。请换一个文件名，以免覆盖报告")
        with writing(path):
            places.append(free(path))
        if places[-1] != path:
            note(f"{path.name} 已在其他程序中打开，结果改写入 {places[-1]}")
    return places


@contextmanager
def writing(path: Path | None) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if path is None:
            raise
        if error.errno == ENOSPC:
            sys.unraisablehook = lambda _: None  # what is left of the writer fails again when it is thrown away; it was said once
        raise click.FileError(str(path), f"无法写入 {path}：{error.strerror or str(error)}。{_advice(error)}") from error


def _advice(error: OSError) -> str:
    """Say what to do where a file cannot be written.

    >>> _advice(OSError(ENOSPC, "")), _advice(OSError(13, ""))
    ('磁盘空间不足，请清理后重试，或写到其他磁盘', '如已在 Excel 或 WPS 中打开，请关闭后重试；或检查文件夹的写入权限')
    """
    known = {ENOSPC: "磁盘空间不足，请清理后重试，或写到其他磁盘", EDQUOT: "磁盘空间不足，请清理后重试，或写到其他磁盘",
             EROFS: "这个位置是只读的，请写到其他位置", ENAMETOOLONG: "文件名过长，请改短后重试",
             ENOENT: "请检查路径", ENOTDIR: "请检查路径"}
    return known.get(error.errno or 0, "如已在 Excel 或 WPS 中打开，请关闭后重试；或检查文件夹的写入权限")


def write(audits: Iterable[Audit], output: Path) -> None:
    from fusuan import export

    with writing(output):
        export.write(audits, output)
