"""A font of squares for Chinese text whose font is neither in the PDF nor on this machine.

PDFium leaves out characters that it finds no ink for, so a file that relies on a font of the machine that wrote it (宋体, 仿宋) would lose text where there is none.
What is read are the codes and the places; any ink will do. Where the machine has such a font, that is taken as ever.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

_CHINESE, _OF_EAST_ASIA = 134, (128, 129, 134, 136)
"""Charsets that squares stand in for, by Windows' numbers: Japanese, Korean, simplified and traditional Chinese."""

_OURS = 0x5155
"""The handle of the font of squares; those of the machine's fonts are addresses."""

_EM, _SIDE, _FOOT, _TOP = 1000, 50, -80, 820


def _square(width: int) -> bytes:
    """The outline of one glyph as wide as told, in a glyf table."""
    right, high = width - _SIDE, _TOP - _FOOT
    return struct.pack(">5hHH4B8hxx", 1, _SIDE, _FOOT, right, _TOP, 3, 0, 1, 1, 1, 1,
                       _SIDE, 0, right - _SIDE, 0, _FOOT, high, 0, -high)


@cache
def squares() -> bytes:
    """Return a TrueType font in which each Latin character is half a square and any other one a whole.

    >>> len(squares()), squares()[:4]
    (460, b'\\x00\\x01\\x00\\x00')
    """
    half, whole = _square(_EM // 2), _square(_EM)
    tables = {
        b"cmap": struct.pack(">4HL2H9L", 0, 1, 3, 10, 12, 13, 0, 40, 0, 2, 0x20, 0xFF, 1, 0x100, 0x2FFFF, 2),
        b"glyf": half + whole,
        b"head": struct.pack(">4L2H2Q4h2H3h", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, _SIDE, _FOOT, _EM - _SIDE, _TOP, 0, 8, 2, 0, 0),
        b"hhea": struct.pack(">L3hH11hH", 0x10000, 860, -140, 0, _EM, _SIDE, _SIDE, _EM - _SIDE, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">H3h", _EM, _SIDE, _SIDE, _SIDE),
        b"loca": struct.pack(">4H", 0, 0, len(half) // 2, len(half + whole) // 2),
        b"maxp": struct.pack(">L14H", 0x10000, 3, 4, 1, 0, 0, 1, *[0] * 8),
        b"name": struct.pack(">3H", 0, 0, 6),
        b"post": struct.pack(">L28x", 0x30000),
    }
    head, body, start = struct.pack(">L4H", 0x10000, len(tables), 128, 3, 16), b"", 12 + 16 * len(tables)
    for tag, data in tables.items():
        head += struct.pack(">4s3L", tag, 0, start + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


@cache
def stand_in() -> None:
    """Have PDFium take squares where it asks for a Chinese font and the machine has none; done once, before the first PDF is opened."""
    import pypdfium2

    try:
        _squared(pypdfium2.PdfSysfontBase)().setup()
    except pypdfium2.PdfiumError:  # a system whose fonts PDFium does not look for
        return


def _squared(base: Any) -> Any:
    class Squared(base):  # type: ignore[misc]  # the library is loaded when the first PDF is
        def MapFont(self, _: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, unused: Any) -> Any:
            found = super().MapFont(_, weight, italic, charset, pitch, face, unused)
            return found or (_OURS if charset in _OF_EAST_ASIA else found)

        def GetFontData(self, _: Any, font: Any, table: int, buffer: Any, size: int) -> Any:
            if font != _OURS:
                return super().GetFontData(_, font, table, buffer, size)
            data = b"" if table else squares()
            if buffer and size >= len(data):
                ctypes.memmove(buffer, data, len(data))
            return len(data)

        def GetFaceName(self, _: Any, font: Any, buffer: Any, size: int) -> Any:
            return 0 if font == _OURS else super().GetFaceName(_, font, buffer, size)

        def GetFontCharset(self, _: Any, font: Any) -> Any:
            return _CHINESE if font == _OURS else super().GetFontCharset(_, font)

        def DeleteFont(self, _: Any, font: Any) -> None:
            if font != _OURS:
                super().DeleteFont(_, font)

    return Squared
