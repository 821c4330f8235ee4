"""The rates of a section: a column of them, a row of them, or a pair of label and value; and shares of a total."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns.amounts.ratio import RULED, Ratio, base_of, comes_out, of_another, plain, top_of, way_of
from fusuan.patterns.amounts.shares import shares
from fusuan.patterns.cues.amounts import as_money, is_rate, kind_of, label_of
from fusuan.patterns.cues.binding import Bound, bind
from fusuan.patterns.grids.grid import Column, Section

_SHARE = regex.compile(r"占|比重")
_AIMED = regex.compile(r"目标|指标|任务")
"""What a rate stands beside that is a target, not one of money."""
_TIME = regex.compile(r"序时|时间进度")
_INDICATORS = regex.compile("[一二三]级指标|指标值|指标名称")
_WINDOW = 12
_CARRIED = regex.compile(r"(?:上年|年初|期初)(?:结转|结余)")


def rates(section: Section) -> Iterator[Statement]:
    """Yield the rates that a section states."""
    for column in section.columns:
        if kind_of(column.last) == "rate" and not _TIME.search(column.last):
            found = shares(section, column, _beside(section, column)) if _SHARE.search(column.last) and not regex.search(r"[A-Z]\)?/", column.last) else []
            held = sum(comes_out(r, b) for r in found for b in r.below[:1])
            if found and (held >= 2 or not _named(section, column)):
                yield from _settled(found, False, held < 2)
            else:
                yield from _column(section, column)
    yield from _rows(section)


def _named(section: Section, column: Column) -> bool:
    """Tell whether a share is named as a rate of two columns of its row (支出占比)."""
    others = _beside(section, column)
    return bind(column.last, [c.last for c in others]) is not None or bind(column.head, [c.head for c in others]) is not None


def _beside(section: Section, column: Column) -> list[Column]:
    """The columns a column's rates may be made of: with the same labels, and under the same heading where it has several."""
    same = [c for c in section.columns if c.labels == column.labels and c is not column]
    own = [c for c in same if c.heads[:-1] == column.heads[:-1]] if len(column.heads) > 1 else same
    return own if len(own) >= 2 else same


def _column(section: Section, column: Column) -> Iterator[Statement]:
    """The rates of a column: bound by the innermost headings, or (where nothing fits so) by all headings over a column."""
    found: list[tuple[list[Ratio], Bound]] = []
    for others, names, name in _bases(section, column):
        bound = bind(name, names, sum(c.index < column.index for c in others))
        if bound is not None:
            ratios = [r for row in section.body if (r := _ratio(section, row, column, others, bound))]
            found.append((ratios if bound.printed else of_another(section, others, ratios), bound))
    fitting = next((one for one in found if any(r.fitting for r in one[0])), None)
    if found:
        ratios, bound = fitting or found[0]
        if any(kind_of(c.last) == "target" for c in _sources(section, column)):
            # a result by its target may count from another base, and the other way round: only what agrees is told
            ratios = [r for r in ratios if r.fitting]
            ratios = ratios if len(ratios) > 1 else []
        lettered = bool(regex.search(r"[A-Z]\)?[/÷]\(?[A-Z]", column.last)) and not bound.printed
        yield from _settled(ratios, bound.printed, lettered)


def _sources(section: Section, column: Column) -> list[Column]:
    """The columns of the innermost headings that a rate is made of."""
    others = _beside(section, column)
    bound = bind(column.last, [c.last for c in others], sum(c.index < column.index for c in others))
    return [others[bound.above], *(others[n] for n in bound.below[:1])] if bound is not None else []


def _bases(section: Section, column: Column) -> Iterator[tuple[list[Column], list[str], str]]:
    """The columns a rate may be made of, with the names they go by and the name of the rate."""
    near = _beside(section, column)
    yield near, [c.last for c in near], column.last
    same = [c for c in section.columns if c.labels == column.labels and c is not column]
    yield same, [c.head for c in same], column.head


def _ratio(section: Section, row: int, column: Column, others: Sequence[Column], bound: Bound) -> Ratio | None:
    stated, above = section.value(row, column), section.value(row, others[bound.above])
    below = [f for i in bound.below if (f := section.value(row, others[i])) and f.dimension != "rate"]
    if stated is None or above is None or not below or above.dimension == "rate":
        return None
    name = f"{stated.name}{column.last}" if stated.name and stated.name != column.last else column.last
    above = as_money(above, others[bound.above].head, stated.name)
    bases: list[tuple[Figure, ...]] = [(as_money(f, others[bound.above].head, stated.name),) for f in below]
    if not bound.printed and (carried := _carried(section, row, others)) is not None:
        bases += [(carried, *base) for base in bases if base[0].place != carried.place and base[0].unit == carried.unit]
    return Ratio(plain(section, row, column, replace(stated, name=name[:40])), above, tuple(bases), section.quote(row))


