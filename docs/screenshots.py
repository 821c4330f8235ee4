"""Take the pictures of the page (docs/page-*.png) as it is now, in a browser without a window.

    python docs/screenshots.py

Needs `pip install "fusuan[page]" playwright` and Chromium.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SPECIMENS = ROOT / "corpus" / "specimens"
REPORTS = ("account-tables-wrong.pdf", "department-prose.docx", "school-yuan.docx", "county-all.docx", "base-data.xlsx")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Start the page as a user does; give its address."""
    server = subprocess.Popen([sys.executable, str(ROOT / "cli.py"), "serve", "--no-open", "--port", "0", "--folder", str(folder / "页面"), "--store",
                               str(folder / "疑点.fusuan")], stdout=subprocess.PIPE, text=True, encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    try:
        assert server.stdout is not None
        found = re.search(r"http://\S+", server.stdout.readline())
        assert found is not None
        yield found.group()
    finally:
        server.terminate()
        server.wait(20)


def page(tab: Any, address: str) -> None:
    """Hand reports in, open one, dismiss its first finding: what the page shows on the way."""
    tab.goto(address)
    tab.fill("#who", "张三")
    tab.set_input_files("#files", [SPECIMENS / name for name in REPORTS])
    tab.locator("#rows tr.checked").nth(len(REPORTS) - 1).wait_for()
    tab.screenshot(path=ROOT / "docs" / "page-list.png")
    tab.click(f"#rows a:has-text('{REPORTS[0]}')")
    tab.wait_for_load_state("networkidle")
    tab.keyboard.press("ArrowDown")
    tab.locator(".c.on form").wait_for()
    tab.keyboard.press("2")
    tab.keyboard.type("单位已说明，另有一笔未列")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".c.on .decision:has-text('不属实')")
    tab.keyboard.press("Escape")
    tab.locator("body").press("p")
    tab.wait_for_function("() => { const drawn = document.querySelector('img'); return drawn && drawn.complete && drawn.naturalWidth > 0; }")
    tab.screenshot(path=ROOT / "docs" / "page-finding.png")


def report(tab: Any, folder: Path) -> None:
    """One report as one file, a figure of it chosen."""
    made = folder / "报告.html"
    subprocess.run([sys.executable, str(ROOT / "cli.py"), "check", str(SPECIMENS / REPORTS[1]), "-o", str(made)], check=False, capture_output=True)
    tab.goto(made.as_uri())
    tab.keyboard.press("ArrowDown")
    tab.screenshot(path=ROOT / "docs" / "page-report.png")


def main() -> None:
    from playwright.sync_api import sync_playwright

    browser = next(filter(None, map(shutil.which, BROWSERS)))
    with TemporaryDirectory() as place, served(Path(place)) as address, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        tab = chromium.new_context(viewport={"width": 1120, "height": 640}, locale="zh-CN").new_page()
        tab.set_default_timeout(30_000)
        page(tab, address)
        report(tab, Path(place))
        chromium.close()


if __name__ == "__main__":
    main()
