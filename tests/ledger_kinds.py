"""The kinds of tables of tests/ledgers.py: cells, relations and printing of each, by rule."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Cell = tuple[int, int]
_NAMES = ("渠道疏浚", "校舍加固", "图书采购", "路面修补", "苗木补植", "泵站更新", "食堂改造", "档案整理", "设备检修", "技能培训", "水质监测", "文艺演出", "病虫防治", "养老服务", "管网改造")
_PLACES = ("东湖乡", "西岭镇", "南桥镇", "北原乡", "青石镇", "白沙乡", "红旗镇", "柳河乡", "石门镇", "双塔乡", "安平镇", "永和乡")
_UNITS = ("第一中学", "第二中学", "实验小学", "中心幼儿园", "职业学校", "特殊教育学校", "城关小学", "育英小学")
_SOURCES = (("中央", "省级", "县级"), ("中央", "省级", "市级", "县级"), ("省级资金", "市县资金", "自筹资金"), ("中央资金", "省级资金", "市级资金", "县级资金", "其他资金"))
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


def _names(chance: random.Random, pool: Sequence[str], least: int = 3, most: int = 6) -> list[str]:
    return chance.sample(pool, chance.randint(least, most))


def _sources(chance: random.Random, rows: int) -> tuple[str, ...]:
    return chance.choice(_SOURCES)


def _totalled(sheet: Sheet, names: Sequence[str], lead: str, fill: Callable[[int], None], columns: Sequence[int], width: int, word: str = "合计") -> None:
    """Rows under a head that `fill` fills, and their total before or after them."""
    first = sheet.chance.random() < 0.3
    total = sheet.row(word, *[None] * (width - 1)) if first else -1
    body = [sheet.row(name, *[None] * (width - 1)) for name in names]
    for row in body:
        fill(row)
    total = total if first else sheet.row(word, *[None] * (width - 1))
    sheet.down(total, body, columns)
    sheet.rows[total] = [text if n in (0, *columns) else "" for n, text in enumerate(sheet.rows[total])]


def by_source(sheet: Sheet) -> None:
    """A total and its sources across, with empty cells."""
    chance, sources = sheet.chance, sheet.chance.choice(_SOURCES)
    sheet.row("项目", chance.choice(("合计", "小计", "资金总额")), *sources)

    def fill(row: int) -> None:
        sheet.rows[row][2:] = [sheet.maybe(0.3) for _ in sources]
        sheet.rows[row][2] = sheet.rows[row][2] or sheet.amount()
        sheet.across(row, 1, range(2, 2 + len(sources)))
    _totalled(sheet, _names(chance, _NAMES), "项目", fill, range(1, 2 + len(sources)), 2 + len(sources))


def heads_and_sources(sheet: Sheet) -> None:
    """People beside the sources of money, which nothing adds up across."""
    chance, sources = sheet.chance, sheet.chance.choice(_SOURCES)
    added = chance.random() < 0.5
    sheet.row("单位", chance.choice(("人数", "受益人数", "补助人数")), *(["金额"] if added else []), *sources)
    lead = 2 + added

    def fill(row: int) -> None:
        sheet.rows[row][1] = sheet.amount(3000, 0)
        sheet.rows[row][lead:] = [sheet.maybe(0.2) for _ in sources]
        sheet.rows[row][lead] = sheet.rows[row][lead] or sheet.amount()
        if added:
            sheet.across(row, 2, range(3, 3 + len(sources)))
    _totalled(sheet, _names(chance, _PLACES), "单位", fill, range(1, lead + len(sources)), lead + len(sources))


def nested_sources(sheet: Sheet) -> None:
    """Headings over headings: a total, of which the state's money has a subtotal of its own."""
    sheet.row("项目", "合计", "财政资金", "<", "<", "<", "自筹资金")
    sheet.row("^", "^", "小计", "中央", "省级", "市县", "^")

    def fill(row: int) -> None:
        sheet.rows[row][3:] = [sheet.amount(), sheet.maybe(0.2), sheet.maybe(0.2), sheet.maybe(0.4)]
        sheet.across(row, 2, (3, 4, 5))
        sheet.across(row, 1, (2, 6))
    _totalled(sheet, _names(sheet.chance, _NAMES), "项目", fill, range(1, 7), 7)


