"""Find what a report states. Each module here knows one way of saying something and yields Statements.

A pattern is a module with `find(report) -> Iterator[Statement]`, a Chinese docstring that says what it reads and
what it leaves alone, and examples both ways. It joins by lying here; names that begin with _ are helpers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import regex

from fusuan.model import Document, Figure, Mark, Paragraph, Statement, Unchecked
from fusuan.model.parts import parts_of
from fusuan.patterns._prose import prose_of
from fusuan.patterns._report import Report, Text
from fusuan.patterns.amounts.named import Amount, amounts_in
from fusuan.patterns.grids.evident import NEIGHBOURS, evident, placed, statement, with_growths
from fusuan.patterns.grids.given import by_given_rate
from fusuan.patterns.grids.law import Law, Outcome, added
from fusuan.patterns.grids.laws import Proved
from fusuan.patterns.grids.unframed.bind import settled, stepped, ways_of
from fusuan.patterns.grids.unframed.care import careful
from fusuan.patterns.names.identities import identity_parts
from fusuan.patterns.names.likeness import alike, basis_of, core, opposed
from fusuan.patterns.names.names import canonical, figure_name, rates
from fusuan.patterns.names.naming import named
from fusuan.patterns.names.partitions import known, whole
from fusuan.patterns.names.words import clean

__all__ = ["NEIGHBOURS", "Amount", "Found", "Law", "Outcome", "Pattern", "Proved", "Report", "Text", "added", "alike", "basis_of", "by_given_rate", "canonical",
           "clean", "core", "evident", "figure_name", "find", "identity_parts", "known", "loose", "opposed", "patterns", "placed", "prose", "rates", "settled", "statement", "stepped",
           "ways_of", "whole", "with_growths"]


class Pattern(Protocol):
    """What a module here must offer. It may also offer `marks(report)` (score tree) and `unread(report)`."""

    __name__: str

    def find(self, report: Report) -> Iterator[Statement]:
        """Yield what is said this way."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """What was read of a document.

    `loose`: what may be rows of tables that lost their frame, each run in order: the body's paragraphs, and the cells of every
    table that was put back. `amounts`: those of tables under a canonical name.
    """

    figures: tuple[Figure, ...]
    statements: tuple[Statement, ...]
    marks: tuple[Mark, ...]
    unread: tuple[Unchecked, ...]
    prose: tuple[tuple[Text, ...], ...] = ()
    loose: tuple[tuple[Text, ...], ...] = ()
    amounts: tuple[Amount, ...] = ()


def prose(report: Report) -> tuple[tuple[Text, ...], ...]:
    """The running text of a report: its body, and each cell that holds sentences."""
    return tuple(p.texts for p in prose_of(report))


_ROW = regex.compile(r"(?<![^\s|])[0-9][0-9.,]*%?(?![^\s|])")


def loose(report: Report) -> tuple[tuple[Text, ...], ...]:
    """The texts that may be rows of a table without a frame: what was put back may go on in the lines after it."""
    body, runs = list[Text](), list[tuple[Text, ...]]()
    for at, block in enumerate(report.blocks):
        if isinstance(block, Text):
            body.append(block)
        elif block.place.table is None:
            cells = [Text.of(Paragraph(cell.text, cell.place)) for cell in block.cells if cell.text.strip()]
            if any(isinstance(after, Text) and _ROW.search(after.folded) for after in report.blocks[at + 1:at + 3]):
                body += cells
            else:
                runs.append(tuple(cells))
    return (tuple(body), *runs)


def patterns() -> tuple[Pattern, ...]:
    return parts_of(__name__)


def find(document: Document, deep: bool = False) -> Found:
    """Read a document: its figures in order, every statement of every pattern, the score tree.

    `deep` names the figures that the vocabulary does not know by segmenting the words before them (slower to start).
    """
    report = Report(document)
    figures = named(report, deep)
    statements = [replace(said, source=pattern.__name__.rpartition(".")[2]) for pattern in patterns()
                  for statement in pattern.find(report) for said in careful(by_given_rate(statement), report)]
    marks = [mark for pattern in patterns() if hasattr(pattern, "marks") for mark in pattern.marks(report)]
    unread = [item for pattern in patterns() if hasattr(pattern, "unread") for item in pattern.unread(report)]
    return Found(tuple(figures), tuple(statements), tuple(marks), tuple(unread), prose(report), loose(report), tuple(amounts_in(report)))
