"""Figures held against another that the words only name: 数量超过公立医院, 未完成计划, 收不抵支, 与上年持平（2013年：8万元）.

Nothing but the name says which figures are meant: these are told only where they agree, save for the one in brackets right behind the words.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(line):
...     read = passage([Text.of(Paragraph(line, Place()))])
...     return [(s.stated.text, s.facts["direction"], s.certainty is None, [f.text for f in s.figures]) for s in named(read, Known())]
>>> found("镇办养老院5家，民办养老院8家，数量超过镇办养老院。"), found("本年收入18.2万元，支出20.6万元，收不抵支。")
([('超过镇办养老院', '+', False, ['8家', '5家'])], [('收不抵支', '-', False, ['18.2万元', '20.6万元'])])
>>> found("出国费3.5万元，与上年持平（2013年：3.5万元）。"), found("计划修路12公里，实际修路9公里，未完成计划。")
([('与上年持平', '=', True, ['3.5万元', '3.5万元'])], [('未完成计划', '-', False, ['9公里', '12公里'])])
>>> found("护栏5处，超过预期。")
[]
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import regex

from fusuan.model import Statement
from fusuan.relations.compare.said import Known, compared
from fusuan.relations.compare.told import words
from fusuan.relations.compare.words import CUES, MOVED, WANTED, clause_before, one_of
from fusuan.relations.passages.mention import Mention, Passage

_FAR = 60
_NAMED = regex.compile(rf"(?<!不)(?:(?P<within>{one_of('stands', 'within')})|(?P<up>超过|高于|大于|多于)|(?P<down>低于|少于|小于))(?P<of>[\u4e00-\u9fff]{{2,10}})(?=[,;。)]|$)")
_TASK = regex.compile(r"(?:(?P<short>未能?完成)|(?P<met>超额完成))(?:了)?(?:年度|全年|预期|既定|原定)?(?:目标|计划|任务)+")
_PURSE = regex.compile("|".join(rf"(?P<p{n}>{'|'.join(purse['words'])})" for n, purse in enumerate(CUES["purse"])))
_BRACKET = regex.compile(r"\s?[(](?:(?:19|20)[0-9]{2}\s?年度?|上年|去年|同期|上年同期)(?:[^,;。()0-9]{0,6})[:为]?\s?$")
_PLAN, _DONE = regex.compile(r"计划|目标|任务|预期"), regex.compile(r"实际|完成|实现")
_INCOME, _SPENT = regex.compile(r"收入|岁入|进账"), regex.compile(r"支出|岁出|开支")
_ASIDE = regex.compile(r"其中|上年|去年|预算|人均|结转|其他|基本|项目")


def named(passage: Passage, known: Known) -> Iterator[Statement]:
    """Yield what is held against something named elsewhere."""
    starts = [m.start for m in passage.mentions]
    for pattern, sides in ((_NAMED, _limit), (_TASK, _task), (_PURSE, _purse)):
        for match in pattern.finditer(passage.text):
            at = bisect_left(starts, match.start())
            before = passage.mentions[max(0, at - _FAR):at]
            if before and not WANTED.search(clause_before(passage.text, match.start())) and (found := sides(match, before)) is not None:
                now, other, direction = found
                yield compared(passage, known, match.span(), [(now, other)], direction, "bound", sure=False)
    yield from _bracketed(passage, known, starts)


Sides = tuple[Mention, Mention, str]


def _like(before: list[Mention], other: Mention | None) -> Mention | None:
    """The figure nearest before that counts what another counts, in its sentence."""
    return other and next((m for m in reversed(before) if m is not other and m.like(other) and m.sentence == other.sentence and m.role == "amount"), None)


def _limit(match: regex.Match[str], before: list[Mention]) -> Sides | None:
    other = next((m for m in reversed(before) if m.sentence == before[-1].sentence and match["of"] in words(m)), None)
    now = _like(before, other)
    return (now, other, "≤" if match["within"] else "+" if match["up"] else "-") if now and other and now.index > other.index else None


def _task(match: regex.Match[str], before: list[Mention]) -> Sides | None:
    plan = next((m for m in reversed(before) if m.sentence == before[-1].sentence and _PLAN.search(words(m)) and m.dimension != "rate"), None)
    done = _like([m for m in before if _DONE.search(words(m))], plan)
    return (done, plan, "-" if match["short"] else "+") if done and plan else None


def _purse(match: regex.Match[str], before: list[Mention]) -> Sides | None:
    """The last income and the last spending told before, none of them part of a list."""
    income, spent = (next((m for m in reversed(before) if m.dimension == "money" and side.search(words(m)) and not _ASIDE.search(words(m))
                           and m.role == "amount" and not m.item and not m.among), None) for side in (_INCOME, _SPENT))
    if income is not None and income.figure.sign:  # 突破800万元, 达812万元
        income = next((m for m in before if m.index == income.index + 1 and m.like(income) and m.sentence == income.sentence), None)
    if income is None or spent is None or income is spent or income.figure.sign or spent.figure.sign:
        return None
    return income, spent, CUES["purse"][int(str(match.lastgroup)[1:])]["direction"]


def _bracketed(passage: Passage, known: Known, starts: list[int]) -> Iterator[Statement]:
    for match in MOVED.finditer(passage.text):
        at = bisect_left(starts, match.end())
        if 0 < at < len(starts) and starts[at] - match.end() < 20 and _BRACKET.fullmatch(passage.text, match.end(), starts[at]):
            now, then = passage.mentions[at - 1], passage.mentions[at]
            if now.like(then) and now.sentence == then.sentence and not regex.search(r"[;。]", passage.text[now.end:match.start()]):
                yield compared(passage, known, match.span(), [(now, then)], "+" if match["up"] else "-" if match["down"] else "=", "plain", sure=True)
