"""What the files of a batch say together, and who filed nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fusuan import cli
from fusuan.batch.outcome import Outcome
from fusuan.batch.store import Store
from fusuan.model import Batch

Put = Callable[..., None]

NARRATIVE = ("春季在河东新修了三处取水点，沿线村民不必再绕远路挑水。", "入夏前把老旧闸门逐个拆下除锈，换上了新的橡胶止水条。",
             "秋收后请外县的技术员来讲了两天节水灌溉的做法。", "年底清点仓库时发现几件量水设备登记有误，已经改正。",
             "全年没有发生因供水引起的纠纷，来信来访都有回复。", "下一年打算先修山后片区，再看资金安排东岸的工程。",
             "档案室把十年来的水文记录装订成册，方便以后查找。")


@pytest.fixture
def put(folder: Path) -> Put:
    def made(name: str, *lines: str) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines), encoding="utf-8")

    return made


def together(folder: Path, out: Path, *more: str) -> Batch:
    cli.main(["batch", str(folder), "-o", str(out / "疑点.xlsx"), "--jobs", "1", *more])
    with Store(out / "疑点.fusuan") as store:
        return Outcome(store).batch


def account(unit: str, year: int, opening: str, closing: str, *more: str) -> tuple[str, ...]:
    return (f"{unit}{year}年度部门决算", "一、收入支出决算总体情况",
            f"{year}年年初结转和结余{opening}万元。", f"{year}年年末结转和结余{closing}万元。", *more)


@pytest.mark.parametrize(("opening", "more", "found"), [
    ("66.45", (), False), ("86.45", (), True), ("86.45", ("年初数因会计差错更正有所调整。",), True)])
def test_last_years_closing_balance_is_this_years_opening_one(opening: str, more: tuple[str, ...], found: bool, put: Put, folder: Path,
                                                             tmp_path: Path) -> None:
    put("甲县水务局/2022年决算.txt", *account("甲县水务局", 2022, "80.20", "66.45"))
    put("甲县水务局/2023年决算.txt", *account("甲县水务局", 2023, opening, "51.30", *more))
    crossings = [one for one in together(folder, tmp_path).crossings if one.kind == "跨年衔接"]
    assert bool(crossings) == found
    for one in crossings:
        assert one.verdict is not None
        assert one.verdict.chinese == "存疑"
        assert ("文中提到" in one.message) == bool(more)
        assert "66.45万元" in one.message
        assert "86.45万元" in one.message


def test_a_report_and_the_account_of_its_year_tell_one_amount(put: Put, folder: Path, tmp_path: Path) -> None:
    put("甲县水务局/2023年决算.txt", *account("甲县水务局", 2023, "66.45", "51.30", "2023年“三公”经费决算数7.44万元。"))
    put("甲县水务局/自评报告.txt", "甲县水务局2023年度部门整体支出绩效自评报告", "2023年“三公”经费决算数7.04万元。", *NARRATIVE)
    (one,) = together(folder, tmp_path).crossings
    assert one.kind == "报告与表不一致"
    assert "7.44万元" in one.message
    assert "7.04万元" in one.message


def test_one_report_in_two_formats_counts_once(put: Put, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from corpus.filings import raw_pdf

    lines = ["乙县林业局2023年度部门整体支出绩效自评报告", "2023年本年支出合计5.60万元，其中：基本支出3.00万元，项目支出2.50万元。", *NARRATIVE]
    put("乙县林业局/自评报告.txt", *lines)
    (folder / "乙县林业局" / "自评报告.pdf").write_bytes(raw_pdf([lines]))
    (one,) = together(folder, tmp_path).crossings
    assert one.kind == "同一报告的另一格式"
    assert "不符 1（1 份报告）" in capsys.readouterr().out


def test_a_form_that_all_units_fill_in_is_no_copy(put: Put, folder: Path, tmp_path: Path) -> None:
    for unit in ("甲县水务局", "乙县林业局", "丙县教育局", "丁县民政局"):
        put(f"{unit}/自评报告.txt", f"{unit}2023年度部门整体支出绩效自评报告", *NARRATIVE)
    assert not [one for one in together(folder, tmp_path).crossings if one.kind == "雷同"]


def test_a_copy_between_two_of_many_is_told_with_the_sentences(put: Put, folder: Path, tmp_path: Path) -> None:
    for number, unit in enumerate(("甲县水务局", "乙县林业局", "丙县教育局", "丁县民政局", "戊县文化馆", "己县气象局")):
        own = NARRATIVE if number < 2 else [f"{line[:number + 3]}{unit[2:]}{line[number:]}" for line in NARRATIVE]
        put(f"{unit}/自评报告.txt", f"{unit}2023年度部门整体支出绩效自评报告", *own)
    (one,) = [one for one in together(folder, tmp_path).crossings if one.kind == "雷同"]
    assert one.names == ("乙县林业局/自评报告.txt", "甲县水务局/自评报告.txt")
    assert any("橡胶止水条" in quote or "取水点" in quote for quote in one.quotes)


def test_who_filed_nothing_is_listed(put: Put, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put("甲县水务局/自评报告.txt", "甲县水务局2023年度部门整体支出绩效自评报告", *NARRATIVE)
    put("乙县林业局/照片.gif", "x")
    listed = tmp_path / "清单.csv"
    listed.write_text("序号,预算单位,项目名称\n1,甲县水务局,\n2,乙县林业局,\n3,丙县教育局,\n", encoding="gbk")
    assert together(folder, tmp_path).silent == (("乙县林业局", "只收到 图片 1 个"),)
    assert together(folder, tmp_path, "--manifest", str(listed)).silent == (
        ("乙县林业局", "只收到 图片 1 个"), ("丙县教育局", "没有收到任何文件"))
    assert "未报送自评材料  丙县教育局：没有收到任何文件" in capsys.readouterr().out
    listed.write_text("名称\n甲\n", encoding="utf-8")
    assert cli.main(["batch", str(folder), "--manifest", str(listed)]) == 2
    assert "单位" in capsys.readouterr().err


def test_a_report_in_anothers_folder_is_told(put: Put, folder: Path, tmp_path: Path) -> None:
    put("甲县水务局/自评报告.txt", "甲县水务局2023年度部门整体支出绩效自评报告", *NARRATIVE)
    put("乙县林业局/自评报告.txt", "甲县水务局2023年度部门整体支出绩效自评报告", "全年巡山护林四百余次，未发生火情。")
    kinds = {one.kind for one in together(folder, tmp_path).crossings}
    assert "他单位名称" in kinds


def test_natural_order(put: Put, folder: Path, tmp_path: Path) -> None:
    from fusuan.batch.gather import gather

    for number in (10, 2, 1):
        put(f"单位{number}/a.txt", "x")
    assert [item.shown for item in gather(folder, [".txt"])] == ["单位1/a.txt", "单位2/a.txt", "单位10/a.txt"]
