"""The names of WordprocessingML that are read (ISO/IEC 29500-1 §17)."""

from __future__ import annotations

from fusuan.extract._xml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

P, TBL, TR, TC, SDT = (W + name for name in ("p", "tbl", "tr", "tc", "sdt"))
TXBX = W + "txbxContent"
ALTERNATE, CHOICE, FALLBACK = (_MC + name for name in ("AlternateContent", "Choice", "Fallback"))

DELETED = frozenset(W + name for name in ("del", "moveFrom"))
INSIDE = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))
"""What may stand around paragraphs, tables, rows and cells without changing what they say."""


def value(element: Element | None, name: str) -> str | None:
    """Return the w:val of the child `name`, "" where it has none, None where there is no such child."""
    child = element.find(W + name) if element is not None else None
    return None if child is None else child.get(W + "val") or ""


def on(said: str | None) -> bool:
    """Tell whether an on/off property is on: present, and not said to be off."""
    return said is not None and said.lower() not in ("0", "false", "off", "none")


def chosen(alternate: Element) -> Element | None:
    """Of two renderings of one thing (a text box for new and for old programs) return the one to read."""
    choice = alternate.find(CHOICE)
    return choice if choice is not None else alternate.find(FALLBACK)
