"""Right tables that were copied about: without their merged cells, or as text in every style, they accuse of nothing that they do not in their frame."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from bench.flattened import STYLES, flattened
from fusuan import checks, extract, patterns, relations
from fusuan.model import Block, Document, Table, Verdict

ROOT = Path(__file__).parent.parent
SPECIMENS = [p for p in sorted((ROOT / "corpus" / "specimens").glob("*.docx")) if not p.stem.endswith("wrong")]


def accused(document: Document) -> set[str]:
    """The figures that are called 不符, as numbers."""
    findings = checks.run(relations.find(patterns.find(document)).statements)
    return {f.stated.text.strip().rstrip("万元%分") for f in findings if f.verdict is Verdict.BROKEN}


def parted(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Blocks whose tables have the text of a merged cell in every place it covered."""
    return tuple(_parted(block) if isinstance(block, Table) else block for block in blocks)


def _parted(table: Table) -> Table:
    cells = [replace(cell, place=replace(cell.place, row=r, column=c), rows=1, columns=1)
             for r, row in enumerate(table.grid()) for c, cell in enumerate(row) if cell is not None]
    return replace(table, cells=tuple(cells))


@pytest.mark.parametrize("path", SPECIMENS, ids=lambda path: path.stem)
def test_without_their_merges(path: Path) -> None:
    document = extract.read(path)
    assert accused(replace(document, blocks=parted(document.blocks))) <= accused(document)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["account-tables", "base-data", "department-form"])
def test_as_text(name: str, style: str, tmp_path: Path) -> None:
    source = ROOT / "corpus" / "specimens" / f"{name}.docx"
    text = flattened(source, style)
    assert text
    copied = tmp_path / "表.txt"
    copied.write_text(text, encoding="utf-8")
    assert accused(extract.read(copied)) <= accused(extract.read(source))
