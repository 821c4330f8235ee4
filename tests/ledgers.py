"""Tables of accounts made by rule, of many kinds, all of them right: in their frame, and copied out as text in every style.

`python -m tests.ledgers [EACH [TURNS]] [KIND …] [STYLE …]` prints by kind and by style what is found and accused, also with one digit of one
figure changed; `--tell` one by one. What must hold is in bench/ledgers.json (tests/test_ledgers.py); `--write` raises it.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import flattened
from fusuan.model import Document, Finding, Paragraph, Place, Verdict
from tests.forms import findings_of, laid_out, slipped, told
from tests.ledger_kinds import KINDS, made

FLOORS = Path(__file__).parent.parent / "bench" / "ledgers.json"
Case = dict[str, Any]


def cases(each: int) -> Iterator[Case]:
    """So many tables of each kind: the same every time."""
    yield from (made(kind, number) for kind in KINDS for number in range(each))


def read(case: Case, style: str) -> list[Finding]:
    """What is found in a table copied out in a style."""
    lines = (Paragraph(line, Place(paragraph=n)) for n, line in enumerate(flattened.written(case, style).split("\n"), 1) if line.strip())
    return findings_of(Document("", "txt", tuple(lines)))


def misprinted(case: Case, number: int) -> tuple[Case, dict[str, Any], str] | None:
    """The table with one digit of a figure changed that is a sum, a rate or a product, that relation, and the figure as printed."""
    if not case["relations"]:
        return None
    relation = case["relations"][random.Random(number).randrange(len(case["relations"]))]
    new = slipped(relation["stated"], number)
    if new is None:
        return None
    (t, r, c), blocks, tables = relation["cell"], [], 0
    for block in case["blocks"]:
        if not isinstance(block, str):
            block = [[new if (tables, y, x) == (t, r, c) else text for x, text in enumerate(row)] for y, row in enumerate(block)]
            tables += 1
        blocks.append(block)
    return {**case, "blocks": blocks}, relation, new


def said(finding: Finding) -> str:
    return f"{finding.label} {finding.stated.text} ≠ {finding.computed.formula if finding.computed else ''}"


def _broken(findings: Sequence[Finding]) -> list[Finding]:
    return [f for f in findings if f.verdict is Verdict.BROKEN]


def _about(finding: Finding, new: str) -> bool:
    """Tell whether a figure as printed is what a finding states or computes with."""
    return bool(flattened.numbers(new) & flattened.numbers(finding.stated.text, *(o.text for o in (finding.computed.operands if finding.computed else ()))))


def tried(case: Case, number: int, style: str, tell: bool) -> Counter[str]:
    """What comes of a table in a style ("framed" is one), right and with a misprint."""
    def findings(some: Case) -> list[Finding]:
        return findings_of(laid_out(some)) if style == "framed" else read(some, style)
    if style == "a line a row, the lower half":
        half = max(len(block) for block in case["blocks"] if not isinstance(block, str)) // 2
        case = {**case, "relations": [r for r in case["relations"] if min(y for _, y, _ in (r["cell"], *r["operands"])) >= half]}
    own = findings(case)
    met, accused = flattened.met(case, own), _broken(own)
    count = Counter(relations=len(case["relations"]), found=len(met), accused=len(accused))
    if tell:
        for n in sorted(set(range(len(case["relations"]))) - met):
            print(case["name"], style, "lost", told(case["relations"][n]))
        for f in accused:
            print(case["name"], style, "ACCUSED", said(f))
    if (spoilt := misprinted(case, number)) is not None:
        changed, relation, new = spoilt
        broken = _broken(findings(changed))
        caught = any(flattened.numbers(f.stated.text) == flattened.numbers(new) for f in broken)
        others = [f for f in broken if not _about(f, new)]
        count += Counter(slips=1, caught=caught, others=len(others))
        if tell and not caught:
            print(case["name"], style, "PASSED", told(relation), "as", new)
        for f in others if tell else ():
            print(case["name"], style, "OTHER", said(f), "where", told(relation), "as", new)
    return count


STYLES = ("framed", *flattened.STYLES)


def measured(each: int = 4, kinds: Sequence[str] = (), styles: Sequence[str] = STYLES, turns: int = 1, tell: bool = False) -> dict[str, Counter[str]]:
    """By kind and by style, what comes of so many tables of each; `turns`: every how many-th style of a table is tried."""
    total: dict[str, Counter[str]] = {}
    for n, case in enumerate(cases(each)):
        kind, _, number = case["name"].rpartition(" ")
        if kinds and kind not in kinds:
            continue
        for at, style in enumerate(styles):
            if (at + n) % turns == 0:
                count = tried(case, int(number), style, tell)
                for key in (kind + ("" if style == "framed" else ", flat"), style):
                    total.setdefault(key, Counter()).update(count)
    return total


def totals() -> dict[str, int]:
    """What bench/ledgers.json holds: in the frame and in the text, in some styles of each table."""
    every = measured(2, turns=3)
    framed = every["framed"]
    flat = sum((count for key, count in every.items() if key in flattened.STYLES), Counter[str]())
    return {"framed found": framed["found"], "framed caught": framed["caught"], "found": flat["found"], "caught": flat["caught"],
            "accused": framed["accused"] + flat["accused"], "others": framed["others"] + flat["others"]}


if __name__ == "__main__":
    if "--write" in sys.argv:
        now = totals()
        held = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else now
        worst = ("accused", "others")
        FLOORS.write_text(json.dumps({key: (min if key in worst else max)(now[key], held[key]) for key in now}, indent=1) + "\n", "utf-8")
        sys.exit(print(now))
    kinds = [word for word in sys.argv[1:] if word in KINDS]
    styles = [word for word in sys.argv[1:] if word in STYLES] or STYLES
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    each, turns = (*numbers, *(3, 1)[len(numbers):])
    for key, count in measured(each, kinds, styles, turns, "--tell" in sys.argv).items():
        print(f"{key:30} found {count['found']:4} of {count['relations']:4} ({count['found'] / max(1, count['relations']):.0%})  accused {count['accused']}"
              f"  caught {count['caught']:3} of {count['slips']:3}, others {count['others']}")
