"""Paragraphs of a PDF: where a line merely wrapped and where its writer ended it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fusuan.extract._pdf_body import Body, is_full, near
from fusuan.extract._pdf_breaks import ENDS
from fusuan.extract._pdf_items import chinese, comes_next, opening
from fusuan.extract._pdf_lines import Line

_LEADER = re.compile(r"(?:[.·．]{4,}|…{2,})\s*[0-9]{1,4}\s*$")
_LONG = 0.72
"""A line that reaches this far goes on in one at the left edge, where paragraphs begin indented."""


def paragraphs_of(lines: Sequence[Line], bodies: Mapping[int, Body]) -> list[list[Line]]:
    """Gather lines that follow one another (over pages too) into paragraphs; `bodies` by page."""
    found: list[list[Line]] = []
    for line in lines:
        if found and continues(found[-1], line, bodies):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def continues(paragraph: Sequence[Line], line: Line, bodies: Mapping[int, Body]) -> bool:
    """Tell whether `line` goes on with the paragraph that the lines before it make."""
    last, body = paragraph[-1], bodies[line.page]
    if abs(last.size - line.size) > 0.13 * last.size or _LEADER.search(last.text):
        return False
    if last.page == line.page and not near(last, line, body.pitch):
        return False
    if not is_full(last, line, bodies[last.page].right) and not _goes_on(paragraph, line, bodies):
        return False
    step = _inset(line, bodies) - _inset(last, bodies)
    hangs = len(paragraph) == 1 and _hangs(last, line)
    if not hangs and (step > 0.9 * last.size or _indented(line, body)):
        return False
    return not opening(line.text) or not _begins(paragraph, line, bodies, step)


def _inset(line: Line, bodies: Mapping[int, Body]) -> float:
    return line.left - bodies[line.page].left


def _indented(line: Line, body: Body) -> bool:
    return line.left - body.left > 0.9 * line.size and any(abs(line.left - i) < 3 for i in body.indents)


def _flush(line: Line, bodies: Mapping[int, Body]) -> bool:
    return bodies[line.page].indented and abs(_inset(line, bodies)) < 0.25 * line.size


def _goes_on(paragraph: Sequence[Line], line: Line, bodies: Mapping[int, Body]) -> bool:
    """Tell whether a line that might have held more goes on all the same.

    What comes next stands at the left edge though paragraphs begin indented, as this one did, and nothing ended it: the
    line was set before it was changed, or what came next could not be parted.
    """
    last, first = paragraph[-1], paragraph[0]
    body = bodies[last.page]
    return (_flush(line, bodies) and _indented(first, bodies[first.page]) and last.text.rstrip()[-1] not in ENDS
            and last.right - body.left > _LONG * (body.right - body.left))


def _begins(paragraph: Sequence[Line], line: Line, bodies: Mapping[int, Body], step: float) -> bool:
    """Tell whether the number at the beginning of a line is that of a new item."""
    first, last = paragraph[0], paragraph[-1]
    if comes_next(first.text, line.text) and abs(_inset(line, bodies) - _inset(first, bodies)) < 0.9 * line.size:
        return True
    if _flush(line, bodies) and _indented(first, bodies[first.page]) and not chinese(line.text):
        return False
    return last.text.rstrip()[-1] in ENDS or step > 0.9 * last.size


def _hangs(first: Line, line: Line) -> bool:
    """Tell whether the line stands under the text after the first line's number."""
    number = opening(first.text)
    return bool(number) and any(abs(line.left - g.left) < 0.35 * g.size for g in first.glyphs[number:][:3])
