"""Which rows of a worksheet make a table, and which are text around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 0."""
Part = tuple[bool, list[int]]
"""Whether rows are a table, and the rows."""

_BLANK_TAIL = 60
"""Framed rows without any text at the end of a table: a form may leave some; more is a prepared sheet."""
_LINE_CELLS = 4
"""Texts on one line above or below a table (unit, period, persons who filled it in); more make a table row."""
_NOTE_STARTS = ("注", "备注", "说明", "填表", "填报", "制表", "单位负责人", "负责人", "审核", "联系", "*", "※")


@dataclass(slots=True)
class Rows:
    """A sheet by rows: texts by column, which rows are framed, merged ranges clipped to what is used."""

    texts: dict[int, dict[int, str]] = field(default_factory=dict)
    frames: dict[int, list[int]] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    framed: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, texts: dict[tuple[int, int], str], framed: set[tuple[int, int]], merges: list[Merge]) -> Rows:
        """Order what stands in a sheet by rows; a text under a merged range is not seen and left out."""
        rows = cls()
        for (row, column), text in sorted(texts.items()):
            if text.strip():
                rows.texts.setdefault(row, {})[column] = text
        for row, column in sorted(framed):
            rows.frames.setdefault(row, []).append(column)
        rows.framed = set(rows.frames)
        last = max([*rows.texts, *rows.frames], default=-1)
        widest = max([column for line in (*rows.texts.values(), *rows.frames.values()) for column in line], default=-1)
        for top, left, bottom, right in sorted(merges):
            rows._merge((top, left, min(bottom, last), min(right, max(widest, left))))
        return rows

    def _merge(self, merge: Merge) -> None:
        top, left, bottom, right = merge
        if top > bottom or left > right or (top, left) == (bottom, right):
            return
        self.merges.append(merge)
        for row in range(top, bottom + 1):
            line = self.texts.get(row, {})
            for column in [at for at in line if left <= at <= right and (row, at) != (top, left)]:
                del line[column]
            if top in self.framed:
                self.framed.add(row)

    @property
    def last(self) -> int:
        """The last row with text, and the blank framed ones after it that a form may leave."""
        written = max((row for row, line in self.texts.items() if line), default=-1)
        tail = written
        while tail + 1 in self.framed:
            tail += 1
        return tail if tail - written <= _BLANK_TAIL else written

    def line(self, row: int) -> dict[int, str]:
        return self.texts.get(row, {})


def parts_of_sheet(rows: Rows) -> Iterator[Part]:
    """Yield the sheet from top to bottom in parts: rows of text and tables."""
    outside: list[int] = []
    row, last = 0, rows.last
    while row <= last:
        if row in rows.framed:
            yield from _unframed(rows, outside)
            outside = []
            table = _framed_from(rows, row, last)
            if any(rows.line(at) for at in table):
                yield True, table
            row = table[-1] + 1
        else:
            if rows.line(row) or (outside and outside[-1] >= row - 3):
                outside.append(row)
            row += 1
    yield from _unframed(rows, outside)


def _framed_from(rows: Rows, first: int, last: int) -> list[int]:
    """Return the rows of the framed table that begins at `first`: one row without frame within it belongs to it."""
    table = [first]
    row = first + 1
    while row <= last:
        if row not in rows.framed and (row + 1 not in rows.framed or row == last or len(rows.line(row)) == 1):
            break
        table.append(row)
        row += 1
    return table


def _unframed(rows: Rows, region: list[int]) -> Iterator[Part]:
    """Part rows without frames: single texts before a table or after a gap are text, two blank rows end a table."""
    table: list[int] = []
    blanks = 0
    for row in region:
        count = len(rows.line(row))
        if count == 0:
            blanks += 1
            continue
        if table and (blanks >= 2 or (count == 1 and blanks)):
            yield from _ended(rows, table)
            table = []
        if count == 1 and not table:
            yield False, [row]
        else:
            table += [*range(table[-1] + 1, row), row] if table else [row]
        blanks = 0
    yield from _ended(rows, table)


def _ended(rows: Rows, table: list[int]) -> Iterator[Part]:
    """Yield a table without frames, the lines above and below it that are no rows of it apart."""
    first, end = 0, len(table)
    while first < end - 1 and _is_heading(rows, table[first], table[first + 1]):
        yield False, [table[first]]
        first += 1
    while end > first and _is_note(rows.line(table[end - 1])):
        end -= 1
    body = table[first:end]
    if body:
        yield len(body) > 1 or len(rows.line(body[0])) > _LINE_CELLS, body
    for row in table[end:]:
        yield False, [row]


def _is_heading(rows: Rows, row: int, following: int) -> bool:
    """Tell a line like "填报单位：… 单位：万元" from the head of the table under it."""
    line = rows.line(row)
    said = "".join(line.values())
    return len(line) < _LINE_CELLS and len(rows.line(following)) > len(line) + 1 and (
        "：" in said or ":" in said or "单位" in said)


def _is_note(line: dict[int, str]) -> bool:
    if not line or len(line) > _LINE_CELLS:
        return not line
    first = next(iter(line.values())).strip()
    return first.startswith(_NOTE_STARTS) and (len(line) == 1 or "：" in first or ":" in first)
