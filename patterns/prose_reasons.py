"""文中增减额的构成：增减额与其后所列原因的增减额，所列各项增减额与其后的合计。

增减额之后写明“主要是、其中、原因是”及各项金额的，各项之和与增减额核对；“共计增收、两项合计减收”与其前各项核对。
原因往往没有列全，合不上时不判不符。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.readings[0]["parts"]], s.guess) for s in find(Report(document))]
>>> found("决算比预算增加767.48万元，主要是省级资金追加640万元、抢修资金追加127.48万元。")
[('767.48万元', ['640万元', '127.48万元'], True)]
>>> found("房地产业减收1693万元，留抵退税减收697万元，两项合计减收2390万元。")
[('2390万元', ['1693万元', '697万元'], False)]
>>> found("比上年增加35万元，主要是人员增加。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from fusuan.model import Reading, Statement
from fusuan.patterns._prose import Prose, named, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns.figures.chinese import number

_REASON = regex.compile(r"^[^;。]{0,24}?(?:主要(?:是|系|为|原因|由于|来源|用于)|其中|原因(?:是|为|:|系))")
# 核减的主要原因是：1.…；2.…
_WHY = regex.compile(r"。(?:核减|审减|增加|减少|增长|下降|超支|节约)的?(?:主要)?原因(?:是|为|如下|主要是)?:?")
_ADDS = regex.compile(r"追加|增加|新增|增长|补助|增收|增支|多计|高套|差|减少|核减|压减|减收|下达|安排|调入")
_IN_ALL = regex.compile(r"(?P<count>[两二三四五六七八九十])?(?:[项类个笔因素者]{1,2})?(?:合计|共计|总计|累计|共)(?:[增减][收支加少]|核减|压减|节约|调[增减])")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for index, item in enumerate(prose.items):
            for said in item.of("delta"):
                if said.figure.dimension == "money":
                    yield from _closing(prose, index, said)
                    yield from _reasons(prose, index, said)


def _reasons(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """What follows in the same sentence behind 主要是: amounts added (or cut), no changes of their own."""
    after = [i for i in prose.items[index + 1:index + 14] if i.text == said.text and i.depth == prose.items[index].depth]
    listed: list[Said] = []
    for item in after:
        first = item.said[0]
        if not listed and first.start < said.start:
            continue
        if not listed and not (_REASON.search(item.lead) or _WHY.search(item.lead)):
            if said.role == "delta" and item.said[0].role in ("rate", "growth"):
                continue
            return
        if listed and ("。" in item.lead or regex.search(r"其中", item.lead)):
            break
        if first.role not in ("amount", "delta") or first.figure.dimension != "money" or not _ADDS.search(first.pre + item.lead):
            break
        listed.append(first)
    if len(listed) >= 2:
        readings = [Reading({"parts": tuple(named(s, s.name) for s in listed[:end])}) for end in range(len(listed), 1, -1)]
        yield Statement("parts", "growth", named(said, prose.items[index].name + "增减"), tuple(readings[:4]), prose.quote(said, listed[-1]), guess=True)


def _closing(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """共计增收, 两项合计减收: the changes of that direction told before, as many as the wording counts."""
    match = _IN_ALL.search(said.pre)
    if match is None:
        return
    before = [s for i in prose.items[max(0, index - 16):index + 1] for s in i.of("delta") if s.figure.dimension == "money"
              and s.falls == said.falls and said.text - s.text <= 1 and (s.text, s.start) < (said.text, said.start)]
    before = _since(before)
    count = int(number(match["count"].replace("两", "二")) or 0) if match["count"] else 0
    counted = len(before) >= count >= 2
    runs: Sequence[Sequence[Said]] = [before[-count:]] if counted else [before]
    if len(runs[0]) >= 2:
        reading = Reading({"parts": tuple(named(s, s.name) for s in runs[0])})
        yield Statement("parts", "growth", named(said, "合计增减"), (reading,), prose.quote(runs[0][0], said), guess=not counted)


def _since(changes: Sequence[Said]) -> list[Said]:
    """The changes since the last that was itself a total."""
    kept: list[Said] = []
    for said in reversed(changes):
        if _IN_ALL.search(said.pre):
            break
        kept.insert(0, said)
    return kept
