"""Read a file into a Document. Each module here reads one format (some, several of a kind).

A reader joins by lying here: `SUFFIXES` and `read(file)`, a Chinese docstring. What a file is, its content says first
and its suffix second; modules whose names begin with _ are parts of readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol

from fusuan.extract import archives
from fusuan.extract._docx_trace import Traced, WordTrace, trace_docx
from fusuan.extract._file import File
from fusuan.extract._headings import headed
from fusuan.extract._libreoffice import CONVERTED
from fusuan.extract._limits import within
from fusuan.extract._locked import unlocked
from fusuan.extract._ole import MAGIC
from fusuan.extract._package import Package
from fusuan.extract._pdf_trace import Character, PageTrace, trace_pdf
from fusuan.extract._scan_pages import installed
from fusuan.extract._sheet_layout import cell_name
from fusuan.extract._sniff import kind_of
from fusuan.extract._xlsx_sheet import position
from fusuan.extract._xlsx_styles import is_frame
from fusuan.extract._xlsx_trace import SheetTrace, trace_xlsx
from fusuan.extract._xml import Element
from fusuan.extract.archives import Member, is_archive
from fusuan.model import Document, ReadError
from fusuan.model.parts import names_of, parts_of

__all__ = ["CONVERTED", "Character", "Element", "File", "Member", "Package", "PageTrace", "Reader", "SheetTrace", "Traced", "WordTrace",
           "cell_name", "convert", "is_archive", "is_frame", "kind_of", "members", "position", "read", "read_file", "read_member", "readers",
           "suffixes", "trace_docx", "trace_pdf", "trace_xlsx"]


class Reader(Protocol):
    """What a module here must offer."""

    __name__: str
    SUFFIXES: tuple[str, ...]

    def read(self, file: File) -> Document:
        """Read the file; raise ReadError where it cannot be."""
        ...


def readers() -> tuple[Reader, ...]:
    return parts_of(__name__)


def suffixes() -> tuple[str, ...]:
    """Return every suffix that some reader knows, in order; of pictures where they can be recognised."""
    able = [reader for reader in readers() if installed() or not reader.__name__.endswith(".scan")]
    return tuple(sorted({suffix for reader in able for suffix in reader.SUFFIXES}))


def read(path: Path, passwords: tuple[str, ...] = ()) -> Document:
    """Read the file at `path` with the reader for what it truly holds; `passwords` are tried where it is locked.

    Raises ReadError with code missing, empty, encrypted, damaged, unknown_format, too_large, no_text,
    needs_libreoffice or needs_library, and nothing else, whatever the bytes are.
    """
    return read_file(File(path, passwords=passwords))


def read_file(file: File) -> Document:
    """Read a file, on disk or in memory, like `read`."""
    try:
        return _read(file)
    except ReadError as error:
        if error.code != "encrypted" or not file.head(8).startswith(MAGIC):
            raise
    return _read(unlocked(file))


def convert(paths: Iterable[Path], folder: Path) -> None:
    """Convert, of many files, those that need LibreOffice in one call, into `folder`: for reading with it named by CONVERTED."""
    from fusuan.extract import legacy

    legacy.convert((file for path in paths for file in _regular(path)), folder)


def _regular(path: Path) -> Iterator[File]:
    try:
        yield File(path)
    except ReadError:
        return


def members(path: Path, passwords: tuple[str, ...] = ()) -> Iterator[Member]:
    """Yield the files in an archive, those that no reader knows with an error of code "skipped"."""
    return archives.members(path, passwords, frozenset(suffixes()))


def read_member(member: Member) -> Document:
    """Read a file in an archive, like `read`."""
    if member.data is None:
        raise member.error or ReadError("damaged", f"压缩包里的这份文件没有内容：{member.name}。请重新打包")
    return read_file(File(member.name, member.data, member.passwords))


def _read(file: File) -> Document:
    kind = kind_of(file)
    reader = _reader_of(kind)
    if reader is None:
        raise ReadError("unknown_format", f"不认识这种格式：{file.name}。可读取：{'、'.join(suffixes())}，请先另存为其中一种")
    document = within(_guarded(reader, file))
    return document if _same(kind, file.suffix, reader) else replace(
        document, remarks=(f"扩展名是“{file.suffix}”，内容实为“{kind}”格式，已按内容读取", *document.remarks))


def _reader_of(kind: str) -> Reader | None:
    """The reader of a kind of file: the module of that name, so that the others need not be loaded, or one that reads several kinds."""
    if kind[1:] in names_of(__name__):
        own: Reader = import_module(f"{__name__}.{kind[1:]}")
        if kind in own.SUFFIXES:
            return own
    return next((reader for reader in readers() if kind in reader.SUFFIXES), None)


def _same(kind: str, suffix: str, reader: Reader) -> bool:
    return kind == suffix or (suffix in reader.SUFFIXES and kind not in (".doc", ".xls"))


def _guarded(reader: Reader, file: File) -> Document:
    """Let no surprise of a third-party parser out: a batch must go on, and the file is what is at fault."""
    try:
        return headed(reader.read(file))
    except ReadError:
        raise
    except PermissionError as error:
        raise ReadError("missing", f"没有读取权限：{file.name}。请检查文件权限，或先关闭正在占用它的程序") from error
    except MemoryError as error:
        raise ReadError("too_large", f"文件过大，内存不足：{file.name}。请拆分后再试") from error
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of a library written in Rust is no Exception
        raise ReadError("damaged", f"文件已损坏或内部结构异常，无法读取：{file.name}。"
                                   f"请用原软件打开并另存后再试（{type(error).__name__}）") from error
