"""压缩包（.zip、.7z、.rar）：不解到磁盘，包里的报告各算一份，文件名按 UTF-8 或 GBK 辨认，包中之包再打开一层。"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from fusuan.extract import _rar, _sevenzip, _zip
from fusuan.extract._file import File
from fusuan.extract._packed import Budget, Got
from fusuan.extract._sniff import kind_of
from fusuan.model import Document, ReadError

_UNPACKERS = {".zip": _zip.unpacked, ".7z": _sevenzip.unpacked, ".rar": _rar.unpacked}
SUFFIXES = tuple(_UNPACKERS)
_MOST_BYTES = 2 << 30
_DEEPEST = 2
"""How many archives may lie in one another."""
_LITTER = ("~$", ".~", "._", ".DS_Store", "Thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name begins with the archive's ("甲单位.zip/自评表.docx").

    Either it has `data`, or an `error` that says why not: its code is "skipped" where it is no report at all.
    """

    name: str
    data: bytes | None = None
    error: ReadError | None = None
    passwords: tuple[str, ...] = ()


def read(file: File) -> Document:
    """Raise ReadError: an archive is no document, its members are."""
    raise ReadError("archive", f"这是压缩包，里面的每份文件各自核对：{file.name}。请用 fusuan check 或 fusuan batch，或解压后再试")


def is_archive(path: Path) -> bool:
    """Tell by its content whether a file is an archive (an office file, a zip too, is none)."""
    try:
        return kind_of(File(path)) in _UNPACKERS
    except ReadError:
        return False


def members(path: Path, passwords: tuple[str, ...] = (), wanted: Collection[str] | None = None) -> Iterator[Member]:
    """Yield what an archive holds, one after another, so that no more than one is held in memory.

    Files whose suffix is not in `wanted` are named and not unpacked. An archive that cannot be opened, or goes on
    too long, comes as a member of its own name with an error; nothing is raised and nothing is written to disk.
    """
    try:
        file = File(path, passwords=passwords)
        file.within(_MOST_BYTES, "压缩包")
    except ReadError as error:
        yield Member(path.name, error=error)
        return
    yield from _members(file, Budget(), wanted, 1)


def _members(file: File, budget: Budget, wanted: Collection[str] | None, depth: int) -> Iterator[Member]:
    readable = False
    try:
        for name, got in _UNPACKERS[kind_of(file)](file, budget, lambda name: not _why_not(name, wanted)):
            readable = readable or got is not None
            yield from _member(f"{file.name}/{name}", file, got, budget, wanted, depth)
    except ReadError as error:
        yield Member(file.name, error=error)
    except KeyError:
        yield Member(file.name, error=ReadError("unknown_format", f"不是压缩包：{file.name}。请核对文件"))
    else:
        if not readable:
            yield Member(file.name, error=ReadError("no_text", f"压缩包里没有可读取的报告：{file.name}。请核对文件，或重新取得"))


def _member(name: str, file: File, got: Got, budget: Budget, wanted: Collection[str] | None,
            depth: int) -> Iterator[Member]:
    """Yield a member, or those of the archive that it is."""
    if got is None:
        yield Member(name, error=ReadError("skipped", _why_not(name, wanted)))
    elif isinstance(got, ReadError):
        yield Member(name, error=got)
    elif not _is_packed(inner := File(name, got, file.passwords)):
        yield Member(name, got, passwords=file.passwords)
    elif depth < _DEEPEST:
        yield from _members(inner, budget, wanted, depth + 1)
    else:
        yield Member(name, error=ReadError("too_large", f"压缩包嵌套过深：{name}。请解压后再试"))


def _is_packed(file: File) -> bool:
    try:
        return kind_of(file) in _UNPACKERS
    except ReadError:
        return False


def _why_not(name: str, wanted: Collection[str] | None) -> str:
    """Say in Chinese why a member is left alone; nothing where it is to be read."""
    path = PurePosixPath(name)
    if path.name.startswith(_LITTER) or "__MACOSX" in path.parts:
        return "临时文件或系统文件，不是报告"
    return "不是可读取的格式，未核对" if wanted is not None and path.suffix.lower() not in wanted else ""
