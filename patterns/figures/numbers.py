"""Figures as reports print them, and the numbers that are none.

>>> def show(text):
...     return [(f.text, str(f.value), f.unit) for f in figures_in(text)]
>>> show("2019年总收入1,248.35 万元，增长４．５％，实有6人，得分3分")
[('1,248.35 万元', '1248.35', '万元'), ('４．５％', '4.5', '%'), ('6人', '6', '人'), ('3分', '3', '分')]
>>> show("（保财绩〔2020〕3号）第5条，1-5月，2022年6月28日，0-6岁，13912345678，B05版")
[]
>>> show("补助118.62万元（省直达-11.35万元），1.5万\\n元，叁佰万元整，百分之五")
[('118.62万元', '118.62', '万元'), ('-11.35万元', '-11.35', '万元'), ('1.5万\\n元', '1.5', '万元'), ('叁佰万元整', '3000000', '元'), ('百分之五', '5', '%')]
>>> show("2.136个书屋"), show("2.5万元以上"), show("3.205户")
([('136个', '136', '个')], [('2.5万元', '2.5', '万元')], [('205户', '205', '户')])
>>> [(f.sign, f.text) for f in figures_in("节约20万元，合约3份")]
[('', '20万元'), ('', '3份')]
>>> [(f.sign, f.text) for f in figures_in("≥928小时，不超过5%，约20万元，90%以上")]
[('≥', '928小时'), ('≤', '5%'), ('≈', '20万元'), ('≥', '90%')]
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from fusuan.model import Figure, Place
from fusuan.patterns.figures import chinese as _chinese
from fusuan.patterns.text.fold import fold

_CLASSIFIERS = (
    "剂次|针次|平方公里|平方千米|平方米|立方米|人次|批次|户次|车次|场次|班次|台次|件次|人天|人年|学时|课时|小时|分钟|公里|千米|公顷|公斤|千克|毫米|厘米|"
    "千瓦时|千瓦|兆瓦|毫克|摄氏度|工作日|个月|个工作日|万人次|万人|万户|万亩|万吨|万个|万平方米|万立方米|亿吨|百分比|"
    "个|人|名|户|家|笔|辆|台|套|项|次|件|批|所|座|处|条|份|篇|册|本|亩|米|吨|天|场|期|位|只|头|株|棵|架|起|例|宗|栋|幢|间|张|块|片|支|盏|口|眼|"
    "艘|根|岁|类|级|轮|届|床|升|克|团|桩|枚|门|部|颗|尾|羽|匹|把|扇|节|首|幅|枝|村|镇|组|队|店|站|点|字|页|卷|盘|箱|袋|瓶|盒|包|副|双|对|"
    "TB|GB|MB|km|KM|kg|KG|㎡|m²|m2|kW|KW|MW|℃"
)
_UNIT = rf"""
    (?P<money>(?:亿|百\s?万|千\s?万|万|千|百)?\s{{0,2}}元(?:/(?:{_CLASSIFIERS}|年|月|日|亩|平方米))?)
  | (?P<rate>[%‰])
  | (?P<points>个?百分点)
  | (?P<times>倍|成(?![效本果立为功员就交品绩都型人熟长分年因]))
  | (?P<marks>分(?![别之项部配类级期批钟布为析管成享散解流局段工支担红公校馆院拣包权母内行]))
  | (?P<short>[亿万](?![{"人户亩吨个次平立只株册"}元]))
  | (?P<count>{_CLASSIFIERS})
