"""旧版与其他办公格式：.xls、.et、.doc、.wps 直接读（.doc、.wps 需 msdoc2docx）；其余由 LibreOffice 转换，未安装时说明办法。"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from fusuan.extract import _msdoc, docx, xlsx
from fusuan.extract._biff import BookLooks, SheetLooks, read_looks
from fusuan.extract._file import File
from fusuan.extract._identity import identify
from fusuan.extract._libreoffice import convert_together, converted, program
from fusuan.extract._locked import locked
from fusuan.extract._numfmt import text_of
from fusuan.extract._ole import MAGIC, Compound, wrapped
from fusuan.extract._sheet_formulas import compared
from fusuan.extract._sheet_layout import Sheet, cell_name, lay_out
from fusuan.extract._sniff import kind_of
from fusuan.extract._xls_formulas import formulas_of
from fusuan.model import Document, ReadError

_BOOKS = (".xls", ".et")
_OTHER_BOOKS = (".xlsb", ".ods")
_TEXTS = (".doc", ".wps", ".rtf", ".odt", ".xml", ".uot")
SUFFIXES = _BOOKS + _OTHER_BOOKS + _TEXTS
_MOST_TOGETHER = 32 << 20
_ROUGH = "未能读到单元格的数字格式，百分比可能读成小数；建议另存为 .xlsx 后重新检查"


def read(file: File) -> Document:
    """Read a file of an older office; raises ReadError needs_libreoffice, damaged, encrypted, too_large, no_text."""
    kind = kind_of(file)
    if kind in _BOOKS:
        return _book(file, kind)
    if kind in _OTHER_BOOKS:
        return _converted(file, kind) if program() else _book(file, kind)
    if _is_old_word(file):
        copy = _msdoc.converted(file)
        if copy is not None:
            return _renamed(docx.read(copy), kind)
    return _converted(file, kind)


def convert(files: Iterable[File], folder: Path) -> None:
    """Have LibreOffice convert those of the files that need it in one call; see `convert_together`."""
    wanted = []
    for file in files:
        try:
            kind = kind_of(file)
            if file.size <= _MOST_TOGETHER and kind in _OTHER_BOOKS + _TEXTS and not (file.head(8) == MAGIC and _msdoc.library()):
                wanted.append((file, kind, _target(file, kind)))
        except ReadError:  # told when it is read
            continue
    convert_together(wanted, folder)


def _target(file: File, kind: str) -> str:
    return "xlsx" if kind in _OTHER_BOOKS or kind == ".xml" and _is_old_sheet(file) else "docx"


def _is_old_sheet(file: File) -> bool:
    """Tell a workbook saved as "XML spreadsheet 2003" from a document saved so."""
    return b"office:spreadsheet" in file.head()


def _converted(file: File, kind: str) -> Document:
    target = _target(file, kind)
    copy = converted(file, kind, target)
    document = docx.read(copy) if target == "docx" else xlsx.read(copy)
    remark = f"由 LibreOffice 从 {kind} 转换后读取，段落和表格的次序可能与原文略有出入"
    return _renamed(replace(document, remarks=(remark, *document.remarks)), kind)


def _renamed(document: Document, kind: str) -> Document:
    return replace(document, format=kind.lstrip("."))


def _is_old_word(file: File) -> bool:
    """Tell whether it is a Word 97–2003 document; one that needs a password is refused."""
    if file.head(8) != MAGIC:
        return False
    compound = Compound(file)
    if "WordDocument" not in compound:
        return False
    if compound.stream("WordDocument")[11:12] > b"" and compound.stream("WordDocument")[11] & 1:
        raise locked(file)
    return True


def _book(file: File, kind: str) -> Document:
    """Read a workbook: its values by calamine, how they look by its own records."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    stream = _stream(file) if kind in _BOOKS else None
    looks = read_looks(stream) if stream is not None else None
    if looks is not None and looks.is_encrypted:
        raise locked(file)
    if looks is not None and any(sheet.beyond for sheet in looks.sheets):
        raise _damaged(file)
    try:
        with _quiet(), load_workbook(io.BytesIO(wrapped("Workbook", stream)) if stream is not None else file.open()) as book:
            sheets, remarks = _sheets(book, looks or BookLooks(), formulas_of(stream) if looks and stream else []), [] if looks else [_ROUGH]
            blocks = lay_out(sheets)
            remarks += [remark for sheet in sheets for remark in sheet.told()]
            remarks += compared(sheets).remarks()
    except PasswordError as error:
        raise locked(file) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(file) from error
    if not blocks:
        raise ReadError("no_text", f"工作簿里没有文字和数字：{file.name}。请核对是否取错了文件")
    title, unit, year = identify(blocks)
    return Document(file.name, kind.lstrip("."), blocks, None, title, unit, year, remarks=tuple(remarks))


