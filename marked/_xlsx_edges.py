"""Coloured edges: for each look of a cell that is to have one, a second look that differs in its edge alone."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from fusuan.extract import Element, is_frame
from fusuan.marked._package import Edited
from fusuan.marked._xlsx_cells import S
from fusuan.model import Verdict

COLOURS = {Verdict.BROKEN: "FFC00000", Verdict.DOUBTFUL: "FFE08A00"}
SIDES = ("left", "right", "top", "bottom")
_ORDER = ("start", "left", "end", "right", "top", "bottom", "diagonal", "vertical", "horizontal")
_MOST = 200
"""Rows or columns of a merged range whose edge is drawn."""

At = tuple[int, int]


def sides_of(merge: tuple[int, int, int, int]) -> Iterator[tuple[At, tuple[str, ...]]]:
    """Yield the cells along the edge of a range (first row and column, last row and column), with the sides it runs on.

    >>> list(sides_of((0, 0, 0, 1)))
    [((0, 0), ('left', 'top', 'bottom')), ((0, 1), ('right', 'top', 'bottom'))]
    """
    top, left, bottom, right = merge
    for row in range(top, min(bottom, top + _MOST) + 1):
        for column in range(left, min(right, left + _MOST) + 1):
            on = {"left": column == left, "right": column == right, "top": row == top, "bottom": row == bottom}
            if any(on.values()):
                yield (row, column), tuple(side for side in SIDES if on[side])


class Edges:
    """Adds looks to the styles of a workbook, each once."""

    def __init__(self, edited: Edited) -> None:
        self._edited = edited
        self._known: dict[tuple[str, Verdict, tuple[str, ...]], str] = {}

    def framed(self, style: str, verdict: Verdict, sides: tuple[str, ...]) -> str:
        """Return the number of the look that is `style` with an edge in the verdict's colour on `sides`."""
        key = (style, verdict, sides)
        if key not in self._known:
            self._known[key] = self._added(style, verdict, sides)
        return self._known[key]

    def _added(self, style: str, verdict: Verdict, sides: tuple[str, ...]) -> str:
        root = self._root()
        looks, borders = root.find(S + "cellXfs"), root.find(S + "borders")
        if looks is None or borders is None or not style.isdigit() or int(style) >= len(looks):
            return style
        look = deepcopy(looks[int(style)])
        number = look.get("borderId") or "0"
        border = deepcopy(borders[int(number)]) if number.isdigit() and int(number) < len(borders) else _blank()
        for side in _harmless(border, sides):
            _draw(border, side, COLOURS[verdict])
        look.set("borderId", _append(borders, border))
        look.set("applyBorder", "1")
        return _append(looks, look)

    def _root(self) -> Element:
        package = self._edited.package
        related = package.related(package.main("xl/workbook.xml")).values()
        return self._edited.tree(next((part for kind, part in related if kind == "styles"), "xl/styles.xml"))


def _harmless(border: Element, sides: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sides that may be drawn without making a frame where there is none: by frames a reader tells tables
    from text, and the copy must read as the original does."""
    if is_frame(border):
        return sides
    top = border.find(S + "top")
    free = "bottom" if top is None or (top.get("style") or "none") == "none" else "top"
    return (free,) if free in sides else ()


def _append(parent: Element, child: Element) -> str:
    parent.append(child)
    parent.set("count", str(len(parent)))
    return str(len(parent) - 1)


def _blank() -> Element:
    from lxml import etree

    return etree.Element(S + "border")


def _draw(border: Element, side: str, colour: str) -> None:
    """Let one side of a border be a line of the colour; the sides keep the order that the format asks for."""
    from lxml import etree

    for old in border.findall(S + side):
        border.remove(old)
    line = etree.Element(S + side, {"style": "medium"})
    etree.SubElement(line, S + "color", {"rgb": colour})
    before = set(_ORDER[:_ORDER.index(side)])
    at = sum(child.tag.removeprefix(S) in before for child in border)
    border.insert(at, line)
