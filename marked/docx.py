"""Word 文档（.docx、.docm、.dotx）：批注加在数字本身；脚注、文本框里的数字，批注加在引用处。"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from fusuan.extract import Element, File, Package, WordTrace, trace_docx
from fusuan.marked._docx_comments import Comments, anchor
from fusuan.marked._docx_runs import Runs, Spot, Story
from fusuan.marked._notes import Note
from fusuan.marked._package import Edited
from fusuan.marked._spots import Stretch, Texts
from fusuan.model import Place

SUFFIXES = (".docx", ".docm", ".dotx", ".dotm")


def mark(file: File, notes: Sequence[Note], target: Path) -> int:
    """Write a copy of `file` with a comment for each note to `target`; return how many found their place."""
    with Package(file) as package:
        trace = trace_docx(package)
        texts = Texts({place: traced.text for place, traced in trace.blocks.items()})
        placed = [(note, stretches) for note in notes if (stretches := texts.find(note))]
        edited = Edited(package, file)
        edited.put_tree(trace.main, trace.root)
        count = _commented(trace, placed, Comments(edited, trace.main))
        edited.save(target)
    return count


def _commented(trace: WordTrace, placed: Iterable[tuple[Note, list[Stretch]]], comments: Comments) -> int:
    spots_of = cache(lambda place: trace.blocks[place].spots())
    found = [(note, _spots(spots_of, stretches), trace.blocks[stretches[0].place].paragraphs) for note, stretches in placed]
    runs, story = Runs(spots for _, spots, _ in found), Story(trace.root)
    count = 0
    for note, spots, paragraphs in found:
        ends: Sequence[Element] = [runs.run(spots[0]), runs.run(spots[-1])] if spots else paragraphs[:1] * 2
        in_story = [place for end in ends if (place := story.place(end)) is not None]
        if len(in_story) == 2:
            anchor(in_story[0], in_story[1], comments.add(note.lines))
            count += 1
    return count


def _spots(spots_of: Callable[[Place], list[Spot | None]], stretches: Iterable[Stretch]) -> list[Spot]:
    """Return the characters of the stretches that the file holds as such; of a number that Word counts itself there
    are none, then all of its paragraph."""
    found = [spot for stretch in stretches for spot in spots_of(stretch.place)[stretch.start:stretch.end] if spot is not None]
    return found or [spot for stretch in stretches for spot in spots_of(stretch.place) if spot is not None]
