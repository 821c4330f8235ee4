"""The amounts of a running text as the lines of an account: each with its words, and whether it stands in a list within.

What is said inside a bracket or after 其中 is a part of an amount before it, no line of the account of its own.

>>> def lines(text):
...     return [(e.figure.text, e.words, e.inner) for e in entries(items_in((Text.of(Paragraph(text, Place())),)))]
>>> lines("收入52万元，其中：税收收入30万元，非税收入22万元；支出41万元（含还本3万元）。结余11万元。")[1:5]
[('30万元', '税收收入', True), ('22万元', '非税收入', True), ('41万元', '支出', False), ('3万元', '含还本', True)]
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

import regex

from model import Figure, Paragraph, Place
from patterns._items import Item, items_in
from patterns._report import Text
from patterns._said import Said

__all__ = ["BEFORE", "TOTAL", "Entry", "Paragraph", "Place", "Text", "entries", "items_in", "line_of", "side_of", "tops"]

_NESTS = regex.compile(
    r"其中|(?<!不)包括|包含|(?<!不|包)含|主要(?:是|为|用于)|具体(?:为|是|包括)|分别(?:为|是)|[一1]是|如下|(?:构成|去向|明细|结构)[为是:]|^:|"
    r"分(?:级次|项目|科目|税种|地区|险种|县区)[^,;。]{0,6}[,:]|按[^,;。]{1,12}(?:分|看|划分|分类)[,:]|从[^,;。]{1,12}看[,:]")
# a grand total by its name
TOTAL = regex.compile(
    r"(?:收入|支出|收支|财力|资金|来源|指标|预算|收|支)(?:总(?:量|计|额|数|预算|财力|规模)|合计|共计|相加)(?:数|额)?(?:达到?|为|是|安排|完成|实现|约|:)*$|"
    r"总(?:收入|支出|财力|来源|资金|指标)(?:合计|共计|总计)?(?:达到?|为|是|安排|完成|实现|约|:)*$|"
    r"可(?:供?(?:使用|用|支配|安排|统筹|支出))的?(?:资金|财力|指标|收入|预算)?(?:总?(?:量|计|额|数)|合计|共计|共)?(?:达到?|为|是|约|:)*$")
# when what was left over before was left
BEFORE = r"(?:年初|上年末?|上年底|上一年|期初|月初|季初|以前年度|历年|原有|上(?:半年|季度?|学期|期|月)末?)"
# a heading on the line of its paragraph, and what joins a name to the one before
_HEADING = regex.compile(r"^.*(?:情况|说明|安排)\s+(?=[^\s])|^[\s、,)]*(?:加上?|和|及)?[\s:、,]*")
_NUMBERED = regex.compile(r"\n\s*(?:[0-9]{1,2}[.、]|\([0-9]{1,2}\)|[①-⑳]|——|[一二三四五六七八九十]是)[^\n]*$")
_COLON = regex.compile(r"[^\n。]{0,12}:\s*" + _NUMBERED.pattern)
_CLOSED = regex.compile(r"\([^()]*\)")
_AFRESH = regex.compile(
    r"(?:以上|上述|加上|加之)[^,;。]*$|[。;,]加(?!强|大|快|权)[^,;。]*$|"
    r"[,;](?:截[至止][^,;]{0,16},)?(?:已|实际|累计|目前|尚[有余未]|结余|剩余|年末|年终|期末|全年(?:实际)?支出|"
    r"(?:本年|当年|本期|当期)(?:收支|结余|盈余|结转|支出)|收支|结转|净结余)[^,;。]*$|"
    r";(?:全年|已|实际|累计|共)?(?:发放|拨付|支付|使用|兑付|支出|结算)[^,;。]{0,6}$")
_STOPS = regex.compile(r"[;。\n]")
_SIDES = regex.compile(r"收入|支出")
_SENTENCE_ENDS = regex.compile(r"[。\n]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount with its item. `words` are those of its clause, `phrase` all since the figure before or the sentence's start.

    `inner`: it stands in a bracket or in a list of parts.
    """

    said: Said
    item: Item
    words: str
    phrase: str
    inner: bool

    @property
    def figure(self) -> Figure:
        return self.said.figure

    @property
    def text(self) -> int:
        return self.said.text

    @property
    def at(self) -> tuple[int, int]:
        return self.said.text, self.said.start

    @property
    def sentence(self) -> tuple[int, int]:
        return self.said.text, self.item.sentence


