"""A compound file (the container of .doc, .xls, .wps, .et): its streams by name, read by olefile."""

from __future__ import annotations

import io
import struct

from fusuan.extract._file import File
from fusuan.model import ReadError

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST = 512 << 20
_SECTOR, _NUMBERS = 512, 128
_FREE, _END, _TABLE, _LIST = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC


class Compound:
    """The streams of one file. Raises ReadError damaged or too_large."""

    def __init__(self, file: File) -> None:
        from olefile import OleFileIO

        file.within(_MOST, "文件")
        self._name = file.name
        try:
            self._ole = OleFileIO(io.BytesIO(file.read_bytes()))
        except MemoryError:
            raise
        except Exception as error:
            raise self._damaged() from error

    def __contains__(self, name: str) -> bool:
        return bool(self._ole.exists(name))

    def stream(self, name: str) -> bytes:
        """Return the bytes of a stream."""
        try:
            return bytes(self._ole.openstream(name).read())
        except MemoryError:
            raise
        except Exception as error:
            raise self._damaged() from error

    def _damaged(self) -> ReadError:
        return ReadError("damaged", f"文件不完整或已损坏：{self._name}。请用原软件打开并另存，或重新取得该文件")


def wrapped(name: str, stream: bytes) -> bytes:
    """Return a plain container of one stream: what a container says of its own size is not for every library to read.

    >>> Compound(File("a.xls", wrapped("Workbook", b"12.5"))).stream("workbook")[:5]
    b'12.5\\x00'
    """
    data = stream.ljust(4096, b"\0")  # anything shorter lies elsewhere
    count = -(-len(data) // _SECTOR)
    tables = lists = 0
    while tables * _NUMBERS < count + 1 + tables + lists:
        tables = -(-(count + 1 + tables + lists) // _NUMBERS)
        lists = max(0, -(-(tables - 109) // (_NUMBERS - 1)))
    first = tables + lists + 1
    chain = [_TABLE] * tables + [_LIST] * lists + [_END] + [*range(first + 1, first + count), _END]
    chain += [_FREE] * (tables * _NUMBERS - len(chain))
    header = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, tables, first - 1, 0, 4096, _END, 0, tables if lists else _END, lists)
    header += struct.pack("<109I", *range(min(tables, 109)), *[_FREE] * (109 - min(tables, 109)))
    directory = _entry("Root Entry", 5, _END, 0, 1) + _entry(name, 2, first, len(data), _FREE)
    return b"".join((header, struct.pack(f"<{len(chain)}I", *chain), _lists(tables, lists),
                     directory + (_entry("", 0, 0, 0, _FREE) * 2), data.ljust(count * _SECTOR, b"\0")))


def _lists(tables: int, lists: int) -> bytes:
    """Return the sectors that name the allocation tables beyond those the header has room for."""
    out = b""
    for number in range(lists):
        start = 109 + number * (_NUMBERS - 1)
        named = list(range(start, min(start + _NUMBERS - 1, tables)))
        named += [_FREE] * (_NUMBERS - 1 - len(named))
        out += struct.pack(f"<{_NUMBERS}I", *named, tables + number + 1 if number + 1 < lists else _END)
    return out


def _entry(name: str, kind: int, start: int, size: int, child: int) -> bytes:
    label = (name + "\0").encode("utf-16-le") if name else b""
    return (label.ljust(64, b"\0") + struct.pack("<HBBIII", len(label), kind, 1, _FREE, _FREE, child) + bytes(36)
            + struct.pack("<IQ", start, size))
