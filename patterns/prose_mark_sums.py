"""文中得分的加减：自评98分，其中…9.5分、…49分；各扣2分、1.5分，共扣3.5分，得分96.5分；六项满分55分，得43分。

总分在前、各类在后的，四类俱全（预算执行、产出、效益、满意度等）或加得上才核对；“均得满分”按其满分计入；
扣分只在写明“共扣”或总分时核对，满分以文中写明的100分为准。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, s.label, [f.text for f in s.figures[1:]]) for s in find(Report(document))]
>>> found("项目库扣2分，公告扣1.5分，共扣3.5分，自评得分96.5分（总分100分）。")
[('3.5分', 'score_sum', ['2分', '1.5分']), ('96.5分', 'score_sum', ['100分', '3.5分'])]
>>> found("投入20分、过程25分、产出30分、效果25分，共100分。")
[('100分', 'weight_sum', ['20分', '25分', '30分', '25分'])]
>>> found("自评98分，其中预算执行率9.5分、产出指标49分、效益指标30分、满意度指标9.5分。")
[('98分', 'score_sum', ['9.5分', '49分', '30分', '9.5分'])]
>>> found("编报不实扣2分，逾期扣1分，扣完为止。"), found("自评98分，其中产出指标49分、效益指标30分。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._marks_summary import framed
from fusuan.patterns._marks_words import Points, points_in
from fusuan.patterns._report import Report, Text

_COUNTS = {word: n for n, word in enumerate("一二三四五六七八九十", 1)}
_FULL_MARKS = regex.compile(r"(?:均|都|全部)(?:得|为|获)?(?:了)?满分")


def find(report: Report) -> Iterator[Statement]:
    for text in report.texts:
        if sum(f.unit == "分" for f in text.figures) < 2:
            continue
        points = points_in(text)
        said = [list(group) for _, group in groupby(points, key=lambda p: p.sentence)]
        for number, sentence in enumerate(said):
            if len(sentence) <= 40:
                yield from _lost(text, sentence, said[number - 1] if number else [])
                yield from _weights(text, sentence)
                yield from _headed_total(text, sentence)
                yield from _all_full(text, sentence, said[number - 1] if number else [])
                yield from _several(text, sentence, said[number - 1] if number else [])


def _marks(text: Text, label: str, stated: Figure, parts: Sequence[Figure], name: str) -> Statement:
    first = min([stated, *parts], key=lambda f: f.span)
    last = max([stated, *parts], key=lambda f: f.span)
    head = max((text.folded.rfind(stop, 0, first.span[0]) for stop in "。;!\n"), default=-1) + 1
    return Statement("marks", label, replace(stated, name=name), (Reading({"parts": tuple(parts)}),),
                     text.paragraph.text[head:last.span[1]].strip())


def _gap(text: Text, figure: Figure, length: int = 10) -> str:
    return text.folded[max(0, figure.span[0] - length):figure.span[0]]


def _lost(text: Text, sentence: Sequence[Points], before: Sequence[Points]) -> Iterator[Statement]:
    """扣2分,扣1.5分,共扣3.5分,得分96.5分: the losses add up, and the mark is the full mark less them."""
    if any(p.role in ("rule", "other") for p in sentence) or any(p.role == "lost" for p in before):
        return
    losses = [p.figure for p in sentence if p.role == "lost"]
    sums = [f for f in losses if regex.search(r"(?:共|合计|总计|累计)扣(?:分|减|除)?\s*$", _gap(text, f))]
    single = [f for f in losses if f not in sums]
    listed = text.folded[sentence[0].figure.span[0]:sentence[-1].figure.span[1]]
    if len(sums) == 1 and len(single) >= 2 and single[-1].span < sums[0].span and not regex.search(r"等[,项]|主要", listed):
        yield _marks(text, "score_sum", sums[0], single, "共扣")
    full = [p.figure for p in [*before, *sentence] if p.figure.value == 100]
    totals = {p.figure.value: p.figure for p in sentence if p.role == "total" and p.figure.value != 100}
    gone = sums or single
    if len(full) >= 1 and len(totals) == 1 and gone and (sums or len(single) >= 2) and not any(p.role == "earned" for p in sentence):
        total = next(iter(totals.values()))
        if gone[-1].span < total.span:
            statement = _marks(text, "score_sum", total, [*full[:1], *gone], "总得分")
            # only what is said to be all that was taken off leaves no other loss
            yield replace(statement, kind="parts", guess=not sums, readings=(Reading({"parts": tuple(full[:1]), "minus": tuple(gone)}),))


def _weights(text: Text, sentence: Sequence[Points]) -> Iterator[Statement]:
    """投入20分、过程25分…共100分: full marks of the groups, said to come to 100."""
    for at, point in enumerate(sentence):
        parts = [p for p in sentence[:at] if p.role in ("earned", "full")]
        if point.figure.value == 100 and len(parts) >= 3 and len(parts) == at and not any(p.spoken for p in parts) \
                and regex.search(r"[,;](?:共|合计|总计|共计|总分)(?:为)?\s*$", _gap(text, point.figure)) and len({p.role for p in parts}) == 1:
            yield _marks(text, "weight_sum", point.figure, [p.figure for p in parts], "分值合计")


def _headed_total(text: Text, sentence: Sequence[Points]) -> Iterator[Statement]:
    """自评98分,其中…: a total that no word calls one, over the groups of a usual frame."""
    for at, point in enumerate(sentence):
        after = sentence[at + 1:]
        if point.role != "earned" or not 3 <= len(after) <= 6 or not 60 <= point.figure.value <= 100 or any(p.role != "earned" or p.aside for p in after):
            continue
        gap = text.folded[point.figure.span[1]:after[0].figure.span[0]]
        if regex.match(r"[,;(:]\s?(?:其中|具体|分别)", gap) and regex.search(r"自评|评价|得分", _gap(text, point.figure)) and framed([p.name for p in after]):
            yield _marks(text, "score_sum", point.figure, [p.figure for p in after], "总得分")
            return


def _all_full(text: Text, sentence: Sequence[Points], before: Sequence[Points]) -> Iterator[Statement]:
    """执行率得9.92分。产出50分、效益30分、满意度10分均得满分,总得分99.92分: full marks earned in full."""
    totals = [p for p in sentence if p.role == "total"]
    word = _FULL_MARKS.search(text.folded, pos=sentence[0].figure.span[0], endpos=totals[0].figure.span[0]) if len(totals) == 1 else None
    if word is None:
        return
    whole = [p.figure for p in sentence if p.figure.span < totals[0].figure.span]
    if whole[-1:] and word.start() - whole[-1].span[1] > 2:
        return
    own = [p.figure for p in before if p.role == "earned"]
    fulls = [p.figure for p in before if p.role == "full"]
    if len(own) == len(fulls) and sum((f.value for f in [*fulls, *whole]), Decimal(0)) == 100:
        yield _marks(text, "score_sum", totals[0].figure, [*own, *whole], "总得分")


def _several(text: Text, sentence: Sequence[Points], before: Sequence[Points]) -> Iterator[Statement]:
    """绩效目标(10分)得10分;…。六项满分55分,得43分: the items of the sentence before, so many as are counted."""
    if len(sentence) != 2 or [p.role for p in sentence] != ["full", "earned"]:
        return
    word = regex.search(r"(?:上述|以上|其他|其余|这)?(?P<n>[一二三四五六七八九十])项(?:指标)?(?:合计|共|总)?(?:满分|分值)(?:共|为|合计)*\s*$", _gap(text, sentence[0].figure, 16))
    fulls = [p.figure for p in before if p.role == "full"]
    earned = [p.figure for p in before if p.role == "earned"]
    if word and len(fulls) == len(earned) == _COUNTS[word["n"]] == len(before) // 2:
        yield _marks(text, "weight_sum", sentence[0].figure, fulls, "满分合计")
        yield _marks(text, "score_sum", sentence[1].figure, earned, "得分合计")
