"""版式文件（.ofd，GB/T 33190）：按每页文字与线条的位置，用文字版 PDF 的方法还原段落和表格；盖章与批注不读。"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.extract._file import File
from fusuan.extract._locked import locked
from fusuan.extract._ofd_page import PageReader
from fusuan.extract._ofd_parts import Parts
from fusuan.extract._package import Package
from fusuan.extract._pdf_sheet import Sheet
from fusuan.extract.pdf import laid_out
from fusuan.model import Document, ReadError

SUFFIXES = (".ofd",)
_MOST_PAGES = 3000


def read(file: File) -> Document:
    """Read an OFD file; raises ReadError damaged, encrypted, too_large, no_text."""
    with Package(file) as package:
        if "encryptions.xml" in package:
            raise locked(file)
        try:
            return laid_out(_sheets(Parts(package), file), file.name, "ofd")
        except ReadError as error:  # its words are those of a PDF
            raise ReadError(error.code, error.message.replace("PDF", "OFD", 1)) from error


def _sheets(parts: Parts, file: File) -> Iterator[Sheet]:
    """Yield the pages one by one; one that cannot be read comes as `failed`."""
    pages = list(parts.pages())
    if not pages:
        raise ReadError("damaged", f"OFD 里没有可读的页：{file.name}。请用原软件打开并另存后再试")
    if len(pages) > _MOST_PAGES:
        raise ReadError("too_large", f"OFD 有 {len(pages)} 页，超过 {_MOST_PAGES} 页：{file.name}。请拆分后再试")
    for number, page in enumerate(pages, 1):
        try:
            yield PageReader(number, page.box, page.units).sheet(parts.layers(page))
        except ReadError as error:
            if error.code != "damaged":
                raise
            yield Sheet(number, 0, 0, failed=True)
