"""Characters of symbol fonts, which stand at private code points: boxes to tick, and signs like ≤ that change a rule."""

from __future__ import annotations

import re

_PRIVATE = re.compile("[\uf020-\uf0ff]")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff\u2011]")

_WINGDINGS = {0xFE: "☑", 0xA8: "□", 0x6F: "□", 0x70: "□", 0x71: "□", 0x72: "□", 0xFC: "√", 0xFB: "×", 0xFD: "☒",
              0xFF: "□", 0x78: "☒", 0xA1: "○", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0xA7: "■", 0xB2: "☆"}
_WINGDINGS_2 = {0x52: "☑", 0x54: "☒", 0x53: "☒", 0x51: "☒", 0x50: "√", 0x4F: "×", 0xA3: "□", 0x2A: "□", 0x30: "□",
                0x98: "●", 0xA2: "■"}
_SYMBOL = {0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xBA: "≡", 0xD7: "·",
           0xB0: "°", 0xA5: "∞", 0xE5: "∑", 0x53: "Σ", 0x44: "Δ", 0x2D: "-", 0xB7: "•", 0xA8: "♦", 0xD6: "√", 0xBE: "—"}
_FONTS = {"wingdings": _WINGDINGS, "wingdings 2": _WINGDINGS_2, "symbol": _SYMBOL}


def symbol(code: int, font: str) -> str:
    """Return the character that a symbol font shows for a code; empty where nobody knows.

    >>> symbol(0xF052, "Wingdings 2"), symbol(0xF0A3, "Symbol"), symbol(0xF031, "Symbol"), symbol(0x25A1, "宋体")
    ('☑', '≤', '1', '□')
    """
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    known = _FONTS.get(font.lower().strip(), {})
    if low in known:
        return known[low]
    if low != code or known:
        return chr(low) if known is _SYMBOL and 0x20 <= low < 0x40 else ""
    return chr(code) if 0x20 <= code < 0xD800 or 0xE000 <= code < 0x110000 else ""


def has_private(text: str) -> bool:
    return _PRIVATE.search(text) is not None


def shown(text: str, font: str) -> str:
    """Return text with private characters put as `font` shows them (one of unknown font stays as it is)."""
    return _PRIVATE.sub(lambda match: symbol(ord(match.group()), font) or match.group(), text)


def printed(text: str) -> str:
    """Return text as it prints: marks that only guide line breaking are gone, a hyphen that forbids one is a hyphen."""
    return _UNSEEN.sub(lambda match: "-" if match.group() == "\u2011" else "", text)
