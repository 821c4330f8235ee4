"""Lines of a PDF: characters gathered by baseline, blanks from their gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract._pdf_source import Glyph

_NOT_FIRST = "，。、；：！？）〕】》〉”’％%)]},.;:!?·"
_NOT_LAST = "（〔【《〈“‘([{"
_WORD = re.compile(r"[0-9A-Za-z.,%％/+\-=()（）≤≥<>×]")


@dataclass(frozen=True)
class Line:
    """Characters on one baseline, from left to right; `page` counts from 1."""

    glyphs: tuple[Glyph, ...]
    page: int

    @cached_property
    def text(self) -> str:
        return spell(self.glyphs)

    @cached_property
    def _shown(self) -> tuple[Glyph, ...]:
        return tuple(g for g in self.glyphs if g.text != " ")

    @cached_property
    def left(self) -> float:
        return self._shown[0].left

    @cached_property
    def right(self) -> float:
        return max(g.right for g in self._shown)

    @cached_property
    def base(self) -> float:
        return self._main.base

    @cached_property
    def size(self) -> float:
        return self._main.size

    @cached_property
    def _main(self) -> Glyph:
        return max(self._shown, key=lambda g: g.size)

    @cached_property
    def top(self) -> float:
        return min(g.base - 0.88 * g.size for g in self._shown)

    @cached_property
    def bottom(self) -> float:
        return max(g.base + 0.12 * g.size for g in self._shown)

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.left, self.top, self.right, self.bottom

    @cached_property
    def lead(self) -> float:
        """The width of its first piece that no line break may cut: a word, a number, a character with its marks."""
        glyphs = self._shown
        last, word = 0, bool(_WORD.match(glyphs[0].text))
        for k in range(1, len(glyphs)):
            before, text = glyphs[k - 1].text, glyphs[k].text
            gap = glyphs[k].left - glyphs[k - 1].right
            held = text in _NOT_FIRST or before in _NOT_LAST or word and bool(_WORD.match(text))
            if not held or gap > 0.2 * glyphs[k].size:
                break
            last, word = k, word or bool(_WORD.match(text))
        return glyphs[last].right - glyphs[0].left


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Gather characters into lines, from the top."""
    rows: list[tuple[float, float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if rows and glyph.base - rows[-1][0] <= 0.45 * max(glyph.size, rows[-1][1]):
            base, size, row = rows[-1]
            row.append(glyph)
            if glyph.size > size * 1.15 and glyph.text != " ":
                rows[-1] = (glyph.base, glyph.size, row)
        else:
            rows.append((glyph.base, glyph.size, [glyph]))
    found = (Line(tuple(_single(sorted(row, key=lambda g: g.left))), page) for _, _, row in rows)
    return [line for line in found if line.text.strip()]


def _single(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Drop what is printed again over itself (bold made by printing twice)."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        if not any(glyph.text == g.text and glyph.left - g.left < 0.12 * g.size and abs(g.base - glyph.base) < 1
                   for g in kept[-2:] if glyph.text != " "):
            kept.append(glyph)
    return kept


def spell(glyphs: Sequence[Glyph]) -> str:
    """Write characters in order, with the blanks that are printed or that their gaps show.

    >>> spell([Glyph(c, x, 0, x + 5, 10, 10) for c, x in (("1", 0), ("2", 5), ("a", 20), ("元", 25.5))])
    '12 a元'
    """
    text, blanks = "", ""
    before: Glyph | None = None
    wide = _wide(glyphs)
    for glyph in glyphs:
        if glyph.text == " ":
            blanks += " "
            continue
        if before is not None:
            gap = glyph.left - before.right
            close = gap < 0.12 * glyph.size and _counts(before.text) and _counts(glyph.text)
            if blanks:
                # a blank between figures that takes no room is kerning
                text += "" if close else blanks
            elif gap > wide or gap > 0.22 * glyph.size and _latin(before.text) and _latin(glyph.text):
                text += " "
        else:
            text += blanks
        text, blanks, before = text + glyph.text, "", glyph
    return text + blanks


def _wide(glyphs: Sequence[Glyph]) -> float:
    """The gap from which Chinese characters stand apart: more than the even spread of a justified line."""
    gaps = sorted(b.left - a.right for a, b in zip(glyphs, glyphs[1:], strict=False))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    size = max((g.size for g in glyphs), default=10.0)
    return max(0.9 * size, usual + 0.9 * size)


def _counts(text: str) -> bool:
    return text in "0123456789.,"


def _latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def joined(first: str, second: str) -> str:
    """Put together what a line break parted: a blank only between Latin words.

    >>> joined("预算完成率为99.", "5%"), joined("the annual ", "report"), joined("annual", "report"), joined("决算 ", "数")
    ('预算完成率为99.5%', 'the annual report', 'annual report', '决算数')
    """
    end, start = first.rstrip(), second.lstrip()
    if not end or not start:
        return end + start
    blank = len(end) < len(first)
    if end[-1].isascii() and start[0].isascii():
        between = " " if blank or end[-1].isalpha() and start[0].isalpha() else ""
    else:
        between = first[len(end):] if blank and (end[-1].isascii() or start[0].isascii()) else ""
    return end + between + start
