"""The verdict of a recomputation as a formula: a corrected figure clears its finding, a spoilt one makes one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from fusuan.export._book import Book, Live
from fusuan.export._grades import graded
from fusuan.export._rows import computed_value
from fusuan.model import Figure, Finding, Verdict

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_DUST = Decimal("0.000000001")
_BOUND = re.compile(r"([≤≥<>])(-?\d+(?:\.\d+)?)(\D*)", re.ASCII)
_LEVEL = re.compile("平|等|一致|相同")
_COLOURS = {Verdict.BROKEN.chinese: "#F8B4B4", Verdict.DOUBTFUL.chinese: "#FFE699", Verdict.ROUNDING.chinese: "#E7EEF5",
            Verdict.TRUNCATED.chinese: "#E7EEF5"}


def live_verdict(finding: Finding, stated: str, computed: str, operands: Sequence[str] = ()) -> Live | None:
    """Return the verdict over the cells of both figures and of the operands; None where it is not the arithmetic that tells.

    What agrees goes on agreeing within the difference that was found to be rounding.

    >>> from fusuan.model import Quantity, Severity
    >>> said = Figure("248.35万元", Decimal("248.35"), "万元", 2)
    >>> wrong = Finding("parts", "sum", said, Verdict.BROKEN, Severity.HIGH, "", Quantity.constant(Decimal("249")))
    >>> live_verdict(wrong, "F2", "G2").formula
    '=IF(ABS(F2-G2)<=0.005000001,"相符","不符")'
    """
    holds = graded(finding, stated, operands, computed) if finding.check == "grade" else _kept(finding, stated, operands)
    holds = holds or _meets(finding, stated, computed)
    if not holds:
        return None
    good, bad = (finding.verdict, Verdict.BROKEN) if finding.agrees else (Verdict.HOLDS, finding.verdict)
    return Live(f'=IF({holds},"{good.chinese}","{bad.chinese}")', finding.verdict.chinese)


def _meets(finding: Finding, stated: str, computed: str) -> str:
    """The condition that both figures are one but for what was rounded."""
    if computed_value(finding) is None or finding.computed is None or not isinstance(finding.stated, Figure):
        return ""
    away = abs(finding.stated.value - finding.computed.value)
    own = Decimal(0) if finding.stated.is_count else Decimal(5).scaleb(-finding.stated.decimals - 1)
    dust = max(_DUST, abs(finding.stated.value) * _DUST / 1000)  # what binary fractions leave of sixteen digits
    if not finding.agrees and away <= own + 2 * dust:
        return ""
    room = (max(away, own) if finding.agrees else own) + dust
    return f"ABS({stated}-{computed})<={_number(room)}"


def _kept(finding: Finding, stated: str, operands: Sequence[str]) -> str:
    """The condition of what is no difference of two figures: a limit, a direction, a cell to be filled."""
    told = _KEPT.get(finding.label) or _KEPT.get(finding.check)
    return told(finding, stated, operands) if told else ""


def _filled(finding: Finding, stated: str, operands: Sequence[str]) -> str:
    return f'{stated}<>""' if not finding.stated.text.strip() and not finding.agrees else ""


def _capped(finding: Finding, stated: str, operands: Sequence[str]) -> str:
    full, said = finding.computed, finding.stated
    if full is None or not isinstance(said, Figure) or len(operands) != 1 or full.operands[0].value != full.value:
        return ""
    return f"AND({stated}>=0,{stated}<={operands[0]})" if finding.agrees == (0 <= said.value <= full.value) else ""


def _aimed(finding: Finding, stated: str, operands: Sequence[str]) -> str:
    """What was done against what was aimed at; an aim that was missed and paid for agrees for another reason."""
    tokens = finding.computed.tokens if finding.computed else ()
    if len(tokens) != 3 or len(operands) != 2 or not isinstance(tokens[0], Figure) or not isinstance(tokens[2], Figure):
        return ""
    if tokens[0].dimension != tokens[2].dimension or not isinstance(tokens[1], str):
        return ""
    strict = {"≤": ">", "≥": "<"}.get(tokens[1], "")
    sign = {"≥": ">=", "≤": "<="}.get(tokens[1], "") if finding.agrees else {"<": ">=", ">": "<="}.get(tokens[1], "")
    if not finding.agrees and strict and strict == tokens[2].sign:  # an aim that must be passed, not met alone
        sign = strict
    scales = ("", "") if tokens[0].scale == tokens[2].scale else (f"*{tokens[0].scale:f}", f"*{tokens[2].scale:f}")
    return f"{operands[0]}{scales[0]}{sign}{operands[1]}{scales[1]}" if sign else ""


def _bounded(finding: Finding, stated: str, operands: Sequence[str]) -> str:
    """The limit printed beside a result: 54.54% ≤ 100%."""
    found, said = _BOUND.fullmatch(finding.expected), finding.stated
    if finding.computed is not None or found is None or not isinstance(said, Figure) or found[3] not in ("", said.unit):
        return ""
    sign = {"≤": "<=", "≥": ">="}.get(found[1], found[1])
    return f"{stated}{sign}{found[2]}"


def _moved(finding: Finding, stated: str, operands: Sequence[str]) -> str:
    """A direction that is not the one of the figures: the other way round it is."""
    tokens = finding.computed.tokens if finding.computed else ()
    if finding.check != "trend" or finding.agrees:
        return ""
    if len(operands) == 1 and _LEVEL.search(finding.stated.text):  # the change itself is printed
        return f"{operands[0]}=0"
    if len(operands) != 2 or "-" not in tokens:
        return ""
    if _LEVEL.search(finding.stated.text):
        return f"{operands[0]}={operands[1]}"
    sign = {"增加": "<", "减少": ">", "大于": "<=", "小于": ">="}.get(finding.expected)
    return f"{operands[0]}{sign}{operands[1]}" if sign else ""


def _formed(finding: Finding, stated: str, operands: Sequence[str]) -> str:
    """A rate of nothing can be formed once there is something it is of, and must then come to what is printed."""
    quantity, said = finding.computed, finding.stated
    if finding.agrees or quantity is None or len(operands) != 2 or not isinstance(said, Figure):
        return ""
    now, other = (f"{cell}*{figure.scale:f}" for cell, figure in zip(operands, quantity.operands, strict=True))
    part, whole = now, other
    if "-" in quantity.tokens:  # a growth: over the amount before, or over what is left without the change
        part, whole = (other, f"{now}-{other}") if quantity.operands[1].value else (f"({now}-{other})", other)
    room = Decimal(5).scaleb(-said.decimals - 1) + _DUST
    return f"IF({whole}=0,FALSE,ABS({stated}-{part}/({whole})*{100 if said.unit == '%' else 1})<={_number(room)})"


def _signed(finding: Finding, stated: str, operands: Sequence[str]) -> str:
    """A rate printed without its sign: put right as 76%, which a sheet keeps as 0.76, or as text with the sign."""
    if finding.agrees or not isinstance(finding.stated, Figure):
        return ""
    return f'OR(ABS(N({stated})-{finding.stated.value / 100:f})<={_number(_DUST)},ISNUMBER(SEARCH("%",{stated})))'


Told = Callable[[Finding, str, Sequence[str]], str]
_KEPT: dict[str, Told] = {
    "missing": _filled, "score_cap": _capped, "target": _aimed, "formula": _bounded, "trend": _moved,
    "zero_base": _formed, "unsigned": _signed}


def _number(value: Decimal) -> str:
    """Write a bound as a spreadsheet reads it.

    >>> _number(Decimal("0.005000001"))
    '0.005000001'
    """
    return f"{float(value):.12f}".rstrip("0").rstrip(".")


def colour(book: Book, sheet: Worksheet, column: int, last: int) -> None:
    """Colour verdicts by what they say now."""
    for word, shade in _COLOURS.items():
        look = book.workbook.add_format({"bg_color": shade, "bold": word in ("不符", "存疑")})
        sheet.conditional_format(1, column, last, column, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look})
