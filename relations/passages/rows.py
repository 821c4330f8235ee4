"""Rows of tables that lost their frame, read out of what follows one another in a text.

A row is a label and the values until the next label, however its lines are broken; bars, blanks and line ends part cells.
A number that counts the rows, or opens a line right before words (a code), belongs to the label.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> def read(*lines):
...     texts = [Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines)]
...     return [[(r.label, [m.shown() if m else None for m in r.values]) for r in block.rows] for block in blocks(texts)]
>>> read("| 房产税 | 412 | 97 |", "| 35 | - |", "印花税 88 (3.5)", "合 计 90%")
[[('房产税', ['412', '97', '35', None]), ('印花税', ['88', '(3.5)']), ('合计', ['90%'])]]
>>> read("1", "甲乡", "25", "310", "2", "乙乡", "31", "402", "3", "丙乡", "17", "208")
[[('甲乡', ['25', '310']), ('乙乡', ['31', '402']), ('丙乡', ['17', '208'])]]
>>> read("30101 基本工资 41.20 40.15", "30102 津贴补贴 13.60 13.60")
[[('30101基本工资', ['41.20', '40.15']), ('30102津贴补贴', ['13.60', '13.60'])]]
>>> read("| 甲乡 | 25 | 310 | 因雨停工，延期。 |", "| 乙乡 | 31 | 402 |", "道路改线，已经报批。", "| 丙乡 | 17 | 208 | |")
[[('甲乡', ['25', '310']), ('乙乡', ['31', '402']), ('丙乡', ['17', '208'])]]
>>> read("甲乡 25 310 #DIV/0!", "乙乡 31 402")
[[('甲乡', ['25', '310', None]), ('乙乡', ['31', '402'])]]
>>> read("全年支出 31 万元，比上年增加 2 万元。", "甲 3", "2023年5月 6日", "乙 5")
[]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from fusuan.model import Figure, Place
from fusuan.patterns import Text
from fusuan.relations.passages.mention import Mention
from fusuan.relations.passages.tokens import SPOKEN, Token, coded, is_code, spoken, tokens_of

LONGEST = 400
"""More rows than this are read as another block."""
LEAST = 4
TOTAL = regex.compile(r"(?:合计|总计|小计|总额|共计)(?:数|[(][^()]*[)]|/平均)?:?$")
"""How the label of a row of totals ends."""
_PAIRED = 3
"""So many lines hold two rows where lists stand side by side."""
_REMARK = 4
"""So many lines that speak may be a remark in a cell, where the lines before and after them are parted by bars."""


@dataclass(slots=True)
class Row:
    """A label and its values in order; an empty cell is None."""

    label: str
    values: list[Mention | None] = field(default_factory=list)
    line: int = 0           # in which its values begin
    words: str = ""         # the label without numbers and codes

    @property
    def quote(self) -> str:
        """Its words and figures, as one line."""
        return " ".join((self.label[-40:], *(m.shown() if m else "-" for m in self.values)))


@dataclass(slots=True)
class Block:
    """Rows that follow one another, and the paragraphs they were read of."""

    rows: list[Row]
    places: frozenset[Place]


def blocks(texts: Iterable[Text]) -> Iterator[Block]:
    """Yield the blocks of rows among consecutive texts: paragraphs, or cells one by one; a cell that speaks (a remark) has no value."""
    held: list[Text] = []
    said = 0
    for text in texts:
        barred = "|" in text.folded
        if not barred and spoken(text.folded):
            if held and text.paragraph.place.row is not None:
                continue
            said += 1
            if not (held and "|" in held[-1].folded and said <= _REMARK):
                yield from _block(held)
                held = []
            continue
        if said and not barred:
            yield from _block(held)
            held = []
        said = 0
        if text.folded.strip():
            held.append(text)
    yield from _block(held)


def _block(texts: Sequence[Text]) -> Iterator[Block]:
    rows = _counted(list(_rows(tokens_of(texts))))
    places = frozenset(text.paragraph.place for text in texts if "|" not in text.folded or not SPOKEN.search(text.folded))
    for start in range(0, len(rows), LONGEST):
        some = [row for row in rows[start:start + LONGEST] if row.values]
        if sum(len(row.values) for row in some) >= LEAST:
            yield Block(some, places)


def sides(block: Block) -> Iterator[Block]:
    """The lists that stand side by side in a block: the first rows of its lines, the second rows, where several lines hold two."""
    lines: dict[int, list[Row]] = {}
    for row in block.rows:
        lines.setdefault(row.line, []).append(row)
    if sum(len(own) > 1 for own in lines.values()) >= _PAIRED:
        for n in range(max(map(len, lines.values()))):
            yield Block([own[n] for own in lines.values() if n < len(own)], block.places)


def _rows(tokens: Sequence[Token]) -> Iterator[Row]:
    row, words, classed = Row(""), True, coded(tokens)
    for at, token in enumerate(tokens):
        if token.word or is_code(tokens, at, classed):
            if not words:
                yield row
                row, words = Row(""), True
            row.label += token.word or (token.figure.text if token.figure else "")
            row.words += token.word
        else:
            row.line = token.line if words else row.line
            row.values.append(mention(token.figure, at) if token.figure else None)
            words = False
    yield row


def _counted(rows: list[Row]) -> list[Row]:
    """The rows without the numbers that count them, each of which was read as the last value of the row before, or of a remark behind that."""
    run: list[int] = []
    for at, row in enumerate(rows):
        if run and at - run[-1] > 2 or _last(row) == 1:
            _uncount(rows, run)
            run = []
        if _last(row) == len(run) + 1:
            run.append(at)
    _uncount(rows, run)
    return rows


def _uncount(rows: Sequence[Row], run: Sequence[int]) -> None:
    if len(run) >= 3 + sum(b - a - 1 for a, b in pairwise(run)):
        for n in run:
            rows[n].values.pop()


def _last(row: Row) -> int:
    m = row.values[-1] if row.values else None
    return int(m.value) if m and not m.figure.unit and not m.decimals and abs(m.value) < 1e6 else 0


def mention(figure: Figure, index: int) -> Mention:
    """A figure of a row, to be weighed."""
    scale = float(figure.scale)
    half = 0.0 if figure.is_count else 0.5 * 10.0 ** -figure.decimals * scale
    digits = "".join(c for c in f"{abs(figure.value):f}" if c.isdigit()).lstrip("0")
    return Mention(index, figure, float(figure.value) * scale, half, scale, digits, figure.dimension, *figure.span, 0, 0, 0, "", "")
