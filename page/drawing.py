"""What is drawn: the templates, with everything escaped, and pages of a PDF as pictures."""

from __future__ import annotations

import subprocess
import sys
import threading
from functools import cache
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

_SECONDS = 30
_AT_ONCE = threading.Semaphore(2)


@cache
def templates() -> Environment:
    return Environment(loader=PackageLoader("fusuan.page", "templates"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)


def picture(file: Path, number: int, out: Path) -> Path | None:
    """Return the picture of a page of a PDF, drawn when first asked for by a program of its own; None where it fails."""
    script = files("fusuan.page").joinpath("_picture.py")
    with _AT_ONCE:
        if not out.exists():
            try:
                subprocess.run([sys.executable, str(script), str(file), str(number), str(out)], timeout=_SECONDS, check=False,
                               capture_output=True, stdin=subprocess.DEVNULL,
                               creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0))
            except (OSError, subprocess.TimeoutExpired):
                return None
    return out if out.exists() else None
