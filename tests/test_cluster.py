"""Several machines do the same work: the same findings, also when one of them is killed midway."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.county import batch, children, run
from corpus.filings import make

pytest.importorskip("distributed", reason="pip install .[cluster]")
COUNT = 40


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Filings, and what one machine makes of them."""
    folder, out = tmp_path_factory.mktemp("county") / "报送", tmp_path_factory.mktemp("out")
    make(COUNT, folder, seed=5)
    run(batch(folder, out, "--jobs", "1"))
    return folder, (out / "结果.jsonl").read_bytes()


def test_two_workers_find_the_same(county: tuple[Path, bytes], tmp_path: Path) -> None:
    run(batch(county[0], tmp_path, "--jobs", "2", "--cluster", "local"))
    assert (tmp_path / "结果.jsonl").read_bytes() == county[1]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="finds workers through /proc")
def test_a_worker_killed_midway_costs_nothing(county: tuple[Path, bytes], tmp_path: Path) -> None:
    scheduler = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    started = [subprocess.Popen([*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(scheduler)], **quiet)]  # type: ignore[call-overload]
    try:
        started += [subprocess.Popen([*dask, "worker", "--scheduler-file", str(scheduler), "--nthreads", "1", "--no-dashboard"], **quiet)  # type: ignore[call-overload]
                    for _ in range(2)]
        address = _address(scheduler)
        process = subprocess.Popen(batch(county[0], tmp_path, "--cluster", address), **quiet)  # type: ignore[call-overload]
        _until_some_are_kept(tmp_path / "疑点.fusuan")
        for worker in children(started[1].pid):
            os.kill(worker, signal.SIGKILL)
        process.wait(timeout=180)
        assert (tmp_path / "结果.jsonl").read_bytes() == county[1]
    finally:
        for one in started[::-1]:
            one.terminate()
            one.wait(timeout=30)


def test_a_file_over_its_time_limit_and_one_that_kills_its_worker_cost_no_other_file_anything(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fusuan.batch import cluster
    from fusuan.batch._codec import decoded
    from fusuan.batch.gather import Found
    from fusuan.batch.pool import Limits
    from tests.misbehaving import misbehave_far

    monkeypatch.setattr(cluster, "_GRACE", 1)
    names = ["a.txt", "hang.txt", "b.txt", "once.txt", *(f"c{number}.txt" for number in range(8))]
    items = [Found(tmp_path / name, shown=name) for name in names]
    start = time.monotonic()
    done = dict(cluster.settled(items, Limits(jobs=2, seconds=3), "local", misbehave_far))
    assert time.monotonic() - start < 55  # it would sleep for a minute
    codes = {names[number]: (decoded(one.body).error or {})["code"] for number, one in done.items()}
    assert codes.pop("hang.txt") == "timeout"
    assert set(codes) == set(names) - {"hang.txt"}
    assert set(codes.values()) == {"done"}


def test_a_file_that_is_not_where_a_worker_looks_is_sent(county: tuple[Path, bytes], tmp_path: Path) -> None:
    from dataclasses import replace

    from fusuan.batch.gather import Found
    from fusuan.batch.work import sent, work

    path = next(county[0].rglob("*.docx"))
    item = Found(path, shown=path.name)
    away = replace(item, path=tmp_path / path.name)
    assert sent(away, None) is None
    done, here = sent(away, None, path.read_bytes()), work(item, None)
    assert done is not None
    assert (done.status, done.broken, done.final) == (here.status, here.broken, here.final)


def test_no_such_cluster_is_said(county: tuple[Path, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from fusuan import cli

    assert cli.main(["batch", str(county[0]), "-o", str(tmp_path / "a.xlsx"), "--cluster", "乱写"]) == 2
    assert "集群" in capsys.readouterr().err


def _address(scheduler: Path) -> str:
    import json

    for _ in range(600):
        if scheduler.exists() and (text := scheduler.read_text(encoding="utf-8")):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise AssertionError("no scheduler")


def _until_some_are_kept(store: Path) -> None:
    import sqlite3

    for _ in range(1200):
        try:
            with sqlite3.connect(f"file:{store}?mode=ro", uri=True) as base:
                if base.execute("SELECT count(*) FROM audits").fetchone()[0] > 3:
                    return
        except sqlite3.Error:
            pass
        time.sleep(0.1)
    raise AssertionError("nothing is kept")
