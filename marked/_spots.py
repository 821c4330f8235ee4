"""Which characters of which blocks a note is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fusuan.marked._notes import Note
from fusuan.model import Place

_NUMERAL = frozenset("0123456789.,，０１２３４５６７８９．")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` of the block at `place`."""

    place: Place
    start: int
    end: int


class Texts:
    """The texts of a file's blocks by place."""

    def __init__(self, texts: Mapping[Place, str]) -> None:
        self._texts = texts
        self._paragraphs = {place.paragraph: place for place in texts if place.paragraph is not None}

    def find(self, note: Note) -> list[Stretch]:
        """Return where the noted figure stands: itself if it can be found, else the whole of its block.

        Lines that a hard line end cut were joined to be read: then a figure may stand in a later paragraph than the
        one it was told to, or in two.

        >>> from fusuan.model import Verdict
        >>> here = Place(paragraph=1)
        >>> texts = Texts({here: "比上年增加17", Place(paragraph=2): "4万元，增长39%。"})
        >>> note = lambda text, *span: Note(here, span, text, Verdict.BROKEN, ())
        >>> [(s.place.paragraph, s.start, s.end) for s in texts.find(note("174万元", 5, 10))]
        [(1, 5, 7), (2, 0, 3)]
        >>> [(s.place.paragraph, s.start, s.end) for s in texts.find(note("39%", 13, 16))]
        [(2, 6, 9)]
        >>> [(s.place.paragraph, s.start, s.end) for s in texts.find(note("88%", 1, 4))]
        [(1, 0, 7)]
        """
        place = self._home(note.place)
        if place is None:
            return []
        text, (start, end) = self._texts[place], note.span
        if note.stated.strip() and text[start:end] == note.stated:
            return [Stretch(place, start, end)]
        if joined := list(self._joined(place, note)):
            return joined
        starts = list(_occurrences(text, note.stated))
        if starts:
            start = min(starts, key=lambda at: abs(at - note.span[0]))
            return [Stretch(place, start, start + len(note.stated))]
        return [Stretch(place, 0, len(text))]

    def _home(self, place: Place) -> Place | None:
        """Return the block that a place names: a cell of a table that was put back names its paragraph."""
        return place if place in self._texts else self._paragraphs.get(place.paragraph) if place.paragraph else None

    def _joined(self, place: Place, note: Note) -> Iterator[Stretch]:
        """Yield the stretches of the figure where paragraphs were joined."""
        pieces: list[tuple[Place, int, str]] = []
        length, number, here = 0, place.paragraph, place
        while number is not None and length < note.span[1] and number in self._paragraphs:
            here = self._paragraphs[number]
            text = self._texts[here]
            shown = text.lstrip() if pieces else text
            pieces.append((here, len(text) - len(shown), shown))
            length, number = length + len(shown), number + 1
        if not note.stated.strip() or "".join(text for *_, text in pieces)[slice(*note.span)] != note.stated:
            return
        start, end = note.span
        for here, cut, text in pieces:
            first, last = max(start, 0), min(end, len(text))
            if first < last:
                yield Stretch(here, first + cut, last + cut)
            start, end = start - len(text), end - len(text)


def _occurrences(text: str, stated: str) -> Iterator[int]:
    """Yield where `stated` stands in `text`, not as a part of a longer number.

    >>> list(_occurrences("116.5、6.5、16.5", "6.5"))
    [6]
    """
    at = text.find(stated) if stated.strip() else -1
    while at >= 0:
        before, after = text[at - 1:at], text[at + len(stated):][:1]
        if not (before in _NUMERAL and before and stated[0] in _NUMERAL or after in _NUMERAL and after.isdigit() and stated[-1] in _NUMERAL):
            yield at
        at = text.find(stated, at + 1)
