"""Write .ofd files (GB/T 33190): by hand, or from the pages of a PDF as a print driver does."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

from fusuan.extract import File
from fusuan.extract._pdf_sheet import Glyph, Sheet
from fusuan.extract._pdf_source import sheets

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_MM = 25.4 / 72


def ofd(pages: Iterable[str], *, before: str = "", common: str = "", parts: dict[str, str] | None = None,
        size: tuple[float, float] = (210, 297)) -> bytes:
    """Write a file whose pages have the layers given as XML; `before` stands before each page's content."""
    buffer = io.BytesIO()
    pages = list(pages)
    listed = "".join(f'<ofd:Page ID="{n + 100}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    files = {
        "OFD.xml": f'<ofd:OFD {SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
                   "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea>"
                              f"<ofd:PhysicalBox>0 0 {size[0]} {size[1]}</ofd:PhysicalBox></ofd:PageArea>{common}"
                              f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": f"<ofd:Page {SPACE}>{before}<ofd:Content>{page}</ofd:Content></ofd:Page>"
           for n, page in enumerate(pages)}, **(parts or {})}
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>\n' + text)
    return buffer.getvalue()


def line(text: str, x: float, y: float, size: float = 4.2, extra: str = "") -> str:
    """Write a line of text whose baseline begins at (x, y) millimetres."""
    steps = " ".join(str(size if ord(character) > 0x2e80 else size / 2) for character in text[:-1])
    return (f'<ofd:TextObject ID="1" Boundary="{x} {y - size} {size * len(text)} {size * 1.3:g}" Font="2" Size="{size}" {extra}>'
            f'<ofd:TextCode X="0" Y="{size}" DeltaX="{steps}">{escape(text)}</ofd:TextCode></ofd:TextObject>')


def ruling(x: float, y: float, to_x: float, to_y: float) -> str:
    return (f'<ofd:PathObject ID="3" Boundary="{x} {y} {max(to_x - x, 0.3)} {max(to_y - y, 0.3)}" LineWidth="0.3">'
            f"<ofd:AbbreviatedData>M 0 0 L {to_x - x} {to_y - y}</ofd:AbbreviatedData></ofd:PathObject>")


def layer(*things: str) -> str:
    return f'<ofd:Layer ID="5">{"".join(things)}</ofd:Layer>'


def of_pdf(path: Path) -> bytes:
    """Print a PDF into an .ofd."""
    pages, size = [], (210.0, 297.0)
    for sheet in sheets(File(path)):
        size = (sheet.width * _MM, sheet.height * _MM)
        pages.append(layer(*_runs(sheet), *(
            ruling(r.at * _MM, r.start * _MM, r.at * _MM, r.end * _MM) if r.upright
            else ruling(r.start * _MM, r.at * _MM, r.end * _MM, r.at * _MM) for r in sheet.rulings)))
    return ofd(pages, size=size)


def _runs(sheet: Sheet) -> Iterator[str]:
    run: list[Glyph] = []
    for glyph in sheet.glyphs:
        if run and (glyph.base != run[-1].base or glyph.left < run[-1].left or glyph.size != run[-1].size):
            yield _run(run)
            run = []
        run.append(glyph)
    if run:
        yield _run(run)


def _run(run: list[Glyph]) -> str:
    steps = " ".join(f"{(b.left - a.left) * _MM:.4f}" for a, b in pairwise(run))
    size, text = run[0].size * _MM, escape("".join(glyph.text for glyph in run))
    return (f'<ofd:TextObject ID="1" Boundary="{run[0].left * _MM:.4f} {run[0].base * _MM - size:.4f} 180 {size * 1.3:.4f}" '
            f'Font="2" Size="{size:.4f}"><ofd:TextCode X="0" Y="{size:.4f}" DeltaX="{steps}">{text}</ofd:TextCode></ofd:TextObject>')