"""
_DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})++(?![0-9])|[0-9]++)(?:\.[0-9]++)?+"
_NUMBER = regex.compile(
    rf"""(?<![0-9A-Za-z.]|[0-9],)
    (?P<before>人民币|¥|(?<![节合条公契预违制集])约|近|大约|将近|超过|突破|不低于|不少于|不小于|不超过|不高于|不大于|不多于|低于|小于|少于|大于|高于|多于|≥|≤|>|<|=)?+\s?
    (?P<sign>[-+负])?+\s?(?P<digits>{_DIGITS})
    (?P<more>[余多])?+\s{{0,2}}(?:{_UNIT})?
    (?P<after>\s?(?:以上|及以上|\(含\)以上|以内|以下|及以下|左右|整))?+""",
    regex.VERBOSE,
)
_SPELT = regex.compile(
    rf"(?P<capital>(?=[^万亿百佰千仟])[{_chinese.LETTERS}]{{1,24}}+)(?P<unit>元)(?:整|正)?|百分之(?P<percent>[{_chinese.LETTERS}]{{1,8}}+)"
)
_NOT = regex.compile(
    r"""[0-9]{4}\s?[-/.年]\s?[0-9]{1,2}\s?[-/.月]\s?[0-9]{1,2}(?:\s?日)?(?![0-9万元%])   # dates
      | (?:19|20)[0-9]{2}\s?[-~—至]\s?(?:19|20)[0-9]{2}\s?年?
      | (?<![0-9]|[0-9][.,])[0-9]?(?:19|20)[0-9]{2}\s?(?:年度|年|学年|财年)
      | (?:^|(?<=[\n。;:!]))\s*[0-9]{1,2}(?:[.、](?![0-9]|$)|[.、](?=\s?(?:19|20)[0-9]{2}\s?年)|、(?=\s?[0-9]{3,6}\s?[\u4e00-\u9fff])|\))  # list numbers
      | [(]\s?[0-9]{1,2}\s?[)](?=\s?[\u4e00-\u9fff“])
      | (?<![0-9]|[0-9][.,])(?:19|20)[0-9]{2}(?=全[国省市区县]|[省市区县]级)
      | [0-9]{1,2}\s?[-~—至、]\s?[0-9]{1,2}\s?(?:月份?|日|季度)
      | [0-9]{1,2}\s?(?:月份|月(?!租)|日|时(?!效)|号(?!召)|季度|点钟)
      | [\[(（〔]\s?(?:19|20)[0-9]{2}\s?[\])）〕]\s?第?\s?[0-9]*\s?号?
      | 第\s?[0-9]+(?:\.[0-9]+)?
      | (?<=[A-Za-z])[0-9][0-9A-Za-z.-]*
      | (?<![0-9])[0-9]++[A-Za-z]++[0-9][0-9A-Za-z-]*
      | (?<![0-9.])1[3-9][0-9]{9}(?![0-9])
      | (?<![0-9.])0?[0-9]{3,4}-[0-9]{7,8}(?![0-9])
      | (?<![0-9]|[0-9][.,])[0-9]{8,}(?![0-9.,]|\s?(?:[万亿千百]?元|分|%))                                # codes
      | (?<![0-9.,])[0-9.,]++\s?%?\s?[-~—至]\s?[0-9.,]++\s?(?=岁|%|分|倍|次|年|[万亿]?元|人|个|天|小时|周)(?!%?\s?[×*÷/+=])
      | (?<![0-9])[0-9]++/[0-9]++(?=\s?(?:公顷|人|万|次))
      | 十三五|十四五|十五五|三公|两会|四风|五年
    """,
    regex.VERBOSE,
)
_SIGN = {"≥": "≥", "不低于": "≥", "不少于": "≥", "不小于": "≥", "以上": "≥", "及以上": "≥", "(含)以上": "≥", "超过": ">",
         "突破": ">", "大于": ">", "高于": ">", "多于": ">", ">": ">", "≤": "≤", "不超过": "≤", "不高于": "≤",
         "不大于": "≤", "不多于": "≤", "以内": "≤", "以下": "≤", "及以下": "≤", "低于": "<", "小于": "<", "少于": "<",
         "<": "<", "=": "=", "约": "≈", "近": "≈", "大约": "≈", "将近": "≈", "左右": "≈"}
_WHOLE = regex.compile(r"[人名户家笔辆台套项次件批所座处条份篇册本场期位只头株棵架起例宗栋幢间张支艘岁类届个部]")
_NEXT = regex.compile(r"项目(?!标)|部门|人员|人均|批复|家庭|台账|期[末初]|条件|类型")
_LONGEST = 24
"""More digits than this are a code, whatever unit follows: no report counts beyond trillions."""
_ITEM = regex.compile(r"\s*([1-9][0-9]?)\.([1-9][0-9]*)$")


def figures_in(text: str, place: Place = Place(), unit: str = "") -> tuple[Figure, ...]:
    """Return the figures of a paragraph or cell in order; `unit` holds for those that print none.

    Not figures: years, dates, document and list numbers, codes, telephone numbers, ordinals, ranges.
    """
    folded = fold(text)
    barred = [match.span() for match in _NOT.finditer(folded)]
    found = list(_spelt(text, folded, place))
    taken = barred + [f.span for f in found]
    start = 0
    while match := _NUMBER.search(folded, start):
        start = max(match.end("digits"), match.start() + 1)
        span = match.span("digits")
        if span[1] - span[0] > _LONGEST or any(a < span[1] and span[0] < b for a, b in taken):
            continue
        figure = _figure(text, folded, match, place, unit)
        found.append(figure)
        start = max(start, figure.span[1])
    return tuple(sorted(found, key=lambda figure: figure.span))


def figure_in(text: str, place: Place = Place(), unit: str = "") -> Figure | None:
    """Return the one figure that a cell holds, None where it holds none or other words beside it.

    >>> figure_in("(31.17)").value, figure_in("≥50个").sign, figure_in("100%覆盖"), figure_in("—")
    (Decimal('-31.17'), '≥', None, None)
    """
    folded = fold(text)
    bare = folded.strip()
    if bare.startswith("(") and bare.endswith(")") and regex.fullmatch(_DIGITS + r"[%元万]*+", bare[1:-1].strip()):
        inner = figure_in(text.strip()[1:-1], place, unit)
        return inner and Figure(text, -inner.value, inner.unit, inner.decimals, place, (0, len(text)))
    found = figures_in(text, place, unit)
    if len(found) != 1:
        return None
    left = folded[: found[0].span[0]] + folded[found[0].span[1]:]
    return found[0] if not regex.sub(r"[\s≥≤<>=≈约近不低于超过少高大小以上内下含及()左右整人民币¥]", "", left) else None


def _figure(text: str, folded: str, match: regex.Match[str], place: Place, unit: str) -> Figure:
    start, digits = match.start("digits"), match["digits"]
    negative = match["sign"] in ("-", "负") and not regex.search(r"[0-9%)元]\s?$", folded[: match.start("sign")])
    if negative:
        start = match.start("sign")
    printed, scale = _unit(match)
    if match["count"] and _next_word(folded, match):
        printed, end = "", match.end("digits")
    else:
        end = max(match.end(name) for name in ("digits", "money", "rate", "points", "times", "marks", "short", "count"))
    item = _ITEM.match(folded[:match.end("digits")]) if not folded[:match.start("digits")].strip() else None
    if item and _WHOLE.match(printed):
        # "2.136个": whole things are not counted in thousandths, the 2. is a list number
        digits = item[2]
        start = match.end("digits") - len(digits)
    value = Decimal(digits.replace(",", "")) * scale * (-1 if negative else 1)
    decimals = len(digits.partition(".")[2])
    sign = _SIGN.get(match["before"] or "", "") or _SIGN.get((match["after"] or "").strip(), "")
    if match["more"]:
        sign = "≈"
    return Figure(text[start:end], value, printed or unit, decimals, place, (start, end), sign=sign)


def _next_word(folded: str, match: regex.Match[str]) -> bool:
    """Tell whether what looks like a classifier begins the next cell of a table copied out: 5.12 项目支出, 28.40 部门.

    >>> [(f.text, f.unit) for f in figures_in("接待 5.12 项目支出 30 部门预算 3 项目标 12 人")]
    [('5.12', ''), ('30', ''), ('3 项', '项'), ('12 人', '人')]
    """
    if match.end("digits") == match.start("count"):
        return False
    return bool("." in match["digits"] and _WHOLE.fullmatch(match["count"]) or _NEXT.match(folded, match.start("count")))


def _unit(match: regex.Match[str]) -> tuple[str, Decimal]:
    if money := match["money"]:
        money = regex.sub(r"\s", "", money)
        return {"百元": ("元", Decimal(100)), "千万元": ("万元", Decimal(1000))}.get(money, (money, Decimal(1)))
    if match["short"]:
        return match["short"] + "元", Decimal(1)
    if match["points"]:
        return "个百分点", Decimal(1)
    return match["rate"] or match["times"] or match["marks"] or _count(match["count"] or ""), Decimal(1)


def _count(classifier: str) -> str:
    return {"百分比": "%", "名": "人"}.get(classifier, classifier)


def _spelt(text: str, folded: str, place: Place) -> Iterator[Figure]:
    """Amounts and percentages written in Chinese numerals."""
    for match in _SPELT.finditer(folded):
        value = _chinese.number(match["capital"] or match["percent"])
        if value is None or (match["capital"] and regex.search(r"[0-9.]\s?$", folded[: match.start()])):
            continue
        unit = match["unit"] or "%"
        yield Figure(text[match.start():match.end()], value, unit, 0, place, match.span())
