"""What a PDF page shows: its characters and the lines drawn on it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]

# radicals that NFKC leaves alone though fonts' maps give them for the plain character
_RADICALS = dict(zip("⺠⻅⻔⻓⻉⻋⻢⻥⻦⻰⻚⻛⻜⻝⻩⻬⻮⻳⻘⻄⻆⻁⻨⻙⻣⻤⻑⻗⻪", "民见门长贝车马鱼鸟龙页风飞食黄齐齿龟青西角虎麦韦骨鬼長雨黾", strict=True))


class Glyph(NamedTuple):
    """A printed character: its box from the top left of the page in points, `base` its baseline, `size` its em.

    `aside`: it lies on its side, and is told as if it stood upright in the same place, read downwards.
    """

    text: str
    left: float
    top: float
    right: float
    base: float
    size: float
    aside: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, self.base - self.size * 0.35


class Ruling(NamedTuple):
    """A drawn line, upright or level, at `at` across and from `start` to `end` along, in points from the top left."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one page shows. `lost` counts characters whose meaning the font does not tell.

    `clips` tells for each glyph the box that its printing is cut off at, None where there is none. It is dear, and can
    be called only until the next page is taken. `art` holds the boxes of what is drawn and is no ruling: slants, curves,
    surfaces. `scanned`: its characters were recognised from a picture, set straight for that; `back` leads
    from its places to those of the page as it came in.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    pictures: int = 0
    lost: int = 0
    hidden: bool = False
    failed: bool = False
    clips: Callable[[], list[Box | None]] = list
    art: list[Box] = field(default_factory=list)
    scanned: bool = False
    back: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def fold(code: int) -> str:
    """Return the character for a code point of a PDF; empty for what prints nothing.

    >>> fold(0x2F6C), fold(0x2EA0), fold(0x02), fold(0x200B), fold(0x41)
    ('目', '民', '-', '', 'A')
    """
    if 0x2E80 <= code <= 0x2FDF:
        return _RADICALS.get(chr(code)) or unicodedata.normalize("NFKC", chr(code))
    if code in (0x02, 0xAD):
        return "-"  # PDFium marks a hyphen at the end of a line so; in a formula it is a minus
    if code in (0x09, 0x20, 0xA0):
        return " "
    if code < 0x20 or 0x200B <= code <= 0x200F or code in (0x7F, 0xFEFF, 0xFFFE):
        return "" if code else "\ufffd"
    return chr(code) if code < 0xD800 or 0xE000 <= code <= 0x10FFFF else "\ufffd"


def righted(glyphs: list[Glyph], rising: list[int]) -> None:
    """Let text that is read from below to above be read from above: its characters change places."""
    runs: list[list[int]] = []
    for k in rising:
        before = glyphs[runs[-1][-1]] if runs else None
        if before is not None and abs(before.left + before.right - glyphs[k].left - glyphs[k].right) < before.size:
            runs[-1].append(k)
        else:
            runs.append([k])
    for run in runs:
        for k, other in zip(run, [glyphs[n] for n in reversed(run)], strict=True):
            half = (glyphs[k].right - glyphs[k].left) / 2
            middle = (other.left + other.right) / 2
            glyphs[k] = glyphs[k]._replace(left=middle - half, right=middle + half, top=other.top, base=other.base)
