"""What the lines of PDF pages have in common: the edges of their text, where paragraphs begin, the usual pitch."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from fusuan.extract._pdf_items import opening
from fusuan.extract._pdf_lines import Line

SLACK = 0.06
_NARROW = 0.6
_SURE = 4
_LAYOUTS = 8
_ENDED = "。！？；：!?;:"


@dataclass(frozen=True, slots=True)
class Body:
    """What the lines of a page have in common: the edges of the text and the usual pitch.

    `right`: from where a line cannot go on; `indents`: where first lines begin; `pitch`: baseline to baseline in ems.
    `indented`: its paragraphs are seen to begin indented, so that a line at the left edge goes on with the one above.
    """

    left: float
    right: float
    indents: frozenset[int]
    pitch: float
    indented: bool = False


def bodies_of(pages: Mapping[int, Sequence[Line]], width: float) -> dict[int, Body]:
    """Measure the pages of one `width`, given by number: each by itself where its paragraphs show its edges.

    Sheets of one size may be printed from different layouts, and what a table or a list of contents leaves beside the
    text must not move the edges of the text. Other pages go with those that they fit, else with all together.
    """
    shared = body_of(list(pages.values()), width)
    shown = {number: _shown(lines, shared, width) for number, lines in pages.items()}
    sure = {number: body for number, (body, lines) in shown.items() if body is not None and lines >= _SURE}
    alike: dict[tuple[int, int], list[Body]] = defaultdict(list)
    for body in sure.values():
        alike[round(body.left), round(body.right)].append(body)
    usual = [bodies[0] for bodies in sorted(alike.values(), key=len, reverse=True)[:_LAYOUTS]]
    found = dict(sure)
    for number in pages.keys() - sure.keys():
        weak = shown[number][0]
        if weak is not None:
            weak = replace(weak, right=max(weak.right, usual[0].right if usual else shared.right))
        found[number] = next((body for body in usual if _fits(pages[number], body)), weak) or shared
    return found


def _fits(lines: Sequence[Line], body: Body) -> bool:
    lefts = [line.left - body.left for line in lines]
    return any(abs(x) < 2 for x in lefts) and all(x > -2 for x in lefts) \
        and all(line.inner < body.right + 0.5 * line.size for line in lines)


def _shown(lines: Sequence[Line], shared: Body, width: float) -> tuple[Body | None, int]:
    """What the indented paragraphs of one page show, and by how many lines that wrapped; None where there are none."""
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if _together(a, b, shared.pitch)]
    hanging: set[int] = set()
    for a, b in pairs:
        if b.left - a.left > 0.9 * a.size and a.text.rstrip()[-1] not in _ENDED or id(a) in hanging and abs(b.left - a.left) < 2:
            hanging.add(id(b))
    dedents = [(a, b) for a, b in pairs if a.left - b.left > 0.9 * a.size and id(a) not in hanging
               and not opening(b.text) and a.right - b.left > _NARROW * (width - 2 * b.left)]
    lefts = Counter(round(b.left) for _, b in dedents)
    if not dedents:
        return None, 0
    place = max(lefts, key=lambda x: sum(lefts[x + d] for d in (-1, 0, 1)))
    wrapped = [(a, b) for a, b in pairs if abs(b.left - place) < 2]
    ends = [a.inner for a, b in wrapped if a.right - b.left > _NARROW * (width - 2 * b.left)]
    indents = frozenset(round(a.left) for a, b in dedents if abs(b.left - place) < 2)
    if len(wrapped) < 2:
        return None, 0
    return Body(place, _edge(ends)[0], indents, shared.pitch, True), len(wrapped)


def _together(above: Line, below: Line, pitch: float) -> bool:
    return abs(above.size - below.size) <= 0.13 * above.size and near(above, below, pitch)


def near(above: Line, below: Line, pitch: float) -> bool:
    """Tell whether no wider gap than between the lines of a paragraph parts them."""
    return (below.base - above.base) / above.size <= pitch * 1.25 + 0.05


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
            if not is_full(above, below, right) or abs(above.size - below.size) > 1:
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


def is_full(line: Line, following: Line, right: float) -> bool:
    """Tell whether the next line's first piece would not have fitted on the line."""
    return (line.right + between(line, following) + following.lead > right - SLACK * line.size
            or cut_number(line, following))


def between(line: Line, following: Line) -> float:
    """The room that office programs leave between Chinese and Latin."""
    return 0.2 * line.size if mixed(line, following) else 0.0


def mixed(above: Line, below: Line) -> bool:
    end, start = above.text.rstrip()[-1], below.text.lstrip()[0]
    return end.isalnum() and start.isalnum() and end.isascii() != start.isascii()


def cut_number(above: Line, below: Line) -> bool:
    """Tell whether a minus stands at the end of a line and its number on the next."""
    return above.text.rstrip()[-1] in "-−－" and below.text.lstrip()[0].isdigit()
