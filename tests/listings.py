"""Listings made by rule: a total and its parts in every layout that reports have for them, all of them right.

`python -m tests.listings` prints how many are found in each layout; what each holds is in bench/listings.json (tests/test_listings.py).
"""

from __future__ import annotations

import json
import random
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from tests.texts import findings_of

FLOORS = Path(__file__).parent.parent / "bench" / "listings.json"
COUNT = 240
_NAMES = ("办公楼维修", "档案整理", "河道清淤", "食品抽检", "图书购置", "教师培训", "路灯改造", "防汛物资", "农技推广", "社区矫正", "公共卫生服务", "植树造林",
          "文物保护", "普法宣传", "疫苗接种", "水库除险加固", "职业技能培训", "应急演练", "校车补贴", "动物防疫", "村道养护", "消防器材更新")
_PARTS = ("{name}{value}{unit}", "{name}支出{value}{unit}", "{name}方面投入{value}{unit}", "{name}：{value}{unit}", "{name}（{value}{unit}）", "{value}{unit}用于{name}")
_NOTES = ("", "", "，占{share}%", "，比上年增长{free}%", "，主要用于购买设备和支付劳务", "，涉及{count}个乡镇", "，完成预算{budget}万元的{done}%")
_HEADS = ("专项资金{total}{unit}，其中：", "专项资金共计{total}{unit}，", "专项资金{total}{unit}，具体为：", "专项资金{total}{unit}。其中，", "专项资金{total}{unit}。",
          "专项资金使用情况良好（共{total}{unit}）。具体如下：", "专项资金年初预算{budget}万元，实际{total}{unit}。其中：", "")
_CLOSES = ("，专项资金合计{total}{unit}", "。以上共计{total}{unit}", "，共{total}{unit}")
_UNITS = ("万元", "万元", "人", "户")
_DIGITS = "一二三四五六七八九"


class Listing(NamedTuple):
    """A text, the total it states, and the layout of its list."""

    text: str
    total: str
    layout: str


def _laid(parts: list[str], layout: str) -> str:
    match layout:
        case "one sentence":
            return "、".join(parts[:-1]) + "和" + parts[-1] if "，" not in "".join(parts) else "，".join(parts)
        case "semicolons":
            return "；".join(parts)
        case "sentences":
            return "。".join(parts)
        case "一是":
            return "；".join(f"{_DIGITS[n]}是{part}" for n, part in enumerate(parts))
        case "paragraphs":
            return "\n" + "。\n".join(parts)
        case "numbered paragraphs":
            return "\n" + "。\n".join(f"（{_DIGITS[n]}）{part}" for n, part in enumerate(parts))
    return "\n" + "。\n".join(f"（{_DIGITS[n]}）子项目\n全年安排{part}。该项工作年内完成验收" for n, part in enumerate(parts))


LAYOUTS = ("one sentence", "semicolons", "sentences", "一是", "paragraphs", "numbered paragraphs", "titled paragraphs")


def listing(number: int) -> Listing:
    """The listing of a number: the same every time."""
    chance = random.Random(number)
    unit, layout = chance.choice(_UNITS), chance.choice(LAYOUTS)
    note = chance.choice(_NOTES if unit == "万元" else _NOTES[:5])
    places = 2 if unit == "万元" else 0
    values = [Decimal(chance.randint(3 * 10**places, 900 * 10**places)).scaleb(-places) for _ in range(chance.choice((2, 3, 4, 6, 9)))]
    total, pattern, head = sum(values, Decimal(0)), chance.choice(_PARTS), chance.choice(_HEADS)
    parts = []
    for name, value in zip(chance.sample(_NAMES, len(values)), values, strict=True):
        budget = value + Decimal(chance.randint(100, 4000)).scaleb(-2)
        told = note.format(share=_percent(value, total), free=Decimal(chance.randint(101, 2999)).scaleb(-2), count=chance.randint(3, 30),
                           budget=budget, done=_percent(value, budget))
        parts.append(pattern.format(name=name, value=value, unit=unit) + told)
    close = "" if head else chance.choice(_CLOSES)
    lead, end = (text.format(total=total, unit=unit, budget=Decimal(chance.randint(10001, 99999)).scaleb(-2)) for text in (head, close))
    return Listing(f"一、基本情况\n本单位为区级预算单位，承担相关管理职责。\n{lead}{_laid(parts, layout)}{end}。\n二、下一步打算\n加强管理，提高效率。", f"{total}{unit}", layout)


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part / whole * 100).quantize(Decimal("0.01"))


def misprinted(made: Listing, number: int) -> tuple[str, str]:
    """The text with one digit of its total changed, and the total as it is then printed."""
    first = 1 if made.total[1].isdigit() else 0
    wrong = made.total[:first] + str((int(made.total[first]) + 3 + number % 4) % 10 or 5) + made.total[first + 1:]
    return made.text.replace(made.total, wrong, 1), wrong


def measured() -> dict[str, int]:
    """How many totals are found to hold, how many misprinted ones are accused, and how many right reports are."""
    found = Counter[str]()
    for number in range(COUNT):
        made = listing(number)
        said = findings_of(made.text)
        found["found"] += any(f.agrees and f.stated.text == made.total for f in said)
        found["accused"] += any(f.verdict.value == "broken" for f in said)
        text, wrong = misprinted(made, number)
        found["caught"] += any(f.verdict.value == "broken" and f.stated.text == wrong for f in findings_of(text))
    return {key: found[key] for key in ("found", "caught", "accused")}


if __name__ == "__main__":
    print(json.dumps(measured()), "of", COUNT)
