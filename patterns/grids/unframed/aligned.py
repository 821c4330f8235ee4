"""Rows of indicators whose cells no pattern tells apart, laid under their headings where all of them together go best.

Every value costs what speaks against its standing under a heading (a word under 得分, a number among names), every heading
that a row passes over what speaks against its being blank, and the cheapest way through all rows is taken: rows begin where
their levels begin, in text copied out row by row only at the beginning of a line. A mark that could as well stand under
another heading makes its row open.

>>> heads = [("level", False), ("weight", True), ("level", False), ("weight", True), ("rule", False), ("earned", True)]
>>> text = "投入 20 立项 8 依据充分得满分 7 目标 12 明确 得满分 12 产出 80 数量 80 达到即得满分 75"
>>> rows = laid(tokens([Paragraph(text, Place())]), [role for role, _ in heads], letter=lambda t: "N" if t.kind == "value" else "W", lines=False)
>>> [" ".join(t.text if t else "_" for t in row) for row in rows.rows]
['投入 20 立项 8 依据充分得满分 7', '_ _ 目标 12 明确 得满分 12', '产出 80 数量 80 达到即得满分 75']
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import regex

from fusuan.patterns.grids.unframed.tokens import Paragraph, Place, Token, tokens

__all__ = ["Aligned", "Paragraph", "Place", "laid", "tokens"]

_ASIDE = ("rule", "note", "reason", "ignored", "")
_MARKS = ("weight", "earned", "review", "deducted", "coefficient")
_AIMS = ("target", "initial_target", "adjusted", "measured")
_FAR = 1e9
# what it costs that a row has nothing under a heading
_BLANK = {"weight": 4.0, "earned": 3.0, "coefficient": 2.0, "review": 1.0, "deducted": 0.5, "target": 1.4, "measured": 1.6, "initial_target": 1.4,
          "adjusted": 1.0, "rule": 1.0, "note": 0.6, "unit": 0.6, "nature": 0.6, "rate": 1.5, "level": 1.5}
_LEAF = 3.0
_LONE = 4.0
_SURE = 1.0
_DEAR = 7.0
_NEAR = 12
_UNIT = regex.compile(r"[%‰元个人户亩项次天件处条座份家名台套辆场]|万元|公里|平方米|立方米|人次|[\u4e00-\u9fff/]{1,3}|[%‰]\(.{1,5}\)")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Rows, each a token or nothing under a heading; where they end among the tokens; the rows that fit in several ways; the
    mean cost of a row that has marks.
    """

    rows: list[tuple[Token | None, ...]]
    end: int
    open: frozenset[int]
    cost: float


def laid(found: Sequence[Token], roles: Sequence[str], letter: Callable[[Token], str], lines: bool) -> Aligned:
    """Lay tokens under headings of these roles. `lines`: each row begins with a line."""
    way = _Way(found, roles, letter, lines)
    return way.rows()


