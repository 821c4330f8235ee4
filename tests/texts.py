"""The reports of corpus/texts.jsonl, of many kinds, each with every relation that an auditor would recompute: how much is found.

`python -m tests.texts` prints what is not; `--write` raises what bench/texts.json holds (tests/test_texts.py).
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from fusuan import checks, patterns, relations
from fusuan.model import Document, Finding, Paragraph, Place, Verdict

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "bench" / "texts.json"
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_FACTORS = {Decimal(n) for n in (1, 100, 1000, 10_000, 100_000_000)}


class Measured(NamedTuple):
    """What came of one text: relations not found, those wrong in the text that were accused, and accusations without cause."""

    name: str
    missed: list[str]
    caught: int
    accused: list[str]


def numbers(text: str) -> set[Decimal]:
    """The numbers of a text, however they are written.

    >>> sorted(numbers("１,２３４.50万元，占 3 千分之5")) == [Decimal("3"), Decimal("5"), Decimal("1234.5")]
    True
    """
    plain = re.sub(r"(?<=[0-9])\s(?=[0-9]{3})", "", unicodedata.normalize("NFKC", text))
    return {Decimal(number.replace(",", "")).normalize() for number in _NUMBER.findall(plain)}


def meets(relation: dict[str, Any], finding: Finding) -> bool:
    """Tell whether a finding recomputes a relation: its figure, or its words, from half of its operands or more."""
    operands = {abs(f.value).normalize() for f in finding.computed.operands} if finding.computed else set()
    meant = set().union(*(numbers(text) for text in relation["operands"])) - _FACTORS
    stated = numbers(relation["stated"])
    said = numbers(finding.stated.text)
    return (bool(stated & said) if stated else not said) and 2 * len(operands & meant) >= len(meant)


def findings_of(text: str) -> list[Finding]:
    lines = (Paragraph(line, Place(paragraph=n)) for n, line in enumerate(text.split("\n"), 1) if line.strip())
    return list(checks.run(relations.find(patterns.find(Document("", "txt", tuple(lines)))).statements))


@cache
def measured() -> tuple[Measured, ...]:
    """Every text, read and held against its relations."""
    return tuple(_measured(json.loads(line)) for line in (ROOT / "corpus" / "texts.jsonl").read_text("utf-8").splitlines())


def _measured(case: dict[str, Any]) -> Measured:
    findings = findings_of(case["text"])
    broken = [f for f in findings if f.verdict is Verdict.BROKEN]
    wrong = [r for r in case["relations"] if r["verdict"] == "wrong"]
    missed = [f"{r['kind']} {r['stated']} <- {r['formula']}" for r in case["relations"] if not any(meets(r, f) for f in findings)]
    blamed = set().union(*(numbers(r["stated"]) for r in wrong)) if wrong else set[Decimal]()
    accused = [f"{f.stated.text} {f.computed.formula if f.computed else ''}" for f in broken if not numbers(f.stated.text) & blamed]
    return Measured(case["name"], missed, sum(any(meets(r, f) for f in broken) for r in wrong), accused)


def totals() -> dict[str, int]:
    """Count what bench/texts.json holds."""
    return {"missed": sum(len(m.missed) for m in measured()), "caught": sum(m.caught for m in measured()),
            "accused": sum(len(m.accused) for m in measured())}


def floors() -> dict[str, int]:
    held: dict[str, int] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return held


def main(arguments: list[str]) -> None:
    for m in measured():
        for line in (*m.missed, *(f"ACCUSED {accused}" for accused in m.accused)):
            print(m.name, line)
    now = totals()
    print(now)
    if arguments == ["--write"]:
        held = floors() if FLOORS.exists() else now
        best = {key: (max if key == "caught" else min)(now[key], held[key]) for key in now}
        FLOORS.write_text(json.dumps(best, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
