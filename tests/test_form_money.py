"""Funds blocks and accounting tables as they are laid out: what must be read, what must be broken, what must be left alone.

Each layout is written a row a line, cells parted by |; < continues the cell to the left, ^ the cell above.
A value marked ! must be broken, + must be read and agree, ? may be doubted or left alone but never broken.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from fusuan import checks
from fusuan.model import Cell, Document, Figure, Finding, Paragraph, Place, Table, Verdict
from fusuan.patterns import form_formulas, form_funds, form_laws, form_totals
from fusuan.patterns._report import Report
from tests.money_accounts import ACCOUNTS
from tests.money_layouts import LAYOUTS, TRAPS


def laid_out(drawing: str) -> tuple[Table, dict[tuple[int, int], str]]:
    """Make a table of a drawing; return it with its marked cells."""
    rows = [[cell.strip(" ") for cell in line.split("|")] for line in drawing.strip("\n").splitlines()]
    width = max(map(len, rows))
    marks: dict[tuple[int, int], str] = {}
    cells = []
    for r, row in enumerate(rows):
        row += [""] * (width - len(row))
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            if text[-1:] in ("!", "+", "?"):
                marks[r, c], text = text[-1], text[:-1]
            wide = next((k for k in range(c + 1, width) if row[k] != "<"), width) - c
            tall = next((k for k in range(r + 1, len(rows)) if rows[k][c:c + 1] != ["^"]), len(rows)) - r
            cells.append(Cell(text, Place(table=1, row=r, column=c), tall, wide))
    return Table(tuple(cells), len(rows), width, Place(table=1)), marks


def findings(table: Table, *before: str) -> list[Finding]:
    texts = tuple(Paragraph(text, Place(paragraph=n)) for n, text in enumerate(before, 1))
    report = Report(Document("", "", (*texts, table)))
    return list(checks.run([*form_funds.find(report), *form_totals.find(report), *form_formulas.find(report), *form_laws.find(report)]))


def judged(drawing: str, *before: str) -> list[str]:
    """Return what differs from the marks, in words; every value broken without ! differs too."""
    table, marks = laid_out(drawing)
    found = findings(table, *before)
    wrong = []
    for cell, mark in marks.items():
        here = [f for f in found if (f.place.row, f.place.column) == cell]
        broken = [f for f in here if f.verdict is Verdict.BROKEN]
        if mark == "!" and not broken:
            wrong.append(f"{cell} not broken: {[f.message for f in here]}")
        if mark == "+" and not any(f.agrees for f in here):
            wrong.append(f"{cell} not read: {[f.message for f in here]}")
    wrong += [f"{(f.place.row, f.place.column)} broken: {f.message}" for f in found
              if f.verdict is Verdict.BROKEN and marks.get((f.place.row or 0, f.place.column or 0)) != "!"]
    return wrong


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout_is_read(name: str) -> None:
    assert judged(LAYOUTS[name]) == []


@pytest.mark.parametrize("name", ACCOUNTS)
def test_accounts_are_read(name: str) -> None:
    assert judged(ACCOUNTS[name]) == []


@pytest.mark.parametrize("name", TRAPS)
def test_right_looking_wrong_is_not_accused(name: str) -> None:
    assert judged(TRAPS[name]) == []


def test_a_rate_that_fails_is_shown_by_what_the_others_are_made_of() -> None:
    table, _ = laid_out(TRAPS["a rate of what was carried over too, an amount that a note takes back"])
    (found,) = [f for f in findings(table) if f.stated.text == "96.57"]
    assert found.computed is not None and [f.text for f in found.computed.operands] == ["1167.83", "79.25", "1196.10"]


@pytest.mark.parametrize("name", sorted({*LAYOUTS, *TRAPS} - {"其中 as a heading over parts"}))
def test_merges_may_be_lost(name: str) -> None:
    """Text copied out of a page keeps the words of merged cells and leaves gaps where they reached."""
    drawing = {**LAYOUTS, **TRAPS}[name]
    lines = [[cell.strip(" ") for cell in line.split("|")] for line in drawing.strip("\n").splitlines()]
    assert judged("\n".join(" | ".join("" if cell in ("<", "^") else cell for cell in line) for line in lines)) == []


def test_tables_cut_by_a_page_are_one() -> None:
    upper, _ = laid_out("""
单位 | 预算（万元） | 执行（万元）
甲站 | 30.5 | 30.1
乙站 | 41 | 40.2
""")
    lower, _ = laid_out("""
单位 | 预算（万元） | 执行（万元）
丙站 | 22 | 21.4
合计 | 93.5 | 95.7
""")
    lower = Table(tuple(Cell(c.text, replace(c.place, table=2)) for c in lower.cells), 3, 3, Place(table=2))
    report = Report(Document("", "", (upper, lower)))
    found = {f.stated.text: f for f in checks.run(form_totals.find(report)) if isinstance(f.stated, Figure)}
    assert found["93.5"].verdict is Verdict.HOLDS
    assert found["95.7"].verdict is Verdict.BROKEN
    assert (found["95.7"].place.table, found["95.7"].place.row) == (2, 2)


def test_nothing_in_a_table_is_a_surprise() -> None:
    words = ["合计", "小计", "其中：财政拨款", "执行率", "全年预算数(A)", "B/A", "12", "100%", "/", "", "一、收入", "年初结转", "2021年",
             "增减额", "-3", "基本支出：12.5", "栏次", "3=1+2", "(31.17)", "≥50", "5/0", "项目\n名称", "9" * 40, "0.0000"]
    for seed in range(200):
        pick = random.Random(seed)
        rows = [" | ".join(pick.choice(words).replace("\n", " ") for _ in range(pick.randint(1, 7))) for _ in range(pick.randint(1, 9))]
        table, _ = laid_out("\n".join(rows))
        report = Report(Document("", "", (table,)))
        assert list(form_funds.find(report)) + list(form_totals.find(report)) is not None


def test_cost_is_linear(linear: Callable[..., None]) -> None:
    def work(count: int) -> None:
        lines = ["项目 | 合计 | 基本支出 | 项目支出 | 决算数 | 执行率"]
        lines += [f"单位{n} | {n * 3}.50 | {n}.25 | {n * 2}.25 | {n} | 33.33%" for n in range(3, count + 3)]
        lines += [f"合计 | {sum(range(3, count + 3)) * 3 + count // 2} | | | |"]
        table, _ = laid_out("\n".join(lines))
        assert len(findings(table, "单位：万元")) >= count

    linear(work, 500)
