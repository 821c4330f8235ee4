"""Word of pages that take seconds each, to whoever waits for a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol


class Watcher(Protocol):
    """Is told of each page before it is recognised: its number, and how many pages the file has."""

    def __call__(self, page: int, pages: int, /) -> None: ...


_watcher: ContextVar[Watcher | None] = ContextVar("watcher", default=None)


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Have `watcher` told of the pages that `told` names meanwhile.

    >>> with watched(lambda page, pages: print(page, "of", pages)):
    ...     told(2, 8)
    2 of 8
    >>> told(3, 8)
    """
    token = _watcher.set(watcher)
    try:
        yield
    finally:
        _watcher.reset(token)


def told(page: int, pages: int) -> None:
    watcher = _watcher.get()
    if watcher is not None:
        watcher(page, pages)
