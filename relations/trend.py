"""文字与数字的方向：“比年初预算略有增加”“控制在预算范围内”“决算数等于预算数”，对照该项的两个数、完成率或增减额。

只认没有跟数字的增减（跟数字的由增减一类核对）；没有说明是哪一项的，取紧挨在前面的那一项；在别处的，按项目名称找；
找不到成对的数的不判；下年打算、应当、力争的不判。

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(*lines):
...     read = passage([Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines, 1)])
...     return [(s.stated.text, s.facts["direction"], [f.text for f in s.figures]) for s in find(read, Known())]
>>> found("公务接待费年初预算5万元，实际支出3万元。", "因此公务接待费比年初预算略有增加。")
[('比年初预算略有增加', '+', ['3万元', '5万元'])]
>>> found("会议费支出7.5万元，完成预算的92%，决算数小于预算数的主要原因是压减会议。")
[('决算数小于预算数', '-', ['92%'])]
>>> found("公务接待费实际支出3万元。", "公务接待费比年初预算略有增加。"), found("公务接待费比上年增加2万元。")
([], [])
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns import core, opposed
from fusuan.relations.compare.limits import limits
from fusuan.relations.compare.moves import moves
from fusuan.relations.compare.named import named
from fusuan.relations.compare.said import Known
from fusuan.relations.compare.sides import sides
from fusuan.relations.compare.told import Told, by_name, known_in, told
from fusuan.relations.compare.words import Claim, claims
from fusuan.relations.passages.mention import Passage

_MOST, _NEAR = 6, 40
_WORDS = 3
"""More letters than this between a semicolon and the words in question name something else: 减少1万元;未安排购置费,均与上年持平."""
_HAN = regex.compile(r"[\u4e00-\u9fff]")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}(?=\s?年)")


def find(passage: Passage, known: Known) -> Iterator[Statement]:
    """Yield what a passage says in words of how its figures compare."""
    yield from limits(passage, known)
    yield from moves(passage, known)
    yield from named(passage, known)
    yield from _against(passage)


def _against(passage: Passage) -> Iterator[Statement]:
    """Figures held against what is named beside them: a budget, the year before."""
    found = list(claims(passage.text))
    things = told(passage) if found else []
    names = by_name(things)
    starts = [it.first.start for it in things]
    for claim in found:
        if claim.subject:
            yield from _named(passage, names, claim)
        else:
            at = bisect_right(starts, claim.start)
            yield from _local(passage, things[max(0, at - _NEAR):at], claim)


def _named(passage: Passage, names: dict[str, list[list[Told]]], claim: Claim) -> Iterator[Statement]:
    """A direction said of a named thing, whose two amounts stand elsewhere."""
    name = known_in(claim.subject) or known_in(claim.clause)
    if name is None:
        return
    years = {int(year) for year in _YEAR.findall(claim.clause)}
    groups = [[it for it in group if not years or not it.first.year or it.first.year in years] for group in names.get(core(name), [])[:12]]
    readings = [reading for group in groups for reading in sides([m for it in group for m in it.said], claim)]
    yield from _statement(passage, claim, readings[:_MOST], name, guess=False)


def _local(passage: Passage, things: Sequence[Told], claim: Claim) -> Iterator[Statement]:
    """Words that name nothing speak of the thing right before them, in their paragraph or the one before."""
    line = passage.line(claim.start)
    items = [it for it in things if passage.line(it.first.start) == line]
    opens = not items and not passage.text[passage.lines[line][0]:claim.start - len(claim.clause)].strip()
    items = items or ([it for it in things if passage.line(it.first.start) == line - 1] if opens else [])
    if not items or opposed(claim.clause, items[-1].name):
        return
    last = items[-1].first
    _, parted, since = passage.text[items[-1].said[-1].end:claim.start - len(claim.clause)].rpartition(";")
    if parted and len(_HAN.findall(since)) > _WORDS:
        return
    same = [it for it in items if (it.first.sentence, it.first.matter) == (last.sentence, last.matter)]
    readings = [reading for it in dict.fromkeys((same[-1], same[0])) for reading in sides(it.said, claim)]
    several = sum(it.first.sentence == last.sentence for it in items) > 1
    yield from _statement(passage, claim, readings, same[-1].name, guess=several or opens)


def _statement(passage: Passage, claim: Claim, readings: Sequence[Reading], name: str, guess: bool) -> Iterator[Statement]:
    if readings:
        start, end = claim.span
        yield Statement("trend", "trend", passage.words(start, end, name), tuple(readings), passage.printed[start - len(claim.clause):end].strip(),
                        {"direction": claim.direction, "degree": claim.degree}, guess=guess, source="trend")
