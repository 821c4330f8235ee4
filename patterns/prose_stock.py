"""文中存量的增减：年初余额 + 新增 − 偿还（动用、退出）= 年末余额；政府债务、预算稳定调节基金、在岗人数、结存等。

年末数可在年初数之前或之后，其间“其中”和括号内的数不参加；同一句内每一步都写明的，合不上即判不符，债务余额（可能另有汇率、核销因素）
和跨句的只在明显笔误时报告。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, {r: [f.text for f in v] for r, v in s.readings[0].roles.items()}, s.guess) for s in find(Report(document))]
>>> found("2018年底余额3.86亿元，2019年动用2.5亿元，年终补充4.17亿元，2019年底余额5.53亿元。")
[('5.53亿元', {'opening': ['3.86亿元'], 'income': ['4.17亿元'], 'outgo': ['2.5亿元']}, False)]
>>> found("年末债务余额80.2亿元，其中一般债务50亿元。年初余额75.1亿元，新增债券9.4亿元，偿还本金4.3亿元。")[0][1]["outgo"]
['4.3亿元']
>>> found("年初余额75.1亿元，利息支出1.2亿元；贷款余额80亿元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._ledger import Entry
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report

_NOUN = regex.compile(r"余额|结存|库存|存栏|在岗|在册|在职|在编|实有|存量")
_SAME = {"库存": "结存", "在册": "在岗", "在职": "在岗"}
_START = regex.compile(r"年初|期初|月初|上年年?[末底]|上期末|去年[末底]|原有")
_END = regex.compile(r"年年?[末底]|期末|月末|季末|年终|(?<![0-9])[0-9]{1,2}月[末底]|12月31日|截[至止]|目前")
_YEAR = regex.compile(r"((?:19|20)[0-9]{2})\s?年(?:年)?(?:[末底]|12月31日|12月底)")
_IN = regex.compile(r"新增|发行|增加|补充|转入|调入|举借|借入|提取|计提|注入|再融资[^,;。]{0,4}债券|置换债券|新招|招聘|录用|入库|购入|收到|收回(?=贷|借)|收入$|筹集")
_OUT = regex.compile(r"偿还|还本|归还|调用|动用|使用|支出|支付|退出|退休|离职|减少|化解|调出|转出|核销|出库|到期|辞职|去世|领用|发放|清退|拨付")
_RATES = regex.compile(r"[比较与同][^,;。]{0,8}(?:上年|年初|去年|同期|期初)|利息|占|人均")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        lines = [e for e in prose.ledger if e.said.role in ("amount", "delta") and not e.inner]
        for index, entry in enumerate(lines):
            if entry.said.role == "amount" and _opens(entry):
                yield from _moved(prose, lines, index)


def _opens(entry: Entry) -> bool:
    return bool(_NOUN.search(entry.words)) and bool(_START.search(entry.phrase) or _YEAR.search(entry.phrase)) and not _RATES.search(entry.words)


def _closes(entry: Entry, opening: Entry) -> bool:
    """Tell whether an amount is the same stock at a later time."""
    nouns = {_SAME.get(n, n) for n in _NOUN.findall(entry.words)} & {_SAME.get(n, n) for n in _NOUN.findall(opening.words)}
    before, after = (_YEAR.search(e.phrase) for e in (opening, entry))
    if not nouns or entry.figure.dimension != opening.figure.dimension or entry.said.role != "amount" or _RATES.search(entry.words):
        return False
    if _START.search(entry.phrase):
        return False
    if before and not _START.search(opening.phrase):
        return after[1] > before[1] if after else bool(_END.search(entry.phrase))
    return bool(_END.search(entry.phrase))


def _moved(prose: Prose, lines: Sequence[Entry], index: int) -> Iterator[Statement]:
    """What came and went after an opening amount, and the closing amount that it must come to."""
    opening = lines[index]
    came: list[Entry] = []
    went: list[Entry] = []
    loans = "贷款" in opening.words
    strange = False
    closing: Entry | None = None
    for entry in lines[index + 1:index + 12]:
        if entry.text > opening.text + 1 or _opens(entry) and not _closes(entry, opening):
            break
        if _closes(entry, opening):
            closing = entry
            break
        if entry.figure.dimension != opening.figure.dimension or _RATES.search(entry.phrase):
            continue
        if (moved := _direction(entry, loans)) is None:
            strange = True
            if entry.sentence != opening.sentence:
                break
        else:
            (came if moved else went).append(entry)
    ahead = closing is None
    if ahead:
        closing = next((e for e in reversed(lines[max(0, index - 8):index]) if opening.text - e.text <= 1 and _closes(e, opening)), None)
        between = [e for e in lines[max(0, index - 8):index] if closing is not None and e.at > closing.at]
        came, went = ([e for e in moved if e.text == opening.text] for moved in (came, went))
        came += [e for e in between if e.figure.dimension == opening.figure.dimension and _direction(e, loans) is True]
        went += [e for e in between if e.figure.dimension == opening.figure.dimension and _direction(e, loans) is False]
    if closing is None or not (came or went):
        return
    reading = Reading({"opening": (opening.figure,), "income": tuple(e.figure for e in came), "outgo": tuple(e.figure for e in went)})
    sure = not strange and not ahead and "债" not in opening.words and closing.sentence == opening.sentence
    last = max((closing, opening, *came, *went), key=lambda e: e.at)
    first = min((closing, opening), key=lambda e: e.at)
    yield Statement("balance", "balance", named(closing.said, closing.item.name), (reading,), prose.quote(first.said, last.said), guess=not sure)


def _direction(entry: Entry, loans: bool) -> bool | None:
    """Whether an amount came in (True) or went out; None where its words do not say. What is lent adds to loans."""
    if loans and (moved := regex.search(r"发放|回收|收回", entry.words)):
        return moved.group() == "发放"
    said = [(m.end(), way) for pattern, way in ((_IN, True), (_OUT, False)) for m in pattern.finditer(entry.words)]
    return max(said)[1] if said else None
