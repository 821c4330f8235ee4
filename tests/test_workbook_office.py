"""The workbook in LibreOffice: what real findings of every kind look like on paper, reckoned again, and once they are put right."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fusuan import export
from fusuan.batch.audit import audits
from fusuan.export._rows import LABELS
from fusuan.export._sheet_issues import FIXED
from fusuan.model import Audit
from tests.house import ROOT
from tests.office import needs_calc
from tests.test_export_xlsx import failed, sample

SPECIMENS = ROOT / "corpus" / "specimens"
SEED = ROOT.parent / "shared" / "seed" / "report.docx"
FILES = ("account-tables-wrong.docx", "base-data.xlsx", "department-form.docx", "department-prose.docx", "department-sheet.docx",
         "final-accounts-wrong.docx", "looks-wrong.docx", "project-form.docx", "project-form-split.docx", "school-yuan.docx",
         "template-blank.docx", "transfer-form.xlsx")
WORDED = ("全年公用经费预算4.50万元，实际支出3.60万元，公用经费支出比年初预算有所增加。", "自评得分72.5分，评价等级为优秀。", "自评总分97分，等级为“合格”。",
          "出国费年初预算为0万元，支出决算为3.2万元，完成年初预算的64%。", "会议费支出3.2万元，较上年增加3.2万元，增长100%。",
          "维修费支出4.8万元，上年为0万元，增长100%。", "印刷费支出3.2万元，占32.00；培训费支出6.8万元，占68.00%。",
          "接待费支出4.20万元，较上年减少0.86万元，与上年持平。", "服务居民≥2万人，实际服务居民9800人。", "参观人数超过2万人，实际参观人数9800人。")
"""What words, not sums, decide: a direction, grades, rates of nothing, a sign that is missing."""
CELL = re.compile(r"'?([^'!=]+)'?!([A-Z]+)(\d+)|([A-Z]+)(\d+)")
STATED, COMPUTED, VERDICT = "F", "G", "I"


def squeezed(text: object) -> str:
    return "".join(str(text).split())


def converted(path: Path, kind: str, folder: Path) -> Path:
    subprocess.run(["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind,
                    "--outdir", str(folder / "out"), str(path)], check=True, capture_output=True, timeout=300)
    return folder / "out" / f"{path.stem}.{kind.partition(':')[0]}"


def recalculated(book: Any, folder: Path) -> Any:
    """Return a workbook as LibreOffice reckons it: openpyxl writes formulas without values."""
    folder.mkdir(exist_ok=True)
    book.save(folder / "bare.xlsx")
    return openpyxl.load_workbook(converted(folder / "bare.xlsx", "xlsx:Calc MS Excel 2007 XML", folder), data_only=True)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Audit]:
    more = tmp_path_factory.mktemp("more") / "石桥镇.txt"
    wrong = [sentence["text"] for topic in sorted((ROOT / "corpus" / "sentences").glob("*.toml"))
             for sentence in tomllib.loads(topic.read_text("utf-8"))["sentence"] if any("≠" in said for said in sentence.get("expect", ()))]
    more.write_text("\n".join(("石桥镇2023年度部门整体支出绩效自评报告", *wrong, *WORDED)), encoding="utf-8")
    paths = [*(SPECIMENS / name for name in FILES), more, *([SEED] if SEED.exists() else [])]
    return [sample(), failed(), *(one for path in paths for one in audits(path))]


@pytest.fixture(scope="module")
def path(found: list[Audit], tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("book") / "疑点.xlsx"
    export.write(found, written)
    return written


@pytest.fixture(scope="module")
def values(path: Path) -> Any:
    return openpyxl.load_workbook(path, data_only=True)


@needs_calc
def test_recalculation_gives_the_cached_values(path: Path, values: Any, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(path)
    again, count = recalculated(openpyxl.load_workbook(path), tmp_path), defaultdict[str, int](int)
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            known, now = (other[sheet.title][cell.coordinate].value for other in (values, again))
            assert now == (pytest.approx(known, abs=1e-9) if isinstance(known, float) else known), (sheet.title, cell.value)
            count[sheet.title] += 1
    assert all(count[name] for name in ("疑点清单", "复算明细", "操作数", "得分核对")) and sum(count.values()) > 1000


def open_rows(values: Any) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of 复算明细 that do not agree."""
    head, *rows = values["复算明细"].values
    for number, row in enumerate(rows, 2):
        told = dict(zip(head, row, strict=True))
        if told["结论"] in ("不符", "存疑"):
            yield number, told


