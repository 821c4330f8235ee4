"""A mark held against the rule printed in its row (评分标准), every reading of which counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache

from fusuan.checks._criterion import Criterion, Marks, Refusal, parse
from fusuan.checks._doubt import doubted
from fusuan.checks._say import amount
from fusuan.model import Figure, Finding, Quantity, Range, Reading, Severity, Statement, Token, Verdict, plain

_OPEN = "评分标准之外，表中写有原因说明，请结合说明核对"


def ruled(statement: Statement, stated: Figure) -> Iterator[Finding]:
    """Yield the finding of a mark whose row prints a rule; nothing where the rule or the value cannot be read.

    With a measured value the mark must follow from some reading of the rule; without one it must be one of the marks
    the rule can give (an item more or less), and a mark that it cannot give is doubtful only.
    """
    criterion = _parsed(statement.facts["rule"])
    if isinstance(criterion, Refusal):
        return
    printed = criterion.stated_full()
    for reading in statement.readings:
        own = reading["full"][0].value if reading["full"] else printed
        if own is None:
            return
        finding = _measured(statement, stated, criterion, reading, own)
        if finding is None:
            finding = _unmeasured(statement, stated, criterion, own)
        if finding is not None:
            clash = printed is not None and printed != own and not criterion.checklist
            yield doubted(finding, f"分值栏写{plain(own)}分而评分标准写{plain(printed or own)}分") if clash else finding
            return


@lru_cache(maxsize=512)
def _parsed(text: str) -> Criterion | Refusal:
    return parse(text)


def _measured(statement: Statement, stated: Figure, criterion: Criterion, reading: Reading, full: Decimal) -> Finding | None:
    if not reading["measured"] or not (criterion.tiers or criterion.steps):
        return None
    measured = reading["measured"][0]
    value, derived = _scaled(measured, criterion), False
    if value is None and criterion.unit == "%":
        value, derived = _ratio(measured, reading), True
    if value is None:
        return None
    target = _scaled(reading["target"][0], criterion) if reading["target"] else None
    marks = criterion.marks(value, full, target=target)
    if marks is None or not (marks.readings or marks.ranges):
        return None
    if marks.allows(stated.value, stated.decimals):
        return _holds(statement, stated, marks, measured)
    if not marks.readings:
        return None
    mark, formula, way = marks.readings[0]
    said = f"{stated.name}{stated.text}，按评分标准以{measured.text}复算应为{amount(mark, stated)}（{formula}，{way}）"
    finding = Finding("score", statement.label, stated, Verdict.BROKEN, Severity.HIGH, said, _quantity(mark, formula, measured),
                      quote=statement.quote)
    if statement.facts.get("reason"):
        return doubted(finding, _OPEN)
    if criterion.garbled:
        return doubted(finding, "评分标准中的比较符号疑为扫描误识")
    if marks.ranges or len(marks.readings) > 3:
        return doubted(finding, "评分标准留有酌情的余地")
    if derived or criterion.items:
        return doubted(finding, "评分标准所量的未必是这里的完成值")
    if criterion.measure and not _akin(criterion.measure, stated.name):
        return doubted(finding, f"评分标准所量的是“{criterion.measure}”")
    return finding


def _ratio(measured: Figure, reading: Reading) -> Decimal | None:
    """The value as a percentage of its target, for a rule that speaks of a rate of completion."""
    if not reading["target"] or reading["target"][0].value <= 0 or reading["target"][0].unit != measured.unit:
        return None
    return (measured.value / reading["target"][0].value * 100).quantize(Decimal("0.0001"))


def _akin(measure: str, name: str) -> bool:
    """Tell whether two names have two characters in common."""
    return any(measure[i:i + 2] in name for i in range(len(measure) - 1))


def _scaled(figure: Figure, criterion: Criterion) -> Decimal | None:
    """The measured value in the unit of the rule; None where it measures something else."""
    unit = criterion.unit
    if unit == "%":
        if figure.dimension == "rate":
            return figure.base
        return None if figure.unit else figure.value * 100 if abs(figure.value) <= Decimal("1.5") else figure.value
    if criterion.items and figure.unit not in {step.unit for step in criterion.items}:
        return None
    if unit and figure.unit and unit != figure.unit:
        return None
    return figure.base if figure.dimension == "rate" else figure.value


def _holds(statement: Statement, stated: Figure, marks: Marks, measured: Figure) -> Finding:
    unit = Decimal(1).scaleb(-stated.decimals)
    fitting = [r for r in marks.readings if stated.value in (r[0], r[0].quantize(unit, ROUND_HALF_UP), r[0].quantize(unit, ROUND_DOWN))]
    mark, formula, way = fitting[0] if fitting else (stated.value, plain(stated.value), "在评分标准给定的区间内")
    exact = mark == stated.value
    message = f"{stated.name}{stated.text}，按评分标准以{measured.text}复算为{plain(mark)}（{formula}，{way}）"
    return Finding("score", statement.label, stated, Verdict.HOLDS if exact else Verdict.ROUNDING, Severity.INFO, message,
                   _quantity(mark, formula, measured), quote=statement.quote)


def _quantity(mark: Decimal, formula: str, measured: Figure) -> Quantity:
    """The mark with its formula; the measured figure stands in it as an operand, in its printed place where it can."""
    point = Range(mark, mark)
    shown = plain(measured.base if measured.dimension == "rate" else measured.value)
    before, found, after = formula.partition(shown)
    tokens: tuple[Token, ...] = (measured, "：", formula)
    if found and not before[-1:].isdigit() and not after[:1].isdigit():
        tokens = tuple(t for t in (before, measured, after) if t)
    return Quantity(mark, point, point, tokens, 1)


def _unmeasured(statement: Statement, stated: Figure, criterion: Criterion, full: Decimal) -> Finding | None:
    """What the rule can give at all: its grades and items, whole steps taken off or added."""
    if not 0 <= stated.value <= full:
        return None
    for step in criterion.items:
        size = step.award.of(full)[0]
        if step.award.of(full)[1] != size or size <= 0:
            continue
        rest = stated.value if step.from_zero else full - stated.value
        if rest % size == 0 or stated.value in (0, full):
            formula = f"{plain(rest / size)} × {plain(size)}" if step.from_zero else f"{plain(full)} - {plain(rest / size)} × {plain(size)}"
            return _possible(statement, stated, formula, f"每{step.unit or '项'}{plain(size)}分")
    if criterion.tiers or not criterion.grades:
        return None
    marks = criterion.possible(full)
    items = [g.award.of(full)[1] for g in criterion.grades if g.award.low == g.award.high]
    if stated.value in (full, 0) or marks.allows(stated.value, stated.decimals):
        parts = " + ".join(plain(i) for i in items) if criterion.checklist and sum(items) == stated.value else plain(stated.value)
        return _possible(statement, stated, parts, "评分标准可以给出")
    if len(items) > 1 and sum(items) == full:
        return None  # 甲3分,乙2分,丙3分 of eight: of each item a part may be lost
    given = "、".join(plain(m) for m, _, _ in marks.readings)
    message = f"{stated.name}{stated.text}，评分标准只列{given}分"
    point = Range(stated.value, stated.value)
    finding = Finding("score", statement.label, stated, Verdict.DOUBTFUL, Severity.LOW, message,
                      Quantity(stated.value, point, point, (stated,)), expected=given and f"{given}分",
                      supposition="评价人可能在各档之间酌情给分", quote=statement.quote)
    return finding if given and not statement.facts.get("reason") else None


def _possible(statement: Statement, stated: Figure, formula: str, way: str) -> Finding:
    point = Range(stated.value, stated.value)
    computed = Quantity(stated.value, point, point, (formula,), 1)
    return Finding("score", statement.label, stated, Verdict.HOLDS, Severity.INFO,
                   f"{stated.name}{stated.text}，{way}（{formula}）", computed, quote=statement.quote)


def by_notes(finding: Finding, notes: str, rate: Decimal, full: Decimal) -> Finding:
    """Let a rule printed beside the form excuse an execution mark that is not in proportion."""
    criterion = _parsed(notes) if notes else None
    if not isinstance(criterion, Criterion) or not isinstance(finding.stated, Figure):
        return finding
    marks = criterion.marks(rate, full)
    if marks is None or not marks.allows(finding.stated.value, finding.stated.decimals):
        return doubted(finding, "表中另有计分说明，请对照核对")
    return replace(finding, verdict=Verdict.HOLDS, severity=Severity.INFO, supposition="",
                   message=f"{finding.stated.name}{finding.stated.text}，符合表中写明的计分办法")
