"""文中数量与单价：63人×1000元/人×12个月＝总额；人均、户均、平均每辆＝总额÷数量。

数量、标准、总额须在同一句内且各只一个；“等”“以上”等不定的标准不算。

>>> from model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for f in s.figures[1:]]) for s in find(Report(document))]
>>> found("慰问困难职工63人，每人1000元，共支出6.3万元。")
[('6.3万元', ['63人', '1000元'])]
>>> found("国内公务接待52批次、410人次，共支出4.10万元，人均100元。")
[('100元', ['4.10万元', '410人次'])]
>>> found("每人1000元的标准已经执行。"), found("培训63人，支出6.3万元。")
([], [])
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from model import MONEY, Reading, Statement
from patterns._prose import Prose, named, prose_of
from patterns._report import Report
from patterns._said import Said

_EACH = regex.compile(r"(?:人均|户均|亩均|车均|次均|(?:平均)?每(?:人次|批次|公里|平方米|[人户亩辆名次台个套村生座处所场期间条眼棵件]))"
                      r"[\u4e00-\u9fff:]{0,8}$")
_PRICE = regex.compile(r"(?:每(?:人|户|亩|辆|名|次|台|个|套|村|生)|单价|标准)(?:每?月|每?年|补助|补贴|发放|奖励|标准|给予|为|按|是|[:])*$")
_TOTAL = regex.compile(r"(?:共|共计|合计|总计|总额|(?<![统预设审])计|需|累计|应)(?:支出|发放|补助|补贴|投入|兑付|资金|支付|安排|拨付|为|需|约|[\u4e00-\u9fff]{2}[金费款])*$")
_CLASSIFIER = {"人": ("人", "名", "人次"), "名": ("人", "名"), "生": ("人", "名"), "户": ("户",), "亩": ("亩",), "辆": ("辆", "台"),
               "车": ("辆", "台"), "台": ("台", "辆"), "次": ("次", "人次", "批次", "场次"), "批次": ("批次",), "人次": ("人次",),
               "个": ("个",), "套": ("套",), "公里": ("公里",), "平方米": ("平方米",), "村": ("个", "村")}


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        before: list[Said] = []
        for sentence in _sentences(prose):
            yield from _average(prose, sentence, before)
            pieces = _pieces(sentence)
            for piece in pieces if len(pieces) > 1 else [sentence]:
                yield from _product(prose, piece)
            before = sentence


def _sentences(prose: Prose) -> Iterator[list[Said]]:
    held: list[Said] = []
    at = (-1, -1)
    for item in prose.items:
        if (item.sentence, item.text) != at and held:
            yield held
            held = []
        at = (item.sentence, item.text)
        held += [s for s in item.said if s.figure.unit]
    yield held


def _pieces(sentence: Sequence[Said]) -> list[list[Said]]:
    """小学8人，每生3元，计…；初中2人，每生5元，计…: each piece between semicolons is a product of its own."""
    pieces: list[list[Said]] = [[]]
    for said in sentence:
        if pieces[-1] and ";" in said.gap:
            pieces.append([])
        pieces[-1].append(said)
    return pieces


def _of(word: str) -> tuple[str, ...]:
    """The classifiers that go with 人均, 每户, 平均每辆."""
    found = regex.search(r"(人|户|亩|车|次)均|每(批次|人次|公里|平方米|[人户亩辆名次台个套村生座处所场期间条眼棵件])", word)
    return _CLASSIFIER.get(found[1] or found[2], (found[2],)) if found else ()


def _counts(sentence: Sequence[Said], units: Sequence[str]) -> list[Said]:
    many = [unit for unit in units if unit in ("人", "人次", "户", "亩")]
    return [s for s in sentence if s.figure.value > 0 and (s.figure.unit in units and s.figure.decimals == 0
                                                           or s.figure.unit[:1] == "万" and s.figure.unit[1:] in many)]


def _average(prose: Prose, sentence: Sequence[Said], sooner: Sequence[Said]) -> Iterator[Statement]:
    """人均: the one amount before it over the one count of that kind."""
    for position, said in enumerate(sentence):
        units = _of(said.pre) if said.figure.dimension == "money" and _EACH.search(said.pre.rstrip()) else ()
        before = sentence[max(0, position - 40):position]
        money = [s for s in before if s.figure.dimension == "money" and not _EACH.search(s.pre.rstrip()) and s.role == "amount"]
        counts = _counts(before, units)
        told = bool(counts)
        counts = counts or _counts(sooner, units)
        if len(money) > 1 and "其中" in money[1].gap:
            money = money[:1]
        if len(money) != 1 or not counts or regex.search(r"标准|限额|不超|以内", said.pre + said.post):
            continue
        if not _EACH.search(said.pre.rstrip()) or not regex.search(r"均", said.pre):
            continue
        readings = tuple(Reading({"dividend": (money[0].figure,), "divisors": (c.figure,)}) for c in counts[::-1])
        yield Statement("product", "rate", named(said, said.pre.strip()), readings,
                        prose.quote(min(money[0], counts[0], key=lambda s: s.start), said), guess=len(counts) > 1 or not told)


def _product(prose: Prose, sentence: Sequence[Said]) -> Iterator[Statement]:
    """So many at such a price each: the total follows, said to be one."""
    prices = [s for s in sentence if s.figure.unit.partition("/")[0] in MONEY
              and ("/" in s.figure.text or _PRICE.search(s.pre.rstrip()) or "/" in s.post[:1])]
    if len(prices) != 1 or prices[0].figure.sign:
        return
    unit = prices[0].figure.unit.partition("/")[0]
    price = replace(prices[0], figure=replace(prices[0].figure, unit=unit))
    words = price.pre + price.figure.text + price.post
    if regex.search(r"不等|^\s*[-~至到]", price.post):
        return
    units = _of(price.pre) or _of("每" + (regex.findall(r"/(.)", price.figure.text + price.post) or [""])[0])
    counts = _counts(sentence, units)
    totals = [s for s in sentence if s.figure.dimension == "money" and s is not prices[0] and _TOTAL.search(s.pre.rstrip())
              and s.start > price.start]
    if len(totals) == 2 and regex.search(r"合计|共计|总计", totals[1].pre):
        totals = totals[:1]
    if len(counts) != 1 or len(totals) != 1:
        return
    factors = [counts[0], price]
    if "月" in words:
        months = [s for s in sentence if s.figure.unit == "个月"]
        if len(months) != 1:
            return
        factors.append(months[0])
    yield Statement("product", "sum", named(totals[0], totals[0].name), (Reading({"factors": tuple(s.figure for s in factors)}),),
                    prose.quote(min(factors, key=lambda s: s.start), totals[0]))
