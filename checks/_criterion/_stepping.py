"""Marks by steps: each step beyond a base is taken off (or added to) the mark it starts from."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from fusuan.checks._criterion._expression import written as _n
from fusuan.checks._criterion._saying import Saying
from fusuan.checks._criterion._terms import HUNDRED, ONE, ZERO, Fit, Step, Way


class Stepping(Saying):
    """What the steps of a rule come to."""

    def applies(self, step: Step) -> bool:
        if step.subject and self.operand(step) is not None:
            return True
        if step.guard is None:
            return True
        return step.guard.fit(self.case.value, self.case.target) in (Fit.IN, Fit.EDGE)

    def untouched(self) -> bool:
        """Tell whether the value lies on the safe side of the only step."""
        return len(self.steps) == 1 and self.base(self.steps[0]) is not None and self.distance(self.steps[0])[0] <= 0

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
