"""Line breaks of a PDF: which were made for want of room, and how what they parted is put together."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from fusuan.extract._pdf_body import SLACK, Body, between, cut_number, mixed
from fusuan.extract._pdf_items import opening
from fusuan.extract._pdf_lines import Line, joined

_APART = re.compile(r"[\u4e00-\u9fff] (?=[0-9])|[0-9] (?=[\u4e00-\u9fff])")
_CLOSE = re.compile(r"[\u4e00-\u9fff](?=[0-9])|[0-9](?=[\u4e00-\u9fff])")
_NARROW = 3.5
ENDS = "。！？；：!?;:"


def text_of(lines: Sequence[Line], bodies: Mapping[int, Body]) -> str:
    """Join the lines of a paragraph."""
    text = lines[0].text
    spaced = len(lines) > 1 and _spaced(lines)
    for above, below in zip(lines, lines[1:], strict=False):
        first = text.rstrip() + " " if spaced and mixed(above, below) else text
        text = joined(first, below.text, _forced(above, below, bodies[above.page].right - above.left))
    return text.strip()


def _spaced(lines: Sequence[Line]) -> bool:
    """Tell whether this writer sets a blank between Chinese and numbers (a table flattened to text): at a break too."""
    text = "\n".join(line.text for line in lines)
    apart = len(_APART.findall(text))
    return apart >= 3 and apart > len(_CLOSE.findall(text))


def cell_text(lines: Sequence[Line], room: float) -> str:
    """Join the lines of a cell with `room` points between its sides: a full line wrapped, another ended by a line feed."""
    if not lines:
        return ""
    text = lines[0].text.strip()
    for above, below, lead in zip(lines, lines[1:], leads_of(lines)[1:], strict=False):
        text = (joined(text + _trail(above), below.text, _forced(above, below, room))
                if wraps(above, below, room, lead) else f"{text.rstrip()}\n{below.text.strip()}")
    return text.rstrip()


def wraps(above: Line, below: Line, room: float, lead: float | None = None) -> bool:
    """Tell whether a line of a cell goes on in the next, whose first piece is `lead` wide."""
    if above.opens or cut_number(above, below) or _stacked(above, below, room):
        return True
    if opening(below.text) and above.text.rstrip()[-1] in ENDS:
        return False
    reach = above.right - above.left + between(above, below) + (below.lead if lead is None else lead)
    return reach > room - SLACK * above.size


def _stacked(above: Line, below: Line, room: float) -> bool:
    """Tell whether two characters stand over one another in a narrow cell, as text written downwards does."""
    return (room < _NARROW * above.size and above.text.strip() >= "\u2e80" and below.text.strip() >= "\u2e80"
            and len(above.text.strip()) == len(below.text.strip()) == 1
            and abs(above.left + above.right - below.left - below.right) < 0.5 * above.size
            and below.base - above.base < 1.7 * above.size)


def leads_of(lines: Sequence[Line]) -> list[float]:
    """The width of the first piece of each line; one too long for the cell runs on through the lines below."""
    leads: list[float] = []
    for line in reversed(lines):
        leads.append(line.lead + (leads[-1] if leads and line.whole else 0.0))
    return leads[::-1]


def _forced(above: Line, below: Line, room: float) -> bool:
    """Tell whether not even the first character of the next line would have fitted."""
    return above.right - above.left + below.first > room - SLACK * above.size


def _trail(line: Line) -> str:
    return line.text[len(line.text.rstrip()):]
