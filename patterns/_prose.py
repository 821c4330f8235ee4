"""The running text of a report, read once, and the quotations that findings carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import regex

from fusuan.model import Cell, Paragraph
from fusuan.patterns._report import Report, Text
from fusuan.patterns.names.words import Told

_READ: WeakKeyDictionary[Report, tuple[Prose, ...]] = WeakKeyDictionary()


@dataclass(frozen=True)
class Prose:
    """A run of paragraphs read together: the body of a report, or a cell that holds sentences."""

    texts: tuple[Text, ...]

    def quote(self, first: Told, last: Told) -> str:
        """Return the words from the clause of one figure to the end of another."""
        if (last.text, last.start) < (first.text, first.start):
            first, last = last, first
        head = self.texts[first.text].paragraph.text
        start = max((head.rfind(stop, 0, first.start) for stop in "。；;\n！"), default=-1) + 1
        end = last.figure.span[1]
        if first.text == last.text:
            return head[start:end].strip()
        between = [text.paragraph.text for text in self.texts[first.text + 1:last.text]]
        return "\n".join([head[start:], *between, self.texts[last.text].paragraph.text[:end]]).strip()[:1500]


def prose_of(report: Report) -> tuple[Prose, ...]:
    """The body first, then each cell that holds sentences with figures."""
    if report not in _READ:
        cells = (text for text in _cells(report) if len(text.figures) >= 2)
        body = tuple(Text(text.paragraph, text.folded, ()) if _run_together(text) else text for text in report.texts)
        _READ[report] = (Prose(body), *(Prose((text,)) for text in cells))
    return _READ[report]


def _run_together(text: Text) -> bool:
    """Tell whether a paragraph is a form pasted without its lines: many figures, and hardly a mark between them."""
    return len(text.figures) >= 12 and len(regex.findall(r"[,，。;；、:：]", text.folded)) * 4 < len(text.figures)


def _cells(report: Report) -> Iterator[Text]:
    for cell, figures in report.cells.items():
        if len(figures) >= 2 and regex.search(r"[，,。；;：:]", cell.text) and regex.search(r"[\u4e00-\u9fff]{2}", cell.text):
            yield Text.of(Paragraph(cell.text, cell.place))


__all__ = ["Cell", "Prose", "prose_of"]
