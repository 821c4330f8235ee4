"""What the auditor decides survives: in the workbook, in the store, across edits of the filing; and what a new version mended."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from fusuan import export
from fusuan.batch.audit import audit
from fusuan.desk import Remark, Remarks, aliases, answers, dismissed, fingerprints, standing
from fusuan.desk.compare import compare, versions
from tests.house import ROOT

SPECIMENS = ROOT / "corpus" / "specimens"
PROSE = SPECIMENS / "department-prose.docx"


def run(*arguments: str | Path, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, ROOT / "cli.py", *map(str, arguments)], cwd=folder, capture_output=True, text=True,
                          encoding="utf-8", check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "120"})


def edited(source: Path, target: Path, *changes: tuple[str, str], before: Sequence[str] = ()) -> Path:
    """Write a copy with words changed (run by run joined) and paragraphs put in front."""
    document = docx.Document(str(source))
    for paragraph in document.paragraphs:
        text = paragraph.text
        for old, new in changes:
            text = text.replace(old, new)
        if text != paragraph.text:
            paragraph.text = text
    for line in reversed(before):
        document.paragraphs[0].insert_paragraph_before(line)
    document.save(str(target))
    return target


def sheet(path: Path, name: str) -> list[dict[str, Any]]:
    head, *rows = openpyxl.load_workbook(path, data_only=True)[name].values
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def settle(path: Path, stated: str, verdict: str, remark: str) -> None:
    """Write an answer into the line of a finding, as an auditor would."""
    book = openpyxl.load_workbook(path)
    book.properties.lastModifiedBy = "王审"
    for name in ("疑点清单", "已排除"):
        heads = [cell.value for cell in book[name][1]]
        for row in book[name].iter_rows(min_row=2):
            if row[heads.index("报告值")].value == stated:
                row[heads.index("核实结论")].value, row[heads.index("备注")].value = verdict, remark
    book.save(path)


def test_a_dismissal_survives_reruns_and_edits_elsewhere(tmp_path: Path) -> None:
    report = shutil.copy(PROSE, tmp_path / "甲局.docx")
    book = tmp_path / "疑点.xlsx"
    run("check", report, "-o", book, folder=tmp_path)
    assert [row["报告值"] for row in sheet(book, "疑点清单")] == ["94.6分", "36.34%"] and not sheet(book, "已排除")
    settle(book, "94.6分", "不属实", "附表另有加分项")
    settle(book, "36.34%", "属实", "")
    for changes in ((), (("附表", "附表"),)):
        edited(PROSE, tmp_path / "甲局.docx", *changes, before=("关于报送自评报告的函",) if changes else ())
        shown = run("check", report, "-o", book, folder=tmp_path).stdout
        assert "另有 1 处已核实为不属实" in shown and "36.34%，复算" in shown and "94.6分，复算" not in shown
        (left,), (out,) = sheet(book, "疑点清单"), sheet(book, "已排除")
        assert (left["报告值"], left["核实结论"]) == ("36.34%", "属实")
        assert (out["报告值"], out["核实结论"], out["备注"], out["核实人"]) == ("94.6分", "不属实", "附表另有加分项", "王审")
        assert len(out["核实时间"]) == 16
    said = [str(cell) for row in openpyxl.load_workbook(book)["概览"].values for cell in row if cell]
    assert any("其中 1 处已核实为不属实" in text for text in said)


def test_a_dismissal_covers_no_other_accusation(tmp_path: Path) -> None:
    report, book = shutil.copy(PROSE, tmp_path / "甲局.docx"), tmp_path / "疑点.xlsx"
    run("check", report, "-o", book, folder=tmp_path)
    settle(book, "94.6分", "不属实", "附表另有加分项")
    edited(PROSE, tmp_path / "甲局.docx", ("自评总分94.6分", "自评总分94.1分"))
    run("check", report, "-o", book, folder=tmp_path)
    assert "94.1分" in [row["报告值"] for row in sheet(book, "疑点清单")]
    (kept,) = sheet(book, "已排除")  # nothing an auditor wrote is lost
    assert (kept["报告值"], kept["结论"], kept["备注"]) == ("94.6分", "不再出现", "附表另有加分项")


PLAIN = ("收支情况说明", "本年支出合计420.50万元，其中：基本支出310.20万元，项目支出120.30万元。")
"""It does not say whose it is."""


@pytest.mark.parametrize("said_whose", [True, False])
def test_a_dismissal_survives_a_new_name_of_the_file(said_whose: bool, tmp_path: Path) -> None:
    if said_whose:
        shutil.copy(PROSE, tmp_path / "甲局.docx")
    else:
        (tmp_path / "甲局.txt").write_text("\n".join(PLAIN), encoding="utf-8")
    (report,) = tmp_path.iterdir()
    assert bool(audit(report).source.unit) is said_whose
    book, stated = tmp_path / "疑点.xlsx", "94.6分" if said_whose else "420.50万元"
    run("check", report, "-o", book, folder=tmp_path)
    settle(book, stated, "不属实", "附表另有加分项")
    renamed = report.rename(tmp_path / f"自评报告（终稿）{report.suffix}")
    run("check", renamed, "-o", book, folder=tmp_path)
    (out,) = sheet(book, "已排除")  # once, under its new name
    assert (out["文件"], out["报告值"], out["备注"]) == (renamed.name, stated, "附表另有加分项")
    changed = tmp_path / f"修改稿{report.suffix}"  # renamed and changed elsewhere
    if said_whose:
        edited(PROSE, changed, before=("关于报送自评报告的函",))
    else:
        changed.write_text("\n".join(("关于报送说明的函", *PLAIN, "特此说明。")), encoding="utf-8")
    run("check", changed.name, "-o", book, folder=tmp_path)
    assert [row["文件"] for row in sheet(book, "已排除")] == [changed.name]


FIGURES = [f"第{number}项补助收入{310 + 7 * number}.{number:02d}万元。" for number in range(3, 23)]


@pytest.mark.parametrize(("lines", "same"), [
    (("关于重新报送的函", *PLAIN, *FIGURES, "另有捐赠收入512.08万元。"), True),  # a paragraph in front, a figure more
    ((*PLAIN, *FIGURES[::-1][1:]), True),  # in another order, one taken out
    ((*PLAIN, *(line.replace("补助收入", "补助收入1") for line in FIGURES)), False),  # another report, with the same passage in it
    ((*PLAIN, *FIGURES[:6]), False),  # of which a third is the same
    ((PLAIN[0], PLAIN[1].replace("310.20", "310.80").replace("120.30", "119.70"), *FIGURES), False),  # the same sum, of other parts
    ((PLAIN[0], PLAIN[1].replace("420.50", "420.60"), *FIGURES), False),
    (("某县水利局2023年度部门决算说明", "收支情况说明", PLAIN[1], *FIGURES), False),  # it says whose it is
])
def test_a_file_that_does_not_say_whose_it_is_is_known_by_its_figures(lines: Sequence[str], same: bool, tmp_path: Path) -> None:
    """Renamed, moved and edited; but never another's finding for it."""
    for name, text in (("甲/原稿.txt", (*PLAIN, *FIGURES)), ("乙/新稿.txt", lines)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("\n".join(text), encoding="utf-8")
    first, again = audit(tmp_path / "甲/原稿.txt"), audit(tmp_path / "乙/新稿.txt")
    names = [dict(zip([f.stated.text for f in one.findings], aliases(one), strict=True)) for one in (first, again)]
    assert not first.source.unit and "420.50万元" in names[0]
    known, now = (set(" ".join(one.values()).split()) for one in names)
    assert bool(known & now) is same
    if same:
        assert set(names[0]["420.50万元"].split()) & set(names[1]["420.50万元"].split())


def test_what_was_decided_of_one_name_does_not_bind_another(tmp_path: Path) -> None:
    found = [audit(shutil.copy(PROSE, tmp_path / name)) for name in ("甲.docx", "乙.docx")]
    wrong = [number for number, finding in enumerate(found[0].findings) if not finding.agrees][0]
    with Remarks(tmp_path / "s.fusuan") as remarks:
        remarks.settle(aliases(found[0])[wrong], "属实", "", "王", "1")
        remarks.settle(aliases(found[1])[wrong], "不属实", "", "李", "2")
    settled = dismissed(tmp_path / "无.xlsx", tmp_path / "s.fusuan")
    assert [len(standing(one, settled).findings) - len(one.findings) for one in found] == [0, -1]


def test_a_workbook_of_old_does_not_undo_what_was_decided_since_under_another_name(tmp_path: Path) -> None:
    book, store = tmp_path / "疑点.xlsx", tmp_path / "s.fusuan"
    report = tmp_path / "甲.docx"
    shutil.copy(PROSE, report)
    run("check", report, "-o", book, folder=tmp_path)
    settle(book, "94.6分", "不属实", "附表另有加分项")
    run("check", report.rename(tmp_path / "乙.docx"), "-o", book, folder=tmp_path)  # the line goes by another name, with the answer
    found = audit(shutil.copy(PROSE, tmp_path / "丙.docx"))
    wrong = next(names for finding, names in zip(found.findings, aliases(found), strict=True) if finding.stated.text == "94.6分")
    with Remarks(store) as remarks:
        remarks.settle(wrong, "属实", "电话核实", "李核", "2034-03-01 09:00")
    answers(book, store)
    with Remarks(store) as remarks:
        assert {remark.verdict for remark in remarks.latest().values()} == {"属实"}


def test_empty_cells_of_two_forms_are_not_taken_for_one() -> None:
    found = audit(SPECIMENS / "template-blank.docx")
    other = replace(found, source=replace(found.source, unit="甲局", title="自评表", name="乙.docx", sha256="00"))
    one = replace(found, source=replace(found.source, unit="甲局", title="自评表"))
    for first, second, finding in zip(aliases(one), aliases(other), found.findings, strict=True):
        assert finding.stated.text.strip() or not set(first.split()) & set(second.split())


def test_an_answer_taken_back_counts_again(tmp_path: Path) -> None:
    book = tmp_path / "疑点.xlsx"
    run("check", PROSE, "-o", book, folder=tmp_path)
    for verdict, count in (("不属实", 1), ("", 0)):
        settle(book, "94.6分", verdict, "")
        run("check", PROSE, "-o", book, folder=tmp_path)
        assert len(sheet(book, "已排除")) == count and len(sheet(book, "疑点清单")) == 2 - count


def test_the_store_and_the_workbook_hold_one_opinion(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    report = shutil.copy(PROSE, tmp_path / "in" / "甲局.docx")
    book, store = tmp_path / "疑点.xlsx", tmp_path / "疑点.fusuan"
    run("batch", tmp_path / "in", "-o", book, "--jobs", "1", folder=tmp_path)
    settle(book, "94.6分", "不属实", "附表另有加分项")
    for _ in range(2):  # again where nothing has changed
        assert "其中 1 处已核实为不属实" in run("batch", tmp_path / "in", "-o", book, "--jobs", "1", folder=tmp_path).stdout
    said = run("review", book, folder=tmp_path).stdout
    assert "共 2 处，属实 0，不属实 1，需补充材料 0，已整改 0，尚未核实 1" in said and "附表另有加分项，王审" in said
    with Remarks(store) as remarks:
        known = remarks.latest()
        (names,) = [names for names in aliases(audit(Path(report))) if set(names.split()) & set(known)]
        name, remark = names.split()[0], known[names.split()[0]]
        assert remark.dismisses and remark.who == "王审" and set(names.split()) == set(known)
        remarks.put(name, "属实", "电话核实", "李核", "2034-03-01 09:00")  # elsewhere, since the workbook was written
    assert "已核实" not in run("batch", tmp_path / "in", "-o", book, "--jobs", "1", folder=tmp_path).stdout
    assert not sheet(book, "已排除")
    assert {row["报告值"]: (row["核实结论"], row["备注"]) for row in sheet(book, "疑点清单")}["94.6分"] == ("属实", "电话核实")


def test_a_workbook_of_another_program_is_no_memory(tmp_path: Path) -> None:
    for name, content in (("a.xlsx", b"no workbook"), ("b.xlsx", (SPECIMENS / "base-data.xlsx").read_bytes())):
        (tmp_path / name).write_bytes(content)
        assert answers(tmp_path / name) == {}
    done = run("review", "b.xlsx", folder=tmp_path)
    assert done.returncode == 2 and "没有“疑点清单”" in done.stderr


def test_answers_given_to_a_writer(tmp_path: Path) -> None:
    found = audit(PROSE)
    wrong = [name for finding, name in zip(found.findings, fingerprints(found), strict=True) if not finding.agrees]
    with Remarks(tmp_path / "s.fusuan") as remarks:
        remarks.put(wrong[0], "不属实", "=1+1", "<b>", "2024")
    export.write([found], tmp_path / "a.xlsx", store=tmp_path / "s.fusuan")
    (out,) = sheet(tmp_path / "a.xlsx", "已排除")
    assert (out["备注"], out["核实人"]) == ("=1+1", "<b>")
    assert openpyxl.load_workbook(tmp_path / "a.xlsx")["已排除"]["J2"].data_type == "s"


def test_fingerprints_of_one_name_each_and_of_their_filer() -> None:
    found = audit(SPECIMENS / "template-blank.docx")
    names = fingerprints(found)
    assert len(set(names)) == len(names) > 10
    other = replace(found, source=replace(found.source, unit="另一单位"))
    assert not set(names) & set(fingerprints(other))


def test_compare_lists_exactly_what_was_mended(tmp_path: Path) -> None:
    mended = edited(PROSE, tmp_path / "改.docx", ("占36.34%", "占33.64%"), before=("关于重新报送的说明",))
    done = run("compare", PROSE, mended, folder=tmp_path)
    head, *lines = done.stdout.splitlines()
    assert head.endswith("原有疑点 2 处，已改正 1，不再出现 0，仍在 1，新出现 0") and done.returncode == 1
    assert [line.split()[0] for line in lines] == ["已改正", "仍不符"]
    assert "项目支出 36.34%（应为 33.64%，规则 rate），现写作 33.64%（第8段）" in lines[0] and "总得分 94.6分" in lines[1]


def test_compare_of_an_operand_mended_a_slip_made_and_a_slip_left(tmp_path: Path) -> None:
    changes = (("产出指标28分", "产出指标27分"), ("占66.36%", "占63.66%"), ("占36.34%", "占33.46%"))
    result = compare(audit(PROSE), audit(edited(PROSE, tmp_path / "改.docx", *changes)))
    assert [(m.was.stated.text, m.now and m.now.stated.text) for m in result.mended] == [("94.6分", "94.6分")]
    assert [(was.stated.text, now.stated.text) for was, now in result.left] == [("36.34%", "33.46%")]
    assert [finding.stated.text for finding in result.fresh] == ["63.66%"]


def test_compare_takes_results_too(tmp_path: Path) -> None:
    mended = edited(PROSE, tmp_path / "改.docx", ("占36.34%", "占33.64%"))
    for suffix in ("json", "jsonl"):
        run("check", PROSE, "-o", f"旧.{suffix}", folder=tmp_path)
        assert "已改正 1，不再出现 0，仍在 1，新出现 0" in run("compare", f"旧.{suffix}", mended, folder=tmp_path).stdout
    (tmp_path / "in").mkdir()
    shutil.copy(PROSE, tmp_path / "in" / "改.docx")
    run("batch", "in", "-o", "旧.xlsx", "--jobs", "1", folder=tmp_path)
    assert "已改正 1，不再出现 0，仍在 1，新出现 0" in run("compare", "旧.fusuan", mended, folder=tmp_path).stdout
    assert run("compare", mended, mended, folder=tmp_path).returncode == 1


@pytest.mark.parametrize(("content", "said"), [
    (None, "没有这个文件"), ("{", "不是核对结果"), ('{"a": 1}', "不是核对结果")])
def test_compare_says_what_it_cannot_take(content: str | None, said: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "旧.json").write_text(content, encoding="utf-8")
    done = run("compare", "旧.json", PROSE, folder=tmp_path)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr


def test_versions_are_paired_by_name_then_by_who_filed() -> None:
    found = audit(PROSE)
    named = [replace(found, source=replace(found.source, name=name, unit=unit)) for name, unit in (
        ("甲.docx", "甲局"), ("乙.docx", "乙局"), ("丙.docx", ""), ("乙（修改）.docx", "乙局"), ("丁.docx", ""))]
    pairs, gone, come = versions(named[:3], [named[0], named[3], named[4]])
    assert [(a.source.name, b.source.name) for a, b in pairs] == [
        ("甲.docx", "甲.docx"), ("乙.docx", "乙（修改）.docx"), ("丙.docx", "丁.docx")]
    assert not gone and not come
    assert [len(rest) for rest in versions(named[:3], named[:1])] == [1, 2, 0]


def test_remarks_keep_every_decision(tmp_path: Path) -> None:
    with Remarks(tmp_path / "a.fusuan") as remarks, Remarks(tmp_path / "a.fusuan") as other:
        remarks.put("f", "不属实", "甲", "王", "1")
        other.put("f", "不属实", "甲", "李", "2")  # the same opinion once more
        other.put("f", "属实", "", "李", "3")
        assert [one.when for one in remarks.history("f")] == ["1", "3"] and remarks.get("f") == Remark("属实", "", "李", "3")
