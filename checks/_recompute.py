"""From the readings of a numeric statement to its finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal

from fusuan.checks._doubt import FAR_APART, far_apart
from fusuan.checks._say import message, severity
from fusuan.checks._slip import explained, misprinted, shifted, telling, wrong_base
from fusuan.model import Figure, Finding, Quantity, Reading, Severity, Statement, Verdict, best, judge

Formula = Callable[[Statement, Figure, Reading], Quantity | None]


def company(figures: Iterable[Figure], unit: str) -> int:
    """The most decimals printed among figures of this unit: trailing zeros are dropped, precision is not."""
    return max((f.decimals for f in figures if f.unit == unit), default=0)


def taken(figure: Figure, among: Iterable[Figure], scale: Decimal) -> Quantity:
    """A figure at the precision of its company, in units of `scale`."""
    return Quantity.of(figure, company(among, figure.unit), scale)


def _slipped(statement: Statement, stated: Figure, tries: Sequence[Quantity]) -> Iterator[tuple[Quantity, str]]:
    """The readings, of the most plausible ones, that a plain slip of the pen explains, each with the slip."""
    alone = statement.facts.get("bound") == "alone"
    for place, computed in enumerate(tries[:8]):
        if statement.label in ("weight_sum", "score_sum") and computed.value % 1 and not stated.decimals:
            # marks are not rounded when they are added up: 100 is no misprint of 104.87
            continue
        if any(f.base == stated.base for f in computed.operands):
            # the list tells the total once more: it is no list of parts
            continue
        name = explained(stated, computed) if place < telling(stated, computed, len(tries), alone) else ""
        if name := name or misprinted(stated, computed):
            yield computed, name


LAST_DIGIT = "末位取舍有误，相差末位的1"


def by_one(stated: Figure, computed: Quantity) -> bool:
    """Tell whether a measured figure is one off in the last printed digit: an error, but of another grade than 0.06 for 0.60.

    >>> rate, count = Figure("7.3%", Decimal("7.3"), "%", 1), Figure("7人", Decimal(7), "人")
    >>> by_one(rate, Quantity.constant(Decimal("7.41"))), by_one(rate, Quantity.constant(Decimal("7.48"))), by_one(count, Quantity.constant(Decimal(8)))
    (True, False, False)
    """
    step = Decimal(1).scaleb(-stated.decimals)
    return not stated.is_count and stated.decimals > 0 and abs(stated.value - computed.value) <= step * Decimal("1.5")


BELOW = 4
"""Within how many paragraphs of a total the lines of its parts follow it."""


def repeats(stated: Figure, computed: Quantity) -> bool:
    """Tell whether a recomputed value only tells one figure once more: 8 = 8 + 0 of another paragraph, or a figure over itself.

    A part that is all of its total is one, where it goes by a name of its own.

    >>> from dataclasses import replace
    >>> from fusuan.model import Place
    >>> def figure(text, name="", basis=""):
    ...     return Figure(text, Decimal(text), "万元", name=name, basis=basis)
    >>> eight, none, total = figure("8", "结转"), figure("0"), replace(figure("8", "合计"), place=Place(paragraph=2))
    >>> plan, done = figure("8", "会议费", "预算"), replace(figure("8", "会议费", "决算"), span=(9, 10))
    >>> [repeats(total, q) for q in (Quantity.of(eight) + Quantity.of(none), Quantity.of(figure("5")) + Quantity.of(figure("3")), Quantity.of(eight))]
    [True, False, False]
    >>> repeats(replace(total, name="结转"), Quantity.of(eight)), repeats(figure("8"), Quantity.of(eight) + Quantity.of(none))
    (True, False)
    >>> below = [replace(f, place=Place(paragraph=n)) for n, f in ((3, eight), (4, none))]
    >>> repeats(total, Quantity.of(below[0]) + Quantity.of(below[1]))
    False
    >>> whole = Figure("100%", Decimal(100), "%")
    >>> [repeats(whole, (Quantity.of(a) / Quantity.of(b)).percent()) for a, b in ((eight, eight), (done, plan))]
    [True, False]
    """
    operands = computed.operands
    if len(operands) > 2:
        return False
    if "÷" in computed.tokens and stated.dimension == "rate":
        return _one(operands[0], operands[-1])
    if len(operands) > 1 and all(0 < (figure.place.paragraph or 0) - (stated.place.paragraph or 0) <= BELOW for figure in operands):
        # parts listed below their total
        return False
    told = [figure for figure in operands if figure.value]
    return len(told) == 1 and told[0].base == stated.base and told[0].place != stated.place \
        and (len(operands) > 1 or told[0].name == stated.name)


def _one(a: Figure, b: Figure) -> bool:
    """Tell whether two figures are one, told twice: the same thing of the same year and kind, at the same amount."""
    return a.base == b.base and (a.place, a.span) == (b.place, b.span) or \
        bool(a.name) and (a.name, a.period, a.basis, a.base) == (b.name, b.period, b.basis, b.base)


def _tried(statement: Statement, stated: Figure, formula: Formula) -> list[tuple[Quantity, Verdict, str]]:
    """Every reading that can be computed, judged."""
    tries: list[tuple[Quantity, Verdict, str]] = []
    for reading in statement.readings:
        computed = formula(statement, stated, reading)
        if computed is None:
            continue
        verdict, supposition = judge(stated, computed)
        if verdict is not Verdict.BROKEN and reading.supposition:
            verdict, supposition = max(verdict, Verdict.DOUBTFUL, key=list(Verdict).index), reading.supposition
        tries.append((computed, verdict, supposition))
    return tries


def recompute(statement: Statement, name: str, formula: Formula) -> Iterator[Finding]:
    """Try every reading of a statement; yield at most one finding.

    A guess that fails is kept only where a plain slip of the pen explains it: what was never said cannot be broken.
    """
    stated = statement.stated
    if not isinstance(stated, Figure):
        return
    tries = _tried(statement, stated, formula)
    if not tries:
        return
    computed, verdict, supposition = best(tries)
    if verdict is Verdict.DOUBTFUL and tries[0][1] is Verdict.BROKEN and len(computed.operands) > 1:
        computed = tries[0][0]  # what is doubted is shown as it is printed, unless it only tells once more what another figure tells
    if stated.sign == "≈" and verdict is Verdict.BROKEN:
        verdict, supposition = Verdict.DOUBTFUL, "该数字是约数"
    unsaid = statement.facts.get("said") == "none" and verdict is Verdict.DOUBTFUL  # what nothing points to raises no doubt either
    if unsaid or verdict is Verdict.BROKEN and statement.certainty == 0 or statement.certainty is not None and repeats(stated, computed):
        return
    if verdict is Verdict.BROKEN:
        supposition = explained(stated, computed) or wrong_base(statement, stated)
        if statement.guess:
            found = next(_slipped(statement, stated, [c for c, _, _ in tries]), None)
            if found is None or statement.facts.get("slip") == "none" \
                    or stated.place.table is None and statement.kind == "parts" and len(found[0].operands) < 2:
                return  # nor is a figure that stands for another one a slip of it
            computed, supposition = found
        elif not supposition and statement.certainty is None and stated.place.row is None and far_apart(stated, computed):
            supposition = shifted(stated, computed)
            verdict, supposition = (verdict, supposition) if supposition else (Verdict.DOUBTFUL, FAR_APART)
    if verdict is Verdict.BROKEN and any(figure.sign == "≈" for figure in computed.operands):
        verdict, supposition = Verdict.DOUBTFUL, "其中有约数"
    if last := verdict is Verdict.BROKEN and by_one(stated, computed):
        supposition = LAST_DIGIT
    yield Finding(name, statement.label, stated, verdict, Severity.LOW if last else severity(statement, verdict),
                  message(stated, computed, verdict, supposition), computed, supposition=supposition,
                  quote=statement.quote, because=statement.facts.get("because", ""))
