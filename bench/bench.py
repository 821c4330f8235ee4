"""Measure fusuan as its users meet it, whole processes, and rewrite docs/benchmark.md.

    python bench/bench.py              everything; markitdown is installed into .bench/markitdown the first time
    python bench/bench.py --alone      without markitdown
    python bench/bench.py --many       only many files side by side, printed and not written down

Every input is made here, out of invented figures: pages of sentences and a table each, as .docx (python-docx), as
.pdf (LibreOffice where there is one, else written raw) and a sheet of 3,000 rows as .xlsx.
"""

from __future__ import annotations

import compileall
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".bench"
REPORT = ROOT / "docs" / "benchmark.md"
PAGES = (8, 100, 300)
ROWS = 3000
MANY = 120
COUNTS = HOME / "pages.json"
FILINGS = HOME / "filings"
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")

Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Cost:
    """Median seconds of a whole process, the megabytes it took at most and its processor seconds (0 where that cannot be told)."""

    seconds: float
    megabytes: float
    busy: float = 0


def measure(command: Command, runs: int = 5) -> Cost:
    """Run a command several times; the first run, which warms the disk cache, does not count."""
    once = [_once(command) for _ in range(runs + 1)][1:]
    return Cost(*(statistics.median(getattr(cost, name) for cost in once) for name in ("seconds", "megabytes", "busy")))


def _once(command: Command) -> Cost:
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.DEVNULL, stderr=errors)
        status, megabytes, busy = _ended(process)
        seconds = time.perf_counter() - start
        if status not in (0, 1):
            errors.seek(0)
            raise RuntimeError(f"{command}: {errors.read()[-500:].decode(errors='replace')}")
    return Cost(seconds, megabytes, busy)


def _ended(process: subprocess.Popen[bytes]) -> tuple[int, float, float]:
    if not hasattr(os, "wait4"):
        return process.wait(), 0.0, 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return (process.returncode, usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024), usage.ru_utime + usage.ru_stime)


def sentences(page: int) -> Iterator[str]:
    """Say what a page of a self-evaluation says: a total, its parts, a rate and a change."""
    basic, project, before = 310.25 + page, 122.4 + 2 * page, 401.13 + page
    whole, plan = basic + project, 150.0 + 2 * page
    yield f"{page}.单位基本情况与资金安排"
    yield (f"第{page}项工作本年支出合计{whole:.2f}万元，其中：基本支出{basic:.2f}万元，项目支出{project:.2f}万元。"
           f"上年支出{before:.2f}万元，比上年增加{whole - before:.2f}万元，增长{(whole - before) / before * 100:.2f}%。")
    yield (f"项目预算{plan:.2f}万元，实际支出{project:.2f}万元，完成预算的{project / plan * 100:.2f}%。"
           "项目按照年初批复的绩效目标组织实施，资金拨付手续齐全，专款专用，未发现截留、挪用的情形。")
    for number in range(6):
        yield (f"（{number + 1}）围绕年度重点任务，单位组织开展业务培训{page + number + 3}期，参训{(page + number) * 37 + 20}人次，"
               "制度执行到位，群众反映良好；下一步将继续完善预算绩效管理，压实主体责任，提高资金使用效益。")


def table(page: int) -> list[list[str]]:
    """A table of funds that adds up."""
    funds = [(100.5 + page, 98.25 + page), (60.0 + page, 51.3 + page), (20.75, 20.75)]
    names = ("财政拨款", "上级补助", "其他资金")
    rows = [["资金来源", "预算数（万元）", "执行数（万元）", "执行率"]]
    rows += [[name, f"{a:.2f}", f"{b:.2f}", f"{b / a * 100:.2f}%"] for name, (a, b) in zip(names, funds, strict=True)]
    plan, done = (sum(values) for values in zip(*funds, strict=True))
    return [*rows, ["合计", f"{plan:.2f}", f"{done:.2f}", f"{done / plan * 100:.2f}%"]]


def make_docx(path: Path, pages: int) -> Path:
    from docx import Document

    document = Document()
    document.add_heading("某单位整体支出绩效自评报告", 0)
    for page in range(1, pages + 1):
        for text in sentences(page):
            document.add_paragraph(text)
        rows = table(page)
        grid = document.add_table(len(rows), len(rows[0]), style="Table Grid")
        for cells, row in zip(grid.rows, rows, strict=True):
            for cell, text in zip(cells.cells, row, strict=True):
                cell.text = text
        if page < pages:
            document.add_page_break()  # type: ignore[no-untyped-call]  # python-docx leaves it so
    document.save(str(path))
    return path


