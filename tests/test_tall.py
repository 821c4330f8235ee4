"""Work in proportion: three times the rows or columns make no more than three times the calls (bench/tall.py has the seconds)."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from bench.tall import SHAPES
from fusuan import checks, patterns, relations
from fusuan.model import Cell, Document, Place, Table

# many small tables are measured by bench/tall.py alone: a total looks sixty totals back, which only levels out beyond that
SIZES = {"accounts": (100, 300), "numbered": (80, 240), "indicators": (40, 120), "plain": (100, 300), "wide": (30, 90)}


def document(name: str, size: int) -> Document:
    """A shape as the table that a sheet is read as."""
    rows = [[f"{value}" for value in row] for row in SHAPES[name].rows(size)]
    cells = tuple(Cell(text, Place(table=1, row=r, column=c)) for r, row in enumerate(rows) for c, text in enumerate(row) if text)
    return Document("", "xlsx", (Table(cells, len(rows), max(map(len, rows)), Place(table=1, sheet="资金表")),))


def calls(name: str, size: int) -> int:
    """How many calls, of our own functions and of others', it takes to find, weigh and recompute what a shape says."""
    read, count = document(name, size), 0

    def counted(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        list(checks.run(relations.find(patterns.find(read)).statements))
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", SIZES)
def test_work_grows_with_the_size(name: str) -> None:
    few, many = SIZES[name]
    calls(name, few // 4)  # what is loaded and remembered the first time
    assert calls(name, many) / calls(name, few) < 1.15 * many / few
