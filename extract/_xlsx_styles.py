"""What the parts that all sheets share say: number formats, which cells are framed, the texts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fusuan.extract._numfmt_code import BUILT_IN
from fusuan.extract._xml import Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SI, _T, _R, _PHONETIC = (S + name for name in ("si", "t", "r", "rPh"))


@dataclass(frozen=True, slots=True)
class Looks:
    """By number of cell style: the number format, and whether lines are drawn beside the cell."""

    codes: tuple[str, ...] = ()
    framed: tuple[bool, ...] = ()

    def code(self, style: int) -> str:
        return self.codes[style] if 0 <= style < len(self.codes) else "General"

    def is_framed(self, style: int) -> bool:
        return 0 <= style < len(self.framed) and self.framed[style]

    @classmethod
    def of(cls, root: Element) -> Looks:
        """Read xl/styles.xml."""
        own = {element.get("numFmtId"): element.get("formatCode") or "General" for element in root.iterfind(f"{S}numFmts/{S}numFmt")}
        borders = [is_frame(border) for border in root.iterfind(f"{S}borders/{S}border")]
        codes, framed = [], []
        for look in root.iterfind(f"{S}cellXfs/{S}xf"):
            number = look.get("numFmtId") or "0"
            codes.append(own.get(number) or BUILT_IN.get(whole(number), "General"))
            border = whole(look.get("borderId"))
            framed.append(0 <= border < len(borders) and borders[border])
        return cls(tuple(codes), tuple(framed))


def is_frame(border: Element) -> bool:
    """Lines at a side, or both above and below: one line under a heading is no frame."""
    drawn = {side.tag.removeprefix(S) for side in border if (side.get("style") or "none") != "none"}
    return bool(drawn & {"left", "right", "start", "end"}) or {"top", "bottom"} <= drawn


def whole(said: str | None, otherwise: int = 0) -> int:
    """Return a whole number that an attribute writes."""
    return int(said) if said and said.isdigit() and len(said) < 10 else otherwise


def texts(root: Element) -> list[str]:
    """Read xl/sharedStrings.xml."""
    return [rich_text(item) for item in root.iterfind(_SI)]


def rich_text(item: Element) -> str:
    """Return the text of a string item, its runs joined and its readings (phonetic) left out."""
    if len(item) == 1 and item[0].tag == _T:
        return unescaped(item[0].text or "")
    out = ""
    for part in item:
        if part.tag == _T:
            out += part.text or ""
        elif part.tag == _R:
            out += "".join(piece.text or "" for piece in part.iterfind(_T))
    return unescaped(out)


def unescaped(text: str) -> str:
    """Undo how Excel writes what XML cannot, and write line ends one way.

    >>> unescaped("收入_x000D_\\n支出")
    '收入\\n支出'
    """
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if not 0xD7FF < int(match[1], 16) < 0xE000 else "", text)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
