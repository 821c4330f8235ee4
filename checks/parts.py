"""合计 = 各分项之和

列示分项（其中、包括、分别为、表中合计行）加总后与总数核对；带“等”“主要”的不完全列举不判不符。
"""

from __future__ import annotations

from collections.abc import Iterator

from checks._recompute import recompute, taken
from model import Figure, Finding, Quantity, Reading, Statement, total

KINDS = ("parts",)


def check(statement: Statement) -> Iterator[Finding]:
    yield from recompute(statement, "parts", _sum)


def _sum(_: Statement, stated: Figure, reading: Reading) -> Quantity | None:
    parts, minus = reading["parts"], reading["minus"]
    if not parts:
        return None
    among = (stated, *parts, *minus)
    scale = stated.scale
    added = [taken(f, among, scale) for f in parts]
    return total([*added, *(-taken(f, among, scale) for f in minus)])
