"""Numbers of items at the beginning of a line: 一、 （一） 1. （1） ① 第一条, and which comes after which."""

from __future__ import annotations

import re

_CHINESE = "一二三四五六七八九十"
_OPENS = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百]{1,4}[、）)．.]|第[一二三四五六七八九十百]{1,4}[章节条部、]|附[件表：:]"
    r"|[（(][0-9]{1,2}[）)]|[0-9]{1,2}(?:[、．）)]|\.(?![0-9]))|[①-⑳]|[●■◆▪•])")
_PARTS = re.compile(r"\s*([（(第]?)([一二三四五六七八九十]{1,3}|[0-9]{1,2}|[①-⑳])(.?)")


def opening(text: str) -> int:
    """Return how many characters of a line are the number of an item, 0 where it does not begin with one.

    >>> opening("2.本年支出"), opening("（一）收入"), opening("12.5万元"), opening("2024年")
    (2, 3, 0, 0)
    """
    found = _OPENS.match(text)
    return found.end() if found else 0


def chinese(text: str) -> bool:
    """Tell whether an item is numbered in Chinese, as headings are."""
    return bool(opening(text)) and any(c in _CHINESE + "附第" for c in text[:opening(text)])


def comes_next(first: str, text: str) -> bool:
    """Tell whether `text` begins with the number after that of `first`, written alike.

    >>> comes_next("九、收入", "十、支出"), comes_next("（十）", "（十一）其他"), comes_next("1.甲", "3.乙"), comes_next("1.甲", "2、乙")
    (True, True, False, False)
    """
    mine, other = _number(text), _number(first)
    return mine is not None and other is not None and mine[0] == other[0] and mine[1] == other[1] + 1


def _number(text: str) -> tuple[str, int] | None:
    found = _PARTS.match(text) if opening(text) else None
    if found is None:
        return None
    before, digits, after = found.groups()
    if digits[0] in _CHINESE:
        tens, _, ones = digits.rpartition("十")
        value = (_CHINESE.index(tens[0]) + 1 if tens else 1) * 10 if "十" in digits else 0
        return before + "一" + after, value + (_CHINESE.index(ones[0]) + 1 if ones else 0)
    if digits.isascii():
        return before + "1" + after, int(digits)
    return "①", ord(digits) - ord("①") + 1
