"""A number that a report states, and words it states in the place of one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fusuan.model.place import Place

MONEY = {unit + "元": Decimal(10) ** power for unit, power in (
    ("", 0), ("百", 2), ("千", 3), ("万", 4), ("十万", 5), ("百万", 6), ("千万", 7), ("亿", 8), ("百亿", 10), ("千亿", 11), ("万亿", 12))}
MEASURES = frozenset(("公里", "千米", "米", "厘米", "毫米", "平方米", "平方公里", "平方千米", "立方米", "亩", "公顷",
                      "吨", "公斤", "千克", "克", "美元", "港元", "港币", "欧元", "英镑", "日元", "澳元", "毫克", "升", "千瓦时", "千瓦", "兆瓦", "㎡", "m²", "m2", "m³", "m3", "hm²", "hm2", "km²", "km2", "km", "KM", "kg", "KG", "kWh"))
MANY = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
"""What stands before a classifier: 24.5万人."""
RATES = {"%": Decimal(1), "‰": Decimal("0.1"), "倍": Decimal(100), "成": Decimal(10)}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed.

    `text` is what stands in the file, unit included; `value` is in `unit`, which is one of `MONEY` (元 万元 亿元 ...),
    % ‰ 倍 成 (rates), 个百分点, 分 (marks), a classifier (人 户 公里 ...) or empty. `decimals` is how many were printed.
    `span` is where `text` stands in the text of its paragraph or cell. `sign` is a printed comparator (≥ ≤ > < =).
    `period` and `basis` say which year and which kind of figure (预算, 决算, 执行) where the wording tells.

    >>> Figure("2.4亿元", Decimal("2.4"), "亿元", 1).base
    Decimal('240000000.0')
    >>> Figure("3.5‰", Decimal("3.5"), "‰", 1).base
    Decimal('0.35')
    >>> Figure("1.2万人", Decimal("1.2"), "万人", 1).base, Figure("1.2万人", Decimal("1.2"), "万人", 1).dimension
    (Decimal('12000.0'), '人')
    """

    text: str
    value: Decimal
    unit: str = ""
    decimals: int = 0
    place: Place = Place()
    span: tuple[int, int] = (0, 0)
    name: str = ""
    period: str = ""
    basis: str = ""
    sign: str = ""

    def __reduce__(self) -> tuple[type[Figure], tuple[object, ...]]:
        """What it is packed as on its way from a worker: its fields, in their order."""
        return Figure, (self.text, self.value, self.unit, self.decimals, self.place, self.span, self.name, self.period, self.basis, self.sign)

    def under(self, name: str, period: str, basis: str) -> Figure:
        """The same figure under another name, period and basis."""
        return Figure(self.text, self.value, self.unit, self.decimals, self.place, self.span, name, period, basis, self.sign)

    @property
    def scale(self) -> Decimal:
        """What one of its unit is worth: money in 元, rates in percent, 万人 in 人."""
        return MONEY.get(self.unit) or RATES.get(self.unit) or (MANY[self.unit[0]] if self._many else Decimal(1))

    @property
    def _many(self) -> bool:
        return len(self.unit) > 1 and self.unit[0] in MANY and self.unit not in MONEY

    @property
    def base(self) -> Decimal:
        """Its value in 元 (money), percent (rates), or in its classifier."""
        return self.value * self.scale

    @property
    def dimension(self) -> str:
        """What kind of thing it counts: "money", "rate", "points", "marks", the classifier itself, or ""."""
        if self.unit in MONEY:
            return "money"
        if self.unit in RATES:
            return "rate"
        return {"个百分点": "points", "分": "marks"}.get(self.unit, self.unit[1:] if self._many else self.unit)

    @property
    def is_count(self) -> bool:
        """Tell whether it counts whole things, and so was not rounded (marks are exact too).

        A length or an area printed whole was measured, not counted.

        >>> [Figure("31", Decimal(31), unit).is_count for unit in ("人", "公里", "万元")]
        [True, False, False]
        """
        return self.dimension not in ("money", "rate", "points", *MEASURES) and not self._many and (self.decimals == 0 or self.unit == "分")


@dataclass(frozen=True, slots=True)
class Words:
    """What a report states in words: a grade, a direction, an empty cell."""

    text: str
    place: Place = Place()
    span: tuple[int, int] = (0, 0)
    name: str = ""
