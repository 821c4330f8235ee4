"""What a worker does with one file: check it, take down what the others are held against, and pack both."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from fusuan import extract
from fusuan.batch import trace as traces
from fusuan.batch._codec import encoded, packed, plain
from fusuan.batch.gather import Found, Listing
from fusuan.batch.store import PASSING
from fusuan.batch.unread import failed
from fusuan.extract import Member
from fusuan.model import Audit, ReadError, Verdict

_reading: tuple[Path, int, Iterator[Member]] | None = None
"""The archive this process is reading, how many of its files were taken, and the rest of them."""


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


def work(item: Found, scheme: str | None, passwords: tuple[str, ...] = ()) -> Done:
    """Check one file, or one in an archive. Never raises for what the file holds."""
    from fusuan.batch.audit import audit  # what checks is loaded by who checks: not by whoever hands out the work

    member = member_of(item, passwords) if item.member is not None else None
    return kept(audit(item.path, scheme, whole=True, passwords=passwords, member=member))


def kept(result: Audit) -> Done:
    """Pack an audit, and what is taken down of its document, for a store."""
    if result.document is None:
        return done(result)
    taken = packed({"source": plain(result.source), "trace": plain(traces.trace(result.document, result))})
    return done(replace(result, document=None), taken)


def sent(item: Found, scheme: str | None, data: bytes | None = None, passwords: tuple[str, ...] = ()) -> Done | None:
    """Check one file on another machine: where it lies there, else from its bytes; None asks for them."""
    if data is None:
        return work(item, scheme, passwords) if item.path.exists() else None
    from fusuan.batch.audit import audit

    return kept(audit(item.path, scheme, whole=True, member=Member(item.name, data, passwords=passwords)))


def member_of(item: Found, passwords: tuple[str, ...] = ()) -> Member:
    """Return a file in an archive. A worker gets those of one archive in their order, and goes on where it was."""
    global _reading
    if _reading is None or _reading[0] != item.path or _reading[1] > (item.member or 0):
        _reading = (item.path, 0, extract.members(item.path, passwords))
    path, at, members = _reading
    for member in members:
        at += 1
        if at > (item.member or 0):
            _reading = (path, at, members)
            return member
    _reading = None
    return Member(item.shown, error=ReadError("missing", f"压缩包里找不到这份文件了：{item.shown}。核对期间压缩包可能被改动，请重新核对"))


def listed(item: Found, _: str | None, passwords: tuple[str, ...] = ()) -> Listing:
    """Say what is in an archive."""
    found = []
    for member in extract.members(item.path, passwords):
        data, error = member.data, member.error
        digest = sha256(data).hexdigest() if data is not None else ""
        found.append((member.name, len(data or b""), digest, error.code if error else "", error.message if error else ""))
    return found


def unlisted(item: Found, code: str, message: str) -> Listing:
    """What comes of an archive that took its worker down or too long."""
    return [(item.path.name, 0, "", code, message)]


def lost(item: Found, code: str, message: str) -> Done:
    """What comes of a file that took its worker down or too long."""
    return done(failed(item.path, code, message))


def done(audit: Audit, trace: bytes | None = None) -> Done:
    error = audit.error or {}
    return Done(encoded(audit), trace, error.get("code") not in PASSING, audit.status, error.get("message", ""),
                audit.count(Verdict.BROKEN), audit.count(Verdict.DOUBTFUL), audit.thin)
