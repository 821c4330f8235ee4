"""What was decided of a finding, by whom and when: a table of its own beside the audits in the store's SQLite file.

Nothing is overwritten: a new verdict is a new line, and the last one counts.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ANSWERS = ("属实", "不属实", "需补充材料", "已整改")
DISMISSED = "不属实"
_TABLE = """
create table if not exists remarks (
    number integer primary key, fingerprint text not null, verdict text not null, remark text not null,
    who text not null, at text not null);
create index if not exists remarks_of on remarks (fingerprint, number);
"""


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody decided: `verdict` is one of ANSWERS or empty, `when` is a day or a time as ISO 8601 writes it."""

    verdict: str = ""
    remark: str = ""
    who: str = ""
    when: str = ""

    @property
    def dismisses(self) -> bool:
        return self.verdict == DISMISSED


class Remarks:
    """The remarks in one SQLite file.

    >>> with Remarks(":memory:") as remarks:
    ...     remarks.put("ab12", "不属实", "口径不同", "张三", "2024-05-06")
    ...     remarks.put("ab12", "属实", "", "李四", "2024-05-07")
    ...     remarks.get("ab12"), remarks.get("00"), len(list(remarks.history("ab12")))
    (Remark(verdict='属实', remark='', who='李四', when='2024-05-07'), None, 2)
    """

    def __init__(self, path: str | Path) -> None:
        self._base = sqlite3.connect(path, timeout=30, check_same_thread=False, isolation_level=None)
        with suppress(sqlite3.OperationalError):  # a disk of the network may not allow it
            self._base.execute("pragma journal_mode=wal")
        self._base.executescript(_TABLE)

    def __enter__(self) -> Remarks:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._base.close()

    def get(self, fingerprint: str) -> Remark | None:
        """Return what was last decided of a finding."""
        return next(self._rows("where fingerprint = ? order by number desc limit 1", fingerprint), (None, None))[1]

    def put(self, fingerprint: str, verdict: str, remark: str, who: str, when: str) -> None:
        """Write down a decision, unless it is the one that stands."""
        new, old = Remark(verdict, remark, who, when), self.get(fingerprint)
        if old is None or (old.verdict, old.remark) != (verdict, remark):
            self._base.execute("insert into remarks (fingerprint, verdict, remark, who, at) values (?, ?, ?, ?, ?)",
                               (fingerprint, new.verdict, new.remark, new.who, new.when))

    def settle(self, names: str, verdict: str, remark: str, who: str, when: str) -> None:
        """Write down a decision on a finding under all of its names, so that it is found again in a file that was renamed."""
        for name in names.split():
            self.put(name, verdict, remark, who, when)

    def history(self, fingerprint: str) -> Iterator[Remark]:
        """Yield every decision on a finding, the first one first."""
        return (remark for _, remark in self._rows("where fingerprint = ? order by number", fingerprint))

    def latest(self) -> dict[str, Remark]:
        """Return the last decision on every finding."""
        return dict(self._rows("order by number"))

    def _rows(self, which: str, *values: str) -> Iterator[tuple[str, Remark]]:
        for name, *rest in self._base.execute(f"select fingerprint, verdict, remark, who, at from remarks {which}", values):
            yield name, Remark(*rest)
