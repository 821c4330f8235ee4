"""Recognition beside tesseract, in one run: figures read right, figures made up, processor seconds a page.

    python bench/ocr.py                    the specimens of corpus/, printed as scans
    python bench/ocr.py FILE.pdf …         these files
    python bench/ocr.py --write            and write the table into docs/scans.md
    python bench/ocr.py --checks FILE.pdf …  what the program finds in these files and in scans of them, file by file

Every .pdf is its own truth: its text layer says which figures stand on each page. Both programs get one thread and the same
pictures. tesseract (apt install tesseract-ocr tesseract-ocr-chi-sim) is left out where it is not installed.
"""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from corpus.scanned import pages, scanned, worn  # noqa: E402
from fusuan import extract  # noqa: E402
from fusuan.batch.audit import audit  # noqa: E402
from fusuan.model import Cell, Document, Paragraph, ReadError  # noqa: E402

NAMES = ("project-form", "looks-wrong-form", "department-prose", "school-yuan")
SCANS = (("200 dpi, clean", 200, False), ("150 dpi, worn", 150, True))
PAGE = ROOT / "docs" / "scans.md"
MARKS = ("<!-- bench/ocr.py -->\n", "<!-- end -->\n")
_NUMBER = re.compile(r"[0-9](?:[0-9,]*[0-9])?(?:\.[0-9]+)?%?")

Numbers = Counter[str]
Said = tuple[str, str, str]
Reader = Callable[[Path], str]


@dataclass
class Score:
    """What one program made of the pages of one kind."""

    right: int = 0
    of: int = 0
    extra: int = 0
    pages: int = 0
    seconds: float = 0.0

    def add(self, truth: Numbers, read: Numbers, seconds: float) -> None:
        self.right += (truth & read).total()
        self.of += truth.total()
        self.extra += (read - truth).total()
        self.pages += 1
        self.seconds += seconds


def text_of(document: Document, page: int | None = None) -> str:
    """All that stands on a page, a piece a line; line ends inside a cell are no part of it."""
    parts: list[Paragraph | Cell] = [*document.paragraphs, *document.margins]
    parts += (cell for table in document.tables for cell in table.cells)
    return "\n".join(part.text.replace("\n", "") for part in parts if page is None or part.place.page == page)


def numbers(text: str) -> Numbers:
    return Counter(_NUMBER.findall(text.replace("％", "%").replace("，", ",")))


def ours(picture: Path) -> str:
    return text_of(extract.read(picture))


def tesseract(picture: Path) -> str:
    done = subprocess.run(["tesseract", str(picture), "-", "-l", "chi_sim", "--psm", "4"], capture_output=True, text=True,
                          env={**os.environ, "OMP_THREAD_LIMIT": "1"}, check=True)
    return done.stdout


def spent() -> float:
    """Processor seconds of this process and of those it waited for."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def pictures(path: Path, dpi: int, use: bool) -> Iterator[Image.Image]:
    for seed, page in enumerate(pages(path, dpi)):
        yield worn(page, dpi, seed) if use else page


def measured(files: Sequence[Path], programs: dict[str, Reader]) -> Iterator[tuple[str, str, Score]]:
    """The scores of each kind of scan and each program."""
    with tempfile.TemporaryDirectory() as folder:
        for kind, dpi, use in SCANS:
            scores = {name: Score() for name in programs}
            for file in files:
                document = extract.read(file)
                for number, picture in enumerate(pictures(file, dpi, use), 1):
                    path = Path(folder, "page.png")
                    picture.save(path, dpi=(dpi, dpi))
                    for name, read in programs.items():
                        start = spent()
                        text = read(path)
                        scores[name].add(numbers(text_of(document, number)), numbers(text), spent() - start)
            yield from ((kind, name, score) for name, score in scores.items())


def table(rows: Sequence[tuple[str, str, Score]]) -> str:
    lines = ["| scan | program | figures read right | figures made up | processor s a page |", "|---|---|---:|---:|---:|"]
    lines += (f"| {kind} | {name} | {score.right} of {score.of} ({score.right / max(1, score.of):.1%}) | {score.extra} | "
              f"{score.seconds / max(1, score.pages):.1f} |" for kind, name, score in rows)
    said = rows[0][2].pages if rows else 0
    return "\n".join(lines) + f"\n\nMeasured {time.strftime('%Y-%m-%d')} on {said} pages of each kind, one thread each.\n"


def said(path: Path) -> Counter[Said]:
    """What the program finds in a file: the figure as printed, the value recomputed, the verdict."""
    return Counter(("".join(f.stated.text.replace("％", "%").split()), str(f.computed.value if f.computed else ""), f.verdict.value)
                   for f in audit(path).findings)


def compared(files: Sequence[Path]) -> None:
    """Print what scans keep of the checks of each file, and what they are accused of that the file is not."""
    totals: dict[str, Counter[str]] = {kind: Counter() for kind, _, _ in SCANS}
    with tempfile.TemporaryDirectory() as folder:
        for file, (kind, dpi, use) in ((file, scan) for file in files for scan in SCANS):
            one, two = said(file), said(scanned(file, Path(folder, file.name), dpi, use))
            meant, found = (Counter(key[:2] for key in of.elements()) for of in (one, two))
            new = [key for key in (two - one).elements() if key[2] == "broken" and (*key[:2], "broken") not in one]
            totals[kind].update(checks=one.total(), kept=(meant & found).total(), alike=(one & two).total(), new=len(new))
            print(f"{file.stem} {kind}: {(meant & found).total()} of {one.total()}", "NEW" * bool(new), *new, flush=True)
            if (lost := meant - found):
                print("    lost", *("=".join(key) for key in lost.elements()), flush=True)
    for kind, total in totals.items():
        print(f"{kind}: kept {total['kept']} of {total['checks']} ({total['kept'] / max(1, total['checks']):.1%}), "
              f"{total['alike']} with the same verdict; accused that the file is not: {total['new']}")


def main(arguments: list[str]) -> None:
    files = [Path(a) for a in arguments if not a.startswith("-")] or [ROOT / "corpus" / "specimens" / f"{n}.pdf" for n in NAMES]
    if "--checks" in arguments:
        compared(files)
        return
    programs: dict[str, Reader] = {"fusuan": ours}
    if shutil.which("tesseract"):
        programs["tesseract"] = tesseract
    ours_ready = Path(tempfile.gettempdir(), "warm.png")
    Image.new("RGB", (300, 300), "white").save(ours_ready)
    try:
        ours(ours_ready)  # load the models: not counted to a page
    except ReadError:
        pass
    finally:
        ours_ready.unlink()
    found = table(list(measured(files, programs)))
    print(found)
    if "--write" in arguments:
        page = PAGE.read_text(encoding="utf-8")
        head, rest = page.split(MARKS[0])
        PAGE.write_text(head + MARKS[0] + "\n" + found + "\n" + MARKS[1] + rest.split(MARKS[1])[1], encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
