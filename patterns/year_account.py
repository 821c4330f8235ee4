"""全文的收支总账：年初结转结余 + 本年收入 − 本年支出 = 年末结转结余，四个数都写明的才核对。

写法不同、分散在各段，所以按名称在全文里找，取年末数之前最后一次说到的。没有明说相抵，合不上的只在明显笔误时报告；
同一名称有两个不同的数（两个口径、两个年度）的，合不上不判。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:]], s.certainty) for s in find(Report(document))]
>>> LINES = ["年初结转结余6.4万元，2022年度总收入88.1万元。", "2022年度总支出90.3万元。", "年末结转结余4.2万元。"]
>>> found(*LINES), found(*LINES[:2]), found("2022年度总支出91万元。", *LINES)
([('4.2万元', ['6.4万元', '88.1万元', '90.3万元'], None)], [], [('4.2万元', ['6.4万元', '88.1万元', '90.3万元'], 0.0)])
"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.model import Figure, Reading, Statement
from fusuan.patterns._report import Report
from fusuan.patterns.names.naming import named

NAMES: tuple[str, ...] = ("年初结转和结余", "本年收入合计", "本年支出合计", "年末结转和结余")


def find(report: Report) -> Iterator[Statement]:
    told = _told(report)
    opening, income, outgo, closing = (told.get(name, []) for name in NAMES)
    if not (opening and income and outgo and closing):
        return
    sure = all(map(_agreed, (opening, income, outgo, closing)))
    last: dict[str, tuple[Figure, ...]] = {
        role: (_last(figures, closing[0]),) for role, figures in (("opening", opening), ("income", income), ("outgo", outgo))}
    for figure in closing[:1]:
        yield Statement("balance", "balance", figure, (Reading(last),), _quote(report, figure), guess=True, certainty=None if sure else 0.0)


def _last(figures: list[Figure], closing: Figure) -> Figure:
    """The one told last before what is left: accounts stand in the order of the year."""
    line = closing.place.paragraph or 0
    return next((f for f in reversed(figures) if (f.place.paragraph or 0) <= line), figures[-1])


def _told(report: Report) -> dict[str, list[Figure]]:
    """The figures of running text under the four names, of the year itself and not of its budget."""
    found: dict[str, list[Figure]] = {}
    for figure in named(report):
        if figure.name in NAMES and figure.dimension == "money" and figure.place.row is None and figure.basis not in ("预算", "调整预算") \
                and figure.period != "上年":
            found.setdefault(figure.name, []).append(figure)
    return found


def _agreed(figures: list[Figure]) -> bool:
    return len({(figure.base, figure.period) for figure in figures}) == 1


def _quote(report: Report, figure: Figure) -> str:
    text = next((t.paragraph.text for t in report.texts if t.paragraph.place == figure.place), figure.text)
    start = max((text.rfind(stop, 0, figure.span[0]) for stop in "。；;，,\n"), default=-1) + 1
    return text[start:figure.span[1]].strip()
