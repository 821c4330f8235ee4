"""What rows that lost their blank cells say across, once the total over them tells in which columns their values stand.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.rows import blocks
>>> lines = ("甲乡 251 140 111", "乙乡 87 87", "丙乡 342 207 135", "丁乡 96 96", "戊乡 463 251 212", "合计 1239 685 458 96")
>>> block, = blocks([Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines)])
>>> [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in across(block)][:2]
[('1239', ['685', '458', '96']), ('463', ['251', '212'])]
"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.model import Statement
from fusuan.relations._row_laws import Line, proved
from fusuan.relations._row_sums import grouped, in_columns
from fusuan.relations.passages.mention import Mention
from fusuan.relations.passages.rows import Block, Row


def across(block: Block) -> Iterator[Statement]:
    """The laws of the columns of rows that a total puts in their places."""
    for total, groups in grouped(block):
        for group in groups:
            cells = in_columns(total, group)
            yield from proved([_line(row, own, len(cells[0])) for row, own in zip((total, *group), cells, strict=bool(cells))], [])


def _line(row: Row, cells: dict[int, Mention], width: int) -> Line:
    return Line(row.label, {c: m.figure for c, m in cells.items() if not m.figure.sign}, row.quote, width)
