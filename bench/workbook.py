"""Measure the workbook of many findings: seconds of processor time, megabytes, and whether LibreOffice opens it and finds every row.

    python bench/workbook.py [FINDINGS …]        default 2500 5000 10000 20000; the last is opened

The specimens of corpus/ again and again, each time under another unit's name. Prints lines of markdown for docs/scale.md.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fusuan.model import Audit

ROOT = Path(__file__).resolve().parent.parent
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def specimens() -> list[Audit]:
    """Return some audits in which something does not agree."""
    from fusuan.batch.audit import audit

    found = (audit(path) for path in sorted((ROOT / "corpus" / "specimens").iterdir()) if path.suffix in (".docx", ".xlsx"))
    return [one for one in found if any(not finding.agrees for finding in one.findings)]


def repeated(audits: list[Audit], findings: int) -> Iterator[Audit]:
    """Yield them again and again, until so many findings do not agree."""
    told = 0
    for number in count():
        audit = audits[number % len(audits)]
        yield replace(audit, source=replace(audit.source, name=f"{number}-{audit.source.name}", unit=f"某县第{number // 4 + 1}单位"))
        told += sum(not finding.agrees for finding in audit.findings)
        if told >= findings:
            return


def rows(path: Path, sheet: str) -> int:
    """Count the rows of a sheet that hold anything, the heading aside."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    found = sum(any(cell is not None for cell in row) for name in book.sheetnames if name.startswith(sheet)
                for row in book[name].iter_rows(min_row=2, values_only=True))
    book.close()
    return found


def opened(path: Path, folder: Path) -> Path:
    """Have LibreOffice open a workbook and write what it sees; return the copy."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run([str(OFFICE), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", "xlsx", "--outdir",
                        str(folder), str(path)], check=True, capture_output=True)
    return folder / path.name


def made(findings: int, path: Path) -> tuple[float, float, int]:
    """Write a workbook in a process of its own; return processor seconds and megabytes of writing, and the number of findings."""
    done = subprocess.run([sys.executable, __file__, "--make", str(findings), str(path)], stdout=subprocess.PIPE, text=True, check=True)
    seconds, megabytes, told = done.stdout.split()
    return float(seconds), float(megabytes), int(told)


def make(findings: int, path: Path) -> None:
    import resource
    from time import process_time

    from fusuan import export
    from fusuan.model import Batch

    audits = specimens()
    told = 0

    def counted() -> Iterator[Audit]:
        nonlocal told
        for audit in repeated(audits, findings):
            told += sum(not finding.agrees for finding in audit.findings)
            yield audit

    start = process_time()
    export.write(counted(), path, Batch(files=10**4))
    print(process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, told)


def main(counts: list[int]) -> None:
    with tempfile.TemporaryDirectory() as held:
        for number in counts:
            path = Path(held, f"{number}.xlsx")
            seconds, megabytes, told = made(number, path)
            print(f"| {told:,} findings | {seconds:.1f} s | {seconds / told * 1000:.2f} ms each | {megabytes:.0f} MB | "
                  f"a file of {path.stat().st_size / (1 << 20):.1f} MB |", flush=True)
        if OFFICE:
            folder = Path(held, "opened")
            folder.mkdir()
            start = time.perf_counter()
            copy = opened(path, folder)
            print(f"| opened in LibreOffice and written anew | {time.perf_counter() - start:.0f} s | {rows(copy, '疑点清单'):,} rows of {told:,} |")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        make(int(sys.argv[2]), Path(sys.argv[3]))
    else:
        main([int(word) for word in sys.argv[1:]] or [2500, 5000, 10000, 20000])
