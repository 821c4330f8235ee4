"""表内各栏按栏名的算式：数量 × 单价（标准）= 金额，得分 × 权重 = 加权得分，各项得分之和 = 总分。

读出数量（人数、面积）、单价（标准，也可印在表头：绿化奖补（3万元/个））、月数（次数）与金额各列，得分、权重与加权得分各列，执行率得分、产出得分等与总分各列，逐行计算；
只在同表有两行以上相符时才读，不符的多于相符的不读，不符的多于一行时只作提示。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(rows):
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     said = find(Report(Document("", "", (Table(cells, len(rows), len(rows[0]), Place(table=1)),))))
...     return [(s.stated.text, [f.text for f in s.figures[1:]]) for s in said]
>>> rows = [["品名", "数量", "单价（元）", "金额（元）"]]
>>> found([*rows, ["桌", "6", "120.00", "720.00"], ["椅", "24", "35.00", "840.00"]])
[('720.00', ['6', '120.00']), ('840.00', ['24', '35.00'])]
>>> found([*rows, ["桌", "6", "120.00", "700.00"], ["椅", "24", "35.00", "841.00"]])
[]
>>> found([["乡", "绿化（3万元/个）", ""], ["", "个数", "奖补金额"], ["甲乡", "4", "12"], ["乙乡", "7", "21"], ["丙乡", "6", "15"]])
[('12', ['4', '3万元']), ('21', ['7', '3万元']), ('15', ['6', '3万元'])]
>>> found([["项目", "产出得分", "效益得分", "总分"], ["甲", "48", "29.5", "77.5"], ["乙", "50", "26", "76"]])
[('77.5', ['48', '29.5']), ('76', ['50', '26'])]
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import regex

from fusuan.model import MONEY, Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.amounts.across import is_counted
from fusuan.patterns.amounts.claims import fits
from fusuan.patterns.cues.amounts import as_money, bare, kind_of, label_of, rank
from fusuan.patterns.cues.indicators import role_of, words
from fusuan.patterns.forms.marks import exact
from fusuan.patterns.grids.grid import Column, Section, sections

_WIDE = 100
"""More columns than this are a list, not a form."""
_MOST = 30
_MANY = regex.compile(r"数量|人数|户数|面积|里程|工程量|人次|学生数|(?:个|台|套|件|份|头|株|只|亩|辆|间|座)数|^数$")
_PRICE = regex.compile(r"单价|(?<!评分|评价|计分|扣分|考核|指标|赋分)标准(?!分|值)|单位成本|单位造价")
_IN_HEAD = regex.compile(r"(?P<what>[\u4e00-\u9fff]{0,8}?)(?:每[个人户亩件次辆台套村]|按|为)?(?P<price>[0-9]+(?:\.[0-9]+)?)(?P<unit>(?:万|千|百)?元)/(?:[\u4e00-\u9fff]{1,3})")
_TIMES = regex.compile(r"月数|月份数|期数|次数|天数|月$|学期数|年限")
_WHOLE = regex.compile(r"金额|合计|小计|总价|合价|总额|资金|费用|经费|补助(?!标准)|投资|成本(?!价)")
_WEIGHTED, _WEIGHT, _SCORE = regex.compile(r"加权(?:得分|后)|折算(?:后)?(?:得分|分)"), regex.compile(r"权重|系数|比重"), regex.compile(r"得分(?!率|比)|评分|分数")
_POINTS = regex.compile(r"\([0-9]{1,3}(?:\.[0-9])?分\)$")

_SUM, _WEIGHED, _MARKS = (Statement(kind, label, Figure("", Decimal(0)), (), "") for kind, label in
                          (("product", "sum"), ("product", "score_rate"), ("marks", "score_sum")))


class _Row(NamedTuple):
    """What a row states, and the figures its columns' names make it of."""

    stated: Figure
    figures: tuple[Figure, ...]
    quote: str


