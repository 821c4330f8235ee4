"""Plain text in any encoding, what a report says of itself, and how readers join."""

from __future__ import annotations

from pathlib import Path

import pytest

from fusuan import extract
from fusuan.extract._identity import identify
from fusuan.extract.txt import decode
from fusuan.model import Cell, Paragraph, Place, Table

TEXT = "某县水利局2021年度部门整体支出绩效自评报告\n\n  本年支出12.5万元。\n项目|预算数|执行数\n甲\t1\t2\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, end: str) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.replace("\n", end).encode(encoding))
    document = extract.read(tmp_path / "a.txt")
    assert [p.text.strip() for p in document.paragraphs] == [line.strip() for line in TEXT.split("\n") if line.strip()]
    assert [p.place.paragraph for p in document.paragraphs] == [1, 2, 3, 4]
    assert (document.title, document.unit, document.year) == (
        "某县水利局2021年度部门整体支出绩效自评报告", "某县水利局", "2021")
    assert not document.remarks


def test_a_few_lost_characters_are_said() -> None:
    text, remarks = decode("本年支出".encode() + b"\xff\xff" + "12.5万元。".encode() * 20)
    assert "12.5万元" in text
    assert remarks


def paragraphs(*lines: str) -> list[Paragraph]:
    return [Paragraph(line, Place(paragraph=number)) for number, line in enumerate(lines, 1)]


def form(*rows: tuple[str, ...]) -> Table:
    cells = tuple(Cell(text, Place(table=1, row=y, column=x)) for y, row in enumerate(rows) for x, text in enumerate(row))
    return Table(cells, len(rows), max(map(len, rows)), Place(table=1))


@pytest.mark.parametrize(("lines", "expected"), [
    (("附件1", "某县水利局", "2021年度部门整体支出", "绩效自评报告", "一、基本情况"),
     ("2021年度部门整体支出绩效自评报告", "某县水利局", "2021")),
    (("２０２０年度部门整体支出绩效评价自评报告", "单位名称：某区档案馆（盖章）", "2021年4月"),
     ("2020年度部门整体支出绩效评价自评报告", "某区档案馆", "2020")),
    (("项目支出绩效自评报告", "填报单位（盖章）：某县第一中学　填报日期：2023年3月1日", "2022年度"),
     ("项目支出绩效自评报告", "某县第一中学", "2022")),
    (("关于二〇二〇年度预算绩效自评情况的报告",), ("关于二〇二〇年度预算绩效自评情况的报告", "", "2020")),
    (("收入支出决算总表", "单位：万元"), ("收入支出决算总表", "", "")),
    (("一、基本情况", "某县林业局是县政府工作部门，2021年收入3万元。2021年支出3万元。比2020年多。"),
     ("", "某县林业局", "2021")),
    (("绩效自评报告", "正文。", "某县文化馆", "2022年3月5日"), ("绩效自评报告", "某县文化馆", "")),
    (("我局是工作部门，支出3万元。",), ("", "", "")),
    ((), ("", "", "")),
])
def test_identity(lines: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    assert identify(paragraphs(*lines)) == expected


@pytest.mark.parametrize(("rows", "unit"), [
    ((("部门（单位）名称", "某县林业局"), ("年度", "预算数")), "某县林业局"),
    ((("主管部门", "某县林业局", "实施单位", "某国有林场"),), "某国有林场"),
    ((("主管部门", "某县林业局", "实施单位", "造林股"),), "某县林业局"),
    ((("项目", "单位", "金额"), ("造林", "亩", "3")), ""),
    ((("计量单位", "万元"),), ""),
])
def test_unit_in_a_form(rows: tuple[tuple[str, ...], ...], unit: str) -> None:
    assert identify([*paragraphs("项目支出绩效自评表"), form(*rows)])[1] == unit


def test_readers_keep_the_contract() -> None:
    known: list[str] = []
    for reader in extract.readers():
        assert callable(reader.read)
        assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in reader.SUFFIXES)
        assert any("\u4e00" <= character <= "\u9fff" for character in (reader.__doc__ or "").split("\n")[0])
        known += reader.SUFFIXES
    assert len(known) == len(set(known))
    assert {".docx", ".xlsx", ".txt", ".doc", ".wps", ".xls", ".et"} <= set(extract.suffixes())
