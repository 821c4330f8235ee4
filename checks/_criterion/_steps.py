"""The condition of a deduction to the step it means: 每低于5%, 每超过(降低)一个百分点, 每出现一例, 一次, 每少完成目标值10%.

>>> step("变动率超过10%的,超过部分每1pp", Award(ONE, ONE, minus=True)).base.value
Decimal('10')
>>> step("每出现1例不符合要求的", Award(ONE, ONE, minus=True)).way.value, step("未按时完成", Award(ONE, ONE)) is None
('count', True)
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._criterion._regions import region
from fusuan.checks._criterion._terms import ONE, Award, Bound, Region, Step, Way

_N = r"\d+(?:\.\d+)?"
_MEASURED = r"%|pp|[万亿]?元|岁|分|公里|亩|小时|吨"
_COUNTED = r"工作日|个工作日|人次|户次|个月|项|次|例|处|件|个|天|日|人|名|份|条|家|户|起|笔|篇|周|点|类|宗|期|批"
_SIZED = re.compile(rf"每(?P<words>[^,;:\d]{{0,20}})(?P<size>{_N})(?P<unit>{_MEASURED}|{_COUNTED})?")
_UNSIZED = re.compile(rf"每(?P<words>[^,;:\d]{{0,6}}?)(?P<unit>{_COUNTED}|万元)(?!目标)")
_ONCE = re.compile(rf"(?<![\d.≥≤<>=])(?P<size>1)(?P<unit>{_COUNTED})(?!以|及以|\(含)(?=[^,;]{{0,14}},?$)")
_ABOVE = re.compile(r"超|高|增|升|多|涨|提|大于")
_BELOW = re.compile(r"低|降|减|下|少|跌|小于|滞后|未完成|不足|差距|落后|缺|差(?!异)")
_BOTH = re.compile(r"相差|偏离|偏差|浮动|变动|增减|差异|正负|±|变化")
_OWED = re.compile(r"目标|指标值|计划|预期|任务")


def step(condition: str, award: Award, gain: bool = False) -> Step | None:
    """Read a step; None where the condition names none."""
    match = _SIZED.search(condition) or _UNSIZED.search(condition) or _ONCE.search(condition)
    if match is None:
        return None
    size = Decimal(match.groupdict().get("size") or 1)
    if size == 0:
        return None
    words, unit = match.groupdict().get("words") or "", match["unit"] or "pp"
    before = condition[: match.start()]
    tail = re.match(r"\((?:低于|降低|减少|少|超过|高于|增加)\)|(?:或|及)(?:降低|低于|超过|高于)", condition[match.end():])
    way = _way(words + (tail[0] if tail else ""), before, unit, condition[match.end():])
    guard = region(before) if way is not Way.COUNT else None
    stated = guard is not None and (way is Way.BELOW and guard.high is None or way is Way.ABOVE and guard.low is None)
    owed = bool(_OWED.search(words))
    relative = unit == "%" and (owed or bool(re.search(r"的?%$", words)))
    # "不少于4次,每少1次": the condition is the target itself, not where the step applies
    return Step(way, size, unit, replace(award, minus=False), _subject(condition, match), _base(guard, way, owed),
                relative, gain, only="whole" if "满" in words or words.startswith("达") else "", guard=None if stated else guard)


def _way(words: str, before: str, unit: str, after: str) -> Way:
    above, below = bool(_ABOVE.search(words)), bool(_BELOW.search(words))
    if unit in _COUNTED.split("|") and not re.search(r"超|低于|高于|少于|目标|计划", words):
        return Way.BELOW if re.search(r"^[减少]", words) and "缺" not in words else Way.COUNT
    if "绝对值" in before or _BOTH.search(words) or above and below:
        return Way.BOTH
    if above or below:
        return Way.ABOVE if above else Way.BELOW
    last = before.split(";")[-1]
    if _BOTH.search(last) and not _ABOVE.search(last) and not _BELOW.search(last):
        return Way.BOTH
    if _ABOVE.search(last) and not re.search(r"不超|未超", last):
        return Way.ABOVE
    if _BELOW.search(last) or re.search(r"未达", last):
        return Way.BELOW
    return Way.COUNT if unit in _COUNTED.split("|") else Way.ABOVE if re.search(r"超|高", after[:6]) else Way.BELOW


def _base(guard: Region | None, way: Way, owed: bool) -> Bound | None:
    if guard is not None:
        found = guard.low or guard.high if way in (Way.ABOVE, Way.BOTH) else guard.high or guard.low
        if found is not None:
            return found
    return Bound(ONE, None, True, "目标值") if owed else None


def _subject(condition: str, match: re.Match[str]) -> str:
    """The thing counted, as printed: what stands around the step in its own clause."""
    last = re.split(r"[;,#]", condition[: match.start()])[-1]
    return (last + condition[match.end():]).strip(",;:的扣")[:40]
