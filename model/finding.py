"""A statement recomputed: stated against computed, with the verdict. Agreement is judged here and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from fusuan.model.figure import Figure, Words
from fusuan.model.place import Place
from fusuan.model.quantity import Quantity, Range, half_of


class Verdict(StrEnum):
    """The ladder, best first."""

    HOLDS = "holds"
    ROUNDING = "rounding"
    TRUNCATED = "truncated"
    DOUBTFUL = "doubtful"
    BROKEN = "broken"

    @property
    def chinese(self) -> str:
        return {"holds": "相符", "rounding": "尾差", "truncated": "截位", "doubtful": "存疑", "broken": "不符"}[self]


LADDER = list(Verdict)


class Severity(StrEnum):
    """Does it change a total, a mark, the grade? Judged beside the verdict, not by it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def chinese(self) -> str:
        return {"high": "高", "medium": "中", "low": "低", "info": "提示"}[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check made of one statement.

    `check` is the module that computed it, `label` the kind of the JSON contract. `computed` is None where there is
    nothing to compute (an empty cell, words). `expected` is what should stand there where it is not a number.
    `because` says why this formula is taken to be meant, where it was weighed and not printed outright.
    """

    check: str
    label: str
    stated: Figure | Words
    verdict: Verdict
    severity: Severity
    message: str
    computed: Quantity | None = None
    expected: str = ""
    supposition: str = ""
    quote: str = ""
    because: str = ""

    @property
    def place(self) -> Place:
        return self.stated.place

    @property
    def difference(self) -> Decimal | None:
        """Stated less computed, in the unit stated."""
        if self.computed is None or not isinstance(self.stated, Figure):
            return None
        return self.stated.value - self.computed.value

    @property
    def agrees(self) -> bool:
        return self.verdict in (Verdict.HOLDS, Verdict.ROUNDING, Verdict.TRUNCATED)

    def doubted(self, supposition: str) -> Finding:
        """Return it no worse than doubtful, for the reason given."""
        if self.verdict is not Verdict.BROKEN:
            return self
        return replace(self, verdict=Verdict.DOUBTFUL, supposition=supposition)


BOUNDS = {">": (0, 1), "≥": (0, 1), "<": (-1, 0), "≤": (-1, 0), "≈": (-1, 1)}
"""How far from what it bounds or rounds a figure may stand, in its last digit: 逾六成 is 60 to 70 %, 近六成 and 约六成 50 to 70 %."""


def judge(stated: Figure, computed: Quantity) -> tuple[Verdict, str]:
    """Hold a stated figure against its recomputation (in the stated unit); return verdict and supposition.

    >>> def rate(said, a, b):
    ...     part, whole = (Quantity.of(Figure(t, Decimal(t), "万元", len(t.partition(".")[2]))) for t in (a, b))
    ...     return judge(Figure(said, Decimal(said), "%", len(said.partition(".")[2])), (part / whole).percent())[0].value
    >>> rate("0.52", "0.1", "19.20"), rate("63.47", "1269.58", "2000.00"), rate("66.96", "16.34", "24.50")
    ('holds', 'truncated', 'broken')
    """
    unit = Decimal(1).scaleb(-stated.decimals)
    value = computed.value
    if stated.sign in BOUNDS and stated.value + BOUNDS[stated.sign][0] * unit <= value <= stated.value + BOUNDS[stated.sign][1] * unit:
        return Verdict.HOLDS, ""
    if stated.value == value.quantize(unit, ROUND_HALF_UP) or stated.value == value:
        return Verdict.HOLDS, ""
    # a count or a mark printed whole stands for itself: 7 is not 7.4 rounded
    own = Decimal(0) if stated.is_count else half_of(stated, stated.decimals)
    said = Range(stated.value, stated.value).around(own)
    ratio = "÷" in computed.tokens
    if ratio and not stated.is_count and stated.value == value.quantize(unit, ROUND_DOWN):
        return Verdict.TRUNCATED, ""
    if said.crosses(computed.near):
        return Verdict.ROUNDING, ""
    if not stated.is_count and stated.value >= 0 and (ratio or _finer(computed, stated)) \
            and Range(stated.value, stated.value + unit).meets(computed.near):
        return Verdict.TRUNCATED, ""
    if said.crosses(computed.far):
        return (Verdict.ROUNDING, "") if _coarser(computed, stated) else (Verdict.DOUBTFUL, "如算式中位数较少的数字本身经过四舍五入，则相符")
    return Verdict.BROKEN, ""


def _coarser(computed: Quantity, stated: Figure) -> bool:
    """Tell whether every operand is printed to as many places, two or more, and fewer than the result: they did not all drop a zero, but were rounded.

    >>> parts = sum((Quantity.of(Figure(t, Decimal(t), "万元", 2), 3, Decimal(10000)) for t in ("4160.02", "3403.65")), Quantity.constant(0))
    >>> [judge(Figure(t, Decimal(t), "万元", 3), parts)[0].value for t in ("7563.675", "7563.685")]
    ['rounding', 'broken']
    """
    places = {f.decimals + (stated.scale / f.scale).adjusted() for f in computed.operands}
    return len(computed.operands) > 1 and len(places) == 1 and 1 < places.pop() < stated.decimals


def _finer(computed: Quantity, stated: Figure) -> bool:
    """Tell whether an operand is printed finer than the result: only then is something cut off."""
    return any(f.decimals + (stated.scale / f.scale).adjusted() > stated.decimals for f in computed.operands)


def best(tries: Sequence[tuple[Quantity, Verdict, str]]) -> tuple[Quantity, Verdict, str]:
    """Of several readings take the first that agrees, else the least bad; a broken one is shown by the first reading."""
    return min(tries, key=lambda t: LADDER.index(t[1]))