def find(report: Report) -> Iterator[Statement]:
    for section in sections(report):
        if len(section.columns) <= _WIDE:
            for column in section.columns:
                if _PRICE.search(bare(column.last)):
                    yield from next(filter(None, _products(section, column)), [])
            yield from _weighted(section)
            yield from _priced(section)
        yield from _added(section)


def _told(rows: Iterable[_Row | None], holds: Callable[[Figure, Sequence[Figure]], bool], said: Statement, role: str) -> list[Statement]:
    """What the rows say, where two come out and more do than do not: a guess where several do not."""
    seen = [row for row in rows if row is not None]
    held = sum(holds(row.stated, row.figures) for row in seen)
    guess = len(seen) - held > 1
    return [replace(said, stated=row.stated, readings=(Reading({role: row.figures}),), quote=row.quote, guess=guess)
            for row in seen] if held >= 2 and 2 * held > len(seen) else []


def _total(section: Section, row: int, column: Column) -> bool:
    label = section.label(row, column)
    return label is not None and bool(rank(label_of(label.text).text))


def _products(section: Section, price: Column) -> Iterator[list[Statement]]:
    """The products of one column of prices: with the count nearest to its left (or right) and the amount right of it, or with times too."""
    beside = [c for c in section.columns if c.heads[:-1] == price.heads[:-1] and c.labels == price.labels and c is not price]
    many = [c for c in beside if _MANY.search(bare(c.last))]
    whole = next((c for c in beside if c.index > price.index and _WHOLE.search(bare(c.last)) and not _PRICE.search(bare(c.last))
                  and kind_of(c.last) == "amount"), None)
    if not many or whole is None:
        return
    count = min(many, key=lambda c: (c.index > price.index, abs(c.index - price.index)))
    times = next((c for c in beside if _TIMES.search(bare(c.last)) and c not in (count, whole)), None)
    for factors in ([count, price], *([[count, price, times]] if times is not None else [])):
        yield _told((_product(section, row, factors, whole) for row in section.body), _multiply, _SUM, "factors")


def _product(section: Section, row: int, factors: Sequence[Column], whole: Column) -> _Row | None:
    stated = section.value(row, whole)
    figures = [section.value(row, column) for column in factors]
    if stated is None or not stated.value or any(figure is None or not figure.value for figure in figures) or _total(section, row, whole):
        return None
    named = [as_money(_price(f), c.head) if _PRICE.search(c.last) else replace(f, unit="" if f.dimension == "money" else f.unit)
             for f, c in zip(figures, factors, strict=True) if f is not None]
    return _Row(as_money(stated, whole.head), tuple(named), section.quote(row))


def _price(figure: Figure) -> Figure:
    """A price in money, whatever it is the price of: 0.32万元/盏."""
    money = figure.unit.partition("/")[0]
    return replace(figure, unit=money) if money in MONEY else figure


def _multiply(stated: Figure, figures: Sequence[Figure]) -> bool:
    """Tell whether factors multiply to the amount but for rounding: evidence of what the columns mean."""
    product = Decimal(1)
    for figure in figures:
        product *= figure.base / (100 if figure.unit == "%" else 1)
    return abs(product - stated.base) <= Decimal(1).scaleb(-stated.decimals) * stated.scale


def _priced(section: Section) -> Iterator[Statement]:
    """The products of counts by prices that a heading over them prints: 绿化奖补（10万元/个） over 个数 | 金额."""
    for count, whole in pairwise(section.columns):
        if not is_counted(count) or is_counted(whole) or count.heads[:-1] != whole.heads[:-1] or not _WHOLE.search(bare(whole.last)):
            continue
        prices = [p for row in section.header for p in _prices(section, row, count)]
        named = [p for what, p in prices if what and what in count.last]
        own = named or [p for what, p in prices if len(prices) == 1]
        if len(own) == 1:
            yield from _by_price(section, count, whole, own[0])


