"""What a number of points is said to be: a full mark, a mark earned, a deduction, a total, or part of a rule.

>>> def said(text):
...     return [(p.figure.text, p.role, p.name) for p in points_in(Text.of(Paragraph(text, Place())))]
>>> said("投入指标满分15分，得分13分，过程为59分（满分60分），总得分98分。")
[('15分', 'full', '投入'), ('13分', 'earned', '投入'), ('59分', 'earned', '过程'), ('60分', 'full', '过程'), ('98分', 'total', '')]
>>> said("该指标5分，得4.6分；质量指标。合格率100%，该指标10分，得10分。")
[('5分', 'full', ''), ('4.6分', 'earned', ''), ('10分', 'full', ''), ('10分', 'earned', '')]
>>> said("合计得93.06分，低于自评5.94分。")
[('93.06分', 'total', ''), ('5.94分', 'other', '低于')]
>>> said("自评总分＝14.5＋24.08＋34.65＝73.23分。")
[('73.23分', 'total', '')]
>>> said("控制率≤100%，计5分；每超过1%扣0.5分，扣完为止。根据评分标准该项得3分，扣2分。")
[('5分', 'rule', ''), ('0.5分', 'rule', ''), ('3分', 'earned', ''), ('2分', 'lost', '')]
>>> said("时效指标10分，因2笔逾期，每笔扣0.5分，得9分；社会效益10分，因档案不全扣1.5分，得8.5分。")[:5]
[('10分', 'full', '时效'), ('0.5分', 'rule', ''), ('9分', 'earned', '时效'), ('10分', 'full', '社会效益'), ('1.5分', 'lost', '')]
>>> said("按照产出60分、效益40分的权重打分，得分分别为58.5分和37分，总分95.5分。")
[('60分', 'full', '产出'), ('40分', 'full', '效益'), ('58.5分', 'earned', '产出'), ('37分', 'earned', '效益'), ('95.5分', 'total', '')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import regex

from fusuan.model import Figure, Paragraph, Place
from fusuan.patterns._report import Text

__all__ = ["Paragraph", "Place", "Points", "Sentence", "core_of", "points_in", "sentences_in"]

_LONGEST = 40
"""A sentence with more points than this is a table run together."""

_RULE = regex.compile(
    r"每(?!年|月|季度|周|日|天)[^,;。]{0,24}[扣加得计]|扣完|扣至|扣满|为止|否则|不得分|不计分|计满分|(?<![均都])得满分|按比例|酌情|封顶|最高(?:加|得|扣)|"
    r"[≤≥<>][^,;。]{0,10}[,:]?\s?[计得]|(?:以上|以下|以内|\(含\))的?[,:]?\s?[计得]|[符达完]\w{0,6}[的者][,:]?\s?[计得]|没有不|缺[一1]|若|一项不")
_FULL = regex.compile(r"(?:满分|分值|标准分|权重分?|应得分?|标准分值|总分值|基准分|满分值)(?:均|共|合计|设定|设置)?(?:为|是|:|\s)*$")
_TOTAL = regex.compile(
    r"(?:总得分|总分|总评分|综合得分|综合评分|综合评价得分|总体得分|总体评分|自评总分|自评总得分|最终得分|最后得分|合计得分|合计得?|总计得?|得分合计|"
    r"(?:项目|部门|单位|整体)(?:综合|支出)?得分|共计?得分?|累计得分|综合自评得分|(?<![\u4e00-\u9fff])自评(?:得分|分数|分|结果)|(?:整体|项目|部门|单位|绩效|支出|综合)(?:支出)?(?:绩效)?(?:评价|自评|评估)的?"
    r"(?:综合|最终|总体)?(?:得分|评分|分数|结果))(?:结果)?(?:为|是|:|达到?|\s|共计|合计)*$")
_TOTALLED = regex.compile(r"总(?:得|评)?分\s?=[0-9.+()分\s-]{3,80}=\s?$")
"""总分=14.5+24.08+34.65=73.23分."""
_LOST = regex.compile(r"(?:扣除?|减|扣减|扣掉|扣分|失分?|扣了)(?:为|是|:|\s)*$")
_COMPARED = regex.compile(r"(?:[高低]于|[较比])[^,;。]{1,8}$")
"""低于自评5.94分, 较自评98分低: how far apart two marks are, and one beside another."""
_CAUSE = regex.compile(r"因(?![素此子])|由于|发现|存在")
"""What tells that a rule was applied: 因2笔逾期,每笔扣0.5分,得9分."""
_EARNED = regex.compile(
    r"(?:得分|自评分?|评分|实得分?|计分|得到?|计|评|自评得分?|自评为|分数|绩效|打分|记|获得?)(?:分别)?(?:为|是|:|达到?|共|\s)*$")
_STRONG = regex.compile(r"(?:本|该|此)(?:单?项|指标)[^,;。]{0,8}$|自评[^,;。]{0,4}$|实际?得分?\s?$|得分(?:为|是|:|\s)*$|故|因此")
_STOP = regex.compile(r"[,;。:、()!?|\n]")
_NAME_TAIL = regex.compile(
    r"(?:分析|绩效|指标|类|部分|方面|环节|情况|维度|的|总|共|实际|自评|得分|评分|分值|满分|标准分|权重|应得|实得|得|计|评|为|是|达|分|:|\s|合计|小计)+$")
_NAME_HEAD = regex.compile(r"^(?:\s|其中|即|分别为?|按照?|本(?:项目|部门|单位)|一级指标|[0-9]{1,2}[.、．]|[一二三四五六七八九十]{1,2}是|[\[(（]?[一二三四五六七八九十0-9①-⑳]{1,2}[)）、\]]|“|在|从)+")
_FULL_AFTER = regex.compile(r"\s?制|总分值")
_EARNED_NEXT = regex.compile(r"\s?[,;、]\s?(?:自评|实际|得|评)")
_LIMIT_AFTER = regex.compile(r"(?:\(?含\)?)?(?:以上|以下|以内|之间|\s?[-~至—])")
_STATES = regex.compile(r"(?:为|是|:|\s)$")
_CLOSED = regex.compile(r"\s?(?:[,;。、()]|[均都]得?满分|全部得?满分)")
_ALLOTS = regex.compile(r"\s?(?:的?(?:权重|分值|标准分|满分)|(?:来|进行)?(?:打分|评分|赋分|设置|分配))")
_NEXT = regex.compile(r"\s*[、和及]\s*")
_IN_TURN = regex.compile(r"(?:^|[,:])(?P<names>[^,:]*?)(?:[一二三四五六七八2-8]项|各项|各部分|自评)?得分分别为?:?\s*$")
_IN_FULL = regex.compile(r"\s?(?:[均都]|全部)(?:得|为|获)?了?满分")


@dataclass(frozen=True, slots=True)
class Points:
    """A figure of points with its part; `name` is what it is the mark of, where its clause says so.

    `strong`: the words leave no doubt that it is a mark claimed; `aside`: in brackets; `spoken`: a verb goes with it.
    """

    figure: Figure
    role: str
    name: str
    sentence: int
    strong: bool = False
    aside: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """The points of a sentence; none where it says nothing of marks, or is a table run together."""

    text: Text
    points: tuple[Points, ...] = ()

    def of(self, *roles: str) -> list[Points]:
        return [p for p in self.points if p.role in roles]

    def between(self, first: Points, second: Points) -> str:
        return self.text.folded[first.figure.span[1]:second.figure.span[0]]

    def said(self, first: Points, last: Points) -> str:
        """The words from the beginning of the sentence, as the first of some points tells it, to the last of them."""
        return self.text.quote(first.figure.span[0], last.figure.span[1])


def sentences_in(texts: Sequence[Text]) -> list[Sentence]:
    """Return the sentences of some paragraphs that give marks, and one without points for each paragraph that gives none."""
    return [sentence for text in texts for sentence in _sentences(text)]


def _sentences(text: Text) -> Iterator[Sentence]:
    points = points_in(text)
    for _, group in groupby(points, key=lambda p: p.sentence):
        own = tuple(group)
        yield Sentence(text, _earned_in_full(text, own) if len(own) <= _LONGEST else ())
    if not points:
        yield Sentence(text)


def _earned_in_full(text: Text, points: tuple[Points, ...]) -> tuple[Points, ...]:
    """产出50分、效益30分均得满分: what is allotted is earned, too."""
    at = next((n for n, p in enumerate(points) if _IN_FULL.match(text.folded, p.figure.span[1])), -1)
    return (*(replace(p, role="full") for p in points[:at + 1] if p.role == "earned"), *points)


def core_of(name: str) -> str:
    """Return what makes the name of a group of indicators itself.

    >>> core_of("产出及效率绩效得分"), core_of("（三）产出及效率情况"), core_of("过程类指标")
    ('产出及效率', '产出及效率', '过程')
    """
    name = _NAME_HEAD.sub("", name.strip())
    return _NAME_TAIL.sub("", name.strip(" ”“\"")).strip(" ”“\"")


def points_in(text: Text) -> tuple[Points, ...]:
    """Return the points of a paragraph in order."""
    found: list[Points] = []
    end, sentence, name = 0, 0, ""
    for figure in (f for f in text.figures if f.unit == "分"):
        gap, post = text.folded[end:figure.span[0]], text.folded[figure.span[1]:figure.span[1] + 8]
        sentence += gap.count("。") + gap.count("!")
        clause = _clause(gap)
        own = core_of(clause) if len(clause) <= 40 and not regex.search("[该本此]单?项(?!目)|[该本此]指标|标准", clause) else ""
        role = _role(text.folded, figure, gap, post, clause)
        if role == "other" and found and found[-1].role == "full" and found[-1].aside and regex.fullmatch(r"\)\s*", gap):
            # 预算执行（10分）9.56分
            role = "earned"
        if role == "other" and found and _NEXT.fullmatch(gap):
            role = found[-1].role
        if role in ("total", "earned"):
            role = _whole_or_item(role, figure, clause, own or name, [p for p in found[-6:] if p.sentence == sentence])
        own = _name_of_full(own, name, gap, post) if role == "full" else own
        aside = gap.rstrip().endswith("(") or bool(regex.search(r"\([^()]*$", gap))
        fresh = "" if role in ("total", "rule", "lost") else own or (name if found and sentence == found[-1].sentence else "")
        found.append(Points(figure, role, fresh, sentence, bool(_STRONG.search(gap[-24:])), aside, bool(regex.search(r"[得评扣计获]", clause[-10:]))))
        name = fresh if role not in ("lost", "rule") else name
        if role == "earned" and not own and (at := _over(found, gap)) is not None:
            found[at] = replace(found[at], role="full")
        end = figure.span[1]
    return tuple(_respective(text, _allotted(text, found)))


def _allotted(text: Text, points: Sequence[Points]) -> list[Points]:
    """Lists of what may be earned, of which the words before them or behind them say so: 按产出50分、效益30分的权重, 分值为:产出50分、效益30分."""
    found: list[Points] = []
    for run in _runs(text, points):
        start, end = run[0].figure.span[0], run[-1].figure.span[1]
        said = _ALLOTS.match(text.folded, end) or _FULL.search(text.folded[max(0, start - 30):start].rpartition(":")[0] + ":")
        verbs = (text.folded[max(0, p.figure.span[0] - 2):p.figure.span[0]].rstrip()[-1:] for p in run)
        full = len(run) > 1 and said and all(p.role in ("earned", "full", "other") for p in run) and not any(verb in ("得", "扣", "计") for verb in verbs)
        found += [replace(p, role="full") for p in run] if full else run
    return found


def _respective(text: Text, points: Sequence[Points]) -> list[Points]:
    """The names of marks told in turn (得分分别为9分、48分): those listed right before, or of the full marks listed before."""
    found: list[Points] = []
    for run in _runs(text, points):
        head = text.opens(run[0].figure.span[0])
        if len(run) > 1 and run[0].role == "earned" and (told := _IN_TURN.search(text.folded[head:run[0].figure.span[0]])):
            listed = [core_of(name) for name in regex.split("[、和及]", told["names"])]
            before = [p.name for p in found[-len(run):] if p.role == "full" and p.sentence == run[0].sentence]
            names = next((names for names in (listed, before) if len(names) == len(run) and all(names)), None)
            run = [replace(p, name=name, spoken=True) for p, name in zip(run, names, strict=True)] if names else run
        found += run
    return found


def _runs(text: Text, points: Sequence[Points]) -> Iterator[list[Points]]:
    """Points listed one after another, parted by 、 and the like."""
    run: list[Points] = []
    for point in points:
        if run and not (run[-1].sentence == point.sentence and text.folded[run[-1].figure.span[1]:point.figure.span[0]].lstrip()[:1] in ("、", "和", "及")):
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def _clause(gap: str) -> str:
    """The words right before points; before a colon where they name a total (部门整体绩效自评得分：97.4分)."""
    clause = _STOP.split(gap)[-1]
    before = _STOP.split(gap.rstrip()[:-1])[-1]
    return before if not clause.strip() and gap.rstrip().endswith(":") and _TOTAL.search(before) else clause


def _name_of_full(own: str, last: str, gap: str, post: str) -> str:
    """What a full mark is that of: the name before its bracket (决策（20分）得分18分) or its colon (预算编制：满分10分)."""
    if post.startswith(")") and not own:
        before, most = core_of(_STOP.split(gap.rsplit("(", 1)[0])[-1]), 16
    elif not own and gap.rpartition(":")[0]:
        before, most = core_of(_STOP.split(gap.rpartition(":")[0])[-1]), 12
    else:
        return own
    return before if 0 < len(before) <= most else last


def _whole_or_item(role: str, figure: Figure, clause: str, name: str, before: list[Points]) -> str:
    """自评得分 alone is the total's or an item's: the full mark before it tells, else what the number can be."""
    full = next((p.figure.value for p in reversed(before) if p.role == "full"), None)
    if role == "total" and regex.match(r"\s?(?:自评|评价)(?!总)", clause):
        return "earned" if full is not None and full != 100 or full is None and figure.value < 60 else role
    if role == "earned" and full == 100 and name in ("", "本次", "本项目", "本部门", "本单位") and not regex.search("[该此]项", clause):
        return "total"
    return role


def _over(found: Sequence[Points], gap: str) -> int | None:
    """产出指标50分，自评得48分: the number without a verb is the full mark of the one with it, whatever was taken off between them; where it stands."""
    second = found[-1]
    at = next((n for n in range(len(found) - 2, -1, -1) if found[n].role not in ("lost", "rule")), None)
    if at is None:
        return None
    first = found[at]
    near = at < len(found) - 2 or len(gap) <= 14
    over = first.role == "earned" and first.sentence == second.sentence and not first.spoken and (bool(first.name) or first.strong) and first.name == second.name
    return at if over and near and second.figure.value <= first.figure.value and second.spoken else None


def _role(folded: str, figure: Figure, gap: str, post: str, clause: str) -> str:
    near = max(0, figure.span[0] - 80)
    start = max(near, *(folded.rfind(stop, near, figure.span[0]) + 1 for stop in "。;\n"))
    end = figure.span[1] + 16
    stop = min((i for i in (folded.find(c, figure.span[1], end) for c in "。;\n") if i >= 0), default=end)
    bracketed = gap.rstrip().endswith("(") and post.lstrip().startswith(")")
    if _FULL.search(clause) or _FULL_AFTER.match(post) or \
            gap.rstrip().endswith("(") and _EARNED_NEXT.match(post):
        return "full"
    rule = _RULE.search(folded[start:stop])
    cause = _CAUSE.search(folded, start, stop) if rule else None
    happened = cause is not None and (figure.span[1] <= cause.start() or clause.strip() == "得")
    if rule and not happened and not _STRONG.search(gap[-24:]):
        return "rule"
    if figure.sign in ("≥", "≤", ">", "<") or _LIMIT_AFTER.match(post):
        return "rule"
    if _TOTAL.search(clause) or clause.rstrip().endswith("=") and _TOTALLED.search(folded, max(0, figure.span[0] - 100), figure.span[0]):
        return "total"
    if _LOST.search(clause):
        return "lost"
    if _COMPARED.search(clause):
        return "other"
    if bracketed:
        return "full"
    return "earned" if _EARNED.search(clause) or _STATES.search(clause) and core_of(clause) or \
        _CLOSED.match(post + "。") and 2 <= len(clause.strip()) <= 12 else "other"
