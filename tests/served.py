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
NAME = "<img src=x onerror=alert(1)>.txt"
REPORT = ("湖滨县文化馆2022年度部门整体支出绩效自评报告", "一、部门支出情况<script>alert(2)</script>",
          "本年支出合计420.50万元，其中：基本支出310.20万元，项目支出120.30万元。",
          "项目预算130.00万元，实际支出120.30万元，完成预算的95.24%。<img src=x onerror=alert(3)>")


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
