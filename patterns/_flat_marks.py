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
from dataclasses import dataclass
from decimal import Decimal

import regex

from patterns._flat_tokens import Paragraph, Place, Token, tokens
from patterns._form_words import bare, role_of, words

__all__ = ["Built", "Paragraph", "Place", "built_of", "tokens"]

_FIRST = regex.compile(r"(?:项目)?(?:投入|过程|决策|管理|产出|效益|效果|满意度?|绩效|预算执行|预算管理|部门决策|综合管理|运行成本|履职效能)(?:目标)?(?:类)?(?:指标|情况)?")
_SECOND = regex.compile(r"(?:产出)?(?:数量|质量|时效|成本|经济成本|社会成本|生态环境成本|成本节约)(?:类)?指标|"
                        r"(?:产出)(?:数量|质量|时效|成本)|(?:经济|社会|生态|环境|可持续|生态环境)(?:影响|效益)?(?:影响)?指标|(?:经济|社会|生态)效益|可持续影响|"
                        r"(?:社会公众或)?(?:服务|受益|帮扶)?(?:对象)?满意度指标")
_POINTS = regex.compile(r"\((?:[^()0-9]{1,8}(?=[0-9.]+分))?(?P<points>[0-9]{1,3}(?:\.[0-9]+)?)分?\)$")
_LABEL = regex.compile(r"[^()]{0,6}(?:指标|目标)[^()]{0,4}\([0-9]{2,3}分\)")
_VALUES = {"target", "initial_target", "adjusted", "measured"}
_FIELDS = {"weight": "(N)", "earned": "([NB])", "coefficient": "([NQB])", "deducted": "([NB])", "review": "([NB])", "nature": "([SW])",
           "unit": "([WQU])", "rate": "([NQB])"}
_MOST = 3000


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
    at = 0
    while at < len(stream):
        end = _heads_end(stream, at)
        if end > at + 2 and (heads := _marking(stream[at:end])):
            built = _block(stream, at, end, heads)
            if built is not None:
                yield built
                at = built.end
                continue
        at = max(end, at + 1)


def _heads_end(stream: Sequence[Token], at: int) -> int:
    """Where the headings that begin at a token end."""
    end = at
    while end < len(stream) and stream[end].kind == "word" and end - at < 16 and _role(stream[end]):
        end += 1
    return end


def _role(token: Token) -> str:
    """What a heading means; a name with its points, or that of a group, heads nothing."""
    plain = _POINTS.sub("", token.text)
    role = role_of(token.text)
    return "" if _SECOND.fullmatch(plain) or _FIRST.fullmatch(plain) or plain != token.text and role not in ("weight", "earned") else role


def _marking(heads: Sequence[Token]) -> list[str]:
    """The roles of headings over indicators with marks; none where they are others."""
    roles = [_role(head) for head in heads]
    marked = "weight" in roles or "earned" in roles
    return roles if marked and "level" in roles and len(set(roles)) >= 3 else []


def _block(stream: Sequence[Token], at: int, start: int, roles: list[str]) -> Built | None:
    """Match the rows after the headings from `at` to `start`, as far as they go."""
    fields = [(n, role) for n, role in enumerate(roles) if role not in ("level", "reason", "note", "rule", "ignored")]
    if not fields or len({role for _, role in fields}) < len(fields):
        return None
    where = [n for n in range(start, min(len(stream), start + _MOST)) if not _page(stream, n)]
    after = [stream[n] for n in where]
    letters = "".join(map(_letter, after))
    pattern = _pattern([role for _, role in fields])
    rows: list[tuple[Token | None, ...]] = []
    place, end = 0, 0
    while place < len(letters):
        if total := _TOTAL.match(letters, place):
            rows.append(_total(after[total.start():total.end()], roles))
            end = total.end()
            break
        if match := pattern.match(letters, place):
            rows.append(_row(after, match, roles, [n for n, _ in fields]))
            place = end = match.end()
        elif letters[place] == "H" or letters[place] == "N" or place - end > 24:
            break
        else:
            if letters[place] == "L" and _POINTS.search(after[place].text):
                rows.append(_lone(after[place], roles))
                end = place + 1
            place += 1
    left = regex.search(r"N", letters[end:end + 24]) if place < len(letters) and letters[place:place + 1] == "N" else None
    if len(rows) < 2 or left:
        return None
    rows = _nested(rows, roles)
    end = where[end - 1] + 1
    sure = frozenset(n for n, row in enumerate(rows, 1) if all(row[column] is not None for column, _ in fields))
    label = stream[at - 1] if at and _LABEL.fullmatch(stream[at - 1].text) else None
    return Built(at - bool(label), end, (_headed(stream[at:start], roles), *rows), sure, label=label)


