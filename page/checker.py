"""A thread that has what waits in the inbox checked by the pool of workers, for as long as the server runs."""

from __future__ import annotations

import threading
from functools import partial
from time import sleep

from fusuan.batch.pool import Limits, settled
from fusuan.page.inbox import Filing, Inbox
from fusuan.page.work import check, lost

_GATHERING = 0.3


class Checker:
    """Wake it when something has come in."""

    def __init__(self, inbox: Inbox, limits: Limits) -> None:
        self._inbox, self._limits = inbox, limits
        self._news, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="checker")

    def start(self) -> None:
        self._news.set()
        self._thread.start()

    def wake(self) -> None:
        self._news.set()

    def stop(self) -> None:
        """Take no more; workers end with the process that started them."""
        self._ended.set()
        self._news.set()

    def _watch(self) -> None:
        while not self._ended.is_set():
            self._news.wait()
            sleep(_GATHERING)  # what is dropped together comes within a moment
            self._news.clear()
            while (waiting := self._inbox.waiting()) and not self._ended.is_set():
                try:
                    self._round(waiting)
                except OSError as error:  # no process can be started
                    for filing in waiting:
                        self._inbox.failed(filing.id, f"无法核对：{error.strerror or error}。请关闭其他程序后重新放入")

    def _round(self, waiting: list[Filing]) -> None:
        """Check what waits now; what comes meanwhile has the next round."""
        work = partial(check, passwords=self._limits.passwords)
        for number, why in settled([self._inbox.path(filing) for filing in waiting], self._limits, work, lost):
            self._inbox.failed(waiting[number].id, why or "核对没有留下结果，请删除后重新放入")
            if self._ended.is_set():
                return