def years_under_items(sheet: Sheet) -> None:
    """Rows of years under each item, with its subtotal, and all of them added up."""
    chance, sources = sheet.chance, sheet.chance.choice(_SOURCES)
    width, years = 3 + len(sources), [f"{y}年" for y in (2019, 2020, 2021)[:chance.choice((2, 3))]]
    sheet.row("项目", "年度", "合计", *sources)
    subs = []
    for name in _names(chance, _NAMES, 2, 4):
        rows = [sheet.row("^" if n else name, year, None, *(sheet.maybe(0.15 * (k > 0)) for k in range(len(sources)))) for n, year in enumerate(years)]
        subs.append(sheet.row("^", "小计", *[None] * (width - 2)))
        sheet.down(subs[-1], rows, range(3, width))
        for row in (*rows, subs[-1]):
            sheet.across(row, 2, range(3, width))
        sheet.down(subs[-1], rows, [2])
    total = sheet.row("合计", "<", *[None] * (width - 2))
    sheet.down(total, subs, range(2, width))


def years_across(sheet: Sheet) -> None:
    """A column a year and their sum."""
    years = [f"{y}年" for y in range(2018, 2018 + sheet.chance.choice((2, 3, 4)))]
    sheet.row("项目", *years, sheet.chance.choice(("小计", "合计")))

    def fill(row: int) -> None:
        sheet.rows[row][1:-1] = [sheet.maybe(0.15 * (n > 0)) for n in range(len(years))]
        sheet.across(row, len(years) + 1, range(1, len(years) + 1))
    _totalled(sheet, _names(sheet.chance, _NAMES), "项目", fill, range(1, len(years) + 2), len(years) + 2)


def years_down(sheet: Sheet) -> None:
    """A row a year, a column a source, and a row of sums."""
    chance, sources = sheet.chance, sheet.chance.choice(_SOURCES)
    added = chance.random() < 0.5
    sheet.row("年度", *(["合计"] if added else []), *sources)

    def fill(row: int) -> None:
        sheet.rows[row][1 + added:] = [sheet.amount() for _ in sources]
        if added:
            sheet.across(row, 1, range(2, 2 + len(sources)))
    _totalled(sheet, [f"{y}年" for y in range(2019, 2022 + chance.randint(0, 2))], "年度", fill, range(1, 1 + added + len(sources)), 1 + added + len(sources))


def year_blocks(sheet: Sheet) -> None:
    """Blocks of years, each a total over its items."""
    chance = sheet.chance
    sheet.row("年度", "项目", "预算数", "执行数", "执行率")
    totals = []
    for year in (2020, 2021, 2022)[:chance.choice((2, 3))]:
        rows = [sheet.row("^" if n else f"{year}年", name, a := sheet.amount(), sheet.part_of(a, 40, 99), None)
                for n, name in enumerate(_names(chance, _NAMES, 2, 4))]
        totals.append(sheet.row("^", "小计", None, None, None))
        sheet.down(totals[-1], rows, (2, 3))
        for row in (*rows, totals[-1]):
            sheet.rate(row, 4, 3, 2)
    total = sheet.row("合计", "<", None, None, None)
    sheet.down(total, totals, (2, 3))
    sheet.rate(total, 4, 3, 2)


def standards(sheet: Sheet) -> None:
    """People times a standard makes an amount, in yuan or in ten thousands."""
    chance, wan = sheet.chance, sheet.chance.random() < 0.5
    sheet.row("单位", "人数（人）", "标准（元/人）", "金额（万元）" if wan else "金额（元）")

    def fill(row: int) -> None:
        sheet.rows[row][1:3] = [sheet.amount(2000, 0), Decimal(chance.choice((300, 450, 600, 800, 1250)))]
        sheet.times((row, 3), (row, 1), (row, 2), Decimal("0.0001") if wan else Decimal(1), 4 if wan else 0)
    _totalled(sheet, _names(chance, _UNITS), "单位", fill, (1, 3), 4)


def times(sheet: Sheet) -> None:
    """So many at a price."""
    unit = sheet.chance.choice(("次", "台", "亩", "场"))
    sheet.row("项目", f"数量（{unit}）", f"单价（元/{unit}）", "金额（元）")

    def fill(row: int) -> None:
        sheet.rows[row][1:3] = [sheet.amount(120, 0), sheet.amount(900, 2)]
        sheet.times((row, 3), (row, 1), (row, 2))
    _totalled(sheet, _names(sheet.chance, _NAMES), "项目", fill, (3,), 4)


