"""终端上看的表：不符与存疑之处，逐条列出。"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from fusuan.export._rows import (
    STATUSES,
    clean,
    computed_text,
    difference_text,
    discrepancies,
    error_of,
    formula_of,
    printed,
    totals,
)
from fusuan.export._width import columns_for, fill, padded, wrapped
from fusuan.model import Audit, Finding, Verdict

SUFFIXES: tuple[str, ...] = ()
HEADER = ("位置", "指标", "报告值", "复算值", "差异", "算式", "结论")
LEAST = (8, 8, 8, 8, 6, 10, 4)
MOST = (20, 24, 16, 16, 16, 60, 4)
GAP = "  "
NARROW = sum(LEAST) + len(GAP) * (len(LEAST) - 1)
LONGEST = 240


def write(audits: Iterable[Audit], path: Path) -> None:
    """Write the tables one below the other."""
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        for audit in audits:
            file.writelines(line + "\n" for line in lines(audit, 120))
            file.write("\n")


def lines(audit: Audit, width: int) -> Iterator[str]:
    """Yield what a person wants to see first of an audit, in lines of at most `width` columns (but ten)."""
    width = max(10, width)
    yield from wrapped(clean(audit.source.name), width)
    if audit.status != "checked":
        state = STATUSES.get(audit.status, audit.status)
        yield from wrapped(clean(f"{state}：{error_of(audit) or '原因未知'}"), width)
        return
    wrong = discrepancies(audit)
    if wrong:
        yield from _table(wrong, width) if width >= NARROW else _stack(wrong, width)
    elif audit.thin:
        yield from wrapped("复算过的没有发现不符，但复算得太少，不能据此认为报告无误。", width)
    elif audit.findings:
        yield from wrapped("所有复算结果均与报告相符。", width)
    else:
        yield from wrapped("没有可以复算的数字，请人工核对。", width)
    if audit.thin:
        yield from wrapped(clean(f"覆盖不足：{audit.thin}"), width)
    for remark in audit.remarks:
        yield from wrapped(clean(f"提示：{remark}"), width)
    yield from wrapped(clean(_score(audit)), width) if audit.score_stated else ()
    yield from wrapped(totals(audit), width)


def _score(audit: Audit) -> str:
    """Say the total mark claimed, beside it what the marks come to where that differs."""
    stated, computed = audit.score_stated, audit.score_computed
    try:
        differs = computed is not None and Decimal(stated or "") != Decimal(computed)
    except InvalidOperation:  # a mark in words
        differs = stated != computed
    grade = f"，等级 {audit.grade}" if audit.grade else ""
    return f"自评总分 {stated}{f'，按复算为 {computed}' if differs else ''}{grade}"


def _cells(finding: Finding) -> tuple[str, ...]:
    formula = formula_of(finding) or finding.message
    if len(formula) > LONGEST:  # a total of a hundred parts would push everything else off the screen
        formula = formula[:LONGEST] + "…"
    return tuple(clean(cell) for cell in (str(finding.place), finding.stated.name, printed(finding),
                                          computed_text(finding), difference_text(finding), formula,
                                          finding.verdict.chinese))


def _note(finding: Finding) -> str:
    """Say beneath the row why a figure is only doubted, or what slip would make a wrong one."""
    word = "可能是" if finding.verdict is Verdict.BROKEN else "存疑理由"
    return clean(f"{word}：{finding.supposition}") if finding.supposition else ""


def _table(findings: Sequence[Finding], width: int) -> Iterator[str]:
    rows = [_cells(finding) for finding in findings]
    widths = columns_for([HEADER, *rows], LEAST, MOST, width - len(GAP) * (len(HEADER) - 1))
    yield _line(HEADER, widths)
    yield GAP.join("-" * column for column in widths)
    for finding, row in zip(findings, rows, strict=True):
        parts = [list(wrapped(cell, column)) or [""] for cell, column in zip(row, widths, strict=True)]
        for number in range(max(map(len, parts))):
            yield _line([part[number] if number < len(part) else "" for part in parts], widths)
        yield from fill(_note(finding), width, "    ")


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return GAP.join(padded(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _stack(findings: Sequence[Finding], width: int) -> Iterator[str]:
    """Where a table does not fit, one field a line."""
    for number, finding in enumerate(findings, 1):
        cells = dict(zip(HEADER, _cells(finding), strict=True))
        yield from wrapped(f"[{number}] {cells.pop('结论')}：{cells.pop('位置')} {cells.pop('指标')}", width)
        for head, cell in cells.items():
            head = head if head != "算式" or finding.computed else "说明"
            if cell:
                yield from fill(f"{head}：{cell}", width, "  ")
        yield from fill(_note(finding), width, "  ")


_INSTEAD = {
    "≦": "≤", "≧": "≥", "⩽": "≤", "⩾": "≥", "≤": "<=", "≥": ">=", "≠": "<>", "×": "x", "÷": "/", "−": "-", "–": "-",
    "—": "-", "‐": "-", "‑": "-", "─": "-", "•": "·", "·": ".", "●": "*", "✓": "√", "✔": "√", "☑": "√", "√": "v",
    "\xa0": " ", "\u3000": " ", "…": "...", "，": ",", "。": ".", "：": ":", "；": ";", "、": ",", "（": "(", "）": ")",
    "“": '"', "”": '"', "‘": "'", "’": "'", "￥": "¥", "¥": "￥", "‰": "o/oo", "\u200b": "", "\ufeff": ""}


def encodable(text: str, encoding: str) -> str:
    """Return `text` in characters that `encoding` has: a look-alike where there is one, "?" where there is none.

    >>> encodable("≦5㎡ 𠮷", "gb2312")
    '≤5m2 ?'
    """
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return "".join(_spelt(char, encoding) for char in text)
    except LookupError:
        return text
    return text


def _spelt(char: str, encoding: str) -> str:
    seen: set[str] = set()
    tried = char
    while tried not in seen:
        try:
            tried.encode(encoding)
            return tried
        except UnicodeEncodeError:
            seen.add(tried)
            folded = unicodedata.normalize("NFKC", tried)
            tried = _INSTEAD.get(tried, folded)
    return "?"
