"""PDF 文件（.pdf，文字版）：段落跨行跨页相接，有框线的表格连合并单元格，页眉、页脚、页码另列。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fusuan.extract._file import File
from fusuan.extract._identity import identify
from fusuan.extract._pdf_body import bodies_of
from fusuan.extract._pdf_charts import charted
from fusuan.extract._pdf_flow import Flow, Page, rounded
from fusuan.extract._pdf_grid import Grid, grids_of
from fusuan.extract._pdf_lines import Line, asides, lines_of
from fusuan.extract._pdf_margins import margins_of
from fusuan.extract._pdf_sheet import Sheet
from fusuan.extract._pdf_source import sheets
from fusuan.extract._pdf_split import split
from fusuan.extract._pdf_unruled import parted_heading, unruled
from fusuan.extract._scan_pages import INSTALL, READ, marked, narrowed, unread, without_text
from fusuan.model import Block, Document, Paragraph, Place, ReadError

SUFFIXES = (".pdf",)


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A page taken apart: its lines outside of tables, its tables, both from the top, and labels of charts and margins."""

    sheet: Sheet
    lines: list[Line]
    grids: list[Grid]
    labels: list[Line]


def read(file: File) -> Document:
    """Read a PDF file.

    Raises ReadError missing, empty, encrypted, damaged, too_large, no_text (a scan).
    """
    return laid_out(sheets(file), file.name, "pdf")


def laid_out(pages: Iterable[Sheet], name: str, form: str) -> Document:
    """Lay the text of pages out as a document; raise ReadError where none could be read."""
    leaves = [_leaf(sheet) for sheet in pages]
    remarks = _remarks(leaves, name)
    away = margins_of([leaf.sheet for leaf in leaves], [leaf.lines for leaf in leaves])
    scanned = {leaf.sheet.number: leaf.sheet.back for leaf in leaves if leaf.sheet.scanned}
    blocks = marked(_blocks(leaves, away), scanned)
    margins = tuple(Paragraph(line.text.strip(), Place(page=line.page, box=rounded([line]))) for leaf in leaves
                    for line in (*(line for line in leaf.lines if id(line) in away), *leaf.labels))
    title, unit, year = identify(blocks)
    return Document(name, form, blocks, len(leaves), title, unit, year, margins, remarks)


def _leaf(sheet: Sheet) -> _Leaf:
    grids, outside = grids_of(sheet)
    if sheet.scanned:
        narrowed(grids, sheet.number)
    labels, outside = asides(outside, sheet.number)
    legends, lines, grids = charted(sheet, lines_of(outside, sheet.number), grids)
    return _Leaf(Sheet(sheet.number, sheet.width, sheet.height, pictures=sheet.pictures, lost=sheet.lost,
                       hidden=sheet.hidden, failed=sheet.failed, scanned=sheet.scanned, back=sheet.back), lines,
                 [split(grid) for grid in grids], [*labels, *legends])


def _remarks(leaves: Sequence[_Leaf], name: str) -> tuple[str, ...]:
    """Say what of the file could not be read; raise ReadError where nothing could."""
    failed = [leaf.sheet.number for leaf in leaves if leaf.sheet.failed]
    if len(failed) == len(leaves):
        raise ReadError("damaged", f"PDF 已损坏，没有一页能读出：{name}。请重新导出或重新下载")
    written = [leaf for leaf in leaves if leaf.lines or leaf.grids]
    if not written and not any(leaf.sheet.pictures for leaf in leaves):
        raise ReadError("no_text", f"PDF 里没有文字，也没有图片，只有空白页或图形：{name}。请核对文件，或由原软件重新导出")
    if not written:
        raise ReadError("no_text", without_text(name))
    lost = sum(leaf.sheet.lost for leaf in leaves)
    count = sum(len(line.text) for leaf in leaves for line in leaf.lines)
    count += sum(len(region.glyphs) for leaf in leaves for grid in leaf.grids for region in grid.regions)
    if lost * 2 > count:
        raise ReadError("no_text", f"PDF 的字体没有文字对照表，读出的是乱码：{name}。{INSTALL}，或由原软件重新导出")
    images = [leaf.sheet.number for leaf in leaves
              if leaf.sheet.pictures and not leaf.lines and not leaf.grids and not leaf.sheet.failed]
    hidden = [leaf.sheet.number for leaf in written if leaf.sheet.hidden]
    scanned = [leaf.sheet.number for leaf in written if leaf.sheet.scanned and not leaf.sheet.hidden]
    said = ((failed, "已损坏或内容异常，未能读取"), (images, unread()), (scanned, READ), (hidden, "的文字来自扫描件下的识别结果，可能有误认"))
    remarks = [f"第{_listed(pages)}页{what}" for pages, what in said if pages]
    if lost:
        remarks.append(f"有 {lost} 个字符在字体里没有对照，以“\ufffd”代替")
    return tuple(remarks)


def _listed(pages: Sequence[int]) -> str:
    return "、".join(map(str, pages[:20])) + ("等" if len(pages) > 20 else "")


def _blocks(leaves: Sequence[_Leaf], away: set[int]) -> tuple[Block, ...]:
    """Lay the text of all pages out in one order, the edges of the text measured for the pages of each width."""
    pages: dict[int, dict[int, list[Line]]] = defaultdict(dict)
    floors: dict[int, float] = defaultdict(float)
    above: Grid | None = None
    before, foot = leaves[0], list[Line]()
    for leaf in leaves:
        width = round(leaf.sheet.width)
        found, lines, head = unruled([line for line in leaf.lines if id(line) not in away], leaf.sheet.number, above, foot)
        leaf.grids.extend(found)
        if head is not None:
            before.grids.append(head)
            del pages[round(before.sheet.width)][before.sheet.number][-len(foot):]
        pages[width][leaf.sheet.number] = lines
        above = max(leaf.grids, key=lambda grid: grid.bottom, default=None)
        if above is not None and any(line.base > above.bottom for line in lines):
            above = None
        before, foot = leaf, parted_heading(lines)
        floors[width] = max([floors[width], *(line.bottom for line in lines), *(g.bottom for g in leaf.grids)])
    flow = Flow({n: body for width, found in pages.items() for n, body in bodies_of(found, width).items()})
    for leaf in leaves:
        width, number = round(leaf.sheet.width), leaf.sheet.number
        flow.take(Page(width, leaf.sheet.height, floors[width], pages[width][number], leaf.grids))
    return flow.finish()
