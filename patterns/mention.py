"""同一数字的多处表述：正文前后、文与表、大写与小写、元与万元、指标值与其算式。

只取名称全同、年度口径不相冲突的；两段（或一段与一行）有两个以上名称一致的，第三个不一致即为矛盾，
否则只在明显笔误时报告；本级与汇总、财政拨款与全口径、年初与调整后等口径不同的不比。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.label, s.stated.text, s.readings[0]["other"][0].text) for s in find(Report(document))]
>>> found("补助资金人民币叁佰万元整（￥3,000,000.00元）。", "投入1200000元（120万元）。")
[('caps', '叁佰万元整', '3,000,000.00元'), ('unit', '120万元', '1200000元')]
>>> found("收入12万元（其中财政拨款11万元），增长20%。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._mention_amounts import pairs
from fusuan.patterns._mention_rates import based_twice, named_twice
from fusuan.patterns._report import Report, Text
from fusuan.patterns.figures.chinese import LETTERS

_AGAIN = regex.compile(r"\s*[(\[]?\s*(?:大写|小写|即|合|折合|计|人民币|金额|¥|:|,|\s)*[:：]?\s*|\s*[)\]]?\s*(?:\(?(?:大写|小写)[:：)]?\s*(?:人民币)?|,?\s?即)\s*")
_UNIT_AGAIN = regex.compile(r"\s*(?:\(\s?(?:即|合|折合|约合|约)?|,?\s?(?:即|合|折合))\s*")

# they tell which measure is meant, and not of what
_NAMELESS = frozenset(("年初预算", "年初预算数", "预算数", "决算数", "执行数", "调整预算数", "全年预算数", "全年执行数"))
_CLOSED = regex.compile(r"\s*(?:[),;。]|$)")


def find(report: Report) -> Iterator[Statement]:
    for text in report.texts:
        yield from _adjacent(text)
    for stated, other, quote in (*named_twice(report), *based_twice(report)):
        yield _statement("cross", stated, other, quote)
    for pair in pairs(report):
        if pair.stated.name not in _NAMELESS and (pair.firm or _slip(pair.stated, pair.other)):
            yield _statement("cross", pair.stated, pair.other, pair.quote)


def _statement(label: str, stated: Figure, other: Figure, quote: str) -> Statement:
    return Statement("mention", label, stated, (Reading({"other": (other,)}),), quote)


def _slip(a: Figure, b: Figure) -> bool:
    """Tell whether two amounts in one unit differ in one digit, or in two neighbours changed about."""
    first, second = (str(f.value).replace(".", "") for f in (a, b))
    if a.unit != b.unit or a.decimals != b.decimals or len(first) != len(second) or len(first) < 3:
        return False
    wrong = [i for i, (x, y) in enumerate(zip(first, second, strict=True)) if x != y]
    return len(wrong) == 1 or len(wrong) == 2 and wrong[1] - wrong[0] == 1 and \
        first[wrong[0]] == second[wrong[1]] and first[wrong[1]] == second[wrong[0]]


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
        elif first.unit != second.unit and not _spelt(first) and len(gap) <= 6 and _UNIT_AGAIN.fullmatch(gap) \
                and _CLOSED.match(text.folded, second.span[1]):
            yield _statement("unit", second, first, quote)


def _spelt(figure: Figure) -> bool:
    """Tell whether a figure is written in Chinese capitals."""
    return figure.text[0] in LETTERS
