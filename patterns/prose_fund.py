"""文中收支总量：本级收入加上补助、债务、调入、上年结转等，等于收入总量（总计、共计）；支出同样；可用资金 = 预算 + 追加 + 结转。

加上之前的主项可在几句以前，其间“其中”和括号内的数不参加；写明“加上”且主项唯一的，合不上即判不符，其余只在明显笔误时报告。

>>> from model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.readings[0]["parts"]], s.guess) for s in find(Report(document))]
>>> found("财政收入52.31万元。其中：税收收入30.11万元，非税收入22.2万元。加上补助收入12.4万元、上年结转3.1万元，收入总量67.81万元。")
[('67.81万元', ['52.31万元', '12.4万元', '3.1万元'], False)]
>>> found("年初预算52.31万元，其中人员经费30万元。上年结转3.1万元，追加12.4万元，全年可用资金共计67.81万元。")
[('67.81万元', ['52.31万元', '3.1万元', '12.4万元'], True)]
>>> found("收入52.31万元，上年结转3.1万元，支出总计55.41万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from model import Reading, Statement
from patterns._ledger import TOTAL, Entry, line_of, side_of, tops
from patterns._prose import Prose, named, prose_of
from patterns._report import Report

_CLOSING = regex.compile(r"^(?:合计|共计|总计|总量|共|累计)(?:达到?|为|是|约|:)*$")
_OWN = regex.compile(r"收入|支出|预算|下达|安排|拨款|资金|到位|结余")
_MADE = regex.compile(r"决算|完成|执行|实现|实际|达到?$")
_ADDING = regex.compile(r"加上|加之|(?:^|[,;。:])\s*加(?!强|大|快|权|计|工|征|收|价)")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        lines = list(tops(prose.ledger))
        for index, total in enumerate(lines):
            adding = next((n for n in range(index - 1, max(-1, index - 13), -1) if _ADDING.search(lines[n].item.lead)
                           and lines[n].said is lines[n].item.said[0]), None)
            if adding is not None and _totals(total, adding is not None) and not any(_totals(e, True) for e in lines[adding:index]):
                yield from _added(prose, lines, adding, index)
            elif TOTAL.search(total.words.strip()):
                yield from _listed(prose, lines, index)


def _totals(entry: Entry, added: bool) -> bool:
    words = entry.words.strip()
    return bool(TOTAL.search(words) or added and _CLOSING.search(words))


def _side(entry: Entry) -> str:
    """The side of a total: 收 or 支, empty where it may be either (合计, 可用资金)."""
    return "支" if "支出" in entry.words else "收" if regex.search("收|来源|财力", entry.words) else ""


def _added(prose: Prose, lines: Sequence[Entry], adding: int, index: int) -> Iterator[Statement]:
    """加上: what is added joins the last main amount before it."""
    total, extra = lines[index], lines[adding:index]
    mains = _mains(lines, adding, _side(total))
    if mains and total.text - mains[0].text <= 2:
        ways = [Reading({"parts": tuple(named(e.said, e.item.name) for e in (main, *extra))}) for main in mains[:3]]
        sure = len({id(e.item) for e in mains}) == 1 and total.text == extra[0].text and all(line_of(e.words) for e in extra)
        yield Statement("parts", "sum", named(total.said, total.item.name), tuple(ways), prose.quote(mains[0].said, total.said),
                        guess=not sure)


def _mains(lines: Sequence[Entry], before: int, side: str) -> list[Entry]:
    """The amounts that additions may join, of the side of the total, none an addition itself: the first after the total
    before, then the last one; of one item what was done ahead of what was planned.
    """
    found: list[Entry] = []
    for entry in reversed(lines[max(0, before - 12):before]):
        if lines[before].text - entry.text > 2 or found and (_totals(entry, True) or entry.text < found[0].text):
            break
        if line_of(entry.words) or (side and side_of(entry.words or entry.item.name) not in ("", side)):
            if found:
                break
        elif _totals(entry, True):
            found.append(entry)
            break
        elif _OWN.search(entry.words) or _OWN.search(entry.item.name):
            found.append(entry)
    kept = [e for e in found if found and e.item in (found[-1].item, found[0].item)]
    return sorted(kept, key=lambda e: (e.item is not found[-1].item, not _MADE.search(e.words)))


def _listed(prose: Prose, lines: Sequence[Entry], index: int) -> Iterator[Statement]:
    """A main amount, then only additions by their names, then the total."""
    total, side = lines[index], _side(lines[index])
    first = index
    while first and line_of(lines[first - 1].words) and side_of(lines[first - 1].words) == (side or "收") \
            and total.text - lines[first - 1].text <= 2:
        first -= 1
    mains = _mains(lines, first, side) if first < index else []
    lists = [(main, *lines[first:index]) for main in mains[:3] if total.text - main.text <= 2]
    if not lists and index - first >= 2:
        # 中央下达A,上年结转B,可用资金C: nothing but what was given
        lists = [tuple(lines[first:index])]
    if lists:
        ways = tuple(Reading({"parts": tuple(named(e.said, e.item.name) for e in parts)}) for parts in lists)
        yield Statement("parts", "sum", named(total.said, total.item.name), ways, prose.quote(lists[0][0].said, total.said), guess=True)
