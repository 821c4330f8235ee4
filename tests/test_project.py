"""The project file: what is the same for every run, found from the folders below, and what is typed goes before it."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from fusuan.commands import command, project
from fusuan.commands._project import _KNOWN, GIVEN
from tests.house import ROOT
from tests.test_desk import PROSE, run

PROJECT = '''scheme = "{scheme}"
output = "结果.xlsx"
[vocabulary]
"公务接待费" = ["迎送往来开支"]
'''


def test_a_project_file_gives_options_and_names(tmp_path: Path) -> None:
    (tmp_path / "fusuan.toml").write_text(PROJECT.format(scheme="湖南2019"), encoding="utf-8")
    (tmp_path / "下级").mkdir()
    (tmp_path / "a.txt").write_text("2023年迎送往来开支3.20万元。\n全年迎送往来开支3.20万元。", encoding="utf-8")
    done = run("check", "../a.txt", folder=tmp_path / "下级")
    assert "按评分方案“湖南省" in done.stdout and (tmp_path / "结果.xlsx").exists() and done.returncode == 0
    assert "公务接待费" in run("figures", "../a.txt", folder=tmp_path / "下级").stdout
    assert "公务接待费" not in run("figures", tmp_path / "a.txt", folder=ROOT).stdout


def test_what_is_typed_goes_before_it(tmp_path: Path) -> None:
    (tmp_path / "fusuan.toml").write_text('output = "结果.xlsx"\nmarked = "标注"\nfail-on = "never"\n', encoding="utf-8")
    assert run("check", PROSE, folder=tmp_path).returncode == 0
    assert (tmp_path / "结果.xlsx").exists() and list((tmp_path / "标注").glob("*.docx"))
    assert run("check", PROSE, "-o", "另写.json", "--fail-on", "不符", folder=tmp_path).returncode == 1
    assert (tmp_path / "另写.json").exists()


def test_paths_begin_where_the_file_lies(tmp_path: Path) -> None:
    (tmp_path / "下级" / "再下级").mkdir(parents=True)
    (tmp_path / "fusuan.toml").write_text('store = "a.fusuan"\ntemplate = "b.docx"\njobs = 2\nscheme = "自定.toml"\n', encoding="utf-8")
    said = project(tmp_path / "下级" / "再下级")
    assert said["serve"] == {"store": str(tmp_path / "a.fusuan"), "jobs": 2, "scheme": str(tmp_path / "自定.toml")}
    assert said["letter"]["template"] == str(tmp_path / "b.docx") and "template" not in said["batch"]


@pytest.mark.parametrize("name", GIVEN)
def test_every_command_has_the_options_it_is_given(name: str) -> None:
    options = {parameter.name for parameter in command(name).params if isinstance(parameter, click.Option)}
    assert {one.replace("-", "_") for one in GIVEN[name]} <= options


def test_the_page_names_every_entry_and_who_takes_it() -> None:
    text = (ROOT / "docs" / "quickstart.zh.md").read_text(encoding="utf-8")
    told = {found[1]: set(found[2].split("、")) for found in re.finditer(r"^\| `(\S+)` \|[^|]*\| (\S+) \|$", text, re.M)}
    assert {name: told[name] for name in _KNOWN if name != "vocabulary"} == {
        name: {taker for taker, names in GIVEN.items() if name in names} for name in _KNOWN if name != "vocabulary"}
    assert "[vocabulary]" in told


@pytest.mark.parametrize(("content", "said"), [
    ("fail-on = '也许'", "fail-on"), ("schema = 1", "不认识“schema”"), ("jobs = '二'", "“jobs”的值不对"), ("a = [", "TOML"), ("[vocabulary]\na = 1", "别名"),
    ("scheme = '没有'", "没有名为“没有”的评分办法")])
def test_a_project_file_that_is_wrong_is_said_to_be(content: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "fusuan.toml").write_text(content, encoding="utf-8")
    done = run("check", PROSE, folder=tmp_path)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
