"""Figures that state nothing: the number of a list item, the factor of a percentage, a serial number or an account's code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from fusuan.model import Document, Figure, Place, Table

_ITEM = re.compile(r"\s*(?:附[件表录]\s*\d{1,2}|[（(]?\s*\d{1,2}\s*(?:[)）、．]|\.(?!\d)))")
_FACTOR = re.compile(r"[×*＊xX✕]\s*[（(]?\s*$")
_CODE = re.compile(r"(?:序号|行次|编码|编号|代码|栏次)$")
_DIGITS = re.compile(r"\s*\d{1,11}\s*")


def noise(document: Document) -> Callable[[Figure], bool]:
    """Return what tells whether a figure of a document states nothing.

    >>> from decimal import Decimal
    >>> from fusuan.model import Paragraph
    >>> text = "（2）控制率=（6/11）×100%=54.54%，超过100%"
    >>> idle = noise(Document("", "", (Paragraph(text, Place(paragraph=1)),)))
    >>> def at(part, start=0):
    ...     begin = text.index(part, start)
    ...     return Figure(part, Decimal(1), "%" if "%" in part else "", place=Place(paragraph=1), span=(begin, begin + len(part)))
    >>> idle(at("2")), idle(at("100%")), idle(at("100%", 20)), idle(at("11"))
    (True, True, False, False)
    """
    texts = _texts(document)

    def idle(figure: Figure) -> bool:
        if figure.unit not in ("", "%"):
            return False
        start, end = figure.span
        if figure.unit == "%":
            return figure.text.strip() in ("100%", "100％") and bool(_FACTOR.search(texts.get(figure.place, "")[max(0, start - 4):start]))
        if figure.place.row is not None:
            # the levels of an account stand each under its own head below that of the codes, 栏次 before the numbers of columns
            labels = (figure.name, *figure.place.heading.split(" › ")[-3:])
            return _DIGITS.fullmatch(figure.text) is not None and any(map(_CODE.search, labels))
        item = _ITEM.match(texts.get(figure.place, ""))
        return item is not None and end <= item.end()

    return idle


def _texts(document: Document) -> Mapping[Place, str]:
    cells = {cell.place: cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells}
    return cells | {paragraph.place: paragraph.text for paragraph in document.paragraphs}
