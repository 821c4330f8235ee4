"""What the cells of the standard tables may be looked up by, and which cells of two tables agree under one name.

A cell is looked up by its account (the code where there is one, else the name) and by what its column holds; the total row also by
its column alone, since what is a column in one table is a row in another. What agrees is vouched for; what differs is not accused
here: two tables of different scope need not agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import regex

from fusuan.model import Figure, Place
from fusuan.patterns.accounts.tables import Account, meet, words
from fusuan.patterns.cues.amounts import bare, label_of
from fusuan.patterns.grids.grid import Column

Address = tuple[str, str]

_TOTAL = regex.compile(r"(?:本年|当年)?(?:财政拨款)?(?:收入|支出|收支)?(?:合计|总计)|(?:本年|当年)(?:收入|支出)小计")
_DIVISIONS = regex.compile(r"(?:预算|决算|执行)数")
_KEPT = 8
"""So many of the cells before that say the same are asked."""


@dataclass
class Alike:
    """Cells that were found to say the same, in groups."""

    above: dict[Place, Place] = field(default_factory=dict)

    def _top(self, place: Place) -> Place:
        while (up := self.above.get(place, place)) != place:
            place = up
        return place

    def join(self, one: Place, other: Place) -> bool:
        """Put two cells into one group; tell whether they were not yet."""
        a, b = self._top(one), self._top(other)
        self.above[a] = b
        return a != b


def agreeing(accounts: Iterable[Account], alike: Alike) -> Iterator[tuple[Figure, Account, Figure, Account]]:
    """Every cell with those before it, in other tables, that bear the same name and amount; what is known already left out."""
    before: dict[tuple[Address, Decimal], list[tuple[Account, Figure]]] = defaultdict(list)
    for account in accounts:
        own = list(addressed(account))
        for address, figure in own:
            for other, there in before[address, figure.base][-_KEPT:]:
                if account.kind != other.kind and meet(account, other) and alike.join(figure.place, there.place):
                    yield figure, account, there, other
        for address, figure in own:
            before[address, figure.base].append((account, figure))


def addressed(account: Account) -> Iterator[tuple[Address, Figure]]:
    """The amounts of a table that are not nothing, each under all it may be looked up by."""
    for column in account.amounts:
        concept = _concept(account, column)
        for row, name, figure in account.rows(column):
            if figure.value and concept:
                yield from ((address, figure) for address in _addresses(account, column, concept, row, name))


def _addresses(account: Account, column: Column, concept: str, row: int, name: str) -> Iterator[Address]:
    code, plain = account.section.code(row, column), bare(label_of(regex.sub(r"^[0-9]{3,}", "", name)).text)
    keys = [code] if code else []
    if not name or _TOTAL.fullmatch(plain):
        keys = ["total"]
        yield concept, "total"
    elif account.kind != "收入表" and (len(code) in (0, 3) or account.kind.endswith("基本支出表")):
        keys.append(_meaning(plain) or plain)
    own = words()["whole"].get(account.kind, "") if concept == "total" else ""
    for key in keys if account.kind != "收入表" or not code else ():
        yield key, concept
        if own:
            yield key, own
    if own and keys == ["total"]:
        yield own, "total"


def named_rows(account: Account) -> Iterator[tuple[str, Figure]]:
    """The amounts of a table that are not nothing under the names a sentence may call them by: rows, and columns by their total."""
    for column in account.amounts:
        head = _head(account, column)
        whole = _meaning(head) == "total"
        for _, name, figure in account.rows(column) if head else ():
            plain = bare(label_of(regex.sub(r"^[0-9]{3,}", "", name)).text)
            if not figure.value:
                continue
            if not plain or _TOTAL.fullmatch(plain):
                yield (plain or head) if whole else head, figure
                yield from ((said, figure) for said in words()["called"].get(account.kind, ()) if whole)
            elif whole:
                yield plain, figure


def _concept(account: Account, column: Column) -> str:
    """What a column holds: one of the known meanings, else its heading."""
    head = _head(account, column)
    return _meaning(head) or head


def _head(account: Account, column: Column) -> str:
    """The heading that says what a column holds; in a table of 三公 the one above 小计, 预算数 and 决算数."""
    heads = [bare(head) for head in column.heads]
    if account.kind != "三公表" or len(heads) < 2:
        return bare(column.last)
    if _DIVISIONS.fullmatch(heads[-1]):
        if heads.pop()[:2] != account.mark[0]:
            return ""
    while len(heads) > 1 and heads[-1] in ("小计", "合计"):
        heads.pop()
    return heads[-1]


def _meaning(name: str) -> str:
    return next((meaning for meaning, said in words()["columns"].items() if regex.fullmatch(said, name)), "")
