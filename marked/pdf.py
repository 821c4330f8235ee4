"""PDF 文件（.pdf）：在数字本身加高亮，点开即见注释；没有字形的（扫描件），高亮其所在的行或单元格。"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fusuan.extract import File, PageTrace, read_file, trace_pdf
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


def mark(file: File, notes: Sequence[Note], target: Path) -> int:
    """Write a copy of `file` with a highlight for each note to `target`; return how many found their place."""
    texts = dict(_blocks(read_file(file)))
    find = Texts(texts).find
    wanted: dict[int, list[Wanted]] = defaultdict(list)
    for note in notes:
        for stretch in find(note)[:1]:
            wanted[stretch.place.page or 0].append((note, stretch))
    highlights = list(_highlights(file, wanted, texts))
    annotated(file, highlights, target)
    return len(highlights)


def _blocks(document: Document) -> Iterator[tuple[Place, str]]:
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.place, block.text
        else:
            yield from ((cell.place, cell.text) for cell in block.cells)


def _highlights(file: File, wanted: Mapping[int, Sequence[Wanted]], texts: Mapping[Place, str]) -> Iterator[Highlight]:
    """Yield the highlights page by page; what a page break cut off a paragraph is sought on the page after it."""
    waiting: list[Wanted] = []
    above: PageTrace | None = None
    for page in trace_pdf(file, {n + more for n in wanted for more in (0, 1)}):
        for one in waiting:
            yield _after(page, one, texts) or _whole(above, one)
        waiting, above = [], page
        for one in wanted.get(page.number, ()):
            if found := _on(page, one, texts):
                yield found
            else:
                waiting.append(one)
    yield from (_whole(above, one) for one in waiting)


def _on(page: PageTrace, one: Wanted, texts: Mapping[Place, str]) -> Highlight | None:
    note, stretch = one
    characters = page.within(stretch.place.box)
    return _found(page, note, boxes_of(characters, texts[stretch.place], stretch.start, stretch.end))


def _after(page: PageTrace, one: Wanted, texts: Mapping[Place, str]) -> Highlight | None:
    note, stretch = one
    if page.number != (stretch.place.page or 0) + 1:
        return None
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


def _whole(page: PageTrace | None, one: Wanted) -> Highlight:
    """Mark the whole block where its characters cannot be told apart."""
    note, stretch = one
    assert page is not None
    box = stretch.place.box or (20, 20, 40, 40)
    return Highlight(page.number, [page.inward(box)], note.text, note.verdict)
