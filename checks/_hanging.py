"""What fails only because another figure is wrong: one error, reported at its place, and what hangs on it as doubtful.

Where a failing relation rests on a figure that fails a relation of its own, and comes out with what that figure should be, it tells
of the same error once more. Two figures that each would explain the other stay accused: nothing tells which of them is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from fusuan.checks._doubt import doubted
from fusuan.checks._judged import Checking, Judged, Key, agrees, altered, key_of
from fusuan.model import Figure

_INSTEAD = "如其中的“{}”以复算数{}计（该数另列不符），则相符"
_MOST = 12
"""Of so many figures at most one is asked whether it explains a relation: of longer lists the sum that fails says it itself."""


def hanging(judged: Sequence[Judged], check: Checking) -> Iterator[Judged]:
    """Yield what was judged; what hangs on another error as doubtful."""
    wrong: dict[Key, list[int]] = defaultdict(list)
    for index, item in enumerate(judged):
        if item.broken and item.finding is not None and isinstance(item.finding.stated, Figure):
            wrong[key_of(item.finding.stated)].append(index)
    causes = {index: dict(_causes(judged, index, wrong, check)) for own in wrong.values() for index in own} if len(wrong) > 1 else {}
    explains: dict[Key, set[int]] = defaultdict(set)
    for index, found in causes.items():
        for key in found:
            explains[key].add(index)
    for index, item in enumerate(judged):
        finding = item.finding
        if finding is not None and (own := causes.get(index)):
            mutual = explains[finding.place, finding.stated.span]
            said = next((words for key, words in own.items() if not mutual & set(wrong[key])), "")
            yield replace(item, finding=doubted(finding, said)) if said else item
        else:
            yield item


def _causes(judged: Sequence[Judged], index: int, wrong: dict[Key, list[int]], check: Checking) -> Iterator[tuple[Key, str]]:
    """The figures in a failing relation whose own errors explain it, with what to say of them."""
    finding = judged[index].finding
    if finding is None or finding.computed is None or len(finding.computed.operands) > _MOST:
        return
    for operand in finding.computed.operands:
        key = key_of(operand)
        if key == key_of(finding.stated):  # type: ignore[arg-type]  # a figure: its key is in `wrong`
            continue
        for other in wrong.get(key, ()):
            computed = judged[other].finding.computed  # type: ignore[union-attr]  # broken
            if computed is None:
                continue
            right = computed.value.quantize(Decimal(1).scaleb(-operand.decimals), ROUND_HALF_UP)
            if agrees(altered(judged[index].statement, key, value=right), check):
                yield key, _INSTEAD.format(operand.name or operand.text.strip(), right)
                break
