"""A table of accounts in the making, and how it is printed (tests/ledger_kinds.py)."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Cell = tuple[int, int]
NAMES = ("渠道疏浚", "校舍加固", "图书采购", "路面修补", "苗木补植", "泵站更新", "食堂改造", "档案整理", "设备检修", "技能培训", "水质监测", "文艺演出", "病虫防治", "养老服务", "管网改造")
PLACES = ("东湖乡", "西岭镇", "南桥镇", "北原乡", "青石镇", "白沙乡", "红旗镇", "柳河乡", "石门镇", "双塔乡", "安平镇", "永和乡")
UNITS = ("第一中学", "第二中学", "实验小学", "中心幼儿园", "职业学校", "特殊教育学校", "城关小学", "育英小学")
SOURCES = (("中央", "省级", "县级"), ("中央", "省级", "市级", "县级"), ("省级资金", "市县资金", "自筹资金"), ("中央资金", "省级资金", "市级资金", "县级资金", "其他资金"))
_REMARKS = ("", "", "据实结算", "含上年尾款", "已完成验收", "按每人每月1200元核定，当年12月起执行", "共3批；第2批于5月到位")
NOTHING = ("", "", "-", "/", "0.00", "—")


class Sheet:
    """A table in the making: words and numbers by row, and what adds up to what."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.places, self.most = chance.choice(((0, 60), (0, 900), (0, 90000), (1, 900), (2, 900), (2, 9000), (4, 900)))
        self.rows: list[list[str | Decimal | None]] = []
        self.relations: list[tuple[str, Cell, list[Cell]]] = []

    def row(self, *cells: str | Decimal | None) -> int:
        self.rows.append(list(cells))
        return len(self.rows) - 1

    def value(self, row: int, column: int) -> Decimal:
        value = self.rows[row][column]
        return value if isinstance(value, Decimal) else Decimal(0)

    def amount(self, most: int = 0, places: int | None = None) -> Decimal:
        places, most = self.places if places is None else places, most or self.most
        return Decimal(self.chance.randint(most * 10**places // 80 + 1, most * 10**places)).scaleb(-places)

    def maybe(self, blank: float) -> Decimal | None:
        return None if self.chance.random() < blank else self.amount()

    def part_of(self, whole: Decimal, least: int, most: int) -> Decimal:
        return (whole * Decimal(self.chance.randint(least, most)) / 100).quantize(Decimal(1).scaleb(-self.places))

    def sum(self, cell: Cell, parts: Sequence[Cell], kind: str = "sum") -> None:
        """Fill a cell with the sum of others."""
        own = [part for part in parts if self.rows[part[0]][part[1]] is not None]
        self.rows[cell[0]][cell[1]] = sum((self.value(*part) for part in own), Decimal(0)) if own else None
        if len(own) > 1:
            self.relations.append((kind, cell, own))

    def across(self, row: int, column: int, parts: Sequence[int]) -> None:
        self.sum((row, column), [(row, n) for n in parts])

    def down(self, row: int, parts: Sequence[int], columns: Sequence[int]) -> None:
        for column in columns:
            self.sum((row, column), [(part, column) for part in parts])

    def rate(self, row: int, column: int, part: int, whole: int, less: int = 0) -> None:
        above, below = self.value(row, part), self.value(row, whole)
        if below:
            self.rows[row][column] = f"{(above / below - less) * 100:.2f}%"
            self.relations.append(("growth" if less else "rate", (row, column), [(row, part), (row, whole)]))

    def times(self, cell: Cell, one: Cell, other: Cell, by: Decimal = Decimal(1), places: int = 2) -> None:
        product = self.value(*one) * self.value(*other) * by
        self.rows[cell[0]][cell[1]] = product.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        self.relations.append(("product", cell, [one, other]))


def some(chance: random.Random, pool: Sequence[str], least: int = 3, most: int = 6) -> list[str]:
    return chance.sample(pool, chance.randint(least, most))


def totalled(sheet: Sheet, names: Sequence[str], fill: Callable[[int], None], columns: Sequence[int], width: int, word: str = "合计") -> None:
    """Rows under a head that `fill` fills, and their total before or after them."""
    first = sheet.chance.random() < 0.3
    total = sheet.row(word, *[None] * (width - 1)) if first else -1
    body = [sheet.row(name, *[None] * (width - 1)) for name in names]
    for row in body:
        fill(row)
    total = total if first else sheet.row(word, *[None] * (width - 1))
    sheet.down(total, body, columns)
    sheet.rows[total] = [text if n in (0, *columns) else "" for n, text in enumerate(sheet.rows[total])]


def case_of(sheet: Sheet, kind: str, number: int) -> dict[str, Any]:
    """A table as a case like those of corpus/forms.jsonl, with a title, a unit, serial numbers, remarks and notes, or without."""
    chance = sheet.chance
    before = [str(sheet.rows.pop(0)[0])] if len(sheet.rows[0]) == 1 else []
    sheet.relations = [(k, (r - len(before), c), [(y - len(before), x) for y, x in own]) for k, (r, c), own in sheet.relations]
    numbered, noted = chance.random() < 0.3 and kind not in ("two_sides", "years_under_items", "year_blocks"), chance.random() < 0.25 and kind != "two_sides"
    grid = _printed(sheet, chance)
    heads = next(n for n, row in enumerate(sheet.rows) if any(isinstance(v, Decimal) for v in row) or n and row[0] != "^")
    relations: list[dict[str, Any]] = [{"kind": k, "verdict": "ok", "cell": [0, r, c + numbered], "stated": grid[r][c], "operands": [[0, y, x + numbered] for y, x in own],
                  "formula": "+".join(grid[y][x] for y, x in own)} for k, (r, c), own in sheet.relations]
    if numbered:
        count = iter(range(1, 99))
        grid = [[("^" if n else "序号") if n < heads else "" if row[0] in ("合计", "总计", "平均") or row[0].startswith("其中") else str(next(count)), *row]
                for n, row in enumerate(grid)]
    if noted:
        remarks = [chance.choice(_REMARKS) for _ in grid]
        down = chance.random() < 0.3
        grid = [[*row, ("^" if n else "备注") if n < heads else "^" if down and n > heads else remarks[n]] for n, row in enumerate(grid)]
    title, unit = ["资金使用情况表"], [] if any("元）" in (text or "") for row in grid[:2] for text in row) else ["单位：万元"]
    after = ["注：数据来源于各单位填报。"] if chance.random() < 0.3 else []
    if not before and chance.random() < 0.2:
        grid = [[text, *["<"] * (len(grid[0]) - 1)] for text in (*title, *unit)] + grid
        for relation in relations:
            cells: list[list[int]] = [relation["cell"], *relation["operands"]]
            for cell in cells:
                cell[1] += 1 + len(unit)
        title, unit = [], []
    return {"name": f"{kind} {number}", "blocks": [*title, *before, *unit, grid, *after, "二、下一步工作", "加强管理，按时完成。"], "relations": relations}


def _printed(sheet: Sheet, chance: random.Random) -> list[list[str]]:
    nothing, comma, minus = chance.choice(NOTHING), "," if chance.random() < 0.4 else "", chance.choice(("-{}", "-{}", "({})", "△{}", "−{}"))
    def cell(value: str | Decimal | None) -> str:
        if value is None:
            return nothing
        if isinstance(value, str):
            return minus.format(value[1:]) if value.startswith("-") and value.endswith("%") else value
        shown = f"{abs(value):{comma}}"
        return minus.format(shown) if value < 0 else shown
    return [[cell(value) for value in row] for row in sheet.rows]
