"""What an .xls says of the looks of its cells: number formats, frames, hidden rows ([MS-XLS], BIFF8)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from fusuan.extract._numfmt_code import BUILT_IN

_BOUNDSHEET, _FORMAT, _XF, _DATEMODE, _FILEPASS, _BOF, _EOF = 0x85, 0x41E, 0xE0, 0x22, 0x2F, 0x809, 0x0A
_ROW, _MULRK, _MULBLANK, _BLANK = 0x208, 0xBD, 0xBE, 0x201
_FORMULA, _BOOLERR = 0x06, 0x205
_CELLS = frozenset((0xFD, 0x203, 0x27E, _BOOLERR, _FORMULA, 0x204, 0xD6, _BLANK))
COLUMNS = 256
"""How many columns a sheet has, to IV: the format has no more."""
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


@dataclass(slots=True)
class SheetLooks:
    """The number format of each cell, which cells are framed, which show an error, by (row, column) from 0."""

    codes: dict[tuple[int, int], str] = field(default_factory=dict)
    framed: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    beyond: bool = False  # a cell stands where no sheet has a column: a damaged file, for which calamine would ask more memory than there is


@dataclass(slots=True)
class BookLooks:
    """The looks of all sheets in the order of the workbook."""

    sheets: list[SheetLooks] = field(default_factory=list)
    since_1904: bool = False
    is_encrypted: bool = False


def read_looks(data: bytes) -> BookLooks | None:
    """Read the Workbook stream; None where it is of an older kind, whose formats are not read."""
    book = BookLooks()
    own: dict[int, str] = {}
    looks: list[tuple[int, bool]] = []
    for kind, body in records(data, 0):
        if kind == _BOF and len(body) >= 2 and struct.unpack_from("<H", body)[0] != 0x600:
            return None
        if kind == _FILEPASS:
            book.is_encrypted = True
            return book
        if kind == _FORMAT and len(body) >= 5:
            own[struct.unpack_from("<H", body)[0]] = _string(body[2:])
        elif kind == _XF and len(body) >= 14:
            looks.append((struct.unpack_from("<H", body, 2)[0], _frames(struct.unpack_from("<I", body, 10)[0])))
        elif kind == _DATEMODE and len(body) >= 2:
            book.since_1904 = body[:2] == b"\1\0"
    styles = [(own.get(number) or BUILT_IN.get(number, "General"), framed) for number, framed in looks]
    book.sheets = [_sheet(data, start, styles) for start in starts_of(data)]
    return book


def starts_of(data: bytes) -> list[int]:
    """Return where the sheets of a Workbook stream begin."""
    return [struct.unpack_from("<I", body)[0] for kind, body in records(data, 0) if kind == _BOUNDSHEET and len(body) >= 6]


def records(data: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Yield the records of one substream, up to its end."""
    while at + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, at)
        yield kind, data[at + 4:at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _string(body: bytes) -> str:
    count, flags = struct.unpack_from("<HB", body)
    return body[3:3 + count * 2].decode("utf-16-le", "replace") if flags & 1 else body[3:3 + count].decode("latin-1")


def _frames(lines: int) -> bool:
    left, right, top, bottom = (lines >> shift & 15 for shift in (0, 4, 8, 12))
    return bool(left or right or (top and bottom))


def _sheet(data: bytes, start: int, styles: list[tuple[str, bool]]) -> SheetLooks:
    sheet = SheetLooks()
    for kind, body in records(data, start):
        if kind == _ROW and len(body) >= 16:
            if struct.unpack_from("<H", body, 12)[0] & 0x20:
                sheet.hidden_rows.add(struct.unpack_from("<H", body)[0])
            continue
        if (error := _error(kind, body)) and len(body) >= 6:
            sheet.errors[struct.unpack_from("<HH", body)] = error
        for row, column, number in _styled(kind, body):
            sheet.beyond |= column >= COLUMNS
            if number < len(styles):
                code, framed = styles[number]
                sheet.codes[row, column] = code
                if framed:
                    sheet.framed.add((row, column))
    return sheet


def _error(kind: int, body: bytes) -> str:
    """Return the error that a cell shows in place of a number: written so, or the result of its formula."""
    if kind == _BOOLERR and len(body) >= 8 and body[7]:
        return _ERRORS.get(body[6], "")
    if kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        return _ERRORS.get(body[8], "")
    return ""


def _styled(kind: int, body: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield row, column and style of the cells of a record."""
    if kind in _CELLS and len(body) >= 6:
        yield struct.unpack_from("<HHH", body)
    elif kind in (_MULRK, _MULBLANK) and len(body) >= 6:
        row, first = struct.unpack_from("<HH", body)
        step = 6 if kind == _MULRK else 2
        for index, at in enumerate(range(4, len(body) - 2 - (step - 1), step)):
            yield row, first + index, struct.unpack_from("<H", body, at)[0]
