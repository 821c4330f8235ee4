"""The comments of a Word document: those it has, and ours."""

from __future__ import annotations

from collections.abc import Iterable

from fusuan.extract import Element
from fusuan.marked._docx_runs import W
from fusuan.marked._notes import AUTHOR
from fusuan.marked._package import Edited

_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


class Comments:
    """Adds comments to the document whose main part is `main`."""

    def __init__(self, edited: Edited, main: str) -> None:
        self._edited, self._main = edited, main
        self._root: Element | None = None
        self._next = 0

    def add(self, lines: Iterable[str]) -> str:
        """Add a comment, a paragraph a line; return its number."""
        from lxml import etree

        root = self._opened()
        number = str(self._next)
        self._next += 1
        comment = etree.SubElement(root, W + "comment", {W + "id": number, W + "author": AUTHOR, W + "initials": AUTHOR})
        for count, line in enumerate(lines):
            paragraph = etree.SubElement(comment, W + "p")
            if not count:
                etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "annotationRef")
            etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = line
        return number

    def _opened(self) -> Element:
        if self._root is None:
            related = self._edited.package.related(self._main).values()
            name = next((part for kind, part in related if kind == "comments"), None)
            self._root = self._made() if name is None else self._edited.tree(name)
            taken = [int(said) for comment in self._root if (said := comment.get(W + "id") or "").isdigit()]
            self._next = max(taken, default=-1) + 1
        return self._root

    def _made(self) -> Element:
        from lxml import etree

        name = self._edited.free(self._main.rpartition("/")[0] + "/comments{}.xml")
        root = etree.Element(W + "comments", nsmap={"w": W[1:-1]})
        self._edited.put_tree(name, root)
        self._edited.declare(name, _KIND)
        self._edited.relate(self._main, "comments", name)
        return root


def anchor(first: Element, last: Element, number: str) -> None:
    """Let comment `number` embrace what stands from `first` to `last`: runs, or one paragraph."""
    from lxml import etree

    start, end = (etree.Element(W + name, {W + "id": number}) for name in ("commentRangeStart", "commentRangeEnd"))
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "commentReference", {W + "id": number})
    if first.tag == W + "p":
        first.extend([start, end, run])
        return
    first.addprevious(start)
    last.addnext(end)
    end.addnext(run)
