"""Highlights with notes, written into a copy of a PDF by PDFium: the old bytes first, what is new behind them."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from fusuan.extract import File
from fusuan.marked._notes import AUTHOR
from fusuan.model import ReadError, Verdict

Box = tuple[float, float, float, float]
COLOURS = {Verdict.BROKEN: (255, 60, 50), Verdict.DOUBTFUL: (255, 190, 0)}
OPACITY = 110
"""Of 255. A highlight multiplies with what lies under it, but not every program does so: LibreOffice Draw paints over."""
_MARGIN = 0.6


@dataclass(frozen=True, slots=True)
class Highlight:
    """What is to be marked on page `page` (from 1): boxes (left, bottom, right, top) in the page's own space."""

    page: int
    boxes: Sequence[Box]
    text: str
    verdict: Verdict


def annotated(file: File, highlights: Sequence[Highlight], target: Path) -> None:
    """Write the PDF `file` with `highlights` to `target`."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(file.read_bytes())
    try:
        for number, own in groupby(sorted(highlights, key=_page), _page):
            page = document[number - 1]
            for highlight in own:
                _draw(raw, page, highlight)
            page.close()
        document.save(target, flags=raw.FPDF_INCREMENTAL)
    except pypdfium2.PdfiumError as error:
        raise ReadError("damaged", f"这个 PDF 不能写入注释：{file.name}（{error}）") from error
    finally:
        document.close()


def _page(highlight: Highlight) -> int:
    return highlight.page


def _draw(raw: Any, page: Any, highlight: Highlight) -> None:
    annotation = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_HIGHLIGHT)
    try:
        raw.FPDFAnnot_SetColor(annotation, raw.FPDFANNOT_COLORTYPE_Color, *COLOURS[highlight.verdict], OPACITY)
        raw.FPDFAnnot_SetRect(annotation, raw.FS_RECTF(*_rectangle(highlight.boxes)))
        for left, bottom, right, top in highlight.boxes:
            corners = raw.FS_QUADPOINTSF(left, top, right, top, left, bottom, right, bottom)
            raw.FPDFAnnot_AppendAttachmentPoints(annotation, corners)
        for key, text in ((b"Contents", highlight.text), (b"T", AUTHOR)):
            raw.FPDFAnnot_SetStringValue(annotation, key, _wide(raw, text))
        drawn = ctypes.cast(ctypes.create_string_buffer(_look(highlight).encode("utf-16-le") + b"\0\0"), ctypes.POINTER(raw.FPDF_WCHAR))
        raw.FPDFAnnot_SetAP(annotation, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, drawn)
        raw.FPDFAnnot_SetFlags(annotation, raw.FPDF_ANNOT_FLAG_PRINT)
    finally:
        raw.FPDFPage_CloseAnnot(annotation)


def _look(highlight: Highlight) -> str:
    """Draw the boxes: without a look of its own, each program gives a highlight one, and LibreOffice Draw hides the figure."""
    colour = " ".join(f"{part / 255:.3f}" for part in COLOURS[highlight.verdict])
    boxes = (f"{left:.2f} {bottom:.2f} {right - left:.2f} {top - bottom:.2f} re f" for left, bottom, right, top in highlight.boxes)
    return "\n".join((f"/GS gs {colour} rg", *boxes))


def _rectangle(boxes: Sequence[Box]) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom around the boxes, as PDFium orders them."""
    return (min(b[0] for b in boxes) - _MARGIN, max(b[3] for b in boxes) + _MARGIN,
            max(b[2] for b in boxes) + _MARGIN, min(b[1] for b in boxes) - _MARGIN)


def _wide(raw: Any, text: str) -> Any:
    data = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
    return ctypes.cast(data, ctypes.POINTER(raw.FPDF_WCHAR))
