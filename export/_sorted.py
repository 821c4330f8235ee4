"""Rows that wait to be sorted, on the disk: however many there are, memory holds one."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterator
from errno import ENOSPC
from typing import Any


class Sorted:
    """Rows of a workbook with what they are sorted by.

    >>> rows = Sorted()
    >>> for key, row in (((2, 0, 1), ["乙"]), ((1, 0, 3), ["丙"]), ((1, 0, 2), ["甲"])):
    ...     rows.add(key, row)
    >>> list(rows), len(rows)
    ([['甲'], ['丙'], ['乙']], 3)
    """

    def __init__(self) -> None:
        self.base = sqlite3.connect("", isolation_level=None)  # a temporary file, cached in memory; nobody else reads or writes it
        self.base.execute("CREATE TABLE rows (one INTEGER, two INTEGER, three INTEGER, body BLOB, PRIMARY KEY (one, two, three)) WITHOUT ROWID")
        self.base.execute("BEGIN")
        self._count = 0

    def add(self, key: tuple[int, int, int], row: Any) -> None:
        """Put a row aside. Raises OSError where the disk of the temporary files is full."""
        try:
            self.base.execute("INSERT INTO rows VALUES (?, ?, ?, ?)", (*key, pickle.dumps(row, pickle.HIGHEST_PROTOCOL)))
        except sqlite3.OperationalError as error:
            raise OSError(ENOSPC, "临时文件夹所在的磁盘已满") from error
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Any]:
        for (body,) in self.base.execute("SELECT body FROM rows ORDER BY one, two, three"):
            yield pickle.loads(body)
