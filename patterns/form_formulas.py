"""表里印出的算式：行旁的 A=B+C、Z=U/Y×100，栏次里的 5=1+2-4、(7)=(6)/(4)，以各行各栏的数字复算。

读：表中一栏写着行的代号（A、B、①、行次）及算式的，逐个数值栏代入；栏次一行写着算式的，逐行代入；
不读：算式里的代号没有对应的行或栏的，有一项没有填的，文字说明。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> def found(*rows):
...     cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
...     said = find(Report(Document("", "", (Table(cells, len(rows), len(rows[0]), Place(table=1)),))))
...     return [(s.stated.text, s.label, s.facts["expression"], [f.text for f in s.readings[0]["operands"]]) for s in said]
>>> lines = [["项目", "公式", "本级", "下属"], ["结余", "A=B-C", "35.2", "8.1"], ["收入", "B", "120.5", "40.0"], ["支出", "C", "85.3", "31.9"]]
>>> found(*lines, ["支出率(%)", "D=C/B×100", "70.8", ""])
[('35.2', 'balance', '#-#', ['120.5', '85.3']), ('8.1', 'balance', '#-#', ['40.0', '31.9']), ('70.8', 'rate', '#÷#', ['85.3', '120.5'])]
>>> found(*lines[:1], ["结余", "A=X-C", "35.2", "8.1"], *lines[2:])
[]
>>> found(["单位", "原有", "新增", "现有"], ["栏次", "1", "2", "3=1+2"], ["东岸", "31.5", "4.2", "35.7"])
[('35.7', 'sum', '#+#', ['31.5', '4.2'])]
>>> found(["单位", "合计", "东岸", "西岸"], ["栏次", "1=2+3", "2", "3"], ["收入", "6.2", "2.0", "4.2"], ["完成预算%", "101.2", "101.6", "100.8"])
[('6.2', 'sum', '#+#', ['2.0', '4.2'])]
>>> found(["单位", "到位", "支出", "执行率"], ["单位", "到位", "支出", "③=②/①"], ["栏次", "①", "②", "③"], ["东岸", "31.5", "4.2", "13.33%"])
[('13.33%', 'rate', '#÷#', ['4.2', '31.5'])]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.cues.amounts import is_rate, kind_of, lettered
from fusuan.patterns.figures.keys import KEY, keyed
from fusuan.patterns.grids.grid import Column, Section, sections

_TOKEN = regex.compile(rf"({KEY})|([-+*/×÷()—])")
_FORMULA = regex.compile(r"\(*#(?:\)*[-+×÷]\(*#\)*)+")
_PERCENT = regex.compile(r"[*×]100%?$")
_SIGNS = str.maketrans("*/—", "×÷-")
_IN_HEAD = regex.compile(r"(?<=\()[A-Z](?:=[^=]{3,40})?(?=\)$)")
_LEADING = regex.compile(r"[A-Z](?=、)")
_FEWEST, _LONGEST = 3, 400
Formula = tuple[str, tuple[int, ...]]
"""A template of #, and the rows or columns that stand for each."""


def find(report: Report) -> Iterator[Statement]:
    for section in sections(report):
        by_index = {column.index: column for column in section.columns}
        for row, (template, rows) in _down(section).items():
            for column in section.columns:
                yield from _statement(section, row, section.value(row, column), [section.value(at, column) for at in rows], template, _label(section, row, column))
        headed = {c.index: c.last for c in section.columns if (key := keyed(c.last)) is not None and key[1]}
        heads = section.numbers | headed if section.numbers else {c.index: found[0] for c in section.columns if (found := _IN_HEAD.search(name := lettered(c.last)) or _LEADING.match(name))}
        for index, (template, places) in _formulas(heads).items():
            for row in section.body if {index, *places} <= by_index.keys() else ():
                figures = [section.value(row, by_index[at]) for at in places]
                yield from _statement(section, row, section.value(row, by_index[index]), figures, template, by_index[index].last, _label(section, row, by_index[index]))


def _label(section: Section, row: int, column: Column) -> str:
    cell = section.label(row, column)
    return cell.text if cell else ""


def _down(section: Section) -> Mapping[int, Formula]:
    """The formulas that one column of words prints beside the rows."""
    for column in range(min(section.grid.width, 6)):
        cells = {row: e.text for row in section.body[:_LONGEST] if (e := section.grid.lines[row][column]) is not None and e.row == row}
        if found := _formulas(cells):
            return found
    return {}


def _formulas(cells: Mapping[int, str]) -> Mapping[int, Formula]:
    """The formulas among cells, over the places of those that print the keys."""
    read = {at: found for at, text in cells.items() if (found := keyed(text)) is not None}
    once = Counter(key for key, _ in read.values())
    keys = {key: at for at, (key, _) in read.items() if once[key] == 1}
    return {at: made for at, (_, text) in read.items() if text and (made := _made(text, keys))} if len(read) >= _FEWEST else {}


def _made(text: str, keys: Mapping[str, int]) -> Formula | None:
    """A printed formula as a template; a last ×100 only makes a percentage."""
    tokens = _TOKEN.findall(text := _PERCENT.sub("", text))
    names = [key for key, _ in tokens if key]
    template = "".join("#" if key else sign for key, sign in tokens).translate(_SIGNS)
    # in 8=4×2 nothing tells the second column from a two
    open_ = "×" in template and any(name.isdigit() for name in names)
    known = not open_ and "".join(key + sign for key, sign in tokens) == text and _FORMULA.fullmatch(template) and all(name in keys for name in names)
    return (template, tuple(keys[name] for name in names)) if known else None


def _statement(section: Section, row: int, stated: Figure | None, figures: Sequence[Figure | None], template: str, head: str, label: str = "") -> Iterator[Statement]:
    given = [f for f in figures if f is not None]
    if stated is None or len(given) < len(figures) or any(f.dimension == "rate" for f in given) or kind_of(head) == "mark":
        return
    rated = "÷" in template
    if rated and (not is_rate(head) and stated.dimension != "rate" or regex.search("[-+]", template)):
        return  # of a price nobody knows the unit, and in 5=4/1-1 a 1 that is no column
    if not rated and (is_rate(label) or label.rstrip(")").endswith("%")):
        return  # a row of percentages is none of what a formula between amounts is printed for
    if rated:
        stated = replace(stated, unit="%")
    elif any(f.unit != stated.unit for f in given):
        stated, given = replace(stated, unit=""), [replace(f, unit="") for f in given]
    label = "rate" if rated else "balance" if "-" in template else "sum"
    yield Statement("formula", label, stated, (Reading({"operands": tuple(given)}),), section.quote(row), {"expression": template})
