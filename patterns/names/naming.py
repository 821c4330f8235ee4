"""Every figure under its name, period and basis: in prose by its item, in tables by the heads of its row and column.

>>> def shown(*blocks):
...     return [(f.text, f.name, f.period, f.basis) for f in named(Report(Document("", "", tuple(blocks))))]
>>> shown(Paragraph("2021年公务接待费年初预算5万元，决算3万元，较上年4万元减少。", Place(paragraph=1)))
[('5万元', '公务接待费', '2021年', '预算'), ('3万元', '公务接待费', '2021年', '决算'), ('4万元', '公务接待费', '上年', '')]
>>> shown(Paragraph("本年减少7.5万元，年初预算60万元。", Place(paragraph=1)))
[('7.5万元', '本年减少', '', ''), ('60万元', '年初预算数', '', '预算')]
>>> cells = [Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate((("项目", "2020年预算数"), ("会议费", "6")))
...          for c, t in enumerate(row)]
>>> shown(Table(tuple(cells), 2, 2, Place(table=1)))
[('6', '会议费', '2020年', '预算')]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Cell, Document, Figure, Paragraph, Place, Table
from fusuan.patterns._items import Item
from fusuan.patterns._prose import prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns.names.likeness import basis_of
from fusuan.patterns.names.names import canonical, figure_name

__all__ = ["Cell", "Document", "Paragraph", "Place", "Table", "named"]

_BASES = {"budget": "预算", "adjusted": "调整预算", "final": "决算"}
_VALUE = regex.compile(r"\s*[-+≥≤<>=(]?\s?[0-9][0-9,，.]*\)?\s?(?!年)\S{0,4}\s*")
_YEAR = regex.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=\s?年)")
_BARE = regex.compile(r"(?:年初|全年|本年|调整后?|支出|收入)*(?:预算|决算|实际|执行|安排|计划|支出|收入|总额|资金)(?:数|额|支出|总额|安排|资金)*")
_LETTERS = regex.compile(r"[\u4e00-\u9fff]{2}")
_LEAD = regex.compile(r"^(?:所以|因此)?(?:根据|按照?|依据)(?:评分标准|评价标准|评分细则|公式计算|标准),?")
LENGTH = 40
Known = tuple[str, str, str]
_BASIS_AT_END = regex.compile(r"(?:年初预算|预算|决算)(?:数|额)?$")


def named(report: Report, deep: bool = False) -> Iterator[Figure]:
    """Yield the figures of a report in order, prose first; `deep` cuts long names by segmentation."""
    said = dict(_said(report))
    for text in report.texts:
        end, last = 0, ("", "", "")
        for figure in text.figures:
            gap = text.folded[end:figure.span[0]]
            known = said.get((figure.place, figure.span[0]), ("", "", ""))
            if not _LETTERS.search(known[0]):
                # inside a formula each number goes by the name of the formula
                known = (figure_name(gap[-80:], deep) if _LETTERS.search(gap) else last[0], known[1] or last[1], "")
            last = known
            yield _with(figure, known)
            end = figure.span[1]
    heads = {id(cell): known for table in report.document.tables for cell, known in _heads(table)}
    for cell, figures in report.cells.items():
        for figure in figures:
            own = said.get((figure.place, figure.span[0])) if len(figures) > 1 else None
            yield _with(figure, own or heads.get(id(cell), ("", "", "")))


def _with(figure: Figure, known: Known) -> Figure:
    name, period, basis = known
    name = _LEAD.sub("", name).strip(" =+-×÷/*(),:")
    return figure.under(name[:LENGTH], "" if figure.unit == "分" else period, basis)


def _said(report: Report) -> Iterator[tuple[tuple[Place, int], Known]]:
    for prose in prose_of(report):
        for item in prose.items:
            for said in item.said:
                if name := _name(item, said):
                    period = "上年" if said.role == "prior" else f"{item.year}年" if item.year else ""
                    basis = basis_of(said.name) or (basis_of(item.name) if said is item.amount else "")
                    yield (said.figure.place, said.start), (name, period, _BASES.get(basis, ""))


def _name(item: Item, said: Said) -> str:
    """The item's name for what is said of it, unless the figure has a name of its own."""
    own = "" if _BARE.fullmatch(said.name) else said.name
    if said.role in ("share", "completion", "other"):
        own = own if said.role == "other" else ""
    name = own or _moved(item, said) or item.name
    if known := canonical(name):
        return known
    return _BASIS_AT_END.sub("", name) or name


_ITSELF = regex.compile(r"(?:本年度?|当年|全年|本期)(?:净|共|累计)?[增减][加少收支]?")


def _moved(item: Item, said: Said) -> str:
    """The words of a change that says of itself what it is (本年减少), not of the amount told after it."""
    words = said.pre.strip()
    ahead = item.amount is None or item.amount.start > said.start
    return words if said.role == "delta" and words and (ahead or _ITSELF.fullmatch(words)) else ""


def _heads(table: Table) -> Iterator[tuple[Cell, Known]]:
    """The cells that hold a number, with the heads to their left and those of the head rows last above them."""
    above: dict[int, list[str]] = {}
    fresh = True
    for number, row in enumerate(table.grid()):
        own = [(k, cell) for k, cell in enumerate(row) if cell and (cell.place.row, cell.place.column) == (number, k)]
        if not any(_VALUE.fullmatch(cell.text) for _, cell in own):
            above = {} if fresh else above
            fresh = False
            for column, cell in own:
                for k in range(column, column + cell.columns):
                    above.setdefault(k, []).append(_words(cell))
            continue
        fresh = True
        left: list[str] = []
        for cell in dict.fromkeys(cell for cell in row if cell):
            if _VALUE.fullmatch(cell.text):
                yield cell, _headed(left[-2:], above.get(cell.place.column or 0, [])[-3:])
            elif words := _words(cell):
                left.append(words)


def _words(cell: Cell) -> str:
    return "".join(cell.text.split())[:LENGTH]


def _headed(left: Sequence[str], above: Sequence[str]) -> Known:
    """The row's name, else the column's, the canonical one first; period and basis from either head."""
    years = _YEAR.findall(" ".join([*above, *left]))
    basis = next((b for b in map(basis_of, [*above[::-1], *left[::-1]]) if b), "")
    heads = [*left[::-1], *(h for h in above[::-1] if not basis_of(h))]
    known = next((n for n in map(canonical, heads) if n), None)
    name = known or "·".join(dict.fromkeys([*left[-1:], *(h for h in above[-1:] if h and not basis_of(h) or not left)]))
    return name, f"{years[-1]}年" if years else "", _BASES.get(basis, "")
