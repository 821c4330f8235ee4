"""Ask a passage every question, weigh what may be meant, and answer."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from math import isclose
from typing import Protocol

from fusuan.relations import balances, differences, growth, points, products, repeats, shares, sums, together
from fusuan.relations._agreed import agreed
from fusuan.relations._backing import back, vouched
from fusuan.relations._crossed import crossed
from fusuan.relations._mending import mended
from fusuan.relations._operand import operands_to_blame, placed
from fusuan.relations._pool import Pool
from fusuan.relations._question import Candidate, Question
from fusuan.relations._weigh import Answer, compare_siblings, decide, weigh
from fusuan.relations.passages.mention import Mention, Passage, likeness


class Kind(Protocol):
    """A kind of relation: its topic, and what may be meant."""

    TOPIC: str

    def ask(self, pool: Pool) -> Iterator[Candidate]: ...


KINDS = (growth, shares, together, differences, points, balances, products, repeats)
SURE, AROUND = 0.9, 20
"""How certain a relation is that says of the text around it that its figures hang together, and how many figures away it says so."""


def questions(passage: Passage, learned: Mapping[str, float]) -> list[Question]:
    """Every question of a passage, weighed where it is not idle: sums first, so that the parts of parts stand aside in outer lists."""
    totals = {m.index: Question(m, "sum", found) for m in passage.mentions if (found := list(sums.ask(passage, m)))}
    heads: dict[int, int] = {}
    for q in _open(totals.values()):
        weigh(q, learned)
        if (answer := decide(q)) and answer.verdict == "holds" and (c := answer.candidate).operands[0].index > q.stated.index:
            heads.update((o.index, q.stated.index) for o in c.operands)
    others = list(_others(passage))
    for q in (*_widened(passage, totals.values(), heads), *_open(others)):
        weigh(q, learned)
    asked = [*totals.values(), *others]
    live = _open(asked)
    for step in (compare_siblings, back):
        for q in step(live):
            weigh(q, learned)
    return asked


def _open(asked: Iterable[Question]) -> list[Question]:
    return [q for q in asked if not q.idle]


def _widened(passage: Passage, totals: Iterable[Question], heads: Mapping[int, int]) -> Iterator[Question]:
    """Give the totals the candidates that leave out the parts of others; yield those that got some."""
    for q in totals:
        if outer := list(sums.outer(passage, q.stated, heads)):
            known = {c.key for c in q.candidates}
            q.candidates += [c for c in outer if c.key not in known]
            yield q


def _others(passage: Passage) -> Iterator[Question]:
    for m in passage.mentions:
        yield from _of(passage, m)


def _of(passage: Passage, m: Mention) -> Iterator[Question]:
    """The questions of one figure, but for what it is the sum of."""
    topics: dict[str, list[Candidate]] = {}
    pool = Pool(passage, m)
    for kind in KINDS:
        if found := list(kind.ask(pool)):
            topics.setdefault(kind.TOPIC, []).extend(found)
    yield from (Question(m, topic, found) for topic, found in topics.items())


def answers(passage: Passage, learned: Mapping[str, float]) -> list[Answer]:
    """What can be said of each figure of a passage."""
    asked = questions(passage, learned)
    found = [answer for q in _open(asked) for answer in _answers(q, learned)]
    lists = {a.candidate.figures for a in found
             if a.candidate.kind == "parts" and "sum down: opened by a word for parts" in a.candidate.facts}
    splits: dict[int, list[frozenset[int]]] = {}
    for c in (a.candidate for a in found if a.verdict == "holds" and a.candidate.kind == "parts"):
        splits.setdefault(c.stated.index, []).append(c.key)
    sure = sorted({i for a in found if _sure(a) for i in a.candidate.figures})
    told = [a for a in found if not _claimed(a, found) and not _turned(a, lists) and not _blamed(a, found) and not _expanded(a, splits)
            and not _accident(a, sure, len(passage.mentions))]
    told += mended(passage, asked, told, partial(_alone, learned))
    blamed = list(operands_to_blame(asked, told))
    instead = {(b.candidate.stated.index, b.candidate.kind) for b in blamed}
    told = [*(a for a in told if (a.candidate.stated.index, a.candidate.kind) not in instead), *blamed]
    for answer in list(agreed(asked, told)):
        its = answer.candidate.figures
        told = [*(a for a in told if a.verdict != "holds" or a.candidate.stated is not answer.candidate.stated
                  or not (a.candidate.shape == "loose" or a.candidate.key < its)), answer]
    turned = list(crossed(passage, told))
    instead = {(a.candidate.stated.index, a.candidate.kind) for a in turned}
    told = [*(a for a in told if (a.candidate.stated.index, a.candidate.kind) not in instead), *turned]
    right = vouched(told)
    return [placed(a, right) for a in told if not _completed(a, told)]


def _sure(answer: Answer) -> bool:
    c = answer.candidate
    return answer.verdict == "holds" and answer.certainty >= SURE and c.kind != "mention" and c.fit.chance <= 0.02


def _accident(answer: Answer, sure: Sequence[int], figures: int) -> bool:
    """Tell whether something comes out that hardly anything points to, in the midst of figures none of which is told to be made of others."""
    if answer.verdict != "holds" or answer.certainty >= SURE or answer.candidate.kind == "mention" or figures <= 2 * AROUND:
        return False
    low = max(0, min(answer.candidate.stated.index - AROUND, figures - 1 - 2 * AROUND))
    return bisect_left(sure, low) == bisect_right(sure, low + 2 * AROUND)


def _alone(learned: Mapping[str, float], passage: Passage, m: Mention) -> Iterator[Answer]:
    """What can be said of one figure by itself, without what became of its like."""
    for q in _open((Question(m, "sum", list(sums.ask(passage, m))), *_of(passage, m))):
        weigh(q, learned)
        yield from _answers(q, learned)


def _expanded(answer: Answer, splits: Mapping[int, Sequence[frozenset[int]]]) -> bool:
    """Tell whether a total is only told by the parts of its parts, where it is told by these and these by theirs."""
    c = answer.candidate
    return answer.verdict == "holds" and c.kind == "parts" and any(
        key != c.key and _opened(key, c.key, splits) for key in splits.get(c.stated.index, ()))


def _opened(parts: frozenset[int], others: frozenset[int], splits: Mapping[int, Sequence[frozenset[int]]]) -> bool:
    """Tell whether some figures are parts, or what these are told to be made of."""
    made = [frozenset((part,)) if part in others else next((inner for inner in splits.get(part, ()) if inner <= others), frozenset()) for part in parts]
    return all(made) and frozenset(chain.from_iterable(made)) == others


def _blamed(answer: Answer, found: list[Answer]) -> bool:
    """Tell whether an accusation is of figures that are rather to blame elsewhere: 净资产 is told by 资产 and 负债, not 资产 by both."""
    return answer.verdict == "broken" and any(o.verdict == "broken" and o.candidate.prior > answer.candidate.prior
                                              and o.candidate.figures == answer.candidate.figures for o in found)


def _completed(answer: Answer, found: list[Answer]) -> bool:
    """Tell whether the operands of a balance come out with another figure, and the one accused comes out of others (18.64 less 7.42 is the 11.22
    told beside them, and 31.22 is 20.00 more), or with the same one, all of them added up.
    """
    c = answer.candidate
    if answer.verdict != "broken" or c.kind != "balance":
        return False
    operands = [o.value for o in c.operands]
    holds = [o.candidate for o in found if o.verdict == "holds"]
    apart = any(c.stated.index in o.figures and o.kind != "mention" for o in holds)
    wholes = [sorted((*operands, last)) for last in (c.stated.value, *([c.computed] if apart else []))]
    holding = (sorted(m.value for m in (o.stated, *o.operands)) for o in holds if len(o.figures) == len(operands) + 1)
    return any(all(map(isclose, values, whole)) for values in holding for whole in wholes)


def _turned(answer: Answer, lists: set[frozenset[int]]) -> bool:
    """Tell whether what is left of a total without its other part only tells once more what 其中 says of both."""
    c = answer.candidate
    return c.kind == "balance" and c.shape == "loose" and c.figures in lists


def _answers(question: Question, learned: Mapping[str, float]) -> Iterator[Answer]:
    """A total may be split more than once: ask again without the parts that have answered."""
    for turn in range(4):
        answer = decide(question)
        if answer is None or turn and answer.verdict != "holds" and not _overflows(answer.candidate):
            return
        yield answer
        if question.topic != "sum" or answer.verdict != "holds":
            return
        used = answer.candidate.key
        question = Question(question.stated, question.topic, [c for c in question.candidates if not used & c.key])
        weigh(question, learned)


def _overflows(c: Candidate) -> bool:
    """Tell whether what 其中 names right behind a total is more than the total, which no listing of some of its parts is."""
    return c.kind == "parts" and not c.short and {"sum: opened by 其中, all of it", "sum: opened right after"} <= set(c.facts)


def _claimed(answer: Answer, found: list[Answer]) -> bool:
    """Tell whether the parts of an accused sum make up another stated total, to which the wording gives them rather."""
    c = answer.candidate
    if c.kind != "parts" or answer.verdict != "broken":
        return False
    return any(o.candidate.kind == "parts" and o.verdict == "holds" and o.candidate.prior > c.prior
               and likeness(o.candidate.stated.pairs, c.stated.pairs) < 0.7
               and c.key <= o.candidate.figures for o in found)
