"""The comments of a worksheet: those it has, and ours, each with the drawing that Excel shows it by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from fusuan.extract import Element, cell_name
from fusuan.marked._notes import AUTHOR
from fusuan.marked._package import OFFICE, Edited, plain_root
from fusuan.marked._xlsx_cells import S

_COMMENTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_ID = f"{{{OFFICE}}}id"
_LATER = {S + name for name in ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
                                "tableParts", "extLst")} | {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"}
"""What the format wants after the reference to the drawing."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HEAD = ('<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
         'xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
         '</o:shapelayout></xml>')
_TYPE = ('<v:shapetype xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
         'id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
         '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>')
_SHAPE = ('<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
          'xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{id}" type="#_x0000_t202" '
          'style="position:absolute;margin-left:60pt;margin-top:2pt;width:300pt;height:{height}pt;z-index:{order};'
          'visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
          '<v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
          '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
          '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
          '<x:Anchor>{left}, 15, {top}, 4, {right}, 31, {bottom}, 4</x:Anchor><x:AutoFill>False</x:AutoFill>'
          '<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>')
_LINE = 34
"""Characters that one line of a comment's box holds."""


class Comments:
    """Adds comments to one sheet; `finish` puts them into the package."""

    def __init__(self, edited: Edited, sheet: str) -> None:
        self._edited, self._sheet = edited, sheet
        self._shapes: list[str] = []
        related = edited.package.related(sheet)
        self._name = next((part for kind, part in related.values() if kind == "comments"), "")
        legacy = edited.tree(sheet).find(S + "legacyDrawing")
        self._drawing = "" if legacy is None else related.get(legacy.get(_ID) or "", ("", ""))[1]
        self._root = edited.tree(self._name) if self._name else _made()
        self._known = {comment.get("ref"): comment for comment in self._root.iterfind(f"{S}commentList/{S}comment")}
        self._first = self._free_number()

    def add(self, at: tuple[int, int], lines: Sequence[str]) -> None:
        """Add a comment to a cell, or its lines to the comment that the cell has."""
        from lxml import etree

        name = cell_name(*at)
        comment = self._known.get(name)
        text = None if comment is None else comment.find(S + "text")
        if text is None:
            comment = etree.SubElement(self._list(), S + "comment", {"ref": name, "authorId": self._author()})
            text = etree.SubElement(comment, S + "text")
            self._shapes.append(self._shape(at, lines))
        elif len(text) or text.text:
            lines = ["", "", *lines]
        said = etree.SubElement(etree.SubElement(text, S + "r"), S + "t", {_SPACE: "preserve"})
        said.text = "\n".join(lines)

    def _list(self) -> Element:
        from lxml import etree

        found = self._root.find(S + "commentList")
        return found if found is not None else etree.SubElement(self._root, S + "commentList")

    def finish(self) -> None:
        """Put what was added into the package."""
        if not self._name:
            self._name = self._edited.free("xl/comments{}.xml")
            self._edited.put_tree(self._name, self._root)
            self._edited.declare(self._name, _COMMENTS)
            self._edited.relate(self._sheet, "comments", self._name)
        if self._shapes:
            self._draw()

    def _draw(self) -> None:
        """Add the shapes to the sheet's drawing of old style, as text: such a drawing need not be sound XML."""
        drawn = self._edited.package.data(self._drawing).decode("utf-8", "surrogateescape") if self._drawing else _HEAD
        body, _, tail = drawn.rpartition("</xml>")
        shapes = "".join(self._shapes) if "_x0000_t202\"" in drawn else _TYPE + "".join(self._shapes)
        if not self._drawing:
            self._drawing = self._edited.free("xl/drawings/vmlDrawing{}.vml")
            self._edited.declare(self._drawing, _VML)
            self._refer(self._edited.relate(self._sheet, "vmlDrawing", self._drawing))
        self._edited.put(self._drawing, f"{body}{shapes}</xml>{tail}".encode("utf-8", "surrogateescape"))

    def _refer(self, relation: str) -> None:
        from lxml import etree

        root = self._edited.tree(self._sheet)
        later = next((child for child in root if child.tag in _LATER), None)
        legacy = etree.Element(S + "legacyDrawing", {_ID: relation}, nsmap={"r": OFFICE})
        if later is None:
            root.append(legacy)
        else:
            later.addprevious(legacy)

    def _author(self) -> str:
        from lxml import etree

        authors = self._root.find(S + "authors")
        assert authors is not None
        names = [author.text or "" for author in authors]
        if AUTHOR not in names:
            etree.SubElement(authors, S + "author").text = AUTHOR
            names.append(AUTHOR)
        return str(names.index(AUTHOR))

    def _shape(self, at: tuple[int, int], lines: Sequence[str]) -> str:
        rows = sum(1 + len(line) // _LINE for line in lines) + 1
        row, column = at
        number = self._first + len(self._shapes)
        return _SHAPE.format(id=number, height=13 * rows, order=len(self._shapes) + 1, left=column + 1,
                             right=column + 6, top=max(row - 1, 0), bottom=max(row - 1, 0) + rows, row=row, column=column)

    def _free_number(self) -> int:
        """Return a number for the first shape that no shape of the drawing has."""
        drawn = self._edited.package.data(self._drawing).decode("utf-8", "replace") if self._drawing else ""
        return max((int(said) for said in re.findall(r"_x0000_s(\d{1,9})\"", drawn)), default=1025) + 1


def _made() -> Element:
    from lxml import etree

    root = plain_root(S[1:-1], "comments")
    etree.SubElement(root, S + "authors")
    etree.SubElement(root, S + "commentList")
    return root
