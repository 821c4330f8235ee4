"""正文的完成率、增长率，其本期数与基数列在表中同一行。

正文的数与一行中的一个数相同、名称也相合的，以该行写明目标（计划、预算）或上年（同期）的那一列为基数；一行中这样的列不止一列的不读。
复算不符的，只在正文写明是对目标、对上年而言，且看得出错在哪里（一位数字、增减说反、分子分母颠倒），或表中自己印有比率、
复算与之相符而与正文不同时才判。

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(line, *cells):
...     row = [Figure(text, Decimal(text), "", 0, Place(table=1, row=2, column=n), name=f"栽植行道树·{head}") for n, (head, text) in enumerate(cells, 1)]
...     return [(s.stated.text, s.guess, [f.text for f in s.figures[1:]]) for s in find([passage([Text.of(Paragraph(line, Place(paragraph=1)))])], row, set())]
>>> found("全年栽植行道树1172株，完成计划的93.76%。", ("年度计划", "1250"), ("完成", "1172"), ("得分", "9"))
[('93.76%', True, ['1172', '1250'])]
>>> found("全年栽植行道树1172株，完成计划的106.66%。", ("年度计划", "1250"), ("完成", "1172")), found("全年栽植行道树1172株，比上年增长17.2%。", ("上年同期", "1000"), ("本期", "1172"))
([('106.66%', False, ['1172', '1250'])], [('17.2%', True, ['1172', '1000'])])
>>> found("全年栽植行道树1172株，比上年增长14.7%。", ("上年", "1000"), ("本年", "1172"), ("增长%", "17"))
[('14.7%', False, ['1172', '1000'])]
>>> found("全年栽植行道树1172株，完成率97.5%。", ("年度计划", "1250"), ("完成", "1172")), found("全年修剪绿篱1172株，完成计划的93.76%。", ("年度计划", "1250"), ("完成", "1172"))
([], [])
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal

import regex

from fusuan.model import Figure, Place, Reading, Statement
from fusuan.model.slip import units
from fusuan.patterns import clean
from fusuan.relations._fit import SLIP, compare
from fusuan.relations._pool import Pool
from fusuan.relations._reasons import TURNED
from fusuan.relations._weigh import RULED
from fusuan.relations.passages import cues
from fusuan.relations.passages.mention import Mention, Passage, likeness

Key = tuple[Place, tuple[int, int]]
Row = Sequence[Figure]
"""What stands in a row, the rates among it."""
Cell = tuple[float, Figure, Row]
"""An amount in the measure it is counted in, where it stands, and what stands in its row."""
_UNITS = (1e4, 1e8)
"""What one of a cell without a unit may stand for in 元."""
PRINTED = "表中该行所列的比率与复算相符"
_LEAST, _FAR = 100, 1000
"""In units of its last digit, the least rate that is not met by accident, and the least amount that says by itself which row is meant."""
_ALIKE, _MOST = 0.6, 200
"""How alike a rate's own name must be to that of its amount, and how many cells of one value are looked at: that many tell nothing."""
_RATE = regex.compile(r"[率幅%]|增长|增减|比重|比例")
"""What says of a column that its bare figures are rates."""
_BASES = {"done": regex.compile(r"目标|计划|任务|指标值|预算|应"), "growth": regex.compile(r"上年|去年|同期|上期|基期")}
_TO = {"done": regex.compile(r"(?:目标|计划|任务|指标)[值数]?的|完成率"), "growth": regex.compile(r"[比较](?:上年|去年)|同比")}
"""What says in the text that a rate is of that base."""
_PLAIN = {"done": regex.compile(r"[,(]?\s?(?:分别)?(?:完成|为|达到?|占)?(?:年度|全年|本年|年初|调整)?(?:预算|目标|计划|任务|指标)?[值数]?的?(?:完成率)?(?:为|达)?\s*|[、和]"),
          "growth": regex.compile(rf"[,(]?\s?(?:分别)?(?:同比|[比较](?:上年|去年)(?:同期)?)?(?:{cues.UP}|{cues.DOWN})了?\s*|[、和]")}
