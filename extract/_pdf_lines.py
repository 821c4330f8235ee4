"""Lines of a PDF: characters gathered by baseline, blanks from their gaps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

from fusuan.extract._pdf_sheet import Glyph
from fusuan.extract._raised import raised

_NOT_FIRST = "，。、；：！？）〕】》〉”’％%)]},.;:!?·"
_NOT_LAST = "（〔【《〈“‘([{¥￥$"
_WORD = re.compile(r"[0-9A-Za-z.,:;%‰/+\-=(≤≥≦≧<>×*_#&@$①-⑳]")
_OPERATORS = "×÷=＝≤≥≦≧"
_QUOTES = "“”‘’"
_LABELS = 0.25
_SMALL, _ABOVE = 0.8, 0.15
BLANKS = " \u3000"
_HANGING = "，。、；：,.;:）》”’"


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
        return tuple([g for g in self.glyphs if g.text not in BLANKS])

    @cached_property
    def left(self) -> float:
        return self._shown[0].left

    @cached_property
    def right(self) -> float:
        return max([g.right for g in self._shown])

    @cached_property
    def inner(self) -> float:
        """Its right end but for a mark that may hang over the edge of the text."""
        shown = self._shown
        return shown[-2].right if len(shown) > 1 and shown[-1].text in _HANGING else self.right

    @cached_property
    def base(self) -> float:
        return self._main.base

    @cached_property
    def size(self) -> float:
        return em_of(self._shown)

    @cached_property
    def _main(self) -> Glyph:
        return max(self._shown, key=attrgetter("size"))

    @cached_property
    def top(self) -> float:
        return min([g.base - 0.88 * g.size for g in self._shown])

    @cached_property
    def bottom(self) -> float:
        return max([g.base + 0.12 * g.size for g in self._shown])

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.left, self.top, self.right, self.bottom

    @cached_property
    def first(self) -> float:
        """The width of its first character."""
        return self._shown[0].right - self._shown[0].left

    @cached_property
    def lead(self) -> float:
        """The width of its first piece that no line break may cut: a word, a number, a character with its marks."""
        return self._shown[self._held].right - self.left

    @property
    def whole(self) -> bool:
        """Tell whether it is one such piece that goes on with the next line."""
        last = self._shown[-1].text
        return self._held == len(self._shown) - 1 and (last in _NOT_LAST or bool(_WORD.match(last)))

    @cached_property
    def _held(self) -> int:
        glyphs, most = self._shown, 0.4 * self.size
        last, word = 0, bool(_WORD.match(glyphs[0].text))
        for k in range(1, len(glyphs)):
            before, text = glyphs[k - 1].text, glyphs[k].text
            gap = glyphs[k].left - glyphs[k - 1].right
            held = (text in _NOT_FIRST or before in _NOT_LAST or text in _QUOTES or before in _QUOTES
                    or text in _OPERATORS or (word or before in ")]") and bool(_WORD.match(text)))
            if not held or gap > most:
                break
            last, word = k, bool(_WORD.match(text))
        return last

    @property
    def opens(self) -> bool:
        """Tell whether it ends in an opening bracket, where nobody ends a line of his own will."""
        return self._shown[-1].text in _NOT_LAST


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Gather characters into lines, from the top."""
    rows: list[tuple[float, float, list[Glyph]]] = []
    for glyph in sorted(glyphs, key=attrgetter("base")):
        if rows and glyph.base - rows[-1][0] <= 0.45 * max(glyph.size, rows[-1][1]):
            base, size, row = rows[-1]
            row.append(glyph)
            if glyph.size > size * 1.15 and glyph.text not in BLANKS:
                rows[-1] = (glyph.base, glyph.size, row)
        else:
            rows.append((glyph.base, glyph.size, [glyph]))
    found = (Line(tuple(_single(sorted(row, key=attrgetter("left")))), page) for _, _, row in rows)
    return [line for line in found if line.text.strip()]


def asides(glyphs: Sequence[Glyph], page: int) -> tuple[list[Line], list[Glyph]]:
    """Take the labels on their side (of charts, of margins) from among characters; return them, and the others.

    Where they are many they are no labels, but text of its own.
    """
    lying = sorted((g for g in glyphs if g.aside and g.text not in BLANKS), key=lambda g: (round(g.left / 4), g.base))
    if not lying or len(lying) > _LABELS * len(glyphs) + 40:
        return [], list(glyphs)
    runs: list[list[Glyph]] = []
    for glyph in lying:
        last = runs[-1][-1] if runs else glyph
        if runs and abs(glyph.left + glyph.right - last.left - last.right) < last.size \
                and 0 <= glyph.base - last.base < 2.5 * last.size:
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [Line(tuple(run), page) for run in runs], [g for g in glyphs if not g.aside]


