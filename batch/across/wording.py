"""Which sentences which files share, in an index on disk: memory does not grow with the files, nor does every file meet every other."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from itertools import combinations

_FIGURES = 2
MOST = 12
"""A sentence that more units share is a form's or a regulation's, not anyone's own."""
_TABLES = """
CREATE TABLE clauses (mark INTEGER, number INTEGER, unit TEXT, own INTEGER, PRIMARY KEY (mark, number)) WITHOUT ROWID;
CREATE INDEX by_file ON clauses (number);
"""


class Wording:
    """Sentences by file. `texts` gives a file's sentences anew, for quoting.

    A file's own wording is its running text without sentences of figures, which all accounts have in the same words.

    >>> wording = Wording(lambda number: ())
    >>> for number, unit in enumerate(("甲局", "乙局", "丙局")):
    ...     wording.add(number, unit, ["大家都写的一句话", "甲乙两家都写的"] if number < 2 else ["大家都写的一句话"])
    >>> wording.common(most=2), wording.size(1)
    (Counter({(0, 1): 1}), 2)
    """

    def __init__(self, texts: Callable[[int], Iterable[str]]) -> None:
        self.texts = texts
        self.base = sqlite3.connect("", isolation_level=None)  # a temporary file, cached in memory
        self.base.executescript(_TABLES)
        self.base.execute("BEGIN")
        self._sizes: dict[int, int] = {}

    def add(self, number: int, unit: str, clauses: Iterable[str], cells: Iterable[str] = ()) -> None:
        """Take in the sentences of a file: of its running text and of its tables."""
        marks = {_mark(text.replace(unit, "") if len(unit) > 2 else text): False for text in cells}
        marks |= {_mark(text.replace(unit, "") if len(unit) > 2 else text): text.count("#") < _FIGURES for text in clauses}
        self._sizes[number] = len(marks)
        self.base.executemany("INSERT OR IGNORE INTO clauses VALUES (?, ?, ?, ?)", (
            (mark, number, unit or f"?{number}", own) for mark, own in marks.items()))

    def size(self, number: int) -> int:
        return self._sizes.get(number, 0)

    def common(self, most: int) -> Counter[tuple[int, int]]:
        """Count for each two files of different units the sentences that they and at most `most` units in all share."""
        pairs = Counter[tuple[int, int]]()
        for members in self._groups(most):
            pairs.update((a, b) for (a, one), (b, other) in combinations(members, 2) if one != other)
        return pairs

    def own(self, most: int) -> dict[int, int]:
        """Return how many sentences each file has that at most `most` units share."""
        return dict(self.base.execute(
            "SELECT number, count(*) FROM clauses WHERE own AND mark IN (SELECT mark FROM clauses GROUP BY mark HAVING count(DISTINCT unit) <= ?) "
            "GROUP BY number", (most,)))

    def between(self, one: int, other: int) -> int:
        """Count the sentences that two files share, of running text and tables."""
        count: int = self.base.execute("SELECT count(*) FROM clauses a JOIN clauses b ON a.mark = b.mark WHERE a.number = ? AND b.number = ?",
                                       (one, other)).fetchone()[0]
        return count

    def shared(self, one: int, other: int, count: int = 3) -> list[str]:
        """Quote some sentences that both have, those that the fewest files have first."""
        known = set(self.texts(other))
        return sorted((text for text in self.texts(one) if text in known), key=lambda text: (self._spread(text), -len(text)))[:count]

    def _spread(self, text: str) -> int:
        found: int = self.base.execute("SELECT count(*) FROM clauses WHERE mark = ?", (_mark(text),)).fetchone()[0]
        return found

    def _groups(self, most: int) -> Iterator[list[tuple[int, str]]]:
        rows = self.base.execute(
            "SELECT mark, number, unit FROM clauses WHERE own AND mark IN (SELECT mark FROM clauses GROUP BY mark "
            "HAVING count(DISTINCT unit) BETWEEN 2 AND ?) ORDER BY mark, number", (most,))
        group: list[tuple[int, str]] = []
        last = None
        for mark, number, unit in rows:
            if mark != last and group:
                yield group
                group = []
            last = mark
            group.append((number, unit))
        if group:
            yield group


def _mark(clause: str) -> int:
    return int.from_bytes(blake2b(clause.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)
