"""Tables that lost their frame: read, their misprints caught, and nothing accused that is right. Cost is linear."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fusuan import checks, patterns, relations
from fusuan.model import Document, Finding, Paragraph, Place, Verdict
from tests.flat_tables import QUIET, READ
from tests.money_accounts import ACCOUNTS
from tests.money_layouts import LAYOUTS, TRAPS
from tests.test_prose_cost import checked

SLIPS = [(name, old, new) for name, (_, _, slips) in READ.items() for old, new in slips.items()]
DRAWN = {**LAYOUTS, **ACCOUNTS, **TRAPS}
# a part that is misprinted shows in the total it makes up
ELSEWHERE = {"2964.48", "2131.25", "合计2131.25", "按支出性质分2964.48"}


def findings(text: str) -> list[Finding]:
    lines = (Paragraph(line, Place(paragraph=n)) for n, line in enumerate(text.split("\n"), 1) if line.strip())
    return list(checks.run(relations.find(patterns.find(Document("", "txt", tuple(lines)))).statements))


def broken(found: list[Finding]) -> list[str]:
    return [f.message for f in found if f.verdict is Verdict.BROKEN]


@pytest.mark.parametrize("name", READ)
def test_table_is_read(name: str) -> None:
    text, wanted, _ = READ[name]
    found = findings(text)
    agreed = {f.stated.text for f in found if f.agrees}
    assert broken(found) == []
    assert [w for w in wanted if w not in agreed] == []


@pytest.mark.parametrize(("name", "old", "new"), SLIPS)
def test_misprint_is_broken(name: str, old: str, new: str) -> None:
    text = READ[name][0]
    assert text.count(old) == 1
    assert broken(findings(text.replace(old, new)))


@pytest.mark.parametrize("name", QUIET)
def test_nothing_is_accused(name: str) -> None:
    assert broken(findings(QUIET[name])) == []


def flat(rows: list[list[str]], style: str) -> str:
    """A drawn table as text; < and ^ say that the cell to the left or above goes on."""
    kept = [["" if cell in ("<", "^") else "".join(cell.rstrip("!+?").split()) for cell in row] for row in rows]
    once = [[text for text, cell in zip(line, row, strict=True) if cell not in ("<", "^")] for line, row in zip(kept, rows, strict=True)]
    cells = [[text for text in line if text] for line in kept]
    return {"rows": "\n".join(map(" ".join, cells)), "one": " ".join(map(" ".join, cells)), "cells": "\n".join(map("\n".join, cells)),
            "tabs": "\n".join(map("\t".join, kept)), "bars": "\n".join("| " + " | ".join(line) + " |" for line in kept),
            "padded": "\n".join(" | ".join(line) + " | " + "|" * (len(row) - len(line)) for line, row in zip(once, rows, strict=True)),
            "tabs once": "\n".join(map("\t".join, once))}[style]


@pytest.mark.parametrize("style", ["rows", "one", "cells", "tabs", "bars", "padded", "tabs once"])
@pytest.mark.parametrize("name", sorted(set(DRAWN) - {"total and 其中 that overlap"}))
def test_forms_without_their_frame_are_not_accused(name: str, style: str) -> None:
    """Whatever of a form is lost with its frame, only what is wrong in it may be judged broken."""
    rows = [[cell.strip() for cell in line.split("|")] for line in DRAWN[name].strip("\n").splitlines()]
    wrong = {cell[:-1] for row in rows for cell in row if cell.endswith("!")} | ELSEWHERE
    text = flat(rows, style)
    assert [f.message for f in findings(text) if f.verdict is Verdict.BROKEN and f.stated.text not in wrong] == []


@pytest.mark.parametrize("name", ["a form in one line", "a form that runs together", "codes, blanks without trace", "barred rows of a distribution",
                                  "rows of a monthly report", "score table with points in brackets, page numbers between"])
def test_tables_four_times_as_long_cost_about_four_times_as_much(name: str, linear: Callable[..., None]) -> None:
    lines = READ[name][0].split("\n")
    linear(lambda size: checked(*lines * size), 3)


@pytest.mark.parametrize("words", ["合计 1 ", "指标 分值 得分 ", "分值得分", "(20分) ", "208 ", "一级指标 二级指标 指标值 完成值 分值 得分 ", "1 2 3 ", "- ", "甲 12.50 ", "执行率95%得分10108"])
def test_repetition_costs_in_proportion(words: str, linear: Callable[..., None]) -> None:
    linear(lambda size: checked(words * size), 4000 // len(words))
