"""What long, wide and many tables cost, stage by stage, in processor seconds of one warm process.

    python bench/tall.py               every shape; prints lines of markdown (bench/bench.py takes them into docs/benchmark.md)
    python bench/tall.py accounts 4000 one shape of so many rows, with the costliest parts of it

A shape is a workbook made here of invented figures that add up; its size is doubled twice, so that what grows faster than the
rows shows.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

ROOT = Path(__file__).resolve().parent.parent
# this folder must not come first: a module bench.py lies in it
sys.path[:] = [str(ROOT), *(p for p in sys.path if Path(p).resolve() != ROOT / "bench")]

from fusuan import checks, extract, patterns, relations  # noqa: E402
from fusuan.batch.audit import audit  # noqa: E402
from fusuan.export import xlsx  # noqa: E402

Row = Sequence[str | float]


def accounts(rows: int) -> Iterator[Row]:
    """A table of accounts: classes, groups and items by code, a total, parts across the columns."""
    yield "科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"
    whole = [0, 0]
    for group in range(rows // 5):
        parts = [(group % 83 + item + 1, group % 61 + 2 * item + 1) for item in range(3)]
        basic, project = (sum(column) for column in zip(*parts, strict=True))
        code = f"{201 + group % 60}{group // 60 % 90 + 10}"
        yield code, f"第{group}项事务", basic + project, basic, project
        for item, (one, other) in enumerate(parts):
            yield f"{code}{item + 1:02}", f"事务之{item}", one + other, one, other
        whole = [whole[0] + basic, whole[1] + project]
        yield f"{code}99", "其他事务", 0, 0, 0
    yield "合计", "", sum(whole), *whole


def numbered(rows: int) -> Iterator[Row]:
    """A list of funds in blocks: names numbered in two levels, a rate and a change in each row."""
    yield "项目", "上年决算数（万元）", "预算数（万元）", "执行数（万元）", "执行率", "增减额（万元）"
    for group in range(rows // 4):
        parts = [(80 + (group + n) % 37, 100 + (group + n) % 89, 90 + (group + n) % 83) for n in range(3)]
        for name, values in ((f"（{group + 1}）第{group}类", [sum(c) for c in zip(*parts, strict=True)]),
                             *((f"{n + 1}.第{n}项", list(part)) for n, part in enumerate(parts))):
            before, plan, done = values
            yield name, before, plan, done, f"{done / plan * 100:.2f}%", done - before


def indicators(rows: int) -> Iterator[Row]:
    """A form of so many indicators."""
    yield "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"
    for n in range(rows):
        yield f"产出指标{n // 40}", f"数量指标{n // 8}", f"第{n}项工作完成数", f"≥{n % 90 + 10}次", f"{n % 90 + 10}次", 0.5, 0.5, ""
    yield "总分", "", "", "", "", rows / 2, rows / 2, ""


def plain(rows: int) -> Iterator[Row]:
    """A plain list with a total."""
    yield "项目", "预算数（万元）", "执行数（万元）"
    for n in range(rows):
        yield f"第{n}个项目", 100 + n % 89, 90 + n % 83
    yield "合计", sum(100 + n % 89 for n in range(rows)), sum(90 + n % 83 for n in range(rows))


def wide(columns: int) -> Iterator[Row]:
    """A table of so many columns, whose first is the sum of the rest."""
    yield "单位", "合计", *(f"第{n}项补助" for n in range(columns))
    for row in range(12):
        values = [(row * 7 + n * 3) % 97 + 1 for n in range(columns)]
        yield f"第{row}乡", sum(values), *values


def many(tables: int) -> Iterator[Row]:
    """Small tables one under another, a title above each."""
    for n in range(tables):
        yield (f"第{n}项资金安排表",)
        yield "项目", "预算数（万元）", "执行数（万元）", "执行率"
        for name, plan, done in (("甲", 10 + n % 9, 9 + n % 9), ("乙", 20 + n % 7, 19 + n % 7), ("合计", 30 + n % 9 + n % 7, 28 + n % 9 + n % 7)):
            yield name, plan, done, f"{done / plan * 100:.2f}%"
        yield ("",)


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of table: what makes it, and the three sizes it is measured in."""

    name: str
    rows: Callable[[int], Iterator[Row]]
    sizes: tuple[int, int, int]
    word: str = "rows"


SHAPES = {"accounts": Shape("accounts by code", accounts, (1000, 4000, 16000)), "numbered": Shape("a numbered list with rates", numbered, (1000, 4000, 16000)),
          "indicators": Shape("a form of indicators", indicators, (250, 1000, 4000)), "plain": Shape("a plain list", plain, (3125, 12500, 50000)),
          "wide": Shape("a wide table", wide, (75, 300, 1200), "columns"), "many": Shape("small tables", many, (188, 750, 3000), "tables")}


def written(shape: Shape, size: int, folder: Path) -> Path:
    from xlsxwriter import Workbook

    path = folder / f"{size}.xlsx"
    with Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("资金表")
        for number, row in enumerate(shape.rows(size)):
            sheet.write_row(number, 0, row)
    return path


def stages(path: Path, target: Path) -> list[tuple[str, float]]:
    """Processor seconds of each stage for one file, the workbook of results included."""
    marks = [process_time()]

    def passed() -> None:
        marks.append(process_time())

    document = extract.read(path)
    passed()
    found = patterns.find(document)
    passed()
    found = relations.find(found)
    passed()
    list(checks.run(found.statements))
    passed()
    result = audit(path, debug=True)
    before = process_time()
    xlsx.write([result], target)
    marks.append(marks[-1] + process_time() - before)
    return [(name, b - a) for name, a, b in zip(("read", "find", "weigh", "recompute", "write"), marks, marks[1:], strict=False)]


def lines(names: Sequence[str]) -> Iterator[str]:
    yield "| table | size | read | find | weigh | recompute | write | together | for four times as much |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    with tempfile.TemporaryDirectory() as home:
        warm = written(SHAPES["accounts"], 100, Path(home))
        stages(warm, Path(home, "out.xlsx"))
        for shape in (SHAPES[name] for name in names):
            before = 0.0
            for size in shape.sizes:
                spent = stages(written(shape, size, Path(home)), Path(home, "out.xlsx"))
                whole = sum(seconds for _, seconds in spent)
                times = " | ".join(f"{seconds:.2f} s" for _, seconds in spent)
                yield f"| {shape.name} | {size:,} {shape.word} | {times} | {whole:.2f} s | {f'{whole / before:.1f}' if before else ''} |"
                before = whole


def profiled(name: str, size: int) -> None:
    """Print what one shape of one size spends its time on."""
    import cProfile
    import pstats

    with tempfile.TemporaryDirectory() as home:
        path = written(SHAPES[name], size, Path(home))
        profile = cProfile.Profile()
        profile.runcall(stages, path, Path(home, "out.xlsx"))
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)


def main(arguments: Sequence[str]) -> None:
    if len(arguments) == 2:
        profiled(arguments[0], int(arguments[1]))
        return
    for line in lines(arguments or list(SHAPES)):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
