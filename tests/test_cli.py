"""The whole way, from a report to what a person or a program reads."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fusuan import cli, commands
from tests.conftest import Maker

ROOT = Path(__file__).parent.parent
LINKS = ROOT / "build" / "links"


def fusuan(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program as a user would."""
    return subprocess.run([sys.executable, str(ROOT / "cli.py"), *map(str, arguments)], capture_output=True,
                          check=False, env={**os.environ, "PYTHONUTF8": "0", "LC_ALL": "C.UTF-8", **environment})


def test_a_good_report_exits_0(good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(good)]) == 0
    out = capsys.readouterr().out
    assert "所有复算结果均与报告相符" in out
    assert "不符 0" in out.splitlines()[-1]


def test_a_wrong_report_exits_1_and_says_where_and_why(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(wrong)]) == 1
    out = capsys.readouterr().out
    for text in ("第2段", "420.50万元", "430.50万元", "-10.00万元", "310.20 + 120.30", "不符", "95.24%", "92.54%"):
        assert text in out
    assert "不符 2" in out.splitlines()[-1]


@pytest.mark.parametrize(("name", "content"), [("没有.docx", None), ("空.docx", b""), ("乱.docx", b"PK\x03\x04junk"),
                                               ("乱.pdf", b"%PDF-1.4 junk"), ("图.png", b"\x89PNG\r\n")])
def test_a_file_that_cannot_be_read_exits_2_without_a_traceback(name: str, content: bytes | None,
                                                                folder: Path) -> None:
    path = folder / name
    if content is not None:
        path.write_bytes(content)
    done = fusuan("check", path)
    text = (done.stdout + done.stderr).decode()
    assert done.returncode == 2
    assert "未能读取" in text
    assert name in text
    assert "Traceback" not in text


def test_one_bad_file_of_several_does_not_stop_the_rest(good: Path, wrong: Path, folder: Path) -> None:
    done = fusuan("check", good, folder / "没有.docx", wrong)
    assert done.returncode == 2
    assert "95.24%" in done.stdout.decode()


def test_json_is_one_object_and_decimals_are_strings(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(wrong), "--format", "json"]) == 1
    result = json.loads(capsys.readouterr().out)
    assert result["schema"] == "fusuan/1"
    assert result["status"] == "checked"
    assert len(result["file"]["sha256"]) == 64
    broken = [check for check in result["checks"] if check["verdict"] == "broken"]
    assert {check["computed"] for check in broken} == {"430.5", "92.538462"}
    assert result["summary"]["broken"] == 2


def test_jsonl_is_a_line_a_file(good: Path, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(good), str(wrong), "--format", "jsonl"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["file"]["name"] for line in lines] == [good.name, wrong.name]


