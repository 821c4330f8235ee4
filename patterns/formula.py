"""印出的算式：＝(12.6+338.2)/400×100%=87.7%≤100%，一串等号与界限逐个核对。

认全角、半角的括号和符号，÷／×＊x，数前带名称的算式（“预算数20/编制数25=80%”），结果未写百分号的百分比；
以名称代数字的一段（“执行数/预算数×100%”）不算，被文字隔断的一段不猜。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, s.label, s.facts["expression"]) for s in find(Report(document))]
>>> found("编制控制率＝（9/12）×100%=75%≦100%，得分3分。")
[('75%', 'rate', '(#÷#)×#'), ('75%', 'rate', '#≤#')]
>>> found("变动率＝在职人数/编制数×100%，得分=权重*B/A，1.执行率=95%。")
[]
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import regex

from fusuan.model import Cell, Figure, Place, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.figures.chains import Chain, Side, chains
from fusuan.patterns.figures.keys import keyed

REACH = 8
"""How many relations on the number may stand that an expression is said to equal."""


def find(report: Report) -> Iterator[Statement]:
    for text, place in _sources(report):
        for chain in chains(text, place):
            quote = text[chain.span[0]:chain.span[1]].strip()
            name = _name(chain.name)
            yield from _equal(chain, quote, name)
            yield from _bounded(chain, quote, name)


_COLUMN = regex.compile(r"\(*[0-9]{1,2}(?:\)*[-+*/÷×—]\(*[0-9]{1,2})+\)*")
_WORDED = regex.compile(r"\s*[0-9]{1,2}\s*[=＝][^=＝.0-9%％]{0,8}[0-9]{1,2}(?:[-+*/÷×—][^=＝.0-9%％]{0,8}[0-9]{1,2})*\s*")
"""12=上月12+11, in a row of the numbers of columns."""
_SEVERAL = 2
"""So many formulas over keys in a table show that those with decimals or percentages (4=4.1+4.2, 12=6×3%) are over keys too."""


def _sources(report: Report) -> Iterator[tuple[str, Place]]:
    for text in report.texts:
        yield text.paragraph.text, text.paragraph.place
    over = {cell: found[1] for cell in report.cells if (found := keyed(cell.text)) is not None and found[1] and found[0].isdigit()}
    often = Counter(cell.place.table for cell in over)
    keys = {(cell.place.table, cell.place.row) for cell in over}
    cell: Cell
    for cell in report.cells:
        if cell not in over and (cell.place.table, cell.place.row) in keys and _WORDED.fullmatch(cell.text):
            continue
        if cell not in over or often[cell.place.table] < _SEVERAL and not _COLUMN.fullmatch(over[cell]):
            yield cell.text, cell.place


def _name(head: str) -> str:
    """The noun before the first equals sign: （1）本单位预算完成率 -> 预算完成率."""
    head = regex.sub(r"^(?:[\s(（]*[0-9一二三四五六七八九十]{1,2}[)）.、．]|本单位|我单位|根据公式计算|其中|即|则|\s)+", "", head)
    found = regex.match(r"[^0-9+÷×/*(（]{2,30}", head)
    return found.group().strip() if found else ""


def _equal(chain: Chain, quote: str, name: str) -> Iterator[Statement]:
    """Every expression against the number it is said to equal; a number again only as a conversion of the one before."""
    sides = list(chain.sides)
    for index, side in enumerate(sides):
        if side is None or side.number is not None:
            continue
        stated = _number_after(chain, index) or _number_before(chain, index)
        if stated is not None:
            yield _statement(stated, side, quote, name)
    for index in range(1, len(sides) - 1):
        a, b = sides[index], sides[index + 1]
        if a is not None and b is not None and a.number and b.number and chain.relations[index] == "=":
            before = sides[index - 1]
            if before is not None and before.number is None:
                yield _statement(b, a, quote, name)


def _number_after(chain: Chain, index: int) -> Side | None:
    for step in range(index, min(index + REACH, len(chain.relations))):
        side = chain.sides[step + 1]
        if chain.relations[step] != "=":
            return None
        if side is not None and side.number is not None:
            return side
    return None


def _number_before(chain: Chain, index: int) -> Side | None:
    side = chain.sides[index - 1] if index and chain.relations[index - 1] == "=" else None
    return side if side is not None and side.number is not None else None


def _bounded(chain: Chain, quote: str, name: str) -> Iterator[Statement]:
    """A result and the bound printed after it (54.54%≤100%); a bound alone is a criterion, and states nothing."""
    for index, relation in enumerate(chain.relations):
        left, right = chain.sides[index], chain.sides[index + 1]
        if relation == "=" or not index or "=" not in chain.relations[:index] or left is None or right is None:
            continue
        if left.number is not None and right.number is not None:
            figure = _signed(left, name)
            yield Statement("formula", "rate", figure, (Reading({"operands": (figure, _signed(right))}),), quote,
                            {"expression": f"#{relation}#"})


def _signed(side: Side, name: str = "") -> Figure:
    figure = side.figures[0]
    if side.template == "-#":
        figure = replace(figure, text="-" + figure.text, value=-figure.value, span=(figure.span[0] - 1, figure.span[1]))
    return replace(figure, name=name) if name else figure


def _statement(stated: Side, side: Side, quote: str, name: str) -> Statement:
    figure = _signed(stated, name)
    return Statement("formula", _label(side, figure, name), figure, (Reading({"operands": side.figures}),), quote,
                     {"expression": side.template})


def _label(side: Side, stated: Figure, name: str) -> str:
    """The nature of the formula: a mark, a change, a quotient, an addition."""
    if stated.unit == "分" or regex.search(r"得分|计分|总分", name):
        return "score_sum" if not regex.search(r"[×÷]", side.template) else "score_rate"
    if "÷" in side.template:
        changed = regex.search(r"变动|增长|增减|增幅|降幅|下降|上升", name)
        return "growth" if changed else "rate"
    return "rate" if "×" in side.template and stated.unit == "%" else "sum"