def make_pdf(path: Path, pages: int, docx: Path) -> Path:
    """Let LibreOffice print the .docx, as an office would; without it write the text raw."""
    if OFFICE is None:
        path.write_bytes(_raw_pdf([[*sentences(page), *map("  ".join, table(page))] for page in range(1, pages + 1)]))
        return path
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run([OFFICE, f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "pdf",
                        "--outdir", str(path.parent), str(docx)], check=True, capture_output=True)
    return path


def _raw_pdf(pages: list[list[str]]) -> bytes:
    """Write lines of Chinese text with a font that every reader knows by name."""
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
               b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
               b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo"
               b"<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/DW 1000>>"]
    for number, lines in enumerate(pages):
        cut = [text[at:at + 44] for text in lines for at in range(0, len(text), 44)]
        shown = " ".join(f"<{text.encode('utf-16-be').hex()}> Tj T*" for text in cut)
        stream = f"BT /F 10 Tf 14 TL 60 780 Td {shown} ET".encode()
        objects.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
                       f"/Contents {6 + 2 * number} 0 R>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    out, starts = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    places = b"".join(b"%010d 00000 n \n" % start for start in starts)
    return bytes(out + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1, places, len(objects) + 1, len(out)))


def make_sheet(path: Path, rows: int) -> Path:
    from xlsxwriter import Workbook

    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("资金表")
        sheet.write_row(0, 0, ["项目", "预算数（万元）", "执行数（万元）", "执行率"])
        for row in range(1, rows):
            plan, done = 100 + row % 89, 90 + row % 83
            sheet.write_row(row, 0, [f"第{row}个项目", plan, done, f"{done / plan * 100:.2f}%"])
        sheet.write_row(rows, 0, ["合计", sum(100 + r % 89 for r in range(1, rows)),
                                  sum(90 + r % 83 for r in range(1, rows))])
    return path


def make_filings() -> None:
    """Make a county's filings and keep those that are reports: a converter has no answer to the others."""
    sys.path.insert(0, str(ROOT))
    from corpus.filings import make

    shutil.rmtree(FILINGS, ignore_errors=True)
    for name, what in make(MANY, FILINGS, seed=3).items():
        if what["kind"] not in ("report", "copy", "again"):
            (FILINGS / name).unlink()


def pages_of(path: Path) -> int:
    import pypdfium2

    document = pypdfium2.PdfDocument(str(path))
    try:
        return len(document)
    finally:
        document.close()


def converter() -> list[str | Path]:
    """Return markitdown's command, installing it into an environment of its own the first time."""
    home = HOME / "markitdown"
    binaries = home / ("Scripts" if os.name == "nt" else "bin")
    program = binaries / ("markitdown.exe" if os.name == "nt" else "markitdown")
    if not program.exists():
        venv.create(home, with_pip=True)
        python = binaries / ("python.exe" if os.name == "nt" else "python")
        subprocess.run([str(python), "-m", "pip", "install", "-q", "markitdown[docx,pdf,xlsx]"], check=True)
    return [program]


CONVERT = """
import sys
from pathlib import Path
from markitdown import MarkItDown
program = MarkItDown()
for path in sorted(Path(sys.argv[1]).rglob("*")):
    if path.is_file():
        program.convert(str(path))
"""


def side_by_side(alone: bool) -> Iterator[str]:
    """Check a folder of filings in one process, and with two workers, beside a converter that takes them in one process."""
    count = sum(path.is_file() for path in FILINGS.rglob("*"))
    yield from [f"Filings of two pages (.docx, .xlsx, .pdf), {count} of them, in one process:", "",
                "| what | wall | files per second | processor | files per second and core | peak memory |", "|---|---:|---:|---:|---:|---:|"]
    out, runs = HOME / "many.xlsx", [(f"`fusuan batch --jobs {jobs}`, workbook written", fusuan("batch", FILINGS, "-o", HOME / "many.xlsx", "--fresh",
                                                                                         "--jobs", str(jobs))) for jobs in (1, 2)]
    if not alone:
        runs.append(("markitdown, conversion alone", [Path(converter()[0]).parent / f"python{'.exe' if os.name == 'nt' else ''}", "-c", CONVERT, FILINGS]))
    for name, command in runs:
        cost = measure(command, runs=1)
        yield (f"| {name} | {cost.seconds:.1f} s | {count / cost.seconds:.1f} | {cost.busy:.1f} s | {count / cost.busy:.1f} | {cost.megabytes:.0f} MB |")
    out.unlink(missing_ok=True)


def fusuan(*arguments: str | Path) -> list[str | Path]:
    return [sys.executable, ROOT / "cli.py", *arguments]


def against(inputs: dict[str, Path]) -> Iterator[str]:
    """Check the same files beside a program that merely converts them to Markdown, by processor time."""
    yield "| file | `fusuan check` | peak memory | markitdown, conversion alone | peak memory | fusuan takes |"
    yield "|---|---:|---:|---:|---:|---:|"
    other = converter()
    for name, path in inputs.items():
        own, its = measure(fusuan("check", path)), measure([*other, path])
        took, its_took = (cost.busy or cost.seconds for cost in (own, its))
        yield f"| {name} | {took:.2f} s | {own.megabytes:.0f} MB | {its_took:.2f} s | {its.megabytes:.0f} MB | {took / its_took:.2f} of its time |"