def _carried(section: Section, row: int, others: Sequence[Column]) -> Figure | None:
    """What was carried over from the year before, where a column shows it: spending draws on it as on the year's money."""
    column = next((c for c in others if _CARRIED.match(c.last)), None)
    figure = section.value(row, column) if column is not None else None
    return as_money(figure, column.head) if column is not None and figure is not None and figure.value else None


def _settled(ratios: Sequence[Ratio], printed: bool, guess: bool) -> Iterator[Statement]:
    """One kind of rate in several places: a guess where it fails again and again and nowhere holds."""
    held = {r.stated.value for r in ratios if r.fitting}
    lost = {(r.stated.value, top_of(r), base_of(r.below[0])) for r in ratios
            if not r.fitting and any(map(base_of, r.below))}
    misread = not printed and len(lost) > max(1, len(held))
    guess = guess or misread
    came = Counter(way_of(b) for r in ratios for b in r.fitting)
    rule = _rule(ratios)
    for ratio in ratios:
        if misread and not ratio.fitting:
            continue
        less = {"minus_numerator": ratio.less} if ratio.less else {}
        # a rate that fails is shown by what the others of its column are made of
        ways, shape = sorted(dict.fromkeys(ratio.below), key=lambda below: -came[way_of(below)]), ratio.shape
        ways = [below for below in ways if rule is None or set(rule) <= set(way_of(below))] or ways
        yield Statement("rate", "rate", ratio.stated,
                        tuple(Reading({"numerator": (ratio.above,), "denominator": below, **less}) for below in ways),
                        ratio.quote, facts={"as": shape} if shape else {}, guess=guess)


def _rule(ratios: Sequence[Ratio]) -> tuple[int | None, ...] | None:
    """The columns that so many rates of a column are taken of that one taken of others (what was carried over aside) breaks the column's
    rule; None where there is none.
    """
    held: dict[tuple[int | None, ...], set[Decimal]] = defaultdict(set)
    for ratio in ratios:
        for below in ratio.fitting if ratio.telling else ():
            held[way_of(below)].add(ratio.stated.value)
    if not held:
        return None
    way = max(held, key=lambda way: len(held[way]))
    lost = [r for r in ratios if way in map(way_of, r.below) and way not in map(way_of, r.fitting)]
    return way if len(held[way]) >= RULED * max(1, len(lost)) else None


def _rows(section: Section) -> Iterator[Statement]:
    """Rates named by their row, or by the label just left of them."""
    if any(_INDICATORS.search(h) for c in range(section.grid.width) for h in section.heads(c)):
        return
    columns = [c for c in section.columns if kind_of(c.last) not in ("mark", "target") and c.labels]
    unheaded = not section.header and len(columns) > 2
    known: list[tuple[int, Column, str, Figure]] = []
    ratios: dict[str, list[Ratio]] = {}
    for row in section.body:
        for column in columns:
            figure, label = section.value(row, column), section.label(row, column)
            if figure is None or label is None:
                continue
            name = label_of(label.text).text
            if is_rate(name) and (_TIME.search(name) or any(_AIMED.search(e.text) for e in section.above(row, column)[:-1])):
                continue
            if is_rate(name) and kind_of(name) == "rate" and kind_of(column.last) != "rate" \
                    and figure.dimension in (("rate",) if unheaded else ("rate", "", "money")):
                ratio = _labelled(section, row, column, name, known[-60:])
                if ratio is not None:
                    ratios.setdefault(name, []).append(ratio)
            elif kind_of(column.last) == "amount" and figure.dimension != "rate":
                known.append((row, column, name, figure))
    for group in ratios.values():
        yield from _settled(group, False, False)


def _labelled(section: Section, row: int, column: Column, name: str,
              known: Sequence[tuple[int, Column, str, Figure]]) -> Ratio | None:
    """A rate by its row: of figures above it in its column, else of pairs near it, else of the row before by headings."""
    near = [k for k in known if row - k[0] <= _WINDOW]
    same = [k for k in near if k[1] is column and k[0] != row]
    pairs = [k for k in near if row - k[0] <= 3]
    line = [k for k in near if k[0] == max((k[0] for k in near if k[0] < row), default=-1)]
    alone = sum(section.value(row, c) is not None for c in section.columns) == 1
    for group, names in ((same, [k[2] for k in same]), (pairs, [k[2] for k in pairs if len({p[2] for p in pairs}) == len(pairs)]),
                         (line if alone else [], [k[1].last for k in line])):
        bound = bind(name, names) if len(names) == len(group) and len(group) >= 2 else None
        if bound is None:
            continue
        stated = section.value(row, column)
        if stated is not None:
            above, *below = (as_money(group[i][3], group[i][2], group[i][1].head) for i in (bound.above, *bound.below))
            return Ratio(plain(section, row, column, stated), above, tuple((f,) for f in below), section.quote(row))
    return None
