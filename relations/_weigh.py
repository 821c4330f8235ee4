"""From facts to what is believed: prior by wording, fit by arithmetic, posterior by both, verdict.

The weights are read from weights.toml, which `make weights` writes and nobody edits.
"""

from __future__ import annotations

import math
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise

import regex

from fusuan.relations._question import Candidate, Question
from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import Mention

HOLDS, BROKEN, LEAD = 0.2, 0.80, 0.75
"""What the fitting readings, the failing ones, and the one accused among those that fail must have."""

Asked = tuple[tuple[float, float], ...]
ASKED: Asked = ((1e-7, 0.0005), (1e-4, 0.001), (1.5e-3, 0.02), (0.0105, 0.25), (0.3, 0.5), (1.0, 0.93))
LISTED: Asked = (*ASKED[:3], (0.0105, 0.6), (0.3, 0.6), ASKED[-1])
"""The share of the wording alone that an accused reading must have, by how likely the slip that explains it is as an accident, and between
these points as the logarithms lie: one digit among six, four, three. A listing must have more to be taken for the whole: 其中 names some parts, too."""


class DamagedWeights(Exception):
    """weights.toml is missing or is not what `make weights` writes."""


@cache
def weights() -> dict[str, float]:
    """The learned weight of each fact."""
    try:
        data = tomllib.loads((files(__package__) / "weights.toml").read_text(encoding="utf-8"))
        return {str(name): float(value) for name, value in data["weights"].items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, AttributeError, TypeError, ValueError) as error:
        raise DamagedWeights("relations/weights.toml 缺失或已损坏，请重新安装 fusuan，或运行 make weights 重新生成") from error


def weigh(question: Question, learned: Mapping[str, float]) -> None:
    """Give every candidate its prior (from wording) and posterior (with the arithmetic); "none of these" has score 0."""
    bias = learned.get("bias " + question.topic, -3.0)
    whole = plain = 1.0
    weight = learned.get
    for c in question.candidates:
        if not c.weighed:
            c.score = bias + sum([weight(name, 0.0) for name in c.facts])
        elif c.weighed < len(c.facts):
            c.score += sum([weight(name, 0.0) for name in c.facts[c.weighed:]])
        c.weighed = len(c.facts)
        c.prior = prior = c.count * math.exp(c.score if c.score < 30.0 else 30.0)
        c.posterior = posterior = prior * c.fit.weight * c.backing
        plain += prior
        whole += posterior
    for c in question.candidates:
        c.prior /= plain
        c.posterior /= whole


def compare_siblings(questions: Iterable[Question]) -> Iterator[Question]:
    """Note of every candidate what became of its like: relations of one shape, of one wording, and those that rest on one figure.

    Yields the questions in which there was something to note.
    """
    outcomes = [(q, _outcomes(q)) for q in questions]
    came: dict[str, float] = defaultdict(float)
    failed: dict[str, float] = defaultdict(float)
    for _, found in outcomes:
        for key, fits, share in found:
            (came if fits else failed)[key] += share
    known = came.keys() | failed.keys()
    for q, found in outcomes:
        own: dict[tuple[str, bool], float] = defaultdict(float)
        for key, fits, share in found:
            own[key, fits] += share
        alike = [c for c in q.candidates if c.shape in known or c.kin in known]
        for c in alike:
            for label, key in _keys(c):
                if key in known:
                    right, wrong = came[key] - own[key, True], failed[key] - own[key, False]
                    c.facts += _said(label, right, wrong)
        if alike:
            yield q


def _keys(c: Candidate) -> tuple[tuple[str, str], ...]:
    """What a candidate shares with its like: its shape, its shape in the same words, the figure it rests on."""
    words = " ".join(m.tail for m in (c.stated, *c.operands[:3])) if c.shape else ""
    return ("shape", c.shape), ("wording", f"{c.shape} {words}" if c.shape else ""), ("kin", c.kin)


def _outcomes(q: Question) -> list[tuple[str, bool, float]]:
    """What a question says of the shapes of its candidates: those that come out, and those that would be meant but fail."""
    found = []
    settled = sum(c.posterior for c in q.candidates if c.fit.fits)
    for c in q.candidates:
        if c.shape == "loose":
            continue
        share = c.posterior if c.fit.fits else c.prior * (1 if settled < 0.5 else 0.5)
        if share >= 0.25 and (not c.fit.fits or c.fit.chance <= 0.02):
            found += [(key, c.fit.fits, 1.0 if c.fit.fits else share) for _, key in _keys(c) if key]
    return found


