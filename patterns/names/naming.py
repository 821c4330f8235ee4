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
from typing import NamedTuple

import regex

from fusuan.model import Cell, Document, Figure, Paragraph, Place, Table
from fusuan.patterns._prose import prose_of
from fusuan.patterns._report import Report
from fusuan.patterns.names.likeness import basis_of
from fusuan.patterns.names.names import canonical, figure_name
from fusuan.patterns.names.words import Told, clean, told_in

__all__ = ["Cell", "Document", "Paragraph", "Place", "Table", "named"]

_BASES = {"budget": "预算", "adjusted": "调整预算", "final": "决算"}
_VALUE = regex.compile(r"\s*[-+≥≤<>=(]?\s?[0-9][0-9,，.]*\)?\s?(?!年)\S{0,4}\s*")
_YEAR = regex.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=\s?年)")
_BARE = regex.compile(r"(?:年初|全年|本年|调整后?|支出|收入)*(?:预算|决算|实际|执行|安排|计划|支出|收入|总额|资金)(?:数|额|支出|总额|安排|资金)*")
_LETTERS = regex.compile(r"[\u4e00-\u9fff]{2}")
_LEAD = regex.compile(r"^(?:所以|因此)?(?:根据|按照?|依据)(?:评分标准|评价标准|评分细则|公式计算|标准),?")
_OWN_YEAR = regex.compile(r"(?<![比较与同于从])(?:19|20)[0-9]{2}(?=\s?年)")
_ITSELF = regex.compile(r"(?:本年度?|当年|全年|本期)(?:净|共|累计)?[增减][加少收支]?")
_CHANGE = regex.compile(r"(?:增加|超过|增长|增收|增支|上升|提高|减少|下降|减收|减支|压减|压缩|降低|节约|增|减|降|超支|增幅|降幅|多|少)(?:支出|收入)?(?:了|额|数|至|到|约|为|达|率)*$")
_COMPARED = regex.compile(r"(?:同比|环比|按?同口径|相比较?|(?:比|较|与|同|为|由|从)\s?(?:上年|去年|上一年|预算|年初|同期|全省|全市|全国|(?:19|20)[0-9]{2}).*|上年.*|去年.*|(?:有所|略有|净|共|总体|累计)*)$")
_EARLIER = regex.compile(r"(?:上一?年|去年|同期|上期)(?:[决预]算|同期|支出|收入|执行|完成|末|底|实际|[数额为是的])*$")
_LAST_YEAR = regex.compile(r"^(?:上一?年|去年)(?!.*(?:增减|增长|相比|变动|结[转余]))")
_OF = regex.compile(r"^(?:占|完成|为|达到?|是|相当于)[^,]*的(?:比重|比例)?(?:为|达)?$|^占|的$")
_CODE = regex.compile(r"^\(?[类款项]\)")
_AGAIN = regex.compile(r"比|较|与|同|环比|占")
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


class _Thing(NamedTuple):
    """What a run of figures is said of, and the brackets it is told in."""

    name: str
    depth: int = 0


def _said(report: Report) -> Iterator[tuple[tuple[Place, int], Known]]:
    """A figure goes by the noun before it; one that has none, or only tells a measure or a change, by what was told before."""
    for prose in prose_of(report):
        things, year, ahead = [_Thing("")], "", ""
        for text in prose.texts:
            depth, end = 0, 0
            for told in told_in(text):
                year = (_OWN_YEAR.findall(ahead + told.gap) or [year])[-1]
                depth = max(0, depth + told.gap.count("(") - told.gap.count(")"))
                fresh = (not end or "。" in told.gap) and not _AGAIN.match(told.pre.strip())
                things = [_Thing("")] if fresh and not end else [it for it in things[-8:] if it.depth <= depth] or [_Thing("")]
                ahead, end = "", told.figure.span[1]
                if told.figure.unit and (known := _known(told, things, depth, fresh)):
                    period = "上年" if _EARLIER.search(told.pre) else f"{year}年" if year else ""
                    yield (told.figure.place, told.start), (known, period, _BASES.get(_basis(told), ""))
            ahead = (("" if end else ahead + "\n") + text.folded[end:])[-160:]


def _known(told: Told, things: list[_Thing], depth: int, fresh: bool) -> str:
    """What a figure goes by; `things` learns what is told of from here on."""
    own = _own(told)
    itself = bool(_ITSELF.fullmatch(own))
    if own and not itself and not _BARE.fullmatch(own) or fresh and not itself:
        things.append(_Thing(own, depth))
    name = own if itself else things[-1].name or own
    return canonical(name) or _BASIS_AT_END.sub("", name) or name


def _basis(told: Told) -> str:
    """A change, and what was before, is of no measure of its own."""
    return "" if _CHANGE.search(told.pre.strip()) or _EARLIER.search(told.pre) else basis_of(clean(told.pre))


def _own(told: Told) -> str:
    """The noun of a figure's own: of a change, what changed; of a share or a completion, none."""
    words = _CODE.sub("", told.pre.strip())
    if _OF.search(words):
        return ""
    if _ITSELF.fullmatch(words):
        return words
    if moved := _CHANGE.search(words):
        return clean(_COMPARED.sub("", words[:moved.start()]))
    if _EARLIER.search(words):
        return clean(_COMPARED.sub("", words))
    after = told.figure.dimension not in ("money", "rate", "points", "marks") and _LETTERS.match(told.post)
    return clean(told.post) if after else clean(words)


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
    period = f"{years[-1]}年" if years else "上年" if any(map(_LAST_YEAR.search, above)) else ""
    return name, period, _BASES.get(basis, "")
