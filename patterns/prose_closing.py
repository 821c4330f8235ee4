"""文中收支相抵的结余：收入总量 − 支出总量 = 结转下年（年终结余）；当年收入 − 支出 = 当年收支结余；当年结余 + 上年结余 = 滚存结余。

各数从上一处结余之后找起；写明“收支相抵”且两个总量各只有一个，或当年收支各只有一项的，合不上即判不符，其余只在明显笔误时报告。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, {r: [f.text for f in v] for r, v in s.readings[0].roles.items()}, s.guess) for s in find(Report(document))]
>>> found("收入总量52.3亿元。", "支出总量50.1亿元。收支总量相抵，结转下年2.2亿元。")
[('2.2亿元', {'income': ['52.3亿元'], 'outgo': ['50.1亿元']}, False)]
>>> found("基金收入9.3亿元，支出8.1亿元，当年收支结余1.2亿元，上年结余4.5亿元，年末滚存结余5.7亿元。")[1]
('5.7亿元', {'opening': ['4.5亿元'], 'income': ['1.2亿元'], 'outgo': []}, False)
>>> found("本年收入792.40万元，本年支出806.90万元。年末结转和结余33.10万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._ledger import BEFORE, TOTAL, Entry, line_of, side_of
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report

_REST = r"(?:结余|节余|结存|盈余|缺口|赤字|差额|超支)"
_CURRENT = regex.compile(rf"(?:当年|本年度?|当期|本期|年度|全年)(?:收支|基金|净)?(?:相抵后?)?{_REST}|收支(?:相抵后?)?(?:净)?{_REST}|收支差")
_OPENING = regex.compile(BEFORE + r"[^,;。]{0,8}(?:结[转余存]|滚存|余额|节余)")
_ROLLED = regex.compile(r"(?:滚存|累计)[^,;。]{0,6}(?:结余|节余|结存)|(?:年末|年终|期末|年底)[^,;。]{0,6}(?:结[转余存]|节余|余额)")
_CARRIED = regex.compile(r"结转(?:至|到)?(?:下年|下一年|次年|[0-9]{4}\s?年)|(?:年终|年末|期末|年底)[^,;。]{0,6}(?:结[转余]|节余)|净?结余|结转|节余")
_OFFSET = regex.compile(r"收支[^,;。]{0,8}(?:相抵|轧差|相减|抵)|收入(?:总[计量]|合计)(?:减去?|扣除|与)|轧抵|相抵后?")
_SHORT = regex.compile(r"缺口|赤字|超支|支大于收|收不抵支")
_HEAD = regex.compile(r"(?:收入|支出|费用)(?:决算|预算|完成|执行|实现|合计|总[计额]|数|额|为|达到?|共|累计|约|:)*$")
_GRAND = regex.compile(r"总[计量额]|共计|可[用支使供安统]|总财力")
# one kind of income or outgo among others
_KINDS = regex.compile(r"(?:保险?费|缴费|利息|补贴|补助|税收|非税|事业|经营|其他|租金|利润|投资收益|拨款|转移|待遇|养老金|医疗|基本|项目|人员)(?:收入|支出)")
_NONE = regex.compile(r"(?:年初|上年|期初)(?:无|没有)[^,;。]{0,6}结[转余]|无(?:年初|上年)结[转余]")
_PAST = regex.compile(r"上年|去年|上一年|历年|以前年度|预算(?:为|数|安排)*$")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        lines = [e for e in prose.ledger if e.figure.dimension == "money" and not e.item.depth
                 and (e.said.role == "amount" or e.said.role == "delta" and _CURRENT.search(e.words))]
        start = 0
        for index, entry in enumerate(lines):
            kind = _kind(entry)
            if _CURRENT.search(entry.words) and (own := _own(lines, index)):
                yield _stated(prose, entry, own)
                start = start if entry.inner else index
                continue
            if not kind:
                continue
            window = lines[max(start, index - 40):index]
            window = [e for e in window if entry.text - e.text <= 3]
            others = [e for e in lines[index + 1:index + 4] if e.sentence == entry.sentence and _kind(e) == "carried"] if kind == "carried" else []
            made = None if kind == "current" else _rolled(prose, entry, window) or _net(prose, entry, lines[max(0, index - 2):index])
            made = made or _difference(prose, entry, [e for e in window if not e.inner], kind, others)
            if made is not None:
                yield made
            start = start if kind == "current" else index + 1


def _kind(entry: Entry) -> str:
    """Whether an amount is what the year left (current) or what is carried on (carried); empty for any other."""
    words = entry.words
    if _OPENING.search(words) or "率" in words or entry.inner:
        return ""
    if _CURRENT.search(words) and not _ROLLED.search(words):
        return "current"
    if _ROLLED.search(words) or _CARRIED.search(words):
        return "carried" if not regex.search(r"使用|动用|其中|收回|清理|上缴|存量|安排|补充", words) else ""
    return ""


def _own(lines: Sequence[Entry], index: int) -> tuple[Entry, Entry] | None:
    """The one income and the one outgo named just before, in the same clause of a list: 甲收入A,支出B,当期结余C;乙收入…"""
    clause: list[Entry] = []
    for entry in reversed(lines[max(0, index - 4):index]):
        if entry.sentence != lines[index].sentence or ";" in lines[index].said.gap:
            break
        clause.insert(0, entry)
        if regex.search("[;。]|其中", entry.said.gap):
            break
    if len(clause) != 2 or not all(_HEAD.search(e.words.strip()) or TOTAL.search(e.words.strip()) for e in clause):
        return None
    income, outgo = clause
    plain = "收入" in income.words and "支出" in outgo.words and not any(_KINDS.search(e.words) or line_of(e.words) for e in clause)
    return (income, outgo) if plain and (lines[index].inner or outgo.inner) else None


def _stated(prose: Prose, entry: Entry, own: tuple[Entry, Entry]) -> Statement:
    income, outgo = own[::-1] if _SHORT.search(entry.words) else own
    reading = Reading({"income": (income.figure,), "outgo": (outgo.figure,)})
    return Statement("balance", "balance", named(entry.said, entry.item.name), (reading,), prose.quote(own[0].said, entry.said),
                     guess="收支" not in entry.words and income.figure.base < outgo.figure.base)


def _rolled(prose: Prose, entry: Entry, window: Sequence[Entry]) -> Statement | None:
    """当年结余A，上年结余B，年末滚存结余C: C = A + B."""
    current = next((e for e in reversed(window) if _kind(e) == "current"), None)
    opening = next((e for e in reversed(window) if _OPENING.search(e.words)), None)
    if current is None or opening is None or not _ROLLED.search(entry.words):
        return None
    short = bool(_SHORT.search(current.words))
    reading = Reading({"opening": (opening.figure,), "income": () if short else (current.figure,),
                       "outgo": (current.figure,) if short else ()})
    first = min(current, opening, key=lambda e: e.at)
    between = [e for e in window if e.at > first.at and e not in (current, opening)]
    return Statement("balance", "balance", named(entry.said, entry.item.name), (reading,), prose.quote(first.said, entry.said),
                     guess=bool(between) or first.sentence != entry.sentence)


def _net(prose: Prose, entry: Entry, before: Sequence[Entry]) -> Statement | None:
    """年终结余A，结转下年B，净结余C: C = A − B."""
    if "净结余" not in entry.words or len(before) < 2 or any(e.sentence != entry.sentence or not _left(e) for e in before):
        return None
    reading = Reading({"opening": (before[0].figure,), "outgo": (before[1].figure,)})
    return Statement("balance", "balance", named(entry.said, entry.item.name), (reading,), prose.quote(before[0].said, entry.said), guess=True)


def _left(entry: Entry) -> bool:
    return bool(_ROLLED.search(entry.words) or _CARRIED.search(entry.words) or _CURRENT.search(entry.words))


def _difference(prose: Prose, entry: Entry, window: Sequence[Entry], kind: str, others: Sequence[Entry]) -> Statement | None:
    """Income less outgo: by their grand totals where both have one, else (of the year) by their main amounts. `others` are
    what the sentence goes on to say is left: 收支相抵,结转下年A,净结余B.
    """
    incomes, outgoes = _mains(window, "收"), _mains(window, "支")
    offset = bool(_OFFSET.search(entry.phrase))
    totals = [[e for e in found if TOTAL.search(e.words.strip())] for found in (incomes, outgoes)]
    if totals[0] and totals[1]:
        incomes, outgoes = totals
    elif kind == "carried" and not offset and not (_NONE.search(_between(prose, window)) and len(incomes) == len(outgoes) == 1):
        return _spent(prose, entry, window, totals[0])
    if not incomes or not outgoes or incomes[-1].figure.base == outgoes[-1].figure.base:
        return None
    if kind == "carried" and not offset and _apart(window, totals[0]):
        return None
    pairs = [(i, o) for i in incomes[:-3:-1] for o in outgoes[:-3:-1]][:3]
    short = bool(_SHORT.search(entry.words))
    if not short and not offset and pairs[0][0].figure.base < pairs[0][1].figure.base and entry.figure.value > 0:
        # more was spent than came in: what is left comes of the years before
        return None
    ways = tuple(Reading({"income": ((o if short else i).figure,), "outgo": ((i if short else o).figure,)}) for i, o in pairs)
    if others and not short:
        ways += tuple(Reading({**r.roles, "outgo": (*r["outgo"], *(e.figure for e in others))}) for r in ways[:1])
    income, outgo = pairs[0]
    first = min(income, outgo, key=lambda e: e.at)
    near = entry.text - first.text <= (1 if offset else 0)
    sure = len(incomes) == len(outgoes) == 1 and near and (offset or kind == "current") and not _apart(window, totals[0]) \
        and not others and not regex.search("扣除|剔除|减去", entry.phrase.rpartition("抵")[2]) and not any(_KINDS.search(e.words) for e in window)
    return Statement("balance", "balance", named(entry.said, entry.item.name), ways, prose.quote(first.said, entry.said), guess=not sure)


def _mains(window: Sequence[Entry], side: str) -> list[Entry]:
    """The main amounts of a side, in order: no additions, nothing of another year."""
    return [e for e in window if (_HEAD.search(e.words.strip()) or TOTAL.search(e.words.strip())) and not line_of(e.words)
            and not _PAST.search(e.words) and ("支" if regex.search("支出|费用", e.words) else side_of(e.words) or "收") == side]


def _apart(window: Sequence[Entry], totals: Sequence[Entry]) -> bool:
    """Tell whether what was left over before is named beside the total of the income, and so no part of it."""
    return any(_OPENING.search(e.words) and not (totals and _holds(totals[-1], e, window)) for e in window)


def _holds(total: Entry, opening: Entry, window: Sequence[Entry]) -> bool:
    """Tell whether a total was added up from what was left over before, among others."""
    if opening.at > total.at or regex.search("本年|当年", total.words):
        return False
    first = next(e for e in window if e.sentence == opening.sentence)
    return bool(_GRAND.search(total.words)) or "合计" in total.words and total.sentence == opening.sentence and first is not opening


def _between(prose: Prose, window: Sequence[Entry]) -> str:
    """What is said from the first amount of a stretch of the account to its last."""
    if not window:
        return ""
    first, last = window[0], window[-1]
    words = [t.folded for t in prose.texts[first.text + 1:last.text]]
    if first.text == last.text:
        return prose.texts[first.text].folded[first.said.start:last.said.start]
    return "\n".join([prose.texts[first.text].folded[first.said.start:], *words, prose.texts[last.text].folded[:last.said.start]])


def _spent(prose: Prose, entry: Entry, window: Sequence[Entry], totals: Sequence[Entry]) -> Statement | None:
    """收入总计A。支出B，调出C，结转下年D: D = A − B − C, the outgo never added up in words."""
    mains = [e for e in _mains(window, "支") if totals and e.at > totals[-1].at]
    if not mains or _apart(window, totals):
        return None
    outgo = [mains[0], *(e for e in window if e.at > mains[0].at and side_of(e.words) == "支" and line_of(e.words))]
    reading = Reading({"income": (totals[-1].figure,), "outgo": tuple(e.figure for e in outgo)})
    return Statement("balance", "balance", named(entry.said, entry.item.name), (reading,), prose.quote(totals[-1].said, entry.said),
                     guess=True)
