"""The amounts that a stated figure may be of: those near by, those that bear its name, and the heads of its section."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import NO_AMOUNT, Mention, Passage, likeness, pairs

BEFORE, AFTER, SECTION = 24, 8, 120
"""How many mentions away amounts are looked for: before and after the figure, and by name anywhere in the section."""


@dataclass
class Pool:
    """The like amounts around one mention."""

    passage: Passage
    stated: Mention

    @cached_property
    def near(self) -> list[Mention]:
        return [o for o in self.passage.near(self.stated, BEFORE, AFTER) if o.dimension not in NO_AMOUNT]

    @cached_property
    def changes(self) -> list[Mention]:
        return [o for o in self.near if o.role == "change" and abs(o.index - self.stated.index) <= 5]

    @cached_property
    def levels(self) -> list[Mention]:
        """Amounts that may be a level or a base: near ones, namesakes, heads."""
        found = [o for o in self.near if o.role != "change"]
        known = {o.index for o in found}
        for o in (*self.named, *self.wholes, *self.heads):
            if o.index not in known:
                known.add(o.index)
                found.append(o)
        return found

    @cached_property
    def quotients(self) -> list[tuple[Mention, Mention, float]]:
        """Every level above a line with every like one below it, and how far their rounding may put the percentage off."""
        below: dict[str, list[Mention]] = {}
        for o in self.levels:
            if o.value > 0:
                below.setdefault(o.dimension, []).append(o)
        return [(a, b, (a.half / b.value + a.value * b.half / b.value ** 2) * 100)
                for a in self.levels for b in below.get(a.dimension, ()) if a is not b]

    @cached_property
    def own(self) -> list[Mention]:
        """The three amounts before that are the nearest, the nearest first."""
        return [o for o in self.passage.before(self.stated, BEFORE) if o.dimension not in NO_AMOUNT and o.role != "change"][:4]

    @cached_property
    def named(self) -> list[Mention]:
        """Figures elsewhere in the section that bear the name this figure bears."""
        return self._bearing(self.stated.pairs)

    @cached_property
    def of(self) -> str:
        """What a share or a completion is said to be of, in the words of the text."""
        found = cues.WHOLE.search(self.stated.before) if self.stated.dimension == "rate" else None
        return str(found.group(1)) if found else ""

    @cached_property
    def whole(self) -> frozenset[str]:
        """The name of that."""
        return pairs(cues.EMPTY.sub("", self.of)) if self.of else frozenset()

    @cached_property
    def averaged(self) -> bool:
        """Whether the figure is said to be a mean over several years."""
        return bool(cues.AVERAGED.search(self.stated.before[-16:]))

    @cached_property
    def other_prices(self) -> bool:
        """Whether it is said to be at other prices, or what is mostly told at other prices."""
        r = self.stated
        return bool(cues.PRICES.search(r.before + r.name) or cues.PRICES.search(r.lead[-60:]))

    @cached_property
    def wholes(self) -> list[Mention]:
        """Figures of the section that bear that name."""
        return self._bearing(self.whole)[:4] if len(self.whole) > 1 else []

    def _bearing(self, name: frozenset[str]) -> list[Mention]:
        """Figures of the section that bear a name, the most alike and nearest first."""
        m, found, known = self.stated, [], dict[str, float]()
        for o in self.passage.mentions[max(0, m.index - SECTION):m.index + SECTION] if name else ():
            if o.role in ("amount", "prior", "base") and o.dimension not in NO_AMOUNT and o.index != m.index and o.pairs:
                if o.name not in known:
                    known[o.name] = likeness(name, o.pairs)
                if (alike := known[o.name]) >= 0.6:
                    found.append((-alike, abs(o.index - m.index), o))
        return [o for _, _, o in sorted(found, key=lambda item: item[:2])[:6]]

    @cached_property
    def heads(self) -> list[Mention]:
        """The first amounts of this paragraph and of those before it, and the last grand total."""
        found, paragraph = [], self.stated.paragraph + 1
        for o in self.passage.before(self.stated, 60):
            if o.paragraph < paragraph and (o.heads or "total" in o.tags) and o.role == "amount" and o.dimension == "money":
                found.append(o)
                paragraph = o.paragraph
        return found[:4]


def same(a: Mention, b: Mention) -> bool:
    """Tell whether two names are the same but for a letter or two: 公务用车购置费 is not 公务用车购置及运行费."""
    return len(a.pairs & b.pairs) >= 0.75 * max(len(a.pairs), len(b.pairs))


def compared(d: Mention, n: Mention, p: Mention) -> bool:
    """Tell whether a change names the year it is against, and that is the year of one level and not of the other."""
    return bool(p.year and p.year == d.year != n.year and cues.COMPARE.search(d.before))


def across_zero(a: Mention, b: Mention) -> bool:
    """Tell whether one of two levels is said to be a loss and the other is not: they lie apart by what both come to."""
    return bool(cues.LOSS.search(a.before[-8:])) != bool(cues.LOSS.search(b.before[-8:]))


def closed(n: Mention, change: Mention) -> bool:
    """Tell whether a level is a part of a listing that a semicolon closes before a change without a name of its own, which is rather one of the whole."""
    return n.among and n.sentence == change.sentence and n.matter != change.matter and not change.own_name


def reached(n: Mention, p: Mention) -> bool:
    """Tell whether a level is said to have been reached from another: 由 1100 元提高到 1450 元."""
    return n.index == p.index + 1 and n.sentence == p.sentence and bool(cues.CHANGED_TO.search(n.before))


def lies(a: Mention, b: Mention) -> str:
    """How one mention lies to another, coarsely: for the shape of a candidate."""
    gap = b.index - a.index
    where = "c" if a.clause == b.clause else "s" if a.sentence == b.sentence else "p" if a.paragraph == b.paragraph else "x"
    return f"{max(-3, min(5, gap))}{where}"


def standing(level: Mention, other: Mention, passage: Passage, label: str) -> list[str]:
    """The facts of how a level stands to a figure measured on it."""
    between = other.index - level.index
    facts = [f"{label}: " + ("follows" if between < 0 else "right before" if between == 1 else "a few before" if between <= 3
                             else "far before")]
    facts.append(f"{label}: " + ("same clause" if level.clause == other.clause else "same sentence" if level.sentence == other.sentence
                                 else "same paragraph" if level.paragraph == other.paragraph else "other paragraph"))
    if other.own_name:
        alike = likeness(level.pairs, other.pairs)
        if alike >= 0.7:
            facts.append(f"{label}: names alike" if same(level, other) else f"{label}: names partly alike")
        elif alike < 0.4:
            facts.append(f"{label}: names unlike")
    elif level.own_name and level.sentence == other.sentence:
        facts.append(f"{label}: only the level is named")
    if 0 < between <= 12:
        nearer = sum(o.role == "amount" and o.like(level) and o.depth <= level.depth for o in passage.mentions[level.index + 1:other.index])
        facts.append(f"{label}: " + ("no amount between" if not nearer else "an amount between" if nearer == 1 else "amounts between"))
    if level.heads and level.paragraph == other.paragraph:
        facts.append(f"{label}: heads its paragraph")
    if level.depth > other.depth:
        facts.append(f"{label}: in deeper brackets")
    if level.bare:
        facts.append(f"{label}: unit unprinted")
    if level.series > 1 and level.series == other.series:
        facts.append(f"{label}: " + ("same place in their series" if level.rank == other.rank else "another place in their series"))
    elif level.series > 1 or other.series > 1:
        facts.append(f"{label}: one of them in a series")
    return facts
