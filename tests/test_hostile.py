"""Several hundred broken and hostile files in one batch: each ends within its limits with a clear line, the good ones are
checked, and nothing is left behind."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from fusuan import cli
from tests import hostile
from tests.test_docs import ROOT

SECONDS = 20
KNOWN = {"missing", "empty", "encrypted", "damaged", "unknown_format", "too_large", "no_text", "needs_libreoffice",
         "needs_library", "timeout", "crashed", "skipped", "picture", "format", "note", "litter", "archive", "duplicate", "own", "folder", "twin"}


def run(folder: Path, *words: object) -> subprocess.CompletedProcess[bytes]:
    """Run the program with temporary files of its own, and hold that none is left, nor any process."""
    temporary = folder / "临时"
    temporary.mkdir()
    marked = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary), "FUSUAN_TEST": str(temporary)}
    done = subprocess.run([sys.executable, str(ROOT / "cli.py"), *map(str, words)], capture_output=True, env=marked,
                          timeout=1200, check=False)
    assert not list(temporary.iterdir())
    assert not still_running(f"FUSUAN_TEST={temporary}")
    return done


def still_running(mark: str) -> list[str]:
    """Return the processes that were given this mark and live on (where the system tells)."""
    for _ in range(50):
        found = [path.parent.name for path in Path("/proc").glob("[0-9]*/environ") if mark.encode() in environment(path)]
        if not found:
            return []
        time.sleep(0.1)
    return found


def environment(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, hostile.Files]:
    folder = tmp_path_factory.mktemp("来件")
    return folder, hostile.make(folder)


def test_a_folder_of_them(made: tuple[Path, hostile.Files], tmp_path: Path) -> None:
    folder, good = made
    assert len(list(folder.iterdir())) >= 300
    out = tmp_path / "结果.jsonl"
    done = run(tmp_path, "batch", folder, "--jsonl", out, "-o", tmp_path / "疑点.xlsx", "--timeout", SECONDS, "--jobs", 2)
    assert done.returncode == 2, done.stderr.decode(errors="replace")[-2000:]
    assert b"Traceback" not in done.stdout + done.stderr
    assert b"panicked" not in done.stdout + done.stderr
    assert b"\x1b" not in done.stdout
    results: list[dict[str, Any]] = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    by_name = {result["file"]["path"].removeprefix(f"{folder}/"): result for result in results}
    for path in folder.iterdir():
        assert path.name in by_name or f"{path.name}/" in by_name or path.is_dir(), path.name
    for result in results:
        if result["status"] != "checked":
            assert result["error"]["code"] in KNOWN, result
            assert any("\u4e00" <= character <= "\u9fff" for character in result["error"]["message"])
    assert "同一报告" in by_name["好.ofd"]["error"]["message"]  # as the .docx: counted once
    said = {name: by_name[name]["status"] for name in good if not name.endswith((".html", ".ofd", ".zip"))}
    assert set(said.values()) == {"checked"}, said
    assert by_name["好.zip/甲/好.txt"]["status"] == "checked"
    late = [name for name, result in by_name.items() if (result["error"] or {}).get("code") in ("timeout", "crashed")]
    assert len(late) <= 3, late


@pytest.mark.skipif(os.name == "nt", reason="no pipes and devices with names there")
def test_check_is_guarded_too(made: tuple[Path, hostile.Files], tmp_path: Path) -> None:
    folder, _ = made
    names = ("管道.docx", "零设备.pdf", "自环.xlsx", "核心属性.xlsx", "跨行.xls", "炸弹.zip", "名\x1b[31m\x1b]0;x\x07.txt", "好.docx", "好.html")
    done = run(tmp_path, "check", *(folder / name for name in names), "--timeout", SECONDS, "--format", "json")
    assert done.returncode == 2
    found = {Path(result["file"]["path"]).name: result["status"] for result in json.loads(done.stdout)}
    assert found["好.docx"] == found["好.html"] == found["好.txt"] == "checked"
    assert found["管道.docx"] == found["零设备.pdf"] == found["自环.xlsx"] == found["跨行.xls"] == "failed"


@pytest.mark.skipif(os.name == "nt", reason="no devices with names there")
def test_figures_is_guarded_too(made: tuple[Path, hostile.Files], tmp_path: Path) -> None:
    folder, _ = made
    for name, seconds, status in (("零设备.pdf", SECONDS, 2), ("跨行.xls", SECONDS, 2), ("长行.txt", 0.2, 2), ("好.zip", SECONDS, 0)):
        own = tmp_path / name
        own.mkdir()
        done = run(own, "figures", folder / name, "--timeout", seconds)
        assert done.returncode == status, (name, done.stdout.decode())
        assert b"Traceback" not in done.stdout + done.stderr


def test_a_file_that_takes_too_long_is_given_up_in_check(made: tuple[Path, hostile.Files], tmp_path: Path) -> None:
    folder, _ = made
    done = run(tmp_path, "check", folder / "长行.txt", folder / "好.txt", "--timeout", 0.2)
    assert done.returncode == 2
    assert "超过 0.2 秒".encode() in done.stdout


def test_names_that_are_too_long_or_drive_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["check", str(tmp_path / ("长" * 300))], ["batch", str(tmp_path / ("长" * 300))], ["check", str(tmp_path / "\x1b[2J名.docx")],
                  ["check", "a.txt", "-o", "\x1b[2J.不会"], ["batch", "\x1b[2J"]):
        assert cli.main(words) == 2
        out, err = capsys.readouterr()
        assert "\x1b" not in out + err
        assert any("\u4e00" <= character <= "\u9fff" for character in out + err)


def test_a_full_disk_is_called_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    (tmp_path / "a.txt").write_text("\n".join(hostile.SAID), encoding="utf-8")
    monkeypatch.setattr("zipfile.ZipFile.close", full)
    assert cli.main(["check", str(tmp_path / "a.txt"), "-o", str(tmp_path / "疑点.xlsx")]) == 2
    said = capsys.readouterr().err
    assert "磁盘空间不足" in said
    assert "Excel" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


SHARED = Path(os.environ.get("FUSUAN_SHARED") or Path(__file__).parents[2] / "shared", "hostile")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared hostile files are not here")
def test_files_that_once_harmed(tmp_path: Path) -> None:
    files = sorted(path for path in SHARED.iterdir() if path.suffix != ".md")
    done = run(tmp_path, "check", *files, "--timeout", 60, "--format", "json")
    assert done.returncode == 2
    results = json.loads(done.stdout)
    assert len(results) == len(files)
    assert {result["error"]["code"] for result in results if result["error"]} <= {"damaged", "too_large", "no_text"}
    assert not done.stderr
