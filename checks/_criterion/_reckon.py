"""From a measured value to the marks: tiers first, then steps, then proportion."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from fusuan.checks._criterion._expression import Expression, is_rate
from fusuan.checks._criterion._expression import written as _n
from fusuan.checks._criterion._formulas import FULL_NAME
from fusuan.checks._criterion._marks import Marks, distinct
from fusuan.checks._criterion._terms import HUNDRED, ONE, ZERO, Award, Bound, Fit, Region, Step, Tier, Way

_ACHIEVED = ("B", "完成值", "实际值", "实际完成", "完成数", "实际数", "实际完成数")
_WANTED = ("A", "指标值", "目标值", "计划值", "计划数", "目标数", "目标", "预期值", "年初目标")


@dataclass(frozen=True, slots=True)
class Case:
    """One row to be marked. `value` in per cent for rates."""

    value: Decimal
    full: Decimal
    target: Decimal | None
    operands: Mapping[str, Decimal]


@dataclass
class Reckoning:
    """Collects readings and ranges for one case."""

    case: Case
    tiers: tuple[Tier, ...]
    steps: tuple[Step, ...]
    standard: Bound | None
    note: str = ""
    deviates: bool = False
    near_hundred: bool = False
    readings: list[tuple[Decimal, str, str]] = field(default_factory=list)
    ranges: list[tuple[Decimal, Decimal]] = field(default_factory=list)

    def marks(self) -> Marks | None:
        """Return the marks; None where the rule does not tell."""
        hits = self.hit()
        stepping = [step for step in self.steps if self.applies(step)]
        if any(t.award is not None and t.award.is_zero for t in hits) and not self.on_border(hits):
            self.tier(next(t for t in hits if t.award is not None and t.award.is_zero))
        elif any(t.interpolate for t in self.tiers) and self.between():
            pass
        elif stepping and not self.settles(hits, stepping):
            self.stepped(stepping)
        else:
            for tier in hits or self.nearest() or self.rest():
                self.tier(tier)
        if not self.readings and not self.ranges and self.steps and not hits and self.untouched():
            self.stepped(list(self.steps[:1]))
        if not self.readings and not self.ranges:
            return None
        return distinct(self.readings, self.ranges)

    def untouched(self) -> bool:
        """Tell whether the value lies on the safe side of the only step."""
        return len(self.steps) == 1 and self.base(self.steps[0]) is not None and self.distance(self.steps[0])[0] <= 0

    # tiers

    def hit(self) -> list[Tier]:
        """The tiers the value lies in, the narrowest of nested ones; on an open border both."""
        value, target = self.case.value, self.case.target
        fits = [(tier, tier.region.fit(value, target)) for tier in self.tiers if tier.region is not None]
        inside = [tier for tier, fit in fits if fit is Fit.IN]
        kept = [t for t in inside if not any(_within(o.region, t.region, target) for o in inside if o is not t)]
        if any(t.region is not None and t.region.point for t in kept):
            return kept[:1]
        kept = [t for t in kept if _sure(t.region, value, target)] or kept if len(kept) > 1 else kept
        edge = [tier for tier, fit in fits if fit is Fit.EDGE]
        if any(b.sure and b.at(target) == value for t in kept for b in (t.region.bounds if t.region else ())):
            edge = []
        edge.sort(key=lambda t: not (t.region is not None and t.region.low is not None and t.region.low.at(target) == value))
        return kept + [t for t in edge if not kept or not any(_within(k.region, t.region, target) for k in kept)] if kept or edge else []

    def on_border(self, hits: list[Tier]) -> bool:
        return len(hits) > 1

    def settles(self, hits: list[Tier], stepping: list[Step]) -> bool:
        """Tell whether a tier decides although there are steps: a formula, or a value at its full mark."""
        if all(step.gain for step in stepping):
            return False
        return any(t.region is not None and (t.formula or t.proportion or t.award is not None) for t in hits) \
            and not any(step.guard is not None and step.guard.fit(self.case.value, self.case.target) is Fit.IN
                        for step in stepping) and self.distance(stepping[0])[0] <= 0

    def rest(self) -> list[Tier]:
        """Tiers for whatever no region takes."""
        named = [t for t in self.tiers if t.otherwise]
        regions = [t for t in self.tiers if t.region is not None]
        if any(t.region is not None and t.region.fit(self.case.value, self.case.target) is None for t in regions):
            return []
        both = [t for t in named if t.formula and re.search(r"[正反逆]向", t.word)]
        return both if len(both) > 1 else named[:1]

    def nearest(self) -> list[Tier]:
        """Bands printed with whole-number gaps (90-100, 80-89): a value in the gap may go to either."""
        value = self.case.value
        if any(t.otherwise for t in self.tiers):
            return []
        near = []
        for tier in self.tiers:
            for bound in tier.region.bounds if tier.region else ():
                border = bound.at(self.case.target)
                if border is not None and border == border.to_integral_value() and abs(border - value) < 1:
                    near.append(tier)
        return near if len(near) == 2 else []

    def tier(self, tier: Tier) -> None:
        if tier.formula is not None:
            self.by_formula(tier.formula, tier.word)
        elif tier.proportion:
            self.in_proportion(tier)
        elif tier.award is not None:
            low, high = tier.award.of(self.case.full)
            low, high = self.clipped(low), self.clipped(high)
            if low == high:
                self.say(low, _shown_award(tier.award, self.case.full, low), _told(tier))
                if tier is self.top() and tier.region is not None and tier.region.bounds and self.mismatched(tier.award):
                    self.say(self.case.full, _n(self.case.full), "分值栏的满分与评分标准所写不一致，以分值栏为准")
            else:
                self.ranges.append((low, high))

    def top(self) -> Tier | None:
        """The tier of the highest fixed mark."""
        fixed = [t for t in self.tiers if t.award is not None and not t.award.minus and t.award.low == t.award.high > 0]
        return max(fixed, key=lambda t: t.award.of(self.case.full)[1] if t.award else ZERO, default=None)

    def mismatched(self, award: Award) -> bool:
        """Tell whether the highest mark printed in the rule is not the row's full mark (a slip of the template)."""
        return not award.share and award.low != self.case.full

    def between(self) -> bool:
        """Interpolate between two anchors (在上述比例之间的按比例计分)."""
        anchors = sorted((b.value, t.award.of(self.case.full)[0]) for t in self.tiers if t.award is not None and t.region
                         for b in t.region.bounds[:1] if not b.of_target)
        for (a, low), (b, high) in zip(anchors, anchors[1:], strict=False):
            if a < self.case.value < b:
                mark = low + (self.case.value - a) / (b - a) * (high - low)
                self.say(mark, f"{_n(low)} + ({_n(self.case.value)} - {_n(a)}) ÷ ({_n(b)} - {_n(a)}) × ({_n(high)} - {_n(low)})",
                         "两档之间按比例计分")
                return True
        return False

    # proportion

    def by_formula(self, formula: Expression, word: str = "") -> None:
        unknown = {pair for pair in formula.quotients if all(self.named(name) is None for name in pair)}
        like = {pair for pair in formula.quotients if is_rate(pair[0]) and _role(pair[1]) == "A"} if self.case.target else set()
        parts = {name: self.case.value for name, _ in like}
        parts |= {pair[0]: self.case.value / HUNDRED for pair in unknown} | {pair[1]: ONE for pair in unknown}
        found = formula.value(lambda name: parts.get(name, self.named(name)))
        if found is None and self.case.value == 0 and formula.quotients and self.inverse(formula):
            found = (self.case.full, _n(self.case.full))
        if found is not None:
            self.say(self.clipped(found[0]), found[1], f"按公式计分，{word[:4]}" if "向" in word[:4] else "按公式计分")

    def inverse(self, formula: Expression) -> bool:
        return any(_role(low) == "B" for _, low in formula.quotients)

    def named(self, name: str) -> Decimal | None:
        """The value that stands for a name in a formula."""
        case = self.case
        for key, amount in case.operands.items():
            if key == name or key in name or name in key:
                return amount / HUNDRED if is_rate(name) else amount
        if FULL_NAME.search(name):
            return case.full
        role = _role(name)
        if role == "A":
            return case.target
        if role == "B":
            return case.value if case.target is not None else None
        return case.value / HUNDRED if is_rate(name) or name in ("X", "x", "R", "r") else None

    def in_proportion(self, tier: Tier) -> None:
        case = self.case
        if case.target:
            self.say(self.clipped(case.full * case.value / case.target),
                     f"{_n(case.full)} × {_n(case.value)} ÷ {_n(case.target)}", "按完成值与目标值的比例计分")
            if case.target == HUNDRED or tier.of_target:
                return
        self.say(self.clipped(case.full * case.value / HUNDRED), f"{_n(case.full)} × {_n(case.value)}%",
                 "按比率的实际值计分")
        base = self.full_border()
        if base is not None and base not in (ZERO, HUNDRED) and not case.target:
            self.say(self.clipped(case.full * case.value / base), f"{_n(case.full)} × {_n(case.value)} ÷ {_n(base)}",
                     "按与满分线的比例计分")

    def full_border(self) -> Decimal | None:
        top = self.top()
        bound = top.region.low or top.region.high if top and top.region else None
        return bound.at(self.case.target) if bound else None

    # steps

    def applies(self, step: Step) -> bool:
        if step.subject and self.operand(step) is not None:
            return True
        if step.guard is None:
            return True
        return step.guard.fit(self.case.value, self.case.target) in (Fit.IN, Fit.EDGE)

    def operand(self, step: Step) -> Decimal | None:
        for key, amount in self.case.operands.items():
            if step.subject and (key in step.subject or step.subject in key):
                return amount
        return None

    def stepped(self, steps: list[Step]) -> None:
        """Take every step off (or add it to) the mark it starts from."""
        counts = [s for s in steps if s.way is Way.COUNT]
        if len(counts) > 1:
            self.counted(counts)
            return
        step = steps[0]
        start = self.start(step)
        distance, shown, other = self.distance(step)
        if not shown:
            return
        said = f"，{other}" if other else ""
        if distance <= 0:
            self.say(self.clipped(start, step), _n(start), "未触及扣分" + said if not step.gain else "未触及加分" + said)
        else:
            self.by_steps(step, start, distance / step.size, f"{shown} ÷ {_n(step.size)}" if step.size != 1 else shown)
        if self.relative(step):
            self.relatively(step, start)
        top = self.top()
        if top and top.award and self.mismatched(top.award) and distance <= 0:
            self.say(self.case.full, _n(self.case.full), "分值栏的满分与评分标准所写不一致，以分值栏为准")

    def by_steps(self, step: Step, start: Decimal, count: Decimal, shown: str) -> None:
        low, high = step.award.of(self.case.full)
        whole, started = count.to_integral_value(ROUND_FLOOR), count.to_integral_value(ROUND_CEILING)
        ways = {"whole": (whole, "不足一档的不计"), "linear": (count, "不足一档的按比例"), "started": (started, "不足一档的按一档计")}
        sign = ONE if step.gain else -ONE
        for name in (step.only,) if step.only else ways:
            number, said = ways[name]
            if low != high:
                ends = [self.clipped(start + sign * k * number, step) for k in (low, high)]
                self.ranges.append((min(ends), max(ends)))
                continue
            each = f"{_n(number)} × {_n(low)}" if name != "linear" and number != count else f"{shown} × {_n(low)}"
            if name != "linear" and number != count:
                said = f"{shown} = {_n(count.quantize(Decimal('0.0001')).normalize())}，计{_n(number)}档，{said}"
            self.say(self.clipped(start + sign * low * number, step), f"{_n(start)} {'+' if step.gain else '-'} {each}", said)

    def counted(self, steps: list[Step]) -> None:
        """Several kinds of defect, each with its own deduction: every count must be known."""
        numbers = [self.operand(step) for step in steps]
        if any(number is None for number in numbers):
            return
        lost = [(n or ZERO, s.award.of(self.case.full)) for n, s in zip(numbers, steps, strict=True)]
        low, high = (self.clipped(self.case.full - sum((n / s.size * a[i] for (n, a), s in zip(lost, steps, strict=True)), ZERO))
                     for i in (1, 0))
        if low != high:
            self.ranges.append((low, high))
            return
        self.say(low, _n(self.case.full) + "".join(f" - {_n(n)} × {_n(a[0])}" for n, a in lost), "逐项扣分")

    def start(self, step: Step) -> Decimal:
        """The mark that steps start from: that of the tier next to the base, else the full mark."""
        before = [t for t in self.tiers if t.award is not None and not t.award.is_zero and not t.award.minus
                  and t.award.low == t.award.high and (t.region is not None or step.way is Way.COUNT)]
        if step.from_zero:
            return ZERO
        if not before:
            return self.case.full
        bounds = [(t, b.at(self.case.target)) for t in before if t.region for b in t.region.bounds]
        base = step.base.at(self.case.target) if step.base else None
        tier = next((t for t, border in bounds if base is not None and border == base), before[0])
        return min(self.case.full, tier.award.of(self.case.full)[0]) if tier.award else self.case.full

    def base(self, step: Step) -> tuple[Decimal, Decimal, str] | None:
        """Where the steps of this rule start: lower and upper border, and what is supposed."""
        target = self.case.target
        if step.base is not None:
            border = step.base.at(target)
            return None if border is None else (border, border, "")
        regions = [t.region for t in self.tiers if t.region and t.award is not None and not t.award.is_zero]
        regions = [r for r in regions if all(b.at(target) is not None for b in r.bounds)]
        if regions:
            borders = [b.at(target) or ZERO for b in regions[0].bounds]
            return min(borders), max(borders), ""
        if self.deviates:
            return ZERO, ZERO, ""
        if self.standard is not None:
            return self.standard.value, self.standard.value, ""
        if target is not None:
            return target, target, ""
        if step.way is Way.ABOVE and any(b.value < 50 for t in self.tiers if t.region for b in t.region.bounds):
            return ZERO, ZERO, "评分标准未写起点，以0为起点"
        if step.way is not Way.BELOW and not self.near_hundred:
            return None
        return HUNDRED, HUNDRED, "评分标准未写起点，以100%为起点"

    def distance(self, step: Step) -> tuple[Decimal, str, str]:
        """How far the value lies beyond the base, as number and as printed; at most 0 when it does not."""
        value = self.case.value
        if step.way is Way.COUNT:
            given = self.operand(step)
            return (value if given is None else given), _n(value if given is None else given), ""
        counted = step.way is Way.BELOW and step.unit not in ("%", "pp") and self.case.target is None and step.base is None
        if counted and not any(t.region for t in self.tiers):
            return value, _n(value), ""
        found = self.base(step)
        if found is None:
            return ZERO, "", ""
        low, high, said = found
        if self.absolute(step):
            value = abs(value)
        above, below = (value - high, f"({_n(value)} - {_n(high)})"), (low - value, f"({_n(low)} - {_n(value)})")
        if step.way is Way.BOTH:
            return (*max(above, below), said)
        return (*(above if step.way is Way.ABOVE else below), said)

    def absolute(self, step: Step) -> bool:
        return any(t.region.absolute for t in self.tiers if t.region) or bool(step.guard and step.guard.absolute)

    def relative(self, step: Step) -> bool:
        """Tell whether "每低1%" may mean 1 % of the target."""
        target = self.case.target
        return step.unit == "%" and target not in (None, ZERO, HUNDRED) and step.way is not Way.COUNT \
            and (step.relative or not any(t.region and any(not b.of_target for b in t.region.bounds) for t in self.tiers))

    def relatively(self, step: Step, start: Decimal) -> None:
        target = self.case.target or ONE
        distance, shown, _ = self.distance(step)
        if distance <= 0:
            return
        kept, self.readings = self.readings, []
        self.by_steps(step, start, distance / (abs(target) * step.size / HUNDRED),
                      f"{shown} ÷ ({_n(target)} × {_n(step.size)}%)")
        self.readings = [(m, f, f"{s}，每档为目标值的{_n(step.size)}%") for m, f, s in self.readings]
        self.readings = self.readings if step.relative else kept + self.readings

    # saying it

    def clipped(self, mark: Decimal, step: Step | None = None) -> Decimal:
        limit = step.limit.of(self.case.full)[0] if step and step.limit else None
        if step and step.from_zero:
            return min(mark, self.case.full)
        if step and step.gain:
            return min(mark, self.case.full + (limit if limit is not None else self.case.full))
        floor = self.case.full - limit if limit is not None else ZERO
        return max(ZERO, floor, min(self.case.full, mark))

    def say(self, mark: Decimal, formula: str, reading: str) -> None:
        said = "，".join(filter(None, (reading, self.note)))
        self.readings.append((mark, formula, said))


