"""Which places of a document are marked, and what leads there: every figure that was stated, used or left unchecked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from fusuan.model import LADDER, Audit, Document, Figure, Paragraph, Place, Verdict, Words

Span = tuple[int, int]
Spot = tuple[Place, Span]


@dataclass(slots=True)
class Mark:
    """A stretch of the text of one paragraph or cell, and the findings (by number) that state it or use it."""

    number: int
    span: Span
    stated: list[int] = field(default_factory=list)
    used: list[int] = field(default_factory=list)
    verdict: Verdict | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of each place, in order and apart from each other; `where` tells the mark that a figure lies in."""

    at: Mapping[Place, list[Mark]]
    where: Mapping[Spot, Mark]

    def of(self, stated: Figure | Words) -> Mark | None:
        return self.where.get((stated.place, stated.span))


def marks_of(audit: Audit) -> Marks:
    """Return the marks of an audit that has kept its document; of none, no marks."""
    lengths = dict(_lengths(audit.document)) if audit.document is not None else {}
    places: dict[Place, set[Span]] = defaultdict(set)
    for place, span in _spots(audit):
        if place in lengths and 0 <= span[0] <= span[1] <= lengths[place]:
            places[place].add(span)
    at, where = _grouped(places)
    marks = Marks(at, where)
    _led(audit, marks)
    return marks


def _lengths(document: Document) -> Iterator[tuple[Place, int]]:
    for block in document.blocks:
        for piece in (block,) if isinstance(block, Paragraph) else block.cells:
            yield piece.place, len(piece.text)


def _spots(audit: Audit) -> Iterator[Spot]:
    for finding in audit.findings:
        yield finding.stated.place, finding.stated.span
        for figure in finding.computed.operands if finding.computed else ():
            yield figure.place, figure.span
    for item in audit.unchecked:
        yield item.figure.place, item.figure.span


def _grouped(places: Mapping[Place, Iterable[Span]]) -> tuple[dict[Place, list[Mark]], dict[Spot, Mark]]:
    """Make one mark of spans that overlap: a figure may be met with and without its unit."""
    at: dict[Place, list[Mark]] = {}
    where: dict[Spot, Mark] = {}
    number = 0
    for place, spans in places.items():
        marks = at.setdefault(place, [])
        for span in sorted(spans):
            if marks and span[0] < marks[-1].span[1]:
                marks[-1].span = (marks[-1].span[0], max(span[1], marks[-1].span[1]))
            else:
                number += 1
                marks.append(Mark(number, span))
            where[place, span] = marks[-1]
    return at, where


def _led(audit: Audit, marks: Marks) -> None:
    """Tell each mark what leads to it; where several findings state one figure, the worst verdict shows."""
    for number, finding in enumerate(audit.findings):
        if (mark := marks.of(finding.stated)) is not None:
            mark.stated.append(number)
            mark.verdict = max(mark.verdict or Verdict.HOLDS, finding.verdict, key=LADDER.index)
        for figure in finding.computed.operands if finding.computed else ():
            if (mark := marks.of(figure)) is not None and number not in mark.used[-1:]:
                mark.used.append(number)
    for item in audit.unchecked:
        if (mark := marks.of(item.figure)) is not None:
            mark.reason = mark.reason or item.reason
