"""行次旁印出的算式：A=B+C、V=B+H-P、Z=U/Y×100、13=1+2，逐栏以各行的数字复算。

读：表中有一栏写着行的代号（A、B、①、行次）及算式的，逐个数值栏代入；
不读：算式里的代号没有对应的行的，该栏有一项没有填的，文字说明。

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
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

import regex

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.grids.grid import Column, Section, sections

_KEY = r"(?:[A-Z][0-9]?|[①-⑳]|[0-9]{1,3})"
_CELL = regex.compile(rf"[(（]?({_KEY})(?:[=＝](.{{3,40}}?))?[)）]?")
_TOKEN = regex.compile(rf"({_KEY})|([-+*/×÷()（）－＋—])")
_PERCENT = regex.compile(r"[*×]100%?$")
_SIGNS = str.maketrans("*/－＋—（）", "×÷-+-()")
_FEWEST, _LONGEST = 3, 400
Formula = tuple[str, tuple[str, ...]]
"""A template of #, and the keys of the rows that stand for each."""


def find(report: Report) -> Iterator[Statement]:
    for section in sections(report):
        keys, formulas = _printed(section)
        for row, (template, names) in formulas.items():
            rows = [keys.get(name) for name in names]
            for column in section.columns if None not in rows else ():
                yield from _statement(section, column, row, template, [at for at in rows if at is not None])


def _printed(section: Section) -> tuple[Mapping[str, int], Mapping[int, Formula]]:
    """The rows by the keys that one column of words gives them, and the formulas it prints."""
    for column in range(min(section.grid.width, 6)):
        cells = {row: match for row in section.body[:_LONGEST] if (e := section.grid.lines[row][column]) is not None and e.row == row
                 and (match := _CELL.fullmatch(e.text))}
        formulas = {row: made for row, match in cells.items() if match[2] and (made := _read(match[2]))}
        if len(cells) >= _FEWEST and formulas:
            once = Counter(match[1] for match in cells.values())
            return {match[1]: row for row, match in cells.items() if once[match[1]] == 1}, formulas
    return {}, {}


def _read(text: str) -> Formula | None:
    """A printed formula as a template; a last ×100 only makes a percentage."""
    text = _PERCENT.sub("", text)
    tokens = _TOKEN.findall(text)
    if "".join(key + sign for key, sign in tokens) != text:
        return None
    template = "".join("#" if key else sign for key, sign in tokens).translate(_SIGNS)
    return (template, tuple(key for key, _ in tokens if key)) if regex.fullmatch(r"\(*#(?:\)*[-+×÷]\(*#\)*)+", template) else None


def _statement(section: Section, column: Column, row: int, template: str, rows: list[int]) -> Iterator[Statement]:
    stated, figures = section.value(row, column), [f for at in rows if (f := section.value(at, column)) is not None]
    if stated is None or len(figures) < len(rows) or any(f.dimension == "rate" for f in figures):
        return
    rated = "÷" in template
    if rated:
        stated = replace(stated, unit="%")
    elif any(f.unit != stated.unit for f in figures):
        stated, figures = replace(stated, unit=""), [replace(f, unit="") for f in figures]
    operands: tuple[Figure, ...] = tuple(figures)
    label = "rate" if rated else "balance" if "-" in template else "sum"
    yield Statement("formula", label, stated, (Reading({"operands": operands}),), section.quote(row), {"expression": template})
