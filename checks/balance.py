"""年末结转 = 年初结转 + 收入 − 支出

收支平衡、结转结余与差额：期初加收入减支出应等于期末；只有两项时核对是否相等。
"""

from __future__ import annotations

from collections.abc import Iterator

from fusuan.checks._recompute import recompute, taken
from fusuan.model import Figure, Finding, Quantity, Reading, Statement, total

KINDS = ("balance",)


def check(statement: Statement) -> Iterator[Finding]:
    yield from recompute(statement, "balance", _closing)


def _closing(_: Statement, stated: Figure, reading: Reading) -> Quantity | None:
    plus, minus = (*reading["opening"], *reading["income"]), reading["outgo"]
    if not plus:
        return None
    among = (stated, *plus, *minus)
    left = total(taken(f, among, stated.scale) for f in plus)
    for figure in minus:
        left -= taken(figure, among, stated.scale)
    return left
