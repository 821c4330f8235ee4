"""Read the text of a rule: its conclusions become tiers, steps, formulas and grades; or say why it cannot be recomputed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fusuan.checks._criterion._conclusions import Conclusion, conclusions
from fusuan.checks._criterion._expression import Expression
from fusuan.checks._criterion._formulas import lifted
from fusuan.checks._criterion._marks import Marks
from fusuan.checks._criterion._reckon import Case, Reckoning
from fusuan.checks._criterion._regions import region
from fusuan.checks._criterion._steps import step
from fusuan.checks._criterion._terms import DISCRETION, FULL, HUNDRED, ONE, ZERO, Award, Bound, Region, Step, Tier, Way
from fusuan.checks._criterion._text import garbled, normal

_LONGEST = 1200
_NEGATIVE = re.compile(r"否|其[他它余]|未|不|没有?|无|以外|低于|逾期|缺|超(?!过\d)|反之|除外|较差|差$|出现|发生|发现|存在|违")
_VETO = re.compile(r"出现|发生|发现|存在|有(?!效|序|力|关)|每|凡")
_ONCE = re.compile(r"(?:有|出现|发现|发生|存在|每)[^,;\d]{0,8}1(?:个|人|例|项|次|件|处|起|名|条|家|户|份)")
_NAME = re.compile(r"[\u4e00-\u9fff()A-Za-z]{0,24}?(?:率|满意度|比例|比值|比重|进度(?!率)|偏离度|次数|天数|金额|系数|绝对值)(?![先和])")
_LEAD = re.compile(r"^.*?(?:标准[;:,]?|当|若|如果?|对于|根据|其中|按照?|以|的)(?=[\u4e00-\u9fff]{2})")
_PRINTED = re.compile(r"(?:^|[;,:(])(?:(?:本项|该项|此项|该?指标)?(?:满分|分值)(?:为|:|=)?|共计?|合计)(\d{1,3}(?:\.\d+)?)分")
_SCALE = re.compile(r"优[^;]{0,12};?.*良[^;]{0,12};?.*差")
_NEAR = re.compile(r"(?:控制|执行|完成|到位|支付|支出|达标)率")
_DEVIATION = re.compile(r"偏差|偏离|差异|变动|增长|增减|调整率|结余|结转")
_AT_MOST = re.compile(r"[≤<]|不超|未超|控制在|以内|不高于|不大于")
_STANDARD = re.compile(r"以(\d+(?:\.\d+)?)%?为(?:标准|基准|目标值?|准|起点)[;:,]?")
_STARTED = re.compile(r"\(?不(?:足|满)(?:\d[\d.]*)?(?:%|pp|个|天|项|次)?[^,;)\d]{0,4},?(?:按|以|视同?|作)(?:为)?1?[\d.]*(?:%|pp|个|天|项|次|档)[^,;)]{0,4}\)?")
_WHOLE = re.compile(r"\(?不(?:足|满)(?:\d[\d.]*)?(?:%|pp|个|天|项|次)?[^,;)\d]{0,4}(?:不扣分?|不计(?:算)?|不予扣分|忽略不计)\)?")
_LINEAR = re.compile(r"(?:其他情况)?[^,;]{0,6}(?:线性|插值|差值法)[^,;]{0,8}")
_EXEMPT = re.compile(r"没有|^无|不涉及|不适用|未安排|不考核|未发生")
_RANKED = re.compile(r"最高[^;]{0,12}[;,][^;]{0,4}最低[^;]{0,12}[;,].{0,12}排[名序]")


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
        if len(self.grades) != 2 or not self.grades[1].award.is_zero and not _NEGATIVE.search(self.grades[1].word):
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


def parse(text: str) -> Criterion | Refusal:
    """Read the text of a rule; a Refusal says why it cannot be recomputed. Never raises, linear in the text."""
    if not text or not text.strip():
        return Refusal("评分标准为空", text)
    if len(text) > _LONGEST:
        return Refusal("评分标准过长，不是一条可复算的规则", text[:_LONGEST])
    return _Builder(text).built()


@dataclass
class _Builder:
    """Takes the conclusions of one text in order."""

    text: str
    tiers: list[Tier] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    grades: list[Grade] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)
    exempt: str = ""
    measure: str = ""
    others: list[str] = field(default_factory=list)
    formulas: tuple[Expression, ...] = ()
    enumerated: int = 0

    def built(self) -> Criterion | Refusal:
        plain = normal(self.text)
        only = "started" if _STARTED.search(plain) else "whole" if _WHOLE.search(plain) else ""
        if not only and "线性" in plain:
            only = "linear"
        plain = _WHOLE.sub("", _STARTED.sub("", plain))
        standard = _STANDARD.search(plain)
        plain = _STANDARD.sub("", plain)
        if _RANKED.search(plain):
            plain = "得分=(单位数-名次)/(单位数-1)×分值"
        plain, self.formulas = lifted(plain)
        found = conclusions(plain)
        for conclusion in found:
            self.take(conclusion)
        if reason := self.refusal(found, plain):
            return Refusal(reason, self.text)
        if only:
            self.steps = [step_ if step_.only else replace(step_, only=only) for step_ in self.steps]
        self.complete()
        base = Bound(Decimal(standard[1]), True) if standard else None
        listed = self.listed(plain)
        return Criterion(self.text, self.measure, tuple(self.tiers), tuple(self.steps), tuple(self.grades),
                         listed, base, self.exempt, garbled(self.text))

    def listed(self, plain: str) -> bool:
        """Tell whether the grades are items that add up; then steps within single items are of no use alone."""
        gains = [g for g in self.grades if not g.award.minus and not g.award.is_zero]
        alike = len(gains) > 1 and len({g.award for g in gains}) == 1
        if self.tiers or not (alike or len(gains) > 1 and self.enumerated > 1):
            return False
        self.grades = gains
        last = plain.rfind("每")
        own = last > 0 and plain[:last].rstrip("的上述以,").endswith(";")
        if self.steps and ("#" in plain[plain.rfind("扣"):] or not alike and not own):
            self.steps = []
        return True

    def refusal(self, found: tuple[Conclusion, ...], plain: str) -> str:
        if len(set(self.others)) > 0:
            return f"评分标准同时衡量{self.measure}与{self.others[0]}，须分项复算"
        if _SCALE.search(plain) and not re.search(r"[得计扣]\d|[得计]满分", plain):
            return "这是评价等级的划分，不是得分的办法"
        told = self.tiers or self.steps or [g for g in self.grades if g.award != DISCRETION]
        if told:
            return ""
        if self.choices:
            words = next((piece for piece in re.split("[,;]", plain) if self.choices[0] in piece), self.choices[0])
            return f"评分标准由评价人酌情掌握（“{words.strip('#()')[:30]}”），没有可复算的数值"
        if re.search(r"扣分|减分|调减", plain):
            return "评分标准只写扣分，没有写明扣多少分"
        if re.search(r"加分", plain):
            return "评分标准只写加分，没有写明加多少分"
        return "评分标准没有写明得分或扣分的办法"

    # one conclusion

    def take(self, conclusion: Conclusion) -> None:
        """Put one conclusion where it belongs."""
        kind, condition = conclusion.kind, conclusion.condition
        self.enumerated += condition.count("#")
        if kind in ("gone", "rest") or kind == "none" and not _bounds(condition):
            return
        if kind == "limit":
            if self.steps and conclusion.award:
                self.steps[-1] = replace(self.steps[-1], limit=conclusion.award)
            return
        segment = _last(condition)
        if kind == "formula":
            self.formula(segment, int(re.findall(r"\d+", conclusion.text)[0]))
        elif kind == "proportion":
            self.proportion(segment, conclusion.text)
        elif kind == "choice":
            self.choice(segment, conclusion)
        elif conclusion.award is not None:
            self.award(kind, segment, conclusion.award)

    def award(self, kind: str, segment: str, award: Award) -> None:
        stepping = kind in ("deduct", "gain") or kind == "points" and bool(re.search(r"每|(?:符合|达到|满足|完成|具备)1[项条个]", segment))
        made = step(segment, award, kind != "deduct") if stepping and not award.is_zero else None
        if stepping and made is None and re.search(r"每[^,;]{0,20}$", segment.rstrip(",")):
            return
        if made is not None:
            made = replace(made, from_zero=kind == "points")
            self.named(segment.split("每")[0], bool(made.guard))
            self.steps.append(made)
            return
        bounds = Region(Bound(ZERO, False)) if award.is_zero and _ONCE.search(segment) else _bounds(segment)
        if bounds is not None and (name := self.named(segment, True)):
            if award.is_zero:
                self.tiers.append(Tier(bounds, award, _word(segment), gate=name))
                return
            self.others.append(name)
        if bounds is not None and kind != "gain":
            self.tiers.append(Tier(bounds, award, _word(segment)))
        elif _EXEMPT.search(segment) and award.is_full and (self.tiers or self.steps):
            self.exempt = _word(segment)
        else:
            self.words(kind, segment, award)

    def words(self, kind: str, segment: str, award: Award) -> None:
        word = _word(segment)
        if kind == "gain":
            return
        if award.is_zero and _VETO.search(word) and re.search(r"有\d|出现|发生|发现|存在", word) and not self.grades:
            self.tiers.append(Tier(Region(Bound(ZERO, False)), award, word))
        elif self.tiers and (_NEGATIVE.search(word) or award.is_zero) and any(t.region for t in self.tiers):
            self.tiers.append(Tier(None, award, word, otherwise=True))
        else:
            self.grades.append(Grade(word, award))

    def formula(self, segment: str, number: int) -> None:
        bounds = _bounds(segment)
        self.named(segment, bounds is not None)
        self.tiers.append(Tier(bounds, None, _word(segment), self.formulas[number], bounds is None))

    def proportion(self, segment: str, text: str) -> None:
        bounds = _bounds(segment)
        self.named(segment, bounds is not None)
        between = bool(re.search(r"上述|之间|中间|线性|插值|差值", segment + text)) and len(self.tiers) > 1
        between = between and bounds is None
        self.tiers.append(Tier(bounds, None, _word(segment), otherwise=bounds is None and not between,
                               proportion=True, interpolate=between,
                               of_target=bool(re.search(r"目标|指标值|计划|预期", text))))

    def choice(self, segment: str, conclusion: Conclusion) -> None:
        bounds = _bounds(segment)
        self.choices.append(conclusion.text.strip(",;") or segment)
        award = conclusion.award or DISCRETION
        if bounds is not None:
            self.tiers.append(Tier(bounds, award, _word(segment)))
        elif self.tiers:
            self.tiers.append(Tier(None, award, _word(segment), otherwise=True))
        else:
            self.grades.append(Grade(_word(segment), award))

    def named(self, segment: str, bounded: bool) -> str:
        """Note what is measured; return the name where it is another quantity than the one before."""
        found = _NAME.findall(segment) if bounded else []
        name = _LEAD.sub("", found[-1]).strip("()") if found else ""
        if not name or "目标" in name or "绝对值" in name or name in ("比例", "绝对值", "系数", "比值"):
            return ""
        if not self.measure:
            self.measure = name
            return ""
        return "" if name in self.measure or self.measure in name else name

    def complete(self) -> None:
        """Add what the text leaves unsaid: full mark where only losses are named; drop words beside numbers."""
        if not self.measure:
            names = (_LEAD.sub("", m[0]).strip("()") for m in _NAME.finditer(normal(self.text)))
            self.measure = next((name for name in names if re.search(r"(?:率|满意度|比重|[出付行]进度)$", name)
                                 and not re.search(r"上述|^按|[与未]|^率", name)), "")
        if any(t.region and t.region.absolute for t in self.tiers):
            self.tiers = [replace(t, region=t.region and replace(t.region, absolute=True)) for t in self.tiers]
            self.steps = [replace(s, guard=s.guard and replace(s.guard, absolute=True)) for s in self.steps]
        lost = all(t.award is not None and (t.award.minus or t.award.is_zero) for t in self.tiers)
        if self.tiers and lost and not self.steps and not self.grades:
            vetoed = all(t.award and (t.award.minus or t.region and t.region.low and t.region.low.value == 0)
                         for t in self.tiers)
            if vetoed:
                self.tiers.append(Tier(None, FULL, otherwise=True))
        if self.tiers and all(t.proportion and t.region and t.region.low is None for t in self.tiers):
            self.tiers.append(Tier(None, FULL, otherwise=True))
        if len(self.grades) == 1 and not self.tiers and not self.steps:
            only = self.grades[0]
            if only.award.is_zero or only.award.minus:
                self.grades.insert(0, Grade("其他情况", FULL))
            else:
                self.grades.append(Grade("否则", Award(ZERO, ZERO)))


def _bounds(segment: str) -> Region | None:
    """The region of a condition, in per cent where it speaks of a quotient as a fraction (比值>0.1, 控制率≤1)."""
    found = region(segment)
    if found is None or not re.search(r"比值|比率|率", segment):
        return found
    return Region(_percent(found.low), _percent(found.high), found.absolute)


def _percent(bound: Bound | None) -> Bound | None:
    if bound is None or bound.unit or bound.of_target or not 0 < abs(bound.value) <= 1:
        return bound
    return replace(bound, value=bound.value * HUNDRED)


def _last(condition: str) -> str:
    """The sentence that the conclusion belongs to."""
    parts = [part for part in condition.split(";") if part.strip(",;:)(#")]
    return parts[-1] if parts else ""


def _word(segment: str) -> str:
    word = segment.strip(",;:#的()")
    return (word + ")" if word.count("(") > word.count(")") else word)[:60]
