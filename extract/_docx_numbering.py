"""Automatic numbers: "一、" and "（一）" that Word counts itself and that stand in no text of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from fusuan.extract._docx_names import W, on, value
from fusuan.extract._docx_numerals import numeral
from fusuan.extract._docx_styles import Styles
from fusuan.extract._xml import Element

_PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered. `restart`: the level whose use restarts it (from 1; 0: never)."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    joined: bool = False
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class List:
    """One numbering instance: the list it counts in, its levels, and the levels it starts afresh."""

    counted_in: str
    levels: dict[int, Level]
    afresh: dict[int, int]


class Numbering:
    """Gives each numbered paragraph its number; ask in the order of the text."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = {} if root is None else _lists(root, styles)
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, properties: Element | None) -> str:
        """Return the number of a paragraph (its w:pPr given) with what parts it from the text; "" if unnumbered."""
        if not self._lists:
            return ""
        number, level = self._numbered(properties)
        known = self._lists.get(number)
        if known is None or level not in known.levels:
            return ""
        self._count(number, known, level)
        shape = known.levels[level]
        if shape.form in ("bullet", "none") or not shape.text:
            return ""
        counts = self._counts[known.counted_in]
        said = _PLACEHOLDER.sub(lambda match: self._written(known, counts, int(match[1]) - 1, shape.legal), shape.text)
        # "1." before "5万元" must not become 1.5万元.
        return said + (" " if said and (said[-1].isascii() or (shape.joined and said[-1].isdigit())) else "")

    def _numbered(self, properties: Element | None) -> tuple[str, int]:
        """Return numbering id and level: the paragraph's own word first, then that of its style."""
        own = properties.find(W + "numPr") if properties is not None else None
        number, level = value(own, "numId"), value(own, "ilvl")
        line = self._styles.line(value(properties, "pStyle") or self._styles.default)
        if number is None:
            name, number = next(((name, style.number) for name, style in line if style.number is not None), ("", None))
            known = self._lists.get(number or "")
            linked = [i for i, shape in known.levels.items() if shape.style == name] if known else []
            if level is None and linked:
                return number or "", linked[0]
        if level is None:
            level = next((style.level for _, style in line if style.level is not None), "0")
        return number or "", int(level) if level.isdigit() else 0

    def _count(self, number: str, known: List, level: int) -> None:
        counts = self._counts.setdefault(known.counted_in, {})
        if level in known.afresh and (number, level) not in self._begun:
            counts.pop(level, None)
            self._begun.add((number, level))
        start = known.afresh.get(level, known.levels[level].start)
        counts[level] = counts[level] + 1 if level in counts else start
        for deeper in [deeper for deeper in counts if deeper > level]:
            restart = known.levels[deeper].restart if deeper in known.levels else None
            if restart is None or (restart > 0 and level < restart):
                del counts[deeper]

    def _written(self, known: List, counts: dict[int, int], level: int, legal: bool) -> str:
        shape = known.levels.get(level)
        if shape is None:
            return ""
        if level not in counts:
            counts[level] = shape.start
        return numeral(counts[level], "decimal" if legal else shape.form)


def _lists(root: Element, styles: Styles) -> dict[str, List]:
    shapes = {element.get(W + "abstractNumId") or "": element for element in root.iterfind(W + "abstractNum")}
    numbers = {element.get(W + "numId") or "": element for element in root.iterfind(W + "num")}
    levels: dict[str, dict[int, Level]] = {}
    lists = {}
    for number, element in numbers.items():
        shape = _followed(value(element, "abstractNumId") or "", shapes, numbers, styles)
        if shape not in levels:
            levels[shape] = _levels(shapes[shape]) if shape in shapes else {}
        lists[number] = _overridden(element, shape, levels[shape])
    return lists


def _followed(shape: str, shapes: dict[str, Element], numbers: dict[str, Element], styles: Styles) -> str:
    """Follow a list that only names the numbering style where its levels stand."""
    link = value(shapes.get(shape), "numStyleLink")
    if not link or link not in styles.styles:
        return shape
    return value(numbers.get(styles.styles[link].number or ""), "abstractNumId") or shape


def _levels(shape: Element) -> dict[int, Level]:
    return {int(level.get(W + "ilvl") or 0): _level(level) for level in shape.iterfind(W + "lvl")
            if (level.get(W + "ilvl") or "0").isdigit()}


def _level(level: Element) -> Level:
    restart = value(level, "lvlRestart")
    form = value(level, "numFmt")
    return Level(_whole(value(level, "start"), 1), "decimal" if form is None else form, value(level, "lvlText") or "",
                 value(level, "suff") == "nothing", None if restart is None else _whole(restart, 0),
                 on(value(level, "isLgl")), value(level, "pStyle") or "")


def _overridden(number: Element, shape: str, levels: dict[int, Level]) -> List:
    own, afresh = dict(levels), {}
    for override in number.iterfind(W + "lvlOverride"):
        level = _whole(override.get(W + "ilvl"), 0)
        replaced = override.find(W + "lvl")
        if replaced is not None:
            own[level] = _level(replaced)
            if not own[level].text and level in levels:
                own[level] = replace(own[level], text=levels[level].text)
        start = value(override, "startOverride")
        if start is not None:
            afresh[level] = _whole(start, 1)
    return List(shape, own, afresh)


def _whole(said: str | None, otherwise: int) -> int:
    return int(said) if said and said.isdigit() and len(said) < 9 else otherwise
