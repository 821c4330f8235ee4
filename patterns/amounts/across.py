"""The sums across the columns of a section: 合计 over the columns beside it, and columns made of others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import regex

from fusuan.model import MONEY, Figure, Reading, Statement
from fusuan.patterns.amounts.claims import Sum, balances, lies_among, settle
from fusuan.patterns.cues.amounts import adds, bare, bears, is_period, kind_of, label_of, rank, says, words
from fusuan.patterns.cues.binding import balance
from fusuan.patterns.grids.grid import Column, Section, by_labels
from fusuan.patterns.names.partitions import known

_WIDE = 100
"""More columns than this are a list, not a form."""

Blend = tuple[tuple[Column, ...], tuple[Column, ...]]
"""Columns added and columns taken away."""


def across(section: Section) -> Iterator[Statement]:
    """Yield what total columns, and columns made of others, state row by row."""
    amounts = [c for c in section.columns if kind_of(c.last) == "amount" and c.heads and c.unit not in ("%", "‰")]
    sourced = sum(_source(heads[-1]) for c in range(section.grid.width) if (heads := section.heads(c))) >= 2
    for columns in by_labels(amounts):
        for column in columns if len(columns) <= _WIDE else ():
            if rank(column.last):
                ways, sure = _beside(column, columns)
                whole = sure or sourced and any(len(way) > 1 for way in ways)
                yield from _rows(section, column, [(way, ()) for way in ways if way], (whole, False))
            elif among := _among(column, columns):
                sources = all(_source(label_of(c.last).text) for c in among)
                yield from _rows(section, column, [(among, ())], (sources and len(among) > 1, False))
            elif within := _within(column, columns):
                yield from _rows(section, column, [(within, ())], (False, False))
            else:
                yield from _identities(section, column, columns)
        yield from _balances(section, columns)


def _among(column: Column, columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns right of one whose headings divide it: 金额 | 其中：中央资金 | 省级资金."""
    beside = [c for c in columns if c.index > column.index and c.heads[:-1] == column.heads[:-1]]
    if not beside or not label_of(beside[0].last).among:
        return ()
    own = [beside[0]]
    for other in beside[1:]:
        if other.index != own[-1].index + 1 or not _source(label_of(other.last).text):
            break
        own.append(other)
    return tuple(own) if len(own) > 1 else ()


