"""The standard tables of budgets and final accounts in a report: which is which by its title, and what a cell of it is.

A table is known by the title above it (or in its first row, or on its sheet), its basis (预算 or 决算) and year by that title. The
words stand in `accounts.toml`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import regex

from fusuan.model import Figure, Table
from fusuan.patterns._report import Report, Text
from fusuan.patterns.cues.amounts import bare, label_of
from fusuan.patterns.grids.grid import Column, Grid, Section, grids
from fusuan.patterns.grids.unframed.spans import Kept
from fusuan.patterns.text.fold import fold

_YEAR = regex.compile(r"(?:19|20)[0-9]{2}(?=年)")
_TITLE = regex.compile(r"^(?!注|说明|附注|备注).{0,50}表(?:[(][^()]{1,12}[)])*(?:(?:金额)?单位[:：].{1,8})?$")
_BEFORE = 5
"""So many lines before a table may hold its title: between them stand its number, the unit that files it, the unit of money."""


@cache
def words() -> dict[str, Any]:
    """The vocabulary, read once."""
    return tomllib.loads((files("fusuan.patterns.accounts") / "accounts.toml").read_text(encoding="utf-8"))


@cache
def _pattern(text: str) -> regex.Pattern[str]:
    return regex.compile(text)


def kind_of_title(title: str) -> str:
    """Which standard table a title names; empty where it names none.

    >>> kind_of_title("2023年部门支出预算总表"), kind_of_title("一般公共预算财政拨款基本支出决算表"), kind_of_title("项目支出明细表")
    ('支出表', '基本支出表', '')
    """
    return next((kind["name"] for kind in words()["table"]
                 if _pattern(kind["title"]).search(title) and not _pattern(kind["unless"]).search(title)), "")


@dataclass(frozen=True, eq=False)
class Account:
    """A standard table: its kind, its title, and the section of a grid that holds it."""

    kind: str
    title: str
    section: Section
    filed: str = ""
    """The year of the report, which is that of a table whose title says none."""
    usual: str = ""
    """The unit of all other standard tables of the report, which is that of a table which prints none."""

    @property
    def year(self) -> str:
        return self.mark[1] or self.filed

    @property
    def mark(self) -> tuple[str, str]:
        """Basis and year by the title: what may be held against another table's."""
        basis = "预算" if "决算" not in self.title and "预算" in regex.sub(r"(?:公共|基金|经营)预算", "", self.title) else \
            "决算" if "决算" in self.title else ""
        year = _YEAR.search(self.title)
        return basis, year.group() if year else ""

    def column(self, concept: str, side: str = "") -> Column | None:
        """The one column of amounts that means this; on its side where the table has two."""
        said = _pattern(words()["columns"][concept])
        own = [c for c in self.amounts if not side or self._on(c, side)]
        named = [c for c in own if said.fullmatch(bare(c.last))]
        # of 预算数 beside 决算数 the one that the table is named after
        named = [c for c in named if self.mark[0] and self.mark[0] in c.last] or named
        if concept == "total" and named:
            least = min(len(c.heads) for c in named)
            first = [c for c in named if c is own[0]] or [c for c in named if len(c.heads) == least]
            return first[0] if len(first) == 1 else None
        return named[0] if len(named) == 1 else None

    @cached_property
    def amounts(self) -> list[Column]:
        """The columns of amounts."""
        single = len(self.section.body) == 1
        return [c for c in self.section.columns if (c.labels or single) and c.unit not in ("%", "‰")]

    def _on(self, column: Column, side: str) -> bool:
        """Tell whether a column stands in the half of 收入 or 支出: by the headings over it, else by its total rows."""
        other = "收入" if side == "支出" else "支出"
        if not any("收入" in head or "支出" in head for c in self.amounts for head in c.heads[:-1]):
            return any(regex.search(f"{side}(?:合计|总计)", name) for _, name, _ in self.rows(column))
        return any(side in head for head in column.heads[:-1]) and not any(other in head and side not in head for head in column.heads)

    def classes(self, column: Column) -> dict[str, Figure]:
        """The figures of the outermost accounts by name; one that stands twice is left out."""
        coded = any(run.codes for run in self.section.runs) or any(self.section.code(row, column) for row in self.section.body)
        found: list[tuple[str, Figure]] = []
        for row, name, figure in self.rows(column):
            if len(self.section.code(row, column)) == 3 if coded else label_of(name).grade == 1:
                found.append((bare(label_of(regex.sub(r"^[0-9]{3}", "", name)).text), figure))
        return _once(found)

    def paths(self) -> dict[tuple[str, ...], tuple[Figure, ...]]:
        """The figures of every coded row, its total first, by its level (类 款 项) and its names, outer ones left off by turns.

        What several rows would answer to is left out.
        """
        column = self.column("total")
        found: dict[tuple[str, ...], list[tuple[Figure, ...]]] = {}
        names: dict[str, str] = {}
        for row, name, figure in self.rows(column) if column is not None else ():
            code = self.section.code(row, column) if column is not None else ""
            if not code or len(code) > 7:
                continue
            names[code] = bare(regex.sub(r"^[0-9]+", "", label_of(name).text))
            path = [names.get(code[:size], "") for size in range(3, len(code) + 1, 2)]
            figures = (figure, *(f for c in self.amounts if c is not column and (f := self.section.value(row, c)) is not None))
            for start in range(len(path)):
                found.setdefault(("类款项"[len(path) - 1], *path[start:]), []).append(figures)
        return {key: ways[0] for key, ways in found.items() if len(ways) == 1}

    def rows(self, column: Column) -> Iterator[tuple[int, str, Figure]]:
        """The rows of a column: row of the grid, label, figure."""
        for row in self.section.body:
            label, figure = self.section.label(row, column), self.section.value(row, column)
            if figure is not None:
                figure = figure if figure.unit or not self.usual else replace(figure, unit=self.usual)
                yield row, label.text if label is not None else "", figure

    def heads(self) -> dict[str, Figure]:
        """The figures of the total row by the headings of their columns; of a table of one row those of that row."""
        found = [(bare(label_of(column.last).text), total[0]) for column in self.amounts if len(total := self.total(column)) == 1]
        return _once(found)

    def total(self, column: Column) -> tuple[Figure, ...]:
        """The total of the year: the row that says so, or that of all where nothing was carried over; of a table in two
        halves the totals of both.
        """
        words_ = words()["rows"]
        named = [(bare(label_of(name).text), figure) for _, name, figure in self.rows(column)]
        if len(named) == 1 and not column.labels:
            return (named[0][1],)
        year = [f for name, f in named if _pattern(words_["year"]).fullmatch(name) and not regex.fullmatch("(?:收入|支出)合计", name)]
        if year:
            return tuple(year) if len(year) == 1 else ()
        carried = any(_pattern(words_["carried"]).search(name) and figure.value for name, figure in named)
        whole = [f for name, f in named if _pattern(words_["all"]).fullmatch(name)]
        return tuple(whole) if len(whole) == 1 and not carried else ()

    @property
    def carried(self) -> bool:
        """Tell whether a row or column of what was carried over holds an amount."""
        said = _pattern(words()["rows"]["carried"])
        return any(figure.value and (said.search(name) or said.search(column.head))
                   for column in self.amounts for _, name, figure in self.rows(column))

    def halves(self) -> tuple[Figure, ...]:
        """The totals under both halves of a table of 人员经费 and 公用经费."""
        every = [(bare(name), figure) for column in self.amounts for _, name, figure in self.rows(column)]
        own = [[f for name, f in every if name == half] for half in words()["rows"]["halves"]]
        return tuple(f for (f,) in own) if all(len(fs) == 1 for fs in own) else ()


