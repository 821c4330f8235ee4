"""The condition of a tier, as printed, to the region of values it means.

民法典 第1259条: 以上、以下、以内 include the number, 不满、超过、以外 do not; （含） and （不含） decide where printed.
A border shared by two tiers that nothing decides stays open (`closed` None) and both tiers are accepted.

>>> def show(text):
...     r = region(text)
...     return r and [(str(b.value), b.closed) if b else None for b in (r.low, r.high)]
>>> show("80%(含)-90%"), show("执行率≥60%且<80%"), show("90%>比率≥75%")
([('80', True), ('90', False)], [('60', True), ('80', False)], [('75', True), ('90', False)])
>>> show("10-20%(含)"), show("70-90%"), show("低于60%"), show("及时到位") is None
([('10', False), ('20', True)], [('70', None), ('90', None)], [None, ('60', False)], True)
"""

from __future__ import annotations

import re
from decimal import Decimal

from fusuan.checks._criterion._terms import Bound, Region

_LOW, _HIGH = 1, -1
# word -> the side it bounds and whether the border belongs
_BEFORE = {
    "≥": (_LOW, True), "不低于": (_LOW, True), "不少于": (_LOW, True), "不小于": (_LOW, True), "大于等于": (_LOW, True),
    "大于或等于": (_LOW, True), "高于或等于": (_LOW, True), "高于等于": (_LOW, True), "至少": (_LOW, True),
    "达到": (_LOW, True), "达": (_LOW, True), "未低于": (_LOW, True),
    ">": (_LOW, False), "大于": (_LOW, False), "超过": (_LOW, False), "高于": (_LOW, False), "多于": (_LOW, False),
    "超出": (_LOW, False), "超": (_LOW, False),
    "≤": (_HIGH, True), "不超过": (_HIGH, True), "不高于": (_HIGH, True), "不大于": (_HIGH, True),
    "不多于": (_HIGH, True), "不超": (_HIGH, True), "未超过": (_HIGH, True), "小于等于": (_HIGH, True),
    "小于或等于": (_HIGH, True), "低于或等于": (_HIGH, True), "低于等于": (_HIGH, True), "控制在": (_HIGH, True),
    "<": (_HIGH, False), "低于": (_HIGH, False), "小于": (_HIGH, False), "少于": (_HIGH, False), "不足": (_HIGH, False),
    "未达到": (_HIGH, False), "未达": (_HIGH, False), "达不到": (_HIGH, False), "没有达到": (_HIGH, False),
    "不到": (_HIGH, False), "未满": (_HIGH, False), "不满": (_HIGH, False), "不达": (_HIGH, False),
    "=": (0, True), "等于": (0, True), "为": (0, True), "是": (0, True),
}
_AFTER = {"以上": (_LOW, True), "及以上": (_LOW, True), "或以上": (_LOW, True), "以下": (_HIGH, True),
          "及以下": (_HIGH, True), "以内": (_HIGH, True), "之内": (_HIGH, True), "内": (_HIGH, True),
          "以外": (_LOW, False)}
_SIGNS = "≥≤<>"
_UNIT = r"%|pp|分|[万亿]?元|个?工作日|个月|天|日|人次|人|次|项|例|个|件|处|名|岁|倍|户|家|份|小时|亩|公里"
_TARGET = (r"(?:年度|绩效|预期|年初|既定|计划)?(?:目标值?|指标值?|任务数?)|计划数|计划值|(?<!率)预算数|上年[^,;:\d\d]{0,8}?(?=[,;]|$)|预期值|"
           r"(?:同级|全市|全省|全县)?平均(?:水平|值|数)")
_BEFORES = "|".join(sorted(map(re.escape, _BEFORE), key=len, reverse=True))
_AFTERS = "|".join(sorted(_AFTER, key=len, reverse=True))
_TOKEN = re.compile(
    rf"(?P<inclusion>\((?:不含|不包括|含|包含|包括)[\d.%]{{0,8}}\)|含(?=以上|以下|[,;]|$))"
    rf"|(?P<target>(?P<to>{_BEFORES})?(?P<name>{_TARGET})(?P<of>的?)(?P<share>\d+(?:\.\d+)?)%(?P<beyond>以上|及以上|\(含\))?)"
    rf"|(?P<op>{_BEFORES})?(?P<number>-?\d+(?:\.\d+)?)(?P<unit>{_UNIT})?"
    rf"|(?P<noun>(?P<nop>{_BEFORES})(?P<only>{_TARGET}))"
    rf"|(?P<back>[{_SIGNS}])|(?P<after>{_AFTERS})|(?P<between>-|至|到|和|与)|(?P<span>[\[\]()])"
)
_NEVER = re.compile(r"(?:19|20)\d\d年(?:度)?|\d{1,2}月份?(?:底|末|前)|第\d+|\d+季度|[\[(]\d{4}[\])]\d*号?|×100%")


