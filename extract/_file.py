"""What is read: a name and its bytes, of a file on disk or out of an archive; no reader needs to know which."""

from __future__ import annotations

import io
import stat
from pathlib import Path, PurePosixPath
from typing import IO

from fusuan.model import ReadError


class File:
    """A file to be read. Only regular files are: a pipe or a device would be waited for without end.

    `passwords` are tried in turn on what is locked. Raises ReadError missing.

    >>> File("甲.zip/自评表.TXT", b"12.5").suffix
    '.txt'
    """

    __slots__ = ("_data", "_path", "name", "passwords", "size")

    def __init__(self, path: Path | str, data: bytes | None = None, passwords: tuple[str, ...] = ()) -> None:
        self._path, self._data, self.passwords = Path(path), data, passwords
        self.name = self._path.name if data is None else str(path)
        self.size = self._measured(self._path) if data is None else len(data)

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    def open(self) -> IO[bytes]:
        """Open it for reading from its start."""
        if self._data is not None:
            return io.BytesIO(self._data)
        try:
            return self._path.open("rb")
        except OSError as error:
            raise ReadError("missing", f"无法打开文件：{self.name}。请检查权限，或先关闭正在占用它的程序") from error

    def read_bytes(self) -> bytes:
        """Return all of it; a reader holds `size` against its limit first."""
        if self._data is not None:
            return self._data
        with self.open() as stream:
            return stream.read(self.size + 1)

    def head(self, count: int = 4096) -> bytes:
        """Return its first bytes."""
        with self.open() as stream:
            return stream.read(count)

    def holding(self, data: bytes) -> File:
        """Return a file of this name with other bytes: what it holds once unlocked."""
        return File(self.name, data, self.passwords)

    def within(self, most: int, what: str) -> None:
        """Raise ReadError too_large where it is larger than `most`."""
        if self.size > most:
            raise ReadError("too_large", f"{what}超过 {most >> 20} MB：{self.name}。请拆分后再试")

    @staticmethod
    def _measured(path: Path) -> int:
        try:
            about = path.stat()
        except FileNotFoundError as error:
            raise ReadError("missing", f"找不到文件：{path}。请检查路径和文件名") from error
        except (OSError, ValueError) as error:
            raise ReadError("missing", f"无法打开：{path}。路径过长、循环链接或没有权限，请检查后再试") from error
        if stat.S_ISDIR(about.st_mode):
            raise ReadError("missing", f"不是文件：{path}。请给出一个文件，文件夹请用批量命令")
        if not stat.S_ISREG(about.st_mode):
            raise ReadError("missing", f"不是普通文件（管道、设备等）：{path}。请给出一个报告文件")
        return about.st_size
