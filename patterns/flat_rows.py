"""散行表格：复制成文字、丢了表线的表格，逐行读出名称与数值。

核对合计行与其下各行、行内总分、行内比率、上下两行的增减率、“产出指标（50分）”与其下各项权重。
列的位置不可靠，只用来印证；除明显笔误外不判不符。粘连在一起的数字不读。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:3]]) for s in find(Report(document))]
>>> found("编制数 实有人数 控制率", "152 141 92.76%", "核定 40 30 75%")[:1]
[('92.76%', ['141', '152'])]
>>> found("本年共完成3项，得分 98 分。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns.figures.chinese import number
from fusuan.patterns.grids.unframed.rows import Report, Row, rows_of
from fusuan.patterns.grids.unframed.tree import trees

_TOTAL = regex.compile(r"合\s*计|小\s*计|总\s*计|总\s*额|总数")
_MARK = regex.compile(r"(?P<han>[一二三四五六七八九十]{1,3}、)|(?P<paren>\([一二三四五六七八九十]{1,3}\))|(?P<num>[0-9]{1,2}[.、])|(?P<under>其中)")
_WITHIN = 40
_NEAR = 16


def find(report: Report) -> Iterator[Statement]:
    treed = {joined.figure(g.value, g.span).place for joined, tree in trees(report) for g in tree.all()}
    for rows in rows_of(report):
        rows = [row for row in rows if row.figures or row.words]
        for at, row in enumerate(rows):
            yield from _rates(row)
            yield from _across(rows, at)
            yield from _below(rows, at)
            yield from _growth(rows, at)
        if not any(head.place in treed for row in rows for head in row.heads):
            yield from _weights(rows)
            yield from _proved(rows)
        yield from _sides(rows)


def _guess(kind: str, label: str, stated: Figure, readings: Sequence[Reading], quote: str, sure: bool = True, least: int = 2) -> Iterator[Statement]:
    if readings:
        # of several ways to take a table without lines, or of rows that lost cells, one may be a digit off by mere chance
        facts = {"slip": "none"} if len(readings) > least and not sure or least < 0 else {}
        yield Statement(kind, label, stated, tuple(readings), quote, facts, guess=True)


def _plain(figure: Figure) -> bool:
    return figure.dimension != "rate" and not figure.sign


def _rates(row: Row) -> Iterator[Statement]:
    """A percentage among amounts: the amount right before it over one of those before."""
    for at, figure in enumerate(row.figures):
        amounts = [f for f in row.figures[max(0, at - _NEAR):at] if _plain(f) and f.value > 0] if figure.unit == "%" else []
        if len(amounts) < 2:
            continue
        readings = [Reading({"numerator": (amounts[n],), "denominator": (below,)})
                    for n in range(len(amounts) - 1, max(0, len(amounts) - 3), -1) for below in amounts[n - 1::-1][:4]]
        # a target that is more than met counts as 100%
        capped = figure.value == 100 and all(f.dimension != "money" for f in amounts) and amounts[-1].value > amounts[-2].value
        if not capped:
            yield from _guess("rate", "rate", figure, readings, row.text)


def _across(rows: Sequence[Row], at: int) -> Iterator[Statement]:
    """合计 at the head of a line of columns: the first value is the sum of those that follow, as far as they go.

    The heading must say that there is a total; a part that is itself a total is split again behind the others.
    """
    row = rows[at]
    figures = [f for f in row.figures if _plain(f)]
    head = next((r for r in reversed(rows[max(0, at - _WITHIN):at]) if len(r.words) >= 3 and not r.figures
                 and any(_TOTAL.search(word) for word in r.words)), None)
    if head is None or len(figures) < 3:
        return
    # a slip shows only where the other rows of the table add up so
    sure = any(_adds(r) for r in rows[max(0, at - 12):at + 12] if r is not row)
    for n, total in enumerate(figures[:-2]):
        readings = [Reading({"parts": tuple(figures[n + 1:end])}) for end in range(len(figures), n + 2, -1)]
        if n == 0:
            yield from _guess("parts", "sum", total, readings, row.text, sure=sure, least=0)
    inner = [word for word in head.words[1:] if _TOTAL.search(word)]
    if len(inner) >= 2:
        for n in range(1, len(figures) - 2):
            readings = [Reading({"parts": tuple(figures[n + 1:])})]
            yield from _guess("parts", "sum", figures[n], readings, row.text, sure=sure, least=0)


def _adds(row: Row) -> bool:
    """Tell whether the first value of a row is the sum of those that follow."""
    values = [f.value for f in row.figures if _plain(f)]
    return len(values) >= 3 and values[0] == sum(values[1:]) != 0


def _style(row: Row) -> str:
    """How a row is numbered; the mark may stand on the word before its name."""
    for word in row.words[-2:]:
        if found := _MARK.match(word):
            return found.lastgroup or ""
    return ""


def _children(rows: Sequence[Row], at: int) -> list[list[Row]]:
    """The rows that may make up a total row: those under 其中, those of one numbering, all that follow."""
    after = list(rows[at + 1:at + _WITHIN])
    ways: list[list[Row]] = []
    styles = [_style(row) for row in after]
    own = _style(rows[at])
    for style in ("under", "num", "paren", "han"):
        # what is numbered (一) stands beside or over a row 其中, never under it
        if style == own or style not in styles or own == "under" and style in ("paren", "han"):
            continue
        if style == "under":
            first = styles.index("under")
            run = [after[first]]
            for row, mark in zip(after[first + 1:], styles[first + 1:], strict=True):
                if mark:
                    break
                run.append(row)
                ways.append(list(run))
            ways.append([after[first]])
        else:
            stop = next((n for n, s in enumerate(styles) if s == own and own), len(after))
            ways.append(_run([row for row, mark in zip(after[:stop], styles[:stop], strict=True) if mark == style]))
    return [way for way in ways if way]


def _run(rows: Sequence[Row]) -> list[Row]:
    """The rows of one numbering up to where it begins anew."""
    kept: list[Row] = []
    last = 0
    for row in rows:
        number = next((_ordinal(m.group()) for word in row.words[-2:] if (m := _MARK.match(word))), 0)
        if number <= last:
            break
        kept.append(row)
        last = number
    return kept


def _ordinal(mark: str) -> int:
    """The number in a list mark.

    >>> _ordinal("3、"), _ordinal("(十二)"), _ordinal("其中")
    (3, 12, 0)
    """
    if digits := regex.search(r"[0-9]+", mark):
        return int(digits.group())
    letters = regex.sub(r"[^一二三四五六七八九十]", "", mark)
    return int(number(letters) or 0) if letters else 0


def _below(rows: Sequence[Row], at: int) -> Iterator[Statement]:
    """A total row against the rows below it, value by value; a row with fewer values is taken from its end."""
    row = rows[at]
    width = len(row.figures)
    if not row.words or width < 1:
        return
    ways = [[r for r in way if r.figures] for way in _children(rows, at)]
    for column, total in enumerate(row.figures):
        readings = []
        for way in ways[:8]:
            cells = [_cell(r, column, width) for r in way]
            parts = tuple(c for c in cells if c is not None and _plain(c))
            if parts and _plain(total):
                readings.append(Reading({"parts": parts}))
        yield from _guess("parts", "sum", total, readings, "\n".join([row.text, *(r.text for r in (ways or [[]])[0])])[:600], sure=False,
                          least=2 if all(len(r.figures) == width for way in ways for r in way) else -1)


def _cell(row: Row, column: int, width: int) -> Figure | None:
    """The value of a row in a column counted from the right."""
    n = len(row.figures) - (width - column)
    return row.figures[n] if 0 <= n < len(row.figures) else None


def _growth(rows: Sequence[Row], at: int) -> Iterator[Statement]:
    """A row of 增减% under the rows of two years."""
    row = rows[at]
    if not regex.search(r"增减|增长|变动|比上年", row.label) or at < 2:
        return
    then, now = rows[at - 2], rows[at - 1]
    if not len(then.figures) == len(now.figures) == len(row.figures):
        return
    columns = list(zip(row.figures, now.figures, then.figures, strict=True))
    # where most columns hold the rows are what they seem, and one that does not is an error
    proven = sum(_near(*column) for column in columns) >= max(3, len(columns) * 0.6)
    for figure, a, b in columns:
        reading = Reading({"now": (_in(a, "万元"),), "before": (_in(b, "万元"),)})
        yield Statement("change", "growth", _in(figure, "%"), (reading,),
                        "\n".join((then.text, now.text, row.text)), {"direction": "+"}, guess=not proven)


def _near(rate: Figure, now: Figure, before: Figure) -> bool:
    return before.value != 0 and abs((now.value / before.value - 1) * 100 - rate.value) < Decimal("0.2")


def _in(figure: Figure, unit: str) -> Figure:
    """A bare number of a table stands in the unit its lost heading gave; whole amounts may be rounded."""
    return figure if figure.unit else replace(figure, unit=unit)


def _weights(rows: Sequence[Row]) -> Iterator[Statement]:
    """产出指标(50分) and the weights of the rows under it: the values, or the last but one of each row."""
    heads = [(at, figure) for at, row in enumerate(rows) for figure in row.heads]
    for nth, (at, full) in enumerate(heads[:200]):
        readings = []
        for end, _ in [*heads[nth + 1:nth + 12], (len(rows), None)]:
            under = [row for row in rows[at:end] if row.figures and _small(row) and not _TOTAL.search(row.label)]
            for column in (-2, -1):
                parts = tuple(row.figures[max(column, -len(row.figures))] for row in under)
                if len(parts) >= 2 and full not in parts:
                    readings.append(Reading({"parts": parts}))
        inner = _subheads(full, [f for _, f in heads[nth + 1:nth + 40]])
        if len(inner) >= 2:
            readings.insert(0, Reading({"parts": inner}))
        yield from _guess("parts", "weight_sum", full, readings[:20], rows[at].text)
    groups = {(rows[at].label, f.value): f for at, f in heads}
    for row in rows:
        if len(groups) >= 2 and len(row.figures) >= 1 and _TOTAL.search(row.label) and row.figures[0].value == 100:
            yield from _guess("parts", "weight_sum", row.figures[0], [Reading({"parts": tuple(groups.values())})], row.text)


def _subheads(full: Figure, after: Sequence[Figure]) -> tuple[Figure, ...]:
    """The groups right under a group: 决策(25分) 目标(15分) 相关(5分) 明确(5分) 合理(5分) 预算(10分): 25 = 15 + 10."""
    parts: list[Figure] = []
    at = 0
    while at < len(after) and sum(p.value for p in parts) < full.value:
        parts.append(after[at])
        at += 1
        under, end = after[at].value if at < len(after) else full.value, at + 1
        while end < len(after) and under < parts[-1].value:
            under, end = under + after[end].value, end + 1
        if under == parts[-1].value and end - at >= 2:
            at = end
    return tuple(parts)


def _proved(rows: Sequence[Row]) -> Iterator[Statement]:
    """One group whose weights do not add up, where with its own sum the groups come to 90 or 100 and as printed do not.

    Then the points in its heading are misprinted: the rest of the table proves it. Groups without rows in sight count
    as printed.
    """
    heads = list({(rows[at].label, f.value): (at, f) for at, row in enumerate(rows) for f in row.heads}.values())
    ends = [at for at, _ in heads[1:]] + [len(rows)]
    for column in (-2, -1):
        groups = [(at, full, _weights_under(rows[at:end], column)) for (at, full), end in zip(heads, ends[:len(heads)], strict=True)]
        failing = [g for g in groups if g[2] and _added(g[2]) != g[1].value]
        right = sum(_added(parts) if parts else full.value for _, full, parts in groups)
        if len(groups) >= 2 and len(failing) == 1 and len(failing[0][2]) >= 2 and right in (90, 100) \
                and sum(full.value for _, full, _ in groups) not in (90, 100):
            at, full, parts = failing[0]
            yield Statement("parts", "weight_sum", full, (Reading({"parts": parts}),), rows[at].text, {"proven": "yes"})
            return
    total = next((row for row in rows if _TOTAL.search(row.label) and row.figures), None)
    if len(heads) >= 2 and total is not None and sum(f.value for _, f in heads) == 100 and total.figures[0].decimals == 0:
        yield Statement("parts", "weight_sum", total.figures[0], (Reading({"parts": tuple(f for _, f in heads)}),), total.text,
                        {"proven": "yes"} if len(total.figures) == 1 else {}, guess=len(total.figures) != 1)


def _weights_under(rows: Sequence[Row], column: int) -> tuple[Figure, ...]:
    return tuple(row.figures[column] for row in rows if len(row.figures) >= 2 and _small(row) and not _TOTAL.search(row.label))


def _added(parts: Sequence[Figure]) -> Decimal:
    return sum((p.value for p in parts), Decimal(0))


_SIDE = regex.compile(r"^(?:本年|年度)?(?P<side>收入|支出)(?:合计|总计)$")
_NUMBERED = regex.compile(r"[一二三四五六七八九十]{1,3}、")


def _sides(rows: Sequence[Row]) -> Iterator[Statement]:
    """收支总表: income and outgo side by side; the numbered kinds of a side add up to its total."""
    before: list[tuple[str, Figure]] = []
    for row in rows:
        for label, figure in row.pairs:
            if found := _SIDE.match(label):
                parts = tuple(f for name, f in before[-60:] if found["side"] in name and (f.decimals or f.value >= 100 or not figure.decimals))
                yield from _guess("parts", "sum", figure, [Reading({"parts": parts})] if parts else [], row.text)
        before += [(label, figure) for label, figure in row.pairs if _NUMBERED.match(label)]


def _small(row: Row) -> bool:
    return all(f.value <= 100 and f.decimals <= 2 for f in row.figures[-2:])
