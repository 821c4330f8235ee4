"""The forms of corpus/forms.jsonl, of many layouts, each with every relation that an auditor would recompute: how much is found.

`python -m tests.forms` prints what is not; `--slips` also every misprint that is not noticed; `--write` raises what bench/forms.json
holds (tests/test_forms.py). A cell is [table, row, column], from 0; "<" goes on to the left, "^" goes on from above.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from fusuan import checks, patterns, relations
from fusuan.model import Document, Figure, Finding, Paragraph, Place, Table, Verdict, Words
from tests.form_layouts import table

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "bench" / "forms.json"
SLIPPED = {"sum", "balance", "rate", "growth", "change", "share", "score_rate", "score_sum", "weight_sum"}
"""Kinds of relations whose figure is misprinted to see whether it is noticed."""
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")

Cell = tuple[int, int, int]


class Slip(NamedTuple):
    """A right figure with one digit changed: whether it was called wrong, what was noticed of it, and who else was accused."""

    relation: str
    caught: bool
    noticed: bool
    others: list[str]


class Measured(NamedTuple):
    """What came of one form: relations not found, those wrong in it that were accused, and accusations without cause."""

    name: str
    missed: list[str]
    caught: int
    accused: list[str]
    slips: list[Slip]


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (ROOT / "corpus" / "forms.jsonl").read_text("utf-8").splitlines()]


def laid_out(case: dict[str, Any], changed: dict[Cell, str] | None = None) -> Document:
    """The form as a document; `changed`: what stands in some of its cells instead."""
    blocks: list[Paragraph | Table] = []
    count = 0
    for block in case["blocks"]:
        if isinstance(block, str):
            blocks.append(Paragraph(block, Place(paragraph=len(blocks) + 1)))
            continue
        rows = [[(changed or {}).get((count, r, c), text) for c, text in enumerate(row)] for r, row in enumerate(block)]
        count += 1
        blocks.append(table("\n".join(" | ".join(row) for row in rows), count))
    return Document("form.docx", "docx", tuple(blocks))


def findings_of(document: Document) -> list[Finding]:
    return list(checks.run(relations.find(patterns.find(document)).statements))


def cell_of(place: Place) -> Cell | None:
    if place.table is None or place.row is None or place.column is None:
        return None
    return place.table - 1, place.row, place.column


def about(finding: Finding) -> Iterator[Figure | Words]:
    """The figures that a finding states or computes with."""
    yield finding.stated
    yield from finding.computed.operands if finding.computed else ()


def meets(relation: dict[str, Any], finding: Finding) -> bool:
    """Tell whether a finding recomputes a relation: its figure, from half of its operands or more (or these from it), or a total
    from finer parts in the same column or row.
    """
    cells = {cell_of(f.place) for f in about(finding)} | {cell_of(finding.place)}
    at, meant = tuple(relation["cell"]), {tuple(cell) for cell in relation["operands"]}
    if at not in cells:
        return False
    return 2 * len(cells & meant) >= len(meant) or cell_of(finding.place) == at and finding.label.endswith("sum") \
        and any(len({cell[side] for cell in (*cells - {at, None}, *meant) if cell}) == 1 for side in (1, 2))


def slipped(text: str, turn: int) -> str | None:
    """A figure with its second digit changed, its only one if it has but one before the point.

    >>> slipped("1,236.50", 0), slipped("8%", 1), slipped("0.00", 0)
    ('1,536.50', '2%', None)
    """
    found = _NUMBER.search(text)
    if found is None or not Decimal(found.group().replace(",", "")):
        return None
    spots = [n for n in range(found.start(), found.end()) if text[n].isdigit()]
    at = spots[1] if len(found.group().partition(".")[0]) > 1 else spots[0]
    digit = (int(text[at]) + 3 + turn % 4) % 10
    if at == spots[0] and digit == 0:
        digit = 5 if text[at] != "5" else 8
    return text[:at] + str(digit) + text[at + 1:]


def slips(case: dict[str, Any]) -> Iterator[Slip]:
    for turn, relation in enumerate(case["relations"]):
        new = slipped(relation["stated"], turn) if relation["verdict"] == "ok" and relation["kind"] in SLIPPED else None
        if new is not None:
            yield _slip(case, relation, new)


def _slip(case: dict[str, Any], relation: dict[str, Any], new: str) -> Slip:
    at = tuple(relation["cell"])
    findings = findings_of(laid_out(case, {at: new}))
    broken = [f for f in findings if f.verdict is Verdict.BROKEN]
    others = [said(f) for f in broken if at not in {cell_of(g.place) for g in about(f)} and not _wrong(case, f)]
    noticed = any(at in {cell_of(g.place) for g in about(f)} for f in findings if f.verdict in (Verdict.BROKEN, Verdict.DOUBTFUL))
    return Slip(f"{told(relation)} as {new}", any(cell_of(f.stated.place) == at for f in broken), noticed, others)


def _wrong(case: dict[str, Any], finding: Finding) -> bool:
    wrong = {tuple(r["cell"]) for r in case["relations"] if r["verdict"] == "wrong"}
    return bool(wrong & {cell_of(f.place) for f in about(finding)})


def told(relation: dict[str, Any]) -> str:
    table_, row, column = relation["cell"]
    return f"{relation['kind']} T{table_ + 1}!{chr(65 + column)}{row + 1} {relation['stated']} <- {relation['formula']}"


def said(finding: Finding) -> str:
    return f"{finding.stated.text} {finding.computed.formula if finding.computed else ''} {finding.place}"


@cache
def measured(with_slips: bool = False) -> tuple[Measured, ...]:
    """Every form, read and held against its relations; with the misprints, if asked."""
    return tuple(_measured(case, with_slips) for case in cases())


def _measured(case: dict[str, Any], with_slips: bool) -> Measured:
    findings = findings_of(laid_out(case))
    broken = [f for f in findings if f.verdict is Verdict.BROKEN]
    wrong = [r for r in case["relations"] if r["verdict"] == "wrong"]
    counted = [r for r in case["relations"] if r["verdict"] != "soft"]
    missed = [told(r) for r in counted if not any(meets(r, f) for f in findings)]
    caught = sum(any(cell_of(f.stated.place) == tuple(r["cell"]) for f in broken) for r in wrong)
    accused = [said(f) for f in broken if not _wrong(case, f)]
    return Measured(case["name"], missed, caught, accused, list(slips(case)) if with_slips else [])


def totals() -> dict[str, int]:
    """Count what bench/forms.json holds."""
    every = measured(True)
    spoilt = [s for m in every for s in m.slips]
    return {"missed": sum(len(m.missed) for m in every), "caught": sum(m.caught for m in every),
            "accused": sum(len(m.accused) for m in every), "slips caught": sum(s.caught for s in spoilt),
            "slips noticed": sum(s.noticed for s in spoilt), "others accused": sum(len(s.others) for s in spoilt)}


def floors() -> dict[str, int]:
    held: dict[str, int] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return held


def main(arguments: list[str]) -> None:
    for m in measured(True):
        for line in (*m.missed, *(f"ACCUSED {accused}" for accused in m.accused)):
            print(m.name, line)
        for slip in m.slips if "--slips" in arguments else ():
            for line in (*(() if slip.caught else ("noticed" if slip.noticed else "PASSED",)), *(f"ACCUSED {o}" for o in slip.others)):
                print(m.name, "slip", slip.relation, line)
    now, of = totals(), sum(len(m.slips) for m in measured(True))
    print(now, "of", sum(r["verdict"] != "soft" for case in cases() for r in case["relations"]), "relations,", of, "slips")
    if "--write" in arguments:
        held = floors() if FLOORS.exists() else now
        better = {key: min if key in ("missed", "accused", "others accused") else max for key in now}
        FLOORS.write_text(json.dumps({key: better[key](now[key], held[key]) for key in now}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
