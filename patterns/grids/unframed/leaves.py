"""The innermost headings over indicators, in the order of their columns, where headings stand over headings or words that
mean nothing to us among them.

>>> def shown(*lines):
...     found = tokens([Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines)])
...     heads = leaves_at(found, 0)
...     return heads and ([h.text for h in heads.heads], heads.roles, heads.end)
>>> shown("绩效指标 年度指标值 完成值 分值 得分", "一级指标 二级指标 指标性质 指标值 度量单位", "产出 数量 = 3 个 3 10 10")
(['一级指标', '二级指标', '指标性质', '指标值', '度量单位', '完成值', '分值', '得分'], ['level', 'level', 'nature', 'target', 'unit', 'measured', 'weight', 'earned'], 10)
>>> shown("权重 评价内容 分值 自评分", "决策(20分) 依据 20 18")
(['权重', '评价内容', '分值', '自评分'], ['level', 'level', 'weight', 'earned'], 4)
>>> shown("项目 预算数 决算数", "甲 3 4")
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from fusuan.patterns.cues.indicators import role_of
from fusuan.patterns.grids.unframed.tokens import Paragraph, Place, Token, tokens

__all__ = ["FIRST", "POINTS", "SECOND", "Leaves", "Paragraph", "Place", "leaves_at", "role", "tokens"]

FIRST = regex.compile(r"(?:项目)?(?:投入|过程|决策|管理|产出|效益|效果|满意度?|绩效|预算执行|预算管理|部门决策|综合管理|运行成本|履职效能)(?:目标)?(?:类)?(?:指标|情况)?")
SECOND = regex.compile(r"(?:产出)?(?:数量|质量|时效|成本|经济成本|社会成本|生态环境成本|成本节约)(?:类)?指标|"
                       r"(?:产出)(?:数量|质量|时效|成本)|(?:经济|社会|生态|环境|可持续|生态环境)(?:影响|效益)?(?:影响)?指标|(?:经济|社会|生态)效益|可持续影响|"
                       r"(?:社会公众或)?(?:服务|受益|帮扶)?(?:对象)?满意度指标")
POINTS = regex.compile(r"\((?:[^()0-9]{1,8}(?=[0-9.]+分))?(?P<points>[0-9]{1,3}(?:\.[0-9]+)?)分?\)$")
_MARKED = ("weight", "earned")
_AIMS = ("target", "initial_target", "adjusted")
_MOST = 18
# which headings stand under which
_UNDER = {"level": ("", "level", "label"), "nature": _AIMS, "unit": _AIMS, "target": _AIMS, "": (*_AIMS, "earned", "weight"),
          "measured": ("measured",), "weight": ("", "earned", "weight", "measured"), "earned": ("", "earned", "weight", "measured"),
          "coefficient": ("", "earned", "measured")}


@dataclass(frozen=True, slots=True)
class Leaves:
    """Headings with what they mean, and the token after them; `start`: the first of them; `lines`: rows stand in lines."""

    heads: list[Token]
    roles: list[str]
    start: int
    end: int
    lines: bool


def role(token: Token) -> str:
    """What a heading means; a name with its points, or that of a group, heads nothing."""
    plain = POINTS.sub("", token.text)
    found = role_of(token.text)
    return "" if SECOND.fullmatch(plain) or FIRST.fullmatch(plain) or plain != token.text and found not in _MARKED else found


def leaves_at(found: Sequence[Token], at: int) -> Leaves | None:
    """The headings that begin at a token; None where none of indicators do."""
    lines = _lined(found, at)
    end = _end(found, at, lines)
    heads = list(found[at:end])
    roles = [role(head) for head in heads]
    split = _split(roles) if not lines else 0
    if lines and sum(map(bool, roles)) >= 3 and (second := _second(found, end)) > end:
        heads, roles, end, split = heads + list(found[end:second]), roles + [role(h) for h in found[end:second]], second, end - at
    if split:
        nested = _nested(heads[:split], roles[:split], heads[split:], roles[split:])
        if nested is None and not lines:
            return None
        heads, roles = nested or (heads[:split], roles[:split])
        end = end if nested else at + split
    skip = _unlabelled(roles)
    heads, roles = heads[skip:], roles[skip:]
    if not _full(roles) or any(roles.count(r) > 1 for r in (*_AIMS, "measured", "review", "deducted")):
        return None
    return Leaves(heads, roles, at + skip if not split else at, end, lines)


def _lined(found: Sequence[Token], at: int) -> bool:
    """Tell whether headings have a line of their own: so have the rows."""
    end = at
    while end < len(found) and end - at <= _MOST and found[end].line == found[at].line:
        if found[end].kind != "word":
            return False
        end += 1
    return 2 <= end - at <= _MOST and end < len(found)


def _full(roles: Sequence[str]) -> bool:
    """Tell whether headings are those of indicators: names, and marks or aims."""
    known = sum(bool(r) for r in roles)
    aimed = bool(set(_AIMS) & set(roles)) and "measured" in roles
    return known >= 3 and "level" in roles and (bool(set(_MARKED) & set(roles)) or aimed)


def _end(found: Sequence[Token], at: int, lines: bool) -> int:
    """Where the headings that begin at a token end: with their line, or with the last that is known."""
    end = last = at
    while end < len(found) and end - at < _MOST and found[end].kind == "word" and (end == at or not _group(found[end])):
        if lines and found[end].line != found[at].line:
            break
        if role(found[end]):
            last = end + 1
        elif not lines and end - last >= 1:
            break
        end += 1
    return end if lines else last


def _group(token: Token) -> bool:
    plain = POINTS.sub("", token.text)
    return bool(SECOND.fullmatch(plain) or FIRST.fullmatch(plain)) and role_of(token.text) not in ("level", *_MARKED)


def _second(found: Sequence[Token], at: int) -> int:
    """Where a second line of headings ends that begins at a token; at it where there is none."""
    end = at
    while end < len(found) and found[end].line == found[at].line:
        token = found[end]
        if token.kind != "word" or len(token.text) > 12 or _group(token) or regex.search(r"[0-9]", token.text):
            return at
        end += 1
    known = sum(bool(role(token)) for token in found[at:end])
    return end if end - at >= 2 and known * 2 >= end - at else at


def _split(roles: Sequence[str]) -> int:
    """Where headings of a second row begin, cells standing one to a line: with levels, or what stands under a target, after marks."""
    marked = next((n for n, r in enumerate(roles) if r in (*_MARKED, "measured", *_AIMS)), len(roles))
    levelled = "level" in roles[:marked]
    return next((n for n in range(max(marked + 1, 3), len(roles)) if roles[n] == ("nature" if levelled else "level") and roles[n - 1] not in _AIMS), 0)


def _nested(over: Sequence[Token], roles: Sequence[str], under: Sequence[Token],
            inner: Sequence[str]) -> tuple[list[Token], list[str]] | None:
    """The innermost headings of two rows, each of the second under one of the first that may stand over it."""
    owners: dict[int, list[int]] = {}
    parents = ["label" if n == 0 and roles[0] not in (*_MARKED, *_AIMS) else r for n, r in enumerate(roles)]
    at = 0
    for n, r in enumerate(inner):
        own = next((p for p in range(at, len(over)) if parents[p] in _UNDER.get(r, ()) and _over(over[p], parents[p], r)), None)
        if own is None:
            return None
        owners.setdefault(own, []).append(n)
        at = own
    heads: list[Token] = []
    found: list[str] = []
    for p, head in enumerate(over):
        for n in owners.get(p, ()):
            plain = inner[n] or (roles[p] if roles[p] in _AIMS else "")
            heads.append(under[n] if inner[n] else replace(under[n], text=head.text) if plain else under[n])
            found.append(plain)
        if p not in owners:
            heads.append(head)
            found.append(roles[p])
    return heads, found


def _over(head: Token, outer: str, inner: str) -> bool:
    """Tell whether marks may stand under a heading: under what says how an indicator fares, not under its value."""
    return outer != "measured" or inner == "measured" or head.text.endswith("情况")


def _unlabelled(roles: list[str]) -> int:
    """How many headings stand before the names: the label of the block. One that says weight or nothing, right before the
    names, heads a level itself.
    """
    first = roles.index("level") if "level" in roles else 0
    if first and roles[first - 1] in ("weight", "") and (first > 1 or roles[first - 1] == "weight"):
        first -= 1
        roles[first] = "level"
    return first
