"""The grammar of an Excel number format: sections of placeholders and literal text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|[\\!](?P<escaped>.)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|_(?P<pad>.)|\*(?P<fill>.)"
    r"|(?P<general>General|G/通用格式)"
    r"|(?P<noon>AM/PM|A/P|上午/下午)"
    r"|(?P<exponent>E[+-]0+)"
    r"|(?P<date>y+|m+|d+|h+|s+|aaaa?|e+|g+|b+)"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<slash>/)|(?P<at>@)|(?P<end>;)"
    r"|(?P<other>.)", re.IGNORECASE | re.DOTALL)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)\Z")
_ELAPSED = re.compile(r"(h+|m+|s+)\Z", re.IGNORECASE)

BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"',
    30: "m/d/yy", 31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: '上午/下午h"时"mm"分"',
    35: '上午/下午h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '¥#,##0;¥-#,##0;¥"-"',
    43: '#,##0.00;-#,##0.00;"-"', 44: '¥#,##0.00;¥-#,##0.00;¥"-"', 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: '上午/下午h"时"mm"分"', 56: '上午/下午h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"'}
"""Formats that files name by number only (ISO/IEC 29500-1 §18.8.30, for zh-CN; 14 and 22 as Chinese Windows shows)."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a section: kind is text, digit, point, exponent, general, date, elapsed, noon."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a format, for the numbers that `condition` (sign and bound) picks.

    `around` is the text before and after the number, where it is of the usual shape (0, 0.00, #,##0.00) and no more.
    """

    tokens: tuple[Token, ...] = ()
    condition: tuple[str, Decimal] | None = None
    wholes: str = ""
    decimals: str = ""
    percents: int = 0
    thousands_cut: int = 0
    grouped: bool = False
    keeps_point: bool = False
    exponent: str | None = None
    is_fraction: bool = False
    has_unknown: bool = False
    around: tuple[str, str] | None = None

    @property
    def is_general(self) -> bool:
        return any(token.kind == "general" for token in self.tokens)

    @property
    def is_date(self) -> bool:
        return any(token.kind in ("date", "elapsed", "noon") for token in self.tokens)

    def holds(self, value: Decimal) -> bool:
        """Tell whether the section's own condition picks a value."""
        if self.condition is None:
            return True
        sign, bound = self.condition
        return {"<": value < bound, ">": value > bound, "=": value == bound, "<=": value <= bound,
                ">=": value >= bound, "<>": value != bound}[sign]


@lru_cache(maxsize=1024)
def sections(code: str) -> tuple[Section, ...]:
    """Take a number format apart; the section for text is left out.

    >>> [section.decimals for section in sections("#,##0.00;[Red]-0.0;;@")]
    ['00', '0', '']
    """
    pieces: list[list[re.Match[str]]] = [[]]
    for match in _PIECE.finditer(code[:500]):
        if match["end"]:
            pieces.append([])
        else:
            pieces[-1].append(match)
    if len(pieces) > 1 and any(match["at"] for match in pieces[-1]):
        del pieces[-1]
    if len(pieces) == 2 and not pieces[-1]:
        del pieces[-1]
    return tuple(_section(piece) for piece in pieces) if pieces[0] else (Section((Token("general", ""),)),)


class _Reading:
    """A section being read."""

    def __init__(self) -> None:
        self.tokens: list[Token] = []
        self.condition: tuple[str, Decimal] | None = None
        self.wholes = self.decimals = ""
        self.after_point = self.grouped = self.is_fraction = self.has_unknown = False
        self.percents = self.commas = 0
        self.exponent: str | None = None

    def take(self, kind: str, text: str) -> None:
        handler = getattr(self, f"_{kind}", None)
        if handler is not None:
            handler(text)
        else:
            self.tokens.append(Token(kind, text))

    def _quoted(self, text: str) -> None:
        self.tokens.append(Token("text", text))

    _escaped = _other = _quoted

    def _pad(self, text: str) -> None:
        self.tokens.append(Token("text", " "))

    def _fill(self, text: str) -> None:
        """A character that fills the cell says nothing."""

    def _bracket(self, text: str) -> None:
        condition = _CONDITION.match(text.replace(" ", ""))
        if text.startswith("$"):
            self._quoted(text[1:].partition("-")[0])
        elif condition:
            bound = condition[2].rstrip(".") if condition[2].count(".") < 2 else "0"
            self.condition = (condition[1], Decimal(bound if bound.strip("-.") else "0"))
        elif _ELAPSED.match(text):
            self.tokens.append(Token("elapsed", text.lower()))
        elif text.lower().startswith("dbnum"):
            self.has_unknown = True

    def _date(self, text: str) -> None:
        self.tokens.append(Token("date", text.lower()))

    def _digit(self, text: str) -> None:
        if self.exponent is None and self.after_point:
            self.decimals += text
        elif self.exponent is None:
            self.grouped = self.grouped or (self.commas > 0 and self.wholes != "")
            self.wholes += text
            self.commas = 0
            self.tokens.append(Token("digit", text))

    def _point(self, text: str) -> None:
        if not self.after_point:
            self.tokens.append(Token("point", text))
        self.after_point = True

    def _comma(self, text: str) -> None:
        if self.wholes:
            self.commas += 1
        else:
            self._quoted(text)

    def _percent(self, text: str) -> None:
        self.percents += 1
        self._quoted(text)

    def _slash(self, text: str) -> None:
        self.is_fraction = self.is_fraction or self.wholes != ""
        self._quoted(text)

    def _at(self, text: str) -> None:
        self.tokens.append(Token("general", text))

    def _exponent(self, text: str) -> None:
        self.exponent = text.upper()
        self.tokens.append(Token("exponent", text))


def _section(pieces: list[re.Match[str]]) -> Section:
    reading = _Reading()
    for match in pieces:
        kind = match.lastgroup or "other"
        reading.take(kind, match[kind])
    keeps_point = reading.after_point and not reading.decimals
    return Section(tuple(reading.tokens), reading.condition, reading.wholes, reading.decimals, reading.percents,
                   reading.commas, reading.grouped, keeps_point, reading.exponent, reading.is_fraction,
                   reading.has_unknown, _around(reading))


def _around(reading: _Reading) -> tuple[str, str] | None:
    kinds = [token.kind for token in reading.tokens]
    numeric = [index for index, kind in enumerate(kinds) if kind in ("digit", "point")]
    usual = reading.wholes.strip("#") == "0" and reading.wholes.endswith("0") and not reading.decimals.strip("0")
    if not usual or set(kinds) - {"text", "digit", "point"} or numeric[-1] - numeric[0] >= len(numeric):
        return None
    if reading.is_fraction or (reading.after_point and not reading.decimals):
        return None
    return ("".join(token.text for token in reading.tokens[: numeric[0]]),
            "".join(token.text for token in reading.tokens[numeric[-1] + 1:]))