def growth(kind: str, files: dict[int, Path]) -> Iterator[str]:
    """Show that time grows with the pages and no faster."""
    bare = measure(fusuan("--help")).seconds
    for pages, path in files.items():
        cost = measure(fusuan("check", path), runs=3)
        yield (f"| {kind} | {pages} | {cost.seconds:.2f} s | {(cost.seconds - bare) / pages * 1000:.1f} ms "
               f"| {cost.megabytes:.0f} MB |")


def compiled() -> None:
    """Compile the modules, as pip does where it installs them: the other program's are."""
    for folder in sorted({path.parent for path in ROOT.glob("*/__init__.py")}):
        compileall.compile_dir(folder, quiet=2)


def make() -> None:
    """Write every input, and how many pages each .pdf came to."""
    counts = {}
    for pages in PAGES:
        docx = make_docx(HOME / f"report{pages}.docx", pages)
        counts[pages] = pages_of(make_pdf(HOME / f"report{pages}.pdf", pages, docx))
    make_sheet(HOME / "sheet.xlsx", ROWS)
    make_filings()
    COUNTS.write_text(json.dumps(counts), encoding="utf-8")


def report(alone: bool) -> Iterator[str]:
    compiled()
    # in a process of its own: a child's peak memory counts from that of the process that starts it
    subprocess.run([sys.executable, __file__, "--make"], check=True)
    printed = {int(asked): int(count) for asked, count in json.loads(COUNTS.read_text(encoding="utf-8")).items()}
    docx = {pages: HOME / f"report{pages}.docx" for pages in PAGES}
    pdf = {count: HOME / f"report{pages}.pdf" for pages, count in printed.items()}
    sheet, (few, many, *_) = HOME / "sheet.xlsx", sorted(pdf)
    yield from HEAD.format(python=platform.python_version(), cores=os.cpu_count(), system=platform.system(),
                           date=time.strftime("%Y-%m-%d"),
                           source="printed by LibreOffice" if OFFICE else "written raw").splitlines()
    if not alone:
        yield from ["", "## Beside a converter", "", *against({
            f"{PAGES[0]}-page .docx": docx[PAGES[0]], f"{few}-page .pdf": pdf[few], f"{many}-page .pdf": pdf[many]})]
    yield from ["", "## From few pages to many", "", "| format | pages | `fusuan check` | per page | peak memory |",
                "|---|---:|---:|---:|---:|", *growth(".docx", docx), *growth(".pdf", pdf)]
    yield from ["", "## Many files", "", *side_by_side(alone)]
    yield from ["", "## Long, wide and many tables", "", *_tall()]
    cost = measure(fusuan("check", sheet, "-o", HOME / "sheet-out.xlsx"))
    bare, own = (measure(command, runs=15).seconds for command in ([sys.executable, "-c", "import click"],
                                                                   fusuan("--help")))
    yield from ["", "## The rest", "", "| what | measured |", "|---|---:|",
                f"| a sheet of {ROWS:,} rows (.xlsx), checked and a workbook written | {cost.seconds:.2f} s, "
                f"{cost.megabytes:.0f} MB |",
                f"| `fusuan --help` against `python -c \"import click\"` | {own * 1000:.0f} ms ÷ {bare * 1000:.0f} ms = "
                f"{own / bare:.2f} |"]


def _tall() -> Iterator[str]:
    """The costs of bench/tall.py, measured in a process of its own."""
    yield "By `bench/tall.py`: processor seconds of one warm process, stage by stage; the last column should stay near four."
    yield ""
    told = subprocess.run([sys.executable, ROOT / "bench" / "tall.py"], check=True, capture_output=True, text=True, encoding="utf-8")
    yield from told.stdout.splitlines()


HEAD = """# Benchmark

Written by `make bench` (`bench/bench.py`) in one run: whole processes, interpreter start included, the median of
several runs after one that does not count; beside the converter processor time. The inputs are made by the script; the .pdf is {source}.

Measured {date} with Python {python} on {cores} cores, {system}."""


def main(arguments: Sequence[str]) -> int:
    HOME.mkdir(exist_ok=True)
    if "--make" in arguments or "--make-many" in arguments:
        (make if "--make" in arguments else make_filings)()
        return 0
    if "--many" in arguments:
        subprocess.run([sys.executable, __file__, "--make-many"], check=True)
        for line in side_by_side("--alone" in arguments):
            print(line, flush=True)
        return 0
    lines = list(report("--alone" in arguments))
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