def test_csv_has_a_row_a_relation(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.main(["check", str(wrong), "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["结论"] for row in rows].count("不符") == 2


def test_workbook_is_written_beside_the_table(wrong: Path, folder: Path) -> None:
    assert cli.main(["check", str(wrong), "-o", str(folder / "新 目录" / "疑点.xlsx")]) == 1
    book = load_workbook(folder / "新 目录" / "疑点.xlsx")
    assert "疑点清单" in book.sheetnames


def test_report_is_never_overwritten(wrong: Path) -> None:
    before = wrong.read_bytes()
    text = wrong.with_suffix(".json")
    text.write_text("{}", encoding="utf-8")
    assert cli.main(["check", str(text), "-o", str(text)]) == 2
    assert text.read_text(encoding="utf-8") == "{}"
    assert wrong.read_bytes() == before


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "ascii"])
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_any_terminal_encoding(encoding: str, form: str, make: Maker) -> None:
    path = make("字.txt", "本年支出合计7.50万元，其中：㎡维修𠮷支出3.00万元，≦项目支出5.50万元。")
    done = fusuan("check", path, "--format", form, PYTHONIOENCODING=encoding)
    assert done.returncode == 1, done.stderr.decode(errors="replace")
    text = done.stdout.decode(encoding)
    assert "8.50" in text or "8.5" in text
    if form == "json":
        assert json.loads(text)["checks"]


def test_wrong_use_is_said_in_chinese(capsys: pytest.CaptureFixture[str], good: Path, folder: Path) -> None:
    for arguments, words in ((["chek"], "没有这个命令：chek"), (["check"], "缺少参数"),
                             (["check", "x", "--outptu", "y"], "没有这个选项"),
                             (["check", "x", "--format", "pdf"], "可用 table、json、csv、jsonl"),
                             (["check", str(folder)], "fusuan batch"), (["batch", str(good)], "没有这个文件夹"),
                             (["check", str(good), "-o", "x.doc"], "不会写这种格式"),
                             (["rules", "nothing"], "没有这样的规则"),
                             (["check", str(good), "--scheme", "没有的方案"], "没有的方案")):
        assert cli.main(arguments) == 2, arguments
        assert words in capsys.readouterr().err


def test_rules_describe_every_check_with_examples(capsys: pytest.CaptureFixture[str]) -> None:
    from fusuan.checks import checks

    assert cli.main(["rules"]) == 0
    out = capsys.readouterr().out
    for part in checks():
        assert f"\n{part.__name__.rpartition('.')[2]}  " in out
    assert "例（取）" in out
    assert "例（不取）" in out
    assert ">>>" not in out


def test_figures_says_of_each_whether_it_was_checked(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["figures", str(wrong)]) == 0
    out = capsys.readouterr().out
    assert "310.20万元" in out
    assert "已复算" in out


def test_schemes_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["schemes"]) == 0
    assert capsys.readouterr().out.strip()


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([]) == 0
    assert "退出码" in capsys.readouterr().out
    for name in commands.names():
        assert cli.main([name, "--help"]) == 0
        assert "用法：" in capsys.readouterr().out


def test_help_loads_nothing_heavy() -> None:
    code = "import sys\nfrom fusuan import cli\ncli.main(['--help'])\nprint(sorted(set(sys.modules) & set(sys.argv[1:])))"
    heavy = ["pandas", "jieba", "lxml", "openpyxl", "pdfplumber", "docx", "rich", "regex", "rapidfuzz", "xlsxwriter",
             "fusuan.extract", "fusuan.patterns", "fusuan.checks", "fusuan.export"]
    done = subprocess.run([sys.executable, "-c", code, *heavy], capture_output=True, check=True, cwd=LINKS, text=True,
                          encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert done.stdout.splitlines()[-1] == "[]"


def test_several_files_end_with_their_totals(good: Path, wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(good), str(wrong)]) == 1
    assert capsys.readouterr().out.splitlines()[-2] == "共 2 份：核对 2 份，未能读取 0 份"
    assert cli.main(["check", str(good)]) == 0
    assert "共 1 份" not in capsys.readouterr().out


def test_the_first_command_checks_each_specimen_once() -> None:
    import start

    stems = [Path(path).stem for path in start.specimens()]
    assert len(stems) == len(set(stems)) > 15
    assert all(Path(start.ROOT, path).is_file() for path in start.specimens())


@pytest.mark.parametrize(("words", "said"), [
    (["batch", ".", "--jobs", "0"], "--jobs 的值不对：须是 1 至 256 的整数"),
    (["batch", ".", "--timeout", "很久"], "--timeout 的值不对：须是不小于 0.1 的数"),
    (["batch", ".", "-o", "."], "-o、--output 的值不对：这是文件夹，请给出文件"),
    (["batch", ".", "--manifest", "没有.csv"], "--manifest 的值不对：没有这个文件，或没有权限"),
    (["report", "."], "存储或.jsonl 的值不对：这是文件夹，请给出文件")])
def test_a_wrong_value_is_said_in_chinese(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 2
    assert f"用法有误：{said}\n" in capsys.readouterr().err
