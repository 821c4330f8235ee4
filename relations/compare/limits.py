"""Figures held against a figure that the words name with them: 低于10%的警戒线, 未超过核定的12辆, 突破5000万元大关, 达5127万元.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(line):
...     return [(s.stated.text, s.facts["direction"], s.certainty is None, [f.text for f in s.figures]) for s in limits(passage([Text.of(Paragraph(line, Place()))]), Known())]
>>> found("付息占支出的4.1%，低于10%的警戒线。"), found("年收入突破800万元大关，达812.6万元。")
([('低于10%', '-', True, ['4.1%', '10%'])], [('突破800万元', '+', True, ['812.6万元', '800万元'])])
>>> found("付息占支出的4.1%，低于10%的不得分。"), found("比率应不低于10%。"), found("办公费5万元，高于上年2万元。")
([], [], [])
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

import regex

from fusuan.model import Statement
from fusuan.relations.compare.said import Known, Pair, compared
from fusuan.relations.compare.words import WANTED, clause_before, one_of
from fusuan.relations.passages.mention import Mention, Passage

_WORDS = regex.compile(rf"(?:(?P<within>{one_of('stands', 'within')})|(?P<least>{one_of('stands', 'least')})|(?P<up>{one_of('stands', 'up')})"
                       rf"|(?P<down>{one_of('stands', 'down')})|(?P<about>约合|合计约|折合约))了?")
_DIRECTIONS = {"within": "≤", "least": "≥", "up": "+", "down": "-", "about": "="}
_NOUN = one_of("limit", "nouns")
_OF_LIMIT = regex.compile(rf"(?:{_NOUN})[\u4e00-\u9fff]?(?:为|的|之)?$|[的之]$")
_CLOSED = regex.compile(rf"\s?(?:[,;。)]|$|\n|大关|以下|(?P<within>以内|之内|内)|(?P<noun>[的之]?[\u4e00-\u9fff]{{0,6}}(?:{_NOUN})))")
_FAR = 24
_STOP = regex.compile(r"[,;。:、()\n]")
_JOINT = regex.compile(r"的?[)\]]{0,2}\s?[,(、]?\s?(?:但|虽|仍然?|均|都|也|已|且|并|远|大大|明显|略|稍|总体|严格|有效|数量|全年|首次|历史性|持续|大幅|即|合计|,)*$")
_REACHES = regex.compile(r"(?:大关|关口)?\s?[,、(]\s?(?:全年|实际|累计|共|已|为|达到?|合计|总计|共?计|即|实现|\s)*¥?$")
_NO_AMOUNT = frozenset(("", "points", "marks", "级", "类", "位", "期", "届", "轮", "点", "岁"))


def limits(passage: Passage, known: Known) -> Iterator[Statement]:
    """Yield what is held against a printed figure."""
    starts, held = [m.start for m in passage.mentions], dict[int, Mention]()
    for match in _WORDS.finditer(passage.text):
        at = bisect_left(starts, match.end())
        if at == len(starts) or starts[at] - match.end() > _FAR:
            continue
        limit = passage.mentions[at]
        of = passage.text[match.end():limit.start].strip(" ¥$").removesuffix("(")
        if _STOP.search(of) or of.endswith("等于") or limit.figure.unit == "成" or limit.dimension in _NO_AMOUNT or limit.role == "change" and of:
            continue
        if WANTED.search(clause_before(passage.text, match.start())) or WANTED.search(of) and not _OF_LIMIT.search(of):
            continue
        if limit.index:  # 高于60%, 低于70%: both are held against what was told before the first
            held[limit.index] = held.get(limit.index - 1, passage.mentions[limit.index - 1])
        if closed := _CLOSED.match(passage.text, limit.end):
            yield from _held(passage, known, match, limit, held.get(limit.index), of, bool(closed["noun"]) or bool(match["within"] and closed["within"]))


def _held(passage: Passage, known: Known, match: regex.Match[str], limit: Mention, last: Mention | None, of: str, noun: bool) -> Iterator[Statement]:
    direction = _DIRECTIONS[str(match.lastgroup)]
    span = match.start(), match.end() + len(of) if of else limit.end
    if not of and (after := _after(passage, limit)) is not None:
        yield compared(passage, known, span, [(after, limit)], direction, "bound", after.value >= limit.value / 2)
    elif match["about"] and (head := _head(passage, limit)) is not None:
        yield compared(passage, known, span, [(head, limit)], "=", "plain", sure=False)
    elif pairs := _before(passage, match.start(), limit, last):
        # 超过目标3%: by so much, or what the aim is; of the two only figures as large can be the latter
        near = limit.value / 2 <= pairs[0][0].value <= limit.value * 2
        level = noun or of.endswith(("的", "之")) or not of and limit.dimension == "rate"
        firm = level or near and (not of or bool(_OF_LIMIT.search(of)))
        if firm or near and limit.dimension == "rate" and limit.index not in known.explained:
            sure = firm and all(m.role != "growth" for m in pairs[0])
            yield compared(passage, known, span, pairs, direction, "bound", sure)


def _after(passage: Passage, limit: Mention) -> Mention | None:
    """The exact amount that is told right after a round one."""
    after = passage.mentions[limit.index + 1] if limit.index + 1 < len(passage.mentions) else None
    if after is None or after.dimension != limit.dimension or after.sentence != limit.sentence or after.role not in ("amount", "base", limit.role) \
            or not _REACHES.fullmatch(passage.text, limit.end, after.start):
        return None
    return after if 0.5 <= after.value / (limit.value or 1) <= 2 else None


def _before(passage: Passage, start: int, limit: Mention, last: Mention | None) -> list[Pair]:
    """The figure told right before the words; among parts, also the total that they are of."""
    if last is None or last.end > start or last.dimension != limit.dimension or last.sentence != limit.sentence or last.role == "change" \
            or last.direction < 0 or last.bare or not _JOINT.fullmatch(passage.text, passage.mentions[limit.index - 1].end, start):
        return []
    head = _head(passage, last)
    return [*([(head, limit)] if head is not None and last.among else []), (last, limit)]


def _head(passage: Passage, m: Mention) -> Mention | None:
    """The first figure of a sentence that counts what a later one counts."""
    return next((o for o in passage.mentions[max(0, m.index - 12):m.index] if o.sentence == m.sentence and o.like(m)), None)
