"""The kinds of tables of tests/ledgers.py: cells and relations of each, by rule."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tests.ledger_sheet import NAMES, PLACES, SOURCES, UNITS, Sheet, case_of, some, totalled
from tests.ledger_years import (
    pairs_of_years,
    stacked,
    year_blocks,
    years_across,
    years_down,
    years_first,
    years_under_items,
)


def by_source(sheet: Sheet) -> None:
    """A total and its sources across, with empty cells."""
    chance, sources = sheet.chance, sheet.chance.choice(SOURCES)
    sheet.row("项目", chance.choice(("合计", "小计", "资金总额")), *sources)

    def fill(row: int) -> None:
        sheet.rows[row][2:] = [sheet.maybe(0.3) for _ in sources]
        sheet.rows[row][2] = sheet.rows[row][2] or sheet.amount()
        sheet.across(row, 1, range(2, 2 + len(sources)))
    totalled(sheet, some(chance, NAMES), fill, range(1, 2 + len(sources)), 2 + len(sources))


def heads_and_sources(sheet: Sheet) -> None:
    """People beside the sources of money, which nothing adds up across."""
    chance, sources = sheet.chance, sheet.chance.choice(SOURCES)
    added = chance.random() < 0.5
    sheet.row("单位", chance.choice(("人数", "受益人数", "补助人数")), *(["金额"] if added else []), *sources)
    lead = 2 + added

    def fill(row: int) -> None:
        sheet.rows[row][1] = sheet.amount(3000, 0)
        sheet.rows[row][lead:] = [sheet.maybe(0.2) for _ in sources]
        sheet.rows[row][lead] = sheet.rows[row][lead] or sheet.amount()
        if added:
            sheet.across(row, 2, range(3, 3 + len(sources)))
    totalled(sheet, some(chance, PLACES), fill, range(1, lead + len(sources)), lead + len(sources))


def nested_sources(sheet: Sheet) -> None:
    """Headings over headings: a total, of which the state's money has a subtotal of its own."""
    sheet.row("项目", "合计", "财政资金", "<", "<", "<", "自筹资金")
    sheet.row("^", "^", "小计", "中央", "省级", "市县", "^")

    def fill(row: int) -> None:
        sheet.rows[row][3:] = [sheet.amount(), sheet.maybe(0.2), sheet.maybe(0.2), sheet.maybe(0.4)]
        sheet.across(row, 2, (3, 4, 5))
        sheet.across(row, 1, (2, 6))
    totalled(sheet, some(sheet.chance, NAMES), fill, range(1, 7), 7)


def standards(sheet: Sheet) -> None:
    """People times a standard makes an amount, in yuan or in ten thousands."""
    chance, wan = sheet.chance, sheet.chance.random() < 0.5
    sheet.row("单位", "人数（人）", "标准（元/人）", "金额（万元）" if wan else "金额（元）")

    def fill(row: int) -> None:
        sheet.rows[row][1:3] = [sheet.amount(2000, 0), Decimal(chance.choice((300, 450, 600, 800, 1250)))]
        sheet.times((row, 3), (row, 1), (row, 2), Decimal("0.0001") if wan else Decimal(1), 4 if wan else 0)
    totalled(sheet, some(chance, UNITS), fill, (1, 3), 4)


def times(sheet: Sheet) -> None:
    """So many at a price."""
    unit = sheet.chance.choice(("次", "台", "亩", "场"))
    sheet.row("项目", f"数量（{unit}）", f"单价（元/{unit}）", "金额（元）")

    def fill(row: int) -> None:
        sheet.rows[row][1:3] = [sheet.amount(120, 0), sheet.amount(900, 2)]
        sheet.times((row, 3), (row, 1), (row, 2))
    totalled(sheet, some(sheet.chance, NAMES), fill, (3,), 4)


def price_told(sheet: Sheet) -> None:
    """Villages and money: the price stands in the sentence before the table."""
    price = sheet.chance.choice((3, 5, 8))
    sheet.row(f"每村补助{price}万元，具体分配如下：")
    sheet.row("乡镇", "村数（个）", "补助金额（万元）")

    def fill(row: int) -> None:
        sheet.rows[row][1] = Decimal(sheet.chance.randint(3, 40))
        sheet.rows[row][2] = sheet.value(row, 1) * price
    totalled(sheet, some(sheet.chance, PLACES, 4, 7), fill, (1, 2), 3)


