"""Rows of barred text whose cells slipped, put back in their columns.

A row under merged cells has lost cells at its front, a total row those over which its name was merged or which it
leaves blank; the bars that are missing stand at its end. What each cell holds and what the rows add up to tell.

>>> rows = [["一级指标", "二级指标", "指标值", "完成值", "得分"], ["产出指标", "路面(15分)", "3公里", "3公里", "15"],
...         ["桥梁(10分)", "1座", "1座", "9", ""], ["总分", "24", "", "", ""]]
>>> framed(rows)[2:]
[['', '桥梁(10分)', '1座', '1座', '9'], ['总分', '', '', '', '24']]
>>> rows = [["序号", "学校", "人数", "标准", "金额"], ["1", "甲", "120", "4", "480"], ["2", "乙", "30", "4", "120"], ["合计", "150", "600", "", ""]]
>>> framed(rows)[3]
['合计', '', '150', '', '600']
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

import regex

from fusuan.patterns.cues.amounts import rank
from fusuan.patterns.cues.indicators import bare, role_of, words
from fusuan.patterns.grids.unframed.tokens import NUMBER
from fusuan.patterns.text.squeeze import squeeze

_MARK = regex.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?")
_MARKED = ("weight", "earned")
_FUNDS = ("initial", "budget", "executed")
_WIDEST = 14


def framed(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return the rows with the cells that slipped in their places."""
    done = [list(row) for row in rows]
    width = max((len(row) for row in done), default=0)
    for row in done:
        row += [""] * (width - len(row))
    roles: list[str] = []
    head = -1
    for at, row in enumerate(done):
        texts = [squeeze(text) for text in row]
        if sum(bool(role_of(t)) for t in texts) >= 3 and not any(_MARK.fullmatch(t) for t in texts):
            roles, head = [role_of(t) for t in texts], at
        elif "level" in roles and any(role in _MARKED for role in roles):
            done[at] = _shifted(row, roles)
        elif sum(role in _FUNDS for role in roles) >= 2:
            done[at] = _funded(row, roles)
    _totals(done, head)
    return done


def _shifted(row: list[str], roles: Sequence[str]) -> list[str]:
    """A row of indicators moved to the right by the cells it lost, as far as its marks then stand under their headings."""
    filled = max((n for n, text in enumerate(row) if text), default=-1) + 1
    last = max(n for n, role in enumerate(roles) if role)
    if not filled or filled > last:
        return row
    if bare(squeeze(row[0])) in words("total", "names"):
        return _marked(row, filled, roles)
    ways = [[""] * shift + row[:filled] + [""] * (len(row) - filled - shift) for shift in range(last + 2 - filled)]
    fits = [_fit(way, roles) for way in ways]
    return ways[max(range(len(ways)), key=lambda n: (fits[n], -n))]


def _funded(row: list[str], roles: Sequence[str]) -> list[str]:
    """A row of funds with its values moved to the right, as far as its rate then stands under the heading of rates."""
    filled = max((n for n, text in enumerate(row) if text), default=-1) + 1
    last = max(n for n, role in enumerate(roles) if role)
    if filled < 3 or filled > last or not any(squeeze(t).endswith("%") for t in row) or "rate" not in roles:
        return row
    for shift in range(last + 2 - filled):
        way = [row[0], *[""] * shift, *row[1:filled], *[""] * (len(row) - filled - shift)]
        if squeeze(way[roles.index("rate")]).endswith("%"):
            return way
    return row


def _fit(row: Sequence[str], roles: Sequence[str]) -> int:
    """How well the cells of a row go with the headings."""
    fit = 0
    for text, role in zip(row, roles, strict=False):
        mark = bool(_MARK.fullmatch(squeeze(text)))
        if role in _MARKED and text:
            fit += 2 if mark else -3
        elif role == "level" and text:
            fit -= 3 if mark or NUMBER.match(squeeze(text)) else 0
    return fit


def _marked(row: list[str], filled: int, roles: Sequence[str]) -> list[str]:
    """The line of the total with its marks under their headings."""
    values = [text for text in row[1:filled] if text]
    places = [n for n, role in enumerate(roles) if role in _MARKED]
    if not values or len(values) > len(places) or not all(_MARK.fullmatch(squeeze(v)) for v in values):
        return row
    if len(values) < len(places):
        weight = squeeze(values[0]) == "100" and roles[places[0]] == "weight"
        places = places[:1] if weight else [n for n in places if roles[n] == "earned"][:1]
    done = [row[0], *[""] * (len(row) - 1)]
    for place, value in zip(places, values, strict=False):
        done[place] = value
    return done


def _totals(rows: list[list[str]], head: int) -> None:
    """Put the values of a total row that has fewer than the others where the other rows add up to them."""
    numbers = [[_number(text) for text in row] for row in rows]
    for at, row in enumerate(rows):
        name = next((n for n, text in enumerate(row) if text), None)
        if name is None or not rank(squeeze(row[name])) or at <= head:
            continue
        values = [(n, value) for n, value in enumerate(numbers[at]) if value is not None]
        body = _beside(numbers, at, head, len(values))
        if len(body) < 2 or not 2 <= len(values) or len(row) > _WIDEST:
            continue
        sums = [sum((v for n in body if (v := numbers[n][c]) is not None), Decimal(0)) for c in range(len(row))]
        ways = list(combinations([c for c in range(name + 1, len(row)) if any(numbers[n][c] is not None for n in body)], len(values)))
        held = [sum(_alike(sums[c], value) for c, (_, value) in zip(way, values, strict=True)) for way in ways]
        best = max(held, default=0)
        if best >= 3 * max(2, len(values) - 1) and held.count(best) == 1:
            done = [*row[:name + 1], *[""] * (len(row) - name - 1)]
            for column, (place, _) in zip(ways[held.index(best)], values, strict=True):
                done[column] = row[place]
            rows[at] = done


def _alike(total: Decimal, value: Decimal) -> int:
    """How well a value goes with a sum: 3 where it is the sum, 1 where one digit is another."""
    a, b = str(total.normalize()), str(value.normalize())
    return 3 if total == value else int(len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1)


def _beside(numbers: Sequence[Sequence[Decimal | None]], at: int, head: int, least: int) -> list[int]:
    """The rows next to a total row, above it or else below, that all have as many values, more than it has."""
    counts = [sum(v is not None for v in row) for row in numbers]
    for step in (-1, 1):
        found: list[int] = []
        n = at + step
        while head < n < len(numbers) and counts[n] > least and (not found or counts[n] == counts[found[0]]):
            found.append(n)
            n += step
        if len(found) >= 2:
            return found
    return []


def _number(text: str) -> Decimal | None:
    plain = squeeze(text)
    return Decimal(plain.replace(",", "")) if NUMBER.fullmatch(plain) else None
