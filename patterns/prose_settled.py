"""文中决算收、支总计：总计 = 本年收入合计 + 年初结转和结余（+ 使用非财政拨款结余）= 本年支出合计 + 结余分配 + 年末结转和结余。

总计与各数可相隔几段，按名称和口径（全部资金、财政拨款）对应；各数俱全时才核对，只在相符或明显笔误时报告。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [[f.text for f in s.figures] for s in find(Report(document))]
>>> found("2022年度收、支总计386.47万元。", "本年收入合计301.15万元。", "本年支出合计297.84万元。", "年初结转和结余85.32万元，年末结转和结余88.63万元。")
[['386.47万元', '301.15万元', '85.32万元'], ['386.47万元', '297.84万元', '88.63万元']]
>>> found("财政拨款收、支总计386.47万元。", "本年收入合计301.15万元。", "年初结转和结余85.32万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._ledger import Entry
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report

_TOTAL = regex.compile(r"(?:收入?[、和及与/]?支出?|收入|支出)(?:决算)?总(?:计|额|量)(?:数|额)?(?:均|各)?(?:为|是|达|:)*$")
_GRANT = regex.compile(r"(?<!非)财政拨款|拨款收支")
_FUND = regex.compile(r"一般公共预算|政府性基金|国有资本经营")
_PAST = regex.compile(r"上年(?!结)|去年|[比较与]")
# the year's own amount, what is carried over, and what else there may be, by side
_YEARS = {
    "收": regex.compile(r"本年收入(?:合计|总计)?(?:为|:)*$|^收入合计(?:为|:)*$|年度收入合计(?:为|:)*$|(?<!预算)财政拨款收入(?:合计)?(?:为|:)*$"),
    "支": regex.compile(r"本年支出(?:合计|总计)?(?:为|:)*$|^支出合计(?:为|:)*$|年度支出合计(?:为|:)*$|(?<!预算)财政拨款支出(?:合计)?(?:为|:)*$")}
_CARRIED = {"收": regex.compile(r"(?:年初|上年)[^,;。]{0,8}结[转余]"), "支": regex.compile(r"(?:年末|年终|期末)[^,;。]{0,8}结[转余]|结转下年")}
_BESIDE = {"收": regex.compile(r"使用非财政拨款|使用专用结余|事业基金弥补"), "支": regex.compile(r"结余分配")}


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        lines = [e for e in _in_full(prose.ledger) if e.figure.dimension == "money" and e.said.role == "amount" and not _PAST.search(e.words)]
        for index, total in enumerate(lines):
            if not total.inner and (named_so := _TOTAL.search(total.phrase.strip())):
                for side in "收支":
                    if side in named_so.group():
                        yield from _made_up(prose, lines[max(0, index - 80):index + 80], total, side, _scope_of(lines, index))


def _in_full(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The amounts, those in brackets with the words before the bracket: 年初结转A(其中财政拨款结转B)."""
    outside = ""
    for entry in entries:
        outside = outside if entry.item.depth else entry.words
        yield replace(entry, words=outside + entry.words) if entry.item.depth else entry


def _made_up(prose: Prose, lines: Sequence[Entry], total: Entry, side: str, scope: str) -> Iterator[Statement]:
    """The total as the year's own amount, what was carried over, and what else there is."""
    near = [e for e in lines if abs(e.text - total.text) <= 24 and e.at != total.at]
    year, carried, beside = (_nearest(near, names[side], total, scope) for names in (_YEARS, _CARRIED, _BESIDE))
    parts = [year] if year is not None else _by_fund(near, total, scope) if side == "收" else []
    if not parts or carried is None:
        return
    parts += [e for e in (beside, carried) if e is not None]
    if any(e.inner and e.sentence == total.sentence for e in parts[:1]):
        # 收入总计A,其中本年收入B: a list as any other
        return
    reading = Reading({"parts": tuple(named(e.said, e.item.name) for e in parts)})
    ends = sorted((total, *parts), key=lambda e: e.at)
    yield Statement("parts", "sum", named(total.said, total.item.name), (reading,), prose.quote(ends[0].said, ends[-1].said), guess=True)


def _scope(words: str) -> str:
    """Which money an amount is of: all of it, or what the treasury granted (by fund)."""
    fund = _FUND.search(words)
    return fund.group() if fund else "财政拨款" if _GRANT.search(words) else ""


def _scope_of(lines: Sequence[Entry], index: int) -> str:
    """The scope of a total: its own, or that of the total before it in the sentence (财政拨款收入总计A,支出总计B)."""
    total = lines[index]
    ahead = next((e for e in reversed(lines[max(0, index - 4):index]) if e.sentence == total.sentence and _TOTAL.search(e.phrase.strip())), None)
    return _scope(total.phrase) or (_scope(ahead.phrase) if ahead is not None else "")


def _nearest(near: Sequence[Entry], pattern: regex.Pattern[str], total: Entry, scope: str) -> Entry | None:
    found = [e for e in near if pattern.search(e.words.strip()) and (_scope(e.words) == scope or scope and e.item.depth and e.sentence == total.sentence)]
    return min(found, key=lambda e: (abs(e.text - total.text), e.at < total.at), default=None)


def _by_fund(near: Sequence[Entry], total: Entry, scope: str) -> list[Entry]:
    """财政拨款收入 never named as one: 一般公共预算财政拨款收入A、政府性基金预算财政拨款收入B."""
    if scope != "财政拨款":
        return []
    found: dict[str, Entry] = {}
    for entry in near:
        fund = _FUND.search(entry.words)
        if fund and regex.search(r"财政拨款(?:收入)?$", entry.words.strip()) and abs(entry.text - total.text) <= 8:
            found.setdefault(fund.group(), entry)
    return list(found.values()) if "一般公共预算" in found else []