def _prices(section: Section, row: int, column: Column) -> Iterator[tuple[str, Figure]]:
    """The prices that a heading over a column prints, each with what it is for."""
    entry = section.grid.lines[row][column.index]
    if entry is None or entry.row != row:
        return
    for match in _IN_HEAD.finditer(entry.text):
        digits, unit = match["price"], match["unit"]
        yield match["what"], Figure(digits + unit, Decimal(digits), unit, len(digits.partition(".")[2]), entry.cell.place, name="单价")


def _by_price(section: Section, count: Column, whole: Column, price: Figure) -> list[Statement]:
    """The rows of one price; whole amounts without a unit in sight may be in that of the price."""
    seen = [_Row(stated, (replace(many, unit=""), price), section.quote(row)) for row in section.body
            if (stated := section.value(row, whole)) is not None and (many := section.value(row, count)) is not None and stated.value and many.value]
    ways = [[row._replace(stated=replace(row.stated, unit=unit or row.stated.unit)) for row in seen] for unit in ("", price.unit)]
    best = max(ways, key=lambda way: sum(_multiply(row.stated, row.figures) for row in way))
    lost = sum(not _multiply(row.stated, row.figures) for row in best)
    return _told(best, _multiply, _SUM, "factors") if lost <= 1 else []


def _weighted(section: Section) -> Iterator[Statement]:
    """Marks out of a hundred and their weights (0.2, 20%, 20) beside what they make together."""
    made, weights = ([c for c in section.columns if pattern.search(bare(c.last))] for pattern in (_WEIGHTED, _WEIGHT))
    scores = [c for c in section.columns if _SCORE.search(bare(c.last)) and c not in made and c not in weights]
    if len(made) == len(weights) == len(scores) == 1:
        yield from _told((_weighed(section, row, made[0], weights[0], scores[0]) for row in section.body), _multiply, _WEIGHED, "factors")


def _weighed(section: Section, row: int, *columns: Column) -> _Row | None:
    made, weight, score = (section.value(row, column) for column in columns)
    if made is None or weight is None or score is None or _total(section, row, columns[0]):
        return None
    # a weight is what it says: 0.2 is no rounded 0.24
    share = replace(weight, unit="%" if weight.value > 1 else "", decimals=0)
    return _Row(replace(made, unit=""), (replace(score, unit=""), share), section.quote(row))


def _added(section: Section) -> Iterator[Statement]:
    """Marks in columns of their own beside their total: 执行率得分 | 产出得分 | 效益得分 | 总分."""
    columns = [c for c in section.columns if c.heads]
    whole = next((c for c in columns if bare(c.last) in words("total", "names") and bare(c.last) not in ("合计", "总计")), None)
    parts = _beside(columns, whole) if whole is not None else []
    if whole is not None and 2 <= len(parts) <= _MOST:
        yield from _told((_marked(section, row, whole, parts) for row in section.body), lambda a, b: fits(a, b, ()), _MARKS, "parts")


def _beside(columns: Sequence[Column], whole: Column) -> list[Column]:
    """The run of columns of marks next to the total, left of it or else right."""
    place = columns.index(whole)
    for run in (columns[:place][::-1], columns[place + 1:]):
        found: list[Column] = []
        for column in run:
            if role_of(column.last) != "earned" and not _POINTS.search(column.last):
                break
            found.append(column)
        if found:
            return sorted(found, key=lambda c: c.index)
    return []


def _marked(section: Section, row: int, whole: Column, parts: Sequence[Column]) -> _Row | None:
    stated = section.value(row, whole)
    figures = [f for c in parts if (f := section.value(row, c)) is not None and f.dimension != "rate"]
    if stated is None or stated.dimension == "rate" or len(figures) < 2:
        return None
    return _Row(exact(replace(stated, name=f"{stated.name}{whole.last}"[:40])), tuple(map(exact, figures)), section.quote(row))