"""All that may stand between an amount and a rate that is accused: 可比增长, 比预算增长 and 剔除…后增长 are of something else than the row."""


def find(passages: Iterable[Passage], figures: Iterable[Figure], known: Set[Key]) -> Iterator[Statement]:
    """Yield the rates that rest on a row, but for those of which something is `known` already."""
    cells = sorted(((float(cell.base), cell, row) for row in _rows(figures) for cell in row if cell.value > 0 and not _is_rate(cell)), key=_value)
    for read in passages if cells else ():
        for m in read.mentions:
            if m.dimension == "rate" and (m.figure.place, m.figure.span) not in known:
                yield from _of(read, m, cells)


def _value(cell: Cell) -> float:
    return cell[0]


def _equal(a: Mention, cells: Sequence[Cell]) -> Iterator[Cell]:
    """The cells that hold an amount of the text, whatever unit stands over them, and however much finer they are."""
    for unit in {1.0, a.scale, *(_UNITS if a.dimension == "money" else ())}:
        low, high = ((a.value + side * (a.half + 1e-6)) / unit for side in (-1, 1))
        first = bisect_left(cells, low, key=_value)
        yield from (cell for cell in cells[first:min(first + _MOST, bisect_right(cells, high, key=_value))] if unit == 1.0 or not cell[1].unit)


def _rows(figures: Iterable[Figure]) -> list[Row]:
    """The rows of tables that hold two figures or more, each alone in its cell."""
    cells, rows = defaultdict[Place, list[Figure]](list), defaultdict[tuple[str | None, int | None, int], list[Figure]](list)
    for figure in figures:
        if figure.place.row is not None:
            cells[figure.place].append(figure)
    for place, own in cells.items():
        if len(own) == 1 and own[0].dimension not in ("points", "marks") and place.row is not None:
            rows[place.sheet, place.table, place.row].append(own[0])
    return [row for row in rows.values() if len(row) > 1]


def _of(read: Passage, m: Mention, cells: Sequence[Cell]) -> Iterator[Statement]:
    role = "done" if m.role == "named" and _TO["done"].search(m.before) else m.role
    a = _amount(read, m) if role in _BASES and not m.past and not m.remarked else None
    if a is None or units(m.figure.value, m.decimals) < _LEAST and units(a.figure.value, a.decimals) < _FAR:
        return
    ways = {(cell.value, base.value): (cell, base, row) for _, cell, row in _equal(a, cells) if _named(a, cell) and not _BASES[role].search(_column(cell))
            for base in row if base is not cell and base.value > 0 and not _is_rate(base) and _is_base(m, role, base, cell)}
    ways = {key: way for key, way in ways.items() if not any(_comes_to(way[1], cell.value / base.value * 100) for cell, base, _ in ways.values())}
    if len(ways) == 1:
        yield from _said(read, m, role, *next(iter(ways.values())))


def _amount(read: Passage, m: Mention) -> Mention | None:
    """The amount right before a rate, which it is told of; of a series, the one in its place."""
    near = (o for o in read.before(m, 3 if m.series < 2 else 3 * m.series) if o.role == "amount" and o.dimension not in ("rate", "points", "marks"))
    a = next((o for o in near if (o.series, o.rank) == (m.series, m.rank)), None)
    return a if a is not None and a.sentence == m.sentence and a.matter == m.matter and not _another(m, a) else None


def _another(m: Mention, a: Mention) -> bool:
    """Tell whether a rate goes by a name that is not that of the amount before it: 医疗收入48506万元,财政拨款下降3%."""
    said = m.before.rpartition(",")[2] if m.role == "growth" else ""
    return bool(said) and m.own_name and likeness(m.pairs, a.pairs) < _ALIKE


