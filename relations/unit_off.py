"""单位差一万倍：同一数字两处单位不同（元、万元、亿元），或合计与分项数字相符而单位不同。

只认四位以上有效数字：两处名称相合（或有六位以上），或同一句中合计之后（之前）紧接的各数，同一单位而数字全同，或其中一个换了单位才相符；单位错在哪一处由 units 判断。

>>> from fusuan.model import Paragraph, Place
>>> from fusuan.patterns import Text
>>> from fusuan.relations.passages.prose import passage
>>> def found(*lines):
...     read = passage([Text.of(Paragraph(line, Place(paragraph=n))) for n, line in enumerate(lines, 1)])
...     return [(s.kind, s.stated.text, [f.text for f in s.figures[1:]]) for s in find([read])]
>>> found("追回资金12,860万元，其中：甲镇8,335元，乙镇4,525元。")
[('parts', '12,860万元', ['8,335元', '4,525元'])]
>>> found("捐赠物资折价693,520.00元。", "以上物资折价共693,520.00万元。")
[('mention', '693,520.00万元', ['693,520.00元'])]
>>> found("取得处置收入6273.5亿元，出租收入1.18亿元，两项合计1.80735亿元。")
[('parts', '1.80735亿元', ['1.18亿元', '6273.5亿元'])]
>>> found("追回资金1.286万元，其中：甲镇8,335元，乙镇4,525元。"), found("补助标准1,500元。", "补助资金1,500万元。"), found("捐赠收入693,520.00元。", "专项债券额度693,520.00万元。")
([], [], [])
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import takewhile

from fusuan.model import Reading, Statement
from fusuan.relations._weigh import RULED
from fusuan.relations.passages.mention import Mention, Passage, likeness

_APART = Decimal(10_000)
_DIGITS, _ALONE = 4, 6
"""Digits, the zeros at the end left out, that say that two figures are one, beside their names and by themselves."""
_ALIKE = 0.6
_REACH = 12


def find(passages: Sequence[Passage]) -> Iterator[Statement]:
    """Yield what contradicts itself by a factor of ten thousand."""
    seen: dict[tuple[Decimal, int], deque[Mention]] = defaultdict(lambda: deque(maxlen=_REACH))
    for read in passages:
        for m in (m for m in read.mentions if _telling(m) >= _DIGITS):
            yield from _sum(read, m)
            earlier = seen[m.figure.value, m.decimals]
            if not any(o.figure.unit == m.figure.unit for o in earlier) and (other := next((o for o in earlier if _one(m, o)), None)) is not None:
                yield _statement(read, "mention", "cross", m, Reading({"other": (other.figure,)}), [m])
            earlier.append(m)


def _telling(m: Mention) -> int:
    return len(m.digits.rstrip("0")) if m.dimension == "money" and not m.bare and not m.figure.sign else 0


def _apart(m: Mention, o: Mention) -> bool:
    return max(m.figure.scale, o.figure.scale) == min(m.figure.scale, o.figure.scale) * _APART


def _one(m: Mention, o: Mention) -> bool:
    """Tell whether two figures of the same digits are one in two units."""
    return _apart(m, o) and (_telling(m) >= _ALONE or bool(m.pairs and o.pairs) and likeness(m.pairs, o.pairs) >= _ALIKE) and m.role == o.role


def _sum(read: Passage, m: Mention) -> Iterator[Statement]:
    """The figures right after or right before a total that come to its digits in another unit, or to the total with one of them in another unit."""
    for around, told in ((read.mentions[m.index + 1:m.index + 1 + _REACH], False), (read.before(m, _REACH), m.closes)):
        money = (o for o in around if o.dimension == "money")
        run = list(takewhile(lambda o: o.sentence == m.sentence and o.role == m.role == "amount" and not o.bare, money))
        listed = told or not m.closes and bool(run) and bool(run[0].opens)
        for n in range(2, len(run) + 1):
            parts = run[:n]
            if _all_apart(m, parts) or listed and _one_apart(m, parts):
                yield _statement(read, "parts", "sum", m, Reading({"parts": tuple(o.figure for o in parts)}), [m, *parts])


def _all_apart(m: Mention, parts: Sequence[Mention]) -> bool:
    return all(o.figure.unit == parts[0].figure.unit and _apart(m, o) for o in parts) and sum(o.figure.value for o in parts) == m.figure.value


def _one_apart(m: Mention, parts: Sequence[Mention]) -> bool:
    """Tell whether parts that do not come to a total do so once one of them, of four digits itself, is ten thousand times as much, or as little, and still tells."""
    bases = [o.figure.base for o in parts]
    rest, room = sum(bases) - m.figure.base, m.figure.scale.scaleb(-m.decimals) / 2
    return abs(rest) > m.figure.base / 10 and any(_telling(o) >= _DIGITS and abs(rest - base + base * times) <= room < base * times / 10
                                                  for o, base in zip(parts, bases, strict=True) for times in (_APART, 1 / _APART))


def _statement(read: Passage, kind: str, label: str, m: Mention, reading: Reading, quoted: Iterable[Mention]) -> Statement:
    return Statement(kind, label, m.figure.under(m.name, m.figure.period, m.figure.basis), (reading,), read.quote(quoted), source="unit_off", certainty=RULED)
