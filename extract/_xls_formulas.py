"""The formulas of an .xls: their tokens written out by xlrd, which the values need no more than calamine."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from typing import Any

from fusuan.extract._biff import records, starts_of
from fusuan.extract._ole import wrapped

At = tuple[int, int]
_FORMULA, _SHARED, _PRECISION = 0x06, 0x4BC, 0x0E
_EXPANDS = b"\x01"
_ONE_CELL = re.compile(r"(\$?[A-Z]{1,3}\$?[0-9]{1,5}):\1(?![0-9])")
_WHOLE = re.compile(r"(?<=[0-9])\.0(?![0-9])")
_MOST = 100_000


def formulas_of(stream: bytes) -> list[dict[At, str]]:
    """Return the formulas of each sheet by (row, column) from 0; "" for one that cannot be written out (an array, a data table).

    Nothing where there are none, or where the workbook is set to reckon with what its cells show.
    """
    if any(kind == _PRECISION and body[:2] == b"\0\0" for kind, body in records(stream, 0)):
        return []
    tokens = [dict(_tokens(stream, start)) for start in starts_of(stream)]
    if not any(tokens):
        return []
    book = _book(stream)
    return [{at: _written(book, at, *found) for at, found in sheet.items()} for sheet in tokens]


def _tokens(stream: bytes, start: int) -> Iterator[tuple[At, tuple[bytes, bool]]]:
    """Yield the tokens of each formula of a sheet, and whether they are those that several cells share."""
    shared: dict[At, bytes] = {}
    using: list[tuple[At, At]] = []
    at, count = (0, 0), 0
    for kind, body in records(stream, start):
        if kind == _FORMULA and len(body) >= 22 and count < _MOST:
            at, count = struct.unpack_from("<HH", body), count + 1
            own = body[22:22 + struct.unpack_from("<H", body, 20)[0]]
            if own[:1] == _EXPANDS and len(own) >= 5:
                using.append((at, struct.unpack_from("<HH", own, 1)))
            else:
                yield at, (own, False)
        elif kind == _SHARED and len(body) >= 10:
            shared[at] = body[10:10 + struct.unpack_from("<H", body, 8)[0]]
    yield from ((cell, (shared.get(home, b""), True)) for cell, home in using)


def _book(stream: bytes) -> Any:
    import xlrd

    try:
        return xlrd.open_workbook(file_contents=wrapped("Workbook", stream), on_demand=True, logfile=io.StringIO())
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # what it stumbles over is a workbook whose formulas are not recomputed
        return None


def _written(book: Any, at: At, tokens: bytes, shared: bool) -> str:
    from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, decompile_formula

    try:
        said = decompile_formula(book, tokens, len(tokens), FMLA_TYPE_SHARED if shared else FMLA_TYPE_CELL, *at)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001
        return ""
    return _WHOLE.sub("", _ONE_CELL.sub(r"\1", said or ""))
