"""What was handed in, in a private folder: a folder for each report, and beside it what came of it.

All that is known lies on the disk, so that a reload, a second tab or a new start of the server finds it again. A worker
writes what it finds beside the report, the server only reads it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from secrets import token_hex
from time import time_ns
from typing import Any

from fusuan.batch.store import Store
from fusuan.export import clean

LIMIT = 100 << 20
"""Bytes of one upload; the largest report measured has a third of it."""
WAITING, CHECKING = "waiting", "checking"
_ID = re.compile(r"[0-9a-f]{24}")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Filing:
    """A report handed in: `name` as the user knows it (with its folders), `state` waiting, checking or an audit's status.

    `open` holds the names of each finding that does not agree.
    """

    id: str
    name: str
    size: int = 0
    state: str = WAITING
    key: str = ""
    broken: int = 0
    doubtful: int = 0
    checked: int = 0
    figures: int = 0
    error: str = ""
    open: tuple[str, ...] = ()

    @property
    def short(self) -> str:
        return self.name.rpartition("/")[2]

    @property
    def done(self) -> bool:
        return self.state not in (WAITING, CHECKING)


class Inbox:
    """The reports in `home`, oldest first. Several threads use it."""

    def __init__(self, home: Path, store: Path | None = None) -> None:
        self.home = home.absolute()
        self.store = (store or home / "复算.fusuan").absolute()
        self._lock = threading.Lock()
        for folder in (home, home / "filings", home / "arriving"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.chmod(home, 0o700)  # a folder that was there before may have been open to others
        for left in (home / "arriving").iterdir():  # a server that was ended in the midst of an upload
            shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
        found = (self._read(path) for path in sorted((home / "filings").iterdir()) if _ID.fullmatch(path.name))
        self._filings = {filing.id: _again(filing) for filing in found if filing is not None}

    def arriving(self) -> Path:
        """Return where an upload may be written while it comes."""
        return self.home / "arriving" / token_hex(12)

    def add(self, name: str, content: Path | bytes) -> Filing:
        """Take in a report: a file that has arrived (it is moved), or what was in an archive."""
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        filing = Filing(f"{time_ns() // 1000:014x}{token_hex(5)}", known_as(name), size)
        folder = self.folder(filing.id)
        folder.mkdir(mode=0o700)
        path = folder / on_disk(filing.name)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content.replace(path)
        write_json(folder / "filing.json", {**asdict(filing), "store": str(self.store)})
        with self._lock:
            self._filings[filing.id] = filing
        return filing

    def refuse(self, name: str, why: str) -> Filing:
        """Take down what could not be taken in, so that it is seen."""
        filing = self.add(name, b"")
        write_json(self.folder(filing.id) / "result.json", {"state": "failed", "error": why})
        return self.get(filing.id) or filing

    def filings(self) -> list[Filing]:
        with self._lock:
            known = list(self._filings.values())
        return [filing if filing.done else self._seen(filing) for filing in known]

    def get(self, number: str) -> Filing | None:
        with self._lock:
            filing = self._filings.get(number)
        return filing if filing is None or filing.done else self._seen(filing)

    def waiting(self) -> list[Filing]:
        return [filing for filing in self.filings() if not filing.done]

    def delete(self, number: str) -> None:
        """Forget a report, its text and what was found in it; what was decided of it stays, and so does what lies in a shared store."""
        gone, rest = self.get(number), [filing.key for filing in self.filings() if filing.id != number]
        with self._lock:
            self._filings.pop(number, None)
        if gone is not None and gone.key and gone.key not in rest and self.store.parent == self.home:
            with Store(self.store) as store:
                store.drop(gone.key)
        if _ID.fullmatch(number):
            shutil.rmtree(self.folder(number), ignore_errors=True)

    def folder(self, number: str) -> Path:
        return self.home / "filings" / number

    def path(self, filing: Filing) -> Path:
        return self.folder(filing.id) / on_disk(filing.name)

    def view(self, filing: Filing) -> dict[str, Any] | None:
        """Return what the worker drew of a report, if it is there."""
        return read_json(self.folder(filing.id) / "view.json")

    def text(self, filing: Filing) -> str:
        """Return the text of a report as its worker drew it, already escaped."""
        return (self.folder(filing.id) / "text.html").read_text(encoding="utf-8")

    def failed(self, number: str, why: str) -> None:
        """Note that a report could not be checked, where its worker could not say so itself."""
        if self.folder(number).is_dir() and not (self.folder(number) / "result.json").exists():
            write_json(self.folder(number) / "result.json", {"state": "failed", "error": why})

    def _seen(self, filing: Filing) -> Filing:
        """Return a filing as its worker has left it."""
        folder = self.folder(filing.id)
        result = read_json(folder / "result.json")
        if result is None:
            return replace(filing, state=CHECKING) if (folder / "started").exists() else filing
        seen = replace(filing, **result)
        with self._lock:
            if filing.id in self._filings:
                self._filings[filing.id] = seen
        return seen

    def _read(self, folder: Path) -> Filing | None:
        known = read_json(folder / "filing.json")
        if known is None:
            return None
        known.pop("store", None)
        (folder / "started").unlink(missing_ok=True)
        return Filing(**{**known, **(read_json(folder / "result.json") or {})})


def _again(filing: Filing) -> Filing:
    return filing if filing.done else replace(filing, state=WAITING)


def known_as(name: str) -> str:
    """Return the name a user knows a file by, whatever a browser or an archive sends.

    >>> known_as("..\\\\甲单位/./自评\\x1b[1m.docx"), known_as("/"), known_as("a/" * 400 + "b.docx")[-8:]
    ('甲单位/自评[1m.docx', '未命名', 'a/b.docx')
    """
    parts = [part.strip() for part in clean(name).replace("\n", " ").replace("\\", "/").split("/")]
    return "/".join(part for part in parts if part not in ("", ".", ".."))[-240:].lstrip("/") or "未命名"


def on_disk(name: str) -> str:
    """Return the name of a file in its own folder: messages of the readers tell it, so it is near to what the user knows.

    >>> on_disk('甲/a:b"c.docx'), on_disk("CON.txt"), on_disk(".docx"), len(on_disk("长" * 300 + ".docx").encode()) < 255
    ('a_b_c.docx', '_CON.txt', '_.docx', True)
    """
    last = _UNFIT.sub("_", name.rpartition("/")[2]).rstrip(" .") or "_"
    stem, point, suffix = last.rpartition(".")
    short = f"{stem[:60]}{point}{suffix[:12]}" if point else last[:72]
    reserved = short.startswith(".") or _DEVICES.match(short) or short in ("filing.json", "result.json", "view.json", "started")
    return f"_{short}" if reserved else short


def read_json(path: Path) -> dict[str, Any] | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found


def write_json(path: Path, value: object) -> None:
    """Write it whole or not at all: somebody may read it at this moment."""
    half = path.with_name(f"{path.name}.half")
    half.write_text(json.dumps(value, ensure_ascii=True), encoding="utf-8")
    half.replace(path)


def total(filings: list[Filing]) -> Iterator[tuple[str, int]]:
    """Yield what is to be said of all of them together."""
    yield "份", len(filings)
    yield "已核对", sum(filing.state == "checked" for filing in filings)
    yield "待核对", sum(not filing.done for filing in filings)
    yield "未能读取", sum(filing.state == "failed" for filing in filings)
    yield "不符", sum(filing.broken for filing in filings)
    yield "存疑", sum(filing.doubtful for filing in filings)
