"""Figures written in Chinese numerals, alone or mixed with digits: amounts, percentages, counts of two characters and more.

>>> from fusuan.patterns.text.fold import fold
>>> def show(text):
...     return [(f.sign + f.text, str(f.value), f.unit) for f, _ in spelt(text, fold(text), Place()) if f]
>>> show("拨付三百二十万元，另补一点五亿元，合十亿3000万元，实付100万两千元，贰萬捌仟圓整，叁佰伍拾元伍角贰分")
[('三百二十万元', '320', '万元'), ('一点五亿元', '1.5', '亿元'), ('十亿3000万元', '103000', '万元'), ('100万两千元', '1002000', '元'), ('贰萬捌仟圓整', '28000', '元'), ('叁佰伍拾元伍角贰分', '350.52', '元')]
>>> show("增长百分之三点五，不低于百分之九十，千分之二，万分之五，提高一点五个百分点，百分之百")
[('百分之三点五', '3.5', '%'), ('≥百分之九十', '90', '%'), ('千分之二', '2', '‰'), ('万分之五', '0.05', '%'), ('百分之百', '100', '%'), ('一点五个百分点', '1.5', '个百分点')]
>>> show("惠及三百二十人，培训两百余人次，二十余万元，约五十万元，三十万人次，每人一百元/天")
[('三百二十人', '320', '人'), ('≈两百余人次', '200', '人次'), ('≈二十余万元', '20', '万元'), ('≈五十万元', '50', '万元'), ('三十万人次', '30', '万人次'), ('一百元/天', '100', '元/天')]
>>> show("占六成以上，下降近两成半，逾七成，占一半，四成多，占总额的半数以上")
[('≥六成', '6', '成'), ('≈两成半', '2.5', '成'), ('>七成', '7', '成'), ('一半', '5', '成'), ('>四成', '4', '成'), ('≥半数', '5', '成')]
>>> show("一成不变，三成立，五成员，第六成就，二至三成，两三成")
[]
>>> show("两三百元，十几万元，三五个，数十万元，上百万元，百分之二三十，每超过一个百分点，几百元，二元结构，四百五元，五千人")
[]
>>> show("一是统一，第一百元，三公，十四五，三个，第二十条，二十届，百分之三至五，三至五万元，千分之几，三百万")
[]
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from fusuan.model import Figure, Place
from fusuan.patterns.figures.chinese import ARABIC, CAPITALS, FIRST, LETTERS, Numeral, number, numeral
from fusuan.patterns.figures.words import AFTER, PER, YUAN, follows, lead

_RUN = rf"(?:[{LETTERS}点]++|{ARABIC})++"
_MIXED = rf"{ARABIC}[百千万亿]++(?=[0-9零〇一二两三四五六七八九]){_RUN}"
_START = rf"(?<![第{LETTERS}0-9]|[{LETTERS}0-9]点|[{LETTERS}0-9]\s|分之|[{LETTERS}0-9][-~—至到])"
_COUNTED = ("剂次|针次|平方公里|平方米|立方米|人次|批次|户次|车次|场次|班次|台次|件次|学时|课时|小时|分钟|公里|千米|公顷|公斤|个月|个工作日|"
            "人(?![民大均])|个|名(?![录单])|户|家(?!庭)|笔|辆|台(?![账帐套])|套(?!餐)|项(?!目(?!标))|件(?!均)|批(?![复准示])|"
            "所(?![有需在以属得涉])|座(?!谈)|处(?![理置罚级于])|份(?!额)|册|亩|米(?![面粮])|吨|天(?!然)|场(?![所地])|位(?!于)|株|例(?!会)|栋|间(?!接)|艘")
_GROUPED = "人次|人(?![民大均])|户|亩|吨|个|平方米|立方米"
_CENTS = rf"(?P<tenth>[{FIRST}])角(?:[零〇]?(?P<cent>[{FIRST}])分)?|[零〇]?(?P<only>[{CAPITALS}])分"
_NUMBER = regex.compile(
    rf"""(?=[{FIRST}0-9])(?:{_START}(?!(?<=[几数上好])[十拾](?![一二三四五六七八九]))(?=[{FIRST}])(?P<run>{_RUN}) | (?<![0-9][.,]|[A-Za-z]){_START}(?P<run>{_MIXED}))
    (?P<more>[余多])?
    (?P<unit> (?P<group>万亿|[万亿])?\s?(?P<money>{YUAN})(?:(?P<per>{PER})|{_CENTS})?(?:整|正(?![\u4e00-\u9fff]))?
      | \s?(?P<points>个?百分点)
      | (?P<group>[万亿])(?P<grouped>{_GROUPED})
      | (?P<count>{_COUNTED})
      | (?P<short>(?<=[0-9][万亿])(?![人户亩吨个次平立只株册元])) )
    {AFTER}""", regex.VERBOSE)
_ANY = regex.compile(rf"[{FIRST}]|[百千万亿][0-9]")
"""What all numbers have that are written out or mixed with digits."""
_SHARE = regex.compile(
    rf"(?<![{LETTERS}0-9]|[{LETTERS}0-9][-~—至到])(?P<whole>十万|百万|千万|百|佰|千|仟|万)分之(?P<run>{_RUN})(?P<more>[余多])?"
    rf"(?![几来]|\s?[-~—至到]\s?[{LETTERS}0-9]){AFTER}")
_TENTHS = regex.compile(
    rf"(?<![第{LETTERS}0-9]|[{LETTERS}0-9][-~—至到])(?P<lead>逾|超|不足|不到|接近)?+(?:(?P<tenths>[一二两三四五六七八九])成(?P<five>半)?(?![效本果立为功员就交品绩都型人熟长分年因不新])|一半|(?<=[占超过近达逾的])半数)"
    rf"(?P<more>[余多])?{AFTER}")
_BOUND = {"逾": ">", "超": ">", "不足": "<", "不到": "<", "接近": "≈"}
_GROUP = regex.compile(_GROUPED)
_STEP = regex.compile(r"每[\u4e00-\u9fff]{0,8}\Z")
"""每低于一个百分点扣1分 is the step of a rule, no change that a report states."""
_IDIOM = regex.compile(r"[化素件宵旦月气老帅代里乙桥论次]|结构|体系|方程|复合|食品|公司")
_WHOLES = {"百": 2, "佰": 2, "千": 3, "仟": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7}
_SCALES = {1: "", 10**4: "万", 10**8: "亿", 10**12: "万亿"}


class _Told(NamedTuple):
    value: Decimal
    unit: str
    decimals: int


def spelt(text: str, folded: str, place: Place) -> Iterator[tuple[Figure | None, tuple[int, int]]]:
    """Yield the figures of a text that are written in Chinese numerals, and where they stand; None where one is no figure."""
    for match in _SHARE.finditer(folded) if "分之" in folded else ():
        if read := numeral(match["run"]):
            end = max(match.end("run"), match.end("more"))
            yield _figure(text, folded, match, end, _share(match, read), place), match.span()
    for match in _TENTHS.finditer(folded) if "成" in folded or "半" in folded else ():
        yield _part(text, folded, match, place), match.span()
    for match in _NUMBER.finditer(folded) if _ANY.search(folded) else ():
        read = numeral(match["run"])
        told = _told(folded, match, read) if read else None
        yield told and _figure(text, folded, match, match.end("unit"), told, place), match.span()


def _figure(text: str, folded: str, match: regex.Match[str], end: int, told: _Told, place: Place) -> Figure:
    before = lead(folded, match.start())
    start, value = match.start(), told.value
    if before.minus is not None and folded[before.minus] == "负":
        start, value = before.minus, -value
    sign = "≈" if match["more"] else before.sign or follows(match["after"])
    return Figure(text[start:end], value, told.unit, told.decimals, place, (start, end), sign=sign)


def _part(text: str, folded: str, match: regex.Match[str], place: Place) -> Figure:
    """六成, 近七成半, 一半以上: tenths of a whole."""
    start, end = max(match.start(), match.end("lead")), max(match.end() if match["tenths"] is None else match.end("tenths") + 1, match.end("five"))
    if match["after"]:
        end = min(end, match.start("after"))
    tenths = number(match["tenths"]) if match["tenths"] else None
    value = (tenths or Decimal(5)) + (Decimal("0.5") if match["five"] else 0)
    sign = ">" if match["more"] else _BOUND.get(match["lead"] or "") or lead(folded, start).sign or follows(match["after"])
    return Figure(text[start:end], value, "成", 1 if match["five"] else 0, place, (start, end), sign=sign)


def _share(match: regex.Match[str], read: Numeral) -> _Told:
    """百分之, 千分之; 万分之 and beyond have no unit of their own and are told in percent."""
    shift = _WHOLES[match["whole"]]
    if shift == 3:
        return _Told(read.value, "‰", read.decimals)
    return _Told(read.value.scaleb(2 - shift), "%", read.decimals + shift - 2)


def _told(folded: str, match: regex.Match[str], read: Numeral) -> _Told | None:
    if match["money"]:
        idiom = len(match["run"]) == 1 and _IDIOM.match(folded, match.end("money"))
        return None if idiom else _money(match, read)
    if match["points"]:
        step = _STEP.search(folded, max(0, match.start() - 10), match.start())
        return None if step else _Told(read.value, "个百分点", read.decimals)
    if match["short"] is not None:
        return _in_groups(read)
    return _count(match, read)


def _in_groups(read: Numeral) -> _Told:
    """一点五亿元 was rounded to 0.1亿元: it is told in the group it ends on, not in 元."""
    return _Told(read.value / read.scale, _SCALES[read.scale] + "元", read.decimals)


def _money(match: regex.Match[str], read: Numeral) -> _Told | None:
    per = match["per"] or ""
    if match["group"]:
        return _Told(read.value, match["group"] + "元" + per, read.decimals)
    cents = _cents(match)
    if cents is not None or any(c in CAPITALS for c in match["run"]):
        # capitals state an exact amount
        return _Told(read.value + (cents or 0), "元" + per, 2 if cents is not None else read.decimals)
    told = _in_groups(read)
    return told._replace(unit=told.unit + per)


def _cents(match: regex.Match[str]) -> Decimal | None:
    tenth, cent = match["tenth"], match["cent"] or match["only"]
    if not tenth and not cent:
        return None
    tenths, cents = (Decimal(number(c) or 0) if c else Decimal(0) for c in (tenth, cent))
    return tenths.scaleb(-1) + cents.scaleb(-2)


def _count(match: regex.Match[str], read: Numeral) -> _Told | None:
    """A count of two characters and more (三个, 两项 are left alone), unless it is round: 五千人 may be any near it."""
    if len(match["run"]) < 2:
        return None
    if match["grouped"]:
        return _Told(read.value, match["group"] + match["grouped"], read.decimals)
    counted = {"名": "人"}.get(match["count"], match["count"])
    if read.scale == 1:
        return _Told(read.value, counted, read.decimals) if read.value % 1000 else None
    grouped = read.scale in (10**4, 10**8) and _GROUP.fullmatch(counted)
    return _Told(read.value / read.scale, _SCALES[read.scale] + counted, read.decimals) if grouped else None