def _said(label: str, right: float, wrong: float) -> list[str]:
    if right >= 0.9 and right >= 3 * wrong:
        return [f"like by {label}: come out", *([f"like by {label}: several come out"] if right >= 2.9 else [])]
    return [f"like by {label}: fail"] if wrong >= 0.9 and wrong > right else []


@dataclass(slots=True)
class Answer:
    """What can be said of a stated figure: `verdict` is holds or broken; `others`: the figures of other relations that come out with it set right;
    `instead`: what an operand would have to be for it to come out, one slip of the pen away."""

    verdict: str
    candidate: Candidate
    certainty: float
    others: tuple[tuple[Mention, ...], ...] = ()
    instead: tuple[tuple[Mention, float], ...] = ()


def decide(question: Question) -> Answer | None:
    """Return what can be said of the stated figure, None where nothing can."""
    fitting = [c for c in question.candidates if c.fit.fits]
    failing = [c for c in question.candidates if not c.fit.fits]
    good, bad = sum(c.posterior for c in fitting), sum(c.posterior for c in failing)
    if fitting and good >= HOLDS:
        best = _shortest(max(fitting, key=lambda c: (c.posterior, -len(c.operands))), fitting)
        if (meant := _of_the_earlier(best, failing)) is not None:
            return Answer("broken", meant, good)
        if (meant := _forgotten(best, failing)) is not None:
            return Answer("broken", meant, meant.prior)
        if CONTRADICTED not in best.facts:
            return Answer("holds", best, good)
        turned = best if "amount" in best.roles else replace(best, falls=not best.falls)
        return Answer("broken", turned, good) if _compared(best, good) else None
    return _broken(failing, good, bad) if failing else None


def _broken(failing: list[Candidate], good: float, bad: float) -> Answer | None:
    """Return what is broken where nothing that is likely comes out."""
    best = max(failing, key=lambda c: c.posterior)
    if bad >= (0.5 if _over_the_later(best) else BROKEN):
        agreeing = [c for c in failing if abs(c.computed - best.computed) <= best.stated.half + best.spread]
        share = sum(c.posterior for c in agreeing)
        meant = max(agreeing, key=lambda c: c.prior)  # they come to the same: the wording tells which is meant
        if share >= LEAD * (bad + good) and accusable(meant, failing):
            return Answer("broken", meant, share)
    alone = max(failing, key=lambda c: c.prior)
    if good < 0.05 and alone.prior >= 0.3 and HABIT <= set(alone.facts) and COMES_TO.search(alone.stated.before):
        return Answer("broken", alone, alone.prior)
    plain = next((c for c in failing if SET_OFF in c.facts and c.computed > 0), None) if good < 0.05 else None
    return Answer("broken", plain, BROKEN) if plain is not None else None


def _over_the_later(c: Candidate) -> bool:
    """Tell whether a change from one level to another (由…降至…) comes out over the later one, by too many digits for an accident."""
    return c.fit.slip == "base" and FROM_TO in c.facts and c.fit.chance <= KEEN


def _of_the_earlier(best: Candidate, failing: Iterable[Candidate]) -> Candidate | None:
    """The change over the earlier level, where the wording makes it so much likelier than the same change over the present one that it comes out so by mistake."""
    if "growth d/p of a growth" not in best.facts or not GROWN.search(best.stated.before) or best.fit.chance > SHARP:
        return None
    return next((c for c in failing if c.key == best.key and "growth d/(n-d)" in c.facts and c.prior >= FAR_LIKELIER * best.prior and accusable(c, [c])), None)


def _forgotten(best: Candidate, failing: Iterable[Candidate]) -> Candidate | None:
    """The whole listing of which a total has all but one part: those that 其中 names one by one (a、b、c) are all in the total if
    it is said to be of as many (4个单位), but for what was carried over.
    """
    if best.kind != "parts" or best.fit.chance > SHARP:
        return None
    return next((c for c in failing if LISTING <= set(c.facts) and best.key < c.key and len(c.key - best.key) == 1 and c.computed > c.stated.value
                 and c.prior >= FAR_LIKELIER * best.prior and _of_so_many(c) and NEVER.isdisjoint(c.facts)
                 and all(o.before.startswith("、") for o in c.operands[1:]) and not any(o.added or "left" in o.tags for o in c.operands)), None)


