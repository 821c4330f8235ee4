"""The parts of an OFD file: its pages in order, what they share, the elements each one shows."""

from __future__ import annotations

import math
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from fusuan.extract._package import Package
from fusuan.extract._xml import Element
from fusuan.model import ReadError

A4 = (0.0, 0.0, 210.0, 297.0)
_MOST_PAGES = 20_000


def local(element: Element) -> str:
    """Return the name of an element without its namespace, which differs between producers; "" for no element."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def child(element: Element | None, *names: str) -> Element | None:
    """Return what lies below an element by the names on the way; None where it is not there."""
    for name in names:
        element = next((found for found in element if local(found) == name), None) if element is not None else None
    return element


def numbers(said: str | None) -> list[float]:
    """Return the numbers of a list; nothing where one of them is none.

    >>> numbers("0 0 210 297"), numbers("0 x"), numbers("1e999")
    ([0.0, 0.0, 210.0, 297.0], [], [])
    """
    try:
        found = [float(word) for word in (said or "").split()]
    except ValueError:
        return []
    return found if all(map(math.isfinite, found)) else []


@dataclass(frozen=True, slots=True)
class Page:
    """A page: where its content lies, its box in millimetres, the templates it stands on, what its document shares."""

    part: str
    box: tuple[float, float, float, float]
    under: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    units: dict[str, Element] = field(default_factory=dict)


class Parts:
    """The parts of one file, found from its root."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._known: dict[str, Element] = {}

    def pages(self) -> Iterator[Page]:
        """Yield the pages of all documents in the file."""
        for body in self._package.xml("ofd.xml"):
            root = child(body, "DocRoot") if local(body) == "DocBody" else None
            if root is not None and root.text:
                yield from self._pages(_joined("", root.text))

    def layers(self, page: Page) -> Iterator[Element]:
        """Yield the layers of a page from the lowest: those of templates under it, its own, those over it."""
        for part in (*page.under, page.part, *page.over):
            content = child(self._part(part, keep=part != page.part), "Content")
            yield from (layer for layer in content if local(layer) == "Layer") if content is not None else ()

    def _pages(self, part: str) -> Iterator[Page]:
        document = self._package.xml(part)
        common, listed = child(document, "CommonData"), child(document, "Pages")
        usual = _box(child(common, "PageArea")) or A4
        templates = {entry.get("ID") or "": _joined(part, entry.get("BaseLoc") or "")
                     for entry in (common if common is not None else ()) if local(entry) == "TemplatePage"}
        units = dict(self._units(common, part))
        for count, entry in enumerate(listed if listed is not None else ()):
            if local(entry) == "Page" and count < _MOST_PAGES:
                yield self._page(_joined(part, entry.get("BaseLoc") or ""), usual, templates, units)

    def _page(self, part: str, usual: tuple[float, float, float, float], templates: dict[str, str],
              units: dict[str, Element]) -> Page:
        try:
            root = self._package.xml(part)
        except ReadError as error:
            if error.code != "damaged":
                raise
            return Page(part, usual)
        used = [(entry.get("ZOrder") or "Background", templates[entry.get("TemplateID") or ""]) for entry in root
                if local(entry) == "Template" and (entry.get("TemplateID") or "") in templates]
        return Page(part, _box(child(root, "Area")) or usual, tuple(at for order, at in used if order != "Foreground"),
                    tuple(at for order, at in used if order == "Foreground"), units)

    def _units(self, common: Element | None, part: str) -> Iterator[tuple[str, Element]]:
        """Yield the drawings that several pages use, by their number."""
        for entry in common if common is not None else ():
            if local(entry) not in ("PublicRes", "DocumentRes") or not entry.text:
                continue
            where = _joined(part, entry.text)
            units = child(self._package.xml(where), "CompositeGraphicUnits") if where in self._package else None
            for unit in units if units is not None else ():
                yield unit.get("ID") or "", unit

    def _part(self, part: str, keep: bool) -> Element:
        if part not in self._known:
            root = self._package.xml(part)
            if not keep:
                return root
            self._known[part] = root
        return self._known[part]


def _joined(part: str, said: str) -> str:
    """Return the name of a part told in another, which speaks from its own folder or from the root."""
    said = said.strip().replace("\\", "/")
    return said.lstrip("/") if said.startswith("/") else posixpath.normpath(
        posixpath.join(posixpath.dirname(part), said)).lstrip("/")


def _box(area: Element | None) -> tuple[float, float, float, float] | None:
    physical = child(area, "PhysicalBox")
    said = numbers(physical.text) if physical is not None else []
    return (said[0], said[1], said[2], said[3]) if len(said) == 4 and 1 < said[2] < 5000 and 1 < said[3] < 5000 else None
