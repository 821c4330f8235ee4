"""几台机器一起核对（可选，pip install fusuan[cluster]）：同样的工作由 Dask distributed 分派，结果回到同一个结果存储。"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import Any

from fusuan.batch._machine import share
from fusuan.batch.gather import Found
from fusuan.batch.pool import LOST, Limits
from fusuan.batch.store import program
from fusuan.batch.work import Done, lost, member_of, sent

_AHEAD = 2
"""Files given to each thread of a worker at a time: none waits for the network, few are lost with it."""
_GRACE = 30
_LOOK = 1.0


Work = Callable[..., Done | None]
"""What a worker does: see `work.sent`."""


class ClusterError(Exception):
    """The machines cannot be used; the message (Chinese) says why and what to do."""


def settled(items: Sequence[Found], limits: Limits, address: str, work: Work = sent) -> Iterator[tuple[int, Done]]:
    """Yield what came of each file, as `pool.settled` does, from the scheduler at `address`; "local": from workers of its own.

    A file that a worker does not find where it is (no shared folder) is sent to it. Raises ClusterError.
    """
    with _client(address, limits) as client:
        yield from _Run(client, items, limits, work).results()


@contextmanager
def _client(address: str, limits: Limits) -> Iterator[Any]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise ClusterError("没有安装 Dask。请先运行：pip install \"fusuan[cluster]\"") from error
    own = None
    try:
        if address != "local":
            client = Client(address, timeout=20)
        else:
            own = LocalCluster(n_workers=limits.jobs, threads_per_worker=1, dashboard_address=None, memory_limit=share(limits.jobs),
                               silence_logs=50)
            client = Client(own)
    except (OSError, ValueError) as error:
        raise ClusterError(f"连不上集群 {address}：{error}。请核对地址，并确认 dask scheduler 正在运行") from error
    try:
        _check_versions(client)
        yield client
    finally:
        client.close()
        if own is not None:
            own.close()


def _check_versions(client: Any) -> None:
    """Another version on a worker would give other findings: say so before the work."""
    other = [name for name, known in client.run(program).items() if known != program()]
    if other:
        raise ClusterError(f"集群中 {len(other)} 台的程序与本机不同（{other[0]} 等），结果会不一致。请在各台安装同一版本的 fusuan")
    if not client.scheduler_info()["workers"]:
        raise ClusterError("集群中没有工作进程。请先在各台机器上运行：dask worker 调度器地址 --nthreads 1")


@dataclass(slots=True)
class _Run:
    """The files that wait, and those that are out, each with the time it has."""

    client: Any
    items: Sequence[Found]
    limits: Limits
    work: Work
    out: dict[Any, tuple[int, float]] = field(default_factory=dict)
    again: set[int] = field(default_factory=set)

    def results(self) -> Iterator[tuple[int, Done]]:
        from distributed import wait

        queue = deque(range(len(self.items)))
        while queue or self.out:
            while queue and len(self.out) < self._room():
                self._submit(queue.popleft())
            try:
                wait(list(self.out), timeout=_LOOK, return_when="FIRST_COMPLETED")
            except TimeoutError:
                yield from self._expire()
                continue
            for future in [future for future in self.out if future.done()]:
                number, _ = self.out.pop(future)
                if (done := self._taken(number, future)) is not None:
                    yield number, done

    def _room(self) -> int:
        threads: int = sum(worker["nthreads"] for worker in self.client.scheduler_info()["workers"].values())
        return _AHEAD * max(1, threads)

    def _submit(self, number: int, data: bytes | None = None) -> None:
        task = partial(self.work, data=data, passwords=self.limits.passwords)
        future = self.client.submit(task, self.items[number], self.limits.scheme, pure=False)
        self.out[future] = (number, monotonic() + self.limits.seconds * (_AHEAD + 1) + _GRACE)

    def _taken(self, number: int, future: Any) -> Done | None:
        """Return what a file came to; None where it is out once more."""
        item = self.items[number]
        try:
            done: Done | None = future.result()
        except Exception as error:  # noqa: BLE001  # whatever the file did to its worker
            if number not in self.again and "Killed" not in type(error).__name__:
                self.again.add(number)
                self._submit(number)
                return None
            return lost(item, "crashed", LOST["crashed"])
        if done is None:
            self._submit(number, self._bytes(item))
        return done

    def _bytes(self, item: Found) -> bytes:
        """Read what a worker does not find; one that has gone meanwhile is empty, which its reader says."""
        try:
            return item.path.read_bytes() if item.member is None else member_of(item, self.limits.passwords).data or b""
        except OSError:
            return b""

    def _expire(self) -> Iterator[tuple[int, Done]]:
        """Give up what takes too long: a thread cannot be stopped, so its worker is started anew."""
        for future in [future for future, (_, deadline) in self.out.items() if deadline <= monotonic()]:
            number, _ = self.out.pop(future)
            workers = [name for name, keys in self.client.processing().items() if future.key in map(str, keys)]
            future.cancel()
            if workers:
                self.client.restart_workers(workers, raise_for_error=False)
            yield number, lost(self.items[number], "timeout", LOST["timeout"].format(self.limits.seconds))
