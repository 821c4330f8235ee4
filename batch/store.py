"""What was checked already, remembered in one SQLite file: each audit by what it was made from.

Written through a log of its own (WAL): whatever ends the program, what was put is there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from hashlib import file_digest, sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from fusuan.batch._codec import decoded, encoded, unpacked
from fusuan.model import Audit

SUFFIX = ".fusuan"
_TABLES = """
CREATE TABLE IF NOT EXISTS audits (key TEXT PRIMARY KEY, body BLOB NOT NULL, trace BLOB, final INTEGER NOT NULL DEFAULT 1);
CREATE TABLE IF NOT EXISTS items (number INTEGER PRIMARY KEY, key TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS listings (key TEXT PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_MAKERS = ("model", "extract", "patterns", "relations", "checks", "batch")
PASSING = frozenset({"crashed", "timeout", "internal", "missing", "needs_libreoffice", "needs_library", "encrypted", "too_large"})
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
            raise StoreError(_fault(path, error)) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise StoreError(_fault(self.path, error)) from error

    def close(self) -> None:
        self.base.close()

    def get(self, key: str) -> Audit | None:
        """Return the audit put under this key; None where there is none, or none that stands (see PASSING)."""
        row = self.base.execute("SELECT body FROM audits WHERE key = ? AND final", (key,)).fetchone()
        return decoded(row[0]) if row else None

    def put(self, key: str, audit: Audit) -> None:
        """Keep an audit; it is on the disk when this returns."""
        self.keep(key, encoded(audit), final=(audit.error or {}).get("code") not in PASSING)

    def keep(self, key: str, body: bytes, trace: bytes | None = None, *, final: bool) -> None:
        """Keep an audit that a worker has encoded, and what it took down of the document beside it."""
        self.base.execute("INSERT OR REPLACE INTO audits (key, body, trace, final) VALUES (?, ?, ?, ?)", (key, body, trace, final))

    def audits(self) -> Iterator[Audit]:
        """Yield every audit in the order it came, one held at a time."""
        for (body,) in self.base.execute("SELECT body FROM audits ORDER BY rowid"):
            yield decoded(body)

    def known(self) -> set[str]:
        """Return the keys whose audits stand."""
        return {key for (key,) in self.base.execute("SELECT key FROM audits WHERE final")}

    def any(self, key: str) -> Audit | None:
        """Return the audit under a key, even one that may be another next time."""
        row = self.base.execute("SELECT body FROM audits WHERE key = ?", (key,)).fetchone()
        return decoded(row[0]) if row else None

    def trace(self, key: str) -> Any:
        """Return what was taken down beside an audit; None where nothing was."""
        row = self.base.execute("SELECT trace FROM audits WHERE key = ?", (key,)).fetchone()
        return unpacked(row[0]) if row and row[0] else None

    def listing(self, key: str) -> Any:
        """Return what is known to be in an archive; None where nothing is."""
        row = self.base.execute("SELECT body FROM listings WHERE key = ?", (key,)).fetchone()
        return json.loads(row[0]) if row else None

    def keep_listing(self, key: str, listing: object) -> None:
        """Write down what is in an archive."""
        self.base.execute("INSERT OR REPLACE INTO listings VALUES (?, ?)", (key, json.dumps(listing)))

    def begin(self, items: Iterable[tuple[str, Mapping[str, Any]]], about: Mapping[str, Any]) -> None:
        """Write down what came in, in order (its key, "" where it is not checked, and what it is), and how the run was asked for."""
        with self._whole():
            self.base.execute("DELETE FROM items")
            self.base.executemany("INSERT INTO items VALUES (?, ?, ?)", (
                (number, key, json.dumps(item)) for number, (key, item) in enumerate(items)))
            self.base.execute("DELETE FROM about WHERE name != 'written'")
            self.base.executemany("INSERT INTO about VALUES (?, ?)", ((name, json.dumps(value)) for name, value in about.items()))

    def items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield what `begin` was given."""
        for key, body in self.base.execute("SELECT key, body FROM items ORDER BY number"):
            yield key, json.loads(body)

    def came_in(self) -> str:
        """Return what `begin` was given, digested."""
        whole = sha256()
        for key, body in self.base.execute("SELECT key, body FROM items ORDER BY number"):
            whole.update(f"{key} {body}\n".encode())
        return whole.hexdigest()

    def waiting(self) -> int:
        """Count the files that are to be checked and whose audit does not stand yet."""
        count: int = self.base.execute("SELECT count(*) FROM items WHERE key != '' AND key NOT IN (SELECT key FROM audits WHERE final)").fetchone()[0]
        return count

    def about(self) -> dict[str, Any]:
        return {name: json.loads(value) for name, value in self.base.execute("SELECT name, value FROM about")}

    def tell(self, name: str, value: Any) -> None:
        """Write down one thing more of how the run went."""
        self.base.execute("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, json.dumps(value)))

    def remarks(self) -> str:
        """Return what people's remarks in this file come to, digested: outputs show them."""
        try:
            return sha256(repr(self.base.execute("SELECT * FROM remarks ORDER BY 1").fetchall()).encode()).hexdigest()
        except sqlite3.OperationalError:  # nobody has made any
            return ""

    def drop(self, key: str) -> None:
        """Forget one audit."""
        self.base.execute("DELETE FROM audits WHERE key = ?", (key,))

    def forget(self) -> None:
        """Start over: drop every audit; what others keep in this file stays."""
        with self._whole():
            for table in ("audits", "items", "about", "listings"):
                self.base.execute(f"DELETE FROM {table}")

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """All of it or nothing, whatever happens in between."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.base.execute("ROLLBACK")
            raise
        self.base.execute("COMMIT")


def _fault(path: Path, error: sqlite3.Error) -> str:
    """Say in Chinese why the store could not be used, and what to do."""
    kind = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if kind in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return f"磁盘已满或写不进去：{path}（或临时文件夹）。已核对的都保存着，清理磁盘后再次运行同一命令即可接着核对；也可用 --store 把结果存储放到其他磁盘"
    if kind in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return f"结果存储 {path} 正被另一个 fusuan 使用。请等它结束后再试"
    if kind in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return f"结果存储 {path} 打不开或不能写。请检查文件夹的写入权限，或用 --store 换一个位置"
    return f"无法使用结果存储 {path}：{error}。请删除该文件，或换一个位置后重试"


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
def program(folders: tuple[str, ...] = _MAKERS) -> str:
    """Return what tells one state of the program from another: what makes an audit, digested."""
    root = Path(__file__).resolve().parent.parent
    whole = sha256()
    for folder in folders:
        for path in sorted(p for p in (root / folder).rglob("*") if p.suffix in (".py", ".toml")):
            whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


def renamed(audit: Audit, name: str, path: str) -> Audit:
    """Return an audit under the name of the file it is asked for: the same content may lie in several places."""
    return replace(audit, source=replace(audit.source, name=name, path=path))
