"""一个单位的几份材料：报告、自评表、决算说同一个数是否一致；今年的年初结转是否等于去年的年末结转；上年数是否与上年报告一致。"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from fusuan.batch import kinds
from fusuan.batch.across.wording import Wording
from fusuan.batch.filings import Filing
from fusuan.batch.trace import CARRIED, Amount
from fusuan.model import Crossing, Verdict

_OF_PROJECT = frozenset({"全年预算数", "全年执行数"})
_OPENING, _CLOSING = CARRIED
_SCOPE = "两处的口径可能不同（如是否含财政拨款以外的资金、年中是否调整）"
_ADJUSTED = "文中提到会计差错更正、收回以前年度支出、归集调入调出、机构划转等，年初数可依法调整"
_UNEXPLAINED = "年初数可因会计差错更正、收回以前年度支出、归集调入调出、机构划转而调整，文中没有写明"
Told = tuple[Filing, Amount]


def find(filings: Sequence[Filing], wording: Wording) -> Iterator[Crossing]:
    """Yield each amount that two files of one unit tell otherwise."""
    groups: dict[str, list[Filing]] = defaultdict(list)
    for one in filings:
        if one.trace is not None and one.unit and one.kind != kinds.OTHER:
            groups[one.unit].append(one)
    for unit, group in groups.items():
        if len(group) > 1:
            yield from _told_otherwise(unit, group)
            yield from _not_carried(unit, group)
            yield from _scores(unit, group)


def _told_otherwise(unit: str, group: Sequence[Filing]) -> Iterator[Crossing]:
    told: dict[tuple[str, str, str, str], list[Told]] = defaultdict(list)
    for one in group:
        for amount in one.trace.amounts if one.trace else ():
            year = _year(amount.period) or one.year
            if year and (amount.name not in _OF_PROJECT or one.project):
                told[(amount.name, year, amount.basis, one.project if amount.name in _OF_PROJECT else "")].append((one, amount))
    for (name, year, basis, _), held in told.items():
        for first, second in pairwise(held):
            if _differ(first[1], second[1]) and not _versions(first[0], second[0]):
                kind = "上年数不一致" if first[0].year != second[0].year else "报告与表不一致"
                yield _crossing(kind, unit, f"{year}年{name}{f'（{basis}）' if basis else ''}", first, second, _SCOPE)


def _not_carried(unit: str, group: Sequence[Filing]) -> Iterator[Crossing]:
    closing, opening = ({year: told for one in group for amount in (one.trace.amounts if one.trace else ()) if amount.name == name
                         and (year := _number(_year(amount.period) or one.year)) for told in [(one, amount)]}
                        for name in (_CLOSING, _OPENING))
    for year, first in closing.items():
        second = opening.get(year + 1)
        if second is not None and _differ(first[1], second[1]):
            adjusted = second[0].trace is not None and second[0].trace.adjusted
            yield _crossing("跨年衔接", unit, f"{year}年年末结转和结余应等于{year + 1}年年初结转和结余", first, second,
                            _ADJUSTED if adjusted else _UNEXPLAINED)


def _scores(unit: str, group: Sequence[Filing]) -> Iterator[Crossing]:
    marked: dict[tuple[str, str], list[Filing]] = defaultdict(list)
    for one in group:
        if one.trace and one.trace.score and one.kind in (kinds.REPORT, kinds.FORM):
            marked[(one.year, one.project)].append(one)
    for (year, project), held in marked.items():
        for a, b in pairwise(held):
            if a.kind != b.kind and a.trace and b.trace and a.trace.score != b.trace.score:
                yield Crossing("报告与表不一致", f"{year}年{project}自评总分：{a.kind}为 {a.trace.score}，{b.kind}为 {b.trace.score}",
                               (a.number, b.number), (a.item.shown, b.item.shown), unit, Verdict.DOUBTFUL)


def _crossing(kind: str, unit: str, what: str, first: Told, second: Told, why: str) -> Crossing:
    quotes = tuple(f"{one.item.shown} {amount.place}：{amount.text}" for one, amount in (first, second))
    message = f"{what}：“{first[0].item.shown}”为 {first[1].text}，“{second[0].item.shown}”为 {second[1].text}。{why}，请核实"
    return Crossing(kind, message, (first[0].number, second[0].number), (first[0].item.shown, second[0].item.shown), unit,
                    Verdict.DOUBTFUL, quotes)


def _differ(one: Amount, other: Amount) -> bool:
    """Tell whether two amounts are further apart than a digit of the coarser one."""
    (a, step), (b, other_step) = one.known, other.known
    return abs(a - b) > max(step, other_step)


def _versions(a: Filing, b: Filing) -> bool:
    """Two of one kind and year are versions, which say themselves what changed."""
    return a.kind == b.kind and a.year == b.year and a.project == b.project


def _year(period: str) -> str:
    found = re.search("20[0-9]{2}", period)
    return found[0] if found else ""


def _number(year: str) -> int:
    return int(year) if year.isdigit() else 0
