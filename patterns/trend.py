"""文字与数字的方向：“比年初预算略有增加”“控制在预算范围内”“决算数等于预算数”，对照该项的两个数、完成率或增减额。

只认没有跟数字的增减（跟数字的由增减一类核对）；没有说明是哪一项的，取紧挨在前面的那一项；在别处的，按项目名称找；
找不到成对的数的不判；下年打算、应当、力争的不判。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, s.facts["direction"], [f.text for f in s.figures]) for s in find(Report(document))]
>>> found("公务接待费年初预算5万元，实际支出3万元。", "因此公务接待费比年初预算略有增加。")
[('比年初预算略有增加', '+', ['3万元', '5万元'])]
>>> found("会议费支出7.5万元，完成预算的92%，决算数小于预算数的主要原因是压减会议。")
[('决算数小于预算数', '-', ['92%'])]
>>> found("公务接待费实际支出3万元。", "公务接待费比年初预算略有增加。"), found("公务接待费比上年增加2万元。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement, Words
from fusuan.patterns._items import Item
from fusuan.patterns._prose import Prose, prose_of
from fusuan.patterns._report import Report, Text
from fusuan.patterns._trend_sides import sides
from fusuan.patterns._trend_words import Claim, claims
from fusuan.patterns.names.likeness import core, opposed
from fusuan.patterns.names.names import canonical, figure_name

_MOST = 6
Named = dict[str, list[list[Item]]]


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        by_name = _by_name(prose)
        by_text: dict[int, list[Item]] = {}
        for item in prose.items:
            by_text.setdefault(item.text, []).append(item)
        for index, text in enumerate(prose.texts):
            for claim in claims(text.folded):
                if claim.subject:
                    yield from _named(by_name, text, claim)
                else:
                    yield from _local(by_text, index, text, claim)


def _by_name(prose: Prose) -> Named:
    """By what makes their name itself: the items, those of one paragraph together."""
    found: dict[str, dict[int, list[Item]]] = {}
    for item in prose.items:
        if name := core(_known(item.name) or item.name):
            found.setdefault(name, {}).setdefault(item.text, []).append(item)
    return {name: list(texts.values()) for name, texts in found.items()}


_FUND = regex.compile(r"(?:一般公共预算)?(?:当年)?财政拨款(?:安排)?的?")


def _known(name: str) -> str | None:
    """The known thing a name ends in, whichever fund pays for it and whoever spends it."""
    bare = _FUND.sub("", name)
    return canonical(bare) or canonical(figure_name(bare))


def _named(by_name: Named, text: Text, claim: Claim) -> Iterator[Statement]:
    """A direction said of a named item, whose two amounts stand elsewhere."""
    known = _known(claim.subject) or _known(claim.clause)
    if known is None:
        return
    years = regex.findall(r"(?:19|20)[0-9]{2}(?=\s?年)", claim.clause)
    groups = [[i for i in group if not years or not i.year or i.year in years] for group in by_name.get(core(known), [])[:12]]
    readings = [reading for group in groups for reading in sides(group, claim)]
    yield from _statement(text, claim, readings[:_MOST], known, guess=False)


def _local(by_text: dict[int, list[Item]], index: int, text: Text, claim: Claim) -> Iterator[Statement]:
    """Words that name nothing speak of the item right before them, in their paragraph or the one before."""
    items = [i for i in by_text.get(index, []) if i.said[0].start < claim.start]
    opens = not items and not text.folded[:claim.start - len(claim.clause)].strip(" \t")
    items = items or (by_text.get(index - 1, []) if opens else [])
    if not items or opposed(claim.clause, items[-1].name):
        return
    same = [i for i in items if i.sentence == items[-1].sentence]
    told = [i for i in (same[-1], same[0]) if sides([i], claim)]
    readings = [reading for item in dict.fromkeys(told) for reading in sides([item], claim)]
    yield from _statement(text, claim, readings, same[-1].name, guess=len(same) > 1 or opens)


def _statement(text: Text, claim: Claim, readings: Sequence[Reading], name: str, guess: bool) -> Iterator[Statement]:
    if not readings:
        return
    start, end = claim.span
    words = Words(text.paragraph.text[start:end], text.paragraph.place, claim.span, name)
    quote = text.paragraph.text[start - len(claim.clause):end].strip()
    yield Statement("trend", "trend", words, tuple(readings), quote, {"direction": claim.direction, "degree": claim.degree}, guess=guess)
