"""Where each character of a Word document's text stands in its XML, for whoever writes into a copy of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fusuan.extract._docx_names import W
from fusuan.extract._docx_runs import Piece
from fusuan.extract._docx_styles import Styles
from fusuan.extract._docx_symbols import printed
from fusuan.extract._docx_tables import Laid
from fusuan.extract._package import Package
from fusuan.extract._xml import Element
from fusuan.extract.docx import _part, _Story, _styles
from fusuan.model import Cell, Place

Spot = tuple[Element, int] | None
"""The element (w:t) that holds a character and its position in it; None for what the file does not hold as such."""


@dataclass(frozen=True, slots=True)
class _Said:
    """A paragraph (w:p) as it was read: its automatic number, and the pieces of its text."""

    paragraph: Element
    number: str
    pieces: Sequence[str]

    def spots(self) -> Iterator[tuple[str, Spot]]:
        yield from ((char, None) for char in self.number)
        for piece in self.pieces:
            source = piece.source if isinstance(piece, Piece) else None
            for at, char in enumerate(piece):
                if shown := printed(char):
                    yield shown, None if source is None else (source, at)


@dataclass(frozen=True, slots=True)
class Traced:
    """A paragraph or cell: its text and what it was put together from."""

    text: str
    said: Sequence[_Said]

    @property
    def paragraphs(self) -> list[Element]:
        return [said.paragraph for said in self.said]

    def spots(self) -> list[Spot]:
        """Return the spot of each character of the text but blanks at the ends of its lines, which have none."""
        known = iter([(char, spot) for said in self.said for char, spot in said.spots() if not char.isspace()])
        found: list[Spot] = []
        for char in self.text:
            own, spot = (char, None) if char.isspace() else next(known, ("", None))
            if own != char:
                return [None] * len(self.text)
            found.append(spot)
        return found


@dataclass(frozen=True, slots=True)
class WordTrace:
    """A Word document opened for writing into: the tree of its main part, and where its blocks stand."""

    main: str
    root: Element
    blocks: dict[Place, Traced]


def trace_docx(package: Package) -> WordTrace:
    """Read the document in `package`, keeping where everything stands."""
    main = package.main("word/document.xml")
    related, root = package.related(main), package.xml(main)
    body = root.find(W + "body")
    if body is None:
        raise package.damaged("没有正文")
    story = _Tracing(_styles(package, related), _part(package, related, "numbering"))
    story.take(body)
    story.take_notes({kind: _part(package, related, kind + "s") for kind in ("footnote", "endnote")})
    return WordTrace(main, root, story.traced)


class _Tracing(_Story):
    """Gathers the blocks of a text, and with each what it was put together from."""

    def __init__(self, styles: Styles, numbering: Element | None) -> None:
        super().__init__(styles, numbering)
        self.traced: dict[Place, Traced] = {}
        self._pending: list[_Said] = []

    def _said(self, paragraph: Element) -> tuple[str, str]:
        number, text = super()._said(paragraph)
        self._pending.append(_Said(paragraph, number if text else number.strip(), self._runs.pieces))
        return number, text

    def _paragraph(self, text: str, note: str) -> None:
        count = len(self.blocks)
        super()._paragraph(text, note)
        if len(self.blocks) > count:
            self._keep(self.blocks[-1].place, getattr(self.blocks[-1], "text", ""))
        self._pending = []

    def _cell(self, laid: Laid, table: int, nested: list[Element]) -> Cell:
        self._pending = []
        cell = super()._cell(laid, table, nested)
        self._keep(cell.place, cell.text)
        return cell

    def _keep(self, place: Place, text: str) -> None:
        self.traced[place] = Traced(text, self._pending)
        self._pending = []
