"""What every output format says of a finding, in the same words and the same order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, localcontext

from fusuan.model import LADDER, Audit, Figure, Finding, Place, Severity, Verdict, plain

LABELS = {"sum": "合计", "balance": "收支平衡", "rate": "比率", "growth": "增减变动", "score_rate": "执行率得分",
          "score_sum": "得分合计", "weight_sum": "分值合计", "score_cap": "得分上限", "score_rule": "评分标准",
          "target": "目标完成", "grade": "等级", "cross": "前后一致", "unit": "单位", "caps": "大写金额",
          "trend": "表述方向", "missing": "缺填"}
RULES = {"sum": ("parts", "product", "formula"), "balance": ("balance", "parts"),
         "rate": ("rate", "product", "sample", "unsigned", "zero_base", "formula"), "growth": ("change", "zero_base", "formula"),
         "score_rate": ("score", "product"), "score_sum": ("marks", "parts"), "weight_sum": ("marks", "parts"), "score_cap": ("score", "formula"),
         "score_rule": ("score", "parts", "mention", "formula"), "target": ("target",), "grade": ("grade",), "cross": ("mention", "sister", "parts"),
         "unit": ("mention",), "caps": ("mention",), "trend": ("trend", "bound"), "missing": ("blank",)}
"""Which rules find what is of a kind, as `fusuan rules` tells it to whoever asks for a kind."""
STATUSES = {"checked": "已核对", "failed": "未能读取", "skipped": "未处理"}
LEGEND = {Verdict.HOLDS: "完全相等，或按报告所印位数四舍五入后相等。",
          Verdict.ROUNDING: "差异可由各数字自身的四舍五入解释，不算问题。",
          Verdict.TRUNCATED: "报告未四舍五入而直接截去尾数，不算问题。",
          Verdict.DOUBTFUL: "须作一个较弱的假设才能解释（见说明），请对照原件判断。",
          Verdict.BROKEN: "各种合理读法都无法解释，请逐条核实。"}
_SEVERITIES = list(Severity)
_ILLEGAL = re.compile("[^\t\n -~\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST = 6


def label_of(finding: Finding) -> str:
    """Return the Chinese name of the kind of finding."""
    return LABELS.get(finding.label, finding.label)


def rules_of(kind: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a kind, by its id or its Chinese name, with the rules it comes of.

    >>> rules_of("得分上限"), rules_of("marks")
    (('score_cap（得分上限）', ('score', 'formula')), None)
    """
    return next(((f"{own}（{name}）", RULES[own]) for own, name in LABELS.items() if kind in (own, name)), None)


def ruled(finding: Finding) -> str:
    """Return the id of the rule, which `fusuan rules` explains, with the kind: marks（得分合计）."""
    return f"{finding.check}（{label_of(finding)}）"


def position(place: Place) -> tuple[str, int, bool, int, int, int, int]:
    """Order places as a reader meets them, as far as a place tells."""
    return (place.sheet or "", place.page or 0, place.table is not None, place.paragraph or 0, place.table or 0,
            place.row or 0, place.column or 0)


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Sort findings: the worst verdict first, then the gravest, then as they stand in the report."""
    return sorted(findings, key=lambda f: (-LADDER.index(f.verdict), _SEVERITIES.index(f.severity), position(f.place)))


def discrepancies(audit: Audit) -> list[Finding]:
    """Return what does not agree: broken first, then doubtful."""
    return ranked(finding for finding in audit.findings if not finding.agrees)


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half up, however long the number.

    >>> rounded(Decimal("68.8589"), 2)
    Decimal('68.86')
    """
    with localcontext() as context:
        context.prec = max(60, value.adjusted() + decimals + 2)
        return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def short(value: Decimal) -> str:
    """Write a value with at most six decimals and no trailing zeros.

    >>> short(Decimal("248.350")), short(Decimal(2) / 3), short(Decimal("1E+2"))
    ('248.35', '0.666667', '100')
    """
    text = plain(rounded(value, _MOST))
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimals_of(finding: Finding) -> int:
    """Tell how many decimals to show of the recomputed value.

    As many as the report printed, but all of a short exact value; and never so few that a wrong figure looks right.
    """
    if finding.computed is None:
        return 0
    value, stated = finding.computed.value, finding.stated
    printed = stated.decimals if isinstance(stated, Figure) else 2
    exact = max(0, -int(value.normalize().as_tuple().exponent))
    if unit_of(finding) == "%":
        exact = exact if exact <= printed else min(exact, 2)  # nobody prints 88.0125%
    shown = max(printed, exact) if exact <= 4 else printed
    while (not finding.agrees and isinstance(stated, Figure) and shown < _MOST and value != stated.value
           and rounded(value, shown) == stated.value):
        shown += 1
    return shown


