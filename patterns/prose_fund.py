"""文中收支总量：本级收入加上补助、债务、调入、上年结转等，等于收入总量（总计、共计）；支出同样；可用资金 = 预算 + 追加 + 结转。

加上之前的主项可在几句以前，其间“其中”和括号内的数不参加；写明“加上”且主项唯一的，合不上即判不符，其余只在明显笔误时报告。

>>> from fusuan.model import Document, Paragraph, Place
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

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._ledger import TOTAL, Entry, line_of, side_of, tops
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns.names.likeness import alike

_CLOSING = regex.compile(r"^(?:合计|共计|总计|总量|共|累计)(?:达到?|为|是|约|:)*$")
_OWN = regex.compile(r"收入|支出|预算|下达|安排|拨款|资金|到位|结余")
_MADE = regex.compile(r"决算|完成|执行|实现|实际|达到?$")
_KEPT = regex.compile(r"地方|本级|一般公共预算收入|公共财政预算收入|一般预算收入|留成|留存|[县区乡镇]级")
_TAKEN = regex.compile(r"(?:^|[,;、。])\s*(?:再|并)?(?:减去?|扣除|扣减|剔除)(?!少|收|免)")
_ADDING = regex.compile(r"加上|加之|(?:^|[,;。:])\s*加(?!强|大|快|权|计|工|征|收|价)")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        lines = list(tops(prose.ledger))
        for index, total in enumerate(lines):
            adding = _first_added(lines, index)
            if adding is not None and _totals(total, True):
                yield from _added(prose, lines, adding, index)
            elif TOTAL.search(total.words.strip()):
                yield from _listed(prose, lines, index)


def _first_added(lines: Sequence[Entry], index: int) -> int | None:
    """The first amount that is added (加上…，加…) to make up a total; None where none is."""
    found = None
    for at in range(index - 1, max(-1, index - 16), -1):
        entry = lines[at]
        if _totals(entry, True) or entry.text < lines[index].text - 1:
            break
        if entry.said is entry.item.said[0] and _ADDING.search(regex.split(r"[。\n]", entry.item.lead)[-1]):
            found = at
        elif found is not None and not line_of(entry.words):
            break
    return found


def _totals(entry: Entry, added: bool) -> bool:
    words = entry.words.strip()
    return bool(TOTAL.search(words) or added and _CLOSING.search(words))


def _side(entry: Entry) -> str:
    """The side of a total: 收 or 支, empty where it may be either (合计, 可用资金)."""
    said = regex.findall("收入|支出|来源|财力", entry.words)
    return "" if not said else "支" if said[-1] == "支出" else "收"


def _added(prose: Prose, lines: Sequence[Entry], adding: int, index: int) -> Iterator[Statement]:
    """加上: what is added joins the last main amount before it."""
    total, extra = lines[index], lines[adding:index]
    mains = [*_told(prose, lines, adding), *_mains(lines, adding, _side(total))]
    mains += _local(prose, mains[-1], lines[adding]) if mains else []
    if mains and total.text - mains[0].text <= 2:
        taken = [e for e in extra if _TAKEN.search(e.said.gap)]
        plus = [e for e in extra if e not in taken]
        ways = [Reading({"parts": tuple(named(e.said, e.item.name) for e in (main, *plus)), "minus": tuple(e.figure for e in taken)})
                for main in mains[:3]]
        sure = len({id(e.item) for e in mains}) == 1 and total.text == extra[0].text and not taken \
            and all(line_of(e.words) and not e.said.post.lstrip().startswith("等") for e in extra)
        yield Statement("parts", "sum", named(total.said, total.item.name), tuple(ways), prose.quote(mains[0].said, total.said),
                        guess=not sure)


def _told(prose: Prose, lines: Sequence[Entry], adding: int) -> list[Entry]:
    """What is added to where the wording names it again: 地方收入加上…"""
    name = regex.search(r"([^,;。:\s]{2,16}?)(?:再|,)?加上", lines[adding].words)
    near = _until(prose, lines[adding]) if name else []
    return [e for e in reversed(near) if name and alike(name[1], e.item.name) and lines[adding].text - e.text <= 1][:1]


def _until(prose: Prose, entry: Entry) -> list[Entry]:
    """The two dozen amounts of money before an entry, parts of lists too."""
    at = bisect_left(prose.ledger, entry.at, key=lambda e: e.at)
    return [e for e in prose.ledger[max(0, at - 24):at] if e.figure.dimension == "money" and e.said.role == "amount"]


def _local(prose: Prose, main: Entry, added: Entry) -> list[Entry]:
    """财政总收入A,其中地方收入B。加上…: what the place keeps may be meant."""
    return [e for e in _until(prose, added) if main.at < e.at and e.inner and _KEPT.search(e.words)][:1]


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
    while first and index - first < 24 and line_of(lines[first - 1].words) and side_of(lines[first - 1].words) == (side or "收") \
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
