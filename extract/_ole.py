"""A compound file (the container of .doc, .xls, .wps, .et): its streams by name ([MS-CFB])."""

from __future__ import annotations

import struct

from fusuan.extract._file import File
from fusuan.model import ReadError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_MOST = 512 * 1024 * 1024


class Compound:
    """The streams of one file. Raises ReadError damaged or too_large; a chain that runs in a circle is cut."""

    def __init__(self, file: File) -> None:
        file.within(_MOST, "文件")
        self._name = file.name
        self._data = file.read_bytes()
        try:
            self._open()
        except (struct.error, IndexError, ValueError) as error:
            raise self._damaged() from error

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._streams

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream."""
        start, size = self._streams[name.lower()]
        if size < self._cutoff:
            return b"".join(self._mini[n * self._mini_size:(n + 1) * self._mini_size]
                            for n in _chain(start, self._mini_fat))[:size]
        return self._read(start)[:size]

    def _open(self) -> None:
        data = self._data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if not data.startswith(MAGIC) or shift not in (9, 12) or mini_shift not in (5, 6):
            raise ValueError(shift)
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        directory, _, self._cutoff, mini, _, difat, _ = struct.unpack_from("<7I", data, 48)
        self._fat = self._table(self._fat_sectors(difat))
        self._mini_fat = self._table(_chain(mini, self._fat))
        self._streams: dict[str, tuple[int, int]] = {}
        root = (_END, 0)
        entries = self._read(directory)
        for at in range(0, len(entries) - 127, 128):
            length, kind = struct.unpack_from("<HB", entries, at + 64)
            start, size = struct.unpack_from("<II", entries, at + 116)
            name = entries[at:at + min(max(length - 2, 0), 64)].decode("utf-16-le", errors="replace").lower()
            if kind == 5:
                root = (start, size)
            elif kind == 2:
                self._streams.setdefault(name, (start, size))
        self._mini = self._read(root[0])[: root[1]]

    def _fat_sectors(self, difat: int) -> list[int]:
        """Return the sectors that hold the allocation table: 109 in the header, the rest in a chain of their own."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        seen: set[int] = set()
        while difat < _END and difat not in seen:
            seen.add(difat)
            numbers = self._table([difat])
            if len(numbers) < 2:
                break
            sectors += numbers[:-1]
            difat = numbers[-1]
        return [sector for sector in sectors if sector < _END]

    def _table(self, sectors: list[int]) -> list[int]:
        data = b"".join(self._sector(sector) for sector in sectors)
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size:(number + 2) * self._size]

    def _read(self, start: int) -> bytes:
        return b"".join(self._sector(sector) for sector in _chain(start, self._fat))

    def _damaged(self) -> ReadError:
        return ReadError("damaged", f"文件不完整或已损坏：{self._name}。请用原软件打开并另存，或重新取得该文件")


def _chain(start: int, table: list[int]) -> list[int]:
    """Follow a chain of sectors through an allocation table."""
    chain: list[int] = []
    seen: set[int] = set()
    while start < len(table) and start not in seen:
        seen.add(start)
        chain.append(start)
        start = table[start]
    return chain
