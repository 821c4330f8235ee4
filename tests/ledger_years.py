"""Tables of tests/ledgers.py by years and in blocks: cells and relations of each, by rule."""

from __future__ import annotations

from tests.ledger_sheet import NAMES, PLACES, SOURCES, Sheet, some, totalled


def years_under_items(sheet: Sheet) -> None:
    """Rows of years under each item, with its subtotal, and all of them added up."""
    chance, sources = sheet.chance, sheet.chance.choice(SOURCES)
    width, years = 3 + len(sources), [f"{y}年" for y in (2019, 2020, 2021)[:chance.choice((2, 3))]]
    sheet.row("项目", "年度", "合计", *sources)
    subs = []
    for name in some(chance, NAMES, 2, 4):
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
    totalled(sheet, some(sheet.chance, NAMES), fill, range(1, len(years) + 2), len(years) + 2)


def years_down(sheet: Sheet) -> None:
    """A row a year, a column a source, and a row of sums."""
    chance, sources = sheet.chance, sheet.chance.choice(SOURCES)
    added = chance.random() < 0.5
    sheet.row("年度", *(["合计"] if added else []), *sources)

    def fill(row: int) -> None:
        sheet.rows[row][1 + added:] = [sheet.amount() for _ in sources]
        if added:
            sheet.across(row, 1, range(2, 2 + len(sources)))
    totalled(sheet, [f"{y}年" for y in range(2019, 2022 + chance.randint(0, 2))], fill, range(1, 1 + added + len(sources)), 1 + added + len(sources))


def year_blocks(sheet: Sheet) -> None:
    """Blocks of years, each a total over its items."""
    chance = sheet.chance
    sheet.row("年度", "项目", "预算数", "执行数", "执行率")
    totals = []
    for year in (2020, 2021, 2022)[:chance.choice((2, 3))]:
        rows = [sheet.row("^" if n else f"{year}年", name, a := sheet.amount(), sheet.part_of(a, 40, 99), None)
                for n, name in enumerate(some(chance, NAMES, 2, 4))]
        totals.append(sheet.row("^", "小计", None, None, None))
        sheet.down(totals[-1], rows, (2, 3))
        for row in (*rows, totals[-1]):
            sheet.rate(row, 4, 3, 2)
    total = sheet.row("合计", "<", None, None, None)
    sheet.down(total, totals, (2, 3))
    sheet.rate(total, 4, 3, 2)


def pairs_of_years(sheet: Sheet) -> None:
    """Equal groups of columns under headings, and a group of their sums."""
    sheet.row("单位", "2021年", "<", "2022年", "<", "合计", "<")
    sheet.row("^", *("户数", "金额") * 3)

    def fill(row: int) -> None:
        sheet.rows[row][1:5] = [sheet.amount(400, 0), sheet.amount(), sheet.amount(400, 0), sheet.amount()]
        sheet.across(row, 5, (1, 3))
        sheet.across(row, 6, (2, 4))
    totalled(sheet, some(sheet.chance, PLACES), fill, range(1, 7), 7)


def years_first(sheet: Sheet) -> None:
    """Blocks of a total and its years: of all, and of each place."""
    chance, sources = sheet.chance, sheet.chance.choice(SOURCES)
    width, years = 2 + len(sources), [f"{y}年" for y in (2019, 2020, 2021)[:chance.choice((2, 3))]]
    merged = chance.random() < 0.5
    width += merged
    sheet.row(*(("单位", "年度") if merged else ["单位及年度"]), "小计", *sources)
    blocks = [[sheet.row(*((name, "小计") if merged else [name]), *[None] * (width - 1 - merged)),
               *(sheet.row(*(("^", year) if merged else [year]), *[None] * (width - 1 - merged)) for year in years)]
              for name in ("合计", *some(chance, PLACES, 2, 4))]
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
        rows = [sheet.row(name, a := sheet.amount(), b := sheet.part_of(a, 60, 99), sheet.part_of(b, 60, 99)) for name in some(chance, NAMES, 2, 4)]
        totals.append(sheet.row("小计", None, None, None))
        sheet.down(totals[-1], rows, (1, 2, 3))
    sheet.down(sheet.row("总计", None, None, None), totals, (1, 2, 3))
