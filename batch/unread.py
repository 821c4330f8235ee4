"""没有核对的文件：哪一份，为什么。Apart from `audit`, so that whoever only counts files loads nothing that checks them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from fusuan.model import Audit, ReadError, Source

if TYPE_CHECKING:
    from fusuan.extract import Member
    from fusuan.model import Document


def failed(path: Path, code: str, message: str, member: Member | None = None) -> Audit:
    """Return the audit of a file that could not be checked."""
    return Audit(source_of(path, member=member), status="failed", error={"code": code, "message": message})


def skipped(path: Path, code: str, message: str, member: Member | None = None) -> Audit:
    """Return the audit of a file that is not a report at all."""
    return Audit(source_of(path, member=member), status="skipped", error={"code": code, "message": message})


def source_of(path: Path, document: Document | None = None, member: Member | None = None) -> Source:
    """Say which file it is, by its content's sha256, and what it says of itself; `member` is one in the archive there."""
    name = member.name if member else path.name
    place = path.parent / name
    suffix, sha256 = place.suffix.lower().removeprefix("."), _sha256(path, member)
    if document is None:
        return Source(name, str(place), sha256, suffix)
    return Source(name, str(place), sha256, document.format or suffix, document.pages, document.title,
                  document.unit, document.year)


def _sha256(path: Path, member: Member | None) -> str:
    """Return the hash of a regular file's content: a pipe would be waited for without end."""
    if member is not None:
        return hashlib.sha256(member.data).hexdigest() if member.data is not None else ""
    from fusuan.extract import File

    try:
        with File(path).open() as file:
            return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]  # any binary file will do
    except (ReadError, OSError):
        return ""
