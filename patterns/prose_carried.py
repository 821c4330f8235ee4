"""文中年末结转结余：年初结转 + 本年收入 − 本年支出（− 结余分配、收回）= 年末结转。

各数按名称和口径（全部资金、财政拨款）从前文就近寻找，“其中”和括号内的数不用；收入总计已含年初结转，不再相加。同一句内各数齐全的，
合不上即判不符，其余只在相符或明显笔误时报告。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:4]]) for s in find(Report(document))]
>>> found("年初结转结余12.6万元，总收入248.35万元。", "总支出257.72万元。", "年末结转结余3.23万元。")
[('3.23万元', ['12.6万元', '248.35万元', '257.72万元'])]
>>> found("年末结转结余3.23万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._ledger import BEFORE, Entry, line_of
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report

_REST = r"(?:财政拨款|滚存|累计|项目支出|基本支出)?(?:结转|结余|余额|结存)"
_OPENING = regex.compile(rf"{BEFORE}[^,;。]{{0,4}}{_REST}")
_CLOSING = regex.compile(rf"(?:年末|年终|期末|年底|月末|(?<!上)季度?末|学期末|本年(?!收支)|累计){_REST}|结转下年|结余结转")
_PLAIN = regex.compile(r"^(?:结余|余额|结存|剩余)(?:资金)?(?:为)?$")
_INCOME = regex.compile(r"总收入|收入总|收入合计|本年收入|收入决算|拨款收入|^收入$|财政收入|收入(?:为|完成)?$|到位资金|拨入|筹集")
_OUTGO = regex.compile(r"总支出|支出总|支出合计|本年支出|支出决算|拨款支出|^支出$|支出(?:为|完成)?$|使用资金|实际支出")
_WHOLE = regex.compile(r"总|合计|本年|决算")
_GRAND = regex.compile(r"(?<!本年收入|本年支出)总[计量]|共计|可[用支使供]")
_AVAILABLE = regex.compile(r"可(?:供)?[用支使]|财力")
_BACK = regex.compile(r"收回|缴回|上缴(?!上级支出)|结余分配|提取(?:专用|职工福利)")
_SHARED = regex.compile(r"结余分配")
_USED = regex.compile(r"^(?:使用)?非财政拨款结余|使用(?:非财政拨款|专用)结余|事业基金弥补")
_GIVEN = regex.compile(r"下达|到位|收到|安排|拨入|筹集|补助")
_SPENT = regex.compile(r"发放|拨付|使用|支付|兑付|支出")
_CURRENT = regex.compile(r"(?:当年|本年|当期)(?:收支)?(?:结余|缺口|盈余|赤字)|收支(?:结余|差额|缺口)")
_OFFSET = regex.compile(r"收支[^,;。]{0,6}(?:相抵|轧差)")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        lines = [e for e in prose.ledger if e.figure.dimension == "money" and e.said.role == "amount"]
        for index, entry in enumerate(lines):
            here = [e for e in lines[max(0, index - 12):index] if e.sentence == entry.sentence]
            if _closes(entry, here):
                yield from _carried(prose, lines, index, here)


def _closes(entry: Entry, here: Sequence[Entry]) -> bool:
    """Tell whether an amount is what was left at the end: by its name, or after what was left before (年初结余A,…,结余D)."""
    if _OPENING.search(entry.words) or _OFFSET.search(entry.phrase) or any(_CURRENT.search(e.words) for e in here):
        return False
    return bool(_CLOSING.search(entry.words) or _PLAIN.search(entry.words.strip()) and any(_OPENING.search(e.words) for e in here))


def _carried(prose: Prose, lines: Sequence[Entry], index: int, here: Sequence[Entry]) -> Iterator[Statement]:
    entry = lines[index]
    openings = _near(lines, index, _OPENING)
    incomes, outgoes = (_flows(lines, index, name) or ([] if _near(lines, index, name) else _flows(lines, index, other))
                        for name, other in ((_INCOME, _GIVEN), (_OUTGO, _SPENT)))
    if not incomes and any(_OFFSET.search(e.phrase) and _OPENING.search(e.words) for e in here):
        # 可用资金A,支出B,收支相抵,加上上年结余C: what was left over before is said to be added, so it is not in A
        incomes = _near(lines, index, _AVAILABLE)
    back = [e.figure for e in here if _BACK.search(e.words)][:1] or [e.figure for e in _about(lines, index, _SHARED)][:1]
    used_up = [e.figure for e in _about(lines, index, _USED)][:1]
    ways = [Reading({"opening": (o.figure,), "income": (i.figure, *used_up), "outgo": (x.figure, *more)})
            for o in openings[:2] for i in incomes[:2] for x in outgoes[:2] for more in ([], back) if more is not back or back]
    if not ways:
        return
    # all of it in one sentence, and nothing else: the wording leaves no other reading
    used = {f.span for fs in ways[-1].roles.values() for f in fs}
    sure = bool(_CLOSING.search(entry.words)) and used == {e.figure.span for e in here} and ways[-1]["opening"][0].place == entry.figure.place
    yield Statement("balance", "balance", named(entry.said, entry.item.name), tuple(ways[-1:] if sure else ways),
                    prose.quote(here[0].said if sure else entry.said, entry.said), guess=not sure)


def _flows(lines: Sequence[Entry], index: int, pattern: regex.Pattern[str]) -> list[Entry]:
    """What came in or went out, under its name: no addition to a fund, no grand total (what was left over before is in it)."""
    return [e for e in _near(lines, index, pattern) if not _OPENING.search(e.words) and not _GRAND.search(e.words)
            and (pattern is _GIVEN or not line_of(e.words)) and not _closes(e, [])]


def _about(lines: Sequence[Entry], index: int, pattern: regex.Pattern[str]) -> list[Entry]:
    """The amounts of a name within two paragraphs before."""
    return [e for e in lines[max(0, index - 16):index] if pattern.search(e.words) and not e.inner and lines[index].text - e.text <= 2]


def _near(lines: Sequence[Entry], index: int, pattern: regex.Pattern[str]) -> list[Entry]:
    """The amounts of a name, each value once: of the same money first, whole ones before others, the nearest before first.
    Where there are none before, those of the same paragraph after it: 年末结余A,其中年初结余B,收入C,支出D.
    """
    entry = lines[index]
    grant = "财政拨款" in entry.words
    found = [e for e in reversed(lines[max(0, index - 60):index]) if pattern.search(e.words) and not e.inner]
    found = found or [e for e in lines[index + 1:index + 9] if e.text == entry.text and pattern.search(e.words)]
    found = sorted(found, key=lambda e: (("财政拨款" in e.words) != grant, not _WHOLE.search(e.words)))
    return list({e.figure.base: e for e in reversed(found)}.values())[::-1]
