"""文中收支平衡与结转结余：年初结转 + 收入 − 支出 = 年末结转；收支平衡；下达后追减。

各数按名称从前文寻找，口径不明时只在相符或明显笔误时报告。

>>> from model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:4]]) for s in find(Report(document))]
>>> found("年初结转结余15.8万元，总收入263.38万元。", "总支出277.14万元。", "年末结转结余2.05万元。")
[('2.05万元', ['15.8万元', '263.38万元', '277.14万元'])]
>>> found("年末结转结余2.05万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from model import Reading, Statement
from patterns._items import Item, alike
from patterns._ledger import Entry, tops
from patterns._prose import Prose, named, prose_of
from patterns._report import Report
from patterns._said import Said

_OPENING = regex.compile(r"(?:年初|上年末?|期初|以前年度)(?:财政拨款|滚存|累计)?(?:结转|结余|余额|结存)")
_CLOSING = regex.compile(r"(?:年末|年终|期末|年底|本年(?!收支)|累计)(?:财政拨款|滚存|累计)?(?:结转|结余|余额|结存)|结转下年|结余结转")
_INCOME = regex.compile(r"总收入|收入总|收入合计|本年收入|收入决算|拨款收入|^收入$|财政收入|收入$|到位资金|拨入|筹集")
_OUTGO = regex.compile(r"总支出|支出总|支出合计|本年支出|支出决算|拨款支出|^支出$|支出$|使用资金|实际支出")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        yield from _carried(prose)
        yield from _adjusted(prose)
        yield from _even(prose)
        yield from _taken_back(prose)


def _words(item: Item, said: Said) -> str:
    return item.name + said.pre


def _carried(prose: Prose) -> Iterator[Statement]:
    items = prose.items
    for index, item in enumerate(items):
        for said in item.money:
            if not _CLOSING.search(said.pre) or _OPENING.search(said.pre):
                continue
            openings = _named_near(items, index, _OPENING)
            incomes = [s for s in _named_near(items, index, _INCOME) if not _OPENING.search(s.pre)]
            outgoes = _named_near(items, index, _OUTGO)
            readings = [Reading({"opening": (o.figure,), "income": (i.figure,), "outgo": (x.figure,)})
                        for o in openings[:2] for i in incomes[:4] for x in outgoes[:4]]
            back = [s for s in _said(prose, index) if _BACK.search(s.pre)]
            if back:
                readings += [Reading({**r.roles, "outgo": (*r["outgo"], back[0].figure)}) for r in readings]
            # all of it in one sentence, and nothing else: the wording leaves no other reading
            used = {id(f) for r in readings[-1:] for fs in r.roles.values() for f in fs} | {id(said.figure)}
            sure = used == {id(s.figure) for s in _said(prose, index) if s.figure.dimension == "money"}
            if readings:
                readings = readings[-1:] if sure else readings
                yield Statement("balance", "balance", named(said, item.name), tuple(readings),
                                prose.quote(_said(prose, index)[0] if sure else said, said), guess=not sure)


def _said(prose: Prose, index: int) -> list[Said]:
    """All that is said in the sentence of an item up to it."""
    item = prose.items[index]
    return [s for i in prose.items[max(0, index - 12):index + 1] if (i.sentence, i.text) == (item.sentence, item.text) for s in i.said]


_BACK = regex.compile(r"收回|缴回|上缴")
_FIRST = regex.compile(r"(?:年初|期初|部门|批复|原)(?:部门)?预算(?:批复|安排|下达|收入|支出|总?额|数|为)*$|年初[^,;。]{0,6}(?:批复|下达|安排|核定)[^,;。]{0,8}$")
_ADDED = regex.compile(r"追加|调增|增加预算|调入")
_CUT = regex.compile(r"调减|追减|核减|收回|压减|调出")
_FULL = regex.compile(r"(?:全年|调整后?的?|年末|最终)预算(?:数|总额)?(?:调整)?(?:为|达|共)*$|预算调整(?:数|后)?(?:为|达|共)*$|调整预算数?(?:为|达|共)*$")


def _adjusted(prose: Prose) -> Iterator[Statement]:
    """年初预算A，追加B，调减C，全年预算数D: D = A + B − C, within three sentences."""
    lines = [e for e in prose.ledger if e.figure.dimension == "money" and not e.inner
             and (e.said.role == "amount" or e.said.role == "delta" and (_ADDED.search(e.words) or _CUT.search(e.words)))]
    for index, total in enumerate(lines):
        if not _FULL.search(total.words.strip()):
            continue
        before = [e for e in lines[max(0, index - 10):index] if e.text == total.text and e.item.sentence >= total.item.sentence - 2]
        at = next((n for n in range(len(before) - 1, -1, -1) if _FIRST.search(before[n].words.strip())), None)
        if at is None:
            continue
        first, moves = before[at], before[at + 1:]
        added, cut = [e for e in moves if _ADDED.search(e.words)], [e for e in moves if _CUT.search(e.words)]
        if added or cut:
            reading = Reading({"opening": (first.figure,), "income": tuple(e.figure for e in added), "outgo": tuple(e.figure for e in cut)})
            yield Statement("balance", "balance", named(total.said, total.item.name), (reading,), prose.quote(first.said, total.said),
                            guess=first.sentence != total.sentence or len(moves) != len(added) + len(cut))


def _named_near(items: list[Item], index: int, pattern: regex.Pattern[str]) -> list[Said]:
    """Amounts whose own words match, the nearest before first, each value once; whole totals before parts. Where there are
    none before, those of the same paragraph after it: 年末结余A，其中年初结余B，收入C，支出D.
    """
    own = items[index]
    found = [s for i in reversed(items[max(0, index - 60):index + 1]) for s in reversed(i.money)
             if pattern.search(s.pre) or pattern.search(s.name)]
    found = found or [s for i in items[index + 1:index + 9] if i.text == own.text for s in i.money if pattern.search(s.pre)]
    found = list({s.figure.base: s for s in found}.values())
    return sorted(found, key=lambda s: not regex.search(r"总|合计", s.pre))


_TWINS = ((regex.compile(r"总收入|收入(?:总计|合计|总额)"), regex.compile(r"总支出|支出(?:总计|合计|总额)")),
          (regex.compile(r"收入总预算"), regex.compile(r"支出总预算")), (regex.compile(r"收入预算(?:总额)?(?:为|数)*$"), regex.compile(r"支出预算(?:总额)?(?:为|数)*$")))
# the budget of a treasury has other resources beside its revenue; that of a department balances
_TREASURY = regex.compile(r"公共|财政|全[省市县区州]|本级|基金|国有资本|镇|乡")


def _even(prose: Prose) -> Iterator[Statement]:
    """收支平衡, 收支相抵: income and outgo totals stated near each other are equal; so are 收入总计X,支出总计X and the
    two budgets of a department.
    """
    lines = list(tops(prose.ledger))
    for index, outgo in enumerate(lines):
        for number, (coming, going) in enumerate(_TWINS):
            if not going.search(outgo.words.strip()):
                continue
            income = next((e for e in reversed(lines[max(0, index - 12):index]) if coming.search(e.words.strip())), None)
            if income is None or outgo.text - income.text > 4 or number and _TREASURY.search(income.words + outgo.words):
                break
            said = regex.search(r"收支(?:相抵|平衡)|收支[^,。]{0,12}平衡", _until(prose, outgo))
            side_by_side = income is lines[index - 1] and income.sentence == outgo.sentence
            if number or said or side_by_side:
                yield _equal(prose, outgo.said, income.said, guess=True)
            break


def _until(prose: Prose, entry: Entry) -> str:
    """What is said after an amount in its paragraph and the three that follow."""
    return prose.texts[entry.text].folded[entry.said.start:] + "".join(t.folded for t in prose.texts[entry.text + 1:entry.text + 4])


def _equal(prose: Prose, said: Said, other: Said, guess: bool) -> Statement:
    return Statement("balance", "balance", named(said, said.name), (Reading({"income": (other.figure,)}),),
                     prose.quote(other, said), guess=guess)


def _taken_back(prose: Prose) -> Iterator[Statement]:
    """下达A…追减B…（余）C under one name: A − B = C."""
    items = prose.items
    for index, item in enumerate(items):
        if not item.money or not regex.search(r"追减|收回|核减|调减|缴回", item.lead[-40:]):
            continue
        cut = item.money[0]
        before = [i for i in reversed(items[max(0, index - 10):index]) if i.money and alike(i.name, item.name)]
        after = next((i for i in items[index + 1:index + 4] if i.money and alike(i.name, item.name)), None)
        if before and after is not None:
            readings = tuple(Reading({"opening": (b.money[0].figure,), "outgo": (cut.figure,)}) for b in before
                             if b.money[0].figure.base > cut.figure.base)
            if readings:
                yield Statement("balance", "balance", named(after.money[0], after.name), readings,
                                prose.quote(before[0].money[0], after.money[0]), guess=True)