def mended(book: Any, values: Any, number: int) -> bool:
    """Put one row right: an operand where one leads to the figure stated, else the figure itself. False where no figure settles it."""
    sheet = book["复算明细"]
    verdict, formula = sheet[f"{VERDICT}{number}"].value, sheet[f"{COMPUTED}{number}"].value
    if not str(verdict).startswith("="):
        return False
    stated, computed = values["复算明细"][f"{STATED}{number}"].value, values["复算明细"][f"{COMPUTED}{number}"].value
    if found := re.search(r"OR\((?:AND\()?([A-Z]+\d+)>=(\d+)", verdict):
        sheet[found[1]].value = int(found[2])
    elif found := re.search(r"FALSE,ABS\((.+)\)<=", verdict):
        cell, right = root(book, values, found[1])
        cell.value = right
    elif str(formula).startswith("=") and isinstance(computed, int | float):
        cell, right = solved(book, values, formula, stated)
        cell.value = right
    elif "ABS(" in verdict:
        sheet[f"{STATED}{number}"].value = computed
    else:
        limit(book, values, verdict)
    return True


def operands(book: Any, formula: str) -> list[Any]:
    """Return the cells a formula takes, a range being all of them."""
    if found := re.fullmatch(r"=SUM\('(.+)'!([A-Z])(\d+):[A-Z](\d+)\)", formula):
        return [book[found[1]][f"{found[2]}{row}"] for row in range(int(found[3]), int(found[4]) + 1)]
    return [book[match[1] or "复算明细"][f"{match[2] or match[4]}{match[3] or match[5]}"] for match in CELL.finditer(formula)]


def root(book: Any, values: Any, formula: str) -> tuple[Any, float]:
    """Find the base of a rate that had none: the last operand, from half of the other on."""
    stated, *cells = operands(book, formula)
    known = {cell.coordinate: values["复算明细"][cell.coordinate].value for cell in (stated, *cells)}
    names = CELL.sub(lambda m: f"known['{m[0]}']", formula)
    known[cells[-1].coordinate] = value = known[cells[0].coordinate] / 2

    def worked(given: float) -> float:
        known[cells[-1].coordinate] = given
        return float(eval(names, {"known": known}))

    for _ in range(60):
        value -= worked(value) / ((worked(value + 1e-6) - worked(value)) / 1e-6)
    return cells[-1], value


def solved(book: Any, values: Any, formula: str, wanted: float) -> tuple[Any, float]:
    """Find the value of the first operand that gives the figure wanted, by halving the step as Newton does."""
    cells = operands(book, formula)
    first = cells[0]
    known = {cell.coordinate: values[cell.parent.title][cell.coordinate].value for cell in cells}

    def worked(value: float) -> float:
        given = known | {first.coordinate: value}
        if formula.startswith("=SUM("):
            return float(sum(given[cell.coordinate] for cell in cells))
        return float(eval(CELL.sub(lambda m: repr(given[f"{m[2] or m[4]}{m[3] or m[5]}"]), formula[1:])))

    value = float(known[first.coordinate])
    for _ in range(40):
        slope = (worked(value + 1e-4) - worked(value)) / 1e-4
        value += (wanted - worked(value)) / slope
    assert worked(value) == pytest.approx(wanted, abs=1e-9)
    return first, value


def limit(book: Any, values: Any, verdict: str) -> None:
    """Move the first figure of a condition to where it keeps it."""
    cells = operands(book, verdict.partition('"')[0])
    if len(cells) == 1:
        cells[0].value = 0 if "=0," in verdict else 1
        return
    scales = [float(factor) for factor in re.findall(r"\*(\d+)", verdict)] or [1.0, 1.0]
    known = values[cells[-1].parent.title][cells[-1].coordinate].value * scales[-1] / scales[0]
    strict = re.search(r"([<>])(?![=>])", verdict)
    cells[0].value = known + {">": 0.01, "<": -0.01}[strict[1]] if strict else known