def price_told(sheet: Sheet) -> None:
    """Villages and money: the price stands in the sentence before the table."""
    price = sheet.chance.choice((3, 5, 8))
    sheet.row(f"每村补助{price}万元，具体分配如下：")
    sheet.row("乡镇", "村数（个）", "补助金额（万元）")

    def fill(row: int) -> None:
        sheet.rows[row][1] = Decimal(sheet.chance.randint(3, 40))
        sheet.rows[row][2] = sheet.value(row, 1) * price
    _totalled(sheet, _names(sheet.chance, _PLACES, 4, 7), "乡镇", fill, (1, 2), 3)


def allocation(sheet: Sheet) -> None:
    """City and counties, each with a subtotal."""
    chance = sheet.chance
    sheet.row("地区", "因素分配", "项目补助", "绩效奖励", "合计")
    total = sheet.row("总计", *[None] * 4)
    subs = []
    for word, names in (("市本级", _names(chance, _UNITS, 2, 3)), ("县区小计", _names(chance, _PLACES, 3, 5))):
        subs.append(sheet.row(word, *[None] * 4))
        rows = [sheet.row(name, sheet.amount(), sheet.maybe(0.3), sheet.maybe(0.3), None) for name in names]
        sheet.down(subs[-1], rows, (1, 2, 3))
        for row in (subs[-1], *rows):
            sheet.across(row, 4, (1, 2, 3))
        sheet.down(subs[-1], rows, (4,))
    sheet.down(total, subs, (1, 2, 3, 4))


def two_sides(sheet: Sheet) -> None:
    """Income beside spending, of different length."""
    chance = sheet.chance
    sheet.row("收入", "<", "支出", "<")
    sheet.row("项目", "金额", "项目", "金额")
    left, right = ["财政拨款收入", "事业收入", "经营收入", "其他收入"][:chance.choice((3, 4))], ["人员经费", "公用经费", "项目支出", "上缴支出", "其他支出"][:chance.choice((3, 4, 5))]
    rows = []
    spent = [sheet.amount() for _ in right]
    gained = [sheet.amount() for _ in left[1:]]
    gained.insert(0, sum(spent, Decimal(3000)) - sum(gained, Decimal(0)))
    for n in range(max(len(left), len(right))):
        rows.append(sheet.row(left[n] if n < len(left) else "", gained[n] if n < len(left) else None, right[n] if n < len(right) else "", spent[n] if n < len(right) else None))
    sums = sheet.row("本年收入合计", None, "本年支出合计", None)
    sheet.down(sums, rows, (1, 3))
    before = sheet.amount()
    after = before + sheet.value(sums, 1) - sheet.value(sums, 3)
    rest = sheet.row("年初结转", before, "年末结转", after)
    total = sheet.row("总计", None, "总计", None)
    sheet.down(total, (sums, rest), (1, 3))


def progress(sheet: Sheet) -> None:
    """Plan, use and rate, with a rate of the total."""
    sheet.row("单位", "预算数", "支出数", "结余", "执行率")

    def fill(row: int) -> None:
        sheet.rows[row][1] = sheet.amount()
        sheet.rows[row][2] = sheet.part_of(sheet.value(row, 1), 40, 99)
        sheet.rows[row][3] = sheet.value(row, 1) - sheet.value(row, 2)
        sheet.relations.append(("difference", (row, 3), [(row, 1), (row, 2)]))
        sheet.rate(row, 4, 2, 1)
    _totalled(sheet, _names(sheet.chance, _UNITS), "单位", fill, (1, 2, 3), 5)
    total = next(n for n, row in enumerate(sheet.rows) if row[0] == "合计")
    sheet.rate(total, 4, 2, 1)


def changes(sheet: Sheet) -> None:
    """This year and last, and what has changed: negative numbers."""
    sheet.row("项目", "本年数", "上年数", "增减额", "增减率")

    def fill(row: int) -> None:
        sheet.rows[row][1:3] = [sheet.amount(), sheet.amount()]
        sheet.rows[row][3] = sheet.value(row, 1) - sheet.value(row, 2)
        sheet.relations.append(("change", (row, 3), [(row, 1), (row, 2)]))
        sheet.rate(row, 4, 1, 2, 1)
    _totalled(sheet, _names(sheet.chance, _NAMES), "项目", fill, (1, 2, 3), 5)


