"""文中余款：安排（到位、预算）A，支出（拨付、发放）B，剩余（结余、结转、未支付）C，C = A − B。

支出从同一句或上一句找，总数可在几句以前；三者同句且各只有一个的，合不上即判不符，其余只在明显笔误时报告。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.readings[0]["opening"] + s.readings[0]["outgo"]], s.guess) for s in find(Report(document))]
>>> found("资金到位84.2万元，已支付80.5万元，剩余3.7万元。")
[('3.7万元', ['84.2万元', '80.5万元'], False)]
>>> found("下达补助84.2万元，其中中央60万元。", "全年发放80.5万元，执行率95.6%，结余3.7万元。")
[('3.7万元', ['84.2万元', '80.5万元'], True)]
>>> found("年初结余15.8万元，收入84.2万元，支出80.5万元，年末结余19.5万元。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._ledger import TOTAL, Entry
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report

_LEFT = regex.compile(
    r"(?:剩余|结余|尚余|节余|余额|余|结转(?:下年|次年|结余|资金)?|结存|库存|沉淀|质保金|"
    r"[尚还]?(?<!从)未(?:支付|使用|拨付|支出|兑付|兑现|发放|执行|列支|结算|完成支付|下达|形成支出|付))(?:的)?(?:资金|款|余额|结余|使用|部分|预算|指标|金额)*(?:为|共|有|达|约|:)*$|"
    r"^(?:年末|期末|年底|年终)(?:剩余|结[余转存]|结转结余|结转和结余|余额)")
_WAITING = regex.compile(r"^\s*(?:资金)?(?:待(?:结算|拨付|支付|下达|兑付|发放)|未(?:支付|拨付|支出|使用|付)|尚未|质保金|结转|正在)")
_NOT = regex.compile(r"年初|上年|以前年度|历年|期初|累计|滚存|债务|存量|率|贷款|基金余额|收支")
_GIVEN = regex.compile(r"到位|预算|收入|下达|安排|总额|资金|拨入|投入|合同|投资|指标|补助|经费|收到|应|捐赠|合计|共计|计划|批复|拨款|借款|款$|调整|中标价|成交价|控制价")
_FULL = regex.compile(r"全年预算|调整|可(?:供?使用|用|支配)|合计|共计|总|到位|收到|接收")
_WHOLE = regex.compile(r"可(?:供?使用|用|支配)")
_SPENT = regex.compile(
    r"动用|动支|支付|支出|使用|拨付|支取|列支|发放|兑付|兑现|执行|完成投资|花费|开支|结算|用款|已[拨付用]|实拨|实付|实际(?:完成|采购)|资助|决算|实支|报账")
_BEFORE = regex.compile(r"支出预算|预算支出|支出(?:指标|计划)|可(?:供?使用|支配|支出)|计划|应(?!急)|安排支出|批复[^,;。]*支出$|下达|未")
_OLD = regex.compile(r"(?:年初|上年|期初|以前年度)[^,;。]{0,6}(?:结[转余存]|余额)")
_YEAR_END = regex.compile("年末|期末|年终|年底")
_PRICE = regex.compile(r"每|人均|标准|平均")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        lines = [e for e in prose.ledger if e.figure.dimension == "money" and e.said.role in ("amount", "base")]
        for index, entry in enumerate(lines):
            if entry.said.role == "amount" and _is_left(entry) and not (entry.inner and "其中" in entry.phrase
                                                                        or regex.search("收支|相抵", entry.phrase) or entry.said.gap.startswith("中")):
                yield from _left(prose, lines, index)


def _is_left(entry: Entry) -> bool:
    words = entry.words.strip()
    if _NOT.search(words):
        return False
    return bool(_LEFT.search(words)) or bool(_WAITING.match(entry.said.post)) and bool(regex.match(r"尚?(?:有|余|剩)?$", words))


def _left(prose: Prose, lines: Sequence[Entry], index: int) -> Iterator[Statement]:
    entry = lines[index]
    before = [e for e in lines[max(0, index - 24):index] if entry.text - e.text <= 6]
    here = [e for e in before if e.sentence == entry.sentence]
    if any(_OLD.search(e.words) and not e.inner for e in here[1:]) or len(here) > 2 and _OLD.search(here[0].words):
        return
    if _YEAR_END.search(entry.words) and any(_OLD.search(e.words) and not e.inner for e in before[-12:]) \
            or here and _is_left(here[-1]):
        return
    if parts := list(_of_part(prose, entry, before)):
        yield from parts
        return
    spent = _spent(before, here)
    given = _given(before, spent[0]) if spent else []
    if several := _several(here, spent):
        yield Statement("balance", "balance", named(entry.said, entry.item.name),
                        (Reading({"income": tuple(e.figure for e in several), "outgo": tuple(e.figure for e in spent)}),),
                        prose.quote(several[0].said, entry.said), guess=True)
    if not given:
        yield from _of_base(prose, entry, here)
        return
    ways = tuple(Reading({"opening": (g.figure,), "outgo": tuple(s.figure for s in spent)}) for g in given)
    tops = [e for e in here if not e.inner and e.said.role == "amount"]
    sure = len(given) == 1 and given[0] in tops and len(tops) == 1 + len(spent) and not regex.search("年末|年终|期末|结转", entry.words)
    first = min(given[0], spent[0], key=lambda e: e.at)
    yield Statement("balance", "balance", named(entry.said, entry.item.name), ways, prose.quote(first.said, entry.said), guess=not sure)


def _several(here: Sequence[Entry], spent: Sequence[Entry]) -> list[Entry]:
    """收入A,补助B,支出C,结余D: several that came in, never added up in words."""
    came = [e for e in here if spent and e.at < spent[0].at and not e.inner and e.said.role == "amount"]
    plain = all(regex.search(r"收入|补助|拨款|下达|安排|到位|收到|自筹|配套", e.words) and not TOTAL.search(e.words) and not _FULL.search(e.words)
                and not _is_spent(e) for e in came)
    return came if len(came) >= 2 and plain else []


def _is_spent(entry: Entry) -> bool:
    return bool(_SPENT.search(entry.words)) and not _BEFORE.search(entry.words) and not _PRICE.search(entry.words) \
        and entry.said.role == "amount" and not _is_left(entry)


def _spent(before: Sequence[Entry], here: Sequence[Entry]) -> list[Entry]:
    """What was spent: all that the sentence names, else the last that was named before."""
    own = [e for e in here if _is_spent(e) and not e.inner]
    if own:
        return own[-2:] if len(own) > 1 and own[-1].words.strip() != own[-2].words.strip() and "和" in own[-1].phrase else own[-1:]
    return next(([e] for e in reversed(before) if _is_spent(e) and not e.inner), [])


def _given(before: Sequence[Entry], spent: Entry) -> list[Entry]:
    """What there was to spend, the likeliest first: the nearest that tells a whole (可用资金, 调整预算), then the nearest."""
    found = [e for e in reversed(before) if e.at < spent.at and (not e.inner or _same(e, spent)) and e.said.role == "amount"
             and not _PRICE.search(e.words) and (_GIVEN.search(e.words) or _GIVEN.search(e.item.name) or TOTAL.search(e.words))
             and not _is_spent(e) and (not _is_left(e) or _OLD.search(e.words)) and e.figure.base > spent.figure.base]
    if not found:
        return []
    same = [e for e in found if e.inner][:1]
    full = next((e for e in found if not e.inner and _FULL.search(e.words)), found[0])
    nearest = next((e for e in found if not e.inner), found[0])
    likely = [*same, *((full, nearest) if full.text == nearest.text or _WHOLE.search(full.words) else (nearest, full))]
    return list({e.figure.base: e for e in reversed(likely)}.values())[::-1][:2]


def _same(entry: Entry, spent: Entry) -> bool:
    """Tell whether a part of what there was is what was spent of: 其中财政拨款A…财政拨款实际支出B."""
    name = regex.sub(r"其中|收入|为|[\s,:(]", "", entry.words)
    return len(name) >= 4 and name in spent.words


def _of_base(prose: Prose, entry: Entry, here: Sequence[Entry]) -> Iterator[Statement]:
    """支出A，占预算B的95%，结余C: the amount there was is the base of a rate."""
    base = next((e for e in reversed(here) if e.said.role == "base"), None)
    spent = next((e for e in reversed(here) if base is not None and e.at < base.at and _is_spent(e)), None)
    if base is not None and spent is not None:
        reading = Reading({"opening": (base.figure,), "outgo": (spent.figure,)})
        yield Statement("balance", "balance", named(entry.said, entry.item.name), (reading,), prose.quote(spent.said, entry.said), guess=True)


def _of_part(prose: Prose, entry: Entry, before: Sequence[Entry]) -> Iterator[Statement]:
    """已使用A，其中已结算B，尚有C待结算: what waits is the rest of the whole just named."""
    part = before[-1] if before and before[-1].inner and regex.search("其中", before[-1].phrase) and _SPENT.search(before[-1].words) else None
    whole = next((e for e in reversed(before[:-1]) if part is not None and not e.inner and e.figure.base > part.figure.base), None)
    if part is not None and whole is not None and whole.text == entry.text and regex.search("尚|其余|剩余|余下", entry.words):
        reading = Reading({"opening": (whole.figure,), "outgo": (part.figure,)})
        yield Statement("balance", "balance", named(entry.said, entry.item.name), (reading,), prose.quote(whole.said, entry.said), guess=True)
