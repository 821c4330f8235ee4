"""文中指标：“满意度≥90%，实际达到96%”“不低于6架，实布6架”，目标值与完成值是否达标，写了得分的连同得分。

方向取自≥、≤、不低于、不超过、以内等；只有目标没有完成值的不读，计划数与完成率由比率一类核对。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.facts["target"], s.facts["measured"], s.facts["state"]) for s in find(Report(document))]
>>> found("群众满意度不低于90%，实际达到95.6%；管护站点≥12处，实际管护11处。")
[('≥90%', '95.6%', 'met'), ('≥12处', '11处', 'unmet')]
>>> found("全年开放318天，完成目标值（≥330天）。")
[('≥330天', '318天', 'unmet')]
>>> found("寄宿生补助标准指标值900元/生.年，全年实际完成值900元/生.年。")
[('≥900元', '900元', 'met')]
>>> found("满意度≥90%得5分，≥80%得3分。"), found("投入不超过20万元，实际受益群众300人。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._prose import prose_of
from fusuan.patterns._report import Report, Text
from fusuan.patterns.cues.indicators import direction_of
from fusuan.patterns.marks.words import points_in
from fusuan.patterns.names.words import clean

_REACHED = regex.compile(
    r"(?:以上|以下|以内|及|\(含\)|\s)*(?:的?(?:年度)?(?:目标|指标|要求)值?)?\s*[,;:(、]?\s*(?:[^,;。:0-9]{0,8}[,:])?[^,;。:0-9]{0,10}?"
    r"(?:实际|实测|实有|实布|年末|现|已|经测评|调查)?[^,;。:0-9≥≤<>]{0,10}?(?:实际|实测|完成值|达到?|完成|实现|为|是|管护|实有|布防)[^,;。:0-9≥≤<>]{0,10}")
_ACTUAL = regex.compile(r"实际|实测|完成值|实现值|实布|已达|达到|达|完成|调查|测评")
_RULE = regex.compile(r"每[^,;。]{0,16}[扣加]|不得分|扣完|得满分|计满分|为标准")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for text in prose.texts:
            for target, measured in zip(text.figures, text.figures[1:], strict=False):
                if target.sign in ("≥", "≤", ">", "<") and _fits(text, target, measured):
                    yield _statement(text, target, measured)
                elif _told(text, target, measured):
                    yield _statement(text, replace(target, sign=_way(text, target, measured)), measured)
                elif measured.sign in ("≥", "≤", ">", "<") and _before(text, target, measured):
                    yield _statement(text, measured, target)


def _fits(text: Text, target: Figure, measured: Figure) -> bool:
    """Tell whether the second figure is what was reached of the first: of one kind, and the words between say so."""
    gap = text.folded[target.span[1]:measured.span[0]]
    if target.dimension != measured.dimension or measured.sign not in ("", "=") or len(gap) > 32:
        return False
    if "marks" in (target.dimension, measured.dimension) or not target.unit:
        return False
    head = text.folded[max(0, target.span[0] - 40):target.span[0]]
    return bool(_REACHED.fullmatch(gap) and _ACTUAL.search(gap)) and not _RULE.search(head + gap) and \
        not regex.search(r"上年|去年|同期|上一年|历年|平均|比|较|增加|减少|其中", gap)


_WANTED = regex.compile(r"(?:指标|目标)值?(?:为|是|:)?\s?$")
_GOT = regex.compile(r"(?P<per>/[^,;:0-9()]{1,8})?[,;]\s?(?:全年|年度|本年)?(?:实际)?完成(?:值|数)(?:为|是|:)?\s?")


def _told(text: Text, target: Figure, measured: Figure) -> bool:
    """指标值50元/人·月,全年实际完成值52元/人·月: both named, of one unit, no direction printed."""
    gap = _GOT.fullmatch(text.folded[target.span[1]:measured.span[0]])
    if gap is None or not target.unit or target.unit != measured.unit or target.sign or measured.sign:
        return False
    per = gap["per"] or ""
    return text.folded.startswith(per, measured.span[1]) and bool(_WANTED.search(text.folded[:target.span[0]][-6:]))


def _way(text: Text, target: Figure, measured: Figure) -> str:
    """The direction that the name tells; where both are equal any is met."""
    return direction_of(_name(text, target)) or "≥"


def _before(text: Text, measured: Figure, target: Figure) -> bool:
    """全年开放330天，完成目标值（≥330天）: what was reached stands first, the target in the bracket behind it."""
    gap = text.folded[measured.span[1]:target.span[0]]
    return measured.dimension == target.dimension != "" and "marks" not in (measured.dimension, target.dimension) and not measured.sign \
        and bool(regex.fullmatch(r"[,;]?\s*(?:[\u4e00-\u9fff]{0,6})(?:目标|指标)值?[^,;。:()0-9]{0,6}\((?:目标值?|指标值?|[:为≥≤<>\s]|不[低高少大小多超][于过])*", gap))


def _statement(text: Text, target: Figure, measured: Figure) -> Statement:
    name = _name(text, target)
    state = _state(target, measured)
    full, earned = _marks(text, measured)
    roles = {"target": (target,), "measured": (measured,), "full": full, "earned": earned}
    stated = replace(earned[0] if earned else measured, name=name)
    end = earned[0].span[1] if earned else max(target.span[1], measured.span[1])
    facts = {"state": state, "target": target.sign + target.text.strip().lstrip(target.sign), "measured": measured.text.strip(),
             "sign": target.sign, "certain": "1", "why": ""}
    if regex.search(r"因|由于|原因|受[^,。]{1,12}影响", _sentence(text, measured)):
        facts["reason"] = "1"
    return Statement("target", "target", stated, (Reading(roles),), text.quote(min(target.span[0], measured.span[0]), end, ",;。:\n"), facts)


def _state(target: Figure, measured: Figure) -> str:
    wanted, got = target.base, measured.base
    met = {"≥": got >= wanted, ">": got > wanted, "≤": got <= wanted, "<": got < wanted}[target.sign]
    return "met" if met or target.sign in "><" and got == wanted else "unmet"


def _name(text: Text, target: Figure) -> str:
    head = regex.split(r"[,;。:\n]", text.folded[max(0, target.span[0] - 40):target.span[0]])[-1]
    return clean(regex.sub(r"(?:≥|≤|>|<|不[低高少大小多超][于过]?|目标值?|指标值?|年度|控制在|应|要求|预期)+\s*$", "", head))


def _sentence(text: Text, figure: Figure) -> str:
    stop = min((i for i in (text.folded.find(c, figure.span[1]) for c in "。;\n") if i >= 0), default=len(text.folded))
    return text.folded[figure.span[1]:stop]


def _marks(text: Text, measured: Figure) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """The full mark and the mark claimed in the rest of the sentence, where it names exactly one of each."""
    end = measured.span[1] + len(_sentence(text, measured))
    near = [p for p in points_in(text) if measured.span[1] <= p.figure.span[0] < end]
    full = tuple(p.figure for p in near if p.role == "full")
    earned = tuple(p.figure for p in near if p.role == "earned")
    return (full, earned) if len(full) == len(earned) == 1 and len(near) == 2 else ((), ())
