"""完成值 ≥（≤、=）指标值；达到的得满分，未达到的扣分或说明原因

达标与得分相称为相符；未达标仍得满分，数值和方向都明确、没有写原因也没有计分办法许可的为不符；达标却扣分、完成值不是数的作提示。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from fusuan.model import Figure, Finding, Quantity, Range, Severity, Statement, Token, Verdict, plain

KINDS = ("target",)


def check(statement: Statement) -> Iterator[Finding]:
    state = statement.facts["state"]
    if not statement.readings:
        return
    marks = statement.readings[0]
    if state == "unknown" and marks["full"] and marks["earned"] and marks["earned"][0].value < marks["full"][0].value:
        return  # what was missed was taken off
    if state == "unknown":
        yield _finding(statement, Verdict.DOUBTFUL, statement.facts["why"])
        return
    full, earned = marks["full"], marks["earned"]
    if full and earned:
        yield _marked(statement, state == "met", full[0], earned[0])
    elif state == "met":
        yield _finding(statement, Verdict.HOLDS, "达到指标值")
    elif statement.facts.get("reason"):
        yield _finding(statement, Verdict.HOLDS, "未达到指标值，已写明原因")
    elif statement.facts.get("admitted"):
        yield _finding(statement, Verdict.HOLDS, "未达到指标值，表中已写明没有完成")
    else:
        yield _finding(statement, Verdict.DOUBTFUL, "未达到指标值，没有写明原因")


def _marked(statement: Statement, met: bool, full: Figure, earned: Figure) -> Finding:
    """Qualitative rows that meet their target earn 80 to 100 % of the mark at choice (财预〔2020〕10号)."""
    whole = earned.value >= full.value
    reason, rule = statement.facts.get("reason", ""), statement.facts.get("rule", "")
    if met and whole:
        return _finding(statement, Verdict.HOLDS, "达到指标值，得满分")
    if met:
        if reason or rule:
            return _finding(statement, Verdict.HOLDS, "达到指标值而有扣分，表中写有原因或计分办法")
        if not statement.readings[0]["target"] and earned.value >= full.value * Decimal("0.8"):
            return _finding(statement, Verdict.HOLDS, "定性指标达到预期，得分在满分的80%至100%之间")
        return _finding(statement, Verdict.DOUBTFUL, "达到指标值却有扣分，没有写明原因")
    if not whole or statement.facts.get("reviewed"):
        return _finding(statement, Verdict.HOLDS, "未达到指标值，已扣分" if not whole else "未达到指标值，复核已扣分")
    if rule:
        return _finding(statement, Verdict.DOUBTFUL, "未达到指标值仍得满分，请对照行内评分标准")
    if reason:
        return _finding(statement, Verdict.DOUBTFUL, "未达到指标值仍得满分，表中写有原因，请结合原因核对")
    if _garbled(statement):
        return _finding(statement, Verdict.DOUBTFUL, "指标值前的“2”如为“≥”的误识，则达到指标值")
    if statement.facts.get("certain") and not _within_rounding(statement):
        return _finding(statement, Verdict.BROKEN, "未达到指标值仍得满分，没有写明原因")
    return _finding(statement, Verdict.DOUBTFUL, "未达到指标值仍得满分；方向或口径如与所读不同则相符")


def _garbled(statement: Statement) -> bool:
    """Tell whether the target is met where its first 2 is a ≥ that scanning turned into one: 212期 beside 12期.

    >>> from fusuan.model import Reading
    >>> def read(target, measured):
    ...     figures = [(Figure(f"{t}户", Decimal(t), "户"),) for t in (target, measured)]
    ...     return _garbled(Statement("target", "target", figures[1][0], (Reading({"target": figures[0], "measured": figures[1]}),)))
    >>> read("2120", "120"), read("290", "91"), read("2120", "100"), read("250", "249")
    (True, True, False, False)
    """
    roles = statement.readings[0]
    if not roles["target"] or not roles["measured"] or roles["target"][0].sign:
        return False
    target, measured = roles["target"][0], roles["measured"][0]
    rest = target.text.strip()[1:]
    digits = plain(target.value)[1:]
    return plain(target.value)[0] == "2" and bool(digits) and digits[0] != "." and rest[:1].isdigit() \
        and Decimal(digits) <= measured.value < target.value / 2


def _within_rounding(statement: Statement) -> bool:
    """Tell whether the value falls short by no more than rounding: 94.6% is 95% in whole percent."""
    roles = statement.readings[0]
    if not roles["target"] or not roles["measured"]:
        return statement.facts.get("why", "") != ""
    target, measured = roles["target"][0], roles["measured"][0]
    if target.unit != measured.unit or measured.decimals <= target.decimals:
        return False
    return abs(target.value - measured.value) <= Decimal(5).scaleb(-target.decimals - 1)


def _finding(statement: Statement, verdict: Verdict, remark: str) -> Finding:
    stated, facts = statement.stated, statement.facts
    said = f"{stated.name}：指标值{facts['target']}，完成值{facts['measured']}"
    said += "".join(f"，得分{f.text.strip()}" for f in statement.readings[0]["earned"])
    severity = {Verdict.HOLDS: Severity.INFO, Verdict.DOUBTFUL: Severity.LOW}.get(verdict, Severity.HIGH)
    doubt = remark if verdict is Verdict.DOUBTFUL else ""
    expected = "低于满分，或写明原因" if verdict is Verdict.BROKEN else ""
    return Finding("target", "target", stated, verdict, severity, f"{said}；{remark}", _comparison(statement),
                   expected=expected, supposition=doubt, quote=statement.quote)


def _comparison(statement: Statement) -> Quantity | None:
    """The comparison as a formula; its value is the mark (or value) that a met target brings."""
    roles = statement.readings[0]
    if not roles["target"] or not roles["measured"]:
        return None
    target, measured = roles["target"][0], roles["measured"][0]
    stated = statement.stated
    met = statement.facts["state"] == "met"
    value = stated.value if isinstance(stated, Figure) and met else target.value
    if roles["full"]:
        value = roles["full"][0].value if met else _share(roles["full"][0].value, target, measured, statement.facts["sign"])
    sign = statement.facts["sign"] if met else {"≥": "<", ">": "≤", "≤": ">", "<": "≥", "=": "≠"}.get(statement.facts["sign"], "")
    tokens: tuple[Token, ...] = (measured, sign or "：", target)
    point = Range(value, value)
    return Quantity(value, point, point, tokens, 1)


def _share(full: Decimal, target: Figure, measured: Figure, sign: str) -> Decimal:
    """What the usual proportion would give (财预〔2020〕10号: mark × value ÷ target; the other way round for ≤)."""
    above, below = (target.base, measured.base) if sign in ("≤", "<") else (measured.base, target.base)
    if below <= 0 or above < 0:
        return Decimal(0)
    return min(full, (full * above / below).quantize(Decimal("0.01")))
