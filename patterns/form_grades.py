"""表内的评价等级：等级格（优、良、中、差，或打勾的选项）与同表总分。

读：“自评等级”“评价结果”等标签旁的等级，“优☑ 良□”等勾选；一行一个项目的汇总表中，总分栏与等级栏；不读：没有总分的表，没有勾选的选项。

>>> from fusuan.model import Cell, Document, Place, Table
>>> from fusuan.patterns._report import Report
>>> rows = [["自评总分", "84", "自评等级", "优□ 良☑ 中□ 差□"], ["指标名称", "分值", "得分", "备注"], ["甲", "100", "84", ""]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> [(s.stated.text, s.readings[0]["score"][0].text) for s in find(Report(Document("", "", (Table(cells, 3, 4, Place(table=1)),))))]
[('良', '84')]
>>> rows = [["项目", "金额", "自评得分", "自评等级"], ["甲", "30.5", "84", "优"], ["乙", "20.1", "93", "优"], ["注：90分（含）以上为优，80（含）—90分为良，60（含）—80分为中，60分以下为差。", "", "", ""]]
>>> cells = tuple(Cell(t, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, t in enumerate(row))
>>> [(s.readings[0]["score"][0].text, s.facts["bands"]) for s in find(Report(Document("", "", (Table(cells, 4, 4, Place(table=1)),))))][:1]
[('84', '优:90-100;良:80-90;中:60-80;差:0-60')]
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from weakref import WeakKeyDictionary

import regex

from fusuan.model import Cell, Figure, Reading, Statement, Words
from fusuan.patterns._report import Report
from fusuan.patterns.cues.grades import WORDS, bands_in, grade_of
from fusuan.patterns.cues.indicators import bare, vocabulary
from fusuan.patterns.forms import forms
from fusuan.patterns.forms.form import Form
from fusuan.patterns.grids.grid import Section, sections
from fusuan.patterns.text.fold import fold

_WHOLE = frozenset(("自评总分", "总分", "总得分", "评价总分", "综合得分", "最终得分", "自评得分", "自评分", "评价得分", "得分", "评分", "总评分"))
_ALONE = regex.compile(rf"\s*[“\"]?(?P<grade>{WORDS})(?:等级|等次|级|档)?[”\"]?\s*")
_TICKED = regex.compile(rf"(?P<grade>{WORDS})\s*\(?[☑√✓✔■☒●]|[☑√✓✔■☒●]\)?\s*(?P<after>{WORDS})")


def find(report: Report) -> Iterator[Statement]:
    labels = frozenset(vocabulary()["grade"]["names"])
    for form in forms(report):
        # of a form marked by several nobody says whose marks are graded
        total = next((t.earned for t in form.all_totals if not t.part and t.earned is not None and "review" not in t.line.cells), None)
        if total is None:
            continue
        for words, quote in _graded(form, labels):
            yield Statement("grade", "grade", words, (Reading({"score": (total,)}),), quote, _facts(_bands(report)))
    for section in sections(report):
        for words, score, quote in _listed(section, labels):
            yield Statement("grade", "grade", words, (Reading({"score": (score,)}),), quote, _facts(_bands(report)))


_BANDS: WeakKeyDictionary[Report, dict[str, tuple[int, int]]] = WeakKeyDictionary()
_NOTE = 16
"""A cell as long as this may be a note that tells the bands."""


def _bands(report: Report) -> dict[str, tuple[int, int]]:
    """The bands that the text tells, or a note in a table."""
    if report not in _BANDS:
        notes = (cell.text for table in report.tables for cell in table.cells if len(cell.text) >= _NOTE and "分" in cell.text)
        _BANDS[report] = next((b for text in chain((text.paragraph.text for text in report.texts), notes) if (b := bands_in(text))), {})
    return _BANDS[report]


def _facts(bands: dict[str, tuple[int, int]]) -> dict[str, str]:
    return {"bands": ";".join(f"{g}:{low}-{high}" for g, (low, high) in bands.items())} if bands else {}


_LISTED = 2000


def _listed(section: Section, labels: frozenset[str]) -> Iterator[tuple[Words, Figure, str]]:
    """The grades in a column, each with the whole mark of its row."""
    whole = [c for c in section.columns if c.heads and bare(c.last) in _WHOLE]
    graded = [n for n in range(section.grid.width) if (heads := section.heads(n)) and bare(heads[-1]) in labels]
    for row in section.body[:_LISTED] if len(whole) == len(graded) == 1 else ():
        entry, score = section.grid.lines[row][graded[0]], section.value(row, whole[0])
        if score is not None and entry is not None and entry.row == row and (words := _grade(entry.cell)) is not None:
            yield words, score, section.quote(row)


def _graded(form: Form, labels: frozenset[str]) -> Iterator[tuple[Words, str]]:
    for grid, row in form.rows:
        cells = grid.starts(row)
        for label, cell in zip(cells, cells[1:], strict=False):
            if bare(grid.text(label)) in labels and (words := _grade(cell)) is not None:
                yield words, grid.quote(row)


def _grade(cell: Cell) -> Words | None:
    folded = fold(cell.text)
    match = _ALONE.fullmatch(folded)
    ticked = list(_TICKED.finditer(folded)) if match is None else []
    found = match or (ticked[0] if len(ticked) == 1 else None)
    if found is None:
        return None
    name = "grade" if found["grade"] else "after"
    start, end = found.span(name)
    return Words(cell.text[start:end], cell.place, (start, end), "评价等级") if grade_of(found[name]) else None
