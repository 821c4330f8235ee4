"""What several tests need: a report with known faults, in a path that is hard on programs."""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import start

start.link()  # whatever else is installed, it is this checkout that is tested: see docs/architecture.md
importlib.invalidate_caches()

Work = Callable[[int], object]
Linear = Callable[[Work, int], None]

GOOD = ("一、部门支出情况", "本年支出合计420.50万元，其中：基本支出300.20万元，项目支出120.30万元。",
        "项目预算130.00万元，实际支出120.30万元，完成预算的92.54%。")
WRONG = ("一、部门支出情况", "本年支出合计420.50万元，其中：基本支出310.20万元，项目支出120.30万元。",
         "项目预算130.00万元，实际支出120.30万元，完成预算的95.24%。")

Maker = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose name has Chinese, a blank and brackets."""
    path = tmp_path / "自评 报告[2023](终稿)"
    path.mkdir()
    return path


@pytest.fixture
def make(folder: Path) -> Maker:
    """Write a report of some paragraphs, as .docx or as text by its suffix."""

    def made(name: str, *lines: str) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix != ".docx":
            path.write_text("\n".join(lines), encoding="utf-8")
            return path
        from docx import Document

        document = Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
        return path

    return made


@pytest.fixture
def good(make: Maker) -> Path:
    return make("好 报告.docx", *GOOD)


@pytest.fixture
def wrong(make: Maker) -> Path:
    return make("坏 报告.docx", *WRONG)


@pytest.fixture
def linear() -> Linear:
    """Hold that four times the input costs no more than some four times as much: a ratio, whatever the machine.

    What costs the square is above ten however often it is tried; a machine busy with other things is not.
    """

    def cost(work: Work, size: int) -> float:
        start = time.process_time()
        work(size)
        return time.process_time() - start

    def held(work: Work, size: int) -> None:
        work(size)  # what is loaded when first needed
        small, large = [], []
        for _ in range(8):
            small.append(cost(work, size))
            large.append(cost(work, 4 * size))
            if min(large) < 10 * max(min(small), 0.002):
                return
        pytest.fail(f"{size}: {min(small):.4f} s, four times as much: {min(large):.4f} s")

    return held