_TOTAL = regex.compile(r"T[NB]{1,2}")


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
    if regex.fullmatch(r"[≥≤<>=]|定性|正向|反向", token.text):
        return "S"
    plain = _POINTS.sub("", token.text)
    if bare(plain) in words("total", "names"):
        return "T"
    if _SECOND.fullmatch(plain) and plain != "满意度指标":
        return "K"
    if _FIRST.fullmatch(plain):
        return "L"
    if plain != token.text and token.kind == "word" and len(token.text) <= 24:
        return "G"
    return "H" if token.kind == "word" and role_of(token.text) in ("weight", "earned", "level", "rate", "executed") else "W"


def _pattern(roles: Sequence[str]) -> regex.Pattern[str]:
    """What a row of these roles looks like; targets and values that are blank leave no trace."""
    optional = "weight" in roles or "earned" in roles
    fields = "".join("([WQNBSKLG])" + ("?" if optional else "") if role in _VALUES else _FIELDS.get(role, "(.)") for role in roles)
    return regex.compile(rf"([LKG]{{0,4}})([WLKHG]){fields}(?![NB])")


def _row(stream: Sequence[Token], match: regex.Match[str], roles: list[str], fields: list[int]) -> tuple[Token | None, ...]:
    levels = [n for n, role in enumerate(roles) if role == "level"]
    row: list[Token | None] = [None] * len(roles)
    groups = [stream[n] for n in range(match.start(1), match.end(1))]
    row[levels[-1]] = stream[match.start(2)]
    for n, token in enumerate(groups):
        outer = len(groups) > 1 and not n or _letter(token) == "L" and not n
        column = levels[0] if outer else levels[max(0, len(levels) - 2)]
        if column != levels[-1]:
            row[column] = token
    for group, column in enumerate(fields, 3):
        if match[group] is not None:
            row[column] = stream[match.start(group)]
    aims = [n for n in fields if roles[n] in _VALUES]
    if len(aims) == 2 and row[aims[1]] is None:
        # of a target and a value only one: 预算执行率 98.57% 10 9.86
        row[aims[0]], row[aims[1]] = None, row[aims[0]]
    return tuple(row)


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
    match = _POINTS.search(token.text) if token is not None else None
    return Decimal(match["points"]) if match else Decimal(0)


def _lone(token: Token, roles: Sequence[str]) -> tuple[Token | None, ...]:
    """The row of a group that has a mark but no rows in sight."""
    first = roles.index("level")
    return tuple(token if n == first else None for n in range(len(roles)))


def _headed(heads: Sequence[Token], roles: Sequence[str]) -> tuple[Token | None, ...]:
    return tuple(heads[: len(roles)])


def _total(found: Sequence[Token], roles: list[str]) -> tuple[Token | None, ...]:
    """The line of the total: both marks in order; a single 100 beside a column of full marks is theirs."""
    row: list[Token | None] = [None] * len(roles)
    row[roles.index("level")] = found[0]
    marks = [n for n, role in enumerate(roles) if role in ("weight", "earned")]
    if len(found) - 1 >= len(marks):
        chosen = marks
    else:
        full = found[1].text.removesuffix("分") == "100" and "weight" in roles
        chosen = [roles.index("weight")] if full or "earned" not in roles else [roles.index("earned")]
    for column, token in zip(chosen, found[1:], strict=False):
        row[column] = token
    return tuple(row)
