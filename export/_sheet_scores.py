"""The sheet 得分核对: each report's tree of marks, claimed and recomputed, and what the doubts do to the total."""

from __future__ import annotations

from decimal import Decimal

from fusuan.export._book import Book, Cell, Column, Link, Pages
from fusuan.export._bridge import mark_of, score_told
from fusuan.export._rows import (
    computed_text,
    decimals_of,
    difference_text,
    difference_value,
    discrepancies,
    explained,
    printed,
    unit_of,
)
from fusuan.model import Audit, Figure, Finding, Mark

NAME = "得分核对"
COLUMNS: tuple[Column, ...] = (
    ("文件", 20), ("指标", 36), ("分值", 9), ("自评得分", 10), ("复算得分", 10), ("差异", 9), ("疑点", 7), ("备注", 50))
# what touches marks; of these the first four change the total by as much as the mark itself
_ITEMS = ("score_rule", "score_rate", "target", "score_cap")
_MARKS = (*_ITEMS, "score_sum", "weight_sum", "grade")


def open_scores(book: Book) -> Pages:
    return Pages(book, NAME, COLUMNS, frozen=2)


def add_scores(pages: Pages, audit: Audit, links: list[Link]) -> None:
    """Write one report; `links` lead to its rows in 疑点清单, in the order of its discrepancies."""
    touching = [(finding, link) for finding, link in zip(discrepancies(audit), links, strict=True)
                if finding.label in _MARKS]
    if not audit.marks and not touching and audit.score_stated is None:
        return
    pages.add(_summary(audit))
    for mark in audit.marks:
        pages.add(_mark(audit, mark), level=1 + mark.level)
    for finding, link in touching:
        pages.add(_effect(audit, finding, link), level=1)


def _summary(audit: Audit) -> list[Cell]:
    stated, computed = mark_of(audit.score_stated), mark_of(audit.score_computed)
    difference = None if stated is None or computed is None else stated - computed
    return [Cell(audit.source.name, "file"), Cell("总分", "file"), Cell(None, "file"),
            points(audit.score_stated, "file"), points(audit.score_computed, "file"),
            _gap(difference, "file"), Cell(None, "file"), Cell(score_told(audit) if audit.score_stated else "", "file")]


def _mark(audit: Audit, mark: Mark) -> list[Cell]:
    earned, computed = mark.earned.value if mark.earned else None, mark_of(mark.computed)
    difference = None if earned is None or computed is None else earned - computed
    return [Cell(audit.source.name, "line"), Cell("　" * mark.level + " ".join(mark.name.split())), _printed(mark.full),
            _printed(mark.earned), points(mark.computed, "number"), _gap(difference, "number"), Cell(None),
            Cell(mark.remark)]


def _effect(audit: Audit, finding: Finding, link: Link) -> list[Cell]:
    """Say what a finding does to the total, where that is plain."""
    said = f"报告“{printed(finding)}”，复算 {computed_text(finding) or '无'}。{explained(finding)}"
    difference = difference_value(finding) if unit_of(finding) in ("分", "") else None
    if finding.label in _ITEMS and difference:
        said = f"如属实，总分相应{'减少' if difference > 0 else '增加'} {abs(difference):f} 分。" + said
    elif finding.difference:
        said = f"差异 {difference_text(finding)}。" + said
    stated = finding.stated if isinstance(finding.stated, Figure) and difference is not None else None
    computed = finding.computed.value if finding.computed and stated else None
    return [Cell(audit.source.name, "line"), Cell(f"▲ {finding.verdict.chinese}：{finding.stated.name}", "bold"),
            Cell(None), _printed(stated), Cell(computed, "number", decimals_of(finding)),
            _gap(difference, "number"), Cell(link, "link"), Cell(said)]


def _gap(difference: Decimal | None, style: str) -> Cell:
    decimals = 0 if difference is None else _decimals(difference)
    return Cell(difference, "wrong" if difference else style, decimals)


def _printed(figure: Figure | None) -> Cell:
    return Cell(None) if figure is None else Cell(figure.value, "number", figure.decimals)


def points(text: str | None, style: str) -> Cell:
    """Return a mark as a number where it is one."""
    value = mark_of(text)
    return Cell(text, style) if value is None else Cell(value, style, _decimals(value))


def _decimals(value: Decimal) -> int:
    return min(6, max(0, -int(value.as_tuple().exponent)))
