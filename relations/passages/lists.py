"""The numbered lists of a text: which item of which list a figure stands in, in lists within lists.

>>> lists = Lists("共9万元:(一)甲5万元:1.子3万元;2.丑2万元。(二)乙4万元。\\n另有:1.寅1万元")
>>> [lists.at(place) for place in (1, 8, 14, 20, 28, 42)]
[(), ((0, 1),), ((0, 1), (1, 1)), ((0, 1), (1, 2)), ((0, 2),), ((0, 2), (2, 1))]
"""

from __future__ import annotations

from bisect import bisect_right

import regex

from fusuan.relations.passages.cues import HAN

_MARKERS = {
    "第一": rf"第(?P<n>[{HAN}]{{1,3}})(?=[,、:])",
    "一、": rf"(?<![^\s。;:])(?P<n>[{HAN}]{{1,3}})、",
    "(一)": rf"[(](?P<n>[{HAN}]{{1,3}})[)]",
    "1.": r"(?<![^\s。;:,、)])(?P<n>[0-9]{1,2})[.、](?![0-9])",
    "(1)": r"[(](?P<n>[0-9]{1,2})[)]",
    "1)": r"(?<![^\s。;:,])(?P<n>[0-9]{1,2})[)]",
    "①": r"(?P<n>[①-⑳])",
    "一是": rf"(?P<n>[{HAN}])是",
}
_ANY = "|".join(pattern.replace("?P<n>", f"?P<n{at}>") for at, pattern in enumerate(_MARKERS.values()))
_MARKER = regex.compile(f"(?=[第{HAN}(0-9①-⑳])(?:{_ANY})")  # what all of them begin with is asked first: few characters do
Path = tuple[tuple[int, int], ...]
"""The list and the item in it, the outermost first."""


class Lists:
    """Where the items of the lists of a text begin. A style that begins again from one, or goes back, is a new list."""

    def __init__(self, text: str) -> None:
        self._starts: list[int] = []
        self._paths: list[Path] = []
        open_: list[tuple[int, int, int]] = []  # style, list, item
        count = 0
        for found in _MARKER.finditer(text):
            style = int(str(found.lastgroup)[1:])
            item = _ordinal(found[f"n{style}"])
            depth = next((n for n, (other, _, _) in enumerate(open_) if other == style), len(open_))
            goes_on = depth < len(open_) and open_[depth][2] < item
            name = open_[depth][1] if goes_on else count
            count += not goes_on
            open_[depth:] = [(style, name, item)]
            self._starts.append(found.start())
            self._paths.append(tuple((name, item) for _, name, item in open_))

    def at(self, place: int) -> Path:
        """The items in which a place stands; an item ends where the next one begins."""
        number = bisect_right(self._starts, place)
        return self._paths[number - 1] if number else ()


def _ordinal(text: str) -> int:
    """The number of an item.

    >>> [_ordinal(text) for text in ("7", "③", "十", "十二", "二十", "二十一")]
    [7, 3, 10, 12, 20, 21]
    """
    if text[0] >= "①" and text[0] <= "⑳":
        return ord(text) - ord("①") + 1
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    return (HAN.find(tens) + 1 if tens else 1) * 10 + HAN.find(ones) + 1 if ten and ones else \
        (HAN.find(tens) + 1 if tens else 1) * 10 if ten else HAN.find(text) + 1
