"""An amount and all that is said of it: its other bases, changes, rates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from fusuan.patterns import alike, basis_of, canonical, core, figure_name
from fusuan.relations.passages.mention import Mention, Passage

_MOST = 40
_FUND = regex.compile(r"(?:一般公共预算)?(?:当年)?财政拨款(?:安排)?的?")
_PARTS = regex.compile(r"其中|包括|;")
_CLAUSE = regex.compile(r"[,;:。(\s]")
_ASIDE = regex.compile(r"\((?!其中|含|包括)[^()0-9,;。:、]{1,8}\)|“[^“”0-9]{1,24}”|《[^《》]{1,60}》")
_MEASURE = regex.compile(
    r"(?:年初|全年|本年|当年|年度|调整后?|年中|部门|财政|支出|收入|项目|实际|上年|去年|资金|批复|总|其|该|累计|已|预算|决算|执行|计划|概算|目标|到位|拨付|支付|"
    r"完成|投资|使用|追加|数|额|安排|金额|情况|为|的|达|约|占|比|较|与|同|[0-9]{4}年)*")


@dataclass(slots=True, eq=False)
class Told:
    """What is said of one thing, in order."""

    name: str
    said: list[Mention] = field(default_factory=list)

    @property
    def first(self) -> Mention:
        return self.said[0]


def words(m: Mention) -> str:
    """The words right before a figure, with the short asides within a name: 因公出国(境)费."""
    said = m.before.strip()
    return said[max((mark.end() for mark in _CLAUSE.finditer(_ASIDE.sub(lambda aside: "·" * len(aside.group()), said))), default=0):]


def basis(m: Mention) -> str:
    """Which kind of figure the words right before one speak of: budget, adjusted, final."""
    return basis_of(words(m))


def named(m: Mention) -> str:
    """What a figure is of, by the words right before it; empty where they only name a measure."""
    own = words(m)
    return "" if _MEASURE.fullmatch(own) or m.role in ("change", "growth", "prior") and not m.own_name else figure_name(own)


def known_in(name: str) -> str | None:
    """The known thing a name ends in, whichever fund pays for it and whoever spends it."""
    bare = _FUND.sub("", name)
    return canonical(bare) or canonical(figure_name(bare))


def told(passage: Passage) -> list[Told]:
    """What is said of each thing of a passage, in order."""
    found: list[Told] = []
    for m in passage.mentions:
        if m.bare or m.dimension in ("marks", "points"):
            continue
        name = named(m)
        outer = next((it for it in reversed(found[-8:]) if it.first.depth <= m.depth), None)
        if outer is not None and _belongs(m, name, outer):
            outer.said.append(m)
        else:
            found.append(Told(name, [m]))
    return found


def _belongs(m: Mention, name: str, it: Told) -> bool:
    """Tell whether a figure says more of a thing told before it."""
    last = it.said[-1]
    if m.paragraph != it.first.paragraph or m.sentence > last.sentence + 1 or len(it.said) >= _MOST:
        return False
    if m.role in ("change", "growth", "prior"):
        return not name or not it.name or alike(name, it.name)
    if m.role not in ("amount", "base"):
        return m.sentence == last.sentence or not name
    return m.sentence == last.sentence and not _PARTS.search(m.before) and (not name or core(name) == core(it.name))


def by_name(things: Sequence[Told]) -> dict[str, list[list[Told]]]:
    """By what makes their name itself: the things told, those of one paragraph together."""
    found: dict[str, dict[int, list[Told]]] = {}
    for it in things:
        if name := core(known_in(it.name) or it.name):
            found.setdefault(name, {}).setdefault(it.first.paragraph, []).append(it)
    return {name: list(paragraphs.values()) for name, paragraphs in found.items()}
