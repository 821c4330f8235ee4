"""What a rule comes to when it is read: the rule as a function from the measured value to the marks, or why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from fusuan.checks._criterion._expression import Expression
from fusuan.checks._criterion._marks import Marks
from fusuan.checks._criterion._reckon import Reckoning
from fusuan.checks._criterion._saying import Case
from fusuan.checks._criterion._terms import HUNDRED, ONE, ZERO, Award, Bound, Region, Step, Tier, Way
from fusuan.checks._criterion._text import normal

NEGATIVE = re.compile(r"否|其[他它余]|未|不|没有?|无|以外|低于|逾期|缺|超(?!过\d)|反之|除外|较差|差$|出现|发生|发现|存在|违")
_PRINTED = re.compile(r"(?:^|[;,:(])(?:(?:本项|该项|此项|该?指标)?(?:满分|分值)(?:为|:|=)?|共计?|合计)(\d{1,3}(?:\.\d+)?)分")
_NEAR = re.compile(r"(?:控制|执行|完成|到位|支付|支出|达标)率")
_DEVIATION = re.compile(r"偏差|偏离|差异|变动|增长|增减|调整率|结余|结转")
_AT_MOST = re.compile(r"[≤<]|不超|未超|控制在|以内|不高于|不大于")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The rule cannot be recomputed; `reason` says in Chinese why."""

    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """Words and what they earn: 充分3分."""

    word: str
    award: Award


@dataclass(frozen=True, slots=True)
class Criterion:
    """A scoring rule.

    `measure` is what is measured, as printed; `items` are the steps that count things (每发现一项扣1分); `grades` are
    words that earn marks; `checklist`: the grades are items that add up; `exempt`: the case that gets the full mark
    unmeasured; `garbled`: a comparison sign was guessed from what scanning made of it.
    """

    text: str
    measure: str = ""
    tiers: tuple[Tier, ...] = ()
    steps: tuple[Step, ...] = ()
    grades: tuple[Grade, ...] = ()
    checklist: bool = False
    standard: Bound | None = None
    exempt: str = ""
    garbled: bool = False

    @property
    def items(self) -> tuple[Step, ...]:
        return tuple(step for step in self.steps if step.way is Way.COUNT)

    @property
    def subject(self) -> str:
        """What the rule is about: the measure, else the thing counted."""
        return self.measure or next((step.subject for step in self.steps), "")

    @property
    def unit(self) -> str:
        """The unit of the measured value: "%" for rates, a classifier for counts, empty where none is printed."""
        printed = [b.unit for t in self.tiers if t.region for b in t.region.bounds] + [s.unit for s in self.steps]
        printed = ["%" if unit == "pp" else unit for unit in printed if unit]
        return printed[0] if printed else "%" if re.search(r"[率比度]$", self.measure) else ""

    def stated_full(self) -> Decimal | None:
        """The full mark that the rule's own text prints (计5分); None where it says 满分 or nothing."""
        if match := _PRINTED.search(normal(self.text)):
            return Decimal(match[1])
        if self.checklist:
            return sum((g.award.high for g in self.grades), ZERO) or None
        awards = [t.award for t in self.tiers if t.award] + [g.award for g in self.grades]
        if any(a.is_full for a in awards):
            return None
        points = [a.high for a in awards if not a.share and not a.minus]
        points += [p for t in self.tiers if t.formula for p in _points(t.formula)]
        return max(points, default=None) or None

    def marks(self, value: Decimal, full: Decimal, *, target: Decimal | None = None,
              operands: Mapping[str, Decimal] | None = None) -> Marks | None:
        """Return the marks for a measured value (per cent for rates, the count for item rules, 1 or 0 for yes and no).

        `full` is the row's mark from the document. None where the rule does not tell or an operand is missing.
        """
        if full < 0 or not value.is_finite():
            return None
        operands = operands or {}
        named = [b.name for t in self.tiers if t.region for b in t.region.bounds if b.of_target]
        if target is None:
            target = next((v for k, v in operands.items() if any(k in name or name in k for name in named)), None)
        tiers = self._open(operands, value, target)
        note = "评分标准中的比较符号疑为扫描误识" if self.garbled else ""
        return Reckoning(Case(value, full, target, operands), tiers, self.steps, self.standard, note,
                         bool(_DEVIATION.search(self.measure)), bool(_NEAR.search(self.measure))).marks()

    def possible(self, full: Decimal) -> Marks:
        """Return every mark that a rule of words can give."""
        readings = [(g.award.of(full)[0], "", f"适用“{g.word}”") for g in self.grades
                    if g.award.low == g.award.high and not self.checklist]
        ranges = [g.award.of(full) for g in self.grades if g.award.low != g.award.high]
        if self.checklist:
            ranges = [(ZERO, min(full, sum((g.award.of(full)[1] for g in self.grades), ZERO)))]
        return Marks(tuple(readings), tuple(ranges))

    def _open(self, operands: Mapping[str, Decimal], value: Decimal, target: Decimal | None) -> tuple[Tier, ...]:
        """The tiers that apply here: gates on other quantities answered, yes and no turned into regions."""
        kept = []
        for tier in self.tiers:
            if tier.gate:
                amount = next((v for k, v in operands.items() if k in tier.gate or tier.gate in k), None)
                fit = tier.region.fit(amount, target) if amount is not None and tier.region else None
                if fit is not None and fit.value:
                    return (replace(tier, region=Region()),)
                continue
            kept.append(tier)
        return tuple(kept) + (self._answers(value, target) if not kept and not self.steps else ())

    def _answers(self, value: Decimal, target: Decimal | None) -> tuple[Tier, ...]:
        if self.checklist:
            each = {g.award.of(ONE) for g in self.grades}
            if len(each) == 1 and value == value.to_integral_value() and 0 <= value <= len(self.grades):
                award = self.grades[0].award
                return (Tier(Region(), replace(award, low=award.low * value, high=award.high * value)),)
            return ()
        if len(self.grades) != 2 or not self.grades[1].award.is_zero and not NEGATIVE.search(self.grades[1].word):
            return ()
        upper = bool(_AT_MOST.search(self.grades[0].word))
        if target is not None:
            yes = value <= target if upper else value >= target
        elif value in (ZERO, ONE) or value >= HUNDRED and not upper:
            yes = value > 0
        else:
            return ()
        grade = self.grades[0 if yes else 1]
        return (Tier(Region(), grade.award, grade.word),)


def _points(formula: Expression) -> list[Decimal]:
    return [Decimal(t[:-1]) for t in formula.tokens if t[0].isdigit() and t.endswith("分")]
