"""PDF 文件（.pdf）：在数字本身加高亮，点开即见注释；扫描件高亮识别出数字的地方。"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fusuan.extract import File, PageTrace, trace_pdf
from fusuan.marked._notes import Note
from fusuan.marked._pdf_annotations import Box, Highlight, annotated
from fusuan.marked._pdf_match import boxes_of
from fusuan.marked._spots import Stretch, Texts
from fusuan.model import Document, Paragraph, Place

SUFFIXES = (".pdf",)
_ROOM = 0.8
"""Points."""
_SURE = 3
"""Characters that must surround a figure on the next page as they did in the text: there no box tells where it is."""

Wanted = tuple[Note, Stretch]
Traces = Mapping[int, PageTrace]


def mark(file: File, notes: Sequence[Note], target: Path) -> int:
    """Write a copy of `file` with a highlight for each note to `target`; return how many found their place."""
    pages = {note.place.page or 0 for note in notes}
    document, traces = trace_pdf(file, pages | {number + 1 for number in pages})
    texts = dict(_blocks(document))
    find = Texts(texts).find
    wanted = [(note, stretch) for note in notes for stretch in find(note)[:1]]
    highlights = [found for one in wanted if (found := _highlight(one, texts, traces)) is not None]
    annotated(file, highlights, target)
    return len(highlights)


def _blocks(document: Document) -> Iterator[tuple[Place, str]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.place, block.text
        else:
            yield from ((cell.place, cell.text) for cell in block.cells)


def _highlight(one: Wanted, texts: Mapping[Place, str], traces: Traces) -> Highlight | None:
    """Mark a figure on its page; what a page break cut off its paragraph, on the page after; else its whole block."""
    number = one[1].place.page or 0
    page, after = traces.get(number), traces.get(number + 1)
    return (page and _on(page, one, texts)) or (after and _after(after, one, texts)) or (page and _whole(page, one)) or None


def _on(page: PageTrace, one: Wanted, texts: Mapping[Place, str]) -> Highlight | None:
    note, stretch = one
    characters = page.within(stretch.place.box)
    return _found(page, note, boxes_of(characters, texts[stretch.place], stretch.start, stretch.end))


def _after(page: PageTrace, one: Wanted, texts: Mapping[Place, str]) -> Highlight | None:
    note, stretch = one
    characters = page.within(_below(stretch.place))
    return _found(page, note, boxes_of(characters, texts[stretch.place], stretch.start, stretch.end, _SURE))


def _below(place: Place) -> Box | None:
    """Return where on the next page a block goes on: between the sides of its column, whatever the height."""
    if place.box is None or place.table is None:
        return None
    return place.box[0], 0.0, place.box[2], 1e6


def _found(page: PageTrace, note: Note, boxes: Sequence[Box]) -> Highlight | None:
    return Highlight(page.number, [_roomy(box) for box in boxes], note.text, note.verdict) if boxes else None


def _roomy(box: Box) -> Box:
    """Leave some room around the ink."""
    return box[0] - _ROOM, box[1] - _ROOM, box[2] + _ROOM, box[3] + _ROOM


def _whole(page: PageTrace, one: Wanted) -> Highlight | None:
    """Mark the whole block where its characters cannot be told apart."""
    note, stretch = one
    box = stretch.place.box
    return Highlight(page.number, [page.inward(box)], note.text, note.verdict) if box else None
