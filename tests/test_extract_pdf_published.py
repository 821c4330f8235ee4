"""The PDF reader on published reports, where a folder of them is at hand: what holds of any of them, whoever made it; and that none
is accused of what the folder's own list of errors (truth.json) does not have.

The folder is named by FUSUAN_PUBLISHED, or is shared/real beside the checkout. Nothing of what they say is repeated here.
"""

import json
import os
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from fusuan.batch.audit import audit
from fusuan.extract import File, pdf
from fusuan.model import Document, Verdict

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


TRUTH = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8")) if (FOLDER / "truth.json").is_file() else {}


def values(text: str) -> set[Decimal]:
    return {abs(Decimal(said.replace(",", ""))) for said in re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?", text)}


@pytest.mark.parametrize("name", TRUTH)
def test_nothing_is_accused_that_is_right(name: str) -> None:
    """What a table cut by a page, a leaking cell or a broken paragraph gives is a false accusation first of all."""
    known = {value for group in TRUTH[name].get("errors", []) + TRUTH[name].get("optional", []) for text in group for value in values(text)}
    told = [finding for finding in audit(FOLDER / name).findings if finding.verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)]
    assert not [finding.message for finding in told if not values(finding.stated.text) & known]
