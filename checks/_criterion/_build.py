"""Read the text of a rule: its conclusions become tiers, steps, formulas and grades; or say why it cannot be recomputed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from fusuan.checks._criterion._conclusions import Conclusion, conclusions
from fusuan.checks._criterion._criterion import NEGATIVE, Criterion, Grade, Refusal
from fusuan.checks._criterion._expression import Expression
from fusuan.checks._criterion._formulas import lifted
from fusuan.checks._criterion._regions import region
from fusuan.checks._criterion._steps import step
from fusuan.checks._criterion._terms import DISCRETION, FULL, HUNDRED, ZERO, Award, Bound, Region, Step, Tier
from fusuan.checks._criterion._text import garbled, normal

_LONGEST = 1200
_VETO = re.compile(r"出现|发生|发现|存在|有(?!效|序|力|关)|每|凡")
_ONCE = re.compile(r"(?:有|出现|发现|发生|存在|每)[^,;\d]{0,8}1(?:个|人|例|项|次|件|处|起|名|条|家|户|份)")
_NAME = re.compile(r"[\u4e00-\u9fff()A-Za-z]{0,24}?(?:率|满意度|比例|比值|比重|进度(?!率)|偏离度|次数|天数|金额|系数|绝对值)(?![先和])")
_LEAD = re.compile(r"^.*?(?:标准[;:,]?|当|若|如果?|对于|根据|其中|按照?|以|的)(?=[\u4e00-\u9fff]{2})")
_SCALE = re.compile(r"优[^;]{0,12};?.*良[^;]{0,12};?.*差")
_STANDARD = re.compile(r"以(\d+(?:\.\d+)?)%?为(?:标准|基准|目标值?|准|起点)[;:,]?")
_STARTED = re.compile(r"\(?不(?:足|满)(?:\d[\d.]*)?(?:%|pp|个|天|项|次)?[^,;)\d]{0,4},?(?:按|以|视同?|作)(?:为)?1?[\d.]*(?:%|pp|个|天|项|次|档)[^,;)]{0,4}\)?")
_WHOLE = re.compile(r"\(?不(?:足|满)(?:\d[\d.]*)?(?:%|pp|个|天|项|次)?[^,;)\d]{0,4}(?:不扣分?|不计(?:算)?|不予扣分|忽略不计)\)?")
_EXEMPT = re.compile(r"没有|^无|不涉及|不适用|未安排|不考核|未发生")
_RANKED = re.compile(r"最高[^;]{0,12}[;,][^;]{0,4}最低[^;]{0,12}[;,].{0,12}排[名序]")


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
        elif self.tiers and (NEGATIVE.search(word) or award.is_zero) and any(t.region for t in self.tiers):
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