def entries(items: Sequence[Item]) -> list[Entry]:
    """Return every amount (and change) said of the items, in the order of the text."""
    found: list[Entry] = []
    nest: tuple[str, str] | None = None
    numbered = False
    for item in items:
        nest = _nest(item, nest)
        # a list of numbered paragraphs under an amount that ends in a colon: 支出946万元:\n1、工资789万元
        if "\n" in item.lead:
            numbered = bool(_NUMBERED.search(item.lead) if numbered else _COLON.match(item.lead))
        inner = nest is not None or item.depth > 0 or numbered
        found += (Entry(said, item, _words(said, item), _STOPS.split(said.gap)[-1], _within(said, item, inner))
                  for said in item.said if said.role in ("amount", "delta", "prior", "base"))
    found.sort(key=lambda e: e.at)
    return [replace(entry, words=before.words) if _of_count(entry, before) else entry
            for before, entry in zip([found[0], *found] if found else [], found, strict=False)]


def _of_count(entry: Entry, before: Entry) -> bool:
    """Tell whether an amount stands beside a count that bears its name: 资助17310人次813.28万元; 发放6836人、410.16万元."""
    return not entry.words and entry.figure.dimension == "money" != before.figure.dimension and entry.text == before.text \
        and entry.said.gap.strip() in ("", "、", ",", "共", "计")


def tops(found: Sequence[Entry]) -> Iterator[Entry]:
    """The amounts of money that are lines of the account, lists within left out."""
    return (e for e in found if not e.inner and e.said.role == "amount" and e.figure.dimension == "money")


def line_of(name: str) -> str:
    """The class of what is added to a fund's own revenue or expenditure; empty for that itself.

    >>> line_of("地方政府专项债务转贷收入"), line_of("上年结转"), line_of("一般公共预算收入"), line_of("补充预算稳定调节基金")
    ('债务收入', '上年结余', '', '补充调节基金')
    """
    return _line(name)[0]


def side_of(name: str) -> str:
    """Whether an amount is income (收) or outgo (支); empty where the name does not say."""
    if side := _line(name)[1]:
        return side
    found = _SIDES.findall(name)
    return {"收入": "收", "支出": "支"}[found[-1]] if found else ""


@lru_cache(maxsize=20_000)
def _line(name: str) -> tuple[str, str]:
    bare = _HEADING.sub("", name)
    return next(((line, side) for line, side, words in _lines() if words.search(bare)), ("", ""))


@cache
def _lines() -> tuple[tuple[str, str, regex.Pattern[str]], ...]:
    table = tomllib.loads((files("patterns") / "_fund_lines.toml").read_text(encoding="utf-8"))
    return tuple((entry["name"], entry["side"], regex.compile(entry["words"])) for entry in table["line"])


def _words(said: Said, item: Item) -> str:
    if said.rank is not None:
        return said.name
    return said.pre.strip() or (item.name if said is item.said[0] else "")


def _within(said: Said, item: Item, inner: bool) -> bool:
    """Tell whether a figure stands within, its item does or not: 收入52万元(预算50万元); 其中…乙地65万元,实际支出…"""
    if said is item.said[0]:
        return inner
    return said.gap.count("(") > said.gap.count(")") or inner and not _AFRESH.search(said.gap)


def _nest(item: Item, nest: tuple[str, str] | None) -> tuple[str, str] | None:
    """The list that an item stands in: side and class of its first part; None where it stands in none."""
    if item.depth:
        return nest
    lead = _CLOSED.sub("", item.lead)
    sentence = _SENTENCE_ENDS.split(lead)[-1]
    own = side_of(item.name), line_of(item.name)
    opened = list(_NESTS.finditer(sentence))
    if opened and ";" not in sentence[opened[-1].end():]:
        return own
    if nest is None or "。" in lead or "\n" in lead or _AFRESH.search(lead):
        return None
    # after a semicolon the other side of the account, or another class of additions, is none of the parts
    apart = own[1] and nest[1] and own[1] != nest[1]
    if apart or ";" in lead and (own[1] != nest[1] or own[0] and own[0] != nest[0]):
        return None
    return nest
