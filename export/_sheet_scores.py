"""The sheet 得分核对: each report's tree of marks, claimed and recomputed, and what the doubts do to the total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from fusuan.export._book import Book, Cell, Column, Link, Live, Pages
from fusuan.export._bridge import ITEM_RULES, bridge, mark_of, score_told
from fusuan.export._rows import (
    computed_text,
    decimals_of,
    difference_text,
    difference_value,
    explained,
    is_limit,
    printed,
    unit_of,
)
from fusuan.export._sheet_details import Spot, spot
from fusuan.model import Audit, Figure, Finding, Mark, Verdict

NAME = "得分核对"
COLUMNS: tuple[Column, ...] = (
    ("文件", 15), ("指标", 30), ("分值", 8), ("自评得分", 9), ("复算得分", 9), ("差异", 8), ("疑点", 6), ("备注", 40))
# what touches marks; of these the first four change the total by as much as the mark itself
ITEMS = ("score_rule", "score_rate", "target", "score_cap")
_MARKS = (*ITEMS, "score_sum", "weight_sum", "grade")


def open_scores(book: Book) -> Pages:
    return Pages(book, NAME, COLUMNS, frozen=2)


class Effect(NamedTuple):
    """A finding that touches marks: where its lines in 疑点清单 and its figures in 复算明细 stand."""

    finding: Finding
    link: Link
    stated: str
    computed: str


def add_scores(pages: Pages, audit: Audit, effects: Sequence[Effect], cells: Mapping[Spot, str]) -> None:
    """Write one report, as formulas where they give what was computed; `cells` are where its marks stand in other sheets."""
    touching = [effect for effect in effects if effect.finding.label in _MARKS]
    if not audit.marks and not touching and audit.score_stated is None:
        return
    start = pages.count
    rows = [pages.row_of(start + 1 + at) for at in range(len(audit.marks) + len(touching))]
    one_sheet = not rows or rows[-1] - pages.row_of(start) == len(rows)
    pages.add(_summary(audit, touching, pages.row_of(start), rows if one_sheet else []))
    for at, mark in enumerate(audit.marks):
        pages.add(_mark(audit, at, pages.row_of(pages.count), rows if one_sheet else [], cells), level=1 + mark.level)
    for effect in touching:
        pages.add(_effect(audit, effect, pages.row_of(pages.count)), level=1)


def _summary(audit: Audit, effects: Sequence[Effect], row: int, rows: Sequence[int]) -> list[Cell]:
    stated, computed = mark_of(audit.score_stated), mark_of(audit.score_computed)
    difference = None if stated is None or computed is None else stated - computed
    right = points(audit.score_computed, "file")
    if computed is not None and rows and (formula := _total(audit, effects, rows, computed)):
        right = right._replace(value=Live(formula, computed))
    return [Cell(audit.source.name, "file"), Cell("总分", "file"), Cell(None, "file"), points(audit.score_stated, "file"), right,
            _gap(difference, "file", row), Cell(None, "file"), Cell(score_told(audit) if audit.score_stated else "", "file")]


def _total(audit: Audit, effects: Sequence[Effect], rows: Sequence[int], computed: Decimal) -> str:
    """The total recomputed: that of the tree of marks, less what each item is too high by its own rule."""
    top = next((at for at, mark in enumerate(audit.marks) if mark.level == 0 and mark_of(mark.computed) is not None), None)
    if top is None:
        return ""
    names = {step.name for step in bridge(audit)}
    marks = {mark.earned.place: mark for mark in audit.marks if mark.earned is not None and mark.level > 0}
    taken = [(len(audit.marks) + at, effect.finding.difference) for at, effect in enumerate(effects)
             if effect.finding.label in ITEM_RULES and effect.finding.verdict is Verdict.BROKEN and effect.finding.difference
             and effect.finding.place in marks and " ".join(marks[effect.finding.place].name.split()) in names]
    value = (mark_of(audit.marks[top].computed) or Decimal(0)) - sum((gap for _, gap in taken), Decimal(0))
    return f"=E{rows[top]}" + "".join(f"-F{rows[at]}" for at, _ in taken) if value == computed else ""


def _mark(audit: Audit, at: int, row: int, rows: Sequence[int], cells: Mapping[Spot, str]) -> list[Cell]:
    mark = audit.marks[at]
    earned, computed = mark.earned.value if mark.earned else None, mark_of(mark.computed)
    difference = None if earned is None or computed is None else earned - computed
    right = points(mark.computed, "number")
    if computed is not None and rows and (formula := _sum(audit.marks, at, rows, computed)):
        right = right._replace(value=Live(formula, computed))
    return [Cell(audit.source.name), Cell("　" * mark.level + " ".join(mark.name.split())), _printed(mark.full),
            _linked(mark.earned, cells), right, _gap(difference, "number", row), Cell(None), Cell(mark.remark)]


def _sum(marks: Sequence[Mark], at: int, rows: Sequence[int], computed: Decimal) -> str:
    """The sum of the items right below a group; empty where that is not what was computed."""
    cells, total, below = list[str](), Decimal(0), None
    for number in range(at + 1, len(marks)):
        mark = marks[number]
        if mark.level <= marks[at].level:
            break
        below = mark.level if below is None else below
        value = mark.earned.value if mark.earned else mark_of(mark.computed)
        if mark.level == below and value is not None:
            # a group that is wrong counts in a total with what its items come to
            use = mark_of(mark.computed)
            cells.append(f"{'E' if use is not None else 'D'}{rows[number]}")
            total += use if use is not None else value
    return f"={'+'.join(cells)}" if cells and total == computed and len(cells) < 300 else ""


def _effect(audit: Audit, effect: Effect, row: int) -> list[Cell]:
    """Say what a finding does to the total, where that is plain."""
    finding = effect.finding
    said = f"报告“{printed(finding)}”，复算 {computed_text(finding) or '无'}。{explained(finding)}"
    difference = difference_value(finding) if unit_of(finding) in ("分", "") else None
    if finding.label in ITEMS and difference:
        said = f"如属实，总分相应{'减少' if difference > 0 else '增加'} {abs(difference):f} 分。" + said
    elif finding.difference and not is_limit(finding):
        said = f"差异 {difference_text(finding)}。" + said
    shown = isinstance(finding.stated, Figure) and difference is not None and finding.computed is not None
    assert not shown or isinstance(finding.stated, Figure) and finding.computed is not None
    left = Cell(Live(f"={effect.stated}", finding.stated.value), "number", finding.stated.decimals) \
        if shown and isinstance(finding.stated, Figure) else Cell(None)
    right = Cell(Live(f"={effect.computed}", finding.computed.value), "number", decimals_of(finding)) \
        if shown and finding.computed else Cell(None)
    if finding.label == "score_cap" and finding.computed and isinstance(finding.stated, Figure):
        difference, left, right = _over(finding.stated.value, finding.computed.value, effect.stated, row)
        shown = True
    return [Cell(audit.source.name), Cell(f"▲ {finding.verdict.chinese}：{finding.stated.name}", "bold"),
            Cell(None), left, right, _gap(difference if shown else None, "number", row), Cell(effect.link, "link"), Cell(said)]


def _over(stated: Decimal, full: Decimal, cell: str, row: int) -> tuple[Decimal, Cell, Cell]:
    """A mark beyond its limits counts as the limit: the difference, and the cells of both."""
    kept = max(Decimal(0), min(stated, full))
    return (stated - kept, Cell(Live(f"={cell}", stated), "number", _decimals(stated)),
            Cell(Live(f"=MAX(0,MIN(D{row},{full:f}))", kept), "number", _decimals(kept)))


def _gap(difference: Decimal | None, style: str, row: int) -> Cell:
    """The difference of a row, live."""
    if difference is None:
        return Cell(None, style)
    decimals = _decimals(difference)
    return Cell(Live(f"=ROUND(D{row}-E{row},6)", difference), "wrong" if difference else style, decimals)


def _printed(figure: Figure | None) -> Cell:
    return Cell(None) if figure is None else Cell(figure.value, "number", figure.decimals)


def _linked(figure: Figure | None, cells: Mapping[Spot, str]) -> Cell:
    """A mark that is reckoned with elsewhere stands there: there it is corrected."""
    told = _printed(figure)
    cell = cells.get(spot(figure)) if figure is not None else None
    return told._replace(value=Live(f"={cell}", figure.value)) if figure is not None and cell else told


def points(text: str | None, style: str) -> Cell:
    """Return a mark as a number where it is one."""
    value = mark_of(text)
    return Cell(text, style) if value is None else Cell(value, style, _decimals(value))


def _decimals(value: Decimal) -> int:
    return min(6, max(0, -int(value.as_tuple().exponent)))
