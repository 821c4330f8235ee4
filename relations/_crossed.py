"""Shares told in turn (甲a万元、乙b万元,分别占x%、y%) each of which comes out, but for another amount than the one in its place.

That a share comes out for a neighbour explains nothing where the neighbours stand in as many places and the words say that they are told in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from fusuan.relations._question import Candidate
from fusuan.relations._weigh import RULED, SHARP, Answer
from fusuan.relations.passages.mention import Mention, Passage

_IN_TURN = regex.compile(r"[,;]?\s?(?:分别|各)占?[^,;。:、]{0,24}")


def crossed(passage: Passage, told: Sequence[Answer]) -> Iterator[Answer]:
    """Yield, for each share that comes out for another amount of its list, that it does not for its own."""
    holds = {a.candidate.stated.index: a.candidate for a in told if a.verdict == "holds" and a.candidate.kind == "rate"}
    for first in (c.stated for c in holds.values() if c.stated.series > 1 and not c.stated.rank):
        shares = passage.mentions[first.index:first.index + first.series]
        amounts = passage.mentions[first.index - first.series:first.index]
        found = [holds.get(m.index) for m in shares]
        if first.index >= first.series and _IN_TURN.fullmatch(first.before) and all(o.role == "amount" and o.sentence == first.sentence for o in amounts) \
                and (over := _over([c for c in found if c is not None], amounts, len(shares))) is not None:
            for m, own, c in zip(shares, amounts, found, strict=True):
                if c is not None and c.roles["numerator"] != (own,):
                    yield Answer("broken", _of_its_own(c, m, own, over), RULED)


def _over(found: Sequence[Candidate], amounts: Sequence[Mention], most: int) -> Mention | None:
    """What all shares are of, if each comes out for one amount of the list and two of them for another than their own."""
    wholes = {c.roles["denominator"] for c in found}
    above = [c.roles["numerator"][0] for c in found if len(c.roles["numerator"]) == 1 and c.fit.chance <= SHARP]
    if len(found) < most or len(wholes) != 1 or len(above) < most or {o.index for o in above} != {o.index for o in amounts}:
        return None
    whole, = wholes
    return whole[0] if len(whole) == 1 and [o.index for o in above] != [o.index for o in amounts] else None


def _of_its_own(c: Candidate, m: Mention, own: Mention, whole: Mention) -> Candidate:
    return replace(c, roles={"numerator": (own,), "denominator": (whole,)}, computed=own.value / whole.value * 100,
                   facts=["ratio: each comes out for another amount of its list"]).held()
