"""A county's filings: nothing is lost, whatever happens; what is planted among them is found, and nothing else."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bench.county import batch, killed, lost, run
from corpus.filings import make
from fusuan.batch.outcome import Outcome
from fusuan.batch.store import Store

COUNT = 90
Truth = dict[str, dict[str, object]]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    folder = tmp_path_factory.mktemp("county") / "报送"
    return folder, make(COUNT, folder)


@pytest.fixture(scope="module")
def done(county: tuple[Path, Truth], tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out")
    run(batch(county[0], out, "--jobs", "2"))
    return out


def lines(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "结果.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_file_is_accounted_for(county: tuple[Path, Truth], done: Path) -> None:
    folder, truth = county
    assert lost(folder, (done / "结果.jsonl").read_text(encoding="utf-8").splitlines(), truth) == []
    said = {line["file"]["path"].removeprefix(f"{folder}/"): line for line in lines(done)}
    assert set(said) == set(truth)
    for name, what in truth.items():
        status, error = said[name]["status"], said[name]["error"]
        expected = {"report": "checked", "copy": "checked", "again": "checked", "broken": "failed", "archive": "skipped"}
        assert status == expected.get(str(what["kind"]), ("failed" if find_spec("rapidocr") else "skipped") if name.endswith(".jpg") else "checked"), name
        assert error is None or error["message"], name


def test_what_is_wrong_is_found_and_nothing_else(county: tuple[Path, Truth], done: Path) -> None:
    folder, truth = county
    broken = {line["file"]["path"].removeprefix(f"{folder}/") for line in lines(done) if line["summary"]["broken"]}
    assert broken == {name for name, what in truth.items() if what.get("broken")}


def test_copies_and_corrected_filings_are_found_and_none_invented(county: tuple[Path, Truth], done: Path) -> None:
    truth = county[1]
    with Store(done / "疑点.fusuan") as store:
        crossings = Outcome(store).batch.crossings
    for kind, planted in (("雷同", "copy"), ("先后版本", "again")):
        found = {frozenset(one.names) for one in crossings if one.kind == kind}
        assert found == {frozenset((name, str(what["of"]))) for name, what in truth.items() if what["kind"] == planted}
    assert {one.kind for one in crossings} == {"雷同", "先后版本"}
    assert all("留有对方的单位名称 1 处" in one.message for one in crossings if one.kind == "雷同")


def test_a_file_hardly_read_is_never_said_to_be_all_right(done: Path) -> None:
    notices = [line for line in lines(done) if line["file"]["name"].startswith("关于召开")]
    assert notices
    for line in notices:
        assert not line["coverage"]["sufficient"]
        assert line["coverage"]["message"]
        assert line["file"]["kind"] == "非自评材料"
    book = load_workbook(done / "疑点.xlsx", read_only=True, data_only=True)
    head, *rows = book["文件"].iter_rows(values_only=True)
    states = {row[head.index("文件")]: row[head.index("状态")] for row in rows}
    assert {states[line["file"]["name"]] for line in notices} == {"覆盖不足"}


def test_a_second_run_checks_nothing_again(county: tuple[Path, Truth], done: Path) -> None:
    before = (done / "结果.jsonl").read_bytes()
    again = subprocess.run(batch(county[0], done, "--jobs", "2"), capture_output=True, check=False, text=True, encoding="utf-8")
    assert "结果不必重写" in again.stdout
    assert (done / "结果.jsonl").read_bytes() == before
    (done / "疑点.xlsx").unlink()
    third = subprocess.run(batch(county[0], done, "--jobs", "2"), capture_output=True, check=False, text=True, encoding="utf-8")
    checked = sum(line["status"] != "skipped" for line in lines(done))
    assert f"其中 {checked} 份以前核对过" in third.stdout
    assert (done / "结果.jsonl").read_bytes() == before
    assert (done / "疑点.xlsx").exists()
    assert _told(third.stdout) == _told(again.stdout)


def _told(out: str) -> list[str]:
    """What is said of the files, without how long it took."""
    return [line for line in out.splitlines() if "用时" not in line and "以前核对过" not in line and "不必重写" not in line]


def test_what_changed_is_checked_again(county: tuple[Path, Truth], tmp_path: Path) -> None:
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲.txt").write_text("本年支出合计5.50万元，其中：基本支出3.00万元，项目支出2.50万元。", encoding="utf-8")
    (folder / "乙.txt").write_text("本年支出合计6.50万元，其中：基本支出3.00万元，项目支出3.50万元。", encoding="utf-8")
    run(batch(folder, tmp_path, "--jobs", "1"))
    (folder / "乙.txt").write_text("本年支出合计6.60万元，其中：基本支出3.00万元，项目支出3.50万元。", encoding="utf-8")
    again = subprocess.run(batch(folder, tmp_path), capture_output=True, check=False, text=True, encoding="utf-8")
    assert "其中 1 份以前核对过" in again.stdout
    assert [line["summary"]["broken"] for line in lines(tmp_path)] == [1, 0]  # 乙 before 甲
    fresh = subprocess.run(batch(folder, tmp_path, "--fresh"), capture_output=True, check=False, text=True, encoding="utf-8")
    assert "以前核对过" not in fresh.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no kill -9 there")
def test_killed_again_and_again_it_ends_as_if_undisturbed(county: tuple[Path, Truth], done: Path, tmp_path: Path) -> None:
    command = batch(county[0], tmp_path, "--jobs", "2")
    killed(command, 4, 4.0, random.Random(3))
    run(command)
    assert (tmp_path / "结果.jsonl").read_bytes() == (done / "结果.jsonl").read_bytes()
    assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".~")]


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_broken_off_by_hand_it_leaves_the_workbook_of_what_is_done(county: tuple[Path, Truth], tmp_path: Path) -> None:
    process = subprocess.Popen(batch(county[0], tmp_path, "--jobs", "1"), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    store = tmp_path / "疑点.fusuan"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and not (store.exists() and _kept(store) > 0):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "再次运行同一命令即可接着核对" in errors.decode()
    assert "文件" in load_workbook(tmp_path / "疑点.xlsx", read_only=True).sheetnames
    waiting = [line for line in lines(tmp_path) if (line["error"] or {}).get("code") == "interrupted"]
    assert 0 < len(waiting) < COUNT


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_broken_off_while_the_results_are_written_they_are_written_first() -> None:
    from fusuan.batch._patience import WAIT, patient

    said: list[str] = []
    with pytest.raises(KeyboardInterrupt), patient(said.append):
        signal.raise_signal(signal.SIGINT)
        assert said == [WAIT]
        signal.raise_signal(signal.SIGINT)
    assert said == [WAIT]
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)


def _kept(store: Path) -> int:
    try:
        with Store(store) as opened:
            return len(opened.known())
    except Exception as error:  # noqa: BLE001  # just being made
        return 0 * len(str(error))


def test_results_are_written_again_from_what_was_remembered(done: Path, tmp_path: Path) -> None:
    from fusuan import cli

    again = tmp_path / "又.jsonl"
    assert cli.main(["report", str(done / "疑点.fusuan"), "-o", str(tmp_path / "又.xlsx"), "--jsonl", str(again)]) == 2
    assert again.read_bytes() == (done / "结果.jsonl").read_bytes()
    assert cli.main(["report", str(done / "结果.jsonl"), "-o", str(tmp_path / "三.jsonl")]) == 2
    kept = ("status", "summary", "remarks", "coverage", "error")
    first, third = lines(done), [json.loads(line) for line in (tmp_path / "三.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [{key: line[key] for key in kept if key != "summary"} for line in third] == [{key: line[key] for key in kept if key != "summary"} for line in first]
    assert [line["summary"]["broken"] for line in third] == [line["summary"]["broken"] for line in first]
    assert [line["checks"] for line in third] == [line["checks"] for line in first]


@pytest.mark.parametrize("content", ["", "{}", "不是结果\n"])
def test_what_holds_no_results_is_said_to_hold_none(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from fusuan import cli

    path = tmp_path / "乱.jsonl"
    path.write_text(content, encoding="utf-8")
    status = cli.main(["report", str(path), "-o", str(tmp_path / "出.xlsx")])
    assert status == (2 if content else 0)
    assert not content or "不是核对结果" in capsys.readouterr().err


def test_a_workbook_open_elsewhere_is_left_alone(county: tuple[Path, Truth], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from fusuan import cli

    report = tmp_path / "甲.txt"
    report.write_text("本年支出合计5.50万元，其中：基本支出3.00万元，项目支出2.50万元。", encoding="utf-8")
    book = tmp_path / "疑点.xlsx"
    book.write_bytes(b"open elsewhere")
    (tmp_path / ".~lock.疑点.xlsx#").touch()
    assert cli.main(["check", str(report), "-o", str(book)]) == 0
    assert "疑点(2).xlsx" in capsys.readouterr().err
    assert book.read_bytes() == b"open elsewhere"
    assert (tmp_path / "疑点(2).xlsx").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a process is looked up by signal 0")
def test_what_a_killed_run_had_begun_to_write_is_swept_away(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left, own = tmp_path / f".~{ended.pid}-结果.jsonl", tmp_path / f".~{ended.pid}-别的.jsonl"
    for part in (left, own):
        part.write_text("{", encoding="utf-8")
    (tmp_path / "报送").mkdir()
    (tmp_path / "报送" / "甲.txt").write_text("本年支出合计5.50万元，其中：基本支出3.00万元，项目支出2.50万元。", encoding="utf-8")
    run(batch(tmp_path / "报送", tmp_path))
    assert not left.exists() and own.exists()
