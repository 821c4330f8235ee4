"""核对进行到哪里：终端上是进度条，没有终端时隔一会儿写一行。"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from time import monotonic
from types import TracebackType
from typing import Self

_EVERY = 15
"""Seconds between two lines of a plain log."""


class Progress:
    """Tells how far the work is on the error stream, so that standard output stays clean.

    `done` files of `count` were checked before.
    """

    def __init__(self, count: int, done: int) -> None:
        self.count, self.done, self.fresh, self.touched = count, done, 0, 0
        self.start = self.told = monotonic()
        self._stack = ExitStack()
        self._bar = _Bar(count, done, self._stack) if count and sys.stderr.isatty() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def advance(self, name: str, broken: bool) -> None:
        """One more file is done."""
        self.done += 1
        self.fresh += 1
        self.touched += broken
        if self._bar is not None:
            self._bar.advance(self.done, f"有不符 {self.touched} 份  {name[-24:]}")
        elif monotonic() - self.told > _EVERY:
            self.told = monotonic()
            print(self.line(), file=sys.stderr, flush=True)

    def line(self) -> str:
        """Say it in words."""
        each = (monotonic() - self.start) / max(1, self.fresh)
        return f"已核对 {self.done}/{self.count}，有不符 {self.touched} 份，预计还需 {lasting(each * (self.count - self.done))}"


def lasting(seconds: float) -> str:
    """Say how long it takes.

    >>> lasting(42), lasting(130), lasting(7500)
    ('42 秒', '2 分 10 秒', '2 小时 5 分')
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} 秒"
    return f"{whole // 60} 分 {whole % 60} 秒" if whole < 3600 else f"{whole // 3600} 小时 {whole % 3600 // 60} 分"


class _Bar:
    """A progress bar of rich."""

    def __init__(self, count: int, done: int, stack: ExitStack) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        self.progress = stack.enter_context(Bars(
            TextColumn("核对中"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
            TextColumn("{task.description}", markup=False), console=console, transient=True))
        self.task = self.progress.add_task("", total=count, completed=done)

    def advance(self, done: int, words: str) -> None:
        self.progress.update(self.task, completed=done, description=words)
