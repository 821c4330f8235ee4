"""同一数字的两种写法：大写与小写、元与万元、比率与其算式。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.label, s.stated.text, s.readings[0]["other"][0].text) for s in find(Report(document))]
>>> found("补助资金人民币叁佰万元整（￥3,000,000.00元）。", "投入1200000元（120万元）。")
[('caps', '叁佰万元整', '3,000,000.00元'), ('unit', '120万元', '1200000元')]
>>> found("核拨9,810,663.10元（折合981.07元）。", "每人80000元（即80元）。")
[('unit', '981.07元', '9,810,663.10元')]
>>> found("编制内在职人员控制率等于100%。", "在职人员控制率＝9/12×100%=75%。")
[('cross', '100%', '75%')]
>>> found("收入12万元（其中财政拨款11万元），增长20%。"), found("在职人员控制率≤100%。", "上年在职人员控制率100%。", "在职人员控制率＝9/12×100%=75%。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report, Text
from fusuan.patterns.figures.chains import chains
from fusuan.patterns.figures.chinese import LETTERS
from fusuan.patterns.names.names import canonical, rates

_AGAIN = regex.compile(r"\s*[(\[]?\s*(?:大写|小写|即|合|折合|计|人民币|金额|¥|:|,|\s)*[:：]?\s*|\s*[)\]]?\s*(?:\(?(?:大写|小写)[:：)]?\s*(?:人民币)?|,?\s?即)\s*")
_UNIT_AGAIN = regex.compile(r"\s*(?:\(\s?(?:即|合|折合|约合|约)?|,?\s?(?:即|合|折合))\s*")

_CLOSED = regex.compile(r"\s*(?:[),;。]|$)")
_NAMED = regex.compile(r"(?P<name>[\u4e00-\u9fff“”\"()（）]{3,24}?(?:率|满意度))\s*(?:约)?(?:为|是|达到?|等于|:|=|\s)*$")
_ELSE = regex.compile(r"目标|预期|计划|上年|去年|上一年|同期|平均|标准|应|要求|以内|不得|[≥≤<>]|之间|若|如果|指标值|全[国省市县区]|[0-9]{4}年?[-至]")


def find(report: Report) -> Iterator[Statement]:
    for text in report.texts:
        yield from _adjacent(text)
    yield from _named_twice(report)


def _statement(label: str, stated: Figure, other: Figure, quote: str) -> Statement:
    return Statement("mention", label, stated, (Reading({"other": (other,)}),), quote)


def _ten_thousandth(first: Figure, second: Figure) -> bool:
    """Tell whether a figure is another one in units of ten thousand, whatever unit it bears: 12345600元(折合1234.56元)."""
    return first.value >= 10000 and second.decimals > 0 and abs(first.value / 10000 - second.value) <= Decimal("0.5").scaleb(-second.decimals)


def _adjacent(text: Text) -> Iterator[Statement]:
    """An amount written twice in a row: in capitals and digits, or in two units."""
    for first, second in zip(text.figures, text.figures[1:], strict=False):
        if first.dimension != "money" or second.dimension != "money":
            continue
        gap = text.folded[first.span[1]:second.span[0]]
        quote = text.paragraph.text[max(0, first.span[0] - 12):second.span[1]].strip()
        if _spelt(first) != _spelt(second) and len(gap) <= 16 and _AGAIN.fullmatch(gap):
            stated, other = (first, second) if _spelt(first) else (second, first)
            yield _statement("caps", stated, other, quote)
        elif (first.unit != second.unit or _ten_thousandth(first, second)) and not _spelt(first) and len(gap) <= 6 and _UNIT_AGAIN.fullmatch(gap) \
                and _CLOSED.match(text.folded, second.span[1]):
            yield _statement("unit", second, first, quote)


def _spelt(figure: Figure) -> bool:
    """Tell whether a figure is written in Chinese capitals."""
    return figure.text[0] in LETTERS


def _named_twice(report: Report) -> Iterator[Statement]:
    """A named rate, and the result of its formula elsewhere."""
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
                    yield _statement("cross", replace(figure, name=name), replace(other, name=name), clause)


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
