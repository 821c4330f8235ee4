"""From a measured value to the marks: tiers first, then steps, then proportion."""

from __future__ import annotations

import re
from decimal import Decimal

from fusuan.checks._criterion._expression import Expression, is_rate
from fusuan.checks._criterion._expression import written as _n
from fusuan.checks._criterion._formulas import FULL_NAME
from fusuan.checks._criterion._marks import Marks, distinct
from fusuan.checks._criterion._stepping import Stepping
from fusuan.checks._criterion._terms import HUNDRED, ONE, ZERO, Award, Fit, Region, Step, Tier

_ACHIEVED = ("B", "完成值", "实际值", "实际完成", "完成数", "实际数", "实际完成数")
_WANTED = ("A", "指标值", "目标值", "计划值", "计划数", "目标数", "目标", "预期值", "年初目标")


class Reckoning(Stepping):
    """What all of a rule comes to for one case."""

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

    def by_formula(self, formula: Expression, word: str = "") -> None:
        unknown = {pair for pair in formula.quotients if all(self.named(name) is None for name in pair)}
        like = {pair for pair in formula.quotients if is_rate(pair[0]) and _role(pair[1]) == "A"} if self.case.target else set()
        parts = {name: self.case.value for name, _ in like}
        parts |= {pair[0]: self.case.value / HUNDRED for pair in unknown} | {pair[1]: ONE for pair in unknown}
        parts |= dict.fromkeys(_shares(formula), self.case.value / HUNDRED)
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


def _within(inner: Region | None, outer: Region | None, target: Decimal | None) -> bool:
    """Tell whether one region lies in another."""
    if inner is None or outer is None or inner == outer:
        return False
    low, high, under, over = (bound.at(target) if bound else None for bound in (inner.low, inner.high, outer.low, outer.high))
    return (under is None or low is not None and low >= under) and (over is None or high is not None and high <= over)


def _sure(region: Region | None, value: Decimal, target: Decimal | None) -> bool:
    """Tell whether a sign or （含） gives the value to this region, not just the law on 以上 and 以下."""
    return region is not None and all(bound.sure or bound.at(target) != value for bound in region.bounds)


def _shares(formula: Expression) -> list[str]:
    """What is achieved, where it stands for the share of the full mark that is given: 完成值×权重, of a rate, with nothing it is divided by."""
    alone = "/" not in formula.tokens and any(FULL_NAME.search(name) for name in formula.names) and all(_role(name) != "A" for name in formula.names)
    return [name for name in formula.names if alone and _role(name) == "B"]


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

