"""印出的算式：等号两边相等，界限成立

按印出的算式逐步重算；结果漏写“%”、“×100”与“×100%”两种写法均可。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.checks._expression import value_of
from fusuan.checks._recompute import company
from fusuan.checks._say import message, severity
from fusuan.checks._slip import explained
from fusuan.model import RATES, Figure, Finding, Quantity, Statement, Verdict, best, judge

KINDS = ("formula",)


def check(statement: Statement) -> Iterator[Finding]:
    """Yield the finding of an equals sign or of a bound; nothing where the expression has no value."""
    stated = statement.stated
    if not isinstance(stated, Figure):
        return
    operands, expression = statement.readings[0]["operands"], statement.facts["expression"]
    if bound := regex.fullmatch(r"#([≤≥<>])#", expression):
        yield _bound(statement, operands[0], bound[1], operands[1])
        return
    tries = [(c, *judge(stated, c)) for figures in dict.fromkeys((operands, tuple(map(_in_ones, operands))))
             for c in _readings(stated, expression, figures)]
    if not tries:
        return
    computed, verdict, supposition = best(tries)
    if verdict is Verdict.BROKEN:
        flipped = [(-c, *judge(stated, -c)) for c, _, _ in tries]
        turned = best(flipped)
        if turned[1] is not Verdict.BROKEN:
            computed, verdict, supposition = _turned(stated, turned)
    if stated.sign == "≈" and verdict is Verdict.BROKEN:
        verdict, supposition = Verdict.DOUBTFUL, "该数字是约数"
    if verdict is Verdict.BROKEN:
        supposition = explained(stated, computed)
        if statement.guess and not supposition:
            return  # its names may be those of other figures
    yield Finding("formula", statement.label, stated, verdict, severity(statement, verdict),
                  message(stated, computed, verdict, supposition), computed, supposition=supposition,
                  quote=statement.quote)


def _in_ones(figure: Figure) -> Figure:
    """3.2万亩 × 25元/亩: the count in single units, as the price is told of one."""
    if figure.unit[:1] != "万" or figure.dimension == "money":
        return figure
    return replace(figure, value=figure.value.scaleb(4), unit=figure.unit[1:], decimals=max(0, figure.decimals - 4))


def _turned(stated: Figure, turned: tuple[Quantity, Verdict, str]) -> tuple[Quantity, Verdict, str]:
    """A fall printed without its minus sign: the name says the direction, else it is doubtful."""
    computed, verdict, supposition = turned
    if regex.search(r"降|减|节约|压缩|少", stated.name):
        return computed, verdict, supposition
    return computed, Verdict.DOUBTFUL, "只差正负号，如以绝对值表示则相符"


def _readings(stated: Figure, expression: str, operands: tuple[Figure, ...]) -> Iterator[Quantity]:
    """The values the expression may have, in the stated unit, the plainest first."""
    units = {f.unit for f in (*operands, stated) if f.dimension == "money"}
    if len(units) > 1 and any(f.unit == "" for f in operands) and regex.search(r"[+-]", expression):
        return
    scale = stated if stated.dimension == "money" else next((f for f in operands if f.dimension == "money"), None)
    value = value_of(expression, operands, scale.scale if scale else None,
                     {f.unit: company((*operands, stated), f.unit) for f in operands},
                     "÷" in expression and stated.unit in ("%", ""))
    if value is None:
        return
    if stated.unit in RATES:
        percent = value.percent()
        yield percent if stated.scale == 1 else percent / Quantity.constant(stated.scale)
        # 15÷20×100=75%: the factor is the one that makes it a percentage; 30%+45%=75 needs nothing
        return
    percent_like = "%" in {f.unit for f in operands} or "÷" in expression and stated.unit == ""
    if percent_like and stated.unit == "":
        yield value.percent()
    yield value


def _bound(statement: Statement, left: Figure, relation: str, right: Figure) -> Finding:
    """Hold a result against the bound printed beside it; a bare 0 or a missing % is taken as the other's unit."""
    a, b = left.value, right.value
    if left.unit == right.unit or not left.unit or not right.unit:
        pass
    elif left.dimension == right.dimension:
        a, b = left.base, right.base
    holds = {"≤": a <= b, "≥": a >= b, "<": a < b, ">": a > b}[relation]
    charity = not holds and left.unit != right.unit and {"≤": a <= 100 * b, "<": a < 100 * b, "≥": 100 * a >= b,
                                                         ">": 100 * a > b}[relation]
    verdict = Verdict.HOLDS if holds else Verdict.DOUBTFUL if charity else Verdict.BROKEN
    said = f"{left.text.strip()}{relation}{right.text.strip()}"
    text = f"{said}成立" if holds else f"{said}不成立" + ("；如漏写百分号则成立" if charity else "")
    return Finding("formula", statement.label, left, verdict, severity(statement, verdict), text,
                   expected=f"{relation}{right.text.strip()}", quote=statement.quote,
                   supposition="如漏写百分号则成立" if charity else "")
