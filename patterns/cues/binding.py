"""Which of several named figures a rate, a change or a balance is made of: by the formula printed, else by the names.

>>> bind("执行率(B/A)", ["年初预算数", "全年预算数(A)", "全年执行数(B)"])
Bound(above=2, below=(1,), printed=True)
>>> bind("预算执行率", ["年初预算", "调整后预算数", "预算执行数"])
Bound(above=2, below=(1, 0), printed=False)
>>> bind("到位率", ["计划投资", "到位资金", "支出数"])
Bound(above=1, below=(0,), printed=False)
>>> bind("满意率", ["人数", "预算"]) is None
True
>>> bind("预算数为上年执行数的%", ["上年执行数", "预算数"])
Bound(above=1, below=(0,), printed=True)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import regex

from fusuan.patterns.cues.amounts import bare, bears, is_rate, kind_of, lettered, rank, says, words

_LETTERS = regex.compile(r"[(:=]?\(?([A-Za-z]|[0-9]{1,2})\)?[/÷]\(?([A-Za-z]|[0-9]{1,2})\)?(?![0-9A-Za-z])")
_SPELT = regex.compile(r"[(=:]([^()=/÷:]{2,20})[/÷]([^()/÷×*]{2,20})[)×*]?")
_OF = regex.compile(r"([^()=/÷:]{2,20}?)(?:为|占|是|完成)([^()/÷×*为占]{2,20}?)的?\(?(?:%|百分比|比例|比重|比)\)?")


@dataclass(frozen=True, slots=True)
class Bound:
    """The place of the dividend among the names, and of the divisors that may be meant, the most plausible first."""

    above: int
    below: tuple[int, ...]
    printed: bool = False


def bind(name: str, others: Sequence[str], place: int | None = None) -> Bound | None:
    """Bind the name of a rate to the names beside it; None where they do not tell. `place`: before which of them it stands.

    >>> bind("规模控制率", ["批复规模", "实际规模", "批复投资", "实际投资"], 2)
    Bound(above=1, below=(0,), printed=False)
    """
    return _printed(lettered(name), [lettered(other) for other in others]) or _named(name, others, len(others) if place is None else place)


def _printed(name: str, others: Sequence[str]) -> Bound | None:
    """The formula in the heading: (B/A), (E/C×100%), (全年执行数/全年预算数)."""
    if match := _LETTERS.search(name):
        places = [_lettered(others, letter) for letter in match.groups()]
        if places[0] is not None and places[1] is not None:
            return Bound(places[0], (places[1],), True)
    if (match := _OF.fullmatch(name)) and (done := [_spelt(others, words_) for words_ in match.groups()]) and done[0] != done[1]:
        if done[0] is not None and done[1] is not None:
            return Bound(done[0], (done[1],), True)
    if match := _SPELT.search(name):
        spelt = [_spelt(others, words_) for words_ in match.groups()]
        if spelt[0] is not None and spelt[1] is not None and spelt[0] != spelt[1]:
            return Bound(spelt[0], (spelt[1],), True)
    return None


def _lettered(others: Sequence[str], letter: str) -> int | None:
    """The name that carries a letter: 全年预算数(A), A、预算数."""
    pattern = regex.compile(rf"(?:\(|^|[^A-Za-z0-9])[(]?{letter}[)]?(?:\)|$|[^A-Za-z0-9/÷×])", regex.IGNORECASE)
    found = [i for i, other in enumerate(others) if not is_rate(other) and pattern.search(regex.sub(r"=[^()]*", "", other))]
    return found[-1] if len(found) == 1 else None


def letter_of(name: str) -> str:
    """The letter a heading carries: 预算数(A).

    >>> letter_of("预算数(A)"), letter_of("合计(C=A+B)"), letter_of("预算数")
    ('A', 'C', '')
    """
    match = regex.search(r"\(([A-Z])(?:=[^)]*)?\)$|^([A-Z])[、.]", lettered(name))
    return (match[1] or match[2]) if match else ""


def _spelt(others: Sequence[str], name: str) -> int | None:
    found = [i for i, other in enumerate(others) if bare(other) and (bare(other) == name or name.endswith(bare(other)))]
    return found[0] if len(found) == 1 else None


def _named(name: str, others: Sequence[str], place: int) -> Bound | None:
    plain = bare(name) or name
    rule = next((r for r in words()["rate"] if bears(r["name"], plain)), None) \
        or next((r for r in words()["rate"] if bears(r["name"], name)), None)
    if rule is None:
        return None
    usable = [i for i, other in enumerate(others) if kind_of(other) == "amount" or bears("完成|目标值|指标值", other) and not is_rate(other)]
    own = year(name)

    def order(i: int) -> tuple[int, int, int, int]:
        late = abs(own - year(others[i])) if own > 0 else -year(others[i])
        part = int(rank(others[i].rpartition("/")[2]) == 0)
        return late, -_shared(plain, others[i]), part, place - i if i < place else i - place + len(others)

    above = next(iter(_matching(rule["above"], usable, others, order)), None)
    below = [i for i in _matching(rule["below"], usable, others, order) if i != above]
    if above is None or not below:
        return None
    most = max(_shared(plain, others[i]) for i in below)
    return Bound(above, tuple([i for i in below if not most or _shared(plain, others[i])][:4]))


def _matching(patterns: Iterable[str], usable: Sequence[int], others: Sequence[str],
              order: Callable[[int], tuple[int, int, int, int]]) -> list[int]:
    """The places of names that match, pattern by pattern; of one pattern the latest year first, then the name that shares
    most with the rate's, then a total, then the nearest.
    """
    found: list[int] = []
    for pattern in patterns:
        hits = [i for i in usable if bears(pattern, bare(others[i]) or others[i])]
        found += sorted((i for i in hits if i not in found), key=order)
    return found


_GENERIC = regex.compile(r"(?:19|20)[0-9]{2}年?|执行|完成|控制|预算|决算|支出|实际|到位|资金|比率|概算|进度|[数率额的]")


def _shared(name: str, other: str) -> int:
    """How many of the telling characters of a rate's name another name has."""
    return len(set(_GENERIC.sub("", name)) & set(_GENERIC.sub("", bare(other))))


