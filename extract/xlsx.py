"""Excel 工作簿（.xlsx、.xlsm）：逐张工作表读取（隐藏的一并读取并说明），数字按单元格格式读成所见的样子，保留合并单元格与单元格地址。"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.extract._file import File
from fusuan.extract._identity import identify
from fusuan.extract._package import Package
from fusuan.extract._sheet_formulas import compared
from fusuan.extract._sheet_layout import Sheet, lay_out
from fusuan.extract._xlsx_sheet import Shared, read_sheet
from fusuan.extract._xlsx_styles import Looks, S, texts
from fusuan.extract._xml import Element
from fusuan.model import Document, ReadError

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")
_PICTURES = (".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff")
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(file: File) -> Document:
    """Read a workbook: hidden sheets (after the others) and rows are read, and named in the remarks.

    Raises ReadError damaged, encrypted, too_large, no_text.
    """
    with Package(file) as package:
        sheets = sorted(_sheets(package), key=lambda sheet: sheet.hidden)
        exact = _is_exact(package)
        left = list(_left(package))
    blocks = lay_out(sheets)
    remarks = [*left, *(remark for sheet in sheets for remark in sheet.told())]
    remarks += compared(sheets).remarks() if exact else ()
    if not blocks:
        said = f"（{remarks[0]}）" if remarks else ""
        raise ReadError("no_text", f"工作簿里没有可读的文字和数字：{file.name}{said}。请核对是否取错了文件")
    title, unit, year = identify(blocks)
    return Document(file.name, "xlsx", blocks, None, title, unit, year, remarks=tuple(remarks))


def _sheets(package: Package) -> Iterator[Sheet]:
    main = package.main("xl/workbook.xml")
    related = package.related(main)
    book = package.xml(main)
    properties = book.find(S + "workbookPr")
    since_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    shared = Shared(_looks(package, related), _texts(package, related), since_1904)
    for sheet in book.iterfind(f"{S}sheets/{S}sheet"):
        name = sheet.get("name") or ""
        kind, part = related.get(sheet.get(_ID) or "", ("", ""))
        if kind != "worksheet":
            continue
        found = read_sheet(name, package.xml(part), shared)
        found.hidden = sheet.get("state") in ("hidden", "veryHidden")
        yield found


def _left(package: Package) -> Iterator[str]:
    """Say what of the workbook is not read."""
    for what, beginning, ends in (("张图片", "xl/media/", _PICTURES), ("张统计图", "xl/charts/chart", ".xml"), ("个嵌入对象", "xl/embeddings/", "")):
        count = sum(name.startswith(beginning) and name.endswith(ends) for name in package.names)
        if count:
            yield f"工作簿里有 {count} {what}，其中的文字和数字未读取"


def _is_exact(package: Package) -> bool:
    """Tell whether formulas reckon with what cells hold; a workbook may be set to reckon with what they show."""
    settings = package.xml(package.main("xl/workbook.xml")).find(S + "calcPr")
    return settings is None or settings.get("fullPrecision") not in ("0", "false")


def _part(package: Package, related: dict[str, tuple[str, str]], kind: str) -> Element | None:
    name = next((part for found, part in related.values() if found == kind and part in package), None)
    return None if name is None else package.xml(name)


def _looks(package: Package, related: dict[str, tuple[str, str]]) -> Looks:
    root = _part(package, related, "styles")
    return Looks() if root is None else Looks.of(root)


def _texts(package: Package, related: dict[str, tuple[str, str]]) -> list[str]:
    root = _part(package, related, "sharedStrings")
    return [] if root is None else texts(root)
