"""The verdict of a recomputation as a formula: a corrected figure clears its finding, a spoilt one makes one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from fusuan.export._book import Book, Live
from fusuan.export._rows import computed_value
from fusuan.model import Figure, Finding, Verdict

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

_DUST = Decimal("0.000000001")
_COLOURS = {Verdict.BROKEN.chinese: "#F8B4B4", Verdict.DOUBTFUL.chinese: "#FFE699", Verdict.ROUNDING.chinese: "#E7EEF5",
            Verdict.TRUNCATED.chinese: "#E7EEF5"}


def live_verdict(finding: Finding, stated: str, computed: str) -> Live | None:
    """Return the verdict over the cells of both figures; None where it is not the arithmetic that tells.

    What agrees goes on agreeing within the difference that was found to be rounding.

    >>> from fusuan.model import Quantity, Severity
    >>> said = Figure("248.35万元", Decimal("248.35"), "万元", 2)
    >>> wrong = Finding("parts", "sum", said, Verdict.BROKEN, Severity.HIGH, "", Quantity.constant(Decimal("249")))
    >>> live_verdict(wrong, "F2", "G2").formula
    '=IF(ABS(F2-G2)<=0.005000001,"相符","不符")'
    """
    if computed_value(finding) is None or finding.computed is None or not isinstance(finding.stated, Figure):
        return None
    away = abs(finding.stated.value - finding.computed.value)
    own = Decimal(0) if finding.stated.is_count else Decimal(5).scaleb(-finding.stated.decimals - 1)
    dust = max(_DUST, abs(finding.stated.value) * _DUST / 1000)  # what binary fractions leave of sixteen digits
    if not finding.agrees and away <= own + 2 * dust:
        return None
    room = (max(away, own) if finding.agrees else own) + dust
    good, bad = (finding.verdict, Verdict.BROKEN) if finding.agrees else (Verdict.HOLDS, finding.verdict)
    return Live(f'=IF(ABS({stated}-{computed})<={_number(room)},"{good.chinese}","{bad.chinese}")', finding.verdict.chinese)


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
