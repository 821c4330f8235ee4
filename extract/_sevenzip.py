"""The members of a .7z, by py7zr where it is installed: all in one pass, since they are packed as one stream."""

from __future__ import annotations

import io
from contextlib import closing
from typing import Any

from fusuan.extract._file import File
from fusuan.extract._locked import locked
from fusuan.extract._packed import Budget, Got, Unpacked, Wanted, named, too_large
from fusuan.model import ReadError

_MOST = 512 << 20
"""Bytes of the archive, and of all members together, which are held in memory at once."""


def unpacked(file: File, budget: Budget, wanted: Wanted) -> Unpacked:
    """Yield the name of each member and what was got of it."""
    file.within(_MOST, ".7z 压缩包")
    for name, found in _unlocked(file, budget, wanted).items():
        yield named(name), found


def _unlocked(file: File, budget: Budget, wanted: Wanted) -> dict[str, Got]:
    """Return the members by name, under the first password that brings them out whole where one is needed."""
    for password in (None, *file.passwords):
        archive = _opened(file, password)
        if archive is None:
            continue
        with closing(archive):
            got, sizes = _listed(archive, file, budget, wanted)
            if password is None and archive.needs_password() and sizes:
                continue
            found = _taken(archive, sizes, file)
        if password is None or not all(isinstance(data, ReadError) for data in found.values()):
            return got | found
    raise locked(file)


def _opened(file: File, password: str | None) -> Any | None:
    """Return the archive; None where the password does not fit."""
    try:
        import py7zr
    except ImportError as error:
        raise ReadError("needs_library", f"读取 .7z 需要 py7zr：{file.name}。请执行 pip install \"fusuan[archives]\"，或解压后再试") from error
    try:
        return py7zr.SevenZipFile(file.open(), password=password)
    except py7zr.PasswordRequired:
        return None
    except MemoryError:
        raise
    except Exception as error:
        if password is not None:
            return None
        raise _damaged(file) from error


def _listed(archive: Any, file: File, budget: Budget, wanted: Wanted) -> tuple[dict[str, Got], dict[str, int]]:
    """Return the members that are not to be unpacked, or cannot be, and the sizes of the others."""
    got: dict[str, Got] = {}
    sizes: dict[str, int] = {}
    for entry in archive.list():
        if entry.is_directory:
            continue
        budget.count(file)
        name, size = entry.filename, entry.uncompressed or 0
        got[name] = None
        if wanted(named(name)):
            got[name] = too_large(f"{file.name}/{named(name)}", size, entry.compressed or size)
            if got[name] is None:
                sizes[name] = size
    budget.take(sum(sizes.values()), file)
    return got, sizes


def _taken(archive: Any, sizes: dict[str, int], file: File) -> dict[str, Got]:
    """Return the members by name: what comes out beyond what was declared is cut off and the member called damaged."""
    if sum(sizes.values()) > _MOST:
        raise ReadError("too_large", f"压缩包解开后超过 {_MOST >> 20} MB：{file.name}。请分批打包后再试")
    held = _Held(sizes)
    try:
        archive.extract(targets=list(sizes), factory=held)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001
        pass
    return {name: data if (data := held.data(name)) is not None and len(data) == size
            else _damaged(File(f"{file.name}/{named(name)}", b"")) for name, size in sizes.items()}


class _Held:
    """Holds in memory what py7zr would write to disk."""

    def __init__(self, sizes: dict[str, int]) -> None:
        self._sizes, self._streams = sizes, dict[str, _Bounded]()

    def create(self, filename: str) -> _Bounded:
        self._streams[filename] = _Bounded(self._sizes.get(filename, 0))
        return self._streams[filename]

    def data(self, name: str) -> bytes | None:
        return self._streams[name].getvalue() if name in self._streams else None


class _Bounded(io.BytesIO):
    """A stream that takes no more than was declared."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        if self.tell() + len(data) > self._most:
            raise ValueError("more than was declared")
        return super().write(data)

    def size(self) -> int:
        return len(self.getbuffer())

    def close(self) -> None:
        """Keep what was written: py7zr closes what it is done with."""


def _damaged(file: File) -> ReadError:
    return ReadError("damaged", f"压缩包不完整、已损坏或用了不支持的压缩方法：{file.name}。请解压后再试，或重新取得")
