"""A serial number as a date or a time."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from fusuan.extract._numfmt_code import Section

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = "一二三四五六日"
_LAST = 2_958_465
"""31 December 9999."""


def moment(value: Decimal, since_1904: bool) -> datetime | None:
    """Return the moment of a serial number; None out of reach. Excel counts a 29 February 1900 that never was."""
    if not 0 <= value <= _LAST:
        return None
    origin = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30 if value >= 60 else 31)
    seconds = int((value * 86_400).to_integral_value(ROUND_HALF_UP))
    return origin + timedelta(seconds=seconds)


def dated(value: Decimal, section: Section, since_1904: bool) -> str:
    """Return what a date format shows; empty where the number is no date.

    >>> from fusuan.extract._numfmt_code import sections
    >>> dated(Decimal("45291.5"), sections("yyyy-mm-dd hh:mm")[0], False)
    '2023-12-31 12:00'
    """
    when = moment(value, since_1904)
    if when is None:
        return ""
    noon = any(token.kind == "noon" for token in section.tokens)
    out = ""
    for index, token in enumerate(section.tokens):
        if token.kind == "date":
            minutes = token.text[0] == "m" and len(token.text) < 3 and _is_minutes(section, index)
            out += _field(when, "n" * len(token.text) if minutes else token.text, noon)
        elif token.kind == "elapsed":
            out += str(int(value * {"h": 24, "m": 1440, "s": 86_400}[token.text[0]]))
        elif token.kind == "noon":
            out += ("上午", "下午")[when.hour >= 12] if "上" in token.text else ("AM", "PM")[when.hour >= 12]
        elif token.kind in ("text",):
            out += token.text
    return out.strip()


def _is_minutes(section: Section, index: int) -> bool:
    """Tell whether m means minutes: it follows hours or goes before seconds."""
    fields = [(at, token.text[0]) for at, token in enumerate(section.tokens) if token.kind in ("date", "elapsed")]
    before = [letter for at, letter in fields if at < index]
    after = [letter for at, letter in fields if at > index]
    return before[-1:] == ["h"] or after[:1] == ["s"]


def _field(when: datetime, letters: str, noon: bool) -> str:
    kind, length = letters[0], len(letters)
    if kind in "ye":
        return f"{when.year % 100:02d}" if length <= 2 and kind == "y" else f"{when.year}"
    if kind == "m" and length >= 3:
        return _MONTHS[when.month - 1][: 1 if length == 5 else 3]
    if kind == "a" or (kind == "d" and length >= 3):
        return ("星期" if length == 4 else "周" if kind == "d" else "") + _WEEKDAYS[when.weekday()]
    hour = (when.hour % 12 or 12) if noon else when.hour
    number = {"m": when.month, "d": when.day, "h": hour, "n": when.minute, "s": when.second}.get(kind)
    return "" if number is None else f"{number:0{min(length, 2)}d}"
