"""The two amounts that words like 决算数小于预算数 hold against each other, or what tells of both: a completion, a change."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from fusuan.model import Reading
from fusuan.relations.compare.told import basis
from fusuan.relations.compare.words import Claim
from fusuan.relations.passages.mention import Mention

_PLANS = ("budget", "adjusted")
_BUDGET = regex.compile(r"(?:比|较|与|同)(?!\s?(?:上一?年|去年))[^,;。]{0,8}(?:预算|计划|目标|任务|概算)|[高低]于[^,;。]{0,6}预算")
_PRIOR = regex.compile(r"同比|环比|同口径|(?:比|较|与|同)[^,;。比较]{0,10}?(?:上一?年|去年|前年|前一年|同期|上期|上月|上半年|(?:19|20)[0-9]{2}\s?年)")


def sides(said: Sequence[Mention], claim: Claim) -> list[Reading]:
    """How what is said of one thing may be meant: amounts first, then what else tells which of the two is the larger."""
    told = [(m, basis(m)) for m in said if m.figure.sign not in ("≥", "≤", "≈", ">", "<")]
    pairs = _budgets(told, claim.which) if claim.base == "budget" else _years(told)
    found = [Reading({"now": (a.figure,), "before": (b.figure,)}) for a, b in pairs]
    return found or _rates(told, claim) or _changes(told, claim.base)


def _money(told: Sequence[tuple[Mention, str]], *roles: str) -> list[tuple[Mention, str]]:
    return [(m, base) for m, base in told if m.role in roles and m.dimension == "money"]


def _budgets(told: Sequence[tuple[Mention, str]], which: str) -> list[tuple[Mention, Mention]]:
    wanted = ("adjusted",) if "调整" in which or "全年" in which else ("budget",) if "年初" in which else _PLANS
    plans = [m for m, base in _money(told, "amount", "prior") if base in wanted] or [m for m, base in _money(told, "base") if base in wanted]
    done = [m for m, base in _money(told, "amount") if base not in _PLANS]
    return [(a, b) for a in done[:2] for b in plans[:2]]


def _years(told: Sequence[tuple[Mention, str]]) -> list[tuple[Mention, Mention]]:
    before = [m for m, base in _money(told, "prior", "amount") if m.role == "prior" or m.last_year and base not in _PLANS]
    now = [(m, base) for m, base in _money(told, "amount") if m not in before]
    now = [(m, base) for m, base in now if base not in _PLANS] or now
    return [(a, b) for a, _ in now[:2] for b in before[:2]]


def _rates(told: Sequence[tuple[Mention, str]], claim: Claim) -> list[Reading]:
    """完成预算89.5%: more or less than the budget, without either amount."""
    if claim.base != "budget":
        return []
    return [Reading({"rate": (m.figure,)}) for m, _ in told
            if m.role in ("done", "percent", "share") and m.figure.unit == "%" and "预算" in m.before and "完成" in m.before
            and ("调整" in m.before) <= ("年初" not in claim.which)][:1]


def _changes(told: Sequence[tuple[Mention, str]], base: str) -> list[Reading]:
    """比上年减少3万元: the smaller of the two, without the other."""
    found, against, sentence = [], "", -1
    for m, _ in told:
        if m.sentence != sentence:
            against, sentence = "", m.sentence
        against = "budget" if _BUDGET.search(m.before) else "prior" if _PRIOR.search(m.before) else against
        if m.role in ("change", "growth") and m.direction and against == base:
            found.append(Reading({"fall" if m.direction < 0 else "rise": (m.figure,)}))
    return found[:1]