def region(text: str) -> Region | None:
    """Read a condition; None where it bounds no number."""
    text = _NEVER.sub("", text)
    if re.match(r"(?:年末|期末|年终)?无", text) or re.search(r"(?:结余|结转)为零|零(?:结余|结转)", text):
        if re.fullmatch(r"(?:年末|期末|年终)?无[\u4e00-\u9fff]{0,6}(?:结余|结转|余额)[^\d]{0,4}", text):
            zero = Bound(Decimal(0), True)
            return Region(zero, zero)
    found = _Bounds()
    for match in _TOKEN.finditer(text):
        found.take(match, text)
    low, high = found.settled()
    if low is None and high is None:
        return None
    if low is not None and high is not None and not low.of_target and not high.of_target and low.value > high.value:
        low, high = Bound(high.value, high.closed, unit=high.unit), Bound(low.value, low.closed, unit=low.unit)
    return Region(low, high, absolute=bool(re.search(r"绝对值|正负|±", text)))


class _Bounds:
    """Collects the borders of one condition: numbers, the words before and after them, the dash between two."""

    def __init__(self) -> None:
        self.numbers: list[tuple[Decimal, str]] = []
        self.sides: list[tuple[int, bool] | None] = []
        self.closed: list[bool | None] = []
        self.ends: list[int] = []
        self.between = False
        self.law: set[int] = set()
        self.targets: list[Bound] = []
        self.target_sides: list[int] = []

    def take(self, match: re.Match[str], text: str) -> None:
        if match["number"] is not None:
            self._number(match, text)
        elif match["target"] is not None:
            self._target(match)
        elif match["noun"] is not None:
            side, closed = _BEFORE[match["nop"]]
            self.targets.append(Bound(Decimal(1), closed, True, match["only"]))
            self.target_sides.append(side)
        elif match["inclusion"] is not None:
            if self.closed:
                self.closed[-1] = "不" not in match["inclusion"]
        elif match["back"] is not None or match["after"] is not None:
            self._behind(match)
        elif match["between"] is not None and self.ends and match.start() - self.ends[-1] <= 5:
            self.between = True

    def _number(self, match: re.Match[str], text: str) -> None:
        number, start = match["number"], match.start("number")
        if number.startswith("-") and (match["op"] is None and self.ends and start - self.ends[-1] <= 5):
            number, self.between = number[1:], True
        self.numbers.append((Decimal(number), match["unit"] or ""))
        self.sides.append(_BEFORE[match["op"]] if match["op"] else None)
        bracket = text[start - 1: start] if start else ""
        after = text[match.end(): match.end() + 1]
        self.closed.append(True if bracket == "[" or after == "]" else None)
        self.ends.append(match.end())

    def _behind(self, match: re.Match[str]) -> None:
        if not self.numbers or match.start() - self.ends[-1] > 8:
            return
        if match["back"]:
            # "90%>比率": the sign stands behind its number and is read the other way round
            side, closed = _BEFORE[match["back"]]
            self.sides[-1] = (-side, closed)
            return
        before = self.sides[-1]
        if before is None or before[0] == 0 and match["after"] not in ("内", "之内"):
            self.sides[-1] = _AFTER[match["after"]]
            self.law.add(len(self.sides) - 1)

    def _target(self, match: re.Match[str]) -> None:
        side, closed = _BEFORE.get(match["to"] or "", (_LOW, True))
        share = Decimal(match["share"]) / 100
        if not match["of"] and side == _LOW and match["to"] in ("超过", "超出", "高于", "大于", "超", ">") and share < 1:
            share = 1 + share
        elif not match["of"] and side == _HIGH and match["to"] in ("低于", "少于", "小于") and match["beyond"]:
            share = 1 - share
        if match["beyond"]:
            closed = True
        self.targets.append(Bound(share, closed, True, match["name"]))
        self.target_sides.append(side)

    def settled(self) -> tuple[Bound | None, Bound | None]:
        """Turn what was collected into the two borders."""
        low: Bound | None = None
        high: Bound | None = None
        for bound, side in zip(self.targets, self.target_sides, strict=True):
            low, high = (bound if side >= 0 else low), (bound if side <= 0 else high)
        if self.between and len(self.numbers) >= 2 and all(side is None for side in self.sides[:2]):
            return self._span()
        for i, (value, unit) in enumerate(self.numbers):
            where, belongs = self.sides[i] or (0, True)
            closed = self.closed[i]
            bound = Bound(value, belongs if closed is None else closed, unit=unit, sure=closed is not None or i not in self.law)
            if where >= 0 and low is None:
                low = bound
            if where <= 0 and high is None:
                high = bound
        return low, high

    def _span(self) -> tuple[Bound, Bound]:
        """"80%(含)-90%": the side that carries (含) decides the other."""
        (first, unit), (second, other) = self.numbers[:2]
        a, b = self.closed[:2]
        if a is None and b is not None:
            a = not b
        elif b is None and a is not None:
            b = not a
        return Bound(first, a, unit=unit or other), Bound(second, b, unit=other or unit)