def _within(column: Column, columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns of one measure under a heading 其中 right of theirs: 村庄个数 | 金额 | 其中：平原村个数 | 金额 | 山区村个数 | 金额."""
    depth = len(column.heads) - 1
    beside = [c for c in columns if c.index > column.index and len(c.heads) > depth + 1 and c.heads[:depth] == column.heads[:depth]
              and label_of(c.heads[depth]).among]
    first = min((c.index for c in beside), default=column.index)
    told = [c for c in columns if column.index < c.index < first and is_counted(c) == is_counted(column)]
    own = [c for c in beside if is_counted(c) == is_counted(column)]
    return tuple(own) if len(own) > 1 and not told else ()


def is_counted(column: Column) -> bool:
    """Tell whether a column holds counts (of people, of things) rather than amounts."""
    return bool(_COUNT.search(column.last))


_COUNT = regex.compile(r"(?:个|户|人|辆|台|套|件|次|村|镇)数|人次|数量|面积|里程")


def _rows(section: Section, column: Column, ways: Sequence[Blend], trust: tuple[bool, bool],
          label: str = "sum") -> Iterator[Statement]:
    sums = []
    periods = all(sum(is_period(c.last) for c in plus) > 1 for plus, _ in ways)
    for row in section.body:
        stated, name = section.value(row, column), section.label(row, column)
        if stated is None or stated.dimension == "rate" or stated.sign or name and not adds(name.text):
            continue
        figures = tuple((_figures(section, row, plus), _figures(section, row, minus)) for plus, minus in ways)
        # what stands at a time (期初余额, 保有量) does not add up over several
        if any(plus for plus, _ in figures) and not (periods and lies_among(stated, figures[0][0])):
            sums.append(Sum(stated, figures, section.quote(row)))
    bare_ = [s for s in sums if trust[0] and _nothing(s)]
    if bare_:
        # every source printed as nothing under a total that is not: no layout explains that
        yield from settle(bare_, True, True, label)
        sums = [s for s in sums if s not in bare_]
    if sums:
        yield from settle(sums, trust[0], trust[1], label)


def _nothing(each: Sum) -> bool:
    """Tell whether a total that is not nothing stands over two parts or more that all are."""
    return bool(each.stated.value) and all(len(plus) >= 2 and not any(f.value for f in (*plus, *minus)) for plus, minus in each.ways if plus)


def _figures(section: Section, row: int, columns: Sequence[Column]) -> tuple[Figure, ...]:
    return tuple(f for c in columns if (f := section.value(row, c)) and f.dimension != "rate")


def _beside(column: Column, columns: Sequence[Column]) -> tuple[list[tuple[Column, ...]], bool]:
    """The columns a total column may add up, and whether the headings say so."""
    prefix = column.heads[:-1]
    depth = len(prefix)
    own = [c for c in columns if c.heads[:depth] == prefix and len(c.heads) > depth and is_counted(c) is is_counted(column)
           and not any(label_of(head).among for head in c.heads[depth + 1:-1])]
    alike = [c for c in own if (c.unit in MONEY) == (column.unit in MONEY)]
    own = alike if len(alike) > 2 and any("元" in c.last for c in own) else own
    place = own.index(column)
    right, left = _run(own[place + 1:], depth, column), _run(own[:place][::-1], depth, column)[::-1]
    right, left = _stood(right, depth), _stood(left, depth)
    ways = [right, left] if place == 0 or not left else [left, right]
    ways = [[*_split(way, depth, whole=place == 0 or way is left)] for way in ways] + ways
    names = [bare(c.heads[depth]) for c in ways[0]] if ways[0] else []
    if not ways[0]:
        ways, names = ways[2:], [bare(c.heads[depth]) for c in ways[2]]
    edge = place in (0, len(own) - 1)
    sure = known(names) or len(names) >= 2 and all(_source(n) for n in names) or depth > 0 and edge and len(ways[0]) >= 2
    return [tuple(way) for way in ways], sure and len(ways[0]) >= 2


def _run(columns: Sequence[Column], depth: int, total: Column) -> list[Column]:
    """The columns next to a total up to the next one of its own level."""
    run: list[Column] = []
    for column in columns:
        if rank(column.heads[depth]) >= rank(total.last) and len(column.heads) == depth + 1:
            break
        run.append(column)
    return run


def _stood(columns: Sequence[Column], depth: int) -> list[Column]:
    """Columns under one heading are stood for by their own total."""
    found: list[Column] = []
    for column in columns:
        under = [c for c in columns if c.heads[depth] == column.heads[depth]]
        totals = [c for c in under if len(c.heads) > depth + 1 and rank(c.heads[depth + 1])]
        if len(under) == 1 or not totals or column is totals[0]:
            found.append(column)
    return found


def _split(run: Sequence[Column], depth: int, whole: bool) -> Sequence[Column]:
    """The columns next to a total that divide it as the field does (基本支出, 项目支出), where others follow them."""
    for size in range(min(len(run), 8), 1, -1):
        near = run[:size] if whole else run[-size:]
        if known([bare(c.heads[depth]) for c in near]):
            return near
    return ()


def _source(name: str) -> bool:
    """Tell whether a heading names a source of money."""
    return any(says("rows", word).search(name) for word in ("level", "rest", "fiscal", "fund"))


def _identities(section: Section, column: Column, columns: Sequence[Column]) -> Iterator[Statement]:
    """Columns the field makes of others: 全年预算数 = 年初预算数 + 追加 − 调减. Never sure but by the table's own proof."""
    for rule in words()["identity"]:
        if not bears(rule["total"], column.last):
            continue
        beside = [c for c in columns if c is not column]
        others = [c for c in beside if c.heads[:-1] == column.heads[:-1]]
        others = others if len(others) > 1 else beside
        plus = [[c for c in others if bears(word, bare(c.last))] for word in rule["plus"]]
        minus = [c for word in rule["minus"] for c in others if bears(word, bare(c.last)) and c not in plus[0][:1]][:1]
        if rule.get("any") and plus[0] and _offered(section, rule):
            plus = [found for found in plus if found]
        if all(plus) and (len(plus) > 1 or minus or rule.get("any")):
            firsts = tuple(found[0] for found in plus)
            # of several bases (预算, 到位) any may be meant
            ways = [firsts] if len(plus) > 1 or rule.get("any") else [(c,) for c in plus[0] if c not in minus][:4]
            yield from _rows(section, column, [(way, tuple(minus)) for way in ways], (False, False), rule["label"])
            return


def _offered(section: Section, rule: Mapping[str, Any]) -> bool:
    """Tell whether a table has a heading for two of the columns that a rule speaks of, filled in or not."""
    heads = [bare(heads[-1]) for c in range(section.grid.width) if (heads := section.heads(c))]
    return sum(any(bears(word, head) for head in heads) for word in (*rule["plus"], *rule["minus"])) >= 2


def _balances(section: Section, columns: Sequence[Column]) -> Iterator[Statement]:
    """年初结转 + 收入 − 支出 = 年末结转, by columns; a guess unless rows prove it."""
    roles = balance([c.last for c in columns])
    if roles is None:
        columns, names = _wholes(columns)
        roles = balance(names)
    if roles is None:
        return
    found: list[tuple[Figure, Reading, str]] = []
    for row in section.body:
        got = {role: section.value(row, columns[places[0]]) for role, places in roles.items()}
        closing = got.pop("closing")
        if closing is None or got["opening"] is None or got["income"] is None and got["outgo"] is None:
            continue
        reading = Reading({role: (figure,) for role, figure in got.items() if figure is not None})
        found.append((closing, reading, section.quote(row)))
    yield from balances(found)


def _wholes(columns: Sequence[Column]) -> tuple[list[Column], list[str]]:
    """The columns without those that divide another, each with its name: of 本年支出 over 小计 | 基本支出 | 项目支出 its 小计 alone."""
    found: list[Column] = []
    names: list[str] = []
    under = Counter(c.heads[:-1] for c in columns if len(c.heads) > 1)
    for column in columns:
        if under[column.heads[:-1]] < 2:
            found.append(column)
            names.append(column.last)
        elif rank(column.last):
            found.append(column)
            names.append(column.heads[-2])
    return found, names
