"""The workbook: opened again, recalculated, and fed with what must not run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fusuan.export import _book, xlsx
from fusuan.export._formula import evaluated, live
from fusuan.model import (
    Audit,
    Figure,
    Finding,
    Mark,
    Place,
    Quantity,
    Severity,
    Source,
    Unchecked,
    Verdict,
    Words,
    total,
)

WAN = Decimal(10_000)
EVIL = ("=1+1", "+cmd|' /C calc'!A0", "@x", "http://example.org/", "{=1}", "<r><t>x</t></r>", "a\x00\x0bb\ud800",
        "长" * 40_000, "_x0041_")


def figure(printed: str, name: str = "", row: int = 0, table: int = 1) -> Figure:
    digits = "".join(char for char in printed if char in "0123456789.-")
    return Figure(printed, Decimal(digits), printed.removeprefix(digits), len(digits.partition(".")[2]),
                  Place(table=table, row=row, column=1), name=name)


def quantity(printed: str, row: int = 0, scale: Decimal = WAN) -> Quantity:
    return Quantity.of(figure(printed, f"部分{row}", row), scale=scale)


def sum_of(*parts: str, scale: Decimal = WAN) -> Quantity:
    return total(quantity(part, row, scale) for row, part in enumerate(parts, 1))


def finding(said: str = "248.35万元", computed: Quantity | None = None, verdict: Verdict = Verdict.BROKEN,
            **more: Any) -> Finding:
    base = Finding("parts", "sum", figure(said, "总收入"), verdict, Severity.HIGH, "合计不等于各部分之和",
                   computed or sum_of("58.41万元", "189.95万元"), quote="总收入248.35万元，其中：……")
    return replace(base, **more)


def rate() -> Finding:
    now, before = quantity("120.00万元", 1), quantity("96.50万元", 2)
    return finding("24.40%", ((now - before) / before).percent(), label="growth", message="增长率算错")


def mixed() -> Finding:
    parts = [*(quantity(f"{n}.25万元", n) for n in range(1, 11)), quantity("50000.00元", 11)]
    return finding("65.00万元", total(parts) - quantity("-0.50万元", 12), Verdict.DOUBTFUL, supposition="单位或有误")


def capped() -> Finding:
    shown = sum_of("6分", "7分", scale=Decimal(1))
    return finding("11分", replace(shown, value=Decimal(10)), label="score_rule")


def wordy() -> Finding:
    return finding(stated=Words("优", Place(page=3, paragraph=2), name="评价等级"), label="grade",
                   expected="良", message="得分 86 属于良")


def sample(name: str = "甲单位.docx") -> Audit:
    long = sum_of(*(f"{n}.10万元" for n in range(1, 31)))
    holds = finding("468.00万元", long, Verdict.HOLDS, message="相符")
    empty = replace(finding(stated=Words("", Place(table=2, row=3, column=4), name="偏差原因"), label="missing",
                            severity=Severity.LOW, message="应填未填"), computed=None)
    marks = (Mark(0, "总分", figure("100分"), figure("98分"), "96"),
             Mark(1, "投入", figure("20分"), figure("20分"), "20"),
             Mark(2, "在职人员控制率", figure("5分"), figure("5分"), "3", "超过 100%"),
             Mark(2, "三公经费变动率", figure("5分"), None, None, "无法复算"))
    return Audit(Source(name, f"/in/{name}", "ab" * 32, "docx", 8, "", "某某市档案馆", "2019"),
                 figures=(figure("1元"),) * 120,
                 findings=(finding(), holds, rate(), mixed(), capped(), replace(wordy(), computed=None), empty),
                 unchecked=(Unchecked(figure("3户", "走访户数"), "没有与它相关的数字"),), marks=marks,
                 score_stated="98", score_computed="96", grade="优", remarks=("文件含修订，按接受后读取",))


def failed() -> Audit:
    return Audit(Source("坏.pdf", "/in/坏.pdf"), "failed", {"code": "encrypted", "message": "文件已加密，请先解密"})


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("book") / "结果.xlsx"
    xlsx.write(iter([sample(), failed(), sample("乙单位.docx")]), written)
    return written


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def values(path: Path) -> Any:
    return openpyxl.load_workbook(path, data_only=True)


def table(sheet: Any) -> Iterator[dict[str, Any]]:
    head, *rows = ([cell.value for cell in row] for row in sheet.iter_rows())
    return (dict(zip(head, row, strict=True)) for row in rows)


def test_sheets_are_ready_to_read_and_print(book: Any) -> None:
    assert book.sheetnames == ["概览", "疑点清单", "已排除", "复算明细", "操作数", "得分核对", "未核对", "文件"]
    for name in book.sheetnames[1:]:
        sheet = book[name]
        assert sheet.freeze_panes in ("A2", "C2") and sheet.auto_filter.ref.startswith("A1:")
        assert sheet.page_setup.orientation == "landscape" and sheet.print_title_rows == "$1:$1"
        assert "&P" in sheet.oddFooter.center.text or "第" in sheet.oddFooter.center.text


def test_issues(book: Any, values: Any) -> None:
    rows = list(table(values["疑点清单"]))
    assert [row["结论"] for row in rows] == ["不符"] * 8 + ["存疑"] * 2 + ["不符"] * 2
    assert [row["严重程度"] for row in rows] == ["高"] * 10 + ["低"] * 2
    first = next(row for row in rows if row["类型"] == "合计")
    assert (first["报告值"], first["复算值"], first["差异"]) == ("248.35万元", 248.36, -0.01)
    assert "算式：58.41 + 189.95 = 248.36万元\n各数：部分1 58.41万元（表1 第2行第2列）；" in first["依据"]
    assert first["核实结论"] is None and first["单位"] == "某某市档案馆" and first["规则"] == "parts"
    assert any(row["复算值"] == "良" for row in rows) and any("单位或有误" in row["说明"] for row in rows)
    (choice,) = book["疑点清单"].data_validations.dataValidation
    assert str(choice.sqref) == "I2:I13" and choice.formula1 == '"属实,不属实,需补充材料,已整改"'
    shown = book["疑点清单"].cell(2 + rows.index(first), 6)
    assert shown.number_format == '#,##0.00"万元"'


def test_links_lead_there_and_back(book: Any, values: Any) -> None:
    for row in book["疑点清单"].iter_rows(min_row=2):
        target = row[0].value.split("!A")[1].split('"')[0]
        number = row[0].value.rpartition(",")[2].rstrip(")")
        detail = book["复算明细"][int(target)]
        assert detail[1].value == f"=HYPERLINK(\"#'疑点清单'!A\"&MATCH({number},'疑点清单'!A:A,0),{number})"
        assert values["复算明细"].cell(int(target), 12).value == row[4].value
    first = [row[-1].value for row in values["概览"].iter_rows(min_row=2) if str(row[-1].value).startswith("疑点 ")]
    assert first == ["疑点 1", "疑点 7"]


def test_arithmetic_is_live_with_its_value(book: Any, values: Any) -> None:
    formulas = [row["复算值"] for row in table(book["复算明细"])][:7]
    assert formulas[0] == "=Q2+R2"
    assert formulas[1] == "=SUM('操作数'!G2:G31)"
    assert formulas[2] == "=(Q4-R4)/R4*100"
    assert formulas[3].startswith("='操作数'!G32+") and formulas[3].endswith("'操作数'!G42/10000-('操作数'!G43)")
    assert formulas[4] == 10 and formulas[5] == "良" and formulas[6] is None
    cached = [row["复算值"] for row in table(values["复算明细"])][:4]
    assert cached[:2] == [248.36, 468] and cached[2] == pytest.approx(24.3523316, abs=1e-6) and cached[3] == 63
    verdicts = [row["结论"] for row in table(book["复算明细"])][:7]
    assert verdicts[0] == '=IF(ABS(F2-G2)<=0.005000001,"相符","不符")'
    assert verdicts[5:] == ["不符", '=IF(F8<>"","相符","不符")']
    listed = {row["结论"] for row in table(book["疑点清单"])}
    assert "='复算明细'!I2" in listed and "不符" in listed


def test_no_two_lines_are_the_same(tmp_path: Path) -> None:
    twice = replace(sample(), unchecked=(*sample().unchecked, *sample().unchecked))
    xlsx.write([twice], tmp_path / "a.xlsx")
    loaded = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)
    (row,) = table(loaded["未核对"])
    assert row["原因"].endswith("（同样的 2 处）")
    for name in ("疑点清单", "复算明细", "未核对", "文件"):
        lines = [tuple(cell for cell in row) for row in loaded[name].values]
        assert len(set(lines)) == len(lines)


def test_a_file_is_a_link_where_it_lies(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    report = tmp_path / "in" / '甲"单位.pdf'
    report.write_bytes(b"%PDF")
    at = replace(figure("1.00元", "甲"), place=Place(page=7, paragraph=2))
    wrong = finding(stated=at)
    xlsx.write([Audit(Source(report.name, str(report)), findings=(wrong,))], tmp_path / "a.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["疑点清单"]["B2"]
    assert cell.value == '=HYPERLINK("in/甲""单位.pdf#page=7","甲""单位.pdf")'


def test_scores(values: Any, book: Any) -> None:
    rows = list(table(values["得分核对"]))
    assert (rows[0]["自评得分"], rows[0]["复算得分"], rows[0]["差异"]) == (98, 96, 2)
    assert "自评总分 98，按复算为 96（在职人员控制率 −2" in rows[0]["备注"]
    item = next(row for row in rows if "在职人员控制率" in row["指标"])
    assert (item["分值"], item["自评得分"], item["复算得分"], item["差异"]) == (5, 5, 3, 2)
    assert any("总分相应减少 1 分" in (row["备注"] or "") for row in rows)
    dimensions = book["得分核对"].row_dimensions
    assert book["得分核对"]["F2"].value == "=ROUND(D2-E2,6)"
    assert [dimensions[row].outlineLevel for row in range(2, 7)] == [0, 1, 2, 3, 3]


def test_what_was_not_checked_and_what_failed(values: Any) -> None:
    assert [row["原因"] for row in table(values["未核对"])] == ["没有与它相关的数字"] * 2
    files = list(table(values["文件"]))
    assert [row["状态"] for row in files] == ["已核对", "未能读取", "已核对"] and "请先解密" in files[1]["说明"]
    assert (files[0]["读出数字"], files[0]["复算"], files[0]["不符"], files[0]["存疑"]) == (120, 7, 5, 1)
    said = " ".join(str(cell.value) for row in values["概览"].iter_rows() for cell in row if cell.value)
    assert "文件 3 个：已核对 2，未能读取 1" in said and "不符 10，存疑 2，未核对 2" in said


@pytest.mark.parametrize("text", EVIL)
def test_text_of_a_document_never_runs(text: str, tmp_path: Path) -> None:
    said = replace(figure("1.00元", text), text=text)
    bad = finding(stated=said, computed=Quantity.of(said), quote=text, message=text, supposition=text)
    words = replace(finding(stated=Words(text, name=text), expected=text), computed=None)
    whole = Audit(Source(text, text, text, text, 1, text, text, text), "failed", {"code": "x", "message": text},
                  findings=(bad, words), unchecked=(Unchecked(said, text),), remarks=(text,), score_stated=text,
                  marks=(Mark(0, text, said, said, text, text),), score_computed=text, grade=text)
    xlsx.write([whole], tmp_path / "a.xlsx")
    loaded = openpyxl.load_workbook(tmp_path / "a.xlsx")
    ours = ("=HYPERLINK(\"#'", "=ROUND(", "=Q2", "=IF(ABS(F", "='复算明细'!")
    for sheet in loaded:
        assert not sheet._hyperlinks  # type: ignore[attr-defined]
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
            assert cell.data_type != "f" or str(cell.value).startswith(ours)
            assert cell.data_type != "s" or len(str(cell.value)) <= 32_767


@pytest.mark.parametrize("audits", [[], [failed()], [Audit(Source("空.docx", "空.docx"))]])
def test_empty_books_open(audits: list[Audit], tmp_path: Path) -> None:
    xlsx.write(audits, tmp_path / "a.xlsx")
    loaded = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert len(loaded.sheetnames) == 8 and loaded["疑点清单"].max_row == 1


def test_a_full_worksheet_goes_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_book, "LAST_ROW", 5)
    xlsx.write([sample()], tmp_path / "a.xlsx")
    loaded = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert "复算明细2" in loaded.sheetnames and loaded["复算明细2"].max_row == 3
    assert loaded["疑点清单2"]["A1"].value == "编号" and len(loaded["疑点清单2"].data_validations.dataValidation) == 1
    assert loaded["复算明细2"]["G2"].value == "良" and "'疑点清单'" in loaded["复算明细2"]["B2"].value
    assert "SUM" not in loaded["复算明细"]["G3"].value  # its operands lie on several worksheets


def test_nothing_is_left_of_a_batch_that_breaks(tmp_path: Path) -> None:
    def breaking() -> Iterator[Audit]:
        yield sample()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        xlsx.write(breaking(), tmp_path / "a.xlsx")
    assert not list(tmp_path.iterdir())
    with pytest.raises(FileNotFoundError):  # commands/_outputs.py says it in Chinese
        xlsx.write([], tmp_path / "none" / "a.xlsx")


def test_formulas_a_spreadsheet_cannot_follow() -> None:
    a = figure("3", "a")
    three = Quantity.of(a)
    cells = {a: "P2"}
    assert live(three * Quantity.constant(2), cells) == "=P2*2"
    assert live(-three + three, cells) == "=-P2+P2"
    assert live(Quantity.constant(2), {}) is None
    assert live(three * Quantity.constant(2, "两倍"), cells) is None
    assert live(replace(three, tokens=(a, "×")), cells) is None
    assert live(replace(three, tokens=("(" * 1, *["("] * 60, a, *[")"] * 61)), cells) is None
    assert evaluated(["1", "÷", "0"]) is None and evaluated(["2", "+", "3", "×", "(", "-", "4", ")"]) == -10
