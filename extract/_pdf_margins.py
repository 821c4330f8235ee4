"""Running headers, footers and page numbers of a PDF: what stands at the edge of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from fusuan.extract._pdf_lines import Line
from fusuan.extract._pdf_sheet import Sheet
from fusuan.extract._pdf_words import gapped

_Key = tuple[str, int, bool, int]
_EDGE = 0.11
_CLOSE = 2.2
_NUMBERED = re.compile(
    r"\s*(?:[-—–－·~]\s*[0-9]{1,4}\s*[-—–－·~]|第\s*[0-9]{1,4}\s*页(?:\s*[，,/（(]?\s*共\s*[0-9]{1,4}\s*页\s*[)）]?)?"
    r"|(?:共\s*[0-9]{1,4}\s*页\s*[，,]?\s*)第\s*[0-9]{1,4}\s*页|[0-9]{1,4}\s*/\s*[0-9]{1,4}|Page\s*[0-9]+(?:\s*of\s*[0-9]+)?)\s*",
    re.IGNORECASE)
_BARE = re.compile(r"\s*[0-9]{1,4}\s*")
_DIGITS = re.compile(r"[0-9]+")


def margins_of(sheets: Sequence[Sheet], lines: Sequence[Sequence[Line]]) -> set[int]:
    """Return the ids of the lines that are headers, footers or page numbers, not text."""
    edges: dict[_Key, list[Line]] = defaultdict(list)
    away: set[int] = set()
    for sheet, found in zip(sheets, lines, strict=True):
        for k, line in enumerate(found):
            foot = line.base > (1 - _EDGE) * sheet.height
            if not foot and line.base > _EDGE * sheet.height or _in_columns(line, found[k - 1:k] if foot else found[k + 1:k + 2]):
                continue
            if _NUMBERED.fullmatch(line.text) and _outermost(line, found, foot):
                away.add(id(line))
            else:
                height = round((sheet.height - line.base if foot else line.base) / 4)
                edges[_DIGITS.sub("#", line.text.strip()), height, foot, round(sheet.width)].append(line)
    pages = Counter(round(sheet.width) for sheet, found in zip(sheets, lines, strict=True) if found)
    usual = _usual(lines)
    running = [(key, seen) for key, seen in edges.items() if _runs(seen, pages[key[3]], usual)]
    # where page numbers run, the page of another shape has its own too
    offsets = {_offset(line) for _, seen in running for line in seen if _BARE.fullmatch(line.text)}
    running += [(key, seen) for key, seen in edges.items()
                if _BARE.fullmatch(seen[0].text) and {_offset(line) for line in seen} <= offsets]
    return away | {id(line) for _, seen in running for line in seen}


def _in_columns(line: Line, beside: Sequence[Line]) -> bool:
    """Tell whether a line is a row among rows: the heading that a table repeats on each page is no running header."""
    return any(gapped(line) and gapped(other) and abs(other.base - line.base) < _CLOSE * line.size for other in beside)


def _outermost(line: Line, found: Sequence[Line], foot: bool) -> bool:
    return all(other.base <= line.base + 2 if foot else other.base >= line.base - 2 for other in found)


def _usual(lines: Sequence[Sequence[Line]]) -> float:
    sizes = sorted(line.size for found in lines for line in found)
    return sizes[len(sizes) // 2] if sizes else 12.0


def _offset(line: Line) -> int | None:
    """The difference between the first number of a line and the page it is on."""
    number = _DIGITS.search(line.text)
    return int(number.group()) - line.page if number else None


def _runs(seen: Sequence[Line], pages: int, usual: float) -> bool:
    """Tell whether lines of one wording at one height of several pages are a running line."""
    if len(seen) < 2 or len(seen) < pages / 3:
        return False
    counts = len({_offset(line) for line in seen}) == 1 and _offset(seen[0]) is not None
    first = seen[0]
    if _BARE.fullmatch(first.text):
        return counts
    alike = len({line.text.strip() for line in seen}) == 1
    return (alike or counts) and len(first.text.strip()) >= 4 and first.size <= usual + 0.6
