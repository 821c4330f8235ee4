"""供程序读取的结果（.json），格式 fusuan/1。"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain, islice
from pathlib import Path
from typing import Any

from fusuan.desk import fingerprints
from fusuan.export._rows import short
from fusuan.export._told import formula_of
from fusuan.model import Audit, Figure, Finding, Unchecked, Verdict, Words, plain

SUFFIXES: tuple[str, ...] = (".json",)
SCHEMA = "fusuan/1"


def as_json(audit: Audit) -> dict[str, Any]:
    """Return the audit as the JSON contract has it; every decimal is a string."""
    return {
        "schema": SCHEMA,
        "file": _file(audit),
        "status": audit.status,
        "error": dict(audit.error) if audit.error else None,
        "checks": [_check(number, finding, name)
                   for number, (finding, name) in enumerate(zip(audit.findings, fingerprints(audit), strict=True), 1)],
        "not_checked": [_unchecked(item) for item in audit.unchecked],
        "summary": _summary(audit),
        "coverage": {"sufficient": not audit.thin, "message": audit.thin or None},
        "remarks": list(audit.remarks),
    }


def text(audit: Audit, indent: int | None = None) -> str:
    """Return the audit as JSON text that any encoding of Unicode can hold."""
    whole = json.dumps(as_json(audit), ensure_ascii=False, indent=indent)
    # a file name that is no Unicode arrives with lone surrogates; as \udcXX they are legal JSON
    return whole.encode("utf-8", "backslashreplace").decode("utf-8")


def write(audits: Iterable[Audit], path: Path) -> None:
    """Write one audit as an object, any other number as an array, holding one at a time."""
    rest = iter(audits)
    head = list(islice(rest, 2))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        if len(head) == 1:
            file.write(text(head[0], indent=2) + "\n")
            return
        file.write("[")
        for number, audit in enumerate(chain(head, rest)):
            file.write(("," if number else "") + "\n" + text(audit))
        file.write("\n]\n")


def _file(audit: Audit) -> dict[str, Any]:
    source = audit.source
    return {"name": source.name, "path": source.path, "sha256": source.sha256, "format": source.format,
            "pages": source.pages, "unit": source.unit, "year": source.year, "project": source.project, "kind": source.kind}


def _check(number: int, finding: Finding, name: str) -> dict[str, Any]:
    computed, difference = finding.computed, finding.difference
    return {
        "id": f"c{number:03d}",
        "fingerprint": name,
        "rule": finding.check,
        "kind": finding.label,
        "verdict": finding.verdict.value,
        "severity": finding.severity.value,
        "stated": _said(finding.stated),
        "operands": [_said(figure) for figure in computed.operands] if computed else [],
        "expression": computed.formula if computed else "",
        "formula": formula_of(finding),
        "computed": short(computed.value) if computed else None,
        "expected": finding.expected or None,
        "difference": None if difference is None else short(difference),
        "supposition": finding.supposition or None,
        "because": finding.because or None,
        "quote": finding.quote,
        "message": finding.message,
        "where": finding.place.as_json(),
    }


def _said(stated: Figure | Words) -> dict[str, Any]:
    value, unit = (plain(stated.value), stated.unit) if isinstance(stated, Figure) else (None, "")
    return {"text": stated.text, "value": value, "unit": unit, "name": stated.name, "where": stated.place.as_json()}


def _unchecked(item: Unchecked) -> dict[str, Any]:
    figure = item.figure
    return {"text": figure.text, "name": figure.name, "where": figure.place.as_json(), "reason": item.reason}


def _summary(audit: Audit) -> dict[str, Any]:
    return {"figures": len(audit.figures), "checked": len(audit.findings), "broken": audit.count(Verdict.BROKEN),
            "doubtful": audit.count(Verdict.DOUBTFUL), "score_stated": audit.score_stated,
            "score_computed": audit.score_computed, "grade": audit.grade,
            "grade_computed": audit.grade_computed}