def unit_of(finding: Finding) -> str:
    return finding.stated.unit if isinstance(finding.stated, Figure) else ""


def is_limit(finding: Finding) -> bool:
    """Tell whether what is computed is a limit that the figure has to keep, not a value that should stand there."""
    return finding.label in ("score_cap", "target") or finding.expected[:1] in tuple("≤≥<>")


def word_of(finding: Finding) -> str:
    """Return the word before what should stand there: a limit is kept, a value reckoned, words are put right."""
    if is_limit(finding):
        return "应守"
    return "复算" if computed_value(finding) is not None or finding.check == "zero_base" else "应为"


def _limit(finding: Finding) -> str:
    """Return the limit in words: 0至10分, 指标值≥95%."""
    if finding.label == "score_cap" or finding.computed is None or len(finding.computed.operands) != 2:
        return finding.expected
    aim = finding.computed.operands[1]
    text = " ".join(aim.text.split())
    return f"指标值{'' if text.startswith(aim.sign) else aim.sign}{text}"


def computed_value(finding: Finding) -> Decimal | None:
    """Return the recomputed value, rounded for showing; None where words or a limit are expected or nothing is computed."""
    if finding.computed is None or is_limit(finding) or finding.expected:
        return None
    return rounded(finding.computed.value, decimals_of(finding))


def computed_text(finding: Finding) -> str:
    """Return what should stand there, with its unit."""
    value = computed_value(finding)
    if value is None and is_limit(finding):
        return _limit(finding)
    return finding.expected if value is None else _written(value, finding) + unit_of(finding)


def should_text(finding: Finding) -> str:
    """Return it as a cell under 复算值 says it: that a limit is none is said there too."""
    return f"{word_of(finding)} {computed_text(finding)}" if is_limit(finding) and computed_text(finding) else computed_text(finding)


def _written(value: Decimal, finding: Finding) -> str:
    """Write a value as the report writes the figure it is held against: 32,468,500.00 beside 32,486,500.00."""
    return f"{value:,f}" if "," in finding.stated.text else plain(value)


def difference_value(finding: Finding) -> Decimal | None:
    """Return stated less computed, rounded for showing."""
    if finding.difference is None or computed_value(finding) is None:
        return None
    value = rounded(finding.difference, decimals_of(finding))
    return value if value else value.copy_abs()  # there is no less than nothing


def difference_unit(finding: Finding) -> str:
    unit = unit_of(finding)
    return "个百分点" if unit == "%" else unit


def difference_text(finding: Finding) -> str:
    value = difference_value(finding)
    return "" if value is None else f"{'+' if value > 0 else ''}{_written(value, finding)}{difference_unit(finding)}"


def explained(finding: Finding) -> str:
    """Return the message, with the supposition that would excuse the figure; a limit is named."""
    if not finding.supposition or finding.supposition in finding.message:
        return finding.message
    word = "可能是" if finding.verdict is Verdict.BROKEN else "存疑理由："
    return f"{finding.message}（{word}{finding.supposition}）"


def printed(finding: Finding) -> str:
    """Return what the report prints, on one line; an empty cell is said to be one."""
    return " ".join(finding.stated.text.split()) or "（空白）"


def totals(audit: Audit) -> str:
    """Sum the audit up in one line."""
    broken, doubtful = audit.count(Verdict.BROKEN), audit.count(Verdict.DOUBTFUL)
    return (f"读出数字 {len(audit.figures)} 个，复算 {len(audit.findings)} 处："
            f"不符 {broken}，存疑 {doubtful}，未核对 {len(audit.unchecked)}")


def error_of(audit: Audit) -> str:
    return (audit.error or {}).get("message", "")


def clean(text: str) -> str:
    """Remove control characters: neither XML nor a terminal takes them as text."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ILLEGAL.sub("", _SURROGATE.sub("\ufffd", unified))
