"""What one sentence says of marks by itself: what was taken off, what comes to a hundred, a mark beside its full mark.

>>> def said(line):
...     return [(s.stated.text, s.label, [f.text for f in s.figures[1:]]) for s in told(sentences_in([Text.of(Paragraph(line, Place()))]))]
>>> said("项目库扣2分，公告扣1.5分，共扣3.5分，自评得分96.5分（总分100分）。")
[('3.5分', 'score_sum', ['2分', '1.5分']), ('96.5分', 'score_sum', ['100分', '3.5分'])]
>>> said("投入20分、过程25分、产出30分、效果25分，共100分。")
[('100分', 'weight_sum', ['20分', '25分', '30分', '25分'])]
>>> said("决策指标20分，得17.6分，得分率88%；过程指标40分，得30.5分，失分率23.75%，扣分率为5%。")[2:]
[('88%', 'rate', ['17.6分', '20分'])]
>>> said("满分10分，扣2分，得7分。"), said("编报不实扣2分，逾期扣1分，扣完为止。")
([('7分', 'score_sum', ['10分', '2分']), ('7分', 'score_cap', ['7分', '10分'])], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._report import Text
from fusuan.patterns.marks.words import Paragraph, Place, Points, Sentence, sentences_in

__all__ = ["Paragraph", "Place", "Text", "sentences_in", "told"]

_ALL_OF_THEM = regex.compile(r"[,;](?:共计?|合计|总计|累计|总分)扣?(?:分|减|除|为)?\s*$")
_RATE = regex.compile(r"\s?[),、]{0,2}\s?得分率(?:为|是|达到?|:)?\s?")
_SOME = regex.compile(r"等[,项]|主要")


def told(sentences: Sequence[Sentence]) -> Iterator[Statement]:
    for before, sentence in zip([None, *sentences], sentences, strict=False):
        if sentence.points:
            yield from _added(sentence, before)
            yield from _taken_off(sentence, before)
            yield from _capped(sentence)
            yield from _rated(sentence)


def _gap(sentence: Sentence, point: Points) -> str:
    return sentence.text.folded[max(0, point.figure.span[0] - 10):point.figure.span[0]]


def _listed(sentence: Sentence, before: Sentence | None) -> bool:
    """Tell whether losses are all told here, and as what happened: no rule, none in the sentence before."""
    near = before is not None and before.text is sentence.text
    return not sentence.of("rule", "other") and not (near and before is not None and before.of("lost"))


def _added(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """扣2分,扣1.5分,共扣3.5分; 投入20分、过程25分…共100分: all marks before it, of one kind."""
    for at, point in enumerate(sentence.points):
        parts = sentence.points[:at]
        if len(parts) < 2 or len({p.role for p in parts}) > 1 or not _ALL_OF_THEM.search(_gap(sentence, point)):
            continue
        role = parts[0].role
        listed = sentence.between(parts[0], sentence.points[-1])
        if role == point.role == "lost" and _listed(sentence, before) and not _SOME.search(listed):
            yield _sum(sentence, "score_sum", replace(point, name="共扣"), parts)
        elif role in ("earned", "full") and point.figure.value == 100 and len(parts) > 2 and not any(p.spoken for p in parts):
            yield _sum(sentence, "weight_sum", replace(point, name="分值合计"), parts)


def _taken_off(sentence: Sentence, before: Sentence | None) -> Iterator[Statement]:
    """满分10分,扣2分,得8分; 扣2分,扣1.5分,共扣3.5分,得分96.5分(总分100分): the full mark less what was lost."""
    lost, earned = sentence.of("lost"), [p for p in sentence.of("earned", "total") if p.figure.value != 100]
    if not lost or len({p.figure.value for p in earned}) != 1 or not _listed(sentence, before) or lost[-1].figure.span > earned[0].figure.span:
        return
    all_of_them = [p for p in lost if _ALL_OF_THEM.search(_gap(sentence, p))]
    full = [p for p in sentence.of("full") if p.figure.span < lost[0].figure.span]
    hundred = [p for s in (before, sentence) if s is not None and s.text is sentence.text for p in s.points if p.figure.value == 100]
    if len(full) == 1 == len(earned):
        yield _less(sentence, earned[0], full[0], lost)
    elif hundred and earned[0].role == "total" and (all_of_them or len(lost) > 1):
        # only what is said to be all that was taken off leaves no other loss
        yield replace(_less(sentence, replace(earned[0], name="总得分"), hundred[0], all_of_them or lost), guess=not all_of_them)


def _capped(sentence: Sentence) -> Iterator[Statement]:
    """A mark earned beside its own full mark is no larger."""
    for full in sentence.of("full"):
        own, other = ([p for p in sentence.of(role) if p.name == full.name] for role in ("earned", "full"))
        if len(own) == len(other) == 1 and own[0].figure != full.figure and abs(sentence.points.index(own[0]) - sentence.points.index(full)) <= 2:
            earned = replace(own[0].figure, name=own[0].name)
            yield Statement("formula", "score_cap", earned, (Reading({"operands": (earned, full.figure)}),),
                            sentence.said(sentence.points[0], sentence.points[-1]), {"expression": "#≤#"})


def _rated(sentence: Sentence) -> Iterator[Statement]:
    """A mark earned beside its own full mark, and what share of it that is: 决策指标20分,得17.6分,得分率88%."""
    for one, two in pairwise(sentence.points):
        if not (told := _RATE.match(sentence.text.folded, two.figure.span[1])):
            continue
        rate = next((f for f in sentence.text.figures if f.unit == "%" and f.span[0] == told.end()), None)
        by_role = {p.role: p for p in (one, two)}
        full, earned = by_role.get("full"), by_role.get("earned") or by_role.get("total")
        if rate is not None and full is not None and earned is not None and full.name == earned.name:
            reading = Reading({"numerator": (earned.figure,), "denominator": (full.figure,)})
            yield Statement("rate", "rate", replace(rate, name=f"{full.name}得分率"), (reading,), sentence.text.quote(one.figure.span[0], rate.span[1]))


def _sum(sentence: Sentence, label: str, stated: Points, parts: Sequence[Points]) -> Statement:
    ends = sorted([stated, *parts], key=lambda p: p.figure.span)
    return Statement("marks", label, replace(stated.figure, name=stated.name), (Reading({"parts": tuple(p.figure for p in parts)}),),
                     sentence.said(ends[0], ends[-1]))


def _less(sentence: Sentence, stated: Points, full: Points, lost: Sequence[Points]) -> Statement:
    reading = Reading({"parts": (full.figure,), "minus": tuple(p.figure for p in lost)})
    return replace(_sum(sentence, "score_sum", stated, [full, *lost]), kind="parts", readings=(reading,))