def _of_so_many(c: Candidate) -> bool:
    """Tell whether a total is said to be of as many as are listed."""
    said = OF_SO_MANY.findall(c.stated.lead[-40:])
    return any((int(n) if n.isdigit() else cues.HAN.index(n) + 1) == len(c.operands) for n in said)


def _compared(c: Candidate, certainty: float) -> bool:
    """Tell whether the wording leaves no doubt of what is compared, where all but the direction comes out (比上年 … 增长, though it fell)."""
    # where an amount and its percentage point different ways, each has a word of its own
    said = [m.before[-8:] for m in (c.stated, *c.roles["amount"])] if "amount" in c.roles else [c.stated.before[-24:]]
    plain = all(len({bool(cues.FALLS.fullmatch(match.group())) for match in cues.EITHER.finditer(words)}) == 1 for words in said) and not c.stated.remarked and all(m.value > 0 for m in c.operands)
    return plain and PLAINLY in c.facts and c.fit.chance <= SHARP and certainty >= (BROKEN if c.fit.chance > KEEN else 0.5)


def _shortest(best: Candidate, fitting: list[Candidate]) -> Candidate:
    """The listing that has a part where the likeliest has what it is made of itself, if it is not much less likely."""
    parts = {o.index: o.value for o in best.operands}
    for c in sorted(fitting, key=lambda c: len(c.operands)):
        own, others = c.key - parts.keys(), parts.keys() - c.key
        if c.kind == best.kind == "parts" and len(own) == 1 < len(others) and 10 * c.posterior >= best.posterior:
            (head,) = (o for o in c.operands if o.index in own)
            if abs(sum(parts[n] for n in others) - head.value) <= head.half + 1e-9 * head.value:
                return c
    return best


HABIT = frozenset(("product: price word", "product: operands right beside", "like by shape: several come out"))
COMES_TO = regex.compile(r"(?:计|合计|小计|金额|总价|合价|结算|应[发付补]|实[发付补]|补[助贴]|发放|支付|拨付|需)(?:资金|金额)?为?\s?$")
"""Of several counts at their prices in a row, all of which come out, one that does not is wrong by whatever it is, where the amount is said to be theirs."""
SET_OFF = "balance: what is left of both totals, said to be set off"
GROWN = regex.compile(rf"(?:{cues.DOWN}|{cues.UP})了?\s?$")
FAR_LIKELIER = 50.0
"""In right reports the change over a level that nothing marks as the earlier is never less likely by so much."""
OF_SO_MANY = regex.compile(rf"(?<![0-9.])([0-9]{{1,2}}|[{cues.HAN}])\s?[个家项类所户]")
LISTING = frozenset(("sum: opened by 其中, all of it", "sum: opened listing, all of it", "sum: opened right after", "sum: one sentence"))
FROM_TO = "pair: from base to now (由…到)"
CONTRADICTED, PLAINLY = "direction contradicted", "direction contradicted: of what is plainly compared"
RULED = 0.95
"""How certain is what is said by a rule beside the weights."""
SHARP, KEEN = 0.02, 0.005
"""A percentage that comes out by less chance than this comes out of these two, be it likely or, by still less, as likely as not."""
NEVER = frozenset((
    "sum down: whatever part they play", "sum up: whatever part they play", "sum: a part as large as the total", "sum: a part is a price",
    "sum: shares of the parts make less than a hundred", "sum: a part in a further sentence is a total", "sum: a part of a part among the parts",
    "sum: parts in and outside brackets", "sum: 分别 of another matter",
    "ratio: its series makes a hundred", "named rate: of something else", "ratio: of another whole than is told", "balance: even, not of all there is", "change: the percent has a comparison of its own",
    "change: another matter, and the percent has a subject of its own", "change: of a part of a listing that is closed", "d/p: at other prices or on another scope", "d/(n-d): at other prices or on another scope",
    "(n-p)/p: at other prices or on another scope", "d/p: over several years", "d/(n-d): over several years", "(n-p)/p: over several years", "product: share of a whole", "product: price is a computed mean", "repeat: measures differ", "repeat: years differ", "repeat: one is last year's",
    "pair: both told later, in another sentence", "difference: one of both is a loss", "pair: one of both is a loss", "repeat: names unlike", "repeat: names partly alike", "repeat: one is a total", "repeat: roles differ", CONTRADICTED))
