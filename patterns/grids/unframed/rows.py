"""Rows of tables that lost their frame: names and the values that follow them, from whatever parts them.

A row is the words before a run of values. Three sources give the same rows: tables put back from barred lines, lines
of words and numbers parted by blanks, and cells written one to a line.

>>> lines = ["三公经费 31.20 58.24", "1、公务用车 12.65 36.24", "2、公务接待", "18.55", "22"]
>>> [(r.words[-1], [f.text for f in r.figures]) for r in rows_of(Report(Document("", "", tuple(
...     Paragraph(t, Place(paragraph=n)) for n, t in enumerate(lines, 1)))))[0]]
[('三公经费', ['31.20', '58.24']), ('1、公务用车', ['12.65', '36.24']), ('2、公务接待', ['18.55', '22'])]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from fusuan.model import Document, Figure, Paragraph, Place, Table
from fusuan.patterns._report import Report, Text
from fusuan.patterns.grids.unframed.build import Rebuilt
from fusuan.patterns.grids.unframed.spans import Kept
from fusuan.patterns.text.fold import fold

__all__ = ["Document", "Paragraph", "Place", "Report", "Row", "rows_of"]

_TOKEN = regex.compile(r"[^\s|]+")
_NUMERIC = regex.compile(r"[-+≥≤<>=]?[0-9][0-9,.]*(?:%|‰|百分比|[万亿]?元|个|人|分|户|亩|项|次|辆|套)?")
_BLANK = regex.compile(r"[-—/]+|\.{2,}|…+")
_HEADED = regex.compile(r"\(\s?[0-9]{1,3}\s?分\s?\)")
_MOST = 400


@dataclass(slots=True)
class Row:
    """The words before a run of values, and the values; `text` is the row as printed, for the quotation.

    `heads` are points printed inside its words: 产出指标(50分); `pairs` are values with the words right before them,
    for rows that hold two tables side by side.
    """

    words: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    text: str = ""
    heads: list[Figure] = field(default_factory=list)
    pairs: list[tuple[str, Figure]] = field(default_factory=list)

    @property
    def label(self) -> str:
        return "".join(self.words[-2:])


def rows_of(report: Report) -> list[list[Row]]:
    """The runs of rows of a report, each a table that lost its frame; empty where there is none."""
    runs = [list(_of_table(report, b)) for b in report.document.tables
            if b.place.table is None and not isinstance(b, Rebuilt | Kept)]
    held: list[Text] = []
    for text in [*report.texts, None]:
        if text is not None and _flat(text):
            held.append(text)
            continue
        runs += [list(_of_texts(held))] if held else []
        held = []
    return [run[:_MOST] for run in runs if sum(len(row.figures) for row in run) >= 4]


def _flat(text: Text) -> bool:
    """Tell whether a paragraph is part of a table without frame: values among blanks, or a single cell."""
    tokens = _TOKEN.findall(text.folded)
    values = sum(bool(_NUMERIC.fullmatch(t)) for t in tokens)
    if len(_HEADED.findall(text.folded)) >= 2 and len(text.folded) <= 200:
        return True
    if len(tokens) == 1:
        return len(tokens[0]) <= 24 and not regex.search(r"[。;,!?]", tokens[0])
    return values >= 1 and (values >= 3 or len(text.folded) <= 40 or values * 5 >= len(tokens)) and not text.folded.rstrip().endswith("。")


def _of_texts(texts: Sequence[Text]) -> Iterator[Row]:
    row = Row()
    for text in texts:
        starts = {figure.span[0]: figure for figure in text.figures}
        for token in _TOKEN.finditer(text.folded):
            figure = next((starts[n] for n in range(token.start(), min(token.end(), token.start() + 3)) if n in starts), None)
            head = figure is not None and figure.unit == "分" and figure.span[1] > token.end()
            if _NUMERIC.fullmatch(token.group()) and figure is not None and not head:
                row.figures.append(figure)
            elif not _BLANK.fullmatch(token.group()):
                if row.figures:
                    yield row
                    row = Row()
                row.words.append(token.group())
                row.heads += [f for f in text.figures if token.start() <= f.span[0] < token.end()
                              and (head or _points(f, token.group()))]
            row.text = (row.text + " " + token.group()).strip()[-200:]
    yield row


def _of_table(report: Report, table: Table) -> Iterator[Row]:
    for line in table.grid():
        row, last = Row(), ""
        for cell in line:
            if cell is None or not cell.text:
                continue
            figures = report.cells[cell]
            words = fold(cell.text).replace(" ", "")
            if len(figures) == 1 and _NUMERIC.fullmatch(words):
                row.figures.append(figures[0])
                row.pairs.append((last, figures[0]))
                continue
            last = words
            if not row.figures and not _BLANK.fullmatch(words):
                row.words.append(words)
                row.heads += [f for f in figures if _points(f, words)]
            row.text = (row.text + " | " + cell.text).strip(" |")[:300]
        yield row


def _points(figure: Figure, words: str) -> bool:
    """Tell whether a figure inside a name is the points of a group: 产出指标(50分)."""
    return figure.unit == "分" and len(words) <= 24 and bool(regex.search(r"[\u4e00-\u9fff]{2}|^\(", words))
