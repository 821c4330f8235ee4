"""The words that suggest something, from cues.toml, made into patterns once.

>>> CHANGE.search("比上年增加")["up"], CHANGE.search("较去年下降了")["down"]
('增加', '下降')
>>> bool(OPENS.search("其中:")), bool(CLOSING.search("三项合计为"))
(True, True)
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

import regex

CUES: dict[str, Any] = tomllib.loads((files(__package__) / "cues.toml").read_text(encoding="utf-8"))


def _any(words: Iterable[str]) -> str:
    """An alternation, the longest word first."""
    return "|".join(regex.escape(word) for word in sorted(words, key=len, reverse=True))


def _one_of(section: str, key: str = "words") -> regex.Pattern[str]:
    return regex.compile(_any(CUES[section][key]))


HAN = "一二三四五六七八九十"
UP, DOWN, NEUTRAL = (_any(CUES["direction"][key]) for key in ("up", "down", "neutral"))
_TAIL = rf"(?:{_any(CUES['direction']['tail'])})*+$"
CHANGE = regex.compile(rf"(?:(?P<down>{DOWN})|(?P<up>{UP})|(?P<neutral>{NEUTRAL})){_TAIL}")
SWING = regex.compile(rf"(?:{_any(CUES['direction']['swing'])}){_TAIL}")
EITHER, FALLS = regex.compile(rf"{DOWN}|{UP}"), regex.compile(DOWN)
CHANGES_AFTER = regex.compile(rf"\s*[,(]?\s*(?:(?:相比较?|对比|比较)\s*,?\s*|同比)?(?:{UP}|{DOWN})")
CHANGED_TO = regex.compile(rf"(?:{UP}|{DOWN}|调整)(?<!幅)(?:至|到|为)[^,;。]{{0,6}}$")
REACHED = regex.compile(rf"(?:由|从)[^,;。]{{0,20}}(?:{UP}|{DOWN}|调整)(?:至|到|为)[^,;。]{{0,4}}$")
"""A percentage that another one has become: 比重由 10.9% 上升到 is a share still."""
YEAR_ALONE = regex.compile(r"[(,]\s*(?:(?:1[89]|20)[0-9]{2}\s?年|上年|去年|上年同期|去年同期)(?:度|同期)?(?:[决预]算数?|执行数?)?(?:为|是|:)?\s*$")
"""A year and nothing else: 下降 6.1%（2017年 2.46 万对）."""
IN_COMPARISON = regex.compile(r"(?:比|较|与|同)[^,;。()]{0,8}(?:[0-9]{4}\s?年|上年|去年|同期|上月|上期)[^,;。()]{0,8}\(\s*$")
"""An amount in brackets behind the year compared with: 与 2011 年（25.07 万元）相比."""
GROWTH = regex.compile(rf"(?:{_any(CUES['growth']['words'])})[^,;。0-9]{{0,6}}$")
SHARE = regex.compile(r"占[^,;。]{0,40}$|(?:占比|比重|比例|份额|占)[^,;。0-9]{0,8}$")
WHOLE = regex.compile(r"(?:占|完成|达到?|为|相当于)([^,;。占]{2,24}?)(?:的|比重|比例)*(?:约|近|为|达到?|是)?\s*$")
"""What a share or a completion is said to be of."""
DONE = regex.compile(r"(?:完成|达到?|为|是|相当于|实现|占)[^,;。]{0,30}的\s*$")
RATE_NAME = regex.compile(r"([\u4e00-\u9fff]{0,12}?(?:率|进度|满意度|知晓度|认可度|覆盖面|完成比例|支出比))(?:为|达到?|是|[:\s约(])*$")
COMPARE = _one_of("compare")
EARLIER = _one_of("compare", "earlier")
_THEN = rf"(?:{_any(CUES['compare']['earlier'])})(?:度|末|底|同期)*"
PAST = regex.compile(rf"(?:[由从比较与]{_THEN}的?|(?<![比较与同和占为是达于成年度月]){_THEN}(?:为|是|占比?为?|增长|下降|[^,;。0-9]{{0,4}}率为?)?)\s*[(约]?$"
                     rf"|[由从][^,;。0-9]{{0,12}}$")
"""上年为 30.2%, 由上年的 30.2% …; but not 为上年的 98% or 比上年增长 5%."""
REACHES = regex.compile(r"\s*,?(?:提高|提升|上升|增长|增加|下降|降低|减少|调整|变动?|[升降增减])[到至为成]")
REMARK = regex.compile(rf"\s*[(][^()0-9]{{0,12}}(?:{_any(CUES['remark']['words'])})")
"""34.2%(同口径): what is measured otherwise than the amounts beside it."""
REMARKED = regex.compile(rf"(?:[(][^()0-9]{{0,12}}(?:{_any(CUES['remark']['words'])})[^()0-9]{{0,12}}[)]|按[^,;。]{{2,24}}(?:计算|测算|折算|口径))[^,;。()0-9]{{0,6}}$")
"""支出进度(含上年结转)34.2%, 按可比口径增长 4.1%: the same, said before."""
FIRST, ADJUSTED, NAMED_WHOLE = (_one_of("wholes", key) for key in ("first", "adjusted", "named"))
OPENS = _one_of("parts", "open")
AMONG = _one_of("parts", "among")
TOTAL = _one_of("total")
CLOSING = regex.compile(rf"(?:{_any(CUES['total']['closing'])})[^,;。0-9]{{0,12}}$")
AVERAGED, PRICES, LEFT, MINUS, MEAN, PLUS = map(_one_of, ("averaged", "prices", "left", "minus", "mean", "plus"))
PRICE = regex.compile(rf"{_any(CUES['price']['words'])}|各(?![类项界级方种个部])|(?<!\*)\*(?!\*)")
"""两镇各 5 万元, but not 各类资金 5 万元."""
LOSS = regex.compile(r"亏损?|赤字|逆差|透支|负值|倒挂")
"""What lies below nothing: 结余12万元 is 20万元 more than 亏损8万元."""
COMPUTED_MEAN = regex.compile(r"平均|折合|(?<!(?:按|标准|定额)[^,;。]{0,10})[\u4e00-\u9fff]均(?!衡)(?![^,;。]{0,6}(?:标准|定额))")
FUNDS = _one_of("funds")
TAGS = {**{tag: regex.compile(_any(words)) for tag, words in CUES["tags"].items()}, "left": LEFT, "total": TOTAL}
RATES = tuple((regex.compile(_any(rate["words"])), frozenset(rate["above"]), frozenset(rate["below"])) for rate in CUES["rates"])
EMPTY = regex.compile(rf"{_any(CUES['empty']['words'])}|{UP}|{DOWN}|{NEUTRAL}|[0-9%\s,;:。、()\"“”'|—-]")
ITEM = regex.compile(r"[(][一二三四五六七八九十0-9]{1,3}[)]|(?<![0-9.])[0-9]{1,2}[.、](?![0-9])|[一二三四五六七八九十]是|[一二三四五六七八九十]{1,3}、"
                     r"|[①-⑳]|第[一二三四五六]")
YEAR = regex.compile(r"(?<![0-9])((?:1[89]|20)[0-9]{2})\s?年")
BASE_AFTER = regex.compile(r"\s*的(?:比例|比重|比率)?(?:为|达|是)?\s*[0-9]|\s*的?(?:比例|比重|比率)?(?:为|达|是)?\s*[0-9.]+\s*%")
