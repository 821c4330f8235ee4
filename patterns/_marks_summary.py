"""The sentence that gives the total mark and the marks of the groups, and the sections it speaks of.

>>> def said(*lines):
...     texts = tuple(Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines, 1))
...     return [(s.total.text, [p.figure.text for p in s.parts], s.complete) for s in summaries(texts)]
>>> said("自评总得分95分，其中：决策得分18分（满分20分），过程得分19分（满分20分），产出得分38分（满分40分），效益得分20分（满分20分）。")
[('95分', ['18分', '19分', '38分', '20分'], True)]
>>> said("综合得分90分，其中产出指标48分、效益指标30分。"), said("满分100分，得分95分。")
([('90分', ['48分', '30分'], False)], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from fusuan.model import Figure
from fusuan.patterns._marks import Heading
from fusuan.patterns._marks_words import Paragraph, Place, Points, core_of, points_in
from fusuan.patterns._report import Text

__all__ = ["Paragraph", "Place", "Summary", "framed", "section_of", "summaries"]

# the first levels of the usual frames: 财预〔2013〕53号, 财预〔2020〕10号 (project and self-evaluation)
_FRAMES = [[regex.compile(p) for p in frame] for frame in (
    ("投入|决策|目标", "过程|管理", "产出|履职|职责", "效果|效率|效益|满意"), ("投入|决策", "过程|管理", "产出[^、]*效[果率益]"),
    ("预算执行|资金执行|执行率", "产出", "效益|效果", "满意"), ("决策", "过程", "产出", "效益|效果", "满意"))]


REACH = 8
"""How many lines from the total the lines of its groups may stand."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A total with the marks of its groups; `complete`: the list says or shows that it leaves no group out."""

    text: Text
    total: Figure
    parts: tuple[Points, ...]
    fulls: tuple[Points, ...]
    complete: bool
    quote: str


def summaries(texts: Sequence[Text]) -> Iterator[Summary]:
    """Yield each total with its groups: in one sentence, else in the sentences or lines around it that make up 100."""
    found = 0
    for index, text in enumerate(texts):
        points = points_in(text)
        if not any(p.role == "total" for p in points):
            continue
        for summary in _within(text, points):
            found += 1
            yield summary
        if not found and (around := _around(texts, index, points)):
            found += 1
            yield around


def _around(texts: Sequence[Text], index: int, own: Sequence[Points]) -> Summary | None:
    """The groups of the lines next to a total, where their full marks make up 100."""
    totals = {p.figure.value: p.figure for p in own if p.role == "total" and p.figure.value != 100}
    if len(totals) != 1:
        return None
    points = list(own)
    for step in (-1, 1):
        at = index + step
        while 0 <= at < len(texts) and abs(at - index) <= REACH and (more := points_in(texts[at])) \
                and not any(p.role in ("total", "rule", "other") for p in more):
            points = [*more, *points] if step < 0 else [*points, *more]
            at += step
    parts = _groups([p for p in points if p.role == "earned" and p.name])
    fulls = tuple(p for p in points if p.role == "full")
    if len(parts) < 2 or not _whole(parts, fulls):
        return None
    total = next(iter(totals.values()))
    quote = texts[index].paragraph.text[:total.span[1]].strip()[-120:]
    return Summary(texts[index], total, tuple(parts), fulls, True, quote)


def _within(text: Text, points: Sequence[Points]) -> Iterator[Summary]:
    if len(text.figures) > 2:
        by_sentence: dict[int, list[Points]] = {}
        for point in points:
            by_sentence.setdefault(point.sentence, []).append(point)
        for number in sorted({p.sentence for p in points if p.role == "total"}):
            near, after = by_sentence[number], by_sentence.get(number + 1, [])
            between = text.folded[near[-1].figure.span[1]:after[0].figure.span[0]] if after else ""
            if regex.search(r"其中|具体|分别", between[-80:]):
                near = near + after
            if summary := _summary(text, near):
                yield summary


def _summary(text: Text, points: Sequence[Points]) -> Summary | None:
    totals = [p for p in points if p.role == "total"]
    if len(totals) > 1:
        totals = [p for p in totals if p.figure.value != 100] or totals
    parts = _groups([p for p in points if p.role == "earned" and p.name and not p.aside])
    if len({p.figure.value for p in totals}) != 1 or len(parts) < 2:
        return None
    if totals[0].figure.value == 100 and regex.match(r"的?(?:权重|分值|满分|标准|制)", text.folded[totals[0].figure.span[1]:]):
        # 产出50分、效益30分,总分100分的权重: what may be earned, not what was
        return None
    fulls = tuple(p for p in points if p.role == "full")
    first, last = min(p.figure.span[0] for p in points), max(p.figure.span[1] for p in points)
    head = max((text.folded.rfind(stop, 0, first) for stop in "。;!\n"), default=-1) + 1
    quote = text.paragraph.text[head:last].strip()
    open_ended = regex.search(r"等\s?(?:[,;。方几]|[0-9一二三四五六七八九]项)|主要", text.folded[head:last + 2])
    complete = not open_ended and (_whole(parts, fulls) or framed([p.name for p in parts]) or _added(text, totals[0], parts))
    return Summary(text, totals[0].figure, tuple(parts), fulls, complete, quote)


def _added(text: Text, total: Points, parts: Sequence[Points]) -> bool:
    """预算执行20分,得16分;资产管理12分,得11分,合计得27分: the words say that the marks before are added up."""
    before = text.folded[max(0, total.figure.span[0] - 6):total.figure.span[0]]
    return bool(regex.search(r"[,;](?:合计|共计?|总计)得?(?:分|为)?\s*$", before)) and max(p.figure.span for p in parts) < total.figure.span


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
    return any(len(names) == len(frame) and all(sum(bool(p.search(n)) for n in names) >= 1 for p in frame)
               for frame in _FRAMES)


def section_of(name: str, nodes: Sequence[Heading]) -> Heading | None:
    """The section a group is described in: the one heading of that name under which marks are claimed."""
    core = core_of(name)
    like = [n for n in nodes if len(core) >= 2 and _same(core, n.name) and any(leaf.earned for leaf in n.leaves())
            and (n.below or len(n.earned) > 1)]
    exact = [n for n in like if n.name == core]
    chosen = exact or like
    # two headings of one name are two projects, or two tellings: which is meant is not said
    return chosen[0] if len(chosen) == 1 else None


def _same(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= 2 and len(long) <= 16 and (long.startswith(short) or short == long)
