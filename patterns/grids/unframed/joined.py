"""Forms copied out with nothing between their cells: cut into words and values again, where there is one way only.

The headings tell in which order values stand: where full mark and mark stand side by side, 108 is 10 and 8, as no mark is
above its full mark; where a full mark stands before the target, 15100% is 15 and 100%. The amounts of a fund line are cut
so that the rate printed behind them is theirs, or by their decimals. What could be cut in two ways stays as it is, and is no figure of the form.

>>> def cut(text):
...     return [text[a:b] for a, b in pieces(text)]
>>> cut("一级指标二级指标三级指标年度指标值实际完成值分值得分产出指标(50分)数量指标建档率≥90%94.6%1010老年人数≥2100人2148人108总分10098")[7:]
['产出指标(50分)', '数量指标', '建档率', '≥90%', '94.6%', '10', '10', '老年人数', '≥2100人', '2148人', '10', '8', '总分', '100', '98']
>>> cut("全年预算数(A)全年执行数(B)分值执行率(B/A)得分年度资金总额:303010100.00%10其中:本年财政拨款3030其他资金")[5:]
['年度资金总额:', '30', '30', '10', '100.00%', '10', '其中:本年财政拨款', '3030', '其他资金']
>>> cut("全年预算数全年执行数分值执行率得分年度资金总额:51.451.442.361082%8上年结转资金")[5:]
['年度资金总额:', '51.4', '51.4', '42.36', '10', '82%', '8', '上年结转资金']
>>> cut("三级指标分值年度指标值全年实际值得分合格率15100%100%15总投资1030万元30万元10")[5:]
['合格率', '15', '100%', '100%', '15', '总投资', '10', '30万元', '30万元', '10']
>>> cut("本年支出318.25万元，其中项目支出120万元")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

import regex

from fusuan.patterns.cues.indicators import role_of, vocabulary

Span = tuple[int, int]
_TELLING = ("得分", "分值", "权重", "指标值", "完成值", "实际值", "执行率", "三级指标", "二级指标")
_FAR = 3000
_BRACKET = r"(?:\([^()]{1,14}\))?"
_GROUP = regex.compile(r"(?:(?:产出|效益|满意度|成本|投入|过程|决策|管理)指标|(?:数量|质量|时效|成本|(?:经济|社会|生态|可持续)(?:效益|影响)|(?:服务|受益)对象满意度|"
                       r"经济成本|社会成本|生态环境成本)指标)(?:\([0-9]{1,3}分\))?")
_NAMES = regex.compile(r"(?:其中:?)?(?:年度(?:财政)?资金总额|(?:本年|当年|本级)?财政拨款|(?:其中:?)(?:财政资金|中央补助|省级资金)|上年结转资金|其他资金|总分|合计):?")
_VALUE = regex.compile(r"[≥≤<>=]?[-]?[0-9][0-9,]*(?:\.[0-9]+)*(?:%|‰|[万亿]?元(?:/[\u4e00-\u9fff])?|万?(?:人次|人|户|个|亩|公里|平方米|立方米|厘米|米|吨|辆|台|套|次|场|天|件|项|家|份|只|头|处|座|条))?")
_DATE = regex.compile(r"(?:(?:19|20)[0-9]{2}年|[0-9]{1,2}[月日号])[^0-9≥≤<>=]{0,12}")
_WORD = regex.compile(r"(?:\([^()]{1,24}\)|[^0-9≥≤<>=])++")


@cache
def _heads() -> regex.Pattern[str]:
    """The names of headings, the longest first, with what may stand in brackets behind them."""
    names = {name for role in vocabulary()["role"] for name in role.get("names", ()) if len(name) > 2} | {"分值", "得分", "权重"}
    names -= {name for name in names for cut in range(2, len(name)) if name[:cut] in names and name[cut:] in names}
    return regex.compile("(?:" + "|".join(sorted(map(regex.escape, names), key=len, reverse=True)) + ")" + _BRACKET)


def pieces(text: str) -> list[Span]:
    """The words and values of a form that runs together; none where a text is no such form."""
    if len(text) < 40 or sum(word in text for word in _TELLING) < 2 or not _headed(text):
        return []
    found: list[Span] = []
    at = 0
    order = _order(text)
    while at < len(text):
        if match := _DATE.match(text, at):
            found.append(match.span())
            at = match.end()
        elif match := _VALUE.match(text, at):
            end = match.end()
            while (more := _VALUE.match(text, end)) is not None:
                end = more.end()
            found += _values((at, end), text, order, found)
            at = end
        elif match := _WORD.match(text, at):
            found += _words(text, match.span())
            at = match.end()
        else:
            at += 1
    return found


def _headed(text: str) -> bool:
    """Tell whether three headings of different meaning follow one another with nothing between them."""
    run: list[str] = []
    last = -1
    for match in _heads().finditer(text, 0, _FAR):
        run = [*run, role_of(match.group())] if match.start() == last else [role_of(match.group())]
        last = match.end()
        if len(set(run)) >= 3:
            return True
    return False


def _order(text: str) -> str:
    """How marks stand in the rows of indicators: "pair" side by side, "first" before the target, else apart."""
    roles = [role_of(match.group()) for match in _heads().finditer(text, 0, _FAR)]
    for a, b in zip(roles, roles[1:], strict=False):
        if (a, b) == ("weight", "earned"):
            return "pair"
        if a == "weight" and b in ("target", "initial_target", "measured"):
            return "first"
    return ""


def _words(text: str, span: Span) -> Iterator[Span]:
    """Cut a stretch of words before groups, names of fund lines, and headings that stand next to one another."""
    start, end = span
    at = start
    while at < end:
        match = _GROUP.match(text, at, end) or _NAMES.match(text, at, end) or _beside(text, at, span)
        if match is None:
            at += 1
            continue
        if at > start:
            yield start, at
        yield match.span()
        at = start = match.end()
    if end > start:
        yield start, end


def _beside(text: str, at: int, span: Span) -> regex.Match[str] | None:
    """A heading that begins at a place, where another follows it or stands before it."""
    match = _heads().match(text, at, span[1])
    if match is None:
        return None
    before = any(_heads().fullmatch(text, start, at) for start in range(max(span[0], at - 12), at - 1))
    return match if before or _heads().match(text, match.end(), span[1]) or _GROUP.match(text, match.end(), span[1]) else None


def _values(span: Span, text: str, order: str, before: Sequence[Span]) -> list[Span]:
    """Cut a stretch of values; the whole of it where it could be cut in more ways than one."""
    stretch = text[span[0]:span[1]]
    label = text[slice(*before[-1])] if before else ""
    if regex.search(r"资金|拨款", label) and (amounts := _funds(stretch)):
        return _placed(span[0], amounts)
    if order and regex.match(r"总分|合计", label) and (total := _pair(stretch)) and total[0] in ("100", "90", "80"):
        return _placed(span[0], total)
    found: list[Span] = []
    at = span[0]
    while at < span[1] and (match := _VALUE.match(text, at)):
        bare = regex.fullmatch(r"[0-9]+(?:\.[0-9]+)?", match.group())
        parts = _pair(match.group()) if bare and order == "pair" else _first(match.group()) if order == "first" and not found else None
        found += _placed(at, parts) if parts else [match.span()]
        at = match.end()
    return found


def _placed(start: int, parts: Sequence[str]) -> list[Span]:
    found = []
    for part in parts:
        found.append((start, start + len(part)))
        start += len(part)
    return found


def _pair(digits: str) -> list[str]:
    """A full mark and a mark in one: the mark is not above the full mark; none where several cuts make sense."""
    ways = []
    for cut in range(1, min(4, len(digits))):
        full, mark = digits[:cut], digits[cut:]
        if regex.fullmatch(r"[1-9][0-9]*", full) and regex.fullmatch(r"0|[1-9][0-9]*|(?:0|[1-9][0-9]?)\.[0-9]{1,2}", mark) \
                and Decimal(mark) <= Decimal(full) <= 100:
            ways.append([full, mark])
    return ways[0] if len(ways) == 1 else []


def _first(value: str) -> list[str]:
    """A full mark before a target with a unit: 15100%, 1030万元."""
    match = regex.fullmatch(r"([0-9]+)((?:\.[0-9]+)?[^0-9.]+)", value)
    if match is None:
        return []
    ways = [cut for cut in range(1, min(3, len(match[1]))) if match[1][0] != "0" and match[1][cut] != "0" and int(match[1][:cut]) <= 60]
    if match[2] == "%":
        ways = [cut for cut in ways if int(match[1][cut:]) <= 100]
    whole = match[2] == "%" and int(match[1]) <= 100
    return [value[:ways[0]], value[ways[0]:]] if len(ways) == 1 and not whole else []


def _funds(stretch: str) -> list[str]:
    """Amounts, full mark, rate and mark of a fund line, cut so that the rate is that of the last two amounts.

    Amounts alone are cut where all have two decimals.
    """
    match = regex.fullmatch(r"(?P<front>[0-9.]+)(?P<rate>[0-9]{1,3}(?:\.[0-9]{1,2})?)%(?P<mark>[0-9.]*)", stretch)
    if match is None:
        amounts = regex.findall(r"[0-9]+\.[0-9]{2}", stretch)
        return amounts if "".join(amounts) == stretch else []
    front = stretch[:stretch.index("%")]
    for by_rate, alike in ((True, True), (True, False), (False, True)):
        ways = _ways(front, match["mark"], by_rate, alike)
        if ways:
            return ways[0] if len(ways) == 1 else []
    return []


def _ways(front: str, mark: str, by_rate: bool, alike: bool) -> list[list[str]]:
    """The cuts by which the rate goes with the amounts, all of them with as many decimals or not; or all, where every amount has two."""
    ways: list[list[str]] = []
    for cut in range(max(1, len(front) - 6), len(front)):
        rate = front[cut:]
        if regex.fullmatch(r"(?:0|[1-9][0-9]{0,2})(?:\.[0-9]{1,2})?", rate) and Decimal(rate) <= 100:
            found = _amounts(front[:cut], Decimal(rate), mark, alike) if by_rate else _decimal(front[:cut])
            ways += [[*own, rate + "%", *([mark] if mark else [])] for own in found]
    return ways


def _decimal(digits: str) -> Iterator[list[str]]:
    """Two or three amounts of two decimals each before a full mark."""
    if match := regex.fullmatch(r"((?:0|[1-9][0-9]{0,6})\.[0-9]{2}){2,3}(?:10|15|20)", digits):
        yield [*match.captures(1), digits[match.end(1):]]


_AMOUNT = regex.compile(r"(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,2})?")


def _amounts(digits: str, rate: Decimal, mark: str, alike: bool) -> Iterator[list[str]]:
    """The ways to cut digits into two or three amounts and a full mark, by which the rate and the mark are right but for rounding."""
    for full in ("10", "15", "20", "5"):
        if not digits.endswith(full) or not mark or len(digits) > 40 or abs(Decimal(full) * rate / 100 - Decimal(mark)) > _last(Decimal(mark)):
            continue
        for own in _cut(digits[:-len(full)], 3, alike):
            if len(own) >= 2 and Decimal(own[-2]) and abs(Decimal(own[-1]) / Decimal(own[-2]) * 100 - rate) < _last(rate):
                yield [*own, full]


def _last(printed: Decimal) -> Decimal:
    """A little more than half of the last digit, which is no finer than a tenth."""
    return max(Decimal("0.06"), Decimal("0.6").scaleb(int(printed.as_tuple().exponent)))


def _cut(digits: str, most: int, alike: bool) -> Iterator[list[str]]:
    """The ways to cut digits into amounts, `most` of them at most, if `alike` all with as many decimals."""
    if not digits:
        yield []
        return
    if most == 0:
        return
    for end in range(1, min(11, len(digits) + 1)):
        head = digits[:end]
        if _AMOUNT.fullmatch(head) and digits[end:end + 1] != ".":
            for rest in _cut(digits[end:], most - 1, alike):
                decimals = {len(part.partition(".")[2]) for part in (head, *rest)}
                if len(decimals) == 1 or not alike:
                    yield [head, *rest]
