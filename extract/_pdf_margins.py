"""Running headers, footers and page numbers of a PDF: what stands at the edge of page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from extract._pdf_lines import Line
from extract._pdf_source import Sheet

_EDGE = 0.11
_NUMBERED = re.compile(
    r"\s*(?:[-—–－·~]\s*[0-9]{1,4}\s*[-—–－·~]|第\s*[0-9]{1,4}\s*页(?:\s*[，,/（(]?\s*共\s*[0-9]{1,4}\s*页\s*[)）]?)?"
    r"|(?:共\s*[0-9]{1,4}\s*页\s*[，,]?\s*)第\s*[0-9]{1,4}\s*页|[0-9]{1,4}\s*/\s*[0-9]{1,4}|Page\s*[0-9]+(?:\s*of\s*[0-9]+)?)\s*",
    re.IGNORECASE)
_BARE = re.compile(r"\s*[0-9]{1,4}\s*|\s*[ivxⅠ-Ⅻⅰ-ⅻ]{1,5}\s*")
_DIGITS = re.compile(r"[0-9]+")


def margins_of(sheets: Sequence[Sheet], lines: Sequence[Sequence[Line]]) -> set[int]:
    """Return the ids of the lines that are headers, footers or page numbers, not text."""
    edges: dict[tuple[str, int, bool], list[tuple[int, Line]]] = defaultdict(list)
    away: set[int] = set()
    for sheet, found in zip(sheets, lines, strict=True):
        for line in found:
            foot = line.base > (1 - _EDGE) * sheet.height
            if not foot and line.base > _EDGE * sheet.height:
                continue
            if _NUMBERED.fullmatch(line.text) and _outermost(line, found, foot):
                away.add(id(line))
            else:
                key = _DIGITS.sub("#", line.text.strip())
                edges[key, round((sheet.height - line.base if foot else line.base) / 4), foot].append(
                    (sheet.number, line))
    pages = sum(bool(found) for found in lines)
    usual = _usual(lines)
    for (_, _, foot), seen in edges.items():
        if _runs(seen, pages, usual, foot):
            away |= {id(line) for _, line in seen}
    return away


def _outermost(line: Line, found: Sequence[Line], foot: bool) -> bool:
    return all(other.base <= line.base + 2 if foot else other.base >= line.base - 2 for other in found)


def _usual(lines: Sequence[Sequence[Line]]) -> float:
    sizes = sorted(line.size for found in lines for line in found)
    return sizes[len(sizes) // 2] if sizes else 12.0


def _runs(seen: Sequence[tuple[int, Line]], pages: int, usual: float, foot: bool) -> bool:
    """Tell whether lines of one wording at one height of several pages are a running line."""
    texts = {line.text.strip() for _, line in seen}
    numbers = {int(n) - page for page, line in seen for n in _DIGITS.findall(line.text)[:1]}
    if len(seen) < 2 or len(seen) < pages / 3:
        return False
    first = seen[0][1]
    if _BARE.fullmatch(first.text):
        return len(numbers) == 1 and len(seen) >= 2
    if len(texts) > 1 and len(numbers) != 1 or len(first.text.strip()) < 4:
        return False
    return first.size <= usual + 0.6
