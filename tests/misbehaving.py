"""What a file may do to the process that reads it; apart from the tests, so that workers have little to load."""

from __future__ import annotations

import os
import time
from pathlib import Path

from fusuan.batch.gather import Found
from fusuan.batch.unread import failed
from fusuan.batch.work import Done, lost
from fusuan.model import Audit


def misbehave(path: Path, scheme: str | None = None) -> Audit:
    """Stand in for `audit` in a worker."""
    if "crash" in path.name or ("once" in path.name and not path.with_suffix(".mark").exists()):
        path.with_suffix(".mark").touch()
        os._exit(3)
    if "hang" in path.name:
        time.sleep(60)
    return failed(path, "done", "")


def misbehave_far(item: Found, scheme: str | None, data: bytes | None = None, passwords: tuple[str, ...] = ()) -> Done:
    """Stand in for `sent` in a worker of a cluster."""
    misbehave(item.path)
    return lost(item, "done", "")