class _Way:
    """The cheapest way of tokens through columns, row by row.

    `best[n][c]`: the least cost of the tokens up to n, n standing in column c; `rest[n][c]`: of those after it.
    """

    def __init__(self, found: Sequence[Token], roles: Sequence[str], letter: Callable[[Token], str], lines: bool) -> None:
        self.found, self.roles, self.lines = found, roles, lines
        self.levels = [n for n, role in enumerate(roles) if role == "level"]
        self.inner = self.levels[-1] if self.levels else 0
        self.letters = [letter(token) for token in found]
        # where groups go by names that are known, a word that is none of them names no group
        self.outer = {c: sum(self.letters.count(mark) for mark in marks) >= 2
                      for c, marks in zip((self.levels[:1] + self.levels[1:-1])[:2], ("LG", "K"), strict=False) if len(self.levels) > 1}
        self.width = len(roles)
        self.own = [[self._own(n, c) for c in range(self.width)] for n in range(len(found))]
        blanks = [_LEAF if n == self.inner else _BLANK.get(role, 0.0) for n, role in enumerate(roles)]
        self.skip = [sum(blanks[a + 1:b]) for a in range(self.width) for b in range(self.width)]
        self.after = [sum(blanks[c + 1:]) if c > self.inner else min(_LONE, sum(blanks[c + 1:])) for c in range(self.width)]
        self.start = [0.0 if c in self.levels else 2.0 + 2.0 * (c > self.inner) for c in range(self.width)]

    def _own(self, n: int, c: int) -> float:
        """What speaks against a token under a heading."""
        letter, role, token = self.letters[n], self.roles[c], self.found[n]
        number, blank, word = letter in "NQ", letter == "B", letter not in "NQB"
        if role == "level":
            if letter in "LK" and len(self.levels) > 1:
                wanted = self.levels[0] if letter == "L" else self.levels[max(0, len(self.levels) - 2)]
                return 0.0 if c == wanted else 1.0
            return 6.0 if number else 3.0 if blank else 1.5 * (letter == "W" and self.outer.get(c, False)) + 0.3 * (letter in "LK") + 2.0 * (token.kind == "prose") + 3.0 * (letter == "S")
        if role in _MARKS:
            plain = letter == "N" or role == "coefficient" and number
            return 0.0 if plain else (2.0 if role == "weight" else 0.5) if blank else 8.0 if number else _FAR
        if role in _AIMS:
            return 0.0 if letter in "QS" else 3.0 if letter in "LKG" else 0.3 * blank + 0.5 * number + 0.8 * word + 0.7 * (token.kind == "prose")
        if role == "nature":
            return 0.0 if letter == "S" else 4.0
        if role == "unit":
            return 0.0 if word and _UNIT.fullmatch(token.text) else 1.0 if word and len(token.text) < 9 else 4.0
        if role == "rate":
            return 0.0 if number or blank else _FAR
        return (3.0 if role else 1.0) if number else 4.0 if letter in "LK" else 0.5 - 0.5 * (token.kind == "prose")

    def _step(self, n: int, a: int, b: int) -> float:
        """What it costs that token n stands in column b after the one before it in column a."""
        fresh = self.found[n].line > self.found[n - 1].last
        broken = self.lines and fresh
        inside = new = _FAR
        if b > a:
            inside = self.skip[a * self.width + b] + 5.0 * broken
        elif b == a and self.roles[a] in _ASIDE and self.letters[n] not in "NQB":
            inside = 0.2 + 5.0 * broken
        elif b == a and self.roles[a] in _ASIDE:
            inside = 3.0
        if b in self.levels or not self.levels:
            new = self.after[a] + self.start[b] + 0.2 + 6.0 * (self.lines and not fresh)
        return min(inside, new)

    def _new(self, n: int, a: int, b: int) -> bool:
        """Tell whether token n in column b begins a row, after the one before it in column a."""
        if b <= a and not (b == a and self.roles[a] in _ASIDE):
            return True
        inside = self.skip[a * self.width + b] if b > a else 0.0
        fresh = self.found[n].line > self.found[n - 1].last
        inside += 5.0 * (self.lines and fresh)
        return b in self.levels and self.after[a] + self.start[b] + 0.2 + 6.0 * (self.lines and not fresh) < inside

    def rows(self) -> Aligned:
        count = len(self.found)
        best, back = self._forward()
        rest = self._backward()
        at = min(range(self.width), key=lambda c: best[count - 1][c] + self.after[c])
        columns = [0] * count
        for n in range(count - 1, -1, -1):
            columns[n] = at
            at = back[n][at]
        doubtful = [self._doubtful(best[n], rest[n], columns[n]) for n in range(count)]
        return self._cut(columns, doubtful)

    def _forward(self) -> tuple[list[list[float]], list[list[int]]]:
        best = [[self.own[0][c] + (0.0 if c == self.levels[0] else 2.0 if c in self.levels else 9.0) for c in range(self.width)]]
        back = [[0] * self.width]
        for n in range(1, len(self.found)):
            row, came = [], []
            for b in range(self.width):
                costs = [best[-1][a] + self._step(n, a, b) for a in range(self.width)]
                least = min(costs)
                row.append(least + self.own[n][b])
                came.append(costs.index(least))
            best.append(row)
            back.append(came)
        return best, back

    def _backward(self) -> list[list[float]]:
        rest = [list(self.after)]
        for n in range(len(self.found) - 1, 0, -1):
            rest.append([min(self._step(n, a, b) + self.own[n][b] + rest[-1][b] for b in range(self.width)) for a in range(self.width)])
        return rest[::-1]

    def _doubtful(self, best: Sequence[float], rest: Sequence[float], column: int) -> bool:
        """Tell whether a mark could stand under another heading, or something else be a mark, at about the same cost."""
        whole = best[column] + rest[column]
        mark = self.roles[column] in _MARKS
        others = [c for c in range(self.width) if c != column and (mark or self.roles[c] in _MARKS)]
        return any(best[c] + rest[c] < whole + _SURE for c in others)

    def _cut(self, columns: Sequence[int], doubtful: Sequence[bool]) -> Aligned:
        """The rows as far as they cost little."""
        starts = [n for n in range(len(columns)) if not n or self._new(n, columns[n - 1], columns[n])]
        rows: list[tuple[Token | None, ...]] = []
        open_: set[int] = set()
        total, count, end, kept = 0.0, 0, 0, 0
        for start, stop in zip(starts, [*starts[1:], len(columns)], strict=True):
            cost = sum(self.own[n][columns[n]] for n in range(start, stop)) + self.after[columns[stop - 1]] \
                + sum(self._step(n, columns[n - 1], columns[n]) for n in range(start + 1, stop))
            marked = any(self.roles[columns[n]] in (*_MARKS, *_AIMS) and self.letters[n] in "NQ" for n in range(start, stop))
            if cost > _DEAR or len(rows) - kept > 6:
                # marks that go nowhere right behind the rows: these are not what they seem
                broken = not self.lines and self.letters[start:start + _NEAR].count("N") >= 2 and cost > _DEAR
                total += _FAR * broken
                break
            rows.append(self._row(columns, start, stop))
            if any(doubtful[start:stop]):
                open_.add(len(rows) - 1)
            scored = any(self.roles[columns[n]] in _MARKS and self.letters[n] == "N" for n in range(start, stop))
            if marked:
                end, kept = stop, len(rows)
            total, count = total + cost * scored, count + scored
        return Aligned(rows[:kept], end, frozenset(n for n in open_ if n < kept), total / count if count else 0.0)

    def _row(self, columns: Sequence[int], start: int, stop: int) -> tuple[Token | None, ...]:
        row: list[Token | None] = [None] * self.width
        for n in range(start, stop):
            own, token = row[columns[n]], self.found[n]
            row[columns[n]] = token if own is None else replace(own, text=f"{own.text} {token.text}", last=token.last, end=token.end)
        return tuple(row)
