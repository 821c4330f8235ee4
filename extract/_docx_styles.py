"""What styles say of a paragraph beyond its looks: its numbering, and whether its text is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field

from fusuan.extract._docx_names import W, on, value
from fusuan.extract._xml import Element


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself; "" and None where it is silent."""

    based_on: str = ""
    number: str | None = None
    level: str | None = None
    hidden: bool | None = None


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by id."""

    styles: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Read word/styles.xml (None: the file has none)."""
        if root is None:
            return cls()
        styles, default = {}, ""
        for element in root.iterfind(W + "style"):
            name = element.get(W + "styleId") or ""
            numbering = element.find(f"{W}pPr/{W}numPr")
            said = value(element.find(W + "rPr"), "vanish")
            styles[name] = Style(value(element, "basedOn") or "", value(numbering, "numId"), value(numbering, "ilvl"),
                                 None if said is None else on(said))
            if element.get(W + "type") == "paragraph" and on(element.get(W + "default")):
                default = name
        return cls(styles, default)

    def line(self, name: str | None) -> list[tuple[str, Style]]:
        """Return a style and those it is based on, itself first; a circle is cut."""
        found: dict[str, Style] = {}
        while name and name in self.styles and name not in found:
            found[name] = self.styles[name]
            name = found[name].based_on
        return list(found.items())

    def hides(self, name: str | None) -> bool:
        """Tell whether text in a style is hidden."""
        return next((style.hidden for _, style in self.line(name) if style.hidden is not None), False)
