"""Signs that stand alone in a cell (≥, ≤, —), which look like letters when nothing beside them tells how large they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fusuan.extract._pdf_sheet import Box, Glyph
from fusuan.extract._scan_engine import Pixels
from fusuan.extract._scan_glyphs import inked, recognised

_GAP, _EDGE = 5, 3
_LEAST = 2


def with_signs(grey: Pixels, words: Sequence[list[Glyph]]) -> list[list[Glyph]]:
    """Read each sign once more, beside a figure cut out of the same page."""
    alone = [n for n, word in enumerate(words) if len(word) == 1 and _odd(word[0].text)]
    figure = next((found for word in words if alone and (found := _figure(grey, word)) is not None), None)
    settled = list(words)
    for n in alone if figure is not None else ():
        text = _beside(grey, words[n][0], *figure) if figure is not None else ""
        if text:
            settled[n] = [words[n][0]._replace(text=text)]
    return settled


def _odd(text: str) -> bool:
    return not text.isdigit() and text != "—" and text < "\u4e00"


def _figure(grey: Pixels, word: Sequence[Glyph]) -> tuple[Pixels, str] | None:
    """A number that is recognised again when cut out."""
    text = "".join(glyph.text for glyph in word)
    if len(text) < _LEAST or not text.isdigit():
        return None
    left, top, right, bottom = (round(side) for side in _around(word))
    part = grey[max(0, top - _EDGE):bottom + _EDGE, max(0, left - _EDGE):right + _EDGE]
    return (part, text) if "".join(char.text for char in recognised(part)) == text else None


def _around(word: Sequence[Glyph]) -> Box:
    size = word[0].size
    return word[0].left, word[0].base - 0.78 * size, word[-1].right, word[0].base


def _beside(grey: Pixels, glyph: Glyph, figure: Pixels, text: str) -> str:
    """What a sign reads like with a figure behind it; empty where the figure itself is not read then."""
    box = inked(grey, (glyph.left, glyph.base - glyph.size, glyph.right, glyph.base + 1))
    if box is None:
        return ""
    left, top, right, bottom = (round(side) for side in box)
    sign = grey[top:bottom, left:right]
    high, wide = max(figure.shape[0], sign.shape[0]), sign.shape[1]
    canvas = np.full((high, _EDGE + wide + _GAP + figure.shape[1]), np.percentile(figure, 90), np.uint8)
    at = (high - sign.shape[0]) // 2
    canvas[at:at + sign.shape[0], _EDGE:_EDGE + wide] = sign
    canvas[:figure.shape[0], _EDGE + wide + _GAP:] = figure
    read = "".join(char.text for char in recognised(canvas))
    return read[0] if read[1:] == text else ""