def allocation(sheet: Sheet) -> None:
    """City and counties, each with a subtotal."""
    chance = sheet.chance
    sheet.row("地区", "因素分配", "项目补助", "绩效奖励", "合计")
    total = sheet.row("总计", *[None] * 4)
    subs = []
    for word, names in (("市本级", some(chance, UNITS, 2, 3)), ("县区小计", some(chance, PLACES, 3, 5))):
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
    totalled(sheet, some(sheet.chance, UNITS), fill, (1, 2, 3), 5)
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
    totalled(sheet, some(sheet.chance, NAMES), fill, (1, 2, 3), 5)


def among(sheet: Sheet) -> None:
    """Some rows 其中, which are not all; and a list of the largest only."""
    chance = sheet.chance
    sheet.row("项目", "预算数", "决算数")
    tops = []
    total = sheet.row("支出合计", None, None)
    for name in some(chance, NAMES, 3, 4):
        tops.append(sheet.row(name, 2 * sheet.amount(), 2 * sheet.amount()))
        if chance.random() < 0.6:
            sheet.row(f"其中：{chance.choice(UNITS)}", *(sheet.part_of(sheet.value(tops[-1], n), 11, 60) for n in (1, 2)))
    sheet.down(total, tops, (1, 2))


def rounded(sheet: Sheet) -> None:
    """Totals of what was not yet rounded: one in the last digit more or less."""
    chance, cut = sheet.chance, Decimal(1).scaleb(-sheet.places)
    sheet.row("单位", "合计", "财政拨款", "其他资金")
    names, sums = some(chance, UNITS, 4, 7), [Decimal(0)] * 3
    for name in names:
        a, b = (Decimal(chance.randint(10000, 9999999)).scaleb(-sheet.places - 2) for _ in range(2))
        sums = [sums[0] + a + b, sums[1] + a, sums[2] + b]
        sheet.row(name, *(v.quantize(cut, ROUND_HALF_UP) for v in (a + b, a, b)))
    sheet.row("合计", *(v.quantize(cut, ROUND_HALF_UP) for v in sums))


def averaged(sheet: Sheet) -> None:
    """A row of means behind the rows."""
    sheet.row("单位", "在校生（人）", "支出（万元）", "满意度（%）")
    rows = [sheet.row(name, sheet.amount(1500, 0), sheet.amount(), sheet.amount(99, 2)) for name in some(sheet.chance, UNITS, 4, 6)]
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
    totalled(sheet, some(sheet.chance, NAMES), fill, (1, 2, 3, 4), 5)


def two_measures(sheet: Sheet) -> None:
    """The same amount in yuan and in ten thousands beside a number of people."""
    sheet.row("乡镇", "户数", "人数", "补助资金（元）", "折合（万元）")

    def fill(row: int) -> None:
        sheet.rows[row][1:4] = [sheet.amount(300, 0), sheet.amount(900, 0), Decimal(sheet.chance.randint(1000, 90000) * 100)]
        sheet.rows[row][4] = sheet.value(row, 3) / Decimal(10000)
    totalled(sheet, some(sheet.chance, PLACES), fill, (1, 2, 3, 4), 5)


def side_by_side(sheet: Sheet) -> None:
    """One list in two columns, and its total."""
    chance, names = sheet.chance, sheet.chance.sample(PLACES, 8)
    sheet.row("单位", "金额", "单位", "金额")
    rows = [sheet.row(a, sheet.amount(), b, sheet.amount()) for a, b in zip(names[:4], names[4:], strict=True)]
    total = sheet.row(chance.choice(("合计", "总计")), None, "", "")
    sheet.sum((total, 1), [(row, column) for row in rows for column in (1, 3)])


def largest(sheet: Sheet) -> None:
    """The largest parts of a total only."""
    sheet.row("项目", "金额", "占比")
    whole = sheet.amount() * 20
    total = sheet.row("支出总额", whole, "")
    for name in ("其中：" + sheet.chance.choice(NAMES), *some(sheet.chance, UNITS, 3, 4)):
        sheet.rate(sheet.row(name, sheet.amount(), None), 2, 1, 1)
        row = len(sheet.rows) - 1
        sheet.rows[row][2] = f"{sheet.value(row, 1) / whole * 100:.2f}%"
        sheet.relations[-1] = ("rate", (row, 2), [(row, 1), (total, 1)])


KINDS: dict[str, Callable[[Sheet], None]] = {
    f.__name__: f for f in (by_source, heads_and_sources, nested_sources, years_under_items, years_across, years_down, year_blocks, standards, times, price_told,
                            allocation, two_sides, progress, changes, among, rounded, pairs_of_years, averaged, balances, two_measures, years_first, stacked, side_by_side, largest)
}


def made(kind: str, number: int) -> dict[str, Any]:
    """A table of a kind: the same every time."""
    sheet = Sheet(random.Random(f"{kind}{number}"))
    KINDS[kind](sheet)
    return case_of(sheet, kind, number)
