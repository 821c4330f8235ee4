"""Numbers written in Chinese, alone or mixed with digits: 三百二十万, 叁佰万, 一点五亿, 十亿3000万.

>>> [str(number(t)) for t in ("三百二十", "叁佰万", "一千零五", "两", "十二", "一亿二千万", "二〇一九", "壹拾贰万叁仟")]
['320', '3000000', '1005', '2', '12', '120000000', '2019', '123000']
>>> number("十足") is None
True
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import regex

_DIGITS = {c: n for n, cs in enumerate(("零〇", "一壹", "二贰两贰", "三叁参", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
           for c in cs}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
LETTERS = "".join(_DIGITS) + "".join(_TENS) + "".join(_GROUPS)
CAPITALS = "壹贰叁参肆伍陆柒捌玖拾佰仟"
FIRST = "".join(_DIGITS) + "十拾"
"""What a number begins with: 百户, 千人计划, 万一 begin with none."""
ARABIC = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?+"
_TOKEN = regex.compile(rf"(?P<arabic>{ARABIC})|点(?P<after>[{''.join(_DIGITS)}]++)|(?P<letter>[{LETTERS}])")


class Numeral(NamedTuple):
    """A number that was written out: what it is worth in all, the group it ends on (1, 万, 亿), decimals before that."""

    value: Decimal
    scale: int = 1
    decimals: int = 0


def number(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral, None where it is none."""
    if len(text) > 1 and all(c in _DIGITS for c in text):
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    read = numeral(text)
    return read.value if read else None


def numeral(text: str) -> Numeral | None:
    """Return the number a text is, None where it is none, or leaves open which: 两三百, 四百五 (405 or 450), 三万五万.

    >>> [numeral(t) and str(numeral(t).value) for t in ("十亿3000万", "3万5千", "三点零二", "两千万点五", "一万五千亿", "四万万")]
    ['1030000000', '35000', '3.02', '20000000.5', '1500000000000', '400000000']
    >>> [numeral(t) for t in ("两三百", "四百五", "两千三点一", "三万五万", "五百千", "百三", "3万5", "1.5亿3000万", "一百零")]
    [None, None, None, None, None, None, None, None, None]
    """
    if text in ("百", "佰"):
        return Numeral(Decimal(100))
    try:
        return _Reader().read(text)
    except ValueError:
        return None


class _Reader:
    """Adds up a numeral from left to right: `total` is what 万 and 亿 have closed, `section` what stands under 万."""

    def __init__(self) -> None:
        self.total = self.section = Decimal(0)
        self.digit: Decimal | None = None
        self.below = 0  # the unit met last: what follows must be smaller
        self.zero = False
        self.scale = 1
        self.decimals = 0
        self.closed: set[int] = set()

    def read(self, text: str) -> Numeral:
        end = 0
        for match in _TOKEN.finditer(text):
            self._require(match.start() == end)
            end = match.end()
            self._take(match)
        self._require(end == len(text) and end > 0)
        return self._whole()

    def _take(self, match: regex.Match[str]) -> None:
        if match["arabic"]:
            self._digit(Decimal(match["arabic"].replace(",", "")), len(match["arabic"].partition(".")[2]))
        elif match["after"]:
            digits = "".join(str(_DIGITS[c]) for c in match["after"])
            whole, self.digit = self.digit or Decimal(0), None
            self._digit(whole + Decimal(f"0.{digits}"), len(digits))
        elif match["letter"] in _GROUPS:
            self._group(_GROUPS[match["letter"]])
        elif match["letter"] in _TENS:
            self._ten(_TENS[match["letter"]])
        else:
            self._digit(Decimal(_DIGITS[match["letter"]]))

    @staticmethod
    def _require(holds: bool) -> None:
        if not holds:
            raise ValueError("no numeral")

    def _digit(self, value: Decimal, decimals: int = 0) -> None:
        self._require(self.digit is None and not self.decimals)
        self.scale = 1
        if value == 0 and self.below and not decimals:
            self._require(not self.zero)
            self.zero = True
            return
        self._require(not self.below or value < self.below)
        self.digit, self.decimals = value, decimals

    def _ten(self, unit: int) -> None:
        self._require(not self.decimals and (not self.below or unit < self.below))
        self._require(self.digit != 0 and (self.digit is not None or unit == 10))
        self.section += (self.digit or 1) * unit
        self.digit, self.zero, self.below, self.scale = None, False, unit, 1

    def _group(self, group: int) -> None:
        amount = self.section + (self.digit or 0)
        if not amount and self.scale > 1 and group == 10**4:
            self.total *= group  # 万万
        elif group == 10**4:
            self._require(bool(amount) and not self.closed & {group})
            self.total += amount * group
        else:
            self._require(bool(self.total + amount) and not self.closed & {group})
            self.total = (self.total + amount) * group
        self.closed = {group} if group > 10**4 else self.closed | {group}
        self.scale = (self.scale if not amount else 1) * group
        self.section, self.digit, self.zero, self.below = Decimal(0), None, False, group

    def _whole(self) -> Numeral:
        self._require(self.digit is not None or not self.zero)
        # 四百五 may be 450 or 405
        self._require(self.digit is None or self.zero or self.below <= 10 or not 1 <= self.digit < 10)
        return Numeral(self.total + self.section + (self.digit or 0), self.scale, self.decimals)
