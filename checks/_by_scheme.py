"""A mark for which the document prints no rule, held against the rule of the scheme the user chose."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fusuan.checks._schemes import active
from fusuan.model import Figure, Finding, Quantity, Range, Severity, Statement, Token, Verdict, plain

_HIGHEST = 100


def by_scheme(statement: Statement, stated: Figure) -> Iterator[Finding]:
    """Yield the finding of a mark by the scheme in use; nothing without one, or where it has no rule of this name.

    The full mark comes from the document. Where the document prints none, it may be any from the mark claimed up to
    100, and the claim is broken only if no full mark makes it right.
    """
    scheme = active()
    rule = scheme.rule_for(stated.name) if scheme is not None else None
    reading = statement.readings[0]
    if scheme is None or rule is None or not reading["measured"]:
        return
    measured = reading["measured"][0]
    value = measured.base if measured.dimension == "rate" else measured.value
    fulls = [reading["full"][0].value] if reading["full"] else [Decimal(n) for n in range(max(1, int(stated.value)), _HIGHEST + 1)]
    given = [marks for full in fulls if (marks := rule.marks(value, full)) is not None and marks.readings]
    if not given:
        return
    mark, formula, way = given[0].readings[0]
    fits = any(marks.allows(stated.value, stated.decimals) for marks in given)
    verdict = Verdict.HOLDS if fits else Verdict.BROKEN
    message = f"{stated.name}{measured.text}，评分方案“{scheme.title}”：{rule.text}"
    if not fits:
        message += f"按此应得{plain(mark)}分（{formula}，{way}），自评{stated.text}"
    shown = stated.value if fits else mark
    point = Range(shown, shown)
    worked: list[Token] = [token for figure in reading["worked"] for token in (figure, "，")]
    tokens = (*worked[:-1], "→" if worked else "", measured, "：", formula)
    yield Finding("score", "score_rule", stated, verdict, Severity.INFO if fits else Severity.HIGH, message,
                  Quantity(shown, point, point, tokens, 1), quote=statement.quote)
