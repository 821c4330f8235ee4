"""Hold tables copied out as text against the same tables in their frames: what is checked in the one and not in the other.

    python -m bench.flattened                the forms of corpus/forms.jsonl, by their labelled relations
    python -m bench.flattened FOLDER         the .docx files of a folder, by what the program finds in them
    ... --tell                               and what differs, one by one
    ... --write                              raise what bench/flattened.json holds (tests/test_flattened.py)

Every document is written as text in each of STYLES, its tables among its paragraphs as people copy them.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "bench" / "flattened.json"
Said = tuple[str, str, str, str]
Rows = list[list[str | None]]
"""The texts of a table row by row; None where a merged cell goes on."""
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_VALUE = re.compile(r"[-+≥≤△−(]?[0-9][0-9,.]*[%‰]?\)?")
_NARROW = 6


def _kept(rows: Rows, sign: str, ends: str = "") -> str:
    return "\n".join(ends + sign.join(text or "" for text in row) + ends[::-1] for row in rows)


def _padded(rows: Rows) -> str:
    """Merged cells once, and bars at the end of the rows for the places that are gone."""
    own = [[text for text in row if text is not None] for row in rows]
    return "\n".join(" | ".join(row) + " | " + "|" * (len(line) - len(row)) for row, line in zip(own, rows, strict=True))


def _filled(rows: Rows, between: str, rows_end: str) -> str:
    return rows_end.join(between.join(text for text in row if text) for row in rows if any(row))


def _broken(rows: Rows) -> Rows:
    """The lines of cells broken where a column was narrow."""
    def lines(text: str) -> str:
        return text if _VALUE.fullmatch(text) else "\n".join(text[n:n + _NARROW] for n in range(0, len(text), _NARROW))
    return [[text and lines(text) for text in row] for row in rows]


def _headless(rows: Rows) -> Rows:
    """The rows from the first that has a value."""
    first = next((n for n, row in enumerate(rows) if any(text and _VALUE.fullmatch(text) for text in row)), 0)
    return rows[first:]


STYLES: dict[str, Callable[[Rows], str]] = {
    "tabs": lambda rows: _kept(rows, "\t"),
    "tabs, merged cells once": lambda rows: "\n".join("\t".join(text for text in row if text is not None) for row in rows),
    "bars": lambda rows: _kept(rows, " | ", "| "),
    "padded bars": _padded,
    "a bar a cell": lambda rows: _padded(rows).replace(" | ", " |\n").replace("\n\n", "\n"),
    "bare bars": lambda rows: _kept(rows, "|"),
    "bars, a line an empty cell": lambda rows: _kept(rows, "|", "|").replace("||", "|\n|").replace("||", "|\n|"),
    "bars, a stream": lambda rows: "|" + _kept(rows, "|").replace("\n", "|").replace("||", "|\n|").replace("||", "|\n|") + "|",
    "bars, no empty cells": lambda rows: _filled(rows, " | ", "\n"),
    "bars, broken lines": lambda rows: _kept(_broken(rows), " | ", "| "),
    "a line a row": lambda rows: _filled(rows, " ", "\n"),
    "a line a row, broken lines": lambda rows: _filled(_broken(rows), " ", "\n"),
    "a line a row, no headings": lambda rows: _filled(_headless(rows), " ", "\n"),
    "a line a row, the lower half": lambda rows: _filled(rows[len(rows) // 2:], " ", "\n"),
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


def numbers(*texts: str) -> set[Decimal]:
    """The numbers that stand in texts."""
    return {Decimal(found.replace(",", "")) for text in texts for found in _NUMBER.findall(text)}


def written(case: dict[str, Any], style: str) -> str:
    """A form of corpus/forms.jsonl as text."""
    def rows(block: list[list[str]]) -> Rows:
        return [[None if text in ("<", "^") else " ".join(text.replace("¶", " ").split()) for text in row] for row in block]
    return "\n".join(block if isinstance(block, str) else STYLES[style](rows(block)) for block in case["blocks"])


def met(case: dict[str, Any], findings: Sequence[Any]) -> set[int]:
    """The relations of a form that findings recompute: the figure, and half of its operands or more; each finding serves one."""
    tables = [block for block in case["blocks"] if not isinstance(block, str)]
    said = [(numbers(f.stated.text), numbers(f.stated.text, *(o.text for o in (f.computed.operands if f.computed else ())))) for f in findings]
    free, found = set(range(len(said))), set[int]()
    for at, relation in enumerate(case["relations"]):
        stated, wanted = numbers(relation["stated"]), numbers(*(tables[t][r][c] for t, r, c in relation["operands"]))
        fits = [(len(said[n][1] & wanted), bool(stated & said[n][0]), -n) for n in free if stated & said[n][1] and 2 * len(said[n][1] & wanted) >= len(wanted)]
        if relation["verdict"] != "soft" and fits:
            free.discard(-max(fits)[2])
            found.add(at)
    return found


@cache
def measured(style: str) -> tuple[Counter[str], tuple[str, ...]]:
    """Over all forms: the relations found in a frame, those of them found in a style, what its text alone accuses; and these one by one."""
    total: Counter[str] = Counter()
    told: list[str] = []
    for case in _cases():
        framed, missing, accused = _held(case, style)
        total.update(framed=framed, found=framed - len(missing), accused=len(accused))
        told += [f"{case['name']} {style}: {line}" for line in (*missing, *accused)]
    return total, tuple(told)


def _held(case: dict[str, Any], style: str) -> tuple[int, list[str], list[str]]:
    from fusuan.model import Document, Paragraph, Place, Verdict
    from tests.forms import findings_of, told

    one, own = _framed(case["name"])
    lines = (Paragraph(line.strip(" "), Place(paragraph=n)) for n, line in enumerate(written(case, style).split("\n"), 1) if line.strip())
    findings = findings_of(Document("", "txt", tuple(lines)))
    # a total over a figure that the frame accuses may be accused in its stead
    wrong = {number for f in own if f.verdict is Verdict.BROKEN for number in numbers(f.stated.text)} \
        | {number for r in case["relations"] if r["verdict"] == "wrong" for number in numbers(r["stated"])}
    messages = {f.message for f in own if f.verdict is Verdict.BROKEN}
    accused = [f"ACCUSED {f.message}" for f in findings if f.verdict is Verdict.BROKEN and f.message not in messages
               and not numbers(f.stated.text, *(o.text for o in (f.computed.operands if f.computed else ()))) & wrong]
    return len(one), [f"lost {told(case['relations'][n])}" for n in sorted(one - met(case, findings))], accused


@cache
def _cases() -> tuple[dict[str, Any], ...]:
    from tests.forms import cases

    return tuple(cases())


@cache
def _framed(name: str) -> tuple[set[int], list[Any]]:
    from tests.forms import findings_of, laid_out

    case = next(case for case in _cases() if case["name"] == name)
    own = findings_of(laid_out(case))
    return met(case, own), own


def floors() -> dict[str, dict[str, int]]:
    """By style how many relations are found at least, and how many accusations there are at most."""
    held: dict[str, dict[str, int]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return held


def said(path: Path) -> Counter[Said]:
    """What the program finds in a file: kind, verdict, the figure as printed, the value recomputed."""
    from fusuan.batch.audit import audit

    return Counter((f.label, f.verdict.name, f.stated.text, str(f.computed.value if f.computed else f.expected))
                   for f in audit(path).findings)


def compare(source: Path, total: Counter[tuple[str, str]]) -> Iterator[str]:
    """Count, by style, the checks of a framed document that its text gives too, and what its text alone finds wrong; yield what differs."""
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
            total.update({(style, "framed"): one.total(), (style, "found"): (one & two).total(), (style, "accused"): len(new)})
            yield from (f"{source.stem} {style}: lost {' '.join(key)}" for key in (one - two).elements())
            yield from (f"{source.stem} {style}: ACCUSED {' '.join(key)}" for key in new)


def main(arguments: list[str]) -> None:
    total: Counter[tuple[str, str]] = Counter()
    told: list[str] = []
    if folder := next((Path(a) for a in arguments if not a.startswith("-")), None):
        told = [line for path in sorted(folder.glob("*.docx")) for line in compare(path, total)]
    else:
        for style in STYLES:
            total.update({(style, key): count for key, count in measured(style)[0].items()})
            told += measured(style)[1]
    print(*told if "--tell" in arguments else (), sep="\n", end="\n" * ("--tell" in arguments))
    for style in STYLES:
        found, framed = total[style, "found"], total[style, "framed"]
        print(f"{style:28} found {found:4} of {framed:4} ({found / max(1, framed):.1%})  accused that the framed twin is not: {total[style, 'accused']}")
    if "--write" in arguments and folder is None:
        held = floors() if FLOORS.exists() else {}
        raised = {style: {"found": max(total[style, "found"], held.get(style, {}).get("found", 0)),
                          "accused": min(total[style, "accused"], held.get(style, {}).get("accused", 99))} for style in STYLES}
        FLOORS.write_text(json.dumps(raised, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main(sys.argv[1:])
