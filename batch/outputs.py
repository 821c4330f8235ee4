"""一批结果写到哪里。"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fusuan.model import Audit


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results of a batch go: one file for all, one line a file, what is remembered, and what a person reads.

    `marked` is a folder into which `each` writes what it makes of every audit.
    """

    whole: Path | None
    lines: Path | None
    store: Path | None
    say: Callable[[str], None]
    marked: Path | None = None
    each: Callable[[Audit], object] = lambda audit: None

    @property
    def paths(self) -> list[Path]:
        return [path for path in (self.whole, self.lines, self.store, self.marked) if path is not None]
