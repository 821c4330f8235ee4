"""Tables put back from paragraphs that are one table copied out as text.

The words that went into a table leave blanks in their paragraphs, so that what else stands there keeps its place.

>>> lines = ("2021年度 单位:万元", "项目 预算数 决算数 合计 30 28 基本支出 12 12", "项目支出 18 16 说明:以上为全部支出")
>>> blocks = rebuilt([Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)])
>>> [b.text.strip() if isinstance(b, Paragraph) else (b.height, b.width) for b in blocks]
['2021年度 单位:万元', (4, 3), '说明:以上为全部支出']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from fusuan.model import Block, Cell, Paragraph, Place, Table
from fusuan.patterns.grids.unframed.amounts import grids_of
from fusuan.patterns.grids.unframed.marks import Built, built_of
from fusuan.patterns.grids.unframed.pairs import pairs_of
from fusuan.patterns.grids.unframed.tokens import Token, cells, in_rows, tokens
from fusuan.patterns.text.fold import fold

__all__ = ["Paragraph", "Place", "Rebuilt", "of_cells", "of_rows", "rebuilt"]


_TOTAL = regex.compile(r"合\s?计|总\s?计|小\s?计")
_CODE = regex.compile(r"[23][0-9]{2}(?:[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Rebuilt(Table):
    """A table put back from words and values, each value under a heading of its own.

    `sure` rows have a value under every heading; the values of `open` rows fit under several.
    """

    sure: frozenset[int] = frozenset()
    open: frozenset[int] = frozenset()

    @property
    def coded(self) -> frozenset[int]:
        """The rows that carry a classification code, and no total ran into whose name."""
        totals = {c.place.row for c in self.cells if c.place.column == 1 and _TOTAL.search(c.text)}
        return frozenset(c.place.row or 0 for c in self.cells if c.place.column == 0 and _CODE.fullmatch(c.text) and c.place.row not in totals)


def rebuilt(paragraphs: Sequence[Paragraph]) -> list[Block]:
    """Return consecutive paragraphs with the tables among them; the same paragraphs where there are none."""
    return _blocks(paragraphs, tokens(paragraphs), Decimal(0))


def of_cells(paragraphs: Sequence[Paragraph]) -> list[Block]:
    """The same of cells written one to a paragraph, where most of the values find their place."""
    return _blocks(paragraphs, cells(paragraphs), Decimal("0.6"))


def of_rows(rows: Sequence[Sequence[str]], places: Sequence[Place]) -> list[Block]:
    """The same of cells that stand row by row, at the places given."""
    paragraphs = [Paragraph("  ".join(row), place) for row, place in zip(rows, places, strict=True)]
    return _blocks(paragraphs, in_rows(rows), Decimal("0.7"))


def _blocks(paragraphs: Sequence[Paragraph], stream: Sequence[Token], least: Decimal) -> list[Block]:
    if sum(token.kind == "value" for token in stream) < 4:
        return list(paragraphs)
    found = sorted(_built(stream), key=lambda built: built.start)
    used = sum(token.kind == "value" for built in found for token in stream[built.start:built.end])
    if not found and not least:
        return list(_left(paragraphs, stream, found))
    if not found or used < least * sum(token.kind == "value" for token in stream):
        return list(paragraphs)
    left = _left(paragraphs, stream, found)
    at: dict[int, Table] = {}
    for stack in _stacked(stream, found):
        line = stream[stack[0].start].line
        at[line] = _table(stack, paragraphs, line)
    blocks: list[Block] = []
    for n, paragraph in enumerate(left):
        if paragraph.text.strip():
            blocks.append(paragraph)
        if n in at:
            blocks.append(at[n])
    return blocks


def _stacked(stream: Sequence[Token], found: Sequence[Built]) -> list[list[Built]]:
    """Tables that stand in one line are one, each under the other: what tells cells apart is their line, row and column."""
    stacks: list[list[Built]] = []
    for built in found:
        if stacks and stream[stacks[-1][-1].end - 1].last >= stream[built.start].line:
            stacks[-1].append(built)
        else:
            stacks.append([built])
    return stacks


def _built(stream: Sequence[Token]) -> Iterator[Built]:
    """The blocks of indicators, the accounts between them, and the tables of amounts in what is left."""
    at = 0
    for block in [*built_of(stream), None]:
        stop = block.start if block is not None else len(stream)
        for account in pairs_of(stream, at, stop):
            yield from grids_of(stream, at, account.start)
            yield account
            at = account.end
        yield from grids_of(stream, at, stop)
        if block is not None:
            yield block
            at = block.end


def _left(paragraphs: Sequence[Paragraph], stream: Sequence[Token], found: Sequence[Built]) -> list[Paragraph]:
    """The paragraphs with blanks where words went into a table."""
    texts = [list(p.text) for p in paragraphs]
    for built in found:
        for token in stream[built.start:built.end]:
            for line in range(token.line, token.last + 1):
                start = token.start if line == token.line else 0
                end = token.end if line == token.last else len(texts[line])
                texts[line][start:end] = " " * (end - start)
    _parted(texts, stream)
    return [p if "".join(text) == p.text else replace(p, text="".join(text)) for p, text in zip(paragraphs, texts, strict=True)]


def _parted(texts: Sequence[list[str]], stream: Sequence[Token]) -> None:
    """Put line ends between the cells of a form that stands in one line: no sentence runs through them."""
    held: dict[int, list[Token]] = {}
    for token in stream:
        held.setdefault(token.line, []).append(token)
    for line, own in held.items():
        values = sum(t.kind == "value" for t in own)
        if len(own) >= 16 and values >= 5 and sum(t.kind == "prose" for t in own) * 3 < len(own):
            for token in own:
                if token.start and token.kind != "prose" and texts[line][token.start - 1] == " ":
                    texts[line][token.start - 1] = "\n"


def _table(stack: Sequence[Built], paragraphs: Sequence[Paragraph], line: int) -> Rebuilt:
    """The table that blocks of rows make, one under another."""
    cells: list[Cell] = []
    sure: set[int] = set()
    left: set[int] = set()
    top = 0
    for built in stack:
        cells += _cells(built, top, paragraphs, line)
        sure |= {top + n for n in built.sure}
        left |= {top + n for n in built.open}
        top += len(built.rows)
    place = paragraphs[line].place
    width = max(cell.columns + (cell.place.column or 0) for cell in cells)
    return Rebuilt(tuple(cells), top, width, Place(page=place.page, paragraph=place.paragraph), frozenset(sure), frozenset(left))


def _cells(built: Built, top: int, paragraphs: Sequence[Paragraph], line: int) -> Iterator[Cell]:
    """The cells of a block: one word over several columns is one cell, and so is a heading with none under it."""
    beside = int(built.label is not None)
    if built.label is not None:
        yield _cell(built.label, (top, 0), paragraphs, line, rows=len(built.rows))
    done: set[tuple[int, int]] = set()
    for r, row in enumerate(built.rows):
        c = 0
        while c < len(row):
            token, start = row[c], c
            c += 1
            while token is not None and c < len(row) and row[c] is token:
                c += 1
            if (r, start) in done:
                continue
            deep = 1
            while token is not None and r + deep < built.heads and not any(built.rows[r + deep][start:c]):
                done |= {(r + deep, column) for column in range(start, c)}
                deep += 1
            yield _cell(token, (top + r, start + beside), paragraphs, line, rows=deep, columns=c - start)


def _cell(token: Token | None, at: tuple[int, int], paragraphs: Sequence[Paragraph], line: int, rows: int = 1,
          columns: int = 1) -> Cell:
    place = paragraphs[token.line if token is not None else line].place
    text = _printed(token, paragraphs) if token is not None else ""
    where = Place(page=place.page, paragraph=place.paragraph, row=at[0], column=at[1], scanned=place.scanned)
    return Cell(text, where, rows, columns)


def _printed(token: Token, paragraphs: Sequence[Paragraph]) -> str:
    """A token as printed; as it was read where lines or blanks part it or several went together."""
    text = paragraphs[token.line].text[token.start:token.end]
    return text if token.line == token.last and fold(text) == token.text else token.text
