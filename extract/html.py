"""网页（.html、.htm、.mht）及以网页形式导出的 .xls、.doc：按次序读段落与表格，保留合并单元格。"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from fusuan.extract._file import File
from fusuan.extract._identity import identify
from fusuan.extract._limits import Positions
from fusuan.extract._raised import raised
from fusuan.extract._xml import Element
from fusuan.extract.txt import decode
from fusuan.model import Block, Cell, Document, Paragraph, Place, ReadError, Table

SUFFIXES = (".html", ".htm", ".mht", ".mhtml")
_MOST = 64 * 1024 * 1024
_MOST_SPAN = 1000
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SILENT = frozenset(("script", "style", "head", "title", "noscript", "template", "select", "del", "s", "strike", "rt", "rp"))
_BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "section", "article", "header",
                     "footer", "main", "blockquote", "pre", "dl", "dt", "dd", "center", "form", "body", "fieldset"))
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


def read(file: File) -> Document:
    """Read a page; raises ReadError too_large, damaged, no_text."""
    from lxml import etree, html

    file.within(_MOST, "网页文件")
    text, remarks = _decoded(_page(file.read_bytes()), file.name)
    try:
        root = html.document_fromstring(re.sub(r"\A\s*<\?xml[^>]*\?>", "", text),
                                        parser=html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("no_text", f"网页里没有文字：{file.name}。请核对是否取错了文件") from error
    page = _Page(Positions(file.name))
    page.take(root)
    page.end()
    if not page.blocks:
        raise ReadError("no_text", f"网页里没有文字：{file.name}。请核对是否取错了文件")
    title, unit, year = identify(page.blocks)
    hidden = {(block.place, cell.place.row) for block in page.blocks if isinstance(block, Table) for cell in block.cells if cell.place.hidden}
    told = (f"表格中有 {len(hidden)} 行被隐藏，已一并读取",) if hidden else ()
    return Document(file.name, "html", tuple(page.blocks), None, title, unit, year, remarks=(*remarks, *told))


def _page(data: bytes) -> bytes:
    """Return the page itself, of an archive of a page and its pictures (MHTML)."""
    if not data[:2000].lower().lstrip().startswith((b"mime-version", b"from:", b"content-type")):
        return data
    from email import message_from_bytes

    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html":
            return bytes(part.get_payload(decode=True) or b"")
    return data


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    stated = _CHARSET.search(data[:4096])
    if stated and stated[1].lower() in (b"gb2312", b"gbk", b"gb18030", b"big5"):
        encoding = "big5" if stated[1].lower() == b"big5" else "gb18030"
        try:
            return data.decode(encoding), ()
        except UnicodeDecodeError:
            pass
    return decode(data, name)


class _Page:
    """Gathers the blocks of a page in order."""

    def __init__(self, positions: Positions) -> None:
        self.blocks: list[Block] = []
        self._positions = positions
        self._line: list[str] = []
        self._paragraphs = self._tables = 0

    def take(self, element: Element) -> None:
        if not isinstance(element.tag, str) or element.tag in _SILENT or _HIDDEN.search(element.get("style") or ""):
            return
        if element.tag == "table":
            self.end()
            self._table(element)
            return
        parts = element.tag in _BLOCKS or element.tag == "br"
        if parts:
            self.end()
        start = len(self._line)
        self._line.append(element.text or "")
        for child in element:
            self.take(child)
            self._line.append(child.tail or "")
        if element.tag == "sup":
            self._line[start:] = map(raised, self._line[start:])
        if parts:
            self.end()

    def end(self) -> None:
        """End the paragraph under way."""
        text, self._line = _tidy("".join(self._line)), []
        if text:
            self._paragraphs += 1
            self.blocks.append(Paragraph(text, Place(paragraph=self._paragraphs)))

    def _table(self, element: Element) -> None:
        for over in (child for child in element if child.tag == "caption"):
            self.take(over)
            self.end()
        cells, height, width, nested = _laid(element, self._positions)
        if len(cells) == 1 and not nested:
            for line in cells[0].text.split("\n"):
                self._line = [line]
                self.end()
        elif any(cell.text for cell in cells):
            self._tables += 1
            number = self._tables
            own = tuple(replace(cell, place=replace(cell.place, table=number)) for cell in cells)
            self.blocks.append(Table(own, height, width, Place(table=number)))
        for table in nested:
            self._table(table)


def _laid(table: Element, positions: Positions) -> tuple[list[Cell], int, int, list[Element]]:
    """Return the cells of a table on its grid, its height and width, and the tables inside it."""
    cells: list[Cell] = []
    nested: list[Element] = []
    taken: dict[int, set[int]] = {}
    rows = list(_rows(table))
    width = 0
    for row, (hidden, line) in enumerate(rows):
        column = 0
        for element in line:
            while column in taken.get(row, ()):
                column += 1
            columns = _span(element.get("colspan"))
            height = min(_span(element.get("rowspan")), len(rows) - row)
            positions.take(height * columns)
            for covered in range(row + 1, row + height):
                taken.setdefault(covered, set()).update(range(column, column + columns))
            cells.append(Cell(_cell_text(element, nested, positions), Place(row=row, column=column, hidden=hidden), height, columns))
            column += columns
            width = max(width, column)
        taken.pop(row, None)
    return cells, len(rows), width, nested


def _rows(table: Element) -> Iterator[tuple[bool, list[Element]]]:
    """Yield the rows of a table and whether each is hidden: what Excel saves as a page keeps the rows that a filter hides."""
    for child in table:
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        elif child.tag == "tr":
            yield _HIDDEN.search(child.get("style") or "") is not None, [cell for cell in child if cell.tag in ("td", "th")]


def _span(said: str | None) -> int:
    return max(1, min(int(said), _MOST_SPAN)) if said and said.strip().isdecimal() and len(said) < 9 else 1


def _cell_text(cell: Element, nested: list[Element], positions: Positions) -> str:
    """Return the lines of a cell; a table inside it is put aside."""
    inner = _Inside(nested, positions)
    inner.take(cell)
    inner.end()
    return "\n".join(block.text for block in inner.blocks if isinstance(block, Paragraph))


class _Inside(_Page):
    """What stands in one cell."""

    def __init__(self, nested: list[Element], positions: Positions) -> None:
        super().__init__(positions)
        self._nested = nested

    def _table(self, element: Element) -> None:
        self._nested.append(element)


def _tidy(text: str) -> str:
    return _SPACES.sub(" ", text.replace("\u00a0", " ")).strip()
