"""合计：核对了几份报告、读出多少数字、多少不符，以及由此而定的退出码。"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from fusuan.model import Audit, Verdict

NEVER = "never"
LEVELS = ("不符", "存疑", "未核对", NEVER)
"""What may make the exit status 1, each with those before it."""


@dataclass(slots=True)
class Tally:
    """What came of a number of files."""

    checked: int = 0
    failed: int = 0
    skipped: int = 0
    figures: int = 0
    relations: int = 0
    broken: int = 0
    doubtful: int = 0
    unchecked: int = 0
    touched: int = 0
    thin: int = 0
    waiting: int = 0
    settled: int = 0
    seconds: float = 0
    interrupted: bool = False

    def add(self, audit: Audit) -> None:
        if audit.status != "checked":
            waiting = (audit.error or {}).get("code") == "interrupted"
            self.waiting += waiting
            self.failed += audit.status == "failed"
            self.skipped += audit.status == "skipped" and not waiting
            return
        self.checked += 1
        self.figures += len(audit.figures)
        self.relations += len(audit.findings)
        broken = audit.count(Verdict.BROKEN)
        self.broken += broken
        self.touched += broken > 0
        self.doubtful += audit.count(Verdict.DOUBTFUL)
        self.unchecked += len(audit.unchecked)
        self.thin += bool(audit.thin)

    def counted(self, audits: Iterable[Audit]) -> Iterator[Audit]:
        """Pass audits on, each counted."""
        for audit in audits:
            self.add(audit)
            yield audit

    def status(self, fail_on: str = LEVELS[0]) -> int:
        """The exit status: 2 a file could not be read, 1 something broken (or whatever else of LEVELS is asked for), else 0.

        >>> [Tally(doubtful=3).status(level) for level in LEVELS], Tally(failed=1, broken=1).status("never")
        ([0, 1, 1, 0], 2)
        """
        counts = (self.broken, self.doubtful, self.unchecked)
        grave = counts[:LEVELS.index(fail_on) + 1] if fail_on != NEVER else ()
        return 2 if self.failed else 1 if any(grave) else 0

    def lines(self) -> Iterator[str]:
        """Say in Chinese how it went."""
        skipped = f"，未处理 {self.skipped} 个（原因见结果）" if self.skipped else ""
        skipped += f"，尚未核对 {self.waiting} 份" if self.waiting else ""
        thin = f"（其中覆盖不足 {self.thin} 份）" if self.thin else ""
        seconds = f"，用时 {self.seconds:.1f} 秒" if self.seconds else ""
        yield f"共 {self.checked + self.failed + self.skipped + self.waiting} 份：核对 {self.checked} 份{thin}，" \
              f"未能读取 {self.failed} 份{skipped}{seconds}"
        yield f"读出数字 {self.figures} 个，复算 {self.relations} 处：不符 {self.broken}（{self.touched} 份报告），" \
              f"存疑 {self.doubtful}，未核对 {self.unchecked}" + (f"；其中 {self.settled} 处已核实为不属实" if self.settled else "")
