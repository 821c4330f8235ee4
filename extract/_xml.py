"""The type of an XML element, known to type checkers only: lxml is imported when a file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["Element"]

if TYPE_CHECKING:
    from lxml.etree import _Element as Element
else:
    Element = Any