def _within(inner: Region | None, outer: Region | None, target: Decimal | None) -> bool:
    """Tell whether one region lies in another."""
    if inner is None or outer is None or inner == outer:
        return False
    low, high, under, over = (bound.at(target) if bound else None for bound in (inner.low, inner.high, outer.low, outer.high))
    return (under is None or low is not None and low >= under) and (over is None or high is not None and high <= over)


def _sure(region: Region | None, value: Decimal, target: Decimal | None) -> bool:
    """Tell whether a sign or （含） gives the value to this region, not just the law on 以上 and 以下."""
    return region is not None and all(bound.sure or bound.at(target) != value for bound in region.bounds)


def _role(name: str) -> str:
    if name in ("A", "B"):
        return name
    if any(name.endswith(word) for word in _ACHIEVED[1:]):
        return "B"
    return "A" if any(name.endswith(word) for word in _WANTED[1:]) else ""


def _shown_award(award: Award, full: Decimal, mark: Decimal) -> str:
    if award.minus:
        return f"{_n(full)} - {_n(full * award.low if award.share else award.low)}"
    if award.share and award.low not in (ZERO, ONE):
        return f"{_n(full)} × {_n(award.low * HUNDRED)}%"
    return _n(mark)


def _told(tier: Tier) -> str:
    return f"适用“{tier.word}”" if tier.word else "适用该档"

