"""What a worker does with one file: check it, take down what the others are held against, and pack both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fusuan.batch import trace as traces
from fusuan.batch._codec import encoded, packed, plain
from fusuan.batch.audit import audit, failed
from fusuan.batch.gather import Found
from fusuan.batch.store import PASSING
from fusuan.model import Audit, Document, Verdict


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a file: the audit packed, so that whoever collects need not unpack it, and what is told of it at once."""

    body: bytes
    trace: bytes | None
    final: bool
    status: str
    message: str = ""
    broken: int = 0
    doubtful: int = 0
    thin: str = ""


def work(item: Found, scheme: str | None) -> Done:
    """Check one file. Never raises for what the file holds."""
    taken: list[bytes] = []

    def take(document: Document, result: Audit) -> None:
        taken.append(packed({"source": plain(result.source), "trace": plain(traces.trace(document, result))}))

    return done(audit(Path(item.path), scheme, seen=take), taken[0] if taken else None)


def lost(item: Found, code: str, message: str) -> Done:
    """What comes of a file that took its worker down or too long."""
    return done(failed(item.path, code, message))


def done(audit: Audit, trace: bytes | None = None) -> Done:
    error = audit.error or {}
    return Done(encoded(audit), trace, error.get("code") not in PASSING, audit.status, error.get("message", ""),
                audit.count(Verdict.BROKEN), audit.count(Verdict.DOUBTFUL), audit.thin)
