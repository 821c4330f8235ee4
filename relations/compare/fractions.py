"""Tenths, halves, fractions and multiples in words: 六成以上, 近一半, 约三分之二, 翻了一番多; what they say, and of what kind it is.

>>> [(f.text, str(f.limit), f.bound, f.measure, f.of) for f in fractions("占“三公”支出的六成以上,比上年翻了一番多,降幅近一半,超过四分之三。")]
[('六成以上', '60', '>', 'share', '三公支出'), ('翻了一番多', '100', '>', 'growth', ''), ('近一半', '50', '近', 'fall', ''), ('超过四分之三', '75.00', '>', '', '')]
>>> [(f.text, f.bound, f.measure) for f in fractions("为全年总额的四成多,多出约五成,增加一倍,是上年的两倍多,增幅超过100%,几乎翻番")]
[('四成多', '>', 'share'), ('约五成', '≈', 'growth'), ('一倍', '=', 'growth'), ('两倍多', '>', 'share'), ('超过100%', '>', 'growth'), ('几乎翻番', '近', 'growth')]
>>> list(fractions("一成不变,三成立,过半数通过,力争翻一番,应达到六成,占比超过35%"))
[]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from fusuan.relations.compare.words import WANTED, clause_before, one_of
from fusuan.relations.passages import cues

_HAN = dict(zip(cues.HAN, range(1, 11), strict=True)) | {"两": 2}
_LEAD = rf"(?:(?P<more>{one_of('measure', 'more')})了?|(?P<less>{one_of('measure', 'less')})|(?P<near>{one_of('measure', 'near')}))?\s?"
_PART = (r"(?:(?P<tenths>[一二两三四五六七八九])成(?P<five>半)?(?![效本果立为功员就交品绩都型人熟长分年因不新])|(?P<half>一半|(?<!(?<!超)过)半数)|(?P<past>过半)(?!数)"
         r"|(?P<below>[二三四五六七八九十])分之(?P<above>[一二两三四五六七八九])|(?P<times>[一二两三四五六七八九十12])倍(?![增数率])"
         r"|翻了?(?P<fold>[一两二三])?番|(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?)\s?%)")
_TAIL = rf"(?:(?P<over>{one_of('measure', 'over')})(?![少次个种项])|(?P<under>{one_of('measure', 'under')})|(?P<around>左右|上下))?"
_FIRST = "".join(sorted({word[0] for key in ("more", "less", "near") for word in one_of("measure", key).split("|")}))
"""What all of it may begin with is asked first: few characters do."""
_FRACTION = regex.compile(rf"(?=[0-9一二两三四五六七八九十半过翻\s{_FIRST}])(?<![第百千万几0-9.])(?<![一二三四五六七八九十两]){_LEAD}{_PART}{_TAIL}(?![-~—至到]\s?[一二三四五六七八九0-9])")
_MOVED = r"(?:了|额|幅度|比例|率|达到?|为|约|出|\s)*$"
_GROWTH, _FALL = (regex.compile(rf"(?:{one_of('measure', key)}){_MOVED}") for key in ("growth", "fall"))
_SHARE = regex.compile(r"占(?:比|到|据|了)?(?P<of>[^占]*)$")
_OF = regex.compile(r"(?:为|是|达到?|相当于|等于|(?P<less>不及|不到|不足)|(?P<more>超过)|即)(?P<of>(?:[^,;。]|(?<=[0-9]),(?=[0-9])){2,30})的$")
_AIM = regex.compile(r"有望|力争|目标|努力|实现.{0,8}(?:翻番)?目标|争取")


@dataclass(frozen=True, slots=True)
class Fraction:
    """What is said: at least, at most or about (`bound`) so many percent (`limit`) of something or more than before.

    `measure`: share, growth, fall; empty where the words do not tell. `of`: the words for what it is of. `head`: the clause before it.
    """

    text: str
    span: tuple[int, int]
    limit: Decimal
    bound: str
    measure: str
    of: str
    head: str


def fractions(text: str) -> Iterator[Fraction]:
    """Yield what a text says in tenths, halves, fractions and multiples."""
    for match in _FRACTION.finditer(text):
        head = clause_before(text, match.start())
        measure = _measure(match, head)
        if match["times"] in ("1", "2") and _bound(match, None) == "=" or WANTED.search(head) or _AIM.search(head) or match["percent"] and (not match["more"] or measure not in ("growth", "fall")):
            continue
        of = (_SHARE.search(head) or _OF.search(head)) if measure == "share" else None
        yield Fraction(match.group(), match.span(), _limit(match), _bound(match, _OF.search(head)), measure, cues.EMPTY.sub("", of["of"]) if of else "", head)


def _measure(match: regex.Match[str], head: str) -> str:
    if match["fold"] is not None or "番" in match.group() or _GROWTH.search(head):
        return "growth"
    if _FALL.search(head):
        return "fall"
    return "share" if _SHARE.search(head) or _OF.search(head) else ""


def _limit(match: regex.Match[str]) -> Decimal:
    if match["tenths"]:
        return Decimal(_HAN[match["tenths"]] * 10 + (5 if match["five"] else 0))
    if match["below"]:
        return (Decimal(100 * _HAN[match["above"]]) / _HAN[match["below"]]).quantize(Decimal("0.01"))
    if match["percent"]:
        return Decimal(match["percent"])
    if match["times"]:
        return Decimal(100 * (_HAN.get(match["times"]) or int(match["times"])))
    if "番" in match.group():
        return Decimal(100 * (2 ** _HAN[match["fold"] or "一"] - 1))
    return Decimal(50)


def _bound(match: regex.Match[str], of: regex.Match[str] | None) -> str:
    if match["more"] or match["over"] or match["past"] or of and of["more"]:
        return ">"
    if match["less"] or match["under"] or of and of["less"]:
        return "<"
    if match["near"]:
        return "≈" if "约" in match["near"] else "近"
    return "≈" if match["around"] else "="
