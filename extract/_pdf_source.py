"""The pages of a PDF file, by PDFium: opened and taken one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from fusuan.extract._file import File
from fusuan.extract._locked import locked
from fusuan.extract._pdf_fonts import stand_in
from fusuan.extract._pdf_forms import endless
from fusuan.extract._pdf_page import PageReader
from fusuan.extract._pdf_sheet import Sheet
from fusuan.extract._scan_pages import legible
from fusuan.model import ReadError

MOST_BYTES = 512 * 1024 * 1024
MOST_PAGES = 3000


def sheets(file: File, seen: Callable[[PageReader, Sheet], object] = lambda reader, sheet: None) -> Iterator[Sheet]:
    """Yield the pages of the file one by one; a page that cannot be loaded comes as `failed`.

    `seen` is told of each page while it is open.

    Raises ReadError empty, encrypted, damaged, too_large.
    """
    import pypdfium2

    document = _opened(file)
    try:
        for index in range(len(document)):
            try:
                page = document[index]
            except pypdfium2.PdfiumError:
                yield Sheet(index + 1, 0, 0, failed=True)
                continue
            page = _flattened(document, page, index)
            reader = PageReader(page, index + 1)
            try:
                sheet = legible(page, reader.sheet(), len(document))
                seen(reader, sheet)
                yield sheet
            except pypdfium2.PdfiumError:
                yield Sheet(index + 1, 0, 0, failed=True)
            finally:
                reader.close()
    finally:
        document.close()


def _opened(file: File) -> Any:
    import pypdfium2
    import pypdfium2.raw as raw

    if not file.size:
        raise ReadError("empty", f"文件是空的（0 字节）：{file.name}。请重新导出或重新下载")
    file.within(MOST_BYTES, "PDF 文件")
    stand_in()
    try:
        document = _unlocked(file)
        pages = len(document)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise locked(file) from error
        raise ReadError("damaged", f"PDF 已损坏或不完整，无法打开：{file.name}。请重新导出或重新下载") from error
    if not pages or pages > MOST_PAGES:
        document.close()
        if pages:
            raise ReadError("too_large", f"PDF 有 {pages} 页，超过 {MOST_PAGES} 页：{file.name}。请拆分后再试")
        raise ReadError("damaged", f"PDF 里没有可读的页：{file.name}。请重新导出或重新下载")
    return document


def _unlocked(file: File) -> Any:
    """Open the document, with the first password that fits where it needs one."""
    import pypdfium2

    data, last = file.read_bytes(), (None, *file.passwords)[-1]
    if endless(data):
        raise ReadError("too_large", f"页面里的图形层层相套、没有尽头，疑似异常文件：{file.name}。请由原软件重新导出")
    for password in (None, *file.passwords[:-1]) if file.passwords else ():
        try:
            return pypdfium2.PdfDocument(data, password=password)
        except pypdfium2.PdfiumError:
            continue
    return pypdfium2.PdfDocument(data, password=last)


def _flattened(document: Any, page: Any, index: int) -> Any:
    """Fields filled into a form are drawn beside the page, not on it: draw them on it."""
    import pypdfium2.raw as raw

    for k in range(min(raw.FPDFPage_GetAnnotCount(page), 2000)):
        note = raw.FPDFPage_GetAnnot(page, k)
        kind = raw.FPDFAnnot_GetSubtype(note) if note else raw.FPDF_ANNOT_UNKNOWN
        if note:
            raw.FPDFPage_CloseAnnot(note)
        if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT):
            if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
                page.close()
                return document[index]
            break
    return page
