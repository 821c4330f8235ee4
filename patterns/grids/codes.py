"""Columns of account codes: which columns hold them, and the whole code of every row.

The classification of accounts (类 款 项, three digits and two for each level below) stands in one column (2010601), in one for
each level (201 | 06 | 01), merged over several, with or without leading zeros, every level repeated or left blank where
nothing changes. A run of such columns gives each row its whole code; the code, not the layout, then says which row
belongs under which.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from fusuan.patterns.grids.entries import Entry

Lines = Sequence[Sequence[Entry | None]]
Heads = Callable[[int], tuple[str, ...]]

_LEVEL = regex.compile(r"[类款项目节]|类款|款项|类款项")
_HEADED = regex.compile(r"(?:编码|代码|编号)(?:[(（][^()（）]*[)）])?$")
_DIGITS = regex.compile(r"[0-9]{1,11}")
_WHOLE = regex.compile(r"[1-9][0-9]{2}(?:[0-9]{2}){0,4}")
_FULL = regex.compile(r"[1-9][0-9]{2}(?:[0-9]{2}){1,4}")
_LEAD = regex.compile(r"[\[(]?([1-9][0-9]{2}(?:[0-9]{2}){0,3})[\])]?[-—_:、.]?(?=[\p{Han}])(?![年月日万亿元个人台套分项次号条家户户栋辆])")
_LED = regex.compile(r"[\[(]?([1-9][0-9]{4}(?:[0-9]{2}){0,2})[\])]?[-—_:、.]?(?=[\p{Han}])")
_MOST = 5
"""More levels than this no classification has."""


@dataclass(frozen=True, slots=True)
class Run:
    """Columns next to each other that hold the codes of their rows; `codes`: row -> whole code."""

    first: int
    last: int
    codes: dict[int, str]


def whole_code(text: str) -> str:
    """The text where it is a whole code (类 3 digits, 款 5, 项 7, 目 9), else empty.

    >>> whole_code("2010601"), whole_code("201"), whole_code("06"), whole_code("20106001")
    ('2010601', '201', '', '')
    """
    return text if _WHOLE.fullmatch(text) else ""


def led_by_code(text: str, known: Collection[str] = ()) -> str:
    """The code that a name begins with; where the code over it is `known`, whatever the name: 10103个人所得税 counts nobody.

    >>> led_by_code("2010601行政运行"), led_by_code("[301]工资福利支出"), led_by_code("2023年预算"), led_by_code("100万元以上项目")
    ('2010601', '301', '', '')
    >>> led_by_code("10103个人所得税"), led_by_code("10103个人所得税", {"101"})
    ('', '10103')
    """
    match = (_LED if known else _LEAD).match(text)
    return match[1] if match and (not known or match[1][:-2] in known) else ""


def runs_of(lines: Lines, body: Sequence[int], heads: Heads, width: int) -> tuple[Run, ...]:
    """Return the runs of code columns of a section, left to right; columns that hold no classification are runs without codes."""
    found: list[Run] = []
    held: list[int] = []
    for column in range(width + 1):
        holds = column < width and _holds(lines, body, heads(column), column)
        if held and (not holds or len(held) >= _MOST or not _fitting(lines, body, held[-1], column)):
            found.append(_run(lines, body, held))
            held = []
        if holds:
            held.append(column)
    return tuple(found)


def _holds(lines: Lines, body: Sequence[int], heads: tuple[str, ...], column: int) -> bool:
    """Tell whether a column holds codes: they divide one another, or they are short numbers under a heading that says so."""
    said = bool(heads) and (bool(_LEVEL.fullmatch(heads[-1])) or bool(_HEADED.search(heads[-1])))
    own = _said(lines, body, column)
    return own == "whole" or said and own == "digits"


def _said(lines: Lines, body: Sequence[int], column: int) -> str:
    """"whole" where a column holds codes that divide one another, "digits" where it holds short whole numbers, or nothing."""
    texts = [e.text for row in body if (e := lines[row][column]) is not None and e.kind != "blank"
             and (e.kind == "value" or not _over(e, column) and not _LEVEL.fullmatch(e.text))]
    digits = [t for t in texts if _DIGITS.fullmatch(t)]
    if len(digits) < 0.6 * len(texts):
        return ""
    whole = [t for t in digits if whole_code(t)]
    nested = any(b != a and b.startswith(a) for a, b in pairwise(whole))
    if len(whole) >= 3 and len(whole) == len(digits) and nested and any(_FULL.fullmatch(t) for t in whole):
        return "whole"
    return "digits" if all(len(t) <= 11 and not t.startswith("000") for t in digits) else ""


def _over(entry: Entry, column: int) -> bool:
    """Tell whether words lie over more columns than their own: a total, or a note."""
    return entry.kind == "text" and (entry.columns > 1 or entry.column != column)


def _fitting(lines: Lines, body: Sequence[int], left: int, right: int) -> bool:
    """Tell whether a column of whole codes goes on in the next one (201 | 20106): two lists side by side do not."""
    both = [(a.text, b.text) for row in body if (a := lines[row][left]) is not None and (b := lines[row][right]) is not None
            and a is not b and whole_code(a.text) and whole_code(b.text)]
    return all(b.startswith(a) for a, b in both)


def _run(lines: Lines, body: Sequence[int], columns: Sequence[int]) -> Run:
    codes: dict[int, str] = {}
    above: list[str] = []
    for row in body:
        parts = [_digits(lines[row], column) for column in columns]
        if any(parts):
            above = parts = _inherited(parts, above)
            if code := _joined(parts):
                codes[row] = code
    _settled(codes)
    return Run(columns[0], columns[-1], codes)


def _digits(line: Sequence[Entry | None], column: int) -> str:
    """The digits of a code cell; one merged over several columns holds them once."""
    entry = line[column]
    return entry.text if entry is not None and entry.column == column and _DIGITS.fullmatch(entry.text) else ""


def _inherited(parts: list[str], above: Sequence[str]) -> list[str]:
    """The parts of a row with those of the row above where it leaves the outer ones blank: | 06 | 01 under 201."""
    first = next(n for n, part in enumerate(parts) if part)
    return parts if len(parts[first]) > 2 or not above else [*above[:first], *parts[first:]]


def _joined(parts: Sequence[str]) -> str:
    """The parts as one code; a part that is itself a whole code within the one before stands for both.

    >>> _joined(["201", "6", "01"]), _joined(["201", "", ""]), _joined(["201", "20106", "2010601"]), _joined(["20106", "01"])
    ('2010601', '201', '2010601', '2010601')
    """
    code = ""
    for part in parts:
        if not part:
            continue
        if len(part) >= 5 or len(part) == 3:
            code = part
        elif len(part) <= 2 and code:
            code += part.zfill(2)
        else:
            return ""
    return whole_code(code)


def _settled(codes: dict[int, str]) -> None:
    """A class printed with noughts (30400 over 30401) where its three digits stand nowhere is the class."""
    classes = {code for code in codes.values() if len(code) == 3}
    for row, code in codes.items():
        if len(code) == 5 and code.endswith("00") and code[:3] not in classes:
            codes[row] = code[:3]
