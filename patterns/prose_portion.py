"""文中按比例提取的金额：按收入的30%调入、按利润总额的20%上缴、支付合同价款的90%、按8%计提。

基数印在比例旁边的直接核对；按名称从前文找到的基数只作参考。“占…的30%”是比重，不在此列；“不低于”“以上”的比例不算。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:]], s.guess) for s in find(Report(document))]
>>> found("国有资本经营收入580万元，按照国有资本经营收入30%的比例调入一般公共预算174万元。")
[('174万元', ['580万元', '30%'], True)]
>>> found("按土地收益1200万元的10%计提教育资金120万元。")
[('120万元', ['1200万元', '10%'], False)]
>>> found("支出174万元，占收入580万元的30%。"), found("按不低于30%的比例安排，共安排200万元。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._counts import Told, sentences
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import clean
from fusuan.patterns.names.likeness import alike, core

_VERB = r"调入|计提|提取|上缴|上交|缴纳|配套|安排|支付|拨付|承担|分担|补助|补贴|返还|分成|留存|计算|计征|收取|奖励|预付|扣除|扣缴|计入|列支"
_BY = regex.compile(rf"(?P<lead>按照?|依照?|{_VERB}|预付|支付)(?P<base>[^,;。:()%]{{0,28}}?)(?:总额)?的?$")
_AFTER = regex.compile(rf"^\s*(?:的?(?:比例|标准|费率|税率|比率))?\s*,?[^,;。:()]{{0,8}}?(?:{_VERB})")
_NOT = regex.compile(r"占|完成|增长|下降|达到?$|率(?:为|是)?$|满意|不[低高少超]|以上|以内|同比|[比较]上")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        before: list[Told] = []
        for index, text in enumerate(prose.texts):
            if "%" not in text.folded:
                before = (before + prose.told[index])[-60:]
                continue
            for sentence in sentences(prose.told[index]):
                for at, told in enumerate(sentence):
                    if told.figure.unit == "%" and not told.figure.sign and 0 < told.figure.value < 100:
                        yield from _portion(prose, sentence, at, before)
                before = (before + sentence)[-60:]


def _portion(prose: Prose, sentence: Sequence[Told], at: int, before: Sequence[Told]) -> Iterator[Statement]:
    """So many percent of a base, taken out, paid or set apart: the amount that follows, or the one the words come after."""
    rate = sentence[at]
    beside = sentence[at - 1] if at and sentence[at - 1].money and rate.said.joined else None
    words = (beside.said.pre + "的" if beside is not None else "") + rate.said.pre.strip()
    by = _BY.search(words)
    if by is None or _NOT.search(words) or not (by["lead"][0] in "按依" and _AFTER.search(rate.said.post + _next(sentence, at)) or by["lead"][0] not in "按依" and by["base"]):
        return
    total = _total(sentence, at)
    bases = [beside] if beside is not None else _bases(clean(regex.split(_VERB, by["base"].removesuffix("的"))[-1]), total, [*before, *sentence[:at]])
    if total is None or not bases:
        return
    ways = tuple(Reading({"factors": (b.figure, rate.figure)}) for b in bases if b is not total)
    if ways:
        first = min(bases[0], rate, key=lambda t: (t.said.text, t.said.start))
        last = max(total, rate, key=lambda t: t.said.start)
        yield Statement("product", "rate", named(replace(total.said, figure=total.figure), total.said.name), ways,
                        prose.quote(first.said, last.said), guess=beside is None or total.said.start < rate.said.start)


def _next(sentence: Sequence[Told], at: int) -> str:
    return sentence[at + 1].gap if at + 1 < len(sentence) else ""


def _total(sentence: Sequence[Told], at: int) -> Told | None:
    """The amount taken: the next in the clause, else the one right before (上缴收益116万元,按利润总额的20%计算)."""
    after = sentence[at + 1] if at + 1 < len(sentence) else None
    if after is not None and after.money and not after.per and after.piece == sentence[at].piece and len(after.gap) <= 32 \
            and after.said.role == "amount" and "其中" not in after.gap:
        return after
    ahead = sentence[at - 1] if at and not sentence[at].said.joined else None
    return ahead if ahead is not None and ahead.money and not ahead.per and ahead.said.role == "amount" and len(sentence[at].gap) <= 20 else None


def _bases(name: str, total: Told | None, among: Sequence[Told]) -> list[Told]:
    """The amounts told before under the name of the base, the same name before a like one, the nearest first."""
    if total is None or len(core(name)) < 2:
        return []
    found = [t for t in reversed(among) if t.money and not t.per and t is not total and t.figure.base > total.figure.base and t.said.name]
    if "合同" in name:
        return [t for t in found if "合同" in t.said.pre][:3]
    same = [t for t in found if core(t.said.name) == core(name) or t.said.name.endswith(name)]
    return [*same, *(t for t in found if t not in same and (alike(name, t.said.name) or name in t.said.pre))][:3]
