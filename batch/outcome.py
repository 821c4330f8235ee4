"""批次核对的结果：每份文件是谁的什么材料，文件之间有什么对不上；从结果存储里逐份取出，不必重算。"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from sys import intern
from typing import Any

from fusuan.batch import across, kinds
from fusuan.batch._codec import built
from fusuan.batch.across.versions import TWIN
from fusuan.batch.arrived import LEFT
from fusuan.batch.filings import Filing, filing, folder_units, silent
from fusuan.batch.gather import Found
from fusuan.batch.manifest import Entry, Matcher
from fusuan.batch.store import Store
from fusuan.batch.trace import Trace
from fusuan.model import Audit, Batch, Source

INTERRUPTED = "尚未核对（中断）。再次运行同一命令即可接着核对"


class Outcome:
    """Reads a store twice: what was taken down of the files, then the audits one at a time."""

    def __init__(self, store: Store) -> None:
        self.store = store
        about = store.about()
        entries = [Entry(**entry) for entry in about.get("manifest", [])]
        wording = across.Wording(self._clauses)
        self.filings = list(self._filings(Matcher(entries), wording))
        crossings = tuple(across.find(self.filings, wording))
        units = [] if entries else folder_units(self.filings)
        self.batch = Batch(len(self.filings), tuple(silent(entries, self.filings, units)), crossings, tuple(about.get("told", {}).items()))
        self._twins = {one.files[1]: one.message for one in crossings if one.kind == TWIN}
        self._remarks: dict[int, list[str]] = {}
        for one in crossings:
            for number in one.files if one.kind != TWIN else one.files[:1]:
                self._remarks.setdefault(number, []).append(f"跨文件·{one.kind}：{one.message}")

    def audits(self) -> Iterator[Audit]:
        """Yield the audit of every file in natural order, under the names it goes by in this batch."""
        for one in self.filings:
            yield self._audit(one)

    def _audit(self, one: Filing) -> Audit:
        item = one.item
        if item.code:
            return self._left(one, item.code, item.skip)
        audit = self.store.any(one.key)
        if audit is None:
            return self._left(one, "interrupted", INTERRUPTED)
        if one.number in self._twins:
            return self._named(Audit(audit.source, "skipped", {"code": "twin", "message": self._twins[one.number]}), one)
        return self._named(audit, one)

    def _left(self, one: Filing, code: str, message: str) -> Audit:
        source = Source(one.item.name, one.item.full, one.item.sha256, one.item.suffix.removeprefix("."))
        return self._named(Audit(source, "skipped" if code in LEFT else "failed", {"code": code, "message": message}), one)

    def _named(self, audit: Audit, one: Filing) -> Audit:
        source = replace(audit.source, name=one.item.name, path=one.item.full, unit=one.unit, year=one.year, project=one.project,
                         kind=one.kind, sha256=one.item.sha256 or audit.source.sha256)
        remarks = (*audit.remarks, *self._remarks.get(one.number, ()))
        return replace(audit, source=source, remarks=(f"{kinds.OTHER}（按标题或文件名判断）", *remarks) if _other(one, audit) else remarks)

    def _filings(self, matcher: Matcher, wording: across.Wording) -> Iterator[Filing]:
        for number, (key, item) in enumerate(self._items()):
            taken = self.store.trace(key) if key else None
            trace = built(taken["trace"], Trace) if taken else None
            source = built(taken["source"], Source) if taken else None
            one = filing(number, item, key, source, trace, matcher.of(item.shown))
            if trace is not None and not item.code:
                wording.add(number, one.unit, trace.clauses, trace.cells)
            yield replace(one, trace=replace(trace, clauses=(), cells=()) if trace and not item.code else None)

    def _items(self) -> Iterator[tuple[str, Found]]:
        for key, body in self.store.items():
            yield key, found_of(body)

    def _clauses(self, number: int) -> Iterator[str]:
        taken = self.store.trace(self.filings[number].key)
        yield from taken["trace"]["clauses"] if taken else ()


def _other(one: Filing, audit: Audit) -> bool:
    return audit.status == "checked" and one.kind == kinds.OTHER


def as_item(found: Found) -> dict[str, Any]:
    return {**{field.name: getattr(found, field.name) for field in fields(found)}, "path": str(found.path)}


def found_of(body: dict[str, Any]) -> Found:
    """Return what `as_item` wrote; what is said of thousands of files alike is held once."""
    return Found(**{**body, "path": Path(body["path"]), "code": intern(body["code"]), "skip": intern(body["skip"])})
