"""Words around a number: what it counts, and what makes it a bound or an approximation.

>>> [(lead(text, text.index("5")).sign, lead(text, text.index("5")).minus) for text in ("不低于5", "节约5", "为-5", "年-5", "3-5")]
[('≥', None), ('', None), ('', 1), ('', 1), ('', None)]
"""

from __future__ import annotations

from typing import NamedTuple

import regex

CLASSIFIERS = (
    r"[人户家个项件批]\([人户家个项件批次]\)次?|剂次|针次|美元|港元|港币|欧元|英镑|日元|澳元|平方公里|平方千米|平方米|立方米|人次|批次|户次|车次|场次|班次|台次|件次|人天|人年|学时|课时|小时|分钟|公里|千米|公顷|公斤|千克|毫米|厘米|"
    "千瓦时|千瓦|兆瓦|毫克|摄氏度|工作日|个月|个工作日|万人次|万人|万户|万亩|万吨|万个|万平方米|万立方米|亿吨|百分比|"
    "个|人|名|户|家|笔|辆|台|套|项|次|件|批|所|座|处|条|份|篇|册|本|亩|米|吨|天|场|期|位|只|头|株|棵|架|起|例|宗|栋|幢|间|张|块|片|支|盏|口|眼|"
    "艘|根|岁|类|级|轮|届|床|升|克|团|桩|枚|门|部|颗|尾|羽|匹|把|扇|节|首|幅|枝|村|镇|组|队|店|站|点|字|页|卷|盘|箱|袋|瓶|盒|包|副|双|对|具(?!体)|"
    "TB|GB|MB|hm²|hm2|km²|km2|km|KM|kg|KG|㎡|m²|m2|m³|m3|kWh|kW|KW|MW|℃"
)
IN_GROUPS = "|".join([c for c in CLASSIFIERS.split("|") if len(c) > 1 and c[0] not in "万亿" and not c.isascii() and c != "百分比"] +
                     ["件(?!均)", "台(?![账帐套阶])", "条(?!件)", "家(?!庭)", "份(?!额)", "[辆次株册张名]", "只(?![有能])"])
"""What may be counted in 万: others begin the next word too (20万支持, 30万部分), and the 万 is one of money then."""
PER = rf"(?:/(?:{CLASSIFIERS}|年|月|日|亩|平方米))"
YUAN = r"(?:元|(?<=[0-9万亿百千十佰仟拾零〇一二两三四五六七八九壹贰叁肆伍陆柒捌玖余多])圆(?![形桌柱圈锥弧盘满环角梦明通钢管木顶珠筒球]))"
AFTER = r"(?P<after>\s?(?:以上|及以上|\(含\)以上|以内|以下|及以下|左右|整))?+"
_LED = regex.compile(
    r"(?<![0-9A-Za-z.]|[0-9],)"
    r"(?P<before>人民币|¥|(?<![节合条公契预违制集])约|近|大约|将近|超过|突破|不低于|不少于|不小于|不超过|不高于|不大于|不多于|低于|小于|少于|大于|高于|多于|≥|≤|>=|<=|=>|=<|>|<|=)?+"
    r"\s?(?P<minus>[-+负])?+\s?\Z")
_LAST = frozenset("约近过破于币¥≥≤><=+-负")
"""What may stand right before the digits, blanks aside: most figures have no lead, and are not searched for one."""
_LONGEST = 8
_VALUE_BEFORE = regex.compile(r"[0-9%)元]\s?\Z")
_SIGN = {"≥": "≥", ">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤", "不低于": "≥", "不少于": "≥", "不小于": "≥", "以上": "≥", "及以上": "≥", "(含)以上": "≥", "超过": ">",
         "突破": ">", "大于": ">", "高于": ">", "多于": ">", ">": ">", "≤": "≤", "不超过": "≤", "不高于": "≤",
         "不大于": "≤", "不多于": "≤", "以内": "≤", "以下": "≤", "及以下": "≤", "低于": "<", "小于": "<", "少于": "<",
         "<": "<", "=": "=", "约": "≈", "近": "≈", "大约": "≈", "将近": "≈", "左右": "≈"}


class Lead(NamedTuple):
    """What stands before the digits: a comparator (≥ ≤ > < = ≈), and where a minus sign stands."""

    sign: str = ""
    minus: int | None = None


_NONE = Lead()


def lead(folded: str, start: int) -> Lead:
    """Return what stands before the digits at `start`. A dash after a value is no minus: 12元-5元 subtracts."""
    last = folded[start - 1:start]
    if last not in _LAST and not last.isspace():
        return _NONE
    match = _LED.search(folded, max(0, start - _LONGEST), start)
    if match is None:
        return _NONE
    minus = match.start("minus") if match["minus"] in ("-", "负") else None
    if minus is not None and _VALUE_BEFORE.search(folded, max(0, minus - 2), minus):
        minus = None
    return Lead(_SIGN.get(match["before"] or "", ""), minus)


def follows(after: str | None) -> str:
    """Return the comparator that the words after a figure mean.

    >>> follows(" 以上"), follows("左右"), follows("整"), follows(None)
    ('≥', '≈', '', '')
    """
    return _SIGN.get(after.strip(), "") if after else ""
