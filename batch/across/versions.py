"""同一份报告的几份文件：另存的格式（只计一次），先后报送的版本（哪些数字改了）。"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from fusuan.batch.across.wording import Wording
from fusuan.batch.filings import Filing
from fusuan.model import Crossing

TWIN, VERSION, NAMESAKE = "同一报告的另一格式", "先后版本", "同名而内容不同"
_LATER = re.compile("更正|修改|修订|订正|改后|重报|最终|终稿|定稿|最新|新版|[vV][2-9]|[(（][2-9][)）]|补充")
_ALIKE, _SAME = 0.5, 0.7
_MOST = 6


def find(filings: Sequence[Filing], wording: Wording) -> Iterator[Crossing]:
    """Yield each two files of one unit that are one report."""
    groups: dict[str, list[Filing]] = defaultdict(list)
    for one in filings:
        if one.trace is not None:
            groups[one.unit or f"?{one.number}"].append(one)
    for unit, group in groups.items():
        if len(group) > 1:
            shared = wording.within(unit)
            yield from (crossing for at, a in enumerate(group) for b in group[at + 1:]
                        if (crossing := _together(a, b, shared[(a.number, b.number)], wording)) is not None)


def _together(a: Filing, b: Filing, shared: int, wording: Wording) -> Crossing | None:
    share = shared / max(1, min(wording.size(a.number), wording.size(b.number)))
    if _stem(a) == _stem(b) and a.item.suffix != b.item.suffix:
        return _twin(a, b, share)
    if a.year != b.year or a.kind != b.kind or a.project != b.project or share < _ALIKE:
        return None
    first, second = (b, a) if _LATER.search(a.item.name) and not _LATER.search(b.item.name) else (a, b)
    changes = list(_changes(first, second))
    told = f"，改动：{'；'.join(changes[:_MOST])}{'……' if len(changes) > _MOST else ''}" if changes else "，可比的金额和得分没有改动"
    return Crossing(VERSION, f"同一报告的两个版本（{shared} 句相同）：先“{first.item.shown}”，后“{second.item.shown}”{told}。"
                    "先后按文件名判断，请确认以哪一份为准", (first.number, second.number), (first.item.shown, second.item.shown), a.unit,
                    quotes=tuple(changes[:_MOST]))


def _twin(a: Filing, b: Filing, share: float) -> Crossing:
    assert a.trace is not None and b.trace is not None
    few = min(len(a.trace.clauses), len(b.trace.clauses)) == 0
    alike = share >= _SAME or few and abs(a.trace.figures - b.trace.figures) * 20 <= max(a.trace.figures, b.trace.figures)
    kept, other = sorted((a, b), key=lambda one: (one.item.suffix == ".pdf", one.number))
    changes = list(_changes(kept, other))
    if alike and not changes:
        return Crossing(TWIN, f"“{other.item.shown}”与“{kept.item.shown}”是同一报告的两种格式，只计一次", (kept.number, other.number),
                        (kept.item.shown, other.item.shown), a.unit)
    return Crossing(NAMESAKE, f"“{other.item.shown}”与“{kept.item.shown}”同名而内容不同{'：' if changes else ''}{'；'.join(changes[:_MOST])}",
                    (kept.number, other.number), (kept.item.shown, other.item.shown), a.unit, quotes=tuple(changes[:_MOST]))


def _changes(first: Filing, second: Filing) -> Iterator[str]:
    """Say which amounts, and the total mark, the second has otherwise."""
    assert first.trace is not None and second.trace is not None
    before = {(one.name, one.period, one.basis): one for one in first.trace.amounts}
    for after in second.trace.amounts:
        known = before.get((after.name, after.period, after.basis))
        if known is not None and known.known[0] != after.known[0]:
            yield f"{after.period}{after.name} {known.text} → {after.text}"
    if first.trace.score and second.trace.score and first.trace.score != second.trace.score:
        yield f"自评总分 {first.trace.score} → {second.trace.score}"


def _stem(one: Filing) -> str:
    return str(PurePosixPath(one.item.shown).with_suffix(""))
