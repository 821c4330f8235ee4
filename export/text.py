"""终端上看的结果：不符与存疑之处，逐条列出原文、算式和各数的位置。"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from fusuan.desk import aliases, first
from fusuan.export._bridge import score_told
from fusuan.export._rows import (
    STATUSES,
    clean,
    computed_text,
    difference_text,
    discrepancies,
    error_of,
    printed,
    ruled,
    totals,
    word_of,
)
from fusuan.export._told import needs_words, operands_of, result_of
from fusuan.export._width import wrapped
from fusuan.model import Audit, Finding, Place, Verdict

SUFFIXES: tuple[str, ...] = ()
INDENT = "    "
LONGEST = 240
"""Characters of a formula that are shown: a total of a hundred parts would push everything else off the screen."""
QUOTED = 120
MANY = 10


def write(audits: Iterable[Audit], path: Path) -> None:
    """Write what is said of each file, one below the other."""
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        for audit in audits:
            file.writelines(line + "\n" for line in lines(audit, 120))
            file.write("\n")


def lines(audit: Audit, width: int, dismissed: Mapping[str, bool] | None = None) -> Iterator[str]:
    """Yield what a person wants to see first of an audit, in lines of at most `width` columns (but ten).

    `dismissed` tells, by fingerprint, which findings were settled as no error: they are counted, not told once more.
    """
    width = max(10, width)
    yield from wrapped(clean(audit.source.name), width)
    if audit.status != "checked":
        state = STATUSES.get(audit.status, audit.status)
        yield from wrapped(clean(f"{state}：{error_of(audit) or '原因未知'}"), width)
        return
    wrong = _open(audit, dismissed or {})
    settled = len(discrepancies(audit)) - len(wrong)
    if wrong:
        for number, finding in enumerate(wrong, 1):
            yield from _block(number, finding, width)
    elif audit.thin:
        yield from wrapped("复算过的没有发现不符，但复算得太少，不能据此认为报告无误。", width)
    elif settled:
        yield from wrapped("没有新的疑点。", width)
    elif audit.findings:
        yield from wrapped("所有复算结果均与报告相符。", width)
    else:
        yield from wrapped("没有可以复算的数字，请人工核对。", width)
    if audit.thin:
        yield from wrapped(clean(f"覆盖不足：{audit.thin}"), width)
    if settled:
        yield from wrapped(f"另有 {settled} 处已核实为不属实，见工作簿的“已排除”", width)
    for remark in audit.remarks:
        yield from wrapped(clean(f"提示：{remark}"), width)
    yield from wrapped(clean(score_told(audit)), width) if audit.score_stated else ()
    yield from wrapped(totals(audit), width)


def _open(audit: Audit, dismissed: Mapping[str, bool]) -> list[Finding]:
    """What does not agree and was not dismissed."""
    names = dict(zip(map(id, audit.findings), aliases(audit), strict=True)) if dismissed else {}
    return [finding for finding in discrepancies(audit) if not first(dismissed, names.get(id(finding), ""))]


def _block(number: int, finding: Finding, width: int) -> Iterator[str]:
    """Say of one finding all that is needed to check it by hand."""
    yield from wrapped(clean(f"[{number}] {finding.verdict.chinese}  {_head(finding)}"), width)
    for word, said in _facts(finding):
        yield from _hung(word, clean(said), width)


def _head(finding: Finding) -> str:
    """What is stated, and what should stand there: 总得分 94.6分，复算 95.6分，差 -1.0分."""
    computed, difference = computed_text(finding), difference_text(finding)
    pieces = [f"{finding.stated.name} {printed(finding)}".strip()]
    pieces += [f"{word_of(finding)} {computed}"] if computed else []
    return "，".join([*pieces, *([f"差 {difference}"] if difference and finding.difference else [])])


def _facts(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "位置", finding.place.named
    if finding.quote:
        yield "原文", excerpt(finding)
    if formula := result_of(finding):
        yield "算式", formula if len(formula) <= LONGEST else formula[:LONGEST] + "…"
    yield from (("各数" if not at else "", line) for at, line in enumerate(_operands(finding)))
    worded = needs_words(finding)
    if worded:
        yield "说明", finding.message
    if finding.supposition and not (worded and finding.supposition in finding.message):
        yield ("可能" if finding.verdict is Verdict.BROKEN else "存疑"), finding.supposition
    if finding.because:
        yield "判断", finding.because
    yield "规则", f"{ruled(finding)}，说明见 fusuan rules {finding.check}"


def _operands(finding: Finding) -> list[str]:
    """Each operand with its place, those of the stated figure's own sentence or row together."""
    near, far = list[str](), list[str]()
    for operand in operands_of(finding):
        where = nearness(operand.place, finding.place)
        near += [f"{operand.name} {operand.text}".strip()] if where else []
        far += [] if where else [operand.told(finding.place)]
    own = [f"{'、'.join(near)}（{nearness(finding.place, finding.place)}）"] if near else []
    listed = own + far
    return listed if len(listed) <= MANY else [*listed[:MANY], f"……共 {len(near) + len(far)} 个，全部见工作簿（-o 疑点.xlsx）"]


def nearness(place: Place, stated: Place) -> str:
    """Say that a figure stands in the same sentence or row as the one stated; empty where it does not."""
    if (place.table, place.page, place.sheet) != (stated.table, stated.page, stated.sheet):
        return ""
    if place.row is not None:
        return "同一行" if place.row == stated.row else ""
    return "同一段" if place.paragraph == stated.paragraph else ""


def excerpt(finding: Finding, most: int = QUOTED) -> str:
    """Return the quote on one line, of a long one what stands around the figure."""
    quote, said = " ".join(finding.quote.split()), " ".join(finding.stated.text.split())
    if len(quote) <= most:
        return quote
    start = max(0, min((quote.find(said) if said else 0) - most // 2, len(quote) - most))
    return ("…" if start else "") + quote[start:start + most] + ("…" if start + most < len(quote) else "")


def _hung(word: str, said: str, width: int) -> Iterator[str]:
    """Write a word and what belongs to it, further lines below its beginning."""
    room = width - len(INDENT) - 6
    for number, line in enumerate(wrapped(said, room) if room >= 10 else wrapped(f"{word}：{said}".lstrip("："), width - len(INDENT))):
        yield INDENT + ((f"{word}：" if word and not number else " " * 6) if room >= 10 else "") + line


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
