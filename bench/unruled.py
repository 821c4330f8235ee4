"""Hold PDFs of tables without ruling lines against the same tables with them: what is checked in the one and not in the other.

    python bench/unruled.py                the specimens of corpus/
    python bench/unruled.py FOLDER         the .docx files of a folder
    python bench/unruled.py --centred      with what stands in every cell set to its middle, from top to bottom
    python bench/unruled.py --tell         and what differs, finding by finding

Every .docx is printed twice by LibreOffice: as it is, and with the borders of its tables taken away.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

ROOT = Path(__file__).resolve().parent.parent
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

Said = tuple[str, str, str, str]


def bare(source: Path, target: Path, centred: bool = False) -> bool:
    """Write a copy of a .docx whose tables have no borders; tell whether it has a table at all."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        found = False
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                tree = etree.fromstring(data)
                found = tree.find(f".//{_W}tbl") is not None
                for tag in ("tblBorders", "tcBorders", "tblStyle", "shd"):
                    for element in list(tree.iter(_W + tag)):
                        parent = element.getparent()
                        if parent is not None:
                            parent.remove(element)
                if centred:
                    _centre(tree)
                data = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(name, data)
    return found


def _centre(tree: etree._Element) -> None:
    """Set what stands in every cell of a document to its middle, from top to bottom."""
    for cell in tree.iter(f"{_W}tc"):
        told = cell.find(f"{_W}tcPr")
        if told is None:
            told = etree.Element(f"{_W}tcPr")
            cell.insert(0, told)
        for element in told.findall(f"{_W}vAlign"):
            told.remove(element)
        etree.SubElement(told, f"{_W}vAlign", {f"{_W}val": "center"})


def printed(folder: Path) -> None:
    """Make a .pdf of every .docx of a folder."""
    assert OFFICE, "LibreOffice is not installed"
    names = sorted(map(str, folder.glob("*.docx")))
    subprocess.run([OFFICE, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless", "--convert-to", "pdf", "--outdir",
                    str(folder), *names], check=True, capture_output=True)


def said(path: Path) -> Counter[Said]:
    """What the program finds in a file: kind, verdict, the figure as printed, the value recomputed."""
    from fusuan.batch.audit import audit

    return Counter((f.label, f.verdict.name, f.stated.text, str(f.computed.value if f.computed else f.expected))
                   for f in audit(path).findings)


def main(arguments: list[str]) -> None:
    folder = next((Path(a) for a in arguments if not a.startswith("-")), ROOT / "corpus" / "specimens")
    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as work:
        ruled, unruled = Path(work) / "ruled", Path(work) / "unruled"
        for made in (ruled, unruled):
            made.mkdir()
        for path in sorted(folder.glob("*.docx")):
            if bare(path, unruled / path.name, "--centred" in arguments):
                shutil.copy(path, ruled)
            else:
                (unruled / path.name).unlink()
        printed(ruled)
        printed(unruled)
        for path in sorted(ruled.glob("*.pdf")):
            _compare(path, unruled / path.name, total, "--tell" in arguments)
    share = total["kept"] / max(1, total["checks"])
    print(f"kept {total['kept']} of {total['checks']} checks ({share:.1%}); {total['new']} findings that the ruled twin does not give")


def _compare(ruled: Path, unruled: Path, total: Counter[str], tell: bool) -> None:
    one, two = said(ruled), said(unruled)
    kept = sum((one & two).values())
    new = [key for key in (two - one).elements() if key[1] in ("BROKEN", "DOUBTFUL")]
    total.update(checks=sum(one.values()), kept=kept, new=len(new))
    print(f"{ruled.stem:32} kept {kept:4} of {sum(one.values()):4}  new findings {len(new)}")
    if tell:
        for key in (one - two).elements():
            print("      lost", *key)
        for key in new:
            print("      new ", *key)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])
