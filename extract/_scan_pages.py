"""Which pages must be recognised, and what their text is worth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from importlib.util import find_spec
from typing import Any, Protocol

from fusuan.extract._pdf_grid import Grid
from fusuan.extract._pdf_lines import lines_of
from fusuan.extract._pdf_sheet import Sheet
from fusuan.model import Block, Paragraph

INSTALL = "请先安装文字识别组件：pip install \"fusuan[ocr]\"（模型随安装包提供，识别时不联网）"
READ = "是扫描图片，文字由识别得出，数字可能误认，请对照原件"
_NEEDED = ("rapidocr", "onnxruntime", "cv2")
_STRAY = 80
_COVERS = 0.4
_GARBLED = 0.3
_FEW = 60
_PADDING, _OFF = 9.0, 0.2
_COMMON = frozenset("的一是在不了有和人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民"
                    "得经十三之进等部度家力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
                    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代"
                    "项目资金预算支出收入单位绩效评价指标管理完成万元总计决款费财绩自率况果服务执")
_PRIVATE = (("\ue000", "\uf8ff"), ("\U000f0000", "\U0010ffff"))

class Watcher(Protocol):
    """Is told of each page before it is recognised: its number, and how many pages the file has."""

    def __call__(self, page: int, pages: int) -> None: ...


_progress: ContextVar[Watcher | None] = ContextVar("progress", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Have `watcher` told of pages that are recognised, which takes seconds each."""
    token = _progress.set(watcher)
    try:
        yield
    finally:
        _progress.reset(token)


def told(page: int, pages: int) -> None:
    watcher = _progress.get()
    if watcher is not None:
        watcher(page, pages)


def installed() -> bool:
    """Tell whether the extra `ocr` is there."""
    return all(find_spec(name) is not None for name in _NEEDED)


def without_text(name: str) -> str:
    """Say why nothing could be read of a picture, and what to do."""
    if not installed():
        return f"没有文字，是扫描件或图片：{name}。{INSTALL}；或改用电子版原件"
    return f"是扫描件或图片，没有认出文字：{name}。请核对是否清晰完整，以 200 dpi 以上重新扫描，或改用电子版原件"


def unread() -> str:
    """Say why nothing was read of some pages that are pictures."""
    return "是图片，没有认出文字" if installed() else f"没有文字，可能是扫描图片，未读取。{INSTALL}"


def legible(page: Any, sheet: Sheet, pages: int) -> Sheet:
    """Return what a page of a PDF shows, by recognition where it is a picture or its text is no text."""
    hidden = sheet.hidden and bool(sheet.pictures)
    if sheet.failed or not (_pictured(page, sheet) or hidden or garbled(sheet)):
        return sheet
    if not installed():
        return replace(sheet, scanned=hidden)
    from fusuan.extract._scan import sheet_of
    from fusuan.extract._scan_image import of_page

    told(sheet.number, pages)
    return sheet_of(of_page(page), sheet.number)


def _pictured(page: Any, sheet: Sheet) -> bool:
    """Tell whether a page is a picture, but for a page number or the mark of a scanning program."""
    if not sheet.pictures or sum(glyph.text != " " for glyph in sheet.glyphs) > _STRAY:
        return False
    return not sheet.glyphs or _covered(page) > _COVERS


def _covered(page: Any) -> float:
    """How much of a page its largest picture covers."""
    import pypdfium2.raw as raw

    areas = [(right - left) * (top - bottom) for left, bottom, right, top in
             (thing.get_bounds() for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))]
    return float(max(areas, default=0.0) / max(page.get_width() * page.get_height(), 1.0))


def garbled(sheet: Sheet) -> bool:
    """Tell whether the fonts of a page do not say what its characters are, or say something else.

    >>> from fusuan.extract._pdf_sheet import Glyph
    >>> def page(text): return Sheet(1, 600, 800, [Glyph(c, 0, 0, 10, 10, 10) for c in text])
    >>> [garbled(page(text * 20)) for text in ("本年支出合计", "\ue123\ue124\ue125合计", "鞫颞黝饕餮醯", "Total 12.5")]
    [False, True, True, False]
    """
    shown = [glyph.text for glyph in sheet.glyphs if glyph.text != " "]
    lost = sum(char == "\ufffd" or any(a <= char <= b for a, b in _PRIVATE) for char in shown)
    if shown and lost > _GARBLED * len(shown):
        return True
    chinese = [char for char in shown if "\u3400" <= char <= "\u9fff"]
    return len(chinese) > _FEW and sum(char in _COMMON for char in chinese) < 0.08 * len(chinese)


def marked(blocks: Iterable[Block], pages: Sequence[int]) -> tuple[Block, ...]:
    """Let blocks know that they were read from a picture."""
    if not pages:
        return tuple(blocks)
    known = frozenset(pages)
    return tuple(_marked(block, known) for block in blocks)


def _marked(block: Block, pages: frozenset[int]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, place=replace(block.place, scanned=True)) if block.place.page in pages else block
    cells = tuple(replace(cell, place=replace(cell.place, scanned=True)) if cell.place.page in pages else cell
                  for cell in block.cells)
    return replace(block, cells=cells)



def narrowed(grids: Sequence[Grid], page: int) -> None:
    """Take from the room in the cells of a scan what its characters may be off: a line that nearly fills one is full."""
    lines = [(region, lines_of(region.glyphs, page)) for grid in grids for region in grid.regions if region.room is None]
    margins = [line.left - region.left for region, found in lines for line in found]
    padding = min(max(min(margins, default=0.0), 0.0), _PADDING)
    for region, found in lines:
        if len(found) > 1:
            region.room = region.right - region.left - 2 * padding - _OFF * found[0].size
