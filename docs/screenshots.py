"""Take the pictures of the page (docs/page-*.png) as it is now, in a browser without a window.

    python -m docs.screenshots

Needs `pip install "fusuan[page]" playwright` and Chromium.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.house import ROOT
from tests.served import CHROMIUM, run, served

SPECIMENS = ROOT / "corpus" / "specimens"
REPORTS = ("account-tables-wrong.pdf", "department-prose.docx", "school-yuan.docx", "county-all.docx", "base-data.xlsx")


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
    subprocess.run(run("check", SPECIMENS / REPORTS[1], "-o", made), check=False, capture_output=True)
    tab.goto(made.as_uri())
    tab.keyboard.press("ArrowDown")
    tab.screenshot(path=ROOT / "docs" / "page-report.png")


def main() -> None:
    from playwright.sync_api import sync_playwright

    with TemporaryDirectory() as place, served(Path(place)) as address, sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = chromium.new_context(viewport={"width": 1120, "height": 640}, locale="zh-CN").new_page()
        tab.set_default_timeout(30_000)
        page(tab, address)
        report(tab, Path(place))
        chromium.close()


if __name__ == "__main__":
    main()
