"""Marked copies read back by other means than wrote them: what each mark stands on, and what it says."""

from __future__ import annotations

import ctypes
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Mark = tuple[str, str]
"""The text that is marked, and what is said of it."""


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def word(path: Path) -> list[Mark]:
    """Return the comments of a Word document in order, each with the text between its marks."""
    inside = parts(path)
    said = {comment.get(W + "id"): "\n".join("".join(t.text or "" for t in p.iter(W + "t")) for p in comment.iter(W + "p"))
            for comment in ElementTree.fromstring(inside["word/comments.xml"])}
    open_: dict[str, list[str]] = {}
    found: list[Mark] = []
    referred: list[str] = []
    for element in ElementTree.fromstring(inside["word/document.xml"]).iter():
        number = element.get(W + "id") or ""
        if element.tag == W + "commentRangeStart":
            open_[number] = []
        elif element.tag == W + "commentRangeEnd":
            found.append(("".join(open_.pop(number)), said[number]))
        elif element.tag == W + "commentReference":
            referred.append(number)
        elif element.tag == W + "t":
            for texts in open_.values():
                texts.append(element.text or "")
    assert not open_
    assert len(set(said)) == len(said)
    assert set(referred) <= set(said)
    assert len(referred) >= len(found)
    return found


def pdf(path: Path) -> list[Mark]:
    """Return the highlights of a PDF, each with the text under its boxes, blanks left out."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(path.read_bytes())
    found: list[Mark] = []
    for page in document:
        text = page.get_textpage()
        for k in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, k)
            if raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_HIGHLIGHT:
                found.append((_under(raw, annotation, text), _said(raw, annotation)))
            raw.FPDFPage_CloseAnnot(annotation)
    document.close()
    return found


def _under(raw: Any, annotation: Any, text: Any) -> str:
    """Return the characters whose middle lies under a highlight, in their order."""
    shown: list[str] = []
    for low, floor, high, ceiling in _quads(raw, annotation):
        for k in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(k)
            if low <= (left + right) / 2 <= high and floor <= (bottom + top) / 2 <= ceiling:
                shown.append(chr(raw.FPDFText_GetUnicode(text, k)))
    return "".join("".join(shown).split())


def _quads(raw: Any, annotation: Any) -> Iterator[tuple[float, float, float, float]]:
    for n in range(raw.FPDFAnnot_CountAttachmentPoints(annotation)):
        q = raw.FS_QUADPOINTSF()
        raw.FPDFAnnot_GetAttachmentPoints(annotation, n, q)
        xs, ys = (q.x1, q.x2, q.x3, q.x4), (q.y1, q.y2, q.y3, q.y4)
        yield min(xs), min(ys), max(xs), max(ys)


def boxes(path: Path) -> dict[int, list[tuple[float, float, float, float]]]:
    """Return the boxes of all highlights, page by page (from 0): left, bottom, right, top."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(path.read_bytes())
    found: dict[int, list[tuple[float, float, float, float]]] = {}
    for number, page in enumerate(document):
        for k in range(raw.FPDFPage_GetAnnotCount(page)):
            annotation = raw.FPDFPage_GetAnnot(page, k)
            found.setdefault(number, []).extend(_quads(raw, annotation))
            raw.FPDFPage_CloseAnnot(annotation)
    document.close()
    return found


def _said(raw: Any, annotation: Any) -> str:
    length = raw.FPDFAnnot_GetStringValue(annotation, b"Contents", None, 0)
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFAnnot_GetStringValue(annotation, b"Contents", ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), length)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def workbook(path: Path) -> list[tuple[str, str, str]]:
    """Return the comments of a workbook: sheet, cell, what is said."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    return [(sheet.title, cell.coordinate, cell.comment.text) for sheet in book for row in sheet.iter_rows()
            for cell in row if cell.comment is not None]
