"""Which single figure, set right by one slip of the pen, makes relations come out that fail as it is printed.

A misprinted figure is wrong wherever it is used. One relation that fails says little of which of its figures is to blame, or
whether it was meant at all; another that comes out once the same figure is set right in the same way says both. On filed
reports no two readings that rest on different figures agree so by accident.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import prod

from fusuan.relations._backing import MEANT, TELLS, computed, right_digits, vouched
from fusuan.relations._fit import TRUNCATED
from fusuan.relations._question import Candidate, Question
from fusuan.relations._weigh import HOLDS, Answer
from fusuan.relations.passages.mention import Mention, Passage

DIGITS = 3
"""A figure of fewer is a slip away from too many others."""
LIKELY = 0.001
"""The share by wording of a failing reading that is looked at."""
FAINT, FEW = 0.0003, 2
"""What hardly anything points to, of more figures than so few, proves nothing: some such formula always comes out."""
ACCIDENT = 1e-4
"""How likely by accident all that prove a slip together may be."""
AROUND = 8
"""How many figures away others are asked that may rest on the one set right."""
MOST = 100
"""So many suspects of a passage are looked into, the likeliest first: filed reports have one among eighty figures."""
Ask = Callable[[Passage, Mention], Iterable[Answer]]


@dataclass(slots=True)
class Suspect:
    """A figure, the digits and the value that one slip of the pen would have turned into what is printed, the failing readings that say so."""

    figure: Mention
    digits: str
    value: float
    readings: list[Candidate] = field(default_factory=list)


@dataclass(slots=True)
class Proof:
    """What comes out with a suspect set right, how likely all that is by accident, and the accused readings which that explains."""

    suspect: Suspect
    answers: list[Answer]
    chance: float
    accused: list[Candidate]

    def others(self, told: Candidate) -> tuple[tuple[Mention, ...], ...]:
        """The figures of the relations that come out besides one of them, each without the one set right."""
        return tuple(tuple(o for o in (c.stated, *c.operands) if o.index != self.suspect.figure.index)
                     for c in (*self.accused, *(a.candidate for a in self.answers)) if c is not told)


def mended(passage: Passage, asked: Sequence[Question], told: Sequence[Answer], ask: Ask) -> Iterator[Answer]:
    """Yield what is broken because of a figure that others prove to be misprinted, where it is not accused already; each figure once.

    `ask`: what is told of a figure of a passage by itself.
    """
    broken = [a for a in told if a.verdict == "broken"]
    accused = {id(a.candidate) for a in broken}
    settled = {a.candidate.stated.index: a.candidate for a in told if a.verdict == "holds"}
    proofs = [proof for suspect in _suspects(asked, told, accused) if (proof := _proof(passage, suspect, accused, settled, ask))]
    taken = {a.candidate.stated.index for a in broken}
    for proof in sorted(proofs, key=lambda proof: (not proof.accused, proof.chance)):
        m = proof.suspect.figure
        for a in broken:
            if a.candidate.stated is m and any(a.candidate is c for c in proof.accused):
                a.others = proof.others(a.candidate)
        failing = list(_failing_as_printed(proof))
        figures = {i for a in failing for i in a.candidate.figures}
        if taken.isdisjoint({m.index} if proof.accused else figures):
            taken |= figures | {m.index}
            own = [a for a in failing if a.candidate.stated is m]
            yield from [a for a in own if a.candidate.kind != "mention"] or own or failing


def _failing_as_printed(proof: Proof) -> Iterator[Answer]:
    """What comes out with a figure set right, as it fails with it as printed."""
    for a in proof.answers:
        if (c := _as_printed(a.candidate, proof.suspect.figure)) is not None:
            yield Answer("broken", c, a.certainty, proof.others(a.candidate))


def _suspects(asked: Iterable[Question], told: Iterable[Answer], accused: set[int]) -> Iterable[Suspect]:
    """The figures that explain, a slip of the pen away, why readings fail that nothing else explains."""
    right = vouched(told)
    found: dict[tuple[int, str], Suspect] = {}
    for c in _failing(asked, accused):
        for m in (c.stated, *c.operands):
            if m.index not in right and len(m.digits) >= DIGITS and m.value > 0:
                for digits, value in right_digits(c, m):
                    found.setdefault((m.index, digits), Suspect(m, digits, value)).readings.append(c)
    return sorted(found.values(), key=lambda s: max((id(c) in accused, c.prior) for c in s.readings), reverse=True)[:MOST]


def _failing(asked: Iterable[Question], accused: set[int]) -> Iterator[Candidate]:
    for q in asked:
        if not q.idle and sum(c.posterior for c in q.candidates if c.fit.fits) < HOLDS:
            yield from (c for c in q.candidates if c.roles and not c.fit.fits and c.shape != "loose" and (c.prior >= LIKELY or id(c) in accused))


def _proof(passage: Passage, suspect: Suspect, accused: set[int], settled: Mapping[int, Candidate], ask: Ask) -> Proof | None:
    """What proves a suspect: relations that come out with it set right, besides those that are accused by it."""
    m = suspect.figure
    explained = [c for c in suspect.readings if id(c) in accused]
    again = sorted(_reread(passage, suspect, settled, ask), key=lambda a: a.candidate.fit.chance)
    answers = _independent(m, explained, again)
    chance = prod(a.candidate.fit.chance for a in answers)
    # two listings that fall short may both leave out the same part
    short = suspect.value < m.value and all(a.candidate.kind == "parts" and a.candidate.stated.index == m.index for a in answers)
    proved = answers if explained else (len(answers) > 1 or answers and _tabled(passage, suspect)) and chance <= ACCIDENT and not short
    return Proof(suspect, answers, chance, explained) if proved else None


def _tabled(passage: Passage, suspect: Suspect) -> bool:
    """Tell whether a table of the report prints a figure, of four digits or more, as it would be set right, and none as it is printed."""
    value, decimals = Decimal(suspect.digits).scaleb(-suspect.figure.decimals), suspect.figure.decimals
    return len(suspect.digits) > DIGITS and (value, decimals) in passage.tabled and (suspect.figure.figure.value, decimals) not in passage.tabled


def _reread(passage: Passage, suspect: Suspect, settled: Mapping[int, Candidate], ask: Ask) -> Iterator[Answer]:
    """What is told that rests on a figure once it is set right: of it, and, where that is something, of those near by."""
    m = suspect.figure
    right = replace(m, value=suspect.value, digits=suspect.digits)
    other = replace(passage, mentions=[*passage.mentions[:m.index], right, *passage.mentions[m.index + 1:]])
    # what another figure of that value is made of, to which the wording gives it rather, is not what this one is made of
    known = {c.key: c.prior for c in settled.values() if c.kind != "mention" and c.stated.value == suspect.value}
    own = [a for a in ask(other, right) if _says(a, m) and a.candidate.prior >= known.get(a.candidate.key, 0.0)]
    yield from own
    for o in (o for o in other.near(m, AROUND, AROUND) if (own or _tabled(passage, suspect)) and o.index not in settled):
        yield from (a for a in ask(other, o) if _says(a, m))


def _says(a: Answer, m: Mention) -> bool:
    """Tell whether an answer says something of a figure."""
    c = a.candidate
    if "repeat: one is last year's" in c.facts or c.kind == "mention" and c.shape == "loose" and c.operands[0].paragraph == c.stated.paragraph:
        return False
    told = a.verdict == "holds" and a.certainty >= MEANT and c.fit.chance <= TELLS and c.fit.outcome != TRUNCATED
    return told and (c.prior >= FAINT or len(c.operands) <= FEW) and m.index in c.figures


def _independent(m: Mention, explained: Iterable[Candidate], again: Iterable[Answer]) -> list[Answer]:
    """Those that rest on figures of their own: the same value, wherever it stands, says nothing more."""
    used = {o.value for c in explained for o in (c.stated, *c.operands) if o.index != m.index}
    found = []
    for a in again:
        values = {o.value for o in (a.candidate.stated, *a.candidate.operands) if o.index != m.index}
        if used.isdisjoint(values):
            used |= values
            found.append(a)
    return found


def _as_printed(c: Candidate, m: Mention) -> Candidate | None:
    """A relation that came out with a figure set right, with it as it is printed; None where it comes out so, too."""
    roles = {role: tuple(m if o.index == m.index else o for o in group) for role, group in c.roles.items()}
    printed = replace(c, stated=m if c.stated.index == m.index else c.stated, roles=roles)
    if printed.stated is not m:
        printed.computed = computed(printed, {})
    return None if printed.held().fit.fits else printed
