"""多进程：一份坏文件只占一行，超时或使进程崩溃的文件不影响其他文件。"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from fusuan.batch._machine import bounded, seldom_swept, share

if TYPE_CHECKING:
    from fusuan.model import Audit

LOST = {"crashed": "读取这份文件时程序异常退出，重试一次仍然如此。文件可能已损坏或内存不足，请用原软件另存后再试",
        "timeout": "超过 {:g} 秒仍未核对完，已放弃。可用 --timeout 放宽时限，或将文件拆分后再试"}
Job = TypeVar("Job")
Done = TypeVar("Done")
_GRACE = 30
"""Seconds after its time limit at which a worker that nobody stops (the program was killed) ends itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How a batch runs: worker processes, seconds allowed to one file, scoring scheme, bytes a worker may hold (0: its share),
    passwords to try, who is told of pages that are recognised (job, page, pages)."""

    jobs: int = 1
    seconds: float = 120
    scheme: str | None = None
    memory: int = 0
    passwords: tuple[str, ...] = ()
    watch: Callable[[Any, int, int], None] | None = None


class Page(NamedTuple):
    """A page that a worker is about to recognise: that takes seconds, so that the time limit counts anew."""

    number: int
    pages: int


def run(paths: Iterable[Path], limits: Limits, work: Callable[[Path, str | None], Audit] | None = None) -> Iterator[Audit]:
    """Yield the audit of each path, in the order given. `work` is `audit` unless told otherwise."""
    from fusuan.batch.audit import audit
    from fusuan.batch.unread import failed

    ready: dict[int, Audit] = {}
    turn = 0
    for number, done in settled(paths, limits, work or audit, failed):
        ready[number] = done
        while turn in ready:
            yield ready.pop(turn)
            turn += 1


def settled(jobs: Iterable[Job], limits: Limits, work: Callable[[Job, str | None], Done],
            lost: Callable[[Job, str, str], Done]) -> Iterator[tuple[int, Done]]:
    """Yield the number of each job and what came of it, as they end, whatever the files do to the process that reads them.

    `work` is what is done to each (a function at the top of a module, so that a worker can import it). `lost` says what is to
    come of a job that took its worker down or too long: it gets a code and a Chinese message.
    """
    with Pool(limits) as pool:
        yield from pool.settled(jobs, work, lost)


@dataclass(slots=True)
class _Worker:
    """A process that does one job at a time, and what it is at."""

    process: SpawnProcess
    pipe: Connection
    job: tuple[int, Any] | None = None
    deadline: float = 0

    def kill(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@dataclass(slots=True)
class Pool:
    """Workers, started when there is work and kept from one kind of it to the next.

    Not a ProcessPoolExecutor: there one crash loses every file in flight and nothing can be stopped for taking too
    long. Here each worker has one file and a pipe of its own, so the file to blame is known.
    """

    limits: Limits
    loading: str = ""
    """A module that workers load as they start, whatever they do first."""
    workers: list[_Worker] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for worker in [*self.workers]:
            self.drop(worker)

    def settled(self, jobs: Iterable[Job], work: Callable[[Job, str | None], Done],
                lost: Callable[[Job, str, str], Done]) -> Iterator[tuple[int, Done]]:
        """Do what the function of this name says."""
        run = _Run(self, deque(enumerate(jobs)), work, lost)
        try:
            while run.queue or self.busy:
                yield from run.step()
        finally:
            for worker in self.busy:
                self.drop(worker)

    @property
    def busy(self) -> list[_Worker]:
        return [worker for worker in self.workers if worker.job is not None]

    def idle(self, wanted: int) -> Iterator[_Worker]:
        """Yield workers without a job, as many as are wanted and may be."""
        free = [worker for worker in self.workers if worker.job is None][:wanted]
        yield from free
        for _ in range(min(wanted - len(free), max(1, self.limits.jobs) - len(self.workers))):
            self.workers.append(_started(self.limits, self.loading))
            yield self.workers[-1]

    def start(self, wanted: int) -> None:
        """Have workers load what they need while their first jobs are still being looked for."""
        for _ in self.idle(wanted):
            pass

    def drop(self, worker: _Worker) -> None:
        worker.kill()
        self.workers.remove(worker)


@dataclass(slots=True)
class _Run:
    """What waits for the workers of a pool, what is done to it, and what took a worker down once."""

    pool: Pool
    queue: deque[tuple[int, Any]]
    work: Callable[[Any, str | None], Any]
    lost: Callable[[Any, str, str], Any]
    crashed: set[int] = field(default_factory=set)

    def step(self) -> Iterator[tuple[int, Any]]:
        """Give idle workers work, then yield what comes next."""
        for worker in self.pool.idle(len(self.queue)):
            self._assign(worker)
        busy = {worker.pipe: worker for worker in self.pool.busy}
        patience = min((worker.deadline for worker in busy.values()), default=0) - monotonic()
        for pipe in wait(list(busy), max(0.0, patience)):
            yield from self._take(busy[pipe])  # type: ignore[index]  # wait returns what it was given
        yield from self._expire()

    def _assign(self, worker: _Worker) -> None:
        worker.job = self.queue.popleft()
        worker.deadline = monotonic() + self.pool.limits.seconds
        with suppress(OSError):  # it died idle; the dead pipe reports itself at once in step
            worker.pipe.send((self.work, worker.job[1]))

    def _take(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        assert worker.job is not None
        number, job = worker.job
        try:
            done = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._died(worker)
            return
        if isinstance(done, Page):
            worker.deadline = monotonic() + self.pool.limits.seconds
            if self.pool.limits.watch is not None:
                self.pool.limits.watch(job, *done)
            return
        worker.job = None
        if self.queue:  # it goes on at once, whatever is done with this result
            self._assign(worker)
        yield number, done

    def _died(self, worker: _Worker) -> Iterator[tuple[int, Any]]:
        """Try its job once more in a fresh process, then give it up."""
        assert worker.job is not None
        number, job = worker.job
        self.pool.drop(worker)
        if number not in self.crashed:
            self.crashed.add(number)
            self.queue.appendleft((number, job))
        else:
            yield number, self.lost(job, "crashed", LOST["crashed"])

    def _expire(self) -> Iterator[tuple[int, Any]]:
        now = monotonic()
        for worker in [w for w in self.pool.busy if w.deadline <= now]:
            assert worker.job is not None
            number, job = worker.job
            self.pool.drop(worker)
            yield number, self.lost(job, "timeout", LOST["timeout"].format(self.pool.limits.seconds))


def _started(limits: Limits, loading: str) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    memory = limits.memory or share(limits.jobs)
    process = context.Process(target=_serve, args=(theirs, limits.scheme, memory, limits.seconds, loading), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _serve(pipe: Connection, scheme: str | None, memory: int, seconds: float, loading: str) -> None:
    """Do the jobs that come in, one at a time, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    bounded(memory)
    seldom_swept()
    if loading:
        import_module(loading)
    from fusuan.model.progress import watched

    def recognising(page: int, pages: int) -> None:
        _alarm(seconds + _GRACE)
        pipe.send(Page(page, pages))

    with watched(recognising):
        while True:
            try:
                work, job = pipe.recv()
                _alarm(seconds + _GRACE)
                pipe.send(work(job, scheme))
                _alarm(0)
            except (EOFError, OSError):  # the parent is gone
                return


def _alarm(seconds: float) -> None:
    """Have the system end this process, even in the middle of a library's loop, should its parent be gone by then."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
