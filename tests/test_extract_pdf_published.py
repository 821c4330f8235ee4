"""The PDF reader on published reports, where a folder of them is at hand: what holds of any of them, whoever made it.

The folder is named by FUSUAN_PUBLISHED, or is shared/real beside the checkout. Nothing of what they say is repeated here.
"""

import os
import re
from functools import cache
from pathlib import Path

import pytest

from fusuan.extract import File, pdf
from fusuan.model import Document

FOLDER = Path(os.environ.get("FUSUAN_PUBLISHED") or Path(__file__).parents[2] / "shared" / "real")
FILES = sorted(FOLDER.glob("*.pdf"))
_FIGURE = re.compile(r"[-−]?[0-9][0-9,]*(?:\.[0-9]+)?%?")
_ENDS = "。！？；：;:…"

pytestmark = pytest.mark.skipif(not FILES, reason="no published reports at hand")


@cache
def read(path: Path) -> Document:
    return pdf.read(File(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_paragraphs_are_whole(path: Path) -> None:
    long = [p.text for p in read(path).paragraphs if len(p.text) > 45]
    broken = [text for text in long if text[-1] not in _ENDS and text[-1] not in "）)"]
    assert len(broken) <= 2 + len(long) // 30, broken


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_table_begins_with_its_heading(path: Path) -> None:
    for table in read(path).tables:
        assert not any(_FIGURE.fullmatch(cell.text) for cell in table.cells if cell.place.row == 0), table.place


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_running_text_is_taken_for_a_table(path: Path) -> None:
    for table in read(path).tables:
        said = [cell.text for cell in table.cells if cell.text]
        assert sum(len(text) > 60 for text in said) <= len(said) // 20, table.place
        assert sum(map(len, said)) < 15 * len(said), table.place


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_cell_holds_one_figure_or_words(path: Path) -> None:
    two = re.compile(r"[0-9]+\.[0-9]{2}\s+[0-9]+\.[0-9]{2}")
    assert not [cell.text for table in read(path).tables for cell in table.cells if two.search(cell.text)]
