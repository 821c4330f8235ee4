"""A report as one file in a browser without a window: a click shows the arithmetic, nothing runs, nothing comes from outside."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.served import CHROMIUM, ENVIRONMENT, NAME, REPORT, run

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium (apt install chromium)")


@pytest.fixture
def tab(tmp_path: Path) -> Iterator[Any]:
    """The page of a report whose text is full of scripts, in a tab that fails the test where one runs or anything is fetched."""
    (tmp_path / "报告.txt").write_text("\n".join((*REPORT, NAME)), encoding="utf-8")
    subprocess.run(run("check", "报告.txt", "-o", "报告.html"), cwd=tmp_path, env=ENVIRONMENT, check=False, capture_output=True)
    wrong: list[str] = []
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 820}, locale="zh-CN").new_page()
        page.on("dialog", lambda dialog: wrong.append(dialog.message))  # one left open stops the test too
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda request: wrong.extend([request.url] * (request.url != (tmp_path / "报告.html").as_uri())))
        page.goto((tmp_path / "报告.html").as_uri())
        yield page
        browser.close()
    assert not wrong


def test_a_figure_leads_to_its_arithmetic_and_from_there_to_its_operands(tab: Any) -> None:
    assert "<script>alert(2)</script>" in tab.inner_text("#text") and "<img src=x onerror=alert(3)>" in tab.inner_text("#text")
    tab.click("#text .m:has-text('95.24%')")
    assert "120.30" in tab.inner_text(".c.on .formula") and "95.24%" in tab.inner_text(".c.on .values")
    tab.click(".c.on .formula a:has-text('130.00')")
    assert tab.inner_text(".m.here") == "130.00万元"
    tab.fill("input[type=search]", "420.50")
    assert tab.locator(".c:visible").count() == 1


def test_it_prints_in_ink_on_white(tab: Any) -> None:
    """The list first, each verdict to be read, no buttons."""
    tab.emulate_media(media="print")
    badge = tab.locator(".c.broken .v").first
    colour, ground = (badge.evaluate(f"one => getComputedStyle(one).{name}") for name in ("color", "backgroundColor"))
    assert ground == "rgba(0, 0, 0, 0)" and max(map(int, colour.strip("rgb()").split(","))) < 100
    assert tab.locator("#filters").is_hidden() and tab.locator(".c.broken").first.is_visible() and tab.locator("#text").is_visible()
