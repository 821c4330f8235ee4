"""An archive gives the reports in it: a worker unpacks it, for what it holds is nobody's friend."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from fusuan import extract
from fusuan.batch.gather import reports
from fusuan.batch.pool import Limits, settled
from fusuan.page.inbox import LIMIT, Filing, Inbox, on_disk

SUFFIXES = (".zip", ".7z", ".rar")
_LIMITS = Limits(1, 300)


class Piece(NamedTuple):
    """A file of an archive: where it lies now, or why it was not unpacked."""

    name: str
    path: Path | None
    why: str = ""


def unpacked(inbox: Inbox, name: str, path: Path) -> Iterator[Filing]:
    """Take in what an archive holds. What is no report is left out, what cannot be read is said."""
    folder = inbox.arriving()
    folder.mkdir(mode=0o700)
    try:
        whole = folder / on_disk(name)
        path.replace(whole)
        above = name.rpartition("/")[0]
        pieces = [piece for _, found in settled([whole], _LIMITS, unpack, _lost) for piece in found]
        for piece in pieces:
            shown = f"{above}/{piece.name}".lstrip("/")
            yield inbox.add(shown, piece.path) if piece.path else inbox.refuse(shown, piece.why)
        if not pieces:
            yield inbox.refuse(name, "压缩包里没有可读取的报告。请核对压缩包的内容")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def unpack(path: Path, _: str | None) -> list[Piece]:
    """Write the reports of an archive beside it, in a worker."""
    wanted = reports(extract.suffixes())
    return [piece for number, member in enumerate(extract.members(path))
            if member.error is not None or PurePosixPath(member.name).suffix.lower() in wanted
            if (piece := _piece(member, path.with_name(f"{number:06d}"))) is not None]


def _piece(member: extract.Member, path: Path) -> Piece | None:
    if member.error is not None:
        return None if member.error.code == "skipped" else Piece(member.name, None, member.error.message)
    data = member.data or b""
    if not 0 < len(data) <= LIMIT:
        return Piece(member.name, None, "文件是空的" if not data else f"超过 {LIMIT >> 20} MB，未核对")
    path.write_bytes(data)
    return Piece(member.name, path)


def _lost(path: Path, code: str, message: str) -> list[Piece]:
    return [Piece(path.name, None, f"压缩包打不开（{message.split('。')[0]}）。请解压后再放入")]
