"""What the modules of wordings read enters as candidates, each with one fact: who reads it so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from model import Figure, Finding, Place, Statement
from patterns.passages.mention import Mention, Passage
from relations._fit import compare
from relations._question import Candidate

KINDS = {"parts": "sum", "balance": "balance", "rate": "rate", "change": "rate", "product": "product"}
Checking = Callable[[Statement], Iterable[Finding]]
Told = Mapping[tuple[int, str], list[Candidate]]
Key = tuple[Place, tuple[int, int]]


def told(passage: Passage, statements: Iterable[Statement], check: Checking) -> Told:
    """The readings of some statements by the figure and topic they answer."""
    mentions = {(m.figure.place, m.figure.span): m for m in passage.mentions}
    found: dict[tuple[int, str], list[Candidate]] = defaultdict(list)
    for statement in statements:
        if isinstance(statement.stated, Figure) and (stated := mentions.get(key_of(statement.stated))):
            for rank, c in enumerate(_candidates(stated, statement, mentions, check)):
                c.facts = [f"{statement.source} {'guesses' if statement.guess else 'reads'} it so" + (", by another reading" if rank else "")]
                found[stated.index, topic_of(statement.kind, stated)].append(c)
    return found


def key_of(figure: Figure) -> Key:
    return figure.place, figure.span


def topic_of(kind: str, stated: Mention) -> str:
    if kind == "change":
        return {"rate": "rate", "points": "points"}.get(stated.dimension, "change")
    return KINDS[kind]


def _candidates(stated: Mention, statement: Statement, mentions: Mapping[Key, Mention], check: Checking) -> Iterator[Candidate]:
    for reading in statement.readings[:6]:
        roles = {role: tuple(mentions.get(key_of(f)) for f in figures) for role, figures in reading.roles.items() if figures}
        known = {role: tuple(m for m in group if m is not None) for role, group in roles.items()}
        if any(len(known[role]) < len(group) for role, group in roles.items()):
            continue
        for finding in check(replace(statement, guess=False, readings=(reading,))):
            if finding.computed is None or not isinstance(finding.stated, Figure):
                continue
            scale = float(finding.stated.scale) if stated.dimension != "rate" else 1.0
            near = finding.computed.near
            c = Candidate(statement.kind, stated, known, float(finding.computed.value) * scale, float(near.high - near.low) / 2 * scale,
                          falls=statement.facts.get("direction") == "-", partial=statement.kind == "parts")
            c.fit = compare(stated, c.computed, c.spread, c.partial)
            yield c
            break


def merge(candidates: list[Candidate], told_here: Iterable[Candidate]) -> list[Candidate]:
    """Give candidates that a module reads too its fact; add what only modules read."""
    own = {c.key: c for c in reversed(candidates) if c.count == 1}
    for t in (replace(t, facts=list(t.facts)) for t in told_here):
        if (known := own.get(t.key)) is not None:
            known.facts += [fact for fact in t.facts if fact not in known.facts]
        else:
            t.facts.append("only modules read it")
            own[t.key] = t
            candidates.append(t)
    return candidates
