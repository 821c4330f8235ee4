"""文中得分：各项“得5分”按标题归入投入、过程、产出、效果，与文末各类得分、总得分核对；得分不超过分值，满分减扣分等于得分。

总分在前、各类在后的，四类俱全（预算执行、产出、效益、满意度等）或加得上才核对，“均得满分”按其满分计入；扣分只在写明“共扣”或总分时核对。
评分标准里的分数（“每超过1%扣0.5分”“≥90%得5分”）不算得分；各项未逐一写明得分的，列入未核对而不判。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:]]) for s in find(Report(document))]
>>> found("（一）投入", "1、有计划，该项得6分；", "2、配置合理，该项得7分。", "（二）过程", "1、执行好，该项得50分。", "2、管理好，该项得9分。",
...       "四、结论", "投入13分，过程59分，总得分72分。")    # doctest: +NORMALIZE_WHITESPACE
[('72分', ['13分', '59分']), ('13分', ['6分', '7分']), ('59分', ['50分', '9分']), ('72分', ['13分', '59分'])]
>>> [len(s.readings) for s in find(Report(Document("", "", (Paragraph("自评得分87.5分，其中产出得分58.3分，效益得分29.7分，扣分0.5分。", Place()),))))]
[2]
>>> found("控制率≤100%，计5分；每超过1%扣0.5分，扣完为止。"), found("满分10分，扣2分，得7分。")
([], [('7分', ['10分', '2分']), ('7分', ['7分', '10分'])])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from weakref import WeakKeyDictionary

import regex

from fusuan.model import Figure, Mark, Reading, Statement, Unchecked, plain
from fusuan.patterns._report import Report, Text
from fusuan.patterns.marks.headings import Heading, nodes_in, section_of
from fusuan.patterns.marks.summary import Summary, summaries
from fusuan.patterns.marks.sums import told
from fusuan.patterns.marks.words import Points, sentences_in

SYSTEMATIC = Decimal("0.85")
"""The share of items that must print a mark before a sum over the items is held against a subtotal."""
SELECTION = "各项得分可能没有全部写出"


@dataclass(frozen=True)
class Section:
    """A group of the summary with the marks claimed item by item under its heading."""

    part: Points
    node: Heading | None
    items: tuple[Figure, ...]
    sure: bool
    unmarked: int

    @property
    def sum(self) -> Decimal:
        return sum((f.value for f in self.items), Decimal(0))


@dataclass(frozen=True)
class Scores:
    """What the prose says of marks: the summary and its sections."""

    summary: Summary
    sections: tuple[Section, ...]

    @property
    def systematic(self) -> bool:
        marked = sum(len(s.items) for s in self.sections)
        return marked >= SYSTEMATIC * (marked + sum(s.unmarked for s in self.sections))

    def selective(self, section: Section) -> bool:
        """Tell whether the items may be a selection: fewer marks than the group has, and no group written out in full."""
        return section.sum < section.part.figure.value and not any(s.sum == s.part.figure.value for s in self.sections)


_READ: WeakKeyDictionary[Report, list[Scores]] = WeakKeyDictionary()


def find(report: Report) -> Iterator[Statement]:
    for scores in _scores(report):
        yield from _total(scores)
        yield from _sections(scores)
    if not any(scores.sections and any(s.node for s in scores.sections) for scores in _scores(report)):
        yield from _headed(report)
    yield from told(sentences_in([text for text in report.texts if sum(f.unit == "分" for f in text.figures) > 1]))


def unread(report: Report) -> Iterator[Unchecked]:
    """Groups whose items do not all print their mark."""
    for scores in _scores(report):
        for section in scores.sections:
            if section.node is not None and not _held(scores, section) and not _lacking(scores, section):
                why = f"有{section.unmarked}项未写明得分" if section.unmarked else "各项得分写法不一"
                yield Unchecked(section.part.figure, f"“{section.part.name}”下{why}，无法逐项相加")


def marks(report: Report) -> Iterator[Mark]:
    """The score tree of the prose: total, groups, items."""
    for scores in _scores(report)[:1]:
        known = [s.sum if s.node is not None else s.part.figure.value for s in scores.sections]
        yield Mark(0, "总得分", None, scores.summary.total, plain(sum(known, Decimal(0))))
        fulls = {p.name: p.figure for p in scores.summary.fulls}
        for section in scores.sections:
            computed = plain(section.sum) if section.node is not None else None
            yield Mark(1, section.part.name, fulls.get(section.part.name), section.part.figure, computed)
            for leaf in section.node.leaves() if section.node is not None else ():
                earned, _ = _claimed(leaf)
                full = next((p.figure for p in leaf.points if p.role == "full"), None)
                yield Mark(2, leaf.name, full, earned[0] if earned else None, None, "" if earned else "未写明得分")


def _scores(report: Report) -> list[Scores]:
    if report not in _READ:
        found = list(summaries(report.texts))
        nodes = nodes_in(report.texts) if found else []
        _READ[report] = [Scores(s, tuple(_section(p, nodes, s.text) for p in s.parts)) for s in found]
    return _READ[report]


def _section(part: Points, nodes: Sequence[Heading], where: Text) -> Section:
    node = section_of(part.name, [n for n in nodes if n.text is not where])
    if node is None:
        return Section(part, None, (), False, 0)
    items: list[Figure] = []
    sure, unmarked = True, 0
    for leaf in node.leaves():
        earned, clear = _claimed(leaf)
        items += [replace(f, name=f.name or leaf.name) for f in earned]
        unmarked += not earned
        sure = sure and (clear or not earned)
    return Section(part, node, tuple(items), sure, unmarked)


def _claimed(leaf: Heading) -> tuple[list[Figure], bool]:
    """The marks a leaf claims, and whether it is clear that they are its marks and all of them."""
    strong = [p for p in leaf.earned if p.strong]
    weak = [p for p in leaf.earned if not regex.search(r"考核|测评|评议|问卷|平均|上年|去年|考评|排名", p.name)]
    chosen = strong or weak
    heading = [p for p in chosen if p.figure.place == leaf.text.paragraph.place]
    if len(heading) == 1 < len(chosen) and {p.figure.value for p in chosen} == {heading[0].figure.value}:
        # the heading prints the mark, the text under it says it again
        chosen = heading
    figures = [p.figure for p in chosen]
    return figures, len(chosen) == 1 or len({p.sentence for p in chosen}) == len(chosen) and bool(strong)


def _held(scores: Scores, section: Section) -> bool:
    """Tell whether the items under a heading can be held against the subtotal."""
    stated = section.part.figure.value
    if section.sum == stated:
        return len(section.items) >= 1
    if section.sum < stated and section.unmarked:
        # what is missing may stand in the item whose mark is not read
        return False
    return len(section.items) >= 2 and section.sure and (scores.systematic or section.sum > stated)


def _lacking(scores: Scores, section: Section) -> str:
    """The doubt about a group some of whose items print no mark: what they would have to have earned. Empty where too few do."""
    lacks = section.part.figure.value - section.sum
    if lacks <= 0 or not section.unmarked or not section.sure or len(section.items) < max(2, 2 * section.unmarked) or not scores.systematic:
        return ""
    return f"“{section.part.name}”下有{section.unmarked}项未写明得分，如{'该项' if section.unmarked == 1 else '这几项共'}得{plain(lacks)}分则相符"


def _total(scores: Scores) -> Iterator[Statement]:
    summary = scores.summary
    if sum((p.figure.value for p in summary.parts), Decimal(0)) > 100 >= summary.total.value:
        return  # marks of several, each out of a hundred
    parts = tuple(replace(p.figure, name=p.name) for p in summary.parts)
    named = sum(s.node is not None for s in scores.sections)
    sure = summary.complete or named == len(scores.sections)
    over = sum((p.value for p in parts), Decimal(0)) > summary.total.value
    statement = _sum(replace(summary.total, name="总得分"), parts, summary.quote, "" if sure or over else "所列各类得分可能不是全部")
    # what was taken off may be told beside the groups, or be what they lack already
    less = [Reading({"parts": parts, "minus": tuple(p.figure for p in summary.lost)})] if summary.lost else []
    yield replace(statement, readings=(*statement.readings, *less))


def _sections(scores: Scores) -> Iterator[Statement]:
    for section in scores.sections:
        doubt = SELECTION * scores.selective(section) if _held(scores, section) else _lacking(scores, section)
        if section.node is not None and (_held(scores, section) or doubt):
            stated = replace(section.part.figure, name=section.part.name + "得分")
            yield _sum(stated, section.items, _clause(scores.summary, section.part), doubt)
    if all(s.node is not None and _held(scores, s) for s in scores.sections):
        sums = tuple(Figure(plain(s.sum) + "分", s.sum, "分", _decimals(s.items), s.node.text.paragraph.place,
                            name=f"{s.part.name}各项得分合计") for s in scores.sections if s.node is not None)
        yield _sum(replace(scores.summary.total, name="总得分"), sums, scores.summary.quote,
                   SELECTION * any(map(scores.selective, scores.sections)))


def _headed(report: Report) -> Iterator[Statement]:
    """A heading that prints its mark over parts that each print one: （一）项目决策（20分，得18分）."""
    for node in nodes_in(report.texts):
        if len(node.text.paragraph.text) > 40 or len(node.below) < 2:
            continue
        for role, label in (("earned", "score_sum"), ("full", "weight_sum")):
            head = [p.figure for p in node.points if p.role == role]
            parts = [[p.figure for p in n.points if p.role == role] for n in node.below]
            if len(head) == 1 and all(len(part) == 1 for part in parts):
                yield Statement("marks", label, replace(head[0], name=node.name),
                                (Reading({"parts": tuple(part[0] for part in parts)}),),
                                node.text.paragraph.text.strip())


def _decimals(items: Sequence[Figure]) -> int:
    return max((f.decimals for f in items), default=0)


def _clause(summary: Summary, part: Points) -> str:
    return summary.text.quote(*part.figure.span, "。;,:")


def _sum(stated: Figure, parts: tuple[Figure, ...], quote: str, doubt: str) -> Statement:
    facts = {"doubt": doubt} if doubt else {}
    return Statement("marks", "score_sum", stated, (Reading({"parts": parts}),), quote, facts)
