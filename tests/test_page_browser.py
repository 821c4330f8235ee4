"""The page's whole path in a browser without a window: what a person does, and what is on the disk afterwards."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from openpyxl import load_workbook

from tests.conftest import GOOD
from tests.served import CHROMIUM, ENVIRONMENT, NAME, REPORT, run, served

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
for extra in ("fastapi", "uvicorn", "jinja2"):
    pytest.importorskip(extra, reason="the extra fusuan[page] is not installed")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium (apt install chromium)")
LARGE = (100 << 20) + 1
DROPPED = """(files) => {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  document.getElementById("drop").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: data }));
}"""
DROP = f"(files) => ({DROPPED})(files.map(([name, bytes]) => new File([new Uint8Array(bytes)], name)))"


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """Two reports and a bad one."""
    folder = tmp_path / "自评"
    folder.mkdir()
    (folder / NAME).write_text("\n".join(REPORT), encoding="utf-8")
    (folder / "好.txt").write_text("\n".join(GOOD), encoding="utf-8")
    (folder / "破.docx").write_bytes(bytes(3000))
    return folder


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as found:
        yield found


@pytest.fixture
def tab(address: str) -> Iterator[Any]:
    """A tab that fails the test where a script of a document runs, or ours has a mistake."""
    wrong: list[str] = []

    def alerted(dialog: Any) -> None:
        wrong.append(dialog.message)
        dialog.dismiss()

    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1280, "height": 820}, locale="zh-CN", accept_downloads=True).new_page()
        page.set_default_timeout(90_000)
        page.on("dialog", alerted)
        page.on("pageerror", lambda error: wrong.extend([str(error)]))
        page.on("request", lambda request: wrong.extend([request.url] * (not request.url.startswith((address, f"blob:{address}")))))
        page.goto(address)
        yield page
        browser.close()
    assert not wrong


def dropped(tab: Any, files: list[tuple[str, bytes]]) -> None:
    tab.evaluate(DROP, [[name, list(data)] for name, data in files])


def shot(tab: Any, name: str) -> None:
    """Keep a picture where one is asked for: FUSUAN_SHOTS names the folder."""
    if folder := os.environ.get("FUSUAN_SHOTS"):
        tab.screenshot(path=str(Path(folder, name)))


@pytest.mark.skipif(os.name == "nt", reason="Windows takes no such names")
def test_from_the_drop_to_the_next_batch(tab: Any, reports: Path, tmp_path: Path) -> None:
    dropped(tab, [(path.name, path.read_bytes()) for path in sorted(reports.iterdir())])
    tab.wait_for_selector("#rows tr:has-text('破.docx')")
    tab.locator("#rows tr.checked").nth(1).wait_for()
    tab.locator("#rows tr.failed").wait_for()
    assert NAME in tab.inner_text("#rows") and "破.docx" in tab.inner_text("#rows tr.failed")
    shot(tab, "list.png")

    tab.fill("#who", "张三")
    tab.click(f"#rows a:has-text({NAME!r})")
    assert "<script>alert(2)</script>" in tab.inner_text("#text")
    tab.keyboard.press("ArrowDown")
    lit = tab.inner_text(".m.here")
    assert lit in tab.inner_text(".c.on .values")
    tab.keyboard.press("2")
    tab.keyboard.type("口径不同<b>")
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".c.on .decision:has-text('不属实')")
    shot(tab, "finding.png")

    tab.reload()
    assert "口径不同<b>" in tab.inner_text(".decision") and "张三" in tab.inner_text(".decision")
    other = tab.context.new_page()  # a second tab
    other.goto(tab.url.split("/filings")[0])
    assert "1/2" in other.inner_text("#rows")

    with tab.expect_download() as taken:
        tab.click("text=下载工作簿")
    taken.value.save_as(tmp_path / "下载.xlsx")
    assert taken.value.suggested_filename == "疑点.xlsx"
    said = cells(tmp_path / "下载.xlsx")
    assert {"不属实", "口径不同<b>", "张三"} <= said

    done = subprocess.run(run("batch", reports, "-o", tmp_path / "疑点.xlsx", "--store", tmp_path / "疑点.fusuan"), capture_output=True,
                          text=True, encoding="utf-8", check=False, cwd=tmp_path, env=ENVIRONMENT)
    assert "直接采用结果" in done.stdout, done.stderr  # what the page has checked is not checked again
    assert {"不属实", "口径不同<b>", "张三"} <= cells(tmp_path / "疑点.xlsx")


def cells(path: Path) -> set[str]:
    """Return what stands on the sheet of what was settled as no error."""
    book = load_workbook(path)
    return {str(cell.value) for row in book["已排除"].iter_rows() for cell in row}


def test_two_hundred_reports_in_one_go(tab: Any) -> None:
    dropped(tab, [(f"单位{number:03d}.txt", "\n".join(REPORT).replace("310.20", f"{310 + number}.20").encode()) for number in range(200)])
    tab.wait_for_selector("#rows tr:has-text('单位199')", timeout=120_000)
    tab.locator("#rows tr.checked").nth(199).wait_for(timeout=400_000)
    tab.fill("#seek", "单位123")
    assert tab.locator("#rows tbody tr:visible").count() == 1


def test_a_folder_keeps_its_names_and_too_large_is_refused_before_it_is_sent(tab: Any, reports: Path) -> None:
    tab.set_input_files("#folder", reports)
    tab.wait_for_selector("#rows tr.checked:has-text('自评/好.txt')")
    tab.locator("#rows tbody tr").nth(2).wait_for()
    tab.evaluate(f"() => {{ const file = new File([new Uint8Array({LARGE})], '大.docx'); ({DROPPED})([file]); }}")
    tab.wait_for_selector("#sending .failed:has-text('大.docx')")
    assert "请拆分" in tab.inner_text("#sending") and tab.locator("#rows tbody tr").count() == 3


@pytest.mark.parametrize("told", [True, False])
def test_a_hundred_megabytes_and_one_byte_are_refused_by_the_server_too(address: str, told: bool) -> None:
    """Whoever sends them: said beforehand, or found out as they come."""
    sent = HTTPConnection(urlsplit(address).netloc, timeout=60)
    pieces = (bytes(1 << 20) if number < 100 else b"x" for number in range(101))
    try:
        sent.request("POST", "/filings?name=a.docx", pieces, {"Content-Length": str(LARGE)} if told else {}, encode_chunked=not told)
    except (BrokenPipeError, ConnectionResetError):  # it need not be heard to the end
        pass
    answer = sent.getresponse()
    assert (answer.status, "100 MB" in json.loads(answer.read())["error"]) == (413, True)
    sent.close()
    again = HTTPConnection(urlsplit(address).netloc, timeout=60)
    again.request("GET", "/")
    assert "a.docx" not in again.getresponse().read().decode()
    again.close()
