"""几份文件的核对：每份在单独的进程里读，超时、超内存或使进程崩溃的只占一行，其余照常。

Only the worker loads what reads and checks: whoever waits for it stays light.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from fusuan.batch._machine import temporaries
from fusuan.batch.gather import Found, Listing
from fusuan.batch.pool import Limits, settled
from fusuan.model import Audit


def guarded(paths: Iterable[Path], limits: Limits, *, whole: bool = False, deep: bool = False) -> Iterator[Audit]:
    """Yield the audit of each file in turn, or of each file in it where it is an archive; `whole` and `deep` are those of `audit`."""
    asked: dict[str, Any] = {"passwords": limits.passwords, "whole": whole, "deep": deep}
    items = [Found(path) for path in paths]
    with temporaries():
        for number, got in settled(items, limits, partial(_first, **asked), _lost):
            if isinstance(got, Audit):
                yield got
            else:
                yield from _members(items[number], got, limits, asked)


def _first(item: Found, scheme: str | None, passwords: tuple[str, ...], **asked: Any) -> Audit | Listing:
    """Check a file; of an archive say what is in it."""
    from fusuan import extract
    from fusuan.batch.audit import audit
    from fusuan.batch.work import listed

    if extract.is_archive(item.path):
        return listed(item, scheme, passwords)
    return audit(item.path, scheme, passwords=passwords, **asked)


def _members(archive: Found, listing: Listing, limits: Limits, asked: dict[str, Any]) -> Iterator[Audit]:
    """Yield the audits of what is in an archive, each file under a time limit of its own."""
    wanted = [Found(archive.path, shown=name, member=number) for number, (name, _, _, code, _) in enumerate(listing) if not code]
    found = settled(wanted, limits, partial(_second, **asked), _lost)
    for name, _, _, code, message in listing:
        if code:
            yield _left(archive.path, name, code, message)
        else:
            yield next(found)[1]


def _second(item: Found, scheme: str | None, passwords: tuple[str, ...], **asked: Any) -> Audit:
    from fusuan.batch.audit import audit
    from fusuan.batch.work import member_of

    return audit(item.path, scheme, member=member_of(item, passwords), **asked)


def _lost(item: Found, code: str, message: str) -> Audit:
    return _left(item.path, item.shown if item.member is not None else item.path.name, code, message)


def _left(path: Path, name: str, code: str, message: str) -> Audit:
    """Return the audit of what was not checked: the file at `path`, or one in it."""
    from fusuan.batch.unread import failed, skipped
    from fusuan.extract import Member

    member = Member(name) if name != path.name else None
    return skipped(path, code, message, member) if code == "skipped" else failed(path, code, message, member)
