"""扫描图片和照片（.jpg、.png、.tif、.bmp）：识别文字与表线后，按文字版 PDF 的方法还原段落和表格；数字可能误认。"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.extract._file import File
from fusuan.extract._pdf_sheet import Sheet
from fusuan.extract._scan_pages import installed, without_text
from fusuan.extract.pdf import laid_out
from fusuan.model import Document, ReadError
from fusuan.model.progress import told

SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp")


def read(file: File) -> Document:
    """Read a picture; a .tif may hold several pages.

    Raises ReadError damaged, too_large, no_text (nothing recognised, or no means to).
    """
    from fusuan.extract._scan_image import frames

    count = frames(file)
    if not installed():
        raise ReadError("no_text", without_text(file.name))
    return laid_out(_sheets(file, count), file.name, file.suffix.removeprefix("."))


def _sheets(file: File, count: int) -> Iterator[Sheet]:
    from fusuan.extract._scan import sheet_of
    from fusuan.extract._scan_image import pictures

    for number, picture in enumerate(pictures(file), 1):
        told(number, count)
        yield sheet_of(picture, number)
