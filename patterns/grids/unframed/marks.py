"""Indicators and their marks, copied out as text: rows of a name, a target, a value, a full mark and a mark earned.

The headings say in which order the values of a row stand; a row is what fits them. What is left between rows is remarks;
where a number is left, the rows are not what they seem and none is put back.

>>> text = ("一级指标 二级指标 三级指标 指标值 完成值 分值 得分 产出指标(20分) 数量指标 新建泵站 ≥3座 3座 10 10 验收率 100% 96% 10 9 "
...         "雨季停工 效益指标(10分) 社会效益指标 覆盖面 提高 提高 10 8 总分 30 27")
>>> built = next(built_of(tokens([Paragraph(text, Place())])))
>>> [" ".join(cell.text if cell else "_" for cell in row) for row in built.rows[1:]]
['产出指标(20分) 数量指标 新建泵站 ≥3座 3座 10 10', '_ _ 验收率 100% 96% 10 9', '效益指标(10分) 社会效益指标 覆盖面 提高 提高 10 8', '总分 _ _ _ _ 30 27']
>>> list(built_of(tokens([Paragraph(text.replace("9 雨季", "9 7 雨季"), Place())])))
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from fusuan.patterns.cues.indicators import bare, role_of, words
from fusuan.patterns.grids.unframed.aligned import laid
from fusuan.patterns.grids.unframed.leaves import FIRST, POINTS, SECOND, Leaves, leaves_at, role
from fusuan.patterns.grids.unframed.tokens import NUMBER, Paragraph, Place, Token, tokens
from fusuan.patterns.grids.unframed.total import shape_of, total_row

__all__ = ["Built", "Paragraph", "Place", "built_of", "tokens"]

_LABEL = regex.compile(r"[^()]{0,6}(?:指标|目标)[^()]{0,4}\([0-9]{2,3}分\)")
_AIMS = {"target", "initial_target", "adjusted"}
_VALUES = {"target", "initial_target", "adjusted", "measured"}
_FIELDS = {"weight": "(N)", "earned": "([NB])", "coefficient": "([NQB])", "deducted": "([NB])", "review": "([NB])", "nature": "([SW])?",
           "unit": "([WQU])?", "rate": "([NQB])"}
_MOST = 400
_GAP = 24


@dataclass(frozen=True, slots=True)
class Built:
    """Rows put back from the tokens from `start` to `end`: a token or nothing in each column.

    `sure`: rows that have a value under every heading, all headings known; `open`: rows whose values fit no place alone.
    `label`: what stands beside all of them (绩效指标(90分)). `heads`: how many rows are headings.
    """

    start: int
    end: int
    rows: tuple[tuple[Token | None, ...], ...]
    sure: frozenset[int] = frozenset()
    open: frozenset[int] = frozenset()
    label: Token | None = None
    heads: int = 1


def built_of(stream: Sequence[Token]) -> Iterator[Built]:
    """Yield the blocks of indicators in a stream of tokens."""
    kept = [n for n in range(len(stream)) if not _page(stream, n)]
    found = [stream[n] for n in kept]
    letters = "".join(map(_letter, found))
    at = tried = 0
    while at < len(found):
        end = _heads_end(found, at)
        built = None
        leaves = leaves_at(found, at) if at >= tried and letters[at] in "HWLG" else None
        if leaves is not None:
            built, tried = _under(found, letters, leaves), leaves.end
        if built is None and end > at + 2 and (roles := _marking(found[at:end])):
            built = _first(found, letters, (at, end), roles)
        if built is not None:
            at = built.end
            yield replace(built, start=kept[built.start], end=kept[built.end - 1] + 1)
            continue
        at = max(end, at + 1) if leaves is not None else at + 1


def _under(found: Sequence[Token], letters: str, leaves: Leaves) -> Built | None:
    """The rows under headings: by their pattern where nothing but names stands before the marks, else as they go best."""
    end = _heads_end(found, leaves.start)
    plain = not leaves.lines and end == leaves.end and end - leaves.start == len(leaves.heads)
    last = max(n for n, r in enumerate(leaves.roles) if r in ("weight", "earned", "measured"))
    if plain and not any(r in _ASIDE and r != "level" or not r for r in leaves.roles[:last]):
        built = _first(found, letters, (leaves.start, end), leaves.roles)
        if built is not None and not _left(found, built):
            return built
        other = _laid(found, letters, leaves)
        return other if built is None or other is not None and other.end >= built.end and _left(found, other) < _left(found, built) else built
    return _laid(found, letters, leaves)


def _left(found: Sequence[Token], built: Built) -> int:
    """How many values among the rows of a table stand in none of them."""
    placed = sum(token.kind == "value" for row in built.rows for token in row if token is not None)
    return sum(token.kind == "value" for token in found[built.start:built.end]) - placed


def _first(found: Sequence[Token], letters: str, span: tuple[int, int], roles: list[str]) -> Built | None:
    """The rows after headings that are all of one pattern, with each of them or without one."""
    return next(filter(None, (_block(found, letters, span, roles, without) for without in _WITHOUT)), None)


_DEAREST = 3.5


def _laid(found: Sequence[Token], letters: str, leaves: Leaves) -> Built | None:
    """The rows under headings as they go best together; none where they go badly, or where many marks could stand elsewhere."""
    start = leaves.end
    total = next((m for m in shape_of(leaves.roles).finditer(letters, start, start + _FARTHEST)), None)
    again = next((n for n in range(start, min(start + _FARTHEST, len(found))) if letters[n] in "HWLG" and _opens(found, n)
                  and leaves_at(found, n) is not None), len(found))
    run = _HEADED.search(letters, start, start + _FARTHEST)
    stop = min(start + _FARTHEST, again, total.start() if total else len(found), run.start() if run else len(found))
    if stop - start < 6:
        return None
    way = laid(found[start:stop], leaves.roles, _letter, leaves.lines)
    if len(way.rows) < 2 or way.cost > _DEAREST or len(way.open) * 4 > len(way.rows) or not _within(way.rows, leaves.roles):
        return None
    rows = [tuple(None if n in way.open and leaves.roles[c] in ("weight", "earned", "review") else t for c, t in enumerate(row))
            for n, row in enumerate(way.rows)]
    end = start + way.end
    if total and end + 6 > total.start():
        rows.append(total_row(found[total.start():total.end()], leaves.roles, rows))
        end = total.end()
    fields = [c for c, r in enumerate(leaves.roles) if r not in _ASIDE and r]
    whole = _complete(rows, leaves.roles)
    open_ = frozenset(n + 1 for n in range(len(rows)) if not whole or n in way.open)
    sure = frozenset(n + 1 for n, row in enumerate(way.rows) if n not in way.open and all(row[c] is not None for c in fields))
    return Built(leaves.start, end, (tuple(leaves.heads), *rows), sure, open_)


def _complete(rows: Sequence[tuple[Token | None, ...]], roles: Sequence[str]) -> bool:
    """Tell whether all rows of a form are in sight: their full marks come to the hundred, or to what the budget leaves of it."""
    column = max((n for n, r in enumerate(roles) if r == "weight"), default=None)
    if column is None or any(r == "weight" for r in roles[:column]):
        return False
    leaves = [row for row in rows if row[column] is not None and (first := next((t for t in row if t is not None), None)) is not None
              and bare(POINTS.sub("", first.text)) not in words("total", "names")]
    return sum(_points_of(row[column]) for row in leaves) in (Decimal(100), Decimal(90), Decimal(80))


_FARTHEST = 2000
_HEADED = regex.compile(r"H{4,}")


def _opens(found: Sequence[Token], n: int) -> bool:
    return found[n].opens(found[n - 1] if n else None)


def _within(rows: Sequence[tuple[Token | None, ...]], roles: Sequence[str]) -> bool:
    """Tell whether marks earned keep within the full marks, in nearly every row."""
    if "weight" not in roles or "earned" not in roles:
        return True
    full = max(n for n, r in enumerate(roles) if r == "weight")
    got = roles.index("earned")
    pairs = [(row[full], row[got]) for row in rows if row[full] is not None and row[got] is not None]
    numbers = [(_points_of(a), _points_of(b)) for a, b in pairs]
    return sum(b > a for a, b in numbers) * 10 <= len(numbers)


def _points_of(token: Token | None) -> Decimal:
    match = NUMBER.search(token.text) if token is not None else None
    return Decimal(match[0].replace(",", "")) if match else Decimal(0)


# a mark earned that no row has yet leaves no trace
_WITHOUT = ("", "earned")


def _heads_end(stream: Sequence[Token], at: int) -> int:
    """Where the headings that begin at a token end."""
    end = at
    while end < len(stream) and stream[end].kind == "word" and end - at < 16 and role(stream[end]):
        end += 1
    return end


def _marking(heads: Sequence[Token]) -> list[str]:
    """The roles of headings over indicators; none where they are others."""
    roles = [role(head) for head in heads]
    marked = "weight" in roles or "earned" in roles
    aimed = bool(_AIMS & set(roles)) and "measured" in roles
    return roles if (marked or aimed) and "level" in roles and len(set(roles)) >= 3 else []


_ASIDE = ("level", "reason", "note", "rule", "ignored")


def _block(found: Sequence[Token], letters: str, span: tuple[int, int], roles: list[str], without: str) -> Built | None:
    """Match the rows after the headings in `span`, as far as they go; `without`: a heading that no row has a value under."""
    at, start = span
    fields = [(n, role) for n, role in enumerate(roles) if role not in _ASIDE and role != without]
    if without and without not in roles or not fields or len({role for _, role in fields}) < len(fields):
        return None
    rows, end, clean = _matched(found, letters, start, roles, [n for n, _ in fields])
    if len(rows) < 2 or not clean:
        return None
    rows = _nested(rows, roles)
    sure = frozenset(n for n, row in enumerate(rows, 1) if all(row[column] is not None for column, _ in fields))
    label = found[at - 1] if at and _LABEL.fullmatch(found[at - 1].text) else None
    return Built(at - bool(label), end, (tuple(found[at:start]), *rows), sure, label=label)


def _matched(found: Sequence[Token], letters: str, start: int, roles: list[str],
             fields: list[int]) -> tuple[list[tuple[Token | None, ...]], int, bool]:
    """The rows from a token on, where they end, and whether no number was left over among them."""
    pattern = _pattern([roles[n] for n in fields])
    rows: list[tuple[Token | None, ...]] = []
    place = end = start
    while place < len(letters) and len(rows) < _MOST and place - end <= _GAP:
        if total := shape_of(roles).match(letters, place):
            rows.append(total_row(found[place:total.end()], roles, rows))
            return rows, total.end(), True
        if match := pattern.match(letters, place):
            rows.append(_row(found, match, roles, fields))
            place = end = match.end()
            continue
        # an indicator may be named as a heading is (预算执行率); of headings several stand together
        if letters[place] == "N" or letters[place] == "H" and letters[place + 1:place + 2] in ("H", ""):
            break
        if letters[place] == "L" and POINTS.search(found[place].text):
            rows.append(_lone(found[place], roles))
            end = place + 1
        place += 1
    return rows, end, letters[place:place + 1] != "N"


def _page(stream: Sequence[Token], place: int) -> bool:
    """Tell whether a token is the number of a page: whole, alone in its line, behind a row that has its mark."""
    token, before, after = stream[place], stream[place - 1], stream[place + 1:place + 2]
    return token.whole is not None and before.last < token.line and all(t.line > token.last for t in after) \
        and before.kind in ("value", "blank") and stream[place - 2].line == before.line and all(t.kind == "word" for t in after)


def _letter(token: Token) -> str:
    """The class of a token: a mark N, another value Q, a group L or K, a total T, a sign S, a word W."""
    if token.kind == "value":
        text = token.text.removesuffix("分")
        return "N" if regex.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{1,3})?", text) and Decimal(text) <= 100 else "Q"
    if token.kind == "blank":
        return "B"
    if regex.fullmatch(r"[≥≤<>=≧≦═]|[<>]=|定性|正向|反向", token.text):
        return "S"
    plain = POINTS.sub("", token.text)
    if bare(plain) in words("total", "names"):
        return "T"
    if SECOND.fullmatch(plain) and plain != "满意度指标":
        return "K"
    if FIRST.fullmatch(plain):
        return "L"
    if plain != token.text and token.kind == "word" and len(token.text) <= 24:
        return "G"
    return "H" if token.kind == "word" and role_of(token.text) in ("weight", "earned", "level", "rate", "executed") else "W"


def _pattern(roles: Sequence[str]) -> regex.Pattern[str]:
    """What a row of these roles looks like; targets and values that are blank leave no trace where marks follow.

    Without marks a target and a value must stand there, one of them in numbers.
    """
    if not set(roles) & {"weight", "earned", "coefficient"}:
        aims = [role for role in roles if role in _VALUES]
        if len(aims) != 2 or len(roles) != 2:
            return regex.compile(r"(?!)")
        return regex.compile(r"([LKG]{0,4})([WLKHG])(?:([QN])([WQNBS])|([WS])([QN]))(?![QNBS])")
    fields = "".join("([WQNBSKLG])?" if role in _VALUES else _FIELDS.get(role, "(.)") for role in roles)
    return regex.compile(rf"([LKG]{{0,4}})([WLKHG]){fields}(?![NB])")


def _row(found: Sequence[Token], match: regex.Match[str], roles: list[str], fields: list[int]) -> tuple[Token | None, ...]:
    levels = [n for n, role in enumerate(roles) if role == "level"]
    row: list[Token | None] = [None] * len(roles)
    groups = [found[n] for n in range(match.start(1), match.end(1))]
    row[levels[-1]] = found[match.start(2)]
    for n, token in enumerate(groups):
        outer = len(groups) > 1 and not n or _letter(token) == "L" and not n
        column = levels[0] if outer else levels[max(0, len(levels) - 2)]
        if column != levels[-1]:
            row[column] = token
    places = [match.start(n) if match[n] is not None else None for n in range(3, match.re.groups + 1)]
    if len(places) > len(fields):
        places = places[:2] if places[0] is not None else places[2:]
    for place, column in zip(places, fields, strict=True):
        row[column] = found[place] if place is not None else None
    _aimed(row, [n for n in fields if roles[n] in _VALUES])
    return tuple(row)


def _aimed(row: list[Token | None], aims: Sequence[int]) -> None:
    """Of several targets and a value some are blank: the last that stands there is the value (预算执行率 98.57% 10 9.86)."""
    own = [row[n] for n in aims if row[n] is not None]
    if own and len(own) < len(aims):
        for n in aims:
            row[n] = None
        row[aims[-1]] = own[-1]
        for n, token in zip(aims, own[:-1], strict=False):
            row[n] = token


def _nested(rows: Sequence[tuple[Token | None, ...]], roles: Sequence[str]) -> list[tuple[Token | None, ...]]:
    """Put a group that stands alone before its rows under the group above where that has room for its points."""
    levels = [n for n, role in enumerate(roles) if role == "level"]
    if len(levels) < 3 or not any(_value(row[levels[0]]) and _value(row[levels[1]]) for row in rows):
        return list(rows)
    first, second = levels[:2]
    done, room = [], Decimal(0)
    for row in rows:
        if row[first] is not None and row[second] is not None:
            room = _value(row[first]) - _value(row[second])
        elif row[second] is not None:
            room -= _value(row[second])
        elif row[first] is not None and 0 < _value(row[first]) <= room:
            room -= _value(row[first])
            row = tuple(None if n == first else row[first] if n == second else token for n, token in enumerate(row))
        done.append(row)
    return done


def _value(token: Token | None) -> Decimal:
    """The points in the name of a group."""
    match = POINTS.search(token.text) if token is not None else None
    return Decimal(match["points"]) if match else Decimal(0)


def _lone(token: Token, roles: Sequence[str]) -> tuple[Token | None, ...]:
    """The row of a group that has a mark but no rows in sight."""
    first = roles.index("level")
    return tuple(token if n == first else None for n in range(len(roles)))