def _damaged(file: File) -> ReadError:
    return ReadError("damaged", f"文件不完整或已损坏：{file.name}。请用原软件打开并另存为 .xlsx 后再试")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what a library written in Rust says of its own end from the terminal: the file at fault is told of by its line."""
    sys.stderr.flush()
    kept, nowhere = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _stream(file: File) -> bytes | None:
    """Return the records of an .xls; None where they lie as in versions before Excel 97."""
    compound = Compound(file)
    return compound.stream("Workbook") if "Workbook" in compound else None


def _sheets(book: Any, looks: BookLooks, formulas: list[dict[tuple[int, int], str]]) -> list[Sheet]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    sheets = []
    for index, about in enumerate(book.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        own = looks.sheets[index] if index < len(looks.sheets) else SheetLooks()
        sheets.append(_sheet(about.name, book.get_sheet_by_index(index), own, looks.since_1904))
        sheets[-1].formulas = formulas[index] if index < len(formulas) else {}
        sheets[-1].hidden = about.visible != SheetVisibleEnum.Visible
    return sorted(sheets, key=lambda sheet: sheet.hidden)


def _sheet(name: str, values: Any, looks: SheetLooks, since_1904: bool) -> Sheet:
    sheet = Sheet(name, framed=looks.framed, hidden_rows=looks.hidden_rows)
    for row, column, value in _values(values):
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            sheet.numbers[row, column] = Decimal(repr(value))
        text = _shown(value, looks.codes.get((row, column), ""), since_1904)
        if text:
            sheet.texts[row, column] = text
    for at, error in looks.errors.items():
        sheet.texts[at] = error
        sheet.errors.append(f"{cell_name(*at)} {error}")
    sheet.merges = [(*start, *end) for start, end in values.merged_cell_ranges or ()]
    hidden = sum(any((row, column) in sheet.texts for column in range(values.width + 1)) for row in looks.hidden_rows)
    if hidden:
        sheet.remarks.append(f"工作表“{name}”有 {hidden} 行被隐藏，已一并读取")
    return sheet


def _values(values: Any) -> Iterator[tuple[int, int, Any]]:
    top, left = values.start or (0, 0)
    for row, line in enumerate(values.to_python(skip_empty_area=True), top):
        for column, value in enumerate(line, left):
            if value != "" and value is not None:
                yield row, column, value


def _shown(value: object, code: str, since_1904: bool) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, (date, time, timedelta)):
        return text_of(str(_serial(value, since_1904)), code or _usual(value), since_1904)
    return text_of(repr(value), code or "General", since_1904)


def _usual(value: date | time | timedelta) -> str:
    if isinstance(value, datetime) and (value.hour or value.minute):
        return "yyyy/m/d h:mm"
    return "yyyy/m/d" if isinstance(value, date) else "h:mm"


def _serial(value: date | time | timedelta, since_1904: bool) -> Decimal:
    """Return the serial number of a moment, which is how the file holds it."""
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    elif isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)
        value = moment - (datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30))
    return value.days + Decimal(value.seconds) / 86_400
