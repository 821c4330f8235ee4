"""原文：写网页时把每份报告的原文再读一遍，放在核对结果旁边（结果存储不保留原文）。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING

from fusuan.batch.pool import Limits, settled
from fusuan.model import Audit, Source

if TYPE_CHECKING:
    from fusuan.model import Document

_AT_ONCE = 64
"""How many documents are held: they are read by workers, some at a time."""


def documented(audits: Iterable[Audit]) -> Iterator[Audit]:
    """Yield audits with their documents, read anew; without, where the file is gone, was changed, or lies in an archive."""
    rest = iter(audits)
    while some := list(islice(rest, _AT_ONCE)):
        sources = {number: audit.source for number, audit in enumerate(some) if audit.status == "checked" and audit.document is None}
        read = settled(sources.values(), Limits(cpu_count() or 1), _read, lambda source, code, message: None)
        documents = {list(sources)[number]: document for number, document in read}
        yield from (replace(audit, document=documents.get(number, audit.document)) for number, audit in enumerate(some))


def _read(source: Source, _: str | None) -> Document | None:
    """Read the very file that was checked, in a worker."""
    from fusuan import extract
    from fusuan.batch.unread import source_of
    from fusuan.model import ReadError

    path = Path(source.path)
    try:
        return extract.read(path) if path.is_file() and source_of(path).sha256 == source.sha256 else None
    except ReadError:
        return None
