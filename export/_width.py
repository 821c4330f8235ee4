"""Text laid out in columns of a terminal, where a Chinese character takes two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

# numbers, words and the spaces between them stay together; each Chinese character may end a line, what closes begins none
_PIECES = re.compile(r"(?:[\d.,]+[%‰]?|[A-Za-z]+|\S)[）、，。；：”’》]*|\s+")


def wide(text: str) -> int:
    """Return how many columns `text` takes.

    >>> wide("收入61.37万元")
    13
    """
    return sum(_wide(char) for char in text)


def _wide(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def padded(text: str, width: int) -> str:
    return text + " " * max(0, width - wide(text))


def wrapped(text: str, width: int) -> Iterator[str]:
    """Break `text` into lines of at most `width` columns (2 at the least, or a Chinese character would not fit)."""
    room = max(2, width)
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph.replace("\t", " "), room):
            if line and wide(line) + wide(piece) > room:
                yield line.rstrip()
                line = ""
            line += piece if line else piece.lstrip()
        if line.strip():
            yield line.rstrip()


def _pieces(text: str, room: int) -> Iterator[str]:
    for piece in _PIECES.findall(text):
        while wide(piece) > room:
            cut = max(1, room if piece.isascii() else room // 2)
            yield piece[:cut]
            piece = piece[cut:]
        yield piece


def fill(text: str, width: int, indent: str) -> Iterator[str]:
    """Wrap `text` with every line indented."""
    return (indent + line for line in wrapped(text, width - len(indent)))


def columns_for(rows: Sequence[Sequence[str]], least: Sequence[int], most: Sequence[int], room: int) -> list[int]:
    """Give each column what its widest cell needs within its bounds, then take from the widest until all fit.

    >>> columns_for([("甲", "x" * 30)], (2, 5), (10, 20), 15)
    [2, 13]
    """
    needs = [max(wide(line) for row in rows for line in row[at].split("\n")) for at in range(len(least))]
    widths = [min(max(need, low), high) for need, low, high in zip(needs, least, most, strict=True)]
    while sum(widths) > room:
        spare = [width - low for width, low in zip(widths, least, strict=True)]
        if not any(spare):
            break
        at = max(range(len(widths)), key=lambda i: (spare[i] > 0, widths[i]))
        widths[at] -= 1
    return widths
