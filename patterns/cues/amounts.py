"""The words of funds blocks and accounting tables: what a heading or a label counts, and whether it totals.

>>> [kind_of(head) for head in ("执行率(B/A)", "全年预算数(A)", "得分", "单价(元)", "比上年增减率", "占比(%)")]
['rate', 'amount', 'mark', 'apart', 'change', 'rate']
>>> [rank(label) for label in ("合计", "本年收入合计", "总计", "小计", "年度资金总额:", "统计局", "其中:财政拨款")]
[2, 2, 3, 1, 2, 0, 0]
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import regex

from fusuan.model import Figure
from fusuan.patterns.cues.indicators import role_of

_NUMBERING = (regex.compile(r"[一二三四五六七八九十]{1,3}[、.,]"), regex.compile(r"\([一二三四五六七八九十]{1,3}\)"),
              regex.compile(r"[0-9]{1,2}(?:[、)]|[.,](?![0-9]))"), regex.compile(r"\([0-9]{1,2}\)"), regex.compile(r"[①-⑳]"))
_FIRST = regex.compile(r"(?:一|1)[、.,)]|\((?:一|1)\)|①")
_LISTED = regex.compile(r"[^():0-9]{2,10}:(?=\((?:1|一)\)|1[、.)]|①)")
_AMONG = regex.compile(r"[-*·]*其中:*|#+(?=[\u4e00-\u9fff])|(?:其|含|包括|包含):")
_RANK = (("小计", 1), ("分计", 1), ("合计", 2), ("总额", 2), ("共计", 2), ("总数", 2), ("总金额", 2), ("总计", 3), ("累计", 2))
_COUNTED = regex.compile(r"(?<=[合小总共]计)(?:数|数额|金额)$")


@cache
def words() -> dict[str, Any]:
    """The vocabulary, read once."""
    return tomllib.loads((files("fusuan.patterns.cues") / "amounts.toml").read_text(encoding="utf-8"))


@cache
def says(group: str, name: str) -> regex.Pattern[str]:
    """The compiled pattern of a word class."""
    return regex.compile(words()[group][name])


@dataclass(frozen=True, slots=True)
class Label:
    """A label taken apart: `grade` 1-5 its numbering (0 none), `first` whether that begins a series, `among` 其中,
    `sign` "-" for 减:, `text` what is left.
    """

    text: str
    grade: int = 0
    first: bool = False
    among: bool = False
    sign: str = "+"


@cache
def label_of(text: str) -> Label:
    """Take a label apart.

    >>> label_of("1、其中:中央资金"), label_of("(二)减:上缴")
    (Label(text='中央资金', grade=3, first=True, among=True, sign='+'), Label(text='上缴', grade=2, first=False, among=False, sign='-'))
    """
    rest, grade, first, among, sign = text.strip(":*★☆ "), 0, False, False, "+"
    for level, pattern in enumerate(_NUMBERING, 1):
        if match := pattern.match(rest):
            grade, first, rest = level, bool(_FIRST.match(rest)), rest[match.end():]
            break
    if (match := _LISTED.match(rest)) and (inner := label_of(rest[match.end():])).grade > grade:
        return inner
    if match := _AMONG.match(rest):
        among, rest = True, rest[match.end():]
        if not grade and (again := _NUMBERING[2].match(rest)):
            rest = rest[again.end():]
    if match := regex.match(r"(加|减)[:：]", rest):
        sign, rest = "-" if match[1] == "减" else "+", rest[match.end():]
    return Label(rest.strip(":"), grade, first, among, sign)


@lru_cache(maxsize=4096)
def bears(pattern: str, text: str) -> bool:
    """Tell whether a heading says what a pattern asks; the headings of one form are asked the same again and again."""
    return regex.search(pattern, text) is not None


@lru_cache(maxsize=4096)
def bare(text: str) -> str:
    """A label without brackets and colons."""
    return regex.sub(r"\([^()]*\)", "", text).strip(":")


_CIRCLED = {0x2460 + n: chr(ord("A") + n) for n in range(20)}


def lettered(name: str) -> str:
    """A heading with letters for circled numbers, which name columns as letters do.

    >>> lettered("③可用资金(③=①+②)"), lettered("预算数(A)")
    ('C、可用资金(C=A+B)', '预算数(A)')
    """
    plain = name.translate(_CIRCLED)
    return plain if plain == name else regex.sub(r"^([A-T])(?![A-Z、.=)])", r"\1、", plain)


@cache
def rank(text: str) -> int:
    """How far a total reaches: 1 小计, 2 合计 or 总额, 3 总计; 0 for what is no total."""
    name = _COUNTED.sub("", bare(label_of(text).text))
    if label_of(text).among:
        return 0
    if name in ("计", "总", "总和", "汇总"):
        return 2
    return next((value for word, value in _RANK if name.endswith(word) or name.startswith(word) and len(name) < 7), 0)


@cache
def kind_of(head: str) -> str:
    """What a column or row of this name holds: "mark", "change", "rate", "apart" (does not add), "target" or "amount"."""
    plain = bare(head)
    if role_of(head) in ("weight", "earned", "review", "deducted"):
        return "mark"
    for name in ("mark", "change", "rate", "apart", "target"):
        if says("columns", name).search(head if name == "rate" else plain):
            return name
    return "amount"


MONEY_NAME = regex.compile(r"预算|决算|执行|支出|收入|资金|经费|费$|费用|拨款|金额|到位|结转|结余|补助|投资")
_COUNT = regex.compile(r"人数|人次|编制数|在职|户数|辆数|台数|个数|数量|面积|件数|次数|里程|人$|[(/](?:人|户|辆|台|套|个|亩|件|次|公里)\)?$")


def as_money(figure: Figure, *names: str) -> Figure:
    """A bare number under names of money is an amount, and so may be rounded: which unit of money does not matter to a
    ratio, so it is taken as 元 where nothing says.

    >>> from decimal import Decimal
    >>> as_money(Figure("13", Decimal(13)), "执行数").unit, as_money(Figure("13", Decimal(13)), "在职人数").unit
    ('元', '')
    """
    named = "/".join(names)
    if figure.unit or not MONEY_NAME.search(named) or _COUNT.search(named):
        return figure
    return replace(figure, unit="元")


_PERIOD = regex.compile(r"^(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?$|季度|[上下]半年|^(?:19|20)[0-9]{2}年")


def is_period(head: str) -> bool:
    """Tell whether a heading names a time: 7月, 二季度, 上半年."""
    return bool(_PERIOD.search(head))


def adds(label: str) -> bool:
    """Tell whether what a row of this name holds may add up along it: no rates, means, prices, changes or extremes."""
    return not (is_rate(label_of(label).text) or says("rows", "mean").search(label) or says("rows", "beside").match(label))


def is_rate(head: str) -> bool:
    """Tell whether a name is that of a rate (a rate of change included)."""
    return bool(says("columns", "rate").search(head)) and not says("columns", "mark").search(bare(head))
