"""同一份报告的几份文件：另存的格式（只计一次），先后报送的版本（哪些数字改了）。"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from pathlib import PurePosixPath

from fusuan.batch.across.wording import Wording
from fusuan.batch.filings import Filing
from fusuan.model import Crossing

TWIN, VERSION, NAMESAKE = "同一报告的另一格式", "先后版本", "同名而内容不同"
_LATER = re.compile("更正|修改|修订|订正|改后|重报|最终|终稿|定稿|最新|新版|[vV][2-9]|[(（][2-9][)）]|补充")
_ALIKE, _SAME = 0.5, 0.7
_MOST, _FEW, _LARGE = 6, 4, 30


def find(filings: Sequence[Filing], wording: Wording) -> Iterator[Crossing]:
    """Yield each two files that are one report: of one name, or of one unit, year, kind and project."""
    read = [one for one in filings if one.trace is not None]
    twins: set[int] = set()
    for a, b in _pairs(read, _stem):
        if a.item.suffix != b.item.suffix and (twin := _twin(a, b, wording)) is not None:
            twins.add(twin.files[1])
            yield twin
    for a, b in _pairs([one for one in read if one.unit and one.number not in twins], lambda one: (one.unit, one.year, one.kind, one.project)):
        if _stem(a) != _stem(b) and (share := _share(a, b, wording)) >= _ALIKE:
            yield _version(a, b, share)


def _pairs(filings: Sequence[Filing], of: Callable[[Filing], object]) -> Iterator[tuple[Filing, Filing]]:
    """Yield each two filings of a group; of a large one (hundreds of forms without a name) only neighbours."""
    groups: dict[object, list[Filing]] = defaultdict(list)
    for one in filings:
        groups[of(one)].append(one)
    for group in groups.values():
        yield from combinations(group, 2) if len(group) <= _LARGE else pairwise(group)


def _share(a: Filing, b: Filing, wording: Wording) -> float:
    return wording.between(a.number, b.number) / max(1, min(wording.size(a.number), wording.size(b.number)))


def _version(a: Filing, b: Filing, share: float) -> Crossing:
    first, second = (b, a) if _LATER.search(a.item.name) and not _LATER.search(b.item.name) else (a, b)
    changes = list(_changes(first, second))
    told = f"，改动：{'；'.join(changes[:_MOST])}{'……' if len(changes) > _MOST else ''}" if changes else "，可比的金额和得分没有改动"
    return Crossing(VERSION, f"同一报告的两个版本（{share:.0%} 的句子相同）：先“{first.item.shown}”，后“{second.item.shown}”{told}。"
                    "先后按文件名判断，请确认以哪一份为准", (first.number, second.number), (first.item.shown, second.item.shown), a.unit,
                    quotes=tuple(changes[:_MOST]))


def _twin(a: Filing, b: Filing, wording: Wording) -> Crossing | None:
    assert a.trace is not None and b.trace is not None
    share = _share(a, b, wording)
    few = min(wording.size(a.number), wording.size(b.number)) < _FEW
    alike = share >= _SAME or few and abs(a.trace.figures - b.trace.figures) * 20 <= max(a.trace.figures, b.trace.figures)
    kept, other = sorted((a, b), key=lambda one: (one.item.suffix == ".pdf", one.number))
    changes = list(_changes(kept, other))
    if alike and not changes:
        return Crossing(TWIN, f"“{other.item.shown}”与“{kept.item.shown}”是同一报告的两种格式，只计一次", (kept.number, other.number),
                        (kept.item.shown, other.item.shown), a.unit)
    if share < _ALIKE and not changes:
        return None
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
