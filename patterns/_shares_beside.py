"""Shares told side by side: what the other shares of one whole say of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from fusuan.model import Figure, Reading, Statement, Words

_NEAR = 8


def of_one_whole(found: list[Statement]) -> list[Statement]:
    """Shares told side by side of a whole by one name are of one amount: the one that a share of three digits fits.

    助老227万元,占总数的85.98%; 助残37万元,占总数的14.02%: what 总数 means to the first it means to the second.
    """
    fits: dict[tuple[str, int], list[tuple[Figure, Figure]]] = {}
    settled = []
    for statement in found:
        stated, of = statement.stated, statement.facts.get("of")
        if of is not None and isinstance(stated, Figure) and (stated.decimals >= 1 or stated.value >= 100):
            known = [(r["denominator"][0], stated) for r in statement.readings if _exactly(stated, r)]
            reach = _NEAR if of else 1
            for near in range(-reach, reach + 1):
                fits.setdefault((of, (stated.place.paragraph or 0) + near), []).extend(known)
    for statement in found:
        stated, beside = statement.stated, fits.get((statement.facts.get("of", "-"), statement.place.paragraph or 0), [])
        wholes = {whole.base: whole for whole, _ in beside}
        if statement.guess and len(wholes) == 1 and not any(_exactly(stated, r) for r in statement.readings):
            whole = next(iter(wholes.values()))
            listed = any(r["denominator"][0].base in wholes for r in statement.readings)
            reading = replace(statement.readings[0], roles={**statement.readings[0].roles, "denominator": (whole,)})
            # that it is of the same whole is plain where that was among its own readings, or is borne out twice
            statement = replace(statement, readings=(reading,), guess=not listed and len({s.span for _, s in beside}) < 2)
        settled.append(statement)
    return settled


def to_hundred(found: list[Statement]) -> list[Statement]:
    """Shares of one whole that are printed to come to just 100: then one may be a last digit off to make them so."""
    sums: dict[tuple[str, int], Decimal] = {}
    shares: dict[int, tuple[str, int]] = {}
    for number, statement in enumerate(found):
        stated, of = statement.stated, statement.facts.get("of")
        if of is not None and isinstance(stated, Figure) and stated.unit == "%":
            shares[number] = (of, stated.place.paragraph or 0)
            sums[shares[number]] = sums.get(shares[number], Decimal(0)) + stated.value
    return [replace(s, facts={**s.facts, "hundred": "yes"}) if n in shares and sums[shares[n]] == 100 else s for n, s in enumerate(found)]


def _exactly(stated: Figure | Words, reading: Reading) -> bool:
    """Tell whether a printed share is that of one amount in another, to its last digit."""
    above, below = reading["numerator"], reading["denominator"]
    if not isinstance(stated, Figure) or len(above) != 1 or len(below) != 1 or not below[0].base or stated.unit != "%":
        return False
    share = above[0].base / below[0].base * 100
    return share.quantize(Decimal(1).scaleb(-stated.decimals), ROUND_HALF_UP) == stated.value


def twice(found: Sequence[Statement]) -> Iterator[Statement]:
    """The same amount over the same base stated again as another rate: one of the two is misprinted (cut or rounded apart)."""
    first: dict[tuple[Decimal, Decimal], Statement] = {}
    for statement in found:
        reading = statement.readings[0]
        above, below, stated = reading["numerator"], reading["denominator"], statement.stated
        if statement.guess or len(statement.readings) > 1 or len(above) != 1 or len(below) != 1 or not isinstance(stated, Figure) or stated.unit != "%":
            continue
        same = first.setdefault((above[0].base, below[0].base), statement).stated
        if isinstance(same, Figure) and same is not stated and same.unit == "%" and same.decimals == stated.decimals \
                and abs(same.value - stated.value) != Decimal(1).scaleb(-stated.decimals):
            yield Statement("mention", "cross", stated, (Reading({"other": (same,)}),), statement.quote)
