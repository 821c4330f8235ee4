"""A finding as a person checks it by hand: its formula, and every operand with its name and place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from fusuan.export._rows import computed_text, is_limit
from fusuan.model import Figure, Finding, Place, Token, Verdict, plain

_STEP = " › "
_SIGNS = frozenset("+-×÷")
_LEAD = re.compile(r"[^\s，。；、：,;:（）()\d.%％=＝/÷+×*<>≤≥-]+$")
_UNIT = re.compile(r"[十百千万亿]?(?:元|年度?|月份?|日|号)?[和与及至到]?")
_HERE = "文中"
_LONGEST = 14
_SEEN = 40
"""Characters of a sentence before a figure that tell it from another of its name, and those looked at for them."""


class Operand(NamedTuple):
    """A figure of a formula: what it is called, as printed, and where it stands."""

    name: str
    text: str
    place: Place

    def told(self, stated: Place) -> str:
        """Say it with the headings that lead to it from where the stated figure stands: 职责 6分（（一）投入 第50段）."""
        steps, own = (place.heading.split(_STEP) for place in (self.place, stated))
        shared = next((at for at, (a, b) in enumerate(zip(steps, own, strict=False)) if a != b), min(len(steps), len(own)))
        there = [step for step in steps[shared:] if step != self.name][-2:]
        return f"{self.name} {self.text}（{f'{_STEP.join(there)} {self.place}'.strip()}）".lstrip()

    @property
    def short(self) -> str:
        """本部门职责 6分（第50段）."""
        return f"{self.name} {self.text}（{self.place}）".lstrip()


def operands_of(finding: Finding) -> list[Operand]:
    """Return the figures a finding rests on, each once, in the order of its formula.

    >>> from decimal import Decimal
    >>> from fusuan.model import Quantity, Severity, Verdict
    >>> six = Figure("6分", Decimal(6), "分", place=Place(paragraph=50), name="本部门职责")
    >>> said = Finding("marks", "score_sum", Figure("7分", Decimal(7), "分"), Verdict.BROKEN, Severity.HIGH, "", Quantity.of(six))
    >>> [operand.short for operand in operands_of(said)]
    ['本部门职责 6分（第50段）']
    """
    figures = finding.computed.operands if finding.computed else ()
    # a figure may be read with more or less of its unit: where it begins it is one
    once = {(figure.place, figure.span[0], figure.value): figure for figure in reversed(figures)}
    kept = list(reversed(once.values()))
    return [Operand(name, _text(figure), figure.place) for name, figure in zip(_names(kept, finding), kept, strict=True)]


def named(finding: Finding, most: int = 8) -> str:
    """Say in one line which figure is which and where: 本部门职责 6分（第50段）；公用经费 4.8万元（第63段）."""
    operands = operands_of(finding)
    more = f"；……共 {len(operands)} 个" if len(operands) > most else ""
    return "；".join(operand.short for operand in operands[:most]) + more


def formula_of(finding: Finding) -> str:
    """Return the formula that a person understands; empty where there is nothing to reckon."""
    if finding.computed is None:
        return f"{_text(finding.stated)} {finding.expected}" if finding.check == "formula" and finding.expected else ""
    return _worded(finding) or spelt(finding.computed.tokens)


def result_of(finding: Finding) -> str:
    """Return the formula with what it comes to: 6 + 4 + 3 + 4 = 17分."""
    formula = formula_of(finding)
    if finding.computed is None or not formula or _worded(finding):
        return formula
    value = computed_text(finding)
    return f"{value}（只有这一项）" if len(finding.computed.tokens) == 1 else f"{formula} = {value}"


def reason_of(finding: Finding) -> str:
    """Return what the formula does not say: the message of a kind that needs words, and what may lie behind it."""
    return "；".join(filter(None, (explanation_of(finding), f"判断：{finding.because}" if finding.because else "")))


def explanation_of(finding: Finding) -> str:
    """Return it without what the program weighed: what a unit is told."""
    words = finding.message if needs_words(finding) else ""
    supposed = finding.supposition if finding.supposition not in words else ""
    kind = "可能是" if finding.verdict is Verdict.BROKEN else "存疑理由："
    return words + (f"（{kind}{supposed}）" if supposed and words else f"{kind}{supposed}" if supposed else "")


def needs_words(finding: Finding) -> bool:
    """Tell whether a finding is not understood by its formula alone."""
    return finding.computed is None or is_limit(finding) or finding.check in ("grade", "score", "trend", "bound") \
        or finding.label == "unit"


def _worded(finding: Finding) -> str:
    """Return the formula of a kind that needs words; empty for plain arithmetic."""
    told = _TOLD.get(finding.label) or _TOLD.get(finding.check)
    return told(finding, finding.computed.tokens) if told and finding.computed else ""


def spelt(tokens: Sequence[Token]) -> str:
    """Write a formula out: bare numbers where all have one unit, else each with its own; 10 × 76%, not 10 × 76 ÷ 100.

    >>> from decimal import Decimal
    >>> ten, rate = Figure("10分", Decimal(10), "分"), Figure("76%", Decimal(76), "%")
    >>> spelt((ten, "×", rate, "÷", "100")), spelt((ten, "-", "(", "-", ten, ")"))
    ('10 × 76%', '10 - (-10)')
    >>> spelt((Figure("2.5万元", Decimal("2.5"), "万元"), "×", "10000", "÷", Figure("50人", Decimal(50), "人")))
    '2.5万元 × 10000 ÷ 50人'
    """
    units = {token.unit for token in tokens if isinstance(token, Figure) and token.unit not in ("%", "分", "")}
    mixed = len(units) > 1 or any(isinstance(token, str) and token in ("10000", "1000", "100000000") for token in tokens)
    return spaced(_pieces(tokens, mixed))


def _pieces(tokens: Sequence[Token], mixed: bool) -> Iterator[str]:
    skip = 0
    for at, token in enumerate(tokens):
        if skip:
            skip -= 1
        elif not isinstance(token, Figure):
            yield token
        elif token.unit == "%" and tuple(tokens[at + 1:at + 3]) == ("÷", "100"):
            yield f"{plain(token.value)}%"
            skip = 2
        else:
            yield _text(token) if mixed else plain(token.value)


def spaced(pieces: Iterable[str]) -> str:
    """Put blanks around signs that stand between two things."""
    text = ""
    for piece in pieces:
        text += f" {piece} " if piece in _SIGNS and text and not text.endswith("(") else piece
    return text


def _names(figures: Sequence[Figure], finding: Finding) -> list[str]:
    """Name each figure; those that would have one name are told apart by the words before them or the head of their column."""
    rows = Counter((figure.place.table, figure.place.row) for figure in figures)
    names = [_name(figure, finding, rows[figure.place.table, figure.place.row] < len(figures)) for figure in figures]
    if finding.check == "target" and len(names) == 2:
        names = [role if name in ("", _HERE) else name for name, role in zip(names, ("完成值", "指标值"), strict=True)]
    alike = Counter(names)
    if finding.check == "trend" and len(figures) == 2 == alike[names[0]]:
        return [_before(figure, finding) or role for figure, role in zip(figures, ("本期数", "对比数"), strict=True)]
    return [name if alike[name] == 1 else _apart(figure, name, finding) for figure, name in zip(figures, names, strict=True)]


def _name(figure: Figure, finding: Finding, down: bool) -> str:
    """Return its name; where it has none, or that of the figure it is held against, the label of its place: of its row
    where the formula goes `down` the table, else of its column."""
    steps = figure.place.heading.split(_STEP)
    row = figure.place.row is not None
    if figure.name and not (row and figure.name in (finding.stated.name, finding.stated.name.removesuffix("得分"))
                            and figure.place.row == finding.place.row and figure.place.table == finding.place.table):
        return " ".join(figure.name.split())
    if not figure.name and (said := _before(figure, finding) or _unnamed(figure, finding)):
        return said
    return steps[-2] if row and len(steps) > 2 and (down or figure.place.row != finding.place.row) else steps[-1]


def _unnamed(figure: Figure, finding: Finding) -> str:
    """What a figure without any name is called where the reader has it before him; elsewhere its heading leads to it."""
    if finding.check == "formula":
        return "算式中"
    return _HERE if figure.place == finding.place and figure.place.row is None else ""


def _apart(figure: Figure, name: str, finding: Finding) -> str:
    if said := _before(figure, finding):
        return said
    column = figure.place.heading.rpartition(_STEP)[2] if figure.place.row is not None else ""
    return f"{name}·{column}" if column and column != name else name


def _before(figure: Figure, finding: Finding) -> str:
    """Return the words right before a figure that stands in the quoted sentence: 比上年减少 of 比上年减少0.24万元."""
    at = _found(figure, finding) if figure.text and figure.place == finding.place else -1
    lead = finding.quote[max(0, at - _SEEN):at].rstrip() if at > 0 else ""
    words = _LEAD.search(lead)
    if words is None:
        return ""
    after = lead[words.start() - 1].isdigit() if words.start() else False
    said = _UNIT.sub("", words.group(), count=1) if after else words.group()
    return said[-_LONGEST:].lstrip("”’》").rstrip("“‘《") if len(said) > 1 else ""


def _found(figure: Figure, finding: Finding) -> int:
    """Return where the quote has a figure; one that is printed twice is told from its like by their order."""
    figures = finding.computed.operands if finding.computed else ()
    before = {other.span for other in figures if other.place == figure.place and other.text == figure.text and other.span < figure.span}
    at = finding.quote.find(figure.text)
    for _ in before:
        later = finding.quote.find(figure.text, at + 1)
        at = at if later < 0 else later
    return at


def _text(stated: object) -> str:
    return " ".join(stated.text.split()) if isinstance(stated, Figure) else ""


def _repeated(finding: Finding, tokens: Sequence[Token]) -> str:
    """One figure told twice: there is nothing to reckon but to look there."""
    figures = [token for token in tokens if isinstance(token, Figure)]
    if len(figures) != 1:
        return ""
    (figure,), stated = figures, finding.stated
    text, own = _text(figure), stated.unit if isinstance(stated, Figure) else ""
    if finding.label == "unit":
        return f"单位如为{figure.unit}，即 {computed_text(finding)}"
    unit = figure.unit if figure.unit and figure.unit != own and figure.unit not in text else ""
    # another unit: say what it comes to in the one it is held against
    same = f"，即 {computed_text(finding)}" if figure.unit and own and figure.unit != own else ""
    return f"另一处写作 {text}{unit}{same}（{figure.place}）"


def _capped(finding: Finding, tokens: Sequence[Token]) -> str:
    assert finding.computed is not None
    return f"0 ≤ 得分 ≤ {plain(finding.computed.value)}"


def _aimed(finding: Finding, tokens: Sequence[Token]) -> str:
    if len(tokens) != 3 or not isinstance(tokens[0], Figure) or not isinstance(tokens[2], Figure):
        return ""
    sign = str(tokens[1])
    return f"完成值 {_text(tokens[0])} {sign} 指标值 {_text(tokens[2]).lstrip('≥≤<>=＞＜')}"


def _ruled(finding: Finding, tokens: Sequence[Token]) -> str:
    """A mark by its rule: the measured value, and what the rule makes of it."""
    assert finding.computed is not None
    mark, rule = plain(finding.computed.value), [token for token in tokens if isinstance(token, str) and token not in ("，", "→", "：")]
    figures = [token for token in tokens if isinstance(token, Figure)]
    if "：" not in tokens:
        formula = spaced(iter([_text(t) if isinstance(t, Figure) else t for t in tokens]))
        return formula if formula in (mark, f"{mark}分") else f"{formula} = {mark}分"
    worked = f"（由 {'、'.join(map(_text, figures[:-1]))} 得出）" if len(figures) > 1 else ""
    formula = "".join(rule)
    tail = "" if formula == mark else f"：{formula}"
    return f"{_text(figures[-1])}{worked} 按评分标准{tail} → {mark}分"


def _trend(finding: Finding, tokens: Sequence[Token]) -> str:
    assert finding.computed is not None
    if finding.check != "trend":
        return ""
    if "-" not in tokens:
        return f"所写变动为{finding.expected} {'、'.join(_text(token) for token in tokens if isinstance(token, Figure))}"
    return f"{spelt(tokens)} = {plain(finding.computed.value.normalize())}"


def _graded(finding: Finding, tokens: Sequence[Token]) -> str:
    return f"{spaced(_text(t) if isinstance(t, Figure) else t for t in tokens)} → {finding.expected}" if finding.expected else ""


def _baseless(finding: Finding, tokens: Sequence[Token]) -> str:
    """A rate of nothing; where all of an amount is what it grew by, what it grew from is their difference."""
    figures = [token for token in tokens if isinstance(token, Figure)]
    if "-" not in tokens:
        return f"{spelt(tokens)}，无从计算"
    return f"{spelt((figures[-1], '÷', '(', *tokens, ')'))}，无从计算" if figures[-1].value else f"({spelt(tokens)}) ÷ 0，无从计算"


Told = Callable[[Finding, Sequence[Token]], str]
_TOLD: dict[str, Told] = {
    "mention": _repeated, "sister": _repeated, "score_cap": _capped, "target": _aimed, "score_rule": _ruled,
    "trend": _trend, "grade": _graded, "zero_base": _baseless}
