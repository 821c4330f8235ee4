"""用成数、分数、倍数说的占比与增减：“占比超九成”“约四分之一”“增加一倍多”“降幅过半”“翻一番”，对照所说的两个数或比率。

取同一句里、话前面的两个同单位的数（占比：部分与总数；增减：本年与上年），或紧挨在前面的比率；总数、上年数在别处的，按名称、年份找，
只在相符时列出，不相符时不判；目标、力争的不判。

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(line):
...     return [(s.stated.text, s.facts["limit"], [f.text for f in s.figures]) for s in find(passage([Text.of(Paragraph(line, Place()))]), Known())]
>>> found("登记渡口35处，其中安装护栏33处，占比超九成。"), found("客运收入8.4万元，上年为4.1万元，翻了一番。")
([('超九成', '90', ['33处', '35处'])], [('翻了一番', '100', ['8.4万元', '4.1万元'])])
>>> found("女职工占33.4%，约三分之一。"), found("接待费9.2万元，比上年的20.6万元下降55.3%，降幅过半。")
([('约三分之一', '33.33', ['33.4%'])], [('过半', '50', ['55.3%'])])
>>> found("老年人占比超九成。"), found("支出增长9%。"), found("力争客运收入翻一番。")
([], [], [])
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import regex

from fusuan.model import Reading, Statement
from fusuan.relations._pool import reached
from fusuan.relations.compare.fractions import Fraction, fractions
from fusuan.relations.compare.said import Known, Roles, quoted
from fusuan.relations.compare.told import words
from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import Mention, Passage, likeness, pairs

_FAR, _MOST = 60, 3
_JOINT = regex.compile(r"的?[)\]]{0,2}\s?[,(、]?\s?(?:即|也就是|仍然?|均|都|也|已|且|并|略|占比|占|比重|比例|达到?|为|约|降幅|增幅|减幅|涨幅|同比|,)*$")
_TOGETHER = regex.compile(r"连同|加上|合计|两者|上述|以上|[二两三四五]项|共")
_ENDS = regex.compile(r"[。!?\n;]")
_YEAR = regex.compile(r"(?:比|较|与)\s?((?:19|20)[0-9]{2})\s?年")


class Way(NamedTuple):
    """How a fraction may be meant: figures in roles, and whether it is sure that these are."""

    roles: Roles
    mentions: tuple[Mention, ...]
    sure: bool = False


def find(passage: Passage, known: Known) -> Iterator[Statement]:
    """Yield what a passage says in tenths, fractions and multiples, with the figures it is said of."""
    starts = [m.start for m in passage.mentions]
    for said in fractions(passage.text):
        at = bisect_left(starts, said.span[0])
        ways = list(_ways(passage, known, said, passage.mentions[max(0, at - _FAR):at]))
        own = next((m.index for m in passage.mentions[at:at + 1] if m.start < said.span[1]), -1)
        learned = (known.changes if said.measure in ("growth", "fall") else known.rates).get(own)
        ways = [w for w in ways if w.sure] or [*([Way(learned, ())] if learned else []), *ways[:_MOST]]
        if ways:
            yield Statement("bound", "trend", passage.words(*_span(said)), tuple(Reading(w.roles) for w in ways), quoted(passage, said.span, ways[0].mentions),
                            {"limit": str(said.limit), "bound": said.bound, "measure": said.measure or "share"},
                            source="bound", certainty=None if ways[0].sure else 0.0)


def _span(said: Fraction) -> tuple[int, int]:
    """Where the words stand, with the year that they compare with."""
    year = _YEAR.search(said.head)
    return said.span[0] - (len(said.head) - year.start() if year else 0), said.span[1]


def _ways(passage: Passage, known: Known, said: Fraction, before: list[Mention]) -> Iterator[Way]:
    """What may be meant, the surest first: a rate told just before, the amounts of the sentence, those found by name or year."""
    if not before:
        return
    last = before[-1]
    number = _sentence(passage, said, last)
    if last.dimension == "rate" and last.sentence == number[0] and _JOINT.fullmatch(passage.text, last.end, said.span[0]):
        yield from _of_rate(known, said, last)
        return
    own = [m for m in before if (m.sentence, m.matter) == number and m.role in ("amount", "prior", "base") and not m.figure.sign and _counts(m)]
    if said.measure in ("growth", "fall"):
        yield from _grown(said, own, before)
    elif said.measure == "share" or own:
        yield from _shared(passage, known, said, own, before)


def _sentence(passage: Passage, said: Fraction, last: Mention) -> tuple[int, int]:
    """Which sentence, and which part of it between semicolons, words stand in: that of the figure before them, or none that has one."""
    return (-1, -1) if _ENDS.search(passage.text, last.end, said.span[0]) else (last.sentence, last.matter)


def _counts(m: Mention) -> bool:
    return m.dimension not in ("rate", "points", "marks", "") and m.value > 0


def _of_rate(known: Known, said: Fraction, rate: Mention) -> Iterator[Way]:
    grows = said.measure in ("growth", "fall")
    if grows != (rate.role == "growth") or grows and rate.direction * (1 if said.measure == "growth" else -1) < 0:
        return
    found = (known.changes if grows else known.rates).get(rate.index)
    yield from (Way(roles, (rate,), sure=True) for roles in ([found] if found else []) + [{"rate": (rate.figure,)}])


def _grown(said: Fraction, own: list[Mention], before: list[Mention]) -> Iterator[Way]:
    """Two amounts of which one is the earlier: the only two of the sentence, or one found by its year or its name."""
    then = [m for m in own if m.earlier]
    now = [m for m in own if m not in then]
    if len(then) == 1 and now and now[-1].like(then[0]):
        yield _pair(now[-1], then[0], sure=len(own) == 2)
        return
    if len(own) == 2 and reached(own[1], own[0]) and own[0].like(own[1]):
        yield _pair(own[1], own[0], sure=True)
        return
    year = _YEAR.search(said.head)
    later, earlier = now[-1:] or _namesakes(then[-1:], before), then[-1:] or _namesakes(now[-1:], before)
    for m in later:
        for o in earlier:
            if m.like(o) and (o.year == int(year[1]) if year else o.last_year or o.role == "prior") and not m.last_year:
                yield _pair(m, o)


def _namesakes(of: list[Mention], before: list[Mention]) -> list[Mention]:
    """The amounts told before that go by the words an amount goes by, the nearest first."""
    own = _pairs(of[0]) if of else frozenset[str]()
    return [m for m in reversed(before) if m not in of and m.role in ("amount", "prior") and _counts(m) and likeness(_pairs(m), own) >= 0.6]


def _pairs(m: Mention) -> frozenset[str]:
    return pairs(cues.EMPTY.sub("", words(m))) or pairs(words(m))


def _pair(now: Mention, then: Mention, sure: bool = False) -> Way:
    return Way({"now": (now.figure,), "before": (then.figure,)}, (now, then), sure)


def _shared(passage: Passage, known: Known, said: Fraction, own: list[Mention], before: list[Mention]) -> Iterator[Way]:
    """A part and its whole: the base within the words, the only two amounts of the sentence, or a whole found by its name."""
    within = [m for m in own if m.start >= said.span[0] - len(said.head)]
    if within:
        whole = within[-1]
        yield from (_part(m, whole, sure=m.index == whole.index - 1 and not _TOGETHER.search(said.head)) for m in own[::-1]
                    if m is not whole and m.like(whole) and m.role == "amount" and not cues.COMPARE.search(words(m)))
        return
    if len(own) == 2 and own[0].like(own[1]) and own[1].value <= own[0].value and own[0].role == own[1].role == "amount" and said.measure == "share":
        yield _part(own[1], own[0], sure=not said.of or likeness(pairs(said.of), own[0].pairs) >= 0.5)
        return
    part = _named(said.head, own) if said.measure != "share" else next(iter(own[::-1]), None)
    if part is not None and not said.measure and part.index in known.totals:
        yield _part(part, known.totals[part.index], sure=True)
    elif part is not None:
        yield from (_part(part, m) for m in _wholes(passage, said, part, before) if m is not part and m.like(part) and m.value > part.value)


def _named(head: str, own: list[Mention]) -> Mention | None:
    """The part that the words name: 企业捐款逾七成."""
    return next((m for m in reversed(own) if m.own_name and likeness(pairs(cues.EMPTY.sub("", head)), m.pairs) >= 0.99), None)


def _wholes(passage: Passage, said: Fraction, part: Mention, before: list[Mention]) -> Iterator[Mention]:
    """What a part may be of: what bears the name told, what its list is opened by, what heads the text."""
    if len(said.of) > 1:
        yield from (m for m in reversed(before) if _counts(m) and likeness(pairs(said.of), m.pairs) >= 0.7)
    opened = next((m for m in reversed(before) if m.index <= part.index and m.opens == "其中"), None)
    if opened is not None and opened.index:
        yield passage.mentions[opened.index - 1]
    if not said.of or len(said.of) < 2:
        yield from (m for m in before if m.heads)


def _part(part: Mention, whole: Mention, sure: bool = False) -> Way:
    return Way({"numerator": (part.figure,), "denominator": (whole.figure,)}, (part, whole), sure)