def _said(read: Passage, m: Mention, role: str, cell: Figure, base: Figure, row: Row) -> Iterator[Statement]:
    ratio = float(cell.value / base.value) * 100
    value = (ratio - 100) * (m.direction or 1) if role == "growth" else ratio
    fit, against = compare(m, value, 0.0), role == "growth" and compare(m, -value, 0.0).fits
    if fit.fits and units(m.figure.value, m.decimals) >= _LEAST:
        yield _statement(read, m, role, cell, base)
    elif not fit.fits and _PLAIN[role].fullmatch(m.before) and not _explained(read, m) and abs(m.value - value) > 3 * m.half:
        printed = any(_comes_to(f, cell.value / base.value * 100 - (100 if role == "growth" else 0)) for f in row)
        slip = fit.outcome == SLIP or against or role == "done" and compare(m, 1e4 / ratio, 0.0).fits
        if printed or slip and _TO[role].search(m.before) and units(m.figure.value, m.decimals) >= _LEAST:
            yield _statement(read, m, role, cell, base, TURNED if against else PRINTED if printed else "")


def _comes_to(f: Figure, value: Decimal) -> bool:
    """Tell whether a figure of a row is the rate that others of it come to, whether or not its column says that it holds rates."""
    return (_is_rate(f) or units(f.value, f.decimals) >= _LEAST) and abs(f.value - value) <= Decimal(5).scaleb(-f.decimals - 1)


def _statement(read: Passage, m: Mention, role: str, cell: Figure, base: Figure, because: str | None = None) -> Statement:
    """What is told of a rate: a guess, or, with what speaks for it, an accusation."""
    kind, label, reading = _growth(cell, base) if role == "growth" else ("rate", "rate", Reading({"numerator": (cell,), "denominator": (base,)}))
    facts = {"direction": "-"} if role == "growth" and m.direction < 0 else {}
    return Statement(kind, label, m.figure.under(cell.name.partition("·")[0], m.figure.period, m.figure.basis), (reading,), read.quote([m]), {**facts, "because": because or ""},
                     guess=because is None, source="over_rows", certainty=None if because is None else RULED)


def _is_rate(cell: Figure) -> bool:
    return cell.dimension == "rate" or not cell.dimension and bool(_RATE.search(cell.name.partition("·")[2]))


def _growth(cell: Figure, base: Figure) -> tuple[str, str, Reading]:
    return "change", "growth", Reading({"now": (cell,), "before": (base,)})


def _explained(read: Passage, m: Mention) -> bool:
    """Tell whether the amounts around a rate come to it some other way."""
    levels = Pool(read, m).quotients
    return any(compare(m, value, spread).fits for a, b, spread in levels for value in (a.value / b.value * 100, abs(a.value / b.value * 100 - 100)))


def _named(a: Mention, cell: Figure) -> bool:
    """Tell whether a row goes by the name of an amount of the text: most letters of the shorter are in the longer."""
    label, said = set(clean(cell.name.partition("·")[0])), set(clean(a.name))
    return len(label & said) >= max(3, 0.55 * min(len(label), len(said)))


def _is_base(m: Mention, role: str, base: Figure, cell: Figure) -> bool:
    """Tell whether a column says that it is what the rate is of: a target, the year before; of 年初 and 调整预算, the one that is told."""
    said = m.before if role == "done" else ""
    if cues.FIRST.search(said) and "调整" in base.basis or cues.ADJUSTED.search(said) and "调整" not in base.basis:
        return False
    years = [int(f.period[:4]) if f.period[:4].isdigit() else 0 for f in (base, cell)]
    return bool(_BASES[role].search(_column(base))) or role == "growth" and years[0] > 0 and years[0] == years[1] - 1


def _column(cell: Figure) -> str:
    return f"{cell.period}{cell.basis}{cell.name.partition('·')[2]}"
