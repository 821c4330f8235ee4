"""What was checked already, remembered in one SQLite file: each audit by what it was made from.

Written through a log of its own (WAL): whatever ends the program, what was put is there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from fusuan.batch._codec import decoded, encoded
from fusuan.model import Audit

SUFFIX = ".fusuan"
_TABLES = """
CREATE TABLE IF NOT EXISTS audits (key TEXT PRIMARY KEY, body BLOB NOT NULL, final INTEGER NOT NULL DEFAULT 1);
"""
_MAKERS = ("model", "extract", "patterns", "relations", "checks", "batch")
PASSING = frozenset({"crashed", "timeout", "internal", "missing", "needs_libreoffice", "too_large"})
"""Failures that may be another matter next time: they are kept for the outputs, but the file is tried again."""


class StoreError(Exception):
    """The store cannot be used; the message (Chinese) says why and what to do."""


class Store:
    """Audits by key, in a file at `path`.

    >>> from tempfile import TemporaryDirectory
    >>> from fusuan.model import Source
    >>> with TemporaryDirectory() as folder, Store(Path(folder, "疑点.fusuan")) as store:
    ...     store.put("k", Audit(Source("甲.docx", "甲.docx")))
    ...     store.get("k").source.name, store.get("other")
    ('甲.docx', None)
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.base = sqlite3.connect(path, timeout=30, isolation_level=None)
            self.base.execute("PRAGMA journal_mode=WAL")
            self.base.execute("PRAGMA synchronous=NORMAL")
            self.base.executescript(_TABLES)
        except sqlite3.Error as error:
            raise StoreError(f"无法使用结果存储 {path}：{error}。请删除该文件，或换一个位置后重试") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self.base.close()

    def get(self, key: str) -> Audit | None:
        """Return the audit put under this key; None where there is none, or none that stands (see PASSING)."""
        row = self.base.execute("SELECT body FROM audits WHERE key = ? AND final", (key,)).fetchone()
        return decoded(row[0]) if row else None

    def put(self, key: str, audit: Audit) -> None:
        """Keep an audit; it is on the disk when this returns."""
        self.keep(key, encoded(audit), final=(audit.error or {}).get("code") not in PASSING)

    def keep(self, key: str, body: bytes, *, final: bool) -> None:
        """Keep an audit that a worker has encoded."""
        self.base.execute("INSERT OR REPLACE INTO audits (key, body, final) VALUES (?, ?, ?)", (key, body, final))

    def audits(self) -> Iterator[Audit]:
        """Yield every audit in the order it came, one held at a time."""
        for (body,) in self.base.execute("SELECT body FROM audits ORDER BY rowid"):
            yield decoded(body)


def key_of(file: Path | str, options: Mapping[str, object] | None = None, suffix: str = "") -> str:
    """Return what an audit depends on: the file's content (a path, or its sha256 and suffix), the options, the program.

    >>> key_of("ab" * 32, {"scheme": None}, ".docx") == key_of("ab" * 32, {}, ".docx")
    True
    >>> key_of("ab" * 32, {}, ".docx") == key_of("ab" * 32, {}, ".doc")
    False
    """
    if isinstance(file, Path):
        with file.open("rb") as content:
            digest = file_digest(content, "sha256").hexdigest()
        suffix = suffix or file.suffix
    else:
        digest = file
    given = {name: str(value) for name, value in sorted((options or {}).items()) if value not in (None, False, "")}
    return sha256(json.dumps([digest, suffix.lower(), given, program()]).encode()).hexdigest()


@cache
def program() -> str:
    """Return what tells one state of the program from another: what makes an audit, digested."""
    root = Path(__file__).resolve().parent.parent
    whole = sha256()
    for folder in _MAKERS:
        for path in sorted(p for p in (root / folder).rglob("*") if p.suffix in (".py", ".toml")):
            whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def renamed(audit: Audit, name: str, path: str) -> Audit:
    """Return an audit under the name of the file it is asked for: the same content may lie in several places."""
    return replace(audit, source=replace(audit.source, name=name, path=path))
