"""两张表同一项目是否一致：收支总表与收入表、支出表，财政拨款总表与一般公共预算支出表，支出表与基本支出表等。

按表名认表，按栏目与科目名称认数；年度、预决算口径不同的不比；同一种表有两张分不清的不比；一张表没有列的不比。
多数项目一致而个别不一致的，或表名、栏目已说明必然相等的（如基本支出合计），才判不符。

>>> from fusuan.model import Cell, Document, Paragraph, Place, Table
>>> from fusuan.patterns._report import Report
>>> def table(number, rows):
...     cells = tuple(Cell(t, Place(table=number, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     return Table(cells, len(rows), len(rows[0]), Place(table=number))
>>> def found(title, total):
...     spent = [["科目编码", "科目名称", "合计", "基本支出", "项目支出"], ["205", "教育支出", "90.50", "60.25", "30.25"],
...              ["20502", "普通教育", "90.50", "60.25", "30.25"], ["合计", "", "90.50", "60.25", "30.25"]]
...     basic = [["科目编码", "科目名称", "金额"], ["301", "工资福利支出", "50.00"], ["30101", "基本工资", "50.00"], ["合计", "", total]]
...     blocks = (Paragraph("一般公共预算支出表", Place(paragraph=1)), table(1, spent), Paragraph(title, Place(paragraph=2)), table(2, basic))
...     return [(s.stated.text, s.readings[0]["other"][0].text) for s in find(Report(Document("", "", blocks)))]
>>> found("一般公共预算基本支出表", "62.25")
[('60.25', '62.25')]
>>> found("项目支出明细表", "62.25")
[]
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.accounts.cells import Alike, agreeing
from fusuan.patterns.accounts.tables import Account, Accounts, words
from fusuan.patterns.amounts.blame import Failing, failing_of
from fusuan.patterns.amounts.found import sums_of

_TAIL = 2
"""So many units of the last printed digit two tables may differ by rounding each for itself."""

Pair = tuple[Figure, tuple[Figure, ...]]
"""What one table states, and what another states in one cell or two."""


def find(report: Report) -> Iterator[Statement]:
    accounts, alike = Accounts(report), Alike()
    for relation in words()["same"]:
        one, other = relation["one"], relation["other"]
        for first, second in accounts.pairs(one["table"], other["table"]):
            # where more cells differ than agree the tables are not what they seem
            pairs = _pairs(first, second, relation)
            held = [_same(*pair) for pair in pairs]
            sure = (relation["rows"] == "total" or 2 * sum(held) >= len(held)) and (all(held) or not accounts.open_to_doubt(first, second))
            for stated, others in (pair for pair, agrees in zip(pairs, held, strict=True) if agrees and len(pair[1]) == 1):
                alike.join(stated.place, others[0].place)
            yield from _judged([pair for pair, agrees in zip(pairs, held, strict=True) if agrees or sure], first, second)
    for figure, account, there, other in agreeing(accounts.all, alike):
        yield from _judged([(figure, (there,))], account, other)


def _pairs(first: Account, second: Account, relation: dict[str, Any]) -> list[Pair]:
    own = first.column(relation["one"]["column"], relation["one"].get("side", ""))
    its = second.column(relation["other"]["column"], relation["other"].get("side", ""))
    if own is None:
        return []
    if relation["rows"] == "columns":
        return _by_name(first.classes(own), second.heads())
    pairs = _by_name(first.classes(own), second.classes(its)) if relation["rows"] == "all" and its is not None else []
    total = first.total(own)
    whole = (second.total(its) if its is not None else ()) or second.halves()
    if len(total) == 1 and whole:
        pairs.append((replace(total[0], name=total[0].name or "合计"), whole))
    return pairs


def _by_name(own: dict[str, Figure], there: dict[str, Figure]) -> list[Pair]:
    return [(figure, (there[name],)) for name, figure in own.items() if name in there]


def _judged(pairs: list[Pair], first: Account, second: Account) -> Iterator[Statement]:
    """The pairs as statements; a figure that fails in its own table is not accused again."""
    failing = {} if all(_same(*pair) for pair in pairs) else failing_of([*sums_of(first.section), *sums_of(second.section)])
    here, there = _quotes(first), _quotes(second)
    for stated, others in pairs:
        facts = {"doubt": "其中一数与本表分项之和不符（另列）"} if _wrong(failing, stated, *others) else {}
        yield Statement("sister", "cross", stated, (Reading({"other": others}),), f"{here(stated)}；{there(others[0])}", facts)


def _quotes(account: Account) -> Callable[[Figure], str]:
    """What quotes the row that a figure of a table stands in."""
    rows = {entry.cell.place: entry.row for entry in account.section.grid.entries}
    return lambda figure: f"{account.title}：{account.section.quote(rows[figure.place])}"


def _wrong(failing: Failing, *figures: Figure) -> bool:
    return any((f.place, f.span) in failing for f in figures)


def _same(stated: Figure, others: tuple[Figure, ...]) -> bool:
    step = max(f.scale.scaleb(-f.decimals) for f in (stated, *others))
    return abs(stated.base - sum(f.base for f in others)) <= _TAIL * step