@needs_calc
def test_a_corrected_figure_clears_its_finding_whatever_the_kind(path: Path, values: Any, tmp_path: Path) -> None:
    book, kinds, left = openpyxl.load_workbook(path), set[str](), list[dict[str, Any]]()
    rows = list(open_rows(values))
    for number, told in rows:
        if mended(book, values, number):
            kinds.add(told["规则"])
        else:
            left.append(told)
    again = recalculated(book, tmp_path)
    now = {number: again["复算明细"][f"{VERDICT}{number}"].value for number, _ in rows}
    wrong = [(told, now[number]) for number, told in rows if told["规则"] in kinds and now[number] != "相符"]
    assert [one for one in wrong if str(book["复算明细"][f"{VERDICT}{one[0]['序号'] + 1}"].value).startswith("=")] == []
    # of real reports every verdict is live, but of fractions in words (逾七成): how far 近 and 约 reach stands in no cell
    assert {told["文件"] for told in left if told["规则"] != "bound"} == {sample().source.name}
    assert kinds >= {"balance", "blank", "change", "formula", "grade", "marks", "mention", "parts", "product", "rate", "score", "sister", "target",
                     "trend", "unsigned", "zero_base"}
    listed = {row["编号"]: row for row in table(again["疑点清单"])}
    assert all((FIXED.strip() in listed[told["疑点"]]["依据"]) is (told in left) for _, told in rows)  # what is not live says so, and why
    shown = {number: row["结论"] for number, row in listed.items()}
    assert shown == {told["疑点"]: now[number] for number, told in rows}


def table(sheet: Any) -> Iterator[dict[str, Any]]:
    head, *rows = sheet.values
    return (dict(zip(head, row, strict=True)) for row in rows)


@needs_calc
def test_a_corrected_mark_moves_its_group_and_the_total(path: Path, values: Any, tmp_path: Path) -> None:
    """In 得分核对: the item that was left out of a total, put in, makes it come out."""
    book = openpyxl.load_workbook(path)
    rows = [row for row in values["得分核对"].iter_rows(min_row=2) if row[0].value == "department-prose.docx"]
    item = next(row[3] for row in rows if "产出" in str(row[1].value))
    (place,) = CELL.finditer(book["得分核对"][item.coordinate].value)  # the mark stands among the operands of its sum
    book[place[1]][f"{place[2]}{place[3]}"].value = item.value - 1
    again = recalculated(book, tmp_path)["得分核对"]
    assert (rows[0][4].value, rows[0][5].value) == (95.6, -1)
    assert (again[rows[0][4].coordinate].value, again[rows[0][5].coordinate].value) == (pytest.approx(94.6), 0)


def test_no_two_lines_of_a_list_are_the_same(values: Any) -> None:
    for name in ("疑点清单", "复算明细", "操作数", "未核对", "文件"):
        lines = [tuple(row) for row in values[name].values]
        assert len(set(lines)) == len(lines), name


def shown(cell: Any) -> str:
    """Return what a cell shows: numbers by their format."""
    if not isinstance(cell.value, int | float):
        return "" if cell.value is None else squeezed(cell.value)
    form = re.fullmatch(r'(#,##0|0)(?:\.(0+))?(?:"(.*)")?', cell.number_format)
    if form is None:
        return f"{cell.value:g}"
    value = Decimal(repr(cell.value)).quantize(Decimal(1).scaleb(-len(form[2] or "")), ROUND_HALF_UP)
    return (f"{value:,}" if "," in form[1] else f"{value}") + (form[3] or "")


UNITS = [f"{place}{office}" for place in ("南桥镇", "石川区", "青禾县") for office in ("水利局", "文化馆", "档案馆", "市政设施维护所")]
LOOSE = ("概览", "总览", "说明")
"""Sheets that are no long tables: they have no grid on paper."""


@needs_calc
def test_nothing_is_clipped_in_print(path: Path, values: Any, tmp_path: Path) -> None:
    """A4 landscape, ten columns at most, no letter below 8 points, titles on every page, every text whole within its cell."""
    met = printed(converted(path, "pdf", tmp_path), values)
    for name in values.sheetnames[1:]:
        sheet = values[name]
        assert met[name] == max(2 if sheet.max_row == 1 else 0, sheet.max_row), name
        assert sheet.print_area.split(":")[1].strip("$").split("$")[0] <= "J" and sheet.print_title_rows == "$1:$1"
    assert met["概览"] > 1


