"""由结果存储或 .jsonl 再写出结果，不重新核对。"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from fusuan.batch.folder import written
from fusuan.batch.outputs import Outputs
from fusuan.batch.store import Store, StoreError
from fusuan.batch.tally import Tally
from fusuan.export import write
from fusuan.model import (
    Audit,
    Batch,
    Figure,
    Finding,
    Place,
    Quantity,
    Range,
    Severity,
    Source,
    Unchecked,
    Verdict,
    Words,
)

_SIGNS = frozenset("+-×÷()")


def report(path: Path, outputs: Outputs, tally: Tally) -> None:
    """Write the outputs from what a batch left behind; raises StoreError where it is neither a store nor lines of results."""
    with path.open("rb") as file:
        is_store = file.read(15) == b"SQLite format 3"
    if is_store:
        with Store(path) as store:
            written(store, outputs, tally)
        return
    for output in filter(None, (outputs.whole, outputs.lines)):
        again = Tally() if output is not outputs.whole and outputs.whole else tally
        write(again.counted(audits(path)), output, Batch())
    if not outputs.whole and not outputs.lines:
        for _ in tally.counted(audits(path)):
            pass


def audits(path: Path) -> Iterator[Audit]:
    """Yield the audit of each line of a .jsonl (or of a .json); what that format leaves out (spans, ranges of rounding) is left out."""
    if path.suffix.lower() == ".json":
        yield from _whole(path)
        return
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                if line.strip():
                    yield _audit(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
                raise StoreError(f"{path.name} 第 {number} 行不是核对结果，请给出批量核对时写出的 .jsonl 或 .fusuan") from error


def _whole(path: Path) -> Iterator[Audit]:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        yield from [_audit(one) for one in (said if isinstance(said, list) else [said])]
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation) as error:
        raise StoreError(f"{path.name} 不是核对结果，请给出 fusuan 写出的 .json、.jsonl 或 .fusuan") from error


def _audit(said: dict[str, Any]) -> Audit:
    file, summary = said["file"], said["summary"]
    source = Source(**{name: value for name, value in file.items() if name in Source.__slots__ and value is not None})
    findings = tuple(_finding(check) for check in said["checks"])
    unchecked = tuple(Unchecked(_figure(item), item["reason"]) for item in said["not_checked"])
    figures = dict.fromkeys([figure for finding in findings for figure in _figures(finding)] + [item.figure for item in unchecked])
    return Audit(source, said["status"], said["error"], tuple(figures), findings, unchecked, (), summary["score_stated"],
                 summary["score_computed"], summary["grade"], summary.get("grade_computed"), tuple(said.get("remarks", ())),
                 (said.get("coverage") or {}).get("message", ""))


def _figures(finding: Finding) -> Iterator[Figure]:
    if isinstance(finding.stated, Figure):
        yield finding.stated
    yield from finding.computed.operands if finding.computed else ()


def _finding(check: dict[str, Any]) -> Finding:
    stated = _figure(check["stated"]) if check["stated"]["value"] is not None else Words(
        check["stated"]["text"], Place.of_json(check["stated"]["where"]), name=check["stated"]["name"])
    computed = None if check["computed"] is None else _quantity(check)
    return Finding(check["rule"], check["kind"], stated, Verdict(check["verdict"]), Severity(check["severity"]), check["message"],
                   computed, check["expected"] or "", check["supposition"] or "", check["quote"], check.get("because") or "")


def _quantity(check: dict[str, Any]) -> Quantity:
    value = Decimal(check["computed"])
    operands = [_figure(one) for one in check["operands"]]
    return Quantity(value, Range(value, value), Range(value, value), tuple(_tokens(check["expression"], operands)))


def _tokens(expression: str, operands: list[Figure]) -> Iterator[Figure | str]:
    """Cut a formula into its pieces, its numbers being the operands in turn; words keep the blank before them.

    >>> mark = Figure("95分", Decimal(95), "分")
    >>> [getattr(token, "text", token) for token in _tokens("95 按 优90～100", [mark])], list(_tokens("(3 - 1) × 2", []))
    (['95分', ' 按', ' 优90～100'], ['(', '3', '-', '1', ')', '×', '2'])
    """
    rest, before = list(operands), "("
    for piece in expression.replace("(", "( ").replace(")", " )").split():
        known = rest and f"{rest[0].value:f}" == piece
        words = piece not in _SIGNS and before not in _SIGNS
        yield rest.pop(0) if known else f" {piece}" if words else piece
        before = piece
    yield from rest  # a formula in words keeps its operands


def _figure(said: dict[str, Any]) -> Figure:
    text, value = said["text"], said.get("value")
    number = Decimal(value) if value is not None else Decimal(0)
    return Figure(text, number, said.get("unit", ""), max(0, -int(number.as_tuple().exponent)), Place.of_json(said["where"]), (0, len(text)),
                  said["name"])
