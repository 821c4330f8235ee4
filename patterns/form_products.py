"""表内数量 × 单价（标准）= 金额：明细表、补助发放表中的乘积列。

读出数量（人数、面积）、单价（标准）、月数（次数）与金额各列，逐行相乘；只在同表有两行以上相符时才读，不符的多于相符的不读。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(rows):
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     return list(find(Report(Document("", "", (Table(cells, len(rows), len(rows[0]), Place(table=1)),)))))
>>> rows = [["品名", "数量", "单价（元）", "金额（元）"], ["桌", "6", "120.00", "720.00"], ["椅", "24", "35.00", "840.00"]]
>>> [(s.stated.text, [f.text for f in s.readings[0]["factors"]]) for s in found(rows)]
[('720.00', ['6', '120.00']), ('840.00', ['24', '35.00'])]
>>> rows = [["品名", "数量", "单价（元）", "金额（元）"]]
>>> found([*rows, ["桌", "6", "120.00", "700.00"], ["椅", "24", "35.00", "841.00"]])
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from fusuan.model import MONEY, Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.cues.amounts import as_money, bare, kind_of, label_of, rank
from fusuan.patterns.grids.grid import Column, Section, sections

_WIDE = 100
"""More columns than this are a list, not a form."""
_MANY = regex.compile(r"数量|人数|户数|面积|里程|工程量|人次|学生数|(?:个|台|套|件|份|头|株|只|亩|辆|间|座)数|^数$")
_PRICE = regex.compile(r"单价|(?<!评分|评价|计分|扣分|考核|指标|赋分)标准(?!分|值)|单位成本|单位造价")
_TIMES = regex.compile(r"月数|月份数|期数|次数|天数|月$|学期数|年限")
_WHOLE = regex.compile(r"金额|合计|小计|总价|合价|总额|资金|费用|经费|补助(?!标准)|投资|成本(?!价)")


def find(report: Report) -> Iterator[Statement]:
    for section in sections(report):
        for column in section.columns if len(section.columns) <= _WIDE else ():
            if _PRICE.search(bare(column.last)):
                yield from _products(section, column)
        yield from _weighted(section)


_WEIGHTED, _WEIGHT, _SCORE = regex.compile(r"加权(?:得分|后)|折算(?:后)?(?:得分|分)"), regex.compile(r"权重|系数|比重"), regex.compile(r"得分(?!率|比)|评分|分数")


def _weighted(section: Section) -> Iterator[Statement]:
    """Marks out of a hundred and their weights (0.2, 20%, 20) beside what they make together."""
    own = [(c, bare(c.last)) for c in section.columns[:_WIDE]]
    made, weights = ([c for c, head in own if pattern.search(head)] for pattern in (_WEIGHTED, _WEIGHT))
    scores = [c for c, head in own if _SCORE.search(head) and c not in made and c not in weights]
    if not len(made) == len(weights) == len(scores) == 1:
        return
    seen = [s for row in section.body if (s := _weighed(section, row, (made[0], weights[0], scores[0]))) is not None]
    held = sum(_fits(stated, figures) for stated, figures, _ in seen)
    if held >= 2 and len(seen) - held <= 1:
        for stated, figures, quote in seen:
            yield Statement("product", "score_rate", stated, (Reading({"factors": figures}),), quote)


def _weighed(section: Section, row: int, columns: tuple[Column, Column, Column]) -> tuple[Figure, tuple[Figure, ...], str] | None:
    """A row that is no total: what is stated, the score and its weight as a share."""
    label = section.label(row, columns[0])
    made, weight, score = (section.value(row, column) for column in columns)
    if made is None or weight is None or score is None or label is not None and rank(label_of(label.text).text):
        return None
    # a weight is what it says: 0.2 is no rounded 0.24
    share = replace(weight, unit="%" if weight.value > 1 else "", decimals=0)
    return replace(made, unit=""), (replace(score, unit=""), share), section.quote(row)


def _products(section: Section, price: Column) -> Iterator[Statement]:
    """The products of one column of prices: with the count nearest to its left (or right) and the amount right of it."""
    beside = [c for c in section.columns if c.heads[:-1] == price.heads[:-1] and c.labels == price.labels and c is not price]
    many = [c for c in beside if _MANY.search(bare(c.last))]
    whole = next((c for c in beside if c.index > price.index and _WHOLE.search(bare(c.last)) and not _PRICE.search(bare(c.last))
                  and kind_of(c.last) == "amount"), None)
    if not many or whole is None:
        return
    count = min(many, key=lambda c: (c.index > price.index, abs(c.index - price.index)))
    times = next((c for c in beside if _TIMES.search(bare(c.last)) and c not in (count, whole)), None)
    for factors in ([count, price], *([[count, price, times]] if times is not None else [])):
        seen = [s for row in section.body if (s := _row(section, row, factors, whole)) is not None]
        held = sum(_fits(stated, figures) for stated, figures, _ in seen)
        if held >= 2 and held > len(seen) - held:
            guess = len(seen) - held > 1
            for stated, figures, quote in seen:
                yield Statement("product", "sum", stated, (Reading({"factors": figures}),), quote, guess=guess)
            return


def _row(section: Section, row: int, factors: Sequence[Column], whole: Column) -> tuple[Figure, tuple[Figure, ...], str] | None:
    label = section.label(row, whole)
    if label is not None and rank(label_of(label.text).text):
        return None
    stated = section.value(row, whole)
    figures = [section.value(row, column) for column in factors]
    if stated is None or not stated.value or any(figure is None or not figure.value for figure in figures):
        return None
    named = [as_money(_price(f), c.head) if _PRICE.search(c.last) else replace(f, unit="" if f.dimension == "money" else f.unit)
             for f, c in zip(figures, factors, strict=True) if f is not None]
    return as_money(stated, whole.head), tuple(named), section.quote(row)


def _price(figure: Figure) -> Figure:
    """A price in money, whatever it is the price of: 0.32万元/盏."""
    money = figure.unit.partition("/")[0]
    return replace(figure, unit=money) if money in MONEY else figure


def _fits(stated: Figure, figures: Sequence[Figure]) -> bool:
    """Tell whether factors multiply to the amount but for rounding: evidence of what the columns mean."""
    product = Decimal(1)
    for figure in figures:
        product *= figure.base / (100 if figure.unit == "%" else 1)
    return abs(product - stated.base) <= Decimal(1).scaleb(-stated.decimals) * stated.scale
