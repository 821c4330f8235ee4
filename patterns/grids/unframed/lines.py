"""Rows out of a stream of words and values: the words before a run of values, and the values.

Classification codes, serial numbers and page numbers stand among the values: they go with the words they number.

>>> def shown(*lines):
...     return [("".join(c.text for c in r.codes), [w.text for w in r.words], [v.text for v in r.values])
...             for r in lines_of(tokens([Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines)]))]
>>> shown("208 社会保障支出 30.00 30.00 208 05 养老支出 18.00 18.00 208 05 05 基本养老 12.00 12.00 210 卫生 5.00 5.00")[1:3]
[('20805', ['养老支出'], ['18.00', '18.00']), ('2080505', ['基本养老'], ['12.00', '12.00'])]
>>> shown("序号 名称 数 1 甲镇 3 2 乙镇 4 3 丙镇 5")
[('', ['序号', '名称', '数'], []), ('1', ['甲镇'], ['3']), ('2', ['乙镇'], ['4']), ('3', ['丙镇'], ['5'])]
>>> shown("甲 3 4", "17", "乙 5 6", "丙 7 8")
[('', ['甲'], ['3', '4']), ('', ['乙'], ['5', '6']), ('', ['丙'], ['7', '8'])]
>>> [[n.text for n in r.numbers] for r in lines_of(tokens([Paragraph("地区 应补 已拨 清算 1 2 3=1-2 合计 9 5 4", Place())]))]
[['1', '2', '3=1-2']]
>>> shown("甲", "3", "4", "乙", "5", "6")
[('', ['甲'], ['3', '4']), ('', ['乙'], ['5', '6'])]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from fusuan.patterns.grids.unframed.tokens import Paragraph, Place, Token, tokens

__all__ = ["Line", "Paragraph", "Place", "lines_of", "tokens"]

_FUNCTION, _INCOME = r"2(?:0[1-9]|1[0-9]|2[0-9]|3[0-4])", r"1(?:0[1-5]|1[01])"
_USE = r"30[1-9]|31[0-3]|399|50[1-9]|51[0-4]|599"
"""The classes of 政府收支分类科目 (财政部, every year anew): 支出功能分类, 收入分类, 支出经济分类 of departments and of governments."""
_CLASS = regex.compile(rf"{_FUNCTION}|{_INCOME}|{_USE}")
_LONG = regex.compile(rf"(?:{_FUNCTION}(?:[0-9]{{2}}){{1,2}}|(?:{_INCOME})(?:[0-9]{{2}}){{1,3}}|(?:{_USE})[0-9]{{2}})")
_DEEP = regex.compile(r"[0-9]{2}")


@dataclass(slots=True)
class Line:
    """A row: its classification code or serial number, its words and its values, from token `start` up to `end`.

    `numbers`: the numbers of the columns (1 2 3=1-2) among its words.
    """

    start: int
    codes: list[Token] = field(default_factory=list)
    words: list[Token] = field(default_factory=list)
    values: list[Token] = field(default_factory=list)
    end: int = 0
    numbers: list[Token] = field(default_factory=list)

    @property
    def prose(self) -> bool:
        return any(word.kind == "prose" for word in self.words)


def lines_of(stream: Sequence[Token], start: int = 0, end: int | None = None) -> list[Line]:
    """Return the rows of a stretch of a stream."""
    end = len(stream) if end is None else end
    codes = _codes(stream, start, end)
    found: list[Line] = []
    line = Line(start)
    at = start
    while at < end:
        token = stream[at]
        if at in codes:
            if line.words:
                line.end = at
                found.append(line)
                line = Line(at)
            line.codes = list(stream[at:codes[at]])
            at = codes[at]
            continue
        if not line.values and line.words and (stop := _columns(stream, at, end)) > at:
            line.numbers = list(stream[at:stop])
            at = stop
            continue
        if token.kind == "prose" and line.values and _remark(stream, at, end, line):
            at += 1
            continue
        valued = token.kind in ("value", "blank")
        if not valued and line.values:
            line.end = at
            found.append(line)
            line = Line(at)
        (line.values if valued else line.words).append(token)
        at += 1
    line.end = end
    if line.words or line.values:
        found.append(line)
    _without_pages(found)
    _numbered(found)
    return _uncounted(found)


def _remark(stream: Sequence[Token], at: int, end: int, line: Line) -> bool:
    """Tell whether a sentence behind the values of a row is a remark on it: in their line, and another such row follows."""
    lone = stream[at].line > line.values[-1].last
    following = stream[at + 1:at + 4]
    values = next((n for n, token in enumerate(following) if token.kind == "value"), 0)
    return at + 1 < end and values > 0 and len(line.values) >= 2 and all(t.kind == "word" for t in following[:values]) \
        and (not lone or all(a.line < b.line for a, b in zip(stream[at - 2:at + 2], stream[at - 1:at + 3], strict=False)))


_COUNTS = ("列次", "栏次", "行次")


def _uncounted(lines: Sequence[Line]) -> list[Line]:
    """The rows without those that only number the columns (列次 0 1 2 3); the words before such a row go with the next."""
    found: list[Line] = []
    words: list[Token] = []
    start = None
    for line in lines:
        numbers = [v.whole for v in line.values]
        first = numbers[0] if numbers else None
        if len(numbers) >= 2 and first in (0, 1) and numbers == list(range(first, first + len(numbers))) \
                and line.words and line.words[-1].text in _COUNTS:
            words, start = line.words[:-1], line.start
            continue
        if words:
            line.words, line.start = words + line.words, start if start is not None else line.start
            words = []
        found.append(line)
    return found


_FORMULA = regex.compile(r"(?P<own>[0-9]{1,2})=[0-9]{1,2}(?:[-+*/÷×][0-9]{1,3}%?)+")


def _columns(stream: Sequence[Token], start: int, end: int) -> int:
    """Where the numbers of columns that begin at a token end: 1 2 3, or 1 2 3=1-2."""
    at, spelt = start, 0
    while at < end and at - start < 30:
        match = _FORMULA.fullmatch(stream[at].text)
        wanted = str(at - start + int(stream[start].text != "0"))
        if stream[at].text != wanted and (match is None or match["own"] != wanted):
            break
        spelt += match is not None
        at += 1
    return at if at - start >= 3 and (spelt or at < end and stream[at].kind == "value") else start


def _codes(stream: Sequence[Token], start: int, end: int) -> dict[int, int]:
    """Where classification codes begin and end: several of them, each before the words it stands for."""
    found: dict[int, int] = {}
    at = start
    while at < end:
        stop = at
        if _CLASS.fullmatch(stream[at].text):
            stop = at + 1
            while stop < end and stop < at + 3 and _DEEP.fullmatch(stream[stop].text):
                stop += 1
        elif _LONG.fullmatch(stream[at].text):
            stop = at + 1
        if stop > at and stop < end and stream[stop].kind == "word" and not regex.match(r"[年月日号]", stream[stop].text):
            found[at] = stop
            at = stop
        else:
            at += 1
    firsts = [stream[n].text for n in found]
    nested = sum(len(t) > 3 and t[:3] in firsts for t in firsts)
    return found if len(found) >= 3 and len(set(firsts)) < len(firsts) or nested >= 2 or len({t for t in firsts if len(t) > 3}) >= 3 else {}


def _without_pages(lines: Sequence[Line]) -> None:
    """Drop page numbers: whole numbers alone on their lines, one more than the other rows of as many values have."""
    usual = Counter(len(line.values) for line in lines)
    for line in lines:
        for place in (-1, 0):
            if len(line.values) >= 2 and _alone(line, place) and usual[len(line.values) - 1] > 2 * usual[len(line.values)] - 2 \
                    and not _alone(line, -2 if place else 1):
                del line.values[place]


def _alone(line: Line, place: int) -> bool:
    """Tell whether a value is a small whole number on a line of its own."""
    token, around = line.values[place], [*line.words, *line.values]
    if token.whole is None or token.whole > 400:
        return False
    return not any(other is not token and (other.line == token.line or other.last == token.line) for other in around)


def _numbered(lines: Sequence[Line]) -> None:
    """Move serial numbers from the end of the values before them to the row they number: 1, 2, 3 without a gap."""
    places = [n for n, line in enumerate(lines[:-1]) if line.values and line.values[-1].whole is not None]
    run: list[int] = []
    best: list[int] = []
    for place in places:
        wanted = len(run) + (1 if not run or _serial(lines, run[0]) == 1 else 2)
        if run and _serial(lines, place) == wanted and place - run[-1] <= 2:
            run.append(place)
        elif _serial(lines, place) in (1, 2):
            run = [place]
        best = max(best, run, key=len)
    if len(best) >= 2 and all(len(lines[n].values) >= 2 or n == 0 for n in best):
        for place in best:
            lines[place + 1].codes = [lines[place].values.pop()]


def _serial(lines: Sequence[Line], place: int) -> int:
    return lines[place].values[-1].whole or 0
