"""Which pages must be recognised, and what their text is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from fusuan.extract._pdf_grid import Grid
from fusuan.extract._pdf_lines import lines_of
from fusuan.extract._pdf_sheet import Glyph, Matrix, Sheet
from fusuan.model import Block, Paragraph, Place
from fusuan.model.progress import told

INSTALL = "请先安装文字识别组件：pip install \"fusuan[ocr]\"（模型随安装包提供，识别时不联网）"
READ = "是图片（或字体没有文字对照），文字由识别得出，数字可能误认，请对照原件"
_NEEDED = ("rapidocr", "onnxruntime", "cv2")
_STRAY = 80
_COVERS = 0.4
_GARBLED = 0.3
_FEW = 60
_PADDING, _OFF = 9.0, 0.2
_EM, _LEAST_COMMON, _MOST_USUAL = 0.92, 0.08, 0.9
_COMMON = frozenset("的一是在不了有和人这中大为上个国以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民"
                    "得经十三之进等部度家力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
                    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代"
                    "项目资金预算支出收入单位绩效评价指标管理完成万元总计决款费财绩自率况果服务执")
_LATIN = "\u0250"
_PRIVATE = (("\ue000", "\uf8ff"), ("\U000f0000", "\U0010ffff"))

def installed() -> bool:
    """Tell whether the extra `ocr` is there."""
    return all(find_spec(name) is not None for name in _NEEDED)


def without_text(name: str) -> str:
    """Say why nothing could be read of a picture, and what to do."""
    if not installed():
        return f"没有可用的文字，是扫描件、图片，或字体没有文字对照表：{name}。{INSTALL}；或改用电子版原件"
    return f"是扫描件或图片，没有认出文字：{name}。请核对是否清晰完整，以 200 dpi 以上重新扫描，或改用电子版原件"


def unread() -> str:
    """Say why nothing was read of some pages that are pictures."""
    return "是图片，没有认出文字" if installed() else f"没有可用的文字（扫描图片，或字体没有文字对照），未读取。{INSTALL}"


def legible(page: Any, sheet: Sheet, pages: int) -> Sheet:
    """Return what a page of a PDF shows, by recognition where it is a picture or its text is no text."""
    if sheet.failed:
        return sheet
    under, unread = sheet.hidden and bool(sheet.pictures), garbled(sheet)
    if not (under or unread or _pictured(page, sheet)):
        return sheet
    if not installed():
        # what says something else than it shows is worse than nothing
        return Sheet(sheet.number, sheet.width, sheet.height, pictures=1) if unread else replace(sheet, scanned=under)
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
    >>> def page(text, wide=10): return Sheet(1, 600, 800, [Glyph(c, 0, 0, wide, 10, 10) for c in text])
    >>> [garbled(page(text * 20)) for text in ("本年支出合计", "\ue123\ue124\ue125合计", "鞫颞黝饕餮醯")]
    [False, True, True]
    >>> garbled(page("Total 12.5", 5)), garbled(page("!#12$%&8"))
    (False, True)
    """
    texts = Counter([glyph.text for glyph in sheet.glyphs if glyph.text != " "])
    unsaid = {text for text in texts if text == "\ufffd" or any(a <= text <= b for a, b in _PRIVATE)}
    lost = sum(texts[text] for text in unsaid) + sum(_too_wide(glyph) for glyph in sheet.glyphs if " " < glyph.text < _LATIN)
    if lost > _GARBLED * texts.total():
        return True
    chinese = {text: count for text, count in texts.items() if "\u3400" <= text <= "\u9fff"}
    whole, common = sum(chinese.values()), sum(count for text, count in chinese.items() if text in _COMMON)
    return whole > _FEW and common < _LEAST_COMMON * whole and sum(count for text, count in chinese.items() if _usual(text)) < _MOST_USUAL * whole


def _usual(char: str) -> bool:
    """Tell whether a character is one of the 3,755 of the first level of GB 2312, in which nearly all is written.

    >>> _usual("款"), _usual("鞫")
    (True, False)
    """
    try:
        return 0xB0 <= char.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False


def _too_wide(glyph: Glyph) -> bool:
    """Tell whether a Latin character is as wide as a Chinese one: it is one, numbered anew by the font."""
    return glyph.text < _LATIN and glyph.text not in "×÷·—WM@%&" and glyph.right - glyph.left > _EM * glyph.size


def marked(blocks: Iterable[Block], pages: Mapping[int, Matrix]) -> tuple[Block, ...]:
    """Let blocks know that they were read from a picture, and where they stand on the page as it came in (page: way back)."""
    return tuple(_marked(block, pages) for block in blocks) if pages else tuple(blocks)


def _marked(block: Block, pages: Mapping[int, Matrix]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, place=_seen(block.place, pages))
    return replace(block, cells=tuple(replace(cell, place=_seen(cell.place, pages)) for cell in block.cells))


def _seen(place: Place, pages: Mapping[int, Matrix]) -> Place:
    """
    >>> _seen(Place(page=1, box=(10, 20, 30, 40)), {1: (0, -1, 1, 0, 0, 500)}).box
    (20, 470, 40, 490)
    """
    if place.page is None or place.page not in pages:
        return place
    if place.box is None:
        return replace(place, scanned=True)
    (a, b, c, d, e, f), (left, top, right, bottom) = pages[place.page], place.box
    corners = [(round(a * x + c * y + e, 2), round(b * x + d * y + f, 2)) for x in (left, right) for y in (top, bottom)]
    (x0, x1), (y0, y1) = ((min(side), max(side)) for side in zip(*corners, strict=True))
    return replace(place, scanned=True, box=(x0, y0, x1, y1))


def narrowed(grids: Sequence[Grid], page: int) -> None:
    """Take from the room in the cells of a scan what its characters may be off: a line that nearly fills one is full."""
    lines = [(region, lines_of(region.glyphs, page)) for grid in grids for region in grid.regions if region.room is None]
    margins = [line.left - region.left for region, found in lines for line in found]
    padding = min(max(min(margins, default=0.0), 0.0), _PADDING)
    for region, found in lines:
        if len(found) > 1:
            region.room = region.right - region.left - 2 * padding - _OFF * found[0].size
