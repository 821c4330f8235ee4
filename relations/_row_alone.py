"""What a row says by itself: sums of neighbours in it, its first or last value that all the others make up, its percentage.

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.rows import blocks
>>> block, = blocks([Text.of(Paragraph("甲校 845127 523019 412708 110311 322108 290804 31304", Place()))])
>>> [(s.stated.text, [f.text for f in s.readings[0]["parts"]]) for s in alone(block)]
[('322108', ['290804', '31304']), ('523019', ['412708', '110311']), ('845127', ['523019', '322108'])]
>>> block, = blocks([Text.of(Paragraph("资金总额 120 114.6 95.5% 10 9.55", Place())), Text.of(Paragraph("其中财政拨款 120 114.6 95.5%", Place()))])
>>> [(s.stated.text, [f.text for f in s.figures][1:]) for s in alone(block)]
[('95.5%', ['114.6', '120']), ('9.55', ['10', '95.5%']), ('95.5%', ['114.6', '120'])]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import regex

from fusuan.model import Statement
from fusuan.patterns import Law
from fusuan.relations._row_laws import SURE, WIDEST, Line, columns, line_of
from fusuan.relations.passages.rows import Block, Row

_ROW = Decimal("2.8")
"""What a row must say, in orders of magnitude, where all the others make up its first value or its last."""
_EACH = Decimal(2)
"""What each of the sums in a row that has no like must say, once the sums tried are counted; twice as much where several could."""
_TOGETHER = Decimal(8)
"""What they must say together, which one alone cannot."""
_SLIP = Decimal("1.4")
"""What a misprint must say in the one row of several where that fails: three digits."""
_LEAST = 4
_MARK = Decimal(2)
"""What it must say that a mark is so much of the points beside a percentage."""
_POINTS = 30
"""More points than this no indicator has for a rate."""
_FUNDS = regex.compile("资金|拨款|总额|预算|补助")


def alone(block: Block) -> Iterator[Statement]:
    widths = Counter(len(row.values) for row in block.rows)
    sides = [[line_of(row)] for row in block.rows if widths[len(row.values)] == 1]
    for lines in (*sides, *columns(block)):
        found = nested(lines)
        yield from (line.says(law) for law in found for line in lines if (o := law.outcome(line.cells)) and o.holds)
        yield from _mended(lines[0]) if len(lines) == 1 else ()
    for row in block.rows:
        line, width = line_of(row), len(row.values)
        for law in _of_all(width) if all(row.values) else ():
            if (o := law.outcome(line.cells)) and o.evidence >= _ROW:
                yield line.says(law)
                break
        for laws, least in ((_paid(row), Decimal(0)), (_earned(row), _MARK)):
            if own := next((law for law in laws if (o := law.outcome(line.cells)) and o.holds and o.evidence >= least), None):
                yield line.says(own)
    yield from _unlike(block)


def _unlike(block: Block) -> Iterator[Statement]:
    """The one row whose first value (or last) a misprint keeps from being the sum of all the others, as that of every other row is."""
    rows = [(line_of(row), _of_all(len(row.values))) for row in block.rows if all(row.values) and _LEAST <= len(row.values) <= WIDEST]
    for pairs in zip(*([(line, law) for law in laws] for line, laws in rows), strict=True):
        made = [(line, law, o) for line, law in pairs if (o := law.outcome(line.cells)) is not None]
        held = {o.stated: o.evidence for _, _, o in made if o.holds and o.evidence >= _ROW}
        failing = [(line, law, o) for line, law, o in made if not o.holds]
        if len(failing) == 1 < len(held) and (slip := failing[0][2].misprint) >= _SLIP and sum(held.values()) + slip >= _TOGETHER:
            yield failing[0][0].says(failing[0][1], SURE)


def _mended(line: Line) -> Iterator[Statement]:
    """The one total of a line that a misprint keeps from being a sum, where it being one makes the whole line sums of sums."""
    laws, _ = _nested([line])
    if len(line.cells) > WIDEST or len(laws) > 1 and _complete(laws, line):
        return
    active = sorted(set(line.cells) - {n for law in laws for n in law.plus})
    for law in dict.fromkeys((*_runs(active), *_runs(sorted(line.cells)))):
        o = law.outcome(line.cells)
        if o is None or o.misprint < _SLIP:
            continue
        stated = line.cells[law.stated]
        right = line._replace(cells={**line.cells, law.stated: replace(stated, value=o.computed / stated.scale)})
        others = nested([right])
        said = sum((made.evidence for own in others if own != law and (made := own.outcome(right.cells))), o.slipped)
        if law in others and len(others) > 1 and _complete(others, line) and said >= _TOGETHER:
            yield line.says(law, SURE)
            return


def _complete(laws: Sequence[Law], line: Line) -> bool:
    """Tell whether all figures of a line but one are parts of others."""
    return len(set(line.cells) - {n for law in laws for n in law.plus}) == 1


def nested(lines: Sequence[Line]) -> list[Law]:
    """Sums of neighbours that hold in one line, where they say enough together, or in several alike."""
    found, evidence = _nested(lines)
    return found if evidence >= _TOGETHER or len(lines) > 1 else []


def _nested(lines: Sequence[Line]) -> tuple[list[Law], Decimal]:
    """Sums of neighbours, and what they say; once they are known their parts stand aside, and sums of sums are neighbours."""
    active, found, evidence = sorted({n for line in lines for n in line.cells}), list[Law](), Decimal(0)
    while 2 < len(active) <= WIDEST:
        tried = [law for law in _runs(active) if law not in found]
        says = {law: _says(lines, law) - Decimal(len(tried)).log10() for law in tried}
        best = {law.stated: law for law in sorted(tried, key=lambda law: (says[law], -law.reach)) if says[law] >= (_EACH if len(lines) == 1 else 2 * _EACH)}
        if not best:
            break
        found += best.values()
        evidence += sum(says[law] for law in best.values())
        active = [n for n in active if not any(n in law.plus for law in found)]
    return found, evidence


def _says(lines: Sequence[Line], law: Law) -> Decimal:
    """How much the lines in which a sum holds say for it; nothing where they are few beside those in which it fails."""
    made = [o for line in lines if (o := law.outcome(line.cells)) and o.stated]
    held = {o.stated: o.evidence for o in made if o.holds and o.telling}
    return sum(held.values(), Decimal(0)) if len(held) >= max(min(2, len(lines)), 3 * sum(not o.holds for o in made)) else Decimal(0)


def _runs(active: Sequence[int]) -> Iterator[Law]:
    """A total and the run of neighbours after it or before it."""
    for at, stated in enumerate(active):
        for end in range(at + 3, len(active) + 1):
            yield Law("sum", stated, tuple(active[at + 1:end]))
        for start in range(at - 1):
            yield Law("sum", stated, tuple(active[start:at]))


def _of_all(width: int) -> Iterator[Law]:
    if _LEAST <= width <= WIDEST:
        yield Law("sum", 0, tuple(range(1, width)))
        yield Law("sum", width - 1, tuple(range(width - 1)))


def _paid(row: Row) -> Iterator[Law]:
    """The percentage printed in a row of funds, of two amounts before it, the nearest first."""
    if not _FUNDS.search(row.label):
        return
    for at, m in enumerate(row.values):
        if m is not None and m.dimension == "rate":
            for above, below in sorted(permutations(range(max(0, at - 4), at), 2), key=lambda two: at - min(two)):
                a, b = row.values[above], row.values[below]
                if a is not None and b is not None and below < above and a.value <= b.value and (a.value != b.value or len(a.digits) > 2):
                    yield Law("share", at, (above,), (below,))


def _earned(row: Row) -> Iterator[Law]:
    """The mark behind a percentage and the points right beside it, in either order."""
    for at, m in enumerate(row.values):
        if m is not None and m.dimension == "rate" and not m.figure.sign:
            for full in (n for n in (at - 1, at + 1) if 0 <= n < len(row.values) - 1):
                points, mark = row.values[full], max(at, full) + 1
                if points is not None and 1 < points.value <= _POINTS and points.value == int(points.value) and mark < len(row.values):
                    yield Law("product", mark, (full, at), (), Decimal("0.01"))
