"""Hold the program against labelled cases, in every format, and rewrite the tables of docs/accuracy.md.

usage: python bench/accuracy.py CASES_FOLDER [--quick]

CASES_FOLDER holds render.py, score.py and tamper.py with the folders narrative/ and tables/ of labelled cases. Everything
is rendered to a temporary folder (PDF needs LibreOffice), checked by `fusuan batch`, scored, and the figures put between
the marks of docs/accuracy.md. --quick leaves the seeded errors out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "accuracy.md"
START, END = "<!-- measured -->", "<!-- end -->"
KINDS = ("sum", "balance", "rate", "growth", "score_rate", "score_sum", "weight_sum", "score_cap", "score_rule", "target",
         "grade", "cross", "trend", "missing")
Rows = list[list[str]]


def main() -> None:
    folder = Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as temporary:
        lines = list(_measured(folder, Path(temporary), "--quick" in sys.argv))
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(START)
    PAGE.write_text(f"{before}{START}\n\n" + "\n".join(lines) + f"\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


def _measured(folder: Path, work: Path, quick: bool) -> Iterator[str]:
    forms, texts = folder / "tables", folder / "narrative"
    runs = [("forms", forms, (".docx", ".xlsx", ".pdf"), []), ("texts", texts, (".docx", ".pdf"), []),
            ("texts, full-width", texts, (".docx", ".pdf"), ["--fullwidth"])]
    totals: Rows = []
    kinds: dict[str, dict[str, Any]] = {}
    for name, cases, suffixes, options in runs:
        made = work / name.replace(", ", "-")
        _run(folder / "render.py", made, cases, *options)
        for suffix in suffixes:
            results = _checked(made, suffix, work)
            for part in ([], ["--only", "prose"], ["--only", "flattened"]) if cases == texts else ([],):
                scored = _scored(folder, results, cases, part)
                totals.append([f"{name} {suffix}{' (' + part[1] + ')' if part else ''}", *_cells(scored["total"])])
            if suffix == ".docx" and not options:
                kinds[name] = _scored(folder, results, cases, [])["by_kind"]
    yield from _table(["", "labelled", "found", "right", "wrong", "caught", "alarms"], totals)
    for name, found in kinds.items():
        yield from ["", f"By kind, {name} as .docx:", ""]
        yield from _table(["kind", "labelled", "found", "right", "wrong", "caught"],
                          [[kind, *_cells(found[kind])[:5]] for kind in KINDS if kind in found])
    if not quick:
        yield from ["", "Seeded errors (one digit of one right relation changed in each):", ""]
        yield from _table(["", "seeded", "found", "right", "wrong", "caught", "alarms"], list(_seeded(folder, work)))


def _seeded(folder: Path, work: Path) -> Iterator[list[str]]:
    for name, suffixes in (("tables", (".docx", ".xlsx", ".pdf")), ("narrative", (".docx", ".pdf"))):
        cases, made = work / f"seeded-{name}", work / f"made-{name}"
        _run(folder / "tamper.py", cases, folder / name)
        _run(folder / "render.py", made, cases)
        for suffix in suffixes:
            results = _checked(made, suffix, work)
            for part in ([], ["--only", "prose"]) if name == "narrative" else ([],):
                label = f"{'forms' if name == 'tables' else 'texts'} {suffix}{' (prose)' if part else ''}"
                yield [label, *_cells(_scored(folder, results, cases, part)["total"])]


def _run(script: Path, *arguments: Path | str) -> str:
    done = subprocess.run([sys.executable, str(script), *map(str, arguments)], check=True, capture_output=True, text=True)
    return done.stdout


def _checked(made: Path, suffix: str, work: Path) -> Path:
    """Check the files of one format; return the JSON Lines."""
    only = work / "one"
    only.mkdir(exist_ok=True)
    for old in only.iterdir():
        old.unlink()
    for file in made.glob(f"*{suffix}"):
        (only / file.name).symlink_to(file)
    results = work / "results.jsonl"
    subprocess.run([sys.executable, str(ROOT / "cli.py"), "batch", str(only), "--jsonl", str(results), "-o", str(work / "book.xlsx")],
                   check=False, capture_output=True)
    return results


def _scored(folder: Path, results: Path, cases: Path, part: list[str]) -> dict[str, Any]:
    scored: dict[str, Any] = json.loads(_run(folder / "score.py", results, cases, "--json", *part))
    return scored


def _cells(total: dict[str, Any]) -> list[str]:
    labelled, found = total.get("labelled", 0), total.get("found", 0)
    share = f"{found} ({100 * found / labelled:.1f} %)" if labelled else "0"
    return [str(labelled), share, str(total.get("right", 0)), str(total.get("wrong", 0)), str(total.get("caught", 0)),
            str(total.get("alarms", 0))]


def _table(head: list[str], rows: Rows) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


if __name__ == "__main__":
    main()
