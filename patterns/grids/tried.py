"""The laws that are tried of a column, and the few rows that tell at once what is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, permutations, product

import regex

from fusuan.patterns.grids.law import HUNDRED, ONE, Law, Row

SAMPLE = 10
WHOLES = 4
"""So many totals of a column may be what its shares are of: total k of column n stands under -1 - (n * WHOLES + k)."""
_TIMES = tuple(map(Decimal, ("1", "12", "0.0001", "0.0012")))
_PER = tuple(map(Decimal, ("1", "12", "10000", "0.0001")))

Probe = tuple[Mapping[int, Decimal], Decimal]
"""The values of a row, and how far rounding may part its sums."""
_PROBES = 3


def probes(rows: Sequence[Row], stated: int) -> list[Probe]:
    """A few rows, the fullest, to tell at once what no law is."""
    own = [row for row in rows[:SAMPLE] if (figure := row.get(stated)) is not None and figure.value]
    fullest = sorted(own, key=lambda row: -sum(bool(f.value) for f in row.values()))[:_PROBES]
    return [({n: f.value for n, f in row.items()}, max(Decimal(3).scaleb(-f.decimals) for f in row.values())) for row in fullest]


def likely(law: Law, probe: Probe) -> bool:
    """Tell, roughly and fast, whether a law may come out in a row."""
    values, room = probe
    stated = values[law.stated]
    if law.kind == "sum":
        for n in law.plus:
            stated -= values.get(n, 0)
        for n in law.minus:
            stated += values.get(n, 0)
        return -room <= stated <= room
    made = law.times
    for n in law.minus:
        if not (value := values.get(n)):
            return False
        stated *= value
    if law.kind in ("share", "growth"):
        made, value = HUNDRED if law.times == 1 else ONE, Decimal(0)
        for n in law.plus:
            value += values.get(n, 0)
        made *= value
        if law.kind == "growth":
            made -= values[law.minus[0]] * (HUNDRED if law.times == 1 else 1)
    elif law.kind == "mean":
        made = sum((values.get(n, Decimal(0)) for n in law.plus), Decimal(0)) / len(law.plus)
    else:
        for n in law.plus:
            made *= values.get(n, 0)
    gap, most = abs(stated - made), max(abs(stated), abs(made))
    return gap * 12 <= most or law.kind == "growth" and gap <= abs(values[law.minus[0]])


@lru_cache(4096)
def sums(stated: int, others: tuple[int, ...]) -> tuple[Law, ...]:
    """Two columns, their difference, a run beside it with any signs, and one with a column left out (a total within, or what is of which)."""
    found = [Law("sum", stated, (a, b)) for a, b in combinations(others, 2)]
    found += [Law("sum", stated, (a,), (b,)) for a, b in permutations(others, 2)]
    for run in _runs(stated, others):
        for signs in product((True, False), repeat=len(run) - 1):
            plus = (run[0], *(n for n, sign in zip(run[1:], signs, strict=True) if sign))
            found.append(Law("sum", stated, plus, tuple(n for n, sign in zip(run[1:], signs, strict=True) if not sign)))
        found += [Law("sum", stated, tuple(n for n in run if n != without)) for without in run[1:-1] if len(run) > 3]
    return tuple(found)


def _runs(stated: int, others: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Three to five columns that end just before it, or begin right after it."""
    left, right = [n for n in others if n < stated], [n for n in others if n > stated]
    for size in (3, 4, 5):
        if len(left) >= size:
            yield tuple(left[-size:])
        if len(right) >= size:
            yield tuple(right[:size])


@lru_cache(4096)
def shares(stated: int, others: tuple[int, ...]) -> tuple[Law, ...]:
    """Rates of two columns, in percent or as a fraction, and of a run of columns over another."""
    found = [Law(kind, stated, (a,), (b,), times) for a, b in permutations(others, 2) for times in (ONE, HUNDRED) for kind in ("share", "growth")]
    for b in others:
        for start, end in combinations(range(len(others) + 1), 2):
            if 2 <= end - start <= 4 and b not in others[start:end]:
                found.append(Law("share", stated, tuple(others[start:end]), (b,)))
    return tuple(found)


def wholes(stated: int, amounts: Sequence[int], wholes: Sequence[int]) -> Iterator[Law]:
    """Shares of a total of the same column, which stands under a number of its own below nought."""
    for whole in wholes:
        n = (-1 - whole) // WHOLES
        if n in amounts:
            yield from (Law("share", stated, (n,), (whole,), times) for times in (ONE, HUNDRED))


_POINTS = regex.compile(r"([0-9]{1,3}(?:\.[0-9])?)分\)?$|[(]([0-9]{1,2})[)]$")
_RATE = regex.compile(r"[(]([0-9]{1,2}(?:\.[0-9]+)?)%[)]$")
_MEAN = regex.compile(r"平均|均[分值数]")


def pointed(stated: int, rates: Sequence[int], name: str) -> Iterator[Law]:
    """Marks for a rate, where the heading prints how many there are: 执行率得分(10分)."""
    if match := _POINTS.search(name):
        yield from (Law("product", stated, (n,), (), Decimal(match[1] or match[2]) * of) for n in rates for of in (ONE, Decimal("0.01")))


def named(stated: int, others: Sequence[int], name: str) -> Iterator[Law]:
    """What the heading itself says of a column: 质保金(3%) is so much of another, 平均分 the mean of those before it."""
    if match := _RATE.search(name):
        yield from (Law("product", stated, (n,), (), Decimal(match[1]) / 100) for n in others)
    if _MEAN.search(name):
        left = [n for n in others if n < stated]
        yield from (Law("mean", stated, tuple(left[-size:])) for size in range(2, min(len(left), 6) + 1))


@lru_cache(4096)
def products(stated: int, others: tuple[int, ...]) -> tuple[Law, ...]:
    """Two columns multiplied or divided, three that stand side by side, and one told in another unit."""
    found = [Law("product", stated, pair, (), times) for pair in combinations(others, 2) for times in _TIMES]
    found += [Law("quotient", stated, (a,), (b,), times) for a, b in permutations(others, 2) for times in _PER]
    for at in range(len(others) - 2):
        three = others[at:at + 3]
        found += [Law("product", stated, three), *(Law("quotient", stated, (a,), tuple(n for n in three if n != a)) for a in three)]
    return (*found, *(Law("product", stated, (a,), (), times) for a in others for times in _TIMES[1:]))
