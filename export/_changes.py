"""What became of the findings of a report that was filed again, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.desk.compare import Comparison, Mended
from fusuan.export._rows import clean, computed_text, is_limit, printed, word_of
from fusuan.export._width import fill, wrapped
from fusuan.model import Finding


def changes(result: Comparison, width: int) -> Iterator[str]:
    """Yield one line a finding: mended, left, new; the counts first."""
    old, new = result.old.source.name, result.new.source.name
    head = (f"{old} → {new}：原有疑点 {len(result.mended) + len(result.left)} 处，已改正 {sum(m.now is not None for m in result.mended)}，"
            f"不再出现 {sum(m.now is None for m in result.mended)}，仍在 {len(result.left)}，新出现 {len(result.fresh)}")
    yield from wrapped(clean(head), width)
    scores = result.old.score_stated, result.new.score_stated
    if all(scores) and scores[0] != scores[1]:
        yield from fill(f"自评总分由 {scores[0]} 改为 {scores[1]}", width, "  ")
    for line in (*map(_mended, result.mended), *(_left(was, now) for was, now in result.left), *map(_new, result.fresh)):
        yield from fill(clean(line), width, "  ")


def _told(finding: Finding) -> str:
    should, word = computed_text(finding), word_of(finding) if is_limit(finding) else "应为"
    return f"{finding.stated.name} {printed(finding)}（{f'{word} {should}，' if should else ''}规则 {finding.check}）".strip()


def _mended(item: Mended) -> str:
    if item.now is None:
        return f"不再出现  {item.was.place.named}  {_told(item.was)}"
    now = printed(item.now)
    how = f"现写作 {now}（{item.now.place}）" if now != printed(item.was) else "其他数字改过，现已相符"
    return f"已改正  {item.was.place.named}  {_told(item.was)}，{how}"


def _left(was: Finding, now: Finding) -> str:
    changed = f"，原写作 {printed(was)}" if printed(was) != printed(now) else ""
    return f"仍{now.verdict.chinese}  {now.place.named}  {_told(now)}{changed}"


def _new(finding: Finding) -> str:
    return f"新出现  {finding.verdict.chinese}  {finding.place.named}  {_told(finding)}"
