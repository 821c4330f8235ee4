"""Word 文档（.docx、.docm、.dotx）：按文中顺序读段落与表格，含自动编号、合并单元格、文本框、脚注、页眉页脚；修订按接受后读。"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.extract._docx_names import ALTERNATE, DELETED, INSIDE, TBL, P, W, chosen
from fusuan.extract._docx_numbering import Numbering
from fusuan.extract._docx_runs import Runs
from fusuan.extract._docx_styles import Styles
from fusuan.extract._docx_tables import Laid, indent_of, lay_out
from fusuan.extract._file import File
from fusuan.extract._identity import identify
from fusuan.extract._package import Package
from fusuan.extract._xml import Element
from fusuan.model import Block, Cell, Document, Paragraph, Place, ReadError, Table

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart"
_IMAGE = "{urn:schemas-microsoft-com:vml}imagedata"


def read(file: File) -> Document:
    """Read a Word document.

    Paragraphs and tables count from 1 as they stand in the text. Raises ReadError damaged, too_large, no_text.
    """
    with Package(file) as package:
        main = package.main("word/document.xml")
        related = package.related(main)
        root = package.xml(main)
        body = root.find(W + "body")
        if body is None:
            raise package.damaged("没有正文")
        story = _Story(_styles(package, related), _part(package, related, "numbering"))
        story.take(body)
        story.take_notes({kind: _part(package, related, kind + "s") for kind in ("footnote", "endnote")})
        margins = tuple(_margins(package, related, story))
    remarks = tuple(_remarks(root, story.struck))
    if not story.blocks:
        raise ReadError("no_text", f"文件里没有文字：{file.name}。" + (
            "内容可能是图片，请转为 PDF 后再试" if remarks else "请核对是否取错了文件"))
    title, unit, year = identify(story.blocks)
    return Document(file.name, "docx", tuple(story.blocks), None, title, unit, year, margins, remarks)


class _Story:
    """Gathers the blocks of a text in order."""

    def __init__(self, styles: Styles, numbering: Element | None) -> None:
        self.blocks: list[Block] = []
        self._runs = Runs(styles)
        self._numbering = Numbering(numbering, styles)
        self._paragraphs = self._tables = 0
        self._carried = ""

    @property
    def struck(self) -> int:
        return self._runs.struck

    def take(self, element: Element, note: str = "") -> None:
        """Add what stands in `element`, and after each block the text boxes anchored in it."""
        for child in _content(element):
            if child.tag == TBL:
                self._table(child)
            else:
                number, text = self._said(child)
                if _is_struck(child.find(W + "pPr")):
                    self._carried += number + text if text else ""
                else:
                    self._paragraph(number + text if text else "", note)
            self._boxes()

    def take_notes(self, parts: dict[str, Element | None]) -> None:
        """Add the footnotes and endnotes referred to so far, in the order of their references."""
        seen = set()
        texts = {(kind, note.get(W + "id") or ""): note for kind, part in parts.items() if part is not None
                 for note in part.iterfind(W + kind)}
        for reference in self._runs.notes:
            if reference in texts and reference not in seen:
                seen.add(reference)
                self.take(texts[reference], "footnote")

    def margin(self, element: Element) -> str:
        """Return the text of a header or footer, a line a paragraph."""
        lines = [self._runs.text(p).strip() for p in element.iter(P)]
        self._runs.boxes.clear()
        return "\n".join(line for line in lines if line)

    def _said(self, paragraph: Element) -> tuple[str, str]:
        """Return the automatic number of a paragraph and its text. A deleted paragraph counts no number on."""
        properties = paragraph.find(W + "pPr")
        text = self._runs.text(paragraph)
        # tabs at the ends of a line that tabs part are empty cells
        text = text.strip(" \u3000\n\r\xa0" if "\t" in text.strip() else None)
        if not text and _is_struck(properties):
            return "", ""
        return self._numbering.label(properties), text

    def _paragraph(self, text: str, note: str) -> None:
        text, self._carried = self._carried + text, ""
        if text:
            self._paragraphs += 1
            self.blocks.append(Paragraph(text, Place(paragraph=self._paragraphs), note))

    def _boxes(self) -> None:
        while self._runs.boxes:
            boxes, self._runs.boxes = self._runs.boxes, []
            for box in boxes:
                self.take(box, "textbox")

    def _table(self, table: Element) -> None:
        laid, height, width = lay_out(table)
        if not laid:
            return
        self._tables += 1
        number, at = self._tables, len(self.blocks)
        nested: list[Element] = []
        cells = tuple(self._cell(cell, number, nested) for cell in laid)
        self.blocks.insert(at, Table(cells, height, width, Place(table=number)))
        for inner in nested:
            self._table(inner)

    def _cell(self, laid: Laid, table: int, nested: list[Element]) -> Cell:
        lines: list[str] = []
        indent = 0
        for child in _content(laid.element):
            if child.tag == TBL:
                nested.append(child)
                continue
            number, said = self._said(child)
            if not any(lines):
                indent = indent_of(child, "".join(self._runs.pieces))
            lines.append(number + said if said else number.strip())
        text = "\n".join(lines).strip("\n")
        text = " " * indent + text if text else ""
        return Cell(text, Place(table=table, row=laid.row, column=laid.column), laid.rows, laid.columns)


def _content(element: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of a text, content controls and the like around them or not."""
    for child in element:
        tag = child.tag
        if tag in (P, TBL):
            yield child
        elif tag in INSIDE:
            yield from _content(child)
        elif tag == ALTERNATE:
            choice = chosen(child)
            if choice is not None:
                yield from _content(choice)


def _is_struck(properties: Element | None) -> bool:
    """Tell whether the mark that ends a paragraph was deleted (or moved away) in tracked changes."""
    mark = properties.find(W + "rPr") if properties is not None else None
    return mark is not None and any(mark.find(tag) is not None for tag in DELETED)


def _part(package: Package, related: dict[str, tuple[str, str]], kind: str) -> Element | None:
    """Return a part that the text goes without if it is not there or not to be read."""
    name = next((part for found, part in related.values() if found == kind and part in package), None)
    try:
        return None if name is None else package.xml(name)
    except ReadError as error:
        if error.code == "too_large":
            raise
        return None


def _styles(package: Package, related: dict[str, tuple[str, str]]) -> Styles:
    return Styles.of(_part(package, related, "styles"))


def _margins(package: Package, related: dict[str, tuple[str, str]], story: _Story) -> Iterator[Paragraph]:
    seen = set()
    for kind in ("header", "footer"):
        for name in sorted(part for found, part in related.values() if found == kind and part in package):
            root = _part(package, {"": (kind, name)}, kind)
            text = story.margin(root) if root is not None else ""
            if text and text not in seen:
                seen.add(text)
                yield Paragraph(text, Place())


def _remarks(root: Element, struck: int) -> Iterator[str]:
    """Say what of the file was not read."""
    images = sum(1 for _ in root.iter(_BLIP, _IMAGE))
    objects = sum(1 for _ in root.iter(W + "object"))
    if images > objects:
        yield f"文中有 {images - objects} 张图片，图片里的文字和数字未读取"
    if objects:
        yield f"文中有 {objects} 个嵌入对象（如 Excel 表格），其中的数字未读取"
    if charts := sum(1 for _ in root.iter(_CHART)):
        yield f"文中有 {charts} 张统计图，图里的数字未读取"
    if struck:
        yield f"文中有 {struck} 处文字加了删除线，视为已删去，未读取"
    if any(True for _ in root.iter(W + "altChunk")):
        yield "文中引用了其他文件的片段，该部分未读取"