def _single(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Drop what is printed again over itself (bold made by printing twice)."""
    kept: list[Glyph] = []
    for glyph in glyphs:
        last = kept[-1] if kept else glyph
        if kept and glyph.text == last.text and glyph.text not in BLANKS and glyph.left - last.left < 0.12 * last.size \
                and abs(last.base - glyph.base) < 1:
            continue
        kept.append(glyph)
    return kept


def em_of(glyphs: Sequence[Glyph]) -> float:
    """The size of the type: the width of Chinese characters where there are such, else the height of the letters."""
    wide = [g.right - g.left for g in glyphs if g.text >= "\u2e80"]
    if wide:
        return max(sorted(wide)[len(wide) // 2], 1.0)
    return max((g.size for g in glyphs if g.text != " "), default=10.0)


def spell(glyphs: Sequence[Glyph]) -> str:
    """Write characters in order, with the blanks that are printed or that their gaps show.

    >>> spell([Glyph(c, x, 0, x + 5, 10, 10) for c, x in (("1", 0), ("2", 5), ("a", 20), ("b", 25.5))])
    '12 ab'
    """
    text, blanks = "", ""
    before: Glyph | None = None
    em, spread = em_of(glyphs), _spread(glyphs)
    for k, (glyph, said) in enumerate(written(glyphs)):
        if glyph.text in BLANKS:
            blanks += glyph.text
            continue
        if before is not None:
            gap = glyph.left - before.right
            if blanks:
                # a blank between figures that takes no room is kerning
                close = gap < 0.12 * em and _counts(before.text) and _counts(glyph.text)
                text += "" if close else blanks
            elif gap > 0.18 * em and gap > spread + em * _apart(before.text, glyph.text, spread > 0.004 * em):
                text += "" if gap < 0.45 * em and _point(text, glyphs[k:k + 4]) else " "
        else:
            text += blanks
        text, blanks, before = text + said, "", glyph
    return text + blanks


def written(glyphs: Iterable[Glyph]) -> Iterator[tuple[Glyph, str]]:
    """Yield each character as it is to be written: small ones right after others and above their line are marks of notes, or squares."""
    ground: Glyph | None = None
    for glyph in glyphs:
        above = ground is not None and glyph.size < _SMALL * ground.size and ground.base - glyph.base > _ABOVE * ground.size
        yield glyph, raised(glyph.text) if above else glyph.text
        if not above and glyph.text not in BLANKS:
            ground = glyph


def _point(text: str, following: Sequence[Glyph]) -> bool:
    """Tell whether a number is cut at its point or comma: the mark is narrower than the half em it was given."""
    if following[0].text in ".,":
        return text[-1:].isdigit()
    digits = "".join(g.text for g in following)
    after = digits[:1].isdigit() if text[-1:] == "." else digits[:3].isdigit() and not digits[3:].isdigit()
    return text[-1:] in (".", ",") and text[-2:-1].isdigit() and after


def _spread(glyphs: Sequence[Glyph]) -> float:
    """The even gap between the characters of a justified or widely set line."""
    gaps = sorted([b.left - a.right for a, b in pairwise(glyphs) if a.text >= "\u2e80" and b.text >= "\u2e80"])
    return max(gaps[len(gaps) // 2], 0.0) if len(gaps) > 2 else 0.0


def _apart(before: str, after: str, justified: bool) -> float:
    """The gap in ems from which two characters stand apart.

    Office programs set a quarter of an em between Chinese and Latin by themselves, more in justified lines: no blank.
    """
    if before.isascii() and after.isascii() or before >= "\u2e80" and after >= "\u2e80":
        return 0.2
    return 0.38 if justified else 0.305


def _counts(text: str) -> bool:
    return text in "0123456789.,"


def _latin(text: str) -> bool:
    return text.isascii() and text.isalnum()


def joined(first: str, second: str, forced: bool = False) -> str:
    """Put together what a line break parted.

    Latin words and numbers part only at a blank, unless the break was `forced`: the line had no room for a character.

    >>> joined("预算完成率为99.", "5%", True), joined("the annual", "report"), joined("决算", "数"), joined("为", "5%")
    ('预算完成率为99.5%', 'the annual report', '决算数', '为5%')
    """
    end, start = first.rstrip(), second.lstrip()
    if not end or not start:
        return end + start
    printed = first[len(end):]
    if end[-1] >= "\u2e80" and start[0] >= "\u2e80":
        return end + start
    if printed or not (end[-1].isascii() and start[0].isascii()):
        return end + printed + start
    parted = (start[0].isalnum() or start[0] == "|") and (end[-1].isalnum() or end[-1] in "|.,;:)%")
    return end + (" " if parted and not forced else "") + start
