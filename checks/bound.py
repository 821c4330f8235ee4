"""占比 = 部分 ÷ 总数，增长 = (本年 − 上年) ÷ 上年：与“超九成”“近一半”“约四分之一”“翻一番”所说的界限相合

“超”“逾”“多”应不小于所说的数，“不足”“不到”应小于；“近”可小两成以内，“约”“左右”可差一成；只差两个百分点以内的、约数相差不远的存疑。

>>> from fusuan.model import Figure, Reading
>>> def tried(bound, limit, now, before, measure="share"):
...     figures = [(Figure(f"{n}处", Decimal(n), "处"),) for n in (now, before)]
...     roles = ("numerator", "denominator") if measure == "share" else ("now", "before")
...     said = Statement("bound", "trend", Words("所说"), (Reading(dict(zip(roles, figures))),),
...                      facts={"bound": bound, "limit": limit, "measure": measure})
...     return [f.verdict.value for f in check(said)]
>>> tried(">", "90", 33, 35), tried(">", "90", 31, 35), tried("近", "80", 27, 35), tried("近", "80", 19, 35), tried("<", "50", 18, 35)
(['holds'], ['doubtful'], ['holds'], ['broken'], ['doubtful'])
>>> tried("=", "100", 84, 41, "growth"), tried("=", "100", 60, 41, "growth"), tried(">", "30", 20, 41, "fall")
(['holds'], ['broken'], ['holds'])
>>> tried("≈", "25", 26, 100), tried("≈", "25", 31, 100), tried("≈", "25", 41, 100), tried(">", "60", 60, 100)
(['holds'], ['doubtful'], ['broken'], ['holds'])
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fusuan.checks._say import severity
from fusuan.model import Finding, Quantity, Reading, Statement, Verdict, Words, total

KINDS = ("bound",)
SLACK = Decimal(2)
"""Percentage points within which what is said may be a rounding."""
_RANGES = {">": ("1", None), "<": (None, "1"), "近": ("0.8", "1"), "≈": ("0.9", "1.1"), "=": ("0.9", "1.25")}
_VAGUE = {"近": ("0.7", "1.15"), "≈": ("0.7", "1.4"), "=": ("0.75", None)}
"""How much of what is said a value may be to agree with it; and, of what is said vaguely, to be no more than doubtful."""
_FAR = Decimal("1.4")
"""What is held against a figure only looked for is told where it is no more than this over what is said."""


def check(statement: Statement) -> Iterator[Finding]:
    words, facts = statement.stated, statement.facts
    tries = [(reading, computed) for reading in statement.readings if (computed := _computed(reading, facts["measure"])) is not None]
    if not isinstance(words, Words) or not tries:
        return
    limit = Decimal(facts["limit"])
    verdict, reading, computed = min(((_judged(c.value, limit, facts["bound"]), r, c) for r, c in tries), key=lambda one: list(Verdict).index(one[0]))
    if statement.certainty == 0 and (verdict is not Verdict.HOLDS or not limit <= computed.value * _FAR or computed.value > limit * _FAR):
        return
    figures = "、".join(f.text.strip() for group in reading.roles.values() for f in group)
    shown = f"“{words.text}”，对照{figures}" if reading["rate"] else f"“{words.text}”，按{figures}复算为{computed.value:.1f}%"
    why = ("如为约数则相符" if facts["bound"] in _VAGUE else "与所说的界限相差不到2个百分点，如为约数则相符") if verdict is Verdict.DOUBTFUL else ""
    yield Finding("bound", "trend", words, verdict, severity(statement, verdict), shown + (f"；{why}" if why else ""), computed,
                  f"{computed.value:.1f}%", why, statement.quote)


def _computed(reading: Reading, measure: str) -> Quantity | None:
    """The share or the change that is meant, in percent."""
    if reading["rate"]:
        return Quantity.of(reading["rate"][0], None, Decimal(1))
    first, second = (reading[a] or reading[b] for a, b in (("numerator", "now"), ("denominator", "before")))
    part, whole = (total([Quantity.of(f, None, first[0].scale) for f in group]) for group in (first, second))
    if not whole.divides:
        return None
    part = part if measure == "share" else whole - part if measure == "fall" else part - whole
    return (part / whole).percent()


def _judged(value: Decimal, limit: Decimal, bound: str) -> Verdict:
    short = _short(value, limit, _RANGES[bound])
    if not short:
        return Verdict.DOUBTFUL if bound == "<" and value == limit else Verdict.HOLDS
    near = not _short(value, limit, _VAGUE[bound]) if bound in _VAGUE else short <= SLACK
    return Verdict.DOUBTFUL if near or short <= SLACK else Verdict.BROKEN


def _short(value: Decimal, limit: Decimal, ends: tuple[str | None, str | None]) -> Decimal:
    """How far a value is outside of what is said."""
    low, high = (Decimal(end) * limit if end else None for end in ends)
    return max(low - value if low is not None else Decimal(0), value - high if high is not None else Decimal(0), Decimal(0))
