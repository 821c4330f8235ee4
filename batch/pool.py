"""多进程核对：一份坏文件只占一行，超时或使进程崩溃的文件不影响其他文件。"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext, SpawnProcess
from pathlib import Path
from time import monotonic

from fusuan.batch.audit import audit, failed
from fusuan.model import Audit

Work = Callable[[Path, str | None], Audit]
AHEAD = 64
"""How many files a worker may be ahead of the slowest, so that finished audits do not pile up."""
MEMORY = 4 << 30
"""Bytes a worker may hold; the largest report measured takes a tenth of it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How a batch runs: worker processes, seconds allowed to one file, scoring scheme."""

    jobs: int = 1
    seconds: float = 120
    scheme: str | None = None


def run(paths: Iterable[Path], limits: Limits, work: Work | None = None) -> Iterator[Audit]:
    """Yield the audit of each path, in the order given, whatever the files do to the process that reads them.

    `work` is what is done to each (a function at the top of a module, so that a worker can import it): `audit`.
    """
    queue = deque(enumerate(paths))
    pool = _Pool(limits, queue, min(max(1, limits.jobs), max(1, len(queue))), work or audit)
    try:
        for number in range(len(queue)):
            while number not in pool.done:
                pool.step(number)
            yield pool.done.pop(number)
    finally:
        pool.close()


@dataclass(slots=True)
class _Worker:
    """A process that checks one file at a time, and what it is at."""

    process: SpawnProcess
    pipe: Connection
    job: tuple[int, Path] | None = None
    deadline: float = 0

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@dataclass(slots=True)
class _Pool:
    """Workers, what waits for them, and what they have done.

    Not a ProcessPoolExecutor: there one crash loses every file in flight and nothing can be stopped for taking too
    long. Here each worker has one file and a pipe of its own, so the file to blame is known.
    """

    limits: Limits
    queue: deque[tuple[int, Path]]
    size: int
    work: Work
    workers: list[_Worker] = field(default_factory=list)
    done: dict[int, Audit] = field(default_factory=dict)
    crashed: set[int] = field(default_factory=set)
    context: SpawnContext = field(default_factory=lambda: multiprocessing.get_context("spawn"))

    def step(self, number: int) -> None:
        """Give idle workers work, then take in what comes next; `number` is the file the caller waits for."""
        self._assign(number)
        busy = {worker.pipe: worker for worker in self.workers if worker.job is not None}
        patience = min((worker.deadline for worker in busy.values()), default=0) - monotonic()
        for pipe in wait(list(busy), max(0.0, patience)):
            self._take(busy[pipe])  # type: ignore[index]  # wait returns what it was given
        self._expire()

    def close(self) -> None:
        for worker in self.workers:
            worker.kill()
        self.workers.clear()

    def _assign(self, number: int) -> None:
        for worker in [*self.workers, *[None] * (self.size - len(self.workers))]:
            if not self.queue or self.queue[0][0] > number + AHEAD * self.size:
                return
            if worker is None:
                worker = _started(self.context, self.work, self.limits.scheme)
                self.workers.append(worker)
            if worker.job is None:
                worker.job = self.queue.popleft()
                worker.deadline = monotonic() + self.limits.seconds
                try:
                    worker.pipe.send(worker.job[1])
                except OSError:  # it died idle; the dead pipe reports itself at once in step
                    continue

    def _take(self, worker: _Worker) -> None:
        assert worker.job is not None
        try:
            audit: Audit = worker.pipe.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        self.done[worker.job[0]] = audit
        worker.job = None

    def _lost(self, worker: _Worker) -> None:
        """A worker died: try its file once more in a fresh one, then give the file up."""
        number, path = worker.job or (0, Path())
        self._drop(worker)
        if number not in self.crashed:
            self.crashed.add(number)
            self.queue.appendleft((number, path))
        else:
            self.done[number] = failed(path, "crashed", "读取这份文件时程序异常退出，重试一次仍然如此。文件可能已损坏或内存不足，请用原软件另存后再试")

    def _expire(self) -> None:
        now = monotonic()
        for worker in [w for w in self.workers if w.job is not None and w.deadline <= now]:
            number, path = worker.job or (0, Path())
            self._drop(worker)
            self.done[number] = failed(path, "timeout", f"超过 {self.limits.seconds:g} 秒仍未核对完，已放弃。可用 --timeout 放宽时限，或将文件拆分后再试")

    def _drop(self, worker: _Worker) -> None:
        worker.kill()
        self.workers.remove(worker)


def _started(context: SpawnContext, work: Work, scheme: str | None) -> _Worker:
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, work, scheme), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(pipe: Connection, work: Work, scheme: str | None) -> None:
    """Check the files that come in, one at a time, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _bounded()
    while True:
        try:
            path = pipe.recv()
        except (EOFError, OSError):
            return
        pipe.send(work(path, scheme))


def _bounded() -> None:
    """Let a file that unfolds without end (a page drawing itself over and over) take its own worker down, not the machine.

    Where the system has no such limit (Windows, macOS) the time limit alone stands guard.
    """
    if not sys.platform.startswith("linux"):
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    ceiling = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling, hard))