def _once(pairs: list[tuple[str, Figure]]) -> dict[str, Figure]:
    often = Counter(name for name, _ in pairs)
    return {name: figure for name, figure in pairs if name and often[name] == 1}


_WITH_CARRY = ("总表", "财政拨款总表", "收入表")


class Accounts:
    """The standard tables of a report, by kind."""

    def __init__(self, report: Report) -> None:
        found = tuple(_found(report))
        units = {column.unit for account in found for column in account.amounts} - {""}
        self.all = tuple(replace(account, usual=next(iter(units))) for account in found) if len(units) == 1 else found

    @cached_property
    def by_kind(self) -> dict[str, list[Account]]:
        found: dict[str, list[Account]] = {}
        for account in self.all:
            found.setdefault(account.kind, []).append(account)
        return found

    def open_to_doubt(self, *tables: Account) -> bool:
        """Tell whether one of the tables may leave out what was carried over, and another not: budgets do as they please."""
        budgets = any(table.mark[0] != "决算" for table in tables)
        return budgets and any(a.carried for a in self.all if a.kind in _WITH_CARRY) or any(t.carried for t in tables if t.kind == "收入表")

    def pairs(self, one: str, other: str) -> Iterator[tuple[Account, Account]]:
        """Tables of two kinds that belong together: the only ones of their basis and year."""
        for first in self.by_kind.get(one, ()):
            rivals = [a for a in self.by_kind[one] if meet(a, first)]
            seconds = [a for a in self.by_kind.get(other, ()) if meet(a, first)]
            if len(rivals) == len(seconds) == 1:
                yield first, seconds[0]


def meet(a: Account, b: Account) -> bool:
    """Tell whether two tables are of one basis and one year, as far as they say."""
    return all(x == y or not x or not y for x, y in zip(a.mark, b.mark, strict=True))


def _found(report: Report) -> Iterator[Account]:
    titles = dict(_titles(report))
    for grid in grids(report):
        if grid.tables[0].place.table is None and not isinstance(grid.tables[0], Kept):
            continue
        within = [_inside(section) for section in grid.sections]
        own = next(iter(grid.sections), None) if any(within) else max(grid.sections, key=lambda s: len(s.body), default=None)
        for section, title in zip(grid.sections, within, strict=True):
            if title := title or (_outside(grid, titles) if section is own else ""):
                yield Account(kind_of_title(title), title, section, report.document.year)


def _titles(report: Report) -> Iterator[tuple[Table, str]]:
    """Every table with the title above it: the nearest line that names a standard table."""
    near: list[str] = []
    for block in report.blocks:
        if isinstance(block, Text):
            near = [*near, "".join(block.folded.split())][-_BEFORE:]
            continue
        yield block, next((line for line in reversed(near) if _TITLE.search(line) and kind_of_title(line)), "")
        near = []


def _outside(grid: Grid, titles: dict[Table, str]) -> str:
    """The title above a table, else the name of its sheet; none where titles stand within it."""
    sheet = fold(grid.tables[0].place.sheet or "")
    return titles.get(grid.tables[0], "") or (sheet if kind_of_title(sheet) else "")


def _inside(section: Section) -> str:
    """The title in the rows right above the headings of a section: words alone in their row."""
    top = section.header[0] if section.header else section.body[0]
    for row in range(top - 1, max(top - 1 - _BEFORE, -1), -1):
        own = {id(e): e for e in section.grid.lines[row] if e is not None and e.kind != "blank"}
        if any(e.kind == "value" for e in own.values()):
            return ""
        title = next((e.text for e in own.values() if _TITLE.search(e.text) and kind_of_title(e.text)), "")
        if title and len(own) <= 2:
            return title
    return ""