def among(sheet: Sheet) -> None:
    """Some rows 其中, which are not all; and a list of the largest only."""
    chance = sheet.chance
    sheet.row("项目", "预算数", "决算数")
    tops = []
    total = sheet.row("支出合计", None, None)
    for name in _names(chance, _NAMES, 3, 4):
        tops.append(sheet.row(name, 2 * sheet.amount(), 2 * sheet.amount()))
        if chance.random() < 0.6:
            sheet.row(f"其中：{chance.choice(_UNITS)}", *(sheet.part_of(sheet.value(tops[-1], n), 11, 60) for n in (1, 2)))
    sheet.down(total, tops, (1, 2))


def rounded(sheet: Sheet) -> None:
    """Totals of what was not yet rounded: one in the last digit more or less."""
    chance, cut = sheet.chance, Decimal(1).scaleb(-sheet.places)
    sheet.row("单位", "合计", "财政拨款", "其他资金")
    names, sums = _names(chance, _UNITS, 4, 7), [Decimal(0)] * 3
    for name in names:
        a, b = (Decimal(chance.randint(10000, 9999999)).scaleb(-sheet.places - 2) for _ in range(2))
        sums = [sums[0] + a + b, sums[1] + a, sums[2] + b]
        sheet.row(name, *(v.quantize(cut, ROUND_HALF_UP) for v in (a + b, a, b)))
    sheet.row("合计", *(v.quantize(cut, ROUND_HALF_UP) for v in sums))


def pairs_of_years(sheet: Sheet) -> None:
    """Equal groups of columns under headings, and a group of their sums."""
    sheet.row("单位", "2021年", "<", "2022年", "<", "合计", "<")
    sheet.row("^", *("户数", "金额") * 3)

    def fill(row: int) -> None:
        sheet.rows[row][1:5] = [sheet.amount(400, 0), sheet.amount(), sheet.amount(400, 0), sheet.amount()]
        sheet.across(row, 5, (1, 3))
        sheet.across(row, 6, (2, 4))
    _totalled(sheet, _names(sheet.chance, _PLACES), "单位", fill, range(1, 7), 7)


