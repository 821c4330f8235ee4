"""How a figure stands to one that may be computed from it, coarsely: what is known of formulas that nothing else points to.

The facts of a formula are those of its figures, each told once: however many pairs there are, few classes of them.
"""

from __future__ import annotations

from collections.abc import Iterable

from fusuan.relations.passages.mention import Mention, likeness


def side(stated: Mention, o: Mention, label: str, name: frozenset[str], tags: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The facts of one figure of a formula: where it stands, and whether it bears the name and the tags that are asked for."""
    facts = [f"{label}, loose: {_where(stated, o)}"]
    if len(name) > 1 and o.own_name:
        alike = likeness(name, o.pairs)
        facts += [f"{label}, loose: bears the name"] if alike >= 0.7 else [f"{label}, loose: another name"] if alike < 0.3 else []
    if tags:
        facts.append(f"{label}, loose: as the rate's name asks" if tags & o.tags else f"{label}, loose: not as the rate's name asks")
    return tuple(facts)


def _where(stated: Mention, o: Mention) -> str:
    if o.index > stated.index:
        return "after it in its sentence" if o.sentence == stated.sentence else "after it"
    if stated.index - o.index <= 2 and o.sentence == stated.sentence:
        return "right before"
    return "in its sentence" if o.sentence == stated.sentence else "in its paragraph" if o.paragraph == stated.paragraph else "elsewhere"


def sides(stated: Mention, figures: Iterable[Mention], label: str, name: frozenset[str], tags: frozenset[str] = frozenset()) -> dict[int, tuple[str, ...]]:
    """The facts of each of some figures by its index."""
    return {o.index: side(stated, o, label, name, tags) for o in figures}
