"""Rates stated twice: a named rate beside its own formula, and a rate of the same amount on the same base.

>>> from fusuan.model import Document, Paragraph, Place
>>> def twice(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(a.text, b.text) for a, b, _ in [*named_twice(Report(document)), *based_twice(Report(document))]]
>>> twice("编制内在职人员控制率等于100%。", "在职人员控制率＝9/12×100%=75%。")
[('100%', '75%')]
>>> twice("在职人员控制率≤100%。", "上年在职人员控制率100%。", "在职人员控制率＝9/12×100%=75%。")
[]
>>> twice("税收完成30亿元，为目标40亿元的75%。", "税收累计完成30亿元，为目标40亿元的76%。")
[('76%', '75%')]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Figure
from fusuan.patterns._formula import chains
from fusuan.patterns._prose import Prose, prose_of
from fusuan.patterns._report import Report, Text
from fusuan.patterns._said import Said
from fusuan.patterns.names.likeness import core
from fusuan.patterns.names.names import canonical, rates

_NAMED = regex.compile(r"(?P<name>[\u4e00-\u9fff“”\"()（）]{3,24}?(?:率|满意度))\s*(?:约)?(?:为|是|达到?|等于|:|=|\s)*$")
_ELSE = regex.compile(r"目标|预期|计划|上年|去年|上一年|同期|平均|标准|应|要求|以内|不得|[≥≤<>]|之间|若|如果|指标值|全[国省市县区]|[0-9]{4}年?[-至]")
Twice = tuple[Figure, Figure, str]


def named_twice(report: Report) -> Iterator[Twice]:
    """Yield (stated, the result of its formula elsewhere, quote) for named rates."""
    formulas: dict[str, list[tuple[Figure, Text]]] = {}
    for text in report.texts:
        for name, figure in _results(text):
            formulas.setdefault(name, []).append((figure, text))
    for text in report.texts if formulas else ():
        ends = {f.span[1] for fs in formulas.values() for f, t in fs if t is text}
        for figure in text.figures:
            if figure.unit != "%" or figure.sign in ("≥", "≤", "<", ">") or figure.span[1] in ends:
                continue
            name, clause = _name_before(text, figure)
            if name and len({f.value for f, _ in formulas.get(name, [])}) == 1:
                other, source = formulas[name][0]
                if _years(text, figure) <= _years(source, other):
                    yield replace(figure, name=name), replace(other, name=name), clause


def _results(text: Text) -> Iterator[tuple[str, Figure]]:
    """The final results of the formulas of a paragraph, by canonical name."""
    for chain in chains(text.paragraph.text, text.paragraph.place):
        name = canonical(_tail(chain.name))
        expression = any(s is not None and s.number is None for s in chain.sides)
        numbers = [s.figures[0] for s in chain.sides[1:] if s is not None and s.number is not None and s.template == "#"]
        if name in rates() and expression and numbers and numbers[0].unit == "%":
            yield str(name), numbers[0]


def _tail(head: str) -> str:
    return regex.sub(r"^.*[，,。：:；;）)\]](?=[^，,。：:；;]{3})|^(?:本单位|我单位|本部门|本年度?)", "", head.strip())


def _name_before(text: Text, figure: Figure) -> tuple[str, str]:
    start = max(0, figure.span[0] - 40)
    head = regex.split(r"[,;。!\n]", text.folded[start:figure.span[0]])[-1]
    match = _NAMED.search(head)
    if match is None or _ELSE.search(head) or _ELSE.search(text.folded[figure.span[1]:figure.span[1] + 2]) \
            or regex.match(r"\s?\([^()]{0,8}[0-9]{4}", text.folded[figure.span[1]:figure.span[1] + 14]):
        return "", ""
    name = canonical(match["name"])
    clause = text.paragraph.text[figure.span[0] - len(head):figure.span[1]]
    return (str(name), clause.strip()) if name in rates() else ("", "")


def _years(text: Text, figure: Figure) -> set[str]:
    head = text.folded[max(0, figure.span[0] - 120):figure.span[0]]
    return set(regex.findall(r"(?:19|20)[0-9]{2}(?=\s?年)", head)[-1:])


def based_twice(report: Report) -> Iterator[Twice]:
    """Yield rates of one amount on one base that are stated twice, the one that does not recompute first."""
    for prose in prose_of(report):
        seen: dict[tuple[object, ...], tuple[Said, Said, Said]] = {}
        for amount, base, rate in _based(prose):
            key = (core(amount[0]), amount[1].figure.base, base.figure.base, base.figure.unit)
            if key not in seen:
                seen[key] = (amount[1], base, rate)
                continue
            first = seen[key][2]
            if first.text != rate.text or first.start != rate.start:
                wrong, right = _order(amount[1], base, first, rate)
                yield (replace(wrong.figure, name=amount[0] + "占比"), right.figure,
                       prose.quote(amount[1] if wrong is rate else seen[key][0], wrong))


def _based(prose: Prose) -> Iterator[tuple[tuple[str, Said], Said, Said]]:
    for item in prose.items:
        for base, rate in zip(item.said, item.said[1:], strict=False):
            if rate.figure.unit == "%" and base.role in ("base", "amount") and base.figure.dimension == "money" \
                    and rate.joined and rate.role in ("completion", "other") and item.amount is not None \
                    and item.amount is not base and core(item.name) and regex.fullmatch(r"\s*的?\s*", rate.gap):
                yield (item.name, item.amount), base, rate


def _order(amount: Said, base: Said, first: Said, second: Said) -> tuple[Said, Said]:
    """(the one further from amount ÷ base, the nearer one)."""
    if not base.figure.base:
        return second, first
    true = amount.figure.base / base.figure.base * 100
    return (first, second) if abs(first.figure.value - true) > abs(second.figure.value - true) else (second, first)
