"""The terminal table and the flat formats."""

from __future__ import annotations

import csv as stdlib_csv
import json as stdlib_json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from fusuan import export
from fusuan.export import csv, json, text
from fusuan.export._rows import LABELS, decimals_of, short
from fusuan.export._width import wide
from fusuan.model import Audit, Figure, Finding, Place, Quantity, Severity, Source, Unchecked, Verdict, Words, total

WAN = Decimal(10_000)
HERE = Place(page=2, paragraph=31)


def figure(printed: str, name: str = "", place: Place = HERE) -> Figure:
    digits = "".join(char for char in printed if char in "0123456789.-")
    return Figure(printed, Decimal(digits), printed.removeprefix(digits), len(digits.partition(".")[2]), place,
                  name=name)


def sum_of(*parts: str) -> Quantity:
    return total(Quantity.of(figure(part, f"部分{n}", Place(table=1, row=n, column=1)), scale=WAN)
                 for n, part in enumerate(parts))


def finding(said: str = "248.35万元", computed: Quantity | None = None, verdict: Verdict = Verdict.BROKEN,
            **more: object) -> Finding:
    base = Finding("parts", "sum", figure(said, "总收入"), verdict, Severity.HIGH, "合计不等于各部分之和",
                   computed or sum_of("58.41万元", "189.95万元"), quote="总收入248.35万元，其中……")
    return replace(base, **more)  # type: ignore[arg-type]


def audit(*findings: Finding, **more: object) -> Audit:
    source = Source("甲单位.docx", "/in/甲单位.docx", "ab12", "docx", 8, "自评报告", "甲单位", "2019")
    return replace(Audit(source, findings=findings), **more)  # type: ignore[arg-type]


def test_every_writer_meets_the_contract(tmp_path: Path) -> None:
    suffixes = [suffix for writer in export.writers() for suffix in writer.SUFFIXES]
    assert sorted(suffixes) == [".csv", ".html", ".json", ".jsonl", ".sarif", ".xlsx", ".xml"]
    for suffix in suffixes:
        export.write([audit(finding())], tmp_path / f"结果{suffix.upper()}")
        assert (tmp_path / f"结果{suffix.upper()}").stat().st_size > 100
    with pytest.raises(ValueError, match="不会写这种格式"):
        export.write([], tmp_path / "a.doc")


def test_json_is_the_contract() -> None:
    result = json.as_json(audit(finding(), figures=(figure("1.0元"),), unchecked=(Unchecked(figure("3户"), "孤立"),),
                                score_stated="98", score_computed="96", grade="优", remarks=("有批注",)))
    assert list(result) == ["schema", "file", "status", "error", "checks", "not_checked", "summary", "coverage", "remarks"]
    assert result["file"] == {"name": "甲单位.docx", "path": "/in/甲单位.docx", "sha256": "ab12", "format": "docx",
                              "pages": 8, "unit": "甲单位", "year": "2019", "project": "", "kind": ""}
    assert result["coverage"] == {"sufficient": True, "message": None}
    (check,) = result["checks"]
    assert (check["id"], check["rule"], check["kind"], check["verdict"]) == ("c001", "parts", "sum", "broken")
    assert check["stated"]["value"] == "248.35" and check["stated"]["unit"] == "万元"
    assert check["expression"] == "58.41 + 189.95" and check["computed"] == "248.36"
    assert check["formula"] == "58.41 + 189.95" and len(check["fingerprint"]) == 16
    assert check["difference"] == "-0.01" and check["supposition"] is None
    assert [operand["where"]["row"] for operand in check["operands"]] == [0, 1]
    assert result["not_checked"][0]["reason"] == "孤立"
    assert result["summary"] == {"figures": 1, "checked": 1, "broken": 1, "doubtful": 0, "score_stated": "98",
                                 "score_computed": "96", "grade": "优", "grade_computed": None}


def test_json_of_words_and_of_a_failed_file() -> None:
    words = finding(computed=None, stated=Words("优", Place(table=2)), expected="良", label="grade")
    check = json.as_json(audit(replace(words, computed=None)))["checks"][0]
    assert check["stated"]["value"] is None and check["stated"]["unit"] == ""
    assert check["computed"] is check["difference"] is None and check["operands"] == [] and check["expected"] == "良"
    failed = audit(status="failed", error={"code": "encrypted", "message": "文件已加密"})
    assert json.as_json(failed)["error"] == {"code": "encrypted", "message": "文件已加密"}


