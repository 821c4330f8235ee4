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
from patterns._prose import Prose, named, prose_of
from patterns._report import Report
from patterns._said import Said

_OPENING = regex.compile(r"(?:年初|上年末?|期初|以前年度)(?:财政拨款|滚存|累计)?(?:结转|结余|余额)")
_CLOSING = regex.compile(r"(?:年末|年终|期末|年底|本年(?!收支)|累计)(?:财政拨款|滚存|累计)?(?:结转|结余|余额)|结转下年|结余结转")
_INCOME = regex.compile(r"总收入|收入总|收入合计|本年收入|收入决算|拨款收入|^收入$|财政收入|收入$|到位资金|拨入")
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
            openings = _named_before(items, index, _OPENING)
            incomes = [s for s in _named_before(items, index, _INCOME) if not _OPENING.search(s.pre)]
            outgoes = _named_before(items, index, _OUTGO)
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
_FIRST = regex.compile(r"(?:年初|期初|部门|批复)(?:部门)?预算(?:批复|安排|下达|收入|支出|总?额|数|为)*$")
_ADDED = regex.compile(r"追加|调增|增加预算|调入")
_CUT = regex.compile(r"调减|追减|核减|收回|压减|调出")
_FULL = regex.compile(r"(?:全年|调整后?的?|年末|最终)预算(?:数|总额)?(?:调整)?(?:为|达|共)*$|预算调整为$")


def _adjusted(prose: Prose) -> Iterator[Statement]:
    """年初预算A，追加B，调减C，全年预算数D: D = A + B − C, all in one sentence."""
    for index, item in enumerate(prose.items):
        for said in item.money:
            if not _FULL.search(said.pre.strip()):
                continue
            before = [s for s in _said(prose, index) if s.figure.dimension == "money" and s.start < said.start]
            first = [s for s in before if _FIRST.search(s.pre.strip())][:1]
            far = not first
            if far:
                before = [s for i in prose.items[max(0, index - 8):index + 1] if i.text == item.text and i.sentence >= item.sentence - 2
                          for s in i.said if s.figure.dimension == "money" and s.start < said.start]
                first = [s for s in before if _FIRST.search(s.pre.strip())][-1:]
            moves = [s for s in before if first and s.start > first[0].start]
            added, cut = [s for s in moves if _ADDED.search(s.pre)], [s for s in moves if _CUT.search(s.pre)]
            if first and (added or cut):
                reading = Reading({"opening": (first[0].figure,), "income": tuple(s.figure for s in added),
                                   "outgo": tuple(s.figure for s in cut)})
                yield Statement("balance", "balance", named(said, item.name), (reading,), prose.quote(first[0], said),
                                guess=far or len(before) != 1 + len(added) + len(cut))


def _named_before(items: list[Item], index: int, pattern: regex.Pattern[str]) -> list[Said]:
    """Amounts whose own words match, the nearest first, each value once; whole totals before parts."""
    found = [s for i in reversed(items[max(0, index - 60):index + 1]) for s in reversed(i.money)
             if pattern.search(s.pre) or pattern.search(s.name)]
    found = list({s.figure.base: s for s in found}.values())
    return sorted(found, key=lambda s: not regex.search(r"总|合计", s.pre))


def _even(prose: Prose) -> Iterator[Statement]:
    """收支平衡, 收支相抵: income and outgo totals stated side by side are equal; so are 总收入X，总支出X in one sentence."""
    items = prose.items
    for first, second in zip(items, items[1:], strict=False):
        if not (first.money and second.money):
            continue
        a, b = first.money[-1], second.money[0]
        twins = regex.search(r"总收入|收入总计|收入合计", a.pre) and regex.search(r"总支出|支出总计|支出合计", b.pre)
        if twins and second.sentence == first.sentence:
            yield _equal(prose, b, a, guess=True)
    for number, text in enumerate(prose.texts):
        if not regex.search(r"收支(?:相抵|平衡)|收支[^,。]{0,12}平衡", text.folded):
            continue
        near = [i for i in items if number - 4 <= i.text <= number and i.money]
        incomes = [i.money[-1] for i in near if regex.search(r"收入(?:总计|合计)|总收入", i.money[-1].pre)]
        outgoes = [i.money[-1] for i in near if regex.search(r"支出(?:总计|合计)|总支出", i.money[-1].pre)]
        if incomes and outgoes:
            yield _equal(prose, outgoes[-1], incomes[-1], guess=True)


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
