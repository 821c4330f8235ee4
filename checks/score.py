"""得分：0 ≤ 得分 ≤ 分值；执行率得分 = 分值 × 执行率（不超过分值）；得分 = 得分系数 × 权重；行内评分标准逐条复算

表中没有写明计分办法的，执行率得分按比例核对，凑整、按档计分或接近目标给满分的只作提示；写明办法的按办法核对，办法可有几种读法的都算数。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from fusuan.checks._by_scheme import by_scheme
from fusuan.checks._doubt import doubted, to_the_whole
from fusuan.checks._recompute import recompute
from fusuan.checks._schemes import active
from fusuan.model import Figure, Finding, Quantity, Reading, Severity, Statement, Verdict, plain, total

KINDS = ("score",)


def check(statement: Statement) -> Iterator[Finding]:
    if not isinstance(statement.stated, Figure):
        return
    if statement.label == "score_cap":
        yield from _capped(statement, statement.stated)
    elif statement.label == "score_rate":
        chosen = list(_by_choice(statement, statement.stated))
        yield from chosen or map(_worded, _executed(statement, statement.stated))
    elif statement.facts.get("by") == "scheme":
        yield from by_scheme(statement, statement.stated)
    elif statement.facts.get("by") == "coefficient":
        for finding in map(_worded, recompute(statement, "score", _share)):
            yield _lenient(finding, statement, "得分系数本身可能经过四舍五入" if _near(finding) else "")
    elif statement.facts.get("by") == "proportion":
        for finding in recompute(statement, "score", _proportion):
            yield _lenient(finding, statement, "" if statement.facts.get("certain") else "正向、反向如与所读不同则相符")
    else:
        from fusuan.checks._rules import ruled  # rules in words take long to load, and most documents print none

        yield from ruled(statement, statement.stated)


def _by_choice(statement: Statement, stated: Figure) -> Iterator[Finding]:
    """The execution mark by the rule of the scheme in use; nothing without one, or where the form prints a rule."""
    rated = next((r for r in statement.readings if r["rate"]), None)
    if active() is None or rated is None or statement.facts.get("rule") or statement.facts.get("notes"):
        return
    reading = Reading({"measured": (_percent(rated["rate"][0]),), "full": rated["full"]})
    yield from by_scheme(replace(statement, readings=(reading,)), replace(stated, name="预算执行率"))


def _capped(statement: Statement, stated: Figure) -> Iterator[Finding]:
    full = statement.readings[0]["full"]
    cap = total(Quantity.of(figure) for figure in full)
    high, shown = cap.value, "、".join(figure.text.strip() for figure in full)
    expected = f"0至{plain(high)}分"
    if 0 <= stated.value <= high:
        yield Finding("score", "score_cap", stated, Verdict.HOLDS, Severity.INFO, f"{stated.name}{stated.text}在{expected}之间",
                      cap, expected=expected, quote=statement.quote)
        return
    side = f"超过分值{shown}" if stated.value > high else "小于0"
    yield Finding("score", "score_cap", stated, Verdict.BROKEN, Severity.HIGH, f"{stated.name}{stated.text}{side}", cap,
                  expected=expected, quote=statement.quote)


def _share(_: Statement, stated: Figure, reading: Reading) -> Quantity | None:
    """Full mark × rate, not above the full mark; the rate as printed or worked out from its two amounts."""
    if not reading["full"]:
        return None
    full = Quantity.of(reading["full"][0])
    if reading["rate"]:
        rate = _percent(reading["rate"][0])
        product = full * Quantity.of(rate) / Quantity.constant(100)
    elif reading["numerator"] and reading["denominator"]:
        above, below = reading["numerator"][0], reading["denominator"][0]
        base = Quantity.of(below, scale=above.scale)
        if not base.divides:
            return None
        product = full * (Quantity.of(above, scale=above.scale) / base)
    else:
        return None
    return _within(product, full)


def _proportion(statement: Statement, _: Figure, reading: Reading) -> Quantity | None:
    """Full mark × value ÷ target (≥), × target ÷ value (≤); the full mark where the target is met."""
    full, target, measured = (Quantity.of(reading[role][0]) for role in ("full", "target", "measured"))
    if statement.facts.get("state") == "met":
        return full
    above, below = (target, measured) if statement.facts.get("sign") in ("≤", "<") else (measured, target)
    if not below.divides or reading["target"][0].dimension != reading["measured"][0].dimension:
        return None
    return _within(full * above / below, full)


def _worded(finding: Finding) -> Finding:
    """Write 10 × 76%, not 10 × 76% ÷ 100: the formula works on the number before the sign, a person on the rate."""
    return replace(finding, message=finding.message.replace("% ÷ 100", "%"))


def _percent(rate: Figure) -> Figure:
    """A rate in percent; a bare number up to 2 is a fraction (1 is 100%)."""
    if rate.unit == "%":
        return rate
    if rate.unit == "" and abs(rate.value) <= 2:
        return replace(rate, value=rate.value.scaleb(2), unit="%", decimals=max(0, rate.decimals - 2))
    return replace(rate, value=rate.base if rate.unit else rate.value, unit="%")


def _within(product: Quantity, full: Quantity) -> Quantity:
    if product.value <= full.value:
        return product
    return replace(product, value=full.value, near=full.near, far=full.far)


def _executed(statement: Statement, stated: Figure) -> Iterator[Finding]:
    for finding in recompute(statement, "score", _share):
        if finding.verdict is not Verdict.BROKEN:
            yield to_the_whole(finding)
            continue
        full = statement.readings[0]["full"][0].value
        if not 0 <= stated.value <= full or statement.facts.get("rule"):
            yield _lenient(finding, statement, "得分凑整到整数" if _whole(finding) else "")
            continue
        rate = _rate(finding, full)
        if statement.facts.get("notes"):
            from fusuan.checks._rules import by_notes

            yield by_notes(finding, statement.facts["notes"], rate, full)
        else:
            yield _lenient(finding, statement, _excuse(stated, full, rate))


def _rate(finding: Finding, full: Decimal) -> Decimal:
    return finding.computed.value / full * 100 if finding.computed is not None and full else Decimal(0)


def _excuse(stated: Figure, full: Decimal, rate: Decimal) -> str:
    """Why a mark may stand though it is not in proportion, where the form prints no rule; empty where nothing excuses it.

    No scheme in use gives much more than the proportion below 85 %. Tiers: 财预〔2021〕101号 (10/7/5/0) and regional
    ones; whole marks are taken off by judgement everywhere.
    """
    if rate == 100:
        return ""
    if rate < 85 and stated.value > full * rate / 100 + full * Decimal("0.15"):
        return ""
    if stated.value < full - max(Decimal(1), full / 10) * (100 - rate):
        return ""
    if stated.value == full:
        return "表中没有写明计分办法，执行率接近目标的可能按满分计"
    if stated.value * 2 == (stated.value * 2).to_integral_value():
        return "表中没有写明计分办法，可能按档或凑整计分"
    if abs(stated.value - full * (rate - 60) / 40) <= Decimal("0.05"):
        return "表中没有写明计分办法，与按60%起算的办法相符"
    return ""


def _whole(finding: Finding) -> bool:
    stated = finding.stated
    return isinstance(stated, Figure) and finding.computed is not None and stated.value == stated.value.to_integral_value() \
        and abs(stated.value - finding.computed.value) < 1


def _near(finding: Finding) -> bool:
    return finding.difference is not None and abs(finding.difference) <= Decimal("0.1")


def _lenient(finding: Finding, statement: Statement, excuse: str) -> Finding:
    if finding.verdict is not Verdict.BROKEN:
        return finding
    if statement.facts.get("reason") and not _misprinted(finding):
        return doubted(finding, "表中写有原因说明，请结合说明核对")
    return doubted(finding, excuse) if excuse else finding


def _misprinted(finding: Finding) -> bool:
    """Tell whether a mark was computed (it has two decimals, which no judgement gives) and lies far from what it must be."""
    stated = finding.stated
    if not isinstance(stated, Figure) or finding.computed is None or stated.decimals < 2:
        return False
    return abs(stated.value - finding.computed.value) * 4 > finding.computed.value
