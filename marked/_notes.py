"""What is written beside a figure that does not agree: one note a figure, whatever was found of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fusuan.export import (
    clean,
    computed_text,
    difference_text,
    discrepancies,
    label_of,
    operands_of,
    reason_of,
    result_of,
    word_of,
)
from fusuan.model import LADDER, Audit, Finding, Place, Verdict

AUTHOR = "复算"
_MOST = 12
"""Operands told one by one."""
_LONGEST = 600
"""Characters of one line of a note: the formula of a total of a hundred parts stands whole in the workbook."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said of the figure `stated` that stands in the block at `place`, at `span` of its text."""

    place: Place
    span: tuple[int, int]
    stated: str
    verdict: Verdict
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def notes_of(audit: Audit) -> list[Note]:
    """Return a note for each figure that is broken or doubtful, the gravest first."""
    groups: dict[tuple[Place, tuple[int, int], str], list[Finding]] = {}
    for finding in discrepancies(audit):
        groups.setdefault((finding.place, finding.stated.span, finding.stated.text), []).append(finding)
    return [_note(findings) for findings in groups.values()]


def _note(findings: list[Finding]) -> Note:
    stated = findings[0].stated
    worst = max((finding.verdict for finding in findings), key=LADDER.index)
    lines = dict.fromkeys(line for finding in findings for line in _lines(finding))
    return Note(stated.place, stated.span, stated.text, worst, tuple(lines))


def _lines(finding: Finding) -> Iterator[str]:
    """Say verdict, value, formula and rule of one finding, a line each."""
    yield f"【{finding.verdict.chinese}】{label_of(finding)}"
    yield f"填报：{_one_line(finding.stated.text) or '（空白）'}"
    if computed := computed_text(finding):
        difference = difference_text(finding)
        yield _cut(f"{word_of(finding)}：{_one_line(computed)}" + (f"（差异 {difference}）" if difference else ""))
    if formula := result_of(finding):
        yield _cut(f"算式：{_one_line(formula)}")
        yield from (f"　　{_one_line(operand.short)}" for operand in operands_of(finding)[:_MOST])
    if reason := _one_line(reason_of(finding)):
        yield _cut(f"说明：{reason}")
    yield f"依据：规则 {finding.check}（fusuan rules {finding.check} 可看详解）"


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _cut(line: str) -> str:
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…（全文见结果工作簿）"
