"""The members of a .zip, one after another."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from fusuan.extract._file import File
from fusuan.extract._locked import locked
from fusuan.extract._packed import MOST_ONE, Budget, Got, Unpacked, Wanted, decoded, named, too_large
from fusuan.model import ReadError

_AES = 99
_UNICODE_PATH = 0x7075
_FAULTS = (OSError, ValueError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError,
           struct.error, LookupError)


def unpacked(file: File, budget: Budget, wanted: Wanted) -> Unpacked:
    """Yield the name of each member and what was got of it."""
    with file.open() as stream, _opened(file, stream) as archive:
        for entry in archive.infolist():
            name = named(_name(entry))
            if not name or not entry.filename or entry.is_dir():
                continue
            budget.count(file)
            got = _member(archive, entry, File(f"{file.name}/{name}", b"", file.passwords)) if wanted(name) else None
            if isinstance(got, bytes):
                budget.take(len(got), file)
            yield name, got


@contextmanager
def _opened(file: File, stream: Any) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(stream)
    except _FAULTS as error:
        raise ReadError("damaged", f"压缩包不完整或已损坏：{file.name}。多为拷贝或下载中断，请重新取得该文件") from error
    with archive:
        yield _aware_of_aes(archive, stream)


def _aware_of_aes(archive: zipfile.ZipFile, stream: Any) -> zipfile.ZipFile:
    """Return the archive as pyzipper opens it where members are locked with AES, which the standard library cannot."""
    if not any(entry.compress_type == _AES for entry in archive.infolist()):
        return archive
    try:
        from pyzipper import AESZipFile
    except ImportError:
        return archive
    return AESZipFile(stream)  # type: ignore[no-any-return]


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name as it was meant: names without the mark of UTF-8 are bytes that were taken for code page 437."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    return _unicode_path(entry.extra, raw) or decoded(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return the name that Info-ZIP's field gives, where it goes with this very name."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        body, extra = extra[4:4 + length], extra[4 + length:]
        if kind == _UNICODE_PATH and len(body) > 5 and struct.unpack_from("<I", body, 1)[0] == zlib.crc32(raw):
            return body[5:].decode("utf-8", "replace")
    return ""


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, member: File) -> Got:
    """Return the bytes of a member, never more than may be, whatever the archive declares."""
    if fault := too_large(member.name, entry.file_size, entry.compress_size):
        return fault
    if not entry.flag_bits & 1:
        return _read(archive, entry, member, None)
    if entry.compress_type == _AES and isinstance(archive, zipfile.ZipFile):
        return ReadError("needs_library", f"压缩包用 AES 加密，需要 pyzipper：{member.name}。请执行 pip install \"fusuan[archives]\"，或解压后再试")
    for password in member.passwords:
        for encoding in ("utf-8", "gb18030"):
            got = _read(archive, entry, member, password.encode(encoding, "replace"))
            if isinstance(got, bytes):
                return got
    return locked(member)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, member: File, password: bytes | None) -> Got:
    try:
        with archive.open(entry, pwd=password) as stream:
            data = stream.read(min(entry.file_size, MOST_ONE) + 1)
    except _FAULTS:
        return ReadError("damaged", f"压缩包里的这份文件已损坏：{member.name}。请重新打包或重新取得")
    return data