_YEAR = regex.compile(r"(?:19|20)[0-9]{2}(?=年|$|[^0-9])")


def year(name: str) -> int:
    """The year a name speaks of: 上年 is one before 本年; 0 where it speaks of none.

    >>> year("2021年决算"), year("上年决算数"), year("本年数"), year("预算数")
    (2021, -1, 0, 0)
    """
    if match := _YEAR.search(name):
        return int(match.group())
    return -1 if bears(r"上年|去年|上一?年|前年|上期|年初(?=余额)|期初", name) else 0


_AGAINST_BUDGET = regex.compile(r"预决算|预算|决算差|偏[差离]")
_OVER_TIME = regex.compile(r"上年|同比|去年|上期|年度?增|环比")


def pair(name: str, others: Sequence[str]) -> tuple[int, int] | None:
    """The places of the later and the earlier amount that a change is between; None where the names do not tell.

    >>> pair("增减率", ["2020年决算", "2021年决算"]), pair("比上年增减额", ["上年数", "本年数"]), pair("差异率", ["预算数", "决算数"])
    ((1, 0), (1, 0), (1, 0))
    """
    usable = [i for i, other in enumerate(others) if kind_of(other) == "amount" or bears("偏[差离]", name) and kind_of(other) == "target"]
    done = [i for i in usable if bears(r"决算|执行|支出|实际|完成", others[i])]
    budget = [i for i in usable if bears(r"预算|计划|目标|指标值", others[i]) and i not in done]
    dated = [i for i in usable if year(others[i]) > 0]
    timed = sorted({year(others[i]) for i in (dated if len(dated) >= 2 else usable)}, reverse=True)
    if not _AGAINST_BUDGET.search(name) and len(timed) == 2:
        late = [i for i in usable if year(others[i]) == timed[0]]
        early = [i for i in usable if year(others[i]) == timed[1]]
        late = _akin(late, early, others)
        early = _akin(early, late, others)
        if len(late) == len(early) == 1 and (timed[0] - timed[1] == 1 or timed[0] == 0):
            return late[0], early[0]
        return None
    if not _OVER_TIME.search(name) and len(done) == 1 and len(budget) == 1:
        return done[0], budget[0]
    return None


def _akin(many: list[int], few: list[int], others: Sequence[str]) -> list[int]:
    """Of several amounts of one year the one on the basis (预算 or 决算) of the other year's only one."""
    if len(few) != 1 or len(many) < 2:
        return many
    for basis in ("决算", "预算", "执行|支出|完成", "收入"):
        if bears(basis, others[few[0]]):
            own = [i for i in many if bears(basis, others[i])]
            # the accounts of last year are compared with what was carried out this year, where its accounts are not there
            return own or [i for i in many if basis == "决算" and bears("执行|实际|完成", others[i])]
    return many


def balance(names: Sequence[str]) -> dict[str, list[int]] | None:
    """The places of opening, income, outgo and closing among names; None where one is missing or doubtful."""
    found: dict[str, list[int]] = {"opening": [], "income": [], "outgo": [], "closing": []}
    for place, name in enumerate(names):
        if kind_of(name) != "amount":
            continue
        for role in ("opening", "closing", "income", "outgo"):
            if says("balance", role).search(name):
                found[role].append(place)
                break
    return found if all(len(places) == 1 for places in found.values()) else None