@needs_calc
def test_nor_of_what_a_batch_writes(tmp_path: Path) -> None:
    (tmp_path / "收到").mkdir()
    for name in ("department-prose.docx", "department-prose.pdf", "base-data.xlsx", "department-form.docx"):
        shutil.copy(SPECIMENS / name, tmp_path / "收到" / name)
    for name in UNITS:
        lines = (f"{name}2023年度部门整体支出绩效自评报告", "本年支出合计420.50万元，其中：基本支出310.20万元，项目支出120.30万元。")
        (tmp_path / "收到" / f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")
    subprocess.run([sys.executable, ROOT / "cli.py", "batch", "收到", "-o", "疑点.xlsx", "--jobs", "1"], cwd=tmp_path, check=False, capture_output=True)
    values = openpyxl.load_workbook(tmp_path / "疑点.xlsx", data_only=True)
    met = printed(converted(tmp_path / "疑点.xlsx", "pdf", tmp_path), values)
    assert {"总览", "跨文件", "说明"} <= set(values.sheetnames)
    assert all(met[name] >= values[name].max_row for name in values.sheetnames if name not in LOOSE)
    text = squeezed("".join(of_sheet(tmp_path / "out" / "疑点.pdf", "总览")))
    assert [name for name in UNITS if text.count(name) < 2] == []  # each in the table and at its bar of the chart


def of_sheet(path: Path, name: str) -> Iterator[str]:
    """Yield the pages of one sheet, each by its footer."""
    with pytest.importorskip("pdfplumber").open(path) as paper:
        texts = [page.extract_text() for page in paper.pages]
    return (text for text in texts if text.splitlines()[-1].split()[0] == name)


def printed(path: Path, values: Any) -> dict[str, int]:
    """Hold each page of a printed workbook against its sheet; return the last row met of each, of loose ones how many texts."""
    pdfplumber = pytest.importorskip("pdfplumber")
    met: dict[str, int] = dict.fromkeys(values.sheetnames, 1)
    with pdfplumber.open(path) as paper:
        for page in paper.pages:
            assert (round(page.width), round(page.height)) == (842, 595)
            name = page.extract_text().splitlines()[-1].split()[0]
            body = [char for char in page.chars if char["top"] < page.height - 40 and char["text"].strip()]
            assert min(char["size"] for char in body) >= 7.99, name
            met[name] = met[name] + overview(page, values[name]) if name in LOOSE else long_table(page, values[name], met[name])
    return met


def long_table(page: Any, sheet: Any, row: int) -> int:
    """Hold the rows of one page against those of the sheet from `row` on; return the last one met."""
    grid = max(page.find_tables(), key=lambda table: len(table.cells))
    for number, line in enumerate(grid.rows):
        source = 1 if number == 0 else row + number
        if source > sheet.max_row:  # a list that is empty has a line to write on
            return row + number
        for cell, box in zip(sheet[source], line.cells, strict=False):
            assert within(page, box) == shown(cell), (sheet.title, cell.coordinate, page.page_number)
    return row + len(grid.rows) - 1


def within(page: Any, box: tuple[float, float, float, float]) -> str:
    """Return the characters that lie in a cell with all of their ink: what runs over its edge is missing."""
    left, top, right, bottom = box
    return "".join(char["text"].strip() for char in page.chars
                   if left - 0.5 <= char["x0"] and char["x1"] <= right + 0.8 and top - 1 <= char["top"] and char["bottom"] <= bottom + 1)


def overview(page: Any, sheet: Any) -> int:
    """Hold that the texts of the page that begins a loose sheet are there; return how many are of any."""
    text = squeezed(page.extract_text())
    lines = [squeezed(cell.value) for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    if sheet.title == "概览" and "疑点的类型（处）" in text:  # the chart is whole: each kind stands in the table and at its bar
        kinds = [cell.value for cell in sheet["A"] if cell.value in LABELS.values()]
        assert kinds and all(text.count(kind) >= 2 for kind in kinds)
    if lines[0] in text or sheet.title == "说明":
        assert all(line in text for line in (lines if sheet.title == "说明" else [*lines[:2], *(line for line in lines if line.endswith("。"))]))
    return sum(line in text for line in lines)
