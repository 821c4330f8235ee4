"""The page as a user starts it, and a browser to see it in: for its tests and for the pictures of docs/."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.house import ROOT

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ENVIRONMENT = {**os.environ, "PYTHONIOENCODING": "utf-8"}


def run(*arguments: str | Path) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Start the page, what it keeps in `folder`; give its address."""
    server = subprocess.Popen(run("serve", "--no-open", "--port", "0", "--folder", folder / "页面", "--store", folder / "疑点.fusuan"),
                              stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=folder, env=ENVIRONMENT)
    try:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found is not None
        yield found.group()
    finally:
        server.terminate()
        server.wait(20)
