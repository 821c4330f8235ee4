"""What the parts of a sum are by themselves, wherever they stand: their names, years, units and words."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from fusuan.patterns import known, whole
from fusuan.relations._question import Said
from fusuan.relations.passages.mention import Mention, Passage

_TOTAL = regex.compile(r"总(?:额|量|值|产值|投资|收入|支出)[为达共约\s]*$")


def about_parts(t: Mention, parts: Sequence[Mention], down: bool) -> Said:
    """The facts of the parts of a total, in the order of the text; `down`: they follow it."""
    first, last = parts[0], parts[-1]
    tags = frozenset().union(*[o.tags for o in parts])
    return (
        ("sum: one amount twice", t.dimension == "money" and len({o.value for o in parts if o.value}) < sum(bool(o.value) for o in parts)),
        ("sum: a part as large as the total", t.value in [o.value for o in parts]),
        ("sum: total word on a part", "total" in tags),
        ("sum: a part in a further sentence is a total", any(o.sentence != t.sentence and _TOTAL.search(o.before[-8:]) for o in parts)),
        ("sum: other paragraph", first.paragraph != t.paragraph), ("sum: years differ", len({o.year for o in (*parts, t) if o.year}) > 1),
        ("sum: a part is last year's", not t.last_year and any(o.last_year for o in parts)),
        ("sum: parts without names", not all(o.own_name for o in parts)),
        ("sum: two parts bear one name", len({o.name for o in parts}) < len(parts)),
        ("sum: a part bears the total's name", any(o.name == t.name and o.own_name for o in parts)),
        ("sum: a part is added (加上)", any(o.added for o in parts[1:])),
        ("sum: a part is a price", any(o.priced for o in parts)),
        ("sum: a part of a part among the parts", any("其中" in o.opens and o.sentence == first.sentence for o in parts[1:])),
        ("sum: parts in and outside brackets", len({o.depth > t.depth for o in parts}) > 1),
        ("sum: parts named as the field divides", known([o.name for o in parts])),
        ("sum: parts named as all that the field divides into", whole([o.name for o in parts])),
        ("sum: income and spending mixed", "income" in tags and "spend" in tags),
        ("sum: says 'among which'", down and "其中" in first.before), ("sum: units unprinted", any(o.bare for o in parts)),
        ("sum: parts in one series", first.series == len(parts) == last.series and last.rank == first.rank + len(parts) - 1),
        ("sum: cuts a series", first.series != len(parts) and any(o.series > 1 for o in parts)),
        ("sum: all that is left is named (其余, 其他)", "其他" in last.before[-12:] or "其余" in last.before[-12:]),
        ("sum: a listing that says it is partial (等, 主要)", "等" in last.after[:6] or "主要" in first.before[-14:]),
    )


def about_likeness(passage: Passage, t: Mention, parts: Sequence[Mention], beyond: Mention | None) -> Said:
    """Whether the parts stand in like words, and whether the figure left out `beyond` them does so too."""
    before, after = _common([o.tail[-2:] for o in parts]), _common([o.after[:2] for o in parts])
    followed = _common([_follower(passage, o) for o in parts[:-1]] or [""]) if len(parts) > 2 else ""
    told = bool(before or after)
    return (
        ("sum: the same words before each part", bool(before)), ("sum: the same words after each part", bool(after)),
        ("sum: each part followed by a figure of its own", bool(followed)),
        ("sum: like words, and none beyond", told and beyond is None),
        ("sum: like words, and others beyond", told and beyond is not None and not _bears(beyond, before, after)),
        ("sum: like words beyond, too", told and beyond is not None and _bears(beyond, before, after)),
        ("sum: the total stands in the words of its parts", bool(before) and t.tail[-2:] == before),
        ("sum: no like words", not told),
    )


def _bears(o: Mention, before: str, after: str) -> bool:
    return bool(before and o.tail[-2:] == before or after and o.after[:2] == after)


def _common(words: Sequence[str]) -> str:
    """What all are, where it is words."""
    return words[0] if len(set(words)) == 1 and any("\u4e00" <= c <= "\u9fff" for c in words[0]) else ""


def _follower(passage: Passage, o: Mention) -> str:
    """The kind of the figure after one, where it stands in the same sentence."""
    after = passage.mentions[o.index + 1] if o.index + 1 < len(passage.mentions) else None
    return f"{after.role}其" if after is not None and after.sentence == o.sentence and not after.like(o) else ""


def about_shares(passage: Passage, parts: Sequence[Mention]) -> Said:
    """What the shares printed behind the parts say of the whole, where every part has one: all of it makes a hundred per cent."""
    shares = [passage.mentions[o.index + 1] for o in parts if o.index + 1 < len(passage.mentions)]
    shares = [o for o in shares if o.dimension == "rate" and o.role == "share"]
    if len(shares) != len(parts):
        return ()
    missing = 100 - sum(o.value for o in shares)
    slack = sum(o.half for o in shares) + 0.05
    return (("sum: shares of the parts make a hundred", abs(missing) <= slack), ("sum: shares of the parts make less than a hundred", missing > slack),
            ("sum: shares of the parts make more than a hundred", -missing > slack))


def about_edge(edge: Mention, beyond: Mention | None, first: Mention, side: str) -> Said:
    """The facts of where a run ends: at its `edge`, with the like figure `beyond` it, if there is one, left out."""
    return (
        ("sum: ends with its sentence", beyond is None or beyond.sentence != edge.sentence),
        ("sum: ends with its paragraph", beyond is None or beyond.paragraph != edge.paragraph),
        (f"sum {side}: leaves out a like figure of the same sentence", beyond is not None and beyond.sentence == edge.sentence),
        ("sum: leaves out an item of the same list", beyond is not None and beyond.item and edge.item and first.item),
    )
