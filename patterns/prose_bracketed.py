"""括号里的占比与人数：水电费92万元（39.1%）、维修61万元（25.9%）……；卫生技术人员占86.21%（75人）；合格率95%（57份）。

一串金额各带括号占比的，合计或前文总额中能使其余各项都相符的一个作分母；只有一两项的只作参考。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:3]], s.guess) for s in find(Report(document))]
>>> found("支出200万元。其中水电费90万元（45%）、维修70万元（35%）、劳务40万元（20%）。")
[('45%', ['90万元', '200万元'], False), ('35%', ['70万元', '200万元'], False), ('20%', ['40万元', '200万元'], False)]
>>> found("在职职工87人，其中在编52人，卫生技术人员占86.21%（75人）。")
[('86.21%', ['75人', '87人'], True)]
>>> found("增值税（25%）584万元、企业所得税（40%）602万元。"), found("完成投资90万元（进度45%）。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._counts import Told, bare, rate_name, sentences
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        before: list[Told] = []
        for told_here in prose.told:
            for sentence in sentences(told_here):
                yield from _listed(prose, sentence, before)
                yield from _counted(prose, sentence, before)
                before = (before + sentence)[-40:]


def _listed(prose: Prose, sentence: Sequence[Told], before: Sequence[Told]) -> Iterator[Statement]:
    """Amounts with a bare share in brackets behind each."""
    pairs = [(a, b) for a, b in zip(sentence, sentence[1:], strict=False)
             if b.figure.unit == "%" and regex.fullmatch(r"\s*\(\s*", b.gap) and _closed(prose, b) and _amount(a)]
    if len(pairs) < 2 or len({_kind(a) for a, _ in pairs}) > 1:
        return
    first = sentence.index(pairs[0][0])
    whole = _whole(pairs, [t for t in reversed([*before, *sentence[:first]]) if _amount(t) and _kind(t) == _kind(pairs[0][0])][:6])
    for amount, share in pairs if whole else ():
        yield Statement("rate", "rate", named(share.said, amount.said.name), (Reading({"numerator": (amount.figure,), "denominator": whole}),),
                        prose.quote(amount.said, share.said))


def _closed(prose: Prose, share: Told) -> bool:
    return prose.texts[share.said.text].folded[share.figure.span[1]:share.figure.span[1] + 2].lstrip().startswith(")")


def _amount(told: Told) -> bool:
    return told.said.role == "amount" and not told.per and told.figure.value > 0 and told.figure.unit not in ("", "%", "分") and not told.figure.sign


def _kind(told: Told) -> str:
    return "money" if told.money else bare(told.figure.unit)


def _whole(pairs: Sequence[tuple[Told, Told]], totals: Sequence[Told]) -> tuple[Figure, ...]:
    """The total told before, or all that is listed, of which every share but one is right; none where there is no such."""
    listed = tuple(a.figure for a, _ in pairs)
    shares = sum((b.figure.value for _, b in pairs), Decimal(0))
    ways = [(t.figure,) for t in totals] + ([listed] if abs(shares - 100) <= 1 else [])
    for whole in ways:
        base = sum((f.base for f in whole), Decimal(0))
        right = sum(_fits(a.figure, b.figure, base) for a, b in pairs)
        if right >= 2 and right >= len(pairs) - 1:
            return whole
    return ()


def _fits(amount: Figure, share: Figure, base: Decimal) -> bool:
    exact = amount.base / base * 100
    unit = Decimal(1).scaleb(-share.decimals)
    return share.value in {exact.quantize(unit, way) for way in (ROUND_HALF_UP, ROUND_DOWN)}


def _counted(prose: Prose, sentence: Sequence[Told], before: Sequence[Told]) -> Iterator[Statement]:
    """占86.21%(75人): the part stands in the bracket behind its share, the whole before."""
    for place, (share, part) in enumerate(zip(sentence, sentence[1:], strict=False)):
        if share.figure.unit != "%" or not _amount(part) or not regex.fullmatch(r"\s*\(\s*", part.gap) or not _closed(prose, part):
            continue
        if share.said.role != "share" and not rate_name(share):
            continue
        near = [t for t in sentence[:place] if _amount(t) and _kind(t) == _kind(part) and t.figure.base >= part.figure.base]
        far = [t for t in reversed(before) if _amount(t) and _kind(t) == _kind(part) and t.figure.base >= part.figure.base and not t.part]
        wholes = sorted(near, key=lambda t: t.part) or far[:2]
        if wholes:
            ways = tuple(Reading({"numerator": (part.figure,), "denominator": (t.figure,)}) for t in wholes[:3])
            yield Statement("rate", "rate", named(share.said, share.said.name), ways, prose.quote(wholes[0].said, part.said), guess=True)
