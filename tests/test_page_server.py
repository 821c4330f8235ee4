"""The server of the page: the pool at work behind it, and how it starts and ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

pytest.importorskip("fastapi", reason="the extra fusuan[page] is not installed")
pytest.importorskip("uvicorn", reason="the extra fusuan[page] is not installed")

from fusuan.batch.pool import Limits
from fusuan.page.checker import Checker
from fusuan.page.inbox import Filing, Inbox
from tests.conftest import GOOD, WRONG
from tests.house import ROOT


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path / "页面 1")


def wait_for(inbox: Inbox, seconds: float = 240) -> list[Filing]:
    end = time.monotonic() + seconds
    while time.monotonic() < end and not all(filing.done for filing in inbox.filings()):
        time.sleep(0.1)
    return inbox.filings()


def test_the_pool_checks_what_comes_and_a_file_that_takes_too_long_harms_no_other(inbox: Inbox) -> None:
    checker = Checker(inbox, Limits(2, 60))
    checker.start()
    names = [inbox.add(f"{number}.txt", "\n".join(WRONG).encode()).name for number in range(20)]
    checker.wake()
    done = wait_for(inbox)
    inbox.add("晚.txt", "\n".join(GOOD).encode())
    checker.wake()
    assert [(filing.name, filing.state, filing.broken) for filing in done] == [(name, "checked", 2) for name in names]
    assert wait_for(inbox)[-1].state == "checked"
    checker.stop()


def test_a_file_over_its_time_is_given_up_and_said_so(inbox: Inbox) -> None:
    checker = Checker(inbox, Limits(1, 0.05))
    checker.start()
    inbox.add("慢.txt", "\n".join(WRONG).encode())
    checker.wake()
    (given_up,) = wait_for(inbox)
    assert given_up.state == "failed" and "已放弃" in given_up.error and "--timeout" not in given_up.error
    checker.stop()


def serving(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "fusuan.cli", "serve", "--no-open", *map(str, arguments)]


ENVIRONMENT = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT / "build" / "links")}


def test_serve_says_what_is_in_its_way(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = subprocess.run(serving("--port", str(taken.getsockname()[1]), "--folder", tmp_path / "p"), capture_output=True, text=True,
                              encoding="utf-8", check=False, timeout=120, env=ENVIRONMENT)
    assert done.returncode == 2 and "--port" in done.stderr and "Traceback" not in done.stderr
    (tmp_path / "坏.fusuan").write_bytes(b"no store" * 1000)
    done = subprocess.run(serving("--store", tmp_path / "坏.fusuan", "--folder", tmp_path / "p"), capture_output=True, text=True,
                          encoding="utf-8", check=False, timeout=120, env=ENVIRONMENT)
    assert done.returncode == 2 and "坏.fusuan" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent to a whole console there")
def test_serve_asks_for_a_token_where_told_and_ends_quietly(tmp_path: Path) -> None:
    server = subprocess.Popen(serving("--port", "0", "--folder", tmp_path / "p", "--token"), stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, encoding="utf-8", env=ENVIRONMENT)
    assert server.stdout is not None
    found = re.search(r"(http://127\.0\.0\.1:\d+)/\?token=\S{20,}", server.stdout.readline())
    assert found is not None
    with pytest.raises(HTTPError, match="401"):
        urlopen(found[1])
    server.send_signal(signal.SIGINT)
    _, said = server.communicate(timeout=60)
    assert server.returncode in (0, 130) and "Traceback" not in said
