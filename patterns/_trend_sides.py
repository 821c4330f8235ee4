"""The two amounts that words like 决算数小于预算数 hold against each other, or what tells of both: a completion, a change."""

from __future__ import annotations

from collections.abc import Sequence

from fusuan.model import Reading
from fusuan.patterns._items import Item
from fusuan.patterns._said import Said
from fusuan.patterns._trend_words import Claim
from fusuan.patterns.names.likeness import basis_of

_PLANS = ("budget", "adjusted")
Side = tuple[str, Said]


def sides(items: Sequence[Item], claim: Claim) -> list[Reading]:
    """How items of one name may be meant: amounts first, then what else tells which of the two is the larger."""
    told = [(_basis(item, said), said) for item in items for said in item.said if said.figure.sign not in ("≥", "≤", "≈", ">", "<")]
    pairs = _budgets(told, claim.which) if claim.base == "budget" else _years(told)
    found = [Reading({"now": (a.figure,), "before": (b.figure,)}) for a, b in pairs]
    return found or _rates(told, claim) or _changes(told, claim.base)


def _basis(item: Item, said: Said) -> str:
    return basis_of(said.name) or (basis_of(item.name) if said is item.amount else "")


def _budgets(told: Sequence[Side], which: str) -> list[tuple[Said, Said]]:
    wanted = ("adjusted",) if "调整" in which or "全年" in which else ("budget",) if "年初" in which else _PLANS
    money = [(basis, said) for basis, said in told if said.role == "amount" and said.figure.dimension == "money"]
    bases = [said for basis, said in told if said.role == "base" and said.figure.dimension == "money" and basis in wanted]
    plans = [said for basis, said in money if basis in wanted] or bases
    done = [said for basis, said in money if basis not in _PLANS]
    return [(a, b) for a in done[:2] for b in plans[:2]]


def _years(told: Sequence[Side]) -> list[tuple[Said, Said]]:
    before = [said for _, said in told if said.role == "prior" and said.figure.dimension == "money"]
    money = [(basis, said) for basis, said in told if said.role == "amount" and said.figure.dimension == "money"]
    now = [said for basis, said in money if basis not in _PLANS] or [said for _, said in money]
    return [(a, b) for a in now[:2] for b in before[:2]]


def _rates(told: Sequence[Side], claim: Claim) -> list[Reading]:
    """完成预算89.5%: more or less than the budget, without either amount."""
    if claim.base != "budget":
        return []
    return [Reading({"rate": (said.figure,)}) for _, said in told
            if said.role == "completion" and said.figure.unit == "%" and "预算" in said.pre + said.name
            and ("调整" in said.pre) <= ("年初" not in claim.which)][:1]


def _changes(told: Sequence[Side], base: str) -> list[Reading]:
    """比上年减少3万元: the smaller of the two, without the other."""
    return [Reading({"fall" if said.falls else "rise": (said.figure,)}) for _, said in told
            if said.role in ("delta", "growth") and said.against == base and said.falls is not None][:1]
