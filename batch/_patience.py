"""Ctrl-C 时结果已在写：写完再停。"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

WAIT = "正在写出结果，请稍候（再按一次 Ctrl-C 放弃写出；核对过的都已保存）"


@contextmanager
def patient(say: Callable[[str], None]) -> Iterator[None]:
    """Have the first Ctrl-C answered with words while the results are being written; a second one ends the program."""
    if current_thread() is not main_thread():  # nobody presses it there
        yield
        return

    def answer(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        say(WAIT)

    before = signal.signal(signal.SIGINT, answer)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
