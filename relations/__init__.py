"""What may be meant by the figures of running text: asks, weighs, answers.

    patterns  ->  relations  ->  checks
    mentions      questions      statements recomputed in decimal

A figure that could be a result is asked once per kind of relation (`growth`, `shares`, `sums` …). Each kind proposes the
formulas that may be meant, with plain facts of wording and layout for and against. Learned weights and the arithmetic say
how likely each is; `_weigh.decide` says what can be said of the figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fusuan.model import Figure, Place, Reading, Statement, Words
from fusuan.patterns import Found, by_given_rate
from fusuan.relations import bound, over_rows, signs, trend, twice, unit_off, zero_base
from fusuan.relations._ask import answers
from fusuan.relations._question import Candidate
from fusuan.relations._reasons import TURNED, reasons
from fusuan.relations._weigh import CONTRADICTED, Answer, DamagedWeights, weights
from fusuan.relations.compare.said import Known
from fusuan.relations.passages.mention import Mention, Passage
from fusuan.relations.passages.prose import passage
from fusuan.relations.rows import said

__all__ = ["Answer", "DamagedWeights", "find", "weights"]

_LABELS = {"parts": "sum", "change": "growth", "rate": "rate", "balance": "balance", "mention": "cross"}


def find(found: Found) -> Found:
    """Return what was read, with the relations of running text that are likely meant."""
    rows, places = _rows(found)
    passages = [passage(texts, places) for texts in found.prose]
    told = (*found.statements, *_statements(found, passages), *rows)
    return replace(found, statements=(*told, *over_rows.find(passages, found.figures, {(s.place, s.stated.span) for s in told})))


def _rows(found: Found) -> tuple[list[Statement], frozenset[Place]]:
    """What rows without a table say that nothing said yet, and where they stand."""
    known = {spans for s in found.statements for spans in (_spans(s), *(_spans(replace(s, readings=(r,))) for r in s.readings))}
    # what a rate is of is no rate, as points beside marks may seem; a law between columns also states the amount, of its rate
    bases = {(f.place, f.span) for s in found.statements if s.kind == "rate" and s.source != "form_laws"
             for r in s.readings for f in r["denominator"]}
    statements, places = list[Statement](), frozenset[Place]()
    for texts in found.loose:
        own, where = said(texts)
        statements += [s for s in map(by_given_rate, own)
                       if (s.certainty or _spans(s) not in known) and not (s.kind == "rate" and (s.place, s.stated.span) in bases)]
        places |= where
    return statements, places


def _spans(statement: Statement) -> frozenset[tuple[Place, tuple[int, int]]]:
    return frozenset((f.place, f.span) for f in statement.figures)


def _statements(found: Found, passages: Sequence[Passage]) -> Iterator[Statement]:
    """What sentences say."""
    yield from twice.find(passages, found.amounts)
    yield from signs.find(passages, found.figures)
    yield from unit_off.find(passages)
    tabled = frozenset((f.value, f.decimals) for f in found.figures if f.place.table is not None)
    for read in passages:
        read.tabled = tabled
        yield from _of_passage(read)


def _of_passage(read: Passage) -> Iterator[Statement]:
    """What is computed of figures, and what is said of them in words: a fraction in words is held as such, and not asked once more."""
    told = answers(read, weights())
    known = Known.of(told)
    fractions = list(bound.find(read, known))
    said = {(w.stated.place, at) for w in fractions if isinstance(w.stated, Words) for at in range(*w.stated.span)}
    yield from (statement_of(read, answer) for answer in told if (answer.candidate.stated.figure.place, answer.candidate.stated.figure.span[0]) not in said)
    yield from (*trend.find(read, known), *fractions, *zero_base.find(read))


def statement_of(read: Passage, answer: Answer) -> Statement:
    """An answer as the statement that the checks recompute."""
    c = answer.candidate
    kind = c.kind
    label = _LABELS.get(kind, "rate" if c.facts and c.facts[0].startswith("product: average") else "sum")
    facts = {"direction": "-"} if c.falls else {}
    if c.shape == "loose":
        facts["said"] = "none"
    if answer.verdict == "broken" and CONTRADICTED in c.facts and "amount" in c.roles:
        facts["turned"] = "yes"
    if answer.verdict == "broken":
        facts["because"] = "；".join(filter(None, (TURNED if CONTRADICTED in c.facts else "", reasons(c, weights()), *map(_also, answer.others), *_instead(answer.instead))))
    reading = Reading({role: tuple(_named(m) for m in group) for role, group in c.roles.items()})
    near = [m for m in c.operands if abs(m.start - c.stated.start) < 600]
    return Statement(kind, label, _named(c.stated), (reading,), read.quote([c.stated, *near]), facts, guess=answer.verdict == "guess",
                     source=_source(c), certainty=answer.certainty if answer.verdict == "broken" else 0.0)


def _also(figures: Sequence[Mention]) -> str:
    """What another relation says of a misprint, by its first figures."""
    shown = [m.shown() for m in figures]
    return f"改正后与{'、'.join(shown[:6])}{'等' if len(shown) > 6 else ''}的算式也相符"


def _instead(ways: Sequence[tuple[Mention, float]]) -> Iterator[str]:
    """What an operand that is misprinted would have to be."""
    said = "或".join(f"{m.shown()}如为{value / m.scale:.{m.decimals}f}{m.figure.unit}" for m, value in ways)
    swapped = all(sorted(m.digits) == sorted(f"{value / m.step:.0f}") for m, value in ways)
    return iter([f"{said}（{'相邻两位数字颠倒' if swapped else '一位数字有误'}）则相符"] if said else [])


def _named(m: Mention) -> Figure:
    return m.figure.under(m.name, m.figure.period, m.figure.basis)


def _source(c: Candidate) -> str:
    return {"parts": "sums", "change": "growth", "rate": "shares", "balance": "balances", "mention": "repeats"}.get(c.kind, "products")
