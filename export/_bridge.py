"""From the total mark stated to the one recomputed, step by step: 98 → 96：投入 +4，产出 −6."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from fusuan.export._rows import short
from fusuan.model import Audit, Finding, Mark, Place, Verdict, plain

ITEM_RULES = ("score_rate", "score_rule", "score_cap")
"""Kinds of findings about the mark of one row, whose right value the document's own rule gives."""


class Step(NamedTuple):
    """By how much a group or an item changes the total."""

    name: str
    change: Decimal

    @property
    def told(self) -> str:
        return f"{self.name} {'+' if self.change > 0 else '−'}{plain(abs(self.change))}"


def bridge(audit: Audit) -> list[Step]:
    """Return the steps from the total stated to the total recomputed; they add up to the difference."""
    stated, computed = mark_of(audit.score_stated), mark_of(audit.score_computed)
    if stated is None or computed is None or stated == computed:
        return []
    steps = [*_groups(audit.marks), *_items(audit.marks, audit.findings)]
    rest = computed - stated - sum((step.change for step in steps), Decimal(0))
    return [*steps, *([Step("各项相加", rest)] if rest else [])]


def score_told(audit: Audit) -> str:
    """Say the total claimed, what it comes to and why, and the grade: 自评总分 98，按复算为 96（投入 +4，产出 −6），等级 优."""
    steps = bridge(audit)
    differs = bool(steps) or mark_of(audit.score_stated) is None and audit.score_computed not in (None, audit.score_stated)
    why = f"（{'，'.join(step.told for step in steps)}）" if steps else ""
    grade = f"，等级 {audit.grade}" if audit.grade else ""
    if audit.grade and steps and audit.grade_computed:
        grade += "，按复算仍为同一等级" if audit.grade_computed[:1] == audit.grade[:1] else f"，按复算应为 {audit.grade_computed}"
    return f"自评总分 {audit.score_stated}{f'，按复算为 {_short(audit.score_computed)}{why}' if differs else ''}{grade}"


def _short(text: str | None) -> str:
    value = mark_of(text)
    return text or "" if value is None else short(value)


def _groups(marks: Sequence[Mark]) -> Iterator[Step]:
    """The highest groups whose mark is not the sum of their items."""
    inside: int | None = None
    for mark in marks:
        if mark.level == 0 or inside is not None and mark.level > inside:
            continue
        inside, computed = None, mark_of(mark.computed)
        if mark.earned is not None and computed is not None and computed != mark.earned.value:
            inside = mark.level
            yield Step(" ".join(mark.name.split()), computed - mark.earned.value)


def _items(marks: Sequence[Mark], findings: Sequence[Finding]) -> Iterator[Step]:
    """Items whose own rule makes another mark of them, each once."""
    names: dict[Place, str] = {m.earned.place: m.name for m in marks if m.level > 0 and m.earned is not None}
    wrong = {f.place: f.difference for f in findings if f.label in ITEM_RULES and f.verdict is Verdict.BROKEN and f.place in names}
    yield from (Step(" ".join(names[place].split()), -difference) for place, difference in wrong.items() if difference)


def mark_of(text: str | None) -> Decimal | None:
    """Return a mark as a number where it is one."""
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        return None
    return value if value is not None and value.is_finite() else None
