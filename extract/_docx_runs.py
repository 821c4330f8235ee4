"""The text of one paragraph as a reader sees it in print, all changes accepted."""

from __future__ import annotations

from collections.abc import Callable

from fusuan.extract._docx_names import ALTERNATE, DELETED, MATH, TXBX, W, chosen, on, value
from fusuan.extract._docx_styles import Styles
from fusuan.extract._docx_symbols import has_private, printed, shown, symbol
from fusuan.extract._raised import raised
from fusuan.extract._xml import Element

_R, _T, _RPR, _INSTRUCTION = (W + name for name in ("r", "t", "rPr", "instrText"))
_SILENT = DELETED | {W + name for name in (
    "pPr", "rPr", "sdtPr", "sdtEndPr", "delText", "delInstrText", "instrText", "rt", "rubyPr", "softHyphen",
    "fldData", "annotationRef", "footnoteRef", "endnoteRef", "proofErr", "bookmarkStart", "bookmarkEnd",
    "lastRenderedPageBreak", "separator", "continuationSeparator", "smartTagPr", "customXmlPr")}
_PLAIN = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_MATH_T, _FRACTION, _POWER = MATH + "t", MATH + "f", MATH + "sup"


class Piece(str):
    """Text of a run that knows the element (w:t) it stands in."""

    __slots__ = ("source",)
    source: Element

    @classmethod
    def of(cls, text: str, source: Element) -> Piece:
        piece = cls(text)
        piece.source = source
        return piece


class Runs:
    """Reads paragraphs of one story (body, header, notes) in order: fields may run on from one to the next.

    `boxes` gathers the text boxes met, `notes` the (kind, id) of footnotes and endnotes referred to; the caller
    takes them away. `pieces` is what the paragraph read last was put together from. `struck` counts runs
    that are struck through: so people delete who do not track changes.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._fields: list[bool] = []
        self.pieces: list[str] = []
        self.struck = 0
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self._special: dict[str, Callable[[Element, list[str]], None]] = {
            _R: self._run, ALTERNATE: self._alternate, TXBX: self._box, W + "fldChar": self._field,
            W + "sym": self._symbol, _MATH_T: self._math, _FRACTION: self._fraction, _POWER: self._above,
            W + "footnoteReference": self._note, W + "endnoteReference": self._note}

    def text(self, paragraph: Element) -> str:
        """Return the text of a paragraph, its automatic number left out."""
        out: list[str] = []
        self.pieces = out
        self._hidden_style = self._styles.hides(value(paragraph.find(W + "pPr"), "pStyle"))
        self._inline(paragraph, out)
        # An instruction never runs past its paragraph in a sound file: text after a broken one must not be lost.
        self._fields = [in_result for in_result in self._fields if in_result]
        return printed("".join(out))

    def _inline(self, element: Element, out: list[str]) -> None:
        for child in element:
            tag = child.tag
            if tag == _T:
                if all(self._fields):
                    out.append(Piece.of(self._shown(child, element), child))
            elif tag in _PLAIN:
                if all(self._fields):
                    out.append(_PLAIN[tag])
            elif tag in self._special:
                self._special[tag](child, out)
            elif tag not in _SILENT and len(child):
                self._inline(child, out)

    def _run(self, run: Element, out: list[str]) -> None:
        properties = run.find(_RPR)
        if properties is not None or self._hidden_style:
            said = value(properties, "vanish")
            hidden = on(said) if said is not None else (
                self._hidden_style or self._styles.hides(value(properties, "rStyle")))
            struck = on(value(properties, "strike")) or on(value(properties, "dstrike"))
            if hidden or struck:
                unseen: list[str] = []
                self._inline(run, unseen)
                self.struck += not hidden and any(text.strip() for text in unseen)
                return
            if value(properties, "vertAlign") == "superscript":
                self._above(run, out)
                return
        self._inline(run, out)

    def _above(self, element: Element, out: list[str]) -> None:
        """Read what stands above the line."""
        inner: list[str] = []
        self._inline(element, inner)
        out += (Piece.of(raised(piece), piece.source) if isinstance(piece, Piece) else raised(piece) for piece in inner)

    def _shown(self, text: Element, run: Element) -> str:
        said = text.text or ""
        if not has_private(said):
            return said
        fonts = run.find(f"{_RPR}/{W}rFonts")
        names = () if fonts is None else [fonts.get(W + key) or "" for key in ("ascii", "hAnsi", "eastAsia", "cs")]
        return shown(said, next((name for name in names if name.lower().startswith(("wingdings", "symbol"))), ""))

    def _alternate(self, alternate: Element, out: list[str]) -> None:
        choice = chosen(alternate)
        if choice is not None:
            self._inline(choice, out)

    def _box(self, box: Element, out: list[str]) -> None:
        self.boxes.append(box)

    def _field(self, mark: Element, out: list[str]) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            box = mark.find(f"{W}ffData/{W}checkBox")
            if box is not None and all(self._fields):
                said = value(box, "checked")
                out.append("☑" if on(said if said is not None else value(box, "default")) else "□")
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _symbol(self, sign: Element, out: list[str]) -> None:
        try:
            code = int(sign.get(W + "char") or "", 16)
        except ValueError:
            return
        if all(self._fields):
            out.append(symbol(code, sign.get(W + "font") or ""))

    def _math(self, text: Element, out: list[str]) -> None:
        out.append(text.text or "")

    def _fraction(self, fraction: Element, out: list[str]) -> None:
        sides: list[str] = []
        for name in ("num", "den"):
            side: list[str] = []
            part = fraction.find(MATH + name)
            if part is not None:
                self._inline(part, side)
            said = "".join(side)
            sides.append(f"({said})" if any(sign in said for sign in "+-−－＋") and not said.startswith("(") else said)
        out.append("/".join(sides))

    def _note(self, reference: Element, out: list[str]) -> None:
        kind = "footnote" if reference.tag.endswith("footnoteReference") else "endnote"
        self.notes.append((kind, reference.get(W + "id") or ""))
