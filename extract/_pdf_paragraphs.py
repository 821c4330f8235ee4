"""Paragraphs of a PDF: where a line merely wrapped and where its writer ended it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from fusuan.extract._pdf_lines import Line, joined

_NUMBER = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百]{1,4}[、）)．.]|第[一二三四五六七八九十百]{1,4}[章节条部、]|附[件表：:]"
    r"|[（(][0-9]{1,2}[）)]|[0-9]{1,2}(?:[、．）)]|\.(?![0-9]))|[①-⑳]|[●■◆▪•])")
_LEADER = re.compile(r"(?:[.·．]{4,}|…{2,})\s*[0-9]{1,4}\s*$")
_APART = re.compile(r"[\u4e00-\u9fff] (?=[0-9])|[0-9] (?=[\u4e00-\u9fff])")
_CLOSE = re.compile(r"[\u4e00-\u9fff](?=[0-9])|[0-9](?=[\u4e00-\u9fff])")
_SLACK = 0.06
_NARROW = 0.6
_ENDS = "。！？；：!?;:"


@dataclass(frozen=True, slots=True)
class Body:
    """What the lines of a document have in common: the edges of the text and the usual pitch, by size of page.

    `right`: from where a line cannot go on; `indents`: where first lines begin; `pitch`: baseline to baseline in ems.
    """

    left: float
    right: float
    indents: frozenset[int]
    pitch: float


def body_of(pages: Sequence[Sequence[Line]], width: float) -> Body:
    """Measure the lines of pages of one `width` (each page its own lines, from the top)."""
    lines = [line for page in pages for line in page]
    if not lines:
        return Body(0, 0, frozenset(), 1.5)
    left = -_edge([-line.left for line in lines])[0]
    right = _right(lines, left, width)
    dedents: Counter[int] = Counter()
    pitches: list[float] = []
    for page in pages:
        for above, below in zip(page, page[1:], strict=False):
            if not _full(above, below, right) or abs(above.size - below.size) > 1:
                continue
            if above.left - below.left > 0.9 * above.size:
                dedents[round(above.left)] += 1
            if below.left - above.left < 0.9 * above.size:
                pitches.append((below.base - above.base) / above.size)
    return Body(left, right, frozenset(dedents), _tight(pitches))


def _right(lines: Sequence[Line], left: float, width: float) -> float:
    """Where the text ends on the right: where many lines end, else as far from the edge as it begins on the left."""
    edge, company = _edge([line.inner for line in lines])
    mirrored = width - left
    size = median(line.size for line in lines)
    longest = max((line.inner for line in lines if line.inner <= mirrored + size), default=edge)
    if longest > edge + size:
        return max(longest, mirrored)
    few = company < max(3, len(lines) // 6) or edge - left < _NARROW * (mirrored - left)
    return mirrored if edge <= mirrored and (few or mirrored < edge + 1.5 * size) else edge


def _edge(values: list[float]) -> tuple[float, int]:
    """The outermost place that is not a stray, and how many lines reach it."""
    ordered = sorted(values, reverse=True)
    for k, value in enumerate(ordered):
        company = sum(value - other < 2 for other in ordered[k:k + 200])
        if company >= max(2, min(len(ordered) // 20, 40)) or company > 1 and len(ordered) < 20:
            return value, company
    return ordered[0], 1


def _tight(pitches: list[float]) -> float:
    """The pitch of wrapped lines: full lines that end a paragraph are few, so the lower middle shows it."""
    within = sorted(p for p in pitches if 0.9 < p < 4)
    return median(within[: max(1, len(within) * 2 // 3)]) if within else 1.5


def _full(line: Line, following: Line, right: float) -> bool:
    """Tell whether the next line's first piece would not have fitted on the line."""
    return (line.right + _between(line, following) + following.lead > right - _SLACK * line.size
            or _cut_number(line, following))


def _between(line: Line, following: Line) -> float:
    """The room that office programs leave between Chinese and Latin."""
    return 0.2 * line.size if _mixed(line, following) else 0.0


def _mixed(above: Line, below: Line) -> bool:
    end, start = above.text.rstrip()[-1], below.text.lstrip()[0]
    return end.isalnum() and start.isalnum() and end.isascii() != start.isascii()


def continues(paragraph: Sequence[Line], line: Line, body: Body) -> bool:
    """Tell whether `line` goes on with the paragraph that the lines before it make."""
    last = paragraph[-1]
    if abs(last.size - line.size) > 0.13 * last.size or not _full(last, line, body.right) or _LEADER.search(last.text):
        return False
    if last.page == line.page and (line.base - last.base) / last.size > body.pitch * 1.25 + 0.05:
        return False
    step = line.left - last.left
    if step > 0.9 * last.size and not (len(paragraph) == 1 and _hangs(last, line)):
        return False
    if line.left - body.left > 0.9 * line.size and any(abs(line.left - i) < 3 for i in body.indents) \
            and not (len(paragraph) == 1 and _hangs(last, line)):
        return False
    ended = last.text.rstrip()[-1] in _ENDS
    return not (_NUMBER.match(line.text) and (ended or step > 0.9 * last.size))


def _hangs(first: Line, line: Line) -> bool:
    """Tell whether the line stands under the text after the first line's number."""
    number = _NUMBER.match(first.text)
    if not number:
        return False
    rest = first.glyphs[len(number.group()):]
    return any(abs(line.left - g.left) < 0.35 * g.size for g in rest[:3])


def paragraphs_of(lines: Sequence[Line], body: Body) -> list[list[Line]]:
    """Gather lines that follow one another (over pages too) into paragraphs."""
    found: list[list[Line]] = []
    for line in lines:
        if found and continues(found[-1], line, body):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def text_of(lines: Sequence[Line], right: float) -> str:
    """Join the lines of a paragraph whose lines may reach to `right`."""
    text = lines[0].text
    spaced = len(lines) > 1 and _spaced(lines)
    for above, below in zip(lines, lines[1:], strict=False):
        first = text.rstrip() + " " if spaced and _mixed(above, below) else text
        text = joined(first, below.text, _forced(above, below, right - above.left))
    return text.strip()


def _spaced(lines: Sequence[Line]) -> bool:
    """Tell whether this writer sets a blank between Chinese and numbers (a table flattened to text): at a break too."""
    text = "\n".join(line.text for line in lines)
    apart, close = len(_APART.findall(text)), len(_CLOSE.findall(text))
    return apart >= 3 and apart > close


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
    if above.opens or _cut_number(above, below):
        return True
    if _NUMBER.match(below.text) and above.text.rstrip()[-1] in _ENDS:
        return False
    reach = above.right - above.left + _between(above, below) + (below.lead if lead is None else lead)
    return reach > room - _SLACK * above.size


def leads_of(lines: Sequence[Line]) -> list[float]:
    """The width of the first piece of each line; one too long for the cell runs on through the lines below."""
    leads: list[float] = []
    for line in reversed(lines):
        leads.append(line.lead + (leads[-1] if leads and line.whole else 0.0))
    return leads[::-1]


def _forced(above: Line, below: Line, room: float) -> bool:
    """Tell whether not even the first character of the next line would have fitted."""
    return above.right - above.left + below.first > room - _SLACK * above.size


def _cut_number(above: Line, below: Line) -> bool:
    """Tell whether a minus stands at the end of a line and its number on the next."""
    return above.text.rstrip()[-1] in "-−－" and below.text.lstrip()[0].isdigit()


def _trail(line: Line) -> str:
    return line.text[len(line.text.rstrip()):]
