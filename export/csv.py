"""逗号分隔的清单（.csv）：每处复算一行，不符与存疑在前。"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from fusuan.export._rows import (
    STATUSES,
    clean,
    computed_text,
    difference_text,
    error_of,
    explained,
    label_of,
    printed,
    ranked,
)
from fusuan.export._told import formula_of, named
from fusuan.model import Audit, Finding

SUFFIXES: tuple[str, ...] = (".csv",)
HEADER = ("序号", "文件", "单位", "位置", "指标", "原文", "报告值", "复算值", "差异", "算式", "结论", "类型",
          "严重程度", "说明", "各数", "规则")
# a number with at most a unit behind it: nothing a spreadsheet would run
_NUMBER = re.compile(r"[+-]?\d[\d,]*(\.\d+)?[%‰]?[\u4e00-\u9fff]{0,5}")
_RISKY = tuple("=+-@\t＝＋－＠")


def write(audits: Iterable[Audit], path: Path) -> None:
    """Write one row per finding; the mark at the start of the file tells Excel that it is UTF-8."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEADER)
        for audit in audits:
            rows.writerows([safe(cell) for cell in row] for row in _rows(audit))


def safe(text: str) -> str:
    """Keep a spreadsheet from running what a report says.

    >>> safe("=1+1"), safe("-12.16万元"), safe("-1+1")
    ("'=1+1", '-12.16万元', "'-1+1")
    """
    cleaned = clean(text)
    start = cleaned.lstrip(" \n\u3000\ufeff")
    return f"'{cleaned}" if start.startswith(_RISKY) and not _NUMBER.fullmatch(cleaned) else cleaned


def _rows(audit: Audit) -> Iterator[tuple[str, ...]]:
    source = audit.source
    if audit.status != "checked":
        state = STATUSES.get(audit.status, audit.status)
        yield ("", source.name, source.unit, *[""] * 7, state, "", "", error_of(audit), "", "")
    for number, finding in enumerate(ranked(audit.findings), 1):
        yield (str(number), source.name, source.unit, *_cells(finding))


def _cells(finding: Finding) -> tuple[str, ...]:
    return (finding.place.named, finding.stated.name, finding.quote, printed(finding), computed_text(finding),
            difference_text(finding), formula_of(finding), finding.verdict.chinese, label_of(finding),
            finding.severity.chinese, explained(finding), named(finding), finding.check)
