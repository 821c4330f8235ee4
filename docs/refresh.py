"""Rewrite the examples in both READMEs from what the program prints now.

    python docs/refresh.py

An example is a fenced block after a line `<!-- fusuan ARGUMENTS -->`; `(first N, last M)` after the arguments leaves out
the lines between. tests/test_docs.py holds that nothing would change.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("README.md", "README.zh.md")
COLUMNS = "96"
_EXAMPLE = re.compile(r"(<!-- fusuan ([^(\n]*?)(?: \(first (\d+), last (\d+)\))? -->\n+```\n)(.*?)(```)", re.DOTALL)
_CHANGING = re.compile("，用时 [0-9.]+ 秒")


def printed(arguments: str) -> list[str]:
    """Return the lines that the program prints in a terminal of 96 columns, but for how long it took."""
    done = subprocess.run([sys.executable, str(ROOT / "cli.py"), *arguments.split()], cwd=ROOT, capture_output=True,
                          text=True, encoding="utf-8", check=False,
                          env={**os.environ, "COLUMNS": COLUMNS, "PYTHONIOENCODING": "utf-8"})
    return _CHANGING.sub("", done.stdout).rstrip().splitlines()


def refreshed(text: str) -> str:
    """Return a page with its examples as they are now."""
    return _EXAMPLE.sub(lambda match: match[1] + "\n".join(_chosen(match)) + "\n" + match[6], text)


def _chosen(match: re.Match[str]) -> list[str]:
    lines = printed(match[2])
    if match[3] is None:
        return lines
    return [*lines[:int(match[3])], "…", *lines[len(lines) - int(match[4]):]]


if __name__ == "__main__":
    for name in PAGES:
        page = ROOT / name
        page.write_text(refreshed(page.read_text(encoding="utf-8")), encoding="utf-8")
