"""Read a file into a Document. Each module here reads one format (some, several of a kind).

A reader joins by lying here: `SUFFIXES` and `read(path)`, a Chinese docstring. What a file is, its content says first
and its suffix second; modules whose names begin with _ are parts of readers.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Protocol

from fusuan.extract._headings import headed
from fusuan.extract._sniff import kind_of
from fusuan.model import Document, ReadError
from fusuan.model.parts import parts_of


class Reader(Protocol):
    """What a module here must offer."""

    SUFFIXES: tuple[str, ...]

    def read(self, path: Path) -> Document:
        """Read the file at `path`; raise ReadError where it cannot be."""
        ...


def readers() -> tuple[Reader, ...]:
    return parts_of(__name__)


def suffixes() -> tuple[str, ...]:
    """Return every suffix that some reader knows, in order."""
    return tuple(sorted({suffix for reader in readers() for suffix in reader.SUFFIXES}))


def read(path: Path) -> Document:
    """Read the file at `path` with the reader for what it truly holds.

    Raises ReadError with code missing, empty, encrypted, damaged, unknown_format, too_large, no_text or
    needs_libreoffice, and nothing else, whatever the bytes are.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    kind = kind_of(path, suffix)
    for reader in readers():
        if kind in reader.SUFFIXES:
            document = _guarded(reader, path)
            return document if _same(kind, suffix, reader) else replace(
                document, remarks=(f"扩展名是“{path.suffix}”，内容实为“{kind}”格式，已按内容读取", *document.remarks))
    raise ReadError("unknown_format", f"不认识这种格式：{path.name}。可读取：{'、'.join(suffixes())}，请先另存为其中一种")


def _same(kind: str, suffix: str, reader: Reader) -> bool:
    return kind == suffix or (suffix in reader.SUFFIXES and kind not in (".doc", ".xls"))


def _guarded(reader: Reader, path: Path) -> Document:
    """Let no surprise of a third-party parser out: a batch must go on, and the file is what is at fault."""
    try:
        return headed(reader.read(path))
    except ReadError:
        raise
    except PermissionError as error:
        raise ReadError("missing", f"没有读取权限：{path.name}。请检查文件权限，或先关闭正在占用它的程序") from error
    except MemoryError as error:
        raise ReadError("too_large", f"文件过大，内存不足：{path.name}。请拆分后再试") from error
    except Exception as error:
        raise ReadError("damaged", f"文件已损坏或内部结构异常，无法读取：{path.name}。"
                                   f"请用原软件打开并另存后再试（{type(error).__name__}）") from error
