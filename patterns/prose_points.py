"""文中百分点：两个比率之差（由…提高到…，较上年、比目标、比全省平均高低，超、低于序时进度）。

前一个比率印在括号里（较上年（76.24%）提高）、同句或前文的用该数；序时进度按文中的季度、月份计算。
两个比率不能确定的，不合不判不符。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for fs in s.readings[0].roles.values() for f in fs], s.guess) for s in find(Report(document))]
>>> found("入园率由61.30%提高到72.00%，提高10.70个百分点。")
[('10.70个百分点', ['72.00%', '61.30%'], False)]
>>> found("建档率92.5%，较上年（90.2%）提高2.3个百分点。")
[('2.3个百分点', ['92.5%', '90.2%'], False)]
>>> found("截至9月底，收入完成年初预算的73.3%，低于序时进度1.7个百分点。")
[('1.7个百分点', ['73.3%', '序时进度75.00%'], False)]
>>> found("税收占比64.7%，比上年提高1.4个百分点。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from fusuan.model import Figure, Statement, plain
from fusuan.patterns._changes import change, pair
from fusuan.patterns._prose import Prose, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns.names.likeness import alike, core

_QUARTERS = {"一季度": 25, "上半年": 50, "二季度": 50, "三季度": 75}
_QUARTER = regex.compile("|".join(_QUARTERS))
_MONTHS = regex.compile(r"(?:1\s?[-~—至]\s?|截[止至][^,。]{0,8}?)([0-9]{1,2})\s?月")
_SCHEDULE = regex.compile(r"序时|时间进度")
_ABOVE = regex.compile(r"(?P<what>[^,;。:\n()]{2,24}?)(?:同比)?(?:增幅|增速|增长率|涨幅|降幅)(?:比|较|高于|低于)[^,;。()]{2,20}"
                       r"(?:增幅|增速|增长率|涨幅|降幅|水平|平均)[^,;。()]{0,6}$")
_COMPARED = regex.compile(r"(?:比|较|与|高于|低于|超过|超出|超|目标值?|指标值?|上年|去年|同期)[^,;。()]{0,16}$")
# how far from the beginning of a paragraph, or from the rate, the period is looked for
_FAR = 400
_BELOW = regex.compile(r"(?:低于|落后于?|少于|不及)[^,;。()]*\($")
_LEVEL = ("rate", "completion", "share", "other", "growth")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for index, item in enumerate(prose.items):
            for said in item.of("points"):
                yield from _points(prose, index, said)


def _points(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    item = prose.items[index]
    earlier = _rates_before(prose, index, said)
    if _SCHEDULE.search(said.pre + said.gap):
        yield from _ahead(prose, said, [s for s in earlier if s.role in ("completion", "rate", "share") and s.text == said.text])
        return
    mine = {id(s) for s in item.said}
    own = [s for s in earlier if id(s) in mine]
    priors, levels = [s for s in own if s.role == "prior"], [s for s in own if s.role != "prior"]
    if (bracket := _bracketed(prose, index, said, earlier)) is not None:
        now, other = bracket
        below = said.falls or not said.pre.strip() and bool(_BELOW.search(other.gap))
        yield change(prose, replace(said, falls=below), item.name, [pair(s, other) for s in now], now[0], guess=False)
    elif priors and (now := _beside(earlier, priors[-1]) or levels):
        yield change(prose, said, item.name, [pair(now[-1], priors[-1])], now[-1], guess=False)
    elif len(earlier) >= 2:
        last = earlier[-1]
        readings = [pair(last, r) if r.name == last.name and last.role == "rate" else pair(r, last)
                    for r in earlier[-2:-9:-1] if r.role == "growth" or r.role == last.role]
        if readings:
            yield change(prose, said, item.name, readings, last, guess=True)


def _beside(earlier: Sequence[Said], prior: Said) -> list[Said]:
    """The rate compared with an earlier one: told right after 由R%, right before 较上年的R%."""
    here = [s for s in earlier if s.role != "prior" and s.text == prior.text]
    moved = regex.search(r"(?:由|从)[^,;。由从]{0,24}$", prior.pre)
    return [s for s in here if s.start > prior.start][:1] if moved else [s for s in here if s.start < prior.start][-1:]


def _rates_before(prose: Prose, index: int, said: Said) -> list[Said]:
    """The rates told before, those in brackets too, in the order printed."""
    near = [s for i in prose.items[max(0, index - 12):index + 3] for s in i.said if s.figure.dimension == "rate"]
    return sorted((s for s in near if (s.text, s.start) < (said.text, said.start)), key=lambda s: (s.text, s.start))


def _bracketed(prose: Prose, index: int, said: Said, earlier: Sequence[Said]) -> tuple[list[Said], Said] | None:
    """较上年(R%)提高, 高于目标值(≥R%), 甲增幅比全省平均增幅(R%)高: what it is compared with stands in a bracket right before.

    The first are the rates that may be compared with it: of 甲, where it is named, else the one before the bracket.
    """
    other = earlier[-1] if earlier else None
    if other is None or other.text != said.text or not said.gap.startswith(")") or other.figure.span[1] != said.start - len(said.gap):
        return None
    near = prose.items[max(0, index - 60):index + 3]
    words = regex.sub(r"\([^()]*$", "", prose.texts[said.text].folded[max(0, other.start - 80):other.start])
    if named := _ABOVE.search(words):
        like = [i for i in near[::-1] if alike(named["what"], i.name)]
        like.sort(key=lambda i: abs(len(core(i.name)) - len(core(named["what"]))))
        told = [s for i in like for s in i.of("growth") if s.text == said.text and s.start < other.start and s.figure.dimension == "rate"]
        return (told, other) if told else None
    before = [s for s in earlier[:-1] if s.text == said.text and s.role in _LEVEL]
    return (before[-1:], other) if before and _COMPARED.search(words) else None


def _ahead(prose: Prose, said: Said, levels: Sequence[Said]) -> Iterator[Statement]:
    """超、低于序时进度: ahead of the share of the year gone by, which the report tells by its quarter or month."""
    share, plainly = _gone(prose, said)
    if share is not None and levels:
        gone = replace(levels[-1].figure, text=f"序时进度{plain(round(share, 2))}%", value=share, decimals=2, name="序时进度",
                       span=said.figure.span)
        found = change(prose, said, "超序时进度", [pair(levels[-1], replace(levels[-1], figure=gone))], levels[-1],
                       guess=not plainly or levels[-1].role == "share")
        yield replace(found, label="rate")


def _gone(prose: Prose, said: Said) -> tuple[Decimal | None, bool]:
    """The share of the year gone by in percent, and whether the paragraph itself tells it and no other."""
    text = prose.texts[said.text].folded[:said.start]
    around = "".join(t.folded[:_FAR] for t in prose.texts[max(0, said.text - 3):said.text + 1])
    for words in (text[:_FAR] + "。" + text[_FAR:][-_FAR:], around):
        shares = [Decimal(_QUARTERS[name]) for name in _QUARTER.findall(words)]
        shares += [Decimal(m) * 100 / 12 for m in _MONTHS.findall(words) if 0 < int(m) <= 12]
        if shares:
            return shares[0], len(set(shares)) == 1
    return None, False


__all__ = ["Figure", "find"]
