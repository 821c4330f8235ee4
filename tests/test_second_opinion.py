"""What is read of a PDF is held against pdfplumber, which reads it quite another way: no digit lost, none invented."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from fusuan import extract
from fusuan.model import Document

PDFS = sorted((Path(__file__).parent.parent / "corpus").rglob("*.pdf"))


def digits(text: str) -> Counter[str]:
    return Counter(re.findall("[0-9.%]", unicodedata.normalize("NFKC", text)))


def texts(document: Document) -> str:
    paragraphs = [paragraph.text for paragraph in (*document.paragraphs, *document.margins)]
    return "\n".join([*paragraphs, *(cell.text for table in document.tables for cell in table.cells)])


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_no_digit_is_lost_or_invented(path: Path) -> None:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        other = "\n".join(page.extract_text() for page in pdf.pages)
    assert digits(texts(extract.read(path))) == digits(other)