def averaged(sheet: Sheet) -> None:
    """A row of means behind the rows."""
    sheet.row("单位", "在校生（人）", "支出（万元）", "满意度（%）")
    rows = [sheet.row(name, sheet.amount(1500, 0), sheet.amount(), sheet.amount(99, 2)) for name in _names(sheet.chance, _UNITS, 4, 6)]
    total = sheet.row("合计", None, None, "")
    sheet.down(total, rows, (1, 2))
    mean = sheet.row("平均", None, None, None)
    for column, places in ((1, 0), (2, 2), (3, 2)):
        sheet.rows[mean][column] = (sum((sheet.value(r, column) for r in rows), Decimal(0)) / len(rows)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def balances(sheet: Sheet) -> None:
    """What was left, what came, what went, what is left."""
    sheet.row("项目", "年初结转", "本年收入", "本年支出", "年末结转")

    def fill(row: int) -> None:
        sheet.rows[row][1:3] = [sheet.amount(), sheet.amount()]
        sheet.rows[row][3] = sheet.part_of(sheet.value(row, 1) + sheet.value(row, 2), 30, 90)
        sheet.rows[row][4] = sheet.value(row, 1) + sheet.value(row, 2) - sheet.value(row, 3)
        sheet.relations.append(("balance", (row, 4), [(row, 1), (row, 2), (row, 3)]))
    _totalled(sheet, _names(sheet.chance, _NAMES), "项目", fill, (1, 2, 3, 4), 5)


def two_measures(sheet: Sheet) -> None:
    """The same amount in yuan and in ten thousands beside a number of people."""
    sheet.row("乡镇", "户数", "人数", "补助资金（元）", "折合（万元）")

    def fill(row: int) -> None:
        sheet.rows[row][1:4] = [sheet.amount(300, 0), sheet.amount(900, 0), Decimal(sheet.chance.randint(1000, 90000) * 100)]
        sheet.rows[row][4] = sheet.value(row, 3) / Decimal(10000)
    _totalled(sheet, _names(sheet.chance, _PLACES), "乡镇", fill, (1, 2, 3, 4), 5)


def years_first(sheet: Sheet) -> None:
    """Blocks of a total and its years: of all, and of each place."""
    chance, sources = sheet.chance, sheet.chance.choice(_SOURCES)
    width, years = 2 + len(sources), [f"{y}年" for y in (2019, 2020, 2021)[:chance.choice((2, 3))]]
    merged = chance.random() < 0.5
    width += merged
    sheet.row(*(("单位", "年度") if merged else ["单位及年度"]), "小计", *sources)
    blocks = [[sheet.row(*((name, "小计") if merged else [name]), *[None] * (width - 1 - merged)),
               *(sheet.row(*(("^", year) if merged else [year]), *[None] * (width - 1 - merged)) for year in years)]
              for name in ("合计", *_names(chance, _PLACES, 2, 4))]
    lead = 1 + merged
    for head, *rows in blocks[1:]:
        for row in rows:
            sheet.rows[row][lead + 1:] = [sheet.amount(), *(sheet.maybe(0.2) for _ in sources[1:])]
        sheet.down(head, rows, range(lead + 1, width))
    for n in range(len(years) + 1):
        sheet.down(blocks[0][n], [block[n] for block in blocks[1:]], range(lead + 1, width))
    for block in blocks:
        for row in block:
            sheet.across(row, lead, range(lead + 1, width))


def stacked(sheet: Sheet) -> None:
    """Tables one under another, each with its total, and a line for all."""
    chance, totals = sheet.chance, []
    for n in range(chance.choice((2, 3))):
        sheet.row(f"（{'一二三'[n]}）{chance.choice(('市级项目', '县级项目', '续建项目', '新建项目'))}", "", "", "")
        sheet.row("项目", "计划", "到位", "支出")
        rows = [sheet.row(name, a := sheet.amount(), b := sheet.part_of(a, 60, 99), sheet.part_of(b, 60, 99)) for name in _names(chance, _NAMES, 2, 4)]
        totals.append(sheet.row("小计", None, None, None))
        sheet.down(totals[-1], rows, (1, 2, 3))
    sheet.down(sheet.row("总计", None, None, None), totals, (1, 2, 3))


def side_by_side(sheet: Sheet) -> None:
    """One list in two columns, and its total."""
    chance, names = sheet.chance, sheet.chance.sample(_PLACES, 8)
    sheet.row("单位", "金额", "单位", "金额")
    rows = [sheet.row(a, sheet.amount(), b, sheet.amount()) for a, b in zip(names[:4], names[4:], strict=True)]
    total = sheet.row(chance.choice(("合计", "总计")), None, "", "")
    sheet.sum((total, 1), [(row, column) for row in rows for column in (1, 3)])


def largest(sheet: Sheet) -> None:
    """The largest parts of a total only."""
    sheet.row("项目", "金额", "占比")
    whole = sheet.amount() * 20
    total = sheet.row("支出总额", whole, "")
    for name in ("其中：" + sheet.chance.choice(_NAMES), *_names(sheet.chance, _UNITS, 3, 4)):
        sheet.rate(sheet.row(name, sheet.amount(), None), 2, 1, 1)
        row = len(sheet.rows) - 1
        sheet.rows[row][2] = f"{sheet.value(row, 1) / whole * 100:.2f}%"
        sheet.relations[-1] = ("rate", (row, 2), [(row, 1), (total, 1)])


KINDS: dict[str, Callable[[Sheet], None]] = {
    f.__name__: f for f in (by_source, heads_and_sources, nested_sources, years_under_items, years_across, years_down, year_blocks, standards, times, price_told,
                            allocation, two_sides, progress, changes, among, rounded, pairs_of_years, averaged, balances, two_measures, years_first, stacked, side_by_side, largest)
}


def made(kind: str, number: int) -> dict[str, Any]:
    """A table of a kind as a case like those of corpus/forms.jsonl."""
    chance = random.Random(f"{kind}{number}")
    sheet = Sheet(chance)
    KINDS[kind](sheet)
    before = [str(sheet.rows.pop(0)[0])] if len(sheet.rows[0]) == 1 else []
    sheet.relations = [(k, (r - len(before), c), [(y - len(before), x) for y, x in own]) for k, (r, c), own in sheet.relations]
    numbered, noted = chance.random() < 0.3 and kind not in ("two_sides", "years_under_items", "year_blocks"), chance.random() < 0.25 and kind != "two_sides"
    grid = _printed(sheet, chance)
    heads = next(n for n, row in enumerate(sheet.rows) if any(isinstance(v, Decimal) for v in row) or n and row[0] != "^")
    relations = [{"kind": k, "verdict": "ok", "cell": [0, r, c + numbered], "stated": grid[r][c], "operands": [[0, y, x + numbered] for y, x in own],
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
            for cell in (relation["cell"], *relation["operands"]):
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
