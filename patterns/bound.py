"""用成数说的占比与增长：“占比超九成”“增加逾七成”“占近一半”“翻一番”，对照同一句里的两个数。

只认同一句里、话前面恰有两个同单位的数的（占比：部分与总数；增长：本年与上年）；三个以上、分在两句的不判。

>>> from fusuan.model import Document, Paragraph, Place
>>> def found(line):
...     return [(s.stated.text, s.facts["limit"], [f.text for f in s.figures]) for s in find(Report(Document("", "", (Paragraph(line, Place()),))))]
>>> found("登记渡口35处，其中安装护栏33处，占比超九成。"), found("客运收入8.4万元，上年为4.1万元，翻了一番。")
([('占比超九成', '90', ['33处', '35处'])], [('翻了一番', '100', ['8.4万元', '4.1万元'])])
>>> found("渡口35处，护栏33处，灯具30盏，码头12处，占比超九成。"), found("老年人占比超九成。"), found("支出增长9%。")
([], [], [])
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from fusuan.model import Figure, Reading, Statement, Words
from fusuan.patterns._items import Item
from fusuan.patterns._prose import prose_of
from fusuan.patterns._report import Report, Text

_BOUND = r"(?P<bound>逾|超过?了?|近|接近|不足|不到)"
_MUCH = r"(?:(?P<tenths>[一二三四五六七八九])成(?P<five>半)?|(?P<half>一半|半数)|(?P<number>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?%)"
_SHARE = regex.compile(rf"占(?:比|[^,;。0-9占]{{0,12}}的)?{_BOUND}{_MUCH}")
_GROWTH = regex.compile(rf"(?:(?P<down>减少|下降|降低|降幅)|增长|增加|上升|增幅)(?:幅度)?{_BOUND}{_MUCH}")
_DOUBLED = regex.compile(r"(?<!几乎|接近|近|有望|力争|目标)翻(?:了)?(?:一)?番")
_TENTHS = dict(zip("一二三四五六七八九", range(10, 100, 10), strict=True))
_WORTH = regex.compile(r"[成半番]|逾")


def find(report: Report) -> Iterator[Statement]:
    for prose in prose_of(report):
        by_text: dict[int, list[Item]] = {}
        for item in prose.items:
            by_text.setdefault(item.text, []).append(item)
        for index, text in enumerate(prose.texts):
            for pattern in (_SHARE, _GROWTH, _DOUBLED) if _WORTH.search(text.folded) else ():
                for match in pattern.finditer(text.folded):
                    yield from _statement(text, match, by_text.get(index, []))


def _statement(text: Text, match: regex.Match[str], items: list[Item]) -> Iterator[Statement]:
    groups = match.groupdict()
    if groups.get("number") and groups["bound"] != "逾":
        # a figure with a comparator is read as any rate
        return
    start = max((text.folded.rfind(stop, 0, match.start()) for stop in "。;\n!"), default=-1) + 1
    pair = _pair(items, start, match)
    if pair is None:
        return
    words = Words(text.paragraph.text[match.start():match.end()], text.paragraph.place, match.span())
    facts = {"limit": _limit(groups), "bound": _bound(groups), "measure": "share" if match.re is _SHARE else "fall" if groups.get("down") else "growth"}
    yield Statement("bound", "trend", words, (Reading({"now": (pair[0],), "before": (pair[1],)}),), text.paragraph.text[start:match.end()].strip(), facts)


def _pair(items: list[Item], start: int, match: regex.Match[str]) -> tuple[Figure, Figure] | None:
    """The two amounts of the sentence that the words stand behind: part and whole, or now and before."""
    said = [s for item in items for s in item.said if start <= s.start < match.start() and s.role in ("amount", "prior", "base")]
    units = {s.figure.dimension for s in said}
    if len(said) != 2 or len(units) != 1 or "" in units or "rate" in units or any(s.figure.sign for s in said):
        return None
    first, second = said
    if match.re is _SHARE:
        return (second.figure, first.figure) if second.figure.base <= first.figure.base and second.role == "amount" == first.role else None
    then = [s for s in said if s.role == "prior"]
    if len(then) != 1:
        return None
    return (second.figure, first.figure) if then[0] is first else (first.figure, second.figure)


def _limit(groups: dict[str, str | None]) -> str:
    if tenths := groups.get("tenths"):
        return str(_TENTHS[tenths] + (5 if groups.get("five") else 0))
    return groups.get("number") or ("50" if groups.get("half") else "100")


def _bound(groups: dict[str, str | None]) -> str:
    word = groups.get("bound") or ""
    return "近" if word in ("近", "接近") else "<" if word in ("不足", "不到") else ">" if word else "="
