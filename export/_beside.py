"""A file is written beside its place and moved there when it is whole: a full disk or a kill leaves the old one as it was."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_LOCKS = (".~lock.{}#", "~${}", ".~{}")


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Give a path to write to; what is written comes to `path` at the end, and nothing of it remains if the end is not reached."""
    part = path.with_name(f".~{os.getpid()}-{path.name}")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def aim(part: Path) -> Path:
    """Return the place that what is written to `part` comes to in the end; a path that is no such part is its own.

    >>> aim(Path("a/.~17-b.html")).name, aim(Path("b.html")).name
    ('b.html', 'b.html')
    """
    return part.with_name(re.sub(r"^\.~\d+-", "", part.name))


def free(path: Path) -> Path:
    """Return `path`, or, where it is open in another program, the next free name: 疑点(2).xlsx. Raises OSError where none can be written.

    The folder is made, and writing is tried: it is better to know before the work than after it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _swept(path)
    trial = path.with_name(f".~{os.getpid()}-{path.name}")
    trial.write_bytes(b"")
    trial.unlink()
    return next(name for name in _names(path) if not _held(name))


def _swept(path: Path) -> None:
    """Remove what a run that was killed had begun to write beside a path."""
    for part in path.parent.iterdir():
        number = re.fullmatch(rf"\.~(\d+)-{re.escape(path.name)}", part.name)
        if number and not _running(int(number[1])):
            with suppress(OSError):  # another program holds it, or was quicker
                part.unlink()


def _running(number: int) -> bool:
    """Tell whether a process runs; on Windows that a file is open says so, and it cannot be removed then."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _names(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_name(f"{path.stem}({number}){path.suffix}") for number in range(2, 1000))


def _held(path: Path) -> bool:
    """Tell whether another program has the file open: Windows does not let it be opened, LibreOffice and WPS leave a lock beside it."""
    if any(path.with_name(lock.format(path.name)).exists() for lock in _LOCKS):
        return True
    if not path.exists():
        return False
    with suppress(PermissionError), path.open("r+b"):
        return False
    return True
