"""Many files and many findings: memory and time stay in bounds, a full disk is said, nothing is opened or loaded in vain."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bench import scale, workbook
from bench.county import batch
from fusuan import cli, export
from fusuan.batch.gather import gather
from fusuan.batch.pool import Pool
from fusuan.model import Audit, Batch
from tests.conftest import WRONG, Maker

FILES = 6_000


def test_four_times_the_findings_take_four_times_as_long_and_no_more_memory(tmp_path: Path) -> None:
    few, many = (workbook.made(findings, tmp_path / f"{findings}.xlsx") for findings in (250, 1000))
    assert workbook.rows(tmp_path / "1000.xlsx", "疑点清单") == many[2] >= 1000
    assert many[1] - few[1] < 8, "megabytes"
    assert many[0] < 8 * few[0], "seconds"


def audits() -> Iterator[Audit]:
    one = next(audit for audit in workbook.specimens() if len(audit.findings) < 30)
    for number in range(FILES):
        source = replace(one.source, name=f"第{number}份.docx", unit=f"第{number}单位")
        yield replace(one, source=source) if number % 100 == 99 else Audit(replace(source, format="jpg"), "skipped", error={"code": "picture", "message": "图片"})


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("many") / "疑点.xlsx"
    export.write(audits(), path, Batch(FILES))
    return path


def test_thousands_of_files_are_listed_and_what_is_left_out_is_said(many: Path) -> None:
    assert workbook.rows(many, "文件") == FILES
    assert workbook.rows(many, "未核对") == 0
    book = load_workbook(many, read_only=True)
    words = [str(row[0]) for row in book["概览"].iter_rows(values_only=True)]
    at = next(number for number, word in enumerate(words) if word.startswith("各文件"))
    assert words[at] == f"各文件（不符最多的 500 份；全部 {FILES} 份见“文件”表）"
    assert words[at + 2] == "第99份.docx"  # the first of the worst
    assert len(words) - at == 502
    units = [str(row[0]) for row in book["总览"].iter_rows(values_only=True)]
    assert any("不符最多的 5000 个，其余见“文件”表" in word for word in units)
    assert any("多于 500 份" in str(row[0]) and "全部复算见 .jsonl" in str(row[1]) for row in book["说明"].iter_rows(values_only=True))


@pytest.mark.skipif(not sys.platform.startswith("linux") or shutil.which("unshare") is None, reason="needs Linux and unshare")
@pytest.mark.parametrize(("size", "store", "advice"), [("48k", False, "再次运行同一命令"), ("200k", False, "再次运行同一命令"), ("24k", True, "请清理后重试")])
def test_a_full_disk_is_said_and_what_to_do(size: str, store: bool, advice: str, make: Maker, folder: Path, tmp_path: Path) -> None:
    for number in range(20):
        make(f"{number}.txt", *WRONG, f"第{number}份")
    out = tmp_path / "盘"
    out.mkdir()
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no rights to mount a small disk")
    script = f'mount -t tmpfs -o size={size} tmpfs "$0" && "$@"'
    more = ("--store", str(tmp_path / "a.fusuan")) if store else ()
    done = subprocess.run(["unshare", "-rm", "sh", "-c", script, str(out), *batch(folder, out, "--jobs", "1", *more)],
                          capture_output=True, text=True, encoding="utf-8", check=False)
    assert "Traceback" not in done.stderr
    assert done.returncode == 2
    assert "磁盘" in done.stderr
    assert advice in done.stderr
    if store:  # what was checked is kept: the next run has it
        again = subprocess.run(batch(folder, tmp_path / "够大", "--jobs", "1", *more), capture_output=True, text=True, encoding="utf-8", check=False)
        assert "其中 20 份以前核对过" in again.stdout


def test_whoever_hands_out_the_work_loads_nothing_that_does_it() -> None:
    seen = subprocess.run([sys.executable, "-c", "import sys, fusuan.batch.folder as f; print(f.__name__, *sys.modules)"],
                          capture_output=True, text=True, check=True).stdout.split()
    assert not {"fusuan.patterns", "fusuan.relations", "fusuan.checks", "xlsxwriter", "rich", "distributed"} & set(seen)


def test_what_is_known_of_an_archive_needs_no_worker_the_next_time(good: Path, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                                                 monkeypatch: pytest.MonkeyPatch) -> None:
    place = folder / "送"
    place.mkdir()
    with zipfile.ZipFile(place / "材料.zip", "w") as packed:
        packed.write(good, "甲/自评.docx")
    shutil.copy(place / "材料.zip", place / "又一份.zip")
    command = ["batch", str(place), "-o", str(tmp_path / "疑点.xlsx")]
    assert cli.main(command) == 0
    monkeypatch.setattr(Pool, "idle", lambda *_: pytest.fail("a worker is asked for"))
    assert cli.main(command) == 0
    said = capsys.readouterr().out
    assert "结果不必重写" in said
    (place / "材料.zip").rename(place / "改名.zip")
    assert [item.shown for item in gather(place, [".docx"])] == ["又一份.zip", "改名.zip"]


def test_every_table_of_the_page_of_scale_has_a_program_that_writes_it() -> None:
    page = scale.PAGE.read_text(encoding="utf-8")
    assert set(re.findall("<!-- ([a-z]+) -->", page)) == set(scale.TABLES)
    assert scale.written(page, "county", scale.laid("| a | 1 |\n"), 0).count("| a | 1 |") == 1
    assert all((scale.HERE / command[0]).is_file() for command in scale.TABLES.values())


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no such rights there")
def test_a_folder_that_cannot_be_opened_is_named(make: Maker, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shut = folder / "锁着"
    shut.mkdir()
    kept = make("甲.txt", "一")
    scan = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("锁着"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refused)
    found = {item.shown: item for item in gather(folder, [".txt"])}
    assert set(found) == {"锁着/", kept.name}
    assert "检查权限" in found["锁着/"].skip
    assert found["锁着/"].code == "folder"