def test_json_files(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    odd = audit(source=Source("\udcb3.doc", ""))  # a file name of a zip made on a GBK machine
    for audits, kind in (([odd], dict), ([odd, odd, odd], list), ([], list)):
        json.write(iter(audits), path)
        read = stdlib_json.loads(path.read_text("utf-8"))
        assert isinstance(read, kind) and len([read] if kind is dict else read) == len(audits)
    export.write([odd, audit(finding())], tmp_path / "a.jsonl")
    names = [stdlib_json.loads(line)["file"]["name"] for line in (tmp_path / "a.jsonl").open(encoding="utf-8")]
    assert names == ["\udcb3.doc", "甲单位.docx"]


def test_values_are_shown_so_that_the_difference_shows() -> None:
    third = (Quantity.constant(2) / Quantity.constant(3)).percent()
    assert short(third.value) == "66.666667"
    assert decimals_of(finding("66.67%", third, Verdict.HOLDS)) == 2
    assert decimals_of(finding("66.7%", third, Verdict.BROKEN)) == 2
    near = Quantity.constant(Decimal("7.4321987"))
    assert decimals_of(finding("7分", near)) == 1
    assert decimals_of(finding("335.5万元")) == 2


@pytest.mark.parametrize(("raw", "safe"), [
    ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("@x", "'@x"), ("\t=1", "'\t=1"),
    (" =1", "' =1"), ("-5", "-5"), ("-12.16万元", "-12.16万元"), ("+3.5%", "+3.5%"), ("-2+3", "'-2+3"),
    ("＝1+1", "'＝1+1"), ("总收入", "总收入"), ("a\x00b", "ab")])
def test_csv_runs_nothing(raw: str, safe: str) -> None:
    assert csv.safe(raw) == safe


def test_csv_lists_the_worst_first_and_keeps_failed_files(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    good, doubted = finding(verdict=Verdict.HOLDS), finding(verdict=Verdict.DOUBTFUL, supposition="印刷之误")
    export.write([audit(good, doubted, finding(quote="=1+1")), audit(status="failed", error={"message": "已加密"})],
                 path)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(stdlib_csv.reader(path.open(encoding="utf-8-sig", newline="")))
    assert {len(row) for row in rows} == {16}
    assert [row[10] for row in rows[1:]] == ["不符", "存疑", "相符", "未能读取"]
    assert rows[1][5] == "'=1+1" and rows[1][6:10] == ["248.35万元", "248.36万元", "-0.01万元", "58.41 + 189.95"]
    assert "印刷之误" in rows[2][13] and rows[4][13] == "已加密"


@pytest.mark.parametrize("width", [1, 20, 40, 70, 80, 120, 200])
def test_lines_fit_the_terminal(width: int) -> None:
    many = sum_of(*(f"{n}.37万元" for n in range(60)))
    shown = list(text.lines(audit(finding(), finding(computed=many), finding(verdict=Verdict.DOUBTFUL,
                                                                             supposition="原数为四舍五入")), width))
    assert max(map(wide, shown)) <= max(10, width)
    joined = "".join(shown).replace(" ", "")
    assert joined.endswith("复算3处：不符2，存疑1，未核对0") and "存疑：" in joined


def test_lines_say_the_worst_first() -> None:
    low = finding("1.00万元", severity=Severity.LOW)
    shown = "\n".join(text.lines(audit(finding("2.00万元", verdict=Verdict.DOUBTFUL), low, finding("3.00万元")), 120))
    assert shown.index("3.00万元") < shown.index("1.00万元") < shown.index("2.00万元")
    assert "第2页 第31段" in shown and "58.41 + 189.95" in shown


def _nothing() -> Iterator[tuple[Audit, str]]:
    yield audit(finding(verdict=Verdict.HOLDS)), "所有复算结果均与报告相符"
    yield audit(), "没有可以复算的数字"
    yield audit(status="failed", error={"code": "x", "message": "文件已加密"}), "未能读取：文件已加密"
    yield audit(remarks=("含修订",)), "提示：含修订"


@pytest.mark.parametrize(("case", "said"), list(_nothing()))
def test_lines_where_nothing_is_wrong(case: Audit, said: str) -> None:
    assert said in "\n".join(text.lines(case, 80))


def test_a_report_cannot_steer_the_terminal() -> None:
    evil = replace(figure("1元"), name="\x1b[2J\x9b31m收入")
    assert not {"\x1b", "\x9b"} & set("".join(text.lines(audit(finding(stated=evil)), 120)))


@pytest.mark.parametrize(("raw", "encoding", "out"), [
    ("≦5 ㎡", "gb2312", "≤5 m2"), ("≤5×2", "ascii", "<=5x2"), ("不符✓", "gbk", "不符√"), ("𠮷", "gbk", "?"),
    ("𠮷≦", "utf-8", "𠮷≦"), ("a\xa0b", "gbk", "a b"), ("x", "no-such", "x"), ("（1）", "ascii", "(1)")])
def test_characters_a_console_lacks(raw: str, encoding: str, out: str) -> None:
    assert text.encodable(raw, encoding) == out


def test_every_kind_has_a_name() -> None:
    assert len(LABELS) == 16 and all(LABELS.values())
