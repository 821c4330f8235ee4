"""文中预算调整与收支平衡：年初预算 + 追加 − 调减 = 全年预算；收支平衡的两个总计相等；下达后追减。

口径不明或跨句的只在相符或明显笔误时报告。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:4]], s.guess) for s in find(Report(document))]
>>> found("年初预算386.2万元，年中追加52.4万元、调减8.4万元，全年预算数430.2万元。")
[('430.2万元', ['386.2万元', '52.4万元', '8.4万元'], False)]
>>> found("年初预算386.2万元，支出430.2万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._ledger import Entry, tops
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns.names.likeness import alike


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        yield from _adjusted(prose)
        yield from _even(prose)
        yield from _taken_back(prose)


_FIRST = regex.compile(r"(?:年初|期初|部门|批复|原)(?:部门)?预算(?:批复|安排|下达|收入|支出|总?额|数|为)*$|年初[^,;。]{0,6}(?:批复|下达|安排|核定)[^,;。]{0,8}$")
_ADDED = regex.compile(r"追加|调增|增加预算|调入")
_CUT = regex.compile(r"调减|追减|核减|收回|压减|调出")
_FULL = regex.compile(r"(?:全年|调整后?的?|年末|最终)预算(?:数|总额)?(?:调整)?(?:为|达|共)*$|预算调整(?:数|后)?(?:为|达|共)*$|调整预算数?(?:为|达|共)*$")


def _adjusted(prose: Prose) -> Iterator[Statement]:
    """年初预算A，追加B，调减C，全年预算数D: D = A + B − C, within three sentences."""
    lines = [e for e in prose.ledger if e.figure.dimension == "money" and not e.inner
             and (e.said.role == "amount" or e.said.role == "delta" and (_ADDED.search(e.words) or _CUT.search(e.words)))]
    for index, total in enumerate(lines):
        if not _FULL.search(total.words.strip()) or regex.search(r"[超比较占]|完成", total.words):
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
            if number or (said or side_by_side) and not _leaves(lines[index + 1:index + 3], outgo):
                yield _equal(prose, outgo.said, income.said, guess=True)
            break


def _leaves(after: Sequence[Entry], outgo: Entry) -> bool:
    """Tell whether something is left between income and outgo: 收支相抵,结余…"""
    return any(regex.search(r"结[转余]|节余|差额|缺口|赤字|超支", e.words) and e.item.sentence - outgo.item.sentence <= 1 for e in after)


def _until(prose: Prose, entry: Entry) -> str:
    """What is said after an amount in its paragraph and the three that follow."""
    start = entry.said.start
    return prose.texts[entry.text].folded[start:start + 400] + "".join(t.folded[:400] for t in prose.texts[entry.text + 1:entry.text + 4])


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
