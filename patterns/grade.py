"""评价等级：总得分与等级（优、良、中、差）是否对应。

报告自己印有分档的按自己的分档，没有的按财预〔2020〕10号（90、80、60）；等级附近没有总得分的不判。

>>> from fusuan.model import Document, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.readings[0]["score"]], s.facts) for s in find(Report(document))]
>>> found("总得分92分，评价等级为“优”。")
[('优', ['92分'], {})]
>>> found("自评得分91.5，综合评价结果为：优。")
[('优', ['91.5'], {})]
>>> found("自评得分加权平均95.95分；评为“优”的4个，评为“良”的1个。")
[]
>>> found("自评得分97.1分，评价等级为“优”（90分及以上为优，80—90分为良）。")
[('优', ['97.1分'], {})]
>>> found("单位被评为优秀等次。"), found("90分以上为优，80-90分为良，60-80分为中。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from fusuan.model import Figure, Paragraph, Reading, Statement, Words
from fusuan.patterns._report import Report, Text
from fusuan.patterns.cues.grades import WORDS, bands_in, grade_of, told_in_bands
from fusuan.patterns.cues.times import EARLIER
from fusuan.patterns.marks.words import points_in
from fusuan.patterns.text.clauses import clause_before
from fusuan.patterns.text.fold import fold

_STATED = regex.compile(
    rf"(?:等级|等次|档次|评价等|结果|结论|评级|级别|评价|自评|评定|评|得分|定性|属于?|达到了?|处于|[0-9]\s?分)(?:综合)?(?:评定|认定|确定|等级|等次|结果)?(?:分别)?"
    rf"(?:为|是|:|,|属于?|\s|达到)*[“\"'‘\[(]?(?P<grade>{WORDS})(?=[”\"'’\])\s,;。、!]|$|等级|等次|档|级)(?!\s?[”\"'’]?(?:\s?[、/|]\s?[“\"'‘]?(?:良|中|差|合格)|的))")


def find(report: Report) -> Iterator[Statement]:
    cells = (Text(Paragraph(c.text, c.place), fold(c.text), f) for c, f in report.cells.items() if len(c.text) > 3)
    sources = [*report.texts, *cells]
    defined = [bands_in(text.paragraph.text) for text in sources]
    bands = next(filter(None, defined), {})
    facts = {"bands": ";".join(f"{g}:{low}-{high}" for g, (low, high) in bands.items())} if bands else {}
    for text, before in zip(sources, [None, *sources], strict=False):
        yield from _graded(text, before, facts)


def _graded(text: Text, before: Text | None, facts: dict[str, str]) -> Iterator[Statement]:
    bands = told_in_bands(text.folded)
    for match in _STATED.finditer(text.folded):
        grade, span = grade_of(match["grade"]), match.span("grade")
        score = _score(text, span[0]) or (_last_total(before) if before is not None else None)
        if any(low <= span[0] < high for low, high in bands):
            continue
        if grade and score is not None and not EARLIER.search(clause_before(text.folded, span[0])):
            words = Words(text.paragraph.text[span[0]:span[1]], text.paragraph.place, span, name="评价等级")
            yield Statement("grade", "grade", words, (Reading({"score": (score,)}),), _quote(text, match), facts)


def _score(text: Text, at: int) -> Figure | None:
    """The total nearest before the grade in its paragraph, else the one that follows it in the sentence."""
    totals = [p.figure for p in points_in(text) if p.role == "total"]
    totals = [f for f in totals if f.value != 100] or totals
    before = [f for f in (totals or _bare(text)) if f.span[1] <= at]
    stop = text.folded.find("。", at)
    after = [f for f in totals if at < f.span[0] < (stop if stop >= 0 else len(text.folded))]
    return next(iter(before[-1:] or after[:1]), None)


_LEAST = 60
"""A total below this, told in the paragraph before, is rather that of a group (合计24.5分)."""
_BARE = regex.compile(r"(?:自评|综合|评价|总)(?:得|评)?分(?:数|值)?(?:为|是|:)?\s?(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2})?)(?=\s?[,;。、)])")


def _bare(text: Text) -> list[Figure]:
    """自评得分91.5,等级为优: marks without their 分."""
    return [Figure(m["number"], Decimal(m["number"]), "分", len(m["number"].partition(".")[2]), text.paragraph.place, m.span("number"))
            for m in _BARE.finditer(text.folded)]


def _last_total(text: Text) -> Figure | None:
    totals = [p.figure for p in points_in(text) if p.role == "total" and _LEAST <= p.figure.value < 100]
    return totals[-1] if totals else None


def _quote(text: Text, match: regex.Match[str]) -> str:
    return text.quote(match.start(), match.end() + 1, "。;\n")[-200:]
