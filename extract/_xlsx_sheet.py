"""One worksheet of an .xlsx: what each cell shows, frames, merged ranges, what is hidden."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from fusuan.extract._numfmt import text_of
from fusuan.extract._sheet_layout import Sheet, cell_name
from fusuan.extract._xlsx_styles import Looks, S, rich_text, unescaped, whole
from fusuan.extract._xml import Element

_ROW, _C, _V, _F, _IS = (S + name for name in ("row", "c", "v", "f", "is"))
_NAME = re.compile(r"([A-Z]{1,3})([0-9]{1,7})\Z")
_NUMBER = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?")
MOST_FORMULAS = 100_000
_IMAGE = re.compile(r"=?_?(xlfn\.)?DISPIMG\(", re.IGNORECASE)
UNCOMPUTED = "（公式未计算）"
"""What stands for a formula whose result the file does not hold: nothing to recompute, and yet not blank."""
_PICTURE = "（图片）"


@dataclass(frozen=True, slots=True)
class Shared:
    """What all sheets of a workbook share."""

    looks: Looks
    texts: list[str]
    since_1904: bool = False


def position(name: str) -> tuple[int, int] | None:
    """Return row and column, counted from 0, of a workbook's name for a cell.

    >>> position("C7"), position("$AA$1"), position("x")
    ((6, 2), (0, 26), None)
    """
    match = _NAME.match(name.replace("$", ""))
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


def read_sheet(name: str, root: Element, shared: Shared) -> Sheet:
    """Read the sheet whose part has `root`."""
    sheet = Sheet(name)
    uncomputed: list[str] = []
    masters: dict[str, tuple[str, tuple[int, int]]] = {}
    at = 0
    framed = {number for number, is_framed in enumerate(shared.looks.framed) if is_framed}
    data = root.find(S + "sheetData")
    for row in data if data is not None else ():
        if row.tag != _ROW:
            continue
        at = whole(row.get("r"), at + 1)
        if _is_on(row.get("hidden")) and len(row):
            sheet.hidden_rows.add(at - 1)
        column = -1
        for cell in row:
            found = position(cell.get("r") or "")
            column = found[1] if found else column + 1
            here = (found[0] if found else at - 1, column)
            style = whole(cell.get("s"))
            if style in framed:
                sheet.framed.add(here)
            if len(cell):
                _kept(cell, here, sheet, masters)
                text = _shown(cell, style, shared)
                if text == UNCOMPUTED:
                    uncomputed.append(cell_name(*here))
                if text:
                    sheet.texts[here] = text
    sheet.merges = _merges(root)
    sheet.remarks = list(_remarks(name, uncomputed, len(sheet.hidden_rows), _hidden_columns(root, sheet)))
    return sheet


def _kept(cell: Element, here: tuple[int, int], sheet: Sheet, masters: dict[str, tuple[str, tuple[int, int]]]) -> None:
    """Note the number a cell holds, the error it shows, and its formula (one that cells share is written out at the first)."""
    kind, value = cell.get("t") or "n", cell.find(_V)
    if value is not None and value.text and kind in ("n", "e"):
        if kind == "e":
            sheet.errors.append(f"{cell_name(*here)} {value.text}")
        elif _NUMBER.fullmatch(value.text):
            sheet.numbers[here] = Decimal(value.text)
    formula = cell.find(_F)
    if formula is None or formula.get("t") in ("array", "dataTable"):
        return
    said = formula.text or ""
    if formula.get("t") == "shared":
        if said:
            masters[formula.get("si") or ""] = said, here
        elif formula.get("si") in masters:
            said = _moved(*masters[formula.get("si") or ""], here)
    if said and len(sheet.formulas) < MOST_FORMULAS:
        sheet.formulas[here] = said


def _moved(formula: str, home: tuple[int, int], here: tuple[int, int]) -> str:
    """Return a formula as it reads in another cell that shares it."""
    from openpyxl.formula.translate import Translator

    try:
        return str(Translator("=" + formula, origin=cell_name(*home)).translate_formula(cell_name(*here)))[1:]
    except Exception:  # noqa: BLE001  # a formula that the library cannot read is one not recomputed
        return ""


def _shown(cell: Element, style: int, shared: Shared) -> str:
    kind = cell.get("t") or "n"
    if kind == "inlineStr":
        inline = cell.find(_IS)
        return "" if inline is None else rich_text(inline)
    value = cell.find(_V)
    written = (value.text or "") if value is not None else ""
    if not written:
        return UNCOMPUTED if cell.find(_F) is not None and (value is None or kind != "str") else ""
    if kind == "s":
        index = whole(written.strip(), -1)
        return shared.texts[index] if 0 <= index < len(shared.texts) else ""
    if kind == "b":
        return "TRUE" if written == "1" else "FALSE"
    if kind in ("str", "e", "d"):
        return _PICTURE if _IMAGE.match(written) else unescaped(written)
    return text_of(written, shared.looks.code(style), shared.since_1904)


def _merges(root: Element) -> list[tuple[int, int, int, int]]:
    merges = []
    for merge in root.iterfind(f"{S}mergeCells/{S}mergeCell"):
        first, _, last = (merge.get("ref") or "").partition(":")
        start, end = position(first), position(last or first)
        if start and end:
            merges.append((min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])))
    return merges


def _hidden_columns(root: Element, sheet: Sheet) -> int:
    written = {column for _, column in sheet.texts}
    ranges = [(whole(c.get("min")) - 1, whole(c.get("max")) - 1) for c in root.iterfind(f"{S}cols/{S}col")
              if _is_on(c.get("hidden"))]
    return sum(any(first <= column <= last for first, last in ranges) for column in written)


def _remarks(name: str, uncomputed: list[str], rows: int, columns: int) -> list[str]:
    remarks = []
    if uncomputed:
        remarks.append(f"工作表“{name}”有 {len(uncomputed)} 个公式没有保存计算结果（{'、'.join(uncomputed[:5])}"
                       f"{'等' if len(uncomputed) > 5 else ''}），请用 Excel 或 WPS 打开并保存后重新检查")
    if rows or columns:
        hidden = "、".join(f"{count} {word}" for count, word in ((rows, "行"), (columns, "列")) if count)
        remarks.append(f"工作表“{name}”有 {hidden}被隐藏，已一并读取")
    return remarks


def _is_on(said: str | None) -> bool:
    return said in ("1", "true")
