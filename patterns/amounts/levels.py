"""What the codes of a table prove of its levels: where 类 = Σ款 = Σ项 holds of most parents, the one of which it does not is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from fusuan.patterns.amounts.claims import Sum, fits, near, support
from fusuan.patterns.amounts.outline import Node
from fusuan.patterns.amounts.totals import Total

_LEAST = 3
"""So many parents must hold before one that does not is an error of the table and not of the reading."""


def sound_codes(seen: Sequence[tuple[Total, Sequence[Sum]]]) -> bool:
    """Tell whether a table adds up by its codes: three parents or more do, at most half as many do not."""
    families = [sums for total, sums in seen if is_family(total) and any(s.stated.value for s in sums)]
    held = sum(all(map(_holds, sums)) for sums in families)
    return held >= _LEAST and 2 * (len(families) - held) <= held


def closes(total: Total, sums: Sequence[Sum]) -> bool:
    """Tell whether the total row over the outermost codes is that of the whole: it is in one column at least."""
    return total.node.rank >= 2 and not total.node.kids and all(len(node.code) == 3 for node, _ in total.ways[0]) and support(sums, 0) > 0


def open_end(nodes: Sequence[Node]) -> set[Node]:
    """The rows whose families run to the end of a table that no total closes: the page may have cut them."""
    if not nodes or nodes[-1].rank:
        return set()
    path: set[Node] = set()
    node: Node | None = nodes[-1]
    while node is not None:
        path.add(node)
        node = node.parent
    return path


def short(each: Sum) -> bool:
    """Tell whether parts come to less than their total: some of them may stand on the next page. (What fits is not short of it.)"""
    plus, minus = each.ways[0]
    return _holds(each) or sum(f.base for f in plus) - sum(f.base for f in minus) < each.stated.base


def is_family(total: Total) -> bool:
    """Tell whether codes alone make a row the parent of others: 其中 may list some of them only."""
    return bool(total.node.code) and all(node.code and not node.label.among for node, _ in total.ways[0])


def _holds(each: Sum) -> bool:
    plus, minus = each.ways[0]
    return fits(each.stated, plus, minus) or near(each.stated, plus, minus)
