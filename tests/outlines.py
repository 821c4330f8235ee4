"""Tables of rows over rows made by rule, copied out as text: every style of label, place of the total, set of columns and cut of cells.

`python -m tests.outlines` prints what is found; what must hold is in bench/outlines.json (tests/test_outlines.py).
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import NamedTuple

from fusuan.model import Finding
from tests.texts import findings_of

FLOORS = Path(__file__).parent.parent / "bench" / "outlines.json"
_GROUPS = ("税收收入", "非税收入", "转移性收入", "债务收入", "其他收入")
_NAMES = ("增值税", "企业所得税", "个人所得税", "房产税", "契税", "耕地占用税", "专项收入", "罚没收入", "教育支出", "科技支出", "文化支出", "交通支出", "粮油储备",
          "商业服务", "节能环保", "城乡社区", "公共安全", "灾害防治")
_DIGITS = "一二三四五"
STYLES: dict[str, tuple[Callable[[int, str], str], Callable[[int, int, str], str]]] = {
    "numbered": (lambda g, name: f"{_DIGITS[g]}、{name}", lambda g, n, name: f"{n + 1}.{name}"),
    "bracketed": (lambda g, name: f"（{_DIGITS[g]}）{name}", lambda g, n, name: f"{n + 1}、{name}"),
    "plain": (lambda g, name: name, lambda g, n, name: name),
    "其中": (lambda g, name: name, lambda g, n, name: f"{'　　　' if n else '其中：'}{name}"),
    "coded": (lambda g, name: f"{101 + g}　{name}", lambda g, n, name: f"{101 + g}{n + 1:02d}　{name}"),
}
TOTALS, CUTS = ("top", "bottom", "named"), (" | ", "|", "\t", " ")
SETS: dict[str, tuple[str, ...]] = {
    "amount": ("金额",), "years": ("2019年", "2020年"), "sources": ("合计", "中央", "省级", "县级"), "change": ("2020年", "2019年", "增减额", "增幅"),
    "rates": ("预算数", "执行数", "执行率"),
}


class Outline(NamedTuple):
    """A table as text, and the sums of its columns: each total as printed, with its parts."""

    text: str
    sums: list[tuple[str, set[str]]]


def outline(style: str, total: str, columns: str, cut: str, places: int) -> Outline:
    """The table of these choices: the same every time."""
    chance = random.Random(f"{style}{total}{columns}{cut}{places}")
    group, item = STYLES[style]
    names = chance.sample(_NAMES, 12)
    rows, families, tops = list[tuple[str, list[Decimal]]](), [], []
    for g, head in enumerate(chance.sample(_GROUPS, chance.choice((2, 3)))):
        kids = [_amounts(chance, columns, places) for _ in range(chance.randint(2, 4))]
        tops.append(_added(kids))
        families.append((tops[-1], kids))
        rows += [(group(g, head), tops[-1]), *((item(g, n, names.pop()), kid) for n, kid in enumerate(kids))]
    families.append((_added(tops), tops))
    rows.insert(0 if total == "top" else len(rows), ("收入合计" if total == "named" else "合计", families[-1][0]))
    lines = [["项目", *SETS[columns]], *([label, *_printed(values, columns)] for label, values in rows)]
    adding = range(3 if columns == "change" else 2 if columns == "rates" else len(SETS[columns]))
    sums = [(f"{whole[n]}", {f"{part[n]}" for part in parts}) for whole, parts in families for n in adding]
    return Outline("单位：万元\n" + "\n".join(map(cut.join, lines)), sums)


def _amounts(chance: random.Random, columns: str, places: int) -> list[Decimal]:
    values = [Decimal(chance.randint(10 ** (places + 1), 10 ** (places + 3))).scaleb(-places) for _ in range(3)]
    ways = {"amount": values[:1], "years": values[:2], "sources": [sum(values, Decimal(0)), *values],
            "change": [*values[:2], values[0] - values[1]], "rates": values[:2]}
    return ways[columns]


def _added(rows: Sequence[Sequence[Decimal]]) -> list[Decimal]:
    return [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]


def _printed(values: Sequence[Decimal], columns: str) -> list[str]:
    """The amounts of a row and its rate."""
    shown = [f"{value}" for value in values]
    if columns == "change":
        return [*shown, f"{values[2] / values[1] * 100:.2f}"]
    return [*shown, f"{values[1] / values[0] * 100:.2f}%"] if columns == "rates" else shown


def all_of() -> Iterator[Outline]:
    yield from (outline(*choices) for choices in product(STYLES, TOTALS, SETS, CUTS, (0, 2)))


def _told(said: Sequence[Finding], total: str, parts: set[str]) -> bool:
    return any(f.stated.text.strip() == total and f.computed is not None
               and 2 * len(parts & {o.text.strip() for o in f.computed.operands}) >= len(parts) for f in said)


def measured() -> dict[str, int]:
    """How many sums there are, how many are found, and how many accusations are made: every table is right."""
    found = Counter[str]()
    for made in all_of():
        said = findings_of(made.text)
        found["sums"] += len(made.sums)
        found["found"] += sum(_told(said, *each) for each in made.sums)
        found["accused"] += sum(f.verdict.value == "broken" for f in said)
    return {key: found[key] for key in ("sums", "found", "accused")}


if __name__ == "__main__":
    print(json.dumps(measured()))
