"""The total mark with the marks of its groups, in one sentence or in those around it.

>>> def said(*lines):
...     texts = tuple(Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines, 1))
...     return [(s.total.text, [p.figure.text for p in s.parts], s.complete) for s in summaries(texts)]
>>> said("自评总得分95分，其中：决策得分18分（满分20分），过程得分19分（满分20分），产出得分38分（满分40分），效益得分20分（满分20分）。")
[('95分', ['18分', '19分', '38分', '20分'], True)]
>>> said("自评得分95.5分（投入10分、过程9分、产出43.5分、效果33分），等级为优。")
[('95.5分', ['10分', '9分', '43.5分', '33分'], True)]
>>> said("综合得分90分，其中产出指标48分、效益指标30分。"), said("满分100分，得分95分。")
([('90分', ['48分', '30分'], False)], [])
>>> said("自评98分，其中预算执行率9.5分、产出指标49分、效益指标30分、满意度指标9.5分。"), said("自评98分，其中产出指标49分、效益指标30分。")
([('98分', ['9.5分', '49分', '30分', '9.5分'], True)], [])
>>> said("执行率分值10分，得9.92分。产出50分、效益30分、满意度10分均得满分，总得分99.92分。")
[('99.92分', ['9.92分', '50分', '30分', '10分'], True)]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from fusuan.model import Figure
from fusuan.patterns._report import Text
from fusuan.patterns.marks.words import Paragraph, Place, Points, Sentence, sentences_in

__all__ = ["Paragraph", "Place", "Summary", "summaries"]

# the first levels of the usual frames: 财预〔2013〕53号, 财预〔2020〕10号 (project and self-evaluation)
_FRAMES = [[regex.compile(p) for p in frame] for frame in (
    ("投入|决策|目标", "过程|管理", "产出|履职|职责", "效果|效率|效益|满意"), ("投入|决策", "过程|管理", "产出[^、]*效[果率益]"),
    ("预算执行|资金执行|执行率", "产出", "效益|效果", "满意"), ("决策", "过程", "产出", "效益|效果", "满意"))]
_REACH = 8
"""How many sentences from the total those of its groups may stand."""
_LEAST = 60
"""A mark below this is no total that no word calls one."""
_OPENS = regex.compile(r"其中|具体|分别")
_OPEN_ENDED = regex.compile(r"等\s?(?:[,;。方几]|[0-9一二三四五六七八九]项)|主要")
_ADDED = regex.compile(r"[,;](?:合计|共计?|总计)得?(?:分|为)?\s*$")
_ALLOTTED = regex.compile(r"的?(?:权重|分值|满分|标准|制)")


@dataclass(frozen=True, slots=True)
class Summary:
    """A total with the marks of its groups; `complete`: the list says or shows that it leaves no group out; `lost`: what the same list says was taken off."""

    text: Text
    total: Figure
    parts: tuple[Points, ...]
    fulls: tuple[Points, ...]
    complete: bool
    quote: str
    lost: tuple[Points, ...] = ()


def summaries(texts: Sequence[Text]) -> Iterator[Summary]:
    """Yield each total with its groups: in its sentence; where none or not all of them are there (for the first) in the sentences around it that make up 100."""
    sentences, found = sentences_in(texts), 0
    for at, sentence in enumerate(sentences):
        if sentence.points and (total := _total(sentence)) is not None:
            summary = _within(sentences, at, total)
            if summary is None or not summary.complete:
                summary = (None if found else _around(sentences, at, total)) or summary
            if summary is not None:
                found += 1
                yield summary


def _total(sentence: Sentence) -> Points | None:
    """The one total of a sentence: what is called so, else the mark that the groups of a usual frame follow (自评98分,其中…)."""
    totals = [p for p in sentence.points if p.role == "total"]
    totals = [p for p in totals if p.figure.value != 100] or totals
    if totals:
        return totals[0] if len({p.figure.value for p in totals}) == 1 else None
    for point, after in zip(sentence.points, sentence.points[1:], strict=False):
        rest = sentence.points[sentence.points.index(after):]
        if point.role == "earned" and _LEAST <= point.figure.value <= 100 and all(p.role == "earned" and not p.aside for p in rest) \
                and _OPENS.match(sentence.between(point, after).lstrip(",;(: ")) and framed([p.name for p in rest]):
            return point
    return None


def _within(sentences: Sequence[Sentence], at: int, total: Points) -> Summary | None:
    """The groups in the sentence of a total, or in the one after it where words open a list."""
    own = sentences[at]
    points = list(own.points)
    if at + 1 < len(sentences) and (after := sentences[at + 1]).text is own.text and after.points \
            and _OPENS.search(own.between(points[-1], after.points[0])[-80:]):
        points += after.points
    told = [p for p in points if p.role == "earned" and p.name and p is not total]
    behind = [p for p in told if p.figure.span > total.figure.span]
    bracket = bool(behind) and own.text.folded[total.figure.span[1]:].lstrip().startswith("(") and behind[0].aside  # 自评得分95分(投入10分、…)
    parts = _groups(behind if bracket else [p for p in told if not p.aside])
    if len(parts) < 2 or total.figure.value == 100 and _ALLOTTED.match(own.text.folded, total.figure.span[1]):
        # 产出50分、效益30分,总分100分的权重: what may be earned, not what was
        return None
    fulls = tuple(p for p in points if p.role == "full")
    start, end = own.text.opens(points[0].figure.span[0]), points[-1].figure.span[1]
    added = _ADDED.search(own.text.folded[max(0, total.figure.span[0] - 6):total.figure.span[0]]) and parts[-1].figure.span < total.figure.span
    complete = not _OPEN_ENDED.search(own.text.folded[start:end + 2]) and bool(_whole(parts, fulls) or framed([p.name for p in parts]) or added)
    lost = tuple(p for p in points if p.role == "lost")
    return Summary(own.text, total.figure, tuple(parts), fulls, complete, own.text.paragraph.text[start:end].strip(), lost)


def _around(sentences: Sequence[Sentence], at: int, total: Points) -> Summary | None:
    """The groups of the sentences next to a total, where their full marks make up 100."""
    points = list(sentences[at].points)
    for step in (-1, 1):
        for sentence in sentences[at + step:(at + step * (_REACH + 1)) if at + step * (_REACH + 1) >= 0 else None:step]:
            if not sentence.points or any(p.role in ("total", "rule", "other") for p in sentence.points):
                break
            points = [*sentence.points, *points] if step < 0 else [*points, *sentence.points]
    parts = _groups([p for p in points if p.role == "earned" and p.name])
    fulls = tuple(p for p in points if p.role == "full")
    if total.figure.value == 100 or len(parts) < 2 or not _whole(parts, fulls):
        return None
    text = sentences[at].text
    return Summary(text, total.figure, tuple(parts), fulls, True, text.paragraph.text[:total.figure.span[1]].strip()[-120:])


def _groups(parts: Sequence[Points]) -> list[Points]:
    """Each name once: a group said twice is one group."""
    seen: dict[str, Points] = {}
    for part in parts:
        seen.setdefault(part.name, part)
    return list(seen.values())


def _whole(parts: Sequence[Points], fulls: Sequence[Points]) -> bool:
    named = {p.name: p.figure.value for p in fulls if p.name in {q.name for q in parts}}
    return len(named) == len(parts) and sum(named.values(), Decimal(0)) == 100


def framed(names: Sequence[str]) -> bool:
    """Tell whether the groups are all the first levels of a usual frame, one name for each."""
    return any(len(names) == len(frame) and all(any(map(p.search, names)) for p in frame) for frame in _FRAMES)