"""Facts that leave a reading too open to accuse by it."""
SELDOM = frozenset((
    "sum: like figures between the total and its parts",
    "sum up: leaves out a like figure of the same sentence", "sum down: leaves out a like figure of the same sentence",
    "sum: skips figures not said to be parts of parts", "product: average", "d/p: follows"))
"""Facts that leave it too open unless a slip in many digits explains the figure."""
SURE = 1.5e-3
"""A slip less likely than this as an accident: one digit among four."""


def accusable(best: Candidate, failing: list[Candidate]) -> bool:
    """Tell whether wording and structure alone make a reading so likely that its failing accuses.

    Less is asked where the printed figure is one slip of the pen away, by how unlikely that is as an accident.
    """
    s = best.stated
    if s.past and not any(o.last_year or o.role == "prior" for o in best.operands):  # what was is no rate of what is
        return False
    if best.kind == "rate" and best.operands[0].depth > s.depth and best.operands[0].own_name:  # 5万元(其中甲3万元),占5%: of what the brackets split
        return False
    if s.figure.unit == "‰":  # births and deaths are told of the mean of two populations
        return False
    if s.remarked or best.shape == "loose" or not NEVER.isdisjoint(best.facts) or s.figure.sign:
        return False
    if not SELDOM.isdisjoint(best.facts) and not (best.fit.slip in ("digit", "swap", "base", "point" if best.kind == "product" else "") and best.fit.chance <= SURE):
        return False
    if best.short and "sum: a listing that says it is partial (等, 主要)" in best.facts:
        return False
    if best.kind in ("parts", "balance") and not best.fit.slip:  # a listing may name some parts only, or parts of parts
        return False
    if best.kind == "product" and not _priced_wrongly(best):
        return False
    if abs(s.value - best.computed) <= 3.1 * s.half + best.spread:
        return False
    if best.kind == "mention" and "repeat: of the head of its paragraph" not in best.facts:  # other sections have other scopes
        return False
    if best.kind == "rate" and best.fit.slip not in ("digit", "swap") and "ratio: below further than the sentence" in best.facts \
            and "like by kin: come out" not in best.facts:  # a whole from afar is believed where other shares of it come out
        return False
    if {"ratio of a done", "ratio: income against spending"} <= set(best.facts):  # 完成预算的 is of a budget, be it told or not
        return False
    if best.fit.slip == "point" and "ratio: below heads a paragraph before" in best.facts:  # ten times a base of another matter is an accident
        return False
    if "composition" in best.facts and not {"like by kin: come out", "composition: put right, its series makes a hundred"} <= set(best.facts):
        return False
    alike = sum(c.prior for c in failing if abs(c.computed - best.computed) <= s.half + best.spread)
    chance = best.fit.chance / best.backing if best.fit.slip not in ("", "dropped") else 0.3 if best.fit.outcome == "near" else 1.0
    return alike >= asked(chance, LISTED if best.short else ASKED)


def _priced_wrongly(c: Candidate) -> bool:
    """Tell whether a product fails by a misprint of what is plainly a price's or a mean's, or a mean by a unit (1566.37万元 of 194.70万元 for 1243)."""
    if c.fit.slip == "point":
        return "product: mean word" in c.facts and abs(abs(math.log10(c.stated.value / c.computed)) - 4) < 0.01
    plain = "product: price word" in c.facts or {"product: mean word", "product: operands right beside"} <= set(c.facts)
    return c.fit.slip in ("digit", "swap") and plain


def asked(chance: float, points: Asked = ASKED) -> float:
    """The share of the wording that is asked where a slip is so likely as an accident.

    >>> [round(asked(chance), 4) for chance in (1e-9, 1e-4, 1.5e-3, 0.0105, 1.0)], round(asked(0.0105, LISTED), 4)
    ([0.0005, 0.001, 0.02, 0.25, 0.93], 0.6)
    """
    chance = min(max(chance, points[0][0]), points[-1][0])
    (low, less), (high, more) = next(two for two in pairwise(points) if chance <= two[1][0])
    return math.exp(math.log(less) + math.log(more / less) * math.log(chance / low) / math.log(high / low))
