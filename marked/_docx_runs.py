"""Runs of a Word document cut so that a figure has runs of its own, which look as before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from copy import deepcopy
from operator import itemgetter

from fusuan.extract import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R, _T, _RPR = W + "r", W + "t", W + "rPr"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NOTES = {W + "footnote": W + "footnoteReference", W + "endnote": W + "endnoteReference"}

Spot = tuple[Element, int]
"""A character of a w:t."""


class Runs:
    """Cuts the runs at the ends of the given stretches of characters, each text once."""

    def __init__(self, stretches: Iterable[Sequence[Spot]]) -> None:
        cuts: dict[Element, set[int]] = {}
        for spots in stretches:
            for (text, at), after in ((spots[0], 0), (spots[-1], 1)) if spots else ():
                cuts.setdefault(text, set()).add(at + after)
        self._parts = {text: _cut(text, at) for text, at in cuts.items()}

    def run(self, spot: Spot) -> Element:
        """Return the run that now holds a character at the first or last place of a stretch."""
        text, at = spot
        parts = self._parts[text]
        return parts[bisect_right(parts, at, key=itemgetter(0)) - 1][1]


def _cut(text: Element, cuts: Iterable[int]) -> list[tuple[int, Element]]:
    """Cut the run around a w:t at the given positions of it; return where each part begins, and its run.

    A run in a run (a text box, ruby) is left whole: no comment may stand there.
    """
    run, said = text.getparent(), text.text or ""
    assert run is not None
    if run.tag != _R or next(run.iterancestors(_R), None) is not None:
        return [(0, run)]
    _alone(text, run)
    bounds = [0, *sorted(at for at in cuts if 0 < at < len(said)), len(said)]
    _say(text, said[:bounds[1]])
    parts = [(0, run)]
    for start, end in zip(bounds[1:], bounds[2:], strict=False):
        following = _like(run)
        _say(_appended(following, _T), said[start:end])
        parts[-1][1].addnext(following)
        parts.append((start, following))
    return parts


def _alone(text: Element, run: Element) -> None:
    """Let what stands beside a text in its run stand in runs of its own, before and after."""
    before = [child for child in text.itersiblings(preceding=True) if child.tag != _RPR][::-1]
    after = list(text.itersiblings())
    if before:
        foregoing = _like(run)
        foregoing.extend(before)
        run.addprevious(foregoing)
    if after:
        following = _like(run)
        following.extend(after)
        run.addnext(following)


def _like(run: Element) -> Element:
    """Return an empty run that looks as `run` does."""
    fresh = deepcopy(run)
    for child in list(fresh):
        if child.tag != _RPR:
            fresh.remove(child)
    fresh.tail = None
    return fresh


def _appended(run: Element, tag: str) -> Element:
    from lxml import etree

    return etree.SubElement(run, tag)


def _say(text: Element, said: str) -> None:
    text.text = said
    if said != said.strip():
        text.set(_SPACE, "preserve")


class Story:
    """The main text, where alone comments may stand."""

    def __init__(self, root: Element) -> None:
        self._references = {(mark.tag, mark.get(W + "id")): mark for mark in root.iter(*_NOTES.values())}

    def place(self, element: Element) -> Element | None:
        """Return what in the main text stands for an element: the run that its text box hangs on, the reference of
        the note it stands in, or itself; None where nothing does."""
        for above in element.iterancestors(*_NOTES):
            reference = self._references.get((_NOTES[above.tag], above.get(W + "id")))
            return None if reference is None else _outermost(reference)
        return _outermost(element)


def _outermost(element: Element) -> Element:
    outer = list(element.iterancestors(_R))
    return outer[-1] if outer else element
