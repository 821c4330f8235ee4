"""雷同：两个单位的报告大段文字相同，或抄来的句子里还留着对方的单位名称。"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fusuan.batch import kinds
from fusuan.batch.across.wording import MOST, Wording
from fusuan.batch.filings import Filing
from fusuan.model import Crossing, Verdict

_LEAST, _SHARE = 6, 0.5
"""Sentences that two files must share, and how much of the shorter one's own wording they must be."""


def find(filings: Sequence[Filing], wording: Wording) -> Iterator[Crossing]:
    """Yield each two filings of different units of which one was written from the other."""
    by_number = {one.number: one for one in filings if one.kind not in (kinds.ACCOUNT, kinds.BUDGET)}
    units = len({one.unit for one in filings if one.trace})
    most = min(MOST, max(2, units // 3))
    own = wording.own(most)
    for (a, b), count in sorted(wording.common(most).items()):
        if a not in by_number or b not in by_number:
            continue
        least = min(own.get(a, 0), own.get(b, 0))
        if count >= _LEAST and count >= _SHARE * least:
            yield _crossing(by_number[a], by_number[b], count, least, wording)


def _crossing(one: Filing, other: Filing, count: int, least: int, wording: Wording) -> Crossing:
    left = [*_left(one, other, wording), *_left(other, one, wording)]
    names = f"；且留有对方的单位名称 {len(left)} 处" if left else ""
    message = (f"“{_who(one)}”与“{_who(other)}”有 {count} 句文字相同（占较短一份自有文字的 {count * 100 // max(1, least)}%）{names}，"
               "请核实是否照抄")
    quotes = (*left[:2], *(f"相同：{text}" for text in wording.shared(one.number, other.number)))
    return Crossing("雷同", message, (one.number, other.number), (one.item.shown, other.item.shown),
                    "、".join(filter(None, dict.fromkeys((one.unit, other.unit)))), Verdict.DOUBTFUL, quotes)


def _left(one: Filing, other: Filing, wording: Wording) -> Iterator[str]:
    """Yield sentences of `one` that name the unit of `other`."""
    if len(other.unit) >= 4 and other.unit not in one.unit and one.unit not in other.unit:
        yield from (f"{one.item.shown}：{text}" for text in wording.texts(one.number) if other.unit in text)


def _who(one: Filing) -> str:
    return one.unit or one.item.shown
