"""文中两数对比：甲比乙多、少（二季度比一季度多收）；两个年度的同名数与其变动率；比上年执行数、预算数增长。

对比的两数按名称、年度在同句或前一句寻找，两数都能对上的才读。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(*lines):
...     document = Document("", "", tuple(Paragraph(line, Place(paragraph=n)) for n, line in enumerate(lines, 1)))
...     return [(s.stated.text, [f.text for fs in s.readings[0].roles.values() for f in fs]) for s in find(Report(document))]
>>> found("一季度完成43.2亿元，二季度完成50.3亿元，二季度比一季度多收7.1亿元。")
[('7.1亿元', ['50.3亿元', '43.2亿元'])]
>>> found("三公经费2017年预算45.2万元，2016年预算51万元，变动率-11.37%。")
[('-11.37%', ['45.2万元', '51万元'])]
>>> found("上年执行数为137.3亿元。今年预算安排140.4亿元，比上年执行数增长2.3%。")
[('2.3%', ['140.4亿元', '137.3亿元'])]
>>> found("收入完成43.2亿元，比上年增长7.1%。")
[]
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from fusuan.model import Statement
from fusuan.patterns._changes import change, pair
from fusuan.patterns._items import Item
from fusuan.patterns._prose import Prose, prose_of
from fusuan.patterns._report import Report
from fusuan.patterns._said import Said
from fusuan.patterns.names.likeness import core

_MORE = regex.compile(r"(?P<one>[^,;。:比较]{2,16})[比较](?P<other>[^,;。:比较]{2,16}?)(?:净)?(?:多|少|增|减|高|低)[收支]?(?:加|出|长|了)?$")
_LIKE = regex.compile(r"[比较](?:上一?年|去年)(?:度)?(?P<basis>执行数?|决算数?|年初预算数?|预算数?|完成数?)(?:增长|下降|增加|减少|增|降|减)")
_END = regex.compile(r"年末(?:财政拨款)?(?:累计|滚存)?(?:结转|结余)|余额")
_START = regex.compile(r"(?:年初|上年末|期初)")
_BASES = {"执行": "执行|完成|决算|支出", "决算": "决算|执行", "预算": "预算", "年初": "年初预算", "完成": "完成|执行"}


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        for index, item in enumerate(prose.items):
            for said in item.said:
                if said.role == "delta" and (match := _MORE.search(said.pre.strip())):
                    yield from _two_named(prose, index, said, match["one"], match["other"])
                elif said.role == "delta" and _END.search(item.name):
                    yield from _since_opening(prose, index, said)
                elif said.role == "growth" and said.falls is None and "变动率" in said.pre:
                    yield from _two_years(prose, index, said)
                elif said.role == "growth" and (like := _LIKE.search(said.pre.strip())):
                    yield from _than_last(prose, index, said, like["basis"])


def _two_named(prose: Prose, index: int, said: Said, one: str, other: str) -> Iterator[Statement]:
    """Both amounts bear just the names that the wording compares, in this sentence or the one before."""
    near = [i for i in prose.items[max(0, index - 8):index + 1] if prose.items[index].sentence - i.sentence <= 1]
    now, then = (_of_year(near, name, said) or _named(near, name, said) for name in (one, other))
    if now and then and now is not then:
        yield change(prose, said, one, [pair(now, then)], then, guess=False)


def _of_year(items: list[Item], name: str, said: Said) -> Said | None:
    """2018年比2017年: the amount told of that year alone."""
    year = regex.search(r"((?:19|20)[0-9]{2})年度?$", name)
    told = [s for i in items if year and regex.search(rf"{year[1]}年度?[^0-9]{{0,4}}$", i.lead) for s in i.money[:1] if s is not said]
    return told[0] if len(told) == 1 else None


def _named(items: list[Item], name: str, said: Said) -> Said | None:
    for item in reversed(items):
        if core(item.name) == core(name) and len(core(name)) >= 2:
            return next((s for s in item.amounts if s.figure.dimension == said.figure.dimension and s is not said), None)
    return None


def _since_opening(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """年末结转结余,比年初(上年)增减: what it was at the start of the year is the balance brought forward."""
    item = prose.items[index]
    kind = regex.sub(r"年末|年初|上年末?|期末|期初", "", core(item.name))
    before = [s for i in reversed(prose.items[max(0, index - 40):index]) if item.text - i.text <= 3 for s in i.money
              if _START.search(i.lead[-24:]) and core(regex.sub(r"年末|年初|上年末?|期末|期初", "", i.name)) == core(kind)]
    if item.money and before and not item.of("prior"):
        yield change(prose, said, item.name, [pair(item.money[0], before[0])], before[0], guess=True)


def _two_years(prose: Prose, index: int, said: Said) -> Iterator[Statement]:
    """The amounts of two years told in the sentence, both of the same kind."""
    item = prose.items[index]
    near = [i for i in prose.items[max(0, index - 4):index + 1] if i.sentence == item.sentence and i.money and i.year]
    years = sorted({i.year for i in near})
    if len(near) == 2 and len(years) == 2 and int(years[1]) == int(years[0]) + 1:
        now, then = (next(i.money[0] for i in near if i.year == year) for year in reversed(years))
        yield change(prose, said, item.name, [pair(now, then)], min(now, then, key=lambda s: (s.text, s.start)), guess=False)


def _than_last(prose: Prose, index: int, said: Said, basis: str) -> Iterator[Statement]:
    """比上年执行数增长: the amount told under that word a sentence or two before."""
    item = prose.items[index]
    words = _BASES[basis[:2]]
    now = item.money[-1:] if item.money else []
    before = [s for i in reversed(prose.items[max(0, index - 6):index]) if item.text - i.text <= 1 and item.sentence - i.sentence <= 3
              for s in i.money if regex.search(words, s.pre) and s.figure.dimension == "money" and s not in now]
    if now and before:
        yield change(prose, said, item.name, [pair(now[0], s) for s in before[:3]], before[0], guess=True)
