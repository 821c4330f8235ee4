"""Many files side by side: order, isolation, limits, what is skipped."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from fusuan import cli
from fusuan.batch.audit import audit
from fusuan.batch.gather import gather
from fusuan.batch.pool import Limits, run
from fusuan.model import ReadError
from tests.conftest import GOOD, WRONG, Maker
from tests.misbehaving import misbehave


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_a_folder_gives_a_workbook_and_a_line_a_file_in_order_of_path(make: Maker, folder: Path,
                                                                      tmp_path: Path) -> None:
    make("乙/b.docx", *WRONG)
    make("甲.docx", *GOOD)
    make("a.txt", *GOOD)
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 not a package")
    (folder / "~$甲.docx").write_bytes(b"lock")
    (folder / "照片.heic").write_bytes(b"\xff\xd8")
    book, out = tmp_path / "疑点.xlsx", tmp_path / "结果.jsonl"
    assert cli.main(["batch", str(folder), "-o", str(book), "--jsonl", str(out), "--jobs", "2"]) == 2
    results = lines(out)
    assert [(r["file"]["name"], r["status"]) for r in results] == [
        ("a.txt", "checked"), ("~$甲.docx", "skipped"), ("b.docx", "checked"), ("坏.docx", "failed"), ("照片.heic", "skipped"),
        ("甲.docx", "checked")]
    assert [r["summary"]["broken"] for r in results] == [0, 0, 2, 0, 0, 0]
    assert all(results[at]["error"]["message"] for at in (1, 3, 4))
    assert "疑点清单" in load_workbook(book).sheetnames


def test_exit_status(make: Maker, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make("甲.docx", *GOOD)
    assert cli.main(["batch", str(folder)]) == 0
    make("乙.docx", *WRONG)
    assert cli.main(["batch", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "不符 2，存疑 0" in out
    assert "共 2 份：核对 2 份" in out


def test_an_empty_folder_is_no_error(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["batch", str(folder)]) == 0
    assert "共 0 份" in capsys.readouterr().out


def test_own_workbooks_are_not_read_as_reports(make: Maker, folder: Path) -> None:
    make("甲.docx", *WRONG)
    cli.main(["batch", str(folder), "-o", str(folder / "旧疑点.xlsx")])
    out = folder / "结果.jsonl"
    cli.main(["batch", str(folder), "-o", str(folder / "疑点.xlsx"), "--jsonl", str(out)])
    assert [(r["file"]["name"], r["status"]) for r in lines(out)] == [("旧疑点.xlsx", "skipped"), ("甲.docx", "checked")]


def test_hidden_and_linked_folders_are_not_entered(make: Maker, folder: Path) -> None:
    make(".cache/a.txt", *GOOD)
    kept = make("b.txt", *GOOD)
    try:
        (folder / "loop").symlink_to(folder, target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    assert [found.path for found in gather(folder, [".txt"]) if not found.code] == [kept]
    assert [found.shown for found in gather(folder, [".txt"]) if found.code == "folder"] == [".cache/", "loop/"]


def test_a_crash_a_hang_and_a_stumble_cost_no_other_file_anything(tmp_path: Path) -> None:
    names = ["a.txt", "crash.txt", "b.txt", "hang.txt", "once.txt", *(f"c{n}.txt" for n in range(20))]
    start = time.monotonic()
    audits = list(run([tmp_path / name for name in names], Limits(jobs=2, seconds=5), misbehave))
    assert time.monotonic() - start < 30
    assert [audit.source.name for audit in audits] == names
    codes = {audit.source.name: (audit.error or {})["code"] for audit in audits}
    assert codes.pop("crash.txt") == "crashed"
    assert codes.pop("hang.txt") == "timeout"
    assert set(codes.values()) == {"done"}


def test_a_mistake_of_our_own_costs_one_line(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("fusuan.patterns.find", break_down)
    result = audit(good)
    assert result.status == "failed"
    assert (result.error or {})["code"] == "internal"
    assert "ZeroDivisionError" in (result.error or {})["message"]


def test_every_figure_is_either_recomputed_or_said_not_to_be(wrong: Path) -> None:
    result = audit(wrong)
    used = {(f.place, f.span) for finding in result.findings if finding.computed for f in finding.computed.operands}
    used |= {(finding.stated.place, finding.stated.span) for finding in result.findings}
    left = {(item.figure.place, item.figure.span) for item in result.unchecked}
    assert {(f.place, f.span) for f in result.figures} <= used | left
    assert not used & left
    assert all(item.reason for item in result.unchecked)


def test_results_as_a_data_frame_keep_exact_decimals(good: Path, wrong: Path) -> None:
    from decimal import Decimal

    from fusuan.batch.frame import by_unit, frame

    audits = [audit(path) for path in (good, wrong)]
    rows = frame(audits)
    broken = rows[rows["结论"] == "不符"]
    assert set(broken["文件"]) == {wrong.name}
    assert Decimal("430.50") in set(broken["复算值"])
    assert by_unit(audits).loc[wrong.name, "不符"] == 2


def test_files_and_folders_as_a_data_frame(good: Path, wrong: Path, folder: Path) -> None:
    from fusuan.batch import frame

    (folder / "坏.docx").write_bytes(b"PK")
    rows = frame.audit_many([folder], jobs=1)
    broken = rows[rows["结论"] == "不符"].iloc[0]
    assert len(broken["操作数"]) == 2
    assert "420.50万元" in broken["摘录"]
    assert list(rows.attrs["failed"]) == [str(folder / "坏.docx")]
    assert len(frame.audit(wrong)) + len(frame.audit(good)) == len(rows)
    with pytest.raises(ReadError, match="坏.docx"):
        frame.audit(folder / "坏.docx")


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_a_name_cannot_drive_the_terminal(make: Maker, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make("坏\x1b[2J\n名.txt", *WRONG)
    assert cli.main(["batch", str(folder)]) == 1
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert len(out.splitlines()) == 3
