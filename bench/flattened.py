"""Hold tables copied out as text against the same tables in their frames: what is checked in the one and not in the other.

    python bench/flattened.py                the specimens of corpus/
    python bench/flattened.py FOLDER         the .docx files of a folder
    python bench/flattened.py --tell         and what differs, finding by finding

Every .docx is written as text in each of STYLES, its tables among its paragraphs as people copy them.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
Said = tuple[str, str, str, str]
Rows = list[list[str | None]]
"""The texts of a table row by row; None where a merged cell goes on."""


def _kept(rows: Rows, sign: str, ends: str = "") -> str:
    return "\n".join(ends + sign.join(text or "" for text in row) + ends[::-1] for row in rows)


def _padded(rows: Rows) -> str:
    """Merged cells once, and bars at the end of the rows for the places that are gone."""
    own = [[text for text in row if text is not None] for row in rows]
    return "\n".join(" | ".join(row) + " | " + "|" * (len(line) - len(row)) for row, line in zip(own, rows, strict=True))


def _filled(rows: Rows, between: str, rows_end: str) -> str:
    return rows_end.join(between.join(text for text in row if text) for row in rows if any(row))


STYLES: dict[str, Callable[[Rows], str]] = {
    "tabs": lambda rows: _kept(rows, "\t"),
    "bars": lambda rows: _kept(rows, " | ", "| "),
    "padded bars": _padded,
    "a bar a cell": lambda rows: _padded(rows).replace(" | ", " |\n").replace("\n\n", "\n"),
    "a line a row": lambda rows: _filled(rows, " ", "\n"),
    "a line a cell": lambda rows: _filled(rows, "\n", "\n"),
    "one line": lambda rows: _filled(rows, " ", " "),
}


def flattened(source: Path, style: str) -> str:
    """Return a document as text, its tables in a style; empty where it has none."""
    from fusuan.extract import read
    from fusuan.model import Paragraph

    lines, tables = [], 0
    for block in read(source).blocks:
        if isinstance(block, Paragraph):
            lines.append(block.text)
            continue
        tables += 1
        rows: Rows = [[None] * block.width for _ in range(block.height)]
        for cell in block.cells:
            rows[cell.place.row or 0][cell.place.column or 0] = " ".join(cell.text.split())
        lines.append(STYLES[style](rows))
    return "\n".join(lines) if tables else ""


def said(path: Path) -> Counter[Said]:
    """What the program finds in a file: kind, verdict, the figure as printed, the value recomputed."""
    from fusuan.batch.audit import audit

    return Counter((f.label, f.verdict.name, f.stated.text, str(f.computed.value if f.computed else f.expected))
                   for f in audit(path).findings)


def compare(source: Path, total: Counter[tuple[str, str]], tell: bool) -> None:
    """Count, by style, the checks of a framed document that its text gives too, and what its text alone finds wrong."""
    one = said(source)
    with tempfile.TemporaryDirectory() as work:
        for style in STYLES:
            target = Path(work) / f"{source.stem}.txt"
            text = flattened(source, style)
            if not text:
                return
            target.write_text(text, encoding="utf-8")
            two = said(target)
            new = [key for key in (two - one).elements() if key[1] == "BROKEN"]
            total.update({(style, "checks"): one.total(), (style, "kept"): (one & two).total(), (style, "new"): len(new)})
            if tell:
                for key in (one - two).elements():
                    print(f"{source.stem} {style}: lost", *key)
                for key in new:
                    print(f"{source.stem} {style}: new ", *key)


def main(arguments: list[str]) -> None:
    folder = next((Path(a) for a in arguments if not a.startswith("-")), ROOT / "corpus" / "specimens")
    total: Counter[tuple[str, str]] = Counter()
    for path in sorted(folder.glob("*.docx")):
        compare(path, total, "--tell" in arguments)
    for style in STYLES:
        kept, checks = total[style, "kept"], total[style, "checks"]
        print(f"{style:14} kept {kept:4} of {checks:4} checks ({kept / max(1, checks):.1%})  accused that the framed twin is not: {total[style, 'new']}")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])
