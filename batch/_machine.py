"""What this machine can bear: memory for each worker, and folders that killed runs left behind."""

from __future__ import annotations

import gc
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import time

LEAST, MOST = 1 << 30, 4 << 30
"""Bytes a worker may hold: the largest report measured takes 0.4 GB; no report needs more than 4."""
_OLD = 2 * 86400
_KEPT = 4
"""A fifth of the memory is left to everything else."""


def share(jobs: int) -> int:
    """Return how much memory each of so many workers may hold here.

    >>> LEAST <= share(64) <= share(1) <= MOST
    True
    """
    return min(MOST, max(LEAST, _memory() // (_KEPT + 1) * _KEPT // max(1, jobs)))


def _memory() -> int:
    """Bytes of memory this process may use, where the system tells; else what most machines have."""
    try:
        whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):  # Windows
        whole = 8 << 30
    for name in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            said = Path(name).read_text(encoding="ascii").strip()
        except OSError:
            continue
        whole = min(whole, int(said)) if said.isdigit() else whole
    return whole


def bounded(memory: int) -> None:
    """Let a file that unfolds without end (a page drawing itself over and over) take its own worker down, not the machine.

    Where the system has no such limit (Windows, macOS) the time limit alone stands guard.
    """
    if not sys.platform.startswith("linux"):
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    ceiling = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (ceiling, hard))


def seldom_swept() -> None:
    """Let Python look more seldom for waste that holds itself: what a report is read into stays, and looking through it took a tenth of the time."""
    gc.set_threshold(1_000_000, 20, 100)


@contextmanager
def temporaries() -> Iterator[None]:
    """Have all that is temporary lie in one folder that bears this process's number; remove those of runs that were killed."""
    before, root = tempfile.tempdir, Path(tempfile.gettempdir())
    for path in root.glob("fusuan-*"):
        number = re.fullmatch(r"fusuan-([0-9]+)", path.name)
        if number and not _lives(int(number[1]), path):
            shutil.rmtree(path, ignore_errors=True)
    folder = root / f"fusuan-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    name = "TEMP" if sys.platform == "win32" else "TMPDIR"
    told = os.environ.get(name)
    tempfile.tempdir = os.environ[name] = str(folder)  # workers, and programs they start, take it from there
    try:
        yield
    finally:
        tempfile.tempdir = before
        os.environ.pop(name) if told is None else os.environ.update({name: told})
        shutil.rmtree(folder, ignore_errors=True)


def _lives(number: int, folder: Path) -> bool:
    """Tell whether the process of that number still runs; where asking would end it (Windows), whether its folder is young."""
    if sys.platform == "win32":
        return time() - folder.stat().st_mtime < _OLD
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another's
        return True
    return True
