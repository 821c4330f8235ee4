"""The sheets of a batch: 总览 (units by findings, marks, charts), 跨文件 (what files say together), 说明 (how it was made)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from fusuan.export._book import Book, Cell, Column, Pages, height_for
from fusuan.export._rows import LEGEND, label_of
from fusuan.export._sheet_charts import bars, columns
from fusuan.model import Audit, Batch, Verdict

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

MANY = 500
"""With more files than this the long sheets hold what does not agree alone: a workbook of all would be slow to open."""
_UNITS = 5000
_BANDS = ("60 以下", "60–70", "70–80", "80–90", "90–95", "95–100", "满分 100")
_EDGES = (60, 70, 80, 90, 95, 100)
_FIRST: tuple[Column, ...] = (("单位", 34), ("文件", 8), ("已核对", 8), ("覆盖不足", 9), ("未能读取", 9), ("不符", 8), ("存疑", 8),
                              ("自评总分", 10), ("复算总分", 10))
_ACROSS: tuple[Column, ...] = (("序号", 6), ("类型", 13), ("结论", 7), ("单位", 15), ("说明", 34), ("文件", 21), ("摘录", 28))
_NOTES = (
    ("状态", "已核对：复算的结果可信。覆盖不足：读到的数字很少能复算，没有发现不符不等于没有问题，请人工核对。未能读取：原因见“文件”表。未处理：不是报告、"
            "重复的文件、图片等，原因见“文件”表。"),
    ("跨文件", "雷同、年度衔接等只提示核实：相同的文字可能出自同一份范本，年初数可依法调整，口径可能不同。“先后版本”“同一报告的另一格式”不作判断。"),
    ("多于 500 份", "“复算明细”只列不符与存疑，“未核对”不逐条列出（数目见“文件”表）；全部复算见 .jsonl，或单独核对该文件。"))


@dataclass(slots=True)
class _Unit:
    """The counts of one unit."""

    files: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[Verdict] = field(default_factory=Counter)
    marks: list[str] = field(default_factory=list)
    right: list[str] = field(default_factory=list)


class Whole:
    """Counts audits as they pass, and writes the sheets once all are counted."""

    def __init__(self, book: Book, batch: Batch) -> None:
        self.book, self.batch = book, batch
        self.sheet = book.sheet("总览", [34, *[9] * 30])
        self.across = Pages(book, "跨文件", _ACROSS, frozen=2)
        self.notes = book.sheet("说明", [18, 110])
        self.units: dict[str, _Unit] = defaultdict(_Unit)
        self.kinds: Counter[tuple[str, Verdict]] = Counter()
        self.severities: Counter[tuple[str, str]] = Counter()
        self.bands = (Counter[str](), Counter[str]())

    def add(self, audit: Audit) -> None:
        unit = self.units[audit.source.unit or "（未写明单位）"]
        unit.files[audit.status] += 1
        unit.files["thin"] += bool(audit.thin)
        for finding in audit.findings:
            if not finding.agrees:
                unit.verdicts[finding.verdict] += 1
                unit.kinds[label_of(finding)] += 1
                self.kinds[(label_of(finding), finding.verdict)] += 1
                self.severities[(label_of(finding), finding.severity.chinese)] += 1
        for mark, kept, counts in zip((audit.score_stated, audit.score_computed or audit.score_stated), (unit.marks, unit.right),
                                      self.bands, strict=True):
            if mark and (band := _band(mark)):
                kept.append(mark)
                counts[band] += 1

    def close(self) -> None:
        self._across()
        self._notes()
        rows = _Rows(self.book, self.sheet)
        rows.add(Cell("批量核对总览", "title"), height=26)
        rows.add(Cell(self._sentence(), "line"))
        kinds = self._kinds(rows)
        marks = self._marks(rows)
        rows.skip(1)
        charts = rows.row
        rows.skip(32 if any(self.bands) else 16)
        self.sheet.set_h_pagebreaks([charts, rows.row])
        units = self._units(rows)
        self.sheet.print_area(0, 0, rows.row, len(_FIRST) - 1)  # more would be too small to read on paper
        bars(self.book, self.sheet, (charts, 0), "不符与存疑（处），按种类", kinds, ("不符", "存疑"), max(self._by_kind().values(), default=0))
        bars(self.book, self.sheet, (charts, 3), "不符最多的单位（处）", units, ("不符",),
             max((unit.verdicts[Verdict.BROKEN] for unit in self.units.values()), default=0))
        if any(self.bands):
            columns(self.book, self.sheet, (charts + 16, 0), "自评总分与复算总分的分布（份）", marks, ("自评", "复算"))

    def _sentence(self) -> str:
        counts = sum((unit.files for unit in self.units.values()), Counter[str]())
        wrong = sum((unit.verdicts for unit in self.units.values()), Counter[Verdict]())
        return (f"收到 {self.batch.files} 个文件：已核对 {counts['checked']} 份（覆盖不足 {counts['thin']} 份），未能读取 {counts['failed']} 份，"
                f"未处理 {counts['skipped']} 个。不符 {wrong[Verdict.BROKEN]} 处，存疑 {wrong[Verdict.DOUBTFUL]} 处；"
                f"跨文件 {sum(one.verdict is not None for one in self.batch.crossings)} 处；没有报送自评材料的单位 {len(self.batch.silent)} 个。")

    def _kinds(self, rows: _Rows) -> tuple[int, int]:
        """Write findings by kind, verdict and severity; return the rows of the table."""
        rows.section("不符与存疑，按种类")
        rows.head("种类", "不符", "存疑", "高", "中", "低", "提示")
        first = rows.row
        for kind, _ in self._by_kind().most_common():
            rows.add(Cell(kind), *(Cell(self.kinds[(kind, verdict)], "centre") for verdict in (Verdict.BROKEN, Verdict.DOUBTFUL)),
                     *(Cell(self.severities[(kind, level)], "centre") for level in ("高", "中", "低", "提示")))
        return first, rows.row

    def _by_kind(self) -> Counter[str]:
        found = Counter[str]()
        for (kind, _), count in self.kinds.items():
            found[kind] += count
        return found

    def _marks(self, rows: _Rows) -> tuple[int, int]:
        if not any(self.bands):
            return 0, 0
        rows.section("总分的分布（份）")
        rows.head("总分", "自评", "复算")
        first = rows.row
        for band in _BANDS:
            rows.add(Cell(band), *(Cell(counts[band], "centre") for counts in self.bands))
        return first, rows.row

    def _units(self, rows: _Rows) -> tuple[int, int]:
        """Write units by findings, the worst first; return the rows of the first fifteen that have broken ones."""
        kinds = sorted({kind for kind, _ in self.kinds})
        rows.section("各单位" + (f"（不符最多的 {_UNITS} 个，其余见“文件”表）" if len(self.units) > _UNITS else ""))
        rows.head(*(name for name, _ in _FIRST), *kinds)
        first = rows.row
        worst = sorted(self.units.items(), key=lambda pair: (-pair[1].verdicts[Verdict.BROKEN], -pair[1].verdicts[Verdict.DOUBTFUL], pair[0]))
        for name, unit in worst[:_UNITS]:
            rows.add(Cell(name), *_unit_cells(unit), *(Cell(unit.kinds[kind] or None, "centre") for kind in kinds))
        self.sheet.autofilter(first - 1, 0, max(first, rows.row - 1), len(_FIRST) + len(kinds) - 1)
        return first, first + min(15, sum(unit.verdicts[Verdict.BROKEN] > 0 for _, unit in worst))

    def _across(self) -> None:
        for number, (unit, came) in enumerate(self.batch.silent, 1):
            self.across.add([Cell(number, "centre"), Cell("未报送自评材料"), Cell("请核实", "doubtful"), Cell(unit), Cell(came), Cell(""), Cell("")])
        for number, one in enumerate(self.batch.crossings, len(self.batch.silent) + 1):
            verdict = Cell(one.verdict.chinese, one.verdict.value) if one.verdict else Cell("—", "centre")
            self.across.add([Cell(number, "centre"), Cell(one.kind), verdict, Cell(one.unit), Cell(one.message), Cell("\n".join(one.names)),
                             Cell("\n".join(one.quotes))])
        self.across.close()

    def _notes(self) -> None:
        rows = _Rows(self.book, self.notes, (18, 110))
        rows.add(Cell("说明", "title"), height=26)
        for name, words in (*self.batch.about, *((verdict.chinese, LEGEND[verdict]) for verdict in reversed(Verdict)), *_NOTES):
            rows.add(Cell(name, "bold"), Cell(words))


class _Rows:
    """Writes downwards: constant memory takes no row twice."""

    def __init__(self, book: Book, sheet: Worksheet, widths: Sequence[float] = (34, *[9] * 30)) -> None:
        self.book, self.sheet, self.widths, self.row = book, sheet, widths, 0

    def add(self, *cells: Cell, height: float | None = None) -> None:
        if (tall := height or height_for(cells, self.widths)):
            self.sheet.set_row(self.row, tall)
        for column, cell in enumerate(cells):
            self.book.put(self.sheet, self.row, column, cell)
        self.row += 1

    def section(self, title: str) -> None:
        self.row += 1
        self.add(Cell(title, "section"), *(Cell(None, "section") for _ in range(8)))

    def head(self, *names: str) -> None:
        self.add(*(Cell(name, "head") for name in names), height=32)

    def skip(self, rows: int) -> None:
        self.row += rows


def _unit_cells(unit: _Unit) -> Iterable[Cell]:
    yield Cell(sum(unit.files[status] for status in ("checked", "failed", "skipped")), "centre")
    yield from (Cell(unit.files[name] or None, "centre") for name in ("checked", "thin", "failed"))
    yield from (Cell(unit.verdicts[verdict] or None, verdict.value if unit.verdicts[verdict] else "centre")
                for verdict in (Verdict.BROKEN, Verdict.DOUBTFUL))
    yield from (Cell("、".join(dict.fromkeys(marks)), "centre") for marks in (unit.marks, unit.right))


def _band(mark: str) -> str:
    """Return the band a total mark falls into; empty for a mark in words.

    >>> _band("59.5"), _band("95"), _band("100"), _band("优")
    ('60 以下', '95–100', '满分 100', '')
    """
    try:
        return _BANDS[sum(Decimal(mark) >= edge for edge in _EDGES)]
    except InvalidOperation:
        return ""
